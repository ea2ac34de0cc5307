/* What the page for people has beside the findings: the patch, and the rows of the schedule. */
#ifndef COMMANDS_PAGE_H
#define COMMANDS_PAGE_H

#include "commands/mending.h"
#include "commands/settings.h"
#include "report/report.h"

struct page {
    struct mending mending;
    struct buffer patch, lecture; /* empty: none */
};

/*
 * Fills a zeroed `page` for a change that was judged, and the options of its report, which borrow
 * from it. The sides have the mended head afterwards; the one before lives as long as the page.
 * What can't be made is left out: the verdict holds without it. Release with page_release(), before
 * the sides.
 */
void page_read(struct page *page, struct report_options *report, const struct verdict *verdict,
               struct sides *sides, const struct settings *settings, const struct text_list *paths);
void page_release(struct page *page);

#endif
