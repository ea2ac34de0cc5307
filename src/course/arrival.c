#include "course/arrival.h"

#include "base/memory.h"
#include "course/destination.h"
#include "course/publication.h"

#include <ctype.h>
#include <string.h>

struct trip {
    const struct site *site;
    const struct snapshot *snapshot;
    const struct document *document;
    const struct landing *landing;
    const struct link *link;
    struct destination destination;
    struct arena *arena;
};

/* What is asked of the site: "notes/", "a.pdf", without the baseurl. */
struct place_asked {
    struct slice path;
    bool is_folder; /* a slash stood at its end: `a/` is never `a.html` */
};

/* Below a submodule or a link to a folder nobody can see from here what is there. */
static bool is_out_of_sight(const struct snapshot *snapshot, struct slice path) {
    for (size_t i = 0; i < path.size; i++) {
        if (path.data[i] != '/')
            continue;
        enum entry_kind kind = snapshot_find(snapshot, slice_part(path, 0, i)).kind;
        if (kind == ENTRY_SUBMODULE || kind == ENTRY_SYMLINK)
            return true;
    }
    return false;
}

static bool is_file(const struct snapshot *snapshot, struct slice path) {
    enum entry_kind kind = snapshot_find(snapshot, path).kind;
    return kind == ENTRY_FILE || kind == ENTRY_SYMLINK ||
           (kind == ENTRY_NONE && is_out_of_sight(snapshot, path));
}

static bool has_ending(struct slice path, const char *const *endings, size_t count) {
    for (size_t i = 0; i < count; i++) {
        size_t size = strlen(endings[i]);
        if (path.size > size &&
            slice_equal_ignoring_case(slice_part(path, path.size - size, path.size),
                                      slice_of(endings[i])))
            return true;
    }
    return false;
}

static bool is_html(struct slice path) {
    static const char *const endings[] = {".html", ".htm", ".xhtml"};
    return has_ending(path, endings, COUNT_OF(endings));
}

/* --- what the site has at a path --------------------------------------------------------------
 */

/* Jekyll copies the file as it is to the same path. */
static bool is_copied(const struct trip *trip, struct slice path) {
    if (!is_file(trip->snapshot, path) || publication_of(trip->site, path).kind != PUBLICATION_PAGE)
        return false;
    bool may_be_page = path_is_markdown(path) || is_html(path);
    const struct site_page *page =
        may_be_page ? site_find_page(trip->site, trip->snapshot, path) : NULL;
    return !page || page->is_bare;
}

/* How a server looks: `/a` is `/a`, `/a.html` or `/a/index.html`, but `/a/` only the last. */
static const char *const server_forms[] = {"", ".html", "/index.html"};

static struct slice form_of(const struct trip *trip, struct slice path, size_t form) {
    const char *tail = server_forms[form] + (path.size ? 0 : 1);
    if (!*tail)
        return path;
    return slice_of(arena_format(trip->arena, "%.*s%s", SLICE_ARGUMENTS(path), tail));
}

/* A page, or another file that is there under that path, or what the server takes for it. */
static bool is_there(const struct trip *trip, struct place_asked asked, struct arrival *arrival) {
    bool is_root = !asked.path.size;
    for (size_t i = asked.is_folder || is_root ? 2 : 0; i < COUNT_OF(server_forms); i++) {
        struct slice file = form_of(trip, asked.path, i);
        /* First, as it needs no look at the site's pages; and Jekyll writes it over a page there.
         */
        bool copied = is_copied(trip, file);
        const struct site_page *page =
            copied ? NULL : site_find_file(trip->site, trip->snapshot, file);
        if (page || copied) {
            arrival->file = page ? page->path : file;
            return true;
        }
    }
    return is_root;
}

/* `a.css` is made of `a.scss`, and so on. */
static bool is_converted(const struct trip *trip, struct slice path) {
    static const char *const sources[][2] = {
        {".css", ".scss"}, {".css", ".sass"}, {".js", ".coffee"}};
    for (size_t i = 0; i < COUNT_OF(sources); i++) {
        if (!slice_ends_with(path, sources[i][0]))
            continue;
        struct slice stem = slice_part(path, 0, path.size - strlen(sources[i][0]));
        if (is_file(trip->snapshot, slice_of(arena_format(trip->arena, "%.*s%s",
                                                          SLICE_ARGUMENTS(stem), sources[i][1]))))
            return true;
    }
    return false;
}

/* The path as it would be right in upper and lower case; empty: not by that alone. */
static struct slice find_spelling(const struct trip *trip, struct place_asked asked) {
    struct buffer spelling = BUFFER_EMPTY;
    struct slice found = {NULL, 0}, path = asked.path;
    if (path.size && !asked.is_folder &&
        snapshot_find_ignoring_case(trip->snapshot, path, &spelling) &&
        is_copied(trip, buffer_slice(&spelling)))
        found = arena_copy(trip->arena, buffer_slice(&spelling));
    for (size_t i = asked.is_folder ? 2 : 0; path.size && !found.size && i < COUNT_OF(server_forms);
         i++) {
        const struct site_page *page =
            site_find_ignoring_case(trip->site, trip->snapshot, form_of(trip, path, i));
        if (page)
            found = slice_part(page->file, 0, path.size);
    }
    buffer_release(&spelling);
    return found;
}

/* There is a page which only the form of its address hides: `a.html` or `a/` for the other. */
static bool is_other_form(const struct trip *trip, struct place_asked asked) {
    struct slice path = asked.path;
    if (slice_ends_with(path, ".html"))
        path.size -= strlen(".html");
    return site_find_file(trip->site, trip->snapshot, form_of(trip, path, 1)) ||
           site_find_file(trip->site, trip->snapshot, form_of(trip, path, 2));
}

/* Without a baseurl the folders of the host may be other sites, such as those of other projects. */
static bool may_be_other_site(const struct trip *trip, struct slice path) {
    size_t slash = slice_find(path, "/", 0);
    struct slice first = slice_part(path, 0, slash == SLICE_NOT_FOUND ? path.size : slash);
    return trip->destination.from_root && !trip->site->baseurl.size && !trip->destination.liquid &&
           snapshot_find(trip->snapshot, first).kind == ENTRY_NONE &&
           !site_has_page_below(trip->site, trip->snapshot, first);
}

/* "x.pdf", but not "v1.2". */
static bool has_file_ending(struct slice name) {
    enum { LONGEST_ENDING = 8 };
    size_t dot = name.size, letters = 0;
    while (dot && isalnum((unsigned char)name.data[dot - 1]))
        letters += isalpha((unsigned char)name.data[--dot]) != 0;
    return dot > 1 && name.data[dot - 1] == '.' && letters && name.size - dot <= LONGEST_ENDING;
}

/* What generators, feeds and themes make, whose files nobody sees in the repository. */
static bool may_be_made(const struct trip *trip, struct place_asked asked) {
    struct slice path = asked.path;
    static const char *const made[] = {".xml", ".json", ".css", ".js",
                                       ".map", ".atom", ".rss", ".webmanifest"};
    if (has_ending(path, made, COUNT_OF(made)) || slice_equal_string(path, "robots.txt"))
        return true;
    struct slice name = slice_file_name(path);
    if (has_file_ending(name) && !is_html(path))
        return false;
    if (is_other_form(trip, asked))
        return false;
    if (!site_may_make_page(trip->site, trip->snapshot, path) && !may_be_other_site(trip, path))
        return false;
    struct slice parent = slice_folder(path);
    return !parent.size || snapshot_find(trip->snapshot, parent).kind != ENTRY_FOLDER ||
           publication_of(trip->site, parent).kind != PUBLICATION_PAGE ||
           site_has_page_below(trip->site, trip->snapshot, parent);
}

static struct arrival look(const struct trip *trip, struct place_asked asked) {
    struct slice path = asked.path;
    struct arrival arrival = {.kind = ARRIVAL_FINE, .target = path};
    if (is_there(trip, asked, &arrival) || is_converted(trip, path))
        return arrival;
    arrival.kind = ARRIVAL_NOTHING;
    arrival.surely = !may_be_made(trip, asked);
    if (snapshot_find(trip->snapshot, path).kind == ENTRY_FOLDER &&
        publication_of(trip->site, path).kind == PUBLICATION_PAGE) {
        /* An archive of a category may stand there, made by a plug-in. */
        bool bare = !site_has_page_below(trip->site, trip->snapshot, path);
        arrival.kind = bare ? ARRIVAL_FOLDER : ARRIVAL_FINE;
        return arrival;
    }
    arrival.spelling = find_spelling(trip, asked);
    if (arrival.spelling.size)
        arrival.kind = ARRIVAL_WRONG_CASE;
    return arrival;
}

/* --- what to write instead --------------------------------------------------------------------
 */

/* Query and fragment, as written. */
static struct slice written_tail(struct slice text) {
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == '?' || text.data[i] == '#')
            return slice_part(text, i, text.size);
    return (struct slice){NULL, 0};
}

static bool mentions(const struct document *document, const char *text) {
    return slice_find(document->source.bytes, text, document->body_start) != SLICE_NOT_FOUND;
}

/* All landings stand in the root of the site: a plain path works there. */
static bool is_at_root(const struct landing *landing) {
    for (size_t i = 0; i < landing->url_count; i++)
        if (memchr(landing->urls[i].data + 1, '/', landing->urls[i].size - 1))
            return false;
    return landing->url_count > 0;
}

/* The path from the root of the site in the form that fits the document. */
static struct slice spell(const struct trip *trip, struct slice path) {
    struct slice tail = written_tail(trip->link->destination);
    if (is_at_root(trip->landing) && !mentions(trip->document, "relative_url"))
        return slice_of(
            arena_format(trip->arena, "%.*s%.*s", SLICE_ARGUMENTS(path), SLICE_ARGUMENTS(tail)));
    if (path.size && memchr(path.data, '\'', path.size))
        return slice_of(arena_format(trip->arena, "%.*s/%.*s%.*s",
                                     SLICE_ARGUMENTS(trip->site->baseurl), SLICE_ARGUMENTS(path),
                                     SLICE_ARGUMENTS(tail)));
    return slice_of(arena_format(trip->arena, "{{ '/%.*s' | relative_url }}%.*s",
                                 SLICE_ARGUMENTS(path), SLICE_ARGUMENTS(tail)));
}

/* Where the file of a page stands on the site; other files stand where they do. */
static struct slice published_path(const struct trip *trip, struct slice path) {
    const struct site_page *page = site_find_page(trip->site, trip->snapshot, path);
    return page && page->url.size ? slice_part(page->url, 1, page->url.size) : path;
}

/* --- following -------------------------------------------------------------------------------
 */

/* Source: JekyllRelativeLinks::Generator, which knows Markdown links to files only. */
static bool is_mended(const struct trip *trip, struct slice *file) {
    struct slice path = trip->destination.path;
    if (!trip->landing->mended || trip->link->syntax != LINK_MARKDOWN || trip->destination.liquid)
        return false;
    while (slice_starts_with(path, "/"))
        path = slice_part(path, 1, path.size);
    struct slice source = destination_join(slice_folder(trip->document->path), path, trip->arena);
    *file = source;
    return source.size && is_file(trip->snapshot, source) &&
           publication_of(trip->site, source).kind != PUBLICATION_NONE;
}

static bool asks_for_folder(struct slice path) {
    return slice_ends_with(path, "/") || slice_ends_with(path, "/.") ||
           slice_ends_with(path, "/..") || slice_equal_string(path, ".") ||
           slice_equal_string(path, "..");
}

/* The path from the root of the site that a browser asks for at `url`; false: outside the site. */
static bool ask(const struct trip *trip, struct slice url, struct place_asked *asked) {
    const struct destination *destination = &trip->destination;
    struct slice *path = &asked->path;
    asked->is_folder = asks_for_folder(destination->path);
    if (destination->from_root) {
        *path = destination_join((struct slice){NULL, 0}, destination->path, trip->arena);
        return destination->has_baseurl;
    }
    struct slice base = trip->site->baseurl;
    struct slice folder = slice_of(arena_format(trip->arena, "%.*s%.*s", SLICE_ARGUMENTS(base),
                                                SLICE_ARGUMENTS(slice_folder(url))));
    struct slice whole = destination_join(folder, destination->path, trip->arena);
    *path = whole;
    if (!base.size)
        return true;
    base = slice_part(base, 1, base.size);
    bool below = slice_equal(slice_part(whole, 0, base.size), base) &&
                 (whole.size == base.size || whole.data[base.size] == '/');
    if (below)
        *path = slice_part(whole, base.size + (whole.size > base.size), whole.size);
    return below;
}

/* A file of the repository that a relative destination names, whether Jekyll publishes it or not.
 */
static struct slice find_in_repository(const struct trip *trip) {
    struct target target =
        site_resolve(trip->site, trip->document->path, trip->link->destination, trip->arena);
    for (size_t i = 0; i < target.path_count; i++)
        if (snapshot_find(trip->snapshot, target.paths[i]).kind == ENTRY_FILE)
            return target.paths[i];
    return (struct slice){NULL, 0};
}

static void place_right(const struct trip *trip, struct arrival *arrival) {
    struct slice file = find_in_repository(trip);
    if (!file.size)
        return;
    struct slice published = published_path(trip, file);
    bool slash = slice_ends_with(published, "/");
    struct place_asked asked = {slice_part(published, 0, published.size - slash), slash};
    struct arrival there = look(trip, asked);
    if (there.kind != ARRIVAL_FINE)
        return;
    arrival->kind = ARRIVAL_MISPLACED;
    arrival->target = file;
    arrival->spelling = spell(trip, published);
}

static struct arrival follow_from(const struct trip *trip, struct slice url) {
    struct place_asked asked;
    bool inside = ask(trip, url, &asked);
    struct arrival arrival = look(trip, asked);
    arrival.page = url;
    if (arrival.kind == ARRIVAL_FINE && inside)
        return arrival;
    if (is_mended(trip, &arrival.file)) {
        arrival.kind = ARRIVAL_FINE;
    } else if (!inside && trip->destination.from_root) {
        bool there = arrival.kind == ARRIVAL_FINE || arrival.kind == ARRIVAL_FOLDER;
        arrival.kind = there ? ARRIVAL_BASEURL_DROPPED : arrival.kind;
        if (there)
            arrival.spelling = spell(trip, asked.path);
        else if (trip->destination.names_host) /* another site of the same host */
            arrival.kind = ARRIVAL_UNKNOWN;
    } else if (!trip->destination.from_root) {
        if (!inside) {
            arrival.surely = arrival.surely || arrival.kind == ARRIVAL_FINE;
            arrival.kind = ARRIVAL_NOTHING;
        }
        place_right(trip, &arrival);
    }
    return arrival;
}

/* From a page of which nobody knows where it lands: what somebody may have meant. */
static struct arrival follow_meaning(const struct trip *trip) {
    struct target target =
        site_resolve(trip->site, trip->document->path, trip->link->destination, trip->arena);
    struct arrival arrival = {.kind = ARRIVAL_NOTHING, .target = target.paths[0]};
    for (size_t i = 0; i < target.path_count; i++) {
        struct place_asked asked = {target.paths[i], asks_for_folder(trip->destination.path)};
        struct arrival there = look(trip, asked);
        if (there.kind == ARRIVAL_FINE || is_file(trip->snapshot, target.paths[i])) {
            arrival.kind = ARRIVAL_FINE;
            return arrival;
        }
        if (!i || (arrival.kind == ARRIVAL_NOTHING && there.kind != ARRIVAL_NOTHING))
            arrival = there;
    }
    return arrival;
}

struct arrival site_follow(const struct site *site, const struct snapshot *snapshot,
                           const struct document *document, const struct landing *landing,
                           const struct link *link, struct arena *arena) {
    struct trip trip = {.site = site,
                        .snapshot = snapshot,
                        .document = document,
                        .landing = landing,
                        .link = link,
                        .arena = arena};
    struct arrival arrival = {.kind = ARRIVAL_UNKNOWN};
    trip.destination = destination_read(site, link->destination, arena);
    if (trip.destination.kind != TARGET_FILE || landing->kind == LANDING_HIDDEN)
        return arrival;
    if (landing->kind != LANDING_AT)
        return follow_meaning(&trip);
    for (size_t i = 0; i < landing->url_count; i++) {
        arrival = follow_from(&trip, landing->urls[i]);
        if (arrival.kind != ARRIVAL_FINE)
            break;
    }
    return arrival;
}
