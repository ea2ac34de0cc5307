#include "course/destination.h"

#include "base/memory.h"

#include <ctype.h>
#include <string.h>

/* What stands between the braces, without the signs that ask for white space to be dropped. */
static struct slice inside_tag(struct slice text, size_t close) {
    struct slice inside = slice_part(text, 2, close);
    if (slice_starts_with(inside, "-"))
        inside = slice_part(inside, 1, inside.size);
    if (slice_ends_with(inside, "-"))
        inside.size--;
    return slice_trim(inside);
}

/* What the filters behind a path put in front of it. */
enum root { ROOT_NONE, ROOT_HOST, ROOT_SITE, ROOT_UNKNOWN };

/* "| relative_url" and its like, alone or in a row: any other filter changes the path. */
static enum root read_filters(struct slice filters, bool *slash) {
    static const struct {
        const char *text;
        enum root root;
        bool slash; /* puts one between the baseurl and the path */
    } known[] = {{"relative_url", ROOT_SITE, true},
                 {"absolute_url", ROOT_SITE, true},
                 {"prepend: site.baseurl", ROOT_SITE, false},
                 {"prepend: site.url", ROOT_HOST, false}};
    enum root root = ROOT_NONE;
    for (size_t at = 0; at < filters.size;) {
        size_t end = slice_find(filters, "|", at + 1);
        end = end == SLICE_NOT_FOUND ? filters.size : end;
        struct slice filter = slice_trim(slice_part(filters, at + 1, end));
        size_t i = 0;
        while (i < COUNT_OF(known) && !slice_equal_string(filter, known[i].text))
            i++;
        if (filters.data[at] != '|' || i == COUNT_OF(known))
            return ROOT_UNKNOWN;
        root = root == ROOT_SITE ? ROOT_SITE : known[i].root;
        *slash = *slash || known[i].slash;
        at = end;
    }
    return root == ROOT_NONE ? ROOT_UNKNOWN : root;
}

static bool is_external(struct slice text) {
    if (slice_starts_with(text, "//"))
        return true;
    size_t at = 0;
    while (at < text.size && (isalnum((unsigned char)text.data[at]) || text.data[at] == '+' ||
                              text.data[at] == '.' || text.data[at] == '-'))
        at++;
    return at > 1 && at < text.size && text.data[at] == ':';
}

/* The text as a build expands it, so far. */
struct expansion {
    const struct site *site;
    struct buffer text;
    bool liquid, external;
    bool path; /* more than the site's own address */
};

/* `'path' | relative_url`: false when there is another filter, or no end. */
static bool expand_quoted(struct expansion *expansion, struct slice inside) {
    const char *end = memchr(inside.data + 1, *inside.data, inside.size - 1);
    if (!end)
        return false;
    size_t size = (size_t)(end - inside.data);
    struct slice path = slice_part(inside, 1, size);
    bool slash = false;
    enum root root = read_filters(slice_trim(slice_part(inside, size + 1, inside.size)), &slash);
    if (root == ROOT_UNKNOWN)
        return false;
    expansion->external = expansion->external || is_external(path);
    if (root == ROOT_SITE)
        buffer_append_slice(&expansion->text, expansion->site->baseurl);
    if (slash && !slice_starts_with(path, "/"))
        buffer_append_byte(&expansion->text, '/');
    buffer_append_slice(&expansion->text, path);
    expansion->path = expansion->path || path.size;
    return true;
}

static bool expand_variable(struct expansion *expansion, struct slice inside) {
    bool host = slice_equal_string(inside, "site.url");
    if (!host && !slice_equal_string(inside, "site.baseurl") &&
        !slice_equal_string(inside, "site.url | append: site.baseurl"))
        return false;
    if (!host)
        buffer_append_slice(&expansion->text, expansion->site->baseurl);
    return true;
}

/* Expands the Liquid in front; false when there is some that only a build can expand. */
static bool expand(struct expansion *expansion, struct slice text) {
    while (slice_starts_with(text, "{{")) {
        size_t close = slice_find(text, "}}", 2);
        if (close == SLICE_NOT_FOUND)
            return false;
        struct slice inside = inside_tag(text, close);
        bool quoted = inside.size && (*inside.data == '\'' || *inside.data == '"');
        if (!(quoted ? expand_quoted(expansion, inside) : expand_variable(expansion, inside)))
            return false;
        expansion->liquid = true;
        text = slice_part(text, close + 2, text.size);
        if (quoted)
            break;
    }
    buffer_append_slice(&expansion->text, text);
    expansion->path = expansion->path || text.size;
    return slice_find(text, "{{", 0) == SLICE_NOT_FOUND &&
           slice_find(text, "{%", 0) == SLICE_NOT_FOUND;
}

static struct slice drop_query(struct slice text) {
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == '?' || text.data[i] == '#')
            return slice_part(text, 0, i);
    return text;
}

static int hex_value(char digit) {
    return isdigit((unsigned char)digit) ? digit - '0' : tolower((unsigned char)digit) - 'a' + 10;
}

char destination_next(struct slice text, size_t *at) {
    const char *here = text.data + *at;
    bool encoded = *here == '%' && *at + 2 < text.size && isxdigit((unsigned char)here[1]) &&
                   isxdigit((unsigned char)here[2]);
    *at += encoded ? 3 : 1;
    return encoded ? (char)(hex_value(here[1]) * 16 + hex_value(here[2])) : *here;
}

static struct slice decode_percent(struct slice text, struct arena *arena) {
    if (slice_find(text, "%", 0) == SLICE_NOT_FOUND)
        return arena_copy(arena, text);
    char *copy = arena_allocate(arena, text.size + 1, 1);
    size_t size = 0;
    for (size_t at = 0; at < text.size;)
        copy[size++] = destination_next(text, &at);
    return (struct slice){copy, size};
}

/* What `_config.yml` calls the site's own host; empty when it says none. */
static struct slice own_host(const struct site *site) {
    const struct yaml_node *url = yaml_find(site->settings, "url");
    struct slice host = url && url->kind == YAML_SCALAR ? url->text : (struct slice){NULL, 0};
    while (slice_ends_with(host, "/"))
        host.size--;
    bool known = slice_starts_with(host, "http") && slice_find(host, "://", 0) != SLICE_NOT_FOUND;
    return known ? host : (struct slice){NULL, 0};
}

/* Without the site's own host, if it stands in front; `*found` says so. */
static struct slice drop_host(const struct site *site, struct slice text, bool *found) {
    struct slice host = own_host(site);
    *found = host.size && text.size >= host.size &&
             slice_equal_ignoring_case(slice_part(text, 0, host.size), host) &&
             (text.size == host.size || text.data[host.size] == '/');
    if (!*found)
        return text;
    return text.size == host.size ? slice_of("/") : slice_part(text, host.size, text.size);
}

static void read_root(struct destination *destination, const struct site *site) {
    struct slice path = destination->path;
    size_t base = site->baseurl.size;
    destination->from_root = slice_starts_with(path, "/");
    destination->has_baseurl = destination->from_root &&
                               slice_equal(slice_part(path, 0, base), site->baseurl) &&
                               (!base || path.size == base || path.data[base] == '/');
    if (destination->has_baseurl)
        destination->path = slice_part(path, base, path.size);
}

struct destination destination_read(const struct site *site, struct slice text,
                                    struct arena *arena) {
    struct destination destination = {.kind = TARGET_UNKNOWN};
    struct expansion expansion = {.site = site};
    if (expand(&expansion, slice_trim(text))) {
        struct slice whole =
            drop_host(site, buffer_slice(&expansion.text), &destination.names_host);
        destination.liquid = expansion.liquid;
        destination.path = decode_percent(drop_query(whole), arena);
        if (expansion.external || is_external(whole))
            destination.kind = TARGET_EXTERNAL;
        else if (expansion.path && destination.path.size)
            destination.kind = TARGET_FILE;
    }
    buffer_release(&expansion.text);
    if (destination.kind == TARGET_FILE)
        read_root(&destination, site);
    return destination;
}

struct slice destination_join(struct slice folder, struct slice path, struct arena *arena) {
    char *joined = arena_allocate(arena, folder.size + path.size + 2, 1);
    size_t size = 0;
    const struct slice parts[] = {folder, path};
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        for (size_t start = 0; start < parts[i].size;) {
            size_t end = slice_find(parts[i], "/", start);
            end = end == SLICE_NOT_FOUND ? parts[i].size : end;
            struct slice name = slice_part(parts[i], start, end);
            start = end + 1;
            if (slice_equal_string(name, "..")) {
                while (size && joined[--size] != '/')
                    ;
            } else if (name.size && !slice_equal_string(name, ".")) {
                if (size)
                    joined[size++] = '/';
                memcpy(joined + size, name.data, name.size);
                size += name.size;
            }
        }
    }
    return (struct slice){joined, size};
}
