#include "git/content_id.h"

#include "base/memory.h"
#include "git/internal.h"

#include <string.h>

/* Of no entries: `git hash-object -t tree /dev/null`. */
static const char empty_tree_id[OBJECT_ID_SIZE] = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/* `git hash-object /dev/null`; repositories with SHA-256 are not opened, see repository_open(). */
static const char empty_blob_id[] = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";

/* It fails for want of memory only. */
void content_hash(char id[OBJECT_ID_SIZE], struct slice content) {
    git_oid oid;
    if (git_odb_hash(&oid, content.data ? content.data : "", content.size, GIT_OBJECT_BLOB))
        memory_exhausted();
    git_oid_tostr(id, OBJECT_ID_SIZE, &oid);
}

bool content_is_empty(const char *blob_id) {
    return slice_equal_string(slice_of(blob_id), empty_blob_id);
}

bool snapshot_tree_id(char id[OBJECT_ID_SIZE], const struct snapshot *snapshot) {
    if (snapshot->index)
        return false;
    if (snapshot->tree)
        git_oid_tostr(id, OBJECT_ID_SIZE, git_tree_id(snapshot->tree));
    else
        memcpy(id, empty_tree_id, OBJECT_ID_SIZE);
    return true;
}
