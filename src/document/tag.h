/* HTML tags as CommonMark and kramdown accept them in Markdown. */
#ifndef DOCUMENT_TAG_H
#define DOCUMENT_TAG_H

#include "base/slice.h"

struct tag {
    struct slice name; /* as written */
    size_t end;        /* offset behind '>' */
    bool closing;      /* </name> */
    bool self_closed;  /* <name/> */
    bool markdown;     /* has an attribute `markdown`: kramdown reads its content as Markdown */
};

/* Longest tag that is recognised, in bytes: keeps a run of '<' from going quadratic. */
enum { TAG_MAX_SIZE = 8192 };

/* Reads the tag that starts at `offset` (a '<'). False: this '<' starts none. */
bool tag_read(struct slice text, size_t offset, struct tag *tag);

/* kramdown reads these within a line; all other elements open a block of raw HTML. */
bool tag_is_span_level(struct slice name);

/* Elements that never have content: <br>, <img>, … */
bool tag_is_void(struct slice name);

/* Elements whose content is code or data, not text to be read as prose. */
bool tag_holds_code(struct slice name);
bool tag_holds_math(struct slice name);

/* Offset of the "</name" at or after `from` and before `limit` (any case), or SLICE_NOT_FOUND. */
size_t tag_find_closing(struct slice text, struct slice name, size_t from, size_t limit);

#endif
