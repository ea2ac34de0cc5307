#include "course/schedule_words.h"

#include "base/memory.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Around a word that must be all, but for a few words more: "the slides (pdf)". */
#define FEW_WORDS(words) "^\\W*(?:\\w+\\W+){0,2}(?:" words ")(?:\\W+\\w+){0,2}\\W*$"

#define HOLIDAYS                                                                                   \
    "mlk|martin luther king|memorial|labou?r|veterans?'?|presidents?'?|independence|columbus|"     \
    "indigenous peoples?'?|patriots?'?|canada|national|reading|study|snow|wellness|flex|mental "   \
    "health|well-?being"

#define MONTHS                                                                                     \
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"             \
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"

/* Of more than one lecture, or of a half: "5 & 6", "4-5", "1.5". */
#define NUMBERS "\\d{1,3}(?:\\s*(?:[.&,+-]|\\x{2013}|and)\\s*\\d{1,3})+"

/* The title ends, or goes on with an explanation: "Break (no class)", not "Break-even analysis". */
#define END "(?:\\W*$|\\s*[(:,;!]|\\s+[-\\x{2013}\\x{2014}])"

static const char *const texts[SCHEDULE_WORD_COUNT] = {
    [WORD_CANCELED] = "\\b(?:lecture|class|session|meeting)s?\\W+(?:\\w+\\W+){0,2}cancell?ed\\b|"
                      "^\\W*cancell?ed\\b|\\bcancell?ed\\W*$",
    [WORD_NONE] =
        /* "No class labels: …" is about something else. */
    "(?:^|[-(:,;\\x{2013}\\x{2014}])\\s*no (?:class(?:es)?|lectures?|meetings?|sessions?|school|"
    "instruction)(?:\\W*$|\\W*[-(:,;.!\\x{2013}\\x{2014}]|\\s+(?:today|this|on|due|for|during|"
    "because|in|(?-i:[A-Z])))|"
    "^\\W*(?:(?:university|public|national|bank|campus|federal|\\w+) )?holidays?\\b" END "|"
    "^\\W*(?:happy )?(?:thanksgiving|christmas|easter|juneteenth)\\b(?:\\W*\\w+){0,2}\\W*$|"
    "^\\W*(?:(?:" HOLIDAYS ") (?:day|week|period|holiday)s?|mlk)\\b(?:\\W*\\w+){0,3}\\W*$|"
    "^\\W*(?:(?:spring|fall|autumn|winter|summer|thanksgiving|mid-?(?:semester|term)|semester|"
    "term|holiday|reading|study) )?(?:break|recess)\\b" END "|"
    "^\\W*(?:(?:in-?class|take-?home|final|first|second|third) )?(?:mid-?terms?|exams?|"
    "examinations?|finals?)(?: (?:exams?|examinations?|week))?(?: [\\diIvV]+)?(?:" END
    "|\\W+(?:on|due|in-?class)\\b)|"
    "^\\W*(?:final )?(?:projects?|posters?|students?|groups?|course project) (?:(?:project )?"
    "presentations?|sessions?|demos?)(?: [\\diIvV]+)?" END,
    [WORD_GUEST] = "\\b(?:guest|invited)\\b(?:\\s+(?:lecture|talk|speaker|lecturer|seminar|"
                   "presentation|session|instructor)s?)?\\s*(?:by|with|from|given by|[-:,"
                   "\\x{2013}\\x{2014}])?\\s*",
    [WORD_NOBODY] = "^\\W*(?:tb[ad]|n/?a|none|nobody|no one|skipped|staff|various|cancell?ed)?"
                    "\\W*$",
    [WORD_SLIDES] = FEW_WORDS("(?:\\w+_)?slides?|(?:slide ?)?deck|annotated|annotations?|keynote|"
                              "ppt|pptx|powerpoint"),
    [WORD_RECORDING] =
        FEW_WORDS("(?:\\w+_)?recordings?|recorded|videos?|podcasts?|screencasts?|panopto|youtube|"
                  "zoom|lecture ?capture|webcast|watch|vod"),
    [WORD_NOTES] = "^\\W*(?:(?:lecture|class|scribed?|student|students'|typed|handwritten|final|"
                   "draft|course|the|my)[\\W_]+)*(?:notes?|scribes?|scribed|scribing)(?:[\\W_]+"
                   "(?:pdf|html|md|link|url|draft|v?\\d+))*\\W*$",
    [WORD_LECTURE_LABEL] = "^\\W*(?:(?:lecture|lec|class|session|meeting|l|no\\.?)\\W*)?"
                           "(?:\\d*|" NUMBERS ")\\W*$",
    [WORD_PLAIN_LABEL] = "^(?:(?:lecture|lec|class|session|meeting)\\.?\\s*#?\\s*\\d+|#\\d+|\\d+"
                         "(?=[.):]\\s))(?:[:.)]+\\s*|\\s+[-\\x{2013}\\x{2014}]\\s+|\\s+|$)",
    [WORD_OTHER_LABEL] =
        "^\\W*(?:(?:required|optional|suggested|pre-?class|beginning|end|weekly|programming|"
        "written)\\W+(?:of\\W+\\w+\\W+)?)?(?:readings?|home ?works?|hws?|assignments?|pas?|psets?|"
        "problem sets?|projects?|labs?|sections?|discussions?|disc|quiz(?:zes)?|surveys?|due|"
        "deadlines?|office hours?|oh|recitations?|tutorials?|exams?|mid-?terms?|finals?|events?|"
        "holidays?|breaks?|resources?|references?|announcements?|participation|checkpoints?|"
        "milestones?|proposals?|reports?|worksheets?|no ?class|raw_event)\\b",
    [WORD_OUT_OF_CLASS] = "\\b(?:exams?|mid-?terms?|finals?|holidays?|breaks?|no ?class)\\b",
    [WORD_DATE] = "^(?:lecture |class )?(?:date|day|when|dates|days)s?$",
    [WORD_NUMBER] =
        "^(?:#|n|no\\.?|num|number|nr|lec|lec ?#|lecture ?#|lecture[ _]?(?:no\\.?|number|num)|"
        "index|class ?#|session ?#|lecture|session|class)$",
    [WORD_TITLE] =
        "^(?:title|topics?|name|subject|lecture|theme|content|contents|lecture (?:title|topic)|"
        "description|what|class|session)$",
    [WORD_SPEAKER] = "^(?:lecturers?|speakers?|instructors?|presenters?|taught[ _]?by|teachers?|"
                     "professors?|who|by|guest|guest[ _]?(?:lecturer|speaker))$",
    [WORD_KIND] = "^(?:type|kind|event|category|status)$",
    [WORD_LINKS] = "^(?:links?|materials?|resources?|files?|media|lecture materials?)$",
    [WORD_FILE] = "(?:^|[^a-z])(?:schedules?|lectures?|calendar|sessions?|class(?:es)?|weeks?|"
                  "syllabus|meetings?|timetable|modules?|lessons?)(?:$|[^a-z])",
    [WORD_OTHER_FILE] =
        "(?:^|[^a-z])(?:news|announcements?|staff|people|home ?works?|assignments?|hws?|deadlines?|"
        "exams?|events?|projects?|publications?|papers?|readings?|sections?|labs?|discussions?|"
        "navigation|members|team|office|due)(?:$|[^a-z])",
    [WORD_TERM] = "(?:^|[^a-z])(?:fall|autumn|winter|spring|summer)(?: (?:quarter|semester|term))?"
                  "[\\s_,-]*'?(20\\d\\d|\\d\\d)(?!\\d)|(?<!\\d)(20\\d\\d)[\\s_-]*"
                  "(?:fall|autumn|winter|spring|summer)(?![a-z])",
    [WORD_TERM_CODE] =
        "(?:^|[-_/ ])(?:fa|f|sp|s|wi|w|su|ss|ws|au|a)-?(20\\d\\d|\\d\\d)(?![0-9a-z])",
    [WORD_YEAR] = "(?<!\\d)(20\\d\\d)(?!\\d)",
    [WORD_WEEKDAY] = "\\b(sun|mon|tue|wed|thu|fri|sat)(?:day|s|nesday|rs?|rsday|urday|sday)?\\b",
    [WORD_DATE_LIKE] = "\\b" MONTHS "[\\s_.,-]*\\d{1,2}(?:st|nd|rd|th)?\\b|"
                       "\\b\\d{1,2}(?:st|nd|rd|th)?(?:[\\s_.-]|of )*" MONTHS "\\b|"
                       "(?<![\\d/])\\d{1,2}/\\d{1,2}(?:/(?:\\d{2}|\\d{4}))?(?![\\d/])|"
                       "(?<!\\d)\\d{4}[-_./]\\d{1,2}[-_./]\\d{1,2}(?!\\d)",
};

/* --- What is known of a text -------------------------------------------------------------------
 */

/*
 * A key stands in every row, and is asked for a dozen words each time. Texts that share a place
 * push each other out.
 */
enum { LONGEST_SHORT_TEXT = 31, SHORT_TEXT_PLACES = 64 };

struct short_text {
    uint32_t asked, is; /* bit 1 << word */
    unsigned char size;
    char bytes[LONGEST_SHORT_TEXT];
};

_Static_assert(SCHEDULE_WORD_COUNT <= 32, "a bit for each word");

#define BIT(word) ((uint32_t)1 << (word))

/* The words that keys are asked for. */
enum {
    KEY_WORDS = BIT(WORD_SLIDES) | BIT(WORD_RECORDING) | BIT(WORD_NOTES) | BIT(WORD_DATE) |
                BIT(WORD_NUMBER) | BIT(WORD_TITLE) | BIT(WORD_SPEAKER) | BIT(WORD_KIND) |
                BIT(WORD_LINKS)
};

/* What the patterns say of the keys that most data files have: none need be compiled for them. */
static const struct {
    const char *key;
    uint32_t words;
} usual_keys[] = {
    {"date", BIT(WORD_DATE)},
    {"title", BIT(WORD_TITLE)},
    {"topic", BIT(WORD_TITLE)},
    {"topics", BIT(WORD_TITLE)},
    {"description", BIT(WORD_TITLE)},
    {"lecturer", BIT(WORD_SPEAKER)},
    {"speaker", BIT(WORD_SPEAKER)},
    {"instructor", BIT(WORD_SPEAKER)},
    {"slides", BIT(WORD_SLIDES)},
    {"annotated", BIT(WORD_SLIDES)},
    {"video", BIT(WORD_RECORDING)},
    {"videos", BIT(WORD_RECORDING)},
    {"recording", BIT(WORD_RECORDING)},
    {"notes", BIT(WORD_NOTES)},
    {"links", BIT(WORD_LINKS)},
    {"type", BIT(WORD_KIND)},
    {"reading", 0},
    {"readings", 0},
    {"logistics", 0},
    {"homework", 0},
    {"assignment", 0},
    {"due", 0},
    {"url", 0},
};

const char *schedule_usual_key(size_t index) {
    return index < COUNT_OF(usual_keys) ? usual_keys[index].key : NULL;
}

static void learn_text(struct short_text *known, struct slice text) {
    *known = (struct short_text){.size = (unsigned char)text.size};
    if (text.size)
        memcpy(known->bytes, text.data, text.size);
    for (size_t i = 0; i < COUNT_OF(usual_keys); i++)
        if (slice_equal_string(text, usual_keys[i].key)) {
            known->asked = KEY_WORDS;
            known->is = usual_keys[i].words;
        }
}

static struct short_text *find_text(const struct schedule_words *words, struct slice text) {
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < text.size; i++)
        hash = (hash ^ (unsigned char)text.data[i]) * 16777619u;
    struct short_text *known = &words->texts[(hash ^ hash >> 16) % SHORT_TEXT_PLACES];
    struct slice bytes = {known->bytes, known->size};
    if (!known->asked || !slice_equal(bytes, text))
        learn_text(known, text);
    return known;
}

/* --- The patterns ------------------------------------------------------------------------------
 */

void schedule_words_init(struct schedule_words *words) {
    words->patterns = memory_allocate(SCHEDULE_WORD_COUNT, sizeof(*words->patterns));
    words->texts = memory_allocate(SHORT_TEXT_PLACES, sizeof(*words->texts));
}

void schedule_words_release(struct schedule_words *words) {
    for (size_t i = 0; i < SCHEDULE_WORD_COUNT; i++)
        pattern_free(words->patterns[i]);
    free(words->patterns);
    free(words->texts);
}

bool schedule_word_find(const struct schedule_words *words, enum schedule_word word,
                        struct slice text, struct match *match) {
    enum { LONGEST_TEXT = 400 };
    struct pattern **pattern = &words->patterns[word];
    if (!*pattern)
        *pattern = pattern_compile_later(slice_of(texts[word]), PATTERN_IGNORE_CASE);
    text = slice_part(text, 0, LONGEST_TEXT);
    return pattern_find(*pattern, text, 0, text.size, match, NULL) == MATCH_FOUND;
}

bool schedule_word_is(const struct schedule_words *words, enum schedule_word word,
                      struct slice text) {
    if (text.size > LONGEST_SHORT_TEXT)
        return schedule_word_find(words, word, text, NULL);
    struct short_text *known = find_text(words, text);
    if (!(known->asked & BIT(word))) {
        known->asked |= BIT(word);
        known->is |= schedule_word_find(words, word, text, NULL) ? BIT(word) : 0;
    }
    return known->is & BIT(word);
}

enum link_role schedule_role(const struct schedule_words *words, struct slice text) {
    if (schedule_word_is(words, WORD_NOTES, text))
        return LINK_NOTES;
    if (schedule_word_is(words, WORD_SLIDES, text))
        return LINK_SLIDES;
    return schedule_word_is(words, WORD_RECORDING, text) ? LINK_RECORDING : LINK_OTHER;
}

long schedule_label_number(struct slice label) {
    enum { MOST_LECTURES = 1000 };
    size_t at = 0;
    long number = 0;
    while (at < label.size && !isdigit((unsigned char)label.data[at]))
        at++;
    for (; at < label.size && isdigit((unsigned char)label.data[at]); at++)
        number = number < MOST_LECTURES ? number * 10 + (label.data[at] - '0') : MOST_LECTURES;
    for (; at < label.size; at++)
        if (isalnum((unsigned char)label.data[at]))
            return 0;
    return number < MOST_LECTURES ? number : 0;
}
