#include "commands/init_place.h"

#include "commands/disk.h"

#include <sys/stat.h>

int init_place_find(struct init_place *place, const struct repository *repository,
                    struct error *error) {
    struct buffer path = BUFFER_EMPTY;
    struct stat found;
    place->root = repository_root(repository);
    if (!place->root)
        return error_set(error, STATUS_USAGE,
                         "this repository has no working tree to write to; scribelint init "
                         "--stdout prints what would be written");
    buffer_append_format(&path, "%s/%s", place->root, place->path);
    place->there = lstat(buffer_string(&path), &found) == 0;
    buffer_release(&path);
    if (place->there && !S_ISREG(found.st_mode))
        return error_set(error, STATUS_USAGE, "%s is there and no file; move it away", place->path);
    return OK;
}

int init_place_refuse(const struct init_place *place, struct error *error) {
    return error_set(error, STATUS_USAGE,
                     "%s is there already; --force writes over it, --stdout prints what it "
                     "would be",
                     place->path);
}

int init_place_write(const struct init_place *place, struct slice text, struct error *error) {
    const struct slice path = slice_of(place->path);
    struct buffer before = BUFFER_EMPTY;
    if (!place->there)
        return disk_new_file(place->root, path, text, false, error);
    int status = disk_read(&before, place->root, path, error);
    if (status == OK) {
        const struct disk_file file = {path, buffer_slice(&before), text};
        status = disk_write(place->root, &file, 1, NULL, 0, error);
    }
    buffer_release(&before);
    return status;
}
