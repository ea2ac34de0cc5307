/* What the columns of a sign-up sheet hold, by their headings. Used by the roster only. */
#ifndef COURSE_ROSTER_COLUMNS_H
#define COURSE_ROSTER_COLUMNS_H

#include "config/config.h"
#include "text/csv_table.h"

enum column_role {
    COLUMN_OTHER,
    COLUMN_LECTURE,
    COLUMN_DATE, /* of the lecture: a number alone is not the lecture's */
    COLUMN_WEEK,
    COLUMN_NAME,  /* one person */
    COLUMN_NAMES, /* several */
    COLUMN_TEAM,  /* several, where no other column has names */
    COLUMN_FIRST_NAME,
    COLUMN_LAST_NAME, /* belongs to the first name of the same position */
    COLUMN_ACCOUNT,
};

struct roster_columns {
    enum column_role *roles; /* for free() */
    size_t count;
    size_t heading; /* index of the row with the headings */
};

/*
 * Finds the row of headings among the first rows of the table and the roles of its columns. None:
 * STATUS_USAGE with `name`, the line and what stands there instead.
 */
int roster_columns_find(struct roster_columns *columns, const char *name,
                        const struct csv_table *table, const struct roster_setting *setting,
                        struct error *error);

#endif
