/* Data files: a list of rows, each a mapping with a date and a title. */
#include "base/memory.h"
#include "course/schedule_reading.h"
#include "document/plain.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_DATA = 256 * 1024, FEWEST_ROWS = 3 };

static const char not_yaml[] = "it is not valid YAML";

struct data_file {
    struct reading *reading;
    struct schedule_file *file;
    struct document *document; /* of the bytes, for the places of values */
};

/* The pairs of a row that have a meaning; NULL where there is none. */
struct data_row {
    const struct yaml_node *mapping;
    const struct yaml_pair *date, *number, *title, *speaker, *kind;
};

static bool is_text(const struct yaml_pair *pair) {
    return pair && pair->value->kind == YAML_SCALAR && !yaml_is_empty(pair->value);
}

/* By the configured name, if there is one; else by the words that courses use. */
static bool is_key(const struct reading *reading, const struct yaml_pair *pair,
                   struct slice configured, enum schedule_word word) {
    if (pair->key->kind != YAML_SCALAR)
        return false;
    return configured.size ? slice_equal_ignoring_case(pair->key->text, configured)
                           : schedule_word_is(reading->words, word, pair->key->text);
}

static const struct yaml_pair *find_pair(const struct reading *reading,
                                         const struct yaml_node *mapping, struct slice configured,
                                         enum schedule_word word) {
    for (size_t i = 0; i < mapping->pair_count; i++)
        if (is_key(reading, &mapping->pairs[i], configured, word) && is_text(&mapping->pairs[i]))
            return &mapping->pairs[i];
    return NULL;
}

static const struct yaml_pair *find_number(const struct reading *reading,
                                           const struct yaml_node *mapping) {
    struct slice configured = reading->config->schedule.number;
    for (size_t i = 0; i < mapping->pair_count; i++) {
        const struct yaml_pair *pair = &mapping->pairs[i];
        if (is_key(reading, pair, configured, WORD_NUMBER) && is_text(pair) &&
            isdigit((unsigned char)pair->value->text.data[pair->value->text.size - 1]) &&
            schedule_word_is(reading->words, WORD_LECTURE_LABEL, pair->value->text))
            return pair;
    }
    return NULL;
}

static const struct yaml_pair *find_title(const struct reading *reading,
                                          const struct yaml_node *mapping,
                                          const struct yaml_pair *number) {
    static const char *const best[] = {"title", "topic", "topics"};
    struct slice configured = reading->config->schedule.title;
    for (size_t i = 0; i < COUNT_OF(best) && !configured.size; i++) {
        const struct yaml_pair *pair = find_pair(reading, mapping, slice_of(best[i]), WORD_TITLE);
        if (pair)
            return pair;
    }
    for (size_t i = 0; i < mapping->pair_count; i++)
        if (&mapping->pairs[i] != number &&
            is_key(reading, &mapping->pairs[i], configured, WORD_TITLE) &&
            is_text(&mapping->pairs[i]))
            return &mapping->pairs[i];
    return NULL;
}

/* A date that is a list of values: Jekyll prints them, but no day can be told. */
static const struct yaml_pair *find_listed_date(const struct reading *reading,
                                                const struct yaml_node *mapping) {
    for (size_t i = 0; i < mapping->pair_count; i++) {
        const struct yaml_pair *pair = &mapping->pairs[i];
        if (pair->value->kind == YAML_SEQUENCE && pair->value->item_count &&
            pair->value->items[0]->kind == YAML_SCALAR &&
            is_key(reading, pair, reading->config->schedule.date, WORD_DATE))
            return pair;
    }
    return NULL;
}

/* False when the mapping is no row: the title of a part, or something else. */
static bool find_row(const struct reading *reading, const struct yaml_node *mapping,
                     struct data_row *row) {
    const struct schedule_setting *keys = &reading->config->schedule;
    struct data_row found = {.mapping = mapping,
                             .date = find_pair(reading, mapping, keys->date, WORD_DATE)};
    if (!found.date && find_title(reading, mapping, NULL))
        found.date = find_listed_date(reading, mapping);
    *row = found;
    if (!found.date)
        return false;
    row->number = find_number(reading, mapping);
    row->title = find_title(reading, mapping, row->number);
    row->speaker = find_pair(reading, mapping, keys->lecturer, WORD_SPEAKER);
    row->kind = find_pair(reading, mapping, slice_of(NULL), WORD_KIND);
    return true;
}

/* Calls `take` for each mapping with a date, however the rows are grouped. */
static void walk(struct reading *reading, const struct yaml_node *node,
                 void (*take)(struct reading *reading, const struct data_row *row, void *context),
                 void *context) {
    struct data_row row;
    for (size_t i = 0; node && node->kind == YAML_SEQUENCE && i < node->item_count; i++)
        walk(reading, node->items[i], take, context);
    if (!node || node->kind != YAML_MAPPING)
        return;
    if (find_row(reading, node, &row)) {
        take(reading, &row, context);
        return;
    }
    for (size_t i = 0; i < node->pair_count; i++)
        walk(reading, node->pairs[i].value, take, context);
}

/* --- Links ------------------------------------------------------------------------------------ */

/* An empty value stands behind the colon. */
static struct span value_span(const struct data_file *data, const struct yaml_pair *pair) {
    struct slice bytes = data->document->source.bytes;
    const struct yaml_node *value = pair->value;
    if (value->span.end > value->span.start)
        return value->span;
    size_t colon = slice_find(bytes, ":", pair->key->span.end);
    size_t end = colon == SLICE_NOT_FOUND ? pair->key->span.end : colon + 1;
    return (struct span){end, end};
}

static bool looks_like_destination(struct slice text) {
    bool blank = false;
    for (size_t i = 0; i < text.size; i++)
        blank = blank || isspace((unsigned char)text.data[i]);
    return !blank || slice_find(text, "/", 0) != SLICE_NOT_FOUND;
}

/* Links in Markdown or HTML within a value: their place is the value's. */
static bool add_written_links(const struct data_file *data, struct slice text, struct span span,
                              enum link_role role) {
    static const struct document_options options = {0};
    bool maybe =
        slice_find(text, "[", 0) != SLICE_NOT_FOUND || slice_find(text, "<", 0) != SLICE_NOT_FOUND;
    if (!maybe)
        return false;
    struct document *document = document_read(slice_of("text.md"), text, &options);
    bool any = document->link_count > 0;
    for (size_t i = 0; i < document->link_count; i++) {
        struct buffer plain = BUFFER_EMPTY;
        plain_append_text(&plain, document->links[i].text);
        struct lecture_link link = {.role =
                                        schedule_role(data->reading->words, buffer_slice(&plain)),
                                    .text = buffer_slice(&plain),
                                    .destination = document->links[i].destination,
                                    .span = span,
                                    .destination_span = span};
        link.role = link.role == LINK_OTHER ? role : link.role;
        reading_add_link(data->reading, data->file, link);
        buffer_release(&plain);
    }
    document_free(document);
    return any;
}

static void add_scalar_link(const struct data_file *data, const struct yaml_pair *pair,
                            struct slice text, enum link_role role) {
    const struct yaml_node *value = pair->value;
    struct lecture_link link = {.role = role, .text = text, .span = value_span(data, pair)};
    bool empty = yaml_is_empty(value);
    if (!empty && add_written_links(data, value->text, link.span, role))
        return;
    if (!empty && !looks_like_destination(value->text))
        return; /* a remark under "notes" */
    link.destination = empty ? slice_of(NULL) : value->text;
    link.destination_span =
        link.span.end > link.span.start ? document_value_span(data->document, value) : link.span;
    reading_add_link(data->reading, data->file, link);
}

static const struct yaml_pair *pair_of(const struct yaml_node *mapping, const char *const *keys) {
    for (; *keys; keys++)
        for (size_t i = 0; i < mapping->pair_count; i++)
            if (slice_equal_string(mapping->pairs[i].key->text, *keys) &&
                mapping->pairs[i].value->kind == YAML_SCALAR)
                return &mapping->pairs[i];
    return NULL;
}

/* A destination, several, or mappings such as {name: Slides, url: x.pdf}. */
static void add_links(const struct data_file *data, const struct yaml_pair *pair, struct slice text,
                      enum link_role role) {
    static const char *const places[] = {"url", "href", "link", "path", "file", "src", NULL};
    static const char *const names[] = {"name", "title", "text", "label", "type", NULL};
    const struct yaml_node *value = pair->value;
    if (value->kind == YAML_SCALAR) {
        add_scalar_link(data, pair, text, role);
        return;
    }
    for (size_t i = 0; i < value->item_count; i++) {
        const struct yaml_pair item = {pair->key, value->items[i]};
        add_links(data, &item, text, role);
    }
    const struct yaml_pair *place = value->pair_count ? pair_of(value, places) : NULL;
    const struct yaml_pair *name = place ? pair_of(value, names) : NULL;
    if (name)
        text = name->value->text;
    enum link_role said = schedule_role(data->reading->words, text);
    if (place)
        add_scalar_link(data, place, text, said == LINK_OTHER ? role : said);
    for (size_t i = 0; !place && i < value->pair_count; i++) {
        const struct yaml_pair *inner = &value->pairs[i];
        said = schedule_role(data->reading->words, inner->key->text);
        add_links(data, inner, inner->key->text, said == LINK_OTHER ? role : said);
    }
}

static bool is_configured(struct slice configured, const struct yaml_pair *pair) {
    return configured.size && slice_equal_ignoring_case(configured, pair->key->text);
}

static enum link_role role_of_key(const struct reading *reading, const struct yaml_pair *pair) {
    const struct schedule_setting *keys = &reading->config->schedule;
    if (is_configured(keys->slides, pair))
        return LINK_SLIDES;
    if (is_configured(keys->recording, pair))
        return LINK_RECORDING;
    if (is_configured(keys->notes, pair))
        return LINK_NOTES;
    enum link_role role = schedule_role(reading->words, pair->key->text);
    return role == LINK_NOTES && keys->notes.size ? LINK_OTHER : role;
}

static void read_links(const struct data_file *data, const struct data_row *row,
                       struct lecture *lecture) {
    struct span *all = &lecture->links_span;
    for (size_t i = 0; i < row->mapping->pair_count; i++) {
        const struct yaml_pair *pair = &row->mapping->pairs[i];
        enum link_role role =
            pair->key->kind == YAML_SCALAR ? role_of_key(data->reading, pair) : LINK_OTHER;
        if (pair->key->kind != YAML_SCALAR ||
            (role == LINK_OTHER &&
             !schedule_word_is(data->reading->words, WORD_LINKS, pair->key->text)))
            continue;
        add_links(data, pair, pair->key->text, role);
        all->start = all->end ? all->start : pair->key->span.start;
        all->end = value_span(data, pair).end;
    }
}

/* --- Rows ------------------------------------------------------------------------------------- */

static struct slice plain_value(const struct reading *reading, const struct yaml_pair *pair) {
    struct buffer text = BUFFER_EMPTY;
    if (pair)
        plain_append_text(&text, pair->value->text);
    struct slice copy = arena_copy(reading->arena, buffer_slice(&text));
    buffer_release(&text);
    return copy;
}

static struct span text_span(const struct data_file *data, const struct yaml_pair *pair) {
    return pair ? document_value_span(data->document, pair->value) : (struct span){0};
}

static bool is_true(const struct yaml_node *node) {
    return node && node->kind == YAML_SCALAR && yaml_scalar_type(node) == YAML_TYPE_BOOLEAN &&
           strchr("tTyY", *node->text.data);
}

static bool is_hidden(const struct yaml_node *mapping) {
    const struct yaml_node *published = yaml_find(mapping, "published");
    return is_true(yaml_find(mapping, "hidden")) || is_true(yaml_find(mapping, "draft")) ||
           (published && yaml_scalar_type(published) == YAML_TYPE_BOOLEAN && !is_true(published));
}

static void take_row(struct reading *reading, const struct data_row *row, void *context) {
    const struct data_file *data = context;
    if (reading_is_full(reading))
        return;
    struct lecture lecture = {.file = data->file,
                              .row = row->mapping->span,
                              .hidden = is_hidden(row->mapping),
                              .title_span = text_span(data, row->title),
                              .label_span = text_span(data, row->number),
                              .speaker_span = text_span(data, row->speaker)};
    bool listed = row->date->value->kind != YAML_SCALAR;
    struct span date = listed ? row->date->value->span : text_span(data, row->date);
    lecture.date_span = date;
    lecture.date_text = slice_part(data->file->source.bytes, date.start, date.end);
    if (!listed)
        row_set_day(&lecture, lecture.date_text, date.start);
    if (row->number && document_text(data->document, date).data)
        lecture.label =
            slice_part(data->file->source.bytes, lecture.label_span.start, lecture.label_span.end);
    struct row_text text = {.title = plain_value(reading, row->title),
                            .speaker = plain_value(reading, row->speaker),
                            .kind = plain_value(reading, row->kind)};
    read_links(data, row, &lecture);
    reading_add_row(reading, &lecture, &text);
}

static void count_row(struct reading *reading, const struct data_row *row, void *context) {
    struct lecture lecture;
    size_t *count = context;
    *count += row->title && row->date->value->kind == YAML_SCALAR &&
              row_set_day(&lecture, row->date->value->text, 0);
    (void)reading;
}

/* A data file as it was read: what is in it is looked at once to choose it, and once for its rows.
 */
struct data_text {
    struct slice path;
    struct buffer content;
    struct arena arena; /* of the tree */
    struct yaml_node *root;
    struct yaml_problem problem;
    bool is_yaml;
};

static void data_text_release(struct data_text *text) {
    buffer_release(&text->content);
    arena_release(&text->arena);
    *text = (struct data_text){0};
}

/* False when it can't be read; what has the name of a schedule, or is `given`, must be readable. */
static bool data_text_open(struct data_text *text, struct reading *reading, struct slice path,
                           bool given) {
    struct error error = ERROR_NONE;
    bool wanted = given || is_schedule_by_name(path);
    *text = (struct data_text){.path = path};
    int status = snapshot_read(reading->snapshot, path, LARGEST_DATA, &text->content, &error);
    if (status == OK)
        text->is_yaml = yaml_parse(&text->root, buffer_slice(&text->content), &text->arena,
                                   &text->problem) == OK;
    if (wanted && (status != OK || !text->is_yaml))
        reading_say_undecided(reading, path, status == OK ? not_yaml : error_message(&error));
    error_release(&error);
    if (status != OK)
        data_text_release(text);
    return status == OK;
}

static bool is_named(const struct reading *reading, struct slice path) {
    return is_schedule_by_name(path) || (schedule_word_is(reading->words, WORD_FILE, path) &&
                                         !schedule_word_is(reading->words, WORD_OTHER_FILE, path));
}

/* The file with most rows becomes `best` if it has more than `most`; returns what the best has. */
static size_t take_larger(struct data_text *best, size_t most, struct reading *reading,
                          struct slice path) {
    struct data_text text;
    size_t rows = 0;
    if (!data_text_open(&text, reading, path, false))
        return most;
    if (text.is_yaml)
        walk(reading, text.root, count_row, &rows);
    if (rows > most) {
        data_text_release(best);
        *best = text;
        return rows;
    }
    data_text_release(&text);
    return most;
}

/* The file with most rows; only if none with the name of a schedule has any, the others are read,
 * and few rows are none. False: none has any. */
static bool choose_file(struct data_text *best, struct reading *reading,
                        const struct path_list *paths) {
    size_t rows = 0;
    for (size_t i = 0; i < paths->count; i++)
        if (is_named(reading, paths->items[i]))
            rows = take_larger(best, rows, reading, paths->items[i]);
    if (rows)
        return true;
    for (size_t i = 0, most = FEWEST_ROWS - 1; i < paths->count; i++)
        if (!is_named(reading, paths->items[i]) &&
            !schedule_word_is(reading->words, WORD_OTHER_FILE, paths->items[i]))
            rows = most = take_larger(best, most, reading, paths->items[i]);
    return rows >= FEWEST_ROWS;
}

/* Rows of one file; false when it has none, and `broken` says why. */
static bool read_rows(struct reading *reading, const struct data_text *text) {
    static const struct document_options options = {0};
    size_t before = reading->schedule->lecture_count;
    struct schedule_file *file =
        reading_add_file(reading, text->path, buffer_slice(&text->content));
    struct slice bytes = file->source.bytes;
    struct data_file data = {reading, file, document_read(text->path, bytes, &options)};
    struct slice rows = slice_trim(bytes);
    file->broken_span =
        (struct span){0, rows.size ? (size_t)(rows.data - bytes.data) + rows.size : 0};
    if (!text->is_yaml) {
        file->broken = not_yaml;
        file->broken_span = (struct span){text->problem.offset, text->problem.offset};
    } else if (!text->root) {
        file->broken = "it is empty";
    } else {
        walk(reading, text->root, take_row, &data);
        if (reading->schedule->lecture_count == before)
            file->broken = "it is no list of rows with dates";
    }
    if (!file->broken)
        file->broken_span = (struct span){0};
    document_free(data.document);
    return !file->broken;
}

static bool read_file(struct reading *reading, struct slice path) {
    struct data_text text;
    bool any = data_text_open(&text, reading, path, true) && read_rows(reading, &text);
    data_text_release(&text);
    return any;
}

bool schedule_data_read(struct reading *reading, const struct path_list *paths, bool given) {
    bool any = false;
    reading_set_files(reading, paths->count);
    if (given) {
        for (size_t i = 0; i < paths->count; i++)
            any |= read_file(reading, paths->items[i]);
        return any;
    }
    struct data_text text = {0};
    any = choose_file(&text, reading, paths) && read_rows(reading, &text);
    data_text_release(&text);
    return any;
}

bool schedule_data_find_broken(struct reading *reading, const struct path_list *paths) {
    const struct schedule *schedule = reading->schedule;
    reading_set_files(reading, paths->count);
    for (size_t i = 0; i < paths->count; i++) {
        if (!is_schedule_by_name(paths->items[i]))
            continue;
        if (read_file(reading, paths->items[i]))
            reading_drop_file(reading, 0); /* dates alone */
        else if (schedule->file_count)
            return true;
    }
    return false;
}
