#include "base/error.h"
#include "base/memory.h"
#include "text/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static void empty_buffer_is_a_string(void **state) {
    (void)state;
    struct buffer buffer = BUFFER_EMPTY;
    assert_string_equal(buffer_string(&buffer), "");
    assert_int_equal(buffer_slice(&buffer).size, 0);
    buffer_clear(&buffer);
    buffer_append(&buffer, NULL, 0);
    buffer_append_slice(&buffer, (struct slice){NULL, 0});
    buffer_append_format(&buffer, "%s", "");
    assert_string_equal(buffer_string(&buffer), "");
    char *detached = buffer_detach(&buffer);
    assert_string_equal(detached, "");
    free(detached);
    buffer_release(&buffer);
}

/* The string ends where the content does, whatever stood behind it before. */
static void content_always_ends_in_nul(void **state) {
    (void)state;
    struct buffer buffer = BUFFER_EMPTY;
    for (size_t i = 0; i < 1000; i++) {
        buffer_append_byte(&buffer, (char)('a' + i % 26));
        assert_int_equal(buffer_string(&buffer)[i + 1], '\0');
        assert_int_equal(strlen(buffer_string(&buffer)), i + 1);
    }
    buffer_clear(&buffer);
    assert_string_equal(buffer_string(&buffer), "");
    buffer_append_string(&buffer, "xy");
    assert_string_equal(buffer_string(&buffer), "xy");
    memset(buffer_extend(&buffer, 3), 'z', 3);
    assert_string_equal(buffer_string(&buffer), "xyzzz");
    buffer_release(&buffer);
    assert_string_equal(buffer_string(&buffer), "");
}

static void formats_of_any_length(void **state) {
    (void)state;
    struct buffer buffer = BUFFER_EMPTY;
    for (int width = 0; width < 300; width++) {
        buffer_clear(&buffer);
        buffer_append_string(&buffer, "<");
        buffer_append_format(&buffer, "%*d", width, 7);
        buffer_append_string(&buffer, ">");
        assert_int_equal(buffer.size, (size_t)(width ? width : 1) + 2);
        assert_int_equal(buffer_string(&buffer)[buffer.size - 2], '7');
    }
    buffer_release(&buffer);
}

static void detached_content_is_owned(void **state) {
    (void)state;
    struct buffer buffer = BUFFER_EMPTY;
    buffer_append(&buffer, "a\0b", 3);
    char *content = buffer_detach(&buffer);
    assert_memory_equal(content, "a\0b", 4);
    buffer_append_string(&buffer, "other");
    assert_memory_equal(content, "a\0b", 4);
    free(content);
    buffer_release(&buffer);
}

static void first_error_stays(void **state) {
    (void)state;
    struct error error = ERROR_NONE;
    assert_string_equal(error_message(&error), "");
    assert_int_equal(error_set(&error, STATUS_UNDECIDED, "blob %d", 5), STATUS_UNDECIDED);
    assert_int_equal(error_set(&error, STATUS_USAGE, "above"), STATUS_USAGE);
    assert_string_equal(error_message(&error), "blob 5");
    error_prefix(&error, "%s:%d: ", "a.yml", 3);
    assert_string_equal(error_message(&error), "a.yml:3: blob 5");
    error_release(&error);
    assert_int_equal(error_set(&error, STATUS_USAGE, "again"), STATUS_USAGE);
    assert_string_equal(error_message(&error), "again");
    error_release(&error);
}

static void arrays_grow(void **state) {
    (void)state;
    size_t *items = NULL, count = 0, capacity = 0;
    for (size_t i = 0; i < 100; i++)
        ARRAY_PUSH(items, count, capacity) = i * i;
    assert_int_equal(count, 100);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(items[i], i * i);
    free(items);
}

/* --- Files on disk ---------------------------------------------------------------------------- */

static char path[] = "/tmp/scribelint-unit-XXXXXX";

static int make_file(void **state) {
    (void)state;
    int descriptor = mkstemp(path);
    return descriptor < 0 ? -1 : close(descriptor);
}

static int remove_file(void **state) {
    (void)state;
    return unlink(path);
}

static void write_bytes_to_file(size_t size) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    for (size_t i = 0; i < size; i++)
        assert_true(fputc((int)(i % 251), file) != EOF);
    assert_int_equal(fclose(file), 0);
}

static void files_are_read_whole(void **state) {
    (void)state;
    static const size_t sizes[] = {0, 1, 65535, 65536, 65537, 200000};
    struct error error = ERROR_NONE;
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        struct buffer content = BUFFER_EMPTY;
        write_bytes_to_file(sizes[i]);
        assert_int_equal(file_read(&content, path, 200000, &error), OK);
        assert_int_equal(content.size, sizes[i]);
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal((unsigned char)content.data[k], k % 251);
        assert_int_equal(buffer_string(&content)[sizes[i]], '\0');
        buffer_release(&content);
    }
}

static void large_files_are_refused(void **state) {
    (void)state;
    struct error error = ERROR_NONE;
    struct buffer content = BUFFER_EMPTY, expected = BUFFER_EMPTY;
    write_bytes_to_file(101);
    assert_int_equal(file_read(&content, path, 101, &error), OK);
    buffer_clear(&content);
    assert_int_equal(file_read(&content, path, 100, &error), STATUS_USAGE);
    buffer_append_format(&expected, "\"%s\" is larger than 100 bytes", path);
    assert_string_equal(error_message(&error), buffer_string(&expected));
    error_release(&error);
    buffer_clear(&content);
    assert_int_equal(file_read(&content, "/dev/zero", 1000, &error), STATUS_USAGE);
    error_release(&error);
    buffer_release(&content);
    buffer_release(&expected);
}

static void unreadable_files_say_why(void **state) {
    (void)state;
    struct error error = ERROR_NONE;
    struct buffer content = BUFFER_EMPTY;
    assert_int_equal(file_read(&content, "/nowhere/x", 10, &error), STATUS_USAGE);
    assert_string_equal(error_message(&error),
                        "cannot read \"/nowhere/x\": No such file or directory");
    error_release(&error);
    assert_int_equal(file_read(&content, "/", 10, &error), STATUS_USAGE);
    assert_string_equal(error_message(&error), "cannot read \"/\": Is a directory");
    error_release(&error);
    buffer_release(&content);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty_buffer_is_a_string), cmocka_unit_test(content_always_ends_in_nul),
        cmocka_unit_test(formats_of_any_length),    cmocka_unit_test(detached_content_is_owned),
        cmocka_unit_test(first_error_stays),        cmocka_unit_test(arrays_grow),
        cmocka_unit_test(files_are_read_whole),     cmocka_unit_test(large_files_are_refused),
        cmocka_unit_test(unreadable_files_say_why),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
