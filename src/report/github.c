/*
 * Workflow commands, which GitHub shows as annotations:
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 * Of each level it shows ten in a step, so the findings of one rule in one file are one annotation.
 */
#include "report/report.h"

#include "base/memory.h"
#include "report/safe.h"
#include "report/summary.h"

#include <stdlib.h>
#include <string.h>

enum {
    LEVEL_LIMIT = 10,

    /* Bytes; a message is cut by GitHub at 4096 characters. */
    MESSAGE_LIMIT = 4096,
    FIRST_LIMIT = 1400,
    FIX_LIMIT = 1200,
    LINES_LIMIT = 800,
    OTHER_LIMIT = 200,
    OTHER_ROOM = OTHER_LIMIT + 100, /* with its line number, and room for the count of the rest */
};

/* Introduced findings of one severity, file and rule, by place. */
struct group {
    struct finding **items;
    size_t count;
};

struct plan {
    struct finding **findings; /* the introduced ones, in the order of the groups */
    size_t finding_count;
    struct group *groups;
    size_t group_count, group_capacity;
};

/* What of a level is written and how much is left out. */
struct level {
    size_t room;
    size_t hidden; /* findings or undecided files */
};

static int compare_findings(const void *left, const void *right) {
    const struct finding *a = *(struct finding *const *)left;
    const struct finding *b = *(struct finding *const *)right;
    int order = (int)b->severity - (int)a->severity;
    if (!order)
        order = slice_compare(a->path, b->path);
    if (!order)
        order = strcmp(a->rule, b->rule);
    return order ? order : finding_order(a, b);
}

static bool in_one_group(const struct finding *left, const struct finding *right) {
    return left->severity == right->severity && slice_equal(left->path, right->path) &&
           !strcmp(left->rule, right->rule);
}

static void plan_make(struct plan *plan, const struct finding_list *list) {
    *plan = (struct plan){.findings = memory_allocate(list->count, sizeof *plan->findings)};
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->state == FINDING_INTRODUCED)
            plan->findings[plan->finding_count++] = list->items[i];
    qsort(plan->findings, plan->finding_count, sizeof *plan->findings, compare_findings);
    for (size_t i = 0; i < plan->finding_count; i++) {
        struct finding **item = plan->findings + i;
        if (!i || !in_one_group(item[-1], item[0]))
            ARRAY_PUSH(plan->groups, plan->group_count, plan->group_capacity) =
                (struct group){.items = item};
        plan->groups[plan->group_count - 1].count++;
    }
}

static void plan_release(struct plan *plan) {
    free(plan->findings);
    free(plan->groups);
}

static size_t count_groups(const struct plan *plan, enum severity severity) {
    size_t count = 0;
    for (size_t i = 0; i < plan->group_count; i++)
        count += plan->groups[i].items[0]->severity == severity;
    return count;
}

/* `text` is safe already. In properties the separators of properties are escaped as well. */
static void append_escaped(struct buffer *output, struct slice text, bool property) {
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        bool escaped = byte == '%' || byte == '\r' || byte == '\n' ||
                       (property && (byte == ':' || byte == ','));
        if (escaped)
            buffer_append_format(output, "%%%02X", (unsigned)byte);
        else
            buffer_append_byte(output, byte);
    }
}

static void append_property(struct buffer *output, const char *name, struct slice value) {
    struct buffer safe = BUFFER_EMPTY;
    safe_append(&safe, value);
    buffer_append_format(output, "%s=", name);
    append_escaped(output, buffer_slice(&safe), true);
    buffer_release(&safe);
}

/* A place that ends where the next line begins ends on its own line; columns need one line. */
static void append_place(struct buffer *output, const struct finding *finding) {
    struct position start = finding->start, end = finding->end;
    bool whole = end.line > start.line && end.column <= 1;
    size_t end_line = end.line > start.line ? end.line - whole : start.line;
    buffer_append_format(output, ",line=%zu,endLine=%zu", start.line, end_line);
    if (end.line > start.line)
        return;
    buffer_append_format(output, ",col=%zu", start.column);
    if (end.column > start.column)
        buffer_append_format(output, ",endColumn=%zu", end.column);
}

static bool same_message(const struct finding *left, const struct finding *right) {
    return slice_equal(left->message, right->message);
}

/* "Also on lines 40, 52, 61.": where the first message holds, too. Returns how many it covers. */
static size_t append_lines(struct buffer *message, const struct group *group) {
    const struct finding *first = group->items[0];
    struct buffer lines = BUFFER_EMPTY;
    size_t covered = 0, count = 0, last = first->has_place ? first->start.line : 0;
    for (size_t i = 1; i < group->count && lines.size < LINES_LIMIT; i++) {
        const struct finding *finding = group->items[i];
        if (!same_message(first, finding))
            continue;
        covered++;
        if (!finding->has_place || finding->start.line == last)
            continue;
        last = finding->start.line;
        buffer_append_format(&lines, "%s%zu", count++ ? ", " : "", last);
    }
    if (count) {
        buffer_append_format(message, "\nAlso on line%s ", count == 1 ? "" : "s");
        buffer_append_slice(message, buffer_slice(&lines));
        buffer_append_byte(message, '.');
    }
    buffer_release(&lines);
    return covered;
}

/* "Line 40: …" for what the rule says in other words elsewhere. Returns how many it covers. */
static size_t append_others(struct buffer *message, const struct group *group) {
    size_t covered = 0;
    for (size_t i = 1; i < group->count && message->size + OTHER_ROOM < MESSAGE_LIMIT; i++) {
        const struct finding *finding = group->items[i];
        if (same_message(group->items[0], finding))
            continue;
        if (finding->has_place)
            buffer_append_format(message, "\nLine %zu: ", finding->start.line);
        else if (finding->page)
            buffer_append_format(message, "\nPage %zu: ", finding->page);
        else
            buffer_append_string(message, "\nAlso: ");
        safe_append_cut(message, finding->message, OTHER_LIMIT);
        covered++;
    }
    return covered;
}

static void append_message(struct buffer *output, const struct group *group) {
    const struct finding *first = group->items[0];
    struct buffer message = BUFFER_EMPTY;
    if (first->page)
        buffer_append_format(&message, "Page %zu: ", first->page);
    safe_append_cut(&message, first->message, FIRST_LIMIT);
    if (first->fix.size) {
        buffer_append_string(&message, "\nFix: ");
        safe_append_cut(&message, first->fix, FIX_LIMIT);
    }
    size_t covered = 1 + append_lines(&message, group);
    covered += append_others(&message, group);
    if (covered < group->count)
        buffer_append_format(&message, "\nAnd %zu more in this file.", group->count - covered);
    append_escaped(output, buffer_slice(&message), false);
    buffer_release(&message);
}

static void write_group(struct buffer *output, const struct group *group) {
    const struct finding *first = group->items[0];
    buffer_append_format(output, "::%s ", severity_name(first->severity));
    append_property(output, "file", first->path);
    if (first->has_place)
        append_place(output, first);
    append_property(output, ",title", slice_of(first->rule));
    buffer_append_string(output, "::");
    append_message(output, group);
    buffer_append_byte(output, '\n');
}

static void write_level(struct buffer *output, const struct plan *plan, enum severity severity,
                        struct level *level) {
    for (size_t i = 0; i < plan->group_count; i++) {
        const struct group *group = &plan->groups[i];
        if (group->items[0]->severity != severity)
            continue;
        if (level->room) {
            write_group(output, group);
            level->room--;
        } else {
            level->hidden += group->count;
        }
    }
}

static void write_undecided(struct buffer *output, const struct remark *remark) {
    struct buffer reason = BUFFER_EMPTY;
    buffer_append_string(output, "::warning ");
    if (remark->path.size) {
        append_property(output, "file", remark->path);
        buffer_append_byte(output, ',');
    }
    buffer_append_string(output, "title=could not be checked::");
    safe_append_cut(&reason, remark->reason, MESSAGE_LIMIT);
    append_escaped(output, buffer_slice(&reason), false);
    buffer_append_byte(output, '\n');
    buffer_release(&reason);
}

/* Returns how many are left out. */
static size_t write_all_undecided(struct buffer *output, const struct remark_list *undecided,
                                  struct level *warnings) {
    size_t i = 0;
    for (; i < undecided->count && warnings->room; i++, warnings->room--)
        write_undecided(output, &undecided->items[i]);
    return undecided->count - i;
}

static void write_rest(struct buffer *output, size_t findings, size_t undecided) {
    buffer_append_string(output, "::notice title=scribelint::");
    if (findings)
        summary_append_count(output, findings, "more finding");
    if (findings && undecided)
        buffer_append_string(output, " and ");
    if (undecided)
        summary_append_count(output, undecided, "more undecided remark");
    buffer_append_format(output,
                         " %s not shown here (GitHub shows at most ten of each kind): run "
                         "scribelint check in your clone to see everything\n",
                         findings + undecided == 1 ? "is" : "are");
}

void report_github(struct buffer *output, const struct verdict *verdict,
                   const struct report_options *options) {
    struct plan plan;
    plan_make(&plan, &verdict->findings);
    struct level errors = {.room = LEVEL_LIMIT}, warnings = errors, notices = errors;
    bool rest = count_groups(&plan, SEVERITY_ERROR) > LEVEL_LIMIT ||
                count_groups(&plan, SEVERITY_WARNING) + verdict->undecided.count > LEVEL_LIMIT ||
                count_groups(&plan, SEVERITY_NOTICE) > LEVEL_LIMIT;
    notices.room -= rest; /* the count of the rest is a notice itself */
    write_level(output, &plan, SEVERITY_ERROR, &errors);
    size_t undecided = write_all_undecided(output, &verdict->undecided, &warnings);
    write_level(output, &plan, SEVERITY_WARNING, &warnings);
    write_level(output, &plan, SEVERITY_NOTICE, &notices);
    if (rest)
        write_rest(output, errors.hidden + warnings.hidden + notices.hidden, undecided);
    summary_append(output, verdict, options);
    buffer_append_byte(output, '\n');
    plan_release(&plan);
}
