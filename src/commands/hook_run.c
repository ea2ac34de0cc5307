#include "commands/hook_run.h"

#include "base/memory.h"
#include "commands/check.h"
#include "commands/course.h"
#include "commands/hook_limit.h"
#include "git/hooks.h"
#include "report/safe.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of findings, so that a run fits on a screen of 24. */
enum { MOST_LINES = 16 };

static const struct hook {
    const char *name;
    const char *what;   /* "the commit goes on" */
    const char *anyway; /* what to type */
} hooks[] = {
    {"pre-commit", "commit", "git commit --no-verify"},
    {"pre-merge-commit", "merge", "git commit --no-verify"},
    {"pre-push", "push", "git push --no-verify"},
};

struct hook_run {
    const struct hook *hook;
    struct repository *repository;
    bool required;  /* scribelint.required */
    char *fail_on;  /* scribelint.failOn, or NULL: as the course has it */
    bool blocked;   /* by findings */
    bool undecided; /* … the text of a report said why */
    bool unread;    /* some note was not, and the report said why */
};

/* NULL when it is not set or empty. */
static const char *environment(const char *name) {
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

static const struct hook *find_hook(const char *name) {
    for (size_t i = 0; i < COUNT_OF(hooks); i++)
        if (!strcmp(hooks[i].name, name))
            return &hooks[i];
    return NULL;
}

__attribute__((format(printf, 1, 2))) static void say(const char *format, ...) {
    struct buffer text = BUFFER_EMPTY, line = BUFFER_EMPTY;
    va_list arguments;
    va_start(arguments, format);
    buffer_append_arguments(&text, format, arguments);
    va_end(arguments);
    safe_append(&line, buffer_slice(&text));
    fflush(stdout); /* the report comes first */
    fprintf(stderr, "%s\n", buffer_string(&line));
    buffer_release(&line);
    buffer_release(&text);
}

bool hook_fail_on_is_valid(const char *value) {
    enum severity severity;
    return !strcmp(value, "never") ||
           (severity_parse(slice_of(value), &severity) && severity != SEVERITY_OFF);
}

/* What is set wrongly counts as not set: it stops nobody, unless they asked for that. */
static int read_settings(struct hook_run *run, struct error *error) {
    struct error wrong = ERROR_NONE;
    if (repository_setting_is_true(&run->required, run->repository, "scribelint.required",
                                   &wrong) != OK) {
        run->required = false;
        say("scribelint: %s; until then it counts as not set", error_message(&wrong));
    }
    error_release(&wrong);
    run->fail_on = repository_setting(run->repository, "scribelint.failOn");
    if (!run->fail_on || hook_fail_on_is_valid(run->fail_on))
        return OK;
    int status = error_set(error, STATUS_USAGE,
                           "scribelint.failOn in Git's configuration takes error, warning, notice "
                           "or never, not \"%s\"; set it with: git config scribelint.failOn error",
                           run->fail_on);
    if (run->required)
        return status;
    say("scribelint: %s; until then it counts as not set", error_message(error));
    error_release(error);
    free(run->fail_on);
    run->fail_on = NULL;
    return OK;
}

/* Notices wait for the pull request, unless they block. */
static int check(struct hook_run *run, struct check_options *options, struct error *error) {
    options->sides.repository = run->repository;
    options->quiet = true;
    options->fits = MOST_LINES;
    options->fail_on = run->fail_on;
    options->least = SEVERITY_WARNING;
    options->unread = &run->unread;
    int status = check_run(options, &(struct operands){0}, error);
    run->blocked = run->blocked || status == EXIT_FINDINGS;
    run->undecided = run->undecided || status == EXIT_UNDECIDED;
    return status < 0 ? status : OK;
}

/* --- pre-push -------------------------------------------------------------------------------- */

/* What is pushed to one ref of the remote. */
struct push {
    const char *local_ref, *local_id, *remote_ref;
};

/* "<local ref> <local id> <remote ref> <remote id>"; the line is cut up. */
static bool read_push(struct push *push, char *line) {
    char *id = strchr(line, ' ');
    char *remote = id ? strchr(id + 1, ' ') : NULL;
    char *last = remote ? strchr(remote + 1, ' ') : NULL;
    if (!last)
        return false;
    *id = *remote = *last = '\0';
    *push = (struct push){line, id + 1, remote + 1};
    return true;
}

static bool is_deletion(const struct push *push) {
    return push->local_id[strspn(push->local_id, "0")] == '\0';
}

static const char *without(const char *text, const char *prefix) {
    return strncmp(text, prefix, strlen(prefix)) ? text : text + strlen(prefix);
}

/* The name of the branch where that is what is pushed; for the message with the mending command. */
static const char *name_head(const struct push *push, struct repository *repository) {
    char id[OBJECT_ID_SIZE];
    struct error ignored = ERROR_NONE;
    bool named = repository_resolve(repository, push->local_ref, id, &ignored) == OK &&
                 !strcmp(id, push->local_id);
    error_release(&ignored);
    return named ? without(push->local_ref, "refs/heads/") : push->local_id;
}

static bool is_head(const char *wanted, struct repository *repository) {
    char id[OBJECT_ID_SIZE];
    struct error ignored = ERROR_NONE;
    bool same = repository_resolve_head(repository, id, &ignored) == OK && !strcmp(id, wanted);
    error_release(&ignored);
    return same;
}

/* Tags and notes of Git bring no change to anybody's branch. */
static bool is_for_branch(const struct push *push) {
    return strncmp(push->remote_ref, "refs/tags/", strlen("refs/tags/")) != 0 &&
           strncmp(push->remote_ref, "refs/notes/", strlen("refs/notes/")) != 0;
}

static int check_push(struct hook_run *run, const struct push *push, const char *base, bool alone,
                      struct error *error) {
    struct check_options options = {.sides.base = base};
    struct buffer heading = BUFFER_EMPTY;
    buffer_append_string(&heading, "\nbranch ");
    safe_append(&heading, slice_of(without(push->remote_ref, "refs/heads/")));
    buffer_append_byte(&heading, ':');
    if (!is_head(push->local_id, run->repository))
        options.sides.head = name_head(push, run->repository);
    options.heading = alone ? NULL : buffer_string(&heading);
    int status = check(run, &options, error);
    buffer_release(&heading);
    return status;
}

static bool was_checked(const struct push *pushes, size_t count, const struct push *push) {
    for (size_t i = 0; i < count; i++)
        if (!strcmp(pushes[i].local_id, push->local_id))
            return true;
    return false;
}

static int check_pushes(struct hook_run *run, const struct push *pushes, size_t count,
                        const char *base, struct error *error) {
    int worst = OK;
    for (size_t i = 0; i < count; i++) {
        int status = check_push(run, &pushes[i], base, count == 1, error);
        if (status != OK)
            worst = status;
    }
    return worst;
}

static int read_pushes(struct push **pushes, size_t *count, char *lines) {
    size_t capacity = 0;
    struct push push;
    for (char *next, *line = lines; line && *line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        if (!read_push(&push, line))
            return STATUS_USAGE;
        if (!is_deletion(&push) && is_for_branch(&push) && !was_checked(*pushes, *count, &push))
            ARRAY_PUSH(*pushes, *count, capacity) = push;
    }
    return OK;
}

/* The pre-commit framework reads the lines itself and hands on what it found. */
static void append_lines(struct buffer *lines, FILE *stream) {
    const char *to = environment("PRE_COMMIT_TO_REF");
    const char *branch = environment("PRE_COMMIT_REMOTE_BRANCH");
    char bytes[4096];
    size_t size;
    if (to && branch) {
        buffer_append_format(lines, "%s %s %s -", to, to, branch);
        return;
    }
    while ((size = fread(bytes, 1, sizeof bytes, stream)) > 0)
        buffer_append(lines, bytes, size);
}

/*
 * The branch of the course as a person would name it, such as "origin/main"; where the course's
 * remote is not known, of the one that is pushed to. NULL: not known. Release with free().
 */
static char *find_base(struct repository *repository, const char *remote, char **course_remote) {
    static const char *const usual[] = {"HEAD", "main", "master"};
    struct upstream upstream;
    char id[OBJECT_ID_SIZE], *base = NULL;
    course_find(&upstream, repository, false);
    if (upstream.branch)
        base = memory_copy_string(without(upstream.branch, "refs/remotes/"));
    for (size_t i = 0; !base && remote && i < COUNT_OF(usual); i++) {
        struct buffer name = BUFFER_EMPTY;
        struct error ignored = ERROR_NONE;
        buffer_append_format(&name, "refs/remotes/%s/%s", remote, usual[i]);
        if (repository_resolve(repository, buffer_string(&name), id, &ignored) == OK)
            base = memory_copy_string(without(buffer_string(&name), "refs/remotes/"));
        error_release(&ignored);
        buffer_release(&name);
    }
    *course_remote = memory_copy_string(upstream.remote ? upstream.remote : remote ? remote : "");
    upstream_release(&upstream);
    return base;
}

static int check_against_course(struct hook_run *run, const struct push *pushes, size_t count,
                                const char *remote, struct error *error) {
    char *course_remote = NULL;
    char *base = find_base(run->repository, remote, &course_remote);
    int status =
        base ? check_pushes(run, pushes, count, base, error)
             : error_set(error, STATUS_UNDECIDED,
                         "the branch of the course is not in this clone; get it with: git fetch %s",
                         course_remote);
    free(course_remote);
    free(base);
    return status;
}

static int check_pushed(struct hook_run *run, const char *remote, struct error *error) {
    struct buffer lines = BUFFER_EMPTY;
    struct push *pushes = NULL;
    size_t count = 0;
    append_lines(&lines, stdin);
    int status = lines.size ? read_pushes(&pushes, &count, lines.data) : OK;
    if (status != OK)
        status = error_set(error, STATUS_UNDECIDED,
                           "pre-push reads the lines that git push writes, not \"%.100s\"",
                           buffer_string(&lines));
    else if (count)
        status = check_against_course(run, pushes, count, remote, error);
    free(pushes);
    buffer_release(&lines);
    return status;
}

/*
 * The pre-commit framework has one hook for all, and tells by variables what there is to check:
 * what is pushed, what differs between two commits, or else what is staged.
 */
static int check_staged(struct hook_run *run, struct error *error) {
    const char *from = environment("PRE_COMMIT_FROM_REF"), *to = environment("PRE_COMMIT_TO_REF");
    struct check_options options = {.sides.staged = !from || !to};
    char id[OBJECT_ID_SIZE];
    struct error ignored = ERROR_NONE;
    if (from && to && environment("PRE_COMMIT_REMOTE_BRANCH")) {
        run->hook = find_hook("pre-push");
        return check_pushed(run, environment("PRE_COMMIT_REMOTE_NAME"), error);
    }
    if (from && to) {
        options.sides.base = from;
        options.sides.head = to;
    } else {
        bool first = repository_resolve_head(run->repository, id, &ignored) != OK;
        options.after = first ? "--all" : "--base HEAD~1";
        options.stops_undecided = run->required;
        error_release(&ignored);
    }
    return check(run, &options, error);
}

/* --- The end ---------------------------------------------------------------------------------- */

/* What people cannot mend must not stop their work; their own settings they can. */
static int finish(const struct hook_run *run, int status, bool settings_read,
                  const struct error *error) {
    const struct hook *hook = run->hook;
    bool undecided = status != OK || run->undecided;
    bool wrong_settings = status == STATUS_USAGE && !settings_read;
    bool lacking = undecided || (run->unread && run->required);
    bool stop = run->blocked || wrong_settings || (lacking && run->required);
    const char *why = status != OK     ? error_message(error)
                      : run->undecided ? "not everything could be looked at"
                                       : "not every note could be read";
    if (undecided && !stop)
        say("scribelint: %s; the %s goes on, and the check on the pull request decides", why,
            hook->what);
    else if (lacking && !run->blocked && !wrong_settings)
        say("scribelint: %s, and scribelint.required is set", why);
    else if (undecided)
        say("scribelint: %s", why);
    if (stop)
        say("To %s anyway: %s", hook->what, hook->anyway);
    return stop ? EXIT_FINDINGS : EXIT_CLEAN;
}

int hook_run(const struct operands *operands, struct error *error) {
    struct hook_run run = {0};
    struct error own = ERROR_NONE;
    run.hook = operands->count ? find_hook(operands->items[0]) : NULL;
    if (!run.hook)
        return error_set(error, STATUS_USAGE,
                         "hook run takes one of: pre-commit, "
                         "pre-merge-commit, pre-push");
    /* Git does that for pre-commit; what `git push` prints there is for programs. */
    dup2(STDERR_FILENO, STDOUT_FILENO);
    int status = repository_open(&run.repository, NULL, &own);
    if (status == OK)
        status = read_settings(&run, &own);
    bool settings_read = status == OK;
    hook_limit_time(run.required);
    const char *remote = operands->count > 1 ? operands->items[1] : NULL;
    if (status == OK)
        status = strcmp(run.hook->name, "pre-push") ? check_staged(&run, &own)
                                                    : check_pushed(&run, remote, &own);
    status = finish(&run, status, settings_read, &own);
    free(run.fail_on);
    repository_close(run.repository);
    error_release(&own);
    return status;
}
