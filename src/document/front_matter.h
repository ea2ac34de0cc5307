/* Front matter as Jekyll finds it: a regular expression over the head of the file, then YAML. */
#ifndef DOCUMENT_FRONT_MATTER_H
#define DOCUMENT_FRONT_MATTER_H

#include "document/document.h"

/*
 * Fills `front_matter` and returns the offset where the body starts (behind a BOM when there is no
 * front matter). Source: Jekyll::Document::YAML_FRONT_MATTER_REGEXP,
 * /\A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)/m, after a BOM is dropped.
 */
size_t front_matter_read(struct front_matter *front_matter, struct slice bytes,
                         struct arena *arena);

#endif
