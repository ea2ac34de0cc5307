#include "pdf_fixture.h"

#include <stdlib.h>
#include <string.h>

static void append_run(struct buffer *lines, const struct pdf_line_made *made, size_t line) {
    bool bold = strstr(made->font, "CMBX") != NULL, mono = strstr(made->font, "CMTT") != NULL;
    buffer_append_string(lines, "{\"run\": {\"text\": \"");
    for (const char *at = made->text; *at; at++)
        buffer_append_format(lines, *at == '"' || *at == '\\' ? "\\%c" : "%c", *at);
    buffer_append_format(lines,
                         "\", \"x\": %g, \"y\": %g, \"width\": %g, \"height\": %g, \"size\": %g, "
                         "\"font\": \"%s\", \"bold\": %s, \"italic\": false, \"mono\": %s, "
                         "\"line\": %zu}}\n",
                         made->x, made->y, 0.45 * made->size * (double)strlen(made->text),
                         0.9 * made->size, made->size, made->font, bold ? "true" : "false",
                         mono ? "true" : "false", line);
}

void pdf_append_answer(struct buffer *lines, const struct pdf_line_made *made, size_t count,
                       const char *outline) {
    size_t pages = 1, page = 1;
    for (size_t i = 0; i < count; i++)
        pages += !made[i].text;
    buffer_append_format(lines,
                         "{\"scribelint-pdf\": 1}\n{\"document\": {\"version\": \"1.5\", "
                         "\"pages\": %zu, \"producer\": \"TeX\"}}\n%s",
                         pages, outline);
    for (size_t i = 0; i < count; i++) {
        if (!i || !made[i].text)
            buffer_append_format(
                lines, "{\"page\": {\"number\": %zu, \"width\": 612, \"height\": 792}}\n", page++);
        if (made[i].text)
            append_run(lines, &made[i], i);
    }
    buffer_append_format(lines, "{\"end\": {\"pages\": %zu}}\n", pages);
}

struct document *pdf_document_of(const struct pdf_line_made *made, size_t count,
                                 const char *outline) {
    struct buffer lines = BUFFER_EMPTY;
    pdf_append_answer(&lines, made, count, outline);
    struct pdf_answer *answer = pdf_answer_read(buffer_slice(&lines));
    struct document *document = pdf_document_make(slice_of("notes/note.pdf"), answer);
    pdf_answer_free(answer);
    buffer_release(&lines);
    return document;
}

char *pdf_sections_of(const struct document *document) {
    struct buffer text = BUFFER_EMPTY;
    for (const struct section *section = section_next(&document->root); section;
         section = section_next(section)) {
        struct slice title = document_text(document, section->title);
        buffer_append_format(&text, "%s%d:%.*s", text.size ? "|" : "", section->level,
                             SLICE_ARGUMENTS(title));
    }
    return buffer_detach(&text);
}
