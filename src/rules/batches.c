#include "rules/batches.h"

#include "base/memory.h"
#include "course/landing.h"
#include "document/pdf_reader.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

/* A thread needs a repository of its own, and that takes as long as some notes. */
enum {
    MOST_THREADS = 8,
    FEWEST_TEXTS = 12,
    TEXTS_OF_PDF = 6,
    USUAL_BATCHES = 64,
    LARGEST_BATCH = 64
};

/* What a PDF weighs beside texts, in bytes: more than any of them. */
static const size_t WEIGHT_OF_PDF = 1024 * 1024;

/* Of libgit2's and our own recursion; elsewhere than on Linux threads have much less. */
static const size_t THREAD_STACK_SIZE = 8 * 1024 * 1024;

struct outcome {
    struct verdict verdict;
    struct finding_list base_findings;
};

/* A place in the order in which batches are taken. */
struct turn {
    size_t batch, weight;
};

struct batches {
    const struct review_item *items;
    size_t item_count, batch_size, batch_count;
    review_function *function;
    struct outcome *outcomes; /* one for each batch */
    struct turn *turns;       /* so are these */
    atomic_size_t next;       /* the turn that nobody has taken yet */
};

struct worker {
    struct batches *batches;
    struct review review;
    struct snapshot *base, *head; /* NULL: those of the review that it was made from */
    struct pages_reading *reading;
    const struct snapshot *read_side;
    pthread_t thread;
};

static void *work(void *context) {
    struct worker *worker = context;
    struct batches *batches = worker->batches;
    for (size_t i; (i = atomic_fetch_add(&batches->next, 1)) < batches->batch_count;) {
        size_t batch = batches->turns[i].batch;
        struct run run = {.review = &worker->review, .verdict = &batches->outcomes[batch].verdict};
        size_t end = (batch + 1) * batches->batch_size;
        for (size_t at = batch * batches->batch_size; at < end && at < batches->item_count; at++)
            batches->function(&run, &batches->items[at]);
        batches->outcomes[batch].base_findings = run.base_findings;
    }
    return NULL;
}

static size_t count_processors(void) {
#ifdef __linux__
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        return (size_t)CPU_COUNT(&set);
#endif
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? (size_t)count : 1;
}

/* The hook of a few files must not wait for threads to start. */
static size_t count_threads(const struct batches *batches, bool reads_pdfs) {
    size_t texts = 0;
    for (size_t i = 0; i < batches->item_count && texts < FEWEST_TEXTS; i++) {
        texts += path_is_markdown(batches->items[i].path);
        if (reads_pdfs && path_is_pdf(batches->items[i].path))
            texts += TEXTS_OF_PDF;
    }
    if (texts < FEWEST_TEXTS)
        return 1;
    size_t count = count_processors();
    count = count < MOST_THREADS ? count : MOST_THREADS;
    return count < batches->batch_count ? count : batches->batch_count;
}

/* False when the sides can't be opened again. */
static bool open_worker(struct worker *worker, struct batches *batches,
                        const struct review *review) {
    *worker = (struct worker){.batches = batches, .review = *review};
    worker->head = snapshot_reopen(review->head);
    worker->base = review->base && worker->head ? snapshot_reopen(review->base) : NULL;
    worker->review.head = worker->head;
    worker->review.base = worker->base;
    return worker->head && !worker->base == !review->base;
}

static void close_worker(struct worker *worker) {
    snapshot_close(worker->base);
    snapshot_close(worker->head);
}

/* Calls `function` with each worker, on as many threads as can be started. */
static void run_together(struct worker *workers, size_t count, void *(*function)(void *)) {
    size_t started = 1;
    pthread_attr_t attributes;
    if (count > 1 && pthread_attr_init(&attributes) == 0) {
        pthread_attr_setstacksize(&attributes, THREAD_STACK_SIZE);
        while (started < count && pthread_create(&workers[started].thread, &attributes, function,
                                                 &workers[started]) == 0)
            started++;
        pthread_attr_destroy(&attributes);
    }
    function(&workers[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(workers[i].thread, NULL);
}

static void *read_part(void *context) {
    struct worker *worker = context;
    site_read_part(worker->reading, worker->read_side);
    return NULL;
}

static void read_pages(struct worker *workers, size_t count, const struct site *site,
                       enum side side) {
    const struct review *review = &workers[0].review;
    struct pages_reading *reading =
        site_begin_reading(site, side == SIDE_BASE ? review->base : review->head);
    if (!reading)
        return;
    for (size_t i = 0; i < count; i++) {
        review = &workers[i].review;
        workers[i].read_side = side == SIDE_BASE ? review->base : review->head;
        workers[i].reading = reading;
    }
    run_together(workers, count, read_part);
    site_end_reading(site, reading);
}

/* From here on the threads only read the sites. */
static void prepare_sites(struct worker *workers, size_t count, const struct review *review) {
    read_pages(workers, count, &review->head_site, SIDE_HEAD);
    if (review->base)
        read_pages(workers, count, review->site_changes ? &review->base_site : &review->head_site,
                   SIDE_BASE);
}

/* In bytes, as far as they are known: those of the pages are, once the sites are prepared. */
static size_t weigh(const struct review *review, struct slice path) {
    if (review->reads_pdfs && path_is_pdf(path))
        return WEIGHT_OF_PDF;
    const struct page_source *source = site_find_source(&review->head_site, review->head, path);
    return source ? source->text.size : 0;
}

static int heaviest_first(const void *left, const void *right) {
    const struct turn *a = left, *b = right;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return (a->batch > b->batch) - (a->batch < b->batch);
}

/* A long note that is begun last would keep all other threads waiting. */
static void put_in_order(struct batches *batches, const struct review *review) {
    for (size_t i = 0; i < batches->item_count; i++)
        batches->turns[i / batches->batch_size].weight += weigh(review, batches->items[i].path);
    qsort(batches->turns, batches->batch_count, sizeof *batches->turns, heaviest_first);
}

/* The repositories are opened before the first thread starts, and closed after the last ends. */
static void run_workers(struct batches *batches, const struct review *review, size_t count) {
    struct worker *workers = memory_allocate(count, sizeof *workers);
    size_t opened = 1;
    workers[0] = (struct worker){.batches = batches, .review = *review};
    while (opened < count && open_worker(&workers[opened], batches, review))
        opened++;
    if (opened < count)
        close_worker(&workers[opened]);
    if (opened > 1) {
        prepare_sites(workers, opened, review);
        put_in_order(batches, review);
    }
    run_together(workers, opened, work);
    for (size_t i = 1; i < opened; i++)
        close_worker(&workers[i]);
    free(workers);
}

/* The same whatever the number of threads. */
static size_t size_of_batches(size_t count) {
    size_t size = count / USUAL_BATCHES + 1;
    return size < LARGEST_BATCH ? size : LARGEST_BATCH;
}

/* What a check may ask the verdict for. */
static void start_verdict(struct verdict *verdict, const struct verdict *whole) {
    verdict->base = whole->base;
    verdict->head = whole->head;
    verdict->rules = whole->rules;
}

void batches_review(struct run *run, const struct review_item *items, size_t count,
                    review_function *function) {
    struct batches batches = {.items = items, .item_count = count, .function = function};
    batches.batch_size = size_of_batches(count);
    batches.batch_count = (count + batches.batch_size - 1) / batches.batch_size;
    batches.outcomes = memory_allocate(batches.batch_count, sizeof *batches.outcomes);
    batches.turns = memory_allocate(batches.batch_count, sizeof *batches.turns);
    atomic_init(&batches.next, 0);
    for (size_t i = 0; i < batches.batch_count; i++) {
        start_verdict(&batches.outcomes[i].verdict, run->verdict);
        batches.turns[i].batch = i;
    }
    run_workers(&batches, run->review, count_threads(&batches, run->review->reads_pdfs));
    for (size_t i = 0; i < batches.batch_count; i++) {
        verdict_absorb(run->verdict, &batches.outcomes[i].verdict);
        finding_list_absorb(&run->base_findings, &batches.outcomes[i].base_findings);
    }
    free(batches.turns);
    free(batches.outcomes);
}
