#include "commands/mending.h"

#include "base/memory.h"
#include "finding/apply.h"
#include "git/patch.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_PASSES = 10 };

/* The findings of a pass whose edits go together. */
struct selection {
    const struct finding **items;
    size_t count, capacity;
};

/* NULL when the head has no file there. */
static struct mended_file *get_file(struct mending *mending, struct slice path) {
    for (size_t i = mending->file_count; i-- > 0;)
        if (slice_equal(mending->files[i]->path, path))
            return mending->files[i];
    if (snapshot_find(mending->sides->head, path).kind != ENTRY_FILE)
        return NULL;
    struct mended_file *file = memory_allocate(1, sizeof *file);
    file->first_path = file->path = arena_copy(&mending->arena, path);
    ARRAY_PUSH(mending->files, mending->file_count, mending->file_capacity) = file;
    return file;
}

/* Something that is no folder where a folder would have to be. */
static bool is_blocked(const struct snapshot *head, struct slice path) {
    for (size_t i = 0; i < path.size; i++) {
        enum entry_kind kind =
            path.data[i] == '/' ? snapshot_find(head, slice_part(path, 0, i)).kind : ENTRY_NONE;
        if (kind != ENTRY_NONE && kind != ENTRY_FOLDER)
            return true;
    }
    return false;
}

/* Where letters differ in case only, one of two files would be lost on many a disk. */
static bool is_taken(const struct snapshot *head, struct slice path, struct slice mover) {
    struct buffer spelling = BUFFER_EMPTY;
    bool taken = snapshot_find(head, path).kind != ENTRY_NONE ||
                 (snapshot_find_ignoring_case(head, path, &spelling) &&
                  !slice_equal(buffer_slice(&spelling), mover));
    buffer_release(&spelling);
    return taken;
}

/* Ignored files are in no snapshot. What a file left in an earlier pass is free. */
static bool is_taken_on_disk(const struct mending *mending, struct slice path,
                             const struct mended_file *mover) {
    const char *root = mending->origin.root;
    for (size_t i = 0; i < mending->file_count; i++)
        if (slice_equal(mending->files[i]->first_path, path) &&
            !slice_equal(mending->files[i]->path, path))
            return false;
    return root && !disk_is_free(root, path, mover->first_path);
}

static const char *refuse_rename(struct mending *mending, const struct edit *edit,
                                 const struct mended_file *file) {
    const struct snapshot *head = mending->sides->head;
    const char *problem = NULL;
    if (!path_is_harmless(edit->text))
        problem = "is no name that a file may be given";
    else if (is_blocked(head, edit->text))
        problem = "is below something that is no folder";
    else if (is_taken(head, edit->text, file->path) || is_taken_on_disk(mending, edit->text, file))
        problem = "is there already";
    return problem
               ? arena_format(&mending->arena, "\"%.*s\" %s", SLICE_ARGUMENTS(edit->text), problem)
               : NULL;
}

static bool contradicts(const struct edit *left, const struct edit *right) {
    if (left->kind != right->kind || !slice_equal(left->path, right->path))
        return false;
    return left->kind == EDIT_RENAME || edits_collide(left, right);
}

/* Why the edits of a finding can't be applied, or NULL. */
static const char *find_obstacle(struct mending *mending, const struct finding *finding) {
    for (size_t i = 0; i < finding->edits.count; i++) {
        const struct edit *edit = &finding->edits.items[i];
        struct mended_file *file = get_file(mending, edit->path);
        const char *reason = NULL;
        if (!file)
            reason =
                arena_format(&mending->arena, "\"%.*s\" is no file", SLICE_ARGUMENTS(edit->path));
        else if (edit->kind == EDIT_RENAME)
            reason = refuse_rename(mending, edit, file);
        else
            reason = mended_file_refuses(file, edit, &mending->origin, &mending->arena);
        for (size_t k = 0; !reason && k < i; k++)
            if (contradicts(edit, &finding->edits.items[k]))
                reason = "its remedies contradict each other";
        if (reason)
            return reason;
    }
    return NULL;
}

/* True when the edit has to wait for those that are chosen already. */
static bool must_wait(struct mending *mending, const struct edit *edit) {
    const struct mended_file *file = get_file(mending, edit->path);
    if (edit->kind == EDIT_RENAME) {
        bool wait = file->target.size > 0;
        for (size_t i = 0; !wait && i < mending->file_count; i++)
            wait = slice_equal_ignoring_case(mending->files[i]->target, edit->text);
        return wait;
    }
    for (size_t i = 0; i < file->edit_count; i++)
        if (edits_collide(&file->edits[i], edit))
            return true;
    return false;
}

static bool all_can_go(struct mending *mending, const struct finding *finding) {
    for (size_t i = 0; i < finding->edits.count; i++)
        if (must_wait(mending, &finding->edits.items[i]))
            return false;
    return true;
}

static void choose(struct mending *mending, const struct finding *finding) {
    for (size_t i = 0; i < finding->edits.count; i++) {
        const struct edit *edit = &finding->edits.items[i];
        struct mended_file *file = get_file(mending, edit->path);
        if (edit->kind == EDIT_RENAME)
            file->target = arena_copy(&mending->arena, edit->text);
        else
            ARRAY_PUSH(file->edits, file->edit_count, file->edit_capacity) = *edit;
    }
}

static bool is_wanted(const struct mending *mending, const struct finding *finding) {
    return finding->edits.count && finding->side == SIDE_HEAD &&
           finding->state == FINDING_INTRODUCED &&
           (!mending->rule || !strcmp(finding->rule, mending->rule));
}

static void leave(struct mending *mending, const struct finding *finding, const char *reason) {
    ARRAY_PUSH(mending->left, mending->left_count, mending->left_capacity) = (struct mended_left){
        .path = arena_copy(&mending->arena, finding->path),
        .line = finding->has_place ? finding->start.line : 0,
        .rule = finding->rule,
        .reason = reason,
    };
}

static bool renames(const struct finding *finding) {
    for (size_t i = 0; i < finding->edits.count; i++)
        if (finding->edits.items[i].kind == EDIT_RENAME)
            return true;
    return false;
}

static void select_kind(struct mending *mending, const struct finding_list *findings, bool renaming,
                        struct selection *selection) {
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = findings->items[i];
        if (!is_wanted(mending, finding) || renames(finding) != renaming)
            continue;
        const char *reason = find_obstacle(mending, finding);
        if (reason) {
            leave(mending, finding, reason);
        } else if (all_can_go(mending, finding)) {
            choose(mending, finding);
            ARRAY_PUSH(selection->items, selection->count, selection->capacity) = finding;
        }
    }
}

/* Files get their names first: what else is written in the same pass may lead to an old one. */
static void select_findings(struct mending *mending, const struct finding_list *findings,
                            struct selection *selection) {
    mending->left_count = 0;
    select_kind(mending, findings, true, selection);
    if (!selection->count)
        select_kind(mending, findings, false, selection);
}

static void tally(struct mending *mending, const struct finding *finding) {
    mending->mended++;
    for (size_t i = mending->tally_count; i-- > 0;) {
        struct mended_tally *known = &mending->tallies[i];
        if (!strcmp(known->rule, finding->rule) && slice_equal(known->path, finding->path)) {
            known->count++;
            return;
        }
    }
    ARRAY_PUSH(mending->tallies, mending->tally_count, mending->tally_capacity) =
        (struct mended_tally){arena_copy(&mending->arena, finding->path), finding->rule, 1};
}

static void move_file(struct mending *mending, struct mended_file *file) {
    if (!file->target.size)
        return;
    ARRAY_PUSH(mending->moves, mending->move_count, mending->move_capacity) =
        (struct disk_move){file->path, file->target};
    file->path = file->target;
    file->target = slice_of("");
}

/* Puts what was chosen over the head. */
static int apply(struct mending *mending, struct error *error) {
    struct overlay_file *changed = memory_allocate(mending->file_count, sizeof *changed);
    struct snapshot *head = NULL;
    size_t count = 0;
    for (size_t i = 0; i < mending->file_count; i++) {
        struct mended_file *file = mending->files[i];
        bool edited = file->edit_count > 0;
        if (!edited && !file->target.size)
            continue;
        mended_file_apply(file, &mending->origin);
        struct overlay_file *over = &changed[count++];
        *over = (struct overlay_file){.old_path = file->path};
        over->path = file->target.size ? file->target : file->path;
        if (edited)
            over->content = (struct slice){buffer_string(&file->content), file->content.size};
    }
    int status = snapshot_open_changed(&head, mending->sides->head, changed, count, error);
    if (status == OK)
        status = sides_set_head(mending->sides, head, mending->origin.head, error);
    for (size_t i = 0; i < mending->file_count; i++)
        move_file(mending, mending->files[i]);
    free(changed);
    return status;
}

int mending_start(struct mending *mending, struct error *error) {
    struct snapshot *head = mending->sides->head;
    const char *name = snapshot_name(head);
    mending->origin.head = head;
    if (!name || strcmp(name, "worktree") != 0)
        return OK;
    mending->origin.root = repository_root(mending->sides->repository);
    return snapshot_open_index(&mending->origin.index, mending->sides->repository, error);
}

int mending_pass(struct mending *mending, const struct finding_list *findings, size_t *count,
                 struct error *error) {
    struct selection selection = {0};
    select_findings(mending, findings, &selection);
    for (size_t i = 0; i < selection.count; i++)
        tally(mending, selection.items[i]);
    *count = selection.count;
    free(selection.items);
    return *count ? apply(mending, error) : OK;
}

static int review_head(struct mending *mending, struct review *review, struct verdict *verdict,
                       struct error *error) {
    verdict_release(verdict);
    *verdict = (struct verdict){0};
    review->head = mending->sides->head;
    review->changes = mending->sides->changes;
    return review_run(review, verdict, error);
}

static void leave_all(struct mending *mending, const struct finding_list *findings) {
    mending->left_count = 0;
    for (size_t i = 0; i < findings->count; i++)
        if (is_wanted(mending, findings->items[i]))
            leave(mending, findings->items[i], "there are too many; run scribelint fix again");
}

static void count_offered(struct mending *mending, const struct finding_list *findings) {
    for (size_t i = 0; i < findings->count; i++)
        mending->offered += is_wanted(mending, findings->items[i]);
}

int mending_run(struct mending *mending, struct review *review, struct verdict *verdict,
                struct error *error) {
    size_t applied = 1;
    int status = mending_start(mending, error);
    for (int pass = 0; status == OK && applied; pass++) {
        status = review_head(mending, review, verdict, error);
        applied = 0;
        if (status == OK && !pass)
            count_offered(mending, &verdict->findings);
        if (status == OK && pass == MOST_PASSES)
            leave_all(mending, &verdict->findings);
        else if (status == OK)
            status = mending_pass(mending, &verdict->findings, &applied, error);
    }
    return status;
}

int mending_write(const struct mending *mending, struct error *error) {
    struct disk_file *files = memory_allocate(mending->file_count, sizeof *files);
    size_t count = 0;
    for (size_t i = 0; i < mending->file_count; i++) {
        const struct mended_file *file = mending->files[i];
        if (file->changed)
            files[count++] = (struct disk_file){file->first_path, buffer_slice(&file->first_disk),
                                                buffer_slice(&file->disk)};
    }
    int status =
        disk_write(mending->origin.root, files, count, mending->moves, mending->move_count, error);
    free(files);
    return status;
}

int mending_append_patch(struct buffer *patch, const struct mending *mending, struct error *error) {
    int status = OK;
    for (size_t i = 0; status == OK && i < mending->file_count; i++) {
        const struct mended_file *file = mending->files[i];
        if (file->changed || !slice_equal(file->first_path, file->path))
            status = patch_append(patch, mending->origin.head, file->first_path,
                                  mending->sides->head, file->path, error);
    }
    return status;
}

size_t mending_count_mended(const struct mending *mending) {
    size_t gone =
        mending->offered > mending->left_count ? mending->offered - mending->left_count : 0;
    return gone > mending->mended ? gone : mending->mended;
}

size_t mending_count_files(const struct mending *mending) {
    size_t count = 0;
    for (size_t i = 0; i < mending->file_count; i++)
        count += mending->files[i]->changed ||
                 !slice_equal(mending->files[i]->first_path, mending->files[i]->path);
    return count;
}

void mending_release(struct mending *mending) {
    for (size_t i = 0; i < mending->file_count; i++)
        mended_file_free(mending->files[i]);
    if (mending->sides && mending->origin.head != mending->sides->head)
        snapshot_close(mending->origin.head);
    snapshot_close(mending->origin.index);
    free(mending->files);
    free(mending->moves);
    free(mending->tallies);
    free(mending->left);
    arena_release(&mending->arena);
}
