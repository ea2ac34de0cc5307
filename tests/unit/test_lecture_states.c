#include "rules/lecture_states.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "git_fixture.h"

#define NOTES "assets/scribe_notes/"

static const char config_text[] = "course: {timezone: UTC, year: 2024}\n"
                                  "deadline: {days: 10}\n";

/* What `scribelint status` has when it prints. */
struct world {
    struct repository *repository;
    struct snapshot *head;
    struct config *config;
    struct rule_set rules;
    struct upstream upstream;
    struct verdict verdict;
    struct error error;
    char head_id[OBJECT_ID_SIZE];
    struct lecture_states states;
    int status;
};

static struct world read_world(const char *config, const char *head) {
    struct world world = {.error = ERROR_NONE};
    struct error *error = &world.error;
    if (repository_open(&world.repository, NULL, error) ||
        repository_resolve(world.repository, head, world.head_id, error) ||
        snapshot_open_commit(&world.head, world.repository, world.head_id, error) ||
        config_parse(&world.config, "test.yml", slice_of(config), error))
        fail_msg("%s", error_message(error));
    upstream_find(&world.upstream, world.repository, NULL, true);
    return world;
}

/* As of the day `now` of 2024, at midnight. */
static struct world *open_world(const char *config, unsigned month, unsigned day) {
    struct world *world = memory_allocate(1, sizeof *world);
    *world = read_world(config, "HEAD");
    struct review review = {.rules = &world->rules,
                            .config = world->config,
                            .head = world->head,
                            .commits = {world->repository, world->head_id, NULL, 2024}};
    long long now = 86400LL * day_serial((struct day){2024, month, day});
    world->status = lecture_states_read(&world->states, &review, &world->upstream, now,
                                        &world->verdict, &world->error);
    return world;
}

static void close_world(struct world *world) {
    lecture_states_release(&world->states);
    upstream_release(&world->upstream);
    verdict_release(&world->verdict);
    rule_set_release(&world->rules);
    snapshot_close(world->head);
    config_free(world->config);
    repository_close(world->repository);
    error_release(&world->error);
    free(world);
}

/* "state lateness[,lateness…] [problems] #pull" of each row. */
static void append_state(struct buffer *text, const struct lecture_state *state) {
    buffer_append_string(text, note_state_name(state->state));
    for (size_t i = 0; i < state->note_count; i++) {
        const char *lateness = lateness_name(state->notes[i].submission.lateness);
        buffer_append_format(text, "%c%s", i ? ',' : ' ', lateness ? lateness : "-");
    }
    for (size_t i = 0; i < state->problem_count; i++)
        buffer_append_format(text, " [%.*s]", SLICE_ARGUMENTS(state->problems[i]));
    for (size_t i = 0; i < state->pull_count; i++)
        buffer_append_format(text, " #%u", state->pulls[i]->number);
    buffer_append_byte(text, '\n');
}

static void expect_states(const char *config, unsigned month, unsigned day, const char *expected) {
    struct world *world = open_world(config, month, day);
    struct buffer text = BUFFER_EMPTY;
    if (world->status != OK)
        fail_msg("%s", error_message(&world->error));
    for (size_t i = 0; i < world->states.count; i++)
        append_state(&text, &world->states.items[i]);
    for (size_t i = 0; i < world->states.stray_count; i++) {
        const struct stray_note *stray = &world->states.strays[i];
        buffer_append_format(&text, "stray %.*s%s", SLICE_ARGUMENTS(stray->path),
                             stray->empty ? " empty" : "");
        buffer_append_format(&text, stray->pull ? " #%u\n" : "\n", stray->pull);
    }
    assert_string_equal(buffer_string(&text), expected);
    assert_int_equal(world->verdict.undecided.count, 0);
    buffer_release(&text);
    close_world(world);
}

/* The dates of the commits that follow: the given day of 2024, at noon UTC. */
static void set_day(unsigned month, unsigned day) {
    struct buffer date = BUFFER_EMPTY;
    buffer_append_format(&date, "2024-%02u-%02uT12:00:00Z", month, day);
    setenv("GIT_AUTHOR_DATE", buffer_string(&date), 1);
    setenv("GIT_COMMITTER_DATE", buffer_string(&date), 1);
    buffer_release(&date);
}

static void write_schedule(const char *rows) {
    write_file("_config.yml", "collections: {modules: {output: false}}\n");
    struct buffer text = BUFFER_EMPTY;
    buffer_append_format(&text, "---\ntitle: Week 1\n---\n\n%s", rows);
    write_file("_modules/week-01.md", buffer_string(&text));
    buffer_release(&text);
}

/* Lectures on Jan 8, 10 and 12, with what the rows link as notes. */
static void write_week(const char *first, const char *second, const char *third) {
    const char *links[] = {first, second, third};
    struct buffer rows = BUFFER_EMPTY;
    for (size_t i = 0; i < 3; i++)
        buffer_append_format(&rows,
                             "Jan %zu\n: **%zu**{: .label} Lecture on disks\n"
                             "  : [Slides](assets/s%zu.pdf) &#8226; [Notes](%s)\n\n",
                             8 + 2 * i, 1 + i, i, links[i]);
    write_schedule(buffer_string(&rows));
    buffer_release(&rows);
}

static void commit(const char *message) {
    free(commit_all(message));
}

/* Three lectures without a note, on the first day. */
static void start_week(void) {
    set_day(1, 8);
    write_week("#", "#", "#");
    commit("Start");
}

/* A branch from here with one version of the note on each of two days; back on main. */
static void make_pull(const char *ref, const char *path, unsigned day, unsigned later) {
    struct buffer text = BUFFER_EMPTY;
    buffer_append_format(&text, "%%PDF of %s\n", path);
    git("checkout", "-q", "-b", "topic");
    set_day(1, day);
    write_file(path, buffer_string(&text));
    commit("Add the note");
    if (later) {
        set_day(1, later);
        buffer_append_string(&text, "again\n");
        write_file(path, buffer_string(&text));
        commit("Revise the note");
    }
    buffer_release(&text);
    git("update-ref", ref, "HEAD");
    git("checkout", "-q", "main");
}

/* As GitHub does it: one commit with the date of the merge. */
static void squash(unsigned month, unsigned day, const char *subject) {
    set_day(month, day);
    git("merge", "-q", "--squash", "topic");
    commit(subject);
    git("branch", "-q", "-D", "topic");
}

static void states_of_rows(void **state) {
    (void)state;
    set_day(1, 12);
    write_week("#", NOTES "jan10_scribe.pdf", "#");
    write_file(NOTES "jan10_scribe.pdf", "%PDF\n");
    write_file(NOTES "jan12_scribe.pdf", "%PDF\n");
    commit("Start");
    expect_states(config_text, 2, 1, "none\nlinked on-time\nsubmitted on-time\n");
    expect_states(config_text, 1, 18, "not-yet\nlinked on-time\nsubmitted on-time\n");
    expect_states("course: {year: 2024}\n", 1, 8, "not-yet\nlinked -\nsubmitted -\n");
    expect_states("course: {year: 2024}\n", 1, 9, "none\nlinked -\nsubmitted -\n");
}

static void rows_without_lecture(void **state) {
    (void)state;
    set_day(1, 12);
    write_schedule("Jan 8\n: **1**{: .label} Disks\n  : [Notes](#)\n\n"
                   "Jan 15\n: No lecture\n\n"
                   "<!--\nJan 17\n: **2**{: .label} Hidden\n  : [Notes](#)\n-->\n\n"
                   "Jan 19\n: **3**{: .label} Tapes\n  : [Notes](#)\n\n");
    commit("Start");
    expect_states(config_text, 6, 1, "none\nno-lecture\nnone\n");
    struct world *world = open_world(config_text, 6, 1);
    assert_int_equal(world->states.totals.lectures, 2);
    assert_int_equal(world->states.totals.without_note, 2);
    close_world(world);
}

static void problems(void **state) {
    (void)state;
    set_day(1, 12);
    write_week(NOTES "gone.pdf", NOTES "jan12_scribe.pdf", "#");
    write_file(NOTES "jan12_scribe.pdf", "%PDF\n");
    write_file(NOTES "feb_30.pdf", "%PDF\n");
    commit("Start");
    expect_states(config_text, 6, 1,
                  "problem [links " NOTES "gone.pdf, which is not there]\n"
                  "problem [links " NOTES "jan12_scribe.pdf, the note of another lecture]\n"
                  "problem on-time [its note is linked from Jan 10 (2)]\n"
                  "stray " NOTES "feb_30.pdf\n");
    write_week("#", "#", NOTES "jan12_scribe.pdf");
    git("mv", NOTES "feb_30.pdf", NOTES "jan_12_other.pdf");
    write_file(NOTES "jan8_scribe.pdf", "");
    write_file(NOTES "jan10_scribe.pdf", "%PDF\n");
    write_file(NOTES "jan10_scribe.md", "---\ntitle: x\n---\n");
    commit("Mend some");
    expect_states("notes: [{files: 'assets/scribe_notes/*'}]\ncourse: {year: 2024}\n", 6, 1,
                  "problem - [" NOTES "jan8_scribe.pdf is an empty file]\n"
                  "submitted -,-\n"
                  "problem -,- [2 notes for one lecture]\n");
}

static void lateness_of_plain_commits(void **state) {
    (void)state;
    start_week();
    set_day(1, 18); /* the last day */
    write_file(NOTES "jan8_scribe.pdf", "%PDF\n");
    commit("In time");
    set_day(1, 21);
    write_file(NOTES "jan10_scribe.pdf", "%PDF\n");
    commit("A day late");
    set_day(1, 22);
    write_file(NOTES "jan_12.pdf", "%PDF 1\n");
    commit("In time, too");
    set_day(1, 30);
    git("mv", NOTES "jan8_scribe.pdf", NOTES "jan8_notes.pdf");
    commit("Renaming is no version");
    git("rm", "-q", NOTES "jan_12.pdf");
    write_file(NOTES "jan12_scribe.pdf", "%PDF 2, of other content\n");
    commit("Rename and revise at once");
    expect_states(config_text, 6, 1,
                  "submitted on-time\nsubmitted late\nsubmitted late-revision\n");
    struct world *world = open_world(config_text, 6, 1);
    assert_int_equal(world->states.totals.late, 1);
    close_world(world);
}

/* The date of the merge is no date of a submission. */
static void squashed_pull_requests(void **state) {
    (void)state;
    start_week();
    make_pull("refs/pull/1/head", NOTES "jan8_scribe.pdf", 15, 0);
    squash(2, 10, "Add the note (#1)");
    make_pull("refs/pull/2/head", NOTES "jan10_scribe.pdf", 15, 28);
    squash(2, 11, "Notes of Jan 10 (#2)");
    make_pull("refs/pull/31/head", NOTES "jan_12.pdf", 25, 0);
    squash(2, 12, "The subject was edited");
    git("mv", NOTES "jan_12.pdf", NOTES "jan12_scribe.pdf");
    commit("Give it its name");
    expect_states(config_text, 6, 1,
                  "submitted on-time\nsubmitted late-revision\nsubmitted late\n");

    /* Nothing is said that only the pull request tells. */
    git("update-ref", "-d", "refs/pull/1/head");
    git("update-ref", "-d", "refs/pull/2/head");
    expect_states(config_text, 6, 1, "submitted unknown\nsubmitted unknown\nsubmitted late\n");
    struct world *world = open_world(config_text, 6, 1);
    assert_true(world->states.lacks_pulls);
    assert_int_equal(world->states.totals.late, 1);
    close_world(world);

    /* Merged in time is handed in in time. */
    expect_states("deadline: {days: 60}\ncourse: {year: 2024}\n", 6, 1,
                  "submitted on-time\nsubmitted on-time\nsubmitted on-time\n");
}

static void open_pull_requests(void **state) {
    (void)state;
    start_week();
    make_pull("refs/pull/1/head", NOTES "jan8_scribe.pdf", 15, 0);
    git("branch", "-q", "-D", "topic");
    make_pull("refs/pull/2/head", NOTES "jan10_scribe.pdf", 16, 0);
    set_day(1, 17);
    git("merge", "-q", "--no-ff", "-m", "Merge pull request #2", "topic");
    git("branch", "-q", "-D", "topic");
    make_pull("refs/pull/3/head", NOTES "jan12_scribe.pdf", 18, 19);
    squash(1, 20, "Jan 12 (#3)");
    make_pull("refs/pull/4/head", NOTES "march_30.pdf", 21, 0);
    git("branch", "-q", "-D", "topic");
    make_pull("refs/pull/5/head", "README.md", 22, 0);
    expect_states(config_text, 6, 1,
                  "none #1\nsubmitted on-time\nsubmitted on-time\nstray " NOTES
                  "march_30.pdf #4\n");

    /* As of an older commit: what began later is not told, nor what main brought since. */
    git("checkout", "-q", "HEAD~1");
    expect_states(config_text, 1, 19, "none #1\nsubmitted on-time\nnot-yet #3\n");
    expect_states(config_text, 1, 17, "not-yet #1\nsubmitted on-time\nnot-yet\n");
}

static void expect_scribes(const char *config, size_t row, const char *expected) {
    struct world *world = open_world(config, 6, 1);
    if (world->status != OK)
        fail_msg("%s", error_message(&world->error));
    const struct lecture_state *state = &world->states.items[row];
    const char *source = scribes_source_name(state->scribes_source);
    struct buffer text = BUFFER_EMPTY;
    buffer_append_format(&text, "%s:", source ? source : "nobody");
    for (size_t i = 0; i < state->scribes.count; i++)
        buffer_append_format(&text, " %.*s|%.*s", SLICE_ARGUMENTS(state->scribes.items[i].name),
                             SLICE_ARGUMENTS(state->scribes.items[i].account));
    assert_string_equal(buffer_string(&text), expected);
    buffer_release(&text);
    close_world(world);
}

static void scribes(void **state) {
    (void)state;
    static const char notes[] = "notes: [{files: 'assets/scribe_notes/*'}]\ncourse: {year: 2024}\n";
    struct buffer signed_up = BUFFER_EMPTY;
    buffer_append_format(&signed_up, "%sroster: {file: people.csv}\n", notes);
    set_day(1, 12);
    write_week("#", "#", "#");
    write_file("people.csv", "Lecture,Name\n1,Carla Diaz\n2,\"Dan Eng, Eva Fox\"\n3,Gus Ito\n");
    write_file(NOTES "jan8_scribe.md", "---\ntitle: x\nauthors:\n- name: Alice Ito\n---\n");
    setenv("GIT_AUTHOR_NAME", "Bob Ray", 1);
    write_file(NOTES "jan10_scribe.pdf", "%PDF\n");
    commit("Add notes\n\nCo-authored-by: Mia Poe <1+mia@users.noreply.github.com>\n"
           "Co-authored-by: Bob Ray <bob@example.org>\n"
           "Co-authored-by: helper[bot] <x@example.org>");
    expect_scribes(notes, 0, "note: Alice Ito|");
    expect_scribes(notes, 1, "commits: Bob Ray| Mia Poe|mia");
    expect_scribes(notes, 2, "nobody:");
    expect_scribes(buffer_string(&signed_up), 0, "note: Alice Ito|");
    expect_scribes(buffer_string(&signed_up), 1, "roster: Dan Eng| Eva Fox|");
    expect_scribes(buffer_string(&signed_up), 2, "roster: Gus Ito|");
    buffer_release(&signed_up);
}

static void no_schedule(void **state) {
    (void)state;
    set_day(1, 8);
    write_file("index.md", "Welcome.\n");
    commit("Start");
    struct world *world = open_world(config_text, 6, 1);
    assert_int_equal(world->status, STATUS_UNDECIDED);
    assert_non_null(strstr(error_message(&world->error), "no schedule was found"));
    close_world(world);
}

/* A shallow clone does not know who was first. */
static void shallow_clone(void **state) {
    set_day(1, 8);
    write_week("#", "#", "#");
    write_file(NOTES "jan8_scribe.pdf", "%PDF 1\n");
    commit("Start");
    set_day(2, 20);
    write_file(NOTES "jan8_scribe.pdf", "%PDF 2\n");
    commit("Revise");
    expect_states(config_text, 6, 1, "submitted late-revision\nnone\nnone\n");
    char *url = fixture_path(*state, "shallow"), *from = git_output("rev-parse", "--show-toplevel");
    struct buffer file = BUFFER_EMPTY;
    buffer_append_format(&file, "file://%s", from);
    git("clone", "-q", "--depth=1", buffer_string(&file), url);
    enter(url);
    struct world *world = open_world(config_text, 6, 1);
    assert_int_equal(world->status, OK);
    assert_int_equal(lecture_lateness(&world->states.items[0]), LATENESS_UNKNOWN);
    close_world(world);
    buffer_release(&file);
    free(from);
    free(url);
}

static void numbers_of_squashed(void **state) {
    (void)state;
    static const struct {
        const char *subject;
        unsigned number;
    } cases[] = {{"Add notes (#12)", 12},
                 {"Revert \"x (#5)\" (#6) ", 6},
                 {"Add notes #12", 0},
                 {"(#12) notes", 0},
                 {"Add notes (12)", 0},
                 {"Add notes (#)", 0},
                 {"Notes (#1x)", 0},
                 {"(#7)", 7},
                 {"#7)", 0},
                 {")", 0},
                 {"", 0},
                 {"x (#99999999999999999999)", 0}};
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(squashed_number(slice_of(cases[i].subject)), cases[i].number);
}

#define IN_REPOSITORY(test) cmocka_unit_test_setup_teardown(test, fixture_set_up, fixture_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(states_of_rows),
        IN_REPOSITORY(rows_without_lecture),
        IN_REPOSITORY(problems),
        IN_REPOSITORY(lateness_of_plain_commits),
        IN_REPOSITORY(squashed_pull_requests),
        IN_REPOSITORY(open_pull_requests),
        IN_REPOSITORY(scribes),
        IN_REPOSITORY(no_schedule),
        IN_REPOSITORY(shallow_clone),
        cmocka_unit_test(numbers_of_squashed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
