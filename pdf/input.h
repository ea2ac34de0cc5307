/* The file, from standard input. */
#ifndef PDF_INPUT_H
#define PDF_INPUT_H

#include <glib.h>

/*
 * All of standard input, of which at most `most` bytes are read. What is no PDF ends the process
 * with an answer that says so: empty, too large, or of another kind.
 */
GBytes *input_read(size_t most);

#endif
