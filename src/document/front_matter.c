#include "document/front_matter.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char BOM[] = "\xef\xbb\xbf";

static size_t line_end(struct slice bytes, size_t start) {
    size_t end = slice_find(bytes, "\n", start);
    return end == SLICE_NOT_FOUND ? bytes.size : end + 1;
}

/* "---" or "..." and nothing but white space behind it. */
static bool is_fence(struct slice line, const char *fence) {
    return slice_starts_with(line, fence) && slice_is_blank(slice_part(line, 3, line.size));
}

/* Offset of the closing fence's line, or SLICE_NOT_FOUND. */
static size_t find_closing(struct slice bytes, size_t from) {
    for (size_t start = from; start < bytes.size;) {
        size_t end = line_end(bytes, start);
        struct slice line = slice_part(bytes, start, end);
        if (is_fence(line, "---") || is_fence(line, "..."))
            return start;
        start = end;
    }
    return SLICE_NOT_FOUND;
}

static bool looks_like_key(struct slice line) {
    size_t i = 0;
    while (i < line.size && (isalnum((unsigned char)line.data[i]) || line.data[i] == '_'))
        i++;
    return i > 0 && i < line.size && line.data[i] == ':';
}

static void explain_fence(struct front_matter *front_matter, bool is_first, bool in_first_line) {
    if (is_first) {
        front_matter->reason = "the opening \"---\" has no closing \"---\" line";
        front_matter->remedy = "put a line \"---\" below the last key";
    } else if (in_first_line) {
        front_matter->reason = "there are blanks before the opening \"---\"";
        front_matter->remedy = "delete the blanks: \"---\" must be the first line of the file";
    } else {
        front_matter->reason = "there are blank lines before the opening \"---\"";
        front_matter->remedy = "delete the blank lines: \"---\" must be the first of the file";
    }
}

/* Says why Jekyll finds nothing, from what stands at the head of the file instead. */
static void explain_absence(struct front_matter *front_matter, struct slice bytes, size_t start) {
    size_t offset = start;
    while (offset < bytes.size && isspace((unsigned char)bytes.data[offset]))
        offset++;
    size_t line_start = offset;
    while (line_start > start && bytes.data[line_start - 1] != '\n')
        line_start--;
    size_t end = line_end(bytes, offset);
    struct slice line = slice_trim(slice_part(bytes, offset, end));
    front_matter->reason = "the file does not begin with a \"---\" line";
    front_matter->remedy = "begin the file with a line \"---\", then title, date and the other "
                           "keys, then a line \"---\"";
    if (slice_equal_string(line, "---")) {
        front_matter->almost = (struct span){offset, offset + line.size};
        explain_fence(front_matter, offset == start, line_start == start);
    } else if (slice_starts_with(line, "---") &&
               looks_like_key(slice_part(bytes, end, bytes.size))) {
        front_matter->almost = (struct span){offset, offset + line.size};
        front_matter->reason = "the opening line must be \"---\" and nothing else";
        front_matter->remedy = "leave nothing but \"---\" in that line";
    } else if (looks_like_key(line)) {
        front_matter->almost = (struct span){offset, offset + line.size};
        front_matter->reason = "the \"---\" line before the first key is missing";
        front_matter->remedy = "put a line \"---\" before it";
    }
}

static void set_problem(struct front_matter *front_matter, size_t offset, const char *message,
                        bool limit) {
    front_matter->state = FRONT_MATTER_UNREADABLE;
    front_matter->root = NULL;
    front_matter->problem.offset = offset;
    front_matter->problem.limit = limit;
    snprintf(front_matter->problem.message, sizeof front_matter->problem.message, "%s", message);
}

/* libyaml skips a BOM itself, so the spans in the tree are offsets in the file. */
static void parse(struct front_matter *front_matter, struct slice bytes, struct arena *arena) {
    struct slice yaml = slice_part(bytes, 0, front_matter->span.end);
    if (yaml.size > FRONT_MATTER_MAX_SIZE) {
        set_problem(front_matter, front_matter->span.start, "the front matter is larger than 64 KB",
                    true);
        return;
    }
    front_matter->state = FRONT_MATTER_PRESENT;
    if (yaml_parse(&front_matter->root, yaml, arena, &front_matter->problem) != OK) {
        front_matter->state = FRONT_MATTER_UNREADABLE;
        front_matter->root = NULL;
    } else if (front_matter->root && front_matter->root->kind == YAML_SCALAR &&
               yaml_is_empty(front_matter->root)) {
        front_matter->root = NULL;
    } else if (front_matter->root && front_matter->root->kind != YAML_MAPPING) {
        set_problem(front_matter, front_matter->root->span.start,
                    "this is not a list of \"key: value\" lines", false);
    }
}

size_t front_matter_read(struct front_matter *front_matter, struct slice bytes,
                         struct arena *arena) {
    size_t start = slice_starts_with(bytes, BOM) ? sizeof BOM - 1 : 0;
    size_t second_line = line_end(bytes, start);
    size_t closing = SLICE_NOT_FOUND;
    if (is_fence(slice_part(bytes, start, second_line), "---"))
        closing = find_closing(bytes, second_line);
    if (closing == SLICE_NOT_FOUND) {
        front_matter->state = FRONT_MATTER_ABSENT;
        explain_absence(front_matter, bytes, start);
        return start;
    }
    size_t body = line_end(bytes, closing);
    front_matter->span = (struct span){start, closing};
    parse(front_matter, bytes, arena);
    front_matter->span.end = body;
    return body;
}

struct span document_value_span(const struct document *document, const struct yaml_node *node) {
    struct slice bytes = document->source.bytes;
    struct span span = node->span;
    struct slice written = document_text(document, span);
    if (node->kind != YAML_SCALAR || node->plain || !written.size)
        return span;
    if (*written.data == '|' || *written.data == '>') {
        size_t below = line_end(bytes, span.start);
        span.start = below < span.end ? below : span.end;
        while (span.start < span.end && isspace((unsigned char)bytes.data[span.start]))
            span.start++;
    } else if (slice_equal(slice_part(written, 1, written.size - 1), node->text)) {
        span.start++;
        span.end--;
    }
    return span;
}
