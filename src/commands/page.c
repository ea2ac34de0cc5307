#include "commands/page.h"

#include "commands/course.h"
#include "report/status_report.h"

static bool has_edits(const struct verdict *verdict) {
    for (size_t i = 0; i < verdict->findings.count; i++)
        if (verdict->findings.items[i]->edits.count &&
            verdict->findings.items[i]->state == FINDING_INTRODUCED)
            return true;
    return false;
}

static void read_patch(struct page *page, struct sides *sides, const struct settings *settings,
                       const struct text_list *paths) {
    struct review review = settings_review(settings, sides);
    struct verdict last = {0};
    struct error ignored = ERROR_NONE;
    review.paths = paths;
    page->mending.sides = sides;
    if (mending_run(&page->mending, &review, &last, &ignored) != OK ||
        mending_append_patch(&page->patch, &page->mending, &ignored) != OK)
        buffer_clear(&page->patch);
    verdict_release(&last);
    error_release(&ignored);
}

static void keep_open(struct lecture_state *state, const struct pull_requests *pulls) {
    size_t kept = 0;
    for (size_t i = 0; i < state->pull_count; i++) {
        const struct pull_request *pull = pull_requests_find(pulls, state->pulls[i]->number);
        if (!pull || !pull->taken)
            state->pulls[kept++] = state->pulls[i];
    }
    state->pull_count = kept;
}

static bool has_pulls(const struct lecture_states *states) {
    for (size_t i = 0; i < states->count; i++)
        if (states->items[i].pull_count)
            return true;
    return false;
}

/* The head may be older than the course's branch, which has taken other pull requests since. */
static void drop_merged(struct lecture_states *states, struct review review,
                        const struct upstream *upstream, long long when) {
    struct snapshot *target = NULL;
    struct lecture_states today = {0};
    struct verdict ignored_verdict = {0};
    struct error ignored = ERROR_NONE;
    if (!has_pulls(states) || !upstream->branch)
        return;
    review.commits.head = upstream->commit_id;
    int status =
        snapshot_open_commit(&target, review.commits.repository, upstream->commit_id, &ignored);
    review.head = target;
    if (status == OK)
        status = lecture_states_read(&today, &review, upstream, when, &ignored_verdict, &ignored);
    for (size_t i = 0; status == OK && i < states->count; i++)
        keep_open(&states->items[i], &today.pulls);
    lecture_states_release(&today);
    snapshot_close(target);
    verdict_release(&ignored_verdict);
    error_release(&ignored);
}

/* A course without a schedule has none, and the verdict tells what else is amiss. */
static void read_lecture(struct page *page, const struct sides *sides,
                         const struct settings *settings) {
    struct review review = settings_review(settings, sides);
    struct lecture_states states;
    struct upstream upstream;
    struct verdict ignored_verdict = {0};
    struct error ignored = ERROR_NONE;
    long long when = 0;
    review.base = NULL; /* as `scribelint status` shows the head */
    review.changes = NULL;
    if (review.commits.head)
        repository_commit_time(sides->repository, review.commits.head, &when);
    course_find(&upstream, sides->repository, true);
    if (lecture_states_read(&states, &review, &upstream, when, &ignored_verdict, &ignored) == OK) {
        drop_merged(&states, review, &upstream, when);
        status_append_changed(&page->lecture, &states, sides->changes);
    }
    lecture_states_release(&states);
    upstream_release(&upstream);
    verdict_release(&ignored_verdict);
    error_release(&ignored);
}

void page_read(struct page *page, struct report_options *report, const struct verdict *verdict,
               struct sides *sides, const struct settings *settings,
               const struct text_list *paths) {
    read_lecture(page, sides, settings);
    if (has_edits(verdict))
        read_patch(page, sides, settings, paths);
    report->lecture = slice_trim(buffer_slice(&page->lecture));
    report->patch = buffer_slice(&page->patch);
}

void page_release(struct page *page) {
    mending_release(&page->mending);
    buffer_release(&page->patch);
    buffer_release(&page->lecture);
}
