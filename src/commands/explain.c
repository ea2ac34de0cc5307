#include "base/memory.h"
#include "base/options.h"
#include "commands/command.h"
#include "commands/wrap.h"
#include "report/safe.h"
#include "rules/examples.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

enum { INDENT = 2 };

struct explain_options {
    bool help;
    const char *rules;
};

static const struct option_spec table[] = {
    {"--rules", OPTION_TEXT, offsetof(struct explain_options, rules), "DIR",
     "also the rules in the *.yml files of this folder"},
    {"--help", OPTION_FLAG, offsetof(struct explain_options, help), NULL, "print this help"},
    {0}};

/* As it stands, indented. */
static void print_lines(struct slice text) {
    for (size_t start = 0; start < text.size;) {
        size_t end = slice_find(text, "\n", start);
        end = end == SLICE_NOT_FOUND ? text.size : end;
        struct buffer safe = BUFFER_EMPTY;
        safe_append(&safe, slice_part(text, start, end));
        printf("%*s| %s\n", INDENT, "", buffer_string(&safe));
        buffer_release(&safe);
        start = end + 1;
    }
}

/* The rule's own words, filled in. */
static void print_finding(const struct rule *rule, const struct example *example) {
    struct verdict verdict = {0};
    struct error error = ERROR_NONE;
    if (example_run(rule, example, &verdict, &error) == OK && verdict.findings.count) {
        const struct finding *finding = verdict.findings.items[0];
        printf("\nWhat it says there, and how to mend it:\n");
        wrap_print(finding->message, INDENT);
        wrap_print(finding->fix, INDENT);
    }
    error_release(&error);
    verdict_release(&verdict);
}

static void print_example(const struct rule *rule, bool good) {
    for (size_t i = 0; i < rule->example_count; i++) {
        const struct example *example = &rule->examples[i];
        if (example->good != good)
            continue;
        printf("\n%s, in %.*s:\n", good ? "Good" : "Bad", SLICE_ARGUMENTS(example->path));
        if (example->text.size)
            print_lines(example->text);
        else
            print_lines(slice_of("(an empty file)"));
        if (!good)
            print_finding(rule, example);
        return;
    }
}

static void print_rule(const struct rule *rule) {
    printf("%s (%s)\n", rule->id, severity_name(rule->severity));
    wrap_print(rule->summary, INDENT);
    printf("\nWhy:\n");
    wrap_print(rule->why, INDENT);
    print_example(rule, false);
    print_example(rule, true);
    printf("\nTo change its severity, in .scribelint.yml of the course:\n"
           "  rules: {%s: off}      (or notice, warning, error)\n"
           "To silence it once, in the line before:\n"
           "  <!-- scribelint-disable-next-line %s: the reason -->\n",
           rule->id, rule->id);
}

static int explain(const struct explain_options *options, const struct operands *operands,
                   struct error *error) {
    struct rule_set set = {0};
    int status = rule_set_add_builtin(&set, error);
    if (status == OK && options->rules)
        status = rule_set_add_folder(&set, options->rules, error);
    for (size_t i = 0; status == OK && i < operands->count; i++) {
        const struct rule *rule = rule_set_find(&set, slice_of(operands->items[i]));
        if (!rule)
            status = error_set(error, STATUS_USAGE,
                               "there is no rule \"%s\"; `scribelint rules` lists them",
                               operands->items[i]);
        else
            print_rule(rule);
    }
    rule_set_release(&set);
    return status;
}

static int run_command(int argc, char **argv, struct error *error) {
    struct explain_options options = {0};
    struct operands operands = {0};
    int status = options_parse(&options, table, argc, argv, &operands, error);
    if (status == OK && options.help)
        status = command_print_help(&command_explain);
    else if (status == OK && !operands.count)
        status =
            error_set(error, STATUS_USAGE, "explain wants a rule; `scribelint rules` lists them");
    else if (status == OK)
        status = explain(&options, &operands, error);
    free(operands.items);
    return status;
}

const struct command command_explain = {
    .name = "explain",
    .summary = "say what a rule is about, and how to switch it off",
    .usage = "[--rules DIR] RULE…",
    .description = "Says what a rule is about, with an example and what mends it, and how to "
                   "switch it off.",
    .operand = "RULE",
    .options = table,
    .examples =
        (const struct term[]){
            {"scribelint explain image-missing", "what that finding in a report means"}, {0}},
    .run = run_command,
};
