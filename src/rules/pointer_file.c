#include "rules/pointer_file.h"

#include "document/pointer.h"

bool is_pointer_file(const struct snapshot *snapshot, struct slice path) {
    struct error error = ERROR_NONE;
    struct buffer content = BUFFER_EMPTY;
    int status = snapshot_read(snapshot, path, LFS_POINTER_LIMIT, &content, &error);
    bool pointer = status == OK && is_lfs_pointer(buffer_slice(&content));
    error_release(&error);
    buffer_release(&content);
    return pointer;
}
