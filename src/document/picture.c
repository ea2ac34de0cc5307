#include "document/picture.h"

#include "base/memory.h"
#include "document/picture_formats.h"

#include <ctype.h>
#include <string.h>

struct format {
    enum picture_kind kind;
    const char *name;
    const char *endings[5]; /* the usual one first */
};

static const struct format formats[] = {
    {PICTURE_UNKNOWN, "no picture of a known format", {NULL}},
    {PICTURE_TEXT, "text", {NULL}},
    {PICTURE_PAGE, "an HTML page", {NULL}},
    {PICTURE_PDF, "a PDF", {NULL}},
    {PICTURE_PNG, "a PNG picture", {"png", NULL}},
    {PICTURE_JPEG, "a JPEG picture", {"jpg", "jpeg", "jpe", "jfif", NULL}},
    {PICTURE_GIF, "a GIF picture", {"gif", NULL}},
    {PICTURE_WEBP, "a WebP picture", {"webp", NULL}},
    {PICTURE_AVIF, "an AVIF picture", {"avif", NULL}},
    {PICTURE_BMP, "a BMP picture", {"bmp", NULL}},
    {PICTURE_ICO, "an icon", {"ico", NULL}},
    {PICTURE_SVG, "an SVG drawing", {"svg", NULL}},
    {PICTURE_TIFF, "a TIFF picture", {"tif", "tiff", NULL}},
    {PICTURE_HEIC, "a HEIC picture", {"heic", "heif", NULL}},
};

const char *picture_kind_name(enum picture_kind kind) {
    return formats[kind].name;
}

const char *picture_kind_ending(enum picture_kind kind) {
    return formats[kind].endings[0];
}

enum picture_kind picture_kind_of_name(struct slice path) {
    struct slice name = slice_file_name(path);
    size_t dot = name.size;
    while (dot > 0 && name.data[dot - 1] != '.')
        dot--;
    struct slice ending = slice_part(name, dot, name.size);
    for (size_t i = 0; dot && i < COUNT_OF(formats); i++)
        for (const char *const *known = formats[i].endings; *known; known++)
            if (slice_equal_ignoring_case(ending, slice_of(*known)))
                return formats[i].kind;
    return PICTURE_UNKNOWN;
}

bool picture_shows_as(enum picture_kind kind, enum picture_kind named) {
    if (kind == named)
        return true;
    return kind >= PICTURE_PNG && kind <= PICTURE_ICO && named != PICTURE_SVG;
}

/* --- by the first bytes ---------------------------------------------------------------------- */

struct signature {
    enum picture_kind kind;
    size_t offset, size;
    const char *bytes;
};

static const struct signature signatures[] = {
    {PICTURE_PNG, 0, 8, "\x89PNG\r\n\x1a\n"},
    {PICTURE_JPEG, 0, 3, "\xff\xd8\xff"},
    {PICTURE_GIF, 0, 6, "GIF87a"},
    {PICTURE_GIF, 0, 6, "GIF89a"},
    {PICTURE_WEBP, 8, 4, "WEBP"},
    {PICTURE_PDF, 0, 5, "%PDF-"},
    {PICTURE_TIFF, 0, 4, "II*\0"},
    {PICTURE_TIFF, 0, 4, "MM\0*"},
    {PICTURE_ICO, 0, 4, "\0\0\1\0"},
    {PICTURE_ICO, 0, 4, "\0\0\2\0"},
    {PICTURE_AVIF, 4, 8, "ftypavif"},
    {PICTURE_AVIF, 4, 8, "ftypavis"},
    {PICTURE_HEIC, 4, 8, "ftypheic"},
    {PICTURE_HEIC, 4, 8, "ftypheix"},
    {PICTURE_HEIC, 4, 8, "ftyphevc"},
    {PICTURE_HEIC, 4, 8, "ftypmif1"},
    {PICTURE_HEIC, 4, 8, "ftypmsf1"},
};

/* "BM" alone begins many a word: the size of its header, which follows, is one of a few. */
static bool is_bmp(struct slice bytes) {
    if (bytes.size < 26 || memcmp(bytes.data, "BM", 2) != 0)
        return false;
    unsigned long header = picture_number(bytes, 14, -4);
    return header == 12 || header == 40 || header == 52 || header == 56 || header == 64 ||
           header == 108 || header == 124;
}

/* A tag that opens within the first bytes, in any case. */
static bool has_tag(struct slice start, const char *tag) {
    struct slice name = slice_of(tag);
    for (size_t at = 0; at + name.size < start.size; at++)
        if (start.data[at] == '<' &&
            slice_equal_ignoring_case(slice_part(start, at, at + name.size), name) &&
            !isalnum((unsigned char)start.data[at + name.size]))
            return true;
    return false;
}

/* Control characters are in no text; a NUL is in no SVG but one in UTF-16. */
static bool is_text(struct slice start) {
    for (size_t i = 0; i < start.size; i++) {
        unsigned char byte = (unsigned char)start.data[i];
        if ((byte < ' ' && !isspace(byte) && byte != 0x1b) || byte == 0x7f)
            return false;
    }
    return true;
}

static enum picture_kind kind_of_text(struct slice bytes) {
    enum { START = 4096 };
    struct slice start = slice_part(bytes, 0, START);
    struct slice trimmed = slice_trim(start);
    if (slice_starts_with(trimmed, "\xef\xbb\xbf"))
        trimmed = slice_trim(slice_part(trimmed, 3, trimmed.size));
    if (slice_starts_with(trimmed, "\xff\xfe") || slice_starts_with(trimmed, "\xfe\xff"))
        return memmem(bytes.data, bytes.size, "s\0v\0g", 5) ? PICTURE_SVG : PICTURE_TEXT;
    if (!is_text(start))
        return PICTURE_UNKNOWN;
    if (trimmed.size && *trimmed.data == '<' && has_tag(trimmed, "<html"))
        return PICTURE_PAGE;
    /* Behind a prologue of any length, namespaces or not. */
    bool drawing = trimmed.size && *trimmed.data == '<' &&
                   (slice_find(bytes, "<svg", 0) != SLICE_NOT_FOUND ||
                    slice_find(bytes, ":svg", 0) != SLICE_NOT_FOUND);
    return drawing ? PICTURE_SVG : PICTURE_TEXT;
}

static enum picture_kind kind_of_bytes(struct slice bytes) {
    for (size_t i = 0; i < COUNT_OF(signatures); i++) {
        const struct signature *known = &signatures[i];
        if (bytes.size >= known->offset + known->size &&
            memcmp(bytes.data + known->offset, known->bytes, known->size) == 0)
            return known->kind;
    }
    if (is_bmp(bytes))
        return PICTURE_BMP;
    /* Compressed drawings are shown from servers that say so only. */
    return kind_of_text(bytes);
}

struct picture picture_read(struct slice bytes) {
    struct picture picture = {.kind = kind_of_bytes(bytes)};
    switch (picture.kind) {
    case PICTURE_PNG:
        picture_read_png(&picture, bytes);
        break;
    case PICTURE_JPEG:
        picture_read_jpeg(&picture, bytes);
        break;
    case PICTURE_GIF:
        picture_read_gif(&picture, bytes);
        break;
    case PICTURE_WEBP:
        picture_read_webp(&picture, bytes);
        break;
    case PICTURE_BMP:
        if (picture_number(bytes, 14, -4) > 12) {
            picture.width = picture_number(bytes, 18, -4);
            unsigned long rows = picture_number(bytes, 22, -4);
            picture.height = rows > 0x7fffffff ? 0x100000000 - rows : rows;
        }
        break;
    default:
        break;
    }
    return picture;
}
