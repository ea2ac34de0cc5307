/*
 * What a picture is by its bytes, whatever its name says: its format, its size, and whether it is
 * whole as far as headers and trailers tell. Nothing is decoded.
 */
#ifndef DOCUMENT_PICTURE_H
#define DOCUMENT_PICTURE_H

#include "base/slice.h"

enum picture_kind {
    PICTURE_UNKNOWN, /* bytes of no format that is known here */
    PICTURE_TEXT,    /* words, no picture */
    PICTURE_PAGE,    /* an HTML page */
    PICTURE_PDF,
    PICTURE_PNG,
    PICTURE_JPEG,
    PICTURE_GIF,
    PICTURE_WEBP,
    PICTURE_AVIF,
    PICTURE_BMP,
    PICTURE_ICO,
    PICTURE_SVG,
    PICTURE_TIFF,
    PICTURE_HEIC,
};

struct picture {
    enum picture_kind kind;
    unsigned long width, height; /* in pixels; 0: not known (SVG, ICO, TIFF, AVIF, HEIC) */
    const char *fault; /* PNG, JPEG, GIF, WebP: what is broken, as a clause; NULL: nothing seen */
};

/* Never fails: what is no picture is one of the first kinds. */
struct picture picture_read(struct slice bytes);

/* "a PNG picture", "text": for messages. */
const char *picture_kind_name(enum picture_kind kind);

/* The kind that the ending of a file name stands for; PICTURE_UNKNOWN: none of a picture. */
enum picture_kind picture_kind_of_name(struct slice path);

/* The usual ending of files of that kind, without a dot; NULL: it is no picture. */
const char *picture_kind_ending(enum picture_kind kind);

/*
 * True when browsers show `kind` under a name of the kind `named`: they go by the bytes, except for
 * SVG, which servers must call by its name.
 */
bool picture_shows_as(enum picture_kind kind, enum picture_kind named);

#endif
