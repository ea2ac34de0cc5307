/* Output formats: one function each, one row each in report_formats. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/buffer.h"
#include "finding/verdict.h"
#include "rules/rule.h"

#include <stdio.h>

struct report_options {
    bool colour;           /* text only */
    enum severity fail_on; /* so that the last line can say what blocks */
    bool carried;          /* text and lines: show findings that stood at the base, too */
    bool quiet;            /* text only: not a word when nothing is shown or undecided */
    bool tells_unread;   /* text only: … but for what was skipped, when PDF notes were not read */
    const char *mend;    /* text and markdown: the command that mends what has edits; NULL: none */
    const char *whole;   /* text only: the command that shows all; NULL: by --max 0 */
    enum severity least; /* text only: what is less severe is left out */

    /* Text only: what the working tree shows about the findings; NULL: nothing. */
    const struct remark_list *hints;
    size_t most; /* text only: findings shown at the most; 0: all */
    size_t fits; /* text only: lines that they take at the most, so that more of them are shown in
                    short the more there are; 0: any number, all in full */

    const char *version;          /* of the program, for sarif; NULL: not told */
    const struct rule_set *rules; /* what rules are about, for sarif and markdown; NULL: not told */

    /* Whose lines the findings name: for places that need the text of files; NULL: none of these.
     */
    const struct snapshot *files;
    struct slice patch; /* markdown only: what mends the findings with edits; empty: not told */
    struct slice
        lecture; /* markdown only: Markdown about the note's lecture, neutralised already */
};

/* Appends the whole report to `output`. Text of the checked files is untrusted: it is neutralised.
 */
typedef void report_writer(struct buffer *output, const struct verdict *verdict,
                           const struct report_options *options);

struct report_format {
    const char *name;
    const char *summary; /* for the manual */
    report_writer *write;
};

/* The names in report_formats, as a choice of options. */
#define REPORT_FORMAT_CHOICES "text|github|json|lines|sarif|rdjsonl|markdown"

/* Ends with a row whose name is NULL. */
extern const struct report_format report_formats[];

/* NULL when there is no such format. */
const struct report_format *report_format_find(const char *name);

report_writer report_text, report_github, report_json, report_lines, report_sarif, report_rdjsonl,
    report_markdown;

/* True when `quiet` holds report_text() back: nothing to show is introduced, nothing undecided. */
bool report_text_is_silent(const struct verdict *verdict, const struct report_options *options);

#endif
