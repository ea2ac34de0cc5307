/*
 * The formulas of a document as the page's math renderer gets them. kramdown hands on $$…$$ as it
 * is written; what stands between single dollars is text for kramdown, so backslash escapes and
 * quotes are gone from it before the page's script sees it. Sources: kramdown's math.rb and
 * escaped_chars.rb, KaTeX's auto-render extension, Distill's <d-math>.
 */
#ifndef DOCUMENT_MATH_H
#define DOCUMENT_MATH_H

#include "document/document.h"

enum formula_kind {
    FORMULA_KRAMDOWN, /* $$…$$ in Markdown */
    FORMULA_DOLLAR,   /* $…$ in Markdown */
    FORMULA_RAW,      /* $…$ or $$…$$ in raw HTML */
    FORMULA_ELEMENT,  /* <d-math>…</d-math> */
};

struct formula {
    enum formula_kind kind;
    bool display;         /* $$…$$ that is a paragraph, <d-math block> */
    bool has_liquid;      /* a part of it is made by Liquid: its TeX is not known */
    struct span span;     /* with its dollars; of an element its content */
    struct span content;  /* without them */
    struct slice tex;     /* what the renderer gets */
    const size_t *places; /* for each byte of `tex` its offset in the file, and one for its end */
};

struct formula_list {
    struct formula *items; /* in the order of the file */
    size_t count, capacity;
    struct arena arena;
};

/* Release with formulas_release(). */
void formulas_read(struct formula_list *list, const struct document *document);
void formulas_release(struct formula_list *list);

/* The bytes of the file that stand for a part of the formula's TeX. */
struct span formula_span(const struct formula *formula, struct span part);

#endif
