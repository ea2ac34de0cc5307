#include "commands/init_trial.h"

#include "base/memory.h"
#include "git/change_set.h"
#include "report/safe.h"
#include "report/summary.h"
#include "rules/review.h"

#include <stdlib.h>

enum { MOST_TRIED = 5, MOST_MESSAGES = 3, MESSAGE_SIZE = 300, SUBJECT_SIZE = 72 };

/* The worst first, then as they stand in the files. */
static int order(const void *left, const void *right) {
    const struct finding *a = *(struct finding *const *)left, *b = *(struct finding *const *)right;
    if (a->severity != b->severity)
        return a->severity > b->severity ? -1 : 1;
    return finding_order(a, b);
}

static void append_finding(struct buffer *text, const struct finding *finding) {
    buffer_append_format(text, "      %-8s", severity_name(finding->severity));
    safe_append(text, finding->path);
    if (finding->has_place)
        buffer_append_format(text, ":%zu", finding->start.line);
    buffer_append_string(text, ": ");
    safe_append_cut(text, finding->message, MESSAGE_SIZE);
    buffer_append_format(text, " [%s]\n", finding->rule);
}

/* The counts of one summary as "1 error, 2 warnings, 0 notices". */
static void append_counts(struct buffer *text, const struct summary *summary) {
    summary_append_count(text, summary->errors, "error");
    buffer_append_string(text, ", ");
    summary_append_count(text, summary->warnings, "warning");
    buffer_append_string(text, ", ");
    summary_append_count(text, summary->notices, "notice");
}

static void append_verdict(struct buffer *text, const struct verdict *verdict) {
    struct summary summary = verdict_summary(verdict);
    struct finding **shown = memory_allocate(verdict->findings.count + 1, sizeof *shown);
    size_t count = 0;
    for (size_t i = 0; i < verdict->findings.count; i++)
        if (verdict->findings.items[i]->state == FINDING_INTRODUCED)
            shown[count++] = verdict->findings.items[i];
    qsort(shown, count, sizeof *shown, order);
    buffer_append_string(text, "    ");
    append_counts(text, &summary);
    buffer_append_byte(text, '\n');
    for (size_t i = 0; i < count && i < MOST_MESSAGES; i++)
        append_finding(text, shown[i]);
    if (count > MOST_MESSAGES)
        buffer_append_format(text, "      and %zu more\n", count - MOST_MESSAGES);
    for (size_t i = 0; i < verdict->undecided.count && i < MOST_MESSAGES; i++) {
        buffer_append_string(text, "      not looked at: ");
        safe_append(text, verdict->undecided.items[i].path);
        buffer_append_string(text, ": ");
        safe_append_cut(text, verdict->undecided.items[i].reason, MESSAGE_SIZE);
        buffer_append_byte(text, '\n');
    }
    free(shown);
}

/* Of a squash commit nobody can tell when the work in it was done. */
static struct commit_range commits_of(struct repository *repository,
                                      const struct merged_change *change) {
    if (change->squashed)
        return (struct commit_range){.year = change->year};
    return (struct commit_range){.repository = repository,
                                 .head = *change->merged_id ? change->merged_id : change->id,
                                 .base = change->parent_id,
                                 .year = change->year};
}

static int review_change(struct verdict *verdict, struct repository *repository,
                         const struct merged_change *change, const struct config *config,
                         const struct rule_set *rules, struct error *error) {
    struct snapshot *base = NULL, *head = NULL;
    struct change_set *changes = NULL;
    int status = snapshot_open_commit(&base, repository, change->parent_id, error);
    if (status == OK)
        status = snapshot_open_commit(&head, repository, change->id, error);
    if (status == OK)
        status = change_set_compute(&changes, repository, base, head, error);
    if (status == OK) {
        struct review review = {.rules = rules,
                                .config = config,
                                .base = base,
                                .head = head,
                                .changes = changes,
                                .commits = commits_of(repository, change)};
        status = review_run(&review, verdict, error);
    }
    change_set_free(changes);
    snapshot_close(base);
    snapshot_close(head);
    return status;
}

void init_trial_append(struct buffer *text, struct repository *repository,
                       const struct merged_changes *changes, const struct config *config,
                       const struct rule_set *rules) {
    size_t count = changes->count < MOST_TRIED ? changes->count : MOST_TRIED;
    if (!count)
        buffer_append_format(text,
                             "No merged scribe pull request was found%s, so the "
                             "configuration could not be tried on one.\n",
                             changes->cut ? " in the history that this clone has" : "");
    else if (count < MOST_TRIED)
        buffer_append_format(text,
                             "Only %zu merged scribe pull request%s found%s. With this "
                             "configuration scribelint would have said:\n",
                             count, count == 1 ? " was" : "s were",
                             changes->cut ? " in the history that this clone has" : "");
    else
        buffer_append_format(text,
                             "Of the last %zu merged scribe pull requests scribelint would "
                             "have said with this configuration:\n",
                             count);
    for (size_t i = 0; i < count; i++) {
        const struct merged_change *change = &changes->items[i];
        struct verdict verdict = {0};
        struct error error = ERROR_NONE;
        buffer_append_format(text, "\n  %.10s  ", change->id);
        safe_append_cut(text, change->subject, SUBJECT_SIZE);
        buffer_append_byte(text, '\n');
        if (review_change(&verdict, repository, change, config, rules, &error) == OK) {
            append_verdict(text, &verdict);
        } else {
            buffer_append_string(text, "    not checked: ");
            safe_append(text, slice_of(error_message(&error)));
            buffer_append_byte(text, '\n');
        }
        error_release(&error);
        verdict_release(&verdict);
    }
}
