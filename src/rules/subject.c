#include "rules/subject.h"

#include "finding/fingerprint.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST_VALUE = 120 };

static struct slice find_place(const struct place *places, size_t count, struct slice name) {
    for (size_t i = 0; i < count; i++)
        if (slice_equal_string(name, places[i].name))
            return places[i].text;
    return (struct slice){NULL, 0};
}

static void append_value(struct buffer *buffer, struct slice text) {
    size_t size = text.size;
    if (size > LONGEST_VALUE) {
        size = LONGEST_VALUE;
        while (size && ((unsigned char)text.data[size] & 0xc0) == 0x80)
            size--;
    }
    for (size_t i = 0; i < size; i++)
        buffer_append_byte(buffer, isspace((unsigned char)text.data[i]) ? ' ' : text.data[i]);
    if (size < text.size)
        buffer_append_string(buffer, "…");
}

/* Fills {name} in; other braces stand for themselves. */
static struct slice expand(struct arena *arena, struct slice text, const struct place *places,
                           size_t count) {
    struct buffer buffer = BUFFER_EMPTY;
    for (size_t at = 0; at < text.size;) {
        size_t end = at + 1;
        while (text.data[at] == '{' && end < text.size &&
               (isalpha((unsigned char)text.data[end]) || text.data[end] == '-'))
            end++;
        bool named = end > at + 1 && end < text.size && text.data[end] == '}' &&
                     (!at || text.data[at - 1] != '{');
        if (named) {
            append_value(&buffer, find_place(places, count, slice_part(text, at + 1, end)));
            at = end + 1;
        } else {
            buffer_append_byte(&buffer, text.data[at++]);
        }
    }
    struct slice copy = arena_copy(arena, slice_trim(buffer_slice(&buffer)));
    buffer_release(&buffer);
    return copy;
}

static void set_place(struct finding *finding, const struct subject *subject, struct span span,
                      struct arena *arena) {
    const struct source *source = &subject->document->source;
    finding->has_place = true;
    finding->start = source_position(source, span.start);
    finding->end = source_position(source, span.end);
    finding->excerpt = arena_copy(arena, source_line_text(source, finding->start.line));
    if (subject->side == SIDE_HEAD && subject->change)
        finding->on_added_line = change_adds_line(subject->change, finding->start.line);
}

void subject_report(const struct subject *subject, const struct rule *rule, struct span span,
                    struct slice flagged, const struct place *places, size_t place_count) {
    struct place all[16] = {{"file", subject->path}};
    size_t count = 1;
    for (size_t i = 0; i < place_count && count < 15; i++)
        all[count++] = places[i];
    all[count++] = (struct place){"value", flagged};
    struct arena *arena = &subject->findings->arena;
    struct finding *finding = finding_list_add(subject->findings);
    finding->rule = rule->id;
    finding->severity = rule->severity;
    finding->side = subject->side;
    finding->path = arena_copy(arena, subject->path);
    finding->base_path = arena_copy(arena, subject->base_path);
    finding->subject = arena_copy(arena, flagged);
    finding->message = expand(arena, rule->message, all, count);
    finding->fix = expand(arena, rule->fix, all, count);
    if (span.start != SLICE_NOT_FOUND && subject->document)
        set_place(finding, subject, span, arena);
    fingerprint_set(finding);
}

void subject_undecided(const struct subject *subject, const struct rule *rule, const char *reason) {
    struct buffer text = BUFFER_EMPTY;
    buffer_append_format(&text, "%s: %s", rule->id, reason);
    verdict_remark(subject->verdict, &subject->verdict->undecided, subject->path,
                   buffer_slice(&text));
    buffer_release(&text);
}
