/* Reviews of repositories that exist in memory only: rules and files in, findings out. */
#ifndef TESTS_REVIEW_FIXTURE_H
#define TESTS_REVIEW_FIXTURE_H

#include "finding/verdict.h"
#include "git/scratch.h"

/* A whole rule of severity error; `check` holds its lines "check: …" and on, indented by two. */
#define RULE(id, files, check) RULE_WITH(id, "error", files, check, "m")
#define RULE_WITH(id, severity, files, check, message)                                             \
    "- id: " id "\n  severity: " severity "\n  summary: s\n  why: w\n  files: [" files "]\n" check \
    "  message: '" message "'\n  examples: {good: [x], bad: [x]}\n"

/* Names and texts of files in turn, ending with NULL. */
#define FILES(...) ((const char *const[]){__VA_ARGS__, NULL})

/* A side with a text longer than a literal; released by review_of(). */
struct side_files {
    struct scratch_file files[16];
    size_t count;
};

struct side_files side_of(const char *const *files);

/*
 * What a review with these rules says, for free(): one line "STATE RULE PATH:LINE VALUE" for each
 * finding (no ":LINE" without a place), then "skipped PATH REASON" and "undecided PATH REASON".
 * `config` NULL: the defaults. `base` NULL: all files of the head, without a comparison. `path`
 * narrows to a file or folder; NULL: everything. The test fails when rules or configuration are
 * bad, and when a brief review differs in more than it may.
 */
struct review_request {
    const char *rules, *config, *path;
    const struct side_files *base, *head;
    bool messages; /* "| MESSAGE" behind each finding, and "| FIX" when it has one */
};
char *review_of(const struct review_request *request);

/* The same for texts that fit in literals, compared with what is expected. */
void expect_review(const char *rules, const char *config, const char *const *base,
                   const char *const *head, const char *expected);

#endif
