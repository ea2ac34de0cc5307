#include "course/skeleton.h"

#include "base/memory.h"
#include "config/config.h"
#include "course/skeleton_parts.h"
#include "course/skeleton_value.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* --- Values ------------------------------------------------------------------------------------
 */

enum key_role skeleton_key_role(struct slice key) {
    static const struct {
        const char *key;
        enum key_role role;
    } keys[] = {{"title", KEY_TITLE},           {"date", KEY_DATE},
                {"lecture_date", KEY_DATE},     {"lecture-date", KEY_DATE},
                {"lecture", KEY_NUMBER},        {"number", KEY_NUMBER},
                {"lecture_number", KEY_NUMBER}, {"lecture-number", KEY_NUMBER},
                {"lecture_no", KEY_NUMBER},     {"lec", KEY_NUMBER},
                {"lecturers", KEY_LECTURERS},   {"lecturer", KEY_LECTURERS},
                {"instructors", KEY_LECTURERS}, {"instructor", KEY_LECTURERS},
                {"speakers", KEY_LECTURERS},    {"speaker", KEY_LECTURERS},
                {"scribes", KEY_SCRIBES},       {"scribe", KEY_SCRIBES},
                {"authors", KEY_SCRIBES},       {"author", KEY_SCRIBES},
                {"editors", KEY_EDITORS},       {"editor", KEY_EDITORS}};
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        if (slice_equal_string(key, keys[i].key))
            return keys[i].role;
    return KEY_OTHER;
}

/* The name of a place that stands at `at` in a form; empty: none does. */
static struct slice place_at(struct slice form, size_t at) {
    size_t close = form.data[at] == '{' ? slice_find(form, "}", at) : SLICE_NOT_FOUND;
    return close == SLICE_NOT_FOUND ? slice_of("") : slice_part(form, at + 1, close);
}

void skeleton_append_title(struct buffer *title, struct slice form,
                           const struct skeleton_facts *facts) {
    for (size_t at = 0; at < form.size;) {
        struct slice place = place_at(form, at);
        bool wide = slice_equal_string(place, "nn");
        if (!place.size)
            buffer_append_byte(title, form.data[at]);
        else if (slice_equal_string(place, "title") && facts->title.size)
            skeleton_append_clean(title, facts->title);
        else if (slice_equal_string(place, "title"))
            buffer_append_string(title, "<title>");
        else if (facts->number)
            buffer_append_format(title, "%0*ld", wide ? 2 : 1, facts->number);
        else
            buffer_append_byte(title, 'x');
        at += place.size ? place.size + 2 : 1;
    }
}

void skeleton_append_day(struct buffer *text, struct day day) {
    buffer_append_format(text, "%04d-%02u-%02u", day.year, day.month, day.day);
}

struct slice skeleton_person_name(const struct roster_person *person) {
    return person->name.size ? person->name : person->account;
}

void skeleton_append_names(struct buffer *text, const struct people *people) {
    struct buffer names = BUFFER_EMPTY;
    for (size_t i = 0; i < people->count; i++) {
        buffer_append_string(&names, i ? ", " : "");
        buffer_append_slice(&names, skeleton_person_name(&people->items[i]));
    }
    skeleton_append_scalar(text, buffer_slice(&names));
    buffer_release(&names);
}

/* "Lecture 3: Trees" */
static bool says_lecture(const struct document *document) {
    const struct yaml_node *title =
        document ? yaml_find(document->front_matter.root, "title") : NULL;
    struct slice word =
        title ? slice_part(slice_trim(title->text), 0, strlen("lecture")) : slice_of("");
    return slice_equal_ignoring_case(word, slice_of("lecture")) &&
           slice_find(title->text, ":", 0) != SLICE_NOT_FOUND;
}

/* Where the course asks for no form, other titles show one. */
static struct slice title_form(const struct skeleton_facts *facts,
                               const struct document *template) {
    if (facts->title_form.size)
        return facts->title_form;
    const struct document *model = facts->precedent ? facts->precedent : template;
    return slice_of(says_lecture(model) ? "Lecture {n}: {title}" : "{title}");
}

/* --- A key with its value ----------------------------------------------------------------------
 */

/* How the other notes have it: `- name: Ann Lee` or `- Ann Lee`. */
static bool has_named_people(const struct document *precedent, struct slice key) {
    struct buffer name = BUFFER_EMPTY;
    buffer_append_slice(&name, key);
    const struct yaml_node *node =
        precedent ? yaml_find(precedent->front_matter.root, buffer_string(&name)) : NULL;
    buffer_release(&name);
    return node && node->kind == YAML_SEQUENCE && node->item_count &&
           yaml_find(node->items[0], "name");
}

static void append_people(struct buffer *text, struct slice key, const struct people *people,
                          const struct skeleton_facts *facts, const char *newline) {
    if (!slice_ends_with(key, "s")) {
        buffer_append_byte(text, ' ');
        skeleton_append_names(text, people);
        return;
    }
    const char *dash = has_named_people(facts->precedent, key) ? "  - name: " : "  - ";
    for (size_t i = 0; i < people->count; i++) {
        buffer_append_string(text, newline);
        buffer_append_string(text, dash);
        skeleton_append_scalar(text, skeleton_person_name(&people->items[i]));
    }
}

/* "Author 1" for the key "authors": what no check takes for a name. */
static void append_placeholder_people(struct buffer *text, struct slice key, enum key_role role,
                                      const struct skeleton_facts *facts, const char *newline) {
    struct buffer name = BUFFER_EMPTY;
    size_t size = slice_ends_with(key, "s") ? key.size - 1 : key.size;
    buffer_append_slice(&name, slice_part(key, 0, size));
    name.data[0] = (char)toupper((unsigned char)name.data[0]);
    buffer_append_string(&name, role == KEY_LECTURERS ? "" : " 1");
    struct roster_person person = {.name = buffer_slice(&name)};
    append_people(text, key, &(struct people){&person, 1, 1}, facts, newline);
    buffer_release(&name);
}

void skeleton_append_key(struct buffer *text, struct slice key, const struct skeleton_facts *facts,
                         const char *newline) {
    enum key_role role = skeleton_key_role(key);
    struct buffer title = BUFFER_EMPTY;
    const struct people *people = role == KEY_LECTURERS ? &facts->lecturers
                                  : role == KEY_SCRIBES ? &facts->scribes
                                                        : NULL;
    skeleton_append_scalar(text, key);
    buffer_append_byte(text, ':');
    if (people && people->count) {
        append_people(text, key, people, facts, newline);
    } else if (people || role == KEY_EDITORS) {
        append_placeholder_people(text, key, role, facts, newline);
    } else if (role == KEY_TITLE) {
        skeleton_append_title(&title, title_form(facts, NULL), facts);
        buffer_append_byte(text, ' ');
        skeleton_append_scalar(text, buffer_slice(&title));
    } else if (role == KEY_DATE && facts->day.month && facts->day.year) {
        buffer_append_byte(text, ' ');
        skeleton_append_day(text, facts->day);
    } else if (role == KEY_NUMBER && facts->number) {
        buffer_append_format(text, " %ld", facts->number);
    } else {
        buffer_append_string(text, " TODO");
    }
    buffer_append_string(text, newline);
    buffer_release(&title);
}

/* --- From the template -------------------------------------------------------------------------
 */

/* Only the keys by which a note's people are read: `authors` beside `scribes` are somebody else. */
static bool names_scribes(const struct document *template, struct slice key) {
    static const char *const keys[] = {"scribes", "scribe", "authors", "author"};
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        if (yaml_find(template->front_matter.root, keys[i]))
            return slice_equal_string(key, keys[i]);
    return false;
}

static void fill_scalar(struct replacements *edits, const struct yaml_node *node,
                        enum key_role role, const struct skeleton_facts *facts) {
    struct buffer value = BUFFER_EMPTY, title = BUFFER_EMPTY;
    if (role == KEY_TITLE) {
        skeleton_append_title(&title, title_form(facts, edits->document), facts);
        skeleton_append_scalar(&value, buffer_slice(&title));
    } else if (role == KEY_DATE && facts->day.month && facts->day.year) {
        skeleton_append_day(&value, facts->day);
    } else if (role == KEY_NUMBER && facts->number) {
        buffer_append_format(&value, "%ld", facts->number);
    }
    if (value.size)
        skeleton_replace_scalar(edits, node, buffer_slice(&value));
    buffer_release(&title);
    buffer_release(&value);
}

static void fill_pair(struct replacements *edits, const struct yaml_pair *pair,
                      const struct skeleton_facts *facts) {
    enum key_role role = skeleton_key_role(pair->key->text);
    if (role == KEY_LECTURERS && facts->lecturers.count)
        skeleton_replace_people(edits, pair->value, &facts->lecturers, true);
    else if (role == KEY_SCRIBES && facts->scribes.count &&
             names_scribes(edits->document, pair->key->text))
        skeleton_replace_people(edits, pair->value, &facts->scribes, false);
    else if (pair->value->kind == YAML_SCALAR || role == KEY_TITLE)
        fill_scalar(edits, pair->value, role, facts);
}

static bool is_listed(const struct text_list *list, const char *key) {
    return slice_is_among(slice_of(key), list->items, list->count);
}

/* Where the line that closes the front matter begins. */
static size_t closing_line(const struct document *document) {
    struct slice bytes = document->source.bytes;
    size_t at = document->front_matter.span.end;
    while (at && (bytes.data[at - 1] == '\n' || bytes.data[at - 1] == '\r'))
        at--;
    while (at && bytes.data[at - 1] != '\n')
        at--;
    return at;
}

static const char *newline_of(const struct document *document) {
    size_t end = slice_find(document->source.bytes, "\n", 0);
    return end != SLICE_NOT_FOUND && end && document->source.bytes.data[end - 1] == '\r' ? "\r\n"
                                                                                         : "\n";
}

static void add_missing_keys(struct replacements *edits, const struct skeleton_facts *facts) {
    const struct yaml_node *root = edits->document->front_matter.root;
    const struct note_kind *kind = facts->kind;
    const char *newline = newline_of(edits->document);
    size_t at = closing_line(edits->document);
    struct buffer keys = BUFFER_EMPTY;
    if (!yaml_find(root, "title") && !is_listed(&kind->required, "title"))
        skeleton_append_key(&keys, slice_of("title"), facts, newline);
    if (!yaml_find(root, "date") && facts->day.month && facts->day.year &&
        !is_listed(&kind->optional, "date") && !is_listed(&kind->required, "date"))
        skeleton_append_key(&keys, slice_of("date"), facts, newline);
    for (size_t i = 0; i < kind->required.count; i++)
        if (!yaml_find(root, kind->required.items[i].data))
            skeleton_append_key(&keys, kind->required.items[i], facts, newline);
    if (keys.size)
        skeleton_replace(edits, (struct span){at, at}, buffer_slice(&keys));
    buffer_release(&keys);
}

static int order_replacements(const void *left, const void *right) {
    const struct replacement *a = left, *b = right;
    return (a->span.start > b->span.start) - (a->span.start < b->span.start);
}

static void append_replaced(struct buffer *text, struct replacements *edits) {
    struct slice bytes = edits->document->source.bytes;
    size_t at = 0;
    if (edits->count)
        qsort(edits->items, edits->count, sizeof(*edits->items), order_replacements);
    for (size_t i = 0; i < edits->count; i++) {
        if (edits->items[i].span.start < at)
            continue;
        buffer_append_slice(text, slice_part(bytes, at, edits->items[i].span.start));
        buffer_append_slice(text, edits->items[i].text);
        at = edits->items[i].span.end;
    }
    buffer_append_slice(text, slice_part(bytes, at, bytes.size));
}

/* Anchors and merged keys can make an edit come out elsewhere: what was made is read back. */
static bool reads_back(struct slice text, const struct document *template,
                       const struct skeleton_facts *facts) {
    struct document *document = document_read(template->path, text, &(struct document_options){0});
    const struct yaml_node *title = yaml_find(document->front_matter.root, "title");
    struct buffer expected = BUFFER_EMPTY;
    skeleton_append_title(&expected, title_form(facts, template), facts);
    bool same = document->front_matter.state == FRONT_MATTER_PRESENT && title &&
                title->kind == YAML_SCALAR && slice_equal(title->text, buffer_slice(&expected));
    const struct yaml_node *old = template->front_matter.root, *root = document->front_matter.root;
    for (size_t i = 0; same && old && i < old->pair_count; i++)
        same = yaml_find(root, old->pairs[i].key->text.data) != NULL;
    buffer_release(&expected);
    document_free(document);
    return same;
}

bool skeleton_fill(struct buffer *text, const struct document *template,
                   const struct skeleton_facts *facts) {
    const struct yaml_node *root = template->front_matter.root;
    struct replacements edits = {.document = template};
    struct buffer filled = BUFFER_EMPTY;
    if (template->front_matter.state != FRONT_MATTER_PRESENT)
        return false;
    for (size_t i = 0; root && i < root->pair_count; i++)
        fill_pair(&edits, &root->pairs[i], facts);
    add_missing_keys(&edits, facts);
    append_replaced(&filled, &edits);
    bool good = reads_back(buffer_slice(&filled), template, facts);
    if (good)
        buffer_append_slice(text, buffer_slice(&filled));
    buffer_release(&filled);
    free(edits.items);
    arena_release(&edits.arena);
    return good;
}
