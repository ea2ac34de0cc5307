/* Module pages: kramdown definition lists with a date as the term. */
#include "base/memory.h"
#include "course/schedule_reading.h"
#include "document/definitions.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* A body of a row: its label, and what stands behind it on its line. */
struct body {
    struct span span;
    struct span label; /* empty: none */
    struct span rest;
    int rank; /* how likely it is the lecture; lower is likelier */
};

enum {
    RANK_NUMBER,  /* **4** */
    RANK_LECTURE, /* **Lecture** */
    RANK_NO_LABEL,
    RANK_SOME_LABEL,
    RANK_OTHER, /* **Reading** */
};

struct module_row {
    struct reading *reading;
    const struct schedule_file *file;
    const struct document *document;
    const struct term_list *list;
    const struct term *term;
    bool hidden;
};

/* The inside of `**x**`, `__x__`, `*x*`, `_x_` or `` `x` `` at the start; false: there is none. */
static bool read_emphasis(struct slice text, struct span *inside, size_t *behind) {
    if (!text.size || !strchr("*_`", *text.data))
        return false;
    size_t marks = text.size > 1 && text.data[1] == *text.data ? 2 : 1;
    size_t close =
        slice_find(text, (const char[]){*text.data, marks == 2 ? *text.data : '\0', '\0'}, marks);
    if (close == SLICE_NOT_FOUND || close == marks)
        return false;
    *inside = (struct span){marks, close};
    *behind = close + marks;
    return true;
}

static size_t skip_blanks(struct slice text, size_t at) {
    while (at < text.size && isspace((unsigned char)text.data[at]))
        at++;
    return at;
}

/* "Reading: …", "HW 2 due": few words, and nothing but them before a colon. */
static bool is_other_without_label(const struct module_row *row, struct slice text) {
    enum { MOST_WORDS = 4 };
    size_t colon = slice_find(text, ":", 0), blanks = 0;
    struct slice head = slice_trim(slice_part(text, 0, colon));
    for (size_t i = 0; i < head.size; i++)
        blanks += head.data[i] == ' ';
    return blanks < MOST_WORDS && schedule_word_is(row->reading->words, WORD_OTHER_LABEL, head);
}

/* "4" and "1.2", not "3D". */
static bool is_number(struct slice label) {
    size_t at = 0;
    while (at < label.size && (isdigit((unsigned char)label.data[at]) || label.data[at] == '.'))
        at++;
    return label.size && at == label.size;
}

static int rank_of_label(const struct module_row *row, struct slice label) {
    const struct schedule_words *words = row->reading->words;
    label = slice_trim(label);
    bool lecture = schedule_word_is(words, WORD_LECTURE_LABEL, label);
    if (is_number(label) || (lecture && schedule_label_number(label)))
        return RANK_NUMBER;
    if (lecture)
        return RANK_LECTURE;
    return schedule_word_is(words, WORD_OTHER_LABEL, label) ? RANK_OTHER : RANK_SOME_LABEL;
}

/* `**4**{: .label} Title`, `*Reading:* …`, `Lecture 4: Title`. */
static struct body read_body(const struct module_row *row, const struct term_body *from) {
    const struct document *document = row->document;
    struct slice text = document_text(document, from->line);
    struct body body = {.span = from->span, .rest = from->line, .rank = RANK_NO_LABEL};
    struct span inside;
    struct match match;
    size_t behind = 0;
    bool labelled = read_emphasis(text, &inside, &behind);
    size_t label_end = behind;
    while (labelled && from->line.start + behind < from->line.end &&
           document->kinds[from->line.start + behind] == BYTE_ATTRIBUTES)
        behind++;
    if (labelled) {
        int rank = rank_of_label(row, slice_part(text, inside.start, inside.end));
        /* A title in bold, or one that begins with a variable. */
        bool title = rank == RANK_SOME_LABEL || (inside.start == 1 && rank != RANK_OTHER);
        if (behind == label_end && title)
            return body;
        body.rank = rank;
    } else if (schedule_word_find(row->reading->words, WORD_PLAIN_LABEL, text, &match)) {
        behind = match.groups[0].end;
        inside = (struct span){0, behind};
        while (inside.end && !isdigit((unsigned char)text.data[inside.end - 1]))
            inside.end--;
        body.rank = RANK_NUMBER;
    } else {
        if (is_other_without_label(row, text))
            body.rank = RANK_OTHER;
        return body;
    }
    body.label = (struct span){from->line.start + inside.start, from->line.start + inside.end};
    body.rest.start += skip_blanks(text, behind);
    return body;
}

/* The body that is the lecture itself, and links of the row, by the body they are in. */
static struct body read_bodies(struct module_row *row) {
    struct body best = {.rank = RANK_OTHER + 1};
    for (size_t i = 0; i < row->term->body_count; i++) {
        const struct term_body *from = &row->list->bodies[row->term->first_body + i];
        if (from->level)
            continue;
        struct body body = read_body(row, from);
        reading_add_page_links(row->reading, row->file, row->document, body.span, LINK_OTHER,
                               body.rank != RANK_OTHER);
        if (body.rank < best.rank)
            best = body;
    }
    return best;
}

static struct span trim_span(const struct document *document, struct span span) {
    struct slice text = document_text(document, span), kept = slice_trim(text);
    if (kept.size)
        span.start += (size_t)(kept.data - text.data);
    span.end = span.start + kept.size;
    return span;
}

/* Up to the slides and the like, when they stand on the same line. */
static struct span title_span(const struct module_row *row, struct span rest) {
    const struct reading *reading = row->reading;
    for (size_t i = 0; i < reading->link_count; i++) {
        size_t start = reading->links[i].span.start;
        if (reading->links[i].role != LINK_OTHER && start > rest.start && start < rest.end)
            rest.end = start;
    }
    return trim_span(row->document, rest);
}

/* The lines of slides, recording and notes; on the title's line, from the first link on. */
static struct span links_span(const struct module_row *row, const struct body *lecture) {
    const struct reading *reading = row->reading;
    struct span all = {0};
    for (size_t i = 0; i < reading->link_count; i++) {
        struct span span = reading->links[i].span;
        if (reading->links[i].role == LINK_OTHER)
            continue;
        all.start = all.end ? all.start : span.start;
        all.end = span.end;
    }
    if (!all.end)
        return all;
    const struct source *source = &row->document->source;
    size_t last = source_line(source, all.end - 1), first = source_line(source, all.start);
    all.end = source_line_start(source, last) + source_line_text(source, last).size;
    if (all.start > lecture->rest.end) {
        all.start = source_line_start(source, first);
        for (size_t i = 0; i < row->term->body_count; i++) {
            struct span line = row->list->bodies[row->term->first_body + i].line;
            if (line.start > all.start && source_line(source, line.start) == first)
                all.start = line.start;
        }
    }
    return trim_span(row->document, all);
}

enum { LATEST_START = 24 };

/* The date stands at the start of the term, but for a weekday or "Week 3: ". */
static bool read_date(const struct module_row *row, struct lecture *lecture) {
    const struct term *term = row->term;
    struct span whole = {term->span.start, row->list->bodies[term->first_body].span.start};
    const struct span places[] = {term->term, trim_span(row->document, whole)};
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        struct slice text = slice_part(row->file->source.bytes, places[i].start, places[i].end);
        if (row_set_day(lecture, text, places[i].start) &&
            lecture->date_span.start <= places[i].start + LATEST_START)
            return true;
    }
    row_set_day(lecture, slice_of(NULL), 0);
    lecture->date_span = term->term;
    lecture->date_text = slice_part(row->file->source.bytes, term->term.start, term->term.end);
    return false;
}

/* A term that is a date, though none that a calendar has. */
static bool looks_dated(const struct module_row *row, const struct lecture *lecture) {
    struct match match;
    return schedule_word_find(row->reading->words, WORD_DATE_LIKE, lecture->date_text, &match) &&
           match.groups[0].start <= LATEST_START;
}

static void read_row(struct module_row *row) {
    struct lecture lecture = {.file = row->file, .hidden = row->hidden, .row = row->term->span};
    bool dated = read_date(row, &lecture);
    struct body body = read_bodies(row);
    if (!dated && body.rank != RANK_NUMBER && !looks_dated(row, &lecture)) {
        row->reading->link_count = 0;
        return;
    }
    lecture.label_span = body.label;
    lecture.label = slice_part(row->file->source.bytes, body.label.start, body.label.end);
    if (body.rank == RANK_OTHER) {
        lecture.status = LECTURE_NONE;
        body.rest.start = body.label.end > body.label.start ? body.label.start : body.rest.start;
        lecture.label = slice_of(NULL);
        lecture.label_span = (struct span){0};
    }
    lecture.title_span = title_span(row, body.rest);
    lecture.links_span = links_span(row, &body);
    struct row_text text = {.title =
                                reading_plain(row->reading, row->document, lecture.title_span)};
    reading_add_row(row->reading, &lecture, &text);
}

static void read_rows(struct reading *reading, const struct schedule_page *page,
                      const struct document *document, bool hidden) {
    struct term_list list;
    term_list_read(&list, document);
    for (size_t i = 0; i < list.count && !reading_is_full(reading); i++) {
        struct module_row row = {.reading = reading,
                                 .file = page->file,
                                 .document = document,
                                 .list = &list,
                                 .term = &list.items[i],
                                 .hidden = hidden};
        read_row(&row);
    }
    term_list_release(&list);
}

static int by_row(const void *left, const void *right) {
    const struct lecture *a = left, *b = right;
    return a->row.start < b->row.start ? -1 : a->row.start > b->row.start;
}

static void read_page(struct reading *reading, const struct schedule_page *page) {
    struct schedule *schedule = reading->schedule;
    size_t before = schedule->lecture_count;
    read_rows(reading, page, page->shown, page->file->hidden);
    if (page->hidden)
        read_rows(reading, page, page->hidden, true);
    if (schedule->lecture_count > before)
        qsort(schedule->lectures + before, schedule->lecture_count - before,
              sizeof *schedule->lectures, by_row);
}

/* --- The pages together ----------------------------------------------------------------------- */

/* `nav_order` of a page, if it is a number. */
static bool read_place(const struct schedule_page *page, long *place) {
    const struct yaml_node *node = yaml_find(page->shown->front_matter.root, "nav_order");
    if (!node || node->kind != YAML_SCALAR || yaml_scalar_type(node) != YAML_TYPE_INTEGER)
        return false;
    *place = strtol(node->text.data, NULL, 10);
    return true;
}

static void swap_pages(struct schedule_page *left, struct schedule_page *right) {
    struct schedule_page page = *left;
    struct schedule_file file = *left->file;
    *left->file = *right->file;
    *right->file = file;
    *left = *right;
    left->file = page.file;
    page.file = right->file;
    *right = page;
}

/* By `nav_order` where all pages have one; else they stay as their names have them. */
static void order_pages(struct schedule_page *pages, size_t count) {
    long place, other;
    for (size_t i = 0; i < count; i++)
        if (!read_place(&pages[i], &place))
            return;
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k && read_place(&pages[k], &place) &&
                           read_place(&pages[k - 1], &other) && place < other;
             k--)
            swap_pages(&pages[k - 1], &pages[k]);
}

static void hide_pages(struct reading *reading, struct schedule_page *pages, size_t count) {
    const struct yaml_node **front_matter =
        arena_allocate(reading->arena, count, sizeof *front_matter);
    for (size_t i = 0; i < count; i++)
        front_matter[i] = pages[i].shown->front_matter.root;
    schedule_hide_files(reading, slice_folder(pages[0].file->path), front_matter);
}

static bool has_dates(const struct schedule *schedule, const struct schedule_file *file) {
    for (size_t i = 0; i < schedule->lecture_count; i++)
        if (schedule->lectures[i].file == file && schedule->lectures[i].day.month)
            return true;
    return false;
}

/* Dates that can't be read alone are no schedule. */
static bool has_rows(const struct schedule *schedule) {
    for (size_t i = 0; i < schedule->lecture_count; i++)
        if (schedule->lectures[i].day.month || schedule->lectures[i].label.size)
            return true;
    return false;
}

static bool has_text(const struct document *document) {
    return document->kinds &&
           !slice_is_blank(slice_part(document->source.bytes, document->body_start,
                                      document->source.bytes.size)) &&
           document->prose_count;
}

/* A page that is shown and says something, but has no date while most of its fellows have. */
static void find_broken(const struct schedule *schedule, const struct schedule_page *pages,
                        size_t count) {
    size_t shown = 0, dated = 0;
    for (size_t i = 0; i < count; i++) {
        shown += !pages[i].file->hidden;
        dated += !pages[i].file->hidden && has_dates(schedule, pages[i].file);
    }
    for (size_t i = 0; i < count && dated && 2 * dated >= shown; i++) {
        struct schedule_file *file = pages[i].file;
        if (file->hidden || has_dates(schedule, file) || !has_text(pages[i].shown))
            continue;
        file->broken = "it has no row with a date";
        file->broken_span = pages[i].shown->prose[0];
    }
}

bool schedule_modules_read(struct reading *reading, const struct path_list *paths) {
    struct schedule *schedule = reading->schedule;
    struct schedule_page *pages = memory_allocate(paths->count + 1, sizeof *pages);
    size_t count = 0;
    reading_set_files(reading, paths->count);
    for (size_t i = 0; i < paths->count; i++)
        count += schedule_page_open(&pages[count], reading, paths->items[i]);
    if (count) {
        order_pages(pages, count);
        hide_pages(reading, pages, count);
    }
    for (size_t i = 0; i < count; i++)
        read_page(reading, &pages[i]);
    bool found = has_rows(schedule);
    if (found)
        find_broken(schedule, pages, count);
    for (size_t i = 0; i < count; i++)
        schedule_page_close(&pages[i]);
    while (!found && schedule->file_count)
        reading_drop_file(reading, 0);
    free(pages);
    return found;
}
