#include "commands/hook_limit.h"

#include "finding/verdict.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#define WHY                                                                                        \
    "scribelint: gave up after too much processor time (very many notes, which scribelint check "  \
    "looks at; or a damaged object, which git fsck tells); "

/* In a signal handler nothing but write() and _exit() can be relied on. */
static void end(const char *text, size_t size, int status) {
    if (write(STDERR_FILENO, text, size) < 0)
        status = EXIT_UNDECIDED;
    _exit(status);
}

static void let_through(int signal) {
    static const char text[] =
        WHY "nothing is stopped, and the check on the pull request decides\n";
    (void)signal;
    end(text, sizeof text - 1, EXIT_CLEAN);
}

static void stop(int signal) {
    static const char text[] = WHY "it stops here, since scribelint.required is set\n";
    (void)signal;
    end(text, sizeof text - 1, EXIT_FINDINGS);
}

void hook_limit_time(bool required) {
    struct sigaction action = {.sa_handler = required ? stop : let_through};
    struct rlimit limit;
    sigemptyset(&action.sa_mask);
    if (getrlimit(RLIMIT_CPU, &limit) != 0 || sigaction(SIGXCPU, &action, NULL) != 0)
        return;
    if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur > HOOK_SECONDS)
        limit.rlim_cur = HOOK_SECONDS;
    /* At the hard limit the program is killed without a word. */
    if (limit.rlim_cur >= limit.rlim_max && limit.rlim_max > 1)
        limit.rlim_cur = limit.rlim_max - 1;
    setrlimit(RLIMIT_CPU, &limit);
}
