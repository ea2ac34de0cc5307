/*
 * What KaTeX has against a formula. KaTeX stops at the first thing that it cannot read, and the
 * page then shows the source of the whole formula. Source: KaTeX's Parser.ts; its commands are
 * those of katex_commands.c.
 */
#ifndef DOCUMENT_TEX_H
#define DOCUMENT_TEX_H

#include "base/slice.h"

enum tex_fault {
    TEX_FINE,
    TEX_UNKNOWN_COMMAND,     /* \foo */
    TEX_UNKNOWN_ENVIRONMENT, /* \begin{foo} */
    TEX_BRACE_NOT_CLOSED,    /* `what` is the opening one, as in all of these */
    TEX_BRACE_STRAY,         /* a '}' that closes nothing */
    TEX_LEFT_NOT_CLOSED,     /* \left without \right in the same braces or cell */
    TEX_RIGHT_STRAY,         /* the other way round */
    TEX_DELIMITER,           /* \left, \right, \big … before something that is no delimiter */
    TEX_BEGIN_NOT_CLOSED,    /* \begin without its \end */
    TEX_END_STRAY,           /* \end that closes nothing, or something else */
    TEX_CELL_MARK,           /* '&' outside of aligned, cases, array … */
    TEX_DOLLAR,              /* '$' within a formula */
    TEX_HASH,                /* '#' */
    TEX_DOUBLE_SCRIPT,       /* x^a^b or x_a_b */
    TEX_ARGUMENT_MISSING,    /* nothing behind ^, _ or a command that needs something */
    TEX_NOT_AN_ARGUMENT,     /* x^\hat y: needs braces */
    TEX_NOT_IN_MATH,         /* a command for text, as \( */
    TEX_NOT_IN_TEXT,         /* a command for math within \text{…} */
    TEX_LIMITS,              /* \limits behind something that is no operator */
    TEX_SCRIPT_IN_TEXT,      /* '^' or '_' within \text{…} */
    TEX_NOT_IN_ARRAY,        /* \hline or \cr outside of array and its like */
    TEX_SECOND_INFIX,        /* \over or its like twice in the same braces */
    TEX_SECOND_TAG,          /* \tag twice, outside of environments */
    TEX_TOO_DEEP,            /* too much is open for this reader to say; KaTeX may take it */
};

struct tex_verdict {
    enum tex_fault fault;
    struct span place; /* in the formula */
};

/* The names that are defined beside KaTeX's own, without backslashes. */
struct tex_macros {
    struct slice *names;
    size_t count, capacity;
};

/* Fills `verdict` with the first fault, TEX_FINE when there is none. `macros` may be NULL. */
void tex_check(struct tex_verdict *verdict, struct slice tex, const struct tex_macros *macros);

/* True when KaTeX has a command of this name (without its backslash). */
bool tex_knows(struct slice name);

/*
 * The command of KaTeX's that somebody who wrote `name` meant: it differs by a letter or two, or
 * what follows it was run into it. NULL when there is none, or when it is too short to tell.
 */
const char *tex_nearest(struct slice name);

/* Behind white space and comments, which go from '%' to the end of the line. */
size_t tex_skip_blanks(struct slice tex, size_t at);

/* The name of the command at `at` (a backslash): letters, or one other byte; may be empty. */
struct slice tex_command_name(struct slice tex, size_t at);

#endif
