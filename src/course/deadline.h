/*
 * When a note is due: the lecture's day plus some days, at an hour in the course's time zone, with
 * its daylight saving as the system's time zone database has it.
 */
#ifndef COURSE_DEADLINE_H
#define COURSE_DEADLINE_H

#include "base/error.h"
#include "config/config.h"
#include "course/schedule.h"

struct time_zone;

/*
 * Opens a zone of the system's database by name ("America/Los_Angeles"; "UTC" is always there).
 * Unknown, or no database on this machine: STATUS_NOT_FOUND. Close with time_zone_close(). Sets the
 * environment's TZ for the time of the call, since the C library reads no other: not while other
 * threads run. An open zone needs neither; several may be open, and be used on any thread. It has
 * the changes from 1990 to 2060; earlier and later clocks are as at that end.
 */
int time_zone_open(struct time_zone **zone, const char *name, struct error *error);
void time_zone_close(struct time_zone *zone);

/* Seconds east of UTC at `when` (seconds since 1970). */
long time_zone_offset(const struct time_zone *zone, long long when);

/*
 * The moment at which the clocks of the zone show that day and second of the day. A time that they
 * skip is taken as if they had not; of one that comes twice, the second.
 */
long long time_zone_moment(const struct time_zone *zone, struct day day, long second_of_day);

/*
 * The last second in which a note for `lecture` is on time, by `config` (days, time, extensions).
 * False: no deadline is configured, or the lecture's day or its year is not known.
 */
bool deadline_find(const struct config *config, const struct time_zone *zone,
                   const struct lecture *lecture, long long *moment);

/* The number by which the extension names its lecture; 0: it names its day, or nothing. */
long extension_number(const struct extension *extension);

/* True when the extension is for that lecture: by its number or its day. */
bool extension_is_for(const struct extension *extension, const struct lecture *lecture);

/* Appends "2025-10-17 23:59:59 -0700" as the zone's clocks show it. */
void time_zone_append(struct buffer *buffer, const struct time_zone *zone, long long when);

/* Appends how long a span of seconds is, rounded down: "12 minutes", "3 hours", "2 days". */
void duration_append(struct buffer *buffer, long long seconds);

#endif
