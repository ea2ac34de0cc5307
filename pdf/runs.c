#include "pdf/runs.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "pdf/answer.h"
#include "pdf/fonts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct run {
    struct buffer text;
    PopplerRectangle area;
    const char *font; /* borrowed from its attributes */
    double font_size;
};

struct line {
    size_t first, count; /* its runs */
    PopplerRectangle area;
    double right;    /* where its last character ends */
    ptrdiff_t label; /* the line that stands before it on the page, or -1 */
    bool taken;      /* is the label of another line */
};

/* What the library says of a page's text. */
struct text {
    char *characters; /* "\n" ends a line */
    PopplerRectangle *areas;
    guint area_count;
    GList *attributes; /* of PopplerTextAttributes, in order */
};

struct page_text {
    struct text text;
    struct run *runs;
    size_t run_count, run_capacity;
    struct line *lines;
    size_t line_count, line_capacity;
};

static void read_text(struct text *text, PopplerPage *page) {
    *text = (struct text){0};
    text->characters = poppler_page_get_text(page);
    text->attributes = poppler_page_get_text_attributes(page);
    if (!poppler_page_get_text_layout(page, &text->areas, &text->area_count))
        text->area_count = 0;
}

static void release(struct page_text *page) {
    g_free(page->text.characters);
    g_free(page->text.areas);
    poppler_page_free_text_attributes(page->text.attributes);
    for (size_t i = 0; i < page->run_count; i++)
        buffer_release(&page->runs[i].text);
    free(page->runs);
    free(page->lines);
}

static void include(PopplerRectangle *area, const PopplerRectangle *other) {
    area->x1 = fmin(area->x1, other->x1);
    area->y1 = fmin(area->y1, other->y1);
    area->x2 = fmax(area->x2, other->x2);
    area->y2 = fmax(area->y2, other->y2);
}

/* Marks of direction, which the library adds to the text without giving them a place. */
static bool is_direction(gunichar character) {
    return character >= 0x202a && character <= 0x202e;
}

static bool same_font(const PopplerTextAttributes *attributes, const struct run *run) {
    return fabs(attributes->font_size - run->font_size) < 0.01 &&
           strcmp(attributes->font_name, run->font) == 0;
}

/* The last run takes the font's next character, or one of its own is begun. */
static struct run *run_for(struct page_text *page, const PopplerTextAttributes *font,
                           const PopplerRectangle *area) {
    struct line *line = &page->lines[page->line_count - 1];
    struct run *last = line->count ? &page->runs[page->run_count - 1] : NULL;
    if (last && same_font(font, last) && last->text.size + 8 <= ANSWER_TEXT_MOST)
        return last;
    line->count++;
    struct run *run = &ARRAY_PUSH(page->runs, page->run_count, page->run_capacity);
    *run = (struct run){.area = *area, .font = font->font_name, .font_size = font->font_size};
    return run;
}

/* The library leaves some gaps without a space: this wide is one, in sizes of the font. */
#define SPACE_WIDTH 0.3

static bool is_gap(const struct line *line, const struct run *run, const PopplerRectangle *area) {
    return run->text.size && run->text.data[run->text.size - 1] != ' ' &&
           area->x1 - line->right > SPACE_WIDTH * run->font_size;
}

static void add_character(struct page_text *page, struct slice character,
                          const PopplerRectangle *area, const PopplerTextAttributes *attributes) {
    static const PopplerTextAttributes unknown = {.font_name = (gchar *)""};
    struct line *line = &page->lines[page->line_count - 1];
    struct run *last = line->count ? &page->runs[page->run_count - 1] : NULL;
    /* Where a space reaches to is up to what follows it. */
    bool space = *character.data == ' ';
    if (last && !space && is_gap(line, last, area))
        buffer_append_byte(&last->text, ' ');
    struct run *run =
        run_for(page, attributes && attributes->font_name ? attributes : &unknown, area);
    buffer_append_slice(&run->text, character);
    if (space)
        return;
    include(&run->area, area);
    include(&line->area, area);
    line->right = area->x2;
}

static void split_into_runs(struct page_text *page) {
    const struct text *text = &page->text;
    static const PopplerRectangle nowhere = {0};
    const GList *attributes = text->attributes;
    bool begins_line = true;
    guint index = 0;
    for (const char *at = text->characters, *next; *at; at = next) {
        gunichar character = g_utf8_get_char(at);
        next = g_utf8_next_char(at);
        if (is_direction(character))
            continue;
        while (attributes &&
               ((const PopplerTextAttributes *)attributes->data)->end_index < (gint)index)
            attributes = attributes->next;
        const PopplerRectangle *area = index < text->area_count ? &text->areas[index] : &nowhere;
        if (character == '\n') {
            begins_line = true;
        } else {
            if (begins_line)
                ARRAY_PUSH(page->lines, page->line_count, page->line_capacity) =
                    (struct line){page->run_count, 0, *area, area->x2, -1, false};
            begins_line = false;
            add_character(page, (struct slice){at, (size_t)(next - at)}, area,
                          attributes ? attributes->data : NULL);
        }
        index++;
    }
}

/* --- Labels: "1.2   ZooKeeper" has a gap after its number, so the library makes two lines of it
 * --- */

/* Longer is no label: "Appendix A", "(viii)". */
#define LABEL_MOST 10
/* How wide a gap may be, in sizes of the font. LaTeX has 1 after a section's number, columns lie
 * further apart. */
#define LABEL_GAP 2.0
/* Each label is compared with each line; a page with more of them is none that people read. */
#define LINES_MOST 4000

static bool looks_like_label(const struct page_text *page, const struct line *line) {
    if (line->count != 1)
        return false;
    const struct run *run = &page->runs[line->first];
    if (run->text.size > LABEL_MOST)
        return false;
    /* Digits, dots, brackets, single letters, Roman numbers. */
    const char *letters = "0123456789.()[]:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghivx ";
    for (size_t i = 0; i < run->text.size; i++)
        if (!strchr(letters, run->text.data[i]))
            return false;
    return true;
}

static bool stands_before(const struct page_text *page, const struct line *label,
                          const struct line *line) {
    const struct run *left = &page->runs[label->first], *right = &page->runs[line->first];
    double gap = line->area.x1 - label->area.x2;
    double overlap = fmin(left->area.y2, right->area.y2) - fmax(left->area.y1, right->area.y1);
    double height = fmin(left->area.y2 - left->area.y1, right->area.y2 - right->area.y1);
    return gap >= 0 && gap <= LABEL_GAP * left->font_size && height > 0 &&
           overlap >= 0.7 * height && fabs(left->font_size - right->font_size) < 0.5;
}

static void find_labels(struct page_text *page) {
    if (page->line_count > LINES_MOST)
        return;
    for (size_t i = 0; i < page->line_count; i++) {
        struct line *label = &page->lines[i];
        if (!looks_like_label(page, label))
            continue;
        for (size_t k = 0; k < page->line_count; k++) {
            struct line *line = &page->lines[k];
            if (k != i && line->label < 0 && !line->taken && stands_before(page, label, line)) {
                line->label = (ptrdiff_t)i;
                label->taken = true;
                break;
            }
        }
    }
}

/* --- The answer ----------------------------------------------------------------------------- */

/* Takes `text` over, which is the run's or has a label before it. */
static bool answer_text_run(char *text, const struct run *run, const PopplerRectangle *area,
                            int line) {
    const char *font = font_plain_name(run->font);
    struct font_look look = font_look(font);
    json_t *content =
        json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:b, s:b, s:i}", "text",
                  answer_text(text, ANSWER_TEXT_MOST), "x", answer_length(area->x1), "y",
                  answer_length(area->y1), "width", answer_length(area->x2 - area->x1), "height",
                  answer_length(area->y2 - area->y1), "size", answer_length(run->font_size), "font",
                  answer_text(font, ANSWER_NAME_MOST), "bold", look.bold, "italic", look.italic,
                  "mono", look.mono, "line", line);
    g_free(text);
    return answer_write("run", content);
}

/* `label`, which may be NULL, becomes part of the run if it looks like it, else one of its own. */
static bool answer_labelled(const struct run *label, const struct run *run, int line) {
    bool one = label && strcmp(label->font, run->font) == 0 &&
               label->text.size + 1 + run->text.size <= ANSWER_TEXT_MOST;
    PopplerRectangle area = run->area;
    const char *before = "";
    if (one) {
        include(&area, &label->area);
        before = buffer_string(&label->text);
    } else if (label) {
        char *text = g_strconcat(buffer_string(&label->text), " ", NULL);
        if (!answer_text_run(text, label, &label->area, line))
            return false;
    }
    char *text = g_strconcat(before, *before ? " " : "", buffer_string(&run->text), NULL);
    return answer_text_run(text, run, &area, line);
}

static bool answer_line(const struct page_text *page, const struct line *line, int number) {
    const struct run *label = line->label < 0 ? NULL : &page->runs[page->lines[line->label].first];
    bool room = true;
    for (size_t i = 0; i < line->count && room; i++)
        room = answer_labelled(i ? NULL : label, &page->runs[line->first + i], number);
    return room;
}

static bool answer_lines(const struct page_text *page) {
    bool room = true;
    int number = 0;
    for (size_t i = 0; i < page->line_count && room; i++) {
        const struct line *line = &page->lines[i];
        if (!line->taken)
            room = answer_line(page, line, number++);
    }
    return room;
}

bool runs_answer(PopplerPage *page) {
    struct page_text text = {0};
    read_text(&text.text, page);
    bool room = true;
    if (text.text.characters) {
        split_into_runs(&text);
        find_labels(&text);
        room = answer_lines(&text);
    }
    release(&text);
    return room;
}
