/*
 * Which module pages the site leaves out. A collection is pasted by a page's Liquid:
 *
 *     {% assign mods = site.modules | where: 'class', 'CS1' %}
 *     {% for mod in mods %}{% if mod.status == 'Active' %}{{ mod }}{% endif %}{% endfor %}
 *
 * The conditions on keys of the front matter are read from there.
 */
#include "base/memory.h"
#include "course/schedule_reading.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_PAGE = 256 * 1024, LONGEST_BLOCK = 4096, MOST_CONDITIONS = 32 };

struct condition {
    struct slice key, value; /* of a truth value: empty */
    bool equal;
};

struct filter {
    struct reading *reading;
    struct slice collection; /* "site.modules" */
    struct slice *names;     /* variables that hold the pages or one of them */
    size_t name_count, name_capacity;
    struct condition *conditions;
    size_t condition_count, condition_capacity;
};

static bool is_name_byte(char byte) {
    return isalnum((unsigned char)byte) || strchr("_-.", byte);
}

/* The next word or quoted text of a tag; `*rest` moves behind it. Empty at the end. */
static struct slice next_token(struct slice *rest, bool *quoted) {
    size_t at = 0, end;
    while (at < rest->size && (isspace((unsigned char)rest->data[at]) || rest->data[at] == ','))
        at++;
    *quoted = at < rest->size && (rest->data[at] == '"' || rest->data[at] == '\'');
    if (*quoted) {
        const char *close = memchr(rest->data + at + 1, rest->data[at], rest->size - at - 1);
        end = close ? (size_t)(close - rest->data) : rest->size;
    } else {
        for (end = at; end < rest->size && rest->data[end] && is_name_byte(rest->data[end]); end++)
            ;
        if (end == at && at < rest->size)
            for (end = at + 1; end < rest->size && strchr("=!<>", rest->data[end]) &&
                               rest->data[end] && strchr("=!<>", rest->data[at]);
                 end++)
                ;
    }
    struct slice token = slice_part(*rest, at + *quoted, end);
    *rest = slice_part(*rest, end + *quoted, rest->size);
    return token;
}

static bool is_known(const struct filter *filter, struct slice name) {
    if (slice_equal(name, filter->collection))
        return true;
    for (size_t i = 0; i < filter->name_count; i++)
        if (slice_equal(name, filter->names[i]))
            return true;
    return false;
}

static void add_name(struct filter *filter, struct slice name) {
    enum { MOST_NAMES = 32 };
    if (name.size && filter->name_count < MOST_NAMES && !is_known(filter, name))
        ARRAY_PUSH(filter->names, filter->name_count, filter->name_capacity) = name;
}

static void add_condition(struct filter *filter, struct slice key, struct slice value, bool equal) {
    if (key.size && filter->condition_count < MOST_CONDITIONS)
        ARRAY_PUSH(filter->conditions, filter->condition_count, filter->condition_capacity) =
            (struct condition){arena_copy(filter->reading->arena, key),
                               arena_copy(filter->reading->arena, value), equal};
}

/* True when `block` puts out what `name` holds, or keeps it for later. */
static bool pastes(struct slice block, struct slice name) {
    bool quoted;
    for (size_t at = 0; (at = slice_find(block, "{{", at)) != SLICE_NOT_FOUND; at += 2) {
        struct slice rest = slice_part(
            block, at + 2 + slice_starts_with(slice_part(block, at + 2, at + 3), "-"), block.size);
        struct slice word = next_token(&rest, &quoted);
        bool part = slice_ends_with(word, ".content") || slice_ends_with(word, ".output");
        size_t dot = slice_find(word, ".", 0);
        if (slice_equal(part ? slice_part(word, 0, dot) : word, name))
            return true;
    }
    size_t push = slice_find(block, "push:", 0);
    struct slice rest = slice_part(block, push, block.size);
    next_token(&rest, &quoted);
    next_token(&rest, &quoted);
    return push != SLICE_NOT_FOUND && slice_equal(next_token(&rest, &quoted), name);
}

/* A comparison of a page's key: "mod.status == 'Active'", "mod.published". */
struct comparison {
    struct slice name, key, value;
    bool equal;
};

static bool read_comparison(struct slice text, struct comparison *comparison) {
    bool quoted;
    struct slice left = next_token(&text, &quoted);
    struct slice sign = next_token(&text, &quoted);
    size_t dot = slice_find(left, ".", 0);
    *comparison = (struct comparison){.name = slice_part(left, 0, dot),
                                      .key = slice_part(left, dot + 1, left.size),
                                      .equal = !slice_equal_string(sign, "!=")};
    if (sign.size)
        comparison->value = next_token(&text, &quoted);
    return dot != SLICE_NOT_FOUND && slice_find(comparison->key, ".", 0) == SLICE_NOT_FOUND &&
           (!sign.size || !comparison->equal || slice_equal_string(sign, "=="));
}

/* "site.modules | where: 'key', 'value' | sort: 'x'": false when it is about something else. */
static bool read_source(struct filter *filter, struct slice text) {
    bool quoted;
    if (!is_known(filter, next_token(&text, &quoted)) || quoted)
        return false;
    for (struct slice word; (word = next_token(&text, &quoted)).size || quoted;) {
        bool plain = !quoted && slice_equal_string(word, "where");
        bool expression = !quoted && slice_equal_string(word, "where_exp");
        if (!plain && !expression)
            continue;
        next_token(&text, &quoted); /* the colon */
        struct slice first = next_token(&text, &quoted);
        struct slice second = next_token(&text, &quoted);
        struct comparison comparison;
        if (plain)
            add_condition(filter, first, second, true);
        else if (read_comparison(second, &comparison) && slice_equal(comparison.name, first))
            add_condition(filter, comparison.key, comparison.value, comparison.equal);
    }
    return true;
}

/* The first word of the tag that begins behind "{%" at `at`. */
static struct slice tag_word(struct slice text, size_t at) {
    enum { LONGEST_WORD = 40 };
    bool quoted;
    struct slice rest = slice_part(text, at, at + LONGEST_WORD);
    struct slice word = next_token(&rest, &quoted);
    return slice_equal_string(word, "-") ? next_token(&rest, &quoted) : word;
}

/* From `from` to the end of the block that opens there; false when it has another branch. */
static bool read_block(struct slice text, size_t from, struct slice *block) {
    size_t depth = 0;
    text = slice_part(text, 0, from + LONGEST_BLOCK);
    for (size_t at = from; (at = slice_find(text, "{%", at)) != SLICE_NOT_FOUND; at += 2) {
        struct slice word = tag_word(text, at + 2);
        bool opens = slice_equal_string(word, "if") || slice_equal_string(word, "unless");
        bool closes = slice_equal_string(word, "endif") || slice_equal_string(word, "endunless");
        if (!depth && (slice_equal_string(word, "else") || slice_equal_string(word, "elsif")))
            return false;
        if (!depth && closes) {
            *block = slice_part(text, from, at);
            return true;
        }
        depth += opens;
        depth -= closes;
    }
    return false;
}

static bool skips(struct slice block) {
    for (size_t at = 0; (at = slice_find(block, "{%", at)) != SLICE_NOT_FOUND; at += 2)
        if (slice_equal_string(tag_word(block, at + 2), "continue"))
            return true;
    return false;
}

/* Only a block that decides whether the page is pasted counts: others mark it as an exam … */
static void read_branch(struct filter *filter, struct slice page, struct slice tag, size_t behind,
                        bool unless) {
    struct comparison comparison;
    struct slice block;
    if (!read_comparison(tag, &comparison) || !is_known(filter, comparison.name) ||
        !read_block(page, behind, &block))
        return;
    bool skipped = skips(block);
    if (skipped || pastes(block, comparison.name))
        add_condition(filter, comparison.key, comparison.value,
                      comparison.equal != (unless != skipped));
}

static void read_tag(struct filter *filter, struct slice page, struct slice tag, size_t behind) {
    bool quoted;
    struct slice word = next_token(&tag, &quoted);
    bool unless = slice_equal_string(word, "unless");
    if (slice_equal_string(word, "assign") || slice_equal_string(word, "for")) {
        struct slice name = next_token(&tag, &quoted);
        next_token(&tag, &quoted); /* "=", "in" */
        if (read_source(filter, tag))
            add_name(filter, name);
    } else if (unless || slice_equal_string(word, "if")) {
        read_branch(filter, page, tag, behind, unless);
    }
}

static void read_page(struct filter *filter, struct slice page) {
    char *name = arena_format(filter->reading->arena, "%.*s", SLICE_ARGUMENTS(filter->collection));
    if (slice_find(page, name, 0) == SLICE_NOT_FOUND)
        return;
    filter->name_count = 0;
    for (size_t at = 0; (at = slice_find(page, "{%", at)) != SLICE_NOT_FOUND;) {
        size_t end = slice_find(page, "%}", at);
        if (end == SLICE_NOT_FOUND)
            break;
        struct slice tag = slice_part(page, at + 2, end);
        if (slice_starts_with(tag, "-"))
            tag = slice_part(tag, 1, tag.size);
        if (slice_ends_with(tag, "-"))
            tag.size--;
        read_tag(filter, page, tag, end + 2);
        at = end + 2;
    }
}

static void read_pasting_page(struct filter *filter, struct slice path) {
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    if (snapshot_read(filter->reading->snapshot, path, LARGEST_PAGE, &content, &error) == OK)
        read_page(filter, buffer_slice(&content));
    filter->name_count = 0; /* they point into the page */
    buffer_release(&content);
    error_release(&error);
}

static bool is_page(struct slice path, void *context) {
    (void)context;
    return path_is_markdown(path) || slice_ends_with(path, ".html");
}

/* The pages at the root by their usual names: listing the root would read all folders. */
static void read_pasting_pages(struct filter *filter) {
    static const char *const folders[] = {"_pages", "_layouts", "_includes"};
    static const char *const names[] = {"index",   "home",  "schedule", "calendar", "lectures",
                                        "modules", "weeks", "syllabus", "course",   "materials"};
    static const char *const endings[] = {"md", "html", "markdown"};
    struct reading *reading = filter->reading;
    for (size_t i = 0; i < COUNT_OF(names); i++)
        for (size_t k = 0; k < COUNT_OF(endings); k++)
            read_pasting_page(
                filter, slice_of(arena_format(reading->arena, "%s.%s", names[i], endings[k])));
    for (size_t i = 0; i < COUNT_OF(folders) && !filter->condition_count; i++) {
        struct path_list paths = reading_list(reading, folders[i], is_page, NULL);
        for (size_t k = 0; k < paths.count; k++)
            read_pasting_page(filter, paths.items[k]);
    }
}

static struct slice value_of(const struct yaml_node *front_matter, struct slice key) {
    struct slice value = {NULL, 0};
    for (size_t i = 0; front_matter && i < front_matter->pair_count; i++)
        if (slice_equal(front_matter->pairs[i].key->text, key) &&
            front_matter->pairs[i].value->kind == YAML_SCALAR)
            value = front_matter->pairs[i].value->text;
    return value;
}

static bool is_false(struct slice value) {
    return !value.size || slice_equal_string(value, "false") || slice_equal_string(value, "no") ||
           slice_equal_string(value, "null");
}

static bool holds(const struct condition *condition, const struct yaml_node *front_matter) {
    struct slice value = value_of(front_matter, condition->key);
    bool same = condition->value.data && condition->value.size
                    ? slice_equal(value, condition->value)
                    : !is_false(value);
    if (slice_equal_string(condition->value, "true"))
        same = !is_false(value);
    if (slice_equal_string(condition->value, "false"))
        same = is_false(value) && value.size;
    return same == condition->equal;
}

/* What Jekyll itself and the themes take for "not published". */
static bool is_hidden_by_itself(const struct yaml_node *front_matter) {
    static const char *const keys[] = {"draft", "hidden"};
    struct slice published = value_of(front_matter, slice_of("published"));
    bool hidden = published.size && is_false(published);
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        hidden = hidden || !is_false(value_of(front_matter, slice_of(keys[i])));
    struct slice status = value_of(front_matter, slice_of("status"));
    return hidden || slice_equal_ignoring_case(status, slice_of("not active")) ||
           slice_equal_ignoring_case(status, slice_of("inactive")) ||
           slice_equal_ignoring_case(status, slice_of("hidden")) ||
           slice_equal_ignoring_case(status, slice_of("draft"));
}

/* A condition that no page meets is not about the pages. */
static bool is_met(const struct condition *condition, const struct yaml_node *const *front_matter,
                   size_t count) {
    for (size_t i = 0; i < count; i++)
        if (holds(condition, front_matter[i]))
            return true;
    return false;
}

/* Of several values of one key each may be pasted by a block of its own. */
static bool any_holds(const struct filter *filter, const struct condition *condition,
                      const struct yaml_node *front_matter) {
    for (size_t i = 0; condition->equal && i < filter->condition_count; i++) {
        const struct condition *other = &filter->conditions[i];
        if (other->equal && slice_equal(other->key, condition->key) && holds(other, front_matter))
            return true;
    }
    return !condition->equal && holds(condition, front_matter);
}

void schedule_hide_files(struct reading *reading, struct slice folder,
                         const struct yaml_node *const *front_matter) {
    struct schedule *schedule = reading->schedule;
    size_t slash = slice_find(folder, "/", 0);
    struct slice name = slice_part(folder, slice_starts_with(folder, "_"), slash);
    struct filter filter = {.reading = reading};
    filter.collection = slice_of(arena_format(reading->arena, "site.%.*s", SLICE_ARGUMENTS(name)));
    if (name.size)
        read_pasting_pages(&filter);
    for (size_t i = 0; i < filter.condition_count; i++) {
        bool counts = is_met(&filter.conditions[i], front_matter, schedule->file_count);
        for (size_t k = 0; k < schedule->file_count && counts; k++)
            if (!any_holds(&filter, &filter.conditions[i], front_matter[k]))
                schedule->files[k].hidden = true;
    }
    for (size_t k = 0; k < schedule->file_count; k++)
        if (is_hidden_by_itself(front_matter[k]))
            schedule->files[k].hidden = true;
    free(filter.names);
    free(filter.conditions);
}
