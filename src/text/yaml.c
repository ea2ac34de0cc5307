#include "text/yaml.h"

#include "base/memory.h"
#include "text/utf8.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* libyaml compares every %TAG directive with all before it: 1 MB of them would take 6 s. */
enum { MAX_DIRECTIVES = 100, ANCHOR_BUCKETS = 256 };

struct anchor {
    struct anchor *next; /* older one in the same bucket */
    const char *name;
    struct yaml_node *node;
    size_t height; /* levels of collections in it; 0 for a scalar */
    size_t weight; /* nodes in it, aliases counted as often as they stand there */
    bool open;     /* a collection whose end has not been seen */
};

/* A collection whose end has not been seen. */
struct frame {
    struct yaml_node *node;
    struct anchor *anchor; /* or NULL */
    struct yaml_node **children;
    size_t child_count, child_capacity;
    size_t height, weight;
};

struct builder {
    yaml_parser_t parser;
    struct slice input;
    size_t
        text_start; /* behind the BOM, which libyaml is not shown: it would take it for a column */
    struct arena *arena;
    struct yaml_problem *problem;
    struct yaml_node *root;
    struct frame frames[YAML_MAX_DEPTH];
    size_t depth;
    size_t weight;
    struct anchor *anchors[ANCHOR_BUCKETS];
    /* libyaml's marks count code points: a cursor that knows both counts and follows the marks. */
    size_t cursor_index, cursor_offset;
};

static size_t mark_offset(struct builder *builder, yaml_mark_t mark) {
    struct slice input = builder->input;
    if (builder->cursor_index < mark.index)
        builder->cursor_index +=
            utf8_skip(input, &builder->cursor_offset, mark.index - builder->cursor_index);
    while (builder->cursor_index > mark.index) {
        do
            builder->cursor_offset--;
        while ((input.data[builder->cursor_offset] & 0xC0) == 0x80);
        builder->cursor_index--;
    }
    return builder->cursor_offset;
}

static int fail(struct builder *builder, size_t offset, bool limit, const char *message) {
    *builder->problem = (struct yaml_problem){.offset = offset, .limit = limit};
    snprintf(builder->problem->message, sizeof builder->problem->message, "%s", message);
    return STATUS_USAGE;
}

/* libyaml points at the byte that should have continued a character; we at the one that began it.
 */
static size_t reader_offset(const struct builder *builder) {
    size_t problem = builder->text_start + builder->parser.problem_offset;
    for (size_t offset = 0; offset < problem && offset < builder->input.size;) {
        size_t start = offset;
        if (utf8_next(builder->input, &offset) == UTF8_INVALID)
            return start;
    }
    return problem;
}

/*
 * Where to point a person: at the quote or bracket that was never closed and at the key without a
 * colon, not at the later place where libyaml noticed.
 */
static size_t problem_offset(struct builder *builder) {
    const yaml_parser_t *parser = &builder->parser;
    if (parser->error == YAML_READER_ERROR)
        return reader_offset(builder);
    size_t offset = mark_offset(builder, parser->problem_mark);
    if (parser->context &&
        (offset == builder->input.size || !strcmp(parser->problem, "could not find expected ':'") ||
         !strcmp(parser->problem, "found unexpected document indicator")))
        return mark_offset(builder, parser->context_mark);
    return offset;
}

static int fail_as_parser(struct builder *builder) {
    const yaml_parser_t *parser = &builder->parser;
    if (parser->error == YAML_MEMORY_ERROR)
        memory_exhausted();
    char message[sizeof builder->problem->message];
    snprintf(message, sizeof message, "%s%s%s", parser->problem, parser->context ? " " : "",
             parser->context ? parser->context : "");
    return fail(builder, problem_offset(builder), false, message);
}

static struct anchor **anchor_bucket(struct builder *builder, const char *name) {
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    return &builder->anchors[hash % ANCHOR_BUCKETS];
}

static struct anchor *find_anchor(struct builder *builder, const char *name) {
    struct anchor *anchor = *anchor_bucket(builder, name);
    while (anchor && strcmp(anchor->name, name))
        anchor = anchor->next;
    return anchor;
}

/* Returns NULL when `name` is NULL. */
static struct anchor *add_anchor(struct builder *builder, const yaml_char_t *name,
                                 struct yaml_node *node) {
    if (!name)
        return NULL;
    struct anchor **bucket = anchor_bucket(builder, (const char *)name);
    struct anchor *anchor = arena_allocate(builder->arena, 1, sizeof *anchor);
    *anchor = (struct anchor){.next = *bucket, .node = node, .weight = 1};
    anchor->name = arena_copy_string(builder->arena, (const char *)name);
    *bucket = anchor;
    return anchor;
}

/*
 * Hangs `node` into the open collection. Aliases count with all that is in them, so that whoever
 * walks the tree meets no more levels and nodes than the limits say.
 */
static int add_node(struct builder *builder, struct yaml_node *node, size_t height, size_t weight,
                    size_t offset) {
    if (builder->depth + height > YAML_MAX_DEPTH)
        return fail(builder, offset, true, "collections are nested too deeply");
    builder->weight += weight;
    if (builder->weight > YAML_MAX_NODES)
        return fail(builder, offset, true, "too many values");
    if (builder->depth == 0) {
        builder->root = node;
        return OK;
    }
    struct frame *frame = &builder->frames[builder->depth - 1];
    ARRAY_PUSH(frame->children, frame->child_count, frame->child_capacity) = node;
    frame->weight += weight;
    if (height + 1 > frame->height)
        frame->height = height + 1;
    return OK;
}

/* Behind the anchor and the tag that libyaml counts to a scalar. */
static size_t skip_properties(struct slice input, struct span span) {
    size_t at = span.start;
    while (at < span.end && (input.data[at] == '&' || input.data[at] == '!')) {
        while (at < span.end && !strchr(" \t\r\n", input.data[at]))
            at++;
        while (at < span.end && strchr(" \t\r\n#", input.data[at])) {
            if (input.data[at] == '#')
                while (at < span.end && input.data[at] != '\n')
                    at++;
            else
                at++;
        }
    }
    return at;
}

static bool is_space(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Without the line ends and blank lines that libyaml counts to a block. */
static size_t trim_blank_lines(struct slice input, struct span span) {
    size_t end = span.end;
    for (size_t at = end; at > span.start && is_space(input.data[at - 1]); at--)
        if (input.data[at - 1] == '\n' || input.data[at - 1] == '\r')
            end = at - 1;
    return end;
}

static struct yaml_node *new_node(struct builder *builder, const yaml_event_t *event,
                                  enum yaml_kind kind) {
    struct yaml_node *node = arena_allocate(builder->arena, 1, sizeof *node);
    node->kind = kind;
    node->span.start = mark_offset(builder, event->start_mark);
    node->span.end = mark_offset(builder, event->end_mark);
    return node;
}

static bool is_string_tag(const yaml_char_t *tag) {
    return tag && (!strcmp((const char *)tag, YAML_STR_TAG) || !strcmp((const char *)tag, "!str"));
}

static int add_scalar(struct builder *builder, const yaml_event_t *event) {
    struct yaml_node *node = new_node(builder, event, YAML_SCALAR);
    struct slice value = {(const char *)event->data.scalar.value, event->data.scalar.length};
    node->text = arena_copy(builder->arena, value);
    node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
                  !is_string_tag(event->data.scalar.tag);
    node->span.start = skip_properties(builder->input, node->span);
    if (event->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
        event->data.scalar.style == YAML_FOLDED_SCALAR_STYLE)
        node->span.end = trim_blank_lines(builder->input, node->span);
    add_anchor(builder, event->data.scalar.anchor, node);
    return add_node(builder, node, 0, 1, node->span.start);
}

static int add_alias(struct builder *builder, const yaml_event_t *event) {
    struct anchor *anchor = find_anchor(builder, (const char *)event->data.alias.anchor);
    size_t offset = mark_offset(builder, event->start_mark);
    if (!anchor)
        return fail(builder, offset, false, "found undefined alias");
    if (anchor->open)
        return fail(builder, offset, false, "found alias inside the value that it stands for");
    return add_node(builder, anchor->node, anchor->height, anchor->weight, offset);
}

static int open_collection(struct builder *builder, const yaml_event_t *event, enum yaml_kind kind,
                           const yaml_char_t *name) {
    struct yaml_node *node = new_node(builder, event, kind);
    int status = add_node(builder, node, 1, 1, node->span.start);
    if (status)
        return status;
    struct anchor *anchor = add_anchor(builder, name, node);
    if (anchor)
        anchor->open = true;
    builder->frames[builder->depth++] =
        (struct frame){.node = node, .anchor = anchor, .height = 1, .weight = 1};
    return OK;
}

/* Moves the children into the node; those of a mapping are keys and values in turn. */
static void take_children(struct builder *builder, struct frame *frame) {
    struct yaml_node *node = frame->node;
    size_t size = frame->child_count * sizeof *frame->children;
    if (node->kind == YAML_SEQUENCE) {
        node->item_count = frame->child_count;
        node->items = arena_allocate(builder->arena, 1, size);
        if (size)
            memcpy(node->items, frame->children, size);
    } else {
        node->pair_count = frame->child_count / 2;
        node->pairs = arena_allocate(builder->arena, node->pair_count, sizeof *node->pairs);
        for (size_t i = 0; i < node->pair_count; i++)
            node->pairs[i] = (struct yaml_pair){frame->children[2 * i], frame->children[2 * i + 1]};
    }
    free(frame->children);
    frame->children = NULL;
}

static void close_collection(struct builder *builder, const yaml_event_t *event) {
    struct frame *frame = &builder->frames[--builder->depth];
    struct yaml_node *node = frame->node;
    take_children(builder, frame);
    node->span.end = mark_offset(builder, event->end_mark);
    node->span.end = trim_blank_lines(builder->input, node->span);
    if (frame->anchor) {
        frame->anchor->open = false;
        frame->anchor->height = frame->height;
        frame->anchor->weight = frame->weight;
    }
    if (builder->depth) {
        struct frame *outer = frame - 1;
        outer->weight += frame->weight - 1;
        if (frame->height + 1 > outer->height)
            outer->height = frame->height + 1;
    }
}

static int add_event(struct builder *builder, const yaml_event_t *event) {
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return add_scalar(builder, event);
    case YAML_ALIAS_EVENT:
        return add_alias(builder, event);
    case YAML_SEQUENCE_START_EVENT:
        return open_collection(builder, event, YAML_SEQUENCE, event->data.sequence_start.anchor);
    case YAML_MAPPING_START_EVENT:
        return open_collection(builder, event, YAML_MAPPING, event->data.mapping_start.anchor);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_collection(builder, event);
        return OK;
    default:
        return OK;
    }
}

static int check_directives(struct builder *builder) {
    struct slice input = builder->input;
    size_t count = 0;
    for (size_t line = builder->text_start; line < input.size; line++) {
        if (input.data[line] == '%' && ++count > MAX_DIRECTIVES)
            return fail(builder, line, true, "too many directives");
        const char *line_feed = memchr(input.data + line, '\n', input.size - line);
        if (!line_feed)
            break;
        line = (size_t)(line_feed - input.data);
    }
    return OK;
}

/*
 * Psych stops here and loses in silence what stands behind, such as all keys that are indented less
 * than the first one. Only a document of its own may follow.
 */
static int check_rest(struct builder *builder) {
    yaml_event_t event;
    if (yaml_parser_parse(&builder->parser, &event)) {
        yaml_event_delete(&event);
        return OK;
    }
    bool stray = builder->parser.error == YAML_MEMORY_ERROR ||
                 !strcmp(builder->parser.problem, "did not find expected <document start>");
    return stray ? fail_as_parser(builder) : OK;
}

static int build(struct builder *builder) {
    bool done = false, implicit_end = false;
    int status = check_directives(builder);
    while (!status && !done) {
        yaml_event_t event;
        if (!yaml_parser_parse(&builder->parser, &event))
            return fail_as_parser(builder);
        implicit_end = event.type == YAML_DOCUMENT_END_EVENT && event.data.document_end.implicit;
        done = event.type == YAML_DOCUMENT_END_EVENT || event.type == YAML_STREAM_END_EVENT;
        status = add_event(builder, &event);
        yaml_event_delete(&event);
    }
    return status || !implicit_end ? status : check_rest(builder);
}

int yaml_parse(struct yaml_node **root, struct slice input, struct arena *arena,
               struct yaml_problem *problem) {
    struct builder builder = {.input = input, .arena = arena, .problem = problem};
    *root = NULL;
    *problem = (struct yaml_problem){0};
    if (slice_starts_with(input, UTF8_BOM))
        builder.text_start = builder.cursor_offset = strlen(UTF8_BOM);
    struct slice text = slice_part(input, builder.text_start, input.size);
    if (!text.size)
        return OK;
    if (!yaml_parser_initialize(&builder.parser))
        memory_exhausted();
    yaml_parser_set_encoding(&builder.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&builder.parser, (const unsigned char *)text.data, text.size);
    int status = build(&builder);
    if (!status)
        *root = builder.root;
    while (builder.depth)
        free(builder.frames[--builder.depth].children);
    yaml_parser_delete(&builder.parser);
    return status;
}
