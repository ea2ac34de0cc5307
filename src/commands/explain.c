#include "base/memory.h"
#include "base/options.h"
#include "commands/command.h"
#include "commands/wrap.h"
#include "report/safe.h"
#include "rules/check.h"
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

static const struct example *first_example(const struct rule *rule, bool good) {
    for (size_t i = 0; i < rule->example_count; i++)
        if (rule->examples[i].good == good)
            return &rule->examples[i];
    return NULL;
}

static void print_example(const struct example *example) {
    printf("\n%s, in %.*s:\n", example->good ? "Good" : "Bad", SLICE_ARGUMENTS(example->path));
    print_lines(example->text.size ? example->text : slice_of("(an empty file)"));
}

/* True when the finding stands between the lines "---", where no comment can stand. */
static bool is_in_front_matter(const struct example *example, const struct finding *finding) {
    size_t closing = slice_find(example->text, "\n---", 1);
    struct slice head = slice_part(example->text, 0, closing);
    size_t lines = 1;
    for (size_t i = 0; i < head.size; i++)
        lines += head.data[i] == '\n';
    return closing != SLICE_NOT_FOUND && finding->start.line <= lines;
}

/* How a note silences the rule; what is said of a change or a path, a comment can't silence. */
static void print_silencing(const struct rule *rule, const struct example *example,
                            const struct finding *finding) {
    if (!rule->needs_document || rule->check->about_changes)
        return;
    bool next_line = finding && finding->has_place && finding->start.line > 1 &&
                     !is_in_front_matter(example, finding);
    if (next_line)
        printf("To silence it once, in the line before:\n"
               "  <!-- scribelint-disable-next-line %s: the reason -->\n",
               rule->id);
    else
        printf("To silence it in one note, anywhere in its text:\n"
               "  <!-- scribelint-disable-file %s: the reason -->\n",
               rule->id);
}

static void print_rule(const struct rule *rule) {
    const struct example *bad = first_example(rule, false), *good = first_example(rule, true);
    struct verdict verdict = {0};
    struct error error = ERROR_NONE;
    const struct finding *finding = NULL;
    if (example_run(rule, bad, &verdict, &error) == OK && verdict.findings.count)
        finding = verdict.findings.items[0];
    printf("%s (%s)\n", rule->id, severity_name(rule->severity));
    wrap_print(rule->summary, INDENT);
    printf("\nWhy:\n");
    wrap_print(rule->why, INDENT);
    print_example(bad);
    if (finding) {
        printf("\nWhat it says there, and how to mend it:\n");
        wrap_print(finding->message, INDENT);
        wrap_print(finding->fix, INDENT);
    }
    print_example(good);
    printf("\nTo change its severity, in .scribelint.yml of the course:\n"
           "  rules: {%s: off}      (or notice, warning, error)\n",
           rule->id);
    print_silencing(rule, bad, finding);
    error_release(&error);
    verdict_release(&verdict);
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
