#include "rules/front_matter_mending.h"

#include "base/buffer.h"
#include "document/front_matter.h"

#include <ctype.h>
#include <string.h>

static const char usual_remedy[] =
    "put values that hold \": \" in double quotes, and indent lines like their neighbours";

struct work {
    struct front_matter_mending *found;
    struct slice bytes;
    struct span lines; /* of the front matter, fences left out */
    struct arena *arena;
};

/* --- Edits tried out ---------------------------------------------------------------------------
 */

static void add_edit(struct work *work, struct span span, struct slice text) {
    struct front_matter_mending *found = work->found;
    if (found->count == MENDING_MOST_EDITS)
        return;
    found->spans[found->count] = span;
    found->texts[found->count++] = text;
}

static void append_mended(struct buffer *mended, const struct work *work) {
    const struct front_matter_mending *found = work->found;
    size_t at = 0;
    for (size_t i = 0; i < found->count; i++) {
        buffer_append_slice(mended, slice_part(work->bytes, at, found->spans[i].start));
        buffer_append_slice(mended, found->texts[i]);
        at = found->spans[i].end;
    }
    buffer_append_slice(mended, slice_part(work->bytes, at, work->bytes.size));
}

/* Where in the unmended bytes that is. */
static size_t map_back(const struct work *work, size_t offset) {
    const struct front_matter_mending *found = work->found;
    size_t own = offset;
    for (size_t i = 0; i < found->count; i++) {
        size_t length = found->spans[i].end - found->spans[i].start;
        if (own < found->spans[i].start + found->texts[i].size)
            break;
        own = own + length - found->texts[i].size;
    }
    return own;
}

/* Whether the mended front matter can be read; if not, `*offset` is where YAML gives up now. */
static bool is_valid(const struct work *work, size_t *offset) {
    struct arena arena = ARENA_EMPTY;
    struct front_matter read = {0};
    struct buffer mended = BUFFER_EMPTY;
    append_mended(&mended, work);
    front_matter_read(&read, buffer_slice(&mended), &arena);
    bool unreadable = read.state == FRONT_MATTER_UNREADABLE && !read.problem.limit;
    *offset = unreadable ? map_back(work, read.problem.offset) : SLICE_NOT_FOUND;
    buffer_release(&mended);
    arena_release(&arena);
    return read.state == FRONT_MATTER_PRESENT;
}

/* --- Values ------------------------------------------------------------------------------------
 */

static size_t line_start(struct slice bytes, size_t offset) {
    while (offset && bytes.data[offset - 1] != '\n')
        offset--;
    return offset;
}

static struct slice line_at(struct slice bytes, size_t offset) {
    return slice_part(bytes, line_start(bytes, offset), slice_find(bytes, "\n", offset));
}

static bool is_key(struct slice text) {
    for (size_t i = 0; i < text.size; i++)
        if (!isalnum((unsigned char)text.data[i]) && !strchr("_-", text.data[i]))
            return false;
    return text.size > 0;
}

/* Behind "key: " of the line; empty when it is not of that form. */
static struct slice value_of(struct slice line) {
    size_t key = 0;
    while (key < line.size && strchr(" -", line.data[key]))
        key++;
    size_t colon = slice_find(line, ": ", key);
    if (colon == SLICE_NOT_FOUND || !is_key(slice_part(line, key, colon)))
        return slice_of("");
    return slice_trim(slice_part(line, colon + 1, line.size));
}

static bool holds(struct slice value, const char *text) {
    return slice_find(value, text, 0) != SLICE_NOT_FOUND;
}

/* In double quotes it means what it says, and without them it is no plain scalar. */
static bool wants_quotes(struct slice value) {
    if (!value.size || strchr("'\"[{|>&*!#?-", *value.data) || holds(value, "\"") ||
        holds(value, "\\") || holds(value, " #"))
        return false;
    return holds(value, ": ") || slice_ends_with(value, ":") || strchr("@`%", *value.data);
}

/* What stands between curly quotes around the value; empty when they are none, or some are left. */
static struct slice between_curly_quotes(struct slice value) {
    static const char *const marks[] = {"\xe2\x80\x9c", "\xe2\x80\x9d", "\xe2\x80\x9e"};
    bool opens = slice_starts_with(value, marks[0]) || slice_starts_with(value, marks[1]) ||
                 slice_starts_with(value, marks[2]);
    if (value.size <= 6 || !opens ||
        !(slice_ends_with(value, marks[0]) || slice_ends_with(value, marks[1])))
        return slice_of("");
    struct slice inner = slice_part(value, 3, value.size - 3);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (holds(inner, marks[i]))
            return slice_of("");
    return holds(inner, "\"") || holds(inner, "\\") ? slice_of("") : slice_trim(inner);
}

/* Of 'Bob's' what stands between the outer ones, when the other kind can stand around it. */
static struct slice between_same_quotes(struct slice value) {
    if (value.size < 4 || !strchr("'\"", *value.data) || value.data[value.size - 1] != *value.data)
        return slice_of("");
    struct slice inner = slice_part(value, 1, value.size - 1);
    bool single = *value.data == '\'';
    return holds(inner, single ? "'" : "\"") && !holds(inner, single ? "\"" : "'") &&
                   !holds(inner, "\\")
               ? inner
               : slice_of("");
}

static void add_value(struct work *work, struct slice value, const char *quote,
                      struct slice inner) {
    size_t at = (size_t)(value.data - work->bytes.data);
    const char *text = arena_format(work->arena, "%s%.*s%s", quote, SLICE_ARGUMENTS(inner), quote);
    add_edit(work, (struct span){at, at + value.size}, slice_of(text));
}

/* The value of the line at `offset` gets quotes that make it one; false when it can't. */
static bool mend_value(struct work *work, size_t offset) {
    struct slice value = value_of(line_at(work->bytes, offset));
    struct slice curly = between_curly_quotes(value), same = between_same_quotes(value);
    struct front_matter_mending *found = work->found;
    if (curly.size) {
        add_value(work, value, "\"", curly);
        found->remedy = "curly quotes are none for YAML: write straight ones, \"…\"";
    } else if (same.size) {
        add_value(work, value, *value.data == '\'' ? "\"" : "'", same);
        found->remedy = *value.data == '\'' ? "the value has the quote ' inside: put \" around it"
                                            : "the value has the quote \" inside: put ' around it";
    } else if (wants_quotes(value)) {
        add_value(work, value, "\"", value);
    } else {
        return false;
    }
    return true;
}

/* YAML gives up further down each time. */
static bool mend_values(struct work *work) {
    size_t offset = work->found->offset, last = 0;
    const char *remedy = work->found->remedy;
    bool valid = false;
    while (!valid && offset < work->lines.end && work->found->count < MENDING_MOST_EDITS &&
           (!work->found->count || line_start(work->bytes, offset) > last) &&
           mend_value(work, offset)) {
        last = work->found->spans[work->found->count - 1].start;
        valid = is_valid(work, &offset);
    }
    if (!valid && work->found->count) {
        work->found->count = 0;
        work->found->remedy = remedy;
    }
    return valid;
}

/* --- Other faults ------------------------------------------------------------------------------
 */

static size_t next_line(struct slice bytes, size_t offset) {
    size_t end = slice_find(bytes, "\n", offset);
    return end == SLICE_NOT_FOUND ? bytes.size : end + 1;
}

static bool find_conflict(struct work *work) {
    for (size_t at = work->lines.start; at < work->lines.end; at = next_line(work->bytes, at)) {
        if (!slice_starts_with(slice_part(work->bytes, at, work->lines.end), "<<<<<<< "))
            continue;
        work->found->offset = at;
        work->found->reason = "a merge conflict is left in it";
        work->found->remedy = "keep one version of the lines, and delete the conflict's markers";
        return true;
    }
    return false;
}

/* Tabs before lines become as many blanks as make it valid. */
static bool mend_tabs(struct work *work) {
    static const char *const blanks[] = {"  ", "    "};
    size_t offset = work->found->offset;
    struct slice line = line_at(work->bytes, offset);
    size_t tab = slice_find(line, "\t", 0);
    if (tab == SLICE_NOT_FOUND || slice_trim(slice_part(line, 0, tab)).size)
        return false;
    work->found->offset = (size_t)(line.data - work->bytes.data) + tab;
    work->found->reason = "a tab stands where only blanks may indent a line";
    work->found->remedy = "indent with blanks in place of the tab";
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        work->found->count = 0;
        for (size_t at = work->lines.start; at < work->lines.end; at = next_line(work->bytes, at))
            for (size_t k = at; k < work->lines.end && strchr(" \t", work->bytes.data[k]); k++)
                if (work->bytes.data[k] == '\t')
                    add_edit(work, (struct span){k, k + 1}, slice_of(blanks[i]));
        if (is_valid(work, &offset))
            return true;
    }
    work->found->count = 0;
    return true;
}

/* The quote that the value opens is nowhere in its line again. */
static bool is_open(struct slice value) {
    return value.size > 1 && strchr("'\"", *value.data) &&
           !memchr(value.data + 1, *value.data, value.size - 1) && !holds(value, "\\") &&
           !holds(value, " #");
}

/* `key: "value` with nothing that closes it, also where YAML takes a later quote for that. */
static bool mend_open_quote(struct work *work) {
    size_t from = line_start(work->bytes, work->found->offset), offset;
    for (size_t at = work->lines.start; at <= from; at = next_line(work->bytes, at)) {
        struct slice value = value_of(line_at(work->bytes, at));
        if (!is_open(value))
            continue;
        size_t start = (size_t)(value.data - work->bytes.data), end = start + value.size;
        add_edit(work, (struct span){end, end}, slice_part(value, 0, 1));
        if (is_valid(work, &offset)) {
            work->found->offset = start;
            work->found->reason = "the quote that opens here is not closed";
            work->found->remedy = "close it at the end of the value";
            return true;
        }
        work->found->count = 0;
    }
    if (!strstr(work->found->reason, "quoted scalar") ||
        !strstr(work->found->reason, "end of stream"))
        return false;
    work->found->reason = "the quote that opens here is not closed";
    work->found->remedy = "close it at the end of the value";
    return true;
}

/* What stands before the last blank line is front matter with a title, and behind it is text. */
static bool find_missing_fence(struct work *work) {
    size_t text = line_start(work->bytes, work->found->offset), blank = text;
    struct slice line = line_at(work->bytes, work->found->offset);
    if (text <= work->lines.start || value_of(line).size || !line.size ||
        strchr(" \t-", *line.data))
        return false;
    while (blank > work->lines.start &&
           slice_trim(line_at(work->bytes, blank = line_start(work->bytes, blank - 1))).size)
        ;
    if (blank <= work->lines.start)
        return false;
    struct front_matter read = {0};
    struct buffer head = BUFFER_EMPTY;
    buffer_append_slice(&head, slice_part(work->bytes, 0, blank));
    buffer_append_string(&head, "---\n");
    front_matter_read(&read, buffer_slice(&head), work->arena);
    bool found = read.state == FRONT_MATTER_PRESENT && yaml_find(read.root, "title");
    buffer_release(&head);
    if (found) {
        work->found->reason = "no line \"---\" closes it before the text begins";
        work->found->remedy = "put a line \"---\" below the last key";
    }
    return found;
}

struct front_matter_mending front_matter_mending_find(const struct front_matter *front_matter,
                                                      struct slice bytes, struct arena *arena) {
    struct front_matter_mending found = {.offset = front_matter->problem.offset,
                                         .reason = front_matter->problem.message,
                                         .remedy = usual_remedy};
    struct work work = {.found = &found, .bytes = bytes, .arena = arena};
    work.lines.start = next_line(bytes, front_matter->span.start);
    work.lines.end = front_matter->span.end < bytes.size ? front_matter->span.end : bytes.size;
    if (found.offset < work.lines.end && !find_conflict(&work) && !mend_values(&work) &&
        !mend_tabs(&work) && !mend_open_quote(&work))
        find_missing_fence(&work);
    return found;
}
