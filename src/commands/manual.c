/* The manual page, from what the commands say about themselves: man(7) macros, for groff and
 * mandoc. */
#include "commands/command.h"
#include "report/report.h"
#include "text/utf8.h"

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct manual_options {
    bool help;
};

static const struct option_spec table[] = {
    {"--help", OPTION_FLAG, offsetof(struct manual_options, help), NULL, "print this help"}, {0}};

static const char description[] =
    "In some courses students take turns as scribes: they write the notes of a lecture and send "
    "them to the site of the course as a pull request. scribelint compares the site before and "
    "after, checks the notes by rules, and reports what the change introduces. What was wrong "
    "before is counted and not held against it.\n"
    "It reads the objects of Git: nothing is checked out or built, and only fix, new, init and "
    "hook write.";

static const struct term files[] = {
    {".scribelint.yml",
     "at the root of the repository: what the notes of the course look like, where they stand, "
     "which rules count. Read from before the change that is checked: a pull request does not set "
     "the rules that judge it."},
    {".scribelint/rules/*.yml", "rules of the course, read from there, too."},
    {0}};

static const struct term environment[] = {
    {"GIT_DIR, GIT_WORK_TREE", "the repository, as Git sets them for a hook."},
    {"GIT_INDEX_FILE", "the index to check with --staged, as Git sets it for a hook."},
    {"NO_COLOR", "when set and not empty, --color auto means never."},
    {0}};

static const char *escape_of(uint32_t code_point) {
    switch (code_point) {
    case '\\':
        return "\\(rs";
    case '-':
        return "\\-";
    case '\'':
        return "\\(aq";
    case '`':
        return "\\(ga";
    case '^':
        return "\\(ha";
    case '~':
        return "\\(ti";
    case 0x2026: /* not every terminal has an ellipsis */
        return "\\&...";
    default:
        return NULL;
    }
}

/* One line of text; `\&` keeps a dot at its beginning from being a request. */
static void print_text(struct slice text) {
    if (slice_starts_with(text, "."))
        fputs("\\&", stdout);
    for (size_t offset = 0; offset < text.size;) {
        uint32_t code_point = utf8_next(text, &offset);
        const char *escape = escape_of(code_point);
        if (escape)
            fputs(escape, stdout);
        else if (code_point < 0x80)
            putchar(code_point == '\n' ? ' ' : (int)code_point);
        else
            printf("\\[u%04X]", (unsigned)code_point);
    }
}

static void print_styled(char font, struct slice text) {
    printf("\\f%c", font);
    print_text(text);
    fputs("\\fR", stdout);
}

static void print_line(struct slice text) {
    print_text(text);
    putchar('\n');
}

static void print_paragraphs(const char *text) {
    for (const char *line = text; *line;) {
        size_t size = strcspn(line, "\n");
        if (line != text)
            puts(".PP");
        print_line((struct slice){line, size});
        line += size + (line[size] == '\n');
    }
}

static void print_term(const char *name, const char *text) {
    puts(".TP");
    print_styled('B', slice_of(name));
    putchar('\n');
    print_line(slice_of(text));
}

static void print_terms(const char *title, const struct term *terms) {
    printf(".SH %s\n", title);
    for (; terms->name; terms++)
        print_term(terms->name, terms->text);
}

static void print_choices(const char *choices) {
    for (struct slice choice; (choice = options_next_choice(&choices)).size;) {
        print_styled('B', choice);
        if (*choices)
            putchar('|');
    }
}

static void print_options(const struct option_spec *option) {
    for (; option->name; option++) {
        puts(".TP");
        print_styled('B', slice_of(option->name));
        if (option->kind != OPTION_FLAG)
            putchar(' ');
        if (option->kind == OPTION_CHOICE)
            print_choices(option->argument);
        else if (option->kind != OPTION_FLAG)
            print_styled('I', slice_of(option->argument));
        putchar('\n');
        print_line(slice_of(option->help));
    }
}

/* Where a word of the usage ends that is an option in bold or a name in italics. */
static size_t word_size(const char *text) {
    size_t size = strspn(text, "-abcdefghijklmnopqrstuvwxyz");
    return size ? size : strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
}

static void print_usage(const struct command *command) {
    print_styled('B', slice_of("scribelint"));
    putchar(' ');
    print_styled('B', slice_of(command->name));
    if (*command->usage)
        putchar(' ');
    for (const char *at = command->usage; *at;) {
        size_t size = word_size(at);
        bool is_name = isupper((unsigned char)*at) || !strncmp(at, "options", size);
        if (size)
            print_styled(is_name ? 'I' : 'B', (struct slice){at, size});
        else
            size = strcspn(at, "-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ\n");
        if (!word_size(at) && *at != '\n')
            print_text((struct slice){at, size});
        else if (*at == '\n')
            putchar(' ');
        at += size + (*at == '\n');
    }
    putchar('\n');
}

static void print_synopsis(void) {
    puts(".SH SYNOPSIS");
    for (const struct command *const *command = commands; *command; command++) {
        if (command != commands)
            puts(".br");
        print_usage(*command);
    }
}

static void print_commands(void) {
    puts(".SH COMMANDS");
    for (const struct command *const *command = commands; *command; command++) {
        printf(".SS %s\n", (*command)->name);
        print_paragraphs((*command)->description);
        print_options((*command)->options);
    }
}

static void print_formats(void) {
    puts(".SH REPORTS");
    for (const struct report_format *format = report_formats; format->name; format++)
        print_term(format->name, format->summary);
}

static void print_examples(void) {
    puts(".SH EXAMPLES");
    for (const struct command *const *command = commands; *command; command++)
        for (const struct term *example = (*command)->examples; example->name; example++)
            print_term(example->name, example->text);
}

static int print_manual(void) {
    puts(".TH SCRIBELINT 1 \"\" \"scribelint " SCRIBELINT_VERSION "\" \"User Commands\"\n"
         ".nh\n"
         ".ad l\n"
         ".SH NAME\n"
         "scribelint \\- check pull requests with lecture notes");
    print_synopsis();
    puts(".SH DESCRIPTION");
    print_paragraphs(program_summary);
    puts(".PP");
    print_paragraphs(description);
    puts(".SH OPTIONS\nThese stand before the command.");
    print_options(program_table);
    print_commands();
    print_formats();
    print_terms("EXIT STATUS", exit_statuses);
    print_terms("FILES", files);
    print_terms("ENVIRONMENT", environment);
    print_examples();
    puts(".SH SEE ALSO\n\\fBgit\\fR(1), \\fBgithooks\\fR(5)");
    return OK;
}

static int run_command(int argc, char **argv, struct error *error) {
    struct manual_options options = {0};
    struct operands operands = {0};
    int status;
    if (command_begin(&status, &options, &command_manual, argc, argv, &operands, error))
        status = print_manual();
    free(operands.items);
    return status;
}

const struct command command_manual = {
    .name = "manual",
    .summary = "print the manual page",
    .usage = "",
    .description = "Prints the manual page, for man.",
    .options = table,
    .examples = (const struct term[]){{"scribelint manual | man -l -", "read it"},
                                      {"scribelint manual >scribelint.1", "keep it"},
                                      {0}},
    .run = run_command,
};
