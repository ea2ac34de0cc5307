#include "pdf/answer.h"

#include <errno.h>
#include <glib.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Kept free for the last line. */
#define LAST_LINE_MOST 1024

/* The one answer. A signal handler reads it: `pending` counts whole lines only. */
static struct {
    char line[ANSWER_LINE_MOST];      /* being made */
    char lines[2 * ANSWER_LINE_MOST]; /* made, not yet written */
    atomic_size_t pending;            /* bytes of `lines` */
    atomic_bool writing;              /* in write(2): `lines` is partly out */
    _Atomic(const char *) late;       /* the limit that passed meanwhile */
    const char *late_message;
    size_t room;        /* bytes that may still be written */
    atomic_int pages;   /* read */
    atomic_bool opened; /* `document` was answered */
} answer;

/* A reader that is gone gets nothing more: there is nobody to tell. */
static void write_all(const char *bytes, size_t size) {
    while (size) {
        ssize_t written = write(STDOUT_FILENO, bytes, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            _exit(ANSWER_NO_LIMITS);
        bytes += written;
        size -= (size_t)written;
    }
}

/*
 * The last line and the end. _exit(): what a hostile file made of the library's memory is better
 * left than taken apart.
 */
static _Noreturn void finish(int status, const char *const *parts) {
    char line[LAST_LINE_MOST];
    size_t size = 0;
    for (; *parts; parts++)
        for (const char *from = *parts; *from && size < sizeof line; from++)
            line[size++] = *from;
    atomic_store(&answer.writing, true); /* time that is up now changes nothing any more */
    write_all(answer.lines, atomic_load(&answer.pending));
    write_all(line, size);
    _exit(status);
}

/* Without printf, which may not be called in a signal handler. */
static const char *decimal(int number, char *end) {
    *--end = '\0';
    do
        *--end = (char)('0' + number % 10);
    while (number /= 10);
    return end;
}

_Noreturn void answer_end(const char *limit) {
    char digits[16];
    const char *pages = decimal(atomic_load(&answer.pages), digits + sizeof digits);
    finish(ANSWER_WHOLE,
           (const char *const[]){"{\"end\": {\"pages\": ", pages, limit ? ", \"limit\": \"" : "",
                                 limit ? limit : "", limit ? "\"" : "", "}}\n", NULL});
}

/* What cannot stand in a JSON string is left out of `message`, and what is too long. */
_Noreturn void answer_fail(const char *kind, const char *message) {
    char safe[LAST_LINE_MOST / 2];
    size_t size = 0;
    for (; *message && size < sizeof safe - 1; message++)
        if (*message >= ' ' && *message < 0x7f && *message != '"' && *message != '\\')
            safe[size++] = *message;
    safe[size] = '\0';
    finish(ANSWER_ERROR, (const char *const[]){"{\"error\": {\"kind\": \"", kind,
                                               "\", \"message\": \"", safe, "\"}}\n", NULL});
}

bool answer_stop(const char *limit, const char *message) {
    if (atomic_load(&answer.writing)) {
        if (atomic_load(&answer.late))
            _exit(ANSWER_NO_LIMITS); /* nobody reads the answer */
        answer.late_message = message;
        atomic_store(&answer.late, limit);
        return false;
    }
    if (atomic_load(&answer.opened))
        answer_end(limit);
    answer_fail("limit", message);
}

static void flush(void) {
    atomic_store(&answer.writing, true);
    write_all(answer.lines, atomic_load(&answer.pending));
    atomic_store(&answer.pending, 0);
    atomic_store(&answer.writing, false);
    const char *late = atomic_load(&answer.late);
    if (late)
        answer_stop(late, answer.late_message);
}

/* The line of `size` bytes that was made; one that ends with the limit is not begun. */
static bool add_line(size_t size) {
    if (size + LAST_LINE_MOST > answer.room)
        return false;
    answer.room -= size;
    size_t pending = atomic_load(&answer.pending);
    if (pending + size > sizeof answer.lines) {
        flush();
        pending = 0;
    }
    memcpy(answer.lines + pending, answer.line, size);
    atomic_store(&answer.pending, pending + size);
    return true;
}

void answer_begin(size_t most) {
    answer.room = most;
    answer_write("scribelint-pdf", json_integer(1));
}

bool answer_write(const char *key, json_t *content) {
    json_t *object = json_pack("{s:o}", key, content);
    size_t size =
        object ? json_dumpb(object, answer.line, sizeof answer.line - 1, JSON_REAL_PRECISION(15))
               : 0;
    json_decref(object);
    if (!size)
        answer_fail("limit", "out of memory");
    if (size >= sizeof answer.line)
        return true; /* cannot be, by ANSWER_TEXT_MOST */
    answer.line[size++] = '\n';
    bool added = add_line(size);
    if (added && strcmp(key, "document") == 0)
        atomic_store(&answer.opened, true);
    return added;
}

json_t *answer_length(double points) {
    const double most = 1e7; /* far beyond any page; keeps the digits few */
    if (!isfinite(points))
        return json_integer(0);
    double rounded = round(fmin(fmax(points, -most), most) * 100) / 100;
    if (rounded == trunc(rounded))
        return json_integer((json_int_t)rounded);
    return json_real(rounded);
}

json_t *answer_text(const char *text, size_t most) {
    size_t size = strnlen(text, most);
    /* No half character at the cut. */
    if (size == most)
        while (size && ((unsigned char)text[size] & 0xc0) == 0x80)
            size--;
    char *valid = g_utf8_make_valid(text, (gssize)size);
    json_t *string = json_string(valid);
    g_free(valid);
    return string;
}

void answer_page_done(void) {
    atomic_fetch_add(&answer.pages, 1);
}
