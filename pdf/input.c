#include "pdf/input.h"

#include "base/memory.h"
#include "pdf/answer.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Readers look for the header so far into the file: PDF 1.7, implementation note 13. */
#define HEADER_WITHIN 1024

/* What people give the name of a PDF. */
static const struct {
    const char *begins;
    const char *is;
} others[] = {
    {"\x89PNG", "it is a PNG image"},
    {"\xff\xd8\xff", "it is a JPEG image"},
    {"GIF8", "it is a GIF image"},
    {"PK\x03\x04", "it is a ZIP archive, as Word and PowerPoint files are"},
    {"%!PS", "it is PostScript"},
    {"{\\rtf", "it is an RTF text"},
    {"<!DOCTYPE", "it is an HTML page"},
    {"<html", "it is an HTML page"},
    {"version https://git-lfs", "it is a Git LFS pointer; the PDF itself is not here"},
    {"\\documentclass", "it is LaTeX source"},
};

static void refuse_others(const char *data, size_t size) {
    size_t head = size < HEADER_WITHIN ? size : HEADER_WITHIN;
    if (memmem(data, head, "%PDF-", 5))
        return;
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        size_t length = strlen(others[i].begins);
        if (size >= length && memcmp(data, others[i].begins, length) == 0)
            answer_fail("not-a-pdf", others[i].is);
    }
    answer_fail("not-a-pdf", "it has no PDF header");
}

/* False at the end of the input. */
static bool read_some(char *data, size_t size, size_t *read_size) {
    ssize_t got;
    do
        got = read(STDIN_FILENO, data, size);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        answer_fail("damaged", "standard input cannot be read");
    *read_size += (size_t)got;
    return got > 0;
}

GBytes *input_read(size_t most) {
    size_t capacity = 1 << 20;
    size_t size = 0;
    char *data = g_malloc(capacity);
    while (read_some(data + size, capacity - size, &size)) {
        if (size > most)
            answer_fail("limit", "it is larger than is read");
        if (size == capacity) {
            capacity *= 2;
            data = g_realloc(data, capacity);
        }
    }
    if (!size)
        answer_fail("empty", "it has no bytes");
    refuse_others(data, size);
    return g_bytes_new_take(data, size);
}
