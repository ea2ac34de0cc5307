#include "text/needles.h"

#include "text/needle.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

enum { DEEPEST_GROUP = 16 };

/*
 * What is found while groups are read, those of an inner group above those of the outer: each has
 * its alternatives, and the best of the one being read. Large, so only what is in it is written.
 */
struct pile {
    size_t count;
    struct needle items[2 * MOST_NEEDLES * (DEEPEST_GROUP + 2)];
};

/* Reads a pattern from left to right. What is beyond it makes it `lost`, and nothing is known. */
struct reader {
    struct slice text;
    size_t at;
    bool extended, ignore_case; /* (?x), (?i) */
    bool lost;
    unsigned depth;
    struct pile *pile;
};

enum atom_kind {
    ATOM_OTHER, /* may match anything, also nothing */
    ATOM_BYTE,  /* that byte */
    ATOM_GROUP, /* one of the needles on top of the pile, if there are any */
    ATOM_LOOK,  /* matches no byte, but says what stands around */
    ATOM_NEVER, /* matches nothing */
};

struct atom {
    enum atom_kind kind;
    char byte;
    unsigned char not_behind; /* see struct needle */
};

/* A row of atoms: the best that is known of it, and the literal text that is being read. */
struct branch {
    struct pile *pile;
    size_t base, count; /* the best on the pile; none: nothing is known */
    struct needle run;
    bool never;               /* it can't match */
    bool inside;              /* bytes may be matched already */
    unsigned char not_behind; /* what does not stand before what comes next */
};

static void read_group(struct reader *reader);

static bool at_end(const struct reader *reader) {
    return reader->lost || reader->at >= reader->text.size;
}

static char peek(const struct reader *reader) {
    return at_end(reader) ? '\0' : reader->text.data[reader->at];
}

static bool is_quantifier(char byte) {
    return byte == '*' || byte == '+' || byte == '?' || byte == '{';
}

static bool take(struct reader *reader, char byte) {
    if (at_end(reader) || peek(reader) != byte)
        return false;
    reader->at++;
    return true;
}

static bool take_text(struct reader *reader, const char *text) {
    struct slice rest = slice_part(reader->text, reader->at, reader->text.size);
    if (reader->lost || !slice_starts_with(rest, text))
        return false;
    reader->at += strlen(text);
    return true;
}

/* What (?x) leaves out. */
static void skip_blanks(struct reader *reader) {
    while (reader->extended && !at_end(reader)) {
        if (peek(reader) == '#')
            while (!at_end(reader) && peek(reader) != '\r' && peek(reader) != '\n')
                reader->at++;
        else if (!isspace((unsigned char)peek(reader)))
            return;
        else
            reader->at++;
    }
}

static size_t shortest(const struct needle *items, size_t count) {
    size_t size = count ? SIZE_MAX : 0;
    for (size_t i = 0; i < count; i++)
        if (items[i].size < size)
            size = items[i].size;
    return size;
}

/* Of the best and those above them, keeps the longer ones, which occur more rarely, or the fewer.
 */
static void consider(struct branch *branch) {
    struct pile *pile = branch->pile;
    struct needle *best = pile->items + branch->base, *others = best + branch->count;
    size_t count = pile->count - branch->base - branch->count;
    size_t known = shortest(best, branch->count), size = shortest(others, count);
    if (size > known || (size && size == known && count < branch->count)) {
        memmove(best, others, count * sizeof *best);
        branch->count = count;
    }
    pile->count = branch->base + branch->count;
}

/* Nothing stands above the best. */
static void end_run(struct branch *branch) {
    if (branch->run.size) {
        branch->pile->items[branch->pile->count++] = branch->run;
        consider(branch);
    }
    branch->run.size = 0;
}

/* What comes next stands behind bytes that are matched. */
static void step_inside(struct branch *branch) {
    branch->inside = true;
    branch->not_behind = 0;
}

static void add_byte(struct branch *branch, char byte, bool ignore_case) {
    struct needle *run = &branch->run;
    bool letter = ignore_case && isalpha((unsigned char)byte);
    char small = (char)(letter ? tolower((unsigned char)byte) : byte);
    /* U+212A is a "k" and U+017F an "s" too, when case is ignored. */
    if (letter && (small == 'k' || small == 's')) {
        end_run(branch);
        step_inside(branch);
        return;
    }
    if (run->size && run->ignore_case != ignore_case)
        end_run(branch);
    if (!run->size) {
        run->leads = !branch->inside;
        run->not_behind = branch->not_behind;
    }
    run->ignore_case = ignore_case;
    if (run->size < LONGEST_NEEDLE)
        run->bytes[run->size++] = small;
    step_inside(branch);
}

/* "(*SKIP)" and what else only says where not to look again; "(*F)". */
static void read_verb(struct reader *reader, struct atom *atom) {
    if (take_text(reader, "*F)") || take_text(reader, "*FAIL)"))
        atom->kind = ATOM_NEVER;
    else
        reader->lost = !take_text(reader, "*SKIP)") && !take_text(reader, "*COMMIT)") &&
                       !take_text(reader, "*PRUNE)");
}

/* "imsx-imsx" behind "(?". */
static void read_options(struct reader *reader) {
    bool on = true;
    for (; !at_end(reader) && strchr("imsx-", peek(reader)); reader->at++) {
        if (peek(reader) == '-')
            on = false;
        else if (peek(reader) == 'i')
            reader->ignore_case = on;
        else if (peek(reader) == 'x')
            reader->extended = on;
        if (take_text(reader, "xx"))
            reader->lost = true; /* blanks mean nothing in classes either */
    }
}

/* Behind "(?": true when what follows stands in what matches, false when it is looked at only. */
static bool read_group_kind(struct reader *reader) {
    if (take(reader, '=') || take(reader, '!') || take_text(reader, "<=") ||
        take_text(reader, "<!"))
        return false;
    if (take(reader, '>'))
        return true;
    if (take(reader, '<')) {
        while (!at_end(reader) && peek(reader) != '>')
            reader->at++;
        reader->lost = !take(reader, '>');
        return true;
    }
    read_options(reader);
    reader->lost = reader->lost || !take(reader, ':');
    return true;
}

/* "(?i)": for what is left of the group around it. */
static bool takes_options(struct reader *reader) {
    if (peek(reader) != '(')
        return false;
    struct reader ahead = *reader;
    if (!take_text(&ahead, "(?"))
        return false;
    read_options(&ahead);
    if (!take(&ahead, ')'))
        return false;
    *reader = ahead;
    return true;
}

/* "(?1)": what the group of that number has. */
static bool takes_recursion(struct reader *reader) {
    struct reader ahead = *reader;
    if (!take_text(&ahead, "(?") || !isdigit((unsigned char)peek(&ahead)))
        return false;
    while (isdigit((unsigned char)peek(&ahead)))
        ahead.at++;
    if (!take(&ahead, ')'))
        return false;
    *reader = ahead;
    return true;
}

/* "(?<! [\w\\] )": what stands in such a class does not stand before what comes next. */
static unsigned char read_look_behind(struct reader reader) {
    unsigned char not_behind = 0;
    if (!take_text(&reader, "(?<!"))
        return 0;
    skip_blanks(&reader);
    if (!take(&reader, '[') || peek(&reader) == '^')
        return 0;
    for (; !at_end(&reader) && peek(&reader) != ']'; reader.at++)
        if (take(&reader, '\\') && peek(&reader) == 'w')
            not_behind |= NEIGHBOUR_WORD;
        else if (peek(&reader) == '\\')
            not_behind |= NEIGHBOUR_BACKSLASH;
    bool closed = take(&reader, ']');
    skip_blanks(&reader);
    return closed && peek(&reader) == ')' ? not_behind : 0;
}

static void read_parentheses(struct reader *reader, struct atom *atom) {
    if (takes_recursion(reader))
        return;
    bool extended = reader->extended, ignore_case = reader->ignore_case, within = true;
    atom->not_behind = read_look_behind(*reader);
    reader->at++;
    if (peek(reader) == '*') {
        read_verb(reader, atom);
        return;
    }
    if (take(reader, '?'))
        within = read_group_kind(reader);
    if (++reader->depth > DEEPEST_GROUP)
        reader->lost = true;
    read_group(reader);
    reader->depth--;
    reader->extended = extended;
    reader->ignore_case = ignore_case;
    reader->lost = reader->lost || !take(reader, ')');
    atom->kind = within ? ATOM_GROUP : ATOM_LOOK;
}

/* "[…]"; one with a single character is that character. */
static void read_class(struct reader *reader, struct atom *atom) {
    bool negated = take_text(reader, "[^") || !take(reader, '[');
    size_t start = reader->at;
    for (bool first = true; !at_end(reader) && (first || peek(reader) != ']'); first = false) {
        struct slice rest = slice_part(reader->text, reader->at, reader->text.size);
        if (slice_starts_with(rest, "[:") || slice_starts_with(rest, "[.") ||
            slice_starts_with(rest, "[="))
            reader->lost = true;
        else if (peek(reader) == '\\' && (rest.size < 2 || strchr("QEc", rest.data[1])))
            reader->lost = true;
        reader->at += peek(reader) == '\\' ? 2 : 1;
    }
    char only = reader->at == start + 1 ? reader->text.data[start] : '\0';
    reader->lost = reader->lost || !take(reader, ']');
    if (!negated && only && only != '\\' && isascii((unsigned char)only)) {
        atom->kind = ATOM_BYTE;
        atom->byte = only;
    }
}

/* "{…}" behind "\x" and its like, or one byte. */
static void skip_name(struct reader *reader) {
    if (!take(reader, '{')) {
        reader->at++;
        return;
    }
    while (!at_end(reader) && peek(reader) != '}')
        reader->at++;
    reader->lost = reader->lost || !take(reader, '}');
}

static void read_escape(struct reader *reader, struct atom *atom) {
    reader->at++;
    char byte = peek(reader);
    reader->at++;
    if (ispunct((unsigned char)byte) || byte == ' ') {
        atom->kind = ATOM_BYTE;
        atom->byte = byte;
    } else if (byte == 'p' || byte == 'P') {
        skip_name(reader);
    } else if (byte == 'x' && peek(reader) == '{') {
        skip_name(reader);
    } else if (byte == 'x') {
        for (int i = 0; i < 2 && isxdigit((unsigned char)peek(reader)); i++)
            reader->at++;
    } else if (byte >= '1' && byte <= '9') {
        while (isdigit((unsigned char)peek(reader)))
            reader->at++;
    } else if (!byte || !strchr("wWsSdDhHvVbBAzZGKRntrf", byte)) {
        reader->lost = true;
    }
}

static void read_atom(struct reader *reader, struct atom *atom) {
    unsigned char byte = (unsigned char)peek(reader);
    if (byte == '(') {
        read_parentheses(reader, atom);
    } else if (byte == '[') {
        read_class(reader, atom);
    } else if (byte == '\\') {
        read_escape(reader, atom);
    } else {
        /* (?x) knows blanks beyond ASCII. */
        reader->lost = reader->lost || !byte || is_quantifier((char)byte) ||
                       (reader->extended && !isascii(byte));
        reader->at++;
        if (isascii(byte) && byte != '.' && byte != '^' && byte != '$') {
            atom->kind = ATOM_BYTE;
            atom->byte = (char)byte;
        }
    }
}

/* How often at least what stands before it must be there; `*exactly`: and not more often. */
static size_t read_quantifier(struct reader *reader, bool *exactly) {
    size_t least = 1;
    skip_blanks(reader);
    char byte = peek(reader);
    *exactly = !is_quantifier(byte);
    if (*exactly)
        return least;
    reader->at++;
    if (byte == '{') {
        reader->lost = !isdigit((unsigned char)peek(reader));
        for (least = 0; isdigit((unsigned char)peek(reader)) && least < 100000; reader->at++)
            least = 10 * least + (size_t)(peek(reader) - '0');
        *exactly = peek(reader) == '}';
        while (peek(reader) == ',' || isdigit((unsigned char)peek(reader)))
            reader->at++;
        reader->lost = reader->lost || !take(reader, '}');
    } else if (byte != '+') {
        least = 0;
    }
    if (!take(reader, '+'))
        take(reader, '?');
    return least;
}

/* Of a group that comes next, one of whose needles stands there. */
static void add_group(struct branch *branch) {
    struct pile *pile = branch->pile;
    for (size_t i = branch->base + branch->count; i < pile->count; i++)
        if (pile->items[i].leads) {
            pile->items[i].not_behind |= branch->not_behind;
            pile->items[i].leads = !branch->inside;
        }
    consider(branch);
}

static void add_atom(struct branch *branch, const struct reader *reader, const struct atom *atom,
                     size_t least, bool exactly) {
    if (atom->kind == ATOM_BYTE && least) {
        for (size_t i = 0; i < least && i < LONGEST_NEEDLE; i++)
            add_byte(branch, atom->byte, reader->ignore_case);
        if (!exactly || least > LONGEST_NEEDLE)
            end_run(branch);
        return;
    }
    if (atom->kind == ATOM_GROUP && least)
        add_group(branch);
    else
        branch->pile->count = branch->base + branch->count;
    end_run(branch);
    if (atom->kind != ATOM_LOOK)
        step_inside(branch);
    else if (least)
        branch->not_behind |= atom->not_behind;
    branch->never = branch->never || (atom->kind == ATOM_NEVER && least);
}

/* Most of a pattern, without the detours of read_atom(): letters that no quantifier is behind. */
static bool takes_letters(struct reader *reader, struct branch *branch) {
    const char *data = reader->text.data;
    size_t start = reader->at;
    for (; reader->at + 1 < reader->text.size; reader->at++) {
        unsigned char byte = (unsigned char)data[reader->at];
        char next = data[reader->at + 1];
        if (!isalnum(byte) || !isascii(byte) || is_quantifier(next) ||
            (reader->extended && (next == '#' || isspace((unsigned char)next))))
            break;
        add_byte(branch, (char)byte, reader->ignore_case);
    }
    return reader->at > start;
}

/*
 * Leaves what it needs on the pile. False when it can't match: then nothing of it is needed.
 */
static bool read_branch(struct reader *reader) {
    struct branch branch = {.pile = reader->pile, .base = reader->pile->count};
    for (skip_blanks(reader); !at_end(reader) && peek(reader) != '|' && peek(reader) != ')';
         skip_blanks(reader)) {
        struct atom atom = {.kind = ATOM_OTHER};
        bool exactly;
        if (takes_letters(reader, &branch) || takes_options(reader))
            continue;
        if (peek(reader) == '(')
            end_run(&branch);
        read_atom(reader, &atom);
        size_t least = read_quantifier(reader, &exactly);
        add_atom(&branch, reader, &atom, least, exactly);
    }
    end_run(&branch);
    return !branch.never;
}

/* Alternatives, up to the parenthesis that closes them: each must have needles. */
static void read_group(struct reader *reader) {
    struct pile *pile = reader->pile;
    size_t base = pile->count;
    bool known = true;
    do {
        size_t before = pile->count;
        if (!read_branch(reader)) {
            pile->count = before;
            continue;
        }
        known = known && pile->count > before && pile->count <= base + MOST_NEEDLES;
        if (!known)
            pile->count = base;
    } while (take(reader, '|'));
}

struct needles *needles_read(struct slice pattern, bool ignore_case) {
    struct pile pile;
    struct reader reader = {.text = pattern, .ignore_case = ignore_case, .pile = &pile};
    pile.count = 0;
    read_group(&reader);
    if (reader.lost || reader.at < pattern.size || !pile.count)
        return NULL;
    return needles_make(pile.items, pile.count);
}
