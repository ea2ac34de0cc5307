#include "document/pdf_cache.h"

#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Counted up when what is written means something else. */
enum { FORMAT_VERSION = 1, BLOB_ID_DIGITS = 40, LONGEST_HEAD = 64 };

static const char ending[] = ".jsonl";

/* FNV-1a, 64 bits: against damage, not against people. */
static uint64_t sum_of(struct slice bytes) {
    uint64_t sum = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < bytes.size; i++)
        sum = (sum ^ (unsigned char)bytes.data[i]) * UINT64_C(0x100000001b3);
    return sum;
}

static void make_helper_key(struct pdf_cache *cache, const char *program) {
    struct stat state;
    struct buffer text = BUFFER_EMPTY;
    if (stat(program, &state) == 0)
        buffer_append_format(&text, "%d %lld %lld", FORMAT_VERSION, (long long)state.st_size,
                             (long long)state.st_mtime);
    snprintf(cache->helper_key, sizeof(cache->helper_key), "%016" PRIx64,
             sum_of(buffer_slice(&text)));
    buffer_release(&text);
}

static struct slice without_slashes(const char *folder) {
    struct slice text = slice_of(folder);
    while (slice_ends_with(text, "/"))
        text.size--;
    return text;
}

void pdf_cache_open(struct pdf_cache *cache, const char *program) {
    const char *cache_home = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    struct buffer folder = BUFFER_EMPTY;
    *cache = (struct pdf_cache){0};
    /* Relative ones are to be ignored, says the XDG specification. */
    if (cache_home && *cache_home == '/') {
        buffer_append_slice(&folder, without_slashes(cache_home));
        cache->own = slice_folder(buffer_slice(&folder)).size;
    } else if (home && *home == '/') {
        buffer_append_slice(&folder, without_slashes(home));
        cache->own = folder.size;
        buffer_append_string(&folder, "/.cache");
    }
    if (folder.size) {
        buffer_append_string(&folder, "/scribelint/pdf");
        cache->folder = buffer_detach(&folder);
        make_helper_key(cache, program);
    }
}

void pdf_cache_release(struct pdf_cache *cache) {
    free(cache->folder);
    *cache = (struct pdf_cache){0};
}

static bool is_blob_id(const char *text) {
    return strlen(text) == BLOB_ID_DIGITS && strspn(text, "0123456789abcdef") == BLOB_ID_DIGITS;
}

static void append_path(struct buffer *path, const struct pdf_cache *cache, const char *blob_id) {
    buffer_append_format(path, "%s/%s-%s%s", cache->folder, blob_id, cache->helper_key, ending);
}

static bool read_file(int file, struct buffer *content, size_t most) {
    char bytes[32 * 1024];
    ssize_t size;
    while ((size = read(file, bytes, sizeof(bytes))) > 0 && content->size <= most)
        buffer_append(content, bytes, (size_t)size);
    return size == 0 && content->size <= most;
}

static void append_head(struct buffer *head, struct slice lines) {
    buffer_append_format(head, "scribelint-cache %d %zu %016" PRIx64 "\n", FORMAT_VERSION,
                         lines.size, sum_of(lines));
}

/* The lines of a file that is whole; NULL data: it is not. */
static struct slice check_content(struct slice content) {
    struct buffer head = BUFFER_EMPTY;
    struct slice lines = {NULL, 0};
    const char *feed = content.size ? memchr(content.data, '\n', content.size) : NULL;
    size_t size = feed ? (size_t)(feed - content.data) + 1 : 0;
    append_head(&head, slice_part(content, size, content.size));
    if (size && slice_equal(slice_part(content, 0, size), buffer_slice(&head)))
        lines = slice_part(content, size, content.size);
    buffer_release(&head);
    return lines;
}

bool pdf_cache_read(const struct pdf_cache *cache, const char *blob_id, struct buffer *lines) {
    struct buffer path = BUFFER_EMPTY, content = BUFFER_EMPTY;
    bool found = false;
    if (!cache->folder || !is_blob_id(blob_id))
        return false;
    append_path(&path, cache, blob_id);
    int file = open(buffer_string(&path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file >= 0 && read_file(file, &content, PDF_CACHE_MOST_BYTES)) {
        struct slice whole = check_content(buffer_slice(&content));
        found = whole.data != NULL;
        buffer_append_slice(lines, whole);
        if (found)
            futimens(file, NULL); /* the oldest go first */
    }
    if (file >= 0)
        close(file);
    buffer_release(&path);
    buffer_release(&content);
    return found;
}

/* With those above it that are ours to make; those that are there are left as they are. */
static bool make_folder(const struct pdf_cache *cache) {
    char *path = memory_copy_string(cache->folder);
    bool made = true;
    for (char *at = path + cache->own + 1; made; at++) {
        if (*at && *at != '/')
            continue;
        char end = *at;
        *at = '\0';
        made = mkdir(path, 0700) == 0 || errno == EEXIST;
        *at = end;
        if (!end)
            break;
    }
    free(path);
    return made;
}

static bool write_all(int file, struct slice bytes) {
    for (size_t at = 0; at < bytes.size;) {
        ssize_t size = write(file, bytes.data + at, bytes.size - at);
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0)
            return false;
        at += (size_t)size;
    }
    return true;
}

struct kept {
    char name[128];
    size_t size;
    long long when;
};

static int oldest_first(const void *left, const void *right) {
    const struct kept *a = left, *b = right;
    if (a->when != b->when)
        return a->when < b->when ? -1 : 1;
    return strcmp(a->name, b->name);
}

/* Only what this file has written, also what was left unfinished. */
static bool is_ours(const char *file_name) {
    size_t size = strlen(file_name);
    return size < sizeof(((struct kept *)0)->name) &&
           (slice_ends_with((struct slice){file_name, size}, ending) ||
            slice_starts_with((struct slice){file_name, size}, "new-"));
}

static void drop_oldest(const struct pdf_cache *cache, size_t most) {
    struct kept *files = NULL;
    size_t count = 0, capacity = 0, all = 0;
    DIR *folder = opendir(cache->folder);
    struct dirent *entry;
    struct stat state;
    while (folder && (entry = readdir(folder))) {
        if (!is_ours(entry->d_name) ||
            fstatat(dirfd(folder), entry->d_name, &state, AT_SYMLINK_NOFOLLOW) ||
            !S_ISREG(state.st_mode))
            continue;
        struct kept *file = &ARRAY_PUSH(files, count, capacity);
        *file = (struct kept){.size = (size_t)state.st_size, .when = state.st_mtime};
        memcpy(file->name, entry->d_name, strlen(entry->d_name) + 1);
        all += file->size;
    }
    if (count)
        qsort(files, count, sizeof(*files), oldest_first);
    for (size_t i = 0; i < count && all > most; i++) {
        unlinkat(dirfd(folder), files[i].name, 0);
        all -= files[i].size;
    }
    free(files);
    if (folder)
        closedir(folder);
}

void pdf_cache_write(const struct pdf_cache *cache, const char *blob_id, struct slice lines,
                     size_t most) {
    struct buffer path = BUFFER_EMPTY, temporary = BUFFER_EMPTY, head = BUFFER_EMPTY;
    if (!cache->folder || !is_blob_id(blob_id) || lines.size > most / 2 || !make_folder(cache))
        return;
    append_path(&path, cache, blob_id);
    /* Another thread or program may write the same. */
    buffer_append_format(&temporary, "%s/new-%ld-%" PRIxPTR, cache->folder, (long)getpid(),
                         (uintptr_t)&head);
    append_head(&head, lines);
    int file = open(buffer_string(&temporary), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool written = file >= 0 && write_all(file, buffer_slice(&head)) && write_all(file, lines);
    if (file >= 0)
        written = close(file) == 0 && written;
    if (written)
        written = rename(buffer_string(&temporary), buffer_string(&path)) == 0;
    if (!written && file >= 0)
        unlink(buffer_string(&temporary));
    if (written)
        drop_oldest(cache, most);
    buffer_release(&path);
    buffer_release(&temporary);
    buffer_release(&head);
}
