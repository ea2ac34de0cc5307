#include "course/deadline.h"

#include "base/memory.h"
#include "course/note_name.h"

#include <ctype.h>

/* A number and nothing else, as "5" or "05"; 0: it is none. */
static long bare_number(struct slice text) {
    enum { MOST_DIGITS = 5 };
    long number = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (!isdigit((unsigned char)text.data[i]) || text.size > MOST_DIGITS)
            return 0;
        number = number * 10 + (text.data[i] - '0');
    }
    return number;
}

long extension_number(const struct extension *extension) {
    struct slice text = slice_trim(extension->lecture);
    long bare = bare_number(text);
    struct day day;
    struct span place;
    unsigned number;
    if (bare || day_find(text, true, &day, &place))
        return bare;
    return lecture_number_find(text, &number, &place) ? (long)number : 0;
}

bool extension_is_for(const struct extension *extension, const struct lecture *lecture) {
    long number = extension_number(extension);
    struct day day;
    struct span place;
    if (number)
        return number == lecture->called;
    return day_find(slice_trim(extension->lecture), true, &day, &place) &&
           day_same(day, lecture->day);
}

bool deadline_find(const struct config *config, const struct time_zone *zone,
                   const struct lecture *lecture, long long *moment) {
    const struct deadline_setting *setting = &config->deadline;
    if (!setting->is_set || !lecture->day.year || !day_exists(lecture->day))
        return false;
    long days = setting->days;
    for (size_t i = 0; i < setting->extension_count; i++)
        if (extension_is_for(&setting->extensions[i], lecture))
            days = setting->extensions[i].days;
    struct day due = day_of_serial(day_serial(lecture->day) + days);
    *moment = time_zone_moment(zone, due, setting->second_of_day);
    return true;
}

void duration_append(struct buffer *buffer, long long seconds) {
    /* Up to two of a unit the smaller one is told, so that "1 hour" is never nearly two. */
    static const struct {
        long long size, limit;
        const char *name;
    } units[] = {{1, 120, "second"}, {60, 7200, "minute"}, {3600, 172800, "hour"}};
    long long size = 86400;
    const char *name = "day";
    seconds = seconds < 0 ? -seconds : seconds;
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        if (seconds < units[i].limit) {
            size = units[i].size;
            name = units[i].name;
            break;
        }
    }
    long long count = seconds / size;
    buffer_append_format(buffer, "%lld %s%s", count, name, count == 1 ? "" : "s");
}
