#include "rules/front_matter_remedy.h"

#include "document/front_matter.h"
#include "text/utf8.h"

#include <string.h>

/* Only where Jekyll reads the outcome is the remedy certain. */
static bool has_title(struct slice bytes) {
    struct arena arena = ARENA_EMPTY;
    struct front_matter read = {0};
    front_matter_read(&read, bytes, &arena);
    bool certain = read.state == FRONT_MATTER_PRESENT && yaml_find(read.root, "title");
    arena_release(&arena);
    return certain;
}

void front_matter_remedy_absent(const struct subject *subject, struct finding *finding) {
    struct span almost = subject->document->front_matter.almost;
    struct slice bytes = subject->document->source.bytes;
    size_t start = slice_starts_with(bytes, UTF8_BOM) ? strlen(UTF8_BOM) : 0;
    struct slice rest = slice_part(bytes, almost.start, bytes.size);
    struct slice line = slice_part(rest, 0, slice_find(rest, "\n", 0));
    struct edit edit = {.path = subject->path, .span = {start, almost.start}};
    edit.before = slice_part(bytes, start, almost.start);
    if (!slice_starts_with(rest, "---"))
        edit.text = slice_of(slice_ends_with(line, "\r") ? "---\r\n" : "---\n");
    struct buffer mended = BUFFER_EMPTY;
    buffer_append_slice(&mended, edit.text);
    buffer_append_slice(&mended, rest);
    if (almost.end > almost.start && has_title(buffer_slice(&mended)))
        finding_add_edit(subject->findings, finding, &edit);
    buffer_release(&mended);
}
