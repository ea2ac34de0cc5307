/* For picture.c: the formats that are followed from header to trailer. */
#ifndef DOCUMENT_PICTURE_FORMATS_H
#define DOCUMENT_PICTURE_FORMATS_H

#include "document/picture.h"

/* The number of `size` bytes at `at`, the lowest byte first when `size` is negative; 0 beyond. */
unsigned long picture_number(struct slice bytes, size_t at, int size);

/* Each fills width, height and fault; `bytes` begin as their format does. */
void picture_read_png(struct picture *picture, struct slice bytes);
void picture_read_jpeg(struct picture *picture, struct slice bytes);
void picture_read_gif(struct picture *picture, struct slice bytes);
void picture_read_webp(struct picture *picture, struct slice bytes);

#endif
