/* What the notes that are there have in common: template, title, metadata, pictures. */
#include "base/memory.h"
#include "config/title_form.h"
#include "course/layout_parts.h"
#include "course/note_name.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A text with the number of notes that have it; no note counts twice. */
struct tally {
    struct slice text;
    size_t count, last; /* the last note that was counted, from 1 */
};

struct tallies {
    struct tally *items;
    size_t count, capacity;
};

struct survey {
    struct layout *layout;
    struct note_layout *notes;
    size_t seen;        /* notes read, the one at hand included */
    size_t with_images; /* of them */
    struct slice *titles;
    size_t title_count, title_capacity;
    struct tallies keys, assets;
};

static void count(struct survey *survey, struct tallies *tallies, struct slice text) {
    enum { MOST_TALLIES = 200 };
    for (size_t i = 0; i < tallies->count; i++) {
        struct tally *tally = &tallies->items[i];
        if (!slice_equal(tally->text, text))
            continue;
        tally->count += tally->last != survey->seen;
        tally->last = survey->seen;
        return;
    }
    if (tallies->count < MOST_TALLIES)
        ARRAY_PUSH(tallies->items, tallies->count, tallies->capacity) =
            (struct tally){arena_copy(&survey->layout->arena, text), 1, survey->seen};
}

/* --- Files that belong to a note -----------------------------------------------------------------
 */

/* Offset of `part` in `text` where no digit goes on; SLICE_NOT_FOUND. */
static size_t find_part(struct slice text, struct slice part) {
    for (size_t at = 0; part.size && at + part.size <= text.size; at++) {
        bool before =
            at && isdigit((unsigned char)text.data[at - 1]) && isdigit((unsigned char)part.data[0]);
        size_t end = at + part.size;
        bool behind = end < text.size && isdigit((unsigned char)text.data[end]) &&
                      isdigit((unsigned char)part.data[part.size - 1]);
        if (!before && !behind && !memcmp(text.data + at, part.data, part.size))
            return at;
    }
    return SLICE_NOT_FOUND;
}

static void append_replaced(struct buffer *glob, struct slice text, size_t at, size_t size,
                            const char *place) {
    glob_append_quoted(glob, slice_part(text, 0, at));
    buffer_append_string(glob, place);
    glob_append_quoted(glob, slice_part(text, at + size, text.size));
}

/* Appends `text` (a folder or a path) as a glob with the place that names the note; false: none. */
static bool append_with_place(struct buffer *glob, struct slice text,
                              const struct note_name *name) {
    char digits[2][16];
    size_t at = find_part(text, name->stem);
    if (at != SLICE_NOT_FOUND) {
        append_replaced(glob, text, at, name->stem.size, "{stem}");
        return true;
    }
    if (!name->has_number)
        return false;
    snprintf(digits[0], sizeof digits[0], "%02u", name->number);
    snprintf(digits[1], sizeof digits[1], "%u", name->number);
    for (int i = 0; i < 2; i++) {
        at = find_part(text, slice_of(digits[i]));
        if (at != SLICE_NOT_FOUND) {
            append_replaced(glob, text, at, strlen(digits[i]), i ? "{n}" : "{nn}");
            return true;
        }
    }
    return false;
}

static void count_image_folder(struct survey *survey, struct slice folder,
                               const struct note_name *name) {
    struct buffer glob = BUFFER_EMPTY;
    if (!folder.size)
        return;
    if (!append_with_place(&glob, folder, name))
        glob_append_quoted(&glob, folder);
    buffer_append_byte(&glob, '/');
    count(survey, &survey->assets, buffer_slice(&glob));
    buffer_release(&glob);
}

static void read_images(struct survey *survey, const struct document *document,
                        const struct note_name *name) {
    bool any = false;
    for (size_t i = 0; i < document->image_count; i++) {
        struct target target =
            site_resolve(&survey->layout->site, document->path, document->images[i].destination,
                         &survey->layout->arena);
        if (target.kind != TARGET_FILE || !target.path_count)
            continue;
        any = true;
        count_image_folder(survey, slice_folder(target.paths[0]), name);
    }
    survey->with_images += any;
}

/* Elsewhere, with the note's own stem: a bibliography, a source. */
static void read_companions(struct survey *survey, struct slice note,
                            const struct note_name *name) {
    const struct layout *layout = survey->layout;
    for (size_t i = 0; i < layout->path_count; i++) {
        struct slice path = layout->paths[i];
        struct slice base = slice_file_name(path);
        if (base.size <= name->stem.size || base.data[name->stem.size] != '.' ||
            memcmp(base.data, name->stem.data, name->stem.size) || slice_equal(path, note))
            continue;
        struct buffer glob = BUFFER_EMPTY;
        struct slice folder = slice_folder(path);
        glob_append_quoted(&glob, folder);
        buffer_append_string(&glob, folder.size ? "/{stem}" : "{stem}");
        glob_append_quoted(&glob, slice_part(base, name->stem.size, base.size));
        count(survey, &survey->assets, buffer_slice(&glob));
        buffer_release(&glob);
    }
}

/* --- One note ------------------------------------------------------------------------------------
 */

static void read_authors(struct survey *survey, const struct yaml_node *root) {
    static const char *const keys[] = {"scribes", "authors", "author", "scribe"};
    struct note_layout *notes = survey->notes;
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        const struct yaml_node *node = yaml_find(root, keys[i]);
        if (!node || node->kind != YAML_SEQUENCE || !node->item_count)
            continue;
        if (!notes->authored++ || node->item_count < notes->least_authors)
            notes->least_authors = node->item_count;
        if (node->item_count > notes->most_authors)
            notes->most_authors = node->item_count;
        return;
    }
}

static void read_metadata(struct survey *survey, const struct document *document) {
    const struct yaml_node *root = document->front_matter.root;
    const struct yaml_node *title = yaml_find(root, "title");
    if (title && title->kind == YAML_SCALAR)
        ARRAY_PUSH(survey->titles, survey->title_count, survey->title_capacity) =
            arena_copy(&survey->layout->arena, slice_trim(title->text));
    for (size_t i = 0; root && i < root->pair_count; i++)
        if (root->pairs[i].key->kind == YAML_SCALAR && !yaml_is_empty(root->pairs[i].value))
            count(survey, &survey->keys, root->pairs[i].key->text);
    read_authors(survey, root);
}

static void read_note(struct survey *survey, const struct snapshot *snapshot, struct slice path) {
    static const struct document_options options = {.dollar_math = true};
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    struct note_name name = note_name_read(path);
    survey->seen++;
    read_companions(survey, path, &name);
    if (path_is_markdown(path) &&
        snapshot_read(snapshot, path, DOCUMENT_MAX_SIZE, &content, &error) == OK) {
        struct document *document = document_read(path, buffer_slice(&content), &options);
        read_metadata(survey, document);
        read_images(survey, document, &name);
        document_free(document);
    }
    buffer_release(&content);
    error_release(&error);
}

/* --- Titles --------------------------------------------------------------------------------------
 */

static size_t count_titles(const struct survey *survey, struct slice form) {
    struct pattern *pattern = NULL;
    struct error error = ERROR_NONE;
    size_t found = 0;
    if (title_form_compile(&pattern, form, &error) == OK)
        for (size_t i = 0; i < survey->title_count; i++)
            found += pattern_matches(pattern, survey->titles[i]);
    pattern_free(pattern);
    error_release(&error);
    return found;
}

/* The title's form with `place` for its number; false when it has none, or one far inside. */
static bool append_title_form(struct buffer *form, struct slice title, const char *place) {
    enum { LONGEST_BEGINNING = 24 };
    size_t start = 0;
    while (start < title.size && !isdigit((unsigned char)title.data[start]))
        start++;
    size_t end = start;
    while (end < title.size && isdigit((unsigned char)title.data[end]))
        end++;
    size_t text = end;
    while (text < title.size && !isalnum((unsigned char)title.data[text]) &&
           (unsigned char)title.data[text] < 0xc0)
        text++;
    /* Behind a dash of several bytes. */
    while (text < title.size && (unsigned char)title.data[text] >= 0x80)
        text++;
    while (text < title.size && title.data[text] == ' ')
        text++;
    if (start > LONGEST_BEGINNING || end == start || end - start > 3 || text == end ||
        text == title.size || slice_find(slice_part(title, 0, text), "{", 0) != SLICE_NOT_FOUND ||
        slice_find(slice_part(title, 0, text), "}", 0) != SLICE_NOT_FOUND)
        return false;
    buffer_append_slice(form, slice_part(title, 0, start));
    buffer_append_string(form, place);
    buffer_append_slice(form, slice_part(title, end, text));
    buffer_append_string(form, "{title}");
    return true;
}

static void propose_title(struct survey *survey) {
    struct layout *layout = survey->layout;
    const struct told_name *told = &layout->told.title;
    struct buffer best = BUFFER_EMPTY;
    size_t most = 0;
    for (size_t i = 0; i < 2 * survey->title_count; i++) {
        struct buffer form = BUFFER_EMPTY;
        if (append_title_form(&form, survey->titles[i / 2], i % 2 ? "{nn}" : "{n}")) {
            size_t found = count_titles(survey, buffer_slice(&form));
            if (found > most) {
                most = found;
                buffer_clear(&best);
                buffer_append_slice(&best, buffer_slice(&form));
            }
        }
        buffer_release(&form);
    }
    if (most * 2 > survey->seen && (most > 1 || slice_equal(told->form, buffer_slice(&best))))
        survey->notes->title =
            propose(layout, buffer_slice(&best), "%zu of %zu notes", most, survey->seen);
    else if (survey->seen < 2 && told->form.size && path_is_markdown(survey->notes->files.value)) {
        survey->notes->title =
            propose(layout, told->form, "%.*s:%zu tells \"%.*s\"", SLICE_ARGUMENTS(told->page),
                    told->line, SLICE_ARGUMENTS(told->text));
        survey->notes->title.guess = true;
    }
    buffer_release(&best);
}

/* --- Template, keys, assets
 * ------------------------------------------------------------------------ */

/* In the notes' own folder first, then one whose folder is named for it. */
static struct slice find_template(const struct layout *layout, const struct note_layout *notes) {
    struct slice found = slice_of("");
    for (size_t i = 0; i < layout->path_count; i++) {
        struct slice path = layout->paths[i], folder = slice_folder(path);
        if (!path_is_markdown(path) || !path_names_template(path) || slice_starts_with(folder, "."))
            continue;
        if (slice_equal(folder, notes->folder))
            return path;
        for (size_t k = 0; k + 4 <= path.size && !found.size; k++)
            if (!strncasecmp(path.data + k, "note", 4) || !strncasecmp(path.data + k, "scri", 4) ||
                !strncasecmp(path.data + k, "lect", 4))
                found = path;
    }
    return found;
}

static void propose_required(struct survey *survey, const struct snapshot *snapshot,
                             struct slice template_path) {
    static const struct document_options options = {0};
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    struct document *document = NULL;
    if (template_path.size &&
        snapshot_read(snapshot, template_path, DOCUMENT_MAX_SIZE, &content, &error) == OK)
        document = document_read(template_path, buffer_slice(&content), &options);
    const struct yaml_node *root = document ? document->front_matter.root : NULL;
    for (size_t i = 0; survey->seen > 1 && i < survey->keys.count; i++) {
        struct tally *key = &survey->keys.items[i];
        bool in_template = root && yaml_find(root, key->text.data);
        size_t share = in_template ? 2 : 4; /* more than a half, or all but a fifth */
        bool most = in_template ? key->count * share > survey->seen
                                : !root && key->count * 5 >= survey->seen * share;
        if (most)
            proposal_list_add(&survey->notes->required,
                              propose(survey->layout, key->text, "%s%zu of %zu notes",
                                      in_template ? "the template and " : "", key->count,
                                      survey->seen));
    }
    document_free(document);
    buffer_release(&content);
    error_release(&error);
}

/* Told ones count where the notes that are there do not contradict, which they do by other folders.
 */
static void propose_told_assets(struct survey *survey) {
    struct layout *layout = survey->layout;
    for (size_t i = 0; i < layout->told.asset_count; i++) {
        const struct told_name *told = &layout->told.assets[i];
        struct slice form = told->form, name = survey->notes->name.value;
        size_t ending = path_ending(name).size;
        struct slice stem = slice_part(name, 0, name.size - (ending ? ending + 1 : 0));
        size_t at = find_part(form, stem);
        struct buffer glob = BUFFER_EMPTY;
        if (stem.size && at != SLICE_NOT_FOUND) {
            buffer_append_slice(&glob, slice_part(form, 0, at));
            buffer_append_string(&glob, "{stem}");
            buffer_append_slice(&glob, slice_part(form, at + stem.size, form.size));
        } else {
            buffer_append_slice(&glob, form);
        }
        proposal_list_add(&survey->notes->assets,
                          propose(layout, buffer_slice(&glob), "%.*s:%zu tells \"%.*s\"",
                                  SLICE_ARGUMENTS(told->page), told->line,
                                  SLICE_ARGUMENTS(told->text)));
        buffer_release(&glob);
    }
}

static void propose_assets(struct survey *survey) {
    for (size_t i = 0; i < survey->assets.count; i++) {
        const struct tally *tally = &survey->assets.items[i];
        bool folder = slice_ends_with(tally->text, "/");
        size_t of = folder ? survey->with_images : survey->seen;
        if (tally->count < 2 || tally->count * 4 < of)
            continue;
        proposal_list_add(&survey->notes->assets,
                          propose(survey->layout, tally->text, "%zu of %zu notes%s", tally->count,
                                  of, folder ? " with pictures" : ""));
    }
    propose_told_assets(survey);
}

void layout_read_content(struct layout *layout, struct note_layout *notes,
                         const struct snapshot *snapshot) {
    struct survey survey = {.layout = layout, .notes = notes};
    bool markdown = path_is_markdown(notes->files.value);
    struct slice template_path = markdown ? find_template(layout, notes) : slice_of("");
    size_t step = notes->count / MOST_NOTES_READ + 1;
    for (size_t i = 0; i < notes->count; i += step)
        read_note(&survey, snapshot, notes->members[i]);
    if (template_path.size) {
        struct buffer glob = BUFFER_EMPTY;
        glob_append_quoted(&glob, template_path);
        notes->template_file = propose(layout, buffer_slice(&glob), "by its name");
        buffer_release(&glob);
    }
    propose_title(&survey);
    propose_required(&survey, snapshot, template_path);
    propose_assets(&survey);
    free(survey.titles);
    free(survey.keys.items);
    free(survey.assets.items);
}
