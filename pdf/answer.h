/*
 * The answer on standard output, a JSON object a line, as docs/pdf-reader.md has it.
 *
 * One process writes one answer, and a signal may have to end it: what is written stands in this
 * module's own memory, in which whole lines are always apart from the one that is being made.
 */
#ifndef PDF_ANSWER_H
#define PDF_ANSWER_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* No line of the answer is longer, its end of line included. */
#define ANSWER_LINE_MOST 65536
/*
 * How long strings may be: the one that a line is about, and others beside it. Escaped, they may be
 * 6 times that.
 */
#define ANSWER_TEXT_MOST 8192
#define ANSWER_NAME_MOST 1024

/* How the process ends: its exit status. */
enum answer_exit {
    ANSWER_WHOLE = 0, /* with `end` */
    ANSWER_ERROR = 1, /* with `error` */
    ANSWER_USAGE = 2,
    ANSWER_NO_LIMITS = 3,
};

/* Writes the first line. No more than `most` bytes will be written, whatever comes. */
void answer_begin(size_t most);

/*
 * Writes {"key": content} and takes `content` over. False when there is no room for it: the answer
 * is at its limit, and only answer_end() or answer_fail() may follow.
 */
bool answer_write(const char *key, json_t *content);

/* A length in points, with two digits behind the point; 0 for what is no number. */
json_t *answer_length(double points);

/* The first `most` bytes of `text`, which may come from the file as it is, as valid UTF-8. */
json_t *answer_text(const char *text, size_t most);

/* `page` is read: answer_end() counts it. */
void answer_page_done(void);

/* Ends the process with `end`. `limit` is NULL, or what stopped it: "pages", "output", "time". */
_Noreturn void answer_end(const char *limit);

/* Ends the process with `error`; nothing of the PDF library's is called any more. */
_Noreturn void answer_fail(const char *kind, const char *message);

/*
 * The same for signal handlers: ends the process, with what was read so far if the document was
 * opened, else with the error. False when a line is on its way out at this moment: the process goes
 * on, and ends when that line is written. A second call ends it in any case.
 */
bool answer_stop(const char *limit, const char *message);

#endif
