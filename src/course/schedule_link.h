/* How a note is linked from its lecture's row, in the words and signs of the rows around it. */
#ifndef COURSE_SCHEDULE_LINK_H
#define COURSE_SCHEDULE_LINK_H

#include "base/buffer.h"
#include "course/schedule.h"

/* Where the page of a note is, and where to look for those of its neighbours. */
struct note_page {
    const struct site *site;
    const struct snapshot *snapshot;
    struct slice url; /* without the baseurl; empty: it has none, or none that can be told */
};

/*
 * What to write where, so that the row of `lecture` links the note at `note` (a path): `*span` of
 * the bytes to replace in the row's file (empty where something is inserted), and appended to
 * `text` what comes there. A placeholder such as `[Notes](#)` gets its destination; else a link is
 * put behind the row's last one. False when the course's way of linking can't be told, or leads
 * elsewhere than to `page`, which is NULL for a note whose address is not known.
 */
bool schedule_link_note(const struct schedule *schedule, const struct lecture *lecture,
                        struct slice note, const struct note_page *page, struct span *span,
                        struct buffer *text);

/*
 * Appends `destination`, which leads to the file `old` however it is written (rooted, with Liquid,
 * with blanks encoded …), as it must be once the file is called `new`. False, and nothing appended,
 * when neither the path nor, in the same folder, the name of the file stands in it.
 */
bool destination_rename(struct buffer *text, struct slice destination, struct slice old,
                        struct slice new);

#endif
