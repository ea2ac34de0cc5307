#include "course/layout.h"

#include "base/memory.h"
#include "course/layout_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* --- What the parts share -----------------------------------------------------------------------
 */

struct slice path_ending(struct slice path) {
    struct slice name = slice_file_name(path);
    size_t dot = name.size;
    while (dot && name.data[dot - 1] != '.')
        dot--;
    return dot > 1 ? slice_part(name, dot, name.size) : slice_of("");
}

static bool has_word(struct slice text, const char *word) {
    size_t size = strlen(word);
    for (size_t at = 0; at + size <= text.size; at++)
        if (!strncasecmp(text.data + at, word, size))
            return true;
    return false;
}

bool path_names_template(struct slice path) {
    static const char *const words[] = {"template",   "skeleton",   "sample",    "example",
                                        "lecture-xx", "lecture_xx", "lecture-00"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (has_word(slice_file_name(path), words[i]))
            return true;
    return false;
}

bool path_names_page(struct slice path) {
    static const char *const names[] = {"readme.", "index.", "contributing.", "guidelines."};
    struct slice name = slice_file_name(path);
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (name.size >= strlen(names[i]) && !strncasecmp(name.data, names[i], strlen(names[i])))
            return true;
    return false;
}

void glob_append_quoted(struct buffer *glob, struct slice text) {
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] && strchr("*?[]{}\\", text.data[i]))
            buffer_append_byte(glob, '\\');
        buffer_append_byte(glob, text.data[i]);
    }
}

bool glob_matches(struct slice glob, struct slice path) {
    struct pattern *pattern = NULL;
    struct error error = ERROR_NONE;
    bool matches =
        pattern_compile_glob(&pattern, glob, &error) == OK && pattern_matches(pattern, path);
    pattern_free(pattern);
    error_release(&error);
    return matches;
}

struct proposal propose(struct layout *layout, struct slice value, const char *reason, ...) {
    struct buffer text = BUFFER_EMPTY;
    va_list arguments;
    va_start(arguments, reason);
    buffer_append_arguments(&text, reason, arguments);
    va_end(arguments);
    struct proposal proposal = {.value = arena_copy(&layout->arena, value),
                                .reason = arena_copy(&layout->arena, buffer_slice(&text))};
    buffer_release(&text);
    return proposal;
}

void proposal_list_add(struct proposal_list *list, struct proposal proposal) {
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal(list->items[i].value, proposal.value))
            return;
    ARRAY_PUSH(list->items, list->count, list->capacity) = proposal;
}

/* --- Pages ---------------------------------------------------------------------------------------
 */

static bool is_note(const struct layout *layout, struct slice path) {
    for (size_t i = 0; i < layout->note_count; i++)
        for (size_t k = 0; k < layout->notes[i].count; k++)
            if (slice_equal(layout->notes[i].members[k], path))
                return true;
    return false;
}

/* Where rules are mostly found comes first; announcements and posts are about one day. */
static int page_order(struct slice path) {
    if (has_word(slice_file_name(path), "syllabus"))
        return 0;
    if (has_word(path, "scribe"))
        return 1;
    if (slice_starts_with(path, "_posts/") && !path_names_page(path))
        return 4;
    return has_word(path, "announcement") ? 3 : 2;
}

static void read_page(struct layout *layout, const struct snapshot *snapshot, struct slice path) {
    static const struct document_options options = {0};
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    if (snapshot_read(snapshot, path, LARGEST_LAYOUT_PAGE, &content, &error) == OK) {
        struct document *document = document_read(path, buffer_slice(&content), &options);
        struct page_text page;
        page_text_read(&page, document);
        if (document->kind == DOCUMENT_MARKDOWN && !path_names_template(path)) {
            syllabus_add_page(&layout->syllabus, &page);
            told_names_add_page(&layout->told, &page);
        }
        page_text_release(&page);
        document_free(document);
    }
    buffer_release(&content);
    error_release(&error);
}

static void read_pages(struct layout *layout, const struct snapshot *snapshot) {
    enum { ORDERS = 5 };
    size_t seen = 0;
    syllabus_init(&layout->syllabus);
    for (int order = 0; order < ORDERS; order++)
        for (size_t i = 0; i < layout->path_count && seen < MOST_PAGES; i++) {
            struct slice path = layout->paths[i];
            if (!path_is_markdown(path) || page_order(path) != order || is_note(layout, path))
                continue;
            seen++;
            read_page(layout, snapshot, path);
        }
}

/* --- The course ----------------------------------------------------------------------------------
 */

static bool is_generic(struct slice title) {
    static const char *const titles[] = {
        "just the class", "just the docs", "course website",     "course", "home",  "index",
        "my site",        "course notes",  "your awesome title", "blank",  "title", "readme"};
    for (size_t i = 0; i < COUNT_OF(titles); i++)
        if (slice_equal_ignoring_case(title, slice_of(titles[i])))
            return true;
    return !title.size || title.size > 120;
}

static const struct yaml_node *find_setting(const struct yaml_node *root, const char *key) {
    const struct yaml_node *node = yaml_find(root, key);
    return node && node->kind == YAML_SCALAR && !yaml_is_empty(node) ? node : NULL;
}

static void take_settings(struct layout *layout, const struct snapshot *snapshot) {
    static const char *const names[] = {"title", "name", "description"};
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    struct yaml_node *root = NULL;
    struct yaml_problem problem;
    if (snapshot_read(snapshot, slice_of("_config.yml"), LARGEST_LAYOUT_PAGE, &content, &error) !=
            OK ||
        yaml_parse(&root, buffer_slice(&content), &layout->arena, &problem) != OK)
        root = NULL;
    for (size_t i = 0; i < COUNT_OF(names) && !layout->course_name.value.size; i++) {
        const struct yaml_node *node = find_setting(root, names[i]);
        if (node && !is_generic(slice_trim(node->text)))
            layout->course_name =
                propose(layout, slice_trim(node->text), "_config.yml: %s", names[i]);
    }
    const struct yaml_node *repository = find_setting(root, "repository");
    const struct yaml_node *zone = find_setting(root, "timezone");
    if (repository && slice_find(repository->text, "/", 0) != SLICE_NOT_FOUND)
        layout->repository =
            propose(layout, slice_trim(repository->text), "_config.yml: repository");
    if (zone)
        layout->zone = propose(layout, slice_trim(zone->text), "_config.yml: timezone");
    buffer_release(&content);
    error_release(&error);
}

/* The first heading of the front page or of the README. */
static void take_heading(struct layout *layout, const struct snapshot *snapshot) {
    static const char *const pages[] = {"index.md", "README.md"};
    static const struct document_options options = {0};
    for (size_t i = 0; i < COUNT_OF(pages) && !layout->course_name.value.size; i++) {
        struct buffer content = BUFFER_EMPTY;
        struct error error = ERROR_NONE;
        if (snapshot_read(snapshot, slice_of(pages[i]), LARGEST_LAYOUT_PAGE, &content, &error) ==
            OK) {
            struct document *document =
                document_read(slice_of(pages[i]), buffer_slice(&content), &options);
            const struct section *first = document->root.first_child;
            struct slice title =
                first ? slice_trim(document_text(document, first->title)) : slice_of("");
            if (!is_generic(title))
                layout->course_name = propose(layout, title, "the first heading of %s", pages[i]);
            document_free(document);
        }
        buffer_release(&content);
        error_release(&error);
    }
}

static void take_remote(struct layout *layout, const struct layout_options *options) {
    bool upstream = options->remote_name && !strcmp(options->remote_name, "upstream");
    if (!options->remote.size || (layout->repository.value.size && !upstream))
        return;
    layout->repository = propose(layout, options->remote, "the URL of the remote \"%s\"%s",
                                 options->remote_name, upstream ? "" : "; a fork of yours?");
    layout->repository.guess = !upstream;
}

/* The end of "owner/name". */
static bool same_name(struct slice left, struct slice right) {
    return slice_equal_ignoring_case(slice_file_name(left), slice_file_name(right));
}

/* Pages copied from last year link last year's: they count only against a fork, or alone. */
static void take_told_repository(struct layout *layout) {
    const struct told_repository *told = told_names_repository(&layout->told);
    struct proposal *known = &layout->repository;
    if (!told || (known->value.size && (!known->guess || !same_name(known->value, told->name))))
        return;
    bool alone = !known->value.size;
    *known =
        propose(layout, told->name, "%.*s:%zu links it", SLICE_ARGUMENTS(told->page), told->line);
    known->guess = alone;
}

static void take_zone(struct layout *layout) {
    const struct syllabus *syllabus = &layout->syllabus;
    const struct saying *said = &syllabus->zone_said;
    if (!said->line || (layout->zone.value.size && syllabus->zone_rank < ZONE_ABOUT_SCRIBES))
        return;
    layout->zone =
        propose(layout, syllabus->zone, "%.*s:%zu: \"%.*s\"", SLICE_ARGUMENTS(said->path),
                said->line, SLICE_ARGUMENTS(said->sentence));
}

/* --- All of it -----------------------------------------------------------------------------------
 */

static bool add_path(struct slice path, const struct entry *entry, void *context) {
    struct layout *layout = context;
    if (entry->kind == ENTRY_FILE)
        ARRAY_PUSH(layout->paths, layout->path_count, layout->path_capacity) =
            arena_copy(&layout->arena, path);
    return true;
}

int layout_read(struct layout *layout, const struct snapshot *snapshot,
                const struct layout_options *options, struct error *error) {
    *layout = (struct layout){0};
    int status = config_defaults(&layout->defaults, error);
    if (status == OK)
        status = snapshot_walk(snapshot, slice_of(""), add_path, layout, error);
    if (status != OK)
        return status;
    site_read(&layout->site, snapshot);
    layout->schedule = schedule_read(snapshot, layout->defaults, &layout->site, options->year);
    layout_find_schedule(layout, snapshot, options->year);
    layout_find_notes(layout);
    read_pages(layout, snapshot);
    layout_take_told_notes(layout);
    for (size_t i = 0; i < layout->note_count; i++)
        layout_read_content(layout, &layout->notes[i], snapshot);
    take_settings(layout, snapshot);
    take_heading(layout, snapshot);
    take_remote(layout, options);
    take_told_repository(layout);
    take_zone(layout);
    layout_guess_zone(layout, options);
    return OK;
}

void layout_release(struct layout *layout) {
    for (size_t i = 0; i < layout->note_count; i++) {
        free(layout->notes[i].members);
        free(layout->notes[i].required.items);
        free(layout->notes[i].assets.items);
    }
    free(layout->notes);
    free(layout->schedule_files.items);
    free(layout->schedule_keys.items);
    free(layout->paths);
    schedule_free(layout->schedule);
    site_release(&layout->site);
    config_free(layout->defaults);
    syllabus_release(&layout->syllabus);
    told_names_release(&layout->told);
    arena_release(&layout->arena);
    *layout = (struct layout){0};
}
