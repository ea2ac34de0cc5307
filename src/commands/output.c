#include "commands/output.h"

#include "report/safe.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int output_print(const struct buffer *text, FILE *stream, struct error *error) {
    bool written =
        fwrite(buffer_string(text), 1, text->size, stream) == text->size && fflush(stream) == 0;
    return written ? OK : error_set(error, STATUS_UNDECIDED, "cannot write: %s", strerror(errno));
}

bool output_wants_colour(const char *when) {
    const char *no_color = getenv("NO_COLOR");
    if (!when || !strcmp(when, "auto"))
        return isatty(STDOUT_FILENO) && !(no_color && *no_color);
    return !strcmp(when, "always");
}

void output_append_remarks(struct buffer *output, const char *label,
                           const struct remark_list *remarks) {
    for (size_t i = 0; i < remarks->count; i++) {
        buffer_append_string(output, label);
        buffer_append_string(output, ": ");
        safe_append(output, remarks->items[i].path);
        buffer_append_string(output, remarks->items[i].path.size ? ": " : "");
        safe_append(output, remarks->items[i].reason);
        buffer_append_byte(output, '\n');
    }
}
