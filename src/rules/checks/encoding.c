/* Bytes that are no UTF-8: Jekyll reads every page as UTF-8, and kramdown refuses the rest. */
#include "rules/check.h"

#include "text/utf8.h"

/* One finding for a run of them, and only for text; for a page in UTF-16 its mark says it all. */
static void run(const struct rule *rule, struct subject *subject) {
    const struct document *document = subject->document;
    struct slice bytes = document->source.bytes;
    if (path_is_markdown(document->path) && document_is_utf16(bytes))
        subject_report(subject, rule, (struct span){0, 2}, slice_part(bytes, 0, 2), NULL, 0);
    if (document->kind == DOCUMENT_BINARY || utf8_is_valid(bytes))
        return;
    for (size_t at = 0; at < bytes.size;) {
        size_t start = at;
        if (utf8_next(bytes, &at) != UTF8_INVALID)
            continue;
        size_t end = at;
        while (at < bytes.size && utf8_next(bytes, &at) == UTF8_INVALID)
            end = at;
        at = end;
        subject_report(subject, rule, (struct span){start, end}, slice_part(bytes, start, end),
                       NULL, 0);
    }
}

const struct check check_encoding = {.name = "encoding", .needs_document = true, .run = run};
