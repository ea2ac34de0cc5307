#include "rules/run.h"

#include "base/memory.h"
#include "course/landing.h"
#include "document/pdf_reader.h"
#include "rules/check.h"
#include "rules/facts.h"
#include "rules/suppression.h"

#include <stdlib.h>
#include <string.h>

/* Of Markdown. */
static bool is_post(const struct subject *subject) {
    return subject->name.has_date && (slice_starts_with(subject->path, "_posts/") ||
                                      slice_find(subject->path, "/_posts/", 0) != SLICE_NOT_FOUND);
}

/* What rules may name it by. */
static unsigned classes_of(const struct subject *subject) {
    bool markdown = path_is_markdown(subject->path);
    return FILES_ANY | (subject->note ? FILES_NOTES : 0) | (markdown ? FILES_MARKDOWN : 0) |
           (markdown && is_post(subject) ? FILES_POSTS : 0) |
           (subject->note && path_is_pdf(subject->path) ? FILES_PDF : 0) |
           (subject->course && course_view_has_rows(subject->course, subject->path) ? FILES_SCHEDULE
                                                                                    : 0);
}

static bool applies(const struct rule *rule, const struct subject *subject) {
    if ((rule->check->about_changes && !subject->change) ||
        subject_severity(subject, rule) == SEVERITY_OFF)
        return false;
    return (rule->classes & subject->classes) || glob_list_matches(&rule->globs, subject->path);
}

/* Both sides of a file may have the same to say. */
void run_remark(struct run *run, struct remark_list *list, struct slice path, const char *reason) {
    enum { LOOKED_BACK = 8 };
    for (size_t i = list->count; i > 0 && list->count - i < LOOKED_BACK; i--)
        if (slice_equal(list->items[i - 1].path, path) &&
            slice_equal_string(list->items[i - 1].reason, reason))
            return;
    verdict_remark(run->verdict, list, path, slice_of(reason));
}

/* The document, or NULL with a remark when it can't be read; `content` must outlive it. */
static struct document *read_document(struct run *run, const struct subject *subject,
                                      struct buffer *content) {
    struct error error = ERROR_NONE;
    struct document_options options = review_document_options(run->review, subject->site);
    struct document *document = NULL;
    const struct page_source *known =
        site_find_source(subject->site, subject->snapshot, subject->path);
    int status =
        known ? OK
              : snapshot_read(subject->snapshot, subject->path, DOCUMENT_MAX_SIZE, content, &error);
    if (status == OK) {
        document = known ? document_read_behind(subject->path, known->text, &known->head,
                                                known->body, &options)
                         : document_read(subject->path, buffer_slice(content), &options);
        if (document->undecided)
            run_remark(run, &run->verdict->undecided, subject->path, document->undecided);
    } else if (status == STATUS_TOO_LARGE && !path_is_markdown(subject->path)) {
        run_remark(run, &run->verdict->skipped, subject->path, "too large to be read as text");
    } else if (subject->side == SIDE_BASE) {
        struct buffer reason = BUFFER_EMPTY;
        buffer_append_format(&reason, "the version before this change %s: what is new is not known",
                             error_message(&error));
        run_remark(run, &run->verdict->undecided, subject->path, buffer_string(&reason));
        buffer_release(&reason);
    } else {
        run_remark(run, &run->verdict->undecided, subject->path, error_message(&error));
    }
    error_release(&error);
    return document;
}

/* Of a PDF note, or NULL: with a remark, unless it is the helper that is missing. */
static const struct document *read_pdf(struct run *run, const struct subject *subject) {
    const struct review *review = run->review;
    const char *reason = NULL;
    const struct document *document =
        pdf_store_get(review->pdfs, subject->snapshot, subject->path, &reason);
    const struct document_pdf *pdf = document ? document->pdf : NULL;
    if (!pdf) {
        run_remark(run, &run->verdict->undecided, subject->path, reason);
    } else if (pdf->outcome == PDF_UNAVAILABLE) {
        if (!pdf_store_lacks_helper(review->pdfs))
            verdict_remark(run->verdict, &run->verdict->skipped, subject->path, pdf->message);
        run->verdict->unread += subject->side == SIDE_HEAD;
        return NULL;
    } else if (pdf->outcome == PDF_LIMIT) {
        verdict_remark(run->verdict, &run->verdict->undecided, subject->path, pdf->message);
    } else if (pdf->limit.size) {
        run_remark(run, &run->verdict->undecided, subject->path, "only its first pages were read");
    }
    return document;
}

static bool is_said_better(const struct finding_list *list, size_t from,
                           const struct finding *finding, const struct rule *rule) {
    for (size_t i = from; i < list->count; i++) {
        const struct finding *other = list->items[i];
        bool same_place = other->has_place && other->start.line == finding->start.line &&
                          other->start.column == finding->start.column;
        for (size_t k = 0; same_place && k < rule->yields_to.count; k++)
            if (slice_equal_string(rule->yields_to.items[k], other->rule))
                return true;
    }
    return false;
}

/* Of the findings from `from` on drops those that yield to another one at the same place. */
static void drop_yielding(const struct rule_set *rules, struct finding_list *list, size_t from) {
    size_t kept = from;
    for (size_t i = from; i < list->count; i++) {
        const struct rule *rule = rule_set_find(rules, slice_of(list->items[i]->rule));
        if (!rule->yields_to.count || !list->items[i]->has_place ||
            !is_said_better(list, from, list->items[i], rule))
            list->items[kept++] = list->items[i];
    }
    list->count = kept;
}

/* False for a rule that is left out on this side. */
static bool takes_part(const struct run *run, size_t rule) {
    return !run->only || run->only[rule];
}

/* Rules that judge the suppressions see which of them were of use. */
static void finish_findings(struct run *run, struct subject *subject, size_t first) {
    const struct rule_set *rules = run->review->rules;
    struct suppression_list suppressions = {0};
    drop_yielding(rules, subject->findings, first);
    if (!subject->document)
        return;
    suppressions_read(&suppressions, subject->document);
    suppressions_apply(&suppressions, subject, first);
    subject->suppressions = &suppressions;
    size_t last = subject->findings->count;
    for (size_t i = 0; suppressions.count && i < rules->count; i++)
        if (rules->rules[i]->check->runs_last && takes_part(run, i) &&
            applies(rules->rules[i], subject))
            subject_run(subject, rules->rules[i]);
    suppressions_apply(&suppressions, subject, last);
    suppressions_note(&suppressions, subject);
    subject->suppressions = NULL;
    suppressions_release(&suppressions);
}

void content_release(struct content *content) {
    document_free(content->document);
    buffer_release(&content->bytes);
    *content = (struct content){0};
}

bool run_rules(struct run *run, struct subject *subject, bool about_changes,
               struct content *content) {
    const struct rule_set *rules = run->review->rules;
    struct document *document = NULL;
    struct facts facts = {0};
    bool is_no_file = about_changes && (subject->change->kind == CHANGE_DELETED ||
                                        subject->change->entry != ENTRY_FILE);
    bool tried = is_no_file || path_is_binary(subject->path), readable = true;
    bool tried_pdf = is_no_file;
    const struct document *pdf = NULL;
    size_t first = subject->findings->count;
    subject->facts = &facts;
    subject->classes = classes_of(subject);
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = rules->rules[i];
        if (rule->check->about_changes != about_changes || !takes_part(run, i) ||
            !applies(rule, subject))
            continue;
        if ((rule->needs_document || rule->check->takes_document) && !tried) {
            if (!content->document)
                content->document = read_document(run, subject, &content->bytes);
            subject->document = document = content->document;
            readable = document != NULL;
            tried = true;
        }
        bool wants_pdf = (rule->classes & FILES_PDF) && path_is_pdf(subject->path);
        if (wants_pdf && !tried_pdf) {
            pdf = read_pdf(run, subject);
            readable = pdf != NULL;
            tried_pdf = true;
        }
        /* Rules for Markdown never see a PDF. */
        subject->document = wants_pdf ? pdf : document;
        bool needed = rule->needs_document || (wants_pdf && !rule->check->takes_document);
        if (needed && !subject->document)
            continue;
        if (!rule->check->runs_last)
            subject_run(subject, rule);
    }
    subject_tell_starved(subject);
    subject->document = document;
    if (!about_changes)
        finish_findings(run, subject, first);
    facts_release(&facts);
    subject->facts = NULL;
    subject->document = NULL;
    if (document && document->undecided)
        content_release(content); /* whoever asks next is to say so as well */
    return readable;
}

static bool has_finding(const struct finding_list *list, size_t from, const struct rule *rule) {
    for (size_t i = from; i < list->count; i++)
        if (!strcmp(list->items[i]->rule, rule->id))
            return true;
    return false;
}

static bool is_yielded_to(const struct rule_set *rules, const bool *by, const struct rule *rule) {
    for (size_t i = 0; i < rules->count; i++)
        for (size_t k = 0; by[i] && k < rules->rules[i]->yields_to.count; k++)
            if (slice_equal_string(rules->rules[i]->yields_to.items[k], rule->id))
                return true;
    return false;
}

bool *run_find_deciding_rules(const struct run *run, size_t first) {
    const struct rule_set *rules = run->review->rules;
    bool *deciding = memory_allocate(rules->count, sizeof *deciding);
    bool all = false, grows = true;
    for (size_t i = 0; i < rules->count; i++) {
        deciding[i] = has_finding(&run->verdict->findings, first, rules->rules[i]);
        all = all || (deciding[i] && rules->rules[i]->check->runs_last);
    }
    while (grows) {
        grows = false;
        for (size_t i = 0; i < rules->count; i++)
            if (!deciding[i] && is_yielded_to(rules, deciding, rules->rules[i]))
                deciding[i] = grows = true;
    }
    if (!all)
        return deciding;
    free(deciding);
    return NULL;
}
