#include "text/pattern.h"

#include "base/memory.h"
#include "text/needles.h"
#include "text/repetition.h"
#include "text/utf8.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/*
 * PCRE2 counts its match limit anew at every place where a match may start, so it bounds no search:
 * ` +$` over 64 KB of spaces stays under 200,000 steps at each place and takes 24 s. A search thus
 * runs with the quick limit first, which hardly any place needs more than; when one does, that
 * place is found and gets the larger limits alone, and what they cost is charged.
 */
enum {
    QUICK_LIMIT = 500,
    MIDDLE_LIMIT = 10000,
    STEP_LIMIT = 200000,
    DEPTH_LIMIT = 2000,
    HEAP_LIMIT_KIB = 16 * 1024,
    BYTES_PER_STEP = 64, /* what PCRE2 passes over without matching is cheap */
    FIRST_WINDOW = 64,
    PATTERN_MAX_SIZE = 64 * 1024,
};

/* What PCRE2 makes of a text; read only once it is made. */
struct compiled {
    pcre2_code *code;
    pcre2_match_context *limits;
    bool starts_anywhere; /* also where nothing is left */
    bool starts[256];     /* which bytes a match may start with */
    bool anchored;        /* a match starts at `from`, or where text is valid again */
};

/* What is made on the way, by whichever thread needs it first. */
struct later {
    _Atomic(struct compiled *) compiled; /* NULL: not yet */
    _Atomic(pcre2_match_data *) data;    /* NULL: none, or in use */
};

struct pattern {
    struct slice text; /* behind the struct; empty when it was compiled at once */
    unsigned flags;
    struct needles *needles;          /* NULL: not known */
    char ends[PATTERN_MOST_ENDS + 1]; /* see pattern_set_ends(); empty: not known */
    enum repetition repetition;
    struct later *later;
};

static pcre2_compile_context *new_compile_context(void) {
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context)
        memory_exhausted();
    pcre2_set_newline(context, PCRE2_NEWLINE_ANYCRLF);
    pcre2_set_max_pattern_length(context, PATTERN_MAX_SIZE);
#if PCRE2_MAJOR > 10 || PCRE2_MINOR >= 43
    pcre2_set_max_varlookbehind(context, 0); /* older versions refuse it: the same everywhere */
#endif
    return context;
}

static uint32_t compile_options(unsigned flags) {
    uint32_t options = PCRE2_NEVER_BACKSLASH_C | PCRE2_MULTILINE | PCRE2_USE_OFFSET_LIMIT;
    if (flags & PATTERN_BYTES)
        options |= PCRE2_NEVER_UTF;
    else
        options |= PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF;
    if (flags & PATTERN_IGNORE_CASE)
        options |= PCRE2_CASELESS;
    if (flags & PATTERN_WHOLE)
        options |= PCRE2_ANCHORED | PCRE2_ENDANCHORED;
    return options;
}

static pcre2_match_context *new_limits(void) {
    pcre2_match_context *limits = pcre2_match_context_create(NULL);
    if (!limits)
        memory_exhausted();
    pcre2_set_match_limit(limits, QUICK_LIMIT);
    pcre2_set_depth_limit(limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(limits, HEAP_LIMIT_KIB);
    return limits;
}

static bool is_anchored(const pcre2_code *code) {
    uint32_t options = 0;
    pcre2_pattern_info(code, PCRE2_INFO_ALLOPTIONS, &options);
    return options & PCRE2_ANCHORED;
}

static void release_compiled(struct compiled *compiled) {
    if (!compiled)
        return;
    pcre2_code_free(compiled->code);
    pcre2_match_context_free(compiled->limits);
    free(compiled);
}

static void set_starts(struct compiled *compiled) {
    const uint8_t *bits = NULL;
    if (!compiled->anchored)
        pcre2_pattern_info(compiled->code, PCRE2_INFO_FIRSTBITMAP, &bits);
    compiled->starts_anywhere = !bits;
    for (size_t i = 0; i < COUNT_OF(compiled->starts); i++)
        compiled->starts[i] = !bits || bits[i / 8] & 1u << i % 8;
}

/* NULL when the text is bad. */
static struct compiled *compile(struct slice text, unsigned flags, struct error *error) {
    int problem;
    PCRE2_SIZE place;
    pcre2_compile_context *context = new_compile_context();
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)(text.data ? text.data : ""), text.size,
                                     compile_options(flags), &problem, &place, context);
    pcre2_compile_context_free(context);
    if (!code && problem == PCRE2_ERROR_HEAP_FAILED)
        memory_exhausted();
    if (!code) {
        PCRE2_UCHAR message[256];
        pcre2_get_error_message(problem, message, sizeof message);
        error_set(error, STATUS_USAGE, "%s at character %zu", (const char *)message,
                  utf8_count(slice_part(text, 0, place)) + 1);
        return NULL;
    }
    struct compiled *compiled = memory_allocate(1, sizeof *compiled);
    *compiled = (struct compiled){.code = code, .limits = new_limits()};
    compiled->anchored = is_anchored(code);
    set_starts(compiled);
    return compiled;
}

/* `compiled` may be NULL: then it is made from a copy of the text. */
static struct pattern *new_pattern(struct slice text, unsigned flags, struct compiled *compiled) {
    size_t kept = compiled ? 0 : text.size;
    struct pattern *pattern = memory_allocate(1, sizeof *pattern + kept);
    if (kept)
        pattern->text = (struct slice){memcpy(pattern + 1, text.data, kept), kept};
    pattern->flags = flags;
    pattern->needles = needles_read(text, flags & PATTERN_IGNORE_CASE);
    if (!(flags & (PATTERN_IGNORE_CASE | PATTERN_WHOLE)))
        pattern->repetition = repetition_read(text);
    pattern->later = memory_allocate(1, sizeof *pattern->later);
    atomic_init(&pattern->later->compiled, compiled);
    return pattern;
}

struct pattern *pattern_compile_later(struct slice text, unsigned flags) {
    return new_pattern(text, flags, NULL);
}

int pattern_compile(struct pattern **pattern, struct slice text, unsigned flags,
                    struct error *error) {
    struct compiled *compiled = compile(text, flags, error);
    *pattern = compiled ? new_pattern(text, flags, compiled) : NULL;
    return compiled ? OK : STATUS_USAGE;
}

/* NULL when the text is bad. */
static const struct compiled *get_compiled(const struct pattern *pattern) {
    struct compiled *known = atomic_load(&pattern->later->compiled), *made;
    if (known)
        return known;
    struct error error = ERROR_NONE;
    made = compile(pattern->text, pattern->flags, &error);
    error_release(&error);
    if (!made || atomic_compare_exchange_strong(&pattern->later->compiled, &known, made))
        return made;
    release_compiled(made);
    return known;
}

/* One call of pattern_find(). */
struct search {
    const struct compiled *compiled;
    PCRE2_SPTR bytes;
    size_t from, end;
    pcre2_match_data *data;
    long *budget;
};

/* Charges for what the attempt cost at least. */
static void charge(const struct search *search, size_t start, int result, uint32_t limit) {
    size_t end = search->end;
    if (result > 0)
        end = pcre2_get_ovector_pointer(search->data)[1];
    long cost = 1 + (end > start ? (long)((end - start) / BYTES_PER_STEP) : 0);
    if (result == PCRE2_ERROR_MATCHLIMIT)
        cost += limit;
    else if (result < 0 && result != PCRE2_ERROR_NOMATCH)
        cost += STEP_LIMIT;
    *search->budget -= cost;
}

static int attempt(const struct search *search, size_t start, pcre2_match_context *limits,
                   uint32_t limit) {
    if (*search->budget <= 0)
        return PCRE2_ERROR_MATCHLIMIT;
    int result = pcre2_match(search->compiled->code, search->bytes, search->end, start, 0,
                             search->data, limits);
    charge(search, start, result, limit);
    return result;
}

/* Tries the one place `start`. */
static int attempt_patiently(const struct search *search, size_t start,
                             pcre2_match_context *limits) {
    static const uint32_t steps[] = {MIDDLE_LIMIT, STEP_LIMIT};
    int result = PCRE2_ERROR_MATCHLIMIT;
    /* An anchored pattern is tried behind every invalid byte too: the limit would forbid it. */
    pcre2_set_offset_limit(limits, search->compiled->anchored ? PCRE2_UNSET : start);
    for (size_t i = 0; i < COUNT_OF(steps) && result == PCRE2_ERROR_MATCHLIMIT; i++) {
        pcre2_set_match_limit(limits, steps[i]);
        result = attempt(search, start, limits, steps[i]);
    }
    return result;
}

/* Goes on in windows that grow while the quick limit is enough and close in on a place where not.
 */
static int search_patiently(const struct search *search, pcre2_match_context *limits) {
    size_t window = FIRST_WINDOW;
    for (size_t start = search->from; start <= search->end;) {
        pcre2_set_match_limit(limits, QUICK_LIMIT);
        pcre2_set_offset_limit(limits, start + window - 1);
        int result = attempt(search, start, limits, QUICK_LIMIT);
        if (result == PCRE2_ERROR_MATCHLIMIT && window > 1 && *search->budget > 0) {
            window /= 4;
            continue;
        }
        if (result == PCRE2_ERROR_MATCHLIMIT)
            result = attempt_patiently(search, start, limits);
        if (result != PCRE2_ERROR_NOMATCH)
            return result;
        start += window;
        window *= 4;
    }
    return PCRE2_ERROR_NOMATCH;
}

/* True when a match may start somewhere; at the end, too, if an empty one may. */
static bool may_start(const struct search *search) {
    const bool *starts = search->compiled->starts;
    size_t at = search->from;
    while (at < search->end && !starts[search->bytes[at]])
        at++;
    return at < search->end || search->compiled->starts_anywhere;
}

static int run(const struct search *search, bool *was_quick) {
    const struct compiled *compiled = search->compiled;
    if (!may_start(search)) {
        charge(search, search->from, PCRE2_ERROR_NOMATCH, QUICK_LIMIT);
        return PCRE2_ERROR_NOMATCH;
    }
    int result = attempt(search, search->from, compiled->limits, QUICK_LIMIT);
    *was_quick = result != PCRE2_ERROR_MATCHLIMIT;
    if (*was_quick || *search->budget <= 0)
        return result;
    pcre2_match_context *limits = pcre2_match_context_copy(compiled->limits);
    if (!limits)
        memory_exhausted();
    if (compiled->anchored)
        result = attempt_patiently(search, search->from, limits);
    else
        result = search_patiently(search, limits);
    pcre2_match_context_free(limits);
    return result;
}

/* PCRE2 takes invalid UTF-8 for a border, and the piece beside it for the whole subject. */
static bool is_whole(const struct search *search) {
    return pcre2_get_startchar(search->data) == search->from &&
           pcre2_get_ovector_pointer(search->data)[1] == search->end;
}

static void copy_groups(struct match *match, pcre2_match_data *data) {
    const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(data);
    match->group_count = pcre2_get_ovector_count(data);
    if (match->group_count > COUNT_OF(match->groups))
        match->group_count = COUNT_OF(match->groups);
    for (size_t i = 0; i < COUNT_OF(match->groups); i++) {
        bool took_part = i < match->group_count && offsets[2 * i] != PCRE2_UNSET;
        match->groups[i] = took_part ? (struct span){offsets[2 * i], offsets[2 * i + 1]}
                                     : (struct span){SLICE_NOT_FOUND, SLICE_NOT_FOUND};
    }
}

/* Of the pattern, unless another thread has it. */
static pcre2_match_data *take_data(const struct pattern *pattern, const struct compiled *compiled) {
    pcre2_match_data *data = atomic_exchange(&pattern->later->data, NULL);
    if (!data)
        data = pcre2_match_data_create_from_pattern(compiled->code, NULL);
    if (!data)
        memory_exhausted();
    return data;
}

/* What has grown over a hard search is not kept. */
static void return_data(const struct pattern *pattern, pcre2_match_data *data, bool keep) {
    pcre2_match_data_free(keep ? atomic_exchange(&pattern->later->data, data) : data);
}

static enum match_result find(const struct pattern *pattern, struct search *search,
                              struct match *match) {
    bool was_quick = true;
    search->compiled = get_compiled(pattern);
    if (!search->compiled)
        return MATCH_UNDECIDED;
    search->data = take_data(pattern, search->compiled);
    int status = run(search, &was_quick);
    if (status == PCRE2_ERROR_NOMEMORY)
        memory_exhausted();
    enum match_result result = MATCH_UNDECIDED;
    bool whole = pattern->flags & PATTERN_WHOLE;
    if (status == PCRE2_ERROR_NOMATCH || (status > 0 && whole && !is_whole(search)))
        result = MATCH_NONE;
    else if (status > 0)
        result = MATCH_FOUND;
    if (result == MATCH_FOUND && match)
        copy_groups(match, search->data);
    return_data(pattern, search->data, was_quick);
    return result;
}

enum match_result pattern_find(const struct pattern *pattern, struct slice subject, size_t from,
                               size_t end, struct match *match, long *budget) {
    long own_budget = PATTERN_BUDGET;
    struct search search = {.from = from, .end = end};
    search.bytes = (PCRE2_SPTR)(subject.data ? subject.data : "");
    search.budget = budget ? budget : &own_budget;
    if (search.end > subject.size)
        search.end = subject.size;
    if (from > search.end)
        return MATCH_NONE;
    if (*search.budget <= 0)
        return MATCH_UNDECIDED;
    if (pattern->repetition)
        search.from = repetition_find(pattern->repetition, subject, from, search.end);
    if (search.from == SLICE_NOT_FOUND ||
        (pattern->needles && !needles_occur(pattern->needles, subject, from, search.end))) {
        charge(&search, from, PCRE2_ERROR_NOMATCH, QUICK_LIMIT);
        return MATCH_NONE;
    }
    return find(pattern, &search, match);
}

bool pattern_may_match(const struct pattern *pattern, struct slice subject, struct span range) {
    return !pattern->needles || needles_occur(pattern->needles, subject, range.start, range.end);
}

void pattern_set_ends(struct pattern *pattern, const char *bytes) {
    size_t size = strlen(bytes);
    if (size <= PATTERN_MOST_ENDS)
        memcpy(pattern->ends, bytes, size + 1);
}

bool pattern_matches(const struct pattern *pattern, struct slice subject) {
    char last = subject.size ? subject.data[subject.size - 1] : '\0';
    if (*pattern->ends && (!last || !strchr(pattern->ends, last)))
        return false;
    return pattern_find(pattern, subject, 0, subject.size, NULL, NULL) == MATCH_FOUND;
}

size_t pattern_group(const struct pattern *pattern, const char *name) {
    const struct compiled *compiled = get_compiled(pattern);
    int number = compiled ? pcre2_substring_number_from_name(compiled->code, (PCRE2_SPTR)name) : 0;
    return number > 0 ? (size_t)number : 0;
}

void pattern_append_quoted(struct buffer *buffer, struct slice text) {
    for (size_t i = 0; i < text.size; i++) {
        /* White space and '#' mean something after (?x). */
        if (text.data[i] && strchr("\\^$.|?*+()[]{}-# \t\r\n\f\v", text.data[i]))
            buffer_append_byte(buffer, '\\');
        buffer_append_byte(buffer, text.data[i]);
    }
}

void pattern_free(struct pattern *pattern) {
    if (!pattern)
        return;
    release_compiled(atomic_load(&pattern->later->compiled));
    pcre2_match_data_free(atomic_load(&pattern->later->data));
    free(pattern->later);
    free(pattern->needles);
    free(pattern);
}
