#include "rules/batches.h"

#include "base/memory.h"
#include "document/pdf_reader.h"
#include "finding/compare.h"
#include "rules/check.h"
#include "rules/decks.h"
#include "rules/note_form.h"
#include "rules/note_store.h"
#include "rules/pointer_file.h"
#include "rules/referrers.h"
#include "rules/templates.h"

#include <stdlib.h>
#include <string.h>

const struct note_template *review_template(const struct review *review,
                                            const struct note_kind *kind) {
    return &review->templates[kind - review->config->notes];
}

bool review_is_template(const struct review *review, struct slice path) {
    for (size_t i = 0; i < review->config->note_count; i++)
        if (slice_equal(review->templates[i].path, path))
            return true;
    return false;
}

const struct note_kind *review_note_kind(const struct review *review, struct slice path) {
    return review_is_template(review, path) ? NULL : config_note_kind(review->config, path);
}

struct document_options review_document_options(const struct review *review,
                                                const struct site *site) {
    int math = review->config->math;
    return (struct document_options){math == MATH_DOLLAR ||
                                     (math == MATH_SITE && site->renders_dollar_math)};
}

/* True when the PATH arguments leave `path` in. */
static bool is_selected(const struct review *review, struct slice path) {
    const struct text_list *paths = review->paths;
    if (!paths || !paths->count)
        return true;
    for (size_t i = 0; i < paths->count; i++) {
        struct slice part = paths->items[i];
        if (!part.size || slice_equal(part, path))
            return true;
        if (path.size > part.size && path.data[part.size] == '/' &&
            slice_equal(slice_part(path, 0, part.size), part))
            return true;
    }
    return false;
}

static struct subject make_subject(struct run *run, enum side side, struct slice path,
                                   struct slice base_path, const struct change *change) {
    struct review *review = run->review;
    struct subject subject = {.side = side, .path = path, .base_path = base_path};
    subject.snapshot = side == SIDE_BASE ? review->base : review->head;
    subject.site =
        side == SIDE_BASE && review->site_changes ? &review->base_site : &review->head_site;
    subject.findings = side == SIDE_BASE ? &run->base_findings : &run->verdict->findings;
    subject.config = review->config;
    subject.note = review_note_kind(review, path);
    subject.template_document =
        subject.note ? review_template(review, subject.note)->document : NULL;
    subject.name = note_name_read(path);
    if (review->knows_course)
        subject.course = side == SIDE_BASE ? &review->base_course : &review->head_course;
    subject.change = change;
    subject.review = review;
    subject.verdict = run->verdict;
    subject.file_budget = PATTERN_BUDGET;
    return subject;
}

/* False with a remark for what has no content of its own. */
static bool has_content(struct run *run, struct slice path, enum entry_kind kind) {
    if (kind != ENTRY_FILE && review_note_kind(run->review, path))
        run->verdict->unread++;
    if (kind == ENTRY_SYMLINK)
        run_remark(run, &run->verdict->skipped, path, "a symbolic link");
    else if (kind == ENTRY_SUBMODULE)
        run_remark(run, &run->verdict->skipped, path, "a submodule");
    return kind == ENTRY_FILE;
}

/* With the content of one side unknown nobody can say what is new in it and what is gone. */
static void drop_content_findings(struct run *run, struct finding_list *list, size_t from) {
    size_t kept = from;
    for (size_t i = from; i < list->count; i++)
        if (!rule_set_find(run->review->rules, slice_of(list->items[i]->rule))->needs_document)
            list->items[kept++] = list->items[i];
    list->count = kept;
}

/* A note that is no text must not look clean: nobody has read it. */
static void mention_unread_note(struct run *run, const struct subject *subject) {
    bool is_read = run->review->reads_pdfs && path_is_pdf(subject->path);
    if (subject->note && path_is_binary(subject->path) && !is_read)
        run_remark(run, &run->verdict->skipped, subject->path,
                   is_pointer_file(subject->snapshot, subject->path)
                       ? "a Git LFS pointer: only its name is checked"
                       : "only its name is checked, not what is in it");
}

static bool has_front_matter(const struct content *content) {
    return content->document && content->document->front_matter.state == FRONT_MATTER_PRESENT;
}

/* What was wrong in a front matter is not mended where none can be read any more. */
static void drop_front_matter_findings(struct finding_list *list, size_t from,
                                       const struct document *base) {
    size_t kept = from, last_line = source_line(&base->source, base->front_matter.span.end - 1);
    for (size_t i = from; i < list->count; i++)
        if (!list->items[i]->has_place || list->items[i]->start.line > last_line)
            list->items[kept++] = list->items[i];
    list->count = kept;
}

/* What stands in a file on the two sides; either may be NULL. `of_head` is released. */
static void review_content(struct run *run, struct subject *head, struct subject *base,
                           struct content *of_head) {
    size_t first = run->verdict->findings.count, first_at_base = run->base_findings.count;
    struct content of_base = {0};
    bool readable = !head || run_rules(run, head, false, of_head);
    bool lost = of_head->document && !has_front_matter(of_head);
    content_release(of_head);
    if (base && run->review->brief)
        run->only = run_find_deciding_rules(run, first);
    if (base && !(run->review->brief && run->verdict->findings.count == first))
        readable = run_rules(run, base, false, &of_base) && readable;
    free(run->only);
    run->only = NULL;
    if (lost && has_front_matter(&of_base))
        drop_front_matter_findings(&run->base_findings, first_at_base, of_base.document);
    content_release(&of_base);
    if (!readable) {
        drop_content_findings(run, &run->verdict->findings, first);
        drop_content_findings(run, &run->base_findings, first_at_base);
    }
}

static void review_change(struct run *run, const struct review_item *item) {
    const struct change *change = item->change;
    bool deleted = change->kind == CHANGE_DELETED;
    struct slice base_path = change->old_path.size ? change->old_path : change->path;
    struct subject head = make_subject(run, SIDE_HEAD, change->path, base_path, change);
    struct content content = {0};
    run_rules(run, &head, true, &content);
    if (!has_content(run, change->path, change->entry)) {
        content_release(&content);
        return;
    }
    run->verdict->files++;
    if (!deleted)
        mention_unread_note(run, &head);
    struct subject base = make_subject(run, SIDE_BASE, change->old_path, change->old_path, change);
    bool stood = change->kind != CHANGE_ADDED &&
                 snapshot_find(run->review->base, change->old_path).kind == ENTRY_FILE;
    review_content(run, deleted ? NULL : &head, stood ? &base : NULL, &content);
}

static void review_file(struct run *run, const struct review_item *item) {
    if (!has_content(run, item->path, item->kind))
        return;
    struct subject subject = make_subject(run, SIDE_HEAD, item->path, item->path, NULL);
    struct content content = {0};
    run->verdict->files++;
    mention_unread_note(run, &subject);
    run_rules(run, &subject, false, &content);
    content_release(&content);
}

static bool narrows_out(const struct review *review, const struct change *change) {
    return !is_selected(review, change->path) &&
           !(change->old_path.size && is_selected(review, change->old_path));
}

struct referrer_search {
    struct run *run;
    struct removed_names names;
};

/* A note whose lecture the change moves or numbers anew. */
static bool is_moved_note(const struct review *review, struct slice path) {
    return review->knows_course && !review->base_course.borrows_schedule &&
           course_view_find(&review->head_course, path) &&
           lecture_changes(&review->base_course, &review->head_course, path);
}

/* Both sides of a page (or schedule) that the change does not touch, but may have broken. */
static bool review_referrer(struct slice path, const struct entry *entry, void *context) {
    struct referrer_search *search = context;
    struct run *run = search->run;
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    bool may_refer =
        path_is_markdown(path) ||
        (run->review->knows_course && course_view_has_rows(&run->review->head_course, path));
    if (entry->kind != ENTRY_FILE || !may_refer || !is_selected(run->review, path) ||
        change_set_find(run->review->changes, path) || is_moved_note(run->review, path))
        return true;
    int status = snapshot_read(run->review->head, path, DOCUMENT_MAX_SIZE, &content, &error);
    if (status != OK) {
        run_remark(run, &run->verdict->undecided, path, error_message(&error));
    } else if (removed_names_mentioned(&search->names, buffer_slice(&content))) {
        struct subject head = make_subject(run, SIDE_HEAD, path, path, NULL);
        struct subject base = make_subject(run, SIDE_BASE, path, path, NULL);
        struct content of_head = {0};
        run->verdict->files++;
        review_content(run, &head, &base, &of_head);
    }
    error_release(&error);
    buffer_release(&content);
    return true;
}

static void review_moved_notes(struct run *run) {
    struct review *review = run->review;
    for (size_t i = 0; review->knows_course && i < review->head_course.note_count; i++) {
        struct slice path = review->head_course.notes[i].path;
        if (change_set_find(review->changes, path) || !is_selected(review, path) ||
            !is_moved_note(review, path))
            continue;
        struct subject head = make_subject(run, SIDE_HEAD, path, path, NULL);
        struct subject base = make_subject(run, SIDE_BASE, path, path, NULL);
        struct content of_head = {0};
        run->verdict->files++;
        review_content(run, &head, &base, &of_head);
    }
}

static int review_referrers(struct run *run, struct error *error) {
    struct referrer_search search = {.run = run};
    removed_names_collect(&search.names, run->review->changes);
    int status = search.names.count ? snapshot_walk(run->review->head, slice_of(""),
                                                    review_referrer, &search, error)
                                    : OK;
    free(search.names.items);
    return status;
}

/* Most changes leave the site as it is, and then it is read once. */
static bool changes_site(const struct change_set *changes) {
    static const char *const parts[] = {"_config.yml", "_layouts/", "_includes/"};
    for (size_t i = 0; i < changes->count; i++)
        for (size_t k = 0; k < COUNT_OF(parts); k++)
            if (slice_starts_with(changes->changes[i].path, parts[k]) ||
                slice_starts_with(changes->changes[i].old_path, parts[k]))
                return true;
    return false;
}

static bool asks_for_course(const struct rule_set *rules) {
    for (size_t i = 0; i < rules->count; i++)
        if (rules->rules[i]->check->needs_course && rule_in_force(rules->rules[i]))
            return true;
    return false;
}

/* What a schedule can be written in, and what says how it is read. */
static bool may_be_schedule(const struct review *review, struct slice path) {
    return (path_is_markdown(path) && !review_note_kind(review, path)) ||
           slice_ends_with(path, ".yml") || slice_ends_with(path, ".yaml");
}

/* `*notes`: some change touches a note; `*schedule`: the schedule may be another one. */
static void find_course_changes(const struct review *review, bool *notes, bool *schedule) {
    for (size_t i = 0; i < review->changes->count; i++) {
        const struct change *change = &review->changes->changes[i];
        *notes = *notes || review_note_kind(review, change->path) ||
                 review_note_kind(review, change->old_path) || note_may_be_misplaced(change);
        *schedule = *schedule || may_be_schedule(review, change->path) ||
                    may_be_schedule(review, change->old_path);
    }
}

/* Before any rule runs, so that rules on several threads only read it. */
static void read_course(struct review *review, struct verdict *verdict) {
    bool notes = !review->base, schedule = false;
    if (review->base)
        find_course_changes(review, &notes, &schedule);
    review->knows_course = (notes || schedule) && asks_for_course(review->rules);
    if (!review->knows_course)
        return;
    course_view_read(&review->head_course, review, review->head, &review->head_site, verdict);
    if (review->base)
        course_view_read_other(
            &review->base_course, &review->head_course, !schedule, review, review->base,
            review->site_changes ? &review->base_site : &review->head_site, verdict);
}

static void release_course(struct review *review) {
    if (review->knows_course && review->base)
        course_view_release(&review->base_course);
    if (review->knows_course)
        course_view_release(&review->head_course);
}

struct item_list {
    const struct review *review;
    struct review_item *items;
    size_t count, capacity;
    struct arena paths;
};

static bool add_file(struct slice path, const struct entry *entry, void *context) {
    struct item_list *list = context;
    if (is_selected(list->review, path))
        ARRAY_PUSH(list->items, list->count, list->capacity) =
            (struct review_item){arena_copy(&list->paths, path), entry->kind, NULL};
    return true;
}

static void add_changes(struct item_list *list, const struct change_set *changes) {
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *change = &changes->changes[i];
        if (!narrows_out(list->review, change))
            ARRAY_PUSH(list->items, list->count, list->capacity) =
                (struct review_item){change->path, change->entry, change};
    }
}

/* Every file of the head, or those that the change touches. */
static int review_files(struct run *run, struct error *error) {
    struct review *review = run->review;
    struct item_list list = {.review = review};
    int status = OK;
    if (review->base)
        add_changes(&list, review->changes);
    else
        status = snapshot_walk(review->head, slice_of(""), add_file, &list, error);
    if (status == OK)
        batches_review(run, list.items, list.count, review->base ? review_change : review_file);
    free(list.items);
    arena_release(&list.paths);
    return status;
}

static bool asks_for_check(const struct rule_set *rules, const struct check *check) {
    for (size_t i = 0; i < rules->count; i++)
        if (rules->rules[i]->check == check && rule_in_force(rules->rules[i]))
            return true;
    return false;
}

static bool asks_for_pdfs(const struct rule_set *rules) {
    for (size_t i = 0; i < rules->count; i++)
        if ((rules->rules[i]->classes & FILES_PDF) && rule_in_force(rules->rules[i]))
            return true;
    return false;
}

/* Once for the run, not for each note. */
static void mention_missing_helper(const struct review *review, struct verdict *verdict) {
    if (pdf_store_lacks_helper(review->pdfs))
        verdict_remark(verdict, &verdict->skipped, slice_of(""),
                       slice_of("PDF notes are checked by name only: scribelint-pdf is not "
                                "installed"));
}

static int review_sides(struct review *review, struct verdict *verdict, struct error *error) {
    struct run run = {.review = review, .verdict = verdict};
    int status = review_files(&run, error);
    if (status == OK && review->base)
        status = review_referrers(&run, error);
    if (status == OK && review->base)
        review_moved_notes(&run);
    findings_compare(&verdict->findings, &run.base_findings);
    finding_list_release(&run.base_findings);
    return status;
}

/* Adds what the rules say to `verdict`. */
static int review_as_needed(struct review *review, struct verdict *verdict, struct error *error) {
    const struct verdict begun = {
        .base = verdict->base, .head = verdict->head, .rules = verdict->rules};
    struct verdict said = begun;
    review->brief = review->brief && review->base;
    int status = review_sides(review, &said, error);
    if (status == OK && review->brief &&
        (verdict_summary(&said).introduced || said.undecided.count)) {
        verdict_release(&said);
        said = begun;
        review->brief = false;
        status = review_sides(review, &said, error);
    }
    verdict_absorb(verdict, &said);
    return status;
}

int review_run(struct review *review, struct verdict *verdict, struct error *error) {
    site_read(&review->head_site, review->head);
    review->site_changes = review->base && changes_site(review->changes);
    if (review->site_changes)
        site_read(&review->base_site, review->base);
    int status = templates_find(review, verdict, error);
    if (status == OK && review->changes)
        assets_collect(&review->assets, review);
    if (status == OK && review->changes && asks_for_check(review->rules, &check_image_place))
        unused_images_find(&review->unused_images, review);
    if (status == OK)
        read_course(review, verdict);
    if (status == OK && asks_for_check(review->rules, &check_math))
        math_setup_read(&review->math, review->head, review->config);
    verdict->rules = rule_set_in_force(review->rules);
    review->reads_pdfs = asks_for_pdfs(review->rules);
    review->pdfs = pdf_store_open(review->pdf_answers);
    review->decks = decks_open();
    review->note_store = note_store_open(&review->head_course);
    if (status == OK)
        status = review_as_needed(review, verdict, error);
    mention_missing_helper(review, verdict);
    note_store_close(review->note_store);
    review->note_store = NULL;
    decks_close(review->decks);
    review->decks = NULL;
    pdf_store_close(review->pdfs);
    review->pdfs = NULL;
    assets_release(&review->assets);
    unused_images_release(&review->unused_images);
    math_setup_release(&review->math);
    release_course(review);
    templates_release(review);
    site_release(&review->base_site);
    site_release(&review->head_site);
    return status;
}
