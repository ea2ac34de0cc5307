#include "git_fixture.h"

#include "base/buffer.h"
#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* There only under a sanitizer. */
void __lsan_disable(void) __attribute__((weak));
void __lsan_enable(void) __attribute__((weak));

void ignore_leaks(bool ignore) {
    if (ignore && __lsan_disable)
        __lsan_disable();
    if (!ignore && __lsan_enable)
        __lsan_enable();
}

/* libgit2 1.5 forgets a PCRE2 block for each configuration key it does not look for. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) {
    return "leak:libpcre2-8\n";
}

const char *__lsan_default_options(void);
const char *__lsan_default_options(void) {
    return "print_suppressions=0";
}

static char *format(const char *form, ...) __attribute__((format(printf, 1, 2)));
static char *format(const char *form, ...) {
    struct buffer text = BUFFER_EMPTY;
    va_list arguments;
    va_start(arguments, form);
    buffer_append_arguments(&text, form, arguments);
    va_end(arguments);
    return buffer_detach(&text);
}

static void isolate(const char *home) {
    static const char *const unset[] = {
        "GIT_DIR",           "GIT_WORK_TREE",   "GIT_INDEX_FILE",
        "GIT_COMMON_DIR",    "GIT_NAMESPACE",   "GIT_OBJECT_DIRECTORY",
        "GIT_CONFIG_GLOBAL", "XDG_CONFIG_HOME", "GIT_CEILING_DIRECTORIES",
        "GIT_CONFIG_COUNT",  "SUDO_UID",        "GIT_ALTERNATE_OBJECT_DIRECTORIES"};
    static const char *const set[][2] = {
        {"GIT_CONFIG_NOSYSTEM", "1"},
        {"GIT_AUTHOR_NAME", "Ada"},
        {"GIT_AUTHOR_EMAIL", "ada@example.org"},
        {"GIT_AUTHOR_DATE", "2024-01-01T00:00:00Z"},
        {"GIT_COMMITTER_NAME", "Ada"},
        {"GIT_COMMITTER_EMAIL", "ada@example.org"},
        {"GIT_COMMITTER_DATE", "2024-01-01T00:00:00Z"},
        {"GIT_EDITOR", "true"},
        {"LC_ALL", "C"},
    };
    for (size_t i = 0; i < COUNT_OF(unset); i++)
        unsetenv(unset[i]);
    for (size_t i = 0; i < COUNT_OF(set); i++)
        setenv(set[i][0], set[i][1], 1);
    setenv("HOME", home, 1);
}

struct fixture *fixture_open(void) {
    struct fixture *fixture = memory_allocate(1, sizeof *fixture);
    const char *temporary = getenv("TMPDIR");
    char *template = format("%s/scribelint-test-XXXXXX", temporary ? temporary : "/tmp");
    assert_non_null(mkdtemp(template));
    fixture->folder = realpath(template, NULL);
    free(template);
    char *home = fixture_path(fixture, "home");
    assert_int_equal(mkdir(home, 0777), 0);
    isolate(home);
    free(home);
    fixture->work = fixture_path(fixture, "area");
    enter(fixture->folder);
    git("init", "--quiet", "--initial-branch=main", "area");
    enter(fixture->work);
    return fixture;
}

static int remove_one(const char *path, const struct stat *found, int kind, struct FTW *place) {
    (void)found;
    (void)kind;
    (void)place;
    return remove(path);
}

void fixture_close(struct fixture *fixture) {
    enter("/");
    nftw(fixture->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(fixture->folder);
    free(fixture->work);
    free(fixture);
}

int fixture_set_up(void **state) {
    *state = fixture_open();
    return 0;
}

int fixture_tear_down(void **state) {
    fixture_close(*state);
    return 0;
}

struct repository *open_repository(void) {
    struct repository *repository = NULL;
    struct error error = ERROR_NONE;
    if (repository_open(&repository, NULL, &error))
        fail_msg("%s", error_message(&error));
    return repository;
}

char *fixture_path(const struct fixture *fixture, const char *name) {
    return format("%s/%s", fixture->folder, name);
}

void enter(const char *folder) {
    assert_int_equal(chdir(folder), 0);
}

static pid_t start_git(const char *const *arguments, int output) {
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(output >= 0 ? output : open("/dev/null", O_WRONLY), STDOUT_FILENO);
        execvp("git", (char *const *)arguments);
        _exit(127);
    }
    return child;
}

static bool wait_for(pid_t child) {
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool git_try(const char *const *arguments) {
    return wait_for(start_git(arguments, -1));
}

void git_run(const char *const *arguments) {
    if (!git_try(arguments))
        fail_msg("git %s failed", arguments[1]);
}

char *git_capture(const char *const *arguments) {
    struct buffer text = BUFFER_EMPTY;
    char bytes[4096];
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = start_git(arguments, ends[1]);
    close(ends[1]);
    for (ssize_t size; (size = read(ends[0], bytes, sizeof bytes)) > 0;)
        buffer_append(&text, bytes, (size_t)size);
    close(ends[0]);
    if (!wait_for(child))
        fail_msg("git %s failed", arguments[1]);
    if (text.size && text.data[text.size - 1] == '\n')
        text.data[--text.size] = '\0';
    return buffer_detach(&text);
}

void write_bytes(const char *path, const void *bytes, size_t size) {
    char *copy = memory_copy_string(path);
    for (char *slash = copy + 1; (slash = strchr(slash, '/')); *slash++ = '/') {
        *slash = '\0';
        mkdir(copy, 0777);
    }
    free(copy);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

void write_file(const char *path, const char *text) {
    write_bytes(path, text, strlen(text));
}

char *commit_all(const char *message) {
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "-m", message);
    return git_output("rev-parse", "HEAD");
}

void stage(const char *mode, const char *path, const char *text) {
    write_file(".git/staged-content", text);
    char *id = git_output("hash-object", "-w", ".git/staged-content");
    git("update-index", "--add", "--cacheinfo", mode, id, path);
    free(id);
}

void delete_object(const char *id) {
    char *path = format(".git/objects/%.2s/%s", id, id + 2);
    assert_int_equal(unlink(path), 0);
    free(path);
}

void install_hook(const char *name, const char *argument) {
    char *self = realpath("/proc/self/exe", NULL);
    char *hooks = git_output("rev-parse", "--git-path", "hooks");
    char *path = format("%s/%s", hooks, name);
    char *script = format("#!/bin/sh\nexec '%s' '%s'\n", self, argument);
    assert_non_null(self);
    write_file(path, script);
    assert_int_equal(chmod(path, 0755), 0);
    free(self);
    free(hooks);
    free(path);
    free(script);
}
