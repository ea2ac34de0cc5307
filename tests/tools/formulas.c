/*
 * Prints every formula of Markdown files as the renderer gets it, with what KaTeX has against it:
 * one JSON object a line, for tests/tools/formulas.sh, which asks the real ones.
 */
#include "base/buffer.h"
#include "document/math.h"
#include "document/tex.h"
#include "text/file.h"

#include <jansson.h>
#include <stdio.h>

static void print_formula(const struct document *document, const struct formula *formula,
                          const struct tex_macros *macros) {
    static const char *const kinds[] = {"kramdown", "dollar", "raw", "element"};
    struct tex_verdict verdict;
    tex_check(&verdict, formula->tex, macros);
    json_t *object = json_object();
    json_object_set_new(object, "kind", json_string(kinds[formula->kind]));
    json_object_set_new(
        object, "line",
        json_integer((json_int_t)source_line(&document->source, formula->span.start)));
    json_object_set_new(object, "tex", json_stringn(formula->tex.data, formula->tex.size));
    json_object_set_new(object, "liquid", json_boolean(formula->has_liquid));
    json_object_set_new(object, "fault", json_integer((json_int_t)verdict.fault));
    json_dumpf(object, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(object);
}

int main(int argument_count, char **arguments) {
    static const struct document_options options = {.dollar_math = true};
    for (int i = 1; i < argument_count; i++) {
        struct buffer content = BUFFER_EMPTY;
        struct error error = ERROR_NONE;
        if (file_read(&content, arguments[i], DOCUMENT_MAX_SIZE, &error) != OK) {
            fprintf(stderr, "formulas: %s\n", error_message(&error));
            return 2;
        }
        struct document *document =
            document_read(slice_of("note.md"), buffer_slice(&content), &options);
        struct formula_list formulas;
        formulas_read(&formulas, document);
        for (size_t k = 0; k < formulas.count; k++)
            print_formula(document, &formulas.items[k], NULL);
        puts("{\"end\":true}");
        formulas_release(&formulas);
        document_free(document);
        buffer_release(&content);
    }
    return 0;
}
