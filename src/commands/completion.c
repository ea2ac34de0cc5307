/* Scripts that complete command lines in shells, from the tables of the commands. */
#include "base/memory.h"
#include "commands/command.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct completion_options {
    bool help;
};

static const struct option_spec table[] = {
    {"--help", OPTION_FLAG, offsetof(struct completion_options, help), NULL, "print this help"},
    {0}};

/* How each shell completes an argument of that name. */
static const struct argument {
    const char *name;
    const char *bash; /* a function of the script */
    const char *zsh;
    const char *fish; /* the words; NULL: files */
} arguments[] = {
    {"DIR", "_scribelint_folders", "_files -/", "(__fish_complete_directories)"},
    {"FILE", "_scribelint_files", "_files", NULL},
    {"PATH", "_scribelint_files", "_files", NULL},
    {"REV", "_scribelint_revisions", "_scribelint_revisions", "(__scribelint_revisions)"},
    {"RULE", "_scribelint_rules", "_scribelint_rules", "(__scribelint_rules)"},
};

static const struct argument *find_argument(const char *name) {
    for (size_t i = 0; i < COUNT_OF(arguments); i++)
        if (!strcmp(arguments[i].name, name))
            return &arguments[i];
    return NULL;
}

/* Choices are in lower case: "bash|zsh|fish", or one word of them. */
static bool is_choices(const char *name) {
    return *name >= 'a' && *name <= 'z';
}

static void print_choices(const char *choices) {
    for (const char *at = choices; *at; at++)
        putchar(*at == '|' ? ' ' : *at);
}

/* In single quotes, for all three shells; `escaped` are characters that take a backslash. */
static void print_quoted(const char *text, const char *escaped) {
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\'", stdout);
        else if (strchr(escaped, *text))
            putchar('\\');
        putchar(*text == '\n' ? ' ' : *text);
    }
}

/* --- bash, 3.2 and later ------------------------------------------------------------------ */

static void bash_argument(const char *name) {
    const struct argument *argument = find_argument(name);
    if (is_choices(name)) {
        fputs("_scribelint_words ", stdout);
        print_choices(name);
    } else {
        fputs(argument ? argument->bash : ":", stdout);
    }
}

static void bash_option_names(const struct option_spec *option) {
    for (; option->name; option++)
        printf("%s%s", option->name, option[1].name ? " " : "");
}

static void bash_option_arguments(const char *command, const struct option_spec *option) {
    for (; option->name; option++) {
        if (option->kind == OPTION_FLAG)
            continue;
        printf("    %s:%s) ", command, option->name);
        bash_argument(option->argument);
        puts(" ;;");
    }
}

static void bash_command(const struct command *command) {
    printf("    %s:-*) _scribelint_words ", command->name);
    bash_option_names(command->options);
    puts(" ;;");
    if (!command->operand)
        return;
    printf("    %s:*) ", command->name);
    bash_argument(command->operand);
    puts(" ;;");
}

static void bash_commands(void) {
    fputs("    :*) _scribelint_words ", stdout);
    for (const struct command *const *command = commands; *command; command++)
        printf("%s%s", (*command)->name, command[1] ? " " : "");
    puts(" ;;");
}

static const char bash_head[] =
    "# bash completion for scribelint, made by `scribelint completion bash`\n"
    "# shellcheck shell=bash\n"
    "\n"
    "# The lines that begin like the current word, quoted. Not by compgen -W: it would expand\n"
    "# them, and anybody may have named a branch.\n"
    "_scribelint_lines() {\n"
    "    local line\n"
    "    while IFS= read -r line; do\n"
    "        case $line in \"$current\"*) COMPREPLY+=(\"$(printf %q \"$line\")\") ;; esac\n"
    "    done\n"
    "}\n"
    "\n"
    "_scribelint_words() {\n"
    "    _scribelint_lines < <(printf '%s\\n' \"$@\")\n"
    "}\n"
    "\n"
    "_scribelint_revisions() {\n"
    "    _scribelint_lines < <(\n"
    "        echo HEAD\n"
    "        git for-each-ref --format='%(refname:short)' 2>/dev/null\n"
    "    )\n"
    "}\n"
    "\n"
    "_scribelint_rules() {\n"
    "    _scribelint_lines < <(scribelint rules 2>/dev/null | sed 's/ .*//')\n"
    "}\n"
    "\n"
    "_scribelint_files() {\n"
    "    local name\n"
    "    while IFS= read -r name; do\n"
    "        COMPREPLY+=(\"$name\")\n"
    "    done < <(compgen \"${1:--f}\" -- \"$current\")\n"
    "    compopt -o filenames 2>/dev/null || :\n"
    "}\n"
    "\n"
    "_scribelint_folders() {\n"
    "    _scribelint_files -d\n"
    "}\n"
    "\n"
    "_scribelint() {\n"
    "    local current=${COMP_WORDS[COMP_CWORD]} before='' command='' at=1\n"
    "    COMPREPLY=()\n"
    "    while [ \"$at\" -lt \"$COMP_CWORD\" ]; do\n"
    "        case ${COMP_WORDS[at]} in\n"
    "        -C) at=$((at + 1)) ;;\n"
    "        -*) ;;\n"
    "        *) command=${COMP_WORDS[at]} && break ;;\n"
    "        esac\n"
    "        at=$((at + 1))\n"
    "    done\n"
    "    [ \"$COMP_CWORD\" -eq 0 ] || before=${COMP_WORDS[COMP_CWORD - 1]}\n"
    "    # \"--format=te\" comes as three words.\n"
    "    if [ \"$current\" = = ]; then\n"
    "        current=\n"
    "    elif [ \"$before\" = = ] && [ \"$COMP_CWORD\" -gt 1 ]; then\n"
    "        before=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "    fi\n"
    "    case $command:$before in\n";

static void print_bash(void) {
    fputs(bash_head, stdout);
    bash_option_arguments("", program_table);
    for (const struct command *const *command = commands; *command; command++)
        bash_option_arguments((*command)->name, (*command)->options);
    fputs("    *) _scribelint_operand ;;\n"
          "    esac\n"
          "}\n"
          "\n"
          "_scribelint_operand() {\n"
          "    case $command:$current in\n"
          "    :-*) _scribelint_words ",
          stdout);
    bash_option_names(program_table);
    puts(" ;;");
    bash_commands();
    for (const struct command *const *command = commands; *command; command++)
        bash_command(*command);
    puts("    esac\n"
         "}\n"
         "\n"
         "complete -F _scribelint scribelint");
}

/* --- zsh ---------------------------------------------------------------------------------- */

static void zsh_argument(const char *name) {
    const struct argument *argument = find_argument(name);
    printf(":%s:", is_choices(name) ? "choice" : name);
    if (is_choices(name)) {
        putchar('(');
        print_choices(name);
        putchar(')');
    } else if (argument) {
        fputs(argument->zsh, stdout);
    }
}

static void zsh_options(const struct option_spec *option) {
    for (; option->name; option++) {
        bool is_long = option->name[1] == '-';
        printf(" \\\n            '%s%s[", option->name,
               option->kind != OPTION_FLAG && is_long ? "=" : "");
        print_quoted(option->help, "[]\\");
        putchar(']');
        if (option->kind != OPTION_FLAG)
            zsh_argument(option->argument);
        putchar('\'');
    }
}

static void zsh_command(const struct command *command) {
    printf("        %s)\n            _arguments -S", command->name);
    zsh_options(command->options);
    if (command->operand) {
        fputs(" \\\n            '*", stdout);
        zsh_argument(command->operand);
        putchar('\'');
    }
    puts("\n            ;;");
}

static const char zsh_head[] =
    "#compdef scribelint\n"
    "# zsh completion for scribelint, made by `scribelint completion zsh`\n"
    "\n"
    "_scribelint_revisions() {\n"
    "    local -a revisions\n"
    "    revisions=(HEAD ${(f)\"$(git for-each-ref --format='%(refname:short)' "
    "2>/dev/null)\"})\n"
    "    compadd -a revisions\n"
    "}\n"
    "\n"
    "_scribelint_rules() {\n"
    "    local -a rules\n"
    "    rules=(${(f)\"$(scribelint rules 2>/dev/null | sed 's/ .*//')\"})\n"
    "    compadd -a rules\n"
    "}\n"
    "\n"
    "_scribelint() {\n"
    "    local context state state_descr line\n"
    "    typeset -A opt_args\n"
    "    local -a commands\n"
    "    commands=(\n";

static void print_zsh(void) {
    fputs(zsh_head, stdout);
    for (const struct command *const *command = commands; *command; command++) {
        printf("        '%s:", (*command)->name);
        print_quoted((*command)->summary, "");
        puts("'");
    }
    fputs("    )\n"
          "    _arguments -C",
          stdout);
    zsh_options(program_table);
    fputs(" \\\n            '1:command:->command' '*::argument:->argument' && return\n"
          "    case $state in\n"
          "    command) _describe command commands ;;\n"
          "    argument)\n"
          "        case $words[1] in\n",
          stdout);
    for (const struct command *const *command = commands; *command; command++)
        zsh_command(*command);
    puts("        esac\n"
         "        ;;\n"
         "    esac\n"
         "}\n"
         "\n"
         "# As an autoloaded file it is called; sourced, it is registered.\n"
         "if [ \"$funcstack[1]\" = _scribelint ]; then\n"
         "    _scribelint \"$@\"\n"
         "else\n"
         "    compdef _scribelint scribelint\n"
         "fi");
}

/* --- fish --------------------------------------------------------------------------------- */

static void fish_argument(const char *name) {
    const struct argument *argument = find_argument(name);
    if (is_choices(name)) {
        fputs(" -f -a '", stdout);
        print_choices(name);
        putchar('\'');
    } else if (argument && argument->fish) {
        printf(" -f -a '%s'", argument->fish);
    } else {
        fputs(argument ? " -F" : " -f", stdout);
    }
}

static void fish_options(const char *condition, const struct option_spec *option) {
    for (; option->name; option++) {
        bool is_long = option->name[1] == '-';
        printf("complete -c scribelint -n '%s' %s %s", condition, is_long ? "-l" : "-s",
               option->name + 1 + is_long);
        if (option->kind != OPTION_FLAG) {
            fputs(" -r", stdout);
            fish_argument(option->argument);
        }
        fputs(" -d '", stdout);
        print_quoted(option->help, "\\");
        puts("'");
    }
}

static void fish_command(const struct command *command) {
    struct buffer condition = BUFFER_EMPTY;
    buffer_append_format(&condition, "__fish_seen_subcommand_from %s", command->name);
    printf("complete -c scribelint -n __fish_use_subcommand -a %s -d '", command->name);
    print_quoted(command->summary, "\\");
    puts("'");
    fish_options(buffer_string(&condition), command->options);
    if (command->operand) {
        printf("complete -c scribelint -n '%s'", buffer_string(&condition));
        fish_argument(command->operand);
        putchar('\n');
    }
    buffer_release(&condition);
}

static void print_fish(void) {
    puts("# fish completion for scribelint, made by `scribelint completion fish`\n"
         "\n"
         "function __scribelint_revisions\n"
         "    echo HEAD\n"
         "    git for-each-ref --format='%(refname:short)' 2>/dev/null\n"
         "end\n"
         "\n"
         "function __scribelint_rules\n"
         "    scribelint rules 2>/dev/null | string replace -r ' .*' ''\n"
         "end\n"
         "\n"
         "complete -c scribelint -f");
    fish_options("__fish_use_subcommand", program_table);
    for (const struct command *const *command = commands; *command; command++)
        fish_command(*command);
}

/* --- The command -------------------------------------------------------------------------- */

#define SHELLS "bash|zsh|fish"

static int print_script(const char *shell, struct error *error) {
    if (!strcmp(shell, "bash"))
        print_bash();
    else if (!strcmp(shell, "zsh"))
        print_zsh();
    else if (!strcmp(shell, "fish"))
        print_fish();
    else
        return error_set(error, STATUS_USAGE, "no completion for \"%s\"; there is one for: %s",
                         shell, SHELLS);
    return OK;
}

static int run_command(int argc, char **argv, struct error *error) {
    struct completion_options options = {0};
    struct operands operands = {0};
    int status;
    if (command_begin(&status, &options, &command_completion, argc, argv, &operands, error))
        status = operands.count == 1
                     ? print_script(operands.items[0], error)
                     : error_set(error, STATUS_USAGE, "completion wants one shell: " SHELLS);
    free(operands.items);
    return status;
}

const struct command command_completion = {
    .name = "completion",
    .summary = "print a script that completes command lines in a shell",
    .usage = SHELLS,
    .description = "Prints a script by which the shell completes commands, options, their "
                   "choices, revisions and rules. `make install` puts it where bash-completion, "
                   "zsh and fish look for it.",
    .operand = SHELLS,
    .options = table,
    .examples =
        (const struct term[]){
            {"source <(scribelint completion bash)", "in ~/.bashrc"},
            {"source <(scribelint completion zsh)", "in ~/.zshrc, after compinit"},
            {"scribelint completion fish >~/.config/fish/completions/scribelint.fish", "once"},
            {0}},
    .run = run_command,
};
