/* HTML tags as CommonMark and kramdown accept them in Markdown. */
#ifndef DOCUMENT_TAG_H
#define DOCUMENT_TAG_H

#include "base/slice.h"

struct tag {
    struct slice name; /* as written */
    size_t end;        /* offset behind '>'; when there is no tag: about how far was read */
    bool closing;      /* </name> */
    bool self_closed;  /* <name/> */
    bool markdown;     /* has an attribute `markdown`: kramdown reads its content as Markdown */
};

/* Bytes that all tags but a few fit in: keeps a run of '<' from going quadratic. */
enum { TAG_USUAL_SIZE = 8192 };

/* Reads the tag that starts at `offset` (a '<') and ends within `text`. False: there is none. */
bool tag_read(struct slice text, size_t offset, struct tag *tag);

/* kramdown reads these within a line; all other elements open a block of raw HTML. */
bool tag_is_span_level(struct slice name);

/* Elements that never have content: <br>, <img>, … */
bool tag_is_void(struct slice name);

/* Elements that HTML has or had (in any case), and those of components: a name with a "-". */
bool tag_is_known(struct slice name);

/* The value of `id="…"` in the text of a tag; empty when there is none, or Liquid in it. */
struct slice tag_id(struct slice tag);

/*
 * Elements whose content is code, data or math, not text to be read as prose: a number below
 * TAG_OPAQUE_COUNT, else TAG_OPAQUE_COUNT. `*math` says which of both.
 */
enum { TAG_OPAQUE_COUNT = 12 };
size_t tag_opaque_index(struct slice name, bool *math);

/* Offset of the "</name" at or after `from` and before `limit` (any case), or SLICE_NOT_FOUND. */
size_t tag_find_closing(struct slice text, struct slice name, size_t from, size_t limit);

#endif
