#include "course/told_names.h"

#include "base/memory.h"
#include "config/name_form.h"
#include "course/name_forms.h"
#include "git/remote.h"
#include "text/pattern.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What stands for something, longest first. `alone`: only as a whole word, or in brackets. */
static const struct code {
    const char *letters, *place;
    bool alone, bracketed;
} codes[] = {{"number", "{n}", true, true},    {"month", "{month}", true, true},
             {"yyyy", "{yyyy}", false, false}, {"day", "{day}", true, true},
             {"mmm", "{mon}", false, false},   {"mon", "{mon}", true, true},
             {"mm", "{mm}", false, false},     {"dd", "{dd}", false, false},
             {"xx", "{nn}", false, false},     {"nn", "{nn}", false, false},
             {"##", "{nn}", false, false},     {"x", "{n}", true, false},
             {"n", "{n}", true, false},        {"#", "{n}", true, false}};

static bool is_code_byte(struct slice name, size_t at) {
    return at < name.size && (isalpha((unsigned char)name.data[at]) || name.data[at] == '#');
}

static bool is_bracket(struct slice name, size_t at, const char *brackets) {
    return at < name.size && name.data[at] && strchr(brackets, name.data[at]);
}

/* Appends the places that a run of letters is made of; false: it is a word. */
static bool append_places(struct buffer *form, struct slice run, bool bracketed) {
    struct buffer places = BUFFER_EMPTY;
    size_t at = 0;
    while (at < run.size) {
        const struct code *found = NULL;
        for (size_t i = 0; i < COUNT_OF(codes) && !found; i++) {
            size_t size = strlen(codes[i].letters);
            bool whole = !at && size == run.size;
            if (run.size - at >= size && !strncasecmp(run.data + at, codes[i].letters, size) &&
                (whole || !codes[i].alone) && (bracketed || !codes[i].bracketed))
                found = &codes[i];
        }
        if (!found)
            break;
        buffer_append_string(&places, found->place);
        at += strlen(found->letters);
    }
    bool all = at == run.size && run.size;
    if (all)
        buffer_append_slice(form, buffer_slice(&places));
    buffer_release(&places);
    return all;
}

/* Appends `name` with places where letters stand for something; returns how many did. */
static size_t append_with_places(struct buffer *form, struct slice name) {
    size_t count = 0;
    for (size_t at = 0; at < name.size;) {
        bool bracketed = is_bracket(name, at, "<[{(");
        size_t start = at + bracketed, end = start;
        while (is_code_byte(name, end))
            end++;
        bool closed = !bracketed || is_bracket(name, end, ">]})");
        bool beside_digit = end < name.size && isdigit((unsigned char)name.data[end]);
        if (end > start && closed && !beside_digit &&
            append_places(form, slice_part(name, start, end), bracketed)) {
            at = end + bracketed;
            count++;
            continue;
        }
        end = end > at ? end : at + 1;
        buffer_append_slice(form, slice_part(name, at, end));
        at = end;
    }
    return count;
}

/* A number of two digits is one by its width where a year begins the name, or a zero fills one up.
 */
static bool is_padded(struct slice name) {
    size_t digits = 0;
    for (size_t i = 0; i < name.size; i++) {
        bool digit = isdigit((unsigned char)name.data[i]);
        if (digit && !digits && name.data[i] == '0')
            return true;
        digits = digit ? digits + 1 : 0;
        if (digits == 4)
            return true;
    }
    return false;
}

bool told_name_append_form(struct buffer *form, struct slice name) {
    struct buffer candidate = BUFFER_EMPTY;
    const char *problem;
    size_t dot = name.size;
    while (dot && name.data[dot - 1] != '.')
        dot--;
    bool found = dot > 1 && append_with_places(&candidate, slice_part(name, 0, dot - 1)) > 0;
    if (found) {
        buffer_append_slice(&candidate, slice_part(name, dot - 1, name.size));
    } else {
        buffer_clear(&candidate);
        found = name_form_infer(&candidate, name, is_padded(name));
    }
    found = found && name_form_is_valid(buffer_slice(&candidate), &problem);
    if (found)
        buffer_append_slice(form, buffer_slice(&candidate));
    buffer_release(&candidate);
    return found;
}

/* --- Where they are told ------------------------------------------------------------------------
 */

struct teller {
    struct told_names *told;
    const struct page_text *page;
    struct pattern *name, *word; /* of a file: all of a piece of code; a word in prose */
    struct pattern *asset, *title;
};

static struct told_name begin(const struct teller *teller, struct slice text, size_t offset) {
    struct arena *arena = &teller->told->arena;
    return (struct told_name){.page = arena_copy(arena, teller->page->document->path),
                              .line = source_line(&teller->page->document->source, offset),
                              .text = arena_copy(arena, text)};
}

static bool is_readme(struct slice path) {
    struct slice name = slice_file_name(path);
    return name.size >= 6 && !strncasecmp(name.data, "readme", 6);
}

static void add_note(struct teller *teller, struct slice path, size_t offset) {
    struct told_names *told = teller->told;
    struct buffer form = BUFFER_EMPTY;
    struct slice name = slice_file_name(path), folder = slice_folder(path);
    while (slice_starts_with(folder, "/") || slice_starts_with(folder, "./"))
        folder = slice_part(folder, 1, folder.size);
    if (told_name_append_form(&form, name) && slice_find(folder, "<", 0) == SLICE_NOT_FOUND) {
        struct told_name found = begin(teller, path, offset);
        if (!folder.size && is_readme(found.page))
            folder = slice_folder(found.page);
        found.folder = arena_copy(&told->arena, folder);
        found.form = arena_copy(&told->arena, buffer_slice(&form));
        ARRAY_PUSH(told->notes, told->note_count, told->note_capacity) = found;
    }
    buffer_release(&form);
}

static void add_asset(struct teller *teller, struct slice path, size_t offset) {
    struct told_names *told = teller->told;
    struct buffer form = BUFFER_EMPTY;
    while (slice_starts_with(path, "/"))
        path = slice_part(path, 1, path.size);
    if (append_with_places(&form, path)) {
        struct told_name found = begin(teller, path, offset);
        found.form = arena_copy(&told->arena, buffer_slice(&form));
        ARRAY_PUSH(told->assets, told->asset_count, told->asset_capacity) = found;
    }
    buffer_release(&form);
}

static bool is_about_scribes(const struct page_text *page, size_t offset) {
    const struct passage_text *passage = page_text_find(page, offset);
    return passage && passage->about_scribes;
}

static void add_title(struct teller *teller, struct slice text, const struct match *match,
                      size_t offset) {
    struct told_name *title = &teller->told->title;
    if (title->form.size)
        return;
    struct slice before = slice_part(text, match->groups[1].start, match->groups[1].end);
    struct slice behind = slice_part(text, match->groups[2].start, match->groups[2].end);
    *title = begin(teller, text, offset);
    title->form = slice_of(arena_format(&teller->told->arena, "%.*s{n}%.*s{title}",
                                        SLICE_ARGUMENTS(before), SLICE_ARGUMENTS(behind)));
}

/* In code, a name may have blanks. */
static void read_code(struct teller *teller, struct span span) {
    struct slice text = document_text(teller->page->document, span);
    struct match match;
    if (!is_about_scribes(teller->page, span.start) || text.size > 200)
        return;
    while (text.size && *text.data == '`')
        text = slice_part(text, 1, text.size);
    while (slice_ends_with(text, "`"))
        text.size--;
    text = slice_trim(text);
    if (pattern_find(teller->title, text, 0, text.size, &match, NULL) == MATCH_FOUND)
        add_title(teller, text, &match, span.start);
    else if (pattern_find(teller->name, text, 0, text.size, &match, NULL) == MATCH_FOUND)
        add_note(teller, text, span.start);
    else if (pattern_find(teller->asset, text, 0, text.size, &match, NULL) == MATCH_FOUND)
        add_asset(teller, text, span.start);
}

static bool is_code(const struct page_text *page, size_t offset) {
    const unsigned char *kinds = page->document->kinds;
    return kinds && kinds[offset] == BYTE_CODE;
}

static void read_passage(struct teller *teller, struct span span) {
    struct slice flat = {teller->page->flat, teller->page->document->source.bytes.size};
    struct match match;
    for (size_t at = span.start;
         pattern_find(teller->word, flat, at, span.end, &match, NULL) == MATCH_FOUND;
         at = match.groups[0].end)
        if (!is_code(teller->page, match.groups[0].start))
            add_note(teller, slice_part(flat, match.groups[0].start, match.groups[0].end),
                     match.groups[0].start);
}

/* --- Where pull requests go ------------------------------------------------------------------- */

static void add_repository(struct told_names *told, const struct page_text *page, struct slice name,
                           size_t offset) {
    for (size_t i = 0; i < told->repository_count; i++)
        if (slice_equal_ignoring_case(told->repositories[i].name, name)) {
            told->repositories[i].count++;
            return;
        }
    ARRAY_PUSH(told->repositories, told->repository_count, told->repository_capacity) =
        (struct told_repository){arena_copy(&told->arena, name),
                                 arena_copy(&told->arena, page->document->path), 1,
                                 source_line(&page->document->source, offset)};
}

/* "https://github.com/owner/name/blob/main/x" up to the name. */
static void read_link(struct told_names *told, const struct page_text *page,
                      const struct link *link) {
    size_t host = slice_find(link->destination, "github.com/", 0);
    struct buffer name = BUFFER_EMPTY;
    size_t slashes = 0, end = host;
    if (host == SLICE_NOT_FOUND || host > strlen("https://www."))
        return;
    for (; end < link->destination.size; end++)
        if (strchr("?#", link->destination.data[end]) ||
            (link->destination.data[end] == '/' && ++slashes == 3))
            break;
    if (url_append_repository(&name, slice_part(link->destination, 0, end)))
        add_repository(told, page, buffer_slice(&name), link->span.start);
    buffer_release(&name);
}

const struct told_repository *told_names_repository(const struct told_names *told) {
    const struct told_repository *best = NULL;
    for (size_t i = 0; i < told->repository_count; i++)
        if (!best || told->repositories[i].count > best->count)
            best = &told->repositories[i];
    return best;
}

static struct pattern *compile(const char *text) {
    struct error error = ERROR_NONE;
    struct pattern *pattern = NULL;
    if (pattern_compile(&pattern, slice_of(text), PATTERN_IGNORE_CASE, &error) != OK)
        abort(); /* the texts are fixed */
    return pattern;
}

void told_names_add_page(struct told_names *told, const struct page_text *page) {
    struct teller teller = {
        .told = told,
        .page = page,
        .name = compile("\\A(?:[\\w.<>{}\\[\\]-]+/)*[\\w<>{}\\[\\]# .-]+\\.(?:pdf|md|markdown)\\z"),
        .word = compile("(?<![\\w/:.])(?:[\\w.<>{}\\[\\]-]+/)*[\\w<>{}\\[\\]#.-]+"
                        "\\.(?:pdf|md|markdown)\\b"),
        .asset = compile("\\A/?[\\w.-]+/[\\w./<>{}\\[\\]#-]*(?:/|\\.bib|\\.tex)\\z"),
        .title = compile("\\A([a-z]+ +#?)(?:x{1,2}|n{1,2}|#{1,2}|<[^<>]*>)(\\s*[:.\\x{2013}-]\\s*)"
                         "[<\\[{(][^<>]*title[^<>]*[>\\]})]\\z")};
    for (size_t i = 0; i < page->document->code_count; i++)
        read_code(&teller, page->document->code[i].span);
    for (size_t i = 0; i < page->count; i++)
        if (page->passages[i].about_scribes)
            read_passage(&teller, page->passages[i].span);
    for (size_t i = 0; i < page->document->link_count; i++)
        if (is_about_scribes(page, page->document->links[i].span.start))
            read_link(told, page, &page->document->links[i]);
    pattern_free(teller.name);
    pattern_free(teller.word);
    pattern_free(teller.asset);
    pattern_free(teller.title);
}

void told_names_release(struct told_names *told) {
    free(told->notes);
    free(told->assets);
    free(told->repositories);
    arena_release(&told->arena);
    *told = (struct told_names){0};
}
