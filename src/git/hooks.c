#include "git/hooks.h"

#include "base/memory.h"
#include "git/internal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char HOOKS_PATH[] = "core.hooksPath";

static char *without_slashes(const char *path) {
    char *copy = memory_copy_string(path);
    for (size_t size = strlen(copy); size > 1 && copy[size - 1] == '/'; size--)
        copy[size - 1] = '\0';
    return copy;
}

char *repository_common_folder(struct repository *repository) {
    return without_slashes(git_repository_commondir(repository->git));
}

/* libgit2 looks for the user's file where HOME says; Git asks this variable first. */
static git_config *open_settings(struct repository *repository) {
    git_config *settings = NULL, *snapshot = NULL;
    const char *global = git_environment("GIT_CONFIG_GLOBAL");
    if (git_repository_config(&settings, repository->git))
        return NULL;
    if (global)
        git_config_add_file_ondisk(settings, global, GIT_CONFIG_LEVEL_GLOBAL, NULL, 1);
    git_config_snapshot(&snapshot, settings);
    git_config_free(settings);
    return snapshot;
}

char *repository_setting(struct repository *repository, const char *name) {
    git_config *settings = open_settings(repository);
    const char *value = NULL;
    char *copy = NULL;
    if (settings && git_config_get_string(&value, settings, name) == 0)
        copy = memory_copy_string(value);
    git_config_free(settings);
    return copy;
}

int repository_setting_is_true(bool *value, struct repository *repository, const char *name,
                               struct error *error) {
    git_config *settings = open_settings(repository);
    int is_true = 0, status = OK;
    int code = settings ? git_config_get_bool(&is_true, settings, name) : GIT_ENOTFOUND;
    if (code && code != GIT_ENOTFOUND)
        status = error_set(error, STATUS_USAGE,
                           "%s in Git's configuration takes true or false; set it with: "
                           "git config %s false",
                           name, name);
    *value = is_true != 0;
    git_config_free(settings);
    return status;
}

/* The path without links, of which the last parts need not be there yet. For free(). */
static char *resolve(const char *path) {
    char *real = realpath(path, NULL);
    const char *slash = strrchr(path, '/');
    if (real || !slash || slash == path)
        return real ? real : memory_copy_string(path);
    char *parent = memory_copy_string(path);
    parent[slash - path] = '\0';
    char *folder = resolve(parent);
    struct buffer whole = BUFFER_EMPTY;
    buffer_append_format(&whole, "%s%s", strcmp(folder, "/") ? folder : "", slash);
    free(folder);
    free(parent);
    return buffer_detach(&whole);
}

static bool is_below(const char *path, const char *folder) {
    size_t size = strlen(folder);
    return size && !strncmp(path, folder, size) &&
           (path[size] == '/' || !path[size] || folder[size - 1] == '/');
}

static bool is_below_resolved(const char *path, const char *folder) {
    char *real = resolve(folder);
    bool below = is_below(path, real);
    free(real);
    return below;
}

static void locate(struct hooks_place *place, struct repository *repository) {
    char *common = repository_common_folder(repository);
    char *own = without_slashes(git_repository_path(repository->git));
    char *real = resolve(place->folder);
    bool in_git = is_below_resolved(real, common) || is_below_resolved(real, own);
    place->in_work_tree = !in_git && repository->root && is_below(real, repository->root);
    place->outside = !in_git && !place->in_work_tree;
    free(real);
    free(own);
    free(common);
}

static int refuse(const struct hooks_place *place, const char *why, struct error *error) {
    return error_set(error, STATUS_USAGE,
                     "core.hooksPath is \"%s\", %s; see where it is set with: "
                     "git config --show-origin core.hooksPath",
                     place->setting, why);
}

/* `~` and `~user` are Git's to expand; a relative path starts where Git runs the hooks. */
static int read_hooks_path(struct hooks_place *place, struct repository *repository,
                           struct error *error) {
    git_config *settings = open_settings(repository);
    git_buf path = {0};
    int code = settings ? git_config_get_path(&path, settings, HOOKS_PATH) : GIT_ENOTFOUND;
    const char *start = repository->root ? repository->root : git_repository_path(repository->git);
    struct buffer folder = BUFFER_EMPTY;
    struct stat found;
    git_config_free(settings);
    if (code == 0 && *path.ptr) {
        if (*path.ptr != '/')
            buffer_append_format(&folder, "%s/", start);
        buffer_append_string(&folder, path.ptr);
        place->folder = without_slashes(buffer_string(&folder));
    }
    git_buf_dispose(&path);
    buffer_release(&folder);
    if (!place->folder)
        return refuse(place, "which names no folder", error);
    if (stat(place->folder, &found) == 0 && !S_ISDIR(found.st_mode))
        return refuse(place, "which is no folder, so that Git runs no hooks at all", error);
    return OK;
}

int hooks_find(struct hooks_place *place, struct repository *repository, struct error *error) {
    *place = (struct hooks_place){.setting = repository_setting(repository, HOOKS_PATH)};
    int status = OK;
    if (place->setting) {
        status = read_hooks_path(place, repository, error);
    } else {
        struct buffer folder = BUFFER_EMPTY;
        char *common = repository_common_folder(repository);
        buffer_append_format(&folder, "%s/hooks", common);
        place->folder = buffer_detach(&folder);
        free(common);
    }
    if (status == OK)
        locate(place, repository);
    return status;
}

void hooks_place_release(struct hooks_place *place) {
    free(place->folder);
    free(place->setting);
    *place = (struct hooks_place){0};
}
