#include "report/json_value.h"

#include "base/memory.h"
#include "text/utf8.h"

#include <stdlib.h>

static void *allocate(size_t size) {
    return memory_allocate(size, 1);
}

void json_value_begin(void) {
    json_set_alloc_funcs(allocate, free);
}

/* jansson fails only for want of memory with what it is given here. */
void json_value_set(json_t *object, const char *key, json_t *value) {
    if (json_object_set_new(object, key, value) != 0)
        memory_exhausted();
}

void json_value_push(json_t *array, json_t *value) {
    if (json_array_append_new(array, value) != 0)
        memory_exhausted();
}

json_t *json_value_text(struct slice text) {
    struct buffer valid = BUFFER_EMPTY;
    utf8_append_valid(&valid, text);
    json_t *value = json_stringn(buffer_string(&valid), valid.size);
    buffer_release(&valid);
    return value;
}

json_t *json_value_text_or_null(struct slice text) {
    return text.size ? json_value_text(text) : json_null();
}

json_t *json_value_string(const char *text) {
    return text ? json_value_text(slice_of(text)) : json_null();
}

json_t *json_value_count(size_t count) {
    return json_integer((json_int_t)count);
}

json_t *json_value_remarks(const struct remark_list *remarks) {
    json_t *array = json_array();
    for (size_t i = 0; i < remarks->count; i++) {
        json_t *object = json_object();
        json_value_set(object, "path", json_value_text(remarks->items[i].path));
        json_value_set(object, "reason", json_value_text(remarks->items[i].reason));
        json_value_push(array, object);
    }
    return array;
}

/* Both can only stand in strings, and jansson escapes C0. */
static void append_escaped(struct buffer *output, struct slice text) {
    for (size_t i = 0; i < text.size; i++) {
        bool command =
            text.data[i] == '[' && i >= 2 && text.data[i - 1] == '#' && text.data[i - 2] == '#';
        if (command || text.data[i] == 0x7F)
            buffer_append_format(output, "\\u%04x", (unsigned)text.data[i]);
        else
            buffer_append_byte(output, text.data[i]);
    }
}

static void print(struct buffer *output, json_t *value, size_t flags) {
    char *text = json_dumps(value, flags | JSON_ENSURE_ASCII);
    if (!text)
        memory_exhausted();
    append_escaped(output, slice_of(text));
    buffer_append_byte(output, '\n');
    free(text);
    json_decref(value);
}

void json_value_print(struct buffer *output, json_t *value) {
    print(output, value, JSON_INDENT(2));
}

void json_value_print_line(struct buffer *output, json_t *value) {
    print(output, value, JSON_COMPACT);
}
