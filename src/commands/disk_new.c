#include "commands/disk_new.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *copy(struct slice text) {
    struct buffer string = BUFFER_EMPTY;
    buffer_append_slice(&string, text);
    return buffer_detach(&string);
}

/* The folder `name` in an open one, which is closed; made if need be. -1 with errno. */
static int enter(int folder, struct slice name) {
    char *part = copy(name);
    int inner = -1, reason;
    if (!mkdirat(folder, part, 0777) || errno == EEXIST)
        inner = openat(folder, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    reason = errno;
    close(folder);
    free(part);
    errno = reason;
    return inner;
}

static int open_folder(const char *root, struct slice path) {
    int folder = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (size_t start = 0; folder >= 0 && start < path.size;) {
        size_t end = slice_find(path, "/", start);
        end = end == SLICE_NOT_FOUND ? path.size : end;
        folder = enter(folder, slice_part(path, start, end));
        start = end + 1;
    }
    return folder;
}

static bool write_all(int file, struct slice content) {
    for (size_t at = 0; at < content.size;) {
        ssize_t size = write(file, content.data + at, content.size - at);
        if (size < 0 && errno != EINTR)
            return false;
        at += size > 0 ? (size_t)size : 0;
    }
    return true;
}

/* False with errno; the file is gone again then, unless it was there before. */
static bool make_file(int folder, const char *name, struct slice content) {
    int file = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (file < 0)
        return false;
    bool written = write_all(file, content);
    int reason = errno;
    if (close(file) && written) {
        written = false;
        reason = errno;
    }
    if (!written)
        unlinkat(folder, name, 0);
    errno = reason;
    return written;
}

int disk_new_file(const char *root, struct slice path, struct slice content, struct error *error) {
    struct slice parent = slice_folder(path);
    char *name = copy(slice_file_name(path));
    int folder = open_folder(root, parent), status = OK;
    if (folder < 0 || !make_file(folder, name, content))
        status = errno == EEXIST ? error_set(error, STATUS_USAGE, "\"%.*s\" is there already",
                                             SLICE_ARGUMENTS(path))
                                 : error_set(error, STATUS_UNDECIDED, "cannot make \"%.*s\": %s",
                                             SLICE_ARGUMENTS(path), strerror(errno));
    if (folder >= 0)
        close(folder);
    free(name);
    return status;
}

int disk_new_folder(const char *root, struct slice path, struct error *error) {
    int folder = open_folder(root, path);
    if (folder < 0)
        return error_set(error, STATUS_UNDECIDED, "cannot make the folder \"%.*s\": %s",
                         SLICE_ARGUMENTS(path), strerror(errno));
    close(folder);
    return OK;
}
