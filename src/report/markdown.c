/* A page for people, in GitHub Flavored Markdown: the summary of a job, or a comment. */
#include "report/report.h"

#include "base/memory.h"
#include "report/excerpt.h"
#include "report/markdown_text.h"
#include "report/summary.h"

#include <stdlib.h>
#include <string.h>

enum {
    /* Bytes: GitHub shows no summary over 1 MiB, and one entry with its end takes less than this
     * leaves. */
    PAGE_LIMIT = 960 * 1024,
    MESSAGE_LIMIT = 600, /* raw; escaped it is up to 18 times as long */
    PATH_LIMIT = 300,
    MOST_ROWS = 50,
    MOST_PLACES = 25, /* of one rule */
    MOST_REMARKS = 20,
    MOST_OPEN = 20, /* with more findings than this nothing is unfolded */
};

struct page {
    struct buffer *output;
    size_t start; /* of the page in `output` */
    const struct verdict *verdict;
    const struct report_options *options;
    struct finding **findings; /* the introduced ones: severe ones first, then by rule */
    size_t count, blocking;
    size_t left_out; /* for want of room */
};

static bool has_room(const struct page *page, size_t size) {
    return page->output->size - page->start + size < PAGE_LIMIT;
}

static int compare_findings(const void *left, const void *right) {
    const struct finding *a = *(struct finding *const *)left;
    const struct finding *b = *(struct finding *const *)right;
    int order = (int)b->severity - (int)a->severity;
    if (!order)
        order = strcmp(a->rule, b->rule);
    return order ? order : finding_order(a, b);
}

static void page_open(struct page *page) {
    const struct finding_list *list = &page->verdict->findings;
    page->findings = memory_allocate(list->count, sizeof *page->findings);
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i]->state != FINDING_INTRODUCED)
            continue;
        page->findings[page->count++] = list->items[i];
        page->blocking += verdict_blocks(list->items[i], page->options->fail_on);
    }
    if (page->count)
        qsort(page->findings, page->count, sizeof *page->findings, compare_findings);
}

static void write(struct page *page, const char *markup) {
    buffer_append_string(page->output, markup);
}

static void write_code(struct page *page, struct slice text) {
    markdown_append_code(page->output, text, PATH_LIMIT);
}

/* The texts of rules are folded over lines. */
static void write_prose(struct page *page, struct slice text) {
    struct buffer line = BUFFER_EMPTY;
    text = slice_trim(text);
    for (size_t i = 0; i < text.size; i++)
        buffer_append_byte(&line, text.data[i] == '\n' ? ' ' : text.data[i]);
    markdown_append(page->output, buffer_slice(&line));
    buffer_release(&line);
}

/* --- What comes first ------------------------------------------------------------------------- */

static void write_verdict(struct page *page) {
    struct buffer line = BUFFER_EMPTY;
    write(page, "## ");
    if (page->blocking)
        write(page, "❌ scribelint: ");
    else
        write(page, page->verdict->undecided.count ? "⚠️ scribelint: " : "✅ scribelint: ");
    if (page->blocking)
        summary_append_count(page->output, page->blocking, "thing");
    if (page->blocking)
        write(page, " to mend");
    else if (page->verdict->undecided.count)
        write(page, "not everything could be checked");
    else
        write(page, page->count                  ? "nothing that must be mended"
                    : page->verdict->notes.count ? "nothing to mend, but see the remarks"
                                                 : "all is well");
    write(page, "\n\n");
    summary_append(&line, page->verdict, page->options);
    markdown_append(page->output, buffer_slice(&line));
    write(page, "\n\n");
    if (page->blocking && page->verdict->base)
        write(page,
              "Mend it on the same branch and push again: no new pull request is needed.\n\n");
    buffer_release(&line);
}

/* A list with at most `most` remarks; one has no path when it is about the run. */
static void write_remarks(struct page *page, const struct remark_list *list, size_t most) {
    size_t i = 0;
    for (; i < list->count && i < most && has_room(page, 0); i++) {
        const struct remark *remark = &list->items[i];
        write(page, "- ");
        if (remark->path.size)
            write_code(page, remark->path);
        write(page, remark->path.size ? ": " : "");
        markdown_append_cut(page->output, remark->reason, MESSAGE_LIMIT);
        write(page, "\n");
    }
    if (i < list->count)
        buffer_append_format(page->output, "- … and %zu more\n", list->count - i);
    write(page, "\n");
}

static void write_undecided(struct page *page) {
    if (!page->verdict->undecided.count)
        return;
    write(page, "### Could not be checked\n\n");
    write_remarks(page, &page->verdict->undecided, MOST_ROWS);
}

static void write_lecture(struct page *page) {
    if (!page->options->lecture.size || !has_room(page, page->options->lecture.size))
        return;
    write(page, "### The lecture\n\n");
    buffer_append_slice(page->output, page->options->lecture);
    write(page, "\n\n");
}

/* --- By file ---------------------------------------------------------------------------------- */

struct row {
    struct slice path;
    size_t counts[SEVERITY_ERROR + 1];
};

static void write_row(struct page *page, const struct row *row) {
    write(page, "| ");
    write_code(page, row->path);
    write(page, " |");
    for (int severity = SEVERITY_ERROR; severity > SEVERITY_OFF; severity--) {
        if (row->counts[severity])
            buffer_append_format(page->output, " %zu", row->counts[severity]);
        write(page, " |");
    }
    write(page, "\n");
}

/* Those of the verdict are sorted by path. */
static void write_table(struct page *page) {
    const struct finding_list *list = &page->verdict->findings;
    struct row *rows = memory_allocate(page->count, sizeof *rows);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct finding *finding = list->items[i];
        if (finding->state != FINDING_INTRODUCED)
            continue;
        if (!count || !slice_equal(rows[count - 1].path, finding->path))
            rows[count++].path = finding->path;
        rows[count - 1].counts[finding->severity]++;
    }
    if (count)
        write(page, "| File | Errors | Warnings | Notices |\n|---|--:|--:|--:|\n");
    for (size_t i = 0; i < count && i < MOST_ROWS; i++)
        write_row(page, &rows[i]);
    if (count > MOST_ROWS)
        buffer_append_format(page->output, "| … and %zu more files | | | |\n", count - MOST_ROWS);
    write(page, count ? "\n" : "");
    free(rows);
}

/* --- By rule ---------------------------------------------------------------------------------- */

static void write_excerpt(struct page *page, const struct finding *finding) {
    struct buffer line = BUFFER_EMPTY, mark = BUFFER_EMPTY;
    bool quotes = finding->page && !slice_is_blank(finding->excerpt);
    if (quotes || excerpt_render(&line, &mark, finding)) {
        struct slice text = quotes ? finding->excerpt : buffer_slice(&line);
        write(page, "<br>");
        markdown_append_code(page->output, slice_trim(text), MESSAGE_LIMIT);
    }
    buffer_release(&line);
    buffer_release(&mark);
}

/* Findings that differ in their lines only are told as one. */
static bool says_the_same(const struct finding *left, const struct finding *right) {
    return left->has_place && right->has_place && slice_equal(left->path, right->path) &&
           slice_equal(left->message, right->message) && slice_equal(left->fix, right->fix) &&
           slice_equal(slice_trim(left->excerpt), slice_trim(right->excerpt));
}

/* The first `count` findings say the same. `before` is the one above them, or NULL. */
static void write_places(struct page *page, struct finding **items, size_t count,
                         const struct finding *before) {
    const struct finding *finding = items[0];
    write(page, "- ");
    if (finding->has_place)
        buffer_append_format(page->output, "**line%s %zu", count > 1 ? "s" : "",
                             finding->start.line);
    for (size_t i = 1; i < count; i++)
        if (items[i]->start.line != items[i - 1]->start.line)
            buffer_append_format(page->output, ", %zu", items[i]->start.line);
    if (finding->has_place)
        write(page, "** of ");
    else if (finding->page)
        buffer_append_format(page->output, "**page %zu** of ", finding->page);
    write_code(page, finding->path);
    write(page, ": ");
    markdown_append_cut(page->output, finding->message, MESSAGE_LIMIT);
    write_excerpt(page, finding);
    if (finding->fix.size && !(before && slice_equal(before->fix, finding->fix))) {
        write(page, "<br>**Fix:** ");
        markdown_append_cut(page->output, finding->fix, MESSAGE_LIMIT);
    }
    write(page, "\n");
}

static void write_group_heading(struct page *page, const struct finding *first, size_t count) {
    const struct rule *rule =
        page->options->rules ? rule_set_find(page->options->rules, slice_of(first->rule)) : NULL;
    bool open = verdict_blocks(first, page->options->fail_on) && page->count <= MOST_OPEN;
    write(page, open ? "<details open><summary><b>" : "<details><summary><b>");
    write(page, severity_name(first->severity));
    write(page, "</b> ");
    write_code(page, slice_of(first->rule));
    if (rule && rule->summary.size) {
        write(page, " ");
        write_prose(page, rule->summary);
    }
    if (count > 1)
        buffer_append_format(page->output, " (%zu)", count);
    write(page, "</summary>\n\n");
    if (!rule || !rule->why.size)
        return;
    write(page, "**Why:** ");
    write_prose(page, rule->why);
    write(page, "\n\n");
}

static void write_group(struct page *page, struct finding **items, size_t count) {
    size_t i = 0;
    if (!has_room(page, 0)) {
        page->left_out += count;
        return;
    }
    write_group_heading(page, items[0], count);
    for (size_t next; i < count && i < MOST_PLACES && has_room(page, 0); i = next) {
        next = i + 1;
        while (next < count && next < MOST_PLACES && says_the_same(items[i], items[next]))
            next++;
        write_places(page, items + i, next - i, i ? items[i - 1] : NULL);
    }
    if (i < count)
        buffer_append_format(page->output, "- … and %zu more\n", count - i);
    write(page, "\n</details>\n\n");
}

static bool in_one_group(const struct finding *left, const struct finding *right) {
    return left->severity == right->severity && !strcmp(left->rule, right->rule);
}

static void write_groups(struct page *page) {
    for (size_t start = 0, end = 0; start < page->count; start = end) {
        while (end < page->count && in_one_group(page->findings[start], page->findings[end]))
            end++;
        write_group(page, page->findings + start, end - start);
    }
    if (!page->left_out)
        return;
    summary_append_count(page->output, page->left_out, "more finding");
    write(page, " found no room on this page: run <code>scribelint check</code> in your clone\n\n");
}

/* --- What comes last -------------------------------------------------------------------------- */

static void write_patch(struct page *page) {
    struct buffer block = BUFFER_EMPTY;
    if (page->options->patch.size && markdown_append_block(&block, "diff", page->options->patch) &&
        has_room(page, block.size)) {
        write(page, "<details><summary>The patch, for <code>git apply</code></summary>\n\n");
        buffer_append_slice(page->output, buffer_slice(&block));
        write(page, "\n</details>\n\n");
    }
    buffer_release(&block);
}

static void write_mending(struct page *page) {
    size_t count = 0;
    for (size_t i = 0; i < page->count; i++)
        count += page->findings[i]->edits.count > 0;
    if (!count || (!page->options->mend && !page->options->patch.size))
        return;
    write(page, "### What scribelint can mend for you\n\n");
    if (page->options->mend)
        markdown_append_code(page->output, slice_of(page->options->mend), MESSAGE_LIMIT);
    else
        write(page, "In a clone, on the branch: <code>scribelint fix --base origin/HEAD</code>");
    buffer_append_format(page->output, " mends %zu of these.\n\n", count);
    write_patch(page);
}

static void write_thanks(struct page *page) {
    size_t fixed = verdict_summary(page->verdict).fixed, told = 0;
    const struct finding_list *list = &page->verdict->findings;
    if (!fixed || !has_room(page, 0))
        return;
    write(page, "### Fixed, thank you\n\n");
    for (size_t i = 0; i < list->count && told < MOST_REMARKS && has_room(page, 0); i++) {
        const struct finding *finding = list->items[i];
        if (finding->state != FINDING_FIXED)
            continue;
        told++;
        write(page, "- ");
        write_code(page, slice_of(finding->rule));
        write(page, " in ");
        write_code(page, finding->path);
        if (finding->has_place)
            buffer_append_format(page->output, ", line %zu", finding->start.line);
        else if (finding->page)
            buffer_append_format(page->output, ", page %zu", finding->page);
        write(page, "\n");
    }
    if (told < fixed)
        buffer_append_format(page->output, "- … and %zu more\n", fixed - told);
    write(page, "\n");
}

static void write_folded(struct page *page, const char *title, const struct remark_list *list,
                         bool open) {
    if (!list->count || !has_room(page, 0))
        return;
    buffer_append_format(page->output, "<details%s><summary>%s (%zu)</summary>\n\n",
                         open ? " open" : "", title, list->count);
    write_remarks(page, list, MOST_REMARKS);
    write(page, "</details>\n\n");
}

void report_markdown(struct buffer *output, const struct verdict *verdict,
                     const struct report_options *options) {
    struct page page = {
        .output = output, .start = output->size, .verdict = verdict, .options = options};
    page_open(&page);
    write_verdict(&page);
    write_undecided(&page);
    write_lecture(&page);
    write_table(&page);
    write_groups(&page);
    write_mending(&page);
    write_thanks(&page);
    write_folded(&page, "Remarks", &verdict->notes, true); /* as what a change silences */
    write_folded(&page, "Not looked at", &verdict->skipped, false);
    output->size--; /* the empty line behind the last part */
    output->data[output->size] = '\0';
    free(page.findings);
}
