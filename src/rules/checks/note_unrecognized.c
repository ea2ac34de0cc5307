/* A file beside the notes that is evidently meant as one, while its name is no note's. */
#include "base/memory.h"
#include "course/lecture_claim.h"
#include "course/name_forms.h"
#include "git/content_id.h"
#include "rules/check.h"
#include "rules/note_form.h"
#include "rules/review.h"
#include "text/shingles.h"

#include <ctype.h>
#include <string.h>

enum { FEWEST_SHINGLES = 40, COPY_PER_MILLE = 300, MOST_STRANGERS = 16 };

static const char *const places[] = {"why", "example", "remedy", NULL};

/* What the folder of the file held before. */
struct company {
    const struct subject *subject; /* its path is the added file's */
    const struct note_kind *kind;  /* of the notes there; NULL: there are none */
    struct slice names[NAME_FORM_SAMPLE];
    size_t count;
    struct slice strangers[MOST_STRANGERS]; /* what is no note either; paths */
    size_t stranger_count;
    struct buffer form;     /* of the notes' names; empty: they have none */
    struct document *model; /* a note, where there is no template; NULL: none read */
    struct arena arena;
};

static struct slice ending_of(struct slice name) {
    const char *dot = memrchr(name.data, '.', name.size);
    return dot ? slice_part(name, (size_t)(dot - name.data), name.size) : slice_of("");
}

/* What word processors write, and what an editor hangs behind the ending. */
static bool is_other_writing(struct slice path) {
    static const char *const endings[] = {".docx", ".doc", ".odt", ".rtf", ".txt", ".pages"};
    for (size_t i = 0; i < COUNT_OF(endings); i++)
        if (slice_equal_ignoring_case(ending_of(path), slice_of(endings[i])))
            return true;
    return false;
}

static bool is_markdown(struct slice path) {
    struct slice ending = ending_of(path);
    return path_is_markdown(path) || slice_equal_ignoring_case(ending, slice_of(".md")) ||
           slice_equal_ignoring_case(ending, slice_of(".markdown"));
}

static bool meet(struct slice path, const struct entry *entry, void *context) {
    struct company *company = context;
    const struct subject *subject = company->subject;
    if (entry->kind != ENTRY_FILE ||
        !slice_equal(slice_folder(path), slice_folder(subject->path)) ||
        review_is_template(subject->review, path))
        return true;
    const struct note_kind *kind = review_note_kind(subject->review, path);
    struct slice name = slice_file_name(path);
    if (!kind && company->stranger_count < MOST_STRANGERS)
        company->strangers[company->stranger_count++] = arena_copy(&company->arena, path);
    if (!kind || !is_markdown(path) || (company->kind && company->kind != kind))
        return true;
    company->kind = kind;
    if (company->count == NAME_FORM_SAMPLE)
        memmove(company->names, company->names + 1, --company->count * sizeof *company->names);
    company->names[company->count++] = arena_copy(&company->arena, name);
    return true;
}

/* Its bytes are kept in the arena. */
static struct document *read_document(struct company *company, const struct snapshot *snapshot,
                                      struct slice path) {
    const struct subject *subject = company->subject;
    struct document_options options = review_document_options(subject->review, subject->site);
    struct buffer content = BUFFER_EMPTY;
    struct error ignored = ERROR_NONE;
    struct document *document = NULL;
    if (snapshot_read(snapshot, path, DOCUMENT_MAX_SIZE, &content, &ignored) == OK)
        document = document_read(path_is_markdown(path) ? path : slice_of("note.md"),
                                 arena_copy(&company->arena, buffer_slice(&content)), &options);
    buffer_release(&content);
    error_release(&ignored);
    return document;
}

static const struct document *model_of(const struct company *company) {
    const struct document *document =
        review_template(company->subject->review, company->kind)->document;
    return document ? document : company->model;
}

static void find_company(struct company *company) {
    const struct review *review = company->subject->review;
    struct error ignored = ERROR_NONE;
    struct slice folder = slice_folder(company->subject->path);
    if (folder.size)
        snapshot_walk(review->base, folder, meet, company, &ignored);
    error_release(&ignored);
    if (!company->kind)
        return;
    if (company->kind->name_form.size)
        buffer_append_slice(&company->form, company->kind->name_form);
    else if (!name_form_of_most(&company->form, company->names, company->count) &&
             company->count == 1)
        name_form_infer(&company->form, company->names[0], true);
    if (!model_of(company)) {
        struct slice last = company->names[company->count - 1];
        struct slice path = slice_of(arena_format(&company->arena, "%.*s/%.*s",
                                                  SLICE_ARGUMENTS(folder), SLICE_ARGUMENTS(last)));
        company->model = read_document(company, review->base, path);
    }
}

/* --- What tells that it is meant as a note -----------------------------------------------------
 */

/* With small letters and the ending of the others it has the form of their names. */
static bool has_name(const struct company *company) {
    struct slice own = slice_file_name(company->subject->path);
    struct buffer name = BUFFER_EMPTY;
    struct name_values values;
    size_t stem = own.size - ending_of(own).size;
    if (is_other_writing(own)) {
        struct slice inner = slice_part(own, 0, stem);
        stem -= is_markdown(inner) ? ending_of(inner).size : 0;
    }
    for (size_t i = 0; i < stem; i++)
        buffer_append_byte(&name, (char)tolower((unsigned char)own.data[i]));
    buffer_append_slice(&name, ending_of(company->names[company->count - 1]));
    bool found = company->form.size &&
                 name_form_read(buffer_slice(&company->form), buffer_slice(&name), &values) &&
                 (values.number || values.month);
    buffer_release(&name);
    return found;
}

/* Any page may have these. */
static bool is_common(struct slice key) {
    static const char *const keys[] = {
        "layout", "title", "subtitle",    "description", "date",      "author",      "tags",
        "tag",    "image", "category",    "categories",  "permalink", "published",   "comments",
        "lang",   "toc",   "description", "summary",     "excerpt",   "bibliography"};
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        if (slice_equal_ignoring_case(key, slice_of(keys[i])))
            return true;
    return false;
}

static bool has_same_layout(const struct yaml_node *own, const struct yaml_node *model) {
    const struct yaml_node *layout = yaml_find(model, "layout"), *other = yaml_find(own, "layout");
    return !layout || (other && slice_equal(layout->text, other->text));
}

/* The keys that only the notes have, such as lecturers and scribes. */
static bool has_keys(const struct company *company, const struct document *document) {
    const struct document *model = model_of(company);
    size_t own = 0, all = 0;
    if (!document || !model || document->front_matter.state != FRONT_MATTER_PRESENT ||
        model->front_matter.state != FRONT_MATTER_PRESENT || !model->front_matter.root ||
        !document->front_matter.root ||
        !has_same_layout(document->front_matter.root, model->front_matter.root))
        return false;
    for (size_t i = 0; i < model->front_matter.root->pair_count; i++) {
        struct slice key = model->front_matter.root->pairs[i].key->text;
        bool counts = key.size && !is_common(key);
        all += counts;
        own += counts && yaml_find(document->front_matter.root, key.data);
    }
    return own >= 2 || (own && own == all && claim_of_title(document).number);
}

static void read_shingles(struct shingles *shingles, const struct document *document) {
    for (size_t i = 0; i < document->prose_count; i++)
        shingles_add(shingles, document_text(document, document->prose[i]));
    shingles_finish(shingles);
}

static bool has_template_text(const struct company *company, const struct document *document) {
    const struct document *model =
        review_template(company->subject->review, company->kind)->document;
    struct shingles own = {0}, other = {0};
    if (!document || !model)
        return false;
    read_shingles(&own, document);
    read_shingles(&other, model);
    bool found = other.count >= FEWEST_SHINGLES && shingles_share(&own, &other) >= COPY_PER_MILLE;
    shingles_release(&own);
    shingles_release(&other);
    return found;
}

static const char *find_reason(const struct company *company, const struct document *document) {
    if (has_name(company))
        return is_other_writing(company->subject->path)
                   ? "it has the name of a note with another ending"
                   : "its name is nearly that of a note";
    if (has_keys(company, document))
        return "it has the front matter of a note";
    if (has_template_text(company, document))
        return "it has the text of the template for notes";
    return NULL;
}

/* Files of that kind were there before, so this is one of them. */
static bool is_kept_there(struct company *company) {
    struct slice ending = ending_of(company->subject->path);
    bool found = false;
    for (size_t i = 0; !found && i < company->stranger_count; i++) {
        struct slice path = company->strangers[i];
        if (is_other_writing(company->subject->path)) {
            found = slice_equal_ignoring_case(ending_of(path), ending);
        } else if (is_markdown(path)) {
            struct document *document =
                read_document(company, company->subject->review->base, path);
            found = has_keys(company, document) || has_template_text(company, document);
            document_free(document);
        }
    }
    return found;
}

/* --- What it should be called ------------------------------------------------------------------
 */

static void add_claim(struct name_values *values, const struct lecture_claim *claim) {
    values->number = values->number ? values->number : claim->number;
    if (!values->month ||
        (!values->year && values->month == claim->day.month && values->day == claim->day.day)) {
        values->year = claim->day.year;
        values->month = claim->day.month;
        values->day = claim->day.day;
    }
}

static struct name_values find_values(const struct company *company,
                                      const struct document *document) {
    const struct subject *subject = company->subject;
    struct name_values values = {0};
    struct lecture_claim claims[] = {claim_of_name(subject->path), {.number = 0}, {.number = 0}};
    if (document) {
        claims[1] = claim_of_front_matter(document);
        claims[2] = claim_of_title(document);
    }
    if (subject->course) {
        struct note_lecture at =
            note_lecture_find(subject->course->schedule, subject->path, document);
        if (at.sure && at.lecture)
            values = note_name_values(&at);
    }
    for (size_t i = 0; i < COUNT_OF(claims); i++)
        add_claim(&values, &claims[i]);
    return values;
}

static void append_remedy(struct buffer *remedy, const struct company *company,
                          const struct document *document) {
    struct buffer name = BUFFER_EMPTY, path = BUFFER_EMPTY;
    struct slice own = company->subject->path, form = buffer_slice(&company->form);
    struct name_values values = find_values(company, document);
    struct slice example = company->names[company->count - 1];
    bool text = is_markdown(own) || slice_equal_ignoring_case(ending_of(own), slice_of(".txt"));
    if (!form.size || !name_form_write(&name, form, &values))
        buffer_append_format(remedy, "%s named like %.*s, with its day and number",
                             text ? "if it is a note, have it" : "write a note as Markdown,",
                             SLICE_ARGUMENTS(example));
    else if (!note_rename_path(&path, company->subject->review->head, own, buffer_slice(&name)))
        buffer_append_format(remedy, "if it is a note, put it into %s, which is there already",
                             buffer_string(&path));
    else
        buffer_append_format(remedy, "%s %s",
                             text ? "if it is a note, rename it (git mv) to"
                                  : "write a note as Markdown, in",
                             buffer_string(&path));
    buffer_release(&name);
    buffer_release(&path);
}

static void look(const struct rule *rule, struct company *company) {
    const struct subject *subject = company->subject;
    struct document *document = is_other_writing(subject->path)
                                    ? NULL
                                    : read_document(company, subject->review->head, subject->path);
    const char *why = find_reason(company, document);
    if (why && !is_kept_there(company)) {
        struct buffer remedy = BUFFER_EMPTY;
        append_remedy(&remedy, company, document);
        struct place named[] = {{"why", slice_of(why)},
                                {"example", company->names[company->count - 1]},
                                {"remedy", buffer_slice(&remedy)}};
        subject_report(subject, rule, NO_PLACE, subject->path, named, 3);
        buffer_release(&remedy);
    }
    document_free(document);
}

/* A post without a date is another rule's. */
static bool is_undated_post(struct slice path) {
    return is_markdown(path) && slice_equal_string(slice_file_name(slice_folder(path)), "_posts") &&
           !note_name_read(path).has_date;
}

static bool is_candidate(const struct subject *subject) {
    const struct change *change = subject->change;
    return (change->kind == CHANGE_ADDED || change->kind == CHANGE_RENAMED) &&
           subject->review->base && (is_markdown(change->path) || is_other_writing(change->path)) &&
           !review_note_kind(subject->review, change->path) &&
           !review_is_template(subject->review, change->path) && !is_undated_post(change->path) &&
           !content_is_empty(change->head_id) &&
           snapshot_find(subject->review->head, change->path).kind == ENTRY_FILE;
}

static void run(const struct rule *rule, struct subject *subject) {
    if (!is_candidate(subject))
        return;
    struct subject about = *subject;
    about.path = subject->change->path;
    struct company company = {.subject = &about, .form = BUFFER_EMPTY, .arena = ARENA_EMPTY};
    find_company(&company);
    if (company.kind && !(company.kind->template_pattern &&
                          pattern_matches(company.kind->template_pattern, about.path)))
        look(rule, &company);
    document_free(company.model);
    buffer_release(&company.form);
    arena_release(&company.arena);
}

const struct check check_note_unrecognized = {.name = "note-unrecognized",
                                              .places = places,
                                              .about_changes = true,
                                              .needs_course = true,
                                              .run = run};
