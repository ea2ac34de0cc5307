/* YAML as a tree with positions. */
#include "walk.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena = ARENA_EMPTY;
    struct yaml_problem problem = {0};
    struct yaml_node *root = NULL;
    if (yaml_parse(&root, (struct slice){(const char *)data, size}, &arena, &problem) == OK)
        walk_yaml(root, size);
    else
        require(*problem.message && problem.offset <= size);
    arena_release(&arena);
    return 0;
}
