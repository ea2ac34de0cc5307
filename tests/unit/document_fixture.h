/* Reads documents from literal text, and finds things in them by their bytes. */
#ifndef DOCUMENT_FIXTURE_H
#define DOCUMENT_FIXTURE_H

#include "document/document.h"

#include <string.h>

/* Reads `text` (borrowed) as a Markdown file, with single-dollar math. Release as usual. */
struct document *read_text(const char *text);

/* The same for text with NUL bytes, and with the choice about dollars. */
struct document *read_bytes(const char *bytes, size_t size, bool dollar_math);

/*
 * The link or image number `index` has this destination and is written as `written` in the file.
 */
void check_link(const struct document *document, size_t index, const char *destination,
                const char *written);
void check_image(const struct document *document, size_t index, const char *destination,
                 const char *written);

/* Every byte of the first `part` in the file has that kind. */
void check_kind(const struct document *document, const char *part, enum byte_kind kind);

/* The section number `index` in document order, counted from 0 without the root. */
const struct section *section_at(const struct document *document, size_t index);

/* That section has this level and title, and its heading is written as `heading`. */
void check_section(const struct document *document, size_t index, int level, const char *title,
                   const char *heading);
size_t count_sections(const struct document *document);

#define assert_slice(slice, text) assert_slice_at((slice), (text), __FILE__, __LINE__)
void assert_slice_at(struct slice slice, const char *text, const char *file, int line);

#endif
