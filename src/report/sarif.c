/*
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), the part of it that GitHub's code
 * scanning reads: https://docs.github.com/code-security/reference/code-scanning/sarif-support
 */
#include "report/report.h"

#include "base/memory.h"
#include "report/file_text.h"
#include "report/json_value.h"
#include "report/safe.h"
#include "text/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
    RESULT_LIMIT = 25000, /* GitHub refuses a run that has more */
    MESSAGE_LIMIT = 4000, /* bytes of a message, and of a fix */
    REPLACEMENT_LIMIT = 64 * 1024,
};

/* Has the places that the edits of a file come to, and what is told of each finding. */
struct sarif {
    const struct report_options *options;
    struct finding **results; /* in the order of the report */
    size_t count, left_out;
    size_t *ordinals;   /* of those with one fingerprint, which this is, from 1 */
    const char **rules; /* ids of those that have results, sorted */
    size_t rule_count;
    struct file_text text;
};

static const char *level_of(enum severity severity) {
    return severity == SEVERITY_NOTICE ? "note" : severity_name(severity);
}

/* `[text](target)` in a message would be a link, so what can make one is taken apart. */
static void append_message(struct buffer *output, struct slice text) {
    struct buffer visible = BUFFER_EMPTY;
    safe_append_cut(&visible, text, MESSAGE_LIMIT);
    for (size_t i = 0; i < visible.size; i++) {
        if (visible.data[i] == '(' && i && visible.data[i - 1] == ']')
            buffer_append_byte(output, ' ');
        buffer_append_byte(output, visible.data[i]);
    }
    buffer_release(&visible);
}

/* {"text": …}, of what `text` holds, which is released. */
static json_t *make_text(struct buffer *text) {
    json_t *object = json_object();
    json_value_set(object, "text", json_value_text(buffer_slice(text)));
    buffer_release(text);
    return object;
}

/* `page` 0: the file has none, and a region says where. */
static json_t *make_message(size_t page, struct slice text, struct slice fix) {
    struct buffer message = BUFFER_EMPTY;
    if (page)
        buffer_append_format(&message, "Page %zu: ", page);
    append_message(&message, text);
    if (fix.size) {
        buffer_append_string(&message, "\nFix: ");
        append_message(&message, fix);
    }
    return make_text(&message);
}

/* RFC 3986; a colon in the first part of a relative reference would be that of a scheme. */
static json_t *make_artifact(struct slice path) {
    struct buffer uri = BUFFER_EMPTY;
    for (size_t i = 0; i < path.size; i++) {
        unsigned char byte = (unsigned char)path.data[i];
        if (byte < 0x80 && (isalnum(byte) || strchr("-._~/", byte)) && byte)
            buffer_append_byte(&uri, (char)byte);
        else
            buffer_append_format(&uri, "%%%02X", (unsigned)byte);
    }
    json_t *object = json_object();
    json_value_set(object, "uri", json_value_text(buffer_slice(&uri)));
    json_value_set(object, "uriBaseId", json_value_string("%SRCROOT%"));
    buffer_release(&uri);
    return object;
}

static json_t *make_region(struct position start, struct position end) {
    json_t *object = json_object();
    json_value_set(object, "startLine", json_value_count(start.line));
    json_value_set(object, "startColumn", json_value_count(start.column));
    json_value_set(object, "endLine", json_value_count(end.line));
    json_value_set(object, "endColumn", json_value_count(end.column));
    return object;
}

/* Without a region it is the file as a whole. */
static json_t *make_locations(struct slice path, json_t *region) {
    json_t *array = json_array(), *location = json_object(), *physical = json_object();
    json_value_set(physical, "artifactLocation", make_artifact(path));
    if (region)
        json_value_set(physical, "region", region);
    json_value_set(location, "physicalLocation", physical);
    json_value_push(array, location);
    return array;
}

static json_t *make_replacement(const struct source *source, struct span span, struct slice text) {
    json_t *object = json_object(), *content = json_object();
    json_value_set(content, "text", json_value_text(text));
    json_value_set(
        object, "deletedRegion",
        make_region(source_position(source, span.start), source_position(source, span.end)));
    json_value_set(object, "insertedContent", content);
    return object;
}

static json_t *make_fixes(const struct finding *finding, json_t *replacement) {
    json_t *fixes = json_array(), *fix = json_object(), *changes = json_array();
    json_t *change = json_object(), *replacements = json_array();
    json_value_push(replacements, replacement);
    json_value_set(change, "artifactLocation", make_artifact(finding->path));
    json_value_set(change, "replacements", replacements);
    json_value_push(changes, change);
    if (finding->fix.size)
        json_value_set(fix, "description", make_message(0, finding->fix, slice_of("")));
    json_value_set(fix, "artifactChanges", changes);
    json_value_push(fixes, fix);
    return fixes;
}

/* One that holds bytes which are no text can't be written here. */
static void add_fixes(json_t *result, struct sarif *sarif, const struct finding *finding) {
    struct span span;
    struct buffer replacement = BUFFER_EMPTY;
    if (file_text_replacement(&span, &replacement, &sarif->text, finding, REPLACEMENT_LIMIT) &&
        utf8_is_valid(buffer_slice(&replacement)))
        json_value_set(result, "fixes",
                       make_fixes(finding, make_replacement(&sarif->text.source, span,
                                                            buffer_slice(&replacement))));
    buffer_release(&replacement);
}

static int compare_names(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static size_t rule_index(const struct sarif *sarif, const char *rule) {
    const char **found =
        bsearch(&rule, sarif->rules, sarif->rule_count, sizeof rule, compare_names);
    return (size_t)(found - sarif->rules);
}

static json_t *make_fingerprints(const struct finding *finding, size_t ordinal) {
    json_t *object = json_object();
    struct buffer text = BUFFER_EMPTY;
    buffer_append_format(&text, "%s:%zu", finding->fingerprint, ordinal);
    json_value_set(object, "primaryLocationLineHash", json_value_text(buffer_slice(&text)));
    buffer_release(&text);
    return object;
}

static json_t *make_result(struct sarif *sarif, size_t at) {
    const struct finding *finding = sarif->results[at];
    json_t *object = json_object();
    json_t *region = finding->has_place ? make_region(finding->start, finding->end) : NULL;
    bool carried = finding->state == FINDING_CARRIED;
    json_value_set(object, "ruleId", json_value_string(finding->rule));
    json_value_set(object, "ruleIndex", json_value_count(rule_index(sarif, finding->rule)));
    json_value_set(object, "level", json_value_string(level_of(finding->severity)));
    json_value_set(object, "message", make_message(finding->page, finding->message, finding->fix));
    json_value_set(object, "locations", make_locations(finding->path, region));
    json_value_set(object, "partialFingerprints", make_fingerprints(finding, sarif->ordinals[at]));
    if (sarif->options->carried)
        json_value_set(object, "baselineState", json_value_string(carried ? "unchanged" : "new"));
    add_fixes(object, sarif, finding);
    return object;
}

/* The texts of a rule are the course's own, and no message: they may have links. */
static json_t *make_plain(struct slice text) {
    struct buffer visible = BUFFER_EMPTY;
    safe_append(&visible, slice_trim(text));
    return make_text(&visible);
}

static json_t *make_help(const struct rule *rule) {
    struct buffer text = BUFFER_EMPTY;
    safe_append(&text, slice_trim(rule->why));
    buffer_append_format(&text, "%sWith examples: scribelint explain %s", text.size ? "\n\n" : "",
                         rule->id);
    return make_text(&text);
}

static json_t *make_rule(const struct sarif *sarif, const char *id) {
    const struct rule_set *set = sarif->options->rules;
    const struct rule *rule = set ? rule_set_find(set, slice_of(id)) : NULL;
    json_t *object = json_object();
    json_value_set(object, "id", json_value_string(id));
    if (!rule)
        return object;
    json_value_set(object, "shortDescription", make_plain(rule->summary));
    json_value_set(object, "fullDescription",
                   make_plain(rule->why.size ? rule->why : rule->summary));
    json_value_set(object, "help", make_help(rule));
    if (rule->severity != SEVERITY_OFF) {
        json_t *configuration = json_object();
        json_value_set(configuration, "level", json_value_string(level_of(rule->severity)));
        json_value_set(object, "defaultConfiguration", configuration);
    }
    return object;
}

static json_t *make_tool(const struct sarif *sarif) {
    json_t *tool = json_object(), *driver = json_object(), *rules = json_array();
    for (size_t i = 0; i < sarif->rule_count; i++)
        json_value_push(rules, make_rule(sarif, sarif->rules[i]));
    json_value_set(driver, "name", json_value_string("scribelint"));
    if (sarif->options->version)
        json_value_set(driver, "semanticVersion", json_value_string(sarif->options->version));
    json_value_set(driver, "rules", rules);
    json_value_set(tool, "driver", driver);
    return tool;
}

static json_t *make_notification(struct slice path, json_t *message) {
    json_t *object = json_object();
    json_value_set(object, "level", json_value_string("warning"));
    json_value_set(object, "message", message);
    if (path.size)
        json_value_set(object, "locations", make_locations(path, NULL));
    return object;
}

/* What could not be looked at, so that no results are not taken for a clean run. */
static json_t *make_invocations(const struct sarif *sarif, const struct verdict *verdict) {
    json_t *array = json_array(), *object = json_object(), *notifications = json_array();
    struct buffer text = BUFFER_EMPTY;
    for (size_t i = 0; i < verdict->undecided.count; i++) {
        const struct remark *remark = &verdict->undecided.items[i];
        json_t *message = make_message(0, remark->reason, slice_of(""));
        json_value_push(notifications, make_notification(remark->path, message));
    }
    if (sarif->left_out) {
        buffer_append_format(&text, "%zu more results are left out", sarif->left_out);
        json_value_push(notifications, make_notification(slice_of(""), make_text(&text)));
    }
    json_value_set(object, "executionSuccessful", json_boolean(!verdict->undecided.count));
    json_value_set(object, "exitCode",
                   json_value_count(verdict_exit_status(verdict, sarif->options->fail_on)));
    json_value_set(object, "toolExecutionNotifications", notifications);
    json_value_push(array, object);
    return array;
}

static json_t *make_properties(const struct verdict *verdict) {
    json_t *object = json_object();
    json_value_set(object, "verdict", json_value_string(*verdict->id ? verdict->id : NULL));
    json_value_set(object, "base", json_value_string(verdict->base));
    json_value_set(object, "head", json_value_string(verdict->head));
    return object;
}

static json_t *make_bases(void) {
    json_t *bases = json_object(), *root = json_object();
    json_value_set(root, "description", make_plain(slice_of("The top of the repository.")));
    json_value_set(bases, "%SRCROOT%", root);
    return bases;
}

static json_t *make_run(struct sarif *sarif, const struct verdict *verdict) {
    json_t *run = json_object(), *results = json_array();
    for (size_t i = 0; i < sarif->count; i++)
        json_value_push(results, make_result(sarif, i));
    json_value_set(run, "tool", make_tool(sarif));
    json_value_set(run, "invocations", make_invocations(sarif, verdict));
    json_value_set(run, "originalUriBaseIds", make_bases());
    json_value_set(run, "columnKind", json_value_string("unicodeCodePoints"));
    json_value_set(run, "properties", make_properties(verdict));
    json_value_set(run, "results", results);
    return run;
}

static bool is_told(const struct finding *finding, const struct report_options *options) {
    return finding->state == FINDING_INTRODUCED ||
           (finding->state == FINDING_CARRIED && options->carried);
}

/* The most severe ones where there are more than may be. */
static void choose_results(struct sarif *sarif, const struct finding_list *list) {
    size_t room[SEVERITY_ERROR + 1] = {0}, left = RESULT_LIMIT;
    for (size_t i = 0; i < list->count; i++)
        room[list->items[i]->severity] += is_told(list->items[i], sarif->options);
    for (int severity = SEVERITY_ERROR; severity >= SEVERITY_OFF; severity--) {
        size_t wanted = room[severity];
        room[severity] = wanted < left ? wanted : left;
        sarif->left_out += wanted - room[severity];
        left -= room[severity];
    }
    sarif->results = memory_allocate(list->count, sizeof *sarif->results);
    for (size_t i = 0; i < list->count; i++) {
        struct finding *finding = list->items[i];
        if (!is_told(finding, sarif->options) || !room[finding->severity])
            continue;
        room[finding->severity]--;
        sarif->results[sarif->count++] = finding;
    }
}

static void list_rules(struct sarif *sarif) {
    sarif->rules = memory_allocate(sarif->count, sizeof *sarif->rules);
    for (size_t i = 0; i < sarif->count; i++)
        sarif->rules[i] = sarif->results[i]->rule;
    if (sarif->count)
        qsort(sarif->rules, sarif->count, sizeof *sarif->rules, compare_names);
    for (size_t i = 0; i < sarif->count; i++)
        if (!i || strcmp(sarif->rules[i], sarif->rules[i - 1]))
            sarif->rules[sarif->rule_count++] = sarif->rules[i];
}

struct numbered {
    const char *fingerprint;
    size_t at;
};

static int compare_numbered(const void *left, const void *right) {
    const struct numbered *a = left, *b = right;
    int order = strcmp(a->fingerprint, b->fingerprint);
    return order ? order : (a->at > b->at) - (a->at < b->at);
}

/* Of two results with one fingerprint GitHub would show one. */
static void number_results(struct sarif *sarif) {
    struct numbered *items = memory_allocate(sarif->count, sizeof *items);
    sarif->ordinals = memory_allocate(sarif->count, sizeof *sarif->ordinals);
    for (size_t i = 0; i < sarif->count; i++)
        items[i] = (struct numbered){sarif->results[i]->fingerprint, i};
    if (sarif->count)
        qsort(items, sarif->count, sizeof *items, compare_numbered);
    for (size_t i = 0, ordinal = 0; i < sarif->count; i++) {
        bool again = i && !strcmp(items[i].fingerprint, items[i - 1].fingerprint);
        ordinal = again ? ordinal + 1 : 1;
        sarif->ordinals[items[i].at] = ordinal;
    }
    free(items);
}

void report_sarif(struct buffer *output, const struct verdict *verdict,
                  const struct report_options *options) {
    struct sarif sarif = {.options = options, .text = {.files = options->files}};
    json_value_begin();
    choose_results(&sarif, &verdict->findings);
    list_rules(&sarif);
    number_results(&sarif);
    json_t *log = json_object(), *runs = json_array();
    json_value_push(runs, make_run(&sarif, verdict));
    json_value_set(log, "$schema",
                   json_value_string("https://json.schemastore.org/sarif-2.1.0.json"));
    json_value_set(log, "version", json_value_string("2.1.0"));
    json_value_set(log, "runs", runs);
    json_value_print(output, log);
    file_text_release(&sarif.text);
    free(sarif.results);
    free(sarif.ordinals);
    free(sarif.rules);
}
