#include "rules/target_check.h"

const char *const target_problem_names[] = {"missing", "wrong-case", NULL};
const char *const target_places[] = {"target", "spelling", NULL};

/* Below a submodule or a link to a folder nobody can see from here what is there. */
static bool is_out_of_sight(const struct snapshot *snapshot, struct slice path) {
    for (size_t i = 0; i < path.size; i++) {
        if (path.data[i] != '/')
            continue;
        enum entry_kind kind = snapshot_find(snapshot, slice_part(path, 0, i)).kind;
        if (kind == ENTRY_SUBMODULE || kind == ENTRY_SYMLINK)
            return true;
    }
    return false;
}

static bool may_exist(const struct subject *subject, const struct target *target) {
    for (size_t i = 0; i < target->path_count; i++) {
        enum entry_kind kind = snapshot_find(subject->snapshot, target->paths[i]).kind;
        if (kind == ENTRY_FILE || kind == ENTRY_SYMLINK ||
            (kind == ENTRY_NONE && is_out_of_sight(subject->snapshot, target->paths[i])))
            return true;
    }
    return false;
}

static bool find_spelling(const struct subject *subject, const struct target *target,
                          struct buffer *spelling) {
    for (size_t i = 0; i < target->path_count; i++)
        if (target->paths[i].size &&
            snapshot_find_ignoring_case(subject->snapshot, target->paths[i], spelling))
            return true;
    return false;
}

void target_check(const struct rule *rule, const struct subject *subject, const struct link *link,
                  const struct target *target, enum target_problem problem) {
    if (target->kind != TARGET_FILE || may_exist(subject, target))
        return;
    struct buffer spelling = BUFFER_EMPTY;
    bool other_case = find_spelling(subject, target, &spelling);
    struct place named[] = {{"target", target->paths[0]}, {"spelling", buffer_slice(&spelling)}};
    bool placed = link->destination_span.end > link->destination_span.start;
    if (other_case == (problem == PROBLEM_TARGET_WRONG_CASE))
        subject_report(subject, rule, placed ? link->destination_span : link->span,
                       target->paths[0], named, 2);
    buffer_release(&spelling);
}
