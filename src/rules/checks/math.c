/*
 * Formulas as kramdown and KaTeX read them: what KaTeX refuses, and what kramdown changes before
 * KaTeX sees it.
 */
#include "base/memory.h"
#include "rules/check.h"
#include "rules/facts.h"
#include "rules/review.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum problem {
    PROBLEM_BROKEN,
    PROBLEM_MISSPELLED,
    PROBLEM_UNKNOWN,
    PROBLEM_ESCAPES,
    PROBLEM_NORM,
    PROBLEM_EMPHASIS,
    PROBLEM_OUTSIDE,
    PROBLEM_QUOTE,
    PROBLEM_LIQUID,
    PROBLEM_NESTED,
    PROBLEM_NOT_CLOSED,
};

static const char *const problem_names[] = {
    "broken",  "command-misspelled", "command-unknown", "escapes-eaten", "norm-eaten", "emphasis",
    "outside", "typed-quote",        "liquid",          "nested",        "not-closed", NULL};

static const char *const places[] = {"reason", "nearest", NULL};

struct math_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct math_parameters, finds), problem_names}, {0}};

struct look {
    const struct rule *rule;
    const struct subject *subject;
    const struct document *document;
    const struct formula_list *formulas;
    size_t unknown; /* commands looked up so far: each costs a pass over the text */
    size_t marks;   /* bytes that may still be read in search of closing marks */
};

/* More tell nobody anything. */
enum { MOST_UNKNOWN = 300, LONGEST_EMPHASIS = 4096 };

static void report(const struct look *look, struct span span, const char *name, const char *text) {
    struct place place = {name, slice_of(text)};
    subject_report(look->subject, look->rule, span, document_text(look->document, span), &place,
                   name ? 1 : 0);
}

/* --- What KaTeX refuses ------------------------------------------------------------------- */

static const char *reason_of(enum tex_fault fault) {
    static const char *const reasons[] = {
        [TEX_UNKNOWN_ENVIRONMENT] = "KaTeX has no such environment",
        [TEX_BRACE_NOT_CLOSED] = "this brace is not closed within the formula",
        [TEX_BRACE_STRAY] = "this brace closes nothing",
        [TEX_LEFT_NOT_CLOSED] = "this \\left has no \\right",
        [TEX_RIGHT_STRAY] = "this \\right has no \\left before it",
        [TEX_DELIMITER] = "a delimiter such as ( or \\{ must follow",
        [TEX_BEGIN_NOT_CLOSED] = "this \\begin has no \\end",
        [TEX_END_STRAY] = "this \\end ends nothing that is open here",
        [TEX_CELL_MARK] = "& stands outside of aligned, cases or another environment with columns",
        [TEX_DOLLAR] = "a dollar sign within a formula",
        [TEX_HASH] = "# must be \\# in a formula",
        [TEX_DOUBLE_SCRIPT] = "a second ^ or _ on the same letter; braces say what belongs to what",
        [TEX_ARGUMENT_MISSING] = "nothing follows that it could apply to",
        [TEX_NOT_AN_ARGUMENT] = "this needs braces around the command",
        [TEX_NOT_IN_MATH] = "a command for text, not for formulas",
        [TEX_NOT_IN_TEXT] = "a command for formulas within \\text{…}",
        [TEX_LIMITS] = "\\limits must follow an operator such as \\sum",
        [TEX_SCRIPT_IN_TEXT] = "within \\text{…} it must be \\_ or \\^{}, or stand in $…$",
        [TEX_NOT_IN_ARRAY] = "this belongs into an array or another environment with rows",
        [TEX_SECOND_INFIX] = "the second of its kind in the same braces; \\frac is clearer",
        [TEX_SECOND_TAG] = "a formula takes one \\tag",
    };
    return (size_t)fault < COUNT_OF(reasons) ? reasons[fault] : NULL;
}

/* True when only the backslashes that kramdown takes away are missing. */
static bool is_fine_as_written(const struct look *look, const struct formula *formula) {
    struct tex_verdict verdict;
    if (formula->kind != FORMULA_DOLLAR)
        return false;
    tex_check(&verdict, document_text(look->document, formula->content),
              subject_macros(look->subject));
    return verdict.fault == TEX_FINE;
}

/* What MathJax has beyond KaTeX is not known here. */
static bool may_be_mathjax(const struct look *look, enum tex_fault fault) {
    return look->subject->review->math.mathjax &&
           (fault == TEX_UNKNOWN_COMMAND || fault == TEX_UNKNOWN_ENVIRONMENT ||
            fault == TEX_NOT_AN_ARGUMENT || fault == TEX_NOT_IN_MATH || fault == TEX_NOT_IN_TEXT ||
            fault == TEX_LIMITS || fault == TEX_HASH || fault == TEX_SCRIPT_IN_TEXT ||
            fault == TEX_NOT_IN_ARRAY);
}

/* Whoever writes a name again and again has a macro in mind. */
static bool is_habit(const struct look *look, struct slice name) {
    enum { OFTEN = 4 };
    size_t count = 0;
    struct slice bytes = look->document->source.bytes;
    for (size_t at = 0; count < OFTEN && (at = slice_find(bytes, "\\", at)) != SLICE_NOT_FOUND;
         at++)
        count += slice_equal(tex_command_name(bytes, at), name);
    return count == OFTEN;
}

/* `<\d-math>`: the formula goes on to the closing tag of the next one. */
static bool is_closing_tag(const struct formula *formula, struct span place) {
    struct slice rest = slice_part(formula->tex, place.start, formula->tex.size);
    return formula->kind == FORMULA_ELEMENT && place.start &&
           formula->tex.data[place.start - 1] == '<' && slice_starts_with(rest, "\\d-math>");
}

static void look_at_command(const struct look *look, enum problem problem,
                            const struct formula *formula, struct span place) {
    struct slice name = slice_part(formula->tex, place.start + 1, place.end);
    bool habit = is_habit(look, name);
    const char *nearest = habit ? NULL : tex_nearest(name);
    bool argument = place.end < formula->tex.size && formula->tex.data[place.end] == '{';
    if (habit && argument)
        return; /* the author's or the site's, in a script that is not here */
    if ((nearest != NULL) == (problem == PROBLEM_MISSPELLED))
        report(look, formula_span(formula, place), "nearest", nearest ? nearest : "");
}

/* KaTeX stops at the first; each is told, so that the author needs one round. */
static void look_at_unknown(struct look *look, enum problem problem, const struct formula *formula,
                            struct tex_verdict verdict) {
    enum { MOST_IN_ONE = 20 };
    const struct tex_macros *known = subject_macros(look->subject);
    struct tex_macros macros = {0};
    for (size_t i = 0; i < known->count; i++)
        ARRAY_PUSH(macros.names, macros.count, macros.capacity) = known->names[i];
    for (size_t i = 0; i < MOST_IN_ONE && verdict.fault == TEX_UNKNOWN_COMMAND; i++) {
        if (++look->unknown > MOST_UNKNOWN) {
            subject_undecided(look->subject, look->rule,
                              "it has too many unknown commands here; the first are shown");
            break;
        }
        look_at_command(look, problem, formula, verdict.place);
        ARRAY_PUSH(macros.names, macros.count, macros.capacity) =
            slice_part(formula->tex, verdict.place.start + 1, verdict.place.end);
        tex_check(&verdict, formula->tex, &macros);
    }
    free(macros.names);
}

static void look_at_tex(struct look *look, enum problem problem, const struct formula *formula) {
    if (formula->has_liquid)
        return;
    struct tex_verdict verdict = *subject_verdict(look->subject, formula);
    if (verdict.fault == TEX_FINE || may_be_mathjax(look, verdict.fault))
        return;
    struct span span = formula_span(formula, verdict.place);
    if (is_closing_tag(formula, verdict.place)) {
        if (problem == PROBLEM_BROKEN)
            report(look, (struct span){span.start - 1, span.start + strlen("\\d-math>")}, "reason",
                   "a closing tag has a slash: </d-math>");
        return;
    }
    if (verdict.fault == TEX_UNKNOWN_COMMAND) {
        if (problem != PROBLEM_BROKEN)
            look_at_unknown(look, problem, formula, verdict);
    } else if (problem == PROBLEM_BROKEN && verdict.fault == TEX_TOO_DEEP) {
        subject_undecided(look->subject, look->rule, "a formula is nested too deep to be followed");
    } else if (problem == PROBLEM_BROKEN && !is_fine_as_written(look, formula)) {
        report(look, span, "reason", reason_of(verdict.fault));
    }
}

/* --- What kramdown changes ---------------------------------------------------------------- */

/* `\{` in `$…$` reaches the page as `{`, which shows nothing. */
static void look_at_escapes(struct look *look, const struct formula *formula) {
    struct slice text = document_text(look->document, formula->content);
    for (size_t at = 0; formula->kind == FORMULA_DOLLAR && at + 1 < text.size; at++) {
        if (text.data[at] != '\\')
            continue;
        if (strchr("{}", text.data[at + 1])) {
            report(look, formula->span, NULL, NULL);
            return;
        }
        at++;
    }
}

/* `\|x\|_2` in `$…$` becomes `|x|_2`. */
static void look_at_norms(struct look *look, const struct formula *formula) {
    struct slice text = document_text(look->document, formula->content);
    size_t bars = 0;
    for (size_t at = 0; formula->kind == FORMULA_DOLLAR && at + 1 < text.size; at++) {
        if (text.data[at] != '\\')
            continue;
        bars += text.data[at + 1] == '|';
        bool script = at + 2 < text.size && strchr("_^", text.data[at + 2]);
        if (text.data[at + 1] == '|' && bars % 2 == 0 && script) {
            report(look, formula->span, NULL, NULL);
            return;
        }
        at++;
    }
}

static void look_at_quotes(struct look *look, const struct formula *formula) {
    struct slice text = document_text(look->document, formula->content);
    size_t at = slice_find(text, "\xE2\x80\x99", 0);
    size_t start = formula->content.start + at;
    bool in_text = at != SLICE_NOT_FOUND &&
                   slice_find(slice_part(text, 0, at), "\\text", 0) != SLICE_NOT_FOUND;
    if (at != SLICE_NOT_FOUND && !in_text)
        report(look, (struct span){start, start + strlen("\xE2\x80\x99")}, NULL, NULL);
}

/* `{{…}}` in a formula is Liquid's, which puts nothing in its place. */
static void look_at_liquid(struct look *look, const struct formula *formula) {
    const struct document *document = look->document;
    for (size_t at = formula->content.start; at < formula->content.end; at++) {
        if (document->kinds[at] != BYTE_LIQUID)
            continue;
        size_t end = at;
        while (end < formula->content.end && document->kinds[end] == BYTE_LIQUID)
            end++;
        struct slice text = document_text(document, (struct span){at, end});
        bool names = slice_find(text, "site.", 0) != SLICE_NOT_FOUND ||
                     slice_find(text, "page.", 0) != SLICE_NOT_FOUND ||
                     slice_find(text, "{%", 0) != SLICE_NOT_FOUND;
        if (!names)
            report(look, (struct span){at, end}, NULL, NULL);
        return;
    }
}

/* `$a \in $X$ b$`: what is between two formulas and touches both was to be part of one. */
static void find_nested(struct look *look) {
    enum { LONGEST = 12 };
    const struct source *source = &look->document->source;
    struct slice bytes = source->bytes;
    size_t last_line = 0; /* behind one of them the rest of the line is inside out */
    for (size_t i = 0; i + 1 < look->formulas->count; i++) {
        const struct formula *left = &look->formulas->items[i], *right = left + 1;
        struct span gap = {left->span.end, right->span.start};
        bool dollars = left->kind == FORMULA_DOLLAR && right->kind == FORMULA_DOLLAR;
        if (!dollars || gap.start == gap.end || gap.end - gap.start > LONGEST)
            continue;
        size_t at = gap.start;
        while (at < gap.end && look->document->kinds[at] == BYTE_TEXT &&
               (isalnum((unsigned char)bytes.data[at]) || strchr("_^{}\\'", bytes.data[at])))
            at++;
        if (at < gap.end || source_line(source, gap.start) == last_line)
            continue;
        last_line = source_line(source, gap.start);
        report(look, gap, NULL, NULL);
    }
}

/* --- Emphasis ----------------------------------------------------------------------------- */

/* The formula between single dollars that `at` is in, or NULL. */
static const struct formula *formula_at(const struct look *look, size_t at) {
    size_t low = 0, high = look->formulas->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct formula *formula = &look->formulas->items[middle];
        if (at < formula->span.start)
            high = middle;
        else if (at >= formula->span.end)
            low = middle + 1;
        else
            return formula->kind == FORMULA_DOLLAR ? formula : NULL;
    }
    return NULL;
}

static char byte_at(const struct look *look, size_t at) {
    struct slice bytes = look->document->source.bytes;
    return at < bytes.size ? bytes.data[at] : '\0';
}

/* A mark that kramdown reads: in text, or in a formula that it does not know to be one. */
static bool is_mark(const struct look *look, size_t at) {
    char byte = byte_at(look, at);
    if (byte != '*' && byte != '_')
        return false;
    return look->document->kinds[at] == BYTE_TEXT ||
           (look->document->kinds[at] == BYTE_MATH && formula_at(look, at));
}

/* How many of the mark stand at `at` in a row, before `limit`. */
static size_t run_size(const struct look *look, size_t at, size_t limit) {
    size_t size = 1;
    while (at + size < limit && byte_at(look, at + size) == byte_at(look, at))
        size++;
    return size;
}

/* The mark that closes the one before `from`, or 0. Source: kramdown's emphasis.rb. */
static size_t closing_mark(struct look *look, struct span block, size_t from, char mark,
                           size_t size) {
    size_t limit = block.end > from + LONGEST_EMPHASIS ? from + LONGEST_EMPHASIS : block.end;
    for (size_t at = from; at < limit && look->marks; at++, look->marks--) {
        if (byte_at(look, at) == '\\') {
            at++;
            continue;
        }
        if (byte_at(look, at) != mark || !is_mark(look, at))
            continue;
        size_t run = run_size(look, at, limit + 2);
        bool blank = isspace((unsigned char)byte_at(look, at - 1));
        bool word = mark == '_' && isalnum((unsigned char)byte_at(look, at + size));
        if (!blank && !word && (size == 1 ? run != 2 : run >= 2) && at > from)
            return at;
        at += run - 1;
        look->marks -= run < look->marks ? run - 1 : look->marks - 1;
    }
    return 0;
}

/* A letter or hyphen stands before `at`; of other scripts all but general punctuation is one. */
static bool follows_word(const struct look *look, size_t at) {
    unsigned char before = at ? (unsigned char)byte_at(look, at - 1) : ' ';
    bool punctuation = at > 2 && (unsigned char)byte_at(look, at - 3) == 0xE2 &&
                       (unsigned char)byte_at(look, at - 2) == 0x80;
    return isalpha(before) || before == '-' || (before >= 0x80 && !punctuation);
}

static void look_at_emphasis(struct look *look, struct span block) {
    for (size_t at = block.start; at < block.end; at++) {
        if (byte_at(look, at) == '\\') {
            at++;
            continue;
        }
        char mark = byte_at(look, at);
        if ((mark != '*' && mark != '_') || !is_mark(look, at))
            continue;
        size_t run = run_size(look, at, at + 2), size = run;
        bool opens = !(mark == '_' && follows_word(look, at)) &&
                     !isspace((unsigned char)byte_at(look, at + size));
        size_t close = opens ? closing_mark(look, block, at + size, mark, size) : 0;
        if (!close && opens && size == 2) {
            size = 1;
            close = closing_mark(look, block, at + 1, mark, 1);
        }
        if (!close) {
            at += run - 1;
            continue;
        }
        const struct formula *first = formula_at(look, at), *last = formula_at(look, close);
        if (first)
            report(look, (struct span){at, close + size}, NULL, NULL);
        else if (last)
            report(look, last->span, NULL, NULL);
        at = close + size - 1;
    }
}

static void find_emphasis(struct look *look) {
    const struct text_block_list *blocks = subject_text_blocks(look->subject);
    look->marks = 64 * look->document->source.bytes.size;
    for (size_t i = 0; i < blocks->count; i++) {
        struct slice text = document_text(look->document, blocks->items[i].span);
        if (memchr(text.data, '$', text.size))
            look_at_emphasis(look, blocks->items[i].span);
    }
}

/* --- Dollars that nothing closes ---------------------------------------------------------- */

static bool is_text(const struct look *look, size_t at) {
    return at < look->document->source.bytes.size && look->document->kinds[at] == BYTE_TEXT;
}

/* Two dollars, and neither three nor escaped ones, that kramdown found no partner for. */
static bool is_lone_pair(const struct look *look, size_t at) {
    char before = at ? byte_at(look, at - 1) : ' ';
    return byte_at(look, at) == '$' && byte_at(look, at + 1) == '$' && is_text(look, at) &&
           is_text(look, at + 1) && before != '$' && before != '\\' && byte_at(look, at + 2) != '$';
}

/* What prose about money or shells does not have, in text or a formula, not in code or links. */
struct tex_signs {
    bool command;
    bool other; /* an index, an exponent, an equation */
};

static struct tex_signs find_signs(const struct look *look, struct span block) {
    struct tex_signs signs = {false, false};
    for (size_t at = block.start + 1; at + 1 < block.end; at++) {
        char byte = byte_at(look, at), before = byte_at(look, at - 1),
             behind = byte_at(look, at + 1);
        unsigned char kind = look->document->kinds[at];
        if (kind != BYTE_TEXT && kind != BYTE_MATH)
            continue;
        bool script = (byte == '_' || byte == '^') && isalpha((unsigned char)before) &&
                      (isalnum((unsigned char)behind) || behind == '{');
        signs.command |= byte == '\\' && isalpha((unsigned char)behind);
        signs.other |= script || (byte == '=' && before == ' ' && behind == ' ');
    }
    return signs;
}

/* With blanks around it within a line it may be a word. */
static bool is_glued(const struct look *look, size_t at) {
    char before = at ? byte_at(look, at - 1) : '\n', behind = byte_at(look, at + 2);
    return before == '\n' || behind == '\n' || !isspace((unsigned char)before) ||
           !isspace((unsigned char)behind);
}

static void find_not_closed(struct look *look) {
    const struct text_block_list *blocks = subject_text_blocks(look->subject);
    for (size_t i = 0; i < blocks->count; i++) {
        struct span block = blocks->items[i].span;
        struct slice text = document_text(look->document, block);
        size_t at = slice_find(text, "$$", 0);
        while (at != SLICE_NOT_FOUND && !is_lone_pair(look, block.start + at))
            at = slice_find(text, "$$", at + 1);
        if (at == SLICE_NOT_FOUND)
            continue;
        at += block.start;
        struct tex_signs signs = find_signs(look, block);
        if (signs.command || (signs.other && is_glued(look, at)))
            report(look, (struct span){at, at + 2}, NULL, NULL);
    }
}

/* --- TeX in the text ---------------------------------------------------------------------- */

/* LaTeX's own markup, which no page knows. */
static bool is_latex_markup(struct slice name) {
    static const char *const names[] = {"item",    "section",  "subsection", "textbf",
                                        "textit",  "emph",     "footnote",   "includegraphics",
                                        "caption", "noindent", "paragraph",  "subsubsection"};
    return slice_is_one_of(name, names, COUNT_OF(names));
}

/* A backslash before a name that KaTeX knows; paths of Windows and line ends are none. */
static bool is_command(const struct look *look, size_t at, struct slice name) {
    char before = at ? byte_at(look, at - 1) : ' ';
    char behind = byte_at(look, at + 1 + name.size);
    if (name.size < 3 || !isalpha((unsigned char)*name.data) || before == '\\' || behind == '\\')
        return false;
    if (isalnum((unsigned char)before) && (behind == '.' || !tex_knows(name)))
        return false;
    bool reference = behind == '{' && !look->subject->review->math.mathjax &&
                     (slice_equal_string(name, "eqref") || slice_equal_string(name, "ref"));
    return tex_knows(name) || is_latex_markup(name) || reference;
}

/* `\\(…\\)` and \begin{equation} are formulas for a script that is told so. */
static bool may_be_formula(struct slice run) {
    static const char *const marks[] = {"\\\\(",  "\\\\[",        "\\begin{",
                                        "\\end{", "\\newcommand", "\\def"};
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (slice_find(run, marks[i], 0) != SLICE_NOT_FOUND)
            return true;
    return false;
}

/* kramdown makes one backslash, or a line end, of the two of a row; of four it makes two. */
static bool has_row_mark(struct slice text) {
    for (size_t at = 0; (at = slice_find(text, "\\\\", at)) != SLICE_NOT_FOUND; at += 2) {
        size_t end = at;
        while (end < text.size && text.data[end] == '\\')
            end++;
        if (end - at == 2)
            return true;
        at = end - 2;
    }
    return false;
}

/* An environment with rows loses them, whatever script reads the page. */
static void look_at_environments(const struct look *look, struct span run) {
    struct slice text = document_text(look->document, run);
    for (size_t at = 0; (at = slice_find(text, "\\begin{", at)) != SLICE_NOT_FOUND; at++) {
        static const char *const names[] = {"align",   "align*",   "aligned",   "gather",
                                            "gather*", "equation", "equation*", "cases"};
        size_t start = at + strlen("\\begin{"), close = slice_find(text, "}", start);
        struct slice name = slice_part(text, start, close);
        bool known = close != SLICE_NOT_FOUND && slice_is_one_of(name, names, COUNT_OF(names));
        size_t end = known ? slice_find(text, "\\end{", close) : SLICE_NOT_FOUND;
        if (end == SLICE_NOT_FOUND || !has_row_mark(slice_part(text, close, end)))
            continue;
        report(look, (struct span){run.start + at, run.start + close + 1}, NULL, NULL);
        return;
    }
}

static void look_outside(struct look *look, struct span run, size_t *last_line) {
    const struct source *source = &look->document->source;
    struct slice text = document_text(look->document, run);
    if (!memchr(text.data, '\\', text.size))
        return;
    if (may_be_formula(text)) {
        if (!look->subject->review->math.mathjax)
            look_at_environments(look, run);
        return;
    }
    for (size_t at = run.start; at < run.end; at++) {
        if (byte_at(look, at) != '\\')
            continue;
        struct slice name = tex_command_name(slice_part(source->bytes, 0, run.end), at);
        size_t line = source_line(source, at);
        if (is_command(look, at, name) && line != *last_line) {
            report(look, (struct span){at, at + 1 + name.size}, NULL, NULL);
            *last_line = line;
        }
        at += name.size;
    }
}

static void find_outside(struct look *look) {
    size_t last_line = 0;
    for (size_t i = 0; i < look->document->prose_count; i++)
        look_outside(look, look->document->prose[i], &last_line);
}

/* ------------------------------------------------------------------------------------------ */

static void look_at_formula(struct look *look, enum problem problem,
                            const struct formula *formula) {
    if (problem == PROBLEM_ESCAPES)
        look_at_escapes(look, formula);
    else if (problem == PROBLEM_NORM)
        look_at_norms(look, formula);
    else if (problem == PROBLEM_QUOTE)
        look_at_quotes(look, formula);
    else if (problem == PROBLEM_LIQUID)
        look_at_liquid(look, formula);
    else
        look_at_tex(look, problem, formula);
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct math_parameters *own = rule->parameters;
    const struct document *document = subject->document;
    struct look look = {.rule = rule, .subject = subject, .document = document};
    if (!document->kinds || document->undecided)
        return;
    look.formulas = subject_formulas(subject);
    if (own->finds == PROBLEM_EMPHASIS && look.formulas->count)
        find_emphasis(&look);
    else if (own->finds == PROBLEM_OUTSIDE)
        find_outside(&look);
    else if (own->finds == PROBLEM_NOT_CLOSED)
        find_not_closed(&look);
    else if (own->finds == PROBLEM_NESTED)
        find_nested(&look);
    else
        for (size_t i = 0; i < look.formulas->count; i++)
            look_at_formula(&look, (enum problem)own->finds, &look.formulas->items[i]);
}

const struct check check_math = {.name = "math",
                                 .parameters = parameters,
                                 .parameters_size = sizeof(struct math_parameters),
                                 .places = places,
                                 .needs_document = true,
                                 .run = run};
