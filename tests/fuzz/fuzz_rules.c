/* All built-in rules on a note of a site with dollar math: the same findings twice in a row. */
#include "base/memory.h"
#include "fuzz.h"
#include "git/scratch.h"
#include "rules/review.h"

static struct rule_set rules;
static struct config *config;

static void prepare(void) {
    struct error error = ERROR_NONE;
    if (rules.count)
        return;
    require(rule_set_add_builtin_brief(&rules, &error) == OK);
    require(config_parse(&config, "settings", slice_of("math: dollar\n"), &error) == OK);
}

/* How many findings; places must be in the note. */
static size_t look(struct slice bytes) {
    const struct scratch_file files[] = {
        {slice_of("_config.yml"), slice_of("title: x\n")},
        {slice_of("assets/bibliography/2024-01-02-lecture-02.bib"), slice_of("@book{a}")},
        {slice_of("_posts/2024-01-02-lecture-02.md"), bytes}};
    struct repository *repository = NULL;
    struct snapshot *head = NULL;
    struct verdict verdict = {0};
    struct error error = ERROR_NONE;
    struct source source;
    source_init(&source, bytes);
    require(scratch_open(&repository, &error) == OK);
    require(scratch_snapshot(&head, repository, files, COUNT_OF(files), &error) == OK);
    struct review review = {.rules = &rules, .config = config, .head = head};
    require(review_run(&review, &verdict, &error) == OK);
    size_t count = verdict.findings.count;
    for (size_t i = 0; i < count; i++) {
        const struct finding *finding = verdict.findings.items[i];
        if (finding->has_place && slice_ends_with(finding->path, ".md"))
            require(finding->end.line <= source.line_count &&
                    finding->start.line <= finding->end.line);
    }
    verdict_release(&verdict);
    snapshot_close(head);
    repository_close(repository);
    source_release(&source);
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    prepare();
    struct slice bytes = {(const char *)data, size};
    require(look(bytes) == look(bytes));
    return 0;
}
