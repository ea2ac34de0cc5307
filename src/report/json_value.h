/* Values of JSON reports: jansson without its failures, and an output that acts on nothing. */
#ifndef REPORT_JSON_VALUE_H
#define REPORT_JSON_VALUE_H

#include "base/buffer.h"
#include "finding/verdict.h"

#include <jansson.h>

/*
 * To be called first: from then on jansson takes its memory from memory_allocate(). Out of memory
 * it would leave fields out, and nobody would see it.
 */
void json_value_begin(void);

/* Both take over `value`. */
void json_value_set(json_t *object, const char *key, json_t *value);
void json_value_push(json_t *array, json_t *value);

/* Bytes that are not UTF-8 become U+FFFD. */
json_t *json_value_text(struct slice text);

/* The same; an empty text gives null. */
json_t *json_value_text_or_null(struct slice text);

/* NULL gives null. */
json_t *json_value_string(const char *text);
json_t *json_value_count(size_t count);

/* A list of objects with `path` (empty: about the run) and `reason`. */
json_t *json_value_remarks(const struct remark_list *remarks);

/*
 * Appends the text of `value`, which is released, in ASCII with a line end. DEL and the bracket of
 * `##[`, which a CI log takes for a command, are written as escapes that mean the same.
 */
void json_value_print(struct buffer *output, json_t *value);

/* The same on one line. */
void json_value_print_line(struct buffer *output, json_t *value);

#endif
