/*
 * What a course says about its notes: `.scribelint.yml` at the root of its repository, or the
 * built-in defaults. The format is in docs/configuration.md.
 */
#ifndef CONFIG_CONFIG_H
#define CONFIG_CONFIG_H

#include "config/globs.h"
#include "config/severity.h"
#include "text/fields.h"
#include "text/pattern.h"

#define CONFIG_FILE_NAME    ".scribelint.yml"
#define CONFIG_RULES_FOLDER ".scribelint/rules"

/* A section that notes must have. */
struct required_section {
    struct slice heading; /* the pattern as written: for messages */
    struct pattern *pattern;
};

/* One kind of note. */
struct note_kind {
    struct glob_list files;
    struct slice
        *folders; /* for each of `files` one in which all that it matches lies; may be "" */
    struct slice template_glob;       /* as written; empty: there is none */
    struct pattern *template_pattern; /* NULL: none */
    struct slice title_form;          /* as written, see title_form.h; empty: any title will do */
    struct pattern *title_pattern;
    struct text_list required; /* metadata keys; `from_template` when not given */
    struct text_list optional; /* keys of the template that a note may leave out */
    bool from_template;
    struct required_section *sections;
    size_t section_count;
    struct text_list assets; /* path globs with {nn}, {stem} … of the note */
    struct slice name_form;  /* as written, see name_form.h; empty: as most of the others are */
    long least_pages, most_pages; /* of a PDF; 0: any number */
    long most_megabytes;          /* of a file, in millions of bytes; 0: any size */
};

enum math_setting {
    MATH_SITE,   /* single-dollar math where the site loads KaTeX or MathJax */
    MATH_DOLLAR, /* always */
    MATH_NONE,   /* never */
};

struct rule_setting {
    struct slice rule;
    enum severity severity;
    const char *place; /* "file:line:column", for "no such rule" */
};

/* What the course is. Each may be empty. */
struct course_setting {
    struct slice name, repository, timezone;
    long year; /* of the first lecture; 0: not said */
};

/* Where the schedule stands, when not where most courses have it. */
struct schedule_setting {
    struct glob_list files; /* none: looked for */
    /* Keys of a data file's rows, or headings of a table's columns; empty: the usual ones. */
    struct slice date, number, title, lecturer, slides, recording, notes;
};

/* The sign-up sheet. */
struct roster_setting {
    struct slice file;                         /* path in the repository; empty: none */
    struct text_list lecture, names, accounts; /* headings of columns; none: recognised */
};

/* Another deadline for one lecture. */
struct extension {
    struct slice lecture; /* its number, or its day as people write it */
    long days;            /* instead of the course's */
};

struct deadline_setting {
    bool is_set;
    long days;          /* after the lecture */
    long second_of_day; /* 86399 is 23:59:59 */
    struct extension *extensions;
    size_t extension_count;
};

/* How many people write a note; 0: not said. */
struct team_setting {
    long least, most;
};

/* What the course asks for its pictures. */
enum figure_setting {
    FIGURES_TEMPLATE,  /* a <figure> where the template has each of its pictures in one */
    FIGURES_NONE,      /* nothing */
    FIGURES_REQUIRED,  /* a <figure> */
    FIGURES_CAPTIONED, /* a <figure> with a <figcaption> */
};

struct image_setting {
    int figures;         /* enum figure_setting */
    long most_megabytes; /* in millions of bytes; what is more is told */
    long most_pixels;    /* of the longer side */
};

/* Other severities for some files. */
struct override {
    struct glob_list files;
    struct rule_setting *rules;
    size_t rule_count;
};

struct config {
    struct course_setting course;
    struct schedule_setting schedule;
    struct roster_setting roster;
    struct deadline_setting deadline;
    struct team_setting team;
    struct image_setting images;
    struct override *overrides; /* in the order of the file; the last that matches counts */
    size_t override_count;
    struct note_kind *notes;
    size_t note_count;
    struct glob_list allow;
    int math;                /* enum math_setting */
    struct text_list macros; /* commands that the page's math script defines */
    enum severity fail_on;
    struct rule_setting *rules;
    size_t rule_count;
    const char *name; /* file name, or "built-in defaults" */
    bool guessed;     /* the notes are the defaults': nobody of the course has said so */
    struct yaml_file file;
    struct config *fallback; /* the defaults, where the notes are theirs */
};

/*
 * Reads `text` (copied) as the file `name` (copied). Unknown keys, wrong types and bad patterns are
 * STATUS_USAGE with file:line:column. Release with config_free().
 */
int config_parse(struct config **config, const char *name, struct slice text, struct error *error);

/* The settings in force where a course has no file of its own. */
int config_defaults(struct config **config, struct error *error);

void config_free(struct config *config);

/* The kind of note that `path` is by its name, or NULL. A template matches too. */
const struct note_kind *config_note_kind(const struct config *config, struct slice path);

/*
 * How much a finding of `rule` weighs in the file at `path`: as the last override says that matches
 * the path and names the rule, else `otherwise`.
 */
enum severity config_severity(const struct config *config, struct slice rule, struct slice path,
                              enum severity otherwise);

#endif
