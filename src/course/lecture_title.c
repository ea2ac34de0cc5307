#include "course/lecture_title.h"

#include "base/memory.h"
#include "text/folded.h"

#include <ctype.h>
#include <string.h>

enum { MOST_WORDS = 64, LONGEST_ABBREVIATION = 6, LONG_WORD = 6 };

struct title_words {
    struct buffer folded;
    struct slice items[MOST_WORDS];
    bool telling[MOST_WORDS]; /* not every lecture may have it */
    size_t count, telling_count;
};

static bool is_joint(struct slice word) {
    static const char *const words[] = {"a",    "an",  "and", "as", "at",   "by",  "for",
                                        "from", "in",  "is",  "of", "on",   "or",  "the",
                                        "to",   "via", "vs",  "we", "with", "your"};
    return slice_is_one_of(word, words, COUNT_OF(words));
}

static bool is_common(struct slice word) {
    static const char *const words[] = {
        "advanced",   "basic",   "basics",       "beyond",    "chapter",  "class",
        "conclusion", "cont",    "continued",    "course",    "dr",       "draft",
        "final",      "first",   "fundamentals", "guest",     "intro",    "introduction",
        "invited",    "last",    "lec",          "lecture",   "lectures", "logistics",
        "misc",       "module",  "more",         "note",      "notes",    "overview",
        "part",       "prof",    "professor",    "recap",     "review",   "scribe",
        "scribed",    "scribes", "second",       "seminar",   "session",  "special",
        "summary",    "talk",    "tba",          "tbd",       "template", "title",
        "topic",      "topics",  "unit",         "wednesday", "week",     "welcome",
        "wrap",       "i",       "ii",           "iii",       "iv",       "v",
        "vi",         "monday",  "tuesday",      "thursday",  "friday",   "untitled"};
    return slice_is_one_of(word, words, COUNT_OF(words));
}

static bool has_letter(struct slice word) {
    for (size_t i = 0; i < word.size; i++)
        if (!isdigit((unsigned char)word.data[i]))
            return true;
    return false;
}

/* Tags are no words, nor is what a <br> in a cell of the schedule is written as. */
static void append_without_tags(struct buffer *text, struct slice source) {
    for (size_t at = 0; at < source.size; at++) {
        size_t end = source.data[at] == '<' ? slice_find(source, ">", at) : SLICE_NOT_FOUND;
        buffer_append_byte(text, end == SLICE_NOT_FOUND ? source.data[at] : ' ');
        at = end == SLICE_NOT_FOUND ? at : end;
    }
    buffer_append_byte(text, ' ');
}

static void words_read(struct title_words *words, struct slice text) {
    struct buffer plain = BUFFER_EMPTY;
    size_t at = 0;
    *words = (struct title_words){.folded = BUFFER_EMPTY};
    append_without_tags(&plain, text);
    folded_append(&words->folded, buffer_slice(&plain));
    buffer_release(&plain);
    for (struct slice word; words->count < MOST_WORDS &&
                            (word = folded_next_word(buffer_slice(&words->folded), &at)).size;) {
        bool telling = word.size > 1 && has_letter(word) && !is_joint(word) && !is_common(word);
        words->items[words->count] = word;
        words->telling[words->count++] = telling;
        words->telling_count += telling;
    }
}

/* All that the row says, with the points below its title. */
static void words_read_row(struct title_words *words, const struct lecture *lecture) {
    struct buffer text = BUFFER_EMPTY;
    buffer_append_slice(&text, lecture->title);
    buffer_append_byte(&text, ' ');
    if (lecture->file)
        buffer_append_slice(&text, slice_part(lecture->file->source.bytes,
                                              lecture->title_span.start, lecture->title_span.end));
    words_read(words, buffer_slice(&text));
    buffer_release(&text);
}

static void words_release(struct title_words *words) {
    buffer_release(&words->folded);
}

/* --- Comparing -------------------------------------------------------------------------------- */

static size_t common_start(struct slice left, struct slice right) {
    size_t size = 0;
    while (size < left.size && size < right.size && left.data[size] == right.data[size])
        size++;
    return size;
}

static size_t common_end(struct slice left, struct slice right) {
    size_t size = 0;
    while (size < left.size && size < right.size &&
           left.data[left.size - size - 1] == right.data[right.size - size - 1])
        size++;
    return size;
}

static bool holds(struct slice longer, struct slice shorter) {
    for (size_t at = 0; at + shorter.size <= longer.size; at++)
        if (!memcmp(longer.data + at, shorter.data, shorter.size))
            return true;
    return false;
}

/* "network" and "networks", "sequence" and "sequential", "communiation" and "communication". */
static bool is_like(struct slice left, struct slice right) {
    enum { STEM = 5, PART = 4, CUT = 3 };
    struct slice longer = left.size < right.size ? right : left;
    struct slice shorter = left.size < right.size ? left : right;
    size_t start = common_start(longer, shorter), end = common_end(longer, shorter);
    bool cut = start == shorter.size && start >= CUT;
    bool stem = start >= STEM && 2 * start >= longer.size;
    bool slip = longer.size >= LONG_WORD && longer.size - shorter.size < 3 &&
                start + end + 2 >= longer.size;
    return slice_equal(left, right) || cut || stem || slip ||
           (shorter.size >= PART && holds(longer, shorter));
}

/* True when words from `first` on begin with the letters; joints may be left out. */
static bool begin_with(const struct title_words *words, size_t first, struct slice letters) {
    size_t known = 0;
    for (size_t i = first; i < words->count && known < letters.size; i++) {
        if (*words->items[i].data == letters.data[known])
            known++;
        else if (i == first || !is_joint(words->items[i]))
            return false;
    }
    return known == letters.size;
}

/* "gm" or "gms" of words from `first` on: "graphical models" */
static bool abbreviates(struct slice word, const struct title_words *words, size_t first) {
    struct slice singular = word;
    if (word.size > 2 && word.data[word.size - 1] == 's')
        singular.size--;
    return word.size <= LONGEST_ABBREVIATION &&
           (begin_with(words, first, word) || begin_with(words, first, singular));
}

/* True when `words` have word `index` of `others`, in short, at length or misspelled. */
static bool has_word(const struct title_words *words, const struct title_words *others,
                     size_t index) {
    for (size_t i = 0; i < words->count; i++)
        if ((words->telling[i] && is_like(words->items[i], others->items[index])) ||
            abbreviates(others->items[index], words, i))
            return true;
    for (size_t i = 0; i < words->count; i++)
        for (size_t k = 0; words->telling[i] && k <= index; k++)
            if (index - k < words->items[i].size && abbreviates(words->items[i], others, k))
                return true;
    return false;
}

static size_t count_shared(const struct title_words *words, const struct title_words *others) {
    size_t count = 0;
    for (size_t i = 0; i < others->count; i++)
        count += others->telling[i] && has_word(words, others, i);
    return count;
}

/* One short word may be the course's name. */
static bool says_topic(const struct title_words *words) {
    for (size_t i = 0; i < words->count; i++)
        if (words->telling[i] && (words->telling_count > 1 || words->items[i].size >= LONG_WORD))
            return true;
    return false;
}

/* What a guest's row says may be all about the guest. */
static bool row_says_topic(const struct lecture *lecture, const struct title_words *row) {
    struct title_words speaker;
    size_t known = 0;
    words_read(&speaker, lecture->guest ? lecture->speaker : slice_of(NULL));
    for (size_t i = 0; i < row->count; i++)
        known += row->telling[i] && has_word(&speaker, row, i);
    words_release(&speaker);
    return row->telling_count > known;
}

bool lecture_title_differs(const struct lecture *lecture, struct slice title) {
    struct title_words own, row;
    words_read(&own, title);
    words_read_row(&row, lecture);
    bool differs = says_topic(&own) && row_says_topic(lecture, &row) && !count_shared(&row, &own);
    words_release(&own);
    words_release(&row);
    return differs;
}

const struct lecture *lecture_title_find_other(const struct schedule *schedule,
                                               const struct lecture *lecture, struct slice title) {
    const struct lecture *found = NULL;
    struct title_words own;
    words_read(&own, title);
    for (const struct lecture *other = schedule_next(schedule, 0); other && !found;
         other = schedule_next(schedule, other->index + 1)) {
        struct title_words row;
        words_read(&row, other->title);
        if (other != lecture && own.telling_count && row.telling_count &&
            count_shared(&row, &own) == own.telling_count &&
            count_shared(&own, &row) == row.telling_count)
            found = other;
        words_release(&row);
    }
    words_release(&own);
    return found;
}

/* --- Slips ------------------------------------------------------------------------------------ */

/* "communiation" and "communication": what differs stands inside, so it is no ending. */
static bool is_slip(struct slice left, struct slice right) {
    struct slice longer = left.size < right.size ? right : left;
    struct slice shorter = left.size < right.size ? left : right;
    if (shorter.size < LONG_WORD || longer.size - shorter.size > 1)
        return false;
    size_t start = common_start(longer, shorter), end = common_end(longer, shorter);
    bool swapped = longer.size == shorter.size && start + end + 2 == longer.size &&
                   longer.data[start] == shorter.data[start + 1] &&
                   longer.data[start + 1] == shorter.data[start];
    if (start < 2 || (end < 2 && !swapped) || start >= shorter.size)
        return false;
    return swapped || start + end >= shorter.size || start + end + 1 == longer.size;
}

bool lecture_title_find_slip(const struct lecture *lecture, struct slice title, struct arena *arena,
                             struct slice *word, struct slice *expected) {
    struct title_words own, row;
    bool found = false;
    words_read(&own, title);
    words_read(&row, lecture->title);
    for (size_t i = 0; i < own.count && !found; i++)
        for (size_t k = 0; k < row.count && !found; k++) {
            found = is_slip(own.items[i], row.items[k]) &&
                    !slice_is_among(own.items[i], row.items, row.count) &&
                    !slice_is_among(row.items[k], own.items, own.count);
            *word = found ? arena_copy(arena, own.items[i]) : *word;
            *expected = found ? arena_copy(arena, row.items[k]) : *expected;
        }
    words_release(&own);
    words_release(&row);
    return found;
}
