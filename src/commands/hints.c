#include "commands/hints.h"

#include "base/memory.h"
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

static const char removed[] =
    "{path} was there before this change: git checkout HEAD -- {sh:here} brings it back";
static const char misspelled[] =
    "{found} is on your disk but not staged, and not spelled {path}: git add {sh:here}, and write "
    "its name as it is";
static const char elsewhere[] =
    "{found} is on your disk but not staged, and no {path}: git add {sh:here}, and lead there";
static const char nowhere[] = "no file {path} is on your disk either";
static const char cut_name[] =
    "{found} is on your disk, but a # or ? in a link ends the path: write %23 for # and %3F for ?";

/* `git commit FILE…` brings an index of its own, without what else is staged. */
static bool is_partial_commit(void) {
    const char *index = getenv("GIT_INDEX_FILE");
    const char *slash = index ? strrchr(index, '/') : NULL;
    const char *name = slash ? slash + 1 : index;
    return name && !strncmp(name, "next-index-", strlen("next-index-"));
}

struct hint_search {
    struct remark_list *hints;
    const struct sides *sides;
    struct verdict *verdict;
    struct slice *untracked; /* texts in the verdict's arena */
    size_t untracked_count, untracked_capacity;
    bool listed;
};

/* About `path`, for which the file at `found` is to be staged. */
static void add(struct hint_search *search, const char *text, struct slice path,
                struct slice found) {
    struct remark_list *hints = search->hints;
    struct buffer here = BUFFER_EMPTY;
    path_append_from_here(&here, search->sides->repository, found);
    const struct place places[] = {{"path", path}, {"found", found}, {"here", buffer_slice(&here)}};
    struct slice line = message_expand(&search->verdict->findings.arena, slice_of(text), places, 3);
    buffer_release(&here);
    for (size_t i = 0; i < hints->count; i++)
        if (slice_equal(hints->items[i].reason, line))
            return;
    verdict_remark(search->verdict, hints, slice_of(""), line);
}

/* What is on disk for a target that is not, the best first. */
enum likeness { UNLIKE, SAME_NAME, SAME_BUT_CASE, LONGER };

struct likeness_search {
    struct slice target;
    struct buffer found;
    enum likeness likeness;
    bool several; /* are as good */
};

static enum likeness compare(struct slice path, struct slice target) {
    if (path.size > target.size &&
        (path.data[target.size] == '#' || path.data[target.size] == '?') &&
        slice_equal(slice_part(path, 0, target.size), target))
        return LONGER;
    if (slice_equal_ignoring_case(path, target))
        return SAME_BUT_CASE;
    return slice_equal(slice_file_name(path), slice_file_name(target)) ? SAME_NAME : UNLIKE;
}

static void look_like(struct likeness_search *search, struct slice path) {
    enum likeness likeness = compare(path, search->target);
    if (likeness == UNLIKE || likeness < search->likeness)
        return;
    search->several = likeness == search->likeness;
    search->likeness = likeness;
    buffer_clear(&search->found);
    buffer_append_slice(&search->found, path);
}

static bool look_like_tracked(struct slice path, const struct entry *entry, void *context) {
    struct likeness_search *search = context;
    if (entry->kind == ENTRY_FILE && compare(path, search->target) == LONGER)
        look_like(search, path);
    return true;
}

static bool keep(struct slice path, void *context) {
    struct hint_search *search = context;
    ARRAY_PUSH(search->untracked, search->untracked_count, search->untracked_capacity) =
        arena_copy(&search->verdict->findings.arena, path);
    return true;
}

/*
 * Nothing stands where the link leads: maybe a file that was meant is there under another name.
 * True when that was told.
 */
static bool look_around(struct hint_search *search, struct slice target) {
    static const char *const texts[] = {
        [SAME_NAME] = elsewhere, [SAME_BUT_CASE] = misspelled, [LONGER] = cut_name};
    struct likeness_search near = {.target = target};
    struct error ignored_error = ERROR_NONE;
    if (!slice_folder(target).size)
        return false; /* no path, but a word that is flagged */
    if (!search->listed)
        disk_visit_untracked(search->sides->repository, keep, search);
    search->listed = true;
    for (size_t i = 0; i < search->untracked_count; i++)
        look_like(&near, search->untracked[i]);
    snapshot_walk(search->sides->head, slice_folder(target), look_like_tracked, &near,
                  &ignored_error);
    bool told = near.likeness != UNLIKE && !near.several;
    if (told)
        add(search, texts[near.likeness], target, buffer_slice(&near.found));
    error_release(&ignored_error);
    buffer_release(&near.found);
    return told;
}

/* A fix that tells to stage a file loses the command where no file is to be staged: true then. */
static bool withdraw_command(struct hint_search *search, struct finding *finding) {
    struct arena *arena = &search->verdict->findings.arena;
    const struct place place = {"path", finding->subject};
    struct slice command = message_expand(arena, slice_of("(git add {sh:path})"), &place, 1);
    struct buffer text = BUFFER_EMPTY;
    const char *found = memmem(finding->fix.data, finding->fix.size, command.data, command.size);
    size_t start = found ? (size_t)(found - finding->fix.data) : finding->fix.size;
    if (found) {
        while (start && finding->fix.data[start - 1] == ' ')
            start--;
        buffer_append_slice(&text, slice_part(finding->fix, 0, start));
        start = (size_t)(found - finding->fix.data) + command.size;
        buffer_append_slice(&text, slice_part(finding->fix, start, finding->fix.size));
        finding->fix = arena_copy(arena, buffer_slice(&text));
    }
    buffer_release(&text);
    return found != NULL;
}

static bool was_there(const struct sides *sides, struct slice path) {
    return sides->base && snapshot_find(sides->base, path).kind == ENTRY_FILE;
}

static void look_elsewhere(struct hint_search *search, struct finding *finding) {
    bool withdrawn = withdraw_command(search, finding);
    if (was_there(search->sides, finding->subject))
        add(search, removed, finding->subject, finding->subject);
    else if (!look_around(search, finding->subject) && withdrawn)
        add(search, nowhere, finding->subject, finding->subject);
}

static void look_for_target(struct hint_search *search, struct finding *finding) {
    const struct sides *sides = search->sides;
    struct slice target = finding->subject;
    if (!target.size || snapshot_find(sides->head, target).kind != ENTRY_NONE)
        return;
    switch (disk_look(sides->repository, target)) {
    case DISK_UNTRACKED:
        add(search, is_partial_commit() ? left_out : missing, target, target);
        break;
    case DISK_IGNORED:
        add(search, ignored, target, target);
        break;
    case DISK_NOTHING:
        look_elsewhere(search, finding);
        break;
    }
}

static void look_at_file(struct hint_search *search, struct slice path) {
    struct entry staged = snapshot_find(search->sides->head, path);
    if (staged.kind == ENTRY_FILE && disk_differs(search->sides->repository, path, &staged))
        add(search, changed, path, path);
}

void hints_find(struct remark_list *hints, const struct sides *sides, struct verdict *verdict) {
    struct hint_search search = {.hints = hints, .sides = sides, .verdict = verdict};
    const char *head = snapshot_name(sides->head);
    struct slice last = slice_of("");
    bool index = head && !strcmp(head, "index");
    if (!sides->uncommitted || (!index && (!head || strcmp(head, "worktree") != 0)))
        return;
    for (size_t i = 0; i < verdict->findings.count; i++) {
        struct finding *finding = verdict->findings.items[i];
        if (finding->state != FINDING_INTRODUCED || finding->side != SIDE_HEAD)
            continue;
        look_for_target(&search, finding);
        if (index && !slice_equal(last, finding->path))
            look_at_file(&search, finding->path);
        last = finding->path;
    }
    free(search.untracked);
}
