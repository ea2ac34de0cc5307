/*
 * What kramdown makes of Markdown and HTML otherwise than their author meant. Sources: kramdown's
 * parsers table.rb, list.rb and html.rb.
 */
#include "base/memory.h"
#include "document/tags.h"
#include "rules/check.h"
#include "rules/facts.h"
#include "rules/liquid_tag.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum problem {
    PROBLEM_TABLE,
    PROBLEM_NUMBER,
    PROBLEM_UNCLOSED,
    PROBLEM_ELEMENT,
    PROBLEM_ID,
    PROBLEM_MARKDOWN,
    PROBLEM_LIQUID,
    PROBLEM_MARK,
};

static const char *const problem_names[] = {"table-by-accident", "list-number", "unclosed-element",
                                            "unknown-element",   "id-twice",    "markdown-in-html",
                                            "liquid-quotes",     "list-mark",   NULL};

static const char *const places[] = {"line", "element", "more", "remedy", NULL};

struct markup_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct markup_parameters, finds), problem_names}, {0}};

enum { MOST_STEPS = 1000000, MOST_IDS = 2000 };

struct look {
    const struct rule *rule;
    const struct subject *subject;
    const struct document *document;
    struct slice bytes;
    const unsigned char *kinds;
};

static void report(const struct look *look, struct span span, const struct place *place) {
    subject_report(look->subject, look->rule, span, document_text(look->document, span), place,
                   place ? 1 : 0);
}

static struct span line_of(const struct look *look, size_t at) {
    const struct source *source = &look->document->source;
    size_t line = source_line(source, at), start = source_line_start(source, line);
    return (struct span){start, start + source_line_text(source, line).size};
}

/* --- Tables ------------------------------------------------------------------------------- */

/* True when everything from `line` on that may be a separator line of a table is one. */
static bool is_separator(struct slice line) {
    bool hyphen = false;
    for (size_t i = 0; i < line.size; i++) {
        if (!strchr("+|: \t-", line.data[i]))
            return false;
        hyphen |= line.data[i] == '-';
    }
    return hyphen && memchr(line.data, '|', line.size);
}

/* In <d-math> a bar does not count. */
static bool is_formula_in_text(const struct look *look, size_t at) {
    size_t start = at;
    while (start && (look->kinds[start - 1] == BYTE_MATH || look->kinds[start - 1] == BYTE_LIQUID))
        start--;
    return look->bytes.data[start] == '$';
}

struct bars {
    size_t in_text, in_formulas;
};

static struct bars count_bars(const struct look *look, struct span line) {
    struct bars bars = {0};
    for (size_t at = line.start; at < line.end; at++) {
        if (look->bytes.data[at] != '|' || (at > line.start && look->bytes.data[at - 1] == '\\'))
            continue;
        bars.in_text += look->kinds[at] == BYTE_TEXT;
        bars.in_formulas += look->kinds[at] == BYTE_MATH && is_formula_in_text(look, at);
    }
    return bars;
}

/* `$$…$$` and nothing else is a formula before it can be a table. */
static bool is_display(const struct look *look, struct span block) {
    struct slice text = slice_trim(document_text(look->document, block));
    return slice_starts_with(text, "$$") && slice_find(text, "$$", 2) == text.size - 2;
}

/* Every line has a bar, some line only in formulas or there is but one: nobody wanted a table. */
static void look_at_table(const struct look *look, const struct text_block *block) {
    const struct source *source = &look->document->source;
    bool accident = false;
    struct span first = {0, 0};
    if (block->heading || !block->after_boundary || !block->before_boundary ||
        is_display(look, block->span))
        return;
    for (size_t at = block->span.start; at < block->span.end;) {
        struct span line = line_of(look, at);
        if (line.start < at)
            line.start = at;
        struct bars bars = count_bars(look, line);
        if ((!bars.in_text && !bars.in_formulas) ||
            is_separator(document_text(look->document, line)))
            return;
        bool lonely =
            block->span.start == at && block->span.end <= line.end && look->bytes.data[at] != '|';
        if ((!bars.in_text || lonely) && !accident)
            first = line;
        accident |= !bars.in_text || lonely;
        size_t number = source_line(source, at);
        at = number < source->line_count ? source_line_start(source, number + 1) : look->bytes.size;
    }
    while (first.start < first.end && look->bytes.data[first.start] != '|')
        first.start++;
    if (accident)
        report(look, (struct span){first.start, first.start + 1}, NULL);
}

/* The mark of the list item whose text `block` is, or 0; `*column` is where its line begins. */
static char item_mark(const struct look *look, const struct text_block *block, size_t *column) {
    struct span line = line_of(look, block->span.start);
    size_t at = line.start;
    while (at < line.end && isspace((unsigned char)look->bytes.data[at]))
        at++;
    *column = at - line.start;
    return at < block->span.start ? look->bytes.data[at] : '\0';
}

/* A paragraph or a definition takes the list right under it for more of its lines. */
static size_t swallowed_items(const struct look *look, const struct text_block_list *blocks,
                              size_t first) {
    const struct source *source = &look->document->source;
    size_t column, next = first + 1;
    char mark = item_mark(look, &blocks->items[first], &column);
    if (blocks->items[first].heading || (mark && mark != ':'))
        return next;
    for (; next < blocks->count && !blocks->items[next].heading; next++) {
        size_t inner, end = blocks->items[next - 1].span.end;
        char item = item_mark(look, &blocks->items[next], &inner);
        size_t line = source_line(source, blocks->items[next].span.start);
        bool under = line == source_line(source, end) + 1 && item && item != ':';
        if (!under || inner < column + (mark == ':'))
            break;
    }
    return next;
}

/* With no bar in some line neither the text nor all of it is a table; an item can still be one. */
static size_t look_at_group(const struct look *look, const struct text_block_list *blocks,
                            size_t first) {
    size_t next = swallowed_items(look, blocks, first);
    struct text_block block = blocks->items[first];
    block.span.end = blocks->items[next - 1].span.end;
    block.before_boundary = blocks->items[next - 1].before_boundary;
    size_t last = source_line(&look->document->source, block.span.end);
    for (size_t line = source_line(&look->document->source, block.span.start);
         next > first + 1 && line <= last; line++) {
        struct bars bars =
            count_bars(look, line_of(look, source_line_start(&look->document->source, line)));
        if (!bars.in_text && !bars.in_formulas)
            return first + 1;
    }
    look_at_table(look, &block);
    return next;
}

/* What has no bar in its first line is no table. */
static bool may_be_table(const struct look *look, const struct text_block *block) {
    struct slice line = document_text(look->document, line_of(look, block->span.start));
    return line.size && memchr(line.data, '|', line.size);
}

static void find_tables(const struct look *look) {
    if (!look->bytes.size || !memchr(look->bytes.data, '|', look->bytes.size))
        return;
    const struct text_block_list *blocks = subject_text_blocks(look->subject);
    for (size_t i = 0; i < blocks->count;)
        i = may_be_table(look, &blocks->items[i]) ? look_at_group(look, blocks, i) : i + 1;
}

/* --- Numbered lists ----------------------------------------------------------------------- */

/* The digits of "12. text" at the start of a line, or 0. */
static size_t number_size(struct slice line) {
    size_t at = 0;
    while (at < line.size && at < 3 && line.data[at] == ' ')
        at++;
    size_t digits = at;
    while (digits < line.size && isdigit((unsigned char)line.data[digits]))
        digits++;
    bool mark = digits > at && digits + 1 < line.size && line.data[digits] == '.' &&
                strchr(" \t", line.data[digits + 1]);
    return mark ? digits : 0;
}

/* A paragraph, a picture or another list between the items ends a list. */
struct list_scan {
    bool in_list, blank_before, in_paragraph;
};

static bool begins_list(struct list_scan *scan, const struct look *look, struct span line) {
    struct slice text = document_text(look->document, line);
    unsigned char kind = text.size ? look->kinds[line.start] : BYTE_TEXT;
    bool blank = slice_is_blank(text), indented = text.size && strchr(" \t", *text.data);
    size_t number = kind == BYTE_TEXT ? number_size(text) : 0;
    bool begins = number && !scan->in_list && !scan->in_paragraph;
    if (number && !scan->in_paragraph)
        scan->in_list = true;
    else if (!blank && !indented && (scan->blank_before || kind == BYTE_TAG))
        scan->in_list = false;
    if (text.size && *text.data == '#')
        scan->in_list = false;
    scan->in_paragraph = !blank && !scan->in_list && !(text.size && *text.data == '#') &&
                         (scan->in_paragraph || (kind != BYTE_TAG && !indented));
    scan->blank_before = blank;
    return begins;
}

static bool begins_with_one(struct slice line) {
    struct slice digits = slice_trim(slice_part(line, 0, number_size(line)));
    while (digits.size > 1 && *digits.data == '0')
        digits = slice_part(digits, 1, digits.size);
    return slice_equal_string(digits, "1");
}

/* Some line from `first` on begins with a digit. */
static bool has_numbers(const struct look *look, size_t first) {
    const struct source *source = &look->document->source;
    for (size_t number = first; number <= source->line_count; number++) {
        size_t at = source_line_start(source, number);
        while (at < look->bytes.size && look->bytes.data[at] == ' ')
            at++;
        if (at < look->bytes.size && isdigit((unsigned char)look->bytes.data[at]))
            return true;
    }
    return false;
}

static void find_numbers(const struct look *look) {
    struct list_scan scan = {.blank_before = true};
    const struct source *source = &look->document->source;
    size_t first = source_line(source, look->document->body_start);
    if (!has_numbers(look, first))
        return;
    for (size_t number = first; number <= source->line_count; number++) {
        struct span line = line_of(look, source_line_start(source, number));
        struct slice text = document_text(look->document, line);
        size_t digits = number_size(text);
        if (begins_list(&scan, look, line) && !begins_with_one(text))
            report(look, (struct span){line.start, line.start + digits + 1}, NULL);
    }
}

/* `*text`, with no other star on the line. */
static bool has_bare_mark(const struct look *look, struct span line) {
    struct slice text = document_text(look->document, line);
    bool mark = text.size > 1 && *text.data == '*' && look->kinds[line.start] == BYTE_TEXT &&
                (isalnum((unsigned char)text.data[1]) || text.data[1] == '$');
    return mark && !memchr(text.data + 1, '*', text.size - 1);
}

/* Two lines of that kind in a row were to be a list; of each run the first is told. */
static void find_marks(const struct look *look) {
    const struct source *source = &look->document->source;
    for (size_t number = 1, run = 0; number <= source->line_count; number++) {
        size_t start = source_line_start(source, number);
        bool star = start < look->bytes.size && look->bytes.data[start] == '*';
        bool mark = star && start >= look->document->body_start &&
                    has_bare_mark(look, line_of(look, start));
        run = mark ? run + 1 : 0;
        if (run == 2) {
            struct span first = line_of(look, source_line_start(source, number - 1));
            report(look, (struct span){first.start, first.start + 1}, NULL);
        }
    }
}

/* --- Elements ----------------------------------------------------------------------------- */

/* Up to where nothing is conditional: a branch or an include may hold the other tag. */
static size_t unconditional_end(const struct document *document) {
    struct liquid_tag tag;
    for (size_t offset = 0; liquid_tag_next(document, &offset, &tag);)
        if (liquid_tag_opens_choice(&tag) || slice_starts_with(tag.name, "include"))
            return SLICE_NOT_FOUND;
    return document->source.bytes.size;
}

struct open_element {
    struct slice name;
    struct span span;
    struct slice remedy;
};

static struct slice write_closing(const struct look *look, struct slice name, const char *where) {
    return slice_of(arena_format(&look->subject->findings->arena, "write </%.*s> %s",
                                 SLICE_ARGUMENTS(name), where));
}

/* A closing tag of it that is none stands behind it: another rule says so. */
static bool has_broken_closing(const struct look *look, const struct open_element *open) {
    size_t at = tag_find_closing(look->bytes, open->name, open->span.end, look->bytes.size);
    return at != SLICE_NOT_FOUND &&
           (look->kinds[at] == BYTE_TEXT || look->kinds[at] == BYTE_RAW_TEXT);
}

static void report_unclosed(const struct look *look, const struct open_element *open) {
    struct slice remedy =
        open->remedy.size ? open->remedy : write_closing(look, open->name, "where it ends");
    if (!has_broken_closing(look, open))
        report(look, open->span, &(struct place){"remedy", remedy});
}

struct open_list {
    struct open_element *items;
    size_t count, capacity;
    size_t steps; /* that may still be made in search of what a tag closes */
    size_t told;
};

/* Nothing in it that belongs there: a list begins with <li>. */
static bool is_empty_element(const struct look *look, const struct open_element *open) {
    struct slice rest = slice_trim(slice_part(look->bytes, open->span.end, look->bytes.size));
    bool is_list = slice_equal_ignoring_case(open->name, slice_of("ul")) ||
                   slice_equal_ignoring_case(open->name, slice_of("ol"));
    if (!rest.size || slice_starts_with(rest, "</"))
        return true;
    return is_list &&
           !slice_equal_ignoring_case(slice_part(rest, 0, strlen("<li")), slice_of("<li"));
}

/* `<ul> … <ul>`: the second, alone on its line and empty, is </ul>, which closes the first. */
static bool is_meant_as_closing(const struct look *look, struct open_element *open,
                                const struct open_element *before) {
    struct slice tag = document_text(look->document, open->span);
    if (!slice_equal_ignoring_case(open->name, before->name) || tag.size != open->name.size + 2 ||
        !slice_equal(slice_trim(document_text(look->document, line_of(look, open->span.start))),
                     tag) ||
        !is_empty_element(look, open))
        return false;
    const char *line =
        arena_format(&look->subject->findings->arena, "here, if it is to close that of line %zu",
                     source_line(&look->document->source, before->span.start));
    open->remedy = write_closing(look, open->name, line);
    return true;
}

/* Each search for a closing tag may read the file to its end, so that the list is kept short. */
static void report_all(const struct look *look, struct open_list *open, size_t from) {
    for (size_t i = from; i < open->count && open->told <= SUBJECT_MOST_FINDINGS; i++, open->told++)
        if (i + 1 >= open->count ||
            !is_meant_as_closing(look, &open->items[i + 1], &open->items[i]))
            report_unclosed(look, &open->items[i]);
    open->count = from;
}

/* False when it took too many steps. */
static bool close_element(const struct look *look, struct open_list *open, struct slice name) {
    size_t at = open->count;
    for (; at && !slice_equal_ignoring_case(open->items[at - 1].name, name); at--)
        if (!open->steps--)
            return false;
    if (at) {
        report_all(look, open, at);
        open->count = at - 1;
    }
    return true;
}

/* `<a/>` for </a>. */
static bool is_misspelled_closing(const struct look *look, const struct tag *tag,
                                  struct span span) {
    return tag->self_closed &&
           slice_equal_ignoring_case(document_text(look->document, span), slice_of("<a/>"));
}

static void find_unclosed(const struct look *look) {
    struct open_list open = {.steps = MOST_STEPS};
    size_t limit = unconditional_end(look->document);
    bool followed = true;
    if (limit == SLICE_NOT_FOUND)
        return;
    const struct tag_list *tags = subject_tags(look->subject);
    for (size_t i = 0; followed && i < tags->count && tags->items[i].span.start < limit; i++) {
        const struct tag *tag = &tags->items[i].tag;
        struct span span = tags->items[i].span;
        if (tag->closing)
            followed = close_element(look, &open, tag->name);
        else if (is_misspelled_closing(look, tag, span))
            report(look, span,
                   &(struct place){"remedy", write_closing(look, tag->name, "instead")});
        else if (!tag->self_closed && !tag_is_void(tag->name))
            ARRAY_PUSH(open.items, open.count, open.capacity) =
                (struct open_element){.name = tag->name, .span = span};
    }
    if (followed)
        report_all(look, &open, 0);
    else
        subject_undecided(look->subject, look->rule, "too many elements are open at once");
    free(open.items);
}

static void find_unknown(const struct look *look) {
    const struct tag_list *tags = subject_tags(look->subject);
    for (size_t i = 0; i < tags->count; i++) {
        const struct tag *tag = &tags->items[i].tag;
        struct place place = {"element", tag->name};
        if (!tag->closing && !tag_is_known(tag->name))
            report(look, tags->items[i].span, &place);
    }
}

struct seen_id {
    struct span first, second;
    size_t count;
};

static void report_id(const struct look *look, const struct seen_id *id) {
    struct arena *arena = &look->subject->findings->arena;
    const char *line =
        arena_format(arena, "%zu", source_line(&look->document->source, id->first.start));
    const char *more =
        id->count > 2 ? arena_format(arena, " (%zu elements have it)", id->count) : "";
    struct place named[] = {{"line", slice_of(line)}, {"more", slice_of(more)}};
    subject_report(look->subject, look->rule, id->second, document_text(look->document, id->second),
                   named, COUNT_OF(named));
}

/* Told once for an id: one that was copied with its element may stand a dozen times. */
static void find_ids(const struct look *look) {
    struct seen_id *ids = NULL;
    size_t count = 0, capacity = 0;
    bool room = true;
    const struct tag_list *tags = subject_tags(look->subject);
    for (size_t i = 0; room && i < tags->count; i++) {
        struct slice value = tags->items[i].tag.closing
                                 ? (struct slice){NULL, 0}
                                 : tag_id(document_text(look->document, tags->items[i].span));
        if (!value.size)
            continue;
        size_t start = (size_t)(value.data - look->bytes.data);
        struct span id = {start, start + value.size};
        size_t same = 0;
        while (same < count && !slice_equal(document_text(look->document, ids[same].first),
                                            document_text(look->document, id)))
            same++;
        if (same < count)
            ids[same].second = ids[same].count++ == 1 ? id : ids[same].second;
        else if ((room = count < MOST_IDS))
            ARRAY_PUSH(ids, count, capacity) = (struct seen_id){.first = id, .count = 1};
    }
    for (size_t i = 0; i < count; i++)
        if (ids[i].count > 1)
            report_id(look, &ids[i]);
    if (!room)
        subject_undecided(look->subject, look->rule, "the page has too many ids");
    free(ids);
}

/* `**bold**` or `[text](url)` on one line, where only HTML is read. */
static size_t markdown_end(const struct look *look, size_t at, size_t end) {
    struct slice text = slice_part(look->bytes, 0, end);
    if (slice_starts_with(slice_part(text, at, end), "**") && at + 2 < end &&
        isalpha((unsigned char)text.data[at + 2])) {
        size_t close = slice_find(text, "**", at + 3);
        bool blank = close != SLICE_NOT_FOUND && isspace((unsigned char)text.data[close - 1]);
        return close == SLICE_NOT_FOUND || blank ? 0 : close + 2;
    }
    size_t bracket = text.data[at] == '[' ? slice_find(text, "](", at) : SLICE_NOT_FOUND;
    size_t close = bracket != SLICE_NOT_FOUND ? slice_find(text, ")", bracket) : SLICE_NOT_FOUND;
    struct slice destination = slice_part(text, bracket + 2, close);
    bool link = close != SLICE_NOT_FOUND &&
                (slice_starts_with(destination, "http") || slice_starts_with(destination, "/"));
    return link ? close + 1 : 0;
}

/* Behind the element whose tag stands at `at`; elements of its name may be in it. */
static size_t element_end(const struct look *look, struct span start, struct slice name) {
    struct tag tag;
    struct span span = start;
    for (size_t at = start.end, depth = 1; depth;) {
        if (!tags_next(look->document, &at, look->bytes.size, &tag, &span))
            return look->bytes.size;
        if (slice_equal_ignoring_case(tag.name, name) && !tag.self_closed)
            depth += tag.closing ? (size_t)-1 : 1;
    }
    return span.end;
}

/* kramdown reads Markdown in an element that asks for it, whatever is around it. */
static size_t behind_markdown(const struct look *look, size_t at) {
    struct tag tag;
    if (look->bytes.data[at] != '<' || look->kinds[at] != BYTE_TAG ||
        !tags_read(look->document, at, &tag))
        return at;
    struct span span = {at, at + tag.end};
    bool asks = tag.markdown && !tag.closing && !tag.self_closed && !tag_is_void(tag.name);
    return asks ? element_end(look, span, tag.name) : at;
}

/* The next byte of a kind, or the end. */
static size_t next_of(const struct look *look, enum byte_kind kind, size_t at) {
    size_t end = look->bytes.size;
    const unsigned char *found = at < end ? memchr(look->kinds + at, kind, end - at) : NULL;
    return found ? (size_t)(found - look->kinds) : end;
}

static void find_markdown(const struct look *look) {
    size_t at = look->document->body_start;
    size_t raw = next_of(look, BYTE_RAW_TEXT, at), tag = next_of(look, BYTE_TAG, at);
    /* Each is looked for again only once it has been passed. */
    for (; raw < look->bytes.size; at++) {
        raw = raw < at ? next_of(look, BYTE_RAW_TEXT, at) : raw;
        tag = tag < at ? next_of(look, BYTE_TAG, at) : tag;
        at = raw < tag ? raw : tag;
        if (at == look->bytes.size)
            return;
        size_t behind = behind_markdown(look, at);
        if (behind > at || look->kinds[at] != BYTE_RAW_TEXT || look->bytes.data[at] == '\n') {
            at = behind > at ? behind - 1 : at;
            continue;
        }
        size_t end = at;
        while (end < look->bytes.size && look->kinds[end] == BYTE_RAW_TEXT &&
               look->bytes.data[end] != '\n')
            end++;
        size_t close = 0;
        for (; at < end && !close; at++)
            if ((close = markdown_end(look, at, end)))
                report(look, (struct span){at, close}, NULL);
        at = end - 1;
    }
}

/* --- Liquid ------------------------------------------------------------------------------- */

/* `{{ '/a.png’ | relative_url }}`: a quote that is not closed, as Liquid's lexer has it. */
static bool has_open_quote(struct slice text) {
    char quote = '\0';
    for (size_t i = 0; i < text.size; i++) {
        if (quote)
            quote = text.data[i] == quote ? '\0' : quote;
        else if (text.data[i] == '"' || text.data[i] == '\'')
            quote = text.data[i];
        else if ((unsigned char)text.data[i] == 0xE2 && i + 2 < text.size &&
                 (unsigned char)text.data[i + 1] == 0x80 &&
                 strchr("\x98\x99\x9C\x9D", text.data[i + 2]))
            return true;
    }
    return quote;
}

static void find_liquid(const struct look *look) {
    for (size_t at = 0, end; (at = slice_find(look->bytes, "{{", at)) != SLICE_NOT_FOUND;) {
        bool liquid = look->kinds[at] == BYTE_LIQUID && (!at || look->kinds[at - 1] != BYTE_LIQUID);
        if (liquid && (end = slice_find(look->bytes, "}}", at)) == SLICE_NOT_FOUND)
            return;
        if (liquid && has_open_quote(slice_part(look->bytes, at + 2, end)))
            report(look, (struct span){at, end + 2}, NULL);
        at = liquid ? end : at + 2;
    }
}

static void run(const struct rule *rule, struct subject *subject) {
    static void (*const finders[])(const struct look *) = {[PROBLEM_TABLE] = find_tables,
                                                           [PROBLEM_NUMBER] = find_numbers,
                                                           [PROBLEM_UNCLOSED] = find_unclosed,
                                                           [PROBLEM_ELEMENT] = find_unknown,
                                                           [PROBLEM_ID] = find_ids,
                                                           [PROBLEM_MARKDOWN] = find_markdown,
                                                           [PROBLEM_LIQUID] = find_liquid,
                                                           [PROBLEM_MARK] = find_marks};
    const struct markup_parameters *own = rule->parameters;
    const struct document *document = subject->document;
    struct look look = {rule, subject, document, document->source.bytes, document->kinds};
    if (document->kinds && !document->undecided)
        finders[own->finds](&look);
}

const struct check check_markup = {.name = "markup",
                                   .parameters = parameters,
                                   .parameters_size = sizeof(struct markup_parameters),
                                   .places = places,
                                   .needs_document = true,
                                   .run = run};
