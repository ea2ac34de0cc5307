#include "config/globs.h"

#include "base/memory.h"

#include <stdlib.h>

int glob_list_compile(struct glob_list *globs, const struct text_list *texts,
                      const struct yaml_file *file, struct error *error) {
    globs->patterns = memory_allocate(texts->count, sizeof(struct pattern *));
    globs->count = 0;
    for (size_t i = 0; i < texts->count; i++) {
        if (slice_starts_with(texts->items[i], "/") || slice_starts_with(texts->items[i], "./"))
            return yaml_file_error(file, texts->nodes[i], error,
                                   "paths begin at the root of the repository, without \"/\" or "
                                   "\"./\" before them");
        struct error bad = ERROR_NONE;
        if (pattern_compile_glob(&globs->patterns[i], texts->items[i], &bad) != OK) {
            yaml_file_error(file, texts->nodes[i], error, "%s", error_message(&bad));
            error_release(&bad);
            return STATUS_USAGE;
        }
        globs->count++;
    }
    return OK;
}

void glob_list_release(struct glob_list *globs) {
    for (size_t i = 0; i < globs->count; i++)
        pattern_free(globs->patterns[i]);
    free(globs->patterns);
    *globs = (struct glob_list){0};
}

bool glob_list_matches(const struct glob_list *globs, struct slice path) {
    for (size_t i = 0; i < globs->count; i++)
        if (pattern_matches(globs->patterns[i], path))
            return true;
    return false;
}
