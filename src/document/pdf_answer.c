#include "document/pdf_answer.h"

#include "base/memory.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    FORMAT_VERSION = 1,
    MOST_LINE = 64 * 1024,
    MOST_PAGES = 20000,
    MOST_ITEMS = 4 * 1000 * 1000, /* of one kind in a file */
    DEEPEST_OUTLINE = 32,
    LARGEST_PLACE = 1000000, /* points: over 350 m */
    LARGEST_COUNT = 1000000000,
};

/* Items of all pages, each page's own together. */
struct reading {
    struct pdf_answer *answer;
    struct pdf_run *runs;
    struct pdf_image *images;
    struct pdf_link *links;
    struct pdf_page *pages;
    struct pdf_outline_entry *outline;
    size_t run_count, run_capacity, image_count, image_capacity, link_count, link_capacity;
    size_t page_capacity, outline_capacity;
    bool has_version, has_document, has_end;
};

const char *pdf_outcome_name(enum pdf_outcome outcome) {
    static const char *const names[PDF_OUTCOME_COUNT] = {
        "read", "empty", "not-a-pdf", "encrypted", "damaged", "limit", "unavailable"};
    return names[outcome];
}

static struct slice copy_text(struct reading *reading, const json_t *object, const char *key) {
    const json_t *value = json_object_get(object, key);
    struct slice text = {json_string_value(value), json_string_length(value)};
    return text.data ? arena_copy(&reading->answer->arena, text) : text;
}

/* A finite number within what a page can have, else `fallback`. */
static double read_number(const json_t *object, const char *key, double fallback) {
    const json_t *value = json_object_get(object, key);
    double number = json_is_number(value) ? json_number_value(value) : fallback;
    return isfinite(number) && fabs(number) <= LARGEST_PLACE ? number : fallback;
}

static size_t read_count(const json_t *value) {
    json_int_t number = json_integer_value(value);
    return number > 0 && number <= LARGEST_COUNT ? (size_t)number : 0;
}

static struct pdf_box read_box(const json_t *object) {
    struct pdf_box box = {read_number(object, "x", 0), read_number(object, "y", 0),
                          read_number(object, "width", 0), read_number(object, "height", 0)};
    box.width = box.width < 0 ? 0 : box.width;
    box.height = box.height < 0 ? 0 : box.height;
    return box;
}

static bool read_document(struct reading *reading, const json_t *object) {
    struct pdf_answer *answer = reading->answer;
    if (reading->has_document)
        return false;
    answer->version = copy_text(reading, object, "version");
    answer->title = copy_text(reading, object, "title");
    answer->author = copy_text(reading, object, "author");
    answer->creator = copy_text(reading, object, "creator");
    answer->producer = copy_text(reading, object, "producer");
    answer->javascript = json_is_true(json_object_get(object, "javascript"));
    answer->attachments = read_count(json_object_get(object, "attachments"));
    answer->page_total = read_count(json_object_get(object, "pages"));
    reading->has_document = true;
    return true;
}

static bool read_outline(struct reading *reading, const json_t *object) {
    struct pdf_answer *answer = reading->answer;
    size_t level = read_count(json_object_get(object, "level"));
    if (!reading->has_document || !level || level > DEEPEST_OUTLINE ||
        answer->outline_count >= MOST_ITEMS)
        return false;
    ARRAY_PUSH(reading->outline, answer->outline_count, reading->outline_capacity) =
        (struct pdf_outline_entry){(int)level, copy_text(reading, object, "title"),
                                   read_count(json_object_get(object, "page"))};
    return true;
}

static bool read_page(struct reading *reading, const json_t *object) {
    struct pdf_answer *answer = reading->answer;
    size_t number = read_count(json_object_get(object, "number"));
    size_t last = answer->page_count ? reading->pages[answer->page_count - 1].number : 0;
    if (!reading->has_document || number <= last || answer->page_count >= MOST_PAGES)
        return false;
    ARRAY_PUSH(reading->pages, answer->page_count, reading->page_capacity) =
        (struct pdf_page){.number = number,
                          .width = read_number(object, "width", 0),
                          .height = read_number(object, "height", 0)};
    return true;
}

static struct pdf_page *last_page(struct reading *reading) {
    size_t count = reading->answer->page_count;
    return count ? &reading->pages[count - 1] : NULL;
}

static bool read_run(struct reading *reading, const json_t *object) {
    struct pdf_page *page = last_page(reading);
    json_int_t line = json_integer_value(json_object_get(object, "line"));
    struct pdf_run run = {.text = copy_text(reading, object, "text"),
                          .box = read_box(object),
                          .size = read_number(object, "size", 0),
                          .font = copy_text(reading, object, "font"),
                          .bold = json_is_true(json_object_get(object, "bold")),
                          .italic = json_is_true(json_object_get(object, "italic")),
                          .mono = json_is_true(json_object_get(object, "mono"))};
    if (!page || !run.text.data || line < 0 || line > MOST_ITEMS ||
        reading->run_count >= MOST_ITEMS)
        return false;
    run.line = (size_t)line;
    ARRAY_PUSH(reading->runs, reading->run_count, reading->run_capacity) = run;
    page->run_count++;
    return true;
}

static bool read_image(struct reading *reading, const json_t *object) {
    struct pdf_page *page = last_page(reading);
    const json_t *pixels = json_object_get(object, "pixels");
    if (!page || reading->image_count >= MOST_ITEMS)
        return false;
    ARRAY_PUSH(reading->images, reading->image_count, reading->image_capacity) =
        (struct pdf_image){read_box(object), read_count(json_array_get(pixels, 0)),
                           read_count(json_array_get(pixels, 1))};
    page->image_count++;
    return true;
}

static bool read_link(struct reading *reading, const json_t *object) {
    struct pdf_page *page = last_page(reading);
    if (!page || reading->link_count >= MOST_ITEMS)
        return false;
    ARRAY_PUSH(reading->links, reading->link_count, reading->link_capacity) =
        (struct pdf_link){read_box(object), copy_text(reading, object, "uri"),
                          read_count(json_object_get(object, "page"))};
    page->link_count++;
    return true;
}

static bool read_end(struct reading *reading, const json_t *object) {
    reading->answer->limit = copy_text(reading, object, "limit");
    reading->has_end = reading->has_document;
    return reading->has_end;
}

static bool read_error(struct reading *reading, const json_t *object) {
    struct slice kind = copy_text(reading, object, "kind");
    reading->answer->outcome = PDF_DAMAGED;
    for (int outcome = PDF_EMPTY; outcome <= PDF_LIMIT; outcome++)
        if (slice_equal_string(kind, pdf_outcome_name((enum pdf_outcome)outcome)))
            reading->answer->outcome = (enum pdf_outcome)outcome;
    reading->answer->message = copy_text(reading, object, "message");
    reading->has_end = true;
    return true;
}

static bool read_version(struct reading *reading, const json_t *value) {
    reading->has_version = json_integer_value(value) == FORMAT_VERSION;
    return reading->has_version;
}

/* False when the line is none that belongs there. Keys of later formats are passed over. */
static bool read_object(struct reading *reading, const char *key, const json_t *value) {
    static const struct {
        const char *key;
        bool (*read)(struct reading *reading, const json_t *value);
    } readers[] = {{"run", read_run},           {"link", read_link},       {"image", read_image},
                   {"page", read_page},         {"outline", read_outline}, {"end", read_end},
                   {"document", read_document}, {"error", read_error}};
    if (!reading->has_version)
        return !strcmp(key, "scribelint-pdf") && read_version(reading, value);
    for (size_t i = 0; i < COUNT_OF(readers); i++)
        if (!strcmp(key, readers[i].key))
            return json_is_object(value) && readers[i].read(reading, value);
    return true;
}

static bool read_line(struct reading *reading, struct slice line) {
    json_error_t problem;
    bool good = false;
    if (line.size > MOST_LINE)
        return false;
    json_t *object =
        json_loadb(line.data, line.size, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &problem);
    if (!object && json_error_code(&problem) == json_error_out_of_memory)
        memory_exhausted();
    void *first = json_object_iter(object); /* NULL of what is no object */
    if (json_object_size(object) == 1)
        good = read_object(reading, json_object_iter_key(first), json_object_iter_value(first));
    json_decref(object);
    return good;
}

/* Takes over the items: each page has those that were read while it was the last. */
static void hand_out(struct reading *reading) {
    struct pdf_answer *answer = reading->answer;
    size_t run = 0, image = 0, link = 0;
    for (size_t i = 0; i < answer->page_count; i++) {
        struct pdf_page *page = &reading->pages[i];
        page->runs = reading->runs ? reading->runs + run : NULL;
        page->images = reading->images ? reading->images + image : NULL;
        page->links = reading->links ? reading->links + link : NULL;
        run += page->run_count;
        image += page->image_count;
        link += page->link_count;
    }
    answer->pages = reading->pages;
    answer->outline = reading->outline;
}

static void set_damage(struct pdf_answer *answer, const char *message) {
    answer->outcome = PDF_DAMAGED;
    answer->message = arena_copy(&answer->arena, slice_of(message));
}

struct pdf_answer *pdf_answer_read(struct slice lines) {
    struct reading reading = {.answer = memory_allocate(1, sizeof(*reading.answer))};
    struct pdf_answer *answer = reading.answer;
    bool good = true;
    for (size_t at = 0; good && at < lines.size && !reading.has_end;) {
        const char *feed = memchr(lines.data + at, '\n', lines.size - at);
        size_t end = feed ? (size_t)(feed - lines.data) : lines.size;
        /* A line that is cut may still look whole. */
        good = feed && read_line(&reading, slice_part(lines, at, end));
        at = end + 1;
    }
    hand_out(&reading);
    answer->ended = good && reading.has_end;
    if (!good)
        set_damage(answer, "the answer of scribelint-pdf can't be understood");
    else if (!reading.has_end)
        set_damage(answer, "the answer of scribelint-pdf has no end");
    answer->items.runs = reading.runs;
    answer->items.images = reading.images;
    answer->items.links = reading.links;
    return answer;
}

struct pdf_answer *pdf_answer_of(enum pdf_outcome outcome, const char *message) {
    struct pdf_answer *answer = memory_allocate(1, sizeof(*answer));
    answer->outcome = outcome;
    answer->message = arena_copy(&answer->arena, slice_of(message));
    return answer;
}

void pdf_answer_free(struct pdf_answer *answer) {
    if (!answer)
        return;
    free(answer->items.runs);
    free(answer->items.images);
    free(answer->items.links);
    free(answer->pages);
    free(answer->outline);
    arena_release(&answer->arena);
    free(answer);
}
