#include "course/pasting.h"

#include "base/memory.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NAMES = 64, MOST_STEMS = 12, MOST_CONDITIONS = 6, DEEPEST = 24, DEEPEST_INCLUDE = 4 };

/* More than any page has: includes that include each other would never end. */
enum { MOST_INCLUDES = 200, MOST_PASTES = 500 };

/* Items of a collection, as far as they are followed. */
struct stem {
    struct slice collection;
    struct paste_condition conditions[MOST_CONDITIONS];
    size_t condition_count;
};

struct stem_list {
    struct stem items[MOST_STEMS];
    size_t count;
};

/* A variable that holds items of collections. */
struct name {
    struct slice name;
    struct stem_list stems;
};

/* What an `if` around the place says about a variable; no name: nothing that is followed. */
struct branch {
    struct slice name;
    struct paste_condition condition;
};

struct scan {
    struct paste_list *list;
    include_reader *reader;
    void *context;
    struct arena *arena;
    struct name *names;
    size_t name_count;
    struct branch branches[DEEPEST];
    size_t depth; /* of open branches; may be more than are kept */
    int include_depth;
    int include_count;
};

static bool is_name_byte(char byte) {
    return isalnum((unsigned char)byte) || byte == '_' || byte == '.' || byte == '-' ||
           byte == '?' || (unsigned char)byte >= 0x80;
}

/* The next name, quoted text (with its quotes) or sign; empty at the end. */
static struct slice next_token(struct slice *rest) {
    *rest = slice_trim(*rest);
    size_t size = 0;
    if (rest->size && (*rest->data == '"' || *rest->data == '\'')) {
        const char *end = memchr(rest->data + 1, *rest->data, rest->size - 1);
        size = end ? (size_t)(end - rest->data) + 1 : rest->size;
    } else if (rest->size && is_name_byte(*rest->data)) {
        while (size < rest->size && is_name_byte(rest->data[size]))
            size++;
    } else if (rest->size) {
        size = rest->size > 1 && rest->data[1] == '=' ? 2 : 1;
    }
    struct slice token = slice_part(*rest, 0, size);
    *rest = slice_part(*rest, size, rest->size);
    return token;
}

static bool is_quoted(struct slice token) {
    return token.size >= 2 && (*token.data == '"' || *token.data == '\'');
}

static struct slice literal(struct slice token) {
    return is_quoted(token) ? slice_part(token, 1, token.size - 1) : token;
}

static const struct name *find_name(const struct scan *scan, struct slice name) {
    for (size_t i = scan->name_count; i-- > 0;)
        if (slice_equal(scan->names[i].name, name))
            return &scan->names[i];
    return NULL;
}

static void set_name(struct scan *scan, struct slice name, const struct stem_list *stems) {
    struct name *known = (struct name *)find_name(scan, name);
    if (!known && scan->name_count < MOST_NAMES && stems->count)
        known = &scan->names[scan->name_count++];
    if (known)
        *known = (struct name){name, *stems};
}

static void add_condition(struct stem *stem, const struct paste_condition *condition) {
    if (stem->condition_count < MOST_CONDITIONS)
        stem->conditions[stem->condition_count++] = *condition;
}

static void add_stems(struct stem_list *list, const struct stem_list *more) {
    for (size_t i = 0; i < more->count && list->count < MOST_STEMS; i++)
        list->items[list->count++] = more->items[i];
}

/* What a name stands for here: the branches around say which of its items. */
static struct stem_list stems_of(const struct scan *scan, struct slice name) {
    struct stem_list stems = {.count = 0};
    if (slice_starts_with(name, "site.") && !slice_find(name, "site.", 0)) {
        struct slice collection = slice_part(name, 5, name.size);
        if (collection.size && !memchr(collection.data, '.', collection.size))
            stems.items[stems.count++] = (struct stem){.collection = collection};
        return stems;
    }
    const struct name *known = find_name(scan, name);
    if (!known)
        return stems;
    stems = known->stems;
    size_t kept = scan->depth < DEEPEST ? scan->depth : DEEPEST;
    for (size_t i = 0; i < stems.count; i++)
        for (size_t k = 0; k < kept; k++)
            if (slice_equal(scan->branches[k].name, name))
                add_condition(&stems.items[i], &scan->branches[k].condition);
    return stems;
}

/* `a | where: "k", "v" | push: b`: what is in it. */
static struct stem_list evaluate(const struct scan *scan, struct slice text) {
    struct stem_list stems = stems_of(scan, next_token(&text));
    for (struct slice token; (token = next_token(&text)).size;) {
        if (!slice_equal_string(token, "|"))
            continue;
        struct slice filter = next_token(&text);
        bool where = slice_equal_string(filter, "where");
        if (!where && !slice_equal_string(filter, "push") && !slice_equal_string(filter, "concat"))
            continue;
        next_token(&text); /* the colon */
        struct slice argument = next_token(&text);
        if (where) {
            next_token(&text); /* the comma */
            struct slice value = next_token(&text);
            struct paste_condition condition = {literal(argument), literal(value), false, false,
                                                false};
            bool known = is_quoted(argument) && is_quoted(value);
            for (size_t i = 0; known && i < stems.count; i++)
                add_condition(&stems.items[i], &condition);
        } else {
            struct stem_list more = stems_of(scan, argument);
            add_stems(&stems, &more);
        }
    }
    return stems;
}

/* `mod.status == 'Active'`, alone. */
static struct branch read_branch(struct slice text, bool negated) {
    struct branch branch = {.name = {NULL, 0}};
    struct slice variable = next_token(&text), sign = next_token(&text);
    struct slice value = next_token(&text);
    size_t dot = slice_find(variable, ".", 0);
    bool unequal = slice_equal_string(sign, "!=");
    bool word =
        is_quoted(value) || slice_equal_string(value, "true") || slice_equal_string(value, "false");
    if (!word || next_token(&text).size || dot == SLICE_NOT_FOUND ||
        (!unequal && !slice_equal_string(sign, "==")))
        return branch;
    branch.name = slice_part(variable, 0, dot);
    branch.condition =
        (struct paste_condition){slice_part(variable, dot + 1, variable.size), literal(value),
                                 unequal != negated, is_quoted(value), !is_quoted(value)};
    return branch;
}

static void open_branch(struct scan *scan, struct branch branch) {
    if (scan->depth < DEEPEST)
        scan->branches[scan->depth] = branch;
    scan->depth++;
}

/* Behind `else` the opposite holds, behind `elsif` at least nothing that is followed. */
static void change_branch(struct scan *scan, bool other) {
    if (!scan->depth || scan->depth > DEEPEST)
        return;
    struct branch *branch = &scan->branches[scan->depth - 1];
    branch->condition.negated = !branch->condition.negated;
    if (!other)
        branch->name = (struct slice){NULL, 0};
}

static void paste_stems(struct scan *scan, const struct stem_list *stems) {
    for (size_t i = 0; i < stems->count && scan->list->count < MOST_PASTES; i++) {
        const struct stem *stem = &stems->items[i];
        struct paste_condition *conditions =
            arena_allocate(scan->arena, stem->condition_count, sizeof *conditions);
        if (stem->condition_count)
            memcpy(conditions, stem->conditions, stem->condition_count * sizeof *conditions);
        ARRAY_PUSH(scan->list->items, scan->list->count, scan->list->capacity) =
            (struct paste){stem->collection, conditions, stem->condition_count};
    }
}

/* `{{ module }}`, `{{ module.content }}`, `{{ module.output }}`. */
static void read_output(struct scan *scan, struct slice text) {
    struct slice name = next_token(&text);
    static const char *const parts[] = {".content", ".output", ".excerpt"};
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (slice_ends_with(name, parts[i]))
            name.size -= strlen(parts[i]);
    struct stem_list stems = {.count = 0};
    if (!slice_starts_with(name, "site."))
        stems = stems_of(scan, name);
    paste_stems(scan, &stems);
}

static void read_text(struct scan *scan, struct slice text);

/* `include schedule.html modules=mods`. */
static void read_include(struct scan *scan, struct slice text) {
    text = slice_trim(text);
    size_t size = 0;
    while (size < text.size && !isspace((unsigned char)text.data[size]))
        size++;
    struct slice file = literal(slice_part(text, 0, size)), content;
    text = slice_part(text, size, text.size);
    if (scan->include_depth >= DEEPEST_INCLUDE || ++scan->include_count > MOST_INCLUDES ||
        !scan->reader(scan->context, file, &content))
        return;
    for (struct slice key; (key = next_token(&text)).size;) {
        if (!slice_equal_string(next_token(&text), "="))
            break;
        struct stem_list stems = stems_of(scan, next_token(&text));
        struct slice name =
            slice_of(arena_format(scan->arena, "include.%.*s", SLICE_ARGUMENTS(key)));
        set_name(scan, name, &stems);
    }
    scan->include_depth++;
    read_text(scan, content);
    scan->include_depth--;
}

/* The tags `{% … %}`; returns the tag that ends a block to be passed over, or NULL. */
static const char *read_tag(struct scan *scan, struct slice text) {
    struct slice word = next_token(&text);
    if (slice_equal_string(word, "assign")) {
        struct slice name = next_token(&text);
        next_token(&text); /* the equals sign */
        struct stem_list stems = evaluate(scan, text);
        set_name(scan, name, &stems);
    } else if (slice_equal_string(word, "for")) {
        struct slice name = next_token(&text);
        next_token(&text); /* in */
        struct stem_list stems = evaluate(scan, text);
        set_name(scan, name, &stems);
    } else if (slice_equal_string(word, "if") || slice_equal_string(word, "unless")) {
        open_branch(scan, read_branch(text, slice_equal_string(word, "unless")));
    } else if (slice_equal_string(word, "else") || slice_equal_string(word, "elsif")) {
        change_branch(scan, slice_equal_string(word, "else"));
    } else if (slice_equal_string(word, "endif") || slice_equal_string(word, "endunless")) {
        scan->depth -= scan->depth > 0;
    } else if (slice_equal_string(word, "include") || slice_equal_string(word, "include_cached")) {
        read_include(scan, text);
    } else if (slice_equal_string(word, "raw")) {
        return "endraw";
    } else if (slice_equal_string(word, "comment")) {
        return "endcomment";
    }
    return NULL;
}

static struct slice inside_braces(struct slice text, size_t start, size_t end) {
    struct slice inside = slice_part(text, start, end);
    if (slice_starts_with(inside, "-"))
        inside = slice_part(inside, 1, inside.size);
    if (slice_ends_with(inside, "-"))
        inside.size--;
    return inside;
}

static void read_text(struct scan *scan, struct slice text) {
    for (size_t at = 0; (at = slice_find(text, "{", at)) != SLICE_NOT_FOUND;) {
        char second = at + 1 < text.size ? text.data[at + 1] : '\0';
        bool tag = second == '%';
        size_t close =
            tag || second == '{' ? slice_find(text, tag ? "%}" : "}}", at + 2) : SLICE_NOT_FOUND;
        if (close == SLICE_NOT_FOUND) {
            if (tag || second == '{')
                return;
            at++;
            continue;
        }
        struct slice inside = inside_braces(text, at + 2, close);
        at = close + 2;
        const char *skip_to = NULL;
        if (tag)
            skip_to = read_tag(scan, inside);
        else
            read_output(scan, inside);
        if (skip_to && (at = slice_find(text, skip_to, at)) == SLICE_NOT_FOUND)
            return;
    }
}

void pasting_find(struct paste_list *list, struct slice text, include_reader *reader, void *context,
                  struct arena *arena) {
    struct scan scan = {.list = list, .reader = reader, .context = context, .arena = arena};
    scan.names = memory_allocate(MOST_NAMES, sizeof *scan.names);
    read_text(&scan, text);
    free(scan.names);
}

static bool equals(const struct paste_condition *condition, const struct yaml_node *value) {
    enum yaml_type type = yaml_scalar_type(value);
    if (value->kind != YAML_SCALAR || (condition->strict && type != YAML_TYPE_STRING) ||
        (condition->boolean && type != YAML_TYPE_BOOLEAN))
        return false;
    if (type != YAML_TYPE_BOOLEAN)
        return slice_equal(value->text, condition->value);
    static const char *const no[] = {"false", "no", "off", "n"};
    bool is_true = true;
    for (size_t i = 0; i < COUNT_OF(no); i++)
        is_true = is_true && !slice_equal_ignoring_case(value->text, slice_of(no[i]));
    return slice_equal_string(condition->value, is_true ? "true" : "false");
}

bool paste_condition_holds(const struct paste_condition *condition, const struct yaml_node *value) {
    bool equal = value && equals(condition, value);
    for (size_t i = 0; value && !condition->strict && !condition->boolean && i < value->item_count;
         i++)
        equal = equal || equals(condition, value->items[i]);
    return equal != condition->negated;
}
