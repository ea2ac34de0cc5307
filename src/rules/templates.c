#include "rules/templates.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

struct template_search {
    struct document_options options;
    const struct note_kind *kind;
    const struct snapshot *snapshot;
    struct note_template *found;
    bool exact; /* the configuration names one file, and that is it */
    struct verdict *verdict;
};

/* Text of a scalar, or what is written in brackets for a title that YAML takes for a list. */
static struct slice written_text(const struct document *document, const char *key) {
    const struct yaml_node *node = yaml_find(document->front_matter.root, key);
    if (!node)
        return (struct slice){NULL, 0};
    return node->kind == YAML_SCALAR ? node->text : document_text(document, node->span);
}

/*
 * A note may be called after the template it was copied from, and a template may have been written
 * over. A template agrees with itself: its title has no lecture number, and its date is that of its
 * name.
 */
static bool is_template(const struct document *document) {
    unsigned number;
    struct span place;
    if (document->front_matter.state != FRONT_MATTER_PRESENT ||
        lecture_number_find(written_text(document, "title"), &number, &place))
        return false;
    struct note_name name = note_name_read(document->path);
    struct slice date = written_text(document, "date");
    return !name.has_date || !date.size || note_name_has_day(&name, slice_trim(date));
}

static bool visit(struct slice path, const struct entry *entry, void *context) {
    struct template_search *search = context;
    if (entry->kind != ENTRY_FILE || !pattern_matches(search->kind->template_pattern, path))
        return true;
    struct note_template *found = search->found;
    struct error error = ERROR_NONE;
    int status = snapshot_read(search->snapshot, path, DOCUMENT_MAX_SIZE, &found->content, &error);
    if (status == STATUS_UNDECIDED)
        verdict_remark(search->verdict, &search->verdict->undecided, path,
                       slice_of(error_message(&error)));
    if (status == OK) {
        found->document = document_read(path, buffer_slice(&found->content), &search->options);
        if (search->exact || is_template(found->document)) {
            found->path = found->document->path;
        } else {
            document_free(found->document);
            found->document = NULL;
            buffer_release(&found->content);
        }
    }
    error_release(&error);
    return !found->document;
}

/* The folder part of a glob before its first special character. */
static struct slice fixed_folder(struct slice glob) {
    size_t end = 0;
    for (size_t i = 0; i < glob.size && !strchr("*?[{", glob.data[i]); i++)
        if (glob.data[i] == '/')
            end = i;
    return slice_part(glob, 0, end);
}

static int find_on(const struct review *review, const struct snapshot *snapshot,
                   const struct note_kind *kind, struct note_template *found,
                   struct verdict *verdict, struct error *error) {
    struct template_search search = {.options = review_document_options(review, &review->head_site),
                                     .kind = kind,
                                     .snapshot = snapshot,
                                     .found = found,
                                     .verdict = verdict};
    struct slice glob = kind->template_glob;
    struct entry entry = snapshot_find(snapshot, glob);
    search.exact = entry.kind == ENTRY_FILE;
    if (!search.exact)
        return snapshot_walk(snapshot, fixed_folder(glob), visit, &search, error);
    visit(glob, &entry, &search);
    return OK;
}

int templates_find(struct review *review, struct verdict *verdict, struct error *error) {
    size_t count = review->config->note_count;
    int status = OK;
    review->templates = memory_allocate(count, sizeof *review->templates);
    for (size_t i = 0; status == OK && i < count; i++) {
        const struct note_kind *kind = &review->config->notes[i];
        struct note_template *found = &review->templates[i];
        if (!kind->template_pattern)
            continue;
        if (review->base)
            status = find_on(review, review->base, kind, found, verdict, error);
        if (status == OK && !found->document)
            status = find_on(review, review->head, kind, found, verdict, error);
    }
    return status;
}

void templates_release(struct review *review) {
    for (size_t i = 0; review->templates && i < review->config->note_count; i++) {
        document_free(review->templates[i].document);
        buffer_release(&review->templates[i].content);
    }
    free(review->templates);
    review->templates = NULL;
}
