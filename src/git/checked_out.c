/*
 * The bytes of large blobs from the files that Git checked out from them: that takes a tenth of the
 * time of inflating them, and Git's own diff does the same. A file counts for its blob when the
 * index says so and nobody has touched it since, by the fields of stat() that `git status` goes by.
 */
#include "base/memory.h"
#include "git/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __APPLE__
#define WHEN_MODIFIED(state) ((state)->st_mtimespec)
#define WHEN_CHANGED(state)  ((state)->st_ctimespec)
#else
#define WHEN_MODIFIED(state) ((state)->st_mtim)
#define WHEN_CHANGED(state)  ((state)->st_ctim)
#endif

/* Below, to open a file and look at it takes as long as to inflate the blob. */
enum { SMALLEST = 16 * 1024 };

struct checked_out {
    char *index_path;
    struct stat index_state; /* before it was read */
    git_index *index;        /* NULL: not open yet, or of no use */
    bool is_tried;
    size_t inflated; /* bytes of blobs that could have been here */
};

static struct checked_out *prepare(const struct repository *repository) {
    struct checked_out *files = memory_allocate(1, sizeof *files);
    struct buffer path = BUFFER_EMPTY;
    buffer_append_format(&path, "%sindex", git_repository_path(repository->git));
    files->index_path = buffer_detach(&path);
    files->is_tried = !repository->root || stat(files->index_path, &files->index_state) != 0;
    return files;
}

void checked_out_free(struct checked_out *files) {
    if (!files)
        return;
    git_index_free(files->index);
    free(files->index_path);
    free(files);
}

/*
 * A filter may give a file other bytes than its blob has. Git's own ones change its size with them;
 * so does LFS, whose blobs are small. True when there may be others.
 */
static bool has_filters(git_repository *git) {
    git_config *config = NULL;
    git_config_iterator *found = NULL;
    git_config_entry *entry;
    int code = git_repository_config_snapshot(&config, git);
    if (!code)
        code = git_config_iterator_new(&found, config);
    while (!code && git_config_next(&entry, found) == 0)
        code = strncmp(entry->name, "filter.", strlen("filter.")) == 0 &&
               strncmp(entry->name, "filter.lfs.", strlen("filter.lfs.")) != 0;
    git_config_iterator_free(found);
    git_config_free(config);
    return code != 0;
}

/* To read the index pays only where much is read beside it. */
static git_index *get_index(struct checked_out *files, const struct repository *repository,
                            size_t size) {
    files->inflated += size;
    if (files->is_tried || files->inflated / 8 < (size_t)files->index_state.st_size)
        return files->index;
    files->is_tried = true;
    if (has_filters(repository->git) || git_index_open(&files->index, files->index_path))
        files->index = NULL;
    return files->index;
}

static bool is_same_time(struct timespec time, git_index_time known) {
    return (int32_t)time.tv_sec == known.seconds && (uint32_t)time.tv_nsec == known.nanoseconds;
}

/* Who writes to a file at once after Git did, in the same tick of the clock, leaves no trace. */
static bool is_racy(const git_index_entry *entry, const struct stat *index) {
    struct timespec written = WHEN_MODIFIED(index);
    return entry->mtime.seconds > (int32_t)written.tv_sec ||
           (entry->mtime.seconds == (int32_t)written.tv_sec &&
            entry->mtime.nanoseconds >= (uint32_t)written.tv_nsec);
}

static bool is_untouched(const struct stat *state, const git_index_entry *entry) {
    return S_ISREG(state->st_mode) && entry->file_size == (uint32_t)state->st_size &&
           entry->ino == (uint32_t)state->st_ino &&
           is_same_time(WHEN_MODIFIED(state), entry->mtime) &&
           is_same_time(WHEN_CHANGED(state), entry->ctime);
}

static bool read_all(int file, char *bytes, size_t size) {
    while (size) {
        ssize_t count = read(file, bytes, size);
        if (count == 0 || (count < 0 && errno != EINTR))
            return false;
        bytes += count > 0 ? count : 0;
        size -= count > 0 ? (size_t)count : 0;
    }
    return true;
}

/* A pipe that stands there must not keep anybody waiting. */
static int open_file(const struct repository *repository, const char *path) {
    struct buffer full = BUFFER_EMPTY;
    buffer_append_format(&full, "%s/%s", repository->root, path);
    int file = open(buffer_string(&full), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    buffer_release(&full);
    return file;
}

bool checked_out_read(struct repository *repository, const char *path, const git_oid *id,
                      size_t size, struct buffer *content) {
    if (size < SMALLEST)
        return false;
    if (!repository->checked_out)
        repository->checked_out = prepare(repository);
    struct checked_out *files = repository->checked_out;
    git_index *index = get_index(files, repository, size);
    const git_index_entry *entry = index ? git_index_get_bypath(index, path, 0) : NULL;
    if (!entry || !git_oid_equal(&entry->id, id) || is_racy(entry, &files->index_state))
        return false;
    int file = open_file(repository, path);
    struct stat state;
    size_t before = content->size;
    bool found = file >= 0 && fstat(file, &state) == 0 && (size_t)state.st_size == size &&
                 is_untouched(&state, entry) && read_all(file, buffer_extend(content, size), size);
    if (!found && content->size != before) {
        content->size = before;
        content->data[before] = '\0';
    }
    if (file >= 0)
        close(file);
    return found;
}
