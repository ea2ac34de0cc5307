/* Each attempt is made twice in processes of their own: where it must work, and in the sandbox. */
#include "pdf/sandbox.h"

#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* How a process of an attempt ends. */
enum outcome { DONE = 40, REFUSED, OTHERWISE, NO_SANDBOX };

static char folder[] = "/tmp/test_reader_sandbox.XXXXXX";

/* What an attempt returns: -1 with errno, as system calls do, or anything else. */
typedef long try_it(void);

static long open_for_writing(void) {
    return open("new", O_WRONLY | O_CREAT, 0600);
}

static long open_for_appending(void) {
    return open("secret", O_WRONLY | O_APPEND);
}

static long truncate_file(void) {
    return open("secret", O_RDONLY | O_TRUNC);
}

static long make_temporary(void) {
    return open(".", O_TMPFILE | O_RDWR, 0600);
}

static long read_secret(void) {
    return open("secret", O_RDONLY);
}

static long list_folder(void) {
    return open(".", O_RDONLY | O_DIRECTORY);
}

static long read_passwords(void) {
    return open("/etc/passwd", O_RDONLY);
}

static long read_environment(void) {
    return open("/proc/self/environ", O_RDONLY);
}

static long remove_file(void) {
    return unlink("secret");
}

static long rename_file(void) {
    return rename("secret", "other");
}

static long link_file(void) {
    return symlink("secret", "link");
}

static long make_folder(void) {
    return mkdir("made", 0700);
}

static long change_mode(void) {
    return chmod("secret", 0600);
}

static long make_socket(void) {
    return socket(AF_INET, SOCK_STREAM, 0);
}

static long make_local_socket(void) {
    return socket(AF_UNIX, SOCK_STREAM, 0);
}

/* A child that is made after all must not go on as the attempt. */
static long make_process(void) {
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    return child;
}

static long run_program(void) {
    char *arguments[] = {(char *)"/bin/sh", (char *)"-c", (char *)"exit 40", NULL};
    return execv(arguments[0], arguments);
}

static long signal_parent(void) {
    return kill(getppid(), 0);
}

static long trace_itself(void) {
    return ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

static long raise_limit(void) {
    struct rlimit limit = {1, 1};
    return setrlimit(RLIMIT_CORE, &limit);
}

static long make_code(void) {
    void *code =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return code == MAP_FAILED ? -1 : 0;
}

static long turn_into_code(void) {
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page == MAP_FAILED ? -2 : mprotect(page, 4096, PROT_READ | PROT_EXEC);
}

static long make_memory_file(void) {
    return syscall(SYS_memfd_create, "x", 0);
}

static long use_memory(void) {
    char *block = malloc(64 << 20);
    if (!block)
        return -1;
    block[1 << 20] = 1;
    free(block);
    return 0;
}

static long list_data(void) {
    return open("/usr/share/poppler", O_RDONLY | O_DIRECTORY);
}

static long write_answer(void) {
    return write(STDERR_FILENO, "", 0);
}

static int outcome_of(try_it *attempt, bool inside) {
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct error error = ERROR_NONE;
        if (inside && sandbox_enter(&error) != OK)
            _exit(NO_SANDBOX);
        errno = 0;
        if (attempt() >= 0)
            _exit(DONE);
        _exit(errno == EACCES || errno == EPERM || errno == ENOSYS ? REFUSED : OTHERWISE);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* A file that the attempts may have for themselves. */
static void renew_secret(void) {
    int file = open("secret", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(file >= 0);
    assert_int_equal(write(file, "secret", 6), 6);
    close(file);
}

static bool has_landlock(void) {
#ifdef SYS_landlock_create_ruleset
    return syscall(SYS_landlock_create_ruleset, NULL, 0, 1) > 0;
#else
    return false;
#endif
}

static void test_files_are_out_of_reach(void **state) {
    (void)state;
    static const struct {
        const char *name;
        try_it *attempt;
    } attempts[] = {
        {"read a file", read_secret},
        {"list a folder", list_folder},
        {"read /etc/passwd", read_passwords},
        {"read the environment", read_environment},
    };
    if (!has_landlock())
        skip();
    for (size_t i = 0; i < COUNT_OF(attempts); i++) {
        renew_secret();
        print_message("# %s\n", attempts[i].name);
        assert_int_equal(outcome_of(attempts[i].attempt, false), DONE);
        assert_int_equal(outcome_of(attempts[i].attempt, true), REFUSED);
    }
}

static void test_nothing_can_be_done(void **state) {
    (void)state;
#ifndef HAVE_SECCOMP
    skip();
#endif
    static const struct {
        const char *name;
        try_it *attempt;
        bool may_fail; /* outside, too, on some systems */
    } attempts[] = {
        {"open for writing", open_for_writing, false},
        {"open for appending", open_for_appending, false},
        {"truncate", truncate_file, false},
        {"make a temporary file", make_temporary, true},
        {"remove", remove_file, false},
        {"rename", rename_file, false},
        {"link", link_file, false},
        {"make a folder", make_folder, false},
        {"change a mode", change_mode, false},
        {"open a connection", make_socket, true},
        {"open a local connection", make_local_socket, true},
        {"start a process", make_process, false},
        {"run a program", run_program, false},
        {"signal another process", signal_parent, false},
        {"be traced", trace_itself, true},
        {"change limits", raise_limit, true},
        {"make code", make_code, true},
        {"turn memory into code", turn_into_code, true},
        {"make a file in memory", make_memory_file, true},
    };
    for (size_t i = 0; i < COUNT_OF(attempts); i++) {
        renew_secret();
        unlink("link");
        rmdir("made");
        print_message("# %s\n", attempts[i].name);
        if (!attempts[i].may_fail)
            assert_int_equal(outcome_of(attempts[i].attempt, false), DONE);
        renew_secret();
        unlink("link");
        rmdir("made");
        assert_int_equal(outcome_of(attempts[i].attempt, true), REFUSED);
    }
}

static void test_what_the_reader_needs_is_left(void **state) {
    (void)state;
    assert_int_equal(outcome_of(use_memory, true), DONE);
    assert_int_equal(outcome_of(write_answer, true), DONE);
    if (access("/usr/share/poppler", F_OK) == 0)
        assert_int_equal(outcome_of(list_data, true), DONE);
}

static int enter_folder(void **state) {
    (void)state;
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave_folder(void **state) {
    (void)state;
    static const char *const files[] = {"secret", "new", "other", "link"};
    for (size_t i = 0; i < COUNT_OF(files); i++)
        unlink(files[i]);
    rmdir("made");
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files_are_out_of_reach),
        cmocka_unit_test(test_nothing_can_be_done),
        cmocka_unit_test(test_what_the_reader_needs_is_left),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
