/* How many pixels an image has, without decoding it. */
#ifndef PDF_IMAGES_H
#define PDF_IMAGES_H

#include <poppler.h>
#include <stdbool.h>

/* Sets width and height in pixels of the image `id` of `page`. False when they are not known. */
bool image_measure(PopplerPage *page, int id, int *width, int *height);

#endif
