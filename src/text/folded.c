#include "text/folded.h"

#include "base/memory.h"
#include "text/utf8.h"

#include <ctype.h>

/* Latin letters with marks, and what is left without: Latin-1, Extended-A and -B, Additional. */
struct letters {
    unsigned short first, last;
    const char *plain;
};

static const struct letters latin[] = {
    {0xc0, 0xc5, "a"},     {0xc6, 0xc6, "ae"},    {0xc7, 0xc7, "c"},     {0xc8, 0xcb, "e"},
    {0xcc, 0xcf, "i"},     {0xd0, 0xd0, "d"},     {0xd1, 0xd1, "n"},     {0xd2, 0xd6, "o"},
    {0xd8, 0xd8, "o"},     {0xd9, 0xdc, "u"},     {0xdd, 0xdd, "y"},     {0xde, 0xde, "th"},
    {0xdf, 0xdf, "ss"},    {0xe0, 0xe5, "a"},     {0xe6, 0xe6, "ae"},    {0xe7, 0xe7, "c"},
    {0xe8, 0xeb, "e"},     {0xec, 0xef, "i"},     {0xf0, 0xf0, "d"},     {0xf1, 0xf1, "n"},
    {0xf2, 0xf6, "o"},     {0xf8, 0xf8, "o"},     {0xf9, 0xfc, "u"},     {0xfd, 0xfd, "y"},
    {0xfe, 0xfe, "th"},    {0xff, 0xff, "y"},     {0x100, 0x105, "a"},   {0x106, 0x10d, "c"},
    {0x10e, 0x111, "d"},   {0x112, 0x11b, "e"},   {0x11c, 0x123, "g"},   {0x124, 0x127, "h"},
    {0x128, 0x131, "i"},   {0x132, 0x133, "ij"},  {0x134, 0x135, "j"},   {0x136, 0x138, "k"},
    {0x139, 0x142, "l"},   {0x143, 0x14b, "n"},   {0x14c, 0x151, "o"},   {0x152, 0x153, "oe"},
    {0x154, 0x159, "r"},   {0x15a, 0x161, "s"},   {0x162, 0x167, "t"},   {0x168, 0x173, "u"},
    {0x174, 0x175, "w"},   {0x176, 0x178, "y"},   {0x179, 0x17e, "z"},   {0x17f, 0x17f, "s"},
    {0x1a0, 0x1a1, "o"},   {0x1af, 0x1b0, "u"},   {0x1cd, 0x1ce, "a"},   {0x1cf, 0x1d0, "i"},
    {0x1d1, 0x1d2, "o"},   {0x1d3, 0x1dc, "u"},   {0x218, 0x219, "s"},   {0x21a, 0x21b, "t"},
    {0x1ea0, 0x1eb7, "a"}, {0x1eb8, 0x1ec7, "e"}, {0x1ec8, 0x1ecb, "i"}, {0x1ecc, 0x1ee3, "o"},
    {0x1ee4, 0x1ef1, "u"}, {0x1ef2, 0x1ef9, "y"},
};

static const char *plain_letters(uint32_t code) {
    for (size_t i = 0; i < COUNT_OF(latin) && code >= latin[i].first; i++)
        if (code >= latin[i].first && code <= latin[i].last)
            return latin[i].plain;
    return NULL;
}

/* Marks that stand behind their letter (macOS), apostrophes, and what cannot be seen. */
static bool is_dropped(uint32_t code) {
    return (code >= 0x300 && code <= 0x36f) || code == '\'' || code == '`' || code == 0xb4 ||
           code == 0x2018 || code == 0x2019 || code == 0x2bc || code == 0xad ||
           (code >= 0x200b && code <= 0x200f) || code == 0xfeff;
}

/* Signs and blanks of any width; letters of other scripts stay as they are. */
static bool is_blank(uint32_t code) {
    return code < 0x80
               ? !isalnum((int)code)
               : code < 0xc0 || code == 0xd7 || code == 0xf7 ||
                     (code >= 0x2000 && code <= 0x206f) || code == 0x3000 || code == UTF8_INVALID;
}

static void append_blank(struct buffer *buffer, size_t start) {
    if (buffer->size > start && buffer->data[buffer->size - 1] != ' ')
        buffer_append_byte(buffer, ' ');
}

void folded_append(struct buffer *buffer, struct slice text) {
    size_t start = buffer->size;
    for (size_t at = 0, from = 0; at < text.size; from = at) {
        uint32_t code = utf8_next(text, &at);
        const char *plain = plain_letters(code);
        if (is_dropped(code))
            continue;
        if (plain)
            buffer_append_string(buffer, plain);
        else if (is_blank(code))
            append_blank(buffer, start);
        else if (code < 0x80)
            buffer_append_byte(buffer, (char)tolower((int)code));
        else
            buffer_append_slice(buffer, slice_part(text, from, at));
    }
    append_blank(buffer, start);
}

struct slice folded_next_word(struct slice folded, size_t *at) {
    while (*at < folded.size && folded.data[*at] == ' ')
        ++*at;
    size_t start = *at;
    while (*at < folded.size && folded.data[*at] != ' ')
        ++*at;
    return slice_part(folded, start, *at);
}
