/*
 * Prints the C file that src/rules/builtin.h is about:
 *
 *     embed_rules FILE.yml…
 *
 * holds the text of each, and the keys and values of its rules without the examples, which are half
 * of it. So they are parsed once, when the program is built, and not on each start. A file's name
 * is its path as given; the caller gives them sorted.
 */
#include "base/memory.h"
#include "git/content_id.h"
#include "rules/builtin.h"
#include "text/fields.h"
#include "text/file.h"

#include <stdio.h>
#include <stdlib.h>

enum { LARGEST_FILE = 1024 * 1024, BYTES_PER_LINE = 24, NUMBERS_PER_LINE = 8 };

/* The tables, as far as they are filled: each an array of uint32_t. */
struct table {
    uint32_t *numbers;
    size_t count, capacity;
};

struct tables {
    struct buffer bytes;
    struct table texts, values, rules, files;
};

static void add(struct table *table, size_t number) {
    ARRAY_PUSH(table->numbers, table->count, table->capacity) = (uint32_t)number;
}

/* Returns its number. */
static size_t add_text(struct tables *tables, struct slice text) {
    add(&tables->texts, tables->bytes.size);
    add(&tables->texts, text.size);
    buffer_append_slice(&tables->bytes, text);
    buffer_append_byte(&tables->bytes, '\0');
    return tables->texts.count / 2 - 1;
}

static int add_value(struct tables *tables, const struct yaml_file *file,
                     const struct yaml_pair *pair, struct error *error) {
    const struct yaml_node *value = pair->value;
    size_t key = add_text(tables, pair->key->text), first = tables->texts.count / 2;
    if (value->kind == YAML_SCALAR)
        add_text(tables, value->text);
    for (size_t i = 0; i < value->item_count; i++) {
        if (value->items[i]->kind != YAML_SCALAR)
            return yaml_file_error(file, value->items[i], error, "this must be text");
        add_text(tables, value->items[i]->text);
    }
    if (value->kind == YAML_MAPPING)
        return yaml_file_error(file, value, error, "this must be text or a list of texts");
    add(&tables->values, key);
    add(&tables->values, first);
    add(&tables->values, tables->texts.count / 2 - first);
    return OK;
}

static int add_rule(struct tables *tables, const struct yaml_file *file,
                    const struct yaml_node *entry, struct error *error) {
    int status = OK;
    size_t first = tables->values.count / 3;
    for (size_t i = 0; i < entry->pair_count && status == OK; i++)
        if (!slice_equal_string(entry->pairs[i].key->text, "examples"))
            status = add_value(tables, file, &entry->pairs[i], error);
    add(&tables->rules, first);
    add(&tables->rules, tables->values.count / 3 - first);
    return status;
}

static int add_file(struct tables *tables, const char *name, struct error *error) {
    struct buffer text = BUFFER_EMPTY;
    struct yaml_file file = {0};
    int status = file_read(&text, name, LARGEST_FILE, error);
    if (status == OK)
        status = yaml_file_open(&file, name, buffer_slice(&text), error);
    if (status == OK && (!file.root || file.root->kind != YAML_SEQUENCE))
        status = error_set(error, STATUS_USAGE, "%s: this is no list of rules", name);
    size_t first = tables->rules.count / 2;
    for (size_t i = 0; status == OK && i < file.root->item_count; i++)
        status = add_rule(tables, &file, file.root->items[i], error);
    add(&tables->files, add_text(tables, slice_of(name)));
    add(&tables->files, add_text(tables, buffer_slice(&text)));
    add(&tables->files, first);
    add(&tables->files, tables->rules.count / 2 - first);
    yaml_file_release(&file);
    buffer_release(&text);
    return status;
}

static void print_table(const struct table *table, const char *type, const char *name,
                        size_t members) {
    printf("const struct %s %s[] = {", type, name);
    for (size_t i = 0; i < table->count; i++)
        printf("%s%s%u%s", i % NUMBERS_PER_LINE ? " " : "\n    ", i % members ? "" : "{",
               table->numbers[i], (i + 1) % members ? "," : "},");
    puts("\n};\n");
}

static void print_bytes(struct slice bytes) {
    fputs("const char builtin_bytes[] =", stdout);
    for (size_t i = 0; i < bytes.size; i++) {
        if (i % BYTES_PER_LINE == 0)
            fputs(i ? "\"\n    \"" : "\n    \"", stdout);
        printf("\\%03o", (unsigned)(unsigned char)bytes.data[i]);
    }
    puts("\";\n");
}

static void print_id(struct slice bytes) {
    char id[OBJECT_ID_SIZE];
    content_hash(id, bytes);
    printf("const char builtin_id[] = \"%s\";\n\n", id);
}

static void print(const struct tables *tables) {
    puts("#include \"rules/builtin.h\"\n");
    print_table(&tables->files, "builtin_file", "builtin_files", 4);
    printf("const size_t builtin_file_count = %zu;\n\n", tables->files.count / 4);
    print_table(&tables->rules, "builtin_rule", "builtin_rules", 2);
    print_table(&tables->values, "builtin_value", "builtin_values", 3);
    print_table(&tables->texts, "builtin_text", "builtin_texts", 2);
    print_id(buffer_slice(&tables->bytes));
    print_bytes(buffer_slice(&tables->bytes));
}

int main(int count, char **arguments) {
    struct error error = ERROR_NONE;
    struct tables tables = {0};
    int status = count > 1 ? OK : error_set(&error, STATUS_USAGE, "no files");
    for (int i = 1; i < count && status == OK; i++)
        status = add_file(&tables, arguments[i], &error);
    if (status == OK)
        print(&tables);
    else
        fprintf(stderr, "embed_rules: %s\n", error_message(&error));
    error_release(&error);
    buffer_release(&tables.bytes);
    free(tables.texts.numbers);
    free(tables.values.numbers);
    free(tables.rules.numbers);
    free(tables.files.numbers);
    return status == OK && fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
