/* The helper program scribelint-pdf: where it is, and what it answers about a PDF. */
#ifndef DOCUMENT_PDF_PROGRAM_H
#define DOCUMENT_PDF_PROGRAM_H

#include "base/buffer.h"
#include "document/pdf_answer.h"

enum {
    PDF_MOST_BYTES = 64 * 1024 * 1024,  /* of a PDF that is looked at */
    PDF_MOST_ANSWER = 48 * 1024 * 1024, /* bytes */
    PDF_MOST_SECONDS = 10,
    PDF_MOST_MEMORY = 1024, /* MiB */
    PDF_MOST_PAGES = 2000,
};

/*
 * Appends the path of the helper: what SCRIBELINT_PDF names, else beside this program, in
 * ../libexec/scribelint from there, or in an absolute folder of PATH. False: it is not installed.
 */
bool pdf_program_find(struct buffer *path);

/*
 * Asks the helper at `path` about the bytes of a PDF; `lines` gets its answer as it is. Whatever it
 * does, dies or hangs: it ends within `seconds`, and that is what the answer says. May be called on
 * several threads at a time. `*lasting` tells that the next time gives the same answer. Release
 * with pdf_answer_free().
 */
struct pdf_answer *pdf_program_ask(const char *path, struct slice pdf, unsigned seconds,
                                   struct buffer *lines, bool *lasting);

/*
 * `answer`, or in its place (it is freed) one that says that nothing was read within `seconds`:
 * where time was over before there was any text.
 */
struct pdf_answer *pdf_program_tell_time(struct pdf_answer *answer, unsigned seconds);

#endif
