/* Running heads and page numbers. */
#include "document/pdf_parts.h"

#include "base/memory.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MARGIN 0.11 /* of the page's height: where they can stand */
#define SHIFT  3.0  /* points: the same height on two pages */

enum { LONGEST_HEAD = 160, PAGES_AROUND = 3, MOST_AROUND = 100 };

/* A row in a margin with its text; numbers are "#". */
struct head {
    size_t row;
    struct slice text;
};

struct heads {
    struct head *items;
    size_t count, capacity;
    struct arena arena;
};

static bool is_in_margin(const struct pdf_row *row, const struct pdf_page *page) {
    double height = page->height;
    return height > 0 &&
           (row->box.y + row->box.height < MARGIN * height || row->box.y > (1 - MARGIN) * height);
}

static struct slice read_text(const struct pdf_row *row, struct arena *arena) {
    struct buffer text = BUFFER_EMPTY;
    for (size_t i = 0; i < row->run_count && text.size < LONGEST_HEAD; i++) {
        struct slice run = row->runs[i]->text;
        for (size_t k = 0; k < run.size; k++) {
            unsigned char byte = (unsigned char)run.data[k];
            bool again = text.size && text.data[text.size - 1] == '#';
            if (isdigit(byte) && !again)
                buffer_append_byte(&text, '#');
            else if (!isdigit(byte) && !isspace(byte))
                buffer_append_byte(&text, (char)tolower(byte));
        }
    }
    struct slice copy = arena_copy(arena, buffer_slice(&text));
    buffer_release(&text);
    return copy;
}

/* "3", "- 3 -", "2-7", "Page 3 of 9", "iv" */
static bool is_page_number(struct slice text) {
    static const char *const forms[] = {"#",        "-#-",  "#-#", "#/#", "page#",
                                        "page#of#", "#of#", "|#",  "[#]", "ii",
                                        "iii",      "iv",   "vi",  "vii", "viii"};
    return slice_is_one_of(text, forms, COUNT_OF(forms));
}

/* Heads may be others on left and right pages, and differ from chapter to chapter. */
static bool recurs(const struct heads *heads, const struct pdf_rows *rows, size_t index) {
    const struct pdf_row *row = &rows->items[heads->items[index].row];
    for (int way = -1; way <= 1; way += 2) {
        size_t i = index + (size_t)way;
        for (int looked = 0; i < heads->count && looked < MOST_AROUND; looked++, i += (size_t)way) {
            const struct pdf_row *other = &rows->items[heads->items[i].row];
            size_t distance =
                other->page > row->page ? other->page - row->page : row->page - other->page;
            if (distance > PAGES_AROUND)
                break;
            if (distance && fabs(other->box.y - row->box.y) < SHIFT &&
                slice_equal(heads->items[i].text, heads->items[index].text))
                return true;
        }
    }
    return false;
}

void pdf_rows_find_running(struct pdf_rows *rows, const struct pdf_answer *answer) {
    struct heads heads = {0};
    for (size_t i = 0; i < rows->count; i++) {
        struct pdf_row *row = &rows->items[i];
        if (is_in_margin(row, &answer->pages[row->page]))
            ARRAY_PUSH(heads.items, heads.count, heads.capacity) =
                (struct head){i, read_text(row, &heads.arena)};
    }
    for (size_t i = 0; i < heads.count; i++)
        rows->items[heads.items[i].row].running =
            heads.items[i].text.size &&
            (is_page_number(heads.items[i].text) || recurs(&heads, rows, i));
    free(heads.items);
    arena_release(&heads.arena);
}
