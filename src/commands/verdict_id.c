#include "commands/verdict_id.h"

#include "base/memory.h"
#include "commands/command.h"
#include "git/content_id.h"
#include "rules/builtin.h"

#include <stdlib.h>
#include <string.h>

/* Parts are told apart by their sizes, so that no text can look like two. */
static void add_text(struct buffer *all, const char *name, struct slice text) {
    buffer_append_format(all, "%s %zu\n", name, text.size);
    buffer_append_slice(all, text);
    buffer_append_byte(all, '\n');
}

static void add_tree(struct buffer *all, const char *name, const struct snapshot *snapshot) {
    char id[OBJECT_ID_SIZE];
    if (snapshot && snapshot_tree_id(id, snapshot))
        buffer_append_format(all, "%s %s\n", name, id);
}

struct entry_line {
    struct slice path;
    const struct change *change; /* what comes there; NULL: nothing any more */
};

static int compare_entries(const void *left, const void *right) {
    return slice_compare(((const struct entry_line *)left)->path,
                         ((const struct entry_line *)right)->path);
}

/*
 * With the base they make the head. A rename is told as a file gone and one that came: whether it
 * is recognised hangs on what is in the clone.
 */
static void add_changes(struct buffer *all, const struct change_set *changes) {
    struct entry_line *entries = memory_allocate(2 * changes->count, sizeof *entries);
    size_t count = 0;
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *change = &changes->changes[i];
        bool deleted = change->kind == CHANGE_DELETED;
        entries[count++] = (struct entry_line){change->path, deleted ? NULL : change};
        if (change->kind == CHANGE_RENAMED)
            entries[count++] = (struct entry_line){change->old_path, NULL};
    }
    if (count)
        qsort(entries, count, sizeof *entries, compare_entries);
    for (size_t i = 0; i < count; i++) {
        const struct change *change = entries[i].change;
        buffer_append_format(all, "%o %s ", change ? change->head_mode : 0,
                             change ? change->head_id : "-");
        add_text(all, "path", entries[i].path);
    }
    free(entries);
}

/* The built-in files, which settings_open() adds first, by the id that the build gave them. */
static void add_rules(struct buffer *all, const struct settings *settings) {
    buffer_append_format(all, "scribelint " SCRIBELINT_VERSION "\nbuilt in %s\n", builtin_id);
    for (const struct config *config = settings->config; config; config = config->fallback)
        add_text(all, "configuration", config->file.text);
    for (size_t i = builtin_file_count; i < settings->rules.file_count; i++)
        add_text(all, "rules", settings->rules.files[i]->text);
}

static int compare_findings(const void *left, const void *right) {
    const struct finding *a = *(struct finding *const *)left;
    const struct finding *b = *(struct finding *const *)right;
    int order = strcmp(a->fingerprint, b->fingerprint);
    if (!order)
        order = (int)a->severity - (int)b->severity;
    return order ? order : (int)a->state - (int)b->state;
}

/* Without their places: a pull request's are those of its author, not of the merge. */
static void add_findings(struct buffer *all, const struct finding_list *list) {
    struct finding **items = memory_allocate(list->count, sizeof *items);
    for (size_t i = 0; i < list->count; i++)
        items[i] = list->items[i];
    if (list->count)
        qsort(items, list->count, sizeof *items, compare_findings);
    for (size_t i = 0; i < list->count; i++) {
        buffer_append_string(all, items[i]->fingerprint);
        buffer_append_byte(all, ' ');
        buffer_append_string(all, severity_name(items[i]->severity));
        buffer_append_byte(all, ' ');
        buffer_append_string(all, finding_state_name(items[i]->state));
        buffer_append_byte(all, '\n');
    }
    free(items);
}

static int compare_remarks(const void *left, const void *right) {
    return slice_compare(((const struct remark *)left)->path, ((const struct remark *)right)->path);
}

/* By path alone: a reason may name what is on this machine only. */
static void add_remarks(struct buffer *all, const char *name, const struct remark_list *list) {
    struct remark *items = memory_allocate(list->count, sizeof *items);
    for (size_t i = 0; i < list->count; i++)
        items[i] = list->items[i];
    if (list->count)
        qsort(items, list->count, sizeof *items, compare_remarks);
    for (size_t i = 0; i < list->count; i++)
        add_text(all, name, items[i].path);
    free(items);
}

void verdict_identify(struct verdict *verdict, const struct sides *sides,
                      const struct settings *settings) {
    char hash[OBJECT_ID_SIZE];
    struct buffer all = BUFFER_EMPTY;
    add_tree(&all, "base", sides->base);
    if (sides->base && sides->changes)
        add_changes(&all, sides->changes);
    else
        add_tree(&all, "whole", sides->head);
    add_rules(&all, settings);
    buffer_append_format(&all, "files %zu\n", verdict->files);
    add_findings(&all, &verdict->findings);
    add_remarks(&all, "undecided", &verdict->undecided);
    add_remarks(&all, "skipped", &verdict->skipped);
    content_hash(hash, buffer_slice(&all));
    memcpy(verdict->id, hash, VERDICT_ID_SIZE - 1);
    buffer_release(&all);
}
