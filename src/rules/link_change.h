/* Whether what a change does to a page is to link the notes that it brings. */
#ifndef RULES_LINK_CHANGE_H
#define RULES_LINK_CHANGE_H

#include "rules/subject.h"

/*
 * True when the change of `subject` modifies a file that holds rows of the schedule, or a page, so
 * that each added line has a note which the change touches, and stands alone or for one that said
 * the same but for a word. In pages without rows only links to renamed notes are written anew.
 */
bool links_notes_only(const struct subject *subject);

#endif
