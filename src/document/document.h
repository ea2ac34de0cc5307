/*
 * One model for the content of a file: metadata, sections, links, images, code, comments and text,
 * each with a byte span into one source. Rules see this and never the parsers behind it.
 *
 *     struct document *document;
 *     document = document_read(path, bytes, &options);
 *     for (size_t i = 0; i < document->image_count; i++)
 *         look_at(document->images[i].destination);
 *     document_free(document);
 */
#ifndef DOCUMENT_DOCUMENT_H
#define DOCUMENT_DOCUMENT_H

#include "base/arena.h"
#include "text/source.h"
#include "text/yaml.h"

enum document_kind {
    DOCUMENT_MARKDOWN, /* .md, .markdown, .mkd, .mkdn, .mkdown */
    DOCUMENT_TEXT,     /* anything else without a NUL byte: only its source is known */
    DOCUMENT_BINARY,   /* has a NUL byte, or is named as a picture, a PDF, an archive …; and
                          Markdown in UTF-16, or of which only a Git LFS pointer is there */
    DOCUMENT_PDF,      /* as pdf_model.h makes it: pages instead of lines */
};

/* What a byte of the body is. Patterns run over text only; filler never reaches a rule. */
enum byte_kind {
    BYTE_TEXT,        /* Markdown text */
    BYTE_RAW_TEXT,    /* text inside a raw HTML block: read by people, not by Markdown */
    BYTE_LIQUID,      /* {{ … }}, {% … %} and what they comment out */
    BYTE_CODE,        /* code spans and blocks, <pre>, <code>, <script>, <style> … */
    BYTE_COMMENT,     /* <!-- … --> */
    BYTE_TAG,         /* an HTML tag */
    BYTE_MATH,        /* $$…$$, $…$ where the site renders it, <d-math>…</d-math> */
    BYTE_ATTRIBUTES,  /* kramdown attribute lists: {: .class}, {#id}, {::options /} */
    BYTE_DESTINATION, /* destination and title of a Markdown link or image, with its brackets */
    BYTE_FRONT_MATTER,
    BYTE_RUNNING, /* PDF: running heads and page numbers */
};

enum front_matter_state {
    FRONT_MATTER_ABSENT,     /* Jekyll sees none: the file is published bare */
    FRONT_MATTER_UNREADABLE, /* the YAML has a syntax error */
    FRONT_MATTER_PRESENT,
};

struct front_matter {
    enum front_matter_state state;
    struct span span;       /* from the first "---" to the end of the closing line */
    struct yaml_node *root; /* NULL unless present; NULL when empty too. Spans are file offsets */
    struct yaml_problem problem; /* unreadable: offset in the file */
    const char *reason;          /* absent: why not, as a clause; never NULL then */
    const char *remedy;          /* absent: what to do; never NULL then */
    struct span almost;          /* absent: the "---" that was meant to open it; empty if none */
};

/* A heading with what stands under it; the document's root has level 0 and no heading. */
struct section {
    int level;
    struct span heading; /* the whole heading, markers included */
    struct span title;   /* its text, without markers and a trailing {#id} */
    struct span content; /* from behind the heading to the next heading of any level */
    struct section *parent, *first_child, *next; /* next: the next sibling */
};

enum link_syntax { LINK_MARKDOWN, LINK_HTML, LINK_PDF };

/* A link or an image, in Markdown or raw HTML. */
struct link {
    enum link_syntax syntax;
    bool has_place;               /* false: only the block is known, `span` is its first line */
    struct span span;             /* the whole construct; for HTML its opening tag */
    struct span destination_span; /* the bytes of the destination; empty for references */
    struct slice destination;     /* as written, escapes and entities undone, Liquid kept */
    struct slice text;  /* link text or alternative text, as written; NULL data: none given */
    struct slice title; /* NULL data: none */
};

/* A run of code or a comment, with its fences, backticks or <!-- -->; a block of raw HTML. */
struct passage {
    struct span span;
};

/* Of a PDF: what of the source stands on it, and its size in points. */
struct document_page {
    size_t number; /* from 1 */
    struct span span;
    double width, height;
};

struct document_pdf; /* see pdf_model.h */

struct document {
    enum document_kind kind;
    struct slice path;
    struct source source;
    struct front_matter front_matter;
    size_t body_start; /* offset behind the front matter */

    unsigned char *kinds; /* one enum byte_kind per byte of the source; Markdown and PDF only */
    struct section root;
    struct link *links, *images;
    size_t link_count, image_count;
    struct passage *code, *comments;
    struct passage *raw; /* outermost blocks of raw HTML, in which kramdown reads no Markdown */
    size_t code_count, comment_count, raw_count;
    struct span
        *prose; /* runs of text, none across a block's border, a link's destination kept out */
    size_t prose_count;
    struct document_page *pages; /* PDF only; empty pages too */
    size_t page_count;
    struct document_pdf *pdf; /* PDF only, else NULL */

    const char *undecided; /* why parts could not be read (a limit was reached); NULL normally */
    struct arena arena;
};

struct document_options {
    bool dollar_math; /* the site renders single-dollar math */
};

/* Documents above this many bytes are not parsed; `undecided` says so. */
enum { DOCUMENT_MAX_SIZE = 2 * 1024 * 1024, FRONT_MATTER_MAX_SIZE = 64 * 1024 };

/*
 * Reads `bytes` (borrowed: must outlive the document) as the file `path` (copied). Never fails:
 * what is broken is part of the model. Release with document_free().
 */
struct document *document_read(struct slice path, struct slice bytes,
                               const struct document_options *options);
void document_free(struct document *document);

/*
 * The same for `bytes` of which front_matter_read() has found `front_matter` and returned
 * `body_start`. What `front_matter` points to is borrowed as well.
 */
struct document *document_read_behind(struct slice path, struct slice bytes,
                                      const struct front_matter *front_matter, size_t body_start,
                                      const struct document_options *options);

/* Have they UTF-16's byte order mark and an ASCII character behind it? Markdown so is
 * DOCUMENT_BINARY. */
bool document_is_utf16(struct slice bytes);

/* The bytes of a span. */
struct slice document_text(const struct document *document, struct span span);

/*
 * Where the value of a front matter scalar stands as it is meant: inside its quotes, and below the
 * line of "|" or ">". A quoted text with escapes keeps its quotes: it is not written as it reads.
 * Of a list or a mapping all of it.
 */
struct span document_value_span(const struct document *document, const struct yaml_node *node);

/*
 * Where `offset` stands, for people: the number of the page in a PDF; else 0, and source_position()
 * tells the line.
 */
size_t document_page_number(const struct document *document, size_t offset);

/* True when what stands at `offset` is raw HTML. */
bool document_is_raw(const struct document *document, size_t offset);

/* The section after `section` in document order, or NULL; start with &document->root. */
struct section *section_next(const struct section *section);

/* True when nothing that a reader would see stands between its heading and the next heading. */
bool section_is_empty(const struct document *document, const struct section *section);

/* By the path's ending only: is it Markdown; is it a picture. */
bool path_is_markdown(struct slice path);
bool path_is_image(struct slice path);

/* By its ending: a picture, PDF, archive, font, film … that is not to be read as text. */
bool path_is_binary(struct slice path);

#endif
