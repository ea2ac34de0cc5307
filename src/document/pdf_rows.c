#include "document/pdf_parts.h"

#include "base/memory.h"
#include "text/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Room between pieces, in sizes of the font. */
#define WIDE_GAP    4.0  /* two columns, even where the answer has them on one line */
#define NEXT_GAP    2.5  /* what follows in reading order */
#define LABEL_GAP   3.5  /* a number and its heading, a bullet and its text */
#define TOUCHING    0.3  /* pieces that were torn apart */
#define OTHER_SIZE  1.0  /* points */
#define BLOCK_PITCH 1.55 /* from line to line; TeX sets 1.2, double spacing is a block a line */

enum { PIECES_BACK = 60, LONGEST_LABEL = 10, MOST_SIZES = 400 };

/* Runs that follow each other on one line. */
struct piece {
    const struct pdf_run *runs;
    size_t count;
    struct pdf_box box;
    size_t previous, next; /* the pieces beside it that belong to it; 0: none (0 is never one) */
    bool emitted;
};

struct pieces {
    struct piece *items;
    size_t count, capacity;
};

bool pdf_run_is_math(const struct pdf_run *run) {
    static const char *const fonts[] = {"CMMI", "CMSY",   "CMEX", "MSAM",  "MSBM", "EUFM",
                                        "RSFS", "LMMath", "EUSM", "CMMIB", "CMBSY"};
    static const char *const bullets[] = {"•", "◦", "∗", "·", "–", "▪"};
    bool math = slice_find(run->font, "Math", 0) != SLICE_NOT_FOUND;
    for (size_t i = 0; i < COUNT_OF(fonts) && !math; i++)
        math = slice_starts_with(run->font, fonts[i]);
    for (size_t i = 0; i < COUNT_OF(bullets) && math; i++)
        math = !slice_equal_string(slice_trim(run->text), bullets[i]);
    return math;
}

static double right_of(struct pdf_box box) {
    return box.x + box.width;
}

static double bottom_of(struct pdf_box box) {
    return box.y + box.height;
}

static struct pdf_box unite(struct pdf_box left, struct pdf_box right) {
    struct pdf_box all = {smaller_of(left.x, right.x), smaller_of(left.y, right.y), 0, 0};
    all.width = larger_of(right_of(left), right_of(right)) - all.x;
    all.height = larger_of(bottom_of(left), bottom_of(right)) - all.y;
    return all;
}

static double size_of(const struct pdf_run *run) {
    return run->size > 1 ? run->size : 1;
}

static bool is_side_by_side(struct pdf_box left, struct pdf_box right) {
    double overlap = smaller_of(bottom_of(left), bottom_of(right)) - larger_of(left.y, right.y);
    return overlap >= 0.5 * smaller_of(left.height, right.height);
}

static void find_pieces(struct pieces *pieces, const struct pdf_page *page) {
    pieces->count = 1; /* piece 0 stands for none */
    for (size_t i = 0; i < page->run_count; i++) {
        const struct pdf_run *run = &page->runs[i], *before = i ? run - 1 : NULL;
        struct piece *piece = &pieces->items[pieces->count - 1];
        bool same = before && before->line == run->line &&
                    run->box.x - right_of(before->box) < WIDE_GAP * size_of(run);
        if (same) {
            piece->count++;
            piece->box = unite(piece->box, run->box);
        } else {
            pieces->items[pieces->count++] =
                (struct piece){.runs = run, .count = 1, .box = run->box};
        }
    }
}

/* "1.2", "3)", "A.1", "•": what stands before something. */
static bool is_label(const struct piece *piece) {
    struct slice text = slice_trim(piece->runs->text);
    size_t letters = 0;
    if (piece->count > 1 || !text.size || text.size > LONGEST_LABEL)
        return false;
    for (size_t i = 0; i < text.size; i++)
        letters += isalpha((unsigned char)text.data[i]) != 0;
    return letters <= 1 && (letters < text.size || text.size == 1);
}

/* The piece before `index` that goes on with it; 0: none. */
static size_t find_left(const struct pieces *pieces, size_t index) {
    const struct piece *piece = &pieces->items[index];
    double size = size_of(piece->runs);
    for (size_t back = 1; back <= PIECES_BACK && back < index; back++) {
        const struct piece *left = &pieces->items[index - back];
        double gap = piece->box.x - right_of(left->box);
        double most = is_label(left) ? LABEL_GAP : back == 1 ? NEXT_GAP : TOUCHING;
        if (!left->next && gap > -TOUCHING * size && gap < most * size &&
            is_side_by_side(left->box, piece->box))
            return index - back;
    }
    return 0;
}

static size_t weigh(const struct pdf_run *run) {
    return utf8_count(slice_trim(run->text));
}

static void describe(struct pdf_row *row) {
    size_t most = 0, all = 0, bold = 0, mono = 0, math = 0;
    for (size_t i = 0; i < row->run_count; i++) {
        const struct pdf_run *run = row->runs[i];
        size_t weight = weigh(run);
        bool is_math = pdf_run_is_math(run);
        if (weight > most) {
            most = weight;
            row->size = run->size;
        }
        math += is_math ? weight : 0;
        all += weight;
        bold += run->bold && !is_math ? weight : 0;
        mono += run->mono ? weight : 0;
    }
    row->bold = bold && 10 * bold >= 9 * (all - math);
    row->code = mono && 10 * mono >= 6 * all;
    row->all_math = math && 10 * math >= 6 * all;
}

static void add_row(struct pdf_rows *rows, struct pieces *pieces, size_t index, size_t page,
                    struct arena *arena) {
    struct pdf_row row = {.page = page, .box = pieces->items[index].box};
    size_t count = 0;
    for (size_t i = index; i; i = pieces->items[i].next)
        count += pieces->items[i].count;
    row.runs = arena_allocate(arena, count, sizeof(*row.runs));
    for (size_t i = index; i; i = pieces->items[i].next) {
        pieces->items[i].emitted = true;
        row.box = unite(row.box, pieces->items[i].box);
        for (size_t k = 0; k < pieces->items[i].count; k++)
            row.runs[row.run_count++] = &pieces->items[i].runs[k];
    }
    describe(&row);
    ARRAY_PUSH(rows->items, rows->count, rows->capacity) = row;
}

/* A label's row stands where what it labels does. */
static void read_page(struct pdf_rows *rows, struct pieces *pieces, const struct pdf_page *page,
                      size_t number, struct arena *arena) {
    if (pieces->capacity < page->run_count + 1) {
        pieces->capacity = page->run_count + 1;
        pieces->items = memory_resize(pieces->items, pieces->capacity, sizeof(*pieces->items));
    }
    pieces->items[0] = (struct piece){0};
    find_pieces(pieces, page);
    for (size_t i = 1; i < pieces->count; i++) {
        size_t left = find_left(pieces, i);
        pieces->items[i].previous = left;
        if (left)
            pieces->items[left].next = i;
    }
    for (size_t i = 1; i < pieces->count; i++) {
        const struct piece *piece = &pieces->items[i];
        size_t left = i;
        if (piece->emitted || (!piece->previous && piece->next && is_label(piece)))
            continue;
        while (pieces->items[left].previous)
            left = pieces->items[left].previous;
        add_row(rows, pieces, left, number, arena);
    }
}

static void find_blocks(struct pdf_rows *rows) {
    for (size_t i = 0; i < rows->count; i++) {
        struct pdf_row *row = &rows->items[i], *before = i ? row - 1 : NULL;
        bool same_page = before && before->page == row->page;
        double pitch = same_page ? bottom_of(row->box) - bottom_of(before->box) : 0;
        double size = same_page ? larger_of(row->size, before->size) : 0;
        row->begins_block = !same_page || pitch < -size || pitch > BLOCK_PITCH * size ||
                            row->code != before->code || row->size - before->size > OTHER_SIZE ||
                            before->size - row->size > OTHER_SIZE;
    }
}

/* In tenths of a point. */
static double find_body_size(const struct pdf_rows *rows) {
    size_t weights[MOST_SIZES + 1] = {0}, best = 0;
    for (size_t i = 0; i < rows->count; i++) {
        for (size_t k = 0; k < rows->items[i].run_count; k++) {
            const struct pdf_run *run = rows->items[i].runs[k];
            double tenths = run->size * 10 + 0.5;
            if (tenths >= 1 && tenths < MOST_SIZES && !run->mono)
                weights[(size_t)tenths] += weigh(run);
        }
    }
    for (size_t i = 1; i <= MOST_SIZES; i++)
        if (weights[i] > weights[best])
            best = i;
    return (double)best / 10;
}

void pdf_rows_read(struct pdf_rows *rows, const struct pdf_answer *answer, struct arena *arena) {
    struct pieces pieces = {0};
    for (size_t i = 0; i < answer->page_count; i++)
        read_page(rows, &pieces, &answer->pages[i], i, arena);
    free(pieces.items);
    find_blocks(rows);
    rows->body_size = find_body_size(rows);
}
