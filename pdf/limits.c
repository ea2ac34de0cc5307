#include "pdf/limits.h"

#include "base/memory.h"
#include "pdf/answer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

/* Once time is up, a reader has this long to take what is left. */
#define GRACE_SECONDS 5

#if defined __SANITIZE_ADDRESS__
#define LOOSE true
#elif defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) ||                         \
    __has_feature(thread_sanitizer)
#define LOOSE true
#endif
#endif
#ifndef LOOSE
#define LOOSE false
#endif

bool limits_are_loose(void) {
    return LOOSE;
}

static void on_time(int signal) {
    (void)signal;
    int saved = errno;
    answer_stop("time", "the time was over before the file was opened");
    errno = saved;
}

/*
 * Libraries abort when they get no memory, and for reasons of their own; errno tells. Those reasons
 * kill the process as if there were no handler.
 */
static void on_abort(int number) {
    if (errno == ENOMEM)
        answer_fail("limit", "it needs more memory than is allowed");
    signal(number, SIG_DFL);
    raise(number);
}

static int handle(int number, void (*handler)(int), struct error *error) {
    struct sigaction action = {.sa_handler = handler};
    sigemptyset(&action.sa_mask);
    if (sigaction(number, &action, NULL) == 0)
        return OK;
    return error_set(error, STATUS_UNDECIDED, "no handler for signal %d: %s", number,
                     strerror(errno));
}

static int set_limit(int resource, size_t most, const char *what, struct error *error) {
    struct rlimit limit = {0};
    if (getrlimit(resource, &limit) != 0)
        return error_set(error, STATUS_UNDECIDED, "limit on %s: %s", what, strerror(errno));
    if (limit.rlim_max == RLIM_INFINITY || limit.rlim_max > most)
        limit.rlim_max = most;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(resource, &limit) != 0)
        return error_set(error, STATUS_UNDECIDED, "limit on %s: %s", what, strerror(errno));
    return OK;
}

/* Then it must be able to grow. */
static bool answers_into_file(void) {
    struct stat file;
    return fstat(STDOUT_FILENO, &file) == 0 && S_ISREG(file.st_mode);
}

static int set_resources(const struct limits *limits, struct error *error) {
    size_t memory = limits->memory_mib << 20;
    int status = OK;
    if (!LOOSE) {
        status = set_limit(RLIMIT_AS, memory, "memory", error);
        if (status == OK)
            status = set_limit(RLIMIT_DATA, memory, "memory", error);
    }
    /* The clock comes first, and ends the answer properly; this is for what blocks signals. */
    if (status == OK)
        status = set_limit(RLIMIT_CPU, limits->seconds + GRACE_SECONDS, "time", error);
    if (status == OK)
        status = set_limit(RLIMIT_CORE, 0, "core files", error);
    if (status == OK && !answers_into_file())
        status = set_limit(RLIMIT_FSIZE, 0, "written files", error);
    if (status == OK)
        status = set_limit(RLIMIT_NOFILE, 32, "open files", error);
    return status;
}

static int set_clock(size_t seconds, struct error *error) {
    struct itimerval timer = {.it_value.tv_sec = (time_t)seconds,
                              .it_interval.tv_sec = GRACE_SECONDS};
    if (setitimer(ITIMER_REAL, &timer, NULL) == 0)
        return OK;
    return error_set(error, STATUS_UNDECIDED, "limit on time: %s", strerror(errno));
}

/* A sanitizer's report must come through. */
static int silence(struct error *error) {
    if (LOOSE)
        return OK;
    int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (null < 0 || dup2(null, STDERR_FILENO) < 0) {
        if (null >= 0)
            close(null);
        return error_set(error, STATUS_UNDECIDED, "/dev/null: %s", strerror(errno));
    }
    close(null);
    return OK;
}

/* What the starting process left open is nothing to read from. */
static void close_inherited(void) {
    for (int file = STDERR_FILENO + 1; file < 256; file++)
        close(file);
}

int limits_set(const struct limits *limits, struct error *error) {
    close_inherited();
    int status = set_resources(limits, error);
    if (status == OK)
        status = handle(SIGALRM, on_time, error);
    if (status == OK && !LOOSE)
        status = handle(SIGABRT, on_abort, error);
    if (status == OK && !LOOSE)
        status = handle(SIGTRAP, on_abort, error); /* GLib's way of giving up */
    if (status == OK)
        status = handle(SIGPIPE, SIG_IGN, error);
    if (status == OK)
        status = set_clock(limits->seconds, error);
    if (status == OK)
        status = silence(error);
    return status;
}
