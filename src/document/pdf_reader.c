#include "document/pdf_reader.h"

#include "base/memory.h"
#include "document/pdf_cache.h"
#include "document/pdf_program.h"
#include "document/pointer.h"

#include <stdlib.h>
#include <strings.h>

struct pdf_reader {
    char *program; /* NULL: not installed */
    struct pdf_cache cache;
    bool takes_answers;
};

struct pdf_reader *pdf_reader_open(void) {
    struct pdf_reader *reader = memory_allocate(1, sizeof(*reader));
    struct buffer path = BUFFER_EMPTY;
    if (pdf_program_find(&path)) {
        reader->program = buffer_detach(&path);
        pdf_cache_open(&reader->cache, reader->program);
    }
    buffer_release(&path);
    return reader;
}

struct pdf_reader *pdf_reader_open_answers(void) {
    struct pdf_reader *reader = memory_allocate(1, sizeof(*reader));
    reader->takes_answers = true;
    return reader;
}

void pdf_reader_close(struct pdf_reader *reader) {
    if (!reader)
        return;
    pdf_cache_release(&reader->cache);
    free(reader->program);
    free(reader);
}

bool pdf_reader_is_available(const struct pdf_reader *reader) {
    return reader->takes_answers || reader->program;
}

static struct pdf_answer *ask_program(const struct pdf_reader *reader, struct slice bytes,
                                      const char *blob_id) {
    struct buffer lines = BUFFER_EMPTY;
    struct pdf_answer *answer = NULL;
    bool lasting;
    if (pdf_cache_read(&reader->cache, blob_id, &lines))
        answer = pdf_answer_read(buffer_slice(&lines));
    if (!answer || !answer->ended) {
        pdf_answer_free(answer);
        buffer_clear(&lines);
        answer = pdf_program_ask(reader->program, bytes, PDF_MOST_SECONDS, &lines, &lasting);
        if (lasting)
            pdf_cache_write(&reader->cache, blob_id, buffer_slice(&lines), PDF_CACHE_MOST_BYTES);
    }
    buffer_release(&lines);
    return pdf_program_tell_time(answer, PDF_MOST_SECONDS);
}

static struct pdf_answer *find_answer(const struct pdf_reader *reader, struct slice bytes,
                                      const char *blob_id) {
    if (reader->takes_answers)
        return bytes.size ? pdf_answer_read(bytes) : pdf_answer_of(PDF_EMPTY, "the file is empty");
    if (!bytes.size)
        return pdf_answer_of(PDF_EMPTY, "the file is empty");
    if (bytes.size > PDF_MOST_BYTES)
        return pdf_answer_of(PDF_LIMIT, "the file is larger than 64 MiB");
    if (is_lfs_pointer(bytes))
        return pdf_answer_of(PDF_UNAVAILABLE,
                             "a Git LFS pointer: the file it stands for is not in the repository");
    if (!reader->program)
        return pdf_answer_of(PDF_UNAVAILABLE, "scribelint-pdf is not installed");
    return ask_program(reader, bytes, blob_id ? blob_id : "");
}

struct document *pdf_reader_read(const struct pdf_reader *reader, struct slice path,
                                 struct slice bytes, const char *blob_id) {
    struct pdf_answer *answer = find_answer(reader, bytes, blob_id);
    struct document *document = pdf_document_make(path, answer);
    pdf_answer_free(answer);
    return document;
}

bool path_is_pdf(struct slice path) {
    static const char suffix[] = ".pdf";
    size_t size = sizeof(suffix) - 1;
    return path.size > size && !strncasecmp(path.data + path.size - size, suffix, size);
}
