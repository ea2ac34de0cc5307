#include "base/memory.h"
#include "course/deadline.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DAY = 86400, STEP = 7 * DAY };

static const long long first_second = 631152000; /* 1990-01-01 */
static const long long last_second = 2840140800; /* 2060-01-01 */

/* From this second on, until the next change, clocks are `offset` seconds east of UTC. */
struct offset_change {
    long long when;
    long offset;
};

/* The first change stands for all times before it too. */
struct time_zone {
    struct offset_change *changes;
    size_t count, capacity;
};

/* Letters and what else stands in the names of the database; nothing that leads out of it. */
static bool is_zone_name(const char *name) {
    for (const char *at = name; *at; at++)
        if (!isalnum((unsigned char)*at) && !strchr("_-+/.", *at))
            return false;
    return *name && *name != '/' && *name != '.' && !strstr(name, "..") && strlen(name) < 256;
}

/* False when there is no such file, or another than a time zone (RFC 8536, 3.1). */
static bool is_zone_file(const char *path) {
    char magic[4];
    FILE *file = fopen(path, "rbe");
    bool is_zone = file && fread(magic, 1, sizeof magic, file) == sizeof magic &&
                   !memcmp(magic, "TZif", sizeof magic);
    if (file)
        fclose(file);
    return is_zone;
}

/* Appends the path of the zone's file; false when no database has it. */
static bool find_zone_file(struct buffer *path, const char *name) {
    const char *const folders[] = {getenv("TZDIR"), "/usr/share/zoneinfo", "/usr/lib/zoneinfo",
                                   "/usr/share/lib/zoneinfo", "/etc/zoneinfo"};
    for (size_t i = 0; is_zone_name(name) && i < COUNT_OF(folders); i++) {
        if (!folders[i] || *folders[i] != '/')
            continue;
        buffer_clear(path);
        buffer_append_format(path, "%s/%s", folders[i], name);
        if (is_zone_file(buffer_string(path)))
            return true;
    }
    return false;
}

static void add_change(struct time_zone *zone, long long when, long offset) {
    ARRAY_PUSH(zone->changes, zone->count, zone->capacity) = (struct offset_change){when, offset};
}

/* As the C library has it for the zone in force. */
static long local_offset(long long when) {
    struct tm parts;
    time_t moment = (time_t)when;
    return localtime_r(&moment, &parts) ? parts.tm_gmtoff : 0;
}

/* The changes between two moments at most a week apart: no zone has had two in that time. */
static void add_change_between(struct time_zone *zone, long long before, long long after) {
    long offset = local_offset(after);
    while (after - before > 1) {
        long long middle = before + (after - before) / 2;
        if (local_offset(middle) == offset)
            after = middle;
        else
            before = middle;
    }
    add_change(zone, after, offset);
}

/* Sets TZ, or takes it away when `value` is NULL. */
static void set_local_zone(const char *value) {
    if (value)
        setenv("TZ", value, 1);
    else
        unsetenv("TZ");
    tzset();
}

/*
 * The C library knows the rules but keeps one zone at a time, for the whole process. What it says
 * of the years in question is copied out, so that nobody needs it again.
 */
static void read_changes(struct time_zone *zone, const char *path) {
    const char *old = getenv("TZ");
    char *kept = old ? memory_copy_string(old) : NULL;
    struct buffer value = BUFFER_EMPTY;
    buffer_append_format(&value, ":%s", path);
    set_local_zone(buffer_string(&value));
    add_change(zone, first_second, local_offset(first_second));
    for (long long when = first_second; when < last_second; when += STEP)
        if (local_offset(when + STEP) != zone->changes[zone->count - 1].offset)
            add_change_between(zone, when, when + STEP);
    set_local_zone(kept);
    free(kept);
    buffer_release(&value);
}

int time_zone_open(struct time_zone **zone, const char *name, struct error *error) {
    struct buffer path = BUFFER_EMPTY;
    int status = OK;
    *zone = NULL;
    bool is_utc = !strcmp(name, "UTC");
    if (!is_utc && !find_zone_file(&path, name)) {
        status = error_set(error, STATUS_NOT_FOUND,
                           "no time zone \"%s\" on this machine; use a name such as "
                           "\"America/Los_Angeles\", and see that the time zone database "
                           "(package tzdata) is installed",
                           name);
        goto done;
    }
    *zone = memory_allocate(1, sizeof **zone);
    if (is_utc)
        add_change(*zone, first_second, 0);
    else
        read_changes(*zone, buffer_string(&path));
done:
    buffer_release(&path);
    return status;
}

void time_zone_close(struct time_zone *zone) {
    if (!zone)
        return;
    free(zone->changes);
    free(zone);
}

long time_zone_offset(const struct time_zone *zone, long long when) {
    size_t low = 0, high = zone->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (zone->changes[middle].when <= when)
            low = middle;
        else
            high = middle;
    }
    return zone->changes[low].offset;
}

long long time_zone_moment(const struct time_zone *zone, struct day day, long second_of_day) {
    long long local = (long long)day_serial(day) * DAY + second_of_day;
    long before = time_zone_offset(zone, local - DAY);
    long after = time_zone_offset(zone, local + DAY);
    bool is_after = time_zone_offset(zone, local - after) == after;
    return local - (is_after ? after : before);
}

void time_zone_append(struct buffer *buffer, const struct time_zone *zone, long long when) {
    long offset = time_zone_offset(zone, when);
    long long local = when + offset;
    long second = (long)(local % DAY + (local % DAY < 0 ? DAY : 0));
    struct day day = day_of_serial((long)((local - second) / DAY));
    long minutes = (offset < 0 ? -offset : offset) / 60;
    buffer_append_format(buffer, "%04d-%02u-%02u %02ld:%02ld:%02ld %c%02ld%02ld", day.year,
                         day.month, day.day, second / 3600, second / 60 % 60, second % 60,
                         offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}
