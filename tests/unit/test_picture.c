/* Pictures by their bytes. */
#include "document/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* One pixel each. */
static const unsigned char png[] = {
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48,
    0x44, 0x52, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x01, 0x00, 0x00, 0x00,
    0x00, 0x37, 0x6e, 0xf9, 0x24, 0x00, 0x00, 0x00, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78,
    0x9c, 0x63, 0x60, 0x00, 0x00, 0x00, 0x02, 0x00, 0x01, 0x48, 0xaf, 0xa4, 0x71, 0x00,
    0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82};
static const unsigned char gif[] = {0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 0x01, 0x00, 0x01,
                                    0x00, 0x80, 0x00, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff,
                                    0xff, 0x2c, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01,
                                    0x00, 0x00, 0x02, 0x02, 0x44, 0x01, 0x00, 0x3b};
static const unsigned char jpeg[] = {
    0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46, 0x00, 0x01, 0x01, 0x00, 0x00, 0x01,
    0x00, 0x01, 0x00, 0x00, 0xff, 0xdb, 0x00, 0x43, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xc0, 0x00, 0x0b, 0x08, 0x00, 0x01,
    0x00, 0x01, 0x01, 0x01, 0x11, 0x00, 0xff, 0xc4, 0x00, 0x14, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xff, 0xc4, 0x00, 0x14,
    0x10, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0xff, 0xda, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3f, 0x00, 0x37, 0xff, 0xd9};
static const unsigned char webp[] = {
    0x52, 0x49, 0x46, 0x46, 0x24, 0x00, 0x00, 0x00, 0x57, 0x45, 0x42, 0x50, 0x56, 0x50, 0x38,
    0x20, 0x18, 0x00, 0x00, 0x00, 0x30, 0x01, 0x00, 0x9d, 0x01, 0x2a, 0x01, 0x00, 0x01, 0x00,
    0x02, 0x00, 0x34, 0x25, 0xa4, 0x00, 0x03, 0x70, 0x00, 0xfe, 0xfb, 0xfd, 0x50, 0x00};

#define BYTES(array) ((struct slice){(const char *)(array), sizeof(array)})

static struct picture read_text(const char *text) {
    return picture_read(slice_of(text));
}

/* With `value` in the place of the byte at `at`, if that is within; cut to `size`. */
static struct picture read_changed(struct slice bytes, size_t at, unsigned char value,
                                   size_t size) {
    char *copy = malloc(bytes.size);
    memcpy(copy, bytes.data, bytes.size);
    if (at < bytes.size)
        copy[at] = (char)value;
    /* Of its own size, so that a sanitizer sees what is read beyond it. */
    char *exact = malloc(size ? size : 1);
    memcpy(exact, copy, size);
    struct picture picture = picture_read((struct slice){exact, size});
    free(exact);
    free(copy);
    return picture;
}

static void whole_pictures(void **state) {
    (void)state;
    struct slice samples[] = {BYTES(png), BYTES(gif), BYTES(jpeg), BYTES(webp)};
    enum picture_kind kinds[] = {PICTURE_PNG, PICTURE_GIF, PICTURE_JPEG, PICTURE_WEBP};
    for (size_t i = 0; i < 4; i++) {
        struct picture picture = picture_read(samples[i]);
        assert_int_equal(picture.kind, kinds[i]);
        assert_null(picture.fault);
        assert_int_equal(picture.width, 1);
        assert_int_equal(picture.height, 1);
    }
}

/* Wider than high; a BMP may count its rows from the top, as a negative number. */
static void sizes(void **state) {
    (void)state;
    static const struct {
        struct slice bytes;
        size_t width_at;
    } samples[] = {{BYTES(png), 19}, {BYTES(gif), 6}, {BYTES(jpeg), 97}, {BYTES(webp), 26}};
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct slice bytes = samples[i].bytes;
        struct picture picture = read_changed(bytes, samples[i].width_at, 3, bytes.size);
        assert_int_equal(picture.width, 3);
        assert_int_equal(picture.height, 1);
    }
    unsigned char bmp[64] = {'B', 'M', 64, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40,
                             0,   0,   0,  3, 0, 0, 0, 2, 0, 0, 0,  1, 0, 24};
    struct picture picture = picture_read(BYTES(bmp));
    assert_int_equal(picture.kind, PICTURE_BMP);
    assert_int_equal(picture.width, 3);
    assert_int_equal(picture.height, 2);
    memset(bmp + 22, 0xff, 4);
    assert_int_equal(picture_read(BYTES(bmp)).height, 1);
}

/* GIF is shown without its last byte, all others at no length but the whole. */
static void cut_off_anywhere(void **state) {
    (void)state;
    struct slice samples[] = {BYTES(png), BYTES(gif), BYTES(jpeg), BYTES(webp)};
    for (size_t i = 0; i < 4; i++) {
        enum picture_kind kind = picture_read(samples[i]).kind;
        for (size_t size = 12; size < samples[i].size - (kind == PICTURE_GIF); size++) {
            struct picture picture = read_changed(samples[i], SIZE_MAX, 0, size);
            assert_int_equal(picture.kind, kind);
            assert_non_null(picture.fault);
        }
    }
    assert_null(read_changed(BYTES(gif), SIZE_MAX, 0, sizeof gif - 1).fault);
}

/* A byte behind the end does no harm; one within a PNG does. */
static void changed_bytes(void **state) {
    (void)state;
    for (size_t at = 8; at < sizeof png; at++)
        assert_non_null(read_changed(BYTES(png), at, png[at] ^ 0x55, sizeof png).fault);
    for (size_t at = 0; at < sizeof jpeg; at++)
        for (unsigned value = 0; value < 256; value += 15)
            read_changed(BYTES(jpeg), at, (unsigned char)value, sizeof jpeg);
    char more[sizeof jpeg + 4] = {0};
    memcpy(more, jpeg, sizeof jpeg);
    assert_null(picture_read((struct slice){more, sizeof more}).fault);
}

static void no_pictures(void **state) {
    (void)state;
    assert_int_equal(picture_read((struct slice){NULL, 0}).kind, PICTURE_TEXT);
    assert_int_equal(read_text("BMs are words, too, and this is a line of text.\n").kind,
                     PICTURE_TEXT);
    assert_int_equal(read_text("%PDF-1.5\n").kind, PICTURE_PDF);
    assert_int_equal(read_text("\xef\xbb\xbf<!doctype HTML>\n<HTML lang=en>").kind, PICTURE_PAGE);
    assert_int_equal(read_text("<p>a paragraph</p>").kind, PICTURE_TEXT);
    assert_int_equal(picture_read((struct slice){"\0\1\2\3", 4}).kind, PICTURE_UNKNOWN);
    assert_int_equal(read_text("\x89PN").kind, PICTURE_TEXT);
}

static void drawings(void **state) {
    (void)state;
    assert_int_equal(read_text("<svg xmlns='x'/>").kind, PICTURE_SVG);
    assert_int_equal(read_text("<?xml version='1.0'?><!-- a -->\n<svg:svg/>").kind, PICTURE_SVG);
    assert_int_equal(picture_read((struct slice){"\xff\xfe<\0s\0v\0g\0>\0", 12}).kind, PICTURE_SVG);
    assert_int_equal(picture_read((struct slice){"\xff\xfe"
                                                 "a\0b\0",
                                                 6})
                         .kind,
                     PICTURE_TEXT);
}

static void names(void **state) {
    (void)state;
    assert_int_equal(picture_kind_of_name(slice_of("a.b/c.JPG")), PICTURE_JPEG);
    assert_int_equal(picture_kind_of_name(slice_of("a.png/c")), PICTURE_UNKNOWN);
    assert_int_equal(picture_kind_of_name(slice_of("png")), PICTURE_UNKNOWN);
    assert_string_equal(picture_kind_ending(PICTURE_JPEG), "jpg");
    assert_null(picture_kind_ending(PICTURE_TEXT));
    assert_string_equal(picture_kind_name(PICTURE_HEIC), "a HEIC picture");
    assert_true(picture_shows_as(PICTURE_JPEG, PICTURE_PNG));
    assert_true(picture_shows_as(PICTURE_TIFF, PICTURE_TIFF));
    assert_false(picture_shows_as(PICTURE_TIFF, PICTURE_PNG));
    assert_false(picture_shows_as(PICTURE_PNG, PICTURE_SVG));
    assert_false(picture_shows_as(PICTURE_SVG, PICTURE_PNG));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(whole_pictures),
                                       cmocka_unit_test(sizes),
                                       cmocka_unit_test(cut_off_anywhere),
                                       cmocka_unit_test(changed_bytes),
                                       cmocka_unit_test(no_pictures),
                                       cmocka_unit_test(drawings),
                                       cmocka_unit_test(names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
