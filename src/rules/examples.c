#include "rules/examples.h"

#include "base/memory.h"
#include "git/scratch.h"
#include "rules/check.h"
#include "rules/moment.h"
#include "rules/review.h"

#include <stdlib.h>
#include <string.h>

/* In which other ways the same text may end its lines: a rule must say the same of each. */
enum form { FORM_AS_WRITTEN, FORM_CRLF, FORM_OPEN_END, FORM_COUNT };

static const char *const form_names[FORM_COUNT] = {"", "with CRLF line ends",
                                                   "without a line end at the end of the files"};

struct side_files {
    struct scratch_file *items;
    size_t count, capacity;
    enum form form;
    struct arena texts; /* copies in that form */
};

static struct slice in_form(struct side_files *files, struct slice text) {
    struct buffer changed = BUFFER_EMPTY;
    if (files->form == FORM_OPEN_END && slice_ends_with(text, "\n"))
        return slice_part(text, 0, text.size - 1);
    if (files->form != FORM_CRLF)
        return text;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '\n' && (!i || text.data[i - 1] != '\r'))
            buffer_append_byte(&changed, '\r');
        buffer_append_byte(&changed, text.data[i]);
    }
    struct slice copy = arena_copy(&files->texts, buffer_slice(&changed));
    buffer_release(&changed);
    return copy;
}

/* Pictures and PDFs have no lines. */
static bool has_lines(struct slice path) {
    return !path_is_binary(path) || slice_ends_with(path, ".svg");
}

static void add_file(struct side_files *files, struct slice path, struct slice content) {
    ARRAY_PUSH(files->items, files->count, files->capacity) =
        (struct scratch_file){path, has_lines(path) ? in_form(files, content) : content};
}

static void release_files(struct side_files *files) {
    free(files->items);
    arena_release(&files->texts);
}

/* "a list of paths" or "path: content". */
static void add_files(struct side_files *files, const struct yaml_node *node) {
    for (size_t i = 0; node && i < node->item_count; i++)
        add_file(files, node->items[i]->text, slice_of("x"));
    for (size_t i = 0; node && i < node->pair_count; i++)
        add_file(files, node->pairs[i].key->text, node->pairs[i].value->text);
}

/* What a commit before the last one had: the file with other content. */
static int commit_draft(char id[OBJECT_ID_SIZE], struct repository *repository,
                        const struct example *example, struct scratch_commit commit,
                        struct error *error) {
    struct side_files files = {0};
    struct snapshot *side = NULL;
    struct buffer draft = BUFFER_EMPTY;
    buffer_append_format(&draft, "draft of %lld", commit.when);
    add_files(&files, example->base);
    add_file(&files, example->path, buffer_slice(&draft));
    int status = scratch_snapshot(&side, repository, files.items, files.count, error);
    commit.side = side;
    if (status == OK)
        status = scratch_commit(id, repository, &commit, error);
    snapshot_close(side);
    buffer_release(&draft);
    free(files.items);
    return status;
}

struct example_commits {
    char base[OBJECT_ID_SIZE], head[OBJECT_ID_SIZE];
};

static int commit_all(struct example_commits *commits, struct repository *repository,
                      const struct example *example, const struct review *review,
                      struct error *error) {
    struct scratch_commit commit = {.side = review->base};
    int status = scratch_commit(commits->base, repository, &commit, error);
    memcpy(commits->head, commits->base, sizeof commits->head);
    for (size_t i = 0; status == OK && i < example->committed.count; i++) {
        char parent[OBJECT_ID_SIZE];
        memcpy(parent, commits->head, sizeof parent);
        commit = (struct scratch_commit){.side = review->head, .parent = parent};
        moment_read(example->committed.items[i], &commit.when, &commit.offset);
        status = i + 1 < example->committed.count
                     ? commit_draft(commits->head, repository, example, commit, error)
                     : scratch_commit(commits->head, repository, &commit, error);
    }
    return status;
}

static int compare(struct review *review, struct repository *repository,
                   const struct example *example, enum form form, struct verdict *verdict,
                   struct error *error) {
    struct side_files head_files = {.form = form}, base_files = {.form = form};
    struct snapshot *head = NULL, *base = NULL;
    struct change_set *changes = NULL;
    struct example_commits commits;
    add_files(&head_files, example->tree);
    add_file(&head_files, example->path, example->text);
    add_files(&base_files, example->base);
    int status = scratch_snapshot(&head, repository, head_files.items, head_files.count, error);
    if (status == OK && example->base)
        status = scratch_snapshot(&base, repository, base_files.items, base_files.count, error);
    if (status == OK && example->base)
        status = change_set_compute(&changes, repository, base, head, error);
    review->head = head;
    review->base = base;
    review->changes = changes;
    if (status == OK && base && example->committed.count) {
        review->commits = (struct commit_range){
            .repository = repository, .head = commits.head, .base = commits.base};
        status = commit_all(&commits, repository, example, review, error);
    }
    if (status == OK)
        status = review_run(review, verdict, error);
    change_set_free(changes);
    snapshot_close(base);
    snapshot_close(head);
    release_files(&base_files);
    release_files(&head_files);
    return status;
}

/* Runs the one rule, whatever its severity is set to. */
static int run_example(const struct rule *rule, const struct example *example, enum form form,
                       struct repository *repository, struct verdict *verdict,
                       struct error *error) {
    struct rule alone = *rule;
    struct rule *rules[] = {&alone};
    struct rule_set set = {.rules = rules, .count = 1};
    struct config *config = NULL;
    if (alone.severity == SEVERITY_OFF)
        alone.severity = SEVERITY_NOTICE;
    int status = example->config.size
                     ? config_parse(&config, "configuration of the example", example->config, error)
                     : config_defaults(&config, error);
    struct review review = {.rules = &set, .config = config, .pdf_answers = true};
    if (status == OK)
        status = compare(&review, repository, example, form, verdict, error);
    config_free(config);
    return status;
}

/* The first finding of the head, or NULL. */
static const struct finding *first_finding(const struct verdict *verdict) {
    for (size_t i = 0; i < verdict->findings.count; i++)
        if (verdict->findings.items[i]->state != FINDING_FIXED)
            return verdict->findings.items[i];
    return NULL;
}

static const char *judge(const struct example *example, const struct verdict *verdict,
                         struct buffer *problem) {
    const struct finding *found = first_finding(verdict);
    if (verdict->undecided.count)
        buffer_append_format(problem, "could not be decided: %.*s",
                             SLICE_ARGUMENTS(verdict->undecided.items[0].reason));
    else if (example->good && found)
        buffer_append_format(problem, "a good example is flagged: %.*s",
                             SLICE_ARGUMENTS(found->message));
    else if (!example->good && !found)
        buffer_append_string(problem, "a bad example is not flagged");
    else if (!example->good && example->value.size && !slice_equal(example->value, found->subject))
        buffer_append_format(problem, "flagged is \"%.*s\", not \"%.*s\"",
                             SLICE_ARGUMENTS(found->subject), SLICE_ARGUMENTS(example->value));
    return problem->size ? buffer_string(problem) : NULL;
}

static bool equal_but_for_line_ends(struct slice left, struct slice right) {
    size_t k = 0;
    for (size_t i = 0; i < left.size; i++) {
        if (left.data[i] == '\r')
            continue;
        while (k < right.size && right.data[k] == '\r')
            k++;
        if (k == right.size || right.data[k++] != left.data[i])
            return false;
    }
    while (k < right.size && right.data[k] == '\r')
        k++;
    return k == right.size;
}

static bool is_same(const struct finding *left, const struct finding *right) {
    return left->state == right->state && left->has_place == right->has_place &&
           left->start.line == right->start.line && left->start.column == right->start.column &&
           left->end.line == right->end.line && left->end.column == right->end.column &&
           equal_but_for_line_ends(left->subject, right->subject) &&
           equal_but_for_line_ends(left->message, right->message);
}

/* The first finding that one of them lacks, or NULL. */
static const struct finding *first_difference(const struct verdict *left,
                                              const struct verdict *right) {
    const struct finding_list *a = &left->findings, *b = &right->findings;
    for (size_t i = 0; i < a->count; i++)
        if (i == b->count || !is_same(a->items[i], b->items[i]))
            return a->items[i];
    return b->count > a->count ? b->items[a->count] : NULL;
}

/* Appends what is wrong when the example's lines end in another way than they are written. */
static int judge_form(const struct rule *rule, const struct example *example, enum form form,
                      struct repository *repository, const struct verdict *verdict,
                      struct buffer *problem, struct error *error) {
    struct verdict other = {0};
    int status = run_example(rule, example, form, repository, &other, error);
    const struct finding *difference = status == OK ? first_difference(verdict, &other) : NULL;
    if (other.undecided.count)
        buffer_append_format(problem, "%s it could not be decided: %.*s", form_names[form],
                             SLICE_ARGUMENTS(other.undecided.items[0].reason));
    else if (difference)
        buffer_append_format(problem, "%s other things are flagged: %zu:%zu: %.*s",
                             form_names[form], difference->start.line, difference->start.column,
                             SLICE_ARGUMENTS(difference->message));
    verdict_release(&other);
    return status;
}

static int test_example(const struct rule *rule, const struct example *example, size_t number,
                        struct repository *repository, example_listener *listener, void *context,
                        struct error *error) {
    struct verdict verdict = {0};
    struct buffer problem = BUFFER_EMPTY;
    struct position place = yaml_file_position(rule->file, example->node);
    buffer_append_format(&problem, "%s:%zu:%zu: ", rule->file->name, place.line, place.column);
    int status = run_example(rule, example, FORM_AS_WRITTEN, repository, &verdict, error);
    struct buffer reason = BUFFER_EMPTY;
    const char *text = status == OK ? judge(example, &verdict, &reason) : NULL;
    /* One with a size is about bytes. */
    for (int form = FORM_CRLF; status == OK && !text && !example->size.size && form < FORM_COUNT;
         form++) {
        status = judge_form(rule, example, (enum form)form, repository, &verdict, &reason, error);
        text = reason.size ? buffer_string(&reason) : NULL;
    }
    if (status != OK)
        text = error_message(error);
    if (text)
        buffer_append_string(&problem, text);
    listener(rule, example, number, text ? buffer_string(&problem) : NULL, context);
    error_release(error);
    buffer_release(&reason);
    buffer_release(&problem);
    verdict_release(&verdict);
    return OK;
}

int examples_run(const struct rule_set *set, example_listener *listener, void *context,
                 struct error *error) {
    struct repository *repository = NULL;
    int status = scratch_open(&repository, error);
    for (size_t i = 0; status == OK && i < set->count; i++) {
        const struct rule *rule = set->rules[i];
        for (size_t k = 0; status == OK && k < rule->example_count; k++)
            status =
                test_example(rule, &rule->examples[k], k + 1, repository, listener, context, error);
    }
    repository_close(repository);
    return status;
}

int example_run(const struct rule *rule, const struct example *example, struct verdict *verdict,
                struct error *error) {
    struct repository *repository = NULL;
    int status = scratch_open(&repository, error);
    if (status == OK)
        status = run_example(rule, example, FORM_AS_WRITTEN, repository, verdict, error);
    repository_close(repository);
    return status;
}
