#include "document_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

void assert_slice_at(struct slice slice, const char *text, const char *file, int line) {
    if (slice_equal_string(slice, text))
        return;
    print_error("\"%.*s\" is not \"%s\"\n", SLICE_ARGUMENTS(slice), text);
    _fail(file, line);
}

struct document *read_bytes(const char *bytes, size_t size, bool dollar_math) {
    struct document_options options = {.dollar_math = dollar_math};
    return document_read(slice_of("notes/page.md"), (struct slice){bytes, size}, &options);
}

struct document *read_text(const char *text) {
    return read_bytes(text, strlen(text), true);
}

static void check_place(const struct document *document, const struct link *link,
                        const char *destination, const char *written) {
    assert_slice(link->destination, destination);
    assert_true(link->has_place);
    assert_slice(document_text(document, link->span), written);
}

void check_link(const struct document *document, size_t index, const char *destination,
                const char *written) {
    assert_true(index < document->link_count);
    check_place(document, &document->links[index], destination, written);
}

void check_image(const struct document *document, size_t index, const char *destination,
                 const char *written) {
    assert_true(index < document->image_count);
    check_place(document, &document->images[index], destination, written);
}

void check_kind(const struct document *document, const char *part, enum byte_kind kind) {
    size_t start = slice_find(document->source.bytes, part, 0);
    assert_true(start != SLICE_NOT_FOUND);
    for (size_t i = 0; i < strlen(part); i++) {
        if (document->kinds[start + i] != kind)
            print_error("byte %zu of \"%s\"\n", i, part);
        assert_int_equal(document->kinds[start + i], kind);
    }
}

const struct section *section_at(const struct document *document, size_t index) {
    const struct section *section = section_next(&document->root);
    while (section && index--)
        section = section_next(section);
    return section;
}

size_t count_sections(const struct document *document) {
    size_t count = 0;
    for (const struct section *at = &document->root; (at = section_next(at));)
        count++;
    return count;
}

void check_section(const struct document *document, size_t index, int level, const char *title,
                   const char *heading) {
    const struct section *section = section_at(document, index);
    assert_non_null(section);
    assert_int_equal(section->level, level);
    assert_slice(document_text(document, section->title), title);
    assert_slice(document_text(document, section->heading), heading);
}
