/*
 * Regular expressions (PCRE2) with limits, and file name patterns. A match that runs into a limit
 * is told apart from "no match": the caller must say that the rule could not decide.
 */
#ifndef TEXT_PATTERN_H
#define TEXT_PATTERN_H

#include "base/arena.h"
#include "base/error.h"

struct pattern;

enum pattern_flags {
    PATTERN_IGNORE_CASE = 1,
    PATTERN_WHOLE = 2, /* must match all from `from` to `end` */
    PATTERN_BYTES = 4, /* each byte is a character: for paths, which need not be UTF-8 */
};

/* Where a group matched; start == SLICE_NOT_FOUND when it did not take part. */
struct match {
    struct span groups[16]; /* [0] is the whole match */
    size_t group_count;
};

enum match_result {
    MATCH_NONE,
    MATCH_FOUND,
    MATCH_UNDECIDED, /* a limit was reached */
};

/*
 * Steps that all matches with it may still take together: a budget per file, so that slow
 * patterns cannot hold a run. PCRE2 does not tell its steps,
 * so this is a lower bound: one per call, one per 64 bytes searched, all steps of a limit that was
 * hit (200,000 for depth and heap). The same input always costs the same.
 */
enum { PATTERN_BUDGET = 2000000 };

/*
 * Compiles `text` (UTF, Unicode properties, multi-line `^` and `$` that know LF, CRLF and CR,
 * invalid UTF-8 tolerated in subjects but never matched, \C and look-behind of variable length
 * refused). On a bad pattern: STATUS_USAGE, and the message says what is wrong at which character
 * (1-based). `*pattern` is released with pattern_free(), NULL on failure, and can be used by
 * several threads at once.
 */
int pattern_compile(struct pattern **pattern, struct slice text, unsigned flags,
                    struct error *error);

/*
 * The same for a text that is known to be good: compiled when a subject first needs it. With a bad
 * one all is undecided. Never NULL.
 */
struct pattern *pattern_compile_later(struct slice text, unsigned flags);

/*
 * Tells of a pattern that matches whole subjects only that each of these ends with one of `bytes`
 * (copied): pattern_matches() need not look at the others then.
 */
enum { PATTERN_MOST_ENDS = 15 };
void pattern_set_ends(struct pattern *pattern, const char *bytes);

/*
 * Compiles a path glob: `*` and `?` stay within a folder and take leading dots, `**` crosses
 * folders, also none of them in `**` + `/x` and `a/` + `**` + `/x`; `[…]` (ASCII), `{a,b}` (not
 * nested) and `\` before a special character work. `a/` and `a/` + `**` mean everything below that
 * folder. The whole path must match, in its exact case. STATUS_USAGE as above, naming the glob.
 */
int pattern_compile_glob(struct pattern **pattern, struct slice glob, struct error *error);

/*
 * Looks for the first match in `subject` from `from` up to `end` (cut to its size); look-behind
 * sees the bytes before `from`, nothing sees bytes after `end`. Spans are offsets into `subject`;
 * they may be empty, so go on behind them. `match` may be NULL and is set only when found. `budget`
 * is reduced by the work done, below 0 too, and once it is used up all is undecided; NULL means
 * PATTERN_BUDGET for this call.
 */
enum match_result pattern_find(const struct pattern *pattern, struct slice subject, size_t from,
                               size_t end, struct match *match, long *budget);

/*
 * False when it surely matches in no part of `range` (within `subject`): one quick look instead of
 * many calls of pattern_find() for small parts.
 */
bool pattern_may_match(const struct pattern *pattern, struct slice subject, struct span range);

/* True when it matches somewhere in `subject`; a limit reached counts as no match. */
bool pattern_matches(const struct pattern *pattern, struct slice subject);

/* The number of a named group, or 0 when there is none of that name. */
size_t pattern_group(const struct pattern *pattern, const char *name);

/* Appends `text` with every character that means something in a pattern escaped. */
void pattern_append_quoted(struct buffer *buffer, struct slice text);

void pattern_free(struct pattern *pattern);

#endif
