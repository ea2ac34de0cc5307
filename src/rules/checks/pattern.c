/* A PCRE2 pattern that must not, or must, match in a part of the file. */
#include "course/day.h"
#include "document/indented_code.h"
#include "rules/check.h"
#include "rules/facts.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum pattern_scope {
    SCOPE_FILE,         /* the whole file as it is */
    SCOPE_OUTSIDE_CODE, /* the whole file without code */
    SCOPE_PROSE,        /* text that readers see: no code, math, tags, comments, destinations */
    SCOPE_HEADINGS,     /* the title of each section, on its own */
    SCOPE_FRONT_MATTER, /* each value, on its own */
    SCOPE_PATH,         /* the file's path */
    SCOPE_IMAGES,       /* the destination of each image */
    SCOPE_LINKS,        /* the destination of each link */
    SCOPE_FORMULAS,     /* each formula, with its delimiters */
    SCOPE_INDENTED,     /* each piece of indented code, as kramdown has it: its first match */
};

static const char *const scope_names[] = {"file",         "outside-code",  "prose",  "headings",
                                          "front-matter", "path",          "images", "links",
                                          "formulas",     "indented-code", NULL};

struct pattern_parameters {
    int scope;
    struct slice forbid, require, replace;
    bool replaces; /* each match has one remedy: `replace` in its place, which may be empty */
    struct text_list keys, except_keys;
    struct pattern *pattern;
};

static const struct field parameters[] = {
    {"scope", FIELD_CHOICE, true, offsetof(struct pattern_parameters, scope), scope_names},
    {"forbid", FIELD_TEXT, false, offsetof(struct pattern_parameters, forbid), NULL},
    {"require", FIELD_TEXT, false, offsetof(struct pattern_parameters, require), NULL},
    {"replace", FIELD_TEXT, false, offsetof(struct pattern_parameters, replace), NULL},
    {"keys", FIELD_TEXTS, false, offsetof(struct pattern_parameters, keys), NULL},
    {"except-keys", FIELD_TEXTS, false, offsetof(struct pattern_parameters, except_keys), NULL},
    {0}};

static const char *const places[] = {"key", "day", NULL};

static int compile(struct pattern_parameters *own, bool later, struct error *error) {
    struct slice text = own->forbid.size ? own->forbid : own->require;
    if (!later)
        return pattern_compile(&own->pattern, text, 0, error);
    own->pattern = pattern_compile_later(text, 0);
    return OK;
}

/* Elsewhere what matches is not what stands in the file. */
static bool can_replace(const struct pattern_parameters *own) {
    return own->forbid.size && (own->scope == SCOPE_FILE || own->scope == SCOPE_OUTSIDE_CODE ||
                                own->scope == SCOPE_PROSE || own->scope == SCOPE_HEADINGS);
}

static int prepare(struct rule *rule, struct yaml_file *file, const struct yaml_node *entry,
                   struct error *error) {
    struct pattern_parameters *own = rule->parameters;
    if (!own->forbid.size == !own->require.size)
        return yaml_file_error(file, entry, error,
                               "check \"pattern\" takes either \"forbid\" or \"require\"");
    if (own->scope != SCOPE_FRONT_MATTER && (own->keys.count || own->except_keys.count))
        return yaml_file_error(file, yaml_find(entry, own->keys.count ? "keys" : "except-keys"),
                               error, "only scope \"front-matter\" has keys");
    own->replaces = own->replace.data != NULL;
    if (own->replaces && !can_replace(own))
        return yaml_file_error(file, yaml_find(entry, "replace"), error,
                               "\"replace\" goes with \"forbid\" and a scope of file, "
                               "outside-code, prose or headings");
    rule->needs_document = own->scope != SCOPE_PATH;
    struct error bad = ERROR_NONE;
    if (compile(own, rule->brief, &bad) == OK)
        return OK;
    yaml_file_error(file, yaml_find(entry, own->forbid.size ? "forbid" : "require"), error, "%s",
                    error_message(&bad));
    error_release(&bad);
    return STATUS_USAGE;
}

static void release(struct rule *rule) {
    pattern_free(((struct pattern_parameters *)rule->parameters)->pattern);
}

struct search {
    const struct rule *rule;
    struct subject *subject;
    const struct pattern_parameters *own;
    size_t matches;
    bool undecided;
    struct slice key; /* front matter: which one is being read */
};

/* The whole day that the file's name has, else its front matter; without one how it is written. */
static void append_day(struct buffer *text, const struct subject *subject) {
    const struct yaml_node *date =
        subject->document ? yaml_find(subject->document->front_matter.root, "date") : NULL;
    struct slice said[] = {slice_file_name(subject->path),
                           date && date->kind == YAML_SCALAR ? date->text : slice_of("")};
    struct day day = {0};
    struct span place;
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (day_find(said[i], true, &day, &place) && day.year) {
            buffer_append_format(text, "%04d-%02u-%02u", day.year, day.month, day.day);
            return;
        }
    buffer_append_string(text, "yyyy-mm-dd");
}

static void report_match(struct search *search, struct span span, struct slice flagged) {
    search->matches++;
    if (!search->own->forbid.size)
        return;
    const struct subject *subject = search->subject;
    struct buffer day = BUFFER_EMPTY;
    if (slice_find(search->rule->message, "{day}", 0) != SLICE_NOT_FOUND ||
        slice_find(search->rule->fix, "{day}", 0) != SLICE_NOT_FOUND)
        append_day(&day, subject);
    struct place named[] = {{"key", search->key}, {"day", buffer_slice(&day)}};
    struct finding *finding = subject_report(subject, search->rule, span, flagged, named, 2);
    buffer_release(&day);
    struct edit edit = {EDIT_REPLACE, subject->path, span, search->own->replace, flagged};
    if (search->own->replaces)
        finding_add_edit(subject->findings, finding, &edit);
}

/* Reads `range` of `text`, which stands at offset `shift` of the file; with `fixed` the place is
 * that. */
static void search_text(struct search *search, struct slice text, struct span range, size_t shift,
                        const struct span *fixed) {
    struct match match;
    /* One more than are kept, so that it is said that there are more. */
    for (size_t from = range.start;
         from <= range.end && search->matches <= SUBJECT_MOST_FINDINGS;) {
        enum match_result result = pattern_find(search->own->pattern, text, from, range.end, &match,
                                                &search->subject->budget);
        search->undecided = search->undecided || result == MATCH_UNDECIDED;
        if (result != MATCH_FOUND)
            return;
        struct span found = match.groups[0];
        struct span place = {found.start + shift, found.end + shift};
        report_match(search, fixed ? *fixed : place, slice_part(text, found.start, found.end));
        if (search->own->scope == SCOPE_INDENTED)
            return;
        from = found.end > found.start ? found.end : found.start + 1;
    }
}

/* Whether looking into the parts of `range` can find anything. */
static bool may_match(const struct search *search, struct span range) {
    return pattern_may_match(search->own->pattern, search->subject->document->source.bytes, range);
}

static void search_source(struct search *search, struct span range) {
    search_text(search, search->subject->document->source.bytes, range, 0, NULL);
}

/* As a text of its own: `^` and `$` are its borders. */
static void search_part(struct search *search, struct span part) {
    struct slice text = document_text(search->subject->document, part);
    search_text(search, text, (struct span){0, text.size}, part.start, NULL);
}

/* A value is a text of its own: `^` and `$` are its borders. */
static void search_value(struct search *search, const struct yaml_node *node) {
    struct span span = document_value_span(search->subject->document, node);
    struct slice written = document_text(search->subject->document, span);
    bool literal = written.size && *written.data != '"' && *written.data != '\'';
    if (literal)
        search_part(search, span);
    else
        search_text(search, node->text, (struct span){0, node->text.size}, 0, &node->span);
}

/* "authors.name" */
static struct slice join_keys(struct arena *arena, struct slice key, struct slice name) {
    if (!key.size)
        return name;
    char *joined = arena_allocate(arena, key.size + name.size + 1, 1);
    memcpy(joined, key.data, key.size);
    joined[key.size] = '.';
    if (name.size)
        memcpy(joined + key.size + 1, name.data, name.size);
    return (struct slice){joined, key.size + 1 + name.size};
}

/* Keys are named by their way down, without the numbers of list items. */
static void search_values(struct search *search, const struct yaml_node *node, struct slice key) {
    struct arena *arena = &search->subject->findings->arena;
    if (!node)
        return;
    for (size_t i = 0; i < node->item_count; i++)
        search_values(search, node->items[i], key);
    for (size_t i = 0; i < node->pair_count; i++) {
        struct slice name = join_keys(arena, key, node->pairs[i].key->text);
        search_values(search, node->pairs[i].value, name);
    }
    const struct text_list *keys = &search->own->keys, *except = &search->own->except_keys;
    bool wanted = !keys->count || slice_is_among(key, keys->items, keys->count);
    if (node->kind != YAML_SCALAR || !wanted || slice_is_among(key, except->items, except->count))
        return;
    search->key = key;
    search_value(search, node);
}

/* Behind white space and the dash of a list item. */
static size_t skip_indent(struct slice bytes, size_t at, size_t end) {
    while (at < end && (isspace((unsigned char)bytes.data[at]) || bytes.data[at] == '-'))
        at++;
    return at;
}

/* Where YAML has given up, what stands behind "key: " on its line is as good as a value. */
static void search_lines(struct search *search) {
    const struct document *document = search->subject->document;
    const struct source *source = &document->source;
    const struct text_list *except = &search->own->except_keys;
    struct span matter = document->front_matter.span;
    for (size_t line = source_line(source, matter.start) + 1;; line++) {
        size_t start = source_line_start(source, line);
        size_t end = start + source_line_text(source, line).size;
        if (start >= matter.end)
            return;
        start = skip_indent(source->bytes, start, end);
        size_t colon = slice_find(slice_part(source->bytes, 0, end), ": ", start);
        search->key =
            colon == SLICE_NOT_FOUND ? slice_of("") : slice_part(source->bytes, start, colon);
        if (slice_is_among(search->key, except->items, except->count))
            continue;
        start = skip_indent(source->bytes, colon == SLICE_NOT_FOUND ? start : colon + 1, end);
        size_t comment = slice_find(slice_part(source->bytes, 0, end), " #", start);
        struct slice value =
            slice_trim(slice_part(source->bytes, start, comment < end ? comment : end));
        search_text(search, value, (struct span){0, value.size}, start, NULL);
    }
}

static void search_outside_code(struct search *search) {
    const struct document *document = search->subject->document;
    size_t size = document->source.bytes.size;
    if (!may_match(search, (struct span){0, size}))
        return;
    if (!document->kinds) {
        search_source(search, (struct span){0, size});
        return;
    }
    for (size_t start = 0; start < size;) {
        const unsigned char *code = memchr(document->kinds + start, BYTE_CODE, size - start);
        size_t end = code ? (size_t)(code - document->kinds) : size;
        if (end > start)
            search_source(search, (struct span){start, end});
        for (start = end; start < size && document->kinds[start] == BYTE_CODE;)
            start++;
    }
}

static void search_prose(struct search *search) {
    const struct document *document = search->subject->document;
    size_t count = document->prose_count;
    if (!count ||
        !may_match(search, (struct span){document->prose[0].start, document->prose[count - 1].end}))
        return;
    for (size_t i = 0; i < count; i++)
        search_source(search, document->prose[i]);
}

static void search_headings(struct search *search) {
    const struct document *document = search->subject->document;
    if (!may_match(search, (struct span){0, document->source.bytes.size}))
        return;
    for (struct section *at = section_next(&document->root); at; at = section_next(at))
        search_part(search, at->title);
}

static void search_formulas(struct search *search) {
    const struct document *document = search->subject->document;
    if (!document->kinds)
        return;
    const struct formula_list *formulas = subject_formulas(search->subject);
    for (size_t i = 0; i < formulas->count; i++)
        search_source(search, formulas->items[i].span);
}

static void search_indented(struct search *search) {
    struct indented_code_list list; /* mostly empty: then the pattern is not even compiled */
    indented_code_read(&list, search->subject->document);
    for (size_t i = 0; i < list.count; i++)
        search_source(search, list.items[i].span);
    free(list.items);
}

static void search_links(struct search *search, const struct link *links, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct slice text = links[i].destination;
        struct span place = links[i].destination_span;
        if (place.start == place.end)
            place = links[i].span;
        search_text(search, text, (struct span){0, text.size}, 0, &place);
    }
}

static void search_scope(struct search *search) {
    const struct document *document = search->subject->document;
    const struct span no_place = NO_PLACE;
    switch ((enum pattern_scope)search->own->scope) {
    case SCOPE_FILE:
        search_source(search, (struct span){0, document->source.bytes.size});
        break;
    case SCOPE_OUTSIDE_CODE:
        search_outside_code(search);
        break;
    case SCOPE_PROSE:
        search_prose(search);
        break;
    case SCOPE_HEADINGS:
        search_headings(search);
        break;
    case SCOPE_FRONT_MATTER:
        if (document->front_matter.state == FRONT_MATTER_UNREADABLE && !search->own->keys.count)
            search_lines(search);
        else
            search_values(search, document->front_matter.root, slice_of(""));
        break;
    case SCOPE_IMAGES:
        search_links(search, document->images, document->image_count);
        break;
    case SCOPE_LINKS:
        search_links(search, document->links, document->link_count);
        break;
    case SCOPE_FORMULAS:
        search_formulas(search);
        break;
    case SCOPE_INDENTED:
        search_indented(search);
        break;
    case SCOPE_PATH:
        search_text(search, search->subject->path, (struct span){0, search->subject->path.size}, 0,
                    &no_place);
        break;
    }
}

static void run(const struct rule *rule, struct subject *subject) {
    struct search search = {.rule = rule, .subject = subject, .own = rule->parameters};
    const struct document *document = rule->needs_document ? subject->document : NULL;
    if (document && document->kind == DOCUMENT_BINARY)
        return;
    search_scope(&search);
    /* What could not be read may hold what is required. */
    bool read = !document || !document->undecided;
    if (search.undecided)
        subject_out_of_time(subject, rule);
    else if (search.own->require.size && !search.matches && read)
        subject_report(subject, rule, NO_PLACE, search.own->require, NULL, 0);
}

const struct check check_pattern = {.name = "pattern",
                                    .parameters = parameters,
                                    .parameters_size = sizeof(struct pattern_parameters),
                                    .places = places,
                                    .needs_document = true,
                                    .prepare = prepare,
                                    .run = run,
                                    .release = release};
