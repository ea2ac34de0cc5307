/*
 * Citations: what notes cite with <d-cite>, held against their bibliography, and the bibliography
 * itself. Source: Distill's template, whose <d-cite key="a,b"> names entries of a BibTeX file.
 */
#include "base/memory.h"
#include "course/bibliography.h"
#include "document/tag.h"
#include "rules/check.h"
#include "rules/note_store.h"
#include "rules/review.h"
#include "text/nearest.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum problem {
    PROBLEM_KEY_MISSING,
    PROBLEM_NO_KEY,
    PROBLEM_MISSING,
    PROBLEM_ABSENT,
    PROBLEM_MALFORMED,
    PROBLEM_TWICE,
    PROBLEM_NEVER_CITED,
};

static const char *const problem_names[] = {"key-missing", "no-key",    "bibliography-missing",
                                            "none-yet",    "malformed", "twice",
                                            "never-cited", NULL};

static const char *const places[] = {"bibliography", "reason", "other", "count", "note", NULL};

struct citation_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct citation_parameters, finds), problem_names}, {0}};

enum { LARGEST_BIBLIOGRAPHY = 8 * 1024 * 1024, LONGEST_TAG = 2048, MOST_CITATIONS = 2000 };

/* --- Citations of a note ------------------------------------------------------------------ */

/* One key of a <d-cite>, or the tag when it has none. */
struct citation {
    struct slice key; /* empty: none */
    struct span span;
};

struct citation_list {
    struct citation *items;
    size_t count, capacity;
};

/* The value of `key="…"` in a tag; false when it has no such attribute. */
static bool find_key(struct slice tag, struct span *value) {
    for (size_t at = 0; (at = slice_find(tag, "key", at)) != SLICE_NOT_FOUND; at++) {
        bool name = at && (isspace((unsigned char)tag.data[at - 1]) || tag.data[at - 1] == '-');
        size_t start = at + 3;
        if (!name || start + 1 >= tag.size || tag.data[start] != '=')
            continue;
        char quote = tag.data[++start];
        bool quoted = quote == '"' || quote == '\'';
        start += quoted;
        size_t end = start;
        while (end < tag.size &&
               (quoted ? tag.data[end] != quote
                       : !isspace((unsigned char)tag.data[end]) && !strchr("/>", tag.data[end])))
            end++;
        *value = (struct span){start, end};
        return true;
    }
    return false;
}

/* Distill takes several keys with commas between. */
static void add_keys(struct citation_list *list, struct slice bytes, struct span value) {
    for (size_t at = value.start; at <= value.end && list->count < MOST_CITATIONS;) {
        size_t end = at;
        while (end < value.end && bytes.data[end] != ',')
            end++;
        struct slice key = slice_trim(slice_part(bytes, at, end));
        size_t start = key.size ? (size_t)(key.data - bytes.data) : at;
        if (key.size)
            ARRAY_PUSH(list->items, list->count, list->capacity) =
                (struct citation){key, {start, start + key.size}};
        at = end + 1;
    }
}

static void read_citations(struct citation_list *list, const struct document *document) {
    struct slice bytes = document->source.bytes;
    *list = (struct citation_list){0};
    for (size_t at = 0;
         (at = slice_find(bytes, "<d-cite", at)) != SLICE_NOT_FOUND && list->count < MOST_CITATIONS;
         at++) {
        struct tag tag;
        struct span value;
        if (document->kinds[at] != BYTE_TAG ||
            !tag_read(slice_part(bytes, 0, at + LONGEST_TAG), at, &tag) ||
            !slice_equal_string(tag.name, "d-cite"))
            continue;
        size_t before = list->count;
        if (find_key(slice_part(bytes, at, tag.end), &value))
            add_keys(list, bytes, (struct span){at + value.start, at + value.end});
        if (list->count == before)
            ARRAY_PUSH(list->items, list->count, list->capacity) =
                (struct citation){slice_part(bytes, at, at), {at, tag.end}};
    }
}

/* Borrowed keys; free() the items. */
static struct cited_keys keys_of(const struct citation_list *list) {
    struct cited_keys keys = {.items = memory_allocate(list->count, sizeof(*keys.items))};
    for (size_t i = 0; i < list->count; i++)
        keys.items[keys.count++] = list->items[i].key;
    return keys;
}

/* The note at `path` as review->note_store knows it; NULL: it is not among those. */
static const struct course_note *kept_note(const struct subject *subject, struct slice path) {
    bool kept = subject->course && subject->side == SIDE_HEAD;
    return kept ? course_view_find(subject->course, path) : NULL;
}

/* Its bibliography, which may come later, needs not read the note again. */
static void keep_keys(const struct subject *subject, const struct citation_list *list) {
    const struct course_note *note = kept_note(subject, subject->path);
    if (!note || note_store_find_keys(subject->review->note_store, note))
        return;
    struct cited_keys keys = keys_of(list);
    note_store_keep_keys(subject->review->note_store, note, &keys);
    free(keys.items);
}

/* --- Which bibliography ------------------------------------------------------------------- */

static const struct yaml_node *named_bibliography(const struct document *document) {
    const struct yaml_node *node = yaml_find(document->front_matter.root, "bibliography");
    return node && node->kind == YAML_SCALAR && node->text.size ? node : NULL;
}

static bool exists(const struct subject *subject, struct slice path) {
    return snapshot_find(subject->snapshot, path).kind == ENTRY_FILE;
}

/* As `bibliography:` in the front matter says, in one of the folders that themes use. */
static struct slice find_named(const struct subject *subject, struct slice name) {
    static const char *const folders[] = {"assets/bibliography/", "_bibliography/", "assets/bib/",
                                          ""};
    struct arena *arena = &subject->findings->arena;
    while (slice_starts_with(name, "/"))
        name = slice_part(name, 1, name.size);
    const char *ending = slice_ends_with(name, ".bib") ? "" : ".bib";
    for (size_t i = 0; i < COUNT_OF(folders); i++) {
        struct slice path =
            slice_of(arena_format(arena, "%s%.*s%s", folders[i], SLICE_ARGUMENTS(name), ending));
        if (exists(subject, path))
            return path;
    }
    return slice_of(arena_format(arena, "%s%.*s%s", folders[0], SLICE_ARGUMENTS(name), ending));
}

/* The place that the configuration gives to the bibliography of a note; empty when it gives none.
 */
static struct slice expected_path(const struct subject *subject, const struct note_kind *kind,
                                  const struct note_name *name) {
    for (size_t i = 0; i < kind->assets.count; i++) {
        struct buffer path = BUFFER_EMPTY;
        bool known = slice_ends_with(kind->assets.items[i], ".bib") &&
                     slice_find(kind->assets.items[i], "*", 0) == SLICE_NOT_FOUND &&
                     note_name_expand(&path, kind->assets.items[i], name);
        struct slice copy = arena_copy(&subject->findings->arena, buffer_slice(&path));
        buffer_release(&path);
        if (known && !memchr(copy.data, '\\', copy.size))
            return copy;
    }
    return slice_of("");
}

/* Whether other notes have theirs where this one's is expected. */
struct neighbours {
    struct slice lecture; /* what of the note's name tells its lecture */
    struct slice like;    /* a file that may be this note's under another name */
    const struct subject *subject;
    size_t count;
};

static struct slice behind_date(struct slice stem, bool has_date) {
    enum { DATE_SIZE = 11 };
    return slice_part(stem, has_date ? DATE_SIZE : 0, stem.size);
}

static bool is_of_a_note(const struct neighbours *neighbours, struct slice stem) {
    struct slice folder = slice_folder(neighbours->subject->path);
    const char *path =
        arena_format(&neighbours->subject->findings->arena, "%.*s%s%.*s.md",
                     SLICE_ARGUMENTS(folder), folder.size ? "/" : "", SLICE_ARGUMENTS(stem));
    return exists(neighbours->subject, slice_of(path));
}

static bool visit_neighbour(struct slice path, const struct entry *entry, void *context) {
    struct neighbours *neighbours = context;
    if (entry->kind != ENTRY_FILE || !slice_ends_with(path, ".bib"))
        return true;
    struct note_name name = note_name_read(path);
    bool of_a_note = is_of_a_note(neighbours, name.stem);
    neighbours->count += of_a_note;
    if (!of_a_note && slice_equal(behind_date(name.stem, name.has_date), neighbours->lecture))
        neighbours->like = arena_copy(&neighbours->subject->findings->arena, path);
    return true;
}

static struct neighbours look_around(const struct subject *subject, struct slice path) {
    struct neighbours neighbours = {.subject = subject};
    struct error error = ERROR_NONE;
    neighbours.lecture = behind_date(subject->name.stem, subject->name.has_date);
    snapshot_walk(subject->snapshot, slice_folder(path), visit_neighbour, &neighbours, &error);
    error_release(&error);
    return neighbours;
}

/* ------------------------------------------------------------------------------------------ */

/* A clause that names the key that may be meant, or "". */
static const char *nearest_key(const struct subject *subject,
                               const struct bibliography *bibliography, struct slice key) {
    enum { MOST = 1000 };
    const struct bibliography_entry *best = NULL;
    size_t best_distance = text_near_enough(key.size) + 1;
    for (size_t i = 0; i < bibliography->count && i < MOST && best_distance; i++) {
        const struct bibliography_entry *entry = &bibliography->entries[i];
        size_t apart = text_distance(key, entry->key, best_distance - 1);
        if (apart < best_distance) {
            best_distance = apart;
            best = entry;
        }
    }
    return best ? arena_format(&subject->findings->arena, "; \"%.*s\" may be meant",
                               SLICE_ARGUMENTS(best->key))
                : "";
}

static void report_unknown_keys(const struct rule *rule, const struct subject *subject,
                                const struct citation_list *list, struct place place,
                                const struct bibliography *bibliography) {
    for (size_t i = 0; i < list->count; i++) {
        const struct citation *citation = &list->items[i];
        if (!citation->key.size || bibliography_find(bibliography, citation->key))
            continue;
        if (bibliography->cut) {
            subject_undecided(subject, rule, "its bibliography is too long to be read to its end");
            return;
        }
        const char *nearest = nearest_key(subject, bibliography, citation->key);
        struct place filled[] = {place, {"other", slice_of(nearest)}};
        subject_report(subject, rule, citation->span, citation->key, filled, COUNT_OF(filled));
    }
}

static void report_keys(const struct rule *rule, const struct subject *subject,
                        const struct citation_list *list, struct slice path) {
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    struct bibliography bibliography;
    if (!list->count || !exists(subject, path))
        return;
    if (snapshot_read(subject->snapshot, path, LARGEST_BIBLIOGRAPHY, &content, &error) == OK) {
        bibliography_read(&bibliography, buffer_slice(&content));
        report_unknown_keys(rule, subject, list, (struct place){"bibliography", path},
                            &bibliography);
        bibliography_release(&bibliography);
    } else {
        subject_undecided(subject, rule, error_message(&error));
    }
    buffer_release(&content);
    error_release(&error);
}

struct layout_search {
    const struct snapshot *snapshot;
    size_t seen;
    bool found;
};

static bool visit_layout(struct slice path, const struct entry *entry, void *context) {
    enum { MOST = 200, LARGEST = 1024 * 1024 };
    struct layout_search *search = context;
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    if (entry->kind == ENTRY_FILE && slice_ends_with(path, ".html") &&
        snapshot_read(search->snapshot, path, LARGEST, &content, &error) == OK)
        search->found = slice_find(buffer_slice(&content), ".bib", 0) != SLICE_NOT_FOUND;
    search->seen++;
    buffer_release(&content);
    error_release(&error);
    return !search->found && search->seen < MOST;
}

/* Does a layout load one? Those of a theme elsewhere cannot be seen, and may. */
static bool pages_may_load_one(const struct snapshot *snapshot) {
    static const char *const folders[] = {"_layouts", "_includes"};
    struct layout_search search = {.snapshot = snapshot};
    struct error error = ERROR_NONE;
    for (size_t i = 0; i < COUNT_OF(folders) && !search.found; i++)
        snapshot_walk(snapshot, slice_of(folders[i]), visit_layout, &search, &error);
    error_release(&error);
    return search.found || !search.seen;
}

static const struct citation *first_with_key(const struct citation_list *list) {
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].key.size)
            return &list->items[i];
    return NULL;
}

/* `path` is where the bibliography must be, and is not. */
static void report_missing(const struct rule *rule, const struct subject *subject,
                           const struct citation_list *list, struct slice path) {
    enum { ENOUGH = 3 };
    const struct citation *first = first_with_key(list);
    bool named = named_bibliography(subject->document) != NULL;
    struct neighbours around = look_around(subject, path);
    if (!named && !around.like.size && around.count < (first ? 1 : ENOUGH))
        return;
    if (!first && !named && !around.like.size && !pages_may_load_one(subject->snapshot))
        return;
    const char *hint = around.like.size ? arena_format(&subject->findings->arena,
                                                       "; \"%.*s\" may be it: rename it",
                                                       SLICE_ARGUMENTS(around.like))
                                        : "";
    const char *count = arena_format(&subject->findings->arena, "%zu", around.count);
    struct place filled[] = {
        {"bibliography", path}, {"other", slice_of(hint)}, {"count", slice_of(count)}};
    subject_report(subject, rule, first ? first->span : NO_PLACE, first ? first->key : slice_of(""),
                   filled, COUNT_OF(filled));
}

static void report_without_key(const struct rule *rule, const struct subject *subject,
                               const struct citation_list *list) {
    for (size_t i = 0; i < list->count; i++)
        if (!list->items[i].key.size)
            subject_report(subject, rule, list->items[i].span,
                           document_text(subject->document, list->items[i].span), NULL, 0);
}

/* Where the bibliography of the note is, or must be; empty: nothing tells. */
static struct slice path_of_bibliography(const struct subject *subject) {
    const struct yaml_node *named = named_bibliography(subject->document);
    if (named)
        return find_named(subject, named->text);
    return subject->note ? expected_path(subject, subject->note, &subject->name) : slice_of("");
}

/* Of most notes a rule wants to know nothing: then no file is looked up. */
static bool asks_for_path(const struct citation_list *list, enum problem problem) {
    if (problem == PROBLEM_KEY_MISSING)
        return list->count > 0;
    return (first_with_key(list) != NULL) == (problem == PROBLEM_MISSING);
}

static void look_at_note(const struct rule *rule, const struct subject *subject,
                         enum problem problem) {
    struct citation_list list;
    read_citations(&list, subject->document);
    keep_keys(subject, &list);
    if (problem == PROBLEM_NO_KEY) {
        report_without_key(rule, subject, &list);
    } else if (asks_for_path(&list, problem)) {
        struct slice path = path_of_bibliography(subject);
        if (path.size && problem == PROBLEM_KEY_MISSING)
            report_keys(rule, subject, &list, path);
        else if (path.size && !exists(subject, path))
            report_missing(rule, subject, &list, path);
    }
    free(list.items);
}

/* --- The bibliography --------------------------------------------------------------------- */

static void report_faults(const struct rule *rule, const struct subject *subject,
                          const struct bibliography *bibliography) {
    for (size_t i = 0; i < bibliography->fault_count; i++) {
        const struct bibliography_fault *fault = &bibliography->faults[i];
        struct place place = {"reason", slice_of(fault->reason)};
        subject_report(subject, rule, fault->span,
                       slice_trim(document_text(subject->document, fault->span)), &place, 1);
    }
}

static void report_twice(const struct rule *rule, const struct subject *subject,
                         const struct bibliography *bibliography) {
    enum { MOST = 3000 };
    for (size_t i = 0; i < bibliography->count && i < MOST; i++) {
        const struct bibliography_entry *entry = &bibliography->entries[i];
        const struct bibliography_entry *first = bibliography_find(bibliography, entry->key);
        if (first == entry)
            continue;
        const char *line =
            arena_format(&subject->findings->arena, "%zu",
                         source_line(&subject->document->source, first->key_span.start));
        struct place place = {"other", slice_of(line)};
        subject_report(subject, rule, entry->key_span, entry->key, &place, 1);
    }
}

struct note_search {
    const struct subject *subject;
    struct slice note; /* whose bibliography the file is; empty: none */
};

static bool visit_note(struct slice path, const struct entry *entry, void *context) {
    struct note_search *search = context;
    const struct review *review = search->subject->review;
    const struct note_kind *kind = review_note_kind(review, path);
    if (entry->kind != ENTRY_FILE || !kind || !path_is_markdown(path))
        return true;
    struct note_name name = note_name_read(path);
    if (slice_equal(expected_path(search->subject, kind, &name), search->subject->path))
        search->note = arena_copy(&search->subject->findings->arena, path);
    return !search->note.size;
}

static struct slice find_note(const struct subject *subject) {
    struct note_search search = {.subject = subject};
    struct error error = ERROR_NONE;
    const struct config *config = subject->review->config;
    for (size_t i = 0; i < config->note_count && !search.note.size; i++)
        for (size_t k = 0; k < config->notes[i].files.count && !search.note.size; k++)
            snapshot_walk(subject->snapshot, config->notes[i].folders[k], visit_note, &search,
                          &error);
    error_release(&error);
    return search.note;
}

static bool is_cited(const struct cited_keys *keys, struct slice key) {
    for (size_t i = 0; i < keys->count; i++)
        if (slice_equal(keys->items[i], key))
            return true;
    return false;
}

/* One finding for all of them: they stand or fall together. */
static void report_uncited(const struct rule *rule, const struct subject *subject,
                           const struct bibliography *bibliography, struct slice note,
                           const struct cited_keys *keys) {
    const struct bibliography_entry *first = NULL;
    size_t count = 0;
    for (size_t i = 0; i < bibliography->count; i++) {
        if (is_cited(keys, bibliography->entries[i].key))
            continue;
        first = first ? first : &bibliography->entries[i];
        count++;
    }
    const char *number =
        arena_format(&subject->findings->arena, "%zu of %zu", count, bibliography->count);
    struct place filled[] = {{"count", slice_of(number)}, {"note", note}};
    if (first)
        subject_report(subject, rule, first->key_span, first->key, filled, COUNT_OF(filled));
}

static void read_note_and_report(const struct rule *rule, const struct subject *subject,
                                 const struct bibliography *bibliography, struct slice note) {
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    const struct document_options options = review_document_options(subject->review, subject->site);
    if (snapshot_read(subject->snapshot, note, DOCUMENT_MAX_SIZE, &content, &error) == OK) {
        struct document *document = document_read(note, buffer_slice(&content), &options);
        struct citation_list list = {0};
        if (document->kinds) {
            read_citations(&list, document);
            struct cited_keys keys = keys_of(&list);
            report_uncited(rule, subject, bibliography, note, &keys);
            free(keys.items);
        }
        free(list.items);
        document_free(document);
    }
    buffer_release(&content);
    error_release(&error);
}

static void report_never_cited(const struct rule *rule, const struct subject *subject,
                               const struct bibliography *bibliography) {
    bool whole = !bibliography->fault_count && !bibliography->cut;
    struct slice path = whole && bibliography->count ? find_note(subject) : slice_of("");
    const struct course_note *note = path.size ? kept_note(subject, path) : NULL;
    const struct cited_keys *keys =
        note ? note_store_find_keys(subject->review->note_store, note) : NULL;
    if (keys)
        report_uncited(rule, subject, bibliography, path, keys);
    else if (path.size)
        read_note_and_report(rule, subject, bibliography, path);
}

static void look_at_bibliography(const struct rule *rule, const struct subject *subject,
                                 enum problem problem) {
    struct bibliography bibliography;
    if (subject->document->kind != DOCUMENT_TEXT || subject->document->undecided)
        return;
    bibliography_read(&bibliography, subject->document->source.bytes);
    if (problem == PROBLEM_MALFORMED)
        report_faults(rule, subject, &bibliography);
    else if (problem == PROBLEM_TWICE)
        report_twice(rule, subject, &bibliography);
    else
        report_never_cited(rule, subject, &bibliography);
    bibliography_release(&bibliography);
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct citation_parameters *own = rule->parameters;
    bool of_note = own->finds < PROBLEM_MALFORMED;
    if (!of_note)
        look_at_bibliography(rule, subject, (enum problem)own->finds);
    else if (subject->document->kinds && !subject->document->undecided)
        look_at_note(rule, subject, (enum problem)own->finds);
}

const struct check check_citations = {.name = "citations",
                                      .parameters = parameters,
                                      .parameters_size = sizeof(struct citation_parameters),
                                      .places = places,
                                      .needs_document = true,
                                      .run = run};
