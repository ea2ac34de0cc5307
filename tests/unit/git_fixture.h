/* Real repositories for tests, made with the git command in a temporary folder. */
#ifndef TESTS_GIT_FIXTURE_H
#define TESTS_GIT_FIXTURE_H

#include "git/repository.h"

struct fixture {
    char *folder; /* holds everything; removed by fixture_close() */
    char *work;   /* an initialised repository, the current directory of the test */
};

/*
 * Makes the folder, an empty repository in it with a branch "main", and goes there. HOME and the
 * variables of Git are set so that the configuration of whoever runs the test plays no part.
 */
struct fixture *fixture_open(void);
void fixture_close(struct fixture *fixture);

/* The same around a test of cmocka, whose state the fixture is. */
int fixture_set_up(void **state);
int fixture_tear_down(void **state);

/* The repository of the current directory; the test fails when it can't be opened. */
struct repository *open_repository(void);

/* A path below the folder of the fixture, for free(). */
char *fixture_path(const struct fixture *fixture, const char *name);

/* Goes to a folder; the test fails when it can't. */
void enter(const char *folder);

/* Runs git with arguments that end in NULL; the test fails unless git succeeds. */
#define git(...) git_run((const char *const[]){"git", __VA_ARGS__, NULL})
void git_run(const char *const *arguments);

/* As git(), but returns whether git succeeded. */
#define git_succeeds(...) git_try((const char *const[]){"git", __VA_ARGS__, NULL})
bool git_try(const char *const *arguments);

/* The standard output of git without the line feed at its end, for free(). */
#define git_output(...) git_capture((const char *const[]){"git", __VA_ARGS__, NULL})
char *git_capture(const char *const *arguments);

/* Writes a file, making its folders. */
void write_file(const char *path, const char *text);
void write_bytes(const char *path, const void *bytes, size_t size);

/* Stages everything in the working tree and commits it; returns the commit's id, for free(). */
char *commit_all(const char *message);

/* Stages an entry whose name no file system need accept; the content comes from `text`. */
void stage(const char *mode, const char *path, const char *text);

/* Deletes the loose object of this id, as if a partial clone had left it out. */
void delete_object(const char *id);

/*
 * Between ignore_leaks(true) and ignore_leaks(false) the leak sanitizer looks away: libgit2 1.5
 * forgets memory of its own when a revision is not there or a shallow clone has no merge base.
 */
void ignore_leaks(bool ignore);

/* Makes this test program itself the hook `name`, run with the one argument `argument`. */
void install_hook(const char *name, const char *argument);

#endif
