/* Taking a text with several people apart. */
#include "base/memory.h"
#include "course/person.h"
#include "text/folded.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Parts of a text; `items` is released with free(). */
struct parts {
    struct slice *items;
    size_t count, capacity;
};

static bool is_letter(unsigned char byte) {
    return isalnum(byte) || byte >= 0x80;
}

/* Size of what separates two people at `at`: a sign, or "and" as a word of its own. 0: nothing. */
static size_t separator_size(struct slice text, size_t at, const char *signs) {
    if (text.data[at] && strchr(signs, text.data[at]))
        return 1;
    bool starts = at && isspace((unsigned char)text.data[at - 1]);
    bool ends = at + 3 < text.size && !is_letter((unsigned char)text.data[at + 3]);
    return starts && ends && strchr(signs, '&') && !strncasecmp(text.data + at, "and", 3) ? 3 : 0;
}

/* What stands in brackets is never taken apart. */
static struct parts split(struct slice text, const char *signs) {
    struct parts parts = {0};
    size_t start = 0, depth = 0;
    for (size_t at = 0, size; at <= text.size; at += size ? size : 1) {
        bool end = at == text.size;
        depth += !end && text.data[at] == '(';
        depth -= !end && depth && text.data[at] == ')';
        size = end ? 1 : depth ? 0 : separator_size(text, at, signs);
        if (!size)
            continue;
        struct slice part = slice_trim(slice_part(text, start, at));
        if (part.size)
            ARRAY_PUSH(parts.items, parts.count, parts.capacity) = part;
        start = at + size;
    }
    return parts;
}

/* Nobody: what people write into a cell that is still free. */
static bool is_nobody(struct slice folded) {
    static const char *const fillers[] = {
        "tbd",       "and",    "tba",    "tbc",     "none",    "n",         "a",
        "na",        "open",   "empty",  "free",    "vacant",  "nobody",    "available",
        "team",      "group",  "scribe", "scribes", "lecture", "student",   "unassigned",
        "volunteer", "needed", "to",     "be",      "decided", "announced", "determined",
        "no",        "class",  "name",   "spot",    "slot",    "cancelled", "canceled",
        "holiday",   "x",      "et",     "al",      "null",    "not",       "yet",
        "assigned"};
    size_t at = 0;
    for (struct slice word; (word = folded_next_word(folded, &at)).size;)
        if (!slice_is_one_of(word, fillers, COUNT_OF(fillers)))
            return false;
    return true;
}

/* Has it, before anything that folding leaves out, a word longer than any suffix? Most have. */
static bool has_long_word(struct slice part) {
    enum { LONGEST_SUFFIX = 3 };
    size_t size = 0;
    for (size_t at = 0; at < part.size && !strchr("([{<@", part.data[at]); at++) {
        if (size > LONGEST_SUFFIX && part.data[at] == ' ')
            return true;
        size = isalpha((unsigned char)part.data[at]) ? size + 1 : 0;
    }
    return false;
}

static bool is_suffix(struct slice part) {
    static const char *const suffixes[] = {"jr", "sr", "ii", "iii", "iv", "phd", "md"};
    if (has_long_word(part))
        return false;
    struct buffer folded = BUFFER_EMPTY;
    person_append_folded(&folded, part);
    struct slice word = slice_trim(buffer_slice(&folded));
    bool answer = slice_is_one_of(word, suffixes, COUNT_OF(suffixes));
    buffer_release(&folded);
    return answer;
}

/* "alice" in "@alice" or "Alice (@alice)", not in a mail address. Empty: none. */
static struct slice find_account(struct slice text) {
    for (size_t at = 0; at < text.size; at++) {
        bool starts = !at || strchr(" \t\r\n([<", text.data[at - 1]);
        size_t end = at + 1;
        if (text.data[at] != '@' || !starts)
            continue;
        while (end < text.size && (isalnum((unsigned char)text.data[end]) || text.data[end] == '-'))
            end++;
        return slice_part(text, at + 1, end);
    }
    return (struct slice){0};
}

/* Words of a name; numbers of lists and of students are none. */
static void append_name(struct buffer *name, struct slice text) {
    for (size_t at = 0, end; at < text.size; at = end) {
        end = at;
        bool has_letter = false, has_digit = false, has_sign = false;
        for (; end < text.size && !isspace((unsigned char)text.data[end]); end++) {
            has_letter |= isalpha((unsigned char)text.data[end]) || text.data[end] & 0x80;
            has_digit |= isdigit((unsigned char)text.data[end]) != 0;
            has_sign |= text.data[end] == '@';
        }
        if (has_letter && !has_digit && !has_sign) {
            buffer_append_string(name, name->size ? " " : "");
            buffer_append_slice(name, slice_part(text, at, end));
        }
        end += end == at;
    }
}

/* Blanks in the place of "( … )", "[ … ]" and "< … >". */
static char *without_brackets(struct slice text) {
    char *copy = memory_allocate(text.size + 1, 1);
    const char *closing = NULL;
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        if (!closing)
            closing = byte == '(' ? ")" : byte == '[' ? "]" : byte == '<' ? ">" : NULL;
        copy[i] = closing || !byte ? ' ' : byte;
        if (closing && byte == *closing)
            closing = NULL;
    }
    return copy;
}

/* `second` is what stands before the comma of "Smith, Alice"; else empty. */
static void add_person(struct people *people, struct slice first, struct slice second,
                       struct arena *arena) {
    char *one = without_brackets(first), *other = without_brackets(second);
    struct buffer name = BUFFER_EMPTY, folded = BUFFER_EMPTY;
    append_name(&name, slice_of(one));
    append_name(&name, slice_of(other));
    person_append_folded(&folded, buffer_slice(&name));
    struct roster_person person = {.account = find_account(first)};
    if (!is_nobody(buffer_slice(&folded)))
        person.name = arena_copy(arena, buffer_slice(&name));
    if (person.account.size)
        person.account = arena_copy(arena, person.account);
    if (person.name.size || person.account.size)
        ARRAY_PUSH(people->items, people->count, people->capacity) = person;
    buffer_release(&folded);
    buffer_release(&name);
    free(other);
    free(one);
}

static size_t count_words(struct slice text) {
    struct buffer folded = BUFFER_EMPTY;
    size_t count = 0, at = 0;
    person_append_folded(&folded, text);
    while (folded_next_word(buffer_slice(&folded), &at).size)
        count++;
    buffer_release(&folded);
    return count;
}

/* "Smith, Alice": one comma in each part, and not a whole name on either side. */
static bool is_family_first(const struct parts *parts, bool several) {
    if (parts->count < (several ? 2u : 1u))
        return false;
    for (size_t i = 0; i < parts->count; i++) {
        struct parts sides = split(parts->items[i], ",");
        bool fits = sides.count == 2 && !is_suffix(sides.items[1]) &&
                    (count_words(sides.items[0]) == 1 || count_words(sides.items[1]) == 1);
        free(sides.items);
        if (!fits)
            return false;
    }
    return true;
}

static void add_part(struct people *people, struct slice part, bool family_first,
                     struct arena *arena) {
    struct parts sides = split(part, ",");
    for (size_t i = 0; i < sides.count; i++)
        if (family_first)
            add_person(people, sides.items[1], sides.items[i++], arena);
        else if (!is_suffix(sides.items[i]))
            add_person(people, sides.items[i], (struct slice){0}, arena);
    free(sides.items);
}

void people_add(struct people *people, struct slice text, bool several, struct arena *arena) {
    bool has_address = slice_find(text, "://", 0) != SLICE_NOT_FOUND;
    struct parts parts = split(text, has_address ? "\n\r;&+|" : "\n\r;&+|/");
    bool family_first = is_family_first(&parts, several);
    for (size_t i = 0; i < parts.count; i++)
        add_part(people, parts.items[i], family_first, arena);
    free(parts.items);
}

/* --- Accounts --------------------------------------------------------------------------------- */

/* As GitHub has them: letters, digits and hyphens, 39 at most. */
static bool is_account(struct slice text) {
    for (size_t i = 0; i < text.size; i++)
        if (!isalnum((unsigned char)text.data[i]) && text.data[i] != '-')
            return false;
    return text.size > 0 && text.size < 40;
}

void people_add_accounts(struct people *people, struct slice text, struct arena *arena) {
    struct parts parts = split(text, "\n\r;&+|, \t");
    for (size_t i = 0; i < parts.count; i++) {
        struct slice part = parts.items[i];
        size_t host = slice_find(part, "github.com/", 0);
        if (host != SLICE_NOT_FOUND)
            part = slice_part(part, host + strlen("github.com/"), part.size);
        part = slice_part(part, 0, slice_find(part, "/", 0));
        part = slice_part(part, slice_starts_with(part, "@"), part.size);
        if (is_account(part) && !is_nobody(part))
            ARRAY_PUSH(people->items, people->count, people->capacity) =
                (struct roster_person){.account = arena_copy(arena, part)};
    }
    free(parts.items);
}

struct slice person_account_of_mail(struct slice mail) {
    size_t at = slice_find(mail, "@users.noreply.github.com", 0);
    if (at == SLICE_NOT_FOUND)
        return (struct slice){0};
    size_t plus = slice_find(mail, "+", 0);
    struct slice account = slice_part(mail, plus < at ? plus + 1 : 0, at);
    return is_account(account) ? account : (struct slice){0};
}
