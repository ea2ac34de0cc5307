#include "course/math_setup.h"

#include "base/memory.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_SCRIPT = 256 * 1024, MOST_SCRIPTS = 200, MOST_MACROS = 1000, LONGEST_TABLE = 65536 };

struct script_search {
    struct math_setup *setup;
    const struct snapshot *snapshot;
    size_t seen;
    bool katex, mathjax;
};

static void add_macro(struct math_setup *setup, struct slice name) {
    if (name.size && setup->macros.count < MOST_MACROS)
        ARRAY_PUSH(setup->macros.names, setup->macros.count, setup->macros.capacity) =
            arena_copy(&setup->arena, name);
}

static size_t letters_end(struct slice text, size_t at) {
    while (at < text.size && isalpha((unsigned char)text.data[at]))
        at++;
    return at;
}

/*
 * The keys of a table: "\\RR": … for KaTeX, RR: … or "RR": … for MathJax. What stands in its values
 * is no key: nothing like `name:` is in them.
 */
static void read_table(struct math_setup *setup, struct slice text) {
    for (size_t at = 0; at < text.size;) {
        size_t end = letters_end(text, at);
        if (end == at) {
            at++;
            continue;
        }
        size_t colon = end;
        while (colon < text.size && strchr(" \t\"'", text.data[colon]))
            colon++;
        if (colon < text.size && text.data[colon] == ':')
            add_macro(setup, slice_part(text, at, end));
        at = end;
    }
}

/* `macros: {…}`, up to the brace that closes it. */
static void read_script(struct math_setup *setup, struct slice text) {
    for (size_t at = 0; (at = slice_find(text, "acros", at)) != SLICE_NOT_FOUND;) {
        at += strlen("acros");
        size_t open = at;
        while (open < text.size && strchr(" \t\"':=\n\r", text.data[open]))
            open++;
        if (open >= text.size || text.data[open] != '{')
            continue;
        size_t end = open, depth = 0;
        for (; end < text.size && end < open + LONGEST_TABLE; end++) {
            depth += text.data[end] == '{';
            if (text.data[end] == '}' && !--depth)
                break;
        }
        read_table(setup, slice_part(text, open, end));
        at = end;
    }
}

static bool mentions(struct slice text, const char *name) {
    size_t size = strlen(name);
    for (size_t at = 0; at + size <= text.size; at++)
        if ((text.data[at] | 0x20) == *name &&
            slice_equal_ignoring_case(slice_part(text, at, at + size), slice_of(name)))
            return true;
    return false;
}

static bool visit_script(struct slice path, const struct entry *entry, void *context) {
    struct script_search *search = context;
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    bool script = slice_ends_with(path, ".html") ||
                  (slice_ends_with(path, ".js") && !slice_ends_with(path, ".min.js"));
    if (entry->kind == ENTRY_FILE && script &&
        snapshot_read(search->snapshot, path, LARGEST_SCRIPT, &content, &error) == OK) {
        struct slice text = buffer_slice(&content);
        search->katex = search->katex || mentions(text, "katex");
        search->mathjax = search->mathjax || mentions(text, "mathjax");
        read_script(search->setup, text);
    }
    buffer_release(&content);
    error_release(&error);
    return !script || ++search->seen < MOST_SCRIPTS;
}

void math_setup_read(struct math_setup *setup, const struct snapshot *snapshot,
                     const struct config *config) {
    static const char *const folders[] = {"_layouts", "_includes", "assets/js", "js"};
    *setup = (struct math_setup){0};
    struct script_search search = {.setup = setup, .snapshot = snapshot};
    for (size_t i = 0; i < config->macros.count; i++) {
        struct slice name = config->macros.items[i];
        add_macro(setup, slice_part(name, slice_starts_with(name, "\\"), name.size));
    }
    for (size_t i = 0; i < COUNT_OF(folders); i++) {
        struct error error = ERROR_NONE;
        snapshot_walk(snapshot, slice_of(folders[i]), visit_script, &search, &error);
        error_release(&error);
    }
    setup->mathjax = search.mathjax && !search.katex;
}

void math_setup_release(struct math_setup *setup) {
    free(setup->macros.names);
    arena_release(&setup->arena);
    *setup = (struct math_setup){0};
}

static const char *const defining_commands[] = {
    "\\newcommand", "\\renewcommand",       "\\def", "\\gdef", "\\providecommand",
    "\\let",        "\\DeclareMathOperator"};

/* One look for all of them: formulas are full of backslashes, and most notes define nothing. */
static bool defines_any(struct slice tex) {
    for (size_t at = 0; (at = slice_find(tex, "\\", at)) != SLICE_NOT_FOUND; at++) {
        struct slice rest = slice_part(tex, at, tex.size);
        for (size_t i = 0; i < COUNT_OF(defining_commands); i++)
            if (rest.size > 1 && rest.data[1] == defining_commands[i][1] &&
                slice_starts_with(rest, defining_commands[i]))
                return true;
    }
    return false;
}

void tex_macros_add_defined(struct tex_macros *macros, struct slice tex) {
    if (!defines_any(tex))
        return;
    for (size_t i = 0; i < COUNT_OF(defining_commands); i++)
        for (size_t at = 0; (at = slice_find(tex, defining_commands[i], at)) != SLICE_NOT_FOUND;) {
            at += strlen(defining_commands[i]);
            size_t name = at;
            while (name < tex.size && strchr(" *{", tex.data[name]))
                name++;
            if (name < tex.size && tex.data[name] == '\\' && macros->count < MOST_MACROS)
                ARRAY_PUSH(macros->names, macros->count, macros->capacity) =
                    tex_command_name(tex, name);
        }
}
