#include "rules/name_habits.h"

#include "course/name_forms.h"
#include "rules/course_view.h"

/* Notes of one kind in one folder; more kinds of folders than these are no course. */
enum { MOST_GROUPS = 256 };

struct group {
    struct name_habit habit;
    struct slice names[NAME_FORM_SAMPLE];
};

static struct group *find_group(struct group **groups, size_t count, const struct course_note *note,
                                struct slice folder) {
    for (size_t i = count; i-- > 0;) /* neighbours by path are neighbours here */
        if (groups[i]->habit.kind == note->kind && slice_equal(groups[i]->habit.folder, folder))
            return groups[i];
    return NULL;
}

static size_t group_notes(struct group **groups, const struct course_note *notes, size_t count,
                          struct arena *arena) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        struct slice path = notes[i].path, folder = slice_folder(path);
        struct group *group = find_group(groups, found, &notes[i], folder);
        if (!group && found == MOST_GROUPS)
            continue;
        if (!group) {
            group = arena_allocate(arena, 1, sizeof(*group));
            group->habit = (struct name_habit){.kind = notes[i].kind, .folder = folder};
            groups[found++] = group;
        }
        if (group->habit.count < NAME_FORM_SAMPLE)
            group->names[group->habit.count] = slice_file_name(path);
        group->habit.count++;
    }
    return found;
}

static struct slice learn(const struct group *group, struct arena *arena) {
    struct buffer form = BUFFER_EMPTY;
    struct slice learned = {NULL, 0};
    if (name_form_of_most(&form, group->names, NAME_FORM_SAMPLE))
        learned = arena_copy(arena, buffer_slice(&form));
    buffer_release(&form);
    return learned;
}

void name_habits_learn(struct name_habits *habits, const struct course_note *notes, size_t count,
                       struct arena *arena) {
    struct group *groups[MOST_GROUPS];
    *habits = (struct name_habits){0};
    if (count <= NAME_FORM_SAMPLE)
        return;
    size_t found = group_notes(groups, notes, count, arena);
    habits->items = arena_allocate(arena, found, sizeof(*habits->items));
    for (size_t i = 0; i < found; i++) {
        if (groups[i]->habit.count <= NAME_FORM_SAMPLE)
            continue;
        groups[i]->habit.form = learn(groups[i], arena);
        habits->items[habits->count++] = groups[i]->habit;
    }
}

const struct name_habit *name_habits_find(const struct name_habits *habits,
                                          const struct note_kind *kind, struct slice folder) {
    for (size_t i = 0; i < habits->count; i++)
        if (habits->items[i].kind == kind && slice_equal(habits->items[i].folder, folder))
            return &habits->items[i];
    return NULL;
}
