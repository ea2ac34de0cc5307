/*
 * Times programs against each other:
 *
 *     stopwatch RUNS [-- NAME PROGRAM ARGUMENT…]…
 *
 * All run once to warm up and then RUNS times in turn, so that a busy moment of the machine hits
 * each of them alike. Prints a line each: the name, the median and the fastest run in milliseconds,
 * the median against that of the first, and the most memory in MB. Their output is thrown away; a
 * program that does not start, or dies of a signal, ends it.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_PROGRAMS = 16, MOST_RUNS = 1000, NOT_STARTED = 127 };

struct program {
    char **arguments; /* the name first, then the program */
    double times[MOST_RUNS];
    long kilobytes;
};

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void become(char **arguments) {
    int nowhere = open("/dev/null", O_RDWR);
    dup2(nowhere, STDIN_FILENO);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    execvp(*arguments, arguments);
    _exit(NOT_STARTED);
}

/* The time of one run in milliseconds. */
static double run(struct program *program) {
    struct rusage usage;
    int status;
    double start = now();
    pid_t child = fork();
    if (child == 0)
        become(program->arguments + 1);
    if (child < 0 || wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) ||
        WEXITSTATUS(status) == NOT_STARTED) {
        fprintf(stderr, "stopwatch: %s did not run to its end\n", program->arguments[0]);
        exit(1);
    }
    double time = now() - start;
    if (usage.ru_maxrss > program->kilobytes)
        program->kilobytes = usage.ru_maxrss;
    return time;
}

static int by_size(const void *left, const void *right) {
    const double *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

static double median(const double *sorted, size_t count) {
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
}

/* Cuts the command line at each "--". */
static size_t read_programs(struct program *programs, int argc, char **argv) {
    size_t count = 0;
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--") != 0)
            continue;
        argv[i] = NULL;
        if (count == MOST_PROGRAMS || i + 2 >= argc)
            return 0;
        programs[count++].arguments = &argv[i + 1];
    }
    return count;
}

int main(int argc, char **argv) {
    static struct program programs[MOST_PROGRAMS];
    size_t runs = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
    size_t count = read_programs(programs, argc, argv);
    if (!runs || runs > MOST_RUNS || !count) {
        fputs("usage: stopwatch RUNS [-- NAME PROGRAM ARGUMENT...]...\n", stderr);
        return 2;
    }
    for (size_t i = 0; i < count; i++)
        run(&programs[i]);
    for (size_t i = 0; i < runs; i++)
        for (size_t k = 0; k < count; k++)
            programs[k].times[i] = run(&programs[k]);
    for (size_t i = 0; i < count; i++)
        qsort(programs[i].times, runs, sizeof(double), by_size);
    for (size_t i = 0; i < count; i++) {
        double middle = median(programs[i].times, runs);
        printf("%s\t%.1f\t%.1f\t%.2f\t%.1f\n", programs[i].arguments[0], middle,
               programs[i].times[0], middle / median(programs[0].times, runs),
               (double)programs[i].kilobytes / 1024);
    }
    return 0;
}
