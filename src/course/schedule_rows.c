#include "base/memory.h"
#include "course/landing.h"
#include "course/schedule_reading.h"
#include "document/plain.h"

#include <ctype.h>
#include <string.h>

bool row_set_day(struct lecture *row, struct slice text, size_t offset) {
    struct span place;
    row->date_span = (struct span){offset, offset + text.size};
    row->date_text = text;
    if (!day_find(text, true, &row->day, &place)) {
        row->day = (struct day){0};
        return false;
    }
    row->date_span = (struct span){offset + place.start, offset + place.end};
    row->date_text = slice_part(text, place.start, place.end);
    return true;
}

struct slice reading_plain(struct reading *reading, const struct document *document,
                           struct span span) {
    struct buffer text = BUFFER_EMPTY;
    plain_append(&text, document, span);
    struct slice copy = arena_copy(reading->arena, buffer_slice(&text));
    buffer_release(&text);
    return copy;
}

/* --- Links ------------------------------------------------------------------------------------ */

static bool is_in_collection(struct slice path) {
    return slice_starts_with(path, "_");
}

/*
 * The file that a destination means: the first that is there, else what it would be. The pages of a
 * collection are pasted elsewhere, so a path beside them is the least likely.
 */
static struct slice choose_path(const struct reading *reading, const struct target *target,
                                struct slice page) {
    for (size_t i = 0; i < target->path_count; i++)
        if (snapshot_find(reading->snapshot, target->paths[i]).kind == ENTRY_FILE)
            return target->paths[i];
    for (size_t i = 0; i < target->path_count; i++)
        if (!is_in_collection(page) || !is_in_collection(target->paths[i]))
            return target->paths[i];
    return target->path_count ? target->paths[0] : slice_of(NULL);
}

/* The source of the page that the site has at `path`, however a server is asked for it. */
static struct slice page_source(const struct reading *reading, struct slice path) {
    static const char *const forms[] = {"", ".html", "/index.html"};
    struct slice source = {NULL, 0};
    while (slice_ends_with(path, "/"))
        path.size--;
    for (size_t i = 0; path.size && !source.size && i < COUNT_OF(forms); i++) {
        const struct site_page *page = site_find_file(
            reading->site, reading->snapshot,
            slice_of(arena_format(reading->arena, "%.*s%s", SLICE_ARGUMENTS(path), forms[i])));
        if (page)
            source = arena_copy(reading->arena, page->path);
    }
    return source;
}

/* Notes may be linked by the address of their page; its source is what the link means. */
static struct slice find_note(const struct reading *reading, struct slice path) {
    if (!path.size || snapshot_find(reading->snapshot, path).kind == ENTRY_FILE)
        return path;
    struct slice source = page_source(reading, path);
    return source.size ? source : path;
}

void reading_add_link(struct reading *reading, const struct schedule_file *file,
                      struct lecture_link link) {
    struct slice destination = slice_trim(link.destination);
    link.text = arena_copy(reading->arena, link.text);
    link.destination = arena_copy(reading->arena, destination);
    link.placeholder = !destination.size || slice_equal_string(destination, "#");
    link.path = slice_of(NULL);
    if (!link.placeholder) {
        struct target target =
            site_resolve(reading->site, file->path, link.destination, reading->arena);
        link.external = target.kind == TARGET_EXTERNAL;
        if (target.kind == TARGET_FILE)
            link.path = choose_path(reading, &target, file->path);
        if (link.role == LINK_NOTES)
            link.path = find_note(reading, link.path);
    }
    ARRAY_PUSH(reading->links, reading->link_count, reading->link_capacity) = link;
}

/* What an <a> has between its tags; `span` is the opening one and is made the whole element. */
static struct span element_text(const struct document *document, struct span *span) {
    size_t close = slice_find(document->source.bytes, "</", span->end);
    struct span text = {span->end, close == SLICE_NOT_FOUND ? span->end : close};
    size_t end = slice_find(document->source.bytes, ">", text.end);
    if (close != SLICE_NOT_FOUND && end != SLICE_NOT_FOUND)
        span->end = end + 1;
    return text;
}

static void add_page_link(struct reading *reading, const struct schedule_file *file,
                          const struct document *document, const struct link *link,
                          enum link_role role, bool by_text) {
    struct lecture_link added = {.role = role,
                                 .destination = link->destination,
                                 .span = link->span,
                                 .destination_span = link->destination_span};
    struct span text = {0};
    if (link->syntax == LINK_HTML) {
        text = element_text(document, &added.span);
    } else if (link->text.data) {
        text.start = (size_t)(link->text.data - document->source.bytes.data);
        text.end = text.start + link->text.size;
    }
    added.text = reading_plain(reading, document, text);
    enum link_role said = by_text ? schedule_role(reading->words, added.text) : LINK_OTHER;
    if (said != LINK_OTHER)
        added.role = said;
    reading_add_link(reading, file, added);
}

/* Links are sorted: the first that starts at `offset` or behind it. */
static size_t first_link(const struct document *document, size_t offset) {
    size_t low = 0, high = document->link_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (document->links[middle].span.start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void reading_add_page_links(struct reading *reading, const struct schedule_file *file,
                            const struct document *document, struct span span, enum link_role role,
                            bool by_text) {
    for (size_t i = first_link(document, span.start);
         i < document->link_count && document->links[i].span.start < span.end; i++)
        if (document->links[i].has_place && document->links[i].span.end <= span.end)
            add_page_link(reading, file, document, &document->links[i], role, by_text);
}

/* --- Who and whether -------------------------------------------------------------------------- */

static struct slice cut_at(struct slice text, const char *sign) {
    size_t at = slice_find(text, sign, 0);
    return at == SLICE_NOT_FOUND || !at ? text : slice_part(text, 0, at);
}

static size_t count_words(struct slice text) {
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += !isspace((unsigned char)text.data[i]) &&
                 (!i || isspace((unsigned char)text.data[i - 1]));
    return count;
}

/* Without where the person is from: "Kim Lee @ Physics", "Kim Lee (Physics)". */
static struct slice only_name(const struct schedule_words *words, struct slice text) {
    static const char *const signs[] = {" @ ", " (", ")", " from ", " | "};
    for (size_t i = 0; i < COUNT_OF(signs); i++)
        text = cut_at(text, signs[i]);
    text = slice_trim(text);
    while (text.size && strchr(".,;:!-([", text.data[text.size - 1]))
        text.size--;
    text = slice_trim(text);
    return schedule_word_is(words, WORD_NOBODY, text) ? slice_part(text, 0, 0) : text;
}

/* "Guest lecture, Kim Lee @ Physics": a guest, Kim Lee. */
static void read_speaker(const struct schedule_words *words, struct slice text,
                         struct lecture *row) {
    struct match match;
    row->guest = schedule_word_find(words, WORD_GUEST, text, &match);
    bool name_follows = row->guest && match.groups[0].end < text.size;
    bool leads = row->guest && !match.groups[0].start;
    if (name_follows && leads)
        text = slice_part(text, match.groups[0].end, text.size);
    else if (row->guest)
        text = slice_part(text, 0, match.groups[0].start);
    row->speaker = only_name(words, text);
}

/* "Guest talk by Kim Lee" in a title. What may be the talk's title is nobody's name. */
static void read_guest_in_title(const struct schedule_words *words, struct lecture *row) {
    enum { MOST_WORDS = 5 };
    struct match match;
    if (!schedule_word_find(words, WORD_GUEST, row->title, &match))
        return;
    struct slice rest = slice_part(row->title, match.groups[0].end, row->title.size);
    size_t by = slice_find(rest, " by ", 0);
    if (by != SLICE_NOT_FOUND)
        rest = slice_part(rest, by + strlen(" by "), rest.size);
    bool plausible = count_words(rest) <= MOST_WORDS && slice_find(rest, ":", 0) == SLICE_NOT_FOUND;
    row->guest = true;
    if (!row->speaker.size && (plausible || by != SLICE_NOT_FOUND)) {
        row->speaker = only_name(words, rest);
        row->speaker_span = row->speaker.size ? row->title_span : row->speaker_span;
    }
}

static bool has_material(const struct reading *reading) {
    for (size_t i = 0; i < reading->link_count; i++)
        if (!reading->links[i].placeholder &&
            (reading->links[i].role == LINK_SLIDES || reading->links[i].role == LINK_NOTES))
            return true;
    return false;
}

/* Slides or notes speak against what a title seems to say: "Break (of symmetry)". */
static enum lecture_status find_status(const struct reading *reading, const struct lecture *row,
                                       struct slice kind) {
    if (schedule_word_is(reading->words, WORD_CANCELED, row->title))
        return LECTURE_CANCELED;
    if (kind.size && schedule_word_is(reading->words, WORD_OTHER_LABEL, kind))
        return LECTURE_NONE;
    if (!has_material(reading) && schedule_word_is(reading->words, WORD_NONE, row->title))
        return LECTURE_NONE;
    return row->status;
}

static struct slice trim_title(struct slice title) {
    static const char *const signs[] = {
        "\xe2\x80\xa2", "\xc2\xb7", "\xe2\x80\x93", "\xe2\x80\x94", ":", "|", "-", "(", "[", "()",
        "[]",           ","};
    for (bool again = true; again;) {
        again = false;
        title = slice_trim(title);
        for (size_t i = 0; i < COUNT_OF(signs); i++)
            if (slice_ends_with(title, signs[i])) {
                title.size -= strlen(signs[i]);
                again = true;
            }
    }
    return title;
}

bool reading_is_full(struct reading *reading) {
    enum { MOST_ROWS = 2000 };
    if (reading->schedule->lecture_count < MOST_ROWS)
        return false;
    reading->schedule->undecided = slice_of("the schedule has more than 2,000 rows");
    return true;
}

void reading_add_row(struct reading *reading, struct lecture *row, const struct row_text *text) {
    struct schedule *schedule = reading->schedule;
    row->title = arena_copy(reading->arena, trim_title(text->title));
    row->status = find_status(reading, row, text->kind);
    read_speaker(reading->words, arena_copy(reading->arena, text->speaker), row);
    read_guest_in_title(reading->words, row);
    row->unreadable =
        !row->day.month && schedule_word_is(reading->words, WORD_DATE_LIKE, row->date_text);
    if (!row->speaker.size && !row->guest)
        row->speaker_span = text->speaker.size ? row->speaker_span : (struct span){0};
    row->link_count = reading->link_count;
    row->links = arena_allocate(reading->arena, reading->link_count, sizeof *row->links);
    if (reading->link_count)
        memcpy(row->links, reading->links, reading->link_count * sizeof *row->links);
    reading->link_count = 0;
    ARRAY_PUSH(schedule->lectures, schedule->lecture_count, reading->row_capacity) = *row;
}
