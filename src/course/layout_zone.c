/* The time zone in which most commits were written, as their offsets and its daylight saving tell.
 */
#include "base/memory.h"
#include "course/deadline.h"
#include "course/layout_parts.h"

/* Where courses are that are likely to be asked; UTC is what machines have. */
static const char *const zones[] = {"America/Los_Angeles", "America/Denver", "America/Chicago",
                                    "America/New_York",    "Europe/London",  "Europe/Berlin",
                                    "Asia/Kolkata",        "Asia/Shanghai",  "Asia/Seoul",
                                    "Australia/Sydney"};

static size_t count_in_zone(const char *name, const struct layout_options *options) {
    struct time_zone *zone = NULL;
    struct error error = ERROR_NONE;
    size_t count = 0;
    if (time_zone_open(&zone, name, &error) == OK)
        for (size_t i = 0; i < options->clock_count; i++) {
            const struct commit_clock *clock = &options->clocks[i];
            count += clock->offset && time_zone_offset(zone, clock->when) == clock->offset * 60L;
        }
    time_zone_close(zone);
    error_release(&error);
    return count;
}

void layout_guess_zone(struct layout *layout, const struct layout_options *options) {
    enum { FEWEST = 10 };
    const char *best = NULL;
    size_t most = 0;
    for (size_t i = 0; i < COUNT_OF(zones) && options->clock_count >= FEWEST; i++) {
        size_t count = count_in_zone(zones[i], options);
        if (count > most) {
            most = count;
            best = zones[i];
        }
    }
    if (!best || most * 5 < options->clock_count * 3)
        return;
    layout->zone_guess = propose(layout, slice_of(best), "%zu of %zu commits have its clocks", most,
                                 options->clock_count);
    layout->zone_guess.guess = true;
}
