#include "rules/suppression.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static const char line_word[] = "scribelint-disable-next-line";
static const char file_word[] = "scribelint-disable-file";

/* The first line behind the comment that is not blank. */
static size_t line_behind(const struct source *source, size_t offset) {
    size_t line = source_line(source, offset) + 1;
    while (line <= source->line_count && slice_is_blank(source_line_text(source, line)))
        line++;
    return line;
}

/* "RULE: reason", the reason being optional here so that its absence can be said. */
static void read_words(struct suppression *suppression, struct slice text) {
    size_t colon = slice_find(text, ":", 0);
    suppression->rule = slice_trim(slice_part(text, 0, colon));
    suppression->reason = colon == SLICE_NOT_FOUND
                              ? (struct slice){text.data, 0}
                              : slice_trim(slice_part(text, colon + 1, text.size));
}

void suppressions_read(struct suppression_list *list, const struct document *document) {
    for (size_t i = 0; i < document->comment_count; i++) {
        struct span span = document->comments[i].span;
        struct slice text =
            slice_trim(document_text(document, (struct span){span.start + 4, span.end - 3}));
        struct suppression suppression = {.span = span};
        suppression.whole_file = slice_starts_with(text, file_word);
        if (!suppression.whole_file && !slice_starts_with(text, line_word))
            continue;
        size_t word = suppression.whole_file ? strlen(file_word) : strlen(line_word);
        read_words(&suppression, slice_part(text, word, text.size));
        suppression.line = line_behind(&document->source, span.end - 1);
        ARRAY_PUSH(list->items, list->count, list->capacity) = suppression;
    }
}

void suppressions_release(struct suppression_list *list) {
    free(list->items);
    *list = (struct suppression_list){0};
}

static bool silences(const struct suppression *suppression, const struct finding *finding) {
    return suppression->reason.size && slice_equal_string(suppression->rule, finding->rule) &&
           (suppression->whole_file ||
            (finding->has_place && finding->start.line == suppression->line));
}

static bool is_silenced(struct suppression_list *list, const struct finding *finding) {
    for (size_t i = 0; i < list->count; i++) {
        if (silences(&list->items[i], finding)) {
            list->items[i].used = true;
            return true;
        }
    }
    return false;
}

static void note_added(const struct suppression *suppression, const struct subject *subject) {
    size_t line = source_line(&subject->document->source, suppression->span.start);
    struct buffer text = BUFFER_EMPTY;
    buffer_append_format(&text, "line %zu silences %.*s: %.*s", line,
                         SLICE_ARGUMENTS(suppression->rule), SLICE_ARGUMENTS(suppression->reason));
    if (subject->side == SIDE_HEAD && subject->change && change_adds_line(subject->change, line))
        verdict_remark(subject->verdict, &subject->verdict->notes, subject->path,
                       buffer_slice(&text));
    buffer_release(&text);
}

void suppressions_apply(struct suppression_list *list, const struct subject *subject, size_t from) {
    struct finding_list *findings = subject->findings;
    size_t kept = from;
    for (size_t i = from; i < findings->count; i++)
        if (!is_silenced(list, findings->items[i]))
            findings->items[kept++] = findings->items[i];
    findings->count = kept;
}

void suppressions_note(const struct suppression_list *list, const struct subject *subject) {
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].used)
            note_added(&list->items[i], subject);
}
