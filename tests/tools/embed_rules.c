/*
 * Prints the C file that src/rules/builtin.h is about:
 *
 *     embed_rules FILE.yml…
 *
 * holds the text of each, and its YAML tree without the examples, which are half of it. So they are
 * parsed once, when the program is built, and not on each start. A file's name is its path as
 * given; the caller gives them sorted.
 */
#include "base/memory.h"
#include "text/fields.h"
#include "text/file.h"

#include <stdio.h>
#include <stdlib.h>

enum { LARGEST_FILE = 1024 * 1024, BYTES_PER_LINE = 24 };

/* The numbers that the tables of one file are at. */
struct tables {
    size_t file, nodes, lists;
};

static const char *const kinds[] = {
    [YAML_SCALAR] = "YAML_SCALAR",
    [YAML_SEQUENCE] = "YAML_SEQUENCE",
    [YAML_MAPPING] = "YAML_MAPPING",
};

static void print_text(struct slice text) {
    if (!text.size)
        fputs("\"\"", stdout);
    for (size_t i = 0; i < text.size; i++) {
        if (i % BYTES_PER_LINE == 0)
            fputs(i ? "\"\n    \"" : "\"", stdout);
        printf("\\%03o", (unsigned)(unsigned char)text.data[i]);
    }
    if (text.size)
        fputs("\"", stdout);
}

static bool is_left_out(const struct yaml_pair *pair) {
    return slice_equal_string(pair->key->text, "examples");
}

/* Prints the addresses of what a node holds, and returns the number of that list. */
static size_t print_list(struct tables *tables, bool pairs, const size_t *numbers, size_t count) {
    printf("static struct yaml_%s list_%zu_%zu[] = {", pairs ? "pair" : "node *", tables->file,
           tables->lists);
    for (size_t i = 0; i < count; i++)
        printf("%s&node_%zu_%zu%s", pairs && i % 2 == 0 ? "{" : "", tables->file, numbers[i],
               pairs && i % 2 ? "}, " : ", ");
    puts("};");
    return tables->lists++;
}

/* Prints the node behind all that is in it, and returns its number. */
static size_t print_node(struct tables *tables, const struct yaml_node *node) {
    size_t *numbers = memory_allocate(2 * node->pair_count + node->item_count + 1, sizeof *numbers);
    size_t count = 0, list = 0;
    for (size_t i = 0; i < node->item_count; i++)
        numbers[count++] = print_node(tables, node->items[i]);
    for (size_t i = 0; i < node->pair_count; i++) {
        if (is_left_out(&node->pairs[i]))
            continue;
        numbers[count++] = print_node(tables, node->pairs[i].key);
        numbers[count++] = print_node(tables, node->pairs[i].value);
    }
    if (count)
        list = print_list(tables, node->kind == YAML_MAPPING, numbers, count);
    free(numbers);
    size_t number = tables->nodes++;
    printf("static struct yaml_node node_%zu_%zu = {\n    .kind = %s, .span = {%zu, %zu}",
           tables->file, number, kinds[node->kind], node->span.start, node->span.end);
    if (node->kind == YAML_SCALAR) {
        printf(", .plain = %d,\n    .text = {", node->plain);
        print_text(node->text);
        printf(", %zu}", node->text.size);
    }
    if (count && node->kind == YAML_SEQUENCE)
        printf(", .items = list_%zu_%zu, .item_count = %zu", tables->file, list, count);
    if (count && node->kind == YAML_MAPPING)
        printf(", .pairs = list_%zu_%zu, .pair_count = %zu", tables->file, list, count / 2);
    puts("};");
    return number;
}

static int print_file(size_t number, const char *name, struct error *error) {
    struct tables tables = {.file = number};
    struct buffer text = BUFFER_EMPTY;
    struct yaml_file file = {0};
    int status = file_read(&text, name, LARGEST_FILE, error);
    if (status == OK)
        status = yaml_file_open(&file, name, buffer_slice(&text), error);
    if (status == OK && !file.root)
        status = error_set(error, STATUS_USAGE, "%s: there is nothing in it", name);
    if (status == OK) {
        size_t root = print_node(&tables, file.root);
        printf("#define ROOT_%zu &node_%zu_%zu\n", number, number, root);
        printf("static const char text_%zu[] =\n    ", number);
        print_text(buffer_slice(&text));
        puts(";\n");
    }
    yaml_file_release(&file);
    buffer_release(&text);
    return status;
}

int main(int count, char **arguments) {
    struct error error = ERROR_NONE;
    int status = OK;
    puts("#include \"rules/builtin.h\"\n");
    for (int i = 1; i < count && status == OK; i++)
        status = print_file((size_t)i, arguments[i], &error);
    if (status != OK) {
        fprintf(stderr, "embed_rules: %s\n", error_message(&error));
        error_release(&error);
        return EXIT_FAILURE;
    }
    puts("const struct builtin_file builtin_files[] = {");
    for (int i = 1; i < count; i++)
        printf("    {\"%s\", {text_%d, sizeof text_%d - 1}, ROOT_%d},\n", arguments[i], i, i, i);
    puts("    {0, {0, 0}, 0},\n};");
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
