/*
 * Fuzz targets: one file each, with libFuzzer's entry point. `make fuzz TARGET=markdown` lets
 * libFuzzer look for inputs; `make test` replays those in corpus/TARGET/ (see replay.c).
 */
#ifndef FUZZ_H
#define FUZZ_H

#include "document/document.h"

#include <stdint.h>
#include <stdlib.h>

/* Must not crash, hang or leak on any bytes. Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program, so that the fuzzer keeps the input; unlike assert() in every build. */
static inline void require(bool holds) {
    if (!holds)
        abort();
}

static inline void require_span(struct span span, size_t size) {
    require(span.start <= span.end && span.end <= size);
}

#endif
