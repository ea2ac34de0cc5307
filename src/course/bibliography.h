/*
 * BibTeX as the pages' script reads it (bibtex-parse, which Distill has): byte order marks, CRLF,
 * text between entries, "@@" and an empty file are fine, but one entry that it cannot read loses
 * the whole bibliography.
 */
#ifndef COURSE_BIBLIOGRAPHY_H
#define COURSE_BIBLIOGRAPHY_H

#include "base/slice.h"

struct bibliography_entry {
    struct slice type; /* "article" */
    struct slice key;
    struct span key_span;
    struct span span; /* from its '@' to behind its closing brace */
};

struct bibliography_fault {
    struct span span;   /* the head of the entry */
    const char *reason; /* a clause: what is wrong in it */
};

/* Slices point into the text that was read. */
struct bibliography {
    struct bibliography_entry
        *entries; /* in the order of the file; @string and @comment are none */
    size_t count, capacity;
    struct bibliography_fault *faults;
    size_t fault_count, fault_capacity;
    bool cut; /* there is more than was read, in which a key may stand */
};

/* Never fails: what is broken is a fault; a file with too many of them is not read to its end.
 * Release with bibliography_release(). */
void bibliography_read(struct bibliography *bibliography, struct slice text);
void bibliography_release(struct bibliography *bibliography);

/* The first entry of that key, in its exact case, or NULL. */
const struct bibliography_entry *bibliography_find(const struct bibliography *bibliography,
                                                   struct slice key);

#endif
