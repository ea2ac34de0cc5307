#include "document/pdf_model.h"

#include "base/memory.h"
#include "document/pdf_parts.h"
#include "document/reader.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_TEXT = 32 * 1024 * 1024,
    MOST_BETWEEN = 8, /* running heads between two halves of a word */
    MOST_LINKS = 5000,
    MOST_LINES = 5000, /* of a page, to find what a link lies on */
};

/* Room between runs of a row that is a blank, in sizes of the font; from the second on a tab. */
#define BLANK_GAP 0.13
#define TAB_GAP   1.8
#define SAME_SIZE 0.6 /* points */

/* The text with a kind for each byte. */
struct writer {
    struct buffer text, kinds;
    struct pdf_words words;
    size_t formulas;
    bool in_formula;
};

static void write_bytes(struct writer *writer, struct slice bytes, enum byte_kind kind) {
    buffer_append_slice(&writer->text, bytes);
    memset(buffer_extend(&writer->kinds, bytes.size), (int)kind, bytes.size);
}

static enum byte_kind kind_of(const struct pdf_row *row, const struct pdf_run *run) {
    if (row->running)
        return BYTE_RUNNING;
    if (row->code || run->mono)
        return BYTE_CODE;
    return pdf_run_is_math(run) ? BYTE_MATH : BYTE_TEXT;
}

static bool has_word(struct slice text) {
    size_t letters = 0;
    for (size_t i = 0; i < text.size && letters < 3; i++)
        letters = isalpha((unsigned char)text.data[i]) ? letters + 1 : 0;
    return letters >= 3;
}

/* What is set in fonts of formulas is one formula up to the next word. */
static void count_formula(struct writer *writer, enum byte_kind kind, struct slice text) {
    if (kind == BYTE_MATH && !writer->in_formula)
        writer->formulas++;
    if (kind == BYTE_MATH)
        writer->in_formula = true;
    else if (has_word(text))
        writer->in_formula = false;
}

/* What stands between two runs of a row. */
static struct slice find_gap(const struct pdf_run *before, const struct pdf_run *run) {
    double size = run->size > 1 ? run->size : 1;
    double gap = run->box.x - before->box.x - before->box.width;
    if (gap > TAB_GAP * size)
        return slice_of("\t");
    bool blank = gap > BLANK_GAP * size && !slice_ends_with(before->text, " ") &&
                 !slice_starts_with(run->text, " ");
    return slice_of(blank ? " " : "");
}

static void write_row(struct writer *writer, struct pdf_row *row) {
    struct buffer clean = BUFFER_EMPTY;
    row->span.start = writer->text.size;
    for (size_t i = 0; i < row->run_count; i++) {
        const struct pdf_run *run = row->runs[i];
        enum byte_kind kind = kind_of(row, run);
        bool inner = i && kind == kind_of(row, row->runs[i - 1]);
        buffer_clear(&clean);
        pdf_append_clean(&clean, run->text);
        if (i)
            write_bytes(writer, find_gap(row->runs[i - 1], run), inner ? kind : BYTE_TEXT);
        write_bytes(writer, buffer_slice(&clean), kind);
        count_formula(writer, kind, buffer_slice(&clean));
    }
    while (writer->text.size > row->span.start &&
           isspace((unsigned char)writer->text.data[writer->text.size - 1])) {
        writer->text.size--;
        writer->kinds.size--;
    }
    row->span.end = writer->text.size;
    writer->in_formula = writer->in_formula && row->all_math;
    buffer_release(&clean);
}

/* The row on which a broken word of row `index` goes on; NULL: none. */
static struct pdf_row *find_rest(struct pdf_rows *rows, size_t index) {
    const struct pdf_row *row = &rows->items[index];
    for (size_t i = index + 1; i < rows->count && i - index <= MOST_BETWEEN; i++) {
        struct pdf_row *next = &rows->items[i];
        if (next->running)
            continue;
        bool same = !next->code && fabs(next->size - row->size) < SAME_SIZE &&
                    next->bold == row->bold && next->page <= row->page + 1;
        return same ? next : NULL;
    }
    return NULL;
}

/* Up to the first blank, clean. */
static void read_first_word(struct buffer *word, const struct pdf_row *row) {
    for (size_t i = 0; i < row->run_count; i++) {
        if (i && find_gap(row->runs[i - 1], row->runs[i]).size)
            return;
        pdf_append_clean(word, row->runs[i]->text);
        for (size_t k = 0; k < word->size; k++) {
            if (isspace((unsigned char)word->data[k])) {
                word->size = k;
                return;
            }
        }
    }
}

static size_t letters_at_start(struct slice text) {
    size_t end = 0;
    while (end < text.size && (isalnum((unsigned char)text.data[end]) || (text.data[end] & 0x80)))
        end++;
    return end;
}

/* Gives a broken word the rest, with what stands at it up to the blank. */
static void join_word(struct writer *writer, struct pdf_row *row, struct pdf_row *rest) {
    struct slice stem,
        line = {writer->text.data + row->span.start, writer->text.size - row->span.start};
    struct buffer word = BUFFER_EMPTY;
    if (!pdf_is_broken(line, &stem))
        return;
    read_first_word(&word, rest);
    size_t letters = letters_at_start(buffer_slice(&word));
    if (letters) {
        if (pdf_words_joins(&writer->words, stem, slice_part(buffer_slice(&word), 0, letters))) {
            writer->text.size--;
            writer->kinds.size--;
        }
        write_bytes(writer, buffer_slice(&word), kind_of(rest, rest->runs[0]));
        row->span.end = writer->text.size;
        rest->taken = word.size;
    }
    buffer_release(&word);
}

/* What the row before took is not said again. */
static void drop_taken(struct writer *writer, struct pdf_row *row) {
    size_t start = row->span.start, drop = row->taken, size = writer->text.size - start;
    while (drop < size && isspace((unsigned char)writer->text.data[start + drop]))
        drop++;
    drop = drop < size ? drop : size;
    memmove(writer->text.data + start, writer->text.data + start + drop, size - drop);
    memmove(writer->kinds.data + start, writer->kinds.data + start + drop, size - drop);
    writer->text.size -= drop;
    writer->kinds.size -= drop;
    row->span.end -= drop;
}

static void write_rows(struct writer *writer, struct pdf_rows *rows) {
    for (size_t i = 0; i < rows->count; i++) {
        struct pdf_row *row = &rows->items[i];
        if (i)
            write_bytes(writer, slice_of(row->begins_block ? "\n\n" : "\n"), BYTE_TEXT);
        row->span = (struct span){writer->text.size, writer->text.size};
        if (writer->text.size >= MOST_TEXT)
            continue;
        write_row(writer, row);
        if (row->taken)
            drop_taken(writer, row);
        struct pdf_row *rest = row->running || row->code ? NULL : find_rest(rows, i);
        if (rest && row->span.end > row->span.start)
            join_word(writer, row, rest);
    }
    if (rows->count)
        write_bytes(writer, slice_of("\n"), BYTE_TEXT);
}

/* Each page begins where the one before it ends; empty ones are empty. */
static void make_pages(struct document *document, const struct pdf_rows *rows,
                       const struct pdf_answer *answer) {
    struct document_page *pages =
        arena_allocate(&document->arena, answer->page_count, sizeof(*pages));
    size_t row = 0;
    for (size_t i = 0; i < answer->page_count; i++) {
        const struct pdf_page *page = &answer->pages[i];
        while (row < rows->count && rows->items[row].page < i)
            row++;
        size_t start =
            row < rows->count ? rows->items[row].span.start : document->source.bytes.size;
        pages[i] = (struct document_page){
            page->number, {start, document->source.bytes.size}, page->width, page->height};
        if (i)
            pages[i - 1].span.end = start;
    }
    document->pages = pages;
    document->page_count = answer->page_count;
}

static void make_lines(struct document *document, const struct pdf_rows *rows,
                       const struct pdf_answer *answer) {
    struct document_pdf *pdf = document->pdf;
    pdf->lines = arena_allocate(&document->arena, rows->count, sizeof(*pdf->lines));
    pdf->line_count = rows->count;
    for (size_t i = 0; i < rows->count; i++) {
        const struct pdf_row *row = &rows->items[i];
        pdf->lines[i] = (struct pdf_line){row->span, answer->pages[row->page].number,
                                          row->box,  row->size,
                                          row->bold, row->running};
    }
}

/* Runs of text within a block; code is told apart as passages. */
static void collect_passages(struct document *document) {
    size_t size = document->source.bytes.size, capacity = 0, code_capacity = 0;
    const char *bytes = document->source.bytes.data;
    struct span *prose = NULL;
    struct passage *code = NULL;
    for (size_t start = 0, end; start < size; start = end) {
        unsigned char kind = document->kinds[start];
        for (end = start + 1; end < size && document->kinds[end] == kind; end++)
            if (kind == BYTE_TEXT && bytes[end] == '\n' && bytes[end - 1] == '\n')
                break;
        struct span span = {start, end};
        if (kind == BYTE_CODE)
            ARRAY_PUSH(code, document->code_count, code_capacity) = (struct passage){span};
        else if (kind == BYTE_TEXT && !slice_is_blank(document_text(document, span)))
            ARRAY_PUSH(prose, document->prose_count, capacity) = span;
    }
    document->prose = arena_allocate(&document->arena, document->prose_count, sizeof(*prose));
    document->code = arena_allocate(&document->arena, document->code_count, sizeof(*code));
    if (prose)
        memcpy(document->prose, prose, document->prose_count * sizeof(*prose));
    if (code)
        memcpy(document->code, code, document->code_count * sizeof(*code));
    free(prose);
    free(code);
}

static bool is_inside(struct pdf_box box, struct pdf_box outer) {
    double x = box.x + box.width / 2, y = box.y + box.height / 2;
    return x >= outer.x && x <= outer.x + outer.width && y >= outer.y &&
           y <= outer.y + outer.height;
}

/* The first line that a link lies on; empty: it is over a picture, or nothing. */
static struct span find_linked(const struct document *document, const struct pdf_link *link,
                               const struct document_page *page) {
    const struct pdf_line *line = pdf_line_at(document, page->span.start);
    const struct pdf_line *end = document->pdf->lines + document->pdf->line_count;
    for (size_t i = 0; line && line < end && line->page == page->number && i < MOST_LINES;
         line++, i++)
        if (is_inside(link->box, line->box))
            return line->span;
    return (struct span){0, 0};
}

static void add_links(struct document *document, const struct pdf_answer *answer) {
    for (size_t i = 0; i < answer->page_count; i++) {
        const struct pdf_page *page = &answer->pages[i];
        for (size_t k = 0; k < page->link_count; k++) {
            const struct pdf_link *link = &page->links[k];
            if (!link->uri.data || document->link_count >= MOST_LINKS)
                continue;
            struct span span = find_linked(document, link, &document->pages[i]);
            struct link made = {.syntax = LINK_PDF,
                                .has_place = span.end > span.start,
                                .span = span,
                                .destination = arena_copy(&document->arena, link->uri),
                                .text = document_text(document, span)};
            document_add_link(document, false, made);
        }
    }
}

static void add_pictures(struct document *document, const struct pdf_answer *answer) {
    struct document_pdf *pdf = document->pdf;
    size_t count = 0;
    for (size_t i = 0; i < answer->page_count; i++)
        count += answer->pages[i].image_count;
    pdf->pictures = arena_allocate(&document->arena, count, sizeof(*pdf->pictures));
    for (size_t i = 0; i < answer->page_count; i++) {
        const struct pdf_page *page = &answer->pages[i];
        for (size_t k = 0; k < page->image_count; k++)
            pdf->pictures[pdf->picture_count++] =
                (struct pdf_picture){.page = page->number,
                                     .box = page->images[k].box,
                                     .pixel_width = page->images[k].pixel_width,
                                     .pixel_height = page->images[k].pixel_height};
    }
}

static struct slice copy(struct document *document, struct slice text) {
    return text.data ? arena_copy(&document->arena, text) : text;
}

static void copy_information(struct document *document, const struct pdf_answer *answer) {
    struct document_pdf *pdf = document->pdf;
    *pdf = (struct document_pdf){.outcome = answer->outcome,
                                 .message = copy(document, answer->message),
                                 .limit = copy(document, answer->limit),
                                 .version = copy(document, answer->version),
                                 .title = copy(document, answer->title),
                                 .author = copy(document, answer->author),
                                 .creator = copy(document, answer->creator),
                                 .producer = copy(document, answer->producer),
                                 .javascript = answer->javascript,
                                 .attachments = answer->attachments,
                                 .page_total = answer->page_total,
                                 .outline_count = answer->outline_count};
    pdf->outline = arena_allocate(&document->arena, answer->outline_count, sizeof(*pdf->outline));
    for (size_t i = 0; i < answer->outline_count; i++) {
        pdf->outline[i] = answer->outline[i];
        pdf->outline[i].title = copy(document, answer->outline[i].title);
    }
}

static void read_pages(struct document *document, const struct pdf_answer *answer) {
    struct pdf_rows rows = {0};
    struct writer writer = {0};
    struct arena runs = ARENA_EMPTY;
    pdf_rows_read(&rows, answer, &runs);
    pdf_rows_find_running(&rows, answer);
    pdf_words_read(&writer.words, &rows);
    write_rows(&writer, &rows);
    source_init(&document->source, arena_copy(&document->arena, buffer_slice(&writer.text)));
    document->kinds = (unsigned char *)buffer_detach(&writer.kinds);
    document->pdf->body_size = rows.body_size;
    document->pdf->formula_count = writer.formulas;
    make_pages(document, &rows, answer);
    make_lines(document, &rows, answer);
    size_t first = pdf_front_end(document, &rows);
    document->pdf->front = (struct span){0, first ? rows.items[first - 1].span.end : 0};
    pdf_sections_build(document, &rows, answer, first);
    add_pictures(document, answer);
    pdf_captions_find(document, &rows);
    add_links(document, answer);
    collect_passages(document);
    pdf_words_release(&writer.words);
    buffer_release(&writer.text);
    free(rows.items);
    arena_release(&runs);
}

struct document *pdf_document_make(struct slice path, const struct pdf_answer *answer) {
    struct document *document = memory_allocate(1, sizeof(*document));
    document->kind = DOCUMENT_PDF;
    document->path = arena_copy(&document->arena, path);
    document->front_matter.reason = "the file is not Markdown";
    document->pdf = arena_allocate(&document->arena, 1, sizeof(*document->pdf));
    copy_information(document, answer);
    read_pages(document, answer);
    return document;
}

const struct pdf_line *pdf_line_at(const struct document *document, size_t offset) {
    const struct document_pdf *pdf = document->pdf;
    size_t first = 0, last = pdf ? pdf->line_count : 0;
    while (last > first) {
        size_t middle = first + (last - first) / 2;
        if (pdf->lines[middle].span.end < offset)
            first = middle + 1;
        else
            last = middle;
    }
    bool found = pdf && first < pdf->line_count && pdf->lines[first].span.start <= offset;
    return found ? &pdf->lines[first] : NULL;
}

const struct document_page *pdf_page_find(const struct document *document, size_t number) {
    for (size_t i = 0; i < document->page_count; i++)
        if (document->pages[i].number == number)
            return &document->pages[i];
    return NULL;
}

bool pdf_is_slides(const struct document *document) {
    return document->page_count && document->pages[0].width > document->pages[0].height;
}
