/* Helpers that answer, hang, die or talk nonsense, as shell scripts; and what is kept of answers.
 */
#include "document/pdf_reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/memory.h"
#include "document/pdf_cache.h"
#include "document/pdf_program.h"
#include "document_fixture.h"

#define ANSWER                                                                                     \
    "{\"scribelint-pdf\": 1}\n{\"document\": {\"pages\": 1}}\n{\"page\": {\"number\": 1, "         \
    "\"width\": 612, \"height\": 792}}\n{\"run\": {\"text\": \"Hello\", \"x\": 72, \"y\": 72, "    \
    "\"width\": 40, \"height\": 9, \"size\": 10, \"font\": \"F\", \"line\": 0}}\n{\"end\": "       \
    "{\"pages\": 1}}\n"

static const char blob_id[] = "0123456789abcdef0123456789abcdef01234567";

struct world {
    char folder[64];
    char helper[96];
};

static int set_up(void **state) {
    struct world *world = memory_allocate(1, sizeof(*world));
    snprintf(world->folder, sizeof(world->folder), "/tmp/scribelint-pdf-test.XXXXXX");
    assert_non_null(mkdtemp(world->folder));
    snprintf(world->helper, sizeof(world->helper), "%s/helper", world->folder);
    setenv("SCRIBELINT_PDF", world->helper, 1);
    setenv("XDG_CACHE_HOME", world->folder, 1);
    *state = world;
    return 0;
}

static void remove_all(const char *folder) {
    char *const words[] = {(char[]){"rm"}, (char[]){"-rf"}, (char *)folder, NULL};
    pid_t child = fork();
    if (!child) {
        execvp("rm", words);
        _exit(127);
    }
    assert_int_equal(waitpid(child, NULL, 0), child);
}

static int tear_down(void **state) {
    struct world *world = *state;
    remove_all(world->folder);
    free(world);
    return 0;
}

static void write_helper(const struct world *world, const char *script) {
    FILE *file = fopen(world->helper, "w");
    assert_non_null(file);
    fprintf(file, "#!/bin/sh\n%s\n", script);
    fclose(file);
    assert_int_equal(chmod(world->helper, 0700), 0);
}

/* What a helper that does `script` makes of "%PDF"; `seconds` is its limit. */
static void expect_answer(const struct world *world, const char *script, enum pdf_outcome outcome,
                          const char *message, bool lasts) {
    struct buffer lines = BUFFER_EMPTY;
    bool lasting;
    write_helper(world, script);
    struct pdf_answer *answer =
        pdf_program_ask(world->helper, slice_of("%PDF"), 1, &lines, &lasting);
    if (answer->outcome != outcome)
        fail_msg("%s: %s, %.*s", script, pdf_outcome_name(answer->outcome),
                 SLICE_ARGUMENTS(answer->message));
    assert_slice(answer->message, message);
    assert_int_equal(lasting, lasts);
    pdf_answer_free(answer);
    buffer_release(&lines);
}

static void helpers_of_all_kinds(void **state) {
    const struct world *world = *state;
    static const char start[] = "echo '{\"scribelint-pdf\": 1}'; ";
    char script[512];
    expect_answer(world, "cat <<'E'\n" ANSWER "E", PDF_READ, "", true);
    snprintf(script, sizeof(script), "%s%s", start,
             "echo '{\"error\": {\"kind\": \"encrypted\", \"message\": \"locked\"}}'; exit 1");
    expect_answer(world, script, PDF_ENCRYPTED, "locked", true);
    snprintf(script, sizeof(script), "%skill -SEGV $$", start);
    expect_answer(world, script, PDF_DAMAGED, "scribelint-pdf was stopped by SIGSEGV reading it",
                  false);
    expect_answer(world, "echo Killed", PDF_DAMAGED,
                  "the answer of scribelint-pdf can't be understood", false);
    expect_answer(world, "exit 0", PDF_DAMAGED, "the answer of scribelint-pdf has no end", false);
    expect_answer(world, "exit 3", PDF_UNAVAILABLE, "scribelint-pdf does not work here", false);
    expect_answer(world, "exec yes", PDF_LIMIT, "too much stands in it", false);
    /* What it is given, and in which environment. */
    expect_answer(world,
                  "[ \"$(cat)\" = %PDF ] && [ -z \"$HOME$XDG_CACHE_HOME\" ] && [ \"$5\" = "
                  "--max-seconds ] || exit 3\ncat <<'E'\n" ANSWER "E",
                  PDF_READ, "", true);
}

static void hanging(void **state) {
    const struct world *world = *state;
    time_t start = time(NULL);
    expect_answer(world, "exec sleep 60", PDF_LIMIT,
                  "it took longer than 1 s to read: nothing was read", false);
    expect_answer(world, "exec >&-; exec sleep 60", PDF_LIMIT,
                  "it took longer than 1 s to read: nothing was read", false);
    assert_true(time(NULL) - start < 20);
}

static void no_helper(void **state) {
    (void)state;
    struct pdf_reader *reader = pdf_reader_open();
    assert_false(pdf_reader_is_available(reader));
    struct document *document =
        pdf_reader_read(reader, slice_of("n.pdf"), slice_of("%PDF"), blob_id);
    assert_int_equal(document->pdf->outcome, PDF_UNAVAILABLE);
    document_free(document);
    document = pdf_reader_read(reader, slice_of("n.pdf"), slice_of(""), blob_id);
    assert_int_equal(document->pdf->outcome, PDF_EMPTY);
    document_free(document);
    pdf_reader_close(reader);
}

static void expect_read(const struct world *world, const char *text) {
    (void)world;
    struct pdf_reader *reader = pdf_reader_open();
    struct document *document =
        pdf_reader_read(reader, slice_of("n.pdf"), slice_of("%PDF"), blob_id);
    assert_int_equal(document->pdf->outcome, PDF_READ);
    assert_slice(document->source.bytes, text);
    document_free(document);
    pdf_reader_close(reader);
}

/* The helper notes each of its runs in the file `runs`. */
static size_t count_runs(const struct world *world) {
    char path[128];
    snprintf(path, sizeof(path), "%s/runs", world->folder);
    struct stat about;
    return stat(path, &about) == 0 ? (size_t)about.st_size : 0;
}

static void kept_answers(void **state) {
    const struct world *world = *state;
    char script[1024];
    snprintf(script, sizeof(script), "printf x >>%s/runs\ncat <<'E'\n%sE", world->folder, ANSWER);
    write_helper(world, script);
    expect_read(world, "Hello\n");
    expect_read(world, "Hello\n");
    assert_int_equal(count_runs(world), 1);
    /* A damaged entry counts as none. */
    struct pdf_cache cache;
    pdf_cache_open(&cache, world->helper);
    char path[256];
    snprintf(path, sizeof(path), "%s/%s-%s.jsonl", cache.folder, blob_id, cache.helper_key);
    assert_int_equal(truncate(path, 100), 0);
    expect_read(world, "Hello\n");
    assert_int_equal(count_runs(world), 2);
    expect_read(world, "Hello\n");
    assert_int_equal(count_runs(world), 2);
    /* Another helper may answer otherwise. */
    write_helper(world, "sed s/Hello/Other/ <<'E'\n" ANSWER "E");
    expect_read(world, "Other\n");
    pdf_cache_release(&cache);
}

static void bounded_cache(void **state) {
    const struct world *world = *state;
    struct pdf_cache cache;
    struct buffer content = BUFFER_EMPTY, lines = BUFFER_EMPTY;
    char id[] = "0000000000000000000000000000000000000000";
    memset(buffer_extend(&content, 1000), 'a', 1000);
    pdf_cache_open(&cache, world->helper);
    for (char digit = '1'; digit <= '8'; digit++) {
        id[0] = digit;
        pdf_cache_write(&cache, id, buffer_slice(&content), 4500);
    }
    size_t kept = 0;
    for (char digit = '1'; digit <= '8'; digit++) {
        id[0] = digit;
        kept += pdf_cache_read(&cache, id, &lines);
    }
    assert_int_equal(kept, 4);
    assert_int_equal(lines.size, 4000);
    assert_true(pdf_cache_read(&cache, id, &lines)); /* the last */
    assert_false(pdf_cache_read(&cache, "../../../../etc/passwd", &lines));
    assert_false(pdf_cache_read(&cache, "", &lines));
    /* What would take more than half of the room is not kept. */
    id[0] = '9';
    pdf_cache_write(&cache, id, buffer_slice(&content), 1500);
    assert_false(pdf_cache_read(&cache, id, &lines));
    pdf_cache_release(&cache);
    setenv("XDG_CACHE_HOME", "relative", 1);
    setenv("HOME", world->folder, 1);
    pdf_cache_open(&cache, world->helper);
    char home[96];
    snprintf(home, sizeof home, "%s/.cache/scribelint/pdf", world->folder);
    assert_string_equal(cache.folder, home);
    pdf_cache_release(&cache);
    unsetenv("HOME");
    pdf_cache_open(&cache, world->helper);
    assert_null(cache.folder);
    pdf_cache_write(&cache, id, buffer_slice(&content), 4500);
    assert_false(pdf_cache_read(&cache, id, &lines));
    buffer_release(&content);
    buffer_release(&lines);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(helpers_of_all_kinds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hanging, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_helper, set_up, tear_down),
        cmocka_unit_test_setup_teardown(kept_answers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bounded_cache, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
