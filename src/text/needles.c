#include "text/needles.h"

#include "base/memory.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

enum { MOST_NEEDLES = 32, LONGEST_NEEDLE = 14, DEEPEST_GROUP = 16, MOST_SELDOM = 6 };
enum { ASCII = 128 };

struct needle {
    unsigned char size;
    bool ignore_case;           /* `bytes` has small letters */
    char bytes[LONGEST_NEEDLE]; /* ASCII */
};

struct needles {
    uint32_t first[ASCII], second[ASCII]; /* a bit for each needle that has the byte there */
    uint32_t single;                      /* those of one byte: any second one will do */
    unsigned char seldom[MOST_SELDOM]; /* what they begin with, where that stands in few places */
    size_t seldom_count;               /* 0: they begin with too much, or with what is common */
    size_t count;
    struct needle items[];
};

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
    ATOM_NEVER, /* matches nothing */
};

struct atom {
    enum atom_kind kind;
    char byte;
};

/* A row of atoms: the best that is known of it, and the literal text that is being read. */
struct branch {
    struct pile *pile;
    size_t base, count; /* the best on the pile; none: nothing is known */
    struct needle run;
    bool never; /* it can't match */
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

static void add_byte(struct branch *branch, char byte, bool ignore_case) {
    struct needle *run = &branch->run;
    bool letter = ignore_case && isalpha((unsigned char)byte);
    char small = (char)(letter ? tolower((unsigned char)byte) : byte);
    /* U+212A is a "k" and U+017F an "s" too, when case is ignored. */
    if (letter && (small == 'k' || small == 's')) {
        end_run(branch);
        return;
    }
    if (run->size && run->ignore_case != ignore_case)
        end_run(branch);
    run->ignore_case = ignore_case;
    if (run->size < LONGEST_NEEDLE)
        run->bytes[run->size++] = small;
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

static void read_parentheses(struct reader *reader, struct atom *atom) {
    if (takes_recursion(reader))
        return;
    bool extended = reader->extended, ignore_case = reader->ignore_case, within = true;
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
    atom->kind = within ? ATOM_GROUP : ATOM_OTHER;
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
        consider(branch);
    else
        branch->pile->count = branch->base + branch->count;
    end_run(branch);
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
        struct atom atom = {ATOM_OTHER, '\0'};
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

static void mark(uint32_t table[ASCII], char byte, bool ignore_case, uint32_t bit) {
    table[(unsigned char)byte] |= bit;
    if (ignore_case)
        table[toupper((unsigned char)byte)] |= bit;
}

/* In a text of words. */
static bool is_common(const struct needle *needle) {
    unsigned char byte = (unsigned char)needle->bytes[0];
    return isspace(byte) || (isalpha(byte) && needle->ignore_case) ||
           (islower(byte) && !strchr("jqxz", byte));
}

/* For memchr(), which passes over text many times faster than a look at each byte. */
static void set_seldom(struct needles *needles) {
    for (size_t i = 0; i < needles->count; i++) {
        unsigned char byte = (unsigned char)needles->items[i].bytes[0];
        bool known = memchr(needles->seldom, byte, needles->seldom_count);
        if (is_common(&needles->items[i]) || (!known && needles->seldom_count == MOST_SELDOM)) {
            needles->seldom_count = 0;
            return;
        }
        if (!known)
            needles->seldom[needles->seldom_count++] = byte;
    }
}

struct needles *needles_read(struct slice pattern, bool ignore_case) {
    struct pile pile;
    struct reader reader = {.text = pattern, .ignore_case = ignore_case, .pile = &pile};
    pile.count = 0;
    read_group(&reader);
    if (reader.lost || reader.at < pattern.size || !pile.count)
        return NULL;
    size_t size = pile.count * sizeof *pile.items;
    struct needles *needles = memory_allocate(1, sizeof *needles + size);
    memcpy(needles->items, pile.items, size);
    needles->count = pile.count;
    for (size_t i = 0; i < needles->count; i++) {
        const struct needle *needle = &needles->items[i];
        uint32_t bit = UINT32_C(1) << i;
        mark(needles->first, needle->bytes[0], needle->ignore_case, bit);
        if (needle->size > 1)
            mark(needles->second, needle->bytes[1], needle->ignore_case, bit);
        else
            needles->single |= bit;
    }
    for (size_t i = 0; needles->single && i < ASCII; i++)
        needles->second[i] |= needles->single;
    set_seldom(needles);
    return needles;
}

static bool stands_at(const struct needle *needle, const char *at, const char *end) {
    if (needle->size > end - at)
        return false;
    if (!needle->ignore_case)
        return !memcmp(at, needle->bytes, needle->size);
    for (size_t i = 0; i < needle->size; i++)
        if (tolower((unsigned char)at[i]) != needle->bytes[i])
            return false;
    return true;
}

static bool one_stands_at(const struct needles *needles, uint32_t candidates, const char *at,
                          const char *end) {
    for (size_t i = 0; candidates; i++, candidates >>= 1)
        if ((candidates & 1) && stands_at(&needles->items[i], at, end))
            return true;
    return false;
}

/* Those that have the two bytes at `at`; some beyond ASCII are taken for others. */
static inline uint32_t candidates_at(const struct needles *needles, const char *at) {
    return needles->first[(unsigned char)at[0] % ASCII] &
           needles->second[(unsigned char)at[1] % ASCII];
}

/* True when one stands at `at`, which is not the last byte. */
static inline bool occurs_at(const struct needles *needles, const char *at, const char *end) {
    uint32_t candidates = candidates_at(needles, at);
    return candidates && one_stands_at(needles, candidates, at, end);
}

static bool occurs_behind(const struct needles *needles, unsigned char byte, const char *at,
                          const char *end) {
    for (; at + 1 < end && (at = memchr(at, byte, (size_t)(end - 1 - at))); at++)
        if (occurs_at(needles, at, end))
            return true;
    return false;
}

/* Four places at a time: one jump, mostly the same one, passes over all of them. */
static bool occurs_in(const struct needles *needles, const char *at, const char *end) {
    for (; end - at > 4; at += 4)
        if (candidates_at(needles, at) | candidates_at(needles, at + 1) |
            candidates_at(needles, at + 2) | candidates_at(needles, at + 3))
            for (size_t i = 0; i < 4; i++)
                if (occurs_at(needles, at + i, end))
                    return true;
    for (; end - at > 1; at++)
        if (occurs_at(needles, at, end))
            return true;
    return false;
}

bool needles_occur(const struct needles *needles, struct slice text, size_t from, size_t to) {
    if (from >= to)
        return false;
    const char *start = text.data + from, *end = text.data + to;
    uint32_t last = needles->first[(unsigned char)end[-1] % ASCII] & needles->single;
    if (last && one_stands_at(needles, last, end - 1, end))
        return true;
    for (size_t i = 0; i < needles->seldom_count; i++)
        if (occurs_behind(needles, needles->seldom[i], start, end))
            return true;
    return !needles->seldom_count && occurs_in(needles, start, end);
}
