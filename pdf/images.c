#include "pdf/images.h"

/*
 * poppler_page_get_image() is the one way to an image's pixels, and decodes all of them: seconds
 * for a note with screenshots, memory as a hostile file likes, and the codecs have been the
 * library's weakest part. But it begins by asking cairo for a surface of the image's size. Nothing
 * in this process is ever drawn, so this program has its own cairo_image_surface_create(), which
 * notes the size and gives the surface that cairo gives when it cannot: the library then leaves the
 * pixels.
 *
 * Where a system binds libraries so that this one is not called (macOS), the image is decoded.
 */
static struct {
    bool asked;
    int width, height;
} surface;

cairo_surface_t *cairo_image_surface_create(cairo_format_t format, int width, int height) {
    (void)format;
    if (!surface.asked) {
        surface.asked = true;
        surface.width = width;
        surface.height = height;
    }
    return cairo_image_surface_create_for_data(NULL, CAIRO_FORMAT_INVALID, 0, 0, 0);
}

bool image_measure(PopplerPage *page, int id, int *width, int *height) {
    surface.asked = false;
    cairo_surface_t *image = poppler_page_get_image(page, id);
    if (surface.asked) {
        *width = surface.width;
        *height = surface.height;
    } else if (image) {
        *width = cairo_image_surface_get_width(image);
        *height = cairo_image_surface_get_height(image);
    }
    bool known = (surface.asked || image) && *width > 0 && *height > 0;
    if (image)
        cairo_surface_destroy(image);
    return known;
}
