#include "course/bibliography.h"

#include "base/memory.h"
#include "document/tex.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* More than people have; a hostile file is not read beyond. */
enum { MOST_ENTRIES = 20000, MOST_FAULTS = 50 };

struct bibtex_reader {
    struct bibliography *bibliography;
    struct slice text;
    size_t at;
    const char *reason; /* why the entry can't be read; NULL so far */
};

static char peek(const struct bibtex_reader *reader) {
    return reader->at < reader->text.size ? reader->text.data[reader->at] : '\0';
}

static void skip_blanks(struct bibtex_reader *reader) {
    reader->at = tex_skip_blanks(reader->text, reader->at);
}

static bool take(struct bibtex_reader *reader, char byte) {
    skip_blanks(reader);
    bool found = peek(reader) == byte && reader->at < reader->text.size;
    reader->at += found;
    skip_blanks(reader);
    return found;
}

/* Names, keys and bare values: everything but what has a meaning in an entry. */
static struct slice take_word(struct bibtex_reader *reader) {
    size_t start = reader->at;
    while (reader->at < reader->text.size && !isspace((unsigned char)peek(reader)) &&
           !strchr("{}(),=#\"", peek(reader)))
        reader->at++;
    return slice_part(reader->text, start, reader->at);
}

/* Behind the brace or quote that closes the value at the current place. */
static void take_quoted(struct bibtex_reader *reader) {
    char quote = peek(reader);
    size_t depth = 0, start = reader->at;
    for (; reader->at < reader->text.size; reader->at++) {
        char byte = peek(reader);
        if (byte == '\\')
            reader->at++;
        else if (quote == '"' && byte == '"' && !depth && reader->at > start)
            break;
        else if (byte == '{')
            depth++;
        else if (byte == '}' && depth && !--depth && quote == '{')
            break;
    }
    if (reader->at >= reader->text.size) {
        reader->reason = quote == '{' ? "a brace is not closed" : "a quote is not closed";
        reader->at = reader->text.size;
        return;
    }
    reader->at++;
}

static void take_value(struct bibtex_reader *reader) {
    do {
        skip_blanks(reader);
        if (peek(reader) == '{' || peek(reader) == '"')
            take_quoted(reader);
        else if (!take_word(reader).size && !reader->reason)
            reader->reason = "a field has no value";
    } while (!reader->reason && take(reader, '#'));
}

/* `, name = value` as often as there is; a comma may stand before the closing brace. */
static void take_fields(struct bibtex_reader *reader, char close) {
    while (!reader->reason && take(reader, ',')) {
        if (peek(reader) == close)
            return;
        if (!take_word(reader).size)
            reader->reason = "a field has no name";
        else if (!take(reader, '='))
            reader->reason = "\"=\" is missing behind the name of a field";
        else
            take_value(reader);
    }
}

static bool is_type(struct slice name, const char *type) {
    return slice_equal_ignoring_case(name, slice_of(type));
}

static void take_entry(struct bibtex_reader *reader, struct bibliography_entry *entry, char close) {
    if (is_type(entry->type, "string")) {
        take_word(reader);
        if (!take(reader, '='))
            reader->reason = "\"=\" is missing";
        else
            take_value(reader);
    } else if (is_type(entry->type, "preamble")) {
        take_value(reader);
    } else {
        entry->key_span.start = reader->at;
        entry->key = take_word(reader);
        entry->key_span.end = reader->at;
        if (!entry->key.size)
            reader->reason = "it has no key";
        skip_blanks(reader);
        if (!reader->reason && peek(reader) == '=')
            reader->reason = "it has no key";
        take_fields(reader, close);
    }
    if (!reader->reason && !take(reader, close))
        reader->reason = "a comma or the closing brace is missing";
}

/* The next line that begins with '@': where reading goes on behind a fault. */
static size_t next_entry(struct slice text, size_t at) {
    while ((at = slice_find(text, "\n", at)) != SLICE_NOT_FOUND) {
        at++;
        size_t mark = at;
        while (mark < text.size && (text.data[mark] == ' ' || text.data[mark] == '\t'))
            mark++;
        if (mark < text.size && text.data[mark] == '@')
            return mark;
    }
    return text.size;
}

static void add_fault(struct bibliography *bibliography, struct span span, const char *reason) {
    if (bibliography->fault_count < MOST_FAULTS)
        ARRAY_PUSH(bibliography->faults, bibliography->fault_count, bibliography->fault_capacity) =
            (struct bibliography_fault){span, reason};
}

/* `at` is that of an '@'. Text such as a mail address has no brace behind its name. */
static void read_entry(struct bibtex_reader *reader) {
    struct bibliography *bibliography = reader->bibliography;
    size_t start = reader->at++;
    struct bibliography_entry entry = {0};
    reader->reason = NULL;
    while (peek(reader) == '@')
        reader->at++;
    skip_blanks(reader);
    entry.type = take_word(reader);
    skip_blanks(reader);
    struct span head = {start, reader->at};
    char close = peek(reader) == '(' ? ')' : '}';
    if (!entry.type.size || (peek(reader) != '{' && peek(reader) != '('))
        return;
    if (is_type(entry.type, "comment")) {
        take_quoted(reader);
        return;
    }
    reader->at++;
    skip_blanks(reader);
    take_entry(reader, &entry, close);
    head.end = entry.key.size ? entry.key_span.end : head.end;
    entry.span = (struct span){start, reader->at};
    if (reader->reason) {
        add_fault(bibliography, head, reader->reason);
        reader->at = next_entry(reader->text, start);
    }
    if (entry.key.size)
        ARRAY_PUSH(bibliography->entries, bibliography->count, bibliography->capacity) = entry;
    bibliography->cut =
        bibliography->count == MOST_ENTRIES || bibliography->fault_count == MOST_FAULTS;
}

void bibliography_read(struct bibliography *bibliography, struct slice text) {
    *bibliography = (struct bibliography){0};
    struct bibtex_reader reader = {.bibliography = bibliography, .text = text};
    while (!bibliography->cut && (reader.at = slice_find(text, "@", reader.at)) != SLICE_NOT_FOUND)
        read_entry(&reader);
}

void bibliography_release(struct bibliography *bibliography) {
    free(bibliography->entries);
    free(bibliography->faults);
    *bibliography = (struct bibliography){0};
}

const struct bibliography_entry *bibliography_find(const struct bibliography *bibliography,
                                                   struct slice key) {
    for (size_t i = 0; i < bibliography->count; i++)
        if (slice_equal(bibliography->entries[i].key, key))
            return &bibliography->entries[i];
    return NULL;
}
