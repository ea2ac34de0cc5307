#include "course/schedule_link.h"

#include "course/destination.h"
#include "course/landing.h"
#include "course/note_name.h"
#include "course/permalink.h"
#include "document/document.h"

#include <ctype.h>
#include <string.h>

/* The link of another row that shows how the course links its notes. */
struct model {
    const struct lecture *lecture; /* NULL: there is none */
    const struct lecture_link *link;
};

static size_t distance(const struct lecture *left, const struct lecture *right) {
    return left->index > right->index ? left->index - right->index : right->index - left->index;
}

/* The nearest row with a link to its notes; one that is there is a better model than a "#". */
static struct model find_model(const struct schedule *schedule, const struct lecture *lecture,
                               bool placeholder) {
    struct model model = {0};
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        const struct lecture *other = &schedule->lectures[i];
        const struct lecture_link *link = lecture_find_link(other, LINK_NOTES);
        if (other == lecture || other->hidden || !link || link->placeholder != placeholder)
            continue;
        if (!model.lecture || distance(other, lecture) < distance(model.lecture, lecture))
            model = (struct model){other, link};
    }
    return model;
}

/*
 * `path` as a destination. Whoever sends a note chooses its name: what would end the link, the
 * quotes or the tag around it, or begin a query, is encoded; blanks, too, unless asked to keep
 * them.
 */
static void append_path(struct buffer *text, struct slice path, bool keeps_blanks) {
    for (size_t i = 0; i < path.size; i++) {
        unsigned char byte = (unsigned char)path.data[i];
        bool plain = byte > ' ' && byte != 0x7f && !strchr("\"'<>()[]{}\\|^`#?%", byte);
        if (plain || (byte == ' ' && keeps_blanks))
            buffer_append_byte(text, (char)byte);
        else
            buffer_append_format(text, "%%%02X", byte);
    }
}

/* Where `path` ends when it stands in `text` at `at`, as it is or encoded, even in part; else 0. */
static size_t written_end(struct slice text, size_t at, struct slice path) {
    if (slice_equal(slice_part(text, at, at + path.size), path))
        return at + path.size;
    for (size_t i = 0; i < path.size; i++)
        if (at >= text.size || destination_next(text, &at) != path.data[i])
            return 0;
    return at;
}

/* `destination` with `old`, however it is encoded, made `new`; of several places the last. */
static bool replace_path(struct buffer *text, struct slice destination, struct slice old,
                         struct slice new) {
    size_t at = destination.size, end = 0;
    while (old.size && !end && at)
        end = written_end(destination, --at, old);
    if (!end)
        return false;
    bool has_blank = slice_find(slice_part(destination, at, end), " ", 0) != SLICE_NOT_FOUND;
    buffer_append_slice(text, slice_part(destination, 0, at));
    append_path(text, new, has_blank);
    buffer_append_slice(text, slice_part(destination, end, destination.size));
    return true;
}

bool destination_rename(struct buffer *text, struct slice destination, struct slice old,
                        struct slice new) {
    return replace_path(text, destination, old, new) ||
           (slice_equal(slice_folder(old), slice_folder(new)) &&
            replace_path(text, destination, slice_file_name(old), slice_file_name(new)));
}

static bool ends_with_number(const struct lecture *lecture) {
    const struct lecture_link *link = lecture_find_link(lecture, LINK_NOTES);
    struct span place;
    long number;
    return link && !link->placeholder && !lecture->hidden && lecture->number &&
           last_number_find(link->destination, &number, &place) && number == lecture->number;
}

/* One "oct1" of lecture 1 is chance; the word before the number, or a second row, is not. */
static bool goes_by_number(const struct schedule *schedule, const struct model *model) {
    unsigned said;
    struct span place;
    size_t agreed = 0;
    for (size_t i = 0; i < schedule->lecture_count; i++)
        agreed += ends_with_number(&schedule->lectures[i]);
    return ends_with_number(model->lecture) &&
           (agreed >= 2 || (lecture_number_find(model->link->destination, &said, &place) &&
                            said == (unsigned)model->lecture->number));
}

/* ".../notes/lecture-02/" of lecture 2. */
static bool append_like_number(struct buffer *text, const struct schedule *schedule,
                               const struct model *model, const struct lecture *lecture) {
    struct slice destination = model->link->destination;
    long number;
    if (!lecture->number || !goes_by_number(schedule, model))
        return false;
    struct span place;
    last_number_find(destination, &number, &place);
    struct slice tail = slice_part(destination, place.end, destination.size);
    if (tail.size && (isalnum((unsigned char)*tail.data) || strchr("-_%", *tail.data)))
        return false; /* more of a name follows: that of the other lecture */
    buffer_append_slice(text, slice_part(destination, 0, place.start));
    buffer_append_format(text, "%0*ld", (int)(place.end - place.start), lecture->number);
    buffer_append_slice(text, slice_part(destination, place.end, destination.size));
    return true;
}

/* The part of a source's name that the address of its page has; a post's without the day. */
static struct slice page_stem(struct slice path) {
    struct note_name name = note_name_read(path);
    bool is_post = slice_equal_string(slice_file_name(slice_folder(path)), "_posts");
    return is_post && name.has_date ? slice_part(name.stem, sizeof "yyyy-mm-dd", name.stem.size)
                                    : name.stem;
}

/* Where the model links the page of a note beside this one, the name in its address is replaced. */
static bool append_like_page(struct buffer *text, const struct lecture_link *model,
                             struct slice note) {
    struct slice old = page_stem(model->path), new = page_stem(note);
    return path_is_markdown(model->path) && path_is_markdown(note) &&
           new.size &&slice_equal(slice_folder(model->path), slice_folder(note)) &&
           replace_path(text, model->destination, old, new);
}

/* By the course's way of writing names, wherever the page is. */
static bool append_like_name(struct buffer *text, const struct schedule *schedule,
                             const struct model *model, const struct lecture *lecture,
                             struct slice note) {
    return replace_path(text, model->link->destination, model->link->path, note) ||
           append_like_page(text, model->link, note) ||
           append_like_number(text, schedule, model, lecture);
}

/* "notes/a" of "/notes/a/". */
static struct slice without_slashes(struct slice url) {
    url = slice_starts_with(url, "/") ? slice_part(url, 1, url.size) : url;
    return slice_ends_with(url, "/") ? slice_part(url, 0, url.size - 1) : url;
}

/* The address of the model's page made that of the note's. */
static bool replace_url(struct buffer *text, struct slice destination, struct slice old,
                        struct slice new) {
    struct slice old_name = without_slashes(old), new_name = without_slashes(new);
    if (!old_name.size || !new_name.size)
        return false;
    return replace_path(text, destination, slice_part(old, 1, old.size),
                        slice_part(new, 1, new.size)) ||
           (slice_ends_with(old, "/") == slice_ends_with(new, "/") &&
            replace_path(text, destination, old_name, new_name));
}

/* True when `part` is in `text`, with nothing of a name beside it. */
static bool has_path(struct slice text, struct slice part) {
    for (size_t at = 0; part.size && at < text.size; at++) {
        size_t end = at && !strchr("/'\"} ", text.data[at - 1]) ? 0 : written_end(text, at, part);
        if (end && (end == text.size || strchr("/'\"?#| ", text.data[end])))
            return true;
    }
    return false;
}

/* "https://…/notes/a/", "{{ '/notes/a/' | … }}", "../a/" and "a" all lead to "/notes/a/". */
static bool leads_to(struct slice destination, struct slice url, struct slice note) {
    struct slice name = without_slashes(url);
    if (slice_find(destination, "{%", 0) != SLICE_NOT_FOUND || has_path(destination, note) ||
        has_path(destination, name))
        return true; /* a tag names the source, and so may a link to it */
    while (slice_starts_with(destination, "./") || slice_starts_with(destination, "../"))
        destination =
            slice_part(destination, slice_find(destination, "/", 0) + 1, destination.size);
    bool is_relative = destination.size && *destination.data != '/' && *destination.data != '{' &&
                       slice_find(destination, ":", 0) == SLICE_NOT_FOUND;
    destination = without_slashes(destination);
    size_t rest = name.size - destination.size;
    return is_relative && destination.size < name.size && name.data[rest - 1] == '/' &&
           slice_equal(slice_part(name, rest, name.size), destination);
}

/*
 * The page that a link leads to. One by the course's host, which its settings need not say, is told
 * by the end of its address, if that is the address of a page beside the note.
 */
static const struct site_page *find_page(const struct note_page *page,
                                         const struct lecture_link *link, struct slice note) {
    const struct site_page *found = site_find_page(page->site, page->snapshot, link->path);
    struct slice destination = link->destination;
    size_t host = slice_find(destination, "://", 0);
    struct arena arena = ARENA_EMPTY;
    for (size_t at = host == SLICE_NOT_FOUND ? destination.size : host + 3;
         !found && at < destination.size; at++) {
        struct slice rest = slice_part(destination, at, destination.size);
        if (*rest.data == '/')
            found = site_find_file(page->site, page->snapshot, permalink_file(rest, &arena));
        if (found && !slice_equal(slice_folder(found->path), slice_folder(note)))
            found = NULL;
    }
    arena_release(&arena);
    return found;
}

/* A permalink of the note's own is in no name. */
static bool append_address(struct buffer *text, const struct schedule *schedule,
                           const struct model *model, const struct lecture *lecture,
                           struct slice note, const struct note_page *page) {
    const struct site_page *other = find_page(page, model->link, note);
    struct slice destination = model->link->destination;
    if (!page->url.size)
        return (!other || !other->url.size) &&
               append_like_name(text, schedule, model, lecture, note);
    if (other && other->url.size && slice_find(destination, "{%", 0) == SLICE_NOT_FOUND &&
        replace_url(text, destination, other->url, page->url))
        return true;
    struct buffer like = BUFFER_EMPTY;
    bool leads = append_like_name(&like, schedule, model, lecture, note) &&
                 leads_to(buffer_slice(&like), page->url, note);
    if (leads)
        buffer_append_slice(text, buffer_slice(&like));
    buffer_release(&like);
    return leads;
}

static bool append_destination(struct buffer *text, const struct schedule *schedule,
                               const struct lecture *lecture, struct slice note,
                               const struct note_page *page) {
    struct model model = find_model(schedule, lecture, false);
    if (model.link)
        return page && path_is_markdown(note)
                   ? append_address(text, schedule, &model, lecture, note, page)
                   : append_like_name(text, schedule, &model, lecture, note);
    /* A page is not read where its source stands. */
    if (path_is_markdown(note) || note.data[0] == '_')
        return false;
    const struct lecture_link *slides = lecture_find_link(lecture, LINK_SLIDES);
    if (slides && replace_path(text, slides->destination, slides->path, note))
        return true;
    if (schedule->form == SCHEDULE_DATA)
        return false;
    append_path(text, note, false);
    return true;
}

/* --- A row without a link to notes ------------------------------------------------------------ */

static bool is_row_link(const struct lecture_link *link) {
    return link->role != LINK_OTHER && link->span.end > link->span.start;
}

/* The last link to slides, recording or notes; NULL: none. */
static const struct lecture_link *last_link(const struct lecture *lecture) {
    const struct lecture_link *last = NULL;
    for (size_t i = 0; i < lecture->link_count; i++)
        if (is_row_link(&lecture->links[i]) &&
            (!last || lecture->links[i].span.end > last->span.end))
            last = &lecture->links[i];
    return last;
}

static const struct lecture_link *link_before(const struct lecture *lecture,
                                              const struct lecture_link *link) {
    const struct lecture_link *before = NULL;
    for (size_t i = 0; i < lecture->link_count; i++)
        if (is_row_link(&lecture->links[i]) && lecture->links[i].span.end <= link->span.start &&
            (!before || lecture->links[i].span.end > before->span.end))
            before = &lecture->links[i];
    return before;
}

static struct slice bytes_of(const struct lecture *lecture, size_t start, size_t end) {
    return slice_part(lecture->file->source.bytes, start, end);
}

/* "{:target=…}" directly behind a link belongs to it. */
static size_t end_of_link(const struct lecture *lecture, const struct lecture_link *link) {
    struct slice rest = bytes_of(lecture, link->span.end, lecture->row.end);
    size_t end = slice_starts_with(rest, "{:") ? slice_find(rest, "}", 0) : SLICE_NOT_FOUND;
    return link->span.end + (end == SLICE_NOT_FOUND ? 0 : end + 1);
}

/* What stands between `link` and the one before it, on one line; empty: nothing to learn. */
static struct slice separator_before(const struct lecture *lecture,
                                     const struct lecture_link *link) {
    const struct lecture_link *before = link ? link_before(lecture, link) : NULL;
    if (!before)
        return slice_of("");
    struct slice text = bytes_of(lecture, end_of_link(lecture, before), link->span.start);
    return slice_find(text, "\n", 0) == SLICE_NOT_FOUND && text.size <= 32 ? text : slice_of("");
}

static struct slice separator(const struct lecture *lecture, const struct model *model,
                              const struct lecture_link *last) {
    struct slice found = model->link ? separator_before(model->lecture, model->link) : slice_of("");
    if (!found.size)
        found = separator_before(lecture, last);
    return found.size ? found : slice_of(", ");
}

static size_t line_end(const struct lecture *lecture, size_t at) {
    struct slice bytes = lecture->file->source.bytes;
    size_t end = slice_find(bytes, "\n", at);
    end = end == SLICE_NOT_FOUND ? bytes.size : end;
    return end > at && bytes.data[end - 1] == '\r' ? end - 1 : end;
}

static const char *line_feed(const struct lecture *lecture, size_t at) {
    return slice_starts_with(bytes_of(lecture, at, lecture->file->source.bytes.size), "\r\n")
               ? "\r\n"
               : "\n";
}

/* "[Slides](…) &#8226; " waits for what comes behind its sign: where that begins, else `at`. */
static size_t behind_open_separator(const struct lecture *lecture, size_t at,
                                    struct slice separator) {
    struct slice rest = slice_trim(bytes_of(lecture, at, line_end(lecture, at)));
    if (!rest.size || !slice_equal(rest, slice_trim(separator)))
        return at;
    return (size_t)(rest.data - lecture->file->source.bytes.data) + rest.size;
}

static void append_link(struct buffer *text, const struct model *model,
                        const struct buffer *destination) {
    struct slice words = model->link ? model->link->text : slice_of("Notes");
    buffer_append_format(text, "[%.*s](", SLICE_ARGUMENTS(words));
    buffer_append_slice(text, buffer_slice(destination));
    buffer_append_byte(text, ')');
    if (model->link)
        buffer_append_slice(text, bytes_of(model->lecture, model->link->span.end,
                                           end_of_link(model->lecture, model->link)));
}

static void insert_behind(const struct lecture *lecture, const struct lecture_link *last,
                          const struct model *model, const struct buffer *destination,
                          struct span *span, struct buffer *text) {
    struct slice between = separator(lecture, model, last);
    size_t end = end_of_link(lecture, last), at = behind_open_separator(lecture, end, between);
    *span = (struct span){at, at};
    if (at == end)
        buffer_append_slice(text, between);
    else
        buffer_append_byte(text, ' ');
    append_link(text, model, destination);
}

/* A line of its own below the title, as module pages have it. */
static bool insert_line(const struct lecture *lecture, const struct model *model,
                        const struct buffer *destination, struct span *span, struct buffer *text) {
    struct span title = lecture->title_span.end > lecture->title_span.start ? lecture->title_span
                                                                            : lecture->label_span;
    if (title.end <= title.start)
        return false;
    size_t at = line_end(lecture, title.end);
    *span = (struct span){at, at};
    buffer_append_string(text, line_feed(lecture, at));
    buffer_append_string(text, "  : ");
    append_link(text, model, destination);
    return true;
}

/* The indentation of "  notes: value", alone in its line but for a comment; false: it is not. */
static bool find_key(const struct lecture *lecture, const struct lecture_link *link,
                     struct slice *indentation) {
    const struct source *source = &lecture->file->source;
    size_t line = source_line_start(source, source_position(source, link->span.start).line);
    size_t start = line;
    while (start < link->span.start && source->bytes.data[start] == ' ')
        start++;
    struct slice key = bytes_of(lecture, start, link->span.start);
    struct slice rest =
        slice_trim(bytes_of(lecture, link->span.end, line_end(lecture, link->span.end)));
    *indentation = slice_part(source->bytes, line, start);
    if (key.size <= link->text.size || key.data[link->text.size] != ':' ||
        !slice_equal(slice_part(key, 0, link->text.size), link->text))
        return false;
    return !slice_trim(slice_part(key, link->text.size + 1, key.size)).size &&
           (!rest.size || rest.data[0] == '#');
}

/* A key of its own below the row's last one that holds a link, as the model has it. */
static bool insert_key(const struct lecture *lecture, const struct lecture_link *last,
                       const struct model *model, const struct buffer *destination,
                       struct span *span, struct buffer *text) {
    struct slice indentation, ignored;
    if (!last || !model->link || !find_key(model->lecture, model->link, &ignored) ||
        !find_key(lecture, last, &indentation))
        return false;
    size_t at = line_end(lecture, last->span.end);
    *span = (struct span){at, at};
    buffer_append_string(text, line_feed(lecture, at));
    buffer_append_slice(text, indentation);
    buffer_append_format(text, "%.*s: \"", SLICE_ARGUMENTS(model->link->text));
    buffer_append_slice(text, buffer_slice(destination));
    buffer_append_byte(text, '"');
    return true;
}

/* The cell for notes is empty, or holds words that only people can judge. */
static bool insert_cell(const struct lecture *lecture, const struct lecture_link *last,
                        const struct model *model, const struct buffer *destination,
                        struct span *span, struct buffer *text) {
    struct span cell = lecture->links_span;
    if (cell.start && cell.start == cell.end) {
        struct slice before = bytes_of(lecture, cell.start - 1, cell.start);
        struct slice behind = bytes_of(lecture, cell.end, cell.end + 1);
        *span = cell;
        buffer_append_string(text, slice_equal_string(before, "|") ? " " : "");
        append_link(text, model, destination);
        buffer_append_string(text, slice_equal_string(behind, "|") ? " " : "");
        return true;
    }
    if (!last || last->span.start < cell.start || last->span.end > cell.end)
        return false;
    insert_behind(lecture, last, model, destination, span, text);
    return true;
}

static bool insert_link(const struct schedule *schedule, const struct lecture *lecture,
                        const struct buffer *destination, struct span *span, struct buffer *text) {
    struct model model = find_model(schedule, lecture, false);
    const struct lecture_link *last = last_link(lecture);
    if (!model.link)
        model = find_model(schedule, lecture, true);
    if (schedule->form == SCHEDULE_DATA)
        return insert_key(lecture, last, &model, destination, span, text);
    if (schedule->form == SCHEDULE_TABLE)
        return insert_cell(lecture, last, &model, destination, span, text);
    if (last) {
        insert_behind(lecture, last, &model, destination, span, text);
        return true;
    }
    return schedule->form == SCHEDULE_MODULES &&
           insert_line(lecture, &model, destination, span, text);
}

/* In a data file between the quotes that are there, or with some. */
static bool fill_value(const struct lecture *lecture, const struct lecture_link *link,
                       const struct buffer *destination, struct span *span, struct buffer *text) {
    struct slice old = bytes_of(lecture, link->destination_span.start, link->destination_span.end);
    bool quoted = link->span.start < link->destination_span.start;
    *span = link->destination_span;
    /* Markup around the link has no place of its own. */
    if (slice_find(old, "](", 0) != SLICE_NOT_FOUND || slice_find(old, "<", 0) != SLICE_NOT_FOUND)
        return false;
    if (!quoted && bytes_of(lecture, span->start - 1, span->start).data[0] == ':')
        buffer_append_byte(text, ' ');
    buffer_append_string(text, quoted ? "" : "\"");
    buffer_append_slice(text, buffer_slice(destination));
    buffer_append_string(text, quoted ? "" : "\"");
    return true;
}

static bool fill_placeholder(const struct schedule *schedule, const struct lecture *lecture,
                             const struct lecture_link *link, const struct buffer *destination,
                             struct span *span, struct buffer *text) {
    if (schedule->form == SCHEDULE_DATA)
        return fill_value(lecture, link, destination, span, text);
    *span = link->destination_span;
    buffer_append_slice(text, buffer_slice(destination));
    return true;
}

bool schedule_link_note(const struct schedule *schedule, const struct lecture *lecture,
                        struct slice note, const struct note_page *page, struct span *span,
                        struct buffer *text) {
    const struct lecture_link *link = lecture_find_link(lecture, LINK_NOTES);
    struct buffer destination = BUFFER_EMPTY;
    bool found = append_destination(&destination, schedule, lecture, note, page);
    if (found && link)
        found = fill_placeholder(schedule, lecture, link, &destination, span, text);
    else if (found)
        found = insert_link(schedule, lecture, &destination, span, text);
    buffer_release(&destination);
    return found;
}
