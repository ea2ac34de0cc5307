#include "text/needles.h"

#include "base/memory.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

enum { MOST_NEEDLES = 32, LONGEST_NEEDLE = 14, DEEPEST_GROUP = 16, MOST_SELDOM = 6 };

struct needle {
    unsigned char size;
    bool ignore_case; /* `bytes` has small letters */
    char bytes[LONGEST_NEEDLE];
};

/* None: nothing is known. */
struct needle_set {
    struct needle items[MOST_NEEDLES];
    size_t count;
};

struct needles {
    struct needle_set set;
    uint32_t first[256], second[256];  /* a bit for each needle that has the byte there */
    uint32_t single;                   /* those of one byte */
    unsigned char seldom[MOST_SELDOM]; /* what they begin with, where that stands in few places */
    size_t seldom_count;               /* 0: they begin with too much, or with what is common */
};

/* Reads a pattern from left to right. What is beyond it makes it `lost`, and nothing is known. */
struct reader {
    struct slice text;
    size_t at;
    bool extended, ignore_case; /* (?x), (?i) */
    bool lost;
    unsigned depth;
};

enum atom_kind {
    ATOM_OTHER, /* may match anything, also nothing */
    ATOM_BYTE,  /* that byte */
    ATOM_GROUP, /* one of the needles of `set`, if there are any */
    ATOM_NEVER, /* matches nothing */
};

struct atom {
    enum atom_kind kind;
    char byte;
    struct needle_set set;
};

/* A row of atoms: the best that is known of it, and the literal text that is being read. */
struct branch {
    struct needle_set best;
    struct needle run;
    bool never; /* it can't match */
};

static void read_group(struct reader *reader, struct needle_set *found);

static bool at_end(const struct reader *reader) {
    return reader->lost || reader->at >= reader->text.size;
}

static char peek(const struct reader *reader) {
    return at_end(reader) ? '\0' : reader->text.data[reader->at];
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
            while (!at_end(reader) && !strchr("\r\n", peek(reader)))
                reader->at++;
        else if (!isspace((unsigned char)peek(reader)))
            return;
        else
            reader->at++;
    }
}

static size_t shortest(const struct needle_set *set) {
    size_t size = set->count ? SIZE_MAX : 0;
    for (size_t i = 0; i < set->count; i++)
        if (set->items[i].size < size)
            size = set->items[i].size;
    return size;
}

/* Longer ones occur more rarely, and fewer ones do. */
static void consider(struct branch *branch, const struct needle_set *set) {
    size_t known = shortest(&branch->best), size = shortest(set);
    if (size > known || (size && size == known && set->count < branch->best.count))
        branch->best = *set;
}

static void end_run(struct branch *branch) {
    size_t known = shortest(&branch->best), size = branch->run.size;
    if (size > known || (size && size == known && branch->best.count > 1)) {
        branch->best.items[0] = branch->run;
        branch->best.count = 1;
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
    read_group(reader, &atom->set);
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
        reader->lost =
            reader->lost || !byte || strchr("*+?{", byte) || (reader->extended && !isascii(byte));
        reader->at++;
        if (isascii(byte) && !strchr(".^$", byte)) {
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
    *exactly = !byte || !strchr("*+?{", byte);
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
    end_run(branch);
    branch->never = branch->never || (atom->kind == ATOM_NEVER && least);
    if (atom->kind == ATOM_GROUP && least)
        consider(branch, &atom->set);
}

/* False when it can't match: then nothing of it is needed. */
static bool read_branch(struct reader *reader, struct needle_set *found) {
    struct branch branch;
    branch.never = false;
    branch.run.size = 0;
    branch.best.count = 0;
    for (skip_blanks(reader); !at_end(reader) && !strchr("|)", peek(reader)); skip_blanks(reader)) {
        struct atom atom;
        bool exactly;
        atom.kind = ATOM_OTHER;
        atom.set.count = 0;
        if (takes_options(reader))
            continue;
        read_atom(reader, &atom);
        size_t least = read_quantifier(reader, &exactly);
        add_atom(&branch, reader, &atom, least, exactly);
    }
    end_run(&branch);
    *found = branch.best;
    return !branch.never;
}

/* Alternatives, up to the parenthesis that closes them: each must have needles. */
static void read_group(struct reader *reader, struct needle_set *found) {
    bool known = true;
    found->count = 0;
    do {
        struct needle_set branch;
        if (!read_branch(reader, &branch))
            continue;
        known = known && branch.count && found->count + branch.count <= MOST_NEEDLES;
        for (size_t i = 0; known && i < branch.count; i++)
            found->items[found->count++] = branch.items[i];
    } while (take(reader, '|'));
    if (!known)
        found->count = 0;
}

static void mark(uint32_t table[256], char byte, bool ignore_case, uint32_t bit) {
    table[(unsigned char)byte] |= bit;
    if (ignore_case)
        table[toupper((unsigned char)byte)] |= bit;
}

/* For memchr(), which passes over text many times faster than a look at each byte. */
static void set_seldom(struct needles *needles) {
    for (size_t byte = 0; byte < COUNT_OF(needles->first); byte++) {
        if (!needles->first[byte])
            continue;
        if (needles->seldom_count == MOST_SELDOM || islower((int)byte) || isspace((int)byte)) {
            needles->seldom_count = 0;
            return;
        }
        needles->seldom[needles->seldom_count++] = (unsigned char)byte;
    }
}

struct needles *needles_read(struct slice pattern, bool ignore_case) {
    struct reader reader = {.text = pattern, .ignore_case = ignore_case};
    struct needle_set set;
    read_group(&reader, &set);
    if (reader.lost || reader.at < pattern.size || !set.count)
        return NULL;
    struct needles *needles = memory_allocate(1, sizeof *needles);
    needles->set = set;
    for (size_t i = 0; i < set.count; i++) {
        const struct needle *needle = &set.items[i];
        uint32_t bit = UINT32_C(1) << i;
        mark(needles->first, needle->bytes[0], needle->ignore_case, bit);
        if (needle->size > 1)
            mark(needles->second, needle->bytes[1], needle->ignore_case, bit);
        else
            needles->single |= bit;
    }
    for (size_t i = 0; i < COUNT_OF(needles->second); i++)
        needles->second[i] |= needles->single;
    set_seldom(needles);
    return needles;
}

static bool stands_at(const struct needle *needle, const char *bytes, size_t size) {
    if (needle->size > size)
        return false;
    if (!needle->ignore_case)
        return !memcmp(bytes, needle->bytes, needle->size);
    for (size_t i = 0; i < needle->size; i++)
        if (tolower((unsigned char)bytes[i]) != needle->bytes[i])
            return false;
    return true;
}

static bool one_stands_at(const struct needles *needles, uint32_t candidates, const char *bytes,
                          size_t size) {
    for (size_t i = 0; candidates; i++, candidates >>= 1)
        if ((candidates & 1) && stands_at(&needles->set.items[i], bytes, size))
            return true;
    return false;
}

/* True when one that begins with the byte at `at` stands there; something is behind that byte. */
static bool occurs_at(const struct needles *needles, const char *bytes, size_t at, size_t end) {
    uint32_t candidates =
        needles->first[(unsigned char)bytes[at]] & needles->second[(unsigned char)bytes[at + 1]];
    return candidates && one_stands_at(needles, candidates, bytes + at, end - at);
}

static bool occurs_behind(const struct needles *needles, unsigned char byte, const char *bytes,
                          size_t from, size_t end) {
    const char *found;
    for (; from + 1 < end && (found = memchr(bytes + from, byte, end - 1 - from)); from++) {
        from = (size_t)(found - bytes);
        if (occurs_at(needles, bytes, from, end))
            return true;
    }
    return false;
}

bool needles_occur(const struct needles *needles, struct slice text, size_t from, size_t end) {
    if (from >= end)
        return false;
    if (needles->first[(unsigned char)text.data[end - 1]] & needles->single)
        return true;
    for (size_t i = 0; i < needles->seldom_count; i++)
        if (occurs_behind(needles, needles->seldom[i], text.data, from, end))
            return true;
    for (; !needles->seldom_count && from + 1 < end; from++)
        if (needles->first[(unsigned char)text.data[from]] &&
            occurs_at(needles, text.data, from, end))
            return true;
    return false;
}
