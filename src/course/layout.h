/*
 * What a course repository looks like: where its notes are and what they are called, by what is
 * there and what its pages say. For proposing a configuration; every value has its reason.
 *
 *     struct layout layout;
 *     layout_read(&layout, snapshot, &options, error);
 *     if (layout.title.value.size)
 *         propose(layout.title.value, layout.title.reason);
 *     layout_release(&layout);
 */
#ifndef COURSE_LAYOUT_H
#define COURSE_LAYOUT_H

#include "course/schedule.h"
#include "course/syllabus.h"
#include "course/told_names.h"

/* A value with what speaks for it, in words for people: "24 of 26 notes". May hold any bytes. */
struct proposal {
    struct slice value; /* empty: none */
    struct slice reason;
    bool guess; /* too little speaks for it */
};

struct proposal_list {
    struct proposal *items;
    size_t count, capacity;
};

/* One kind of note. */
struct note_layout {
    struct slice folder;    /* "*" in it: a folder for each lecture; "": the root */
    struct slice ending;    /* "pdf", "md", "markdown" */
    struct slice *members;  /* paths of the notes that are there */
    size_t count, capacity; /* of `members` */
    struct proposal files;  /* a glob */
    struct proposal name;   /* of config/name_form.h */
    struct proposal title;  /* of config/title_form.h */
    struct proposal template_file;
    struct proposal_list required;                /* keys of the front matter */
    struct proposal_list assets;                  /* globs with {nn} … */
    size_t rank;                                  /* how much speaks for its being notes */
    size_t least_authors, most_authors, authored; /* of the notes that name them */
};

struct layout {
    struct proposal course_name, repository, zone;
    struct proposal zone_guess; /* by the clocks of the commits, where nothing says it */
    struct schedule *schedule;
    struct proposal_list schedule_files; /* globs; none: not needed, or no schedule */
    struct proposal_list schedule_keys;  /* value "date: day" */
    struct note_layout *notes;           /* most notes first */
    size_t note_count, note_capacity;
    struct syllabus syllabus;
    struct told_names told;
    struct slice *paths; /* every file, in byte order */
    size_t path_count, path_capacity;
    struct site site;
    struct config *defaults;
    struct arena arena;
};

/* When a commit was written, and minutes east of UTC on the clock there. */
struct commit_clock {
    long long when;
    int offset;
};

/* What the clone knows, besides the files. */
struct layout_options {
    struct slice remote;               /* "owner/name"; empty: none */
    const char *remote_name;           /* NULL: none */
    const struct commit_clock *clocks; /* of commits of the branch */
    size_t clock_count;
    int year; /* of the last commit; 0: not known */
};

/* Reads the files of `snapshot`, which must outlive it. Release also after a failure. */
int layout_read(struct layout *layout, const struct snapshot *snapshot,
                const struct layout_options *options, struct error *error);
void layout_release(struct layout *layout);

#endif
