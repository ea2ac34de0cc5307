/*
 * Answers of scribelint-pdf, kept by the id of the blob below $XDG_CACHE_HOME/scribelint or
 * ~/.cache/scribelint. It may be deleted at any time; what is damaged there counts as absent.
 */
#ifndef DOCUMENT_PDF_CACHE_H
#define DOCUMENT_PDF_CACHE_H

#include "base/buffer.h"

enum { PDF_CACHE_MOST_BYTES = 64 * 1024 * 1024 };

struct pdf_cache {
    char *folder;        /* NULL: nothing is kept */
    size_t own;          /* bytes of `folder` that must be there; what is below them is made */
    char helper_key[24]; /* of the helper's program file: another one may answer otherwise */
};

/* For the helper at `program`; nothing is kept where there is no home. Release with _release(). */
void pdf_cache_open(struct pdf_cache *cache, const char *program);
void pdf_cache_release(struct pdf_cache *cache);

/* Appends what is kept of the blob; false and nothing appended: nothing is. */
bool pdf_cache_read(const struct pdf_cache *cache, const char *blob_id, struct buffer *lines);

/* Keeps `lines`, and lets go of the oldest above `most` bytes. A failure is not told. */
void pdf_cache_write(const struct pdf_cache *cache, const char *blob_id, struct slice lines,
                     size_t most);

#endif
