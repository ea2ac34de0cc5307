/* Which files are notes: by their names and folders, and by what the schedule links. */
#include "base/memory.h"
#include "config/name_form.h"
#include "course/layout_parts.h"
#include "course/lecture_claim.h"
#include "course/name_forms.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* How much speaks for a folder's files being notes. */
enum { RANK_NONE, RANK_WEAK, RANK_NOTE_WORD, RANK_LINKED, RANK_SCRIBE_WORD };

/* Files of one ending in one folder. */
struct group {
    struct layout *layout;
    struct slice folder, ending;
    struct slice *members, *others; /* others: those that are no note by their name */
    size_t count, capacity, other_count, other_capacity;
    size_t named, linked, slides, scribe_words, note_words;
};

struct groups {
    struct layout *layout;
    struct group *items;
    size_t count, capacity;
};

/* --- Words in paths ------------------------------------------------------------------------------
 */

static bool is_word_byte(struct slice text, size_t at) {
    return at < text.size && isalpha((unsigned char)text.data[at]);
}

/* `word` with no letter on either side, an "s" aside. */
static bool has_whole_word(struct slice text, const char *word) {
    size_t size = strlen(word);
    for (size_t at = 0; at + size <= text.size; at++) {
        if (strncasecmp(text.data + at, word, size) || (at && is_word_byte(text, at - 1)))
            continue;
        size_t end = at + size;
        end += end < text.size && tolower((unsigned char)text.data[end]) == 's';
        if (!is_word_byte(text, end))
            return true;
    }
    return false;
}

static bool is_other_work(struct slice folder) {
    static const char *const words[] = {
        "slide",    "deck",    "homework",  "hw",         "pset",        "assignment", "exam",
        "quiz",     "reading", "paper",     "recitation", "discussion",  "lab",        "project",
        "solution", "img",     "image",     "figure",     "fig",         "photo",      "module",
        "layout",   "include", "sass",      "site",       "data",        "vendor",     "bundle",
        "problem",  "handout", "worksheet", "code",       "announcement"};
    if (slice_starts_with(folder, ".") || slice_find(folder, "node_modules", 0) != SLICE_NOT_FOUND)
        return true;
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (has_whole_word(folder, words[i]))
            return !has_whole_word(folder, "scribe");
    return false;
}

/* A folder for each lecture, as group_folder() writes it. */
static bool is_for_each(struct slice folder) {
    return slice_equal_string(folder, "*") || slice_ends_with(folder, "/*");
}

/* The path's folder, with "*" for a last part that names one lecture. */
static struct slice group_folder(struct layout *layout, struct slice path) {
    struct slice folder = slice_folder(path);
    if (!folder.size || !claim_of_folder(path).text.size)
        return folder;
    struct slice parent = slice_folder(folder);
    struct slice last = slice_file_name(folder);
    if (!claim_of_name(last).text.size)
        return folder;
    return parent.size ? slice_of(arena_format(&layout->arena, "%.*s/*", SLICE_ARGUMENTS(parent)))
                       : slice_of("*");
}

/* --- Links ---------------------------------------------------------------------------------------
 */

/* How the schedule links the file: as notes, as slides, or not. */
static enum link_role role_of(const struct layout *layout, struct slice path) {
    const struct schedule *schedule = layout->schedule;
    for (size_t i = 0; i < schedule->lecture_count; i++)
        for (size_t k = 0; k < schedule->lectures[i].link_count; k++) {
            const struct lecture_link *link = &schedule->lectures[i].links[k];
            if (!link->placeholder && slice_equal(link->path, path) && link->role != LINK_OTHER)
                return link->role;
        }
    return LINK_OTHER;
}

/* --- Groups --------------------------------------------------------------------------------------
 */

static struct group *find_group(struct groups *groups, struct slice folder, struct slice ending) {
    for (size_t i = 0; i < groups->count; i++)
        if (slice_equal(groups->items[i].folder, folder) &&
            slice_equal(groups->items[i].ending, ending))
            return &groups->items[i];
    ARRAY_PUSH(groups->items, groups->count, groups->capacity) =
        (struct group){.layout = groups->layout, .folder = folder, .ending = ending};
    return &groups->items[groups->count - 1];
}

/* A post has a date whatever it is about, and so may have a file of most collections. */
static bool names_lecture(struct slice folder, struct slice path, bool *word) {
    struct slice name = slice_file_name(path);
    struct lecture_claim claim = claim_of_name(path);
    *word = has_whole_word(name, "scribe") || has_whole_word(name, "lecture") ||
            has_whole_word(name, "lec") || has_whole_word(name, "note");
    if (claim.number || (is_for_each(folder) && claim_of_folder(path).text.size))
        return true;
    bool for_lectures = !slice_starts_with(folder, "_") || has_whole_word(folder, "note") ||
                        has_whole_word(folder, "scribe") || has_whole_word(folder, "lecture");
    return claim.day.month && (*word || for_lectures);
}

static void add_file(struct groups *groups, struct slice path) {
    struct layout *layout = groups->layout;
    struct slice ending = path_ending(path), folder = slice_folder(path);
    bool pdf = slice_equal_ignoring_case(ending, slice_of("pdf"));
    if ((!pdf && !path_is_markdown(path)) || is_other_work(folder) ||
        schedule_has_file(layout->schedule, path) || path_names_template(path))
        return;
    folder = group_folder(layout, path);
    bool word, per_lecture = is_for_each(folder);
    bool named = names_lecture(folder, path, &word);
    struct group *group = find_group(groups, folder, ending);
    enum link_role role = role_of(layout, path);
    group->slides += role == LINK_SLIDES;
    if ((path_names_page(path) && !per_lecture) || role == LINK_SLIDES) {
        ARRAY_PUSH(group->others, group->other_count, group->other_capacity) = path;
        return;
    }
    group->named += named;
    group->linked += role == LINK_NOTES;
    group->scribe_words += has_whole_word(slice_file_name(path), "scribe");
    group->note_words += has_whole_word(slice_file_name(path), "note");
    if (named || role == LINK_NOTES || (word && has_whole_word(slice_file_name(path), "scribe")))
        ARRAY_PUSH(group->members, group->count, group->capacity) = path;
    else
        ARRAY_PUSH(group->others, group->other_count, group->other_capacity) = path;
}

/* Beside slides, which are called after lectures too, a number alone makes no note. */
static void drop_slides(struct group *group) {
    size_t kept = 0;
    for (size_t i = 0; i < group->count && group->slides; i++) {
        struct slice path = group->members[i], name = slice_file_name(path);
        if (role_of(group->layout, path) == LINK_NOTES || has_whole_word(name, "scribe") ||
            has_whole_word(name, "note"))
            group->members[kept++] = path;
        else
            ARRAY_PUSH(group->others, group->other_count, group->other_capacity) = path;
    }
    group->count = group->slides ? kept : group->count;
}

static size_t rank_of(const struct group *group) {
    bool posts = slice_equal_string(slice_file_name(group->folder), "_posts");
    bool most = group->count > group->other_count;
    if (!group->count)
        return RANK_NONE;
    if (has_whole_word(group->folder, "scribe") || group->scribe_words * 2 > group->count)
        return RANK_SCRIBE_WORD;
    if (group->linked)
        return RANK_LINKED;
    if (posts && group->named)
        return RANK_LINKED;
    if (has_whole_word(group->folder, "note") || group->note_words * 2 > group->count)
        return RANK_NOTE_WORD;
    bool lectures = has_whole_word(group->folder, "lecture") && group->named >= 2;
    return lectures && most && !slice_equal_ignoring_case(group->ending, slice_of("pdf"))
               ? RANK_WEAK
               : RANK_NONE;
}

/* --- The glob and the form -----------------------------------------------------------------------
 */

static void append_folder(struct buffer *glob, struct slice folder) {
    if (is_for_each(folder)) {
        glob_append_quoted(glob, slice_part(folder, 0, folder.size - 1));
        buffer_append_string(glob, "*/");
    } else if (folder.size) {
        glob_append_quoted(glob, folder);
        buffer_append_byte(glob, '/');
    }
}

/*
 * READMEs and slides must not match; a stray file may where four times as many do, and in a folder
 * that is there for notes.
 */
static bool suits(const struct group *group, const struct pattern *glob) {
    bool own_folder =
        has_whole_word(group->folder, "scribe") || has_whole_word(group->folder, "note");
    size_t strays = 0;
    for (size_t i = 0; i < group->count; i++)
        if (!pattern_matches(glob, group->members[i]))
            return false;
    for (size_t i = 0; i < group->other_count; i++)
        if (pattern_matches(glob, group->others[i])) {
            if (path_names_page(group->others[i]) ||
                role_of(group->layout, group->others[i]) == LINK_SLIDES)
                return false;
            strays++;
        }
    return own_folder || strays * 4 <= group->count;
}

static bool fits(const struct group *group, struct slice text) {
    struct pattern *glob = NULL;
    struct error error = ERROR_NONE;
    bool fit = pattern_compile_glob(&glob, text, &error) == OK && suits(group, glob);
    pattern_free(glob);
    error_release(&error);
    return fit;
}

static bool try_glob(struct buffer *glob, const struct group *group, const char *middle) {
    buffer_clear(glob);
    append_folder(glob, group->folder);
    buffer_append_string(glob, middle);
    buffer_append_byte(glob, '.');
    glob_append_quoted(glob, group->ending);
    return fits(group, buffer_slice(glob));
}

/* As wide as can be, so that a note with a wrong name is still one. */
static void find_glob(struct buffer *glob, const struct group *group) {
    static const char *const middles[] = {"*",         "*scribe*",  "*Scribe*",
                                          "*lecture*", "*Lecture*", "*notes*",
                                          "*Notes*",   "*lec*",     "*[0-9]*"};
    bool posts = slice_equal_string(slice_file_name(group->folder), "_posts") ||
                 !group->folder.size; /* other things come to stand there */
    for (size_t i = posts; i < COUNT_OF(middles); i++)
        if (try_glob(glob, group, middles[i]))
            return;
    try_glob(glob, group, posts ? "*[0-9]*" : "*");
}

static const struct told_name *find_told(const struct layout *layout, struct slice folder,
                                         struct slice ending) {
    for (size_t i = 0; i < layout->told.note_count; i++) {
        const struct told_name *told = &layout->told.notes[i];
        if ((!told->folder.size || slice_equal(told->folder, folder)) &&
            slice_equal_ignoring_case(path_ending(told->form), ending))
            return told;
    }
    return NULL;
}

static size_t count_with_form(const struct note_layout *notes, struct slice form) {
    struct name_values values;
    size_t count = 0;
    for (size_t i = 0; i < notes->count; i++)
        count += name_form_read(form, slice_file_name(notes->members[i]), &values);
    return count;
}

/* Days of two digits alone leave open whether 7 would be 07; beside a month of two they do not. */
static void pad_days(struct buffer *form, const struct note_layout *notes) {
    size_t day = slice_find(buffer_slice(form), "{d}", 0);
    if (day == SLICE_NOT_FOUND || slice_find(buffer_slice(form), "{mm}", 0) == SLICE_NOT_FOUND)
        return;
    struct buffer padded = BUFFER_EMPTY;
    buffer_append_slice(&padded, slice_part(buffer_slice(form), 0, day));
    buffer_append_string(&padded, "{dd}");
    buffer_append_slice(&padded, slice_part(buffer_slice(form), day + 3, form->size));
    if (count_with_form(notes, buffer_slice(&padded)) >=
        count_with_form(notes, buffer_slice(form))) {
        buffer_release(form);
        *form = padded;
    } else {
        buffer_release(&padded);
    }
}

/* A number alone ("05.md", "12_scribe.pdf") names the lecture where most of the names have one. */
static bool append_numbered_form(struct buffer *best, const struct note_layout *notes) {
    enum { TRIED = 16 };
    size_t most = 1;
    for (size_t i = 0; i < 2 * notes->count && i < 2 * TRIED; i++) {
        struct slice name = slice_file_name(notes->members[i / 2]);
        struct lecture_claim claim = claim_of_name(name);
        struct span span = claim.number_span;
        struct buffer form = BUFFER_EMPTY;
        while (span.start < span.end && !isdigit((unsigned char)name.data[span.start]))
            span.start++;
        buffer_append_slice(&form, slice_part(name, 0, span.start));
        buffer_append_string(&form, i % 2 ? "{nn}" : "{n}");
        buffer_append_slice(&form, slice_part(name, span.end, name.size));
        size_t count = claim.number ? count_with_form(notes, buffer_slice(&form)) : 0;
        if (count > most) {
            most = count;
            buffer_clear(best);
            buffer_append_slice(best, buffer_slice(&form));
        }
        buffer_release(&form);
    }
    return most > 1 && most * 2 > notes->count;
}

static void propose_name(struct layout *layout, struct note_layout *notes) {
    struct buffer form = BUFFER_EMPTY;
    struct slice *names = memory_allocate(notes->count + 1, sizeof *names);
    const struct told_name *told = find_told(layout, notes->folder, notes->ending);
    for (size_t i = 0; i < notes->count; i++)
        names[i] = slice_file_name(notes->members[i]);
    bool found =
        name_form_of_most(&form, names, notes->count) || append_numbered_form(&form, notes);
    pad_days(&form, notes);
    bool told_holds = told && count_with_form(notes, told->form) * 2 >= notes->count;
    if (told && !notes->count)
        notes->name = propose(layout, told->form, "%.*s:%zu tells \"%.*s\"",
                              SLICE_ARGUMENTS(told->page), told->line, SLICE_ARGUMENTS(told->text));
    else if (told && told_holds &&
             (!found ||
              count_with_form(notes, told->form) >= count_with_form(notes, buffer_slice(&form))))
        notes->name = propose(layout, told->form, "%.*s:%zu tells \"%.*s\"; %zu of %zu notes",
                              SLICE_ARGUMENTS(told->page), told->line, SLICE_ARGUMENTS(told->text),
                              count_with_form(notes, told->form), notes->count);
    else if (found)
        notes->name = propose(layout, buffer_slice(&form), "%zu of %zu notes",
                              count_with_form(notes, buffer_slice(&form)), notes->count);
    else if (notes->count == 1 && !form.size && told_name_append_form(&form, names[0])) {
        notes->name =
            propose(layout, buffer_slice(&form), "the only note: %.*s", SLICE_ARGUMENTS(names[0]));
        notes->name.guess = true;
    }
    free(names);
    buffer_release(&form);
}

static void add_notes(struct layout *layout, struct group *group, size_t rank) {
    struct buffer glob = BUFFER_EMPTY;
    struct note_layout notes = {.folder = group->folder, .ending = group->ending, .rank = rank};
    find_glob(&glob, group);
    for (size_t i = 0; i < group->count; i++)
        ARRAY_PUSH(notes.members, notes.count, notes.capacity) = group->members[i];
    for (size_t i = 0; i < group->other_count; i++)
        if (glob_matches(buffer_slice(&glob), group->others[i]))
            ARRAY_PUSH(notes.members, notes.count, notes.capacity) = group->others[i];
    const char *are = notes.count == 1 ? "is" : "are";
    if (group->linked)
        notes.files = propose(layout, buffer_slice(&glob), "%zu %s there; the schedule links %zu",
                              notes.count, are, group->linked);
    else
        notes.files = propose(layout, buffer_slice(&glob), "%zu %s there", notes.count, are);
    ARRAY_PUSH(layout->notes, layout->note_count, layout->note_capacity) = notes;
    buffer_release(&glob);
}

static int order_notes(const void *left, const void *right) {
    const struct note_layout *a = left, *b = right;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return slice_compare(a->files.value, b->files.value);
}

void layout_find_notes(struct layout *layout) {
    struct groups groups = {.layout = layout};
    size_t best = RANK_NONE;
    for (size_t i = 0; i < layout->path_count; i++)
        add_file(&groups, layout->paths[i]);
    for (size_t i = 0; i < groups.count; i++) {
        drop_slides(&groups.items[i]);
        size_t rank = rank_of(&groups.items[i]);
        best = rank > best ? rank : best;
    }
    for (size_t i = 0; i < groups.count; i++) {
        size_t rank = rank_of(&groups.items[i]);
        if (rank && (rank == best || rank >= RANK_LINKED))
            add_notes(layout, &groups.items[i], rank);
        free(groups.items[i].members);
        free(groups.items[i].others);
    }
    free(groups.items);
    if (layout->note_count)
        qsort(layout->notes, layout->note_count, sizeof *layout->notes, order_notes);
}

/* --- Before there are notes
 * ------------------------------------------------------------------------ */

static bool folder_is_there(const struct layout *layout, struct slice folder) {
    for (size_t i = 0; i < layout->path_count; i++)
        if (layout->paths[i].size > folder.size && layout->paths[i].data[folder.size] == '/' &&
            slice_equal(slice_part(layout->paths[i], 0, folder.size), folder))
            return true;
    return false;
}

static void add_told_kind(struct layout *layout, const struct told_name *told) {
    struct slice ending = path_ending(told->form);
    bool posts = slice_equal_string(told->folder, "_posts");
    bool page = folder_is_there(layout, told->folder) && !slice_equal_string(ending, "pdf");
    const char *middle = posts || page ? "*[0-9]*" : "*";
    struct buffer glob = BUFFER_EMPTY;
    if (posts && slice_find(told->form, "lecture", 0) != SLICE_NOT_FOUND)
        middle = "*lecture*";
    append_folder(&glob, told->folder);
    buffer_append_string(&glob, middle);
    buffer_append_byte(&glob, '.');
    glob_append_quoted(&glob, ending);
    struct note_layout notes = {.folder = told->folder, .ending = ending};
    notes.files =
        propose(layout, buffer_slice(&glob), "no note is there yet; %.*s:%zu tells \"%.*s\"",
                SLICE_ARGUMENTS(told->page), told->line, SLICE_ARGUMENTS(told->text));
    ARRAY_PUSH(layout->notes, layout->note_count, layout->note_capacity) = notes;
    buffer_release(&glob);
}

/* A folder for notes that has only a README, or a template. */
static void guess_kind(struct layout *layout) {
    for (size_t i = 0; i < layout->path_count; i++) {
        struct slice path = layout->paths[i], folder = slice_folder(path);
        bool posts = slice_equal_string(slice_file_name(folder), "_posts");
        bool template_post =
            path_is_markdown(path) && path_names_template(path) &&
            (posts || has_whole_word(folder, "note") || has_whole_word(folder, "scribe"));
        bool readme = path_names_page(path) && has_whole_word(folder, "scribe");
        if (!template_post && !readme)
            continue;
        const char *name = posts ? "*lecture*.md" : template_post ? "*[0-9]*.md" : "*.pdf";
        struct buffer glob = BUFFER_EMPTY;
        append_folder(&glob, folder);
        buffer_append_string(&glob, name);
        struct note_layout notes = {.folder = folder,
                                    .ending = slice_of(template_post ? "md" : "pdf")};
        notes.files = propose(layout, buffer_slice(&glob), "no note is there yet, but %.*s",
                              SLICE_ARGUMENTS(path));
        notes.files.guess = true;
        ARRAY_PUSH(layout->notes, layout->note_count, layout->note_capacity) = notes;
        buffer_release(&glob);
        return;
    }
}

void layout_take_told_notes(struct layout *layout) {
    for (size_t i = 0; i < layout->told.note_count && !layout->note_count; i++)
        if (layout->told.notes[i].folder.size)
            add_told_kind(layout, &layout->told.notes[i]);
    if (!layout->note_count)
        guess_kind(layout);
    for (size_t i = 0; i < layout->note_count; i++)
        propose_name(layout, &layout->notes[i]);
}
