/* Large blobs are read from the files of the working tree exactly when those have their bytes. */
#include "base/memory.h"
#include "git/snapshot.h"
#include "git_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LARGE = 40 * 1024, SMALL = 12 * 1024 };

static const char *const path = "assets/figure.png";

/* Bytes that no compression makes shorter. */
static void fill(unsigned char *bytes, size_t size, uint32_t seed) {
    for (size_t i = 0; i < size; i++) {
        seed = seed * 1664525u + 1013904223u;
        bytes[i] = (unsigned char)(seed >> 24);
    }
}

/* Every picture is of the same time, and not so new that Git itself would not go by that. */
static const time_t long_ago = 1700000000;

static void set_time(const char *name, time_t when) {
    struct timespec times[] = {{.tv_sec = when}, {.tv_sec = when}};
    assert_int_equal(utimensat(AT_FDCWD, name, times, 0), 0);
}

static void write_old(size_t size, uint32_t seed) {
    unsigned char bytes[LARGE];
    fill(bytes, size, seed);
    write_bytes(path, bytes, size);
    set_time(path, long_ago);
}

static char *commit_picture(size_t size, uint32_t seed) {
    write_old(size, seed);
    return commit_all("A picture");
}

enum { IMPOSTOR = 99 };

/* From here on the objects have other bytes for HEAD's picture, so that it shows who was asked. */
static void replace_object(size_t size) {
    unsigned char bytes[LARGE];
    char name[2][128], *ids[] = {git_output("rev-parse", "HEAD:assets/figure.png"), NULL};
    fill(bytes, size, IMPOSTOR);
    write_bytes(".git/impostor", bytes, size);
    ids[1] = git_output("hash-object", "-w", ".git/impostor");
    for (size_t i = 0; i < 2; i++)
        snprintf(name[i], sizeof name[i], ".git/objects/%.2s/%s", ids[i], ids[i] + 2);
    assert_int_equal(rename(name[1], name[0]), 0);
    free(ids[0]);
    free(ids[1]);
}

/* True for these bytes, false for those of the impostor. */
static bool reads(struct snapshot *snapshot, size_t size, uint32_t seed) {
    unsigned char expected[LARGE];
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    buffer_append_string(&content, "before");
    assert_int_equal(snapshot_read(snapshot, slice_of(path), LARGE, &content, &error), OK);
    assert_int_equal(content.size, 6 + size);
    assert_int_equal(content.data[content.size], '\0');
    assert_memory_equal(content.data, "before", 6);
    fill(expected, size, seed);
    bool found = memcmp(content.data + 6, expected, size) == 0;
    fill(expected, size, IMPOSTOR);
    assert_true(found || memcmp(content.data + 6, expected, size) == 0);
    buffer_release(&content);
    return found;
}

static bool commit_reads(const char *revision, size_t size, uint32_t seed) {
    struct repository *repository = open_repository();
    struct snapshot *snapshot = NULL;
    struct error error = ERROR_NONE;
    char id[OBJECT_ID_SIZE];
    assert_int_equal(repository_resolve(repository, revision, id, &error), OK);
    assert_int_equal(snapshot_open_commit(&snapshot, repository, id, &error), OK);
    bool read = reads(snapshot, size, seed);
    assert_int_equal(reads(snapshot, size, seed), read);
    snapshot_close(snapshot);
    repository_close(repository);
    return read;
}

static void untouched_file(void **state) {
    (void)state;
    free(commit_picture(LARGE, 1));
    assert_true(commit_reads("HEAD", LARGE, 1));
    replace_object(LARGE);
    assert_true(commit_reads("HEAD", LARGE, 1));
    assert_int_equal(unlink(path), 0);
    assert_false(commit_reads("HEAD", LARGE, 1));
    write_old(LARGE, 1);
    assert_false(commit_reads("HEAD", LARGE, 1)); /* the same again, but nobody has told Git */
}

static void index_and_working_tree(void **state) {
    (void)state;
    struct repository *repository;
    struct snapshot *index = NULL, *disk = NULL;
    struct error error = ERROR_NONE;
    free(commit_picture(LARGE, 1));
    replace_object(LARGE);
    repository = open_repository();
    assert_int_equal(snapshot_open_index(&index, repository, &error), OK);
    assert_int_equal(snapshot_open_worktree(&disk, repository, &error), OK);
    assert_true(reads(index, LARGE, 1));
    assert_true(reads(disk, LARGE, 1));
    snapshot_close(index);
    snapshot_close(disk);
    repository_close(repository);
}

/* What stands on disk must never be taken for what was committed: not even of the same time. */
static void other_bytes_on_disk(void **state) {
    (void)state;
    free(commit_picture(LARGE, 1));
    write_old(LARGE, 2);
    assert_true(commit_reads("HEAD", LARGE, 1));
    write_old(LARGE - 1, 2);
    assert_true(commit_reads("HEAD", LARGE, 1));
    git("add", "--all");
    assert_true(commit_reads("HEAD", LARGE, 1));
    free(commit_all("Another picture"));
    assert_true(commit_reads("HEAD~", LARGE, 1));
    assert_true(commit_reads("HEAD", LARGE - 1, 2));
}

static void no_file_on_disk(void **state) {
    struct fixture *fixture = *state;
    char *other = fixture_path(fixture, "other");
    free(commit_picture(LARGE, 1));
    assert_int_equal(rename(path, other), 0);
    assert_true(commit_reads("HEAD", LARGE, 1));
    assert_int_equal(symlink(other, path), 0);
    assert_true(commit_reads("HEAD", LARGE, 1));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0644), 0);
    assert_true(commit_reads("HEAD", LARGE, 1));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0755), 0);
    assert_true(commit_reads("HEAD", LARGE, 1));
    free(other);
}

/* Written in the same tick of the clock as the index, or later: nobody can tell. */
static void racy_file(void **state) {
    (void)state;
    free(commit_picture(LARGE, 1));
    replace_object(LARGE);
    set_time(".git/index", long_ago);
    assert_false(commit_reads("HEAD", LARGE, 1));
    set_time(".git/index", long_ago + 1);
    assert_true(commit_reads("HEAD", LARGE, 1));
}

static void filters_of_the_user(void **state) {
    (void)state;
    free(commit_picture(LARGE, 1));
    replace_object(LARGE);
    git("config", "filter.lfs.smudge", "git-lfs smudge -- %f");
    assert_true(commit_reads("HEAD", LARGE, 1));
    git("config", "filter.turn.clean", "tr a b");
    assert_false(commit_reads("HEAD", LARGE, 1));
}

static void small_file(void **state) {
    (void)state;
    free(commit_picture(SMALL, 1));
    assert_true(commit_reads("HEAD", SMALL, 1));
    replace_object(SMALL);
    assert_false(commit_reads("HEAD", SMALL, 1));
}

static void broken_index(void **state) {
    (void)state;
    free(commit_picture(LARGE, 1));
    write_file(".git/index", "DIRC");
    assert_true(commit_reads("HEAD", LARGE, 1));
    assert_int_equal(unlink(".git/index"), 0);
    assert_true(commit_reads("HEAD", LARGE, 1));
}

/* Until enough was read, an index of many files would take longer than it saves. */
static void large_index(void **state) {
    (void)state;
    struct snapshot *snapshot = NULL;
    struct error error = ERROR_NONE;
    for (int i = 0; i < 60; i++) {
        char name[64];
        snprintf(name, sizeof name, "notes/of-the-lecture-number-%d.md", i);
        write_file(name, "A note.\n");
    }
    char *id = commit_picture(LARGE, 1);
    replace_object(LARGE);
    struct repository *repository = open_repository();
    assert_int_equal(snapshot_open_commit(&snapshot, repository, id, &error), OK);
    assert_false(reads(snapshot, LARGE, 1));
    assert_true(reads(snapshot, LARGE, 1));
    assert_true(reads(snapshot, LARGE, 1));
    snapshot_close(snapshot);
    repository_close(repository);
    free(id);
}

static void bare_repository(void **state) {
    struct fixture *fixture = *state;
    char *bare = fixture_path(fixture, "bare.git");
    free(commit_picture(LARGE, 1));
    git("clone", "--quiet", "--bare", ".", bare);
    enter(bare);
    assert_true(commit_reads("HEAD", LARGE, 1));
    free(bare);
}

int main(void) {
#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(untouched_file),      TEST(index_and_working_tree),
        TEST(other_bytes_on_disk), TEST(no_file_on_disk),
        TEST(racy_file),           TEST(filters_of_the_user),
        TEST(small_file),          TEST(broken_index),
        TEST(large_index),         TEST(bare_repository),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
