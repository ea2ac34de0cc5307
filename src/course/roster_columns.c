#include "course/roster_columns.h"

#include "base/memory.h"
#include "course/person.h"
#include "text/folded.h"
#include "text/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ROWS_ABOVE = 20, MOST_HEADINGS_SHOWN = 12 };

/* True when one of the blank-separated `words` is a word of the folded heading. */
static bool has_word(struct slice heading, const char *words) {
    size_t at = 0;
    for (struct slice word; (word = folded_next_word(heading, &at)).size;) {
        size_t other_at = 0;
        for (struct slice other; (other = folded_next_word(slice_of(words), &other_at)).size;)
            if (slice_equal(word, other))
                return true;
    }
    return false;
}

static const char people_words[] =
    "scribe scribes scriber scribers student students member members "
    "author authors person people volunteer volunteers taker takers "
    "writer writers partner partners participant participants";
static const char plural_words[] = "names scribes scribers students members authors people "
                                   "volunteers takers writers partners participants";

/* "Which lecture do you want to scribe?" is about the lecture, "Lecture scribes 1" about people. */
static bool ends_in_people(struct slice heading) {
    struct slice last = {0};
    size_t at = 0;
    for (struct slice word; (word = folded_next_word(heading, &at)).size;)
        if (!isdigit((unsigned char)word.data[0]))
            last = word;
    return has_word(last, people_words) &&
           !has_word(heading, "which what choose select pick want to");
}

static enum column_role role_of_people(struct slice heading) {
    if (has_word(heading, "first given") && has_word(heading, "name"))
        return COLUMN_FIRST_NAME;
    if (has_word(heading, "surname") ||
        (has_word(heading, "last family") && has_word(heading, "name")))
        return COLUMN_LAST_NAME;
    if (has_word(heading, plural_words))
        return COLUMN_NAMES;
    if (has_word(heading, people_words) || has_word(heading, "name"))
        return COLUMN_NAME;
    return has_word(heading, "team teams group groups") ? COLUMN_TEAM : COLUMN_OTHER;
}

static enum column_role role_of_folded(struct slice heading) {
    bool lecture = has_word(heading, "lecture lectures lec class session meeting");
    if (has_word(heading, "email emails mail mails gradescope canvas slack discord phone pid"))
        return COLUMN_OTHER;
    if (has_word(heading, "github git gh account accounts username usernames handle handles login"))
        return COLUMN_ACCOUNT;
    if (has_word(heading, "link links url pdf topic topics title lecturer lecturers instructor "
                          "instructors professor speaker speakers editor editors reviewer "
                          "reviewers grade grades grader score timestamp due deadline submitted "
                          "status comment comments notes recording reading readings room time "
                          "id sid nickname pronouns preferred signed max how") ||
        (has_word(heading, "note") && !has_word(heading, "taker")) ||
        (has_word(heading, "number count no") && !lecture))
        return COLUMN_OTHER;
    if (lecture && has_word(heading, "name names"))
        return COLUMN_OTHER;
    if (lecture && !ends_in_people(heading))
        return has_word(heading, "date day") ? COLUMN_DATE : COLUMN_LECTURE;
    if (has_word(heading, "date dates day"))
        return COLUMN_DATE;
    if (has_word(heading, "week wk"))
        return COLUMN_WEEK;
    return role_of_people(heading);
}

static bool is_configured(const struct text_list *list, struct slice heading) {
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal_ignoring_case(slice_trim(list->items[i]), heading))
            return true;
    return false;
}

static bool is_lecture(enum column_role role) {
    return role == COLUMN_LECTURE || role == COLUMN_DATE;
}

static bool has_people(enum column_role role) {
    return role >= COLUMN_NAME;
}

static bool is_of_names(enum column_role role) {
    return has_people(role) && role != COLUMN_ACCOUNT;
}

/* A role whose columns the configuration names is only theirs. */
static enum column_role apply_setting(const struct roster_setting *setting, struct slice heading,
                                      enum column_role role) {
    if (is_configured(&setting->lecture, heading))
        return is_lecture(role) ? role : COLUMN_LECTURE;
    if (is_configured(&setting->names, heading))
        return is_of_names(role) && role != COLUMN_TEAM ? role : COLUMN_NAMES;
    if (is_configured(&setting->accounts, heading))
        return COLUMN_ACCOUNT;
    bool taken = (setting->lecture.count && is_lecture(role)) ||
                 (setting->names.count && is_of_names(role)) ||
                 (setting->accounts.count && role == COLUMN_ACCOUNT);
    return taken ? COLUMN_OTHER : role;
}

static enum column_role role_of(const struct roster_setting *setting, struct slice heading) {
    struct buffer folded = BUFFER_EMPTY;
    person_append_folded(&folded, heading);
    enum column_role role = role_of_folded(buffer_slice(&folded));
    buffer_release(&folded);
    return apply_setting(setting, heading, role);
}

struct found {
    bool lecture, people, names;
};

static struct found read_headings(enum column_role *roles, const struct csv_row *row,
                                  const struct roster_setting *setting) {
    struct found found = {0};
    for (size_t i = 0; i < row->count; i++) {
        roles[i] = role_of(setting, row->cells[i]);
        found.lecture |= is_lecture(roles[i]);
        found.people |= has_people(roles[i]) && roles[i] != COLUMN_LAST_NAME;
        found.names |=
            has_people(roles[i]) && roles[i] != COLUMN_TEAM && roles[i] != COLUMN_ACCOUNT;
    }
    for (size_t i = 0; i < row->count; i++)
        if (roles[i] == COLUMN_TEAM)
            roles[i] = found.names ? COLUMN_OTHER : COLUMN_NAMES;
    return found;
}

static bool row_has_all(const struct csv_row *row, const struct text_list *list,
                        struct slice *missing) {
    for (size_t i = 0; i < list->count; i++) {
        size_t k = 0;
        while (k < row->count &&
               !slice_equal_ignoring_case(slice_trim(list->items[i]), row->cells[k]))
            k++;
        if (k == row->count) {
            *missing = list->items[i];
            return false;
        }
    }
    return true;
}

static int explain(const char *name, const struct csv_row *row, struct found found,
                   struct slice missing, struct error *error) {
    struct buffer text = BUFFER_EMPTY;
    if (missing.size) {
        buffer_append_string(&text, "no column \"");
        utf8_append_visible(&text, missing);
        buffer_append_string(&text, "\", which the configuration names");
    } else {
        buffer_append_format(&text, "no column of %s",
                             found.lecture ? "names or accounts" : "lectures or their dates");
    }
    buffer_append_string(&text, "; the headings are ");
    for (size_t i = 0; i < row->count && i < MOST_HEADINGS_SHOWN; i++) {
        buffer_append_string(&text, i ? ", \"" : "\"");
        utf8_append_visible(&text, slice_part(row->cells[i], 0, 60));
        buffer_append_string(&text, "\"");
    }
    int status = error_set(error, STATUS_USAGE,
                           "%s:%zu: %s%s; name the columns in the configuration under roster: "
                           "columns",
                           name, row->line, buffer_string(&text),
                           row->count > MOST_HEADINGS_SHOWN ? " and more" : "");
    buffer_release(&text);
    return status;
}

/* True when the row has every column that the configuration names. */
static bool has_configured(const struct csv_row *row, const struct roster_setting *setting,
                           struct slice *missing) {
    return row_has_all(row, &setting->lecture, missing) &&
           row_has_all(row, &setting->names, missing) &&
           row_has_all(row, &setting->accounts, missing);
}

/* The rows above the headings hold a title or a word to the students. */
int roster_columns_find(struct roster_columns *columns, const char *name,
                        const struct csv_table *table, const struct roster_setting *setting,
                        struct error *error) {
    *columns = (struct roster_columns){0};
    struct found nearest = {0};
    size_t nearest_row = 0;
    struct slice missing = {0};
    if (!table->count)
        return error_set(error, STATUS_USAGE, "%s:1: the table is empty", name);
    for (size_t i = 0; i < table->count && i < MOST_ROWS_ABOVE; i++) {
        const struct csv_row *row = &table->rows[i];
        enum column_role *roles = memory_allocate(row->count, sizeof *roles);
        struct found found = read_headings(roles, row, setting);
        if (found.lecture && found.people && has_configured(row, setting, &missing)) {
            *columns = (struct roster_columns){roles, row->count, i};
            return OK;
        }
        free(roles);
        if (found.lecture + found.people > nearest.lecture + nearest.people) {
            nearest = found;
            nearest_row = i;
        }
    }
    missing = (struct slice){0};
    has_configured(&table->rows[nearest_row], setting, &missing);
    return explain(name, &table->rows[nearest_row], nearest, missing, error);
}
