#include "course/anchors.h"

#include "base/memory.h"
#include "document/plain.h"
#include "text/nearest.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* How kramdown makes ids of headings: as Jekyll asks it to, or `kramdown: {input: kramdown}`. */
enum id_style { ID_GFM, ID_KRAMDOWN };

/* More than people write; each link is compared with all of them. */
enum { MOST_IDS = 2000 };

static void add_id(struct anchors *anchors, struct slice id) {
    if (id.size && anchors->count < MOST_IDS)
        ARRAY_PUSH(anchors->ids, anchors->count, anchors->capacity) =
            arena_copy(&anchors->arena, id);
    anchors->open = anchors->open || anchors->count == MOST_IDS;
}

/* --- headings -------------------------------------------------------------------------------- */

/* Two or three hyphens become a dash, which no id has. */
static size_t dash_size(struct slice text, size_t at) {
    size_t size = 0;
    while (at + size < text.size && text.data[at + size] == '-')
        size++;
    return size == 2 || size == 3 ? size : 0;
}

/* Source: Kramdown::Parser::GFM#generate_gfm_header_id. */
static void append_gfm_id(struct buffer *id, struct slice text) {
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        size_t dash = dash_size(text, i);
        if (dash)
            i += dash - 1;
        else if (byte == ' ' || byte == '\t')
            buffer_append_byte(id, '-');
        else if (isalnum(byte) || byte == '-' || byte == '_' || byte >= 0x80)
            buffer_append_byte(id, (char)tolower(byte));
    }
}

/* Source: Kramdown::Converter::Base#basic_generate_id. */
static void append_kramdown_id(struct buffer *id, struct slice text) {
    size_t start = 0;
    while (start < text.size && !isalpha((unsigned char)text.data[start]))
        start++;
    for (size_t i = start; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (isalnum(byte) || byte == ' ' || byte == '-')
            buffer_append_byte(id, byte == ' ' ? '-' : (char)tolower(byte));
    }
    if (!id->size)
        buffer_append_string(id, "section");
}

/* `plain` holds the ids of headings as they would be without numbers at their ends. */
static void add_heading(struct anchors *anchors, struct anchors *plain, struct slice text,
                        enum id_style style) {
    struct buffer id = BUFFER_EMPTY;
    size_t before = 0;
    if (style == ID_GFM)
        append_gfm_id(&id, text);
    else
        append_kramdown_id(&id, text);
    for (size_t i = 0; i < plain->count; i++)
        before += slice_equal(plain->ids[i], buffer_slice(&id));
    add_id(plain, buffer_slice(&id));
    if (before)
        buffer_append_format(&id, "-%zu", before);
    add_id(anchors, buffer_slice(&id));
    buffer_release(&id);
}

static bool has_own_id(const struct document *document, const struct section *section) {
    for (size_t i = section->title.end; i + 1 < section->heading.end; i++)
        if (document->kinds[i] == BYTE_ATTRIBUTES && document->source.bytes.data[i] == '#')
            return true;
    return false;
}

static bool has_liquid(const struct document *document, struct span span) {
    for (size_t i = span.start; i < span.end; i++)
        if (document->kinds[i] == BYTE_LIQUID)
            return true;
    return false;
}

/* Those that stand at `start` or behind. */
static void add_headings(struct anchors *anchors, const struct document *document, size_t start,
                         enum id_style style) {
    struct anchors plain = {NULL, 0, 0, false, ARENA_EMPTY};
    for (const struct section *section = section_next(&document->root);
         section && anchors->count < MOST_IDS; section = section_next(section)) {
        struct buffer text = BUFFER_EMPTY;
        if (section->heading.start < start)
            continue;
        anchors->open = anchors->open || has_liquid(document, section->title);
        plain_append(&text, document, section->title);
        struct slice written = document_text(document, section->title);
        if (!has_own_id(document, section))
            add_heading(anchors, &plain, style == ID_GFM ? buffer_slice(&text) : written, style);
        buffer_release(&text);
    }
    anchors_release(&plain);
}

/* --- attributes ------------------------------------------------------------------------------ */

/* The value behind `id=` at `at`, with or without quotes. */
static struct slice value_at(struct slice text, size_t at) {
    while (at < text.size && isspace((unsigned char)text.data[at]))
        at++;
    if (at == text.size || text.data[at] != '=')
        return (struct slice){NULL, 0};
    for (at++; at < text.size && isspace((unsigned char)text.data[at]); at++)
        ;
    char quote = at < text.size && strchr("\"'", text.data[at]) ? text.data[at++] : '\0';
    size_t end = at;
    while (end < text.size && (quote ? text.data[end] != quote
                                     : !isspace((unsigned char)text.data[end]) &&
                                           text.data[end] != '>' && text.data[end] != '}'))
        end++;
    return slice_part(text, at, end);
}

/* `id="x"` and `name="x"` in a tag or an attribute list. */
static void add_named(struct anchors *anchors, struct slice text) {
    static const char *const names[] = {"id", "name"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        for (size_t at = 0; (at = slice_find(text, names[i], at)) != SLICE_NOT_FOUND; at++) {
            bool starts = at && (isspace((unsigned char)text.data[at - 1]) ||
                                 strchr("\"'{:", text.data[at - 1]));
            struct slice value = value_at(text, at + strlen(names[i]));
            anchors->open = anchors->open || slice_find(value, "{{", 0) != SLICE_NOT_FOUND;
            if (starts)
                add_id(anchors, value);
        }
}

/* `{#x}`, `{: .class #x}`. */
static void add_listed(struct anchors *anchors, struct slice text) {
    for (size_t at = 0; (at = slice_find(text, "#", at)) != SLICE_NOT_FOUND; at++) {
        size_t end = at + 1;
        while (end < text.size && !isspace((unsigned char)text.data[end]) &&
               text.data[end] != '}' && text.data[end] != '#' && text.data[end] != '.')
            end++;
        add_id(anchors, slice_part(text, at + 1, end));
    }
    add_named(anchors, text);
}

/* What stands in the text and not in a destination or a tag, and prints more than words. */
static bool may_print_anchors(struct slice text, size_t start, size_t end) {
    static const char *const harmless[] = {"comment", "endcomment", "raw",   "endraw",
                                           "link",    "post_url",   "assign"};
    struct slice inside = slice_trim(slice_part(text, start + 2, end));
    if (text.data[start + 1] == '{')
        return !start || !strchr("(\"'=<", text.data[start - 1]);
    while (slice_starts_with(inside, "-") || slice_starts_with(inside, " "))
        inside = slice_part(inside, 1, inside.size);
    for (size_t i = 0; i < COUNT_OF(harmless); i++)
        if (slice_starts_with(inside, harmless[i]))
            return false;
    return true;
}

/* The bytes from `start` on that are of one kind; a tag may hold Liquid. */
static size_t run_end(const struct document *document, size_t start) {
    unsigned char kind = document->kinds[start];
    size_t end = start + 1;
    while (
        end < document->source.bytes.size &&
        (document->kinds[end] == kind || (kind == BYTE_TAG && document->kinds[end] == BYTE_LIQUID)))
        end++;
    return end;
}

static void add_attributes(struct anchors *anchors, const struct document *document) {
    struct slice text = document->source.bytes;
    for (size_t at = document->body_start, end; at < text.size; at = end) {
        enum byte_kind kind = (enum byte_kind)document->kinds[at];
        end = run_end(document, at);
        if (kind == BYTE_TAG)
            add_named(anchors, slice_part(text, at, end));
        else if (kind == BYTE_ATTRIBUTES)
            add_listed(anchors, slice_part(text, at, end));
        else if (kind == BYTE_LIQUID && end > at + 2)
            anchors->open = anchors->open || may_print_anchors(text, at, end);
    }
}

/* --- all of it ------------------------------------------------------------------------------- */

static bool equals_word(const struct yaml_node *node, const char *word) {
    return node && node->kind == YAML_SCALAR &&
           slice_equal_ignoring_case(node->text, slice_of(word));
}

void anchors_read(struct anchors *anchors, const struct site *site,
                  const struct document *document) {
    *anchors = (struct anchors){.open = document->undecided != NULL};
    const struct yaml_node *engine = yaml_find(site->settings, "markdown");
    const struct yaml_node *options = yaml_find(site->settings, "kramdown");
    if (document->kind != DOCUMENT_MARKDOWN) {
        add_named(anchors, document->source.bytes);
        anchors->open = anchors->open || document->kind == DOCUMENT_BINARY ||
                        slice_find(document->source.bytes, "{%", 0) != SLICE_NOT_FOUND ||
                        slice_find(document->source.bytes, "{{", 0) != SLICE_NOT_FOUND;
        return;
    }
    bool kramdown = equals_word(yaml_find(options, "input"), "kramdown");
    anchors->open = anchors->open || (engine && !equals_word(engine, "kramdown")) ||
                    yaml_find(options, "auto_id_prefix") ||
                    yaml_find(options, "transliterated_header_ids");
    if (!equals_word(yaml_find(options, "auto_ids"), "false"))
        add_headings(anchors, document, 0, kramdown ? ID_KRAMDOWN : ID_GFM);
    /* Headings inside HTML have the other kind of ids; where it ends is not asked. */
    size_t inside = slice_find(document->source.bytes, "markdown=", document->body_start);
    if (inside != SLICE_NOT_FOUND)
        add_headings(anchors, document, inside, ID_KRAMDOWN);
    add_attributes(anchors, document);
}

void anchors_release(struct anchors *anchors) {
    free(anchors->ids);
    arena_release(&anchors->arena);
}

static bool is_compared(char byte) {
    return byte != '_' && (unsigned char)byte < 0x80;
}

static bool equals_loosely(struct slice left, struct slice right) {
    size_t i = 0, k = 0;
    for (;;) {
        while (i < left.size && !is_compared(left.data[i]))
            i++;
        while (k < right.size && !is_compared(right.data[k]))
            k++;
        if (i == left.size || k == right.size)
            return i == left.size && k == right.size;
        if (left.data[i++] != right.data[k++])
            return false;
    }
}

bool anchors_have(const struct anchors *anchors, struct slice fragment) {
    bool found = anchors->open || !fragment.size || slice_starts_with(fragment, ":~:") ||
                 slice_starts_with(fragment, "fn:") || slice_starts_with(fragment, "fnref:") ||
                 slice_equal_string(fragment, "markdown-toc") ||
                 slice_equal_ignoring_case(fragment, slice_of("top"));
    for (size_t i = 0; i < anchors->count && !found; i++)
        found = equals_loosely(anchors->ids[i], fragment);
    return found;
}

/* Letters and digits only, as far as they fit. */
static struct slice bare_letters(struct slice text, char *space, size_t room) {
    size_t size = 0;
    for (size_t i = 0; i < text.size && size < room; i++)
        if (isalnum((unsigned char)text.data[i]))
            space[size++] = text.data[i];
    return (struct slice){space, size};
}

struct slice anchors_nearest(const struct anchors *anchors, struct slice fragment) {
    char wanted_space[128], space[128];
    struct slice wanted = bare_letters(fragment, wanted_space, sizeof wanted_space);
    struct slice best = {NULL, 0};
    size_t most = text_near_enough(wanted.size);
    for (size_t i = 0; i < anchors->count; i++) {
        size_t far =
            text_distance(wanted, bare_letters(anchors->ids[i], space, sizeof space), most);
        if (far < most || (far == most && !best.size)) {
            best = anchors->ids[i];
            most = far;
        }
    }
    return best;
}

struct theme_search {
    const struct snapshot *snapshot;
    struct slice fragment;
    bool found;
};

static bool look_into_part(struct slice path, const struct entry *entry, void *context) {
    enum { LARGEST = 512 * 1024 };
    struct theme_search *search = context;
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    struct anchors anchors = {NULL, 0, 0, false, ARENA_EMPTY};
    if (entry->kind == ENTRY_FILE &&
        snapshot_read(search->snapshot, path, LARGEST, &content, &error) == OK) {
        add_named(&anchors, buffer_slice(&content));
        anchors.open = false;
        search->found = anchors_have(&anchors, search->fragment);
    }
    anchors_release(&anchors);
    buffer_release(&content);
    error_release(&error);
    return !search->found;
}

bool anchors_in_theme(const struct snapshot *snapshot, struct slice fragment) {
    static const char *const folders[] = {"_layouts", "_includes"};
    static const char *const usual[] = {
        "bibliography", "comments",     "content",  "disqus_thread",     "footer",
        "header",       "main",         "nav",      "page-top",          "references",
        "search-input", "main-content", "site-nav", "table-of-contents", "toc"};
    struct theme_search search = {snapshot, fragment, false};
    for (size_t i = 0; i < COUNT_OF(folders) && !search.found; i++) {
        struct error error = ERROR_NONE;
        snapshot_walk(snapshot, slice_of(folders[i]), look_into_part, &search, &error);
        error_release(&error);
    }
    for (size_t i = 0; i < COUNT_OF(usual) && !search.found; i++)
        search.found = slice_equal_string(fragment, usual[i]);
    return search.found;
}
