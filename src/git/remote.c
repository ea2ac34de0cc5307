#include "git/remote.h"

#include "git/internal.h"

#include <ctype.h>
#include <string.h>

static bool is_plain(struct slice text) {
    for (size_t i = 0; i < text.size; i++)
        if (!isalnum((unsigned char)text.data[i]) && !strchr("._-", text.data[i]))
            return false;
    return text.size > 0;
}

/* Offset behind the last '/' or ':' of the first `end` bytes; SLICE_NOT_FOUND: there is none. */
static size_t part_start(struct slice url, size_t end) {
    while (end && url.data[end - 1] != '/' && url.data[end - 1] != ':')
        end--;
    return end ? end : SLICE_NOT_FOUND;
}

bool url_append_repository(struct buffer *buffer, struct slice url) {
    size_t scheme = slice_find(url, "://", 0);
    bool has_host = scheme != SLICE_NOT_FOUND || slice_find(url, ":", 0) != SLICE_NOT_FOUND;
    if (!has_host || slice_starts_with(url, "file:") || slice_starts_with(url, "/"))
        return false;
    struct slice rest = slice_part(url, scheme == SLICE_NOT_FOUND ? 0 : scheme + 3, url.size);
    while (slice_ends_with(rest, "/"))
        rest.size--;
    if (slice_ends_with(rest, ".git"))
        rest.size -= strlen(".git");
    size_t name = part_start(rest, rest.size);
    size_t owner = name == SLICE_NOT_FOUND ? name : part_start(rest, name - 1);
    if (owner == SLICE_NOT_FOUND) /* a host and one name: no hosting that has owners */
        return false;
    struct slice both[] = {slice_part(rest, owner, name - 1), slice_part(rest, name, rest.size)};
    if (!is_plain(both[0]) || !is_plain(both[1]))
        return false;
    buffer_append_slice(buffer, both[0]);
    buffer_append_byte(buffer, '/');
    buffer_append_slice(buffer, both[1]);
    return true;
}

bool remote_append_repository(struct buffer *buffer, struct repository *repository,
                              const char *name) {
    struct buffer key = BUFFER_EMPTY;
    git_config *config = NULL;
    git_config_entry *entry = NULL;
    buffer_append_format(&key, "remote.%s.url", name);
    bool found = git_repository_config_snapshot(&config, repository->git) == 0 &&
                 git_config_get_entry(&entry, config, buffer_string(&key)) == 0 && entry->value &&
                 url_append_repository(buffer, slice_of(entry->value));
    git_config_entry_free(entry);
    git_config_free(config);
    buffer_release(&key);
    return found;
}
