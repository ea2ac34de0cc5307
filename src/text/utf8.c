#include "text/utf8.h"

#include <string.h>

/* Bytes in the sequence that `lead` begins, 0 when it cannot begin one (RFC 3629, section 4). */
static size_t sequence_size(unsigned char lead) {
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    if (lead >= 0xF0 && lead <= 0xF4)
        return 4;
    return 0;
}

uint32_t utf8_next(struct slice text, size_t *offset) {
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *bytes = (const unsigned char *)text.data + *offset;
    size_t size = sequence_size(*bytes), left = text.size - *offset;
    if (size == 1) {
        ++*offset;
        return *bytes;
    }
    uint32_t code = size ? *bytes & (0x7Fu >> size) : 0;
    bool valid = size && size <= left;
    for (size_t i = 1; valid && i < size; i++) {
        valid = (bytes[i] & 0xC0) == 0x80;
        code = code << 6 | (bytes[i] & 0x3F);
    }
    if (!valid || code < smallest[size] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        ++*offset;
        return UTF8_INVALID;
    }
    *offset += size;
    return code;
}

static bool is_ascii(uint64_t bytes) {
    return !(bytes & 0x8080808080808080u);
}

bool utf8_is_valid(struct slice text) {
    for (size_t offset = 0; offset < text.size;) {
        uint64_t bytes = UINT64_MAX;
        if (text.size - offset >= sizeof bytes)
            memcpy(&bytes, text.data + offset, sizeof bytes);
        if (is_ascii(bytes))
            offset += sizeof bytes;
        else if (utf8_next(text, &offset) == UTF8_INVALID)
            return false;
    }
    return true;
}

size_t utf8_skip(struct slice text, size_t *offset, size_t count) {
    size_t passed = 0;
    while (passed < count && *offset < text.size) {
        uint64_t bytes = UINT64_MAX;
        if (count - passed >= sizeof bytes && text.size - *offset >= sizeof bytes)
            memcpy(&bytes, text.data + *offset, sizeof bytes);
        if (is_ascii(bytes)) {
            *offset += sizeof bytes;
            passed += sizeof bytes;
        } else {
            if ((unsigned char)text.data[*offset] < 0x80)
                ++*offset;
            else
                utf8_next(text, offset);
            passed++;
        }
    }
    return passed;
}

size_t utf8_count(struct slice text) {
    size_t offset = 0;
    return utf8_skip(text, &offset, text.size);
}

/*
 * What must not reach a terminal or log as it is: controls, the line separators, and the format
 * characters that reorder text or hide in it ("Trojan Source", CVE-2021-42574). Sorted.
 */
static const struct {
    uint32_t first, last;
} hidden[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F}, {0x00AD, 0x00AD},   {0x061C, 0x061C},
    {0x180E, 0x180E}, {0x200B, 0x200F}, {0x2028, 0x202E},   {0x2060, 0x206F},
    {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
};

static bool is_hidden(uint32_t code) {
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden && code >= hidden[i].first; i++)
        if (code <= hidden[i].last)
            return true;
    return false;
}

static void append_escape(struct buffer *buffer, uint32_t code) {
    if (code == '\n')
        buffer_append_string(buffer, "\\n");
    else if (code == '\t')
        buffer_append_string(buffer, "\\t");
    else if (code == '\r')
        buffer_append_string(buffer, "\\r");
    else if (code < 0x80)
        buffer_append_format(buffer, "\\x%02X", (unsigned)code);
    else
        buffer_append_format(buffer, "\\u{%04X}", (unsigned)code);
}

void utf8_append_visible(struct buffer *buffer, struct slice text) {
    for (size_t offset = 0; offset < text.size;) {
        size_t start = offset;
        uint32_t code = utf8_next(text, &offset);
        if (code == UTF8_INVALID)
            buffer_append_format(buffer, "\\x%02X", (unsigned char)text.data[start]);
        else if (is_hidden(code))
            append_escape(buffer, code);
        else
            buffer_append(buffer, text.data + start, offset - start);
    }
}

void utf8_append_valid(struct buffer *buffer, struct slice text) {
    for (size_t offset = 0; offset < text.size;) {
        size_t start = offset;
        if (utf8_next(text, &offset) == UTF8_INVALID)
            buffer_append_string(buffer, "\xEF\xBF\xBD");
        else
            buffer_append(buffer, text.data + start, offset - start);
    }
}
