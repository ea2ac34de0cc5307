#include "pdf/sandbox.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef __has_include
#if __has_include(<linux/landlock.h>)
#define HAVE_LANDLOCK
#include <linux/landlock.h>
#include <sys/syscall.h>
#endif
#endif

#ifdef HAVE_SECCOMP
#include <seccomp.h>
#endif

#ifdef __linux__
#include <sys/prctl.h>
#endif

/* --- Files --------------------------------------------------------------------------------- */

#ifdef HAVE_LANDLOCK

/*
 * What may be read: character maps, and only those, since text is read without font files. Folders
 * that are not there are left out.
 */
static const char *const readable[] = {
    "/usr/share/poppler",
#ifdef POPPLER_DATA
    POPPLER_DATA,
#endif
    "/usr/share/fonts",   "/usr/share/fontconfig", "/etc/fonts", "/var/cache/fontconfig",
};

/* Everything that the kernel's version of Landlock can forbid. */
static __u64 file_rights(long abi) {
    __u64 rights =
        LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE |
        LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR |
        LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
        LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
        LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;
#ifdef LANDLOCK_ACCESS_FS_REFER
    if (abi >= 2)
        rights |= LANDLOCK_ACCESS_FS_REFER;
#endif
#ifdef LANDLOCK_ACCESS_FS_TRUNCATE
    if (abi >= 3)
        rights |= LANDLOCK_ACCESS_FS_TRUNCATE;
#endif
    (void)abi;
    return rights;
}

static int allow_reading(int rules, const char *folder, struct error *error) {
    int handle = open(folder, O_PATH | O_CLOEXEC);
    if (handle < 0)
        return OK;
    struct landlock_path_beneath_attr rule = {
        .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
        .parent_fd = handle,
    };
    long failed = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    int reason = errno;
    close(handle);
    return failed ? error_set(error, STATUS_UNDECIDED, "Landlock: %s: %s", folder, strerror(reason))
                  : OK;
}

static int confine_files(struct error *error) {
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (abi < 1)
        return OK; /* not in this kernel, or switched off */
    struct landlock_ruleset_attr attributes = {.handled_access_fs = file_rights(abi)};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
    if (rules < 0)
        return error_set(error, STATUS_UNDECIDED, "Landlock: %s", strerror(errno));
    int status = OK;
    for (size_t i = 0; i < COUNT_OF(readable) && status == OK; i++)
        status = allow_reading(rules, readable[i], error);
    if (status == OK && (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
                         syscall(SYS_landlock_restrict_self, rules, 0) != 0))
        status = error_set(error, STATUS_UNDECIDED, "Landlock: %s", strerror(errno));
    close(rules);
    return status;
}

#else

static int confine_files(struct error *error) {
    (void)error;
    return OK;
}

#endif

/* --- System calls -------------------------------------------------------------------------- */

#ifdef HAVE_SECCOMP

/*
 * By name: not every architecture has all of them. All others fail with ENOSYS, at which C
 * libraries try an older one, where EPERM would make them give up.
 */
static const char *const allowed[] = {
    /* memory; mmap and mprotect below */
    "brk",
    "munmap",
    "mremap",
    "madvise",
    /* what is open */
    "read",
    "readv",
    "pread64",
    "lseek",
    "_llseek",
    "close",
    "fstat",
    "fstat64",
    "fadvise64",
    "getdents64",
    "fstatfs",
    "fstatfs64",
    /* where files are; Landlock does not hide names */
    "newfstatat",
    "fstatat64",
    "stat",
    "stat64",
    "lstat",
    "lstat64",
    "statx",
    "access",
    "faccessat",
    "faccessat2",
    "readlink",
    "readlinkat",
    "getcwd",
    /* time and chance */
    "clock_gettime",
    "clock_gettime64",
    "clock_getres",
    "gettimeofday",
    "time",
    "getrandom",
    /* itself */
    "rt_sigaction",
    "rt_sigprocmask",
    "rt_sigreturn",
    "sigreturn",
    "sigaltstack",
    "restart_syscall",
    "getpid",
    "gettid",
    "getuid",
    "geteuid",
    "getgid",
    "getegid",
    "getrusage",
    "sysinfo",
    "sched_getaffinity",
    "sched_yield",
    "futex",
    "futex_time64",
    "membarrier",
    "exit",
    "exit_group",
};

static int allow(scmp_filter_ctx filter, const char *name, unsigned count,
                 const struct scmp_arg_cmp *conditions) {
    int number = seccomp_syscall_resolve_name(name);
    if (number == __NR_SCMP_ERROR)
        return 0; /* unknown to this libseccomp */
    int failed = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, number, count, conditions);
    return failed == -EDOM ? 0 : failed; /* not on this architecture */
}

/* Opening, for reading only; the flags are argument number `at`. */
static int allow_open(scmp_filter_ctx filter, const char *name, unsigned at) {
    const unsigned writing = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | O_TMPFILE;
    /* O_TMPFILE has the bit of O_DIRECTORY, which is harmless. */
    struct scmp_arg_cmp reading =
        SCMP_CMP(at, SCMP_CMP_MASKED_EQ, writing & ~(unsigned)O_DIRECTORY, 0);
    return allow(filter, name, 1, &reading);
}

/* Memory, but none that can be executed; the protection is argument 2 of all three. */
static int allow_memory(scmp_filter_ctx filter) {
    struct scmp_arg_cmp data = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    int failed = allow(filter, "mmap", 1, &data);
    if (!failed)
        failed = allow(filter, "mmap2", 1, &data);
    return failed ? failed : allow(filter, "mprotect", 1, &data);
}

/* Writing: the answer, and what goes to standard error. */
static int allow_writing(scmp_filter_ctx filter) {
    struct scmp_arg_cmp output = SCMP_A0(SCMP_CMP_LE, STDERR_FILENO, 0);
    int failed = allow(filter, "write", 1, &output);
    return failed ? failed : allow(filter, "writev", 1, &output);
}

/* A signal to itself, which is how abort() works; its own limits, to look at. */
static int allow_itself(scmp_filter_ctx filter) {
    struct scmp_arg_cmp itself = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0);
    struct scmp_arg_cmp only_looking = SCMP_A2(SCMP_CMP_EQ, 0, 0);
    struct scmp_arg_cmp getting_flags = SCMP_A1(SCMP_CMP_EQ, F_GETFL, 0);
    struct scmp_arg_cmp setting_cloexec = SCMP_A1(SCMP_CMP_EQ, F_SETFD, 0);
    int failed = allow(filter, "tgkill", 1, &itself);
    if (!failed)
        failed = allow(filter, "tkill", 1, &itself);
    if (!failed)
        failed = allow(filter, "prlimit64", 1, &only_looking);
    if (!failed)
        failed = allow(filter, "fcntl", 1, &getting_flags);
    return failed ? failed : allow(filter, "fcntl", 1, &setting_cloexec);
}

static int add_rules(scmp_filter_ctx filter) {
    int failed = 0;
    for (size_t i = 0; i < COUNT_OF(allowed) && !failed; i++)
        failed = allow(filter, allowed[i], 0, NULL);
    if (!failed)
        failed = allow_open(filter, "openat", 2);
    if (!failed)
        failed = allow_open(filter, "open", 1);
    if (!failed)
        failed = allow_memory(filter);
    if (!failed)
        failed = allow_writing(filter);
    return failed ? failed : allow_itself(filter);
}

static int confine_calls(struct error *error) {
    if (prctl(PR_GET_SECCOMP, 0, 0, 0, 0) < 0)
        return OK; /* a kernel without it */
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
    if (!filter)
        return error_set(error, STATUS_UNDECIDED, "seccomp: no filter");
    int failed = add_rules(filter);
    if (!failed)
        failed = seccomp_load(filter);
    seccomp_release(filter);
    if (failed)
        return error_set(error, STATUS_UNDECIDED, "seccomp: %s", strerror(-failed));
    return OK;
}

#else

static int confine_calls(struct error *error) {
    (void)error;
    return OK;
}

#endif

int sandbox_enter(struct error *error) {
    int status = confine_files(error);
    return status == OK ? confine_calls(error) : status;
}
