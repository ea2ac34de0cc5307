#include "review_fixture.h"

#include "rules/review.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

struct side_files side_of(const char *const *files) {
    struct side_files side = {.count = 0};
    for (; files && files[0]; files += 2)
        side.files[side.count++] = (struct scratch_file){slice_of(files[0]), slice_of(files[1])};
    return side;
}

static void append_findings(struct buffer *text, const struct verdict *verdict, bool messages,
                            bool mended) {
    for (size_t i = 0; i < verdict->findings.count; i++) {
        const struct finding *finding = verdict->findings.items[i];
        if (finding->state == FINDING_FIXED && !mended)
            continue;
        buffer_append_format(text, "%s %s %.*s", finding_state_name(finding->state), finding->rule,
                             SLICE_ARGUMENTS(finding->path));
        if (finding->has_place)
            buffer_append_format(text, ":%zu", finding->start.line);
        buffer_append_format(text, " %.*s", SLICE_ARGUMENTS(finding->subject));
        if (messages)
            buffer_append_format(text, " | %.*s", SLICE_ARGUMENTS(finding->message));
        if (messages && finding->fix.size)
            buffer_append_format(text, " | %.*s", SLICE_ARGUMENTS(finding->fix));
        buffer_append_byte(text, '\n');
    }
}

static void append_remarks(struct buffer *text, const char *name, const struct remark_list *list) {
    for (size_t i = 0; i < list->count; i++)
        buffer_append_format(text, "%s %.*s %.*s\n", name, SLICE_ARGUMENTS(list->items[i].path),
                             SLICE_ARGUMENTS(list->items[i].reason));
}

static struct snapshot *open_side(struct repository *repository, const struct side_files *side) {
    struct error error = ERROR_NONE;
    struct snapshot *snapshot = NULL;
    int status = scratch_snapshot(&snapshot, repository, side->files, side->count, &error);
    assert_string_equal(error_message(&error), "");
    assert_int_equal(status, OK);
    return snapshot;
}

static void run_review(struct review *review, const struct review_request *request,
                       struct verdict *verdict) {
    struct error error = ERROR_NONE;
    struct repository *repository = NULL;
    struct snapshot *base = NULL, *head;
    struct change_set *changes = NULL;
    assert_int_equal(scratch_open(&repository, &error), OK);
    head = open_side(repository, request->head);
    if (request->base) {
        base = open_side(repository, request->base);
        assert_int_equal(change_set_compute(&changes, repository, base, head, &error), OK);
    }
    struct slice path = slice_of(request->path);
    struct text_list paths = {.items = &path, .count = 1};
    review->base = base;
    review->head = head;
    review->changes = changes;
    review->paths = request->path ? &paths : NULL;
    assert_int_equal(review_run(review, verdict, &error), OK);
    change_set_free(changes);
    snapshot_close(base);
    snapshot_close(head);
    repository_close(repository);
}

/* A brief review of the same must not differ but in what it may leave out. */
static void expect_brief(struct review *review, const struct review_request *request,
                         const struct verdict *whole) {
    struct verdict brief = {0};
    struct buffer expected = BUFFER_EMPTY, text = BUFFER_EMPTY;
    review->brief = true;
    run_review(review, request, &brief);
    bool tells_mended = verdict_summary(whole).introduced || whole->undecided.count;
    append_findings(&expected, whole, true, tells_mended);
    append_findings(&text, &brief, true, tells_mended);
    if (!whole->undecided.count || brief.undecided.count)
        assert_string_equal(buffer_string(&text), buffer_string(&expected));
    buffer_release(&text);
    buffer_release(&expected);
    verdict_release(&brief);
}

char *review_of(const struct review_request *request) {
    struct error error = ERROR_NONE;
    struct rule_set rules = {0};
    struct config *config = NULL;
    struct verdict verdict = {0};
    struct buffer text = BUFFER_EMPTY;
    rule_set_add(&rules, "rules.yml", slice_of(request->rules), &error);
    assert_string_equal(error_message(&error), "");
    if (request->config)
        config_parse(&config, "config.yml", slice_of(request->config), &error);
    else
        config_defaults(&config, &error);
    if (config)
        rule_set_configure(&rules, config, &error);
    assert_string_equal(error_message(&error), "");
    struct review review = {.rules = &rules, .config = config};
    run_review(&review, request, &verdict);
    expect_brief(&review, request, &verdict);
    append_findings(&text, &verdict, request->messages, true);
    append_remarks(&text, "skipped", &verdict.skipped);
    append_remarks(&text, "undecided", &verdict.undecided);
    verdict_release(&verdict);
    config_free(config);
    rule_set_release(&rules);
    return buffer_detach(&text);
}

void expect_review(const char *rules, const char *config, const char *const *base,
                   const char *const *head, const char *expected) {
    struct side_files base_side = side_of(base), head_side = side_of(head);
    char *text = review_of(&(struct review_request){
        .rules = rules, .config = config, .base = base ? &base_side : NULL, .head = &head_side});
    assert_string_equal(text, expected);
    free(text);
}
