#include "commands/course.h"

#include "config/config.h"

enum { LARGEST_CONFIG = 1024 * 1024 };

/* Appends nothing when HEAD does not say; why not is said where the configuration is used. */
static void find_url(struct buffer *url, struct repository *repository) {
    char head_id[OBJECT_ID_SIZE];
    struct error ignored = ERROR_NONE;
    struct buffer content = BUFFER_EMPTY;
    struct snapshot *head = NULL;
    struct config *config = NULL;
    if (repository_resolve_head(repository, head_id, &ignored) == OK &&
        snapshot_open_commit(&head, repository, head_id, &ignored) == OK &&
        snapshot_read(head, slice_of(CONFIG_FILE_NAME), LARGEST_CONFIG, &content, &ignored) == OK &&
        config_parse(&config, CONFIG_FILE_NAME, buffer_slice(&content), &ignored) == OK)
        buffer_append_slice(url, config->course.repository);
    config_free(config);
    snapshot_close(head);
    buffer_release(&content);
    error_release(&ignored);
}

void course_find(struct upstream *upstream, struct repository *repository, bool local) {
    struct buffer url = BUFFER_EMPTY;
    find_url(&url, repository);
    upstream_find(upstream, repository, url.size ? buffer_string(&url) : NULL, local);
    buffer_release(&url);
}

struct snapshot *course_open_base(struct repository *repository) {
    char head_id[OBJECT_ID_SIZE], base_id[OBJECT_ID_SIZE];
    struct error ignored = ERROR_NONE;
    struct upstream upstream;
    struct snapshot *snapshot = NULL;
    course_find(&upstream, repository, false);
    if (upstream.branch && repository_resolve_head(repository, head_id, &ignored) == OK &&
        repository_merge_base(repository, upstream.commit_id, head_id, base_id, NULL, &ignored) ==
            OK)
        snapshot_open_commit(&snapshot, repository, base_id, &ignored);
    upstream_release(&upstream);
    error_release(&ignored);
    return snapshot;
}
