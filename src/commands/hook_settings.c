#include "commands/hook_settings.h"

#include "git/hooks.h"
#include "git/program.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NEEDED_MAJOR = 2, NEEDED_MINOR = 54 };

char *hook_settings_folder(struct repository *repository) {
    struct buffer folder = BUFFER_EMPTY;
    char *common = repository_common_folder(repository);
    buffer_append_format(&folder, "%s/scribelint", common);
    free(common);
    return buffer_detach(&folder);
}

int hook_settings_can_install(struct error *error) {
    struct buffer version = BUFFER_EMPTY;
    bool can = false;
    int status = git_program_is_at_least(&can, NEEDED_MAJOR, NEEDED_MINOR, &version, error);
    if (status == OK && !can)
        status = error_set(error, STATUS_USAGE,
                           "hooks by configuration need Git %d.%d, and this is %s; leave out "
                           "--config",
                           NEEDED_MAJOR, NEEDED_MINOR, buffer_string(&version));
    buffer_release(&version);
    return status;
}

static void append_name(struct buffer *name, const struct hook_file *file, const char *key) {
    buffer_append_format(name, "hook.scribelint-%s%s", file->name, key);
}

/* Git hands the command to a shell. */
static void append_command(struct buffer *command, const char *path) {
    buffer_append_byte(command, '\'');
    for (; *path; path++)
        buffer_append_string(command, *path == '\'' ? "'\\''" : (char[]){*path, '\0'});
    buffer_append_byte(command, '\'');
}

static int set(struct repository *repository, const struct hook_file *file, const char *key,
               const char *value, bool *changed, struct error *error) {
    struct buffer name = BUFFER_EMPTY;
    append_name(&name, file, key);
    char *now = repository_setting(repository, buffer_string(&name));
    const char *const arguments[] = {"config", "--local", "--replace-all", buffer_string(&name),
                                     value,    NULL};
    bool same = now && !strcmp(now, value);
    int status = same ? OK : git_program_run(arguments, NULL, NULL, error);
    *changed = *changed || !same;
    free(now);
    buffer_release(&name);
    return status;
}

int hook_settings_install(struct repository *repository, const struct hook_files *files,
                          struct buffer *told, struct error *error) {
    int status = hook_files_install(files, told, error);
    bool changed = false;
    for (size_t i = 0; i < files->count && status == OK; i++) {
        const struct hook_file *file = &files->items[i];
        struct buffer command = BUFFER_EMPTY;
        append_command(&command, file->path);
        status = set(repository, file, ".event", file->name, &changed, error);
        if (status == OK)
            status = set(repository, file, ".command", buffer_string(&command), &changed, error);
        buffer_release(&command);
    }
    if (status == OK)
        buffer_append_string(told, changed ? "  hook.scribelint-* set in Git's configuration\n"
                                           : "  hook.scribelint-* are set already\n");
    return status;
}

static bool is_there(struct repository *repository, const struct hook_file *file) {
    struct buffer name = BUFFER_EMPTY;
    append_name(&name, file, ".event");
    char *value = repository_setting(repository, buffer_string(&name));
    bool there = value != NULL;
    buffer_release(&name);
    free(value);
    return there;
}

bool hook_settings_are_there(struct repository *repository, const struct hook_files *files) {
    for (size_t i = 0; i < files->count; i++)
        if (is_there(repository, &files->items[i]))
            return true;
    return false;
}

int hook_settings_uninstall(struct repository *repository, const struct hook_files *files,
                            struct buffer *told, struct error *error) {
    int status = OK;
    for (size_t i = 0; i < files->count && status == OK; i++) {
        struct buffer name = BUFFER_EMPTY;
        append_name(&name, &files->items[i], "");
        const char *const arguments[] = {"config", "--local", "--remove-section",
                                         buffer_string(&name), NULL};
        if (is_there(repository, &files->items[i]))
            status = git_program_run(arguments, NULL, NULL, error);
        buffer_release(&name);
    }
    if (status == OK)
        status = hook_files_uninstall(files, told, error);
    if (status == OK) {
        rmdir(files->folder); /* stays when something else is in it */
        buffer_append_string(told, "  hook.scribelint-* removed from Git's configuration\n");
    }
    return status;
}
