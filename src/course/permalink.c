#include "course/permalink.h"

#include "base/memory.h"
#include "course/note_name.h"
#include "document/document.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct page {
    const struct site *site;
    struct slice path;
    const struct publication *publication;
    const struct yaml_node *front_matter;
    struct slice stem;   /* file name without its ending */
    struct slice ending; /* with the dot */
    struct slice slug;   /* of posts and documents: the stem without its date */
    struct note_name name;
    struct tm date; /* of posts and documents */
    bool has_date;
    struct arena *arena;
};

static struct slice value_text(const struct page *page, const char *key) {
    const struct yaml_node *node =
        publication_value(page->site, page->path, page->publication, page->front_matter, key);
    bool text = node && node->kind == YAML_SCALAR && !yaml_is_empty(node);
    return text ? node->text : (struct slice){NULL, 0};
}

static struct slice output_ending(const struct page *page) {
    return path_is_markdown(page->path) ? slice_of(".html") : page->ending;
}

static bool is_html(const struct page *page) {
    struct slice ending = output_ending(page);
    return slice_equal_string(ending, ".html") || slice_equal_string(ending, ".htm") ||
           slice_equal_string(ending, ".xhtml");
}

/* --- placeholders ---------------------------------------------------------------------------- */

/* Source: Jekyll::Utils.slugify; letters beyond ASCII are taken as they are. */
static void append_slug(struct buffer *buffer, struct slice text, const char *kept, bool cased) {
    size_t start = buffer->size;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (isalnum(byte) || byte >= 0x80 || (byte && strchr(kept, byte)))
            buffer_append_byte(buffer, (char)(cased ? byte : tolower(byte)));
        else if (buffer->size > start && buffer->data[buffer->size - 1] != '-')
            buffer_append_byte(buffer, '-');
    }
    if (buffer->size > start && buffer->data[buffer->size - 1] == '-')
        buffer->data[--buffer->size] = '\0';
}

static void append_category(struct buffer *buffer, struct slice category, bool slugs) {
    size_t start = buffer->size;
    struct buffer text = BUFFER_EMPTY;
    if (slugs)
        append_slug(&text, category, "", false);
    else
        for (size_t i = 0; i < category.size; i++)
            buffer_append_byte(&text, (char)tolower((unsigned char)category.data[i]));
    struct slice before = buffer_slice(buffer);
    bool known = false;
    for (size_t at = 0; at < before.size && !known;) {
        size_t end = slice_find(before, "/", at);
        end = end == SLICE_NOT_FOUND ? before.size : end;
        known = slice_equal(slice_part(before, at, end), buffer_slice(&text));
        at = end + 1;
    }
    if (!known && text.size) {
        if (start)
            buffer_append_byte(buffer, '/');
        buffer_append_slice(buffer, buffer_slice(&text));
    }
    buffer_release(&text);
}

/* Words of a text, items of a list. Source: Jekyll::Utils.pluralized_array_from_hash. */
static void append_category_value(struct buffer *buffer, const struct yaml_node *node, bool split,
                                  bool slugs) {
    for (size_t i = 0; node && i < node->item_count; i++)
        if (node->items[i]->kind == YAML_SCALAR)
            append_category(buffer, node->items[i]->text, slugs);
    if (!node || node->kind != YAML_SCALAR || yaml_is_empty(node))
        return;
    struct slice text = slice_trim(node->text);
    for (size_t at = 0; split && at < text.size;) {
        size_t end = at;
        while (end < text.size && !isspace((unsigned char)text.data[end]))
            end++;
        append_category(buffer, slice_part(text, at, end), slugs);
        at = end;
        while (at < text.size && isspace((unsigned char)text.data[at]))
            at++;
    }
    if (!split)
        append_category(buffer, text, slugs);
}

static void append_categories(struct buffer *buffer, const struct page *page, bool slugs) {
    struct buffer list = BUFFER_EMPTY;
    struct slice above = page->publication->above;
    for (size_t at = 0; at < above.size;) {
        size_t end = slice_find(above, "/", at);
        end = end == SLICE_NOT_FOUND ? above.size : end;
        append_category(&list, slice_part(above, at, end), slugs);
        at = end + 1;
    }
    static const char *const keys[] = {"category", "categories"};
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        append_category_value(&list,
                              publication_value(page->site, page->path, page->publication,
                                                page->front_matter, keys[i]),
                              i == 1, slugs);
    buffer_append_slice(buffer, buffer_slice(&list));
    buffer_release(&list);
}

/* The date of the front matter, else that of the file name. */
static bool read_date(const struct page *page, struct tm *date) {
    const struct note_name *name = &page->name;
    struct slice text = value_text(page, "date");
    unsigned parts[3] = {name->year, name->month, name->day};
    size_t count = 0, at = 0;
    for (; text.size && count < 3 && at < text.size; count++, at++) {
        unsigned number = 0;
        size_t start = at;
        while (at < text.size && isdigit((unsigned char)text.data[at]) && at - start < 5)
            number = 10 * number + (unsigned)(text.data[at++] - '0');
        if (at == start || (count < 2 && (at == text.size || text.data[at] != '-')))
            return false;
        parts[count] = number;
    }
    if ((text.size && count < 3) || (!text.size && !name->has_date))
        return false;
    *date = (struct tm){
        .tm_year = (int)parts[0] - 1900, .tm_mon = (int)parts[1] - 1, .tm_mday = (int)parts[2]};
    return timegm(date) != (time_t)-1;
}

static bool append_date_part(struct buffer *buffer, const struct page *page, struct slice name) {
    static const char *const names[] = {
        "year",       "month",     "day",      "i_month", "i_day", "short_year", "short_month",
        "long_month", "short_day", "long_day", "y_day",   "week",  "w_year",     "w_day"};
    enum { USUAL = 3 }; /* those that most addresses have; strftime() is slow */
    char text[128];
    struct tm date = page->date;
    size_t wanted = 0, start = 0;
    while (wanted < COUNT_OF(names) && !slice_equal_string(name, names[wanted]))
        wanted++;
    if (wanted == COUNT_OF(names) || !page->has_date)
        return false;
    if (wanted < USUAL) {
        const int numbers[USUAL] = {date.tm_year + 1900, date.tm_mon + 1, date.tm_mday};
        buffer_append_format(buffer, wanted ? "%02d" : "%d", numbers[wanted]);
        return true;
    }
    /* One word for each of the names above. */
    size_t size = strftime(text, sizeof text, "%Y %m %d %-m %-d %Y %b %B %a %A %j %V %G %u", &date);
    for (; wanted && start < size; start++)
        wanted -= text[start] == ' ';
    start += slice_equal_string(name, "short_year") ? 2 : 0;
    buffer_append(buffer, text + start, strcspn(text + start, " "));
    return true;
}

static const char PRETTY[] = "._~!$&'()+,;=@";

static bool append_of_page(struct buffer *buffer, const struct page *page, struct slice name) {
    if (slice_equal_string(name, "path"))
        buffer_append_slice(buffer, slice_folder(page->path));
    else if (slice_equal_string(name, "basename"))
        buffer_append_slice(buffer, page->stem);
    else
        return false;
    return true;
}

static bool append_of_document(struct buffer *buffer, const struct page *page, struct slice name) {
    struct slice own = value_text(page, "slug"), inside = page->publication->inside;
    struct slice slug = own.size ? own : page->slug;
    if (slice_equal_string(name, "collection")) {
        buffer_append_slice(buffer, page->publication->collection);
    } else if (slice_equal_string(name, "path")) {
        inside.size -= page->ending.size;
        while (slice_ends_with(inside, "."))
            inside.size--;
        buffer_append_slice(buffer, inside);
    } else if (slice_equal_string(name, "name")) {
        append_slug(buffer, page->stem, "", false);
    } else if (slice_equal_string(name, "title")) {
        append_slug(buffer, slug, PRETTY, true);
    } else if (slice_equal_string(name, "slug")) {
        append_slug(buffer, slug, "", false);
    } else if (slice_equal_string(name, "categories")) {
        append_categories(buffer, page, false);
    } else if (slice_equal_string(name, "slugified_categories")) {
        append_categories(buffer, page, true);
    } else {
        return append_date_part(buffer, page, name);
    }
    return true;
}

static bool append_placeholder(struct buffer *buffer, const struct page *page, struct slice name) {
    if (slice_equal_string(name, "output_ext")) {
        buffer_append_slice(buffer, output_ending(page));
        return true;
    }
    if (page->publication->kind == PUBLICATION_PAGE)
        return append_of_page(buffer, page, name);
    return append_of_document(buffer, page, name);
}

/* --- templates ------------------------------------------------------------------------------- */

static bool fill_template(struct buffer *buffer, const struct page *page, struct slice template) {
    for (size_t at = 0; at < template.size; at++) {
        size_t end = at + 1;
        while (end < template.size &&
               (islower((unsigned char)template.data[end]) || template.data[end] == '_'))
            end++;
        if (template.data[at] != ':' || end == at + 1) {
            buffer_append_byte(buffer, template.data[at]);
            continue;
        }
        struct slice name = slice_part(template, at + 1, end);
        while (slice_ends_with(name, "_")) {
            name.size--;
            end--;
        }
        if (!append_placeholder(buffer, page, name))
            return false;
        at = end - 1;
    }
    return true;
}

/* Source: Jekyll::URL#sanitize_url. */
static struct slice sanitize(struct slice text, struct arena *arena) {
    char *clean = arena_allocate(arena, text.size + 2, 1);
    size_t size = 0;
    clean[size++] = '/';
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        if (byte == '.' && i + 1 < text.size && text.data[i + 1] == '.') {
            byte = '/';
            i++;
        } else if (byte == '.' && i + 1 < text.size && text.data[i + 1] == '/') {
            i++;
            continue;
        }
        if (byte != '/' || clean[size - 1] != '/')
            clean[size++] = byte;
    }
    return (struct slice){clean, size};
}

static struct slice site_style(const struct page *page) {
    const struct yaml_node *style = yaml_find(page->site->settings, "permalink");
    bool set = style && style->kind == YAML_SCALAR && !yaml_is_empty(style);
    return set ? style->text : slice_of("date");
}

/* What the site's style adds to pages and documents. Source: Utils.add_permalink_suffix. */
static const char *style_suffix(struct slice style) {
    if (slice_equal_string(style, "pretty") || slice_ends_with(style, "/"))
        return "/";
    if (slice_equal_string(style, "date") || slice_equal_string(style, "ordinal") ||
        slice_equal_string(style, "none") || slice_ends_with(style, ":output_ext"))
        return ":output_ext";
    return "";
}

static struct slice post_template(const struct page *page) {
    static const struct {
        const char *style, *template;
    } styles[] = {{"pretty", "/:categories/:year/:month/:day/:title/"},
                  {"none", "/:categories/:title:output_ext"},
                  {"date", "/:categories/:year/:month/:day/:title:output_ext"},
                  {"ordinal", "/:categories/:year/:y_day/:title:output_ext"},
                  {"weekdate", "/:categories/:year/W:week/:short_day/:title:output_ext"}};
    struct slice style = site_style(page);
    for (size_t i = 0; i < COUNT_OF(styles); i++)
        if (slice_equal_string(style, styles[i].style))
            return slice_of(styles[i].template);
    return style;
}

static struct slice page_template(const struct page *page) {
    if (!is_html(page))
        return slice_of("/:path/:basename:output_ext");
    if (slice_equal_string(page->stem, "index"))
        return slice_of("/:path/");
    return slice_of(
        arena_format(page->arena, "/:path/:basename%s", style_suffix(site_style(page))));
}

static struct slice template_of(const struct page *page) {
    struct slice own = value_text(page, "permalink");
    if (own.size)
        return own;
    if (page->publication->kind == PUBLICATION_PAGE)
        return page_template(page);
    const struct yaml_node *set =
        yaml_find(site_collection(page->site, page->publication->collection), "permalink");
    if (set && set->kind == YAML_SCALAR && !yaml_is_empty(set))
        return set->text;
    if (page->publication->kind == PUBLICATION_POST)
        return post_template(page);
    return slice_of(
        arena_format(page->arena, "/:collection/:path%s", style_suffix(site_style(page))));
}

/* Source: Jekyll::Document::DATE_FILENAME_MATCHER. */
static struct slice without_date(const struct page *page) {
    struct slice stem = page->stem;
    if (page->name.has_date)
        for (size_t hyphens = 0; stem.size && hyphens < 3;) {
            hyphens += *stem.data == '-';
            stem = slice_part(stem, 1, stem.size);
        }
    return stem;
}

struct slice permalink_of(const struct site *site, struct slice path,
                          const struct publication *publication,
                          const struct yaml_node *front_matter, struct arena *arena) {
    struct page page = {.site = site,
                        .path = path,
                        .publication = publication,
                        .front_matter = front_matter,
                        .name = note_name_read(path),
                        .arena = arena};
    struct slice name = slice_file_name(path);
    size_t dot = name.size;
    while (dot > 1 && name.data[dot - 1] != '.')
        dot--;
    dot = dot > 1 ? dot - 1 : name.size;
    page.stem = slice_part(name, 0, dot);
    page.ending = slice_part(name, dot, name.size);
    page.slug = without_date(&page);
    page.has_date = publication->kind != PUBLICATION_PAGE && read_date(&page, &page.date);
    struct buffer text = BUFFER_EMPTY;
    struct slice url = {NULL, 0};
    if (fill_template(&text, &page, template_of(&page)))
        url = sanitize(buffer_slice(&text), arena);
    buffer_release(&text);
    return url;
}

struct slice permalink_file(struct slice url, struct arena *arena) {
    const char *tail = "";
    if (slice_ends_with(url, "/"))
        tail = "index.html";
    else if (!slice_ends_with(url, ".html") && !slice_ends_with(url, ".htm") &&
             !slice_ends_with(url, ".xhtml"))
        tail = ".html";
    url = slice_part(url, 1, url.size);
    return slice_of(arena_format(arena, "%.*s%s", SLICE_ARGUMENTS(url), tail));
}
