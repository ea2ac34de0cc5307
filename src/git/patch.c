#include "git/patch.h"

#include "git/internal.h"

#include <string.h>

enum { LARGEST_TEXT = 64 * 1024 * 1024 };

/* One of the two files. */
struct version {
    struct slice path;
    struct entry entry;
    unsigned mode;
    struct buffer content;
};

static unsigned find_mode(const struct snapshot *snapshot, const char *path) {
    unsigned mode = 0;
    git_tree_entry *found = NULL;
    if (snapshot->index) {
        const git_index_entry *entry = git_index_get_bypath(snapshot->index, path, 0);
        mode = entry ? entry->mode : 0;
    } else if (snapshot->tree && !git_tree_entry_bypath(&found, snapshot->tree, path)) {
        mode = git_tree_entry_filemode(found);
    }
    git_tree_entry_free(found);
    return mode;
}

static void find_version(struct version *version, const struct snapshot *snapshot,
                         struct slice path) {
    struct buffer name = BUFFER_EMPTY;
    buffer_append_slice(&name, path);
    *version = (struct version){.path = path, .entry = snapshot_find(snapshot, path)};
    version->mode = find_mode(snapshot, buffer_string(&name));
    buffer_release(&name);
}

static int read_version(struct version *version, const struct snapshot *snapshot,
                        struct error *error) {
    return snapshot_read(snapshot, version->path, LARGEST_TEXT, &version->content, error);
}

static const char *find_escape(unsigned char byte) {
    static const char bytes[] = "\a\b\t\n\v\f\r\"\\";
    static const char *const escapes[] = {"\\a", "\\b", "\\t",  "\\n", "\\v",
                                          "\\f", "\\r", "\\\"", "\\\\"};
    const char *at = byte ? strchr(bytes, byte) : NULL;
    return at ? escapes[at - bytes] : NULL;
}

static bool needs_quotes(struct slice path) {
    for (size_t i = 0; i < path.size; i++) {
        unsigned char byte = (unsigned char)path.data[i];
        if (byte < ' ' || byte >= 0x7F || byte == '"' || byte == '\\')
            return true;
    }
    return false;
}

/* As in a C string where it has to be, the way of core.quotePath. */
static void append_path(struct buffer *patch, const char *prefix, struct slice path) {
    bool quotes = needs_quotes(path);
    buffer_append_format(patch, "%s%s", quotes ? "\"" : "", prefix);
    for (size_t i = 0; i < path.size; i++) {
        unsigned char byte = (unsigned char)path.data[i];
        const char *escape = find_escape(byte);
        if (escape)
            buffer_append_string(patch, escape);
        else if (byte < ' ' || byte >= 0x7F)
            buffer_append_format(patch, "\\%03o", (unsigned)byte);
        else
            buffer_append_byte(patch, path.data[i]);
    }
    buffer_append_string(patch, quotes ? "\"" : "");
}

static void append_line(struct buffer *patch, const char *start, const char *prefix,
                        struct slice path, bool ends_name) {
    buffer_append_string(patch, start);
    append_path(patch, prefix, path);
    /* What else may stand behind a name in such a line begins with a tab. */
    if (ends_name && !needs_quotes(path) && slice_find(path, " ", 0) != SLICE_NOT_FOUND)
        buffer_append_byte(patch, '\t');
    buffer_append_byte(patch, '\n');
}

/* In percent; what is the same in both, by lines. */
static size_t similarity(git_patch *changes, size_t old_size, size_t new_size) {
    size_t deleted = 0, larger = old_size > new_size ? old_size : new_size;
    for (size_t hunk = 0; hunk < git_patch_num_hunks(changes); hunk++) {
        int count = git_patch_num_lines_in_hunk(changes, hunk);
        const git_diff_line *line;
        for (int i = 0; i < count; i++)
            if (!git_patch_get_line_in_hunk(&line, changes, hunk, (size_t)i) &&
                line->origin == GIT_DIFF_LINE_DELETION)
                deleted += line->content_len;
    }
    if (!git_patch_num_hunks(changes) || !larger)
        return 100;
    size_t kept = deleted < old_size ? old_size - deleted : 0;
    size_t percent = kept * 100 / larger;
    return percent > 99 ? 99 : percent;
}

static void append_headers(struct buffer *patch, const struct version *old,
                           const struct version *new, git_patch *changes) {
    bool renamed = !slice_equal(old->path, new->path);
    buffer_append_string(patch, "diff --git ");
    append_path(patch, "a/", old->path);
    append_line(patch, " ", "b/", new->path, false);
    if (renamed) {
        buffer_append_format(patch, "similarity index %zu%%\n",
                             similarity(changes, old->content.size, new->content.size));
        append_line(patch, "rename from ", "", old->path, false);
        append_line(patch, "rename to ", "", new->path, false);
    }
    if (!git_patch_num_hunks(changes))
        return;
    buffer_append_format(patch, "index %s..%s %06o\n", old->entry.blob_id, new->entry.blob_id,
                         old->mode);
    append_line(patch, "--- ", "a/", old->path, true);
    append_line(patch, "+++ ", "b/", new->path, true);
}

static int append_hunk(struct buffer *patch, git_patch *changes, size_t at) {
    const git_diff_hunk *hunk;
    const git_diff_line *line;
    int code = git_patch_get_hunk(&hunk, NULL, changes, at);
    int count = git_patch_num_lines_in_hunk(changes, at);
    if (!code)
        buffer_append(patch, hunk->header, hunk->header_len);
    for (int i = 0; !code && i < count; i++) {
        code = git_patch_get_line_in_hunk(&line, changes, at, (size_t)i);
        if (code)
            break;
        if (line->origin == GIT_DIFF_LINE_CONTEXT || line->origin == GIT_DIFF_LINE_ADDITION ||
            line->origin == GIT_DIFF_LINE_DELETION)
            buffer_append_byte(patch, line->origin);
        buffer_append(patch, line->content, line->content_len);
    }
    return code;
}

static int append_changes(struct buffer *patch, const struct version *old,
                          const struct version *new) {
    git_diff_options options;
    git_patch *changes = NULL;
    git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.flags = GIT_DIFF_FORCE_TEXT;
    int code =
        git_patch_from_buffers(&changes, buffer_string(&old->content), old->content.size, NULL,
                               buffer_string(&new->content), new->content.size, NULL, &options);
    if (!code)
        append_headers(patch, old, new, changes);
    for (size_t i = 0; !code && i < git_patch_num_hunks(changes); i++)
        code = append_hunk(patch, changes, i);
    git_patch_free(changes);
    return code;
}

int patch_append(struct buffer *patch, const struct snapshot *from, struct slice old_path,
                 const struct snapshot *to, struct slice new_path, struct error *error) {
    struct version old = {0}, new = {0};
    find_version(&old, from, old_path);
    find_version(&new, to, new_path);
    if (old.entry.kind != ENTRY_FILE || new.entry.kind != ENTRY_FILE)
        return STATUS_NOT_FOUND;
    bool moved = !slice_equal(old_path, new_path);
    /* What only moves is not read: it may be large, or not be text. */
    bool changed = strcmp(old.entry.blob_id, new.entry.blob_id) != 0;
    int status = changed ? read_version(&old, from, error) : OK;
    if (status == OK && changed)
        status = read_version(&new, to, error);
    if (status == OK && (moved || changed) && append_changes(patch, &old, &new))
        status = error_set(error, STATUS_UNDECIDED, "cannot compare the lines: %s", git_detail());
    buffer_release(&old.content);
    buffer_release(&new.content);
    return status == STATUS_TOO_LARGE ? STATUS_UNDECIDED : status;
}
