#include "document/brackets.h"

#include "base/memory.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* What a destination may have, so that "[](" repeated does not go quadratic. */
enum { LONGEST_DESTINATION = 4096, DEEPEST_PARENTHESES = 32 };

bool is_escaped_pair(struct slice text, size_t at) {
    return text.data[at] == '\\' && at + 1 < text.size && ispunct((unsigned char)text.data[at + 1]);
}

/* Also over the marks of a quote, which stand in front of its lines. */
static size_t skip_spaces(struct slice text, size_t at) {
    bool line_start = false;
    while (at < text.size &&
           (isspace((unsigned char)text.data[at]) || (line_start && text.data[at] == '>'))) {
        line_start = line_start || text.data[at] == '\n';
        at++;
    }
    return at;
}

/* Behind a quoted title, or `at`. */
static size_t skip_title(struct slice text, size_t at) {
    char open = at < text.size ? text.data[at] : '\0';
    char close = open == '(' ? ')' : open;
    if (open != '"' && open != '\'' && open != '(')
        return at;
    for (size_t end = at + 1; end < text.size; end++) {
        if (text.data[end] == close)
            return end + 1;
        end += is_escaped_pair(text, end);
    }
    return at;
}

/* The end of a destination without blanks, or 0: its parentheses must be balanced. */
static size_t bare_destination_end(struct slice text, size_t at) {
    size_t depth = 0;
    for (; at < text.size && !isspace((unsigned char)text.data[at]); at++) {
        if (text.data[at] == ')' && !depth)
            break;
        if (is_escaped_pair(text, at))
            at++;
        else if (text.data[at] == '(' && ++depth > DEEPEST_PARENTHESES)
            break;
        else if (text.data[at] == ')')
            depth--;
    }
    return depth ? 0 : at;
}

/* The offset of the ">" that closes a destination, or 0. */
static size_t pointed_destination_end(struct slice text, size_t at) {
    while (at < text.size && !strchr("<>\n", text.data[at]))
        at += 1 + is_escaped_pair(text, at);
    return at < text.size && text.data[at] == '>' ? at : 0;
}

/* CommonMark's `(destination "title")` at `at`; the offset behind it, or 0. */
static size_t read_common(struct slice text, size_t at, struct candidate *candidate) {
    size_t start = skip_spaces(text, at + 1), end;
    if (start < text.size && text.data[start] == '<') {
        end = pointed_destination_end(text, start + 1);
        if (!end)
            return 0;
        candidate->destination = (struct span){start + 1, end++};
    } else {
        end = bare_destination_end(text, start);
        if (!end)
            return 0;
        candidate->destination = (struct span){start, end};
    }
    size_t title = skip_spaces(text, end);
    size_t close = skip_spaces(text, title > end ? skip_title(text, title) : title);
    return close < text.size && text.data[close] == ')' ? close + 1 : 0;
}

/*
 * What kramdown takes for `(destination "title")`: anything up to the matching parenthesis, or to a
 * quote behind a blank. Source: Kramdown::Parser::Kramdown#parse_link.
 */
static size_t read_spaced(struct slice text, size_t at, struct candidate *candidate) {
    size_t depth = 0, end = at;
    for (; end < text.size; end++) {
        if (text.data[end] == '(' && ++depth > DEEPEST_PARENTHESES)
            return 0;
        if (text.data[end] == ')' && !--depth)
            break;
        if (isspace((unsigned char)text.data[end]) && end + 1 < text.size &&
            strchr("\"'", text.data[end + 1]) && text.data[end + 1])
            break;
    }
    if (end == text.size)
        return 0;
    size_t behind = end + 1;
    if (text.data[end] != ')') {
        size_t title = skip_spaces(text, end);
        size_t close = skip_title(text, title);
        behind = skip_spaces(text, close);
        if (close <= title + 2 || behind == text.size || text.data[behind++] != ')')
            return 0;
    }
    size_t start = skip_spaces(slice_part(text, 0, end), at + 1);
    while (end > start && isspace((unsigned char)text.data[end - 1]))
        end--;
    candidate->destination = (struct span){start, end};
    candidate->spaced = true;
    return behind;
}

static size_t read_inline(struct slice text, size_t at, struct candidate *candidate) {
    text = slice_part(text, 0, at + LONGEST_DESTINATION);
    size_t behind = read_common(text, at, candidate);
    return behind ? behind : read_spaced(text, at, candidate);
}

/* Behind `[label]` at `at`, or `at`. */
static size_t skip_label(struct slice text, size_t at) {
    size_t end = at + 1;
    while (end < text.size && text.data[end] != ']' && text.data[end] != '[')
        end += 1 + is_escaped_pair(text, end);
    return end < text.size && text.data[end] == ']' ? end + 1 : at;
}

static void look_up(const struct candidate_list *list, struct candidate *candidate, size_t start,
                    size_t end) {
    candidate->label = slice_part(list->bytes, start, end);
    candidate->definition = references_lookup(list->definitions, candidate->label);
}

/* The candidate's label is what stands in the brackets behind it; its text where none or "[]" does.
 */
static void read_reference(const struct candidate_list *list, struct slice block,
                           struct candidate *candidate) {
    size_t behind = candidate->text.end + 1, end = behind;
    if (behind < block.size && block.data[behind] == '[')
        end = skip_label(block, behind);
    if (end > behind + 2) {
        look_up(list, candidate, behind + 1, end - 1);
        candidate->span.end = end;
        return;
    }
    candidate->span.end = end;
    look_up(list, candidate, candidate->text.start, candidate->text.end);
}

/* No link is in another: the brackets that are open around one are no link's any more. */
static void close_to_links(struct candidate_list *list) {
    for (size_t i = list->open_count; i-- && !list->open[i].around;)
        list->open[i].around = true;
}

/*
 * Reads the brackets from `open` to `close`; the offset behind what CommonMark takes for a link,
 * else behind them.
 */
static size_t add_brackets(struct candidate_list *list, struct slice block,
                           struct open_bracket open, size_t close) {
    struct candidate candidate = {.image = open.image, .text = {open.at + 1, close}};
    candidate.span = (struct span){open.at - open.image, close + 1};
    bool parenthesis = close + 1 < block.size && block.data[close + 1] == '(';
    size_t behind = parenthesis ? read_inline(block, close + 1, &candidate) : 0;
    candidate.inline_form = behind != 0;
    if (behind)
        candidate.span.end = behind;
    else
        read_reference(list, block, &candidate);
    if (candidate.definition)
        candidate.spaced = candidate.definition->spaced;
    if ((!behind && !candidate.definition) || (open.around && !open.image && !candidate.spaced))
        return close + 1;
    ARRAY_PUSH(list->items, list->count, list->capacity) = candidate;
    if (candidate.spaced)
        return close + 1;
    /* Of a reference it is not sure that CommonMark has its definition. */
    if (candidate.inline_form && !candidate.image)
        close_to_links(list);
    return candidate.span.end;
}

/* A scheme and a colon, or what may be a mail address: CommonMark's autolinks, roughly. */
static bool is_address(struct slice text) {
    size_t scheme = 0;
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == '<' || isspace((unsigned char)text.data[i]))
            return false;
    while (scheme < text.size && (isalnum((unsigned char)text.data[scheme]) ||
                                  (text.data[scheme] && strchr("+.-", text.data[scheme]))))
        scheme++;
    return (scheme > 1 && scheme < text.size && text.data[scheme] == ':') ||
           (text.size && memchr(text.data, '@', text.size));
}

/* Behind `<address>` at `at`, or behind the "<". */
static size_t add_autolink(struct candidate_list *list, struct slice block, size_t at) {
    const char *close = memchr(block.data + at, '>', block.size - at);
    size_t stop = close ? (size_t)(close - block.data) : at;
    if (!is_address(slice_part(block, at + 1, stop)))
        return at + 1;
    ARRAY_PUSH(list->items, list->count, list->capacity) =
        (struct candidate){.inline_form = true,
                           .span = {at, stop + 1},
                           .text = {at + 1, stop},
                           .destination = {at + 1, stop}};
    return stop + 1;
}

static int by_start(const void *left, const void *right) {
    const struct candidate *a = left, *b = right;
    return a->span.start < b->span.start ? -1 : a->span.start > b->span.start;
}

static bool is_mark(char byte) {
    return byte == '\\' || byte == '<' || byte == '!' || byte == '[' || byte == ']';
}

/* As CommonMark reads: a destination that is taken holds no links of its own. */
void brackets_find(struct candidate_list *list, struct span block) {
    struct slice text = slice_part(list->shadow, 0, block.end);
    size_t size = block.end > block.start ? block.end - block.start : 0;
    list->count = list->open_count = 0;
    /* Nothing else ends a candidate, and most blocks have neither. */
    if (!size || (!memchr(text.data + block.start, ']', size) &&
                  !memchr(text.data + block.start, '<', size)))
        return;
    for (size_t at = block.start; at < block.end;) {
        char byte = text.data[at];
        if (!is_mark(byte)) {
            at++;
            continue;
        }
        bool image = byte == '!' && at + 1 < block.end && text.data[at + 1] == '[';
        if (is_escaped_pair(text, at)) {
            at += 2;
        } else if (byte == '<') {
            at = add_autolink(list, slice_part(text, 0, at + LONGEST_DESTINATION), at);
        } else if ((byte == '[' || image) && list->kinds[at + image] != BYTE_DESTINATION) {
            ARRAY_PUSH(list->open, list->open_count, list->open_capacity) =
                (struct open_bracket){.at = at + image, .image = image};
            at += 1 + image;
        } else if (byte == ']' && list->open_count) {
            at = add_brackets(list, text, list->open[--list->open_count], at);
        } else {
            at++;
        }
    }
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, by_start);
}

void brackets_release(struct candidate_list *list) {
    free(list->items);
    free(list->open);
    *list = (struct candidate_list){0};
}
