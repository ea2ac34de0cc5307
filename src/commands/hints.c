#include "commands/hints.h"

#include "commands/paths.h"
#include "git/on_disk.h"
#include "rules/message.h"

#include <stdlib.h>
#include <string.h>

static const char missing[] = "{path} is on your disk but not staged: git add {sh:here}";
static const char ignored[] =
    "{path} is on your disk but ignored (.gitignore) and not staged: git add -f {sh:here}";
static const char left_out[] = "{path} is on your disk but not in this commit: git add {sh:here}, "
                               "then commit without naming files";
static const char changed[] =
    "{path} on your disk is not what is staged and was checked: git add {sh:here}";

/* `git commit FILE…` brings an index of its own, without what else is staged. */
static bool is_partial_commit(void) {
    const char *index = getenv("GIT_INDEX_FILE");
    const char *slash = index ? strrchr(index, '/') : NULL;
    const char *name = slash ? slash + 1 : index;
    return name && !strncmp(name, "next-index-", strlen("next-index-"));
}

static void add(struct remark_list *hints, const struct sides *sides, struct verdict *verdict,
                const char *text, struct slice path) {
    struct buffer here = BUFFER_EMPTY;
    path_append_from_here(&here, sides->repository, path);
    const struct place places[] = {{"path", path}, {"here", buffer_slice(&here)}};
    struct slice line = message_expand(&verdict->findings.arena, slice_of(text), places, 2);
    buffer_release(&here);
    for (size_t i = 0; i < hints->count; i++)
        if (slice_equal(hints->items[i].reason, line))
            return;
    verdict_remark(verdict, hints, slice_of(""), line);
}

static void look_for_target(struct remark_list *hints, const struct sides *sides,
                            struct verdict *verdict, struct slice target) {
    if (!target.size || snapshot_find(sides->head, target).kind != ENTRY_NONE)
        return;
    switch (disk_look(sides->repository, target)) {
    case DISK_UNTRACKED:
        add(hints, sides, verdict, is_partial_commit() ? left_out : missing, target);
        break;
    case DISK_IGNORED:
        add(hints, sides, verdict, ignored, target);
        break;
    case DISK_NOTHING:
        break;
    }
}

static void look_at_file(struct remark_list *hints, const struct sides *sides,
                         struct verdict *verdict, struct slice path) {
    struct entry staged = snapshot_find(sides->head, path);
    if (staged.kind == ENTRY_FILE && disk_differs(sides->repository, path, &staged))
        add(hints, sides, verdict, changed, path);
}

void hints_find(struct remark_list *hints, const struct sides *sides, struct verdict *verdict) {
    const char *head = snapshot_name(sides->head);
    struct slice last = slice_of("");
    if (!sides->uncommitted || !head || strcmp(head, "index"))
        return;
    for (size_t i = 0; i < verdict->findings.count; i++) {
        const struct finding *finding = verdict->findings.items[i];
        if (finding->state != FINDING_INTRODUCED || finding->side != SIDE_HEAD)
            continue;
        look_for_target(hints, sides, verdict, finding->subject);
        if (!slice_equal(last, finding->path))
            look_at_file(hints, sides, verdict, finding->path);
        last = finding->path;
    }
}
