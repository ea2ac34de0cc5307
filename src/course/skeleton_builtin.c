/* The note for courses without a template. */
#include "base/memory.h"
#include "config/config.h"
#include "course/skeleton_parts.h"
#include "course/skeleton_value.h"

#include <ctype.h>
#include <string.h>

/* A page without a layout is printed bare, so that of the other notes is taken over. */
static bool append_layout(struct buffer *text, const struct document *precedent) {
    const struct yaml_node *layout =
        precedent ? yaml_find(precedent->front_matter.root, "layout") : NULL;
    if (!layout || layout->kind != YAML_SCALAR || yaml_is_empty(layout))
        return false;
    buffer_append_string(text, "layout: ");
    skeleton_append_scalar(text, layout->text);
    buffer_append_byte(text, '\n');
    return true;
}

/* Title and date come first where the course says nothing of them; with nothing said, people too.
 */
static void append_front_matter(struct buffer *text, const struct skeleton_facts *facts) {
    static const char *const usual[] = {"title", "date", "lecturers", "authors"};
    const struct text_list *required = &facts->kind->required;
    bool dated = facts->day.month && facts->day.year;
    buffer_append_string(text, "---\n");
    bool has_layout = append_layout(text, facts->precedent);
    for (size_t i = 0; i < (required->count ? 2 : COUNT_OF(usual)); i++)
        if (!slice_is_among(slice_of(usual[i]), required->items, required->count) &&
            (dated || i != 1))
            skeleton_append_key(text, slice_of(usual[i]), facts, "\n");
    for (size_t i = 0; i < required->count; i++)
        if (!has_layout || !slice_equal_string(required->items[i], "layout"))
            skeleton_append_key(text, required->items[i], facts, "\n");
    buffer_append_string(text, "---\n\n");
}

/*
 * A heading that a pattern such as "summary|conclusions?" takes: its first alternative, as far as
 * it is plain text. False, and nothing appended, when there is none.
 */
static bool append_heading(struct buffer *text, const struct required_section *section) {
    struct buffer heading = BUFFER_EMPTY;
    struct slice pattern = section->heading;
    bool plain = true;
    for (size_t i = 0; plain && i < pattern.size && pattern.data[i] != '|'; i++) {
        char byte = pattern.data[i];
        if (byte == '?' && heading.size)
            heading.data[--heading.size] = '\0';
        else if (strchr(".*+?[](){}\\", byte))
            plain = false;
        else if (byte != '^' && byte != '$')
            buffer_append_byte(&heading, byte);
    }
    if (heading.size)
        heading.data[0] = (char)toupper((unsigned char)heading.data[0]);
    plain = plain && heading.size && pattern_matches(section->pattern, buffer_slice(&heading));
    if (plain)
        buffer_append_slice(text, buffer_slice(&heading));
    buffer_release(&heading);
    return plain;
}

/* What is in a comment must not end it. */
static void append_commented(struct buffer *text, struct slice quoted) {
    for (size_t i = 0; i < quoted.size; i++)
        if (quoted.data[i] != '>' || !i || quoted.data[i - 1] != '-')
            buffer_append_byte(text, quoted.data[i]);
}

static void append_section(struct buffer *text, const struct required_section *section) {
    struct buffer heading = BUFFER_EMPTY;
    if (append_heading(&heading, section)) {
        buffer_append_format(text, "\n## %s\n\n<!-- The course asks for this section. -->\n",
                             buffer_string(&heading));
    } else {
        buffer_append_string(text, "\n<!-- The course asks for a section with a heading like: ");
        append_commented(text, section->heading);
        buffer_append_string(text, " -->\n");
    }
    buffer_release(&heading);
}

static void append_instructions(struct buffer *text, const struct skeleton_facts *facts) {
    buffer_append_string(text,
                         "<!-- The notes of the lecture, in Markdown. The site prints the title "
                         "above, so headings begin\n     with ##. Delete these comments when "
                         "you are done. -->\n");
    if (facts->images.size) {
        buffer_append_string(text, "<!-- Images go into ");
        append_commented(text, facts->images);
        buffer_append_string(text, " and say in words what they show. -->\n");
    }
}

void skeleton_write(struct buffer *text, const struct skeleton_facts *facts, struct slice body) {
    append_front_matter(text, facts);
    if (body.size) {
        buffer_append_slice(text, body);
        return;
    }
    append_instructions(text, facts);
    for (size_t i = 0; i < facts->kind->section_count; i++)
        append_section(text, &facts->kind->sections[i]);
}
