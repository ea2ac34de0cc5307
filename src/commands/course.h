/* Where the course is: its remote and branch, by the configuration. */
#ifndef COMMANDS_COURSE_H
#define COMMANDS_COURSE_H

#include "git/snapshot.h"
#include "git/upstream.h"

/*
 * upstream_find() with the `course.repository` that the configuration at HEAD names. One that is
 * not there or is wrong names none. Release with upstream_release().
 */
void course_find(struct upstream *upstream, struct repository *repository, bool local);

/*
 * The commit where HEAD left the course's branch: what the course says there about its notes counts
 * for what is not committed yet. NULL where that is not known. Release with snapshot_close().
 */
struct snapshot *course_open_base(struct repository *repository);

#endif
