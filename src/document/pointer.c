#include "document/pointer.h"

/* `version` is the first line, whatever else there is; the one before Git LFS 1.0 is read as well.
 */
bool is_lfs_pointer(struct slice bytes) {
    bool version = slice_starts_with(bytes, "version https://git-lfs.github.com/spec/v1\n") ||
                   slice_starts_with(bytes, "version https://hawser.github.com/spec/v1\n");
    return version && bytes.size < LFS_POINTER_LIMIT &&
           slice_find(bytes, "\noid ", 0) != SLICE_NOT_FOUND &&
           slice_find(bytes, "\nsize ", 0) != SLICE_NOT_FOUND;
}
