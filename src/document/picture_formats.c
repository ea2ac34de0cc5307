#include "document/picture_formats.h"

#include <stdint.h>
#include <string.h>

static const char *const cut_off = "it is cut off";

unsigned long picture_number(struct slice bytes, size_t at, int size) {
    size_t count = (size_t)(size < 0 ? -size : size);
    unsigned long number = 0;
    if (at > bytes.size || bytes.size - at < count)
        return 0;
    for (size_t i = 0; i < count; i++)
        number = number << 8 | (unsigned char)bytes.data[size < 0 ? at + count - 1 - i : at + i];
    return number;
}

/* --- PNG, https://www.w3.org/TR/png-3/ -------------------------------------------------------- */

/* Eight bytes are summed in one step: with fewer each waits for the one before it. */
enum { STEP = 8 };

/* CRC-32: in `bytes[n]` what a byte with n more behind it adds. */
struct checksums {
    uint32_t bytes[STEP][256];
};

static void prepare(struct checksums *sums) {
    static const uint32_t halves[16] = {0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac,
                                        0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
                                        0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
                                        0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t sum = i >> 4 ^ halves[i & 15];
        sums->bytes[0][i] = sum >> 4 ^ halves[sum & 15];
    }
    for (size_t n = 1; n < STEP; n++)
        for (size_t i = 0; i < 256; i++) {
            uint32_t sum = sums->bytes[n - 1][i];
            sums->bytes[n][i] = sum >> 8 ^ sums->bytes[0][sum & 255];
        }
}

/* What the four bytes at `at` add, with `behind` more in their step and `sum` before them. */
static uint32_t add_four(const struct checksums *sums, const unsigned char *at, size_t behind,
                         uint32_t sum) {
    sum ^= at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
    return sums->bytes[behind + 3][sum & 255] ^ sums->bytes[behind + 2][sum >> 8 & 255] ^
           sums->bytes[behind + 1][sum >> 16 & 255] ^ sums->bytes[behind][sum >> 24];
}

static uint32_t checksum(const struct checksums *sums, struct slice bytes) {
    const unsigned char *at = (const unsigned char *)bytes.data, *end = at + bytes.size;
    uint32_t sum = 0xffffffff;
    for (; end - at >= STEP; at += STEP)
        sum = add_four(sums, at, 4, sum) ^ add_four(sums, at + 4, 0, 0);
    for (; at < end; at++)
        sum = sum >> 8 ^ sums->bytes[0][(sum ^ *at) & 255];
    return ~sum;
}

/* Browsers show nothing from the first broken chunk on that begins with a capital letter. */
void picture_read_png(struct picture *picture, struct slice bytes) {
    enum { SIGNATURE = 8, HEADER = 8, FRAME = 12 };
    bool has_data = false;
    struct checksums sums;
    prepare(&sums);
    if (bytes.size >= 33 && memcmp(bytes.data + 12, "IHDR", 4) == 0) {
        picture->width = picture_number(bytes, 16, 4);
        picture->height = picture_number(bytes, 20, 4);
    }
    if (bytes.size >= 33 && (!picture->width || !picture->height))
        picture->fault = "its header is broken";
    for (size_t at = SIGNATURE; !picture->fault;) {
        size_t size = picture_number(bytes, at, 4);
        if (bytes.size - at < FRAME || bytes.size - at - FRAME < size) {
            picture->fault = cut_off;
            return;
        }
        const char *type = bytes.data + at + 4;
        struct slice summed = slice_part(bytes, at + 4, at + HEADER + size);
        if (*type >= 'A' && *type <= 'Z' &&
            checksum(&sums, summed) != picture_number(bytes, at + HEADER + size, 4))
            picture->fault = "a checksum in it is wrong";
        if (memcmp(type, "IEND", 4) == 0)
            break;
        has_data = has_data || memcmp(type, "IDAT", 4) == 0;
        at += FRAME + size;
    }
    if (!picture->fault && !has_data)
        picture->fault = "it has no picture in it";
}

/* --- JPEG, ITU-T T.81 ------------------------------------------------------------------------- */

/* The next marker from `at` on: its second byte, with `at` behind it; -1: none. */
static int next_marker(struct slice bytes, size_t *at) {
    while (*at + 1 < bytes.size) {
        const char *found = memchr(bytes.data + *at, 0xff, bytes.size - 1 - *at);
        if (!found)
            break;
        *at = (size_t)(found - bytes.data) + 1;
        unsigned char code = (unsigned char)bytes.data[*at];
        bool restart = code >= 0xd0 && code <= 0xd7;
        if (code == 0xff)
            continue;
        ++*at;
        if (code && !restart)
            return code;
    }
    return -1;
}

static bool is_frame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

void picture_read_jpeg(struct picture *picture, struct slice bytes) {
    enum { START_OF_IMAGE = 0xd8, END_OF_IMAGE = 0xd9, START_OF_SCAN = 0xda };
    bool has_scan = false;
    size_t at = 2;
    for (;;) {
        int marker = next_marker(bytes, &at);
        if (marker == END_OF_IMAGE)
            break;
        size_t size = picture_number(bytes, at, 2);
        if (marker < 0 || bytes.size - at < 2 || bytes.size - at < size) {
            picture->fault = cut_off;
            return;
        }
        if (size < 2) {
            picture->fault = "a segment in it is broken";
            return;
        }
        if (is_frame(marker) && !picture->width) {
            picture->height = picture_number(bytes, at + 3, 2);
            picture->width = picture_number(bytes, at + 5, 2);
        }
        has_scan = has_scan || marker == START_OF_SCAN;
        at += size;
    }
    if (!has_scan || !picture->width)
        picture->fault = "it has no picture in it";
}

/* --- GIF -------------------------------------------------------------------------------------- */

static size_t color_table(unsigned flags) {
    return flags & 0x80 ? (size_t)3 << ((flags & 7) + 1) : 0;
}

/* Behind the sub-blocks at `at`; beyond the end when they are cut off. */
static size_t skip_blocks(struct slice bytes, size_t at) {
    size_t size;
    while (at < bytes.size && (size = (unsigned char)bytes.data[at]))
        at += size + 1;
    return at + 1;
}

/* Programs show one without its last byte. */
void picture_read_gif(struct picture *picture, struct slice bytes) {
    enum { EXTENSION = 0x21, IMAGE = 0x2c, TRAILER = 0x3b };
    size_t images = 0;
    picture->width = picture_number(bytes, 6, -2);
    picture->height = picture_number(bytes, 8, -2);
    size_t at = 13 + color_table((unsigned)picture_number(bytes, 10, 1));
    while (at < bytes.size && bytes.data[at] != TRAILER) {
        if (bytes.data[at] == EXTENSION) {
            at = skip_blocks(bytes, at + 2);
        } else if (bytes.data[at] == IMAGE) {
            unsigned flags = (unsigned)picture_number(bytes, at + 9, 1);
            at = skip_blocks(bytes, at + 11 + color_table(flags));
            images++;
        } else if (images) {
            return; /* what follows a picture is not looked at by those who show it */
        } else {
            picture->fault = "a block in it is broken";
            return;
        }
    }
    if (at > bytes.size || (at == bytes.size && !images))
        picture->fault = cut_off;
    else if (!images)
        picture->fault = "it has no picture in it";
}

/* --- WebP, RFC 9649 --------------------------------------------------------------------------- */

void picture_read_webp(struct picture *picture, struct slice bytes) {
    enum { RIFF_HEADER = 8, DATA = 20 };
    size_t size = picture_number(bytes, 4, -4);
    struct slice chunk = slice_part(bytes, 12, 16);
    if (!slice_starts_with(bytes, "RIFF")) {
        picture->fault = "its header is broken";
        return;
    }
    if (bytes.size < DATA + 10 || bytes.size - RIFF_HEADER < size) {
        picture->fault = cut_off;
        return;
    }
    if (slice_equal_string(chunk, "VP8X")) {
        picture->width = picture_number(bytes, DATA + 4, -3) + 1;
        picture->height = picture_number(bytes, DATA + 7, -3) + 1;
    } else if (slice_equal_string(chunk, "VP8L")) {
        unsigned long bits = picture_number(bytes, DATA + 1, -4);
        picture->width = (bits & 0x3fff) + 1;
        picture->height = (bits >> 14 & 0x3fff) + 1;
    } else if (slice_equal_string(chunk, "VP8 ")) {
        picture->width = picture_number(bytes, DATA + 6, -2) & 0x3fff;
        picture->height = picture_number(bytes, DATA + 8, -2) & 0x3fff;
    } else {
        picture->fault = "its header is broken";
    }
}
