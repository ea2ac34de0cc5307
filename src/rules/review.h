/* Runs a rule set over two sides of a repository and says what the change answers for. */
#ifndef RULES_REVIEW_H
#define RULES_REVIEW_H

#include "course/math_setup.h"
#include "rules/assets.h"
#include "rules/pdf_store.h"
#include "rules/subject.h"
#include "rules/unused_images.h"

/* The commits of a change, for rules about who wrote what and when. */
struct commit_range {
    struct repository *repository; /* NULL: no commits to look at */
    const char *head;              /* commit id; NULL: none */
    const char *base;              /* what was there before; NULL: all commits count */
    int year;                      /* in which `head` was committed; 0: unknown */
};

struct review {
    const struct rule_set *rules;
    const struct config *config;
    const struct snapshot *base; /* NULL: no comparison, all of the head is looked at */
    const struct snapshot *head;
    const struct change_set *changes; /* NULL when base is NULL */
    struct commit_range commits;
    const struct text_list *paths; /* what PATH arguments name, from the root; NULL: everything */
    /*
     * Nobody asks what was mended when nothing is introduced and all could be looked at: such a
     * verdict may lack FINDING_FIXED. The base is then read only for what the head has findings of.
     */
    bool brief;
    bool pdf_answers; /* files named *.pdf hold what scribelint-pdf would answer: for examples */

    /*
     * Filled by review_run() before the first rule runs. From then on several threads read it, each
     * with a copy of this structure that has its own `base` and `head`: what a check keeps for the
     * whole run must be here before, and must not be written while rules run.
     */
    struct site base_site, head_site;
    struct course_view base_course, head_course;
    struct math_setup math; /* of the head */
    bool knows_course;      /* some rule in force asks for it, and the views above are filled */
    bool site_changes;      /* false: base_site is not read, and head_site is that of both sides */
    struct note_template *templates; /* one for each kind of note */
    struct assets assets;
    struct unused_images unused_images; /* filled where some rule in force asks for it */
    bool reads_pdfs;                    /* some rule in force is for FILES_PDF */
    struct pdf_store *pdfs;             /* shared by the threads; reads what rules ask for */
    struct decks *decks;                /* so is this */
    struct note_store *note_store;      /* and this, of the head's notes */
};

/* The template of a kind of note: found once, on the base side when it is there. */
struct note_template {
    struct slice path;         /* empty: none */
    struct document *document; /* NULL: none */
    struct buffer content;
};

/*
 * Fills `verdict` (zeroed by the caller, released with verdict_release()). A file that cannot be
 * read is a remark in `verdict->undecided`; failures that make the run pointless are returned.
 */
int review_run(struct review *review, struct verdict *verdict, struct error *error);

/* How documents of a site are read under this configuration. */
struct document_options review_document_options(const struct review *review,
                                                const struct site *site);

/* True when it is the template of any kind of note. */
bool review_is_template(const struct review *review, struct slice path);

/* The kind of note that `path` is; NULL for other files and for templates. */
const struct note_kind *review_note_kind(const struct review *review, struct slice path);

/* The template of a kind of note (never NULL; its path may be empty). */
const struct note_template *review_template(const struct review *review,
                                            const struct note_kind *kind);

#endif
