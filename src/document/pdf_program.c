#include "document/pdf_program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char name[] = "scribelint-pdf";

enum {
    LONGEST_PATH = 4096,
    GRACE_SECONDS = 3, /* beyond its own limit */
    NAP = 5,           /* milliseconds */
    STATUS_NO_LIMITS = 3,
    STATUS_WRONG_USAGE = 2,
    STATUS_NOT_STARTED = 127,
};

/* --- Where it is -------------------------------------------------------------------------------
 */

static bool is_program(const struct buffer *path) {
    return access(buffer_string(path), X_OK) == 0;
}

static bool try_folder(struct buffer *path, struct slice folder) {
    buffer_clear(path);
    buffer_append_slice(path, folder);
    buffer_append_format(path, "/%s", name);
    return is_program(path);
}

/* The folder of this program; empty where the system does not tell. */
static struct slice own_folder(char bytes[LONGEST_PATH]) {
    ssize_t size = readlink("/proc/self/exe", bytes, LONGEST_PATH);
    return slice_folder((struct slice){bytes, size > 0 ? (size_t)size : 0});
}

static bool find_beside(struct buffer *path) {
    char bytes[LONGEST_PATH];
    struct slice folder = own_folder(bytes);
    if (!folder.size)
        return false;
    if (try_folder(path, folder))
        return true;
    buffer_clear(path);
    buffer_append_slice(path, slice_folder(folder));
    buffer_append_format(path, "/libexec/scribelint/%s", name);
    return is_program(path);
}

/* Relative folders would start what the repository under test brings. */
static bool find_on_path(struct buffer *path) {
    struct slice list = slice_of(getenv("PATH"));
    for (size_t start = 0; start < list.size;) {
        size_t end = slice_find(list, ":", start);
        end = end == SLICE_NOT_FOUND ? list.size : end;
        struct slice folder = slice_part(list, start, end);
        if (slice_starts_with(folder, "/") && try_folder(path, folder))
            return true;
        start = end + 1;
    }
    return false;
}

bool pdf_program_find(struct buffer *path) {
    const char *given = getenv("SCRIBELINT_PDF");
    bool found;
    if (given && *given) {
        buffer_clear(path);
        buffer_append_string(path, given);
        found = is_program(path);
    } else {
        found = find_beside(path) || find_on_path(path);
    }
    if (!found)
        buffer_clear(path);
    return found;
}

/* --- Starting it -------------------------------------------------------------------------------
 */

/*
 * A file in memory as its standard input: nothing has to be fed while the answer comes, and a
 * helper that does not read is no signal for this program. -1: there is none.
 */
static int open_input(struct slice pdf) {
#ifdef MFD_CLOEXEC
    int file = memfd_create(name, MFD_CLOEXEC);
#else
    FILE *stream = tmpfile();
    int file = stream ? fcntl(fileno(stream), F_DUPFD_CLOEXEC, 3) : -1;
    if (stream)
        fclose(stream);
#endif
    for (size_t at = 0; file >= 0 && at < pdf.size;) {
        ssize_t size = write(file, pdf.data + at, pdf.size - at);
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0) {
            close(file);
            return -1;
        }
        at += (size_t)size;
    }
    if (file >= 0)
        lseek(file, 0, SEEK_SET);
    return file;
}

static bool open_pipe(int ends[2]) {
#ifdef __linux__
    return pipe2(ends, O_CLOEXEC) == 0; /* other threads start programs too */
#else
    if (pipe(ends))
        return false;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return true;
#endif
}

/* Signals that this program ignores or blocks are as usual in the helper. */
static void set_signals(posix_spawnattr_t *attributes) {
    sigset_t usual, none;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    sigaddset(&usual, SIGCHLD);
    posix_spawnattr_setsigdefault(attributes, &usual);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
}

static int start(pid_t *child, const char *path, int input, int output, unsigned seconds) {
    char *const environment[] = {(char[]){"PATH=/usr/bin:/bin"}, (char[]){"LC_ALL=C.UTF-8"}, NULL};
    char numbers[4][24];
    snprintf(numbers[0], sizeof(numbers[0]), "%d", PDF_MOST_PAGES);
    snprintf(numbers[1], sizeof(numbers[1]), "%d", PDF_MOST_ANSWER);
    snprintf(numbers[2], sizeof(numbers[2]), "%u", seconds);
    snprintf(numbers[3], sizeof(numbers[3]), "%d", PDF_MOST_MEMORY);
    char *arguments[] = {(char[]){"scribelint-pdf"},
                         (char[]){"--max-pages"},
                         numbers[0],
                         (char[]){"--max-output"},
                         numbers[1],
                         (char[]){"--max-seconds"},
                         numbers[2],
                         (char[]){"--max-memory"},
                         numbers[3],
                         NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int code = posix_spawn_file_actions_init(&actions);
    if (code)
        return code;
    code = posix_spawnattr_init(&attributes);
    if (!code) {
        set_signals(&attributes);
        code = posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
        if (!code)
            code = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
        if (!code)
            code =
                posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        if (!code)
            code = posix_spawn(child, path, &actions, &attributes, arguments, environment);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return code;
}

/* --- Listening to it ----------------------------------------------------------------------- */

static long long now_in_milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

enum ending { ENDED, TOO_LONG, TOO_MUCH };

static enum ending listen_to(int source, long long deadline, struct buffer *lines) {
    char bytes[64 * 1024];
    for (;;) {
        long long left = deadline - now_in_milliseconds();
        struct pollfd wait = {.fd = source, .events = POLLIN};
        if (left <= 0)
            return TOO_LONG;
        int ready = poll(&wait, 1, (int)left);
        if (ready <= 0)
            continue;
        ssize_t size = read(source, bytes, sizeof(bytes));
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0)
            return ENDED;
        buffer_append(lines, bytes, (size_t)size);
        if (lines->size > (size_t)PDF_MOST_ANSWER + sizeof(bytes))
            return TOO_MUCH;
    }
}

/* One that closed its output must end, too. False: it had to be killed. */
static bool wait_for(pid_t child, long long deadline, int *state) {
    for (;;) {
        pid_t ended = waitpid(child, state, WNOHANG);
        if (ended == child)
            return true;
        if (ended < 0 && errno != EINTR) {
            *state = 0; /* nobody keeps it: SIGCHLD is ignored where this program was started */
            return true;
        }
        if (now_in_milliseconds() >= deadline)
            return false;
        poll(NULL, 0, NAP);
    }
}

static void kill_it(pid_t child, int *state) {
    kill(child, SIGKILL);
    while (waitpid(child, state, 0) < 0 && errno == EINTR)
        continue;
}

static const char *signal_name(int number) {
    static const struct {
        int number;
        const char *name;
    } names[] = {{SIGSEGV, "SIGSEGV"}, {SIGABRT, "SIGABRT"}, {SIGBUS, "SIGBUS"},
                 {SIGFPE, "SIGFPE"},   {SIGILL, "SIGILL"},   {SIGKILL, "SIGKILL"},
                 {SIGXCPU, "SIGXCPU"}, {SIGSYS, "SIGSYS"},   {SIGTERM, "SIGTERM"}};
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (names[i].number == number)
            return names[i].name;
    return "a signal";
}

static struct pdf_answer *too_long(unsigned seconds) {
    struct pdf_answer *answer = pdf_answer_of(PDF_LIMIT, "");
    answer->message = slice_of(arena_format(
        &answer->arena, "it took longer than %u s to read: nothing was read", seconds));
    return answer;
}

struct pdf_answer *pdf_program_tell_time(struct pdf_answer *answer, unsigned seconds) {
    bool late = slice_equal_string(answer->limit, "time") ||
                (answer->outcome == PDF_LIMIT && slice_starts_with(answer->message, "the time "));
    for (size_t i = 0; i < answer->page_count; i++)
        late = late && !answer->pages[i].run_count;
    if (!late)
        return answer;
    pdf_answer_free(answer);
    return too_long(seconds);
}

static struct pdf_answer *judge(enum ending ending, int state, struct slice lines, unsigned seconds,
                                bool *lasting) {
    int status = WIFEXITED(state) ? WEXITSTATUS(state) : 0;
    *lasting = false;
    if (ending == TOO_LONG)
        return too_long(seconds);
    if (ending == TOO_MUCH)
        return pdf_answer_of(PDF_LIMIT, "too much stands in it");
    if (status == STATUS_NOT_STARTED || status == STATUS_WRONG_USAGE || status == STATUS_NO_LIMITS)
        return pdf_answer_of(PDF_UNAVAILABLE, "scribelint-pdf does not work here");
    struct pdf_answer *answer = pdf_answer_read(lines);
    bool dead = WIFSIGNALED(state) && answer->outcome == PDF_DAMAGED;
    if (dead)
        answer->message = arena_copy(
            &answer->arena,
            slice_of(arena_format(&answer->arena, "scribelint-pdf was stopped by %s reading it",
                                  signal_name(WTERMSIG(state)))));
    *lasting = !WIFSIGNALED(state) && answer->ended;
    return answer;
}

static struct pdf_answer *listen_and_judge(pid_t child, int source, unsigned seconds,
                                           struct buffer *lines, bool *lasting) {
    long long deadline = now_in_milliseconds() + 1000LL * (seconds + GRACE_SECONDS);
    int state = 0;
    enum ending ending = listen_to(source, deadline, lines);
    if (ending != ENDED) {
        kill_it(child, &state);
    } else if (!wait_for(child, deadline, &state)) {
        kill_it(child, &state);
        ending = TOO_LONG;
    }
    return judge(ending, state, buffer_slice(lines), seconds, lasting);
}

static struct pdf_answer *cannot(const char *what, int code) {
    struct pdf_answer *answer = pdf_answer_of(PDF_UNAVAILABLE, "");
    char *message = arena_format(&answer->arena, "%s: %s", what, strerror(code));
    answer->message = slice_of(message);
    return answer;
}

struct pdf_answer *pdf_program_ask(const char *path, struct slice pdf, unsigned seconds,
                                   struct buffer *lines, bool *lasting) {
    struct pdf_answer *answer = NULL;
    int ends[2];
    pid_t child;
    *lasting = false;
    int input = open_input(pdf);
    if (input < 0)
        return cannot("the PDF can't be handed to scribelint-pdf", errno);
    if (!open_pipe(ends)) {
        int code = errno;
        close(input);
        return cannot("scribelint-pdf can't be run", code);
    }
    int code = start(&child, path, input, ends[1], seconds);
    close(input);
    close(ends[1]);
    answer = code ? cannot("scribelint-pdf can't be run", code)
                  : listen_and_judge(child, ends[0], seconds, lines, lasting);
    close(ends[0]);
    return answer;
}
