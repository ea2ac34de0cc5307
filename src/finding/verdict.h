/* What a run has to say: findings, what it could not look at, what it compared. */
#ifndef FINDING_VERDICT_H
#define FINDING_VERDICT_H

#include "finding/finding.h"

/* A path with the reason why nothing (or not everything) is said about it. */
struct remark {
    struct slice path; /* may be empty: about the run as a whole */
    struct slice reason;
};

struct remark_list {
    struct remark *items;
    size_t count;
    size_t capacity;
};

enum { VERDICT_ID_SIZE = 13 }; /* 12 hexadecimal digits and NUL */

struct verdict {
    char id[VERDICT_ID_SIZE];     /* the same for the same sides, rules and findings; "": none */
    const char *base;             /* commit id, "index", or NULL */
    const char *head;             /* commit id or "index" */
    struct finding_list findings; /* compared and sorted */
    struct remark_list skipped;   /* never changes the exit status */
    struct remark_list undecided; /* exit status 3 unless findings win */
    struct remark_list notes;     /* one-line remarks about the run, path empty; text only */
    size_t files;                 /* files checked */
    size_t unread; /* notes that are known by name only: PDF without its reader, symbolic links */
    size_t rules;  /* rules in force */
    bool cut;      /* a rule found more in a file than is kept */
};

/* How many of each there are; errors, warnings and notices count the introduced ones only. */
struct summary {
    size_t introduced, fixed, carried;
    size_t errors, warnings, notices;
};

enum exit_status { EXIT_CLEAN = 0, EXIT_FINDINGS = 1, EXIT_USAGE = 2, EXIT_UNDECIDED = 3 };

/* Adds a remark; both texts are copied into the findings' arena. */
void verdict_remark(struct verdict *verdict, struct remark_list *list, struct slice path,
                    struct slice reason);

/* True when `finding` is an introduced one at or above `fail_on`; SEVERITY_OFF: never. */
bool verdict_blocks(const struct finding *finding, enum severity fail_on);

struct summary verdict_summary(const struct verdict *verdict);

/*
 * By the findings introduced at or above `fail_on` (SEVERITY_OFF: none counts) and what is
 * undecided. Never EXIT_USAGE: a run with wrong usage has no verdict.
 */
enum exit_status verdict_exit_status(const struct verdict *verdict, enum severity fail_on);

/*
 * Adds findings, remarks and the number of files of `other` behind those of `verdict`; `other` is
 * released.
 */
void verdict_absorb(struct verdict *verdict, struct verdict *other);

void verdict_release(struct verdict *verdict);

#endif
