#include "text/width.h"

#include "base/memory.h"
#include "text/utf8.h"

struct block {
    uint32_t first, last;
    size_t width;
};

/* Ascending. Source: EastAsianWidth.txt (W and F) and the blocks of combining marks. */
static const struct block blocks[] = {
    {0x0300, 0x036F, 0},   {0x0483, 0x0489, 0},   {0x0591, 0x05BD, 0},   {0x064B, 0x065F, 0},
    {0x093C, 0x093C, 0},   {0x094D, 0x094D, 0},   {0x1100, 0x115F, 2},   {0x1AB0, 0x1AFF, 0},
    {0x1DC0, 0x1DFF, 0},   {0x20D0, 0x20FF, 0},   {0x231A, 0x231B, 2},   {0x2329, 0x232A, 2},
    {0x23E9, 0x23EC, 2},   {0x25FD, 0x25FE, 2},   {0x2614, 0x2615, 2},   {0x2648, 0x2653, 2},
    {0x26AA, 0x26AB, 2},   {0x26BD, 0x26BE, 2},   {0x26C4, 0x26C5, 2},   {0x26D4, 0x26D4, 2},
    {0x2705, 0x2705, 2},   {0x270A, 0x270B, 2},   {0x2728, 0x2728, 2},   {0x274C, 0x274E, 2},
    {0x2753, 0x2757, 2},   {0x2795, 0x2797, 2},   {0x2B1B, 0x2B1C, 2},   {0x2B50, 0x2B55, 2},
    {0x2E80, 0x3029, 2},   {0x302A, 0x302D, 0},   {0x302E, 0x303E, 2},   {0x3041, 0x3098, 2},
    {0x3099, 0x309A, 0},   {0x309B, 0x4DBF, 2},   {0x4E00, 0xA4CF, 2},   {0xA960, 0xA97C, 2},
    {0xAC00, 0xD7A3, 2},   {0xF900, 0xFAFF, 2},   {0xFE00, 0xFE0F, 0},   {0xFE10, 0xFE19, 2},
    {0xFE20, 0xFE2F, 0},   {0xFE30, 0xFE6F, 2},   {0xFF01, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2},
    {0x16FE0, 0x18DFF, 2}, {0x1AFF0, 0x1B2FF, 2}, {0x1F004, 0x1F004, 2}, {0x1F0CF, 0x1F0CF, 2},
    {0x1F18E, 0x1F19A, 2}, {0x1F200, 0x1F320, 2}, {0x1F32D, 0x1F335, 2}, {0x1F337, 0x1F37C, 2},
    {0x1F37E, 0x1F64F, 2}, {0x1F680, 0x1F6FC, 2}, {0x1F7E0, 0x1F7F0, 2}, {0x1F90C, 0x1F9FF, 2},
    {0x1FA70, 0x1FAFF, 2}, {0x20000, 0x3FFFD, 2}, {0xE0100, 0xE01EF, 0},
};

static size_t code_width(uint32_t code) {
    if (code < blocks[0].first || code == UTF8_INVALID)
        return 1;
    size_t low = 0, high = COUNT_OF(blocks);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (blocks[middle].last < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low < COUNT_OF(blocks) && blocks[low].first <= code ? blocks[low].width : 1;
}

size_t text_width(struct slice text) {
    size_t width = 0;
    for (size_t at = 0; at < text.size;)
        width += code_width(utf8_next(text, &at));
    return width;
}

struct slice text_fitting(struct slice text, size_t width) {
    size_t end = 0, taken = 0;
    for (size_t at = 0; at < text.size; end = at) {
        taken += code_width(utf8_next(text, &at));
        if (taken > width)
            break;
    }
    return slice_part(text, 0, end);
}
