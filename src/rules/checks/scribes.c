/*
 * The people who wrote a note, held against the sign-up sheet and the size of a team. What may be
 * the same person under two names (a first name, a nickname, an account) accuses nobody.
 */
#include "base/memory.h"
#include "course/person.h"
#include "rules/check.h"
#include "rules/facts.h"
#include "text/folded.h"

#include <stddef.h>
#include <string.h>

enum aspect {
    ASPECT_NOT_ON_ROSTER,
    ASPECT_LEFT_OUT,
    ASPECT_TEAM_SIZE,
    ASPECT_TWICE,
    ASPECT_COMMITS
};

static const char *const aspect_names[] = {"not-on-roster", "left-out", "team-size",
                                           "twice",         "commits",  NULL};

struct scribes_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct scribes_parameters, finds), aspect_names}, {0}};

static const char *const places[] = {"lecture", "expected", "count", NULL};

struct team {
    const struct rule *rule;
    const struct subject *subject;
    const struct note_people *named;
    const struct lecture *lecture;      /* NULL: not known for sure */
    const struct roster_row *roster;    /* NULL: no roster, or nobody signed up for it */
    const struct file_history *history; /* NULL: no commits to look at */
};

static void append_roster(struct buffer *buffer, const struct roster_row *row) {
    for (size_t i = 0; i < row->count; i++) {
        struct slice name = row->people[i].name;
        buffer_append_format(buffer, "%s%s%.*s", i ? ", " : "", name.size ? "" : "@",
                             SLICE_ARGUMENTS(name.size ? name : row->people[i].account));
    }
}

static void append_lecture(struct buffer *buffer, const struct lecture *lecture) {
    if (lecture->day.month)
        day_append(buffer, lecture->day, false);
    if (lecture->called)
        buffer_append_format(buffer, lecture->day.month ? " (%ld)" : "%ld", lecture->called);
    else if (!lecture->day.month)
        buffer_append_slice(buffer, lecture->title);
}

static void report(const struct team *team, struct span span, struct slice flagged,
                   struct slice expected) {
    struct buffer lecture = BUFFER_EMPTY, roster = BUFFER_EMPTY, count = BUFFER_EMPTY;
    if (team->lecture)
        append_lecture(&lecture, team->lecture);
    if (team->roster)
        append_roster(&roster, team->roster);
    buffer_append_format(&count, "%zu", team->named->count);
    struct place named[] = {{"lecture", buffer_slice(&lecture)},
                            {"expected", expected.size ? expected : buffer_slice(&roster)},
                            {"count", buffer_slice(&count)}};
    subject_report(team->subject, team->rule, span, flagged, named, COUNT_OF(named));
    buffer_release(&count);
    buffer_release(&roster);
    buffer_release(&lecture);
}

static size_t count_words(struct slice name) {
    struct buffer folded = BUFFER_EMPTY;
    size_t count = 0, at = 0;
    person_append_folded(&folded, name);
    while (folded_next_word(buffer_slice(&folded), &at).size)
        count++;
    buffer_release(&folded);
    return count;
}

static bool may_be(struct roster_person left, struct roster_person right) {
    return person_is(left, right) || person_maybe_same_name(left.name, right.name);
}

static struct roster_person person_of(const struct named_person *named) {
    return (struct roster_person){named->name, named->account};
}

static bool may_be_on_roster(const struct roster_row *roster, struct roster_person person) {
    for (size_t i = 0; i < roster->count; i++)
        if (may_be(roster->people[i], person))
            return true;
    return false;
}

static bool may_be_named(const struct note_people *named, struct roster_person person) {
    for (size_t i = 0; i < named->count; i++)
        if (may_be(person_of(&named->items[i]), person))
            return true;
    return false;
}

/* Whose name the sheet does not have may be anybody. */
static bool roster_has_all_names(const struct roster_row *roster) {
    for (size_t i = 0; i < roster->count; i++)
        if (!roster->people[i].name.size)
            return false;
    return true;
}

static void check_not_on_roster(const struct team *team) {
    if (!team->roster || !roster_has_all_names(team->roster))
        return;
    for (size_t i = 0; i < team->named->count; i++) {
        const struct named_person *named = &team->named->items[i];
        if (count_words(named->name) > 1 && !may_be_on_roster(team->roster, person_of(named)))
            report(team, named->span, named->name, (struct slice){0});
    }
}

/* "Alice Smith <alice@x.edu>" of a trailer. */
static struct roster_person co_author(struct slice text) {
    size_t open = slice_find(text, "<", 0);
    struct slice mail = open == SLICE_NOT_FOUND
                            ? (struct slice){0}
                            : slice_part(text, open + 1, slice_find(text, ">", open));
    return (struct roster_person){slice_trim(slice_part(text, 0, open)),
                                  person_account_of_mail(mail)};
}

/* Calls `judge` for each author and co-author of the note's commits until it says true. */
static bool any_author(const struct file_history *history,
                       bool (*judge)(struct roster_person person, const void *context),
                       const void *context) {
    for (size_t i = 0; history && i < history->count; i++) {
        const struct touch *touch = &history->touches[i];
        struct roster_person author = {touch->author, person_account_of_mail(touch->mail)};
        if (judge(author, context))
            return true;
        for (size_t k = 0; k < touch->co_author_count; k++)
            if (judge(co_author(touch->co_authors[k]), context))
                return true;
    }
    return false;
}

static bool is_author(struct roster_person author, const void *person) {
    return may_be(author, *(const struct roster_person *)person);
}

/* Somebody else's commit says nothing about who is missing; where nobody is named, all are. */
static void check_left_out(const struct team *team) {
    if (!team->roster || !team->named->count)
        return;
    for (size_t i = 0; i < team->roster->count; i++) {
        struct roster_person person = team->roster->people[i];
        if (count_words(person.name) > 1 && !may_be_named(team->named, person) &&
            !any_author(team->history, is_author, &person))
            report(team, team->named->items[0].span, person.name, (struct slice){0});
    }
}

static void check_twice(const struct team *team) {
    for (size_t i = 1; i < team->named->count; i++)
        for (size_t k = 0; k < i; k++)
            if (person_is(person_of(&team->named->items[i]), person_of(&team->named->items[k]))) {
                report(team, team->named->items[i].span, team->named->items[i].name,
                       (struct slice){0});
                break;
            }
}

static void check_team_size(const struct team *team) {
    const struct team_setting *setting = &team->subject->config->team;
    long count = (long)team->named->count;
    struct buffer expected = BUFFER_EMPTY, flagged = BUFFER_EMPTY;
    if (!count || (count >= setting->least && (!setting->most || count <= setting->most)))
        return;
    message_append_range(&expected, setting->least, setting->most);
    buffer_append_format(&flagged, "%ld", count);
    report(team, team->named->items[0].span, buffer_slice(&flagged), buffer_slice(&expected));
    buffer_release(&flagged);
    buffer_release(&expected);
}

/* Part of a team's name within an account's: "annlee97" may be Ann Lee. */
static bool may_be_called(struct slice author, const struct roster_row *roster) {
    struct buffer joined = BUFFER_EMPTY, folded = BUFFER_EMPTY;
    size_t at = 0;
    bool found = false;
    person_append_folded(&folded, author);
    for (struct slice word; (word = folded_next_word(buffer_slice(&folded), &at)).size;)
        buffer_append_slice(&joined, word);
    for (size_t i = 0; i < roster->count; i++) {
        buffer_clear(&folded);
        person_append_folded(&folded, roster->people[i].name);
        at = 0;
        for (struct slice word; (word = folded_next_word(buffer_slice(&folded), &at)).size;)
            found |= word.size > 2 && joined.size &&
                     memmem(joined.data, joined.size, word.data, word.size);
    }
    buffer_release(&folded);
    buffer_release(&joined);
    return found;
}

/* Handles tell nothing; only a whole name that is nobody's on the roster does. */
static bool may_belong_to_team(struct roster_person author, const void *context) {
    const struct roster_row *roster = context;
    return count_words(author.name) < 2 || may_be_on_roster(roster, author) ||
           may_be_called(author.name, roster);
}

static void check_commits(const struct team *team) {
    const struct subject *subject = team->subject;
    if (!team->roster || !roster_has_all_names(team->roster) || team->named->count ||
        !subject->change || subject->change->kind != CHANGE_ADDED || !team->history ||
        !team->history->count || team->history->cut ||
        any_author(team->history, may_belong_to_team, team->roster))
        return;
    report(team, NO_PLACE, team->history->touches[0].author, (struct slice){0});
}

static void look_up(struct team *team) {
    const struct subject *subject = team->subject;
    const struct course_view *course = subject->course;
    if (!course || !course->roster)
        return;
    struct note_lecture at = *subject_lecture(subject);
    team->lecture = at.sure ? at.lecture : NULL;
    team->roster = team->lecture ? roster_find(course->roster, team->lecture) : NULL;
    team->history = course->history ? history_find(course->history, subject->path) : NULL;
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct scribes_parameters *own = rule->parameters;
    struct team team = {.rule = rule, .subject = subject};
    bool is_roster_needed = own->finds != ASPECT_TEAM_SIZE && own->finds != ASPECT_TWICE;
    if (!subject->note || (is_roster_needed && !(subject->course && subject->course->roster)))
        return;
    team.named = subject_people(subject);
    look_up(&team);
    switch ((enum aspect)own->finds) {
    case ASPECT_NOT_ON_ROSTER:
        check_not_on_roster(&team);
        break;
    case ASPECT_LEFT_OUT:
        check_left_out(&team);
        break;
    case ASPECT_TEAM_SIZE:
        check_team_size(&team);
        break;
    case ASPECT_TWICE:
        check_twice(&team);
        break;
    case ASPECT_COMMITS:
        check_commits(&team);
        break;
    }
}

const struct check check_scribes = {.name = "scribes",
                                    .parameters = parameters,
                                    .parameters_size = sizeof(struct scribes_parameters),
                                    .places = places,
                                    .takes_document = true,
                                    .needs_course = true,
                                    .run = run};
