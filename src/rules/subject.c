#include "rules/subject.h"

#include "base/memory.h"
#include "finding/fingerprint.h"
#include "rules/check.h"

#include <string.h>

/* Findings on one line share its text: a line may be as long as the file. */
static struct slice excerpt(const struct subject *subject, const struct finding *finding,
                            struct arena *arena) {
    const struct finding_list *list = subject->findings;
    const struct finding *last = list->count > 1 ? list->items[list->count - 2] : NULL;
    if (last && last->has_place && last->start.line == finding->start.line &&
        slice_equal(last->path, finding->path))
        return last->excerpt;
    return arena_copy(arena, source_line_text(&subject->document->source, finding->start.line));
}

/* A PDF has no lines that anybody could look up: the page, and what stands there. */
static void set_page(struct finding *finding, const struct document *document, struct span span,
                     struct arena *arena) {
    size_t line = source_line(&document->source, span.start);
    finding->page = document_page_number(document, span.start);
    finding->excerpt = arena_copy(arena, source_line_text(&document->source, line));
}

static void set_place(struct finding *finding, const struct subject *subject, struct span span,
                      struct arena *arena) {
    const struct source *source = &subject->document->source;
    finding->has_place = true;
    finding->start = source_position(source, span.start);
    finding->end = source_position(source, span.end);
    finding->excerpt = excerpt(subject, finding, arena);
    if (subject->side == SIDE_HEAD && subject->change)
        finding->on_added_line = change_adds_line(subject->change, finding->start.line);
}

enum severity subject_severity(const struct subject *subject, const struct rule *rule) {
    if (!subject->config->override_count)
        return rule->severity;
    return config_severity(subject->config, slice_of(rule->id), subject->path, rule->severity);
}

static bool has_enough(const struct subject *subject, const struct rule *rule) {
    const struct finding_list *list = subject->findings;
    if (list->count < SUBJECT_MOST_FINDINGS)
        return false;
    const struct finding *first = list->items[list->count - SUBJECT_MOST_FINDINGS];
    return !strcmp(first->rule, rule->id) && slice_equal(first->path, subject->path);
}

/* The same twice in a row is said once. */
static void say_once(const struct subject *subject, struct remark_list *list,
                     const struct rule *rule, const char *reason) {
    const struct remark *last = list->count ? &list->items[list->count - 1] : NULL;
    struct buffer text = BUFFER_EMPTY;
    buffer_append_format(&text, "%s: %s", rule->id, reason);
    bool known = last && slice_equal(last->path, subject->path) &&
                 slice_equal(last->reason, buffer_slice(&text));
    if (!known)
        verdict_remark(subject->verdict, list, subject->path, buffer_slice(&text));
    buffer_release(&text);
}

void subject_undecided(const struct subject *subject, const struct rule *rule, const char *reason) {
    say_once(subject, &subject->verdict->undecided, rule, reason);
}

void subject_run(struct subject *subject, const struct rule *rule) {
    bool is_short = subject->file_budget < SUBJECT_RULE_BUDGET;
    long share = is_short ? subject->file_budget : SUBJECT_RULE_BUDGET;
    subject->budget = share;
    subject->is_short = is_short;
    rule->check->run(rule, subject);
    subject->file_budget -= share - subject->budget;
    if (!is_short && subject->budget <= 0 && subject->slow_count < COUNT_OF(subject->slow))
        subject->slow[subject->slow_count++] = rule->id;
}

void subject_out_of_time(struct subject *subject, const struct rule *rule) {
    if (subject->is_short && subject->budget <= 0)
        subject->starved++;
    else
        subject_undecided(subject, rule, "its pattern took too long here");
}

void subject_tell_starved(struct subject *subject) {
    struct buffer text = BUFFER_EMPTY;
    if (!subject->starved)
        return;
    buffer_append_format(&text, "not looked at by %zu other rule%s, since ", subject->starved,
                         subject->starved == 1 ? "" : "s");
    for (size_t i = 0; i < subject->slow_count; i++)
        buffer_append_format(&text, "%s%s",
                             !i                            ? ""
                             : i + 1 < subject->slow_count ? ", "
                                                           : " and ",
                             subject->slow[i]);
    buffer_append_string(&text, subject->slow_count ? "" : "all rules together");
    buffer_append_string(&text, " used up the time for one file");
    verdict_remark(subject->verdict, &subject->verdict->undecided, subject->path,
                   buffer_slice(&text));
    buffer_release(&text);
    subject->starved = 0;
}

/* An error may hide among those not listed; of the others the first are enough. */
static void say_more(const struct subject *subject, const struct rule *rule) {
    struct verdict *verdict = subject->verdict;
    bool error = subject_severity(subject, rule) == SEVERITY_ERROR;
    verdict->cut |= subject->side == SIDE_HEAD;
    say_once(subject, error ? &verdict->undecided : &verdict->notes, rule,
             "it has too many findings here; the first are shown");
}

struct finding *subject_report(const struct subject *subject, const struct rule *rule,
                               struct span span, struct slice flagged, const struct place *places,
                               size_t place_count) {
    if (has_enough(subject, rule)) {
        say_more(subject, rule);
        return NULL;
    }
    struct place all[16] = {{"file", subject->path}};
    size_t count = 1;
    for (size_t i = 0; i < place_count && count < 15; i++)
        all[count++] = places[i];
    all[count++] = (struct place){"value", flagged};
    struct arena *arena = &subject->findings->arena;
    struct finding *finding = finding_list_add(subject->findings);
    finding->rule = rule->id;
    finding->severity = subject_severity(subject, rule);
    finding->side = subject->side;
    finding->path = arena_copy(arena, subject->path);
    finding->base_path = arena_copy(arena, subject->base_path);
    finding->subject = arena_copy(arena, flagged);
    finding->message = message_expand(arena, rule->message, all, count);
    finding->fix = message_expand(arena, rule->fix, all, count);
    if (span.start != SLICE_NOT_FOUND && subject->document &&
        subject->document->kind == DOCUMENT_PDF)
        set_page(finding, subject->document, span, arena);
    else if (span.start != SLICE_NOT_FOUND && subject->document)
        set_place(finding, subject, span, arena);
    fingerprint_set(finding);
    return finding;
}
