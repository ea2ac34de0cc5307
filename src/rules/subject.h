/* What a check looks at: one file on one side, with everything around it that a rule may ask for.
 */
#ifndef RULES_SUBJECT_H
#define RULES_SUBJECT_H

#include "config/config.h"
#include "course/note_name.h"
#include "course/site.h"
#include "document/document.h"
#include "finding/verdict.h"
#include "git/change_set.h"
#include "rules/course_view.h"
#include "rules/message.h"
#include "rules/rule.h"
#include "text/pattern.h"

/* What one rule may take of a file's PATTERN_BUDGET: a hopeless pattern leaves some to the others.
 */
enum { SUBJECT_RULE_BUDGET = PATTERN_BUDGET / 4 };

struct subject {
    enum side side;
    struct slice path;               /* on this side */
    struct slice base_path;          /* at the base; `path` when there was none */
    const struct snapshot *snapshot; /* this side */
    const struct document *document; /* NULL: not read, since no rule for it asks for content */
    const struct site *site;
    const struct config *config;
    struct facts *facts;                      /* see facts.h */
    const struct note_kind *note;             /* NULL: not a note (a template is none) */
    const struct document *template_document; /* of that kind of note; NULL when there is none */
    struct note_name name;
    unsigned classes;                 /* enum file_class: what rules may name it by */
    const struct course_view *course; /* of this side; NULL: no rule in force asks for it */
    const struct change *change;      /* NULL: the whole tree is looked at */
    const struct review *review;
    struct verdict *verdict; /* for what could not be decided */
    struct finding_list *findings;
    const struct suppression_list *suppressions; /* for checks that run last */
    long budget;      /* steps left for the patterns of the rule that runs */
    long file_budget; /* and for those of all rules on this file */
    bool is_short;    /* others have left the rule less than its share */
    size_t starved;   /* rules that could not look for that reason */
    const char *slow[PATTERN_BUDGET / SUBJECT_RULE_BUDGET]; /* rules that used theirs up */
    size_t slow_count;
};

/* More tell nobody anything, and a hostile file could hold millions. */
enum { SUBJECT_MOST_FINDINGS = 200 };

/* How much a finding of `rule` weighs in this file; SEVERITY_OFF: the rule does not look at it. */
enum severity subject_severity(const struct subject *subject, const struct rule *rule);

#define NO_PLACE ((struct span){SLICE_NOT_FOUND, SLICE_NOT_FOUND})

/*
 * Adds a finding of `rule` at `span` of the document, or at the file as a whole with NO_PLACE.
 * `flagged` goes into the fingerprint and is `{value}` in the message unless `places` has its own;
 * `{file}` is the path. `places` may be NULL. Above SUBJECT_MOST_FINDINGS of one rule in one file
 * there is only a remark that there are more. Returns the finding, which subject->findings owns,
 * for finding_add_edit(); NULL when none was added.
 */
struct finding *subject_report(const struct subject *subject, const struct rule *rule,
                               struct span span, struct slice flagged, const struct place *places,
                               size_t place_count);

/*
 * Says that `rule` could not look at this file (or not at all of it), and why (one clause). The
 * same twice in a row is said once.
 */
void subject_undecided(const struct subject *subject, const struct rule *rule, const char *reason);

/*
 * Runs the check of `rule`, with its share of what is left of the file's budget; then
 * subject_tell_starved() says once which rules used it up, if others could not look.
 */
void subject_run(struct subject *subject, const struct rule *rule);
void subject_tell_starved(struct subject *subject);

/* For a pattern of `rule` that ran into a limit: its own fault, or that of those before it. */
void subject_out_of_time(struct subject *subject, const struct rule *rule);

#endif
