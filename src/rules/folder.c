/* Rule files of a course, read from a folder on disk. */
#include "base/memory.h"
#include "rules/rule.h"
#include "text/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_RULE_FILE = 1024 * 1024 };

static int is_rule_file(const struct dirent *entry) {
    struct slice name = slice_of(entry->d_name);
    return *entry->d_name != '.' &&
           (slice_ends_with(name, ".yml") || slice_ends_with(name, ".yaml"));
}

static int add_file(struct rule_set *set, const char *path, struct error *error) {
    struct buffer content = BUFFER_EMPTY;
    int status = file_read(&content, path, LARGEST_RULE_FILE, error);
    if (status == OK)
        status = rule_set_add_copy(set, path, buffer_slice(&content), error);
    buffer_release(&content);
    return status;
}

static int add_files(struct rule_set *set, const char *folder, struct error *error) {
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_rule_file, alphasort);
    int status = OK;
    if (count < 0)
        return error_set(error, STATUS_USAGE, "cannot read the folder \"%s\": %s", folder,
                         strerror(errno));
    if (!count)
        status = error_set(error, STATUS_USAGE, "there is no *.yml file in \"%s\"", folder);
    for (int i = 0; i < count; i++) {
        struct buffer path = BUFFER_EMPTY;
        buffer_append_format(&path, "%s/%s", folder, entries[i]->d_name);
        if (status == OK)
            status = add_file(set, buffer_string(&path), error);
        buffer_release(&path);
        free(entries[i]);
    }
    free(entries);
    return status;
}

/* Beside the built-in rules, where they will be used. */
static int try_files(const char *folder, struct error *error) {
    struct rule_set all = {0};
    int status = rule_set_add_builtin_brief(&all, error);
    if (status == OK)
        status = add_files(&all, folder, error);
    rule_set_release(&all);
    return status;
}

int rule_set_add_folder(struct rule_set *set, const char *folder, struct error *error) {
    int status = set->count ? OK : try_files(folder, error);
    return status == OK ? add_files(set, folder, error) : status;
}
