#include "commands/hook_files.h"

#include "base/memory.h"
#include "commands/disk.h"
#include "commands/hook_tools.h"
#include "report/safe.h"
#include "text/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST_HOOK = 1024 * 1024 };

static const char kept_suffix[] = ".before-scribelint";

static const char add_line[] = "have it call this, with its arguments: scribelint hook run ";

static void set_foreign(struct hook_file *file, const char *why, const char *advice) {
    file->state = HOOK_FOREIGN;
    file->why = why;
    file->advice = advice;
}

/* One that looks at the name it was called by would do another thing under another name. */
static bool depends_on_name(struct slice text) {
    if (slice_find(text, "${0##", 0) != SLICE_NOT_FOUND)
        return true;
    for (size_t at = 0; (at = slice_find(text, "basename", at)) != SLICE_NOT_FOUND; at++) {
        size_t zero = slice_find(text, "$0", at), end = slice_find(text, "\n", at);
        if (zero < end)
            return true;
    }
    return false;
}

static void judge(struct hook_file *file, struct slice text) {
    file->state = HOOK_OTHER;
    if (hook_script_is_ours(text)) {
        bool whole = hook_script_is_as_written(text);
        bool same = file->runs && slice_equal_string(text, file->text);
        file->state = same ? HOOK_OURS : whole ? HOOK_OLD : HOOK_CHANGED;
        return;
    }
    const struct hook_tool *tool = hook_tool_of_script(text);
    if (tool)
        set_foreign(file, tool->whose, tool->advice);
    else if (text.size && memchr(text.data, '\0', text.size))
        set_foreign(file, "a program and no script", add_line);
    else if (depends_on_name(text))
        set_foreign(file, "a script that goes by its own name", add_line);
    else if (file->has_kept)
        set_foreign(file, "not scribelint's, and beside it is one that was kept before",
                    "see which of the two is needed, and delete the other");
}

static int read_state(struct hook_file *file, struct error *error) {
    struct stat found;
    struct buffer text = BUFFER_EMPTY;
    file->has_kept = lstat(file->kept, &found) == 0;
    if (lstat(file->path, &found) != 0)
        return errno == ENOENT || errno == ENOTDIR
                   ? OK
                   : error_set(error, STATUS_UNDECIDED, "cannot look at \"%s\": %s", file->path,
                               strerror(errno));
    if (stat(file->path, &found) != 0 || !S_ISREG(found.st_mode)) {
        set_foreign(file, "no file that could be called", "see what it is, and move it away");
        return OK;
    }
    file->runs = access(file->path, X_OK) == 0;
    if (found.st_size > LARGEST_HOOK) {
        set_foreign(file, "a program and no script", add_line);
        return OK;
    }
    int status = file_read(&text, file->path, LARGEST_HOOK, error);
    if (status == OK)
        judge(file, buffer_slice(&text));
    buffer_release(&text);
    return status;
}

static char *join(const char *folder, const char *name, const char *suffix) {
    struct buffer path = BUFFER_EMPTY;
    buffer_append_format(&path, "%s/%s%s", folder, name, suffix);
    return buffer_detach(&path);
}

int hook_files_read(struct hook_files *files, const char *folder, const char *program,
                    struct error *error) {
    int status = OK;
    size_t count = 0;
    while (hook_scripts[count].name)
        count++;
    *files = (struct hook_files){memory_allocate(count, sizeof *files->items), count, folder};
    for (size_t i = 0; i < count && status == OK; i++) {
        struct hook_file *file = &files->items[i];
        struct buffer text = BUFFER_EMPTY;
        file->name = hook_scripts[i].name;
        hook_script_append(&text, &hook_scripts[i], program);
        file->text = buffer_detach(&text);
        file->path = join(folder, file->name, "");
        file->kept = join(folder, file->name, kept_suffix);
        status = read_state(file, error);
    }
    return status;
}

void hook_files_release(struct hook_files *files) {
    for (size_t i = 0; i < files->count; i++) {
        free(files->items[i].text);
        free(files->items[i].path);
        free(files->items[i].kept);
    }
    free(files->items);
    *files = (struct hook_files){0};
}

int hook_files_can_install(const struct hook_files *files, struct error *error) {
    for (size_t i = 0; i < files->count; i++) {
        const struct hook_file *file = &files->items[i];
        if (file->state == HOOK_FOREIGN)
            return error_set(error, STATUS_USAGE,
                             "the hook \"%s\" is %s, so nothing was installed; %s%s", file->path,
                             file->why, file->advice, file->advice == add_line ? file->name : "");
        if (file->state == HOOK_CHANGED)
            return error_set(error, STATUS_USAGE,
                             "the hook \"%s\" is scribelint's, but was changed by hand, so "
                             "nothing was installed; move the lines of your own into a script "
                             "\"%s\", which is called first, delete the hook, and install again",
                             file->path, file->kept);
    }
    return OK;
}

static int explain(const char *doing, const char *path, struct error *error) {
    return error_set(error, STATUS_UNDECIDED, "cannot %s \"%s\": %s", doing, path, strerror(errno));
}

/* The new one is whole before the one that is there is moved. */
static int install(const struct hook_file *file, const char *folder, struct error *error) {
    struct buffer name = BUFFER_EMPTY;
    buffer_append_format(&name, "%s.scribelint-%ld", file->path, (long)getpid());
    const char *fresh = buffer_string(&name);
    bool keep = file->state == HOOK_OTHER;
    int status =
        disk_new_file(folder, slice_file_name(slice_of(fresh)), slice_of(file->text), true, error);
    if (status != OK)
        error_prefix(error, "in \"%s\": ", folder);
    if (status == OK && keep && rename(file->path, file->kept)) {
        status = explain("rename", file->path, error);
        unlink(fresh);
    } else if (status == OK && rename(fresh, file->path)) {
        status = explain("write", file->path, error);
        if (keep)
            rename(file->kept, file->path);
        unlink(fresh);
    }
    buffer_release(&name);
    return status;
}

static void tell(struct buffer *told, const struct hook_file *file, const char *what,
                 const char *more) {
    buffer_append_format(told, "  %-17s %s%s\n", file->name, what, more);
}

static const char *tell_kept(const struct hook_file *file) {
    bool calls = access(file->kept, X_OK) == 0;
    if (!calls && !file->has_kept && file->state != HOOK_OTHER)
        return "";
    return calls ? "; what was there is kept as *.before-scribelint and called first"
                 : "; what was there is kept as *.before-scribelint (not executable, so Git did "
                   "not run it)";
}

static int make_folder(const char *folder, struct error *error) {
    return mkdir(folder, 0777) == 0 || errno == EEXIST ? OK : explain("make", folder, error);
}

int hook_files_install(const struct hook_files *files, struct buffer *told, struct error *error) {
    int status = make_folder(files->folder, error);
    for (size_t i = 0; i < files->count && status == OK; i++) {
        const struct hook_file *file = &files->items[i];
        if (file->state == HOOK_OURS) {
            tell(told, file, "is installed already", tell_kept(file));
            continue;
        }
        status = install(file, files->folder, error);
        if (status == OK)
            tell(told, file, file->state == HOOK_OLD ? "written anew" : "installed",
                 tell_kept(file));
    }
    return status;
}

static int uninstall(const struct hook_file *file, struct buffer *told, struct error *error) {
    bool ours = file->state == HOOK_OURS || file->state == HOOK_OLD;
    if (file->state == HOOK_CHANGED) {
        tell(told, file, "was changed by hand; left alone, delete it yourself", "");
    } else if (!ours && file->state != HOOK_ABSENT) {
        tell(told, file, "is not scribelint's; left alone", "");
    } else if (file->has_kept) {
        if (rename(file->kept, file->path))
            return explain("rename", file->kept, error);
        tell(told, file, "removed; what was there before is back", "");
    } else if (ours) {
        if (unlink(file->path))
            return explain("delete", file->path, error);
        tell(told, file, "removed", "");
    } else {
        tell(told, file, "was not installed", "");
    }
    return OK;
}

int hook_files_uninstall(const struct hook_files *files, struct buffer *told, struct error *error) {
    int status = OK;
    for (size_t i = 0; i < files->count && status == OK; i++)
        status = uninstall(&files->items[i], told, error);
    return status;
}

static const char *tell_more(const struct hook_file *file) {
    if (file->state == HOOK_OLD)
        return file->runs ? "by another version, or for a program elsewhere: renew it with "
                            "scribelint hook install"
                          : "not executable, so Git does not run it: mend it with scribelint hook "
                            "install";
    return file->state == HOOK_FOREIGN ? file->why
           : file->state == HOOK_OURS  ? tell_kept(file)
                                       : "";
}

bool hook_files_describe(const struct hook_files *files, struct buffer *told) {
    static const char *const words[] = {
        [HOOK_ABSENT] = "not installed",
        [HOOK_OURS] = "installed",
        [HOOK_OLD] = "installed, but ",
        [HOOK_CHANGED] = "installed, but changed by hand: scribelint hook install says what to do",
        [HOOK_OTHER] = "not installed; a hook of yours is there",
        [HOOK_FOREIGN] = "not installed; what is there is ",
    };
    bool all = true;
    for (size_t i = 0; i < files->count; i++) {
        const struct hook_file *file = &files->items[i];
        tell(told, file, words[file->state], tell_more(file));
        all = all && file->state == HOOK_OURS;
    }
    return all;
}
