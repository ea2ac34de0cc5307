#include "rules/referrers.h"

#include "base/memory.h"
#include "document/document.h"

#include <string.h>

/* Notes and pages are linked by their addresses, which this search would not find. */
static bool is_linked_by_name(struct slice path) {
    return !path_is_markdown(path);
}

void removed_names_collect(struct removed_names *names, const struct change_set *changes) {
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *change = &changes->changes[i];
        bool gone = change->kind == CHANGE_DELETED || change->kind == CHANGE_RENAMED;
        if (!gone || !is_linked_by_name(change->old_path))
            continue;
        ARRAY_PUSH(names->items, names->count, names->capacity) = slice_file_name(change->old_path);
    }
}

bool removed_names_mentioned(const struct removed_names *names, struct slice text) {
    for (size_t i = 0; i < names->count; i++)
        if (text.size && memmem(text.data, text.size, names->items[i].data, names->items[i].size))
            return true;
    return false;
}

bool lecture_changes(const struct course_view *base, const struct course_view *head,
                     struct slice path) {
    const struct lecture *old = note_lecture_find(base->schedule, path, NULL).lecture;
    const struct lecture *new = note_lecture_find(head->schedule, path, NULL).lecture;
    if (!old || !new)
        return old != new;
    return !day_same(old->day, new->day) || old->number != new->number ||
           !slice_equal(old->speaker, new->speaker) || old->status != new->status ||
           old->hidden != new->hidden;
}
