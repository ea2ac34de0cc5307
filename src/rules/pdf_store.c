#include "rules/pdf_store.h"

#include "base/memory.h"
#include "document/pdf_program.h"
#include "document/pdf_reader.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct stored_pdf {
    char blob_id[OBJECT_ID_SIZE]; /* "": unknown, and nobody else's */
    bool ready;
    struct document *document;
    struct error error; /* why there is no document */
    struct buffer content;
    struct stored_pdf *next;
};

struct pdf_store {
    pthread_mutex_t lock;
    pthread_cond_t one_is_ready;
    struct pdf_reader *reader; /* NULL until asked for */
    bool answers;
    struct stored_pdf *first;
};

struct pdf_store *pdf_store_open(bool answers) {
    struct pdf_store *store = memory_allocate(1, sizeof(*store));
    pthread_mutex_init(&store->lock, NULL);
    pthread_cond_init(&store->one_is_ready, NULL);
    store->answers = answers;
    return store;
}

void pdf_store_close(struct pdf_store *store) {
    if (!store)
        return;
    for (struct stored_pdf *pdf = store->first, *next; pdf; pdf = next) {
        next = pdf->next;
        document_free(pdf->document);
        error_release(&pdf->error);
        buffer_release(&pdf->content);
        free(pdf);
    }
    pdf_reader_close(store->reader);
    pthread_cond_destroy(&store->one_is_ready);
    pthread_mutex_destroy(&store->lock);
    free(store);
}

static struct stored_pdf *find(struct pdf_store *store, const char *blob_id) {
    struct stored_pdf *pdf = *blob_id ? store->first : NULL;
    while (pdf && strcmp(pdf->blob_id, blob_id) != 0)
        pdf = pdf->next;
    return pdf;
}

/* Takes the place of the blob, so that others wait. */
static struct stored_pdf *add(struct pdf_store *store, const char *blob_id) {
    struct stored_pdf *pdf = memory_allocate(1, sizeof(*pdf));
    memcpy(pdf->blob_id, blob_id, sizeof(pdf->blob_id));
    pdf->next = store->first;
    store->first = pdf;
    if (!store->reader)
        store->reader = store->answers ? pdf_reader_open_answers() : pdf_reader_open();
    return pdf;
}

/* Without the lock: it may take seconds. */
static void read_pdf(struct stored_pdf *pdf, const struct pdf_reader *reader,
                     const struct snapshot *snapshot, struct slice path) {
    int status = snapshot_read(snapshot, path, PDF_MOST_BYTES, &pdf->content, &pdf->error);
    if (status == STATUS_NOT_FOUND)
        error_set(&pdf->error, status, "it is not there");
    if (status == STATUS_TOO_LARGE)
        error_set(&pdf->error, status, "it is larger than %d MiB", PDF_MOST_BYTES / 1024 / 1024);
    if (status == OK)
        pdf->document = pdf_reader_read(reader, path, buffer_slice(&pdf->content), pdf->blob_id);
    buffer_release(&pdf->content);
}

const struct document *pdf_store_get(struct pdf_store *store, const struct snapshot *snapshot,
                                     struct slice path, const char **reason) {
    struct entry entry = snapshot_find(snapshot, path);
    pthread_mutex_lock(&store->lock);
    struct stored_pdf *pdf = find(store, entry.blob_id);
    if (!pdf) {
        pdf = add(store, entry.blob_id);
        pthread_mutex_unlock(&store->lock);
        read_pdf(pdf, store->reader, snapshot, path);
        pthread_mutex_lock(&store->lock);
        pdf->ready = true;
        pthread_cond_broadcast(&store->one_is_ready);
    }
    while (!pdf->ready)
        pthread_cond_wait(&store->one_is_ready, &store->lock);
    pthread_mutex_unlock(&store->lock);
    *reason = pdf->document ? NULL : error_message(&pdf->error);
    return pdf->document;
}

bool pdf_store_lacks_helper(const struct pdf_store *store) {
    return store->reader && !pdf_reader_is_available(store->reader);
}
