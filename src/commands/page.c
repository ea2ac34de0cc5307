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
    if (lecture_states_read(&states, &review, &upstream, when, &ignored_verdict, &ignored) == OK)
        status_append_changed(&page->lecture, &states, sides->changes);
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
