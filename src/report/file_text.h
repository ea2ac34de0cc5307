/* The text of the file that findings are about, for formats that need more of it than a line. */
#ifndef REPORT_FILE_TEXT_H
#define REPORT_FILE_TEXT_H

#include "finding/finding.h"
#include "git/snapshot.h"

/* One file at a time: findings come sorted by path. Zeroed but for `files`. */
struct file_text {
    const struct snapshot *files; /* NULL: nothing can be read */
    struct slice path;            /* what was asked for last, borrowed */
    bool asked, known;
    struct buffer content;
    struct source source;
};

/* Puts the file at `path` into `text`; false when it can't be read. */
bool file_text_read(struct file_text *text, struct slice path);
void file_text_release(struct file_text *text);

/*
 * The 1-based column of `place` in bytes of the file that was read; behind the line's end it is the
 * column there.
 */
size_t file_text_byte_column(const struct file_text *text, struct position place);

/*
 * The one replacement that all edits of `finding` in its file come to: the bytes of `*span` by the
 * text appended to `replacement`. False when there is none: no edits, a rename, another file, bytes
 * that are not there, or more than `limit` bytes.
 */
bool file_text_replacement(struct span *span, struct buffer *replacement, struct file_text *text,
                           const struct finding *finding, size_t limit);

#endif
