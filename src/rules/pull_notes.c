#include "rules/pull_notes.h"

#include "base/memory.h"
#include "git/pull.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct pull_reading {
    const struct review *review;
    const struct history *history;
    const struct upstream *upstream;
    const char *newest; /* the tip of the course's branch; the head where that holds it */
    struct pull_requests *pulls;
};

unsigned squashed_number(struct slice subject) {
    enum { MOST_DIGITS = 9 };
    unsigned number = 0;
    subject = slice_trim(subject);
    if (!slice_ends_with(subject, ")"))
        return 0;
    size_t end = subject.size - 1, start = end;
    while (start && isdigit((unsigned char)subject.data[start - 1]))
        start--;
    if (start < 2 || end - start > MOST_DIGITS || subject.data[start - 1] != '#' ||
        subject.data[start - 2] != '(')
        return 0;
    for (size_t i = start; i < end; i++)
        number = 10 * number + (unsigned)(subject.data[i] - '0');
    return number;
}

static bool is_note(struct slice path, void *review) {
    return review_note_kind(review, path) != NULL;
}

/* True when that content stood in the history somewhere, whatever the note was called. */
static bool has_blob(const struct history *history, const char *blob_id) {
    struct slice path;
    const struct file_history *file;
    for (size_t at = 0; history_next(history, &at, &path, &file);)
        for (size_t i = 0; i < file->count; i++)
            if (!strcmp(file->touches[i].blob, blob_id))
                return true;
    return false;
}

static bool is_squashed(const struct history *history, unsigned number) {
    struct slice path;
    const struct file_history *file;
    for (size_t at = 0; history_next(history, &at, &path, &file);)
        for (size_t i = 0; i < file->count; i++)
            if (squashed_number(file->touches[i].subject) == number)
                return true;
    return false;
}

static bool is_taken(const struct history *history, const struct pull_request *pull) {
    bool new_note = false;
    for (size_t i = 0; i < pull->note_count; i++)
        new_note |= !has_blob(history, pull->notes[i].blob_id);
    return !new_note || is_squashed(history, pull->number);
}

static void list_notes(struct pull_request *pull, struct arena *arena) {
    size_t count = 0;
    struct slice path;
    const struct file_history *file;
    for (size_t at = 0; history_next(pull->history, &at, &path, &file);)
        count++;
    pull->notes = arena_allocate(arena, count, sizeof *pull->notes);
    for (size_t at = 0; history_next(pull->history, &at, &path, &file);) {
        const char *blob_id = file->count ? file->touches[file->count - 1].blob : "";
        if (*blob_id)
            pull->notes[pull->note_count++] =
                (struct pull_note){path, blob_id, file, pull->history};
    }
}

static bool is_contained(struct repository *repository, const char *target, const char *commit) {
    char base_id[OBJECT_ID_SIZE];
    struct error unrelated = ERROR_NONE;
    int status = repository_merge_base(repository, target, commit, base_id, NULL, &unrelated);
    error_release(&unrelated);
    return status == OK && !strcmp(base_id, commit);
}

/* Its own commits, without those of the course's branch that it holds, too. */
static int read_commits(struct pull_request *pull, const struct pull_reading *reading,
                        const char *head_id, struct error *error) {
    struct repository *repository = reading->review->commits.repository;
    char merge_id[OBJECT_ID_SIZE], before_id[OBJECT_ID_SIZE];
    const char *base = reading->newest;
    struct error no_merge = ERROR_NONE;
    if (is_contained(repository, base, head_id))
        base = pull_find_merge(repository, base, head_id, merge_id, before_id, &no_merge) == OK
                   ? before_id
                   : reading->review->commits.head;
    error_release(&no_merge);
    return history_read(&pull->history, repository, head_id, base, is_note, (void *)reading->review,
                        error);
}

static int read_pull(struct pull_request *pull, const struct pull_reading *reading,
                     struct error *error) {
    const struct commit_range *commits = &reading->review->commits;
    char head_id[OBJECT_ID_SIZE];
    int status =
        pull_find_head(commits->repository, reading->upstream, pull->number, head_id, error);
    if (status != OK)
        return status;
    pull->contained = pull->taken = is_contained(commits->repository, commits->head, head_id);
    if (!pull->contained)
        status = read_commits(pull, reading, head_id, error);
    if (status == OK && pull->history) {
        list_notes(pull, &reading->pulls->arena);
        pull->taken = is_taken(reading->history, pull);
    }
    return status;
}

static void remark(struct verdict *verdict, unsigned number, const struct error *error) {
    struct buffer text = BUFFER_EMPTY;
    buffer_append_format(&text, "pull request %u: %s", number, error_message(error));
    verdict_remark(verdict, &verdict->undecided, slice_of(""), buffer_slice(&text));
    buffer_release(&text);
}

int pull_requests_read(struct pull_requests *pulls, const struct review *review,
                       const struct history *history, const struct upstream *upstream,
                       struct verdict *verdict, struct error *error) {
    const struct commit_range *commits = &review->commits;
    const bool ahead = !*upstream->commit_id ||
                       is_contained(commits->repository, commits->head, upstream->commit_id);
    const struct pull_reading reading = {review, history, upstream,
                                         ahead ? commits->head : upstream->commit_id, pulls};
    unsigned *numbers = NULL;
    size_t count = 0;
    *pulls = (struct pull_requests){0};
    int status = pull_list(&numbers, &count, commits->repository, upstream, error);
    if (status == OK)
        pulls->items = arena_allocate(&pulls->arena, count, sizeof *pulls->items);
    for (size_t i = 0; status == OK && i < count; i++) {
        struct error unreadable = ERROR_NONE;
        struct pull_request *pull = &pulls->items[pulls->count++];
        pull->number = numbers[i];
        if (read_pull(pull, &reading, &unreadable) != OK)
            remark(verdict, numbers[i], &unreadable);
        error_release(&unreadable);
    }
    free(numbers);
    return status;
}

void pull_requests_release(struct pull_requests *pulls) {
    for (size_t i = 0; i < pulls->count; i++)
        history_free(pulls->items[i].history);
    arena_release(&pulls->arena);
    *pulls = (struct pull_requests){0};
}

const struct pull_request *pull_requests_find(const struct pull_requests *pulls, unsigned number) {
    for (size_t i = 0; i < pulls->count; i++)
        if (pulls->items[i].number == number)
            return &pulls->items[i];
    return NULL;
}
