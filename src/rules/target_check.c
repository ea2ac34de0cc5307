#include "rules/target_check.h"

#include "base/memory.h"
#include "text/nearest.h"

#include <ctype.h>
#include <string.h>

const char *const target_problem_names[] = {
    "missing", "wrong-case", "baseurl-dropped", "folder", "misplaced", "spaces", NULL};
const char *const target_places[] = {"target", "spelling", "page", "near", "meant", NULL};

static bool has_problem(const struct arrival *arrival, enum target_problem problem) {
    static const enum arrival_kind kinds[] = {[PROBLEM_MISSING] = ARRIVAL_NOTHING,
                                              [PROBLEM_WRONG_CASE] = ARRIVAL_WRONG_CASE,
                                              [PROBLEM_FOLDER] = ARRIVAL_FOLDER,
                                              [PROBLEM_BASEURL_DROPPED] = ARRIVAL_BASEURL_DROPPED,
                                              [PROBLEM_MISPLACED] = ARRIVAL_MISPLACED};
    return problem < COUNT_OF(kinds) && arrival->kind == kinds[problem];
}

static bool has_span(const struct link *link) {
    return link->has_place && link->destination_span.end > link->destination_span.start;
}

static struct span place_of(const struct link *link) {
    bool placed = link->destination_span.end > link->destination_span.start;
    return placed ? link->destination_span : link->span;
}

static void add_edit(const struct subject *subject, struct finding *finding, struct span span,
                     struct slice text) {
    struct edit edit = {.kind = EDIT_REPLACE, .path = subject->path, .span = span, .text = text};
    edit.before = document_text(subject->document, span);
    finding_add_edit(subject->findings, finding, &edit);
}

/* Without the start that is the same: it may be written otherwise, with dots or Liquid. */
static bool mend_letters(const struct subject *subject, struct finding *finding,
                         const struct link *link, struct slice target, struct slice spelling) {
    struct slice written = document_text(subject->document, link->destination_span);
    for (size_t i = 0; i < target.size && target.size == spelling.size; i++) {
        const char *found = memmem(written.data, written.size, target.data + i, target.size - i);
        if (found) {
            size_t start = link->destination_span.start + (size_t)(found - written.data);
            add_edit(subject, finding, (struct span){start, start + target.size - i},
                     slice_part(spelling, i, spelling.size));
            return true;
        }
        if (target.data[i] != spelling.data[i])
            return false;
    }
    return false;
}

static struct slice with_escaped_blanks(struct slice path, struct arena *arena) {
    struct buffer text = BUFFER_EMPTY;
    for (size_t i = 0; i < path.size; i++)
        if (path.data[i] == ' ')
            buffer_append_string(&text, "%20");
        else
            buffer_append_byte(&text, path.data[i]);
    struct slice copy = arena_copy(arena, buffer_slice(&text));
    buffer_release(&text);
    return copy;
}

static void mend_case(const struct subject *subject, struct finding *finding,
                      const struct link *link, const struct arrival *arrival) {
    struct arena *arena = &subject->findings->arena;
    if (!mend_letters(subject, finding, link, arrival->target, arrival->spelling))
        mend_letters(subject, finding, link, with_escaped_blanks(arrival->target, arena),
                     with_escaped_blanks(arrival->spelling, arena));
}

/* In raw HTML only between double quotes: what is written there may hold single ones. */
static void mend_destination(const struct subject *subject, struct finding *finding,
                             const struct link *link, const struct arrival *arrival) {
    size_t start = link->destination_span.start;
    bool html = link->syntax == LINK_HTML;
    if (!html || (start && subject->document->source.bytes.data[start - 1] == '"'))
        add_edit(subject, finding, link->destination_span, arrival->spelling);
}

/* The file that was meant: a name like it in its folder, or its name in another folder. */
struct near_search {
    struct slice target;
    struct buffer best;
    size_t most;
    bool beside, twice; /* the best stands in the same folder; several are as good */
};

/* fig2.png is not what somebody meant by fig3.png. */
static bool same_digits(struct slice left, struct slice right) {
    size_t i = 0, k = 0;
    for (;;) {
        while (i < left.size && !isdigit((unsigned char)left.data[i]))
            i++;
        while (k < right.size && !isdigit((unsigned char)right.data[k]))
            k++;
        if (i == left.size || k == right.size)
            return i == left.size && k == right.size;
        if (left.data[i++] != right.data[k++])
            return false;
    }
}

static bool look_near(struct slice path, const struct entry *entry, void *context) {
    struct near_search *search = context;
    struct slice wanted = slice_file_name(search->target), name = slice_file_name(path);
    bool beside = slice_equal(slice_folder(path), slice_folder(search->target));
    if (entry->kind != ENTRY_FILE || (!beside && (search->beside || !slice_equal(name, wanted))))
        return true;
    size_t far = beside ? text_distance(name, wanted, search->most) : 0;
    if (far > search->most || !same_digits(name, wanted))
        return true;
    bool better = (beside && !search->beside) || far < search->most || !search->best.size;
    search->twice = !better;
    if (better) {
        search->best.size = 0;
        buffer_append_slice(&search->best, path);
    }
    search->beside = search->beside || beside;
    search->most = beside ? far : search->most;
    return true;
}

/* Appends `: "x.png" is there`, where one file is surely nearer than the others. */
static void append_near(struct buffer *text, const struct subject *subject, struct slice target) {
    struct near_search search = {.target = target};
    struct error error = ERROR_NONE;
    search.most = text_near_enough(slice_file_name(target).size);
    if (target.size &&
        snapshot_walk(subject->snapshot, slice_of(""), look_near, &search, &error) == OK &&
        search.best.size && !search.twice)
        buffer_append_format(text, ": \"%s\" is there", buffer_string(&search.best));
    error_release(&error);
    buffer_release(&search.best);
}

/* `f[i](x)` is a formula to whoever writes it, and a link to kramdown. */
static void append_meant(struct buffer *text, const struct document *document,
                         const struct link *link) {
    struct slice bytes = document->source.bytes;
    struct span word = link->destination_span;
    if (link->syntax != LINK_MARKDOWN || !has_span(link) || !link->span.start ||
        bytes.data[link->span.start] != '[' ||
        !isalpha((unsigned char)bytes.data[link->span.start - 1]))
        return;
    for (size_t i = word.start; i < word.end; i++)
        if (!isalnum((unsigned char)bytes.data[i]))
            return;
    struct slice label = slice_part(bytes, link->span.start + 1, word.start);
    if (slice_ends_with(label, "]("))
        buffer_append_format(text, "; if no link is meant, write \\[%.*s\\]", (int)label.size - 2,
                             label.data);
}

void target_report(const struct rule *rule, const struct subject *subject, const struct link *link,
                   const struct arrival *arrival, enum target_problem problem) {
    if (!has_problem(arrival, problem))
        return;
    struct buffer near = BUFFER_EMPTY, meant = BUFFER_EMPTY;
    if (problem == PROBLEM_MISSING)
        append_near(&near, subject, arrival->target);
    if (problem == PROBLEM_MISSING)
        append_meant(&meant, subject->document, link);
    struct place named[] = {{"target", arrival->target},
                            {"spelling", arrival->spelling},
                            {"page", arrival->page},
                            {"near", buffer_slice(&near)},
                            {"meant", buffer_slice(&meant)}};
    struct finding *finding =
        subject_report(subject, rule, place_of(link), arrival->target, named, 5);
    buffer_release(&near);
    buffer_release(&meant);
    if (problem == PROBLEM_WRONG_CASE && has_span(link))
        mend_case(subject, finding, link, arrival);
    else if (problem == PROBLEM_BASEURL_DROPPED && has_span(link))
        mend_destination(subject, finding, link, arrival);
}

/* Blanks outside Liquid, which kramdown never sees. */
static bool has_blank(const struct document *document, struct span span) {
    for (size_t i = span.start; i < span.end; i++)
        if (document->kinds[i] != BYTE_LIQUID && strchr(" \t", document->source.bytes.data[i]) &&
            document->source.bytes.data[i])
            return true;
    return false;
}

static struct slice escape_blanks(const struct document *document, struct span span,
                                  struct arena *arena) {
    struct buffer text = BUFFER_EMPTY;
    for (size_t i = span.start; i < span.end; i++)
        if (document->kinds[i] != BYTE_LIQUID && document->source.bytes.data[i] == ' ')
            buffer_append_string(&text, "%20");
        else
            buffer_append_byte(&text, document->source.bytes.data[i]);
    struct slice copy = arena_copy(arena, buffer_slice(&text));
    buffer_release(&text);
    return copy;
}

void target_report_spaces(const struct rule *rule, const struct subject *subject,
                          const struct link *link) {
    const struct document *document = subject->document;
    struct span span = link->destination_span;
    if (link->syntax != LINK_MARKDOWN || !has_span(link) || !has_blank(document, span) ||
        document->source.bytes.data[span.start - 1] == '<')
        return;
    struct slice written = document_text(document, span);
    struct slice spelling = escape_blanks(document, span, &subject->findings->arena);
    struct place named[] = {
        {"target", written}, {"spelling", spelling}, {"page", {NULL, 0}}, {"near", {NULL, 0}}};
    struct finding *finding = subject_report(subject, rule, span, written, named, 4);
    add_edit(subject, finding, span, spelling);
}
