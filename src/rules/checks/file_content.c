/* What can be told of a picture or a PDF at a glance: nothing is in it, or a Git LFS pointer. */
#include "git/content_id.h"
#include "rules/check.h"
#include "rules/pointer_file.h"
#include "rules/review.h"

#include <stddef.h>

enum problem { PROBLEM_EMPTY, PROBLEM_POINTER, PROBLEM_LARGE };

static const char *const problem_names[] = {"empty", "pointer", "large", NULL};

struct content_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct content_parameters, finds), problem_names}, {0}};

static const char *const places[] = {"expected", NULL};

/* Nothing is read of a file that is larger. */
static void check_size(const struct rule *rule, const struct subject *subject) {
    enum { MEGABYTE = 1000 * 1000 };
    long most = subject->note ? subject->note->most_megabytes : 0;
    struct error error = ERROR_NONE;
    struct buffer content = BUFFER_EMPTY, limit = BUFFER_EMPTY;
    if (most && snapshot_read(subject->snapshot, subject->path, (size_t)most * MEGABYTE, &content,
                              &error) == STATUS_TOO_LARGE) {
        buffer_append_format(&limit, "%ld MB", most);
        struct place expected = {"expected", buffer_slice(&limit)};
        subject_report(subject, rule, NO_PLACE, subject->path, &expected, 1);
    }
    error_release(&error);
    buffer_release(&limit);
    buffer_release(&content);
}

/* Where .gitattributes asks for them already, pointers are how the course keeps its files. */
static bool is_course_practice(const struct subject *subject) {
    enum { LONGEST = 1024 * 1024 };
    const struct review *review = subject->review;
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    int status = snapshot_read(review->base ? review->base : review->head,
                               slice_of(".gitattributes"), LONGEST, &content, &error);
    bool practice =
        status == OK && slice_find(buffer_slice(&content), "filter=lfs", 0) != SLICE_NOT_FOUND;
    error_release(&error);
    buffer_release(&content);
    return practice;
}

static void look_at_pointer(const struct rule *rule, const struct subject *subject) {
    if (!is_pointer_file(subject->snapshot, subject->path))
        return;
    if (!is_course_practice(subject))
        subject_report(subject, rule, NO_PLACE, subject->path, NULL, 0);
    else if (subject->side == SIDE_HEAD && !subject->note)
        verdict_remark(subject->verdict, &subject->verdict->skipped, subject->path,
                       slice_of("a Git LFS pointer: only its name is checked"));
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct content_parameters *own = rule->parameters;
    if (own->finds == PROBLEM_LARGE)
        check_size(rule, subject);
    else if (own->finds == PROBLEM_POINTER)
        look_at_pointer(rule, subject);
    else if (content_is_empty(snapshot_find(subject->snapshot, subject->path).blob_id))
        subject_report(subject, rule, NO_PLACE, subject->path, NULL, 0);
}

const struct check check_file_content = {.name = "file-content",
                                         .parameters = parameters,
                                         .parameters_size = sizeof(struct content_parameters),
                                         .places = places,
                                         .run = run};
