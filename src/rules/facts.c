#include "rules/facts.h"

#include "base/memory.h"
#include "course/math_setup.h"
#include "course/plugins.h"
#include "document/pdf_reader.h"
#include "document/pointer.h"
#include "rules/course_view.h"
#include "rules/review.h"

#include <stdlib.h>

void facts_release(struct facts *facts) {
    note_people_release(&facts->people);
    formulas_release(&facts->formulas);
    free(facts->macros.names);
    free(facts->blocks.items);
    free(facts->tags.items);
    arena_release(&facts->arena);
    *facts = (struct facts){0};
}

const struct landing *subject_landing(const struct subject *subject) {
    struct facts *facts = subject->facts;
    if (!facts->knows_landing)
        facts->landing =
            site_land(subject->site, subject->snapshot, subject->document, &facts->arena);
    facts->knows_landing = true;
    return &facts->landing;
}

const struct publication *subject_publication(const struct subject *subject) {
    struct facts *facts = subject->facts;
    if (!facts->knows_publication)
        facts->publication = publication_of(subject->site, subject->path);
    facts->knows_publication = true;
    return &facts->publication;
}

static bool runs_liquid(const struct subject *subject) {
    const struct yaml_node *head = subject->document->front_matter.root;
    struct slice bytes = subject->document->source.bytes;
    if (slice_find(bytes, "{%", 0) == SLICE_NOT_FOUND &&
        slice_find(bytes, "{{", 0) == SLICE_NOT_FOUND)
        return false;
    const struct publication *publication = subject_publication(subject);
    return publication->kind != PUBLICATION_NONE &&
           !plugins_says_no(yaml_find(head, "published")) &&
           !plugins_says_no(publication_value(subject->site, subject->path, publication, head,
                                              "render_with_liquid"));
}

bool subject_runs_liquid(const struct subject *subject) {
    struct facts *facts = subject->facts;
    if (!facts->knows_liquid)
        facts->runs_liquid = runs_liquid(subject);
    facts->knows_liquid = true;
    return facts->runs_liquid;
}

static struct arrival *follow_all(const struct subject *subject, const struct link *links,
                                  size_t count) {
    struct facts *facts = subject->facts;
    const struct landing *landing = subject_landing(subject);
    struct arrival *arrivals = arena_allocate(&facts->arena, count, sizeof(*arrivals));
    for (size_t i = 0; i < count; i++)
        arrivals[i] = site_follow(subject->site, subject->snapshot, subject->document, landing,
                                  &links[i], &facts->arena);
    return arrivals;
}

const struct arrival *subject_arrival(const struct subject *subject, const struct link *link) {
    const struct document *document = subject->document;
    struct facts *facts = subject->facts;
    bool is_image = document->image_count && link >= document->images &&
                    link < document->images + document->image_count;
    if (is_image) {
        if (!facts->images)
            facts->images = follow_all(subject, document->images, document->image_count);
        return &facts->images[link - document->images];
    }
    if (!facts->links)
        facts->links = follow_all(subject, document->links, document->link_count);
    return &facts->links[link - document->links];
}

const struct note_lecture *subject_lecture(const struct subject *subject) {
    struct facts *facts = subject->facts;
    if (!facts->knows_lecture)
        facts->lecture = note_lecture_find(subject->course->schedule, subject->path,
                                           path_is_pdf(subject->path) ? NULL : subject->document);
    facts->knows_lecture = true;
    return &facts->lecture;
}

const struct note_people *subject_people(const struct subject *subject) {
    struct facts *facts = subject->facts;
    if (!facts->knows_people)
        note_people_read(&facts->people, subject->document);
    facts->knows_people = true;
    return &facts->people;
}

static void read_picture(const struct subject *subject) {
    struct facts *facts = subject->facts;
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    int status = snapshot_read(subject->snapshot, subject->path, PICTURE_LARGEST, &content, &error);
    struct slice bytes = buffer_slice(&content);
    facts->has_picture = status == OK && bytes.size && !is_lfs_pointer(bytes);
    if (facts->has_picture)
        facts->picture = picture_read(bytes);
    if (facts->has_picture || status == STATUS_TOO_LARGE)
        facts->picture_size = status == OK ? bytes.size : PICTURE_LARGEST + 1;
    buffer_release(&content);
    error_release(&error);
}

const struct picture *subject_picture(const struct subject *subject, size_t *size) {
    struct facts *facts = subject->facts;
    if (!facts->knows_picture)
        read_picture(subject);
    facts->knows_picture = true;
    *size = facts->picture_size;
    return facts->has_picture ? &facts->picture : NULL;
}

static void read_formulas(const struct subject *subject) {
    struct facts *facts = subject->facts;
    const struct tex_macros *site = &subject->review->math.macros;
    formulas_read(&facts->formulas, subject->document);
    for (size_t i = 0; i < site->count; i++)
        ARRAY_PUSH(facts->macros.names, facts->macros.count, facts->macros.capacity) =
            site->names[i];
    tex_macros_add_defined(&facts->macros, subject->document->source.bytes);
}

const struct formula_list *subject_formulas(const struct subject *subject) {
    if (!subject->facts->knows_formulas)
        read_formulas(subject);
    subject->facts->knows_formulas = true;
    return &subject->facts->formulas;
}

const struct text_block_list *subject_text_blocks(const struct subject *subject) {
    struct facts *facts = subject->facts;
    if (!facts->knows_blocks)
        text_blocks_read(&facts->blocks, subject->document);
    facts->knows_blocks = true;
    return &facts->blocks;
}

const struct tag_list *subject_tags(const struct subject *subject) {
    struct facts *facts = subject->facts;
    if (!facts->knows_tags)
        tags_collect(&facts->tags, subject->document);
    facts->knows_tags = true;
    return &facts->tags;
}

const struct tex_macros *subject_macros(const struct subject *subject) {
    subject_formulas(subject);
    return &subject->facts->macros;
}

const struct tex_verdict *subject_verdict(const struct subject *subject,
                                          const struct formula *formula) {
    struct facts *facts = subject->facts;
    const struct formula_list *list = subject_formulas(subject);
    if (!facts->verdicts) {
        facts->verdicts = arena_allocate(&facts->arena, list->count, sizeof *facts->verdicts);
        for (size_t i = 0; i < list->count; i++)
            if (!list->items[i].has_liquid)
                tex_check(&facts->verdicts[i], list->items[i].tex, &facts->macros);
    }
    return &facts->verdicts[formula - list->items];
}
