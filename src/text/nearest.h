/* How far apart two names are, to propose the one that was meant. */
#ifndef TEXT_NEAREST_H
#define TEXT_NEAREST_H

#include "base/slice.h"

/*
 * Letters to add, drop, change or swap with a neighbour until `left` is `right`, whatever their
 * case; more than `most`: most + 1. Names of more than 128 bytes are told apart only from equal
 * ones.
 */
size_t text_distance(struct slice left, struct slice right, size_t most);

/* The same where `\Pi` is not `\pi`. */
size_t text_distance_in_case(struct slice left, struct slice right, size_t most);

/* How far a name of that size may be from the one that was meant: one letter in five. */
size_t text_near_enough(size_t size);

#endif
