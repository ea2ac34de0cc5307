#include "course/syllabus_words.h"

#include "base/memory.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#define NUMBER                                                                                     \
    "\\b(?:[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"    \
    "fourteen|fifteen|twenty|a|an)\\b"
#define TO                                                                                         \
    " *(?:-|\xe2\x80\x90|\xe2\x80\x91|\xe2\x80\x93|\xe2\x80\x94|~|\\bto\\b|\\bor\\b|\\band\\b) *"
#define FROM_TO "(?<a>" NUMBER ")" TO "(?<b>" NUMBER ")"
#define MOST                                                                                       \
    "(?:at +most|no +more +than|not +exceed(?:ing)?|up +to|max(?:imum|\\.)?(?: +of)?|"             \
    "limit(?:ed)?(?: +of| +to)?)"
#define LEAST   "(?:at +least|no +(?:less|fewer) +than|min(?:imum|\\.)?(?: +of)?)"
#define GROUP   "\\b(?:groups?|teams?) +of +"
#define PEOPLE  "(?:students?|people|persons?|members|scribes?|note-?takers?)\\b"
#define LECTURE "(?:lecture|class|session|meeting)s?\\b"
#define CLOCK   "(?:[0-9]{1,2}(?::[0-9]{2}){0,2} *(?:[APap]\\.?[Mm]\\b\\.?)?|[Nn]oon|[Mm]idnight)"
#define ZONE                                                                                       \
    "(?<z>P[SD]?T|M[SD]?T|C[SD]?T|E[SD]?T|GMT|UTC|BST|CES?T|KST|JST|AEST|AoE|"                     \
    "(?i:pacific|mountain|central|eastern))\\b"

/* A dash is a number's only behind digits: "scribe-notes" has no blank before it either. */
static const char *const pages[SYLLABUS_PAGES] = {
    FROM_TO "[ -]*pages?\\b",
    MOST " +(?<b>" NUMBER ")[ -]*pages?\\b",
    LEAST " +(?<a>" NUMBER ")[ -]*pages?\\b",
};

static const char *const due[SYLLABUS_DUE] = {
    "(?<c>" NUMBER ")[ -]*(?:calendar +|full +)?(?<u>day|week)s? +"
    "(?:from|after|of|following|past|since)\\b +(?:[a-z]+ +){0,3}?" LECTURE,
    "\\b(?:due|within|in|deadline +is)\\b *:? +(?:with)?(?:in +)?(?<c>" NUMBER
    ")[ -]*(?:calendar +|full +)?(?<u>day|week)s?\\b(?! +(?:before|prior|per|of))",
};

static const char *const team[SYLLABUS_TEAM] = {
    GROUP "(?:size +|about +|around +|between +)?" FROM_TO,
    GROUP "(?:size +)?" MOST " +(?<b>" NUMBER ")",
    GROUP "(?:size +)?" LEAST " +(?<a>" NUMBER ")",
    GROUP "(?:size +|exactly +)?(?<c>" NUMBER ")(?!" TO NUMBER
          "| *(?:students?|people)? *(?:lectures?|weeks?))",
    "\\b(?:in|into) +(?<c>pairs)\\b|\\b(?<d>pairs) +of +" PEOPLE,
    FROM_TO " +(?:[a-z]+ +){0,2}?" PEOPLE,
    MOST " +(?<b>" NUMBER ") +(?:[a-z]+ +)?" PEOPLE,
    LEAST " +(?<a>" NUMBER ") +(?:[a-z]+ +)?" PEOPLE,
    "\\b(?:group|team) +size\\b[^.]{0,24}?" FROM_TO,
    "(?<c>" NUMBER ") +" PEOPLE
    " +(?:per|for +each|for +every|will +scribe|scribe) +(?:[a-z]+ +)?" LECTURE,
    "\\b(?:each|every) +" LECTURE " +(?:[a-z]+ +){1,4}?(?<c>" NUMBER ") +" PEOPLE,
};

static const char *const zone[SYLLABUS_ZONE] = {
    "\\b(?<z>(?:America|Europe|Asia|Australia|Africa|Pacific)/[A-Z][A-Za-z_]+(?:/"
    "[A-Z][A-Za-z_]+)?)",
    "\\b" CLOCK "[ ,(]*" ZONE,
    "\\b(?i:times?)\\b +(?:[a-z]+ +){0,4}in +" ZONE,
    "\\b(?<z>(?i:pacific|mountain|central|eastern)) +(?:(?i:standard|daylight) +)?(?i:time)\\b",
};

static struct pattern *compile(const char *text, unsigned flags) {
    struct error error = ERROR_NONE;
    struct pattern *pattern = NULL;
    if (pattern_compile(&pattern, slice_of(text), flags, &error) != OK)
        abort(); /* the texts above are fixed */
    return pattern;
}

static void compile_all(struct pattern **patterns, const char *const *texts, size_t count,
                        unsigned flags) {
    for (size_t i = 0; i < count; i++)
        patterns[i] = compile(texts[i], flags);
}

struct syllabus_words *syllabus_words_new(void) {
    const unsigned any_case = PATTERN_IGNORE_CASE;
    struct syllabus_words *words = memory_allocate(1, sizeof *words);
    compile_all(words->pages, pages, SYLLABUS_PAGES, any_case);
    compile_all(words->due, due, SYLLABUS_DUE, any_case);
    compile_all(words->team, team, SYLLABUS_TEAM, any_case);
    compile_all(words->zone, zone, SYLLABUS_ZONE, 0); /* "ET" is no "et" */
    words->clock = compile("\\b(?<h>[0-9]{1,2}):(?<m>[0-5][0-9])(?::[0-9]{2})? *(?<p>[ap]\\.?m\\b)?"
                           "|\\b(?<w>midnight|end +of +(?:the +)?day|noon)\\b",
                           any_case);
    words->hour = compile("\\b(?<h>[0-9]{1,2}) *(?<p>[ap]\\.?m)\\b", any_case);
    words->submit = compile("\\b(?:due|deadline|submi(?:t|tted|ssion)|hand(?:ed)? +in|"
                            "turn(?:ed)? +in|upload(?:ed)?|within|no +later|open(?:ed)?)\\b",
                            any_case);
    words->is_due = compile("\\b(?:due|deadline)\\b", any_case);
    words->late = compile("\\b(?:late|penalt(?:y|ies)|extensions?|revis(?:e|ed|ions?)|resubmit|"
                          "resubmission|respond|address|feedback|before +(?:the|your) +lecture|"
                          "sign(?:ed)?[ -]?up)\\b",
                          any_case);
    words->other = compile("(?<!scribe )(?<!scribing )\\b(?:projects?|homeworks?|hw|assignments?|"
                           "problem +sets?|psets?|labs?|exams?|quiz(?:zes)?|midterms?|"
                           "reading +summar(?:y|ies)|proposals?)\\b",
                           any_case);
    words->usual = compile("\\b(?:most +lectures|usually|typically|normally|generally|ideally|"
                           "around|about|approximately|especially|recommend(?:ed)?)\\b",
                           any_case);
    return words;
}

static void free_all(struct pattern **patterns, size_t count) {
    for (size_t i = 0; i < count; i++)
        pattern_free(patterns[i]);
}

void syllabus_words_free(struct syllabus_words *words) {
    if (!words)
        return;
    free_all(words->pages, SYLLABUS_PAGES);
    free_all(words->due, SYLLABUS_DUE);
    free_all(words->team, SYLLABUS_TEAM);
    free_all(words->zone, SYLLABUS_ZONE);
    struct pattern *rest[] = {words->clock, words->hour,  words->submit, words->is_due,
                              words->late,  words->other, words->usual};
    free_all(rest, COUNT_OF(rest));
    free(words);
}

long number_of_words(struct slice text) {
    static const struct {
        const char *word;
        long number;
    } words[] = {{"a", 1},         {"an", 1},       {"one", 1},     {"two", 2},
                 {"pairs", 2},     {"three", 3},    {"four", 4},    {"five", 5},
                 {"six", 6},       {"seven", 7},    {"eight", 8},   {"nine", 9},
                 {"ten", 10},      {"eleven", 11},  {"twelve", 12}, {"thirteen", 13},
                 {"fourteen", 14}, {"fifteen", 15}, {"twenty", 20}};
    long number = 0;
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (slice_equal_ignoring_case(text, slice_of(words[i].word)))
            return words[i].number;
    for (size_t i = 0; i < text.size; i++) {
        if (!isdigit((unsigned char)text.data[i]) || number > 9999)
            return 0;
        number = 10 * number + (text.data[i] - '0');
    }
    return number;
}

struct slice zone_of_words(struct slice text) {
    /* "IST" is India, Israel or Ireland: not guessed. */
    static const struct {
        const char *word, *zone;
    } zones[] = {{"PT", "America/Los_Angeles"},
                 {"PST", "America/Los_Angeles"},
                 {"PDT", "America/Los_Angeles"},
                 {"pacific", "America/Los_Angeles"},
                 {"MT", "America/Denver"},
                 {"MST", "America/Denver"},
                 {"MDT", "America/Denver"},
                 {"mountain", "America/Denver"},
                 {"CT", "America/Chicago"},
                 {"CST", "America/Chicago"},
                 {"CDT", "America/Chicago"},
                 {"central", "America/Chicago"},
                 {"ET", "America/New_York"},
                 {"EST", "America/New_York"},
                 {"EDT", "America/New_York"},
                 {"eastern", "America/New_York"},
                 {"GMT", "UTC"},
                 {"UTC", "UTC"},
                 {"BST", "Europe/London"},
                 {"CET", "Europe/Berlin"},
                 {"CEST", "Europe/Berlin"},
                 {"KST", "Asia/Seoul"},
                 {"JST", "Asia/Tokyo"},
                 {"AEST", "Australia/Sydney"},
                 {"AoE", "Etc/GMT+12"}};
    if (slice_find(text, "/", 0) != SLICE_NOT_FOUND)
        return text;
    for (size_t i = 0; i < COUNT_OF(zones); i++)
        if (slice_equal_ignoring_case(text, slice_of(zones[i].word)))
            return slice_of(zones[i].zone);
    return slice_of("");
}
