/* What the name of a font tells. The PDF library says no more about it. */
#ifndef PDF_FONTS_H
#define PDF_FONTS_H

#include <stdbool.h>

struct font_look {
    bool bold;
    bool italic; /* or slanted, or a font for formulas with slanted letters */
    bool mono;   /* all characters have one width */
};

/*
 * `name` is a PostScript name as in the file: "CMBX12", "NimbusRomNo9L-MediItal",
 * "Consolas,Bold". It may have a subset's prefix.
 */
struct font_look font_look(const char *name);

/* `name` behind its subset's prefix, "ABCDEF+". */
const char *font_plain_name(const char *name);

#endif
