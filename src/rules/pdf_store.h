/*
 * PDFs that rules look at: each blob is read once for a run, when a rule first asks for it, on the
 * thread that asks. Any number of threads may.
 */
#ifndef RULES_PDF_STORE_H
#define RULES_PDF_STORE_H

#include "document/pdf_model.h"
#include "git/snapshot.h"

struct pdf_store;

/*
 * Never NULL; reads nothing yet. `answers`: what is named *.pdf holds what scribelint-pdf would say
 * of it (docs/pdf-reader.md), as the examples of rules have it.
 */
struct pdf_store *pdf_store_open(bool answers);
void pdf_store_close(struct pdf_store *store);

/*
 * The PDF at `path`, owned by the store: of one that could not be read, `pdf->outcome` says why.
 * Its own `path` is that of the first who asked for these bytes. NULL with `*reason` (a clause that
 * lives as long as the store) when the repository does not give the bytes.
 */
const struct document *pdf_store_get(struct pdf_store *store, const struct snapshot *snapshot,
                                     struct slice path, const char **reason);

/* True when some PDF was asked for, and the helper is not installed. */
bool pdf_store_lacks_helper(const struct pdf_store *store);

#endif
