#include "base/memory.h"
#include "base/options.h"
#include "commands/command.h"
#include "report/safe.h"
#include "rules/examples.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

struct rules_options {
    bool help, test;
};

static const struct option_spec table[] = {
    {"--test", OPTION_FLAG, offsetof(struct rules_options, test), NULL,
     "run the examples of the rules (TAP output)"},
    {"--help", OPTION_FLAG, offsetof(struct rules_options, help), NULL, "print this help"},
    {0}};

struct test_run {
    size_t number, failed;
};

static void print_result(const struct rule *rule, const struct example *example, size_t number,
                         const char *problem, void *context) {
    struct test_run *run = context;
    struct buffer text = BUFFER_EMPTY;
    run->number++;
    if (problem) {
        run->failed++;
        safe_append(&text, slice_of(problem));
        printf("not ok %zu - %s\n", run->number, buffer_string(&text));
    } else {
        printf("ok %zu - %s: %s example %zu\n", run->number, rule->id,
               example->good ? "good" : "bad", number);
    }
    buffer_release(&text);
}

static int test_rules(const struct rule_set *set, struct error *error) {
    struct test_run run = {0, 0};
    int status = examples_run(set, print_result, &run, error);
    if (status == OK)
        printf("1..%zu\n", run.number);
    return status == OK ? run.failed != 0 : status;
}

static int list_rules(const struct rule_set *set) {
    for (size_t i = 0; i < set->count; i++) {
        struct buffer summary = BUFFER_EMPTY;
        safe_append(&summary, set->rules[i]->summary);
        printf("%-28s %-8s %s\n", set->rules[i]->id, severity_name(set->rules[i]->severity),
               buffer_string(&summary));
        buffer_release(&summary);
    }
    return OK;
}

static int run_command(int argc, char **argv, struct error *error) {
    struct rules_options options = {0};
    struct operands operands = {0};
    struct rule_set set = {0};
    int status;
    if (!command_begin(&status, &options, &command_rules, argc, argv, &operands, error))
        goto done;
    if (operands.count > 1)
        status = error_set(error, STATUS_USAGE, "rules takes one folder");
    if (status == OK)
        status = operands.count ? rule_set_add_folder(&set, operands.items[0], error)
                                : rule_set_add_builtin(&set, error);
    if (status == OK)
        status = options.test ? test_rules(&set, error) : list_rules(&set);
done:
    rule_set_release(&set);
    free(operands.items);
    return status;
}

const struct command command_rules = {
    .name = "rules",
    .summary = "list the rules, or run their examples",
    .usage = "[--test] [DIR]",
    .description = "Lists the rules with their severity and what they find, or runs their "
                   "examples: the built-in ones, or those of the *.yml files in DIR.",
    .operand = "DIR",
    .options = table,
    .examples = (const struct term[]){{"scribelint rules", "the built-in rules"},
                                      {"scribelint rules --test .scribelint/rules",
                                       "whether the rules of a course do what their examples say"},
                                      {0}},
    .run = run_command,
};
