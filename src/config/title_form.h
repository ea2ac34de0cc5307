/* The form of a note's title: "Lecture {n}: {title}". */
#ifndef CONFIG_TITLE_FORM_H
#define CONFIG_TITLE_FORM_H

#include "text/pattern.h"

/*
 * Compiles a form into a pattern for the whole title: {n} is a number without leading zeros, {nn}
 * one of at least two digits, {title} any text; all else stands for itself. An unknown {name} is
 * STATUS_USAGE.
 */
int title_form_compile(struct pattern **pattern, struct slice form, struct error *error);

/* Appends the form as a title for lecture `number` (0: not known), to show what is meant. */
void title_form_append_example(struct buffer *buffer, struct slice form, unsigned number);

#endif
