/*
 * What the nodes mean: YAML 1.1 as Ruby's Psych reads it (lib/psych/scalar_scanner.rb), which is
 * neither the specification nor what most other readers do.
 */
#include "text/yaml.h"

#include <string.h>

static struct yaml_node *find_merged(const struct yaml_node *merged, const char *key) {
    if (merged->kind == YAML_MAPPING)
        return yaml_find(merged, key);
    for (size_t i = 0; i < merged->item_count; i++) {
        struct yaml_node *found = yaml_find(merged->items[i], key);
        if (found)
            return found;
    }
    return NULL;
}

static bool is_key(const struct yaml_node *node, struct slice key) {
    return node->text.size == key.size && node->kind == YAML_SCALAR && slice_equal(node->text, key);
}

struct yaml_node *yaml_find(const struct yaml_node *node, const char *key) {
    if (!node || node->kind != YAML_MAPPING)
        return NULL;
    const struct slice wanted = slice_of(key), merge = slice_of("<<");
    for (size_t i = node->pair_count; i-- > 0;)
        if (is_key(node->pairs[i].key, wanted))
            return node->pairs[i].value;
    struct yaml_node *found = NULL;
    for (size_t i = node->pair_count; i-- > 0 && !found;)
        if (is_key(node->pairs[i].key, merge))
            found = find_merged(node->pairs[i].value, key);
    return found;
}

/* What is left of a scalar to read. Each take_…() moves on only when it finds its thing. */
struct scan {
    const char *at, *end;
};

static bool take(struct scan *scan, const char *any_of) {
    if (scan->at == scan->end || !*scan->at || !strchr(any_of, *scan->at))
        return false;
    scan->at++;
    return true;
}

/* The number of bytes taken. */
static size_t take_all(struct scan *scan, const char *any_of) {
    const char *start = scan->at;
    while (take(scan, any_of))
        continue;
    return (size_t)(scan->at - start);
}

/* At least `least` and at most `most` decimal digits. */
static bool take_number(struct scan *scan, int least, int most, int *value) {
    struct scan start = *scan;
    int count = 0;
    for (*value = 0; count < most && take(scan, "0123456789"); count++)
        *value = 10 * *value + (scan->at[-1] - '0');
    if (count < least)
        *scan = start;
    return count >= least;
}

static bool at_end(const struct scan *scan) {
    return scan->at == scan->end;
}

static int days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static bool is_date(struct scan scan) {
    int year, month, day;
    return take_number(&scan, 4, 4, &year) && take(&scan, "-") &&
           take_number(&scan, 1, 2, &month) && take(&scan, "-") && take_number(&scan, 1, 2, &day) &&
           at_end(&scan) && month >= 1 && month <= 12 && day >= 1 &&
           day <= days_in_month(year, month);
}

/* `Z`, `+5`, `-0530` or `+05:30`, with Ruby's limit of less than a day. */
static bool take_zone(struct scan *scan) {
    int hours, minutes = 0;
    if (take(scan, "Z"))
        return true;
    if (!take(scan, "+-") || !take_number(scan, 1, 2, &hours))
        return false;
    take(scan, ":");
    take_number(scan, 2, 2, &minutes);
    return hours * 60 + minutes < 24 * 60;
}

/* Psych gives Ruby's Time any day up to 31, and 60 seconds. */
static bool is_timestamp(struct scan scan) {
    int year, month, day, hour, minute, second;
    take(&scan, "-");
    if (!take_number(&scan, 4, 4, &year) || !take(&scan, "-") ||
        !take_number(&scan, 1, 2, &month) || !take(&scan, "-") || !take_number(&scan, 1, 2, &day))
        return false;
    if (!take(&scan, "Tt") && !take_all(&scan, " \t\r\n\f\v"))
        return false;
    if (!take_number(&scan, 1, 2, &hour) || !take(&scan, ":") ||
        !take_number(&scan, 2, 2, &minute) || !take(&scan, ":") ||
        !take_number(&scan, 2, 2, &second))
        return false;
    if (take(&scan, "."))
        take_all(&scan, "0123456789");
    if (!at_end(&scan)) {
        take_all(&scan, " \t\r\n\f\v");
        if (!take_zone(&scan))
            return false;
    }
    bool midnight = hour == 24 && minute == 0 && second == 0;
    return at_end(&scan) && month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
           (hour < 24 || midnight) && minute < 60 && second <= 60;
}

/* `1:30` or `1:02:03`, with a fraction a float. */
static bool is_base_60(struct scan scan, bool fraction) {
    int parts = 0, part;
    take(&scan, "+-");
    if (!take(&scan, "0123456789"))
        return false;
    take_all(&scan, "0123456789_");
    for (; parts < 2 && take(&scan, ":"); parts++)
        if (!take_number(&scan, 1, 2, &part) || part >= 60)
            return false;
    if (fraction) {
        if (!take(&scan, "."))
            return false;
        take_all(&scan, "0123456789_");
    }
    return parts && at_end(&scan);
}

static bool is_float(struct scan scan) {
    size_t digits = 0;
    take(&scan, "+-");
    if (take(&scan, "0123456789"))
        digits = 1 + take_all(&scan, "0123456789_,");
    if (!take(&scan, "."))
        return false;
    digits += take_all(&scan, "0123456789");
    if (take(&scan, "eE") && (!take(&scan, "+-") || !take_all(&scan, "0123456789")))
        return false;
    return digits && at_end(&scan);
}

static bool is_special_float(struct scan scan) {
    struct slice text = {scan.at, (size_t)(scan.end - scan.at)};
    if (slice_equal_ignoring_case(text, slice_of(".nan")))
        return true;
    take(&scan, "+-");
    text = (struct slice){scan.at, (size_t)(scan.end - scan.at)};
    return slice_equal_ignoring_case(text, slice_of(".inf"));
}

/* Digits of a base with `_` and `,` among them, at least one digit, to the end. */
static bool is_digits(struct scan scan, const char *digits) {
    size_t count = 0, taken;
    do {
        taken = take_all(&scan, digits);
        count += taken;
    } while (taken + take_all(&scan, "_,"));
    return count && at_end(&scan);
}

static bool is_integer(struct scan scan) {
    take(&scan, "+-");
    if (take(&scan, "0")) {
        if (at_end(&scan))
            return true;
        if (take(&scan, "b"))
            return is_digits(scan, "01");
        if (take(&scan, "x"))
            return is_digits(scan, "0123456789abcdefABCDEF");
        take_all(&scan, "01234567_,");
        return at_end(&scan);
    }
    if (!take(&scan, "123456789"))
        return false;
    do
        take_all(&scan, "0123456789");
    while (take(&scan, ",_") && take(&scan, "0123456789"));
    return at_end(&scan) && scan.at[-1] != ',' && scan.at[-1] != '_';
}

static bool is_word(struct slice text, const char *const *words) {
    while (*words && !slice_equal_ignoring_case(text, slice_of(*words)))
        words++;
    return *words != NULL;
}

static bool is_null(const struct yaml_node *node) {
    static const char *const nulls[] = {"", "~", "null", NULL};
    return node->plain && is_word(node->text, nulls);
}

enum yaml_type yaml_scalar_type(const struct yaml_node *node) {
    static const char *const booleans[] = {"yes", "true", "on", "no", "false", "off", NULL};
    if (!node || node->kind != YAML_SCALAR || !node->plain)
        return YAML_TYPE_STRING;
    if (is_null(node))
        return YAML_TYPE_NULL;
    if (is_word(node->text, booleans))
        return YAML_TYPE_BOOLEAN;
    struct scan scan = {node->text.data, node->text.data + node->text.size};
    if (is_timestamp(scan) || is_date(scan))
        return YAML_TYPE_DATE;
    if (is_special_float(scan) || is_base_60(scan, true) || is_float(scan))
        return YAML_TYPE_FLOAT;
    if (is_base_60(scan, false) || is_integer(scan))
        return YAML_TYPE_INTEGER;
    return YAML_TYPE_STRING;
}

bool yaml_is_empty(const struct yaml_node *node) {
    if (!node)
        return true;
    switch (node->kind) {
    case YAML_SEQUENCE:
        return node->item_count == 0;
    case YAML_MAPPING:
        return node->pair_count == 0;
    default:
        return slice_is_blank(node->text) || is_null(node);
    }
}
