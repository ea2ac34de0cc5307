/* The words by which courses say what something in a schedule is. For schedule*.c only. */
#ifndef COURSE_SCHEDULE_WORDS_H
#define COURSE_SCHEDULE_WORDS_H

#include "course/schedule.h"
#include "text/pattern.h"

enum schedule_word {
    WORD_CANCELED, /* titles: "Lecture canceled" */
    WORD_NONE,     /* titles: "No class (MLK day)", "Spring break", "Midterm 2" */
    WORD_GUEST,    /* "Guest lecture by" with what comes before the name */
    WORD_NOBODY,   /* speakers: "TBA", "skipped" */
    WORD_SLIDES,   /* texts of links, keys, headings: what is there */
    WORD_RECORDING,
    WORD_NOTES,
    WORD_LECTURE_LABEL, /* labels: "4", "Lecture 4", "Lec" */
    WORD_PLAIN_LABEL,   /* the label in front of a title: "Lecture 4: ", "4. " */
    WORD_OTHER_LABEL,   /* labels and kinds of rows that are no lecture: "Reading", "HW 2 due" */
    WORD_OUT_OF_CLASS,  /* of these those that tell what the day itself is: "Exam", "Holiday" */
    WORD_DATE,          /* keys and headings */
    WORD_NUMBER,
    WORD_TITLE,
    WORD_SPEAKER,
    WORD_KIND,
    WORD_LINKS,      /* keys that hold links of any role */
    WORD_FILE,       /* names of data files that are a schedule */
    WORD_OTHER_FILE, /* … that are none, whatever is in them */
    WORD_TERM,       /* "Fall 2025", "spring-19": the year is group 1 or 2 */
    WORD_TERM_CODE,  /* "cs1-f25": group 1 */
    WORD_YEAR,       /* "2025": group 1 */
    WORD_WEEKDAY,    /* in dates: group 1 */
    WORD_DATE_LIKE,  /* "Sep 31", "9/31", "2025-09-31": a day, whether or not it exists */
    SCHEDULE_WORD_COUNT
};

struct short_text;

/* Both are filled by the first question for each: most are asked again for every row. */
struct schedule_words {
    struct pattern **patterns; /* by word; NULL: not asked yet */
    struct short_text *texts;  /* what was found of them */
};

void schedule_words_init(struct schedule_words *words);
void schedule_words_release(struct schedule_words *words);

bool schedule_word_is(const struct schedule_words *words, enum schedule_word word,
                      struct slice text);

/* The same without what is known; sets `match` when there is one. */
bool schedule_word_find(const struct schedule_words *words, enum schedule_word word,
                        struct slice text, struct match *match);

/* A key whose words are known without a pattern, by `index` from 0; NULL behind the last. */
const char *schedule_usual_key(size_t index);

/* LINK_OTHER when the text says nothing of it. */
enum link_role schedule_role(const struct schedule_words *words, struct slice text);

/* The lecture's number in "4", "Lecture 4", "#4"; 0: none. */
long schedule_label_number(struct slice label);

#endif
