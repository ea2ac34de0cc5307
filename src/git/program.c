#include "git/program.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { MOST_ARGUMENTS = 16 };

static int spawn(pid_t *child, const char *const *arguments, int output) {
    char *words[MOST_ARGUMENTS + 2] = {(char[]){"git"}};
    posix_spawn_file_actions_t actions;
    for (size_t i = 0; arguments[i] && i < MOST_ARGUMENTS; i++)
        words[i + 1] = (char *)arguments[i]; /* execv() promises not to write there */
    int code = posix_spawn_file_actions_init(&actions);
    if (code)
        return code;
    code = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (!code)
        code = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    if (!code)
        code = posix_spawnp(child, "git", &actions, NULL, words, environ);
    posix_spawn_file_actions_destroy(&actions);
    return code;
}

static void read_all(struct buffer *output, int source) {
    char bytes[4096];
    ssize_t size;
    while ((size = read(source, bytes, sizeof bytes)) > 0 || (size < 0 && errno == EINTR))
        if (output && size > 0)
            buffer_append(output, bytes, (size_t)size);
}

int git_program_run(const char *const *arguments, struct buffer *output, int *exit_status,
                    struct error *error) {
    int ends[2], state = 0;
    pid_t child;
    if (pipe(ends))
        return error_set(error, STATUS_UNDECIDED, "cannot run git: %s", strerror(errno));
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    int code = spawn(&child, arguments, ends[1]);
    close(ends[1]);
    if (!code)
        read_all(output, ends[0]);
    close(ends[0]);
    if (code)
        return error_set(error, STATUS_UNDECIDED, "cannot run git: %s", strerror(code));
    while (waitpid(child, &state, 0) < 0 && errno == EINTR)
        continue;
    int status = WIFEXITED(state) ? WEXITSTATUS(state) : 128;
    if (exit_status)
        *exit_status = status;
    else if (status)
        return error_set(error, STATUS_UNDECIDED, "git %s failed with status %d", arguments[0],
                         status);
    return OK;
}

int git_program_is_at_least(bool *at_least, unsigned major, unsigned minor, struct buffer *version,
                            struct error *error) {
    static const char *const arguments[] = {"version", NULL};
    static const char prefix[] = "git version ";
    struct buffer text = BUFFER_EMPTY;
    int status = git_program_run(arguments, &text, NULL, error);
    struct slice found = slice_trim(buffer_slice(&text));
    if (slice_starts_with(found, prefix))
        found = slice_part(found, strlen(prefix), found.size);
    buffer_append_slice(version, found);
    char *end = NULL;
    unsigned long here_major = strtoul(buffer_string(version), &end, 10), here_minor = 0;
    if (*end == '.')
        here_minor = strtoul(end + 1, NULL, 10);
    *at_least = here_major > major || (here_major == major && here_minor >= minor);
    buffer_release(&text);
    return status;
}
