#include "commands/init_github.h"

#include "commands/course.h"
#include "commands/disk.h"
#include "commands/init_place.h"
#include "commands/output.h"
#include "commands/paths.h"
#include "report/safe.h"
#include "text/yaml.h"
#include "text/yaml_writer.h"

#include <stdio.h>
#include <string.h>

#define WORKFLOWS ".github/workflows"
#define WORKFLOW  WORKFLOWS "/scribelint.yml"

/* The account under which this program is published: `make OWNER=account`. */
#define QUOTE(text)    #text
#define TEXT_OF(macro) QUOTE(macro)
#ifdef SCRIBELINT_OWNER
static const char built_in_owner[] = TEXT_OF(SCRIBELINT_OWNER);
#else
static const char built_in_owner[] = "";
#endif

/* docs/github.md shows the same. */
static const char before_branch[] = "name: Notes\n"
                                    "on:\n"
                                    "  pull_request:\n"
                                    "  merge_group:\n"
                                    "  workflow_dispatch:\n"
                                    "  push:\n"
                                    "    branches: [";
static const char before_owner[] = "]\n"
                                   "permissions:\n"
                                   "  contents: read\n"
                                   "jobs:\n"
                                   "  scribelint:\n"
                                   "    runs-on: ubuntu-24.04\n"
                                   "    steps:\n"
                                   "      - uses: ";
static const char after_owner[] = "/scribelint@v1\n";

/* By the rules of GitHub: letters, digits and single hyphens, at most 39. */
static int find_owner(const char **owner, const struct init_github_options *options,
                      struct error *error) {
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    enum { LONGEST = 39 };
    *owner = options->owner ? options->owner : built_in_owner;
    if (!**owner && !options->owner)
        return error_set(error, STATUS_USAGE,
                         "name the account on GitHub that holds scribelint, with: scribelint init "
                         "--github --owner ACCOUNT");
    size_t size = strspn(*owner, allowed);
    return size && size <= LONGEST && !(*owner)[size] && **owner != '-'
               ? OK
               : error_set(error, STATUS_USAGE, "--owner takes an account on GitHub, not \"%s\"",
                           *owner);
}

/* The default branch of the course: what is pushed there is checked as a whole. */
static void append_branch(struct buffer *branch, struct repository *repository) {
    static const char *const folders[] = {"refs/heads/", "refs/remotes/"};
    struct upstream upstream;
    course_find(&upstream, repository, true);
    struct slice name = slice_of(upstream.branch ? upstream.branch : "refs/heads/main");
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (slice_starts_with(name, folders[i]))
            name = slice_part(name, strlen(folders[i]), name.size);
    if (upstream.remote && slice_starts_with(slice_of(upstream.branch), folders[1]))
        name = slice_part(name, strlen(upstream.remote) + 1, name.size);
    buffer_append_slice(branch, name);
    upstream_release(&upstream);
}

static void append_workflow(struct buffer *text, struct slice branch, const char *owner) {
    buffer_append_string(text, before_branch);
    yaml_append_scalar(text, branch, YAML_SETTING);
    buffer_append_string(text, before_owner);
    buffer_append_string(text, owner);
    buffer_append_string(text, after_owner);
}

/* --- What is there already ---------------------------------------------------------------------
 */

struct search {
    const struct snapshot *files;
    struct buffer path; /* of a workflow of another name that runs scribelint; empty: none */
    struct error *error;
    int status;
};

/* As an action, and as a reusable workflow. */
static bool uses_scribelint(const struct yaml_node *node) {
    const struct yaml_node *uses = yaml_find(node, "uses");
    return uses && uses->kind == YAML_SCALAR &&
           (slice_find(uses->text, "/scribelint@", 0) != SLICE_NOT_FOUND ||
            slice_find(uses->text, "/scribelint/.github/workflows/", 0) != SLICE_NOT_FOUND);
}

static bool job_runs_scribelint(const struct yaml_node *job) {
    const struct yaml_node *steps = yaml_find(job, "steps");
    bool runs = uses_scribelint(job);
    for (size_t i = 0; !runs && steps && steps->kind == YAML_SEQUENCE && i < steps->item_count; i++)
        runs = uses_scribelint(steps->items[i]);
    return runs;
}

/* What GitHub could not read either runs nothing. */
static bool runs_scribelint(struct slice text) {
    struct arena arena = ARENA_EMPTY;
    struct yaml_problem problem;
    struct yaml_node *root = NULL;
    bool runs = false;
    if (yaml_parse(&root, text, &arena, &problem) == OK) {
        const struct yaml_node *jobs = yaml_find(root, "jobs");
        for (size_t i = 0; !runs && jobs && jobs->kind == YAML_MAPPING && i < jobs->pair_count; i++)
            runs = job_runs_scribelint(jobs->pairs[i].value);
    }
    arena_release(&arena);
    return runs;
}

static bool look_at(struct slice path, const struct entry *entry, void *context) {
    enum { LARGEST = 1024 * 1024 };
    struct search *search = context;
    struct buffer text = BUFFER_EMPTY;
    bool is_workflow = slice_ends_with(path, ".yml") || slice_ends_with(path, ".yaml");
    if (entry->kind == ENTRY_FILE && is_workflow && !slice_equal_string(path, WORKFLOW))
        search->status = snapshot_read(search->files, path, LARGEST, &text, search->error);
    if (search->status == OK && runs_scribelint(buffer_slice(&text)))
        buffer_append_slice(&search->path, path);
    buffer_release(&text);
    return search->status == OK && !search->path.size;
}

static int refuse_second(struct repository *repository, struct error *error) {
    struct snapshot *files = NULL;
    int status = snapshot_open_worktree(&files, repository, error);
    struct search search = {.files = files, .error = error};
    if (status == OK)
        status = snapshot_walk(files, slice_of(WORKFLOWS), look_at, &search, error);
    if (status == OK)
        status = search.status;
    if (status == OK && search.path.size)
        status = error_set(error, STATUS_USAGE,
                           "%s runs scribelint already, and a second workflow would report the "
                           "same again; --force writes " WORKFLOW " all the same",
                           buffer_string(&search.path));
    buffer_release(&search.path);
    snapshot_close(files);
    return status;
}

/* --- Writing -----------------------------------------------------------------------------------
 */

static void append_next_steps(struct buffer *report, struct repository *repository,
                              struct slice branch, const char *owner, bool committed) {
    buffer_append_format(report,
                         "  on GitHub    each pull request is checked with %s/scribelint@v1,\n"
                         "               and the whole site when something comes to ",
                         owner);
    safe_append(report, branch);
    if (committed) {
        buffer_append_string(report, "\n\nIt is committed as it should be: nothing to do here.\n"
                                     "  It counts once it is on the course's branch on GitHub.\n");
        return;
    }
    buffer_append_string(report, "\n\nWhat to do next:\n  git add ");
    path_append_from_here(report, repository, slice_of(WORKFLOW));
    buffer_append_string(report, " && git commit\n"
                                 "  It counts once it is on the course's branch on GitHub.\n");
}

/* `*same`: it is there already, byte for byte. */
static int compare(bool *same, const struct init_place *place, const struct buffer *text,
                   struct error *error) {
    struct buffer now = BUFFER_EMPTY;
    int status = place->there ? disk_read(&now, place->root, slice_of(WORKFLOW), error) : OK;
    *same = place->there && slice_equal(buffer_slice(&now), buffer_slice(text));
    buffer_release(&now);
    return status;
}

/* True when HEAD has it so. */
static bool is_committed(struct repository *repository, const struct buffer *text) {
    enum { LARGEST = 1024 * 1024 };
    char id[OBJECT_ID_SIZE];
    struct snapshot *head = NULL;
    struct buffer now = BUFFER_EMPTY;
    struct error ignored = ERROR_NONE;
    bool same = repository_resolve_head(repository, id, &ignored) == OK &&
                snapshot_open_commit(&head, repository, id, &ignored) == OK &&
                snapshot_read(head, slice_of(WORKFLOW), LARGEST, &now, &ignored) == OK &&
                slice_equal(buffer_slice(&now), buffer_slice(text));
    buffer_release(&now);
    snapshot_close(head);
    error_release(&ignored);
    return same;
}

static int write_workflow(struct buffer *report, struct repository *repository,
                          const struct buffer *text, bool force, struct error *error) {
    struct init_place place = {.path = WORKFLOW};
    bool same = false;
    int status = init_place_find(&place, repository, error);
    if (status == OK)
        status = compare(&same, &place, text, error);
    if (status == OK && !same && !force)
        status = place.there ? init_place_refuse(&place, error) : refuse_second(repository, error);
    if (status == OK && !same)
        status = init_place_write(&place, buffer_slice(text), error);
    buffer_append_string(report, same ? WORKFLOW " is there already; nothing was written:\n"
                                      : "Wrote " WORKFLOW ":\n");
    return status;
}

int init_github(const struct init_github_options *options, struct error *error) {
    struct repository *repository = NULL;
    struct buffer branch = BUFFER_EMPTY, text = BUFFER_EMPTY, report = BUFFER_EMPTY;
    const char *owner;
    int status = find_owner(&owner, options, error);
    if (status == OK)
        status = repository_open(&repository, NULL, error);
    if (status == OK) {
        append_branch(&branch, repository);
        append_workflow(&text, buffer_slice(&branch), owner);
        status = options->to_stdout
                     ? output_print(&text, stdout, error)
                     : write_workflow(&report, repository, &text, options->force, error);
    }
    if (options->to_stdout)
        buffer_append_string(&report, "Proposed " WORKFLOW ":\n");
    if (status == OK) {
        append_next_steps(&report, repository, buffer_slice(&branch), owner,
                          !options->to_stdout && is_committed(repository, &text));
        status = output_print(&report, options->to_stdout ? stderr : stdout, error);
    }
    buffer_release(&report);
    buffer_release(&text);
    buffer_release(&branch);
    repository_close(repository);
    return status;
}
