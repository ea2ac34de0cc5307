/*
 * Rules are data: one YAML entry each, built in or a course's own, read by the same code. The
 * format is in docs/rules.md.
 */
#ifndef RULES_RULE_H
#define RULES_RULE_H

#include "config/config.h"
#include "text/fields.h"

struct check;

/* What an entry's `files` names besides globs. */
enum file_class {
    FILES_NOTES = 1,    /* by the configuration, the template left out */
    FILES_POSTS = 2,    /* Jekyll posts: Markdown in _posts/ with a date in the name */
    FILES_MARKDOWN = 4, /* any Markdown file */
    FILES_ANY = 8,
    FILES_SCHEDULE = 32, /* that hold the lectures of the course */
    FILES_PDF = 64,      /* notes that are PDFs: their content is read for such rules only */
};

/* A document (or a change) on which a rule must say something, or must not. */
struct example {
    bool good;
    struct slice text;          /* content of the file under test, in its encoding */
    int encoding;               /* 0: UTF-8; 1: Latin-1, for bytes that are no UTF-8 */
    struct slice size;          /* bytes up to which it is filled up; empty: as it is */
    struct slice path;          /* its path */
    struct yaml_node *tree;     /* other files: a list of paths, or path: content; NULL: none */
    struct yaml_node *base;     /* path: content at the base; NULL: no change, one side only */
    struct text_list committed; /* when, for each commit of the file; none: no commits */
    struct slice config;        /* empty: the built-in defaults */
    struct slice value;         /* what must be flagged; empty: anything */
    struct yaml_node *node;     /* for messages */
};

struct rule {
    const char *id;
    enum severity severity; /* where no override of the configuration says otherwise */
    bool on_somewhere;      /* by an override, though it may be off elsewhere */
    struct slice summary, why, message, fix;
    unsigned classes; /* enum file_class */
    struct glob_list globs;
    const struct check *check;
    void *parameters;           /* of the check's own type */
    bool needs_document;        /* as its check says, unless the parameters ask for less */
    struct text_list yields_to; /* rules that say it better: no finding where they have one */
    bool brief;                 /* no examples, and what stands in it is known to be good */
    struct example *examples;
    size_t example_count;
    const struct yaml_file *file; /* where it stands, for messages */
};

struct rule_set {
    struct rule **rules; /* sorted by id */
    size_t count, capacity;
    struct yaml_file **files;
    size_t file_count, file_capacity;
    struct arena texts; /* copies of rule files */
};

/* Adds the rules that are compiled in; an error in them is reported like one of a course. */
int rule_set_add_builtin(struct rule_set *set, struct error *error);

/*
 * The same for looking at files, many times faster: as the build has read them, without examples,
 * and patterns are compiled when a file first needs them.
 */
int rule_set_add_builtin_brief(struct rule_set *set, struct error *error);

/*
 * Adds the rules of every *.yml and *.yaml file in a folder on disk, in order of their names. Bad
 * rules are STATUS_USAGE with file:line:column; so is an id that is there already or built in.
 */
int rule_set_add_folder(struct rule_set *set, const char *folder, struct error *error);

/* Adds the rules of one text named `name`; both are borrowed and must outlive the set. */
int rule_set_add(struct rule_set *set, const char *name, struct slice text, struct error *error);

/* The same with copies of both, which the set owns. */
int rule_set_add_copy(struct rule_set *set, const char *name, struct slice text,
                      struct error *error);

/* Applies the configuration's severities; an unknown rule in it, or in one of its overrides, is
 * STATUS_USAGE. */
int rule_set_configure(struct rule_set *set, const struct config *config, struct error *error);

/* Once all are added: a rule that yields to one that is not there is STATUS_USAGE. */
int rule_set_check(const struct rule_set *set, struct error *error);

/* True when it is not off everywhere. */
bool rule_in_force(const struct rule *rule);

/* How many are in force. */
size_t rule_set_in_force(const struct rule_set *set);

/* NULL when there is none. */
const struct rule *rule_set_find(const struct rule_set *set, struct slice id);

void rule_set_release(struct rule_set *set);

#endif
