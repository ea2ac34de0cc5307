#include "pdf/page.h"

#include "pdf/answer.h"
#include "pdf/document.h"
#include "pdf/images.h"
#include "pdf/runs.h"

/*
 * For each image that is measured, the library reads the page once more. Of a page that has more,
 * the rest is answered without pixels.
 */
#define MEASURED_IMAGES 40

static void set_area(json_t *object, double x, double y, double right, double bottom) {
    json_object_set_new(object, "x", answer_length(x));
    json_object_set_new(object, "y", answer_length(y));
    json_object_set_new(object, "width", answer_length(right - x));
    json_object_set_new(object, "height", answer_length(bottom - y));
}

/* The library takes the crop box's corner off twice. */
static void set_image_area(json_t *content, const PopplerImageMapping *image,
                           const PopplerRectangle *crop) {
    set_area(content, image->area.x1 + crop->x1, image->area.y1 + crop->y1,
             image->area.x2 + crop->x1, image->area.y2 + crop->y1);
}

static bool answer_images(PopplerPage *page) {
    PopplerRectangle crop = {0};
    poppler_page_get_crop_box(page, &crop);
    /* The library gives the last one first. */
    GList *images = g_list_reverse(poppler_page_get_image_mapping(page));
    bool room = true;
    int measured = 0;
    for (GList *at = images; at && room; at = at->next) {
        const PopplerImageMapping *image = at->data;
        json_t *content = json_object();
        set_image_area(content, image, &crop);
        int width = 0, height = 0;
        if (measured++ < MEASURED_IMAGES && image_measure(page, image->image_id, &width, &height))
            json_object_set_new(content, "pixels", json_pack("[i, i]", width, height));
        room = answer_write("image", content);
    }
    poppler_page_free_image_mapping(images);
    return room;
}

static bool answer_link(PopplerDocument *document, const PopplerLinkMapping *link, double height) {
    json_t *content = json_object();
    /* Its lengths are from the lower left corner. */
    set_area(content, link->area.x1, height - link->area.y2, link->area.x2, height - link->area.y1);
    const PopplerAction *action = link->action;
    int page = document_target_page(document, action);
    if (action && action->type == POPPLER_ACTION_URI && action->uri.uri)
        json_object_set_new(content, "uri", answer_text(action->uri.uri, ANSWER_TEXT_MOST));
    else if (page)
        json_object_set_new(content, "page", json_integer(page));
    return answer_write("link", content);
}

static bool answer_links(PopplerDocument *document, PopplerPage *page, double height) {
    GList *links = g_list_reverse(poppler_page_get_link_mapping(page));
    bool room = true;
    for (GList *at = links; at && room; at = at->next)
        room = answer_link(document, at->data, height);
    poppler_page_free_link_mapping(links);
    return room;
}

bool page_answer(PopplerDocument *document, int number) {
    PopplerPage *page = poppler_document_get_page(document, number - 1);
    if (!page)
        return true;
    double width = 0, height = 0;
    poppler_page_get_size(page, &width, &height);
    json_t *content = json_pack("{s:i, s:o, s:o}", "number", number, "width", answer_length(width),
                                "height", answer_length(height));
    bool room = answer_write("page", content) && runs_answer(page) && answer_images(page) &&
                answer_links(document, page, height);
    g_object_unref(page);
    if (room)
        answer_page_done();
    return room;
}
