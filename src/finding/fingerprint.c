#include "finding/fingerprint.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* http://www.isthe.com/chongo/tech/comp/fnv/ */
static const uint64_t fnv_offset_basis = UINT64_C(0xcbf29ce484222325);
static const uint64_t fnv_prime = UINT64_C(0x100000001b3);

static uint64_t add_byte(uint64_t hash, unsigned char byte) {
    return (hash ^ byte) * fnv_prime;
}

static uint64_t add_bytes(uint64_t hash, struct slice bytes) {
    for (size_t i = 0; i < bytes.size; i++)
        hash = add_byte(hash, (unsigned char)bytes.data[i]);
    return hash;
}

static bool is_blank(char byte) {
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Re-wrapping a paragraph or indenting it must not make a new finding. */
static uint64_t add_folded(uint64_t hash, struct slice text) {
    bool blank = false, started = false;
    for (size_t i = 0; i < text.size; i++) {
        if (is_blank(text.data[i])) {
            blank = started;
            continue;
        }
        if (blank)
            hash = add_byte(hash, ' ');
        hash = add_byte(hash, (unsigned char)text.data[i]);
        blank = false;
        started = true;
    }
    return hash;
}

void fingerprint_set(struct finding *finding) {
    struct slice path = finding->base_path.size ? finding->base_path : finding->path;
    uint64_t hash = add_bytes(fnv_offset_basis, slice_of(finding->rule));
    hash = add_byte(hash, '\0');
    hash = add_bytes(hash, path);
    hash = add_byte(hash, '\0');
    hash = add_folded(hash, finding->subject);
    snprintf(finding->fingerprint, sizeof finding->fingerprint, "%016" PRIx64, hash);
}
