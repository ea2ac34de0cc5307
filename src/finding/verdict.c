#include "finding/verdict.h"

#include "base/memory.h"

#include <stdlib.h>

void verdict_remark(struct verdict *verdict, struct remark_list *list, struct slice path,
                    struct slice reason) {
    struct arena *arena = &verdict->findings.arena;
    struct remark remark = {arena_copy(arena, path), arena_copy(arena, reason)};
    ARRAY_PUSH(list->items, list->count, list->capacity) = remark;
}

static void count_introduced(struct summary *summary, enum severity severity) {
    summary->introduced++;
    summary->errors += severity == SEVERITY_ERROR;
    summary->warnings += severity == SEVERITY_WARNING;
    summary->notices += severity == SEVERITY_NOTICE;
}

struct summary verdict_summary(const struct verdict *verdict) {
    struct summary summary = {0};
    for (size_t i = 0; i < verdict->findings.count; i++) {
        const struct finding *finding = verdict->findings.items[i];
        if (finding->state == FINDING_INTRODUCED)
            count_introduced(&summary, finding->severity);
        summary.fixed += finding->state == FINDING_FIXED;
        summary.carried += finding->state == FINDING_CARRIED;
    }
    return summary;
}

bool verdict_blocks(const struct finding *finding, enum severity fail_on) {
    return finding->state == FINDING_INTRODUCED && fail_on != SEVERITY_OFF &&
           finding->severity >= fail_on;
}

enum exit_status verdict_exit_status(const struct verdict *verdict, enum severity fail_on) {
    for (size_t i = 0; i < verdict->findings.count; i++) {
        if (verdict_blocks(verdict->findings.items[i], fail_on))
            return EXIT_FINDINGS;
    }
    return verdict->undecided.count ? EXIT_UNDECIDED : EXIT_CLEAN;
}

static void absorb_remarks(struct remark_list *list, const struct remark_list *other) {
    for (size_t i = 0; i < other->count; i++)
        ARRAY_PUSH(list->items, list->count, list->capacity) = other->items[i];
}

void verdict_absorb(struct verdict *verdict, struct verdict *other) {
    absorb_remarks(&verdict->skipped, &other->skipped);
    absorb_remarks(&verdict->undecided, &other->undecided);
    absorb_remarks(&verdict->notes, &other->notes);
    verdict->files += other->files;
    verdict->unread += other->unread;
    verdict->cut |= other->cut;
    finding_list_absorb(&verdict->findings, &other->findings);
    verdict_release(other);
}

void verdict_release(struct verdict *verdict) {
    finding_list_release(&verdict->findings);
    free(verdict->skipped.items);
    free(verdict->undecided.items);
    free(verdict->notes.items);
    *verdict = (struct verdict){0};
}
