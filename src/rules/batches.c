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
    SMALLEST_BATCH = 4,
    TEXTS_OF_PDF = 6,
    LARGEST_BATCH = 64
};

/* Of libgit2's and our own recursion; elsewhere than on Linux threads have much less. */
static const size_t THREAD_STACK_SIZE = 8 * 1024 * 1024;

struct outcome {
    struct verdict verdict;
    struct finding_list base_findings;
};

struct batches {
    const struct review_item *items;
    size_t item_count, batch_size, batch_count;
    review_function *function;
    struct outcome *outcomes; /* one for each batch */
    atomic_size_t next;       /* the batch that nobody has taken yet */
};

struct worker {
    struct batches *batches;
    struct review review;
    struct snapshot *base, *head; /* NULL: those of the review that it was made from */
    pthread_t thread;
};

static void *work(void *context) {
    struct worker *worker = context;
    struct batches *batches = worker->batches;
    for (size_t i; (i = atomic_fetch_add(&batches->next, 1)) < batches->batch_count;) {
        struct run run = {.review = &worker->review, .verdict = &batches->outcomes[i].verdict};
        size_t end = (i + 1) * batches->batch_size;
        for (size_t at = i * batches->batch_size; at < end && at < batches->item_count; at++)
            batches->function(&run, &batches->items[at]);
        batches->outcomes[i].base_findings = run.base_findings;
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

/* From here on the threads only read them. */
static void prepare_sites(const struct review *review) {
    const struct site *base = review->site_changes ? &review->base_site : &review->head_site;
    site_prepare(&review->head_site, review->head);
    if (review->base)
        site_prepare(base, review->base);
}

/* The repositories are opened before the first thread starts, and closed after the last ends. */
static void run_workers(struct batches *batches, const struct review *review, size_t count) {
    struct worker *workers = memory_allocate(count, sizeof *workers);
    size_t opened = 1, started = 1;
    pthread_attr_t attributes;
    workers[0] = (struct worker){.batches = batches, .review = *review};
    while (opened < count && open_worker(&workers[opened], batches, review))
        opened++;
    if (opened < count)
        close_worker(&workers[opened]);
    bool ready = opened > 1 && pthread_attr_init(&attributes) == 0;
    if (ready)
        prepare_sites(review);
    if (ready)
        pthread_attr_setstacksize(&attributes, THREAD_STACK_SIZE);
    while (ready && started < opened &&
           pthread_create(&workers[started].thread, &attributes, work, &workers[started]) == 0)
        started++;
    if (ready)
        pthread_attr_destroy(&attributes);
    work(&workers[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    for (size_t i = 1; i < opened; i++)
        close_worker(&workers[i]);
    free(workers);
}

/* The same whatever the number of threads. */
static size_t size_of_batches(size_t count) {
    size_t size = count / 32;
    if (size < SMALLEST_BATCH)
        return SMALLEST_BATCH;
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
    atomic_init(&batches.next, 0);
    for (size_t i = 0; i < batches.batch_count; i++)
        start_verdict(&batches.outcomes[i].verdict, run->verdict);
    run_workers(&batches, run->review, count_threads(&batches, run->review->reads_pdfs));
    for (size_t i = 0; i < batches.batch_count; i++) {
        verdict_absorb(run->verdict, &batches.outcomes[i].verdict);
        finding_list_absorb(&run->base_findings, &batches.outcomes[i].base_findings);
    }
    free(batches.outcomes);
}
