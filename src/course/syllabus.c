#include "course/syllabus.h"

#include "base/memory.h"
#include "course/syllabus_words.h"

#include <ctype.h>
#include <string.h>

/* The passage at hand. */
struct reader {
    struct syllabus *syllabus;
    const struct syllabus_words *words;
    const struct page_text *page;
    const struct passage_text *passage;
    struct slice flat; /* all of the page */
    long budget;
};

enum { LONGEST_SENTENCE = 400 };

/* What a pattern found. */
struct found {
    const struct pattern *pattern;
    struct match match;
    struct slice sentence;
};

void syllabus_init(struct syllabus *syllabus) {
    *syllabus = (struct syllabus){.words = syllabus_words_new()};
}

void syllabus_release(struct syllabus *syllabus) {
    syllabus_words_free(syllabus->words);
    arena_release(&syllabus->arena);
    *syllabus = (struct syllabus){0};
}

static struct slice group(const struct reader *reader, const struct found *found,
                          const char *name) {
    size_t number = pattern_group(found->pattern, name);
    if (!number || number >= found->match.group_count ||
        found->match.groups[number].start == SLICE_NOT_FOUND)
        return slice_of("");
    return slice_part(reader->flat, found->match.groups[number].start,
                      found->match.groups[number].end);
}

/* The next match in the passage at or behind `*from`, which moves behind it. */
static bool find_next(struct reader *reader, const struct pattern *pattern, size_t *from,
                      struct found *found) {
    found->pattern = pattern;
    if (pattern_find(pattern, reader->flat, *from, reader->passage->span.end, &found->match,
                     &reader->budget) != MATCH_FOUND)
        return false;
    struct span span = found->match.groups[0];
    *from = span.end > *from ? span.end : *from + 1;
    found->sentence = page_text_sentence(reader->page, reader->passage, span);
    return true;
}

static bool has(const struct reader *reader, const struct pattern *pattern, struct slice text) {
    struct match match;
    long budget = reader->budget;
    return pattern_find(pattern, text, 0, text.size, &match, &budget) == MATCH_FOUND;
}

static struct saying keep(struct reader *reader, struct slice sentence) {
    struct arena *arena = &reader->syllabus->arena;
    char *text = arena_allocate(arena, sentence.size + 1, 1);
    struct slice copy = {text, 0};
    size_t offset = (size_t)(sentence.data - reader->flat.data);
    for (size_t i = 0; i < sentence.size && copy.size < LONGEST_SENTENCE; i++)
        if (sentence.data[i] != ' ' || sentence.data[i - 1] != ' ')
            text[copy.size++] = sentence.data[i];
    return (struct saying){arena_copy(arena, reader->page->document->path),
                           source_line(&reader->page->document->source, offset), copy};
}

/* From, to; 0 where it does not say. False when it makes no sense. */
static bool read_range(const struct reader *reader, const struct found *found, long limit,
                       long *least, long *most) {
    struct slice exact = group(reader, found, "c");
    exact = exact.size ? exact : group(reader, found, "d");
    long number = number_of_words(exact);
    *least = number ? number : number_of_words(group(reader, found, "a"));
    *most = number ? number : number_of_words(group(reader, found, "b"));
    return (*least || *most) && *least <= limit && *most <= limit && (!*most || *least <= *most);
}

/* --- Pages, team -------------------------------------------------------------------------------
 */

static void read_pages(struct reader *reader) {
    struct syllabus *syllabus = reader->syllabus;
    struct found found;
    for (size_t i = 0; i < SYLLABUS_PAGES && !syllabus->pages.line; i++)
        for (size_t at = reader->passage->span.start;
             find_next(reader, reader->words->pages[i], &at, &found);) {
            long least, most;
            if (has(reader, reader->words->other, found.sentence) ||
                !read_range(reader, &found, 999, &least, &most))
                continue;
            syllabus->least_pages = least;
            syllabus->most_pages = most;
            syllabus->pages = keep(reader, found.sentence);
            break;
        }
}

/* True when the value was taken. */
static bool take_team(struct reader *reader, const struct found *found) {
    struct syllabus *syllabus = reader->syllabus;
    long least, most;
    bool usual = has(reader, reader->words->usual, found->sentence);
    if ((syllabus->team.line && (usual || !syllabus->team_is_usual)) ||
        has(reader, reader->words->other, found->sentence) ||
        !read_range(reader, found, 99, &least, &most))
        return false;
    syllabus->least_team = least;
    syllabus->most_team = most;
    syllabus->team_is_usual = usual;
    syllabus->team = keep(reader, found->sentence);
    return true;
}

static void read_team(struct reader *reader) {
    struct found found;
    bool taken = false;
    for (size_t i = 0; i < SYLLABUS_TEAM && !taken; i++)
        for (size_t at = reader->passage->span.start;
             !taken && find_next(reader, reader->words->team[i], &at, &found);)
            taken = take_team(reader, &found);
}

/* --- Deadline ----------------------------------------------------------------------------------
 */

enum { DAY = 86400, HOUR = 3600, MINUTE = 60 };

/* "11:59 pm" and midnight are the last second of the day. */
static long second_of(long hour, long minute, struct slice half) {
    if (half.size && (hour < 1 || hour > 12))
        return -1;
    if (half.size)
        hour = hour % 12 + (tolower((unsigned char)*half.data) == 'p' ? 12 : 0);
    else if (hour == 11 && minute == 59)
        hour = 23;
    if (hour > 23)
        return -1;
    if (minute == 59 || (!hour && !minute))
        return hour || minute ? (hour * 60 + minute) * MINUTE + MINUTE - 1 : DAY - 1;
    return (hour * 60 + minute) * MINUTE;
}

static long read_clock(struct reader *reader, struct slice sentence) {
    struct found found = {.pattern = reader->words->clock};
    size_t from = (size_t)(sentence.data - reader->flat.data), end = from + sentence.size;
    if (pattern_find(found.pattern, reader->flat, from, end, &found.match, &reader->budget) ==
        MATCH_FOUND) {
        struct slice word = group(reader, &found, "w");
        if (word.size)
            return tolower((unsigned char)*word.data) == 'n' ? 12 * HOUR : DAY - 1;
        return second_of(number_of_words(group(reader, &found, "h")),
                         number_of_words(group(reader, &found, "m")), group(reader, &found, "p"));
    }
    found.pattern = reader->words->hour;
    if (pattern_find(found.pattern, reader->flat, from, end, &found.match, &reader->budget) ==
        MATCH_FOUND)
        return second_of(number_of_words(group(reader, &found, "h")), 0,
                         group(reader, &found, "p"));
    return -1;
}

static void take_due(struct reader *reader, const struct found *found) {
    struct syllabus *syllabus = reader->syllabus;
    long days = number_of_words(group(reader, found, "c"));
    struct slice unit = group(reader, found, "u");
    if (tolower((unsigned char)*unit.data) == 'w')
        days *= 7;
    if (!days || days > 99)
        return;
    if (!syllabus->due.line) {
        syllabus->due_days = days;
        syllabus->due_second = read_clock(reader, found->sentence);
        syllabus->due = keep(reader, found->sentence);
    } else if (days != syllabus->due_days && !syllabus->other_due.line) {
        syllabus->other_due = keep(reader, found->sentence);
    } else if (days == syllabus->due_days && syllabus->due_second < 0) {
        syllabus->due_second = read_clock(reader, found->sentence);
    }
}

static void read_unread_due(struct reader *reader) {
    struct syllabus *syllabus = reader->syllabus;
    struct found found;
    size_t at = reader->passage->span.start;
    if (syllabus->due.line || syllabus->unread_due.line || !reader->passage->about_scribes)
        return;
    while (find_next(reader, reader->words->is_due, &at, &found))
        if (!has(reader, reader->words->other, found.sentence) &&
            !has(reader, reader->words->late, found.sentence)) {
            syllabus->unread_due = keep(reader, found.sentence);
            return;
        }
}

static void read_due(struct reader *reader) {
    struct slice passage = page_text_part(reader->page, reader->passage->span);
    struct found found;
    if (!has(reader, reader->words->submit, passage))
        return;
    for (size_t i = 0; i < SYLLABUS_DUE; i++)
        for (size_t at = reader->passage->span.start;
             find_next(reader, reader->words->due[i], &at, &found);)
            if (!has(reader, reader->words->other, found.sentence) &&
                !has(reader, reader->words->late, found.sentence))
                take_due(reader, &found);
    read_unread_due(reader);
}

/* --- Time zone ---------------------------------------------------------------------------------
 */

/* The passage on scribes says it best, then any other. */
static void read_zone(struct reader *reader) {
    struct syllabus *syllabus = reader->syllabus;
    enum zone_rank rank = reader->passage->about_scribes ? ZONE_ABOUT_SCRIBES : ZONE_ANYWHERE;
    struct found found;
    for (size_t i = 0; i < SYLLABUS_ZONE && syllabus->zone_rank < rank; i++) {
        size_t at = reader->passage->span.start;
        if (!find_next(reader, reader->words->zone[i], &at, &found))
            continue;
        struct slice zone = zone_of_words(group(reader, &found, "z"));
        if (!zone.size)
            continue;
        syllabus->zone = arena_copy(&syllabus->arena, zone);
        syllabus->zone_said = keep(reader, found.sentence);
        syllabus->zone_rank = rank;
    }
}

void syllabus_add_page(struct syllabus *syllabus, const struct page_text *page) {
    struct reader reader = {.syllabus = syllabus,
                            .words = syllabus->words,
                            .page = page,
                            .flat = {page->flat, page->document->source.bytes.size},
                            .budget = PATTERN_BUDGET};
    for (size_t i = 0; i < page->count; i++) {
        reader.passage = &page->passages[i];
        read_zone(&reader);
        if (!reader.passage->about_scribes)
            continue;
        read_pages(&reader);
        read_team(&reader);
        read_due(&reader);
    }
}
