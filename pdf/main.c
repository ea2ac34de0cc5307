/*
 * scribelint-pdf: one PDF on standard input, what stands in it on standard output.
 * docs/pdf-reader.md has the form of the answer.
 */
#include "base/memory.h"
#include "base/options.h"
#include "pdf/answer.h"
#include "pdf/document.h"
#include "pdf/input.h"
#include "pdf/limits.h"
#include "pdf/page.h"
#include "pdf/sandbox.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

struct arguments {
    const char *max_pages;
    const char *max_output;
    const char *max_seconds;
    const char *max_memory;
    const char *max_input;
    bool help;
};

static const struct option_spec options[] = {
    {"--max-pages", OPTION_TEXT, offsetof(struct arguments, max_pages), "N",
     "read the first N pages (default: 2000)"},
    {"--max-output", OPTION_TEXT, offsetof(struct arguments, max_output), "BYTES",
     "the longest answer (default: 67108864)"},
    {"--max-seconds", OPTION_TEXT, offsetof(struct arguments, max_seconds), "N",
     "how long to read (default: 20)"},
    {"--max-memory", OPTION_TEXT, offsetof(struct arguments, max_memory), "MIB",
     "the most memory, the file itself included (default: 1024)"},
    {"--max-input", OPTION_TEXT, offsetof(struct arguments, max_input), "MIB",
     "the largest file (default: 256)"},
    {"--help", OPTION_FLAG, offsetof(struct arguments, help), NULL, "print this"},
    {NULL, OPTION_FLAG, 0, NULL, NULL},
};

/* Sets `*number`, of at least `least`, where the option was given. */
static int read_number(const char *name, const char *text, size_t least, size_t *number,
                       struct error *error) {
    if (!text)
        return OK;
    char *end = NULL;
    errno = 0;
    unsigned long value = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || errno || value < least || value > 1UL << 30)
        return error_set(error, STATUS_USAGE, "%s %s is no number from %zu to %lu", name, text,
                         least, 1UL << 30);
    *number = value;
    return OK;
}

static int read_limits(const struct arguments *given, struct limits *limits, struct error *error) {
    *limits = (struct limits){.pages = 2000,
                              .output_bytes = 64 << 20,
                              .seconds = 20,
                              .memory_mib = 1024,
                              .input_mib = 256};
    const struct {
        const char *name;
        const char *text;
        size_t least;
        size_t *number;
    } numbers[] = {
        {"--max-pages", given->max_pages, 1, &limits->pages},
        /* The first line and the last one. */
        {"--max-output", given->max_output, 4096, &limits->output_bytes},
        {"--max-seconds", given->max_seconds, 1, &limits->seconds},
        /* Libraries alone take 50. */
        {"--max-memory", given->max_memory, 128, &limits->memory_mib},
        {"--max-input", given->max_input, 1, &limits->input_mib},
    };
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        int status = read_number(numbers[i].name, numbers[i].text, numbers[i].least,
                                 numbers[i].number, error);
        if (status != OK)
            return status;
    }
    return OK;
}

static int read_arguments(int argc, char **argv, struct arguments *given, struct error *error) {
    struct operands operands = {0};
    int status = options_parse(given, options, argc, argv, &operands, error);
    if (status == OK && operands.count)
        status = error_set(error, STATUS_USAGE,
                           "the file comes on standard input: scribelint-pdf <note.pdf");
    free(operands.items);
    return status;
}

static void print_help(void) {
    puts("usage: scribelint-pdf [OPTION...] <note.pdf\n\n"
         "Prints what stands in a PDF, as one JSON object a line.\n");
    options_print(stdout, options);
}

/* GLib's ways of talking. */
static GLogWriterOutput drop_log(GLogLevelFlags level, const GLogField *fields, gsize count,
                                 gpointer data) {
    (void)level, (void)fields, (void)count, (void)data;
    return G_LOG_WRITER_HANDLED;
}

static void drop_text(const gchar *text) {
    (void)text;
}

static void silence_glib(void) {
    g_log_set_writer_func(drop_log, NULL, NULL);
    g_set_printerr_handler(drop_text);
    g_set_print_handler(drop_text);
}

/*
 * The library converts texts in UTF-16 with modules of the C library, which the sandbox would not
 * let it load. One that is in use stays.
 */
static void load_conversions(void) {
    static const char *const forms[] = {"UTF-16BE", "UTF-16LE", "UTF-16"};
    for (size_t i = 0; i < COUNT_OF(forms); i++)
        (void)g_iconv_open("UTF-8", forms[i]);
}

static _Noreturn void answer(const struct limits *limits) {
    answer_begin(limits->output_bytes);
    PopplerDocument *document = document_open(input_read(limits->input_mib << 20));
    if (!document_answer(document) || !document_answer_outline(document))
        answer_end("output");
    size_t pages = (size_t)poppler_document_get_n_pages(document);
    for (size_t i = 0; i < pages; i++) {
        if (i == limits->pages)
            answer_end("pages");
        errno = 0;
        if (!page_answer(document, (int)i + 1))
            answer_end("output");
    }
    answer_end(NULL);
}

int main(int argc, char **argv) {
    struct arguments given = {0};
    struct limits limits;
    struct error error = ERROR_NONE;
    int status = read_arguments(argc, argv, &given, &error);
    if (status == OK && given.help) {
        print_help();
        return 0;
    }
    if (status == OK)
        status = read_limits(&given, &limits, &error);
    if (status == OK) {
        silence_glib();
        status = limits_set(&limits, &error);
    }
    if (status == OK) {
        load_conversions();
        status = sandbox_enter(&error);
    }
    if (status == OK)
        answer(&limits);
    fprintf(stderr, "scribelint-pdf: %s\n", error_message(&error));
    error_release(&error);
    return status == STATUS_USAGE ? ANSWER_USAGE : ANSWER_NO_LIMITS;
}
