#include "document/tex.h"

#include "base/memory.h"
#include "document/katex_commands.h"
#include "text/nearest.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Deeper than people write. */
enum { MOST_FRAMES = 200 };

enum frame_kind { FRAME_FORMULA, FRAME_BRACES, FRAME_LEFT, FRAME_BEGIN, FRAME_ARGUMENTS };

/* Something that is open, with what the item before the current place allows to follow. */
struct frame {
    enum frame_kind kind;
    struct span place;     /* of what opened it */
    struct slice name;     /* of an environment */
    unsigned arguments;    /* FRAME_ARGUMENTS: how many are still to come */
    bool is_script;        /* FRAME_ARGUMENTS: of '^' or '_' */
    bool becomes_operator; /* \limits may follow what it makes */
    bool text;             /* within \text{…} */
    bool has_superscript, has_subscript, is_operator, has_infix;
};

struct parse {
    struct slice tex;
    size_t at;
    const struct tex_macros *macros;
    struct frame *frames; /* room for MOST_FRAMES */
    size_t depth;         /* how many are in use */
    struct tex_verdict *verdict;
    bool stopped;
    bool has_tag;
    bool no_bracket; /* no ']' stands in what is left */
};

static const char *const delimiters[] = {
    "lparen",   "rparen",     "lbrack",     "rbrack",    "{",           "}",           "lbrace",
    "rbrace",   "lfloor",     "rfloor",     "lceil",     "rceil",       "langle",      "rangle",
    "lt",       "gt",         "lvert",      "rvert",     "lVert",       "rVert",       "lgroup",
    "rgroup",   "lmoustache", "rmoustache", "|",         "vert",        "Vert",        "backslash",
    "uparrow",  "Uparrow",    "downarrow",  "Downarrow", "updownarrow", "Updownarrow", "llcorner",
    "lrcorner", "ulcorner",   "urcorner",   "llbracket", "rrbracket",   "lBrace",      "rBrace"};

static const char *const before_delimiter[] = {
    "big",   "Big",   "bigg", "Bigg", "bigl",  "Bigl",  "biggl", "Biggl", "bigr",  "Bigr",
    "biggr", "Biggr", "bigm", "Bigm", "biggm", "Biggm", "left",  "right", "middle"};

/* Of what they enclose nothing is read as a formula. */
static const char *const verbatim[] = {
    "color",     "textcolor", "href",   "url", "tag", "includegraphics", "htmlClass", "htmlId",
    "htmlStyle", "htmlData",  "hspace", "ce",  "pu"};

/* Their last argument is text; those before it are no formulas. */
static const char *const boxes[] = {"colorbox", "raisebox", "fcolorbox"};

static const char *const infixes[] = {"over", "choose", "atop", "brace", "brack"};

static const char *const definitions[] = {
    "def",          "gdef",           "edef", "xdef", "let",    "futurelet", "newcommand",
    "renewcommand", "providecommand", "verb", "char", "global", "long"};

static const char *const texts[] = {"text",   "textrm", "textsf", "texttt", "textnormal",
                                    "textbf", "textmd", "textit", "textup", "emph",
                                    "hbox",   "fbox",   "llap",   "rlap",   "clap"};

/* As slice_compare() orders them, without measuring each name. */
static int compare_name(const void *key, const void *element) {
    const struct slice *name = key;
    const char *known = ((const struct tex_command *)element)->name;
    int order = name->size ? strncmp(name->data, known, name->size) : 0;
    return order ? order : -(known[name->size] != '\0');
}

static const struct tex_command *find_command(struct slice name) {
    return bsearch(&name, katex_commands, katex_command_count, sizeof *katex_commands,
                   compare_name);
}

bool tex_knows(struct slice name) {
    return find_command(name) != NULL;
}

struct slice tex_command_name(struct slice tex, size_t at) {
    size_t end = ++at;
    while (end < tex.size && (isalpha((unsigned char)tex.data[end]) || tex.data[end] == '@'))
        end++;
    if (end == at && end < tex.size)
        for (end++; end < tex.size && (tex.data[end] & 0xC0) == 0x80;)
            end++;
    return slice_part(tex, at, end);
}

size_t tex_skip_blanks(struct slice tex, size_t at) {
    bool comment = false;
    if (at < tex.size && (unsigned char)tex.data[at] > '%') /* nor is it a blank: most bytes */
        return at;
    for (; at < tex.size; at++) {
        char byte = tex.data[at];
        comment = byte == '%' || (comment && byte != '\n');
        if (!comment && !isspace((unsigned char)byte))
            break;
    }
    return at;
}

static bool is_macro(const struct parse *parse, struct slice name) {
    return parse->macros && slice_is_among(name, parse->macros->names, parse->macros->count);
}

static void fail(struct parse *parse, enum tex_fault fault, size_t start, size_t end) {
    if (!parse->stopped)
        *parse->verdict = (struct tex_verdict){fault, {start, end}};
    parse->stopped = true;
}

static struct frame *top(struct parse *parse) {
    return &parse->frames[parse->depth - 1];
}

static struct frame *push(struct parse *parse, enum frame_kind kind, size_t start, size_t end) {
    if (parse->depth == MOST_FRAMES) {
        fail(parse, TEX_TOO_DEEP, start, end);
        return top(parse);
    }
    bool text = parse->depth && top(parse)->text;
    parse->frames[parse->depth++] =
        (struct frame){.kind = kind, .place = {start, end}, .text = text};
    return top(parse);
}

static char peek(const struct parse *parse) {
    return parse->at < parse->tex.size ? parse->tex.data[parse->at] : '\0';
}

static void skip_blanks(struct parse *parse) {
    parse->at = tex_skip_blanks(parse->tex, parse->at);
}

/* A script belongs to the item before it; other items stand for themselves. */
static void end_item(struct parse *parse, bool is_operator) {
    while (top(parse)->kind == FRAME_ARGUMENTS) {
        struct frame *frame = top(parse);
        if (frame->arguments > 1) {
            frame->arguments--;
            return;
        }
        bool script = frame->is_script;
        is_operator = frame->becomes_operator;
        parse->depth--;
        if (script)
            return;
    }
    top(parse)->has_superscript = top(parse)->has_subscript = false;
    top(parse)->is_operator = is_operator;
}

/* A cell, too. */
static void end_row(struct parse *parse) {
    end_item(parse, false);
    top(parse)->has_infix = false;
}

/* Before what closes something: all commands must have got their arguments. */
static bool has_all_arguments(struct parse *parse) {
    const struct frame *frame = top(parse);
    if (frame->kind == FRAME_ARGUMENTS)
        fail(parse, TEX_ARGUMENT_MISSING, frame->place.start, frame->place.end);
    return frame->kind != FRAME_ARGUMENTS;
}

static void fail_not_closed(struct parse *parse) {
    static const enum tex_fault faults[] = {[FRAME_BRACES] = TEX_BRACE_NOT_CLOSED,
                                            [FRAME_LEFT] = TEX_LEFT_NOT_CLOSED,
                                            [FRAME_BEGIN] = TEX_BEGIN_NOT_CLOSED};
    const struct frame *frame = top(parse);
    fail(parse, faults[frame->kind], frame->place.start, frame->place.end);
}

/* Behind the brace that closes the one at `at`, or the end. */
static size_t braces_end(struct slice tex, size_t at) {
    size_t depth = 0;
    for (; at < tex.size; at++) {
        if (tex.data[at] == '\\' && at + 1 < tex.size)
            at++;
        else if (tex.data[at] == '{')
            depth++;
        else if (tex.data[at] == '}' && !--depth)
            return at + 1;
    }
    return tex.size;
}

static void skip_bracket(struct parse *parse) {
    size_t at = parse->at;
    while (at < parse->tex.size && parse->tex.data[at] == ' ')
        at++;
    if (parse->no_bracket || at == parse->tex.size || parse->tex.data[at] != '[')
        return;
    const char *end = memchr(parse->tex.data + at, ']', parse->tex.size - at);
    parse->no_bracket = !end;
    if (end)
        parse->at = (size_t)(end - parse->tex.data) + 1;
}

/* What \left and its like need: one sign or command of a short list. */
static void take_delimiter(struct parse *parse, size_t start) {
    skip_blanks(parse);
    size_t at = parse->at;
    struct slice name = {0};
    bool good = at < parse->tex.size && strchr("()[]<>/|.", peek(parse)) && peek(parse);
    if (peek(parse) == '\\') {
        name = tex_command_name(parse->tex, at);
        good = slice_is_one_of(name, delimiters, COUNT_OF(delimiters)) || is_macro(parse, name);
    } else if (at < parse->tex.size && (peek(parse) & 0x80)) {
        good = true; /* ⟨ and its like */
        while (parse->at + 1 < parse->tex.size && (parse->tex.data[parse->at + 1] & 0xC0) == 0x80)
            parse->at++;
    }
    parse->at += name.size + (at < parse->tex.size);
    if (!good)
        fail(parse, TEX_DELIMITER, start, parse->at);
}

static void take_left(struct parse *parse, size_t start) {
    size_t end = parse->at;
    take_delimiter(parse, start);
    push(parse, FRAME_LEFT, start, end)->text = false;
}

static void take_right(struct parse *parse, size_t start) {
    if (!has_all_arguments(parse))
        return;
    if (top(parse)->kind != FRAME_LEFT) {
        if (top(parse)->kind == FRAME_FORMULA)
            fail(parse, TEX_RIGHT_STRAY, start, parse->at);
        else if (top(parse)->kind == FRAME_BEGIN)
            fail(parse, TEX_RIGHT_STRAY, start, parse->at);
        else
            fail_not_closed(parse);
        return;
    }
    take_delimiter(parse, start);
    parse->depth--;
    end_item(parse, false);
}

/* `{name}` behind \begin or \end. */
static struct slice take_name(struct parse *parse) {
    skip_blanks(parse);
    size_t start = parse->at + 1;
    const char *end =
        peek(parse) == '{' ? memchr(parse->tex.data + start, '}', parse->tex.size - start) : NULL;
    if (!end)
        return slice_part(parse->tex, 0, 0);
    parse->at = (size_t)(end - parse->tex.data) + 1;
    return slice_part(parse->tex, start, parse->at - 1);
}

static void take_begin(struct parse *parse, size_t start) {
    struct slice name = take_name(parse);
    if (!slice_is_one_of(name, katex_environments, katex_environment_count))
        fail(parse, TEX_UNKNOWN_ENVIRONMENT, start, parse->at);
    push(parse, FRAME_BEGIN, start, parse->at)->name = name;
}

static void take_end(struct parse *parse, size_t start) {
    struct slice name = take_name(parse);
    if (!has_all_arguments(parse))
        return;
    if (top(parse)->kind == FRAME_BRACES || top(parse)->kind == FRAME_LEFT)
        fail_not_closed(parse);
    if (top(parse)->kind != FRAME_BEGIN || !slice_equal(top(parse)->name, name)) {
        fail(parse, TEX_END_STRAY, start, parse->at);
        return;
    }
    parse->depth--;
    end_item(parse, false);
}

static bool is_text_command(struct slice name) {
    return slice_is_one_of(name, texts, COUNT_OF(texts));
}

static bool takes_option(struct slice name) {
    return slice_starts_with(name, "x") || slice_equal_string(name, "sqrt") ||
           slice_equal_string(name, "smash") || slice_equal_string(name, "rule");
}

/* \mathbf\max is taken, x^\max is not. */
static bool takes_any_command(const struct parse *parse, const struct frame *frame) {
    return slice_starts_with(slice_part(parse->tex, frame->place.start, frame->place.end),
                             "\\math");
}

/* A command in its place as an argument or script must stand there without braces. */
static void take_known(struct parse *parse, const struct tex_command *command, size_t start) {
    struct slice name = slice_of(command->name);
    bool argument = top(parse)->kind == FRAME_ARGUMENTS;
    if (top(parse)->text ? command->flags & TEX_MATH_ONLY : command->flags & TEX_TEXT_ONLY)
        fail(parse, top(parse)->text ? TEX_NOT_IN_TEXT : TEX_NOT_IN_MATH, start, parse->at);
    if (argument && command->flags & TEX_NO_SCRIPT && !takes_any_command(parse, top(parse)))
        fail(parse, TEX_NOT_AN_ARGUMENT, top(parse)->place.start, parse->at);
    if (slice_equal_string(name, "limits") || slice_equal_string(name, "nolimits")) {
        if (!top(parse)->is_operator)
            fail(parse, TEX_LIMITS, start, parse->at);
        return;
    }
    if (slice_equal_string(name, "operatorname") && peek(parse) == '*')
        parse->at++;
    if (takes_option(name))
        skip_bracket(parse);
    bool is_operator = command->flags & TEX_TAKES_LIMITS;
    if (!command->arguments) {
        end_item(parse, is_operator);
        return;
    }
    struct frame *frame = push(parse, FRAME_ARGUMENTS, start, start + 1 + name.size);
    frame->arguments = command->arguments;
    frame->becomes_operator = is_operator;
    frame->text = frame->text || is_text_command(name);
}

static void skip_verbatim(struct parse *parse) {
    skip_bracket(parse);
    skip_blanks(parse);
    if (peek(parse) == '{')
        parse->at = braces_end(parse->tex, parse->at);
    end_item(parse, false);
}

/* Without braces around them their arguments are not followed. */
static void take_box(struct parse *parse, struct slice name, size_t start) {
    size_t end = parse->at, skipped = slice_equal_string(name, "fcolorbox") ? 2 : 1;
    skip_bracket(parse);
    for (size_t i = 0; i < skipped; i++) {
        skip_blanks(parse);
        parse->stopped |= peek(parse) != '{';
        parse->at = braces_end(parse->tex, parse->at);
    }
    struct frame *frame = push(parse, FRAME_ARGUMENTS, start, end);
    frame->arguments = 1;
    frame->text = true;
}

/* \(…\) in \text{…} is a formula, which is not looked into. */
static void skip_formula(struct parse *parse) {
    size_t end = slice_find(parse->tex, "\\)", parse->at);
    parse->stopped |= end == SLICE_NOT_FOUND;
    parse->at = parse->stopped ? parse->at : end + 2;
    end_item(parse, false);
}

/* What may stand only once, or only in some places, is looked at before it is taken. */
static void look_at_place(struct parse *parse, struct slice name, size_t start) {
    struct frame *frame = top(parse);
    bool row = slice_equal_string(name, "hline") || slice_equal_string(name, "hdashline") ||
               slice_equal_string(name, "cr");
    bool infix = slice_is_one_of(name, infixes, COUNT_OF(infixes));
    bool tag = slice_equal_string(name, "tag") && parse->depth == 1;
    if (row && frame->kind != FRAME_BEGIN && !is_macro(parse, name))
        fail(parse, TEX_NOT_IN_ARRAY, start, parse->at);
    if (infix && frame->has_infix)
        fail(parse, TEX_SECOND_INFIX, start, parse->at);
    if (tag && parse->has_tag)
        fail(parse, TEX_SECOND_TAG, start, parse->at);
    parse->has_tag |= tag;
    frame->has_infix |= infix;
}

static void take_command(struct parse *parse) {
    size_t start = parse->at;
    struct slice name = tex_command_name(parse->tex, start);
    const struct tex_command *command = find_command(name);
    parse->at += 1 + name.size;
    look_at_place(parse, name, start);
    if (slice_equal_string(name, "left"))
        take_left(parse, start);
    else if (slice_equal_string(name, "right"))
        take_right(parse, start);
    else if (slice_equal_string(name, "begin"))
        take_begin(parse, start);
    else if (slice_equal_string(name, "end"))
        take_end(parse, start);
    else if (slice_is_one_of(name, definitions, COUNT_OF(definitions)))
        parse->stopped = true; /* from here on names may mean anything */
    else if (slice_is_one_of(name, verbatim, COUNT_OF(verbatim)))
        skip_verbatim(parse);
    else if (slice_is_one_of(name, boxes, COUNT_OF(boxes)))
        take_box(parse, name, start);
    else if (slice_equal_string(name, "(") && top(parse)->text)
        skip_formula(parse);
    else if (slice_equal_string(name, "\\") || slice_equal_string(name, "cr"))
        skip_bracket(parse), end_row(parse);
    else if (name.size && isspace((unsigned char)*name.data))
        end_item(parse, false);
    else if (is_macro(parse, name))
        end_item(parse, true);
    else if (!command)
        fail(parse, TEX_UNKNOWN_COMMAND, start, parse->at);
    else if (slice_is_one_of(name, before_delimiter, COUNT_OF(before_delimiter)))
        take_delimiter(parse, start), end_item(parse, false);
    else
        take_known(parse, command, start);
}

static void take_script(struct parse *parse, bool superscript) {
    size_t start = parse->at++;
    struct frame *frame = top(parse);
    if (frame->text)
        fail(parse, TEX_SCRIPT_IN_TEXT, start, start + 1);
    if (!has_all_arguments(parse))
        return;
    if (superscript ? frame->has_superscript : frame->has_subscript)
        fail(parse, TEX_DOUBLE_SCRIPT, start, start + 1);
    frame->has_superscript |= superscript;
    frame->has_subscript |= !superscript;
    struct frame *arguments = push(parse, FRAME_ARGUMENTS, start, start + 1);
    arguments->arguments = 1;
    arguments->is_script = true;
}

/* Primes are a superscript, which a `^` directly behind them continues. */
static void take_primes(struct parse *parse) {
    size_t start = parse->at;
    while (peek(parse) == '\'')
        parse->at++;
    struct frame *frame = top(parse);
    if (frame->is_script)
        fail(parse, TEX_ARGUMENT_MISSING, frame->place.start, frame->place.end);
    if (frame->text || frame->kind == FRAME_ARGUMENTS) {
        end_item(parse, false);
        return;
    }
    if (frame->has_superscript)
        fail(parse, TEX_DOUBLE_SCRIPT, start, parse->at);
    skip_blanks(parse);
    frame->has_superscript = peek(parse) != '^';
}

static void take_close(struct parse *parse) {
    size_t start = parse->at++;
    if (!has_all_arguments(parse))
        return;
    if (top(parse)->kind == FRAME_FORMULA)
        fail(parse, TEX_BRACE_STRAY, start, start + 1);
    else if (top(parse)->kind != FRAME_BRACES)
        fail_not_closed(parse);
    else
        parse->depth--, end_item(parse, false);
}

/* In \text{…} it opens and closes a formula, which is not looked into. */
static void take_dollar(struct parse *parse) {
    size_t start = parse->at++;
    const char *end = top(parse)->text
                          ? memchr(parse->tex.data + parse->at, '$', parse->tex.size - parse->at)
                          : NULL;
    if (!end)
        fail(parse, TEX_DOLLAR, start, start + 1);
    else
        parse->at = (size_t)(end - parse->tex.data) + 1;
    end_item(parse, false);
}

static void take_cell_mark(struct parse *parse) {
    size_t start = parse->at++;
    if (!has_all_arguments(parse))
        return;
    if (top(parse)->kind == FRAME_LEFT)
        fail_not_closed(parse);
    else if (top(parse)->kind != FRAME_BEGIN)
        fail(parse, TEX_CELL_MARK, start, start + 1);
    end_row(parse);
}

static void take_byte(struct parse *parse) {
    size_t start = parse->at;
    switch (peek(parse)) {
    case '\\':
        take_command(parse);
        break;
    case '{':
        parse->at++;
        push(parse, FRAME_BRACES, start, start + 1);
        break;
    case '}':
        take_close(parse);
        break;
    case '^':
    case '_':
        take_script(parse, peek(parse) == '^');
        break;
    case '\'':
        take_primes(parse);
        break;
    case '$':
        take_dollar(parse);
        break;
    case '&':
        take_cell_mark(parse);
        break;
    case '#':
        fail(parse, TEX_HASH, start, start + 1);
        break;
    default:
        for (parse->at++; parse->at < parse->tex.size && (peek(parse) & 0xC0) == 0x80;)
            parse->at++;
        end_item(parse, false);
    }
}

void tex_check(struct tex_verdict *verdict, struct slice tex, const struct tex_macros *macros) {
    struct frame frames[MOST_FRAMES]; /* as a part of `parse` each formula would zero them all */
    struct parse parse = {.tex = tex, .macros = macros, .verdict = verdict, .frames = frames};
    *verdict = (struct tex_verdict){TEX_FINE, {0, 0}};
    push(&parse, FRAME_FORMULA, 0, 0);
    for (skip_blanks(&parse); !parse.stopped && parse.at < tex.size; skip_blanks(&parse))
        take_byte(&parse);
    if (!parse.stopped && has_all_arguments(&parse) && top(&parse)->kind != FRAME_FORMULA)
        fail_not_closed(&parse);
}

/* --- What was meant ----------------------------------------------------------------------- */

/* Ones that nobody writes in notes would take the place of those that are meant. */
static bool is_rare(const struct tex_command *command) {
    return !isalpha((unsigned char)*command->name) || command->flags & TEX_TEXT_ONLY;
}

/* LaTeX's and people's own, where the nearest name is not what was meant. */
static const char *find_substitute(struct slice name) {
    static const char *const names[][2] = {
        {"mbox", "text"},     {"textsc", "text"},   {"frc", "frac"}, {"fra", "frac"},
        {"nicefrac", "frac"}, {"sfrac", "frac"},    {"sqr", "sqrt"}, {"srt", "sqrt"},
        {"mathds", "mathbb"}, {"textsl", "textit"}, {"tex", "text"}};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (slice_equal_string(name, names[i][0]))
            return names[i][1];
    return NULL;
}

const char *tex_nearest(struct slice name) {
    const char *best = find_substitute(name);
    if (best)
        return best;
    size_t best_distance = name.size >= 8 ? 3 : 2, best_prefix = 0;
    for (size_t i = 0; i < katex_command_count; i++) {
        struct slice known = slice_of(katex_commands[i].name);
        if (is_rare(&katex_commands[i]) || name.size < 4 || known.size < 3)
            continue;
        size_t apart = text_distance_in_case(name, known, best_distance);
        if (apart < best_distance) {
            best_distance = apart;
            best = katex_commands[i].name;
        }
    }
    for (size_t i = 0; !best && i < katex_command_count; i++) {
        struct slice known = slice_of(katex_commands[i].name);
        if (known.size >= 5 && known.size > best_prefix && known.size < name.size &&
            slice_starts_with(name, katex_commands[i].name)) {
            best_prefix = known.size;
            best = katex_commands[i].name;
        }
    }
    return best;
}
