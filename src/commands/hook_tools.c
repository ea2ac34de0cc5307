#include "commands/hook_tools.h"

#include "base/buffer.h"
#include "base/memory.h"

#include <unistd.h>

static const struct hook_tool tools[] = {
    {"pre-commit", "the pre-commit framework's",
     "add scribelint to .pre-commit-config.yaml: docs/hooks.md has the lines", "pre-commit.com",
     ".pre-commit-config.yaml", false},
    {"Lefthook", "Lefthook's",
     "have lefthook.yml run, for each of its hooks: scribelint hook run NAME {0}; docs/hooks.md "
     "has "
     "the lines",
     "lefthook", "lefthook.yml", true},
    {"husky", "husky's",
     "put into .husky/pre-commit, .husky/pre-merge-commit and .husky/pre-push a line: scribelint "
     "hook run NAME \"$@\"",
     "husky", ".husky", true},
    {"Overcommit", "Overcommit's",
     "have .overcommit.yml run, for each of its hooks: scribelint hook run NAME", "overcommit",
     ".overcommit.yml", true},
    {"simple-git-hooks", "simple-git-hooks'",
     "have package.json run, for each of its hooks: scribelint hook run NAME", "simple-git-hooks",
     ".simple-git-hooks.json", true},
};

enum { HUSKY = 2 };

const struct hook_tool *hook_tool_of_script(struct slice text) {
    for (size_t i = 0; i < COUNT_OF(tools); i++)
        if (slice_find(text, tools[i].mark, 0) != SLICE_NOT_FOUND)
            return &tools[i];
    return NULL;
}

/* It holds the files that husky writes, or the users' own that it calls. */
const struct hook_tool *hook_tool_of_folder(const char *folder) {
    bool husky = slice_ends_with(slice_of(folder), "/.husky") ||
                 slice_ends_with(slice_of(folder), "/.husky/_");
    return husky ? &tools[HUSKY] : NULL;
}

const struct hook_tool *hook_tool_to_come(const char *root) {
    const struct hook_tool *found = NULL;
    for (size_t i = 0; i < COUNT_OF(tools) && !found; i++) {
        struct buffer path = BUFFER_EMPTY;
        buffer_append_format(&path, "%s/%s", root, tools[i].file);
        if (tools[i].moves_others && access(buffer_string(&path), F_OK) == 0)
            found = &tools[i];
        buffer_release(&path);
    }
    return found;
}
