#include "pdf/document.h"

#include "pdf/answer.h"

/* A longer or deeper outline is no table of contents. */
#define OUTLINE_MOST   10000
#define OUTLINE_LEVELS 32

PopplerDocument *document_open(GBytes *bytes) {
    GError *error = NULL;
    PopplerDocument *document = poppler_document_new_from_bytes(bytes, NULL, &error);
    if (!document) {
        bool encrypted = g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);
        answer_fail(encrypted ? "encrypted" : "damaged",
                    error && error->message ? error->message : "it cannot be opened");
    }
    if (poppler_document_get_n_pages(document) <= 0)
        answer_fail("damaged", "it has no page");
    return document;
}

/* Takes `text` over; what is absent or empty is left out. */
static void set_text(json_t *object, const char *key, char *text) {
    if (text && *text)
        json_object_set_new(object, key, answer_text(text, ANSWER_NAME_MOST));
    g_free(text);
}

bool document_answer(PopplerDocument *document) {
    guint major = 0, minor = 0;
    poppler_document_get_pdf_version(document, &major, &minor);
    char version[32];
    g_snprintf(version, sizeof version, "%u.%u", major, minor);

    json_t *content = json_object();
    json_object_set_new(content, "version", json_string(version));
    json_object_set_new(content, "pages", json_integer(poppler_document_get_n_pages(document)));
    set_text(content, "title", poppler_document_get_title(document));
    set_text(content, "author", poppler_document_get_author(document));
    set_text(content, "creator", poppler_document_get_creator(document));
    set_text(content, "producer", poppler_document_get_producer(document));
    json_object_set_new(content, "javascript",
                        json_boolean(poppler_document_has_javascript(document)));
    json_object_set_new(content, "attachments",
                        json_integer(poppler_document_get_n_attachments(document)));
    return answer_write("document", content);
}

static int page_of(PopplerDocument *document, const PopplerDest *destination) {
    if (!destination)
        return 0;
    int page = destination->page_num;
    if (destination->type == POPPLER_DEST_NAMED) {
        if (!destination->named_dest)
            return 0;
        PopplerDest *found = poppler_document_find_dest(document, destination->named_dest);
        page = found && found->type != POPPLER_DEST_NAMED ? found->page_num : 0;
        if (found)
            poppler_dest_free(found);
    }
    return page > 0 && page <= poppler_document_get_n_pages(document) ? page : 0;
}

int document_target_page(PopplerDocument *document, const PopplerAction *action) {
    if (!action || action->type != POPPLER_ACTION_GOTO_DEST)
        return 0;
    return page_of(document, action->goto_dest.dest);
}

static bool answer_entry(PopplerDocument *document, PopplerIndexIter *entry, int level) {
    PopplerAction *action = poppler_index_iter_get_action(entry);
    const char *title = action && action->any.title ? action->any.title : "";
    int page = document_target_page(document, action);
    json_t *content =
        json_pack("{s:i, s:o}", "level", level, "title", answer_text(title, ANSWER_TEXT_MOST));
    if (page)
        json_object_set_new(content, "page", json_integer(page));
    if (action)
        poppler_action_free(action);
    return answer_write("outline", content);
}

/* Takes `entry`, which may be NULL, over. `*left` entries may still be answered. */
static bool answer_level(PopplerDocument *document, PopplerIndexIter *entry, int level, int *left) {
    bool room = true;
    while (room && entry && *left > 0) {
        --*left;
        room = answer_entry(document, entry, level);
        if (room && level < OUTLINE_LEVELS)
            room = answer_level(document, poppler_index_iter_get_child(entry), level + 1, left);
        if (!poppler_index_iter_next(entry))
            break;
    }
    if (entry)
        poppler_index_iter_free(entry);
    return room;
}

bool document_answer_outline(PopplerDocument *document) {
    int left = OUTLINE_MOST;
    return answer_level(document, poppler_index_iter_new(document), 1, &left);
}
