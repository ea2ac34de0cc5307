#include "course/note_place.h"

#include "base/memory.h"
#include "config/name_form.h"
#include "course/name_forms.h"
#include "course/note_name.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* "Trees, and Graphs" as "trees-and-graphs": for {text} in a form. */
static void append_slug(struct buffer *slug, struct slice title) {
    enum { LONGEST = 60 };
    bool gap = false;
    for (size_t i = 0; i < title.size && slug->size < LONGEST; i++) {
        unsigned char byte = (unsigned char)title.data[i];
        if (byte < 0x80 && isalnum(byte)) {
            if (gap && slug->size)
                buffer_append_byte(slug, '-');
            buffer_append_byte(slug, (char)tolower(byte));
        }
        gap = byte >= 0x80 || !isalnum(byte);
    }
}

/* Writes a form that may have folders in it, part by part. */
static bool write_form(struct buffer *path, struct slice form, const struct lecture *lecture) {
    struct buffer slug = BUFFER_EMPTY, written = BUFFER_EMPTY;
    append_slug(&slug, lecture->title);
    struct name_values values = {lecture->day.year, lecture->day.month, lecture->day.day,
                                 lecture->number, buffer_slice(&slug)};
    bool good = true;
    for (size_t start = 0; good && start < form.size;) {
        size_t end = slice_find(form, "/", start);
        end = end == SLICE_NOT_FOUND ? form.size : end;
        good = name_form_write(&written, slice_part(form, start, end), &values);
        if (end < form.size)
            buffer_append_byte(&written, '/');
        start = end + 1;
    }
    if (good)
        buffer_append_slice(path, buffer_slice(&written));
    buffer_release(&slug);
    buffer_release(&written);
    return good;
}

bool note_path_is_safe(struct slice path) {
    size_t start = 0;
    for (size_t i = 0; i < path.size; i++)
        if ((unsigned char)path.data[i] < 0x20 || path.data[i] == '\\' || path.data[i] == 0x7f)
            return false;
    while (start <= path.size) {
        size_t end = slice_find(path, "/", start);
        end = end == SLICE_NOT_FOUND ? path.size : end;
        struct slice part = slice_part(path, start, end);
        if (!part.size || slice_equal_string(part, ".") || slice_equal_string(part, "..") ||
            slice_equal_ignoring_case(slice_part(part, 0, 4), slice_of(".git")) ||
            slice_equal_ignoring_case(slice_part(part, 0, 4), slice_of("git~")))
            return false;
        start = end + 1;
    }
    return true;
}

/* --- The folder --------------------------------------------------------------------------------
 */

static size_t count_folder(const struct note_place *place, struct slice folder) {
    size_t count = 0;
    for (size_t i = 0; i < place->other_count; i++)
        count += slice_equal(slice_folder(place->others[i]), folder);
    return count;
}

/* A folder for each lecture: `notes/lecture-04/`. False when they have none. */
static bool append_own_folder(struct buffer *folder, const struct note_place *place) {
    struct buffer form = BUFFER_EMPTY, name = BUFFER_EMPTY;
    struct slice *names = memory_allocate(place->other_count + 1, sizeof(*names));
    for (size_t i = 0; i < place->other_count; i++)
        names[i] = slice_file_name(slice_folder(place->others[i]));
    bool found = name_form_of_most(&form, names, place->other_count) &&
                 write_form(&name, buffer_slice(&form), &place->lecture);
    if (found) {
        struct slice last = place->others[place->other_count - 1];
        struct slice parent = slice_folder(slice_folder(last));
        buffer_append_slice(folder, parent);
        buffer_append_string(folder, parent.size ? "/" : "");
        buffer_append_slice(folder, buffer_slice(&name));
    }
    free(names);
    buffer_release(&form);
    buffer_release(&name);
    return found;
}

/* The folder in which most of the other notes are; the last of several. */
static struct slice usual_folder(const struct note_place *place) {
    struct slice best = slice_folder(place->others[0]);
    for (size_t i = 1; i < place->other_count; i++) {
        struct slice folder = slice_folder(place->others[i]);
        if (count_folder(place, folder) >= count_folder(place, best))
            best = folder;
    }
    return best;
}

/* --- The name ----------------------------------------------------------------------------------
 */

/* Names by which courses call notes, to be tried where nothing says more. */
static const char *const usual_forms[] = {"{yyyy}-{mm}-{dd}-lecture-{nn}.md",
                                          "{yyyy}-{mm}-{dd}-lecture-{nn}.markdown",
                                          "{yyyy}-{mm}-{dd}-lecture.md",
                                          "lecture-{nn}.md",
                                          "lecture-{n}.md",
                                          "lecture{nn}.md",
                                          "lecture-{nn}.markdown",
                                          "lec{nn}.md",
                                          "{nn}.md",
                                          "{yyyy}-{mm}-{dd}.md",
                                          "lecture-{nn}/index.md",
                                          "lecture-{nn}/README.md",
                                          "lecture-{nn}/notes.md",
                                          "{mon}{d}_scribe.pdf",
                                          "lecture-{nn}.pdf",
                                          "{yyyy}-{mm}-{dd}.pdf"};

static bool is_taken(const struct note_place *place, struct slice path) {
    return note_path_is_safe(path) && config_note_kind(place->config, path) == place->kind;
}

static void join(struct buffer *path, struct slice folder) {
    buffer_clear(path);
    buffer_append_slice(path, folder);
    if (folder.size)
        buffer_append_byte(path, '/');
}

/* Below a folder that is called otherwise, posts need no date; in `_posts` they do. */
static bool try_usual_forms(struct buffer *path, const struct note_place *place,
                            struct slice folder) {
    bool posts = slice_equal_string(slice_file_name(folder), "_posts");
    for (size_t round = 0; round < 2; round++) {
        for (size_t i = 0; i < COUNT_OF(usual_forms); i++) {
            struct slice form = slice_of(usual_forms[i]);
            bool dated = slice_starts_with(form, "{yyyy}-{mm}-{dd}-");
            if (dated == (posts ? round == 0 : round == 1)) {
                join(path, folder);
                if (write_form(path, form, &place->lecture) && is_taken(place, buffer_slice(path)))
                    return true;
            }
        }
    }
    return false;
}

/* Appends the form that the names have, or the name when all have the same. */
static bool form_of_others(struct buffer *form, const struct note_place *place) {
    struct slice *names = memory_allocate(place->other_count + 1, sizeof(*names));
    bool same = place->other_count > 1;
    for (size_t i = 0; i < place->other_count; i++) {
        names[i] = slice_file_name(place->others[i]);
        same = same && slice_equal(names[i], names[0]);
    }
    bool found = name_form_of_most(form, names, place->other_count);
    if (!found && place->other_count == 1)
        found = name_form_infer(form, names[0], true);
    if (!found && same) {
        buffer_append_slice(form, names[0]);
        found = true;
    }
    free(names);
    return found;
}

static int say_missing(const struct note_place *place, struct slice form, struct error *error) {
    const struct lecture *lecture = &place->lecture;
    const char *remedy = lecture->day.month && lecture->day.year ? "give its number, with --number"
                         : lecture->file ? "put its day, with the year, into the schedule"
                                         : "give its day, with the year";
    return error_set(error, STATUS_USAGE,
                     "names of the form \"%.*s\" say more than is known of this lecture; %s",
                     SLICE_ARGUMENTS(form), remedy);
}

/* In the folder of the others, or in the first of the configuration that takes the name. */
static bool place_name(struct buffer *path, const struct note_place *place, struct slice name,
                       struct slice folder, bool folder_known) {
    join(path, folder);
    buffer_append_slice(path, name);
    if (folder_known || is_taken(place, buffer_slice(path)))
        return is_taken(place, buffer_slice(path));
    for (size_t i = 0; i < place->kind->files.count; i++) {
        join(path, place->kind->folders[i]);
        buffer_append_slice(path, name);
        if (is_taken(place, buffer_slice(path)))
            return true;
    }
    return false;
}

static int find_by_form(struct buffer *path, const struct note_place *place, struct slice form,
                        struct slice folder, struct error *error) {
    struct buffer name = BUFFER_EMPTY;
    int status = OK;
    if (!write_form(&name, form, &place->lecture))
        status = say_missing(place, form, error);
    else if (!place_name(path, place, buffer_slice(&name), folder, place->other_count > 0))
        status = error_set(error, STATUS_USAGE,
                           "the note would be \"%s\", which is not among the files that the "
                           "configuration takes for notes",
                           buffer_string(path));
    buffer_release(&name);
    return status;
}

static int find_unsaid(struct buffer *path, const struct note_place *place, struct slice folder,
                       struct error *error) {
    bool found = try_usual_forms(path, place, folder);
    for (size_t i = 0; !found && i < place->kind->files.count; i++)
        found = try_usual_forms(path, place, place->kind->folders[i]);
    return found ? OK
                 : error_set(error, STATUS_USAGE,
                             "what notes are called here is not known; say it with \"name\" under "
                             "\"notes\" in " CONFIG_FILE_NAME ", or give %s",
                             place->lecture.number ? "the day of the lecture"
                                                   : "the number, with --number");
}

int note_place_find(struct note_place *place, struct arena *arena, struct error *error) {
    struct buffer folder = BUFFER_EMPTY, form = BUFFER_EMPTY, path = BUFFER_EMPTY;
    if (!place->other_count)
        buffer_append_slice(&folder,
                            place->kind->files.count ? place->kind->folders[0] : slice_of(""));
    else if (!append_own_folder(&folder, place))
        buffer_append_slice(&folder, usual_folder(place));
    bool said = place->kind->name_form.size > 0;
    if (said)
        buffer_append_slice(&form, place->kind->name_form);
    int status = said || form_of_others(&form, place)
                     ? find_by_form(&path, place, buffer_slice(&form), buffer_slice(&folder), error)
                     : find_unsaid(&path, place, buffer_slice(&folder), error);
    if (status == OK)
        place->path = arena_copy(arena, buffer_slice(&path));
    buffer_release(&folder);
    buffer_release(&form);
    buffer_release(&path);
    return status;
}

/* --- What else is the note's -------------------------------------------------------------------
 */

/* The path that an expanded glob stands for; false when it stands for several. */
static bool append_literal(struct buffer *path, struct slice glob) {
    for (size_t i = 0; i < glob.size; i++) {
        if (glob.data[i] == '\\' && i + 1 < glob.size)
            i++;
        else if (strchr("*?[]{}", glob.data[i]))
            return false;
        buffer_append_byte(path, glob.data[i]);
    }
    return true;
}

/* The name says how it is written; the lecture what the name leaves out. */
static struct note_name name_of(const struct note_place *place) {
    struct note_name name = note_name_read(place->path);
    if (!name.has_number && place->lecture.number > 0) {
        name.has_number = true;
        name.number = (unsigned)place->lecture.number;
    }
    if (!name.has_date && place->lecture.day.month && place->lecture.day.year) {
        name.has_date = true;
        name.year = (unsigned)place->lecture.day.year;
        name.month = place->lecture.day.month;
        name.day = place->lecture.day.day;
    }
    return name;
}

size_t note_place_folders(struct slice **folders, const struct note_place *place,
                          struct arena *arena) {
    const struct text_list *assets = &place->kind->assets;
    struct note_name name = name_of(place);
    size_t count = 0;
    *folders = arena_allocate(arena, assets->count + 1, sizeof(**folders));
    for (size_t i = 0; i < assets->count; i++) {
        struct buffer glob = BUFFER_EMPTY, path = BUFFER_EMPTY;
        struct slice pattern = assets->items[i];
        size_t tail = slice_ends_with(pattern, "/**") ? 3 : slice_ends_with(pattern, "/") ? 1 : 0;
        if (tail && note_name_expand(&glob, slice_part(pattern, 0, pattern.size - tail), &name) &&
            append_literal(&path, buffer_slice(&glob)) && note_path_is_safe(buffer_slice(&path)))
            (*folders)[count++] = arena_copy(arena, buffer_slice(&path));
        buffer_release(&glob);
        buffer_release(&path);
    }
    return count;
}
