/*
 * The least that a program on libgit2 can do, to measure scribelint against:
 *
 *     bare_libgit2 staged   opens the repository, compares HEAD with the index, prints the names
 *     bare_libgit2 parse    reads every Markdown file of HEAD, parses its front matter with libyaml
 *                           and the rest with cmark, frees both, and prints how many there were
 */
#include <cmark.h>
#include <git2.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

struct totals {
    git_repository *repository;
    size_t files, bytes, values, nodes;
};

static int print_name(const git_diff_delta *delta, float progress, void *context) {
    (void)progress;
    (void)context;
    return puts(delta->new_file.path) < 0;
}

static int list_staged(git_repository *repository, git_tree *tree) {
    git_diff *diff = NULL;
    git_index *index = NULL;
    int code = git_repository_index(&index, repository);
    if (!code)
        code = git_diff_tree_to_index(&diff, repository, tree, index, NULL);
    if (!code)
        code = git_diff_foreach(diff, print_name, NULL, NULL, NULL, NULL);
    git_diff_free(diff);
    git_index_free(index);
    return code;
}

static void count_values(struct totals *totals, const char *text, size_t size) {
    yaml_parser_t parser;
    yaml_event_t event;
    bool goes_on = yaml_parser_initialize(&parser);
    if (!goes_on)
        return;
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, size);
    while (goes_on && yaml_parser_parse(&parser, &event)) {
        totals->values += event.type == YAML_SCALAR_EVENT;
        goes_on = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

static void count_nodes(struct totals *totals, const char *text, size_t size) {
    cmark_node *root = cmark_parse_document(text, size, CMARK_OPT_SOURCEPOS);
    cmark_iter *iterator = cmark_iter_new(root);
    while (cmark_iter_next(iterator) != CMARK_EVENT_DONE)
        totals->nodes++;
    cmark_iter_free(iterator);
    cmark_node_free(root);
}

/* Where the text behind the front matter begins; 0 when there is none. */
static size_t body_start(const char *text, size_t size) {
    const char *end = size > 4 && !memcmp(text, "---\n", 4) ? memmem(text, size, "\n---\n", 5) : 0;
    return end ? (size_t)(end - text) + 5 : 0;
}

static int parse_entry(const char *folder, const git_tree_entry *entry, void *context) {
    struct totals *totals = context;
    const char *ending = strrchr(git_tree_entry_name(entry), '.');
    git_blob *blob = NULL;
    (void)folder;
    if (git_tree_entry_type(entry) != GIT_OBJECT_BLOB || !ending || strcmp(ending, ".md") != 0)
        return 0;
    if (git_blob_lookup(&blob, totals->repository, git_tree_entry_id(entry)))
        return -1;
    const char *text = git_blob_rawcontent(blob);
    size_t size = (size_t)git_blob_rawsize(blob), start = body_start(text, size);
    if (start)
        count_values(totals, text + 4, start - 8);
    count_nodes(totals, text + start, size - start);
    totals->files++;
    totals->bytes += size;
    git_blob_free(blob);
    return 0;
}

int main(int argc, char **argv) {
    struct totals totals = {0};
    git_object *tree = NULL;
    bool parse = argc == 2 && !strcmp(argv[1], "parse");
    if (!parse && (argc != 2 || strcmp(argv[1], "staged") != 0)) {
        fputs("usage: bare_libgit2 staged|parse\n", stderr);
        return 2;
    }
    git_libgit2_init();
    int code = git_repository_open_ext(&totals.repository, ".", 0, NULL);
    if (!code)
        code = git_revparse_single(&tree, totals.repository, "HEAD^{tree}");
    if (!code && parse)
        code = git_tree_walk((git_tree *)tree, GIT_TREEWALK_PRE, parse_entry, &totals);
    else if (!code)
        code = list_staged(totals.repository, (git_tree *)tree);
    if (code)
        fprintf(stderr, "bare_libgit2: %s\n", git_error_last() ? git_error_last()->message : "?");
    else if (parse)
        printf("%zu files, %zu bytes, %zu values, %zu nodes\n", totals.files, totals.bytes,
               totals.values, totals.nodes);
    git_object_free(tree);
    git_repository_free(totals.repository);
    git_libgit2_shutdown();
    return code != 0;
}
