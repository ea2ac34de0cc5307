/*
 * The lectures of a course as its repository has them: from module pages (kramdown definition
 * lists), a data file, or a table in a page. Every value has its place in the source, so that a
 * finding can point at it and an edit can mend it.
 *
 *     struct schedule *schedule = schedule_read(snapshot, config, site);
 *     for (size_t i = 0; i < schedule->lecture_count; i++)
 *         look_at(&schedule->lectures[i]);
 *     schedule_free(schedule);
 */
#ifndef COURSE_SCHEDULE_H
#define COURSE_SCHEDULE_H

#include "config/config.h"
#include "course/day.h"
#include "course/site.h"
#include "git/snapshot.h"
#include "text/source.h"

enum schedule_form {
    SCHEDULE_NONE,    /* the repository has none */
    SCHEDULE_MODULES, /* `_modules/week-*.md` */
    SCHEDULE_DATA,    /* `_data/lectures.yml` */
    SCHEDULE_TABLE,   /* a Markdown table in a page */
};

enum lecture_status {
    LECTURE_HELD,     /* a lecture, past or to come */
    LECTURE_NONE,     /* a date on which there is none: "No class", a holiday, an exam */
    LECTURE_CANCELED, /* was to be one */
};

enum link_role { LINK_SLIDES, LINK_RECORDING, LINK_NOTES, LINK_OTHER };

/* A link in a lecture's row. Spans are offsets in the source file. */
struct lecture_link {
    enum link_role role;
    struct slice text;            /* "Scribe Notes"; of a data file the key */
    struct slice destination;     /* as written, entities undone; empty and "#": not there yet */
    struct span span;             /* the whole construct; of a data file the value */
    struct span destination_span; /* what an edit replaces */
    bool placeholder;             /* not there yet */
    struct slice path;            /* the file of the repository it means; empty: none, external */
    bool external;
};

/* A file that holds rows, in the order of the course. */
struct schedule_file {
    struct slice path;
    struct source source; /* bytes and lines; lives as long as the schedule */
    struct slice title;   /* "Week 4"; empty: none */
    struct span title_span;
    bool hidden;             /* its front matter keeps it off the page */
    const char *broken;      /* why it has not the shape of a schedule, as a clause; NULL: it has */
    struct span broken_span; /* where; may be empty */
};

struct lecture {
    const struct schedule_file *file;
    size_t index;           /* in schedule.lectures */
    struct day day;         /* month 0: the row has none that can be read */
    struct slice date_text; /* as written */
    struct slice label;     /* as written: "4"; empty: none */
    long number;            /* of the lecture in the course, from 1; 0: none. By labels where
                               they run on, else by position among the lectures held */
    long called;            /* the number by which people know it: `number` where numbers run on,
                               else its label's if no other lecture has the same; 0: none */
    struct slice title;     /* as text: without markup; may be empty */
    struct slice speaker;   /* of the row; empty: not said */
    bool guest;             /* another than the course's own lecturers */
    enum lecture_status status;
    bool hidden;     /* not on the site: its file is hidden, or the row is a comment */
    bool unreadable; /* the date looks like one, but is none, or not in the year of the schedule */
    struct slice wrong_weekday; /* as written beside the date: "Wed"; empty: it is right, or none */
    struct span row;            /* all of the row in the source */
    struct span date_span, label_span, title_span, speaker_span; /* empty where there is none */
    struct span links_span; /* the line (or the keys) that holds slides, recording, notes */
    struct lecture_link *links;
    size_t link_count;
};

enum year_source {
    YEAR_UNKNOWN,
    YEAR_CONFIGURATION, /* course.year */
    YEAR_WRITTEN,       /* the rows have years */
    YEAR_SITE,          /* `_config.yml` or the front page: "Fall 2025", "course-f25" */
    YEAR_WEEKDAY,       /* the year in which the dates fall on the fewest weekdays */
    YEAR_COMMITS,       /* when the rows were written */
};

struct schedule {
    enum schedule_form form;
    struct schedule_file *files;
    size_t file_count;
    struct lecture *lectures; /* in the order of the files and rows; hidden ones included */
    size_t lecture_count;
    bool numbers_run_on; /* labels are numbers that never restart, or there are none and lectures
                            are counted: comparable with a note's */
    int year;            /* of the first row; 0: unknown. Later rows may be in the next one */
    enum year_source year_source;
    unsigned weekdays;      /* bit 1<<weekday for each the course meets on; 0: unknown */
    struct slice lecturer;  /* the course's own (most rows); may be empty */
    struct slice undecided; /* why it could not be read; empty: it could */
    struct arena arena;
};

/*
 * Reads what is there; never fails: no schedule is SCHEDULE_NONE. `commit_year` (0: unknown) is the
 * year in which the newest of its files was committed, for want of better. `config` may name files
 * and keys. `site` is of the same snapshot. All but `config` may be released before the schedule.
 */
struct schedule *schedule_read(const struct snapshot *snapshot, const struct config *config,
                               const struct site *site, int commit_year);
void schedule_free(struct schedule *schedule);

/* True when it is one of the files in which the lectures stand. */
bool schedule_has_file(const struct schedule *schedule, struct slice path);

/* The next lecture that is on the site and was held (or will be), from `index` on, or NULL. */
const struct lecture *schedule_next(const struct schedule *schedule, size_t index);

/* By day (years as in day_same()) or by number; hidden rows left out. NULL: none, or several. */
const struct lecture *schedule_find_day(const struct schedule *schedule, struct day day);
const struct lecture *schedule_find_number(const struct schedule *schedule, long number);

/* The link of that role, or NULL: the first that is no placeholder, else the first. */
const struct lecture_link *lecture_find_link(const struct lecture *lecture, enum link_role role);

/* Appends how people call a lecture: "Oct 7 (4)", without a day "lecture 4", else its title. */
void lecture_append_brief(struct buffer *buffer, const struct lecture *lecture);

/* "configuration", "the schedule", "_config.yml", "weekdays", "commit dates". */
const char *year_source_name(enum year_source source);

#endif
