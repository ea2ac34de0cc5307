/* Words that must not stand in the text: a list of any length, looked up word by word. */
#include "base/memory.h"
#include "rules/check.h"
#include "text/borders.h"

#include <ctype.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

struct words_parameters {
    struct text_list words; /* as written: blanks between them, `{a,b}` for endings */
    struct slice *slots;    /* hash table, its size a power of two; empty slots have no data */
    size_t slot_count;
    bool letters[256];
    uint32_t known[128];    /* a bit for each hash that one has: few words of a text get beyond */
    struct pattern *border; /* a word of Unicode that has nothing but ASCII letters */
};

static const struct field parameters[] = {
    {"words", FIELD_TEXTS, true, offsetof(struct words_parameters, words), NULL}, {0}};

/* Of a few letters, small, and the length: enough to tell the words of a text from those. */
static uint32_t hash_word(struct slice word) {
    size_t last = word.size - 1;
    uint32_t letters =
        (uint32_t)(word.data[0] & 31) << 15 | (uint32_t)(word.data[last] & 31) << 10 |
        (uint32_t)(word.data[last > 0] & 31) << 5 | (uint32_t)(word.data[word.size / 2] & 31);
    return (letters ^ (uint32_t)word.size << 20) * 2654435761u; /* Knuth's, for the upper bits */
}

static uint32_t bit_of(uint32_t hash) {
    return UINT32_C(1) << (hash >> 20) % 32;
}

static bool may_be_known(const struct words_parameters *own, uint32_t hash) {
    return own->known[hash >> 25] & bit_of(hash);
}

static struct slice *find_slot(const struct words_parameters *own, struct slice word,
                               uint32_t hash) {
    for (size_t at = hash >> 12;; at++) {
        struct slice *slot = &own->slots[at & (own->slot_count - 1)];
        if (!slot->data || slice_equal_ignoring_case(*slot, word))
            return slot;
    }
}

static void add_word(struct words_parameters *own, struct slice word) {
    uint32_t hash = hash_word(word);
    *find_slot(own, word, hash) = word;
    own->known[hash >> 25] |= bit_of(hash);
}

/* Adds each word that `text` stands for; false when it is not of the form. */
static bool expand(struct words_parameters *own, struct slice text, struct arena *arena) {
    size_t open = slice_find(text, "{", 0);
    struct slice stem = slice_part(text, 0, open), rest = slice_part(text, open, text.size);
    bool braces = open != SLICE_NOT_FOUND;
    if (braces && (!stem.size || !slice_ends_with(rest, "}")))
        return false;
    for (size_t at = 1; at < (braces ? rest.size : 2);) {
        size_t end = at;
        while (braces && end + 1 < rest.size && rest.data[end] != ',')
            end++;
        struct slice ending = braces ? slice_part(rest, at, end) : slice_of("");
        char *word = arena_allocate(arena, stem.size + ending.size + 1, 1);
        memcpy(word, stem.data, stem.size);
        if (ending.size)
            memcpy(word + stem.size, ending.data, ending.size);
        for (size_t i = 0; i < stem.size + ending.size; i++)
            if (!isascii((unsigned char)word[i]) || !isalpha((unsigned char)word[i]))
                return false;
        add_word(own, (struct slice){word, stem.size + ending.size});
        at = end + 1;
    }
    return true;
}

static size_t next_text(struct slice list, size_t at, struct slice *text) {
    while (at < list.size && isspace((unsigned char)list.data[at]))
        at++;
    size_t end = at;
    while (end < list.size && !isspace((unsigned char)list.data[end]))
        end++;
    *text = slice_part(list, at, end);
    return end;
}

/* As many as there can be, and as many again, so that the table is never more than half full. */
static size_t table_size(const struct text_list *words) {
    size_t most = 1, size = 2;
    for (size_t i = 0; i < words->count; i++)
        for (size_t at = 0; at < words->items[i].size; at++)
            most += isspace((unsigned char)words->items[i].data[at]) ||
                    words->items[i].data[at] == ',' || !at;
    while (size < 2 * most)
        size *= 2;
    return size;
}

static int prepare(struct rule *rule, struct yaml_file *file, const struct yaml_node *entry,
                   struct error *error) {
    struct words_parameters *own = rule->parameters;
    struct slice text;
    (void)entry;
    own->slot_count = table_size(&own->words);
    own->slots = arena_allocate(&file->arena, own->slot_count, sizeof *own->slots);
    for (size_t i = 0; i < own->words.count; i++)
        for (size_t at = next_text(own->words.items[i], 0, &text); text.size;
             at = next_text(own->words.items[i], at, &text))
            if (!expand(own, text, &file->arena))
                return yaml_file_error(file, own->words.nodes[i], error,
                                       "\"%.*s\" is not a word of the letters a to z, or the "
                                       "beginning of some with their {endings,in,braces}",
                                       SLICE_ARGUMENTS(text));
    for (size_t i = 0; i < 26; i++)
        own->letters['A' + i] = own->letters['a' + i] = true;
    own->border = pattern_compile_later(slice_of("\\G\\b[A-Za-z]+\\b"), 0);
    return OK;
}

static void release(struct rule *rule) {
    pattern_free(((struct words_parameters *)rule->parameters)->border);
}

/* Which characters of other scripts are letters is PCRE2's to say. */
static bool stands_alone(const struct words_parameters *own, struct subject *subject,
                         struct span word, size_t end) {
    struct slice bytes = subject->document->source.bytes;
    struct match match;
    return pattern_find(own->border, bytes, word.start, end, &match, &subject->budget) ==
               MATCH_FOUND &&
           match.groups[0].end == word.end;
}

static void search(const struct rule *rule, struct subject *subject, struct span run) {
    const struct words_parameters *own = rule->parameters;
    struct slice bytes = subject->document->source.bytes;
    size_t borders[BORDERS_MOST], count;
    for (size_t at = run.start; (count = borders_find(borders, own->letters, bytes, at, run.end));
         at = borders[count - 1])
        for (size_t i = 0; i < count; i += 2) {
            struct span word = {borders[i], borders[i + 1]};
            struct slice text = slice_part(bytes, word.start, word.end);
            uint32_t hash = hash_word(text);
            if (may_be_known(own, hash) && find_slot(own, text, hash)->data &&
                stands_alone(own, subject, word, run.end))
                subject_report(subject, rule, word, text, NULL, 0);
        }
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct document *document = subject->document;
    for (size_t i = 0; i < document->prose_count; i++)
        search(rule, subject, document->prose[i]);
}

const struct check check_words = {.name = "words",
                                  .parameters = parameters,
                                  .parameters_size = sizeof(struct words_parameters),
                                  .needs_document = true,
                                  .prepare = prepare,
                                  .run = run,
                                  .release = release};
