#include "finding/edit.h"

#include <string.h>

void edit_list_add(struct edit_list *list, struct arena *arena, const struct edit *edit) {
    struct edit *items = arena_allocate(arena, list->count + 1, sizeof *items);
    if (list->count)
        memcpy(items, list->items, list->count * sizeof *items);
    items[list->count++] = (struct edit){
        .kind = edit->kind,
        .path = arena_copy(arena, edit->path),
        .span = edit->span,
        .text = arena_copy(arena, edit->text),
        .before = arena_copy(arena, edit->before),
    };
    list->items = items;
}
