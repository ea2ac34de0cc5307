/* What of a site bears on its formulas beside the notes: macros, and who renders them. */
#ifndef COURSE_MATH_SETUP_H
#define COURSE_MATH_SETUP_H

#include "config/config.h"
#include "document/tex.h"
#include "git/snapshot.h"

struct math_setup {
    struct tex_macros macros; /* of the configuration and of the site's scripts */
    bool mathjax;             /* the site loads MathJax and no KaTeX: other commands */
    struct arena arena;
};

/* Reads the site's own scripts, layouts and includes. Release with math_setup_release(). */
void math_setup_read(struct math_setup *setup, const struct snapshot *snapshot,
                     const struct config *config);
void math_setup_release(struct math_setup *setup);

/* Adds the names that a formula defines: \newcommand{\x}, \def\x. */
void tex_macros_add_defined(struct tex_macros *macros, struct slice tex);

#endif
