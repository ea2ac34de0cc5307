#include "commands/disk.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *copy(struct slice text) {
    struct buffer string = BUFFER_EMPTY;
    buffer_append_slice(&string, text);
    return buffer_detach(&string);
}

/* Closes and keeps what errno says. */
static void close_quietly(int file) {
    int reason = errno;
    if (file >= 0)
        close(file);
    errno = reason;
}

/* The folder `part` in an open one, which is closed; -1 with errno. */
static int enter(int folder, struct slice part, bool make) {
    char *name = copy(part);
    int inner = -1;
    if (!make || !mkdirat(folder, name, 0777) || errno == EEXIST)
        inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    close_quietly(folder);
    free(name);
    return inner;
}

/* The folder `path`, made on the way when `make`; -1 with errno. */
static int open_folder(const char *root, struct slice path, bool make) {
    int folder = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (size_t start = 0; folder >= 0 && start < path.size;) {
        size_t end = slice_find(path, "/", start);
        folder = enter(folder, slice_part(path, start, end), make);
        start = end == SLICE_NOT_FOUND ? path.size : end + 1;
    }
    return folder;
}

/* The one that `path` is in. */
static int open_parent(const char *root, struct slice path, bool make) {
    return open_folder(root, slice_folder(path), make);
}

/* What stands at `path` itself, not what it links to. */
static bool find(const char *root, struct slice path, struct stat *found) {
    char *name = copy(slice_file_name(path));
    int folder = open_parent(root, path, false);
    bool there = folder >= 0 && fstatat(folder, name, found, AT_SYMLINK_NOFOLLOW) == 0;
    close_quietly(folder);
    free(name);
    return there;
}

bool disk_is_free(const char *root, struct slice to, struct slice from) {
    struct stat there, moved;
    if (!find(root, to, &there))
        return true;
    return slice_equal_ignoring_case(to, from) && find(root, from, &moved) &&
           there.st_dev == moved.st_dev && there.st_ino == moved.st_ino;
}

/* Without O_NONBLOCK a FIFO that has taken the file's place would hold us up. */
static int open_file(int folder, struct slice path, struct stat *found) {
    char *name = copy(slice_file_name(path));
    int file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    free(name);
    if (file >= 0 && fstat(file, found) == 0 && S_ISREG(found->st_mode))
        return file;
    if (file >= 0)
        errno = EINVAL;
    close_quietly(file);
    return -1;
}

static bool read_all(struct buffer *content, int file) {
    char bytes[65536];
    ssize_t size;
    while ((size = read(file, bytes, sizeof bytes)) > 0)
        buffer_append(content, bytes, (size_t)size);
    return size == 0;
}

static bool read_in(struct buffer *content, int folder, struct slice path, struct stat *found) {
    int file = folder >= 0 ? open_file(folder, path, found) : -1;
    bool read = file >= 0 && read_all(content, file);
    close_quietly(file);
    return read;
}

int disk_read(struct buffer *content, const char *root, struct slice path, struct error *error) {
    struct stat found;
    int folder = open_parent(root, path, false);
    bool read = read_in(content, folder, path, &found);
    int reason = errno;
    close_quietly(folder);
    return read ? OK
                : error_set(error, STATUS_UNDECIDED, "cannot read \"%.*s\" on disk: %s",
                            SLICE_ARGUMENTS(path), strerror(reason));
}

static bool write_all(int file, struct slice content) {
    for (size_t at = 0; at < content.size;) {
        ssize_t size = write(file, content.data + at, content.size - at);
        if (size < 0 && errno != EINTR)
            return false;
        at += size > 0 ? (size_t)size : 0;
    }
    return fsync(file) == 0;
}

/* Its owner can only be kept by one who may give files away. */
static bool keep_permissions(int file, const struct stat *old) {
    if (fchown(file, old->st_uid, old->st_gid))
        errno = 0;
    return fchmod(file, old->st_mode & 07777) == 0;
}

/* A new file with a name of its own, for free(); -1 with errno. */
static int create(char **created, int folder) {
    for (unsigned i = 0; i < 1000; i++) {
        struct buffer name = BUFFER_EMPTY;
        buffer_append_format(&name, ".scribelint-%ld-%u.tmp", (long)getpid(), i);
        int file = openat(folder, buffer_string(&name),
                          O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (file >= 0)
            *created = buffer_detach(&name);
        buffer_release(&name);
        if (file >= 0 || errno != EEXIST)
            return file;
    }
    return -1;
}

/* Writes a file that waits beside the one it will replace. Its name is left in `*waiting`. */
static bool fill(char **waiting, int folder, struct slice content, const struct stat *old) {
    int file = create(waiting, folder);
    bool done = file >= 0 && write_all(file, content) && keep_permissions(file, old);
    if (!done)
        close_quietly(file);
    return done && close(file) == 0;
}

/* False with errno; EBUSY when somebody else has written the file in the meantime. */
static bool prepare(char **waiting, const char *root, const struct disk_file *file) {
    struct buffer now = BUFFER_EMPTY;
    struct stat old;
    int folder = open_parent(root, file->path, false);
    bool done = read_in(&now, folder, file->path, &old);
    if (done && !slice_equal(buffer_slice(&now), file->before)) {
        errno = EBUSY;
        done = false;
    }
    buffer_release(&now);
    done = done && fill(waiting, folder, file->after, &old);
    close_quietly(folder);
    return done;
}

static bool take_place(char **waiting, const char *root, struct slice path) {
    char *name = copy(slice_file_name(path));
    int folder = open_parent(root, path, false);
    bool done = folder >= 0 && renameat(folder, *waiting, folder, name) == 0;
    close_quietly(folder);
    free(name);
    if (done) {
        free(*waiting);
        *waiting = NULL;
    }
    return done;
}

static void drop(char *waiting, const char *root, struct slice path) {
    int folder = waiting ? open_parent(root, path, false) : -1;
    if (folder >= 0) {
        unlinkat(folder, waiting, 0);
        close(folder);
    }
    free(waiting);
}

static const char *reason_of(int number) {
    return number == EBUSY ? "it was changed in the meantime" : strerror(number);
}

static int write_files(const char *root, const struct disk_file *files, size_t count,
                       struct error *error) {
    char **waiting = memory_allocate(count, sizeof *waiting); /* NULL: it has taken its place */
    int status = OK;
    size_t ready = 0, done = 0;
    while (status == OK && ready < count) {
        if (!prepare(&waiting[ready], root, &files[ready]))
            status =
                error_set(error, STATUS_UNDECIDED, "cannot write \"%.*s\": %s; nothing was changed",
                          SLICE_ARGUMENTS(files[ready].path), reason_of(errno));
        ready++;
    }
    for (; status == OK && done < count; done++)
        if (!take_place(&waiting[done], root, files[done].path))
            status = error_set(error, STATUS_UNDECIDED,
                               "cannot write \"%.*s\": %s; of %zu files %zu were mended before it",
                               SLICE_ARGUMENTS(files[done].path), reason_of(errno), count, done);
    for (size_t i = 0; i < ready; i++)
        drop(waiting[i], root, files[i].path);
    free(waiting);
    return status;
}

static bool move(const char *root, const struct disk_move *move) {
    int from = open_parent(root, move->from, false), to = open_parent(root, move->to, true);
    char *old_name = copy(slice_file_name(move->from)), *new_name = copy(slice_file_name(move->to));
    bool done = from >= 0 && to >= 0;
    if (done && !disk_is_free(root, move->to, move->from)) {
        errno = EEXIST;
        done = false;
    }
    done = done && renameat(from, old_name, to, new_name) == 0;
    close_quietly(from);
    close_quietly(to);
    free(old_name);
    free(new_name);
    return done;
}

int disk_write(const char *root, const struct disk_file *files, size_t file_count,
               const struct disk_move *moves, size_t move_count, struct error *error) {
    int status = write_files(root, files, file_count, error);
    for (size_t i = 0; status == OK && i < move_count; i++)
        if (!move(root, &moves[i]))
            status = error_set(
                error, STATUS_UNDECIDED,
                "cannot rename \"%.*s\" to \"%.*s\": %s; what stands before it is mended",
                SLICE_ARGUMENTS(moves[i].from), SLICE_ARGUMENTS(moves[i].to), strerror(errno));
    return status;
}

/* --- What is new ------------------------------------------------------------------------------ */

/* False with errno; the file is gone again then, unless it was there before. */
static bool make_file(int folder, const char *name, struct slice content, bool executable) {
    int file = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                      executable ? 0777 : 0666);
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

int disk_new_file(const char *root, struct slice path, struct slice content, bool executable,
                  struct error *error) {
    char *name = copy(slice_file_name(path));
    int folder = open_parent(root, path, true), status = OK;
    if (folder < 0 || !make_file(folder, name, content, executable))
        status = errno == EEXIST ? error_set(error, STATUS_USAGE, "\"%.*s\" is there already",
                                             SLICE_ARGUMENTS(path))
                                 : error_set(error, STATUS_UNDECIDED, "cannot make \"%.*s\": %s",
                                             SLICE_ARGUMENTS(path), strerror(errno));
    close_quietly(folder);
    free(name);
    return status;
}

int disk_new_folder(const char *root, struct slice path, struct error *error) {
    int folder = open_folder(root, path, true);
    if (folder < 0)
        return error_set(error, STATUS_UNDECIDED, "cannot make the folder \"%.*s\": %s",
                         SLICE_ARGUMENTS(path), strerror(errno));
    close(folder);
    return OK;
}
