/* Links to a note in pages, wherever they stand: what else has to change when it is renamed. */
#ifndef RULES_PAGE_LINKS_H
#define RULES_PAGE_LINKS_H

#include "rules/subject.h"

/*
 * Gives `finding`, which renames the file of `subject` to `path`, an edit for each link to it in
 * the Markdown pages of its side, but for those where it has an edit already. Pages that link it by
 * an address without the file's name need none. Reads all pages of the tree: for findings only.
 */
void page_links_rename(const struct subject *subject, struct finding *finding, struct slice path);

#endif
