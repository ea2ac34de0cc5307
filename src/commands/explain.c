#include "base/memory.h"
#include "base/options.h"
#include "commands/command.h"
#include "commands/wrap.h"
#include "document/pdf_answer.h"
#include "document/pdf_reader.h"
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

/* What stands on its pages, a line for each of theirs; of one that can't be read, why. */
static void print_pdf(struct slice text) {
    struct pdf_answer *answer = pdf_answer_read(text);
    struct buffer lines = BUFFER_EMPTY;
    for (size_t i = 0; i < answer->page_count; i++) {
        const struct pdf_page *page = &answer->pages[i];
        for (size_t k = 0; k < page->run_count; k++) {
            bool goes_on = k && page->runs[k].line == page->runs[k - 1].line;
            buffer_append_string(&lines, goes_on || !lines.size ? "" : "\n");
            buffer_append_slice(&lines, page->runs[k].text);
        }
    }
    if (!lines.size && answer->message.size)
        buffer_append_format(&lines, "(%.*s)", SLICE_ARGUMENTS(answer->message));
    print_lines(lines.size ? buffer_slice(&lines) : slice_of("(a page without text)"));
    buffer_release(&lines);
    pdf_answer_free(answer);
}

static const struct example *first_example(const struct rule *rule, bool good) {
    for (size_t i = 0; i < rule->example_count; i++)
        if (rule->examples[i].good == good)
            return &rule->examples[i];
    return NULL;
}

/* Examples have the helper's answer in the place of a PDF. */
static bool is_pdf_answer(const struct example *example) {
    return path_is_pdf(example->path) && slice_starts_with(example->text, "{");
}

static void print_example(const struct example *example) {
    printf("\n%s, in %.*s:\n", example->good ? "Good" : "Bad", SLICE_ARGUMENTS(example->path));
    if (is_pdf_answer(example))
        print_pdf(example->text);
    else
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
    if (path_is_pdf(example->path)) {
        printf("To silence it in one note, in .scribelint.yml, too:\n"
               "  overrides: [{files: \"%.*s\", rules: {%s: off}}]\n",
               SLICE_ARGUMENTS(example->path), rule->id);
        return;
    }
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
    int status;
    if (command_begin(&status, &options, &command_explain, argc, argv, &operands, error))
        status = operands.count ? explain(&options, &operands, error)
                                : error_set(error, STATUS_USAGE,
                                            "explain wants a rule; `scribelint rules` lists them");
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
