/* Formulas: the input as TeX, and as a note of which all formulas are read. */
#include "document/math.h"
#include "document/tex.h"
#include "document/text_blocks.h"
#include "fuzz.h"

static void check(struct slice tex) {
    struct tex_verdict verdict;
    tex_check(&verdict, tex, NULL);
    require_span(verdict.place, tex.size);
    if (verdict.fault == TEX_UNKNOWN_COMMAND)
        tex_nearest(slice_part(tex, verdict.place.start + 1, verdict.place.end));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const struct document_options options = {.dollar_math = true};
    struct slice bytes = {(const char *)data, size};
    struct document *document = document_read(slice_of("a.md"), bytes, &options);
    struct formula_list formulas;
    struct text_block_list blocks;
    check(bytes);
    formulas_read(&formulas, document);
    for (size_t i = 0; i < formulas.count; i++) {
        const struct formula *formula = &formulas.items[i];
        require_span(formula->span, size);
        require_span(formula_span(formula, (struct span){0, formula->tex.size}), size);
        check(formula->tex);
    }
    text_blocks_read(&blocks, document);
    for (size_t i = 0; i < blocks.count; i++)
        require_span(blocks.items[i].span, size);
    free(blocks.items);
    formulas_release(&formulas);
    document_free(document);
    return 0;
}
