/* The elements that HTML has or had, and the names that tags give. */
#include "base/memory.h"
#include "document/tag.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Sorted. */
static const char *const elements[] = {
    "a",          "abbr",     "acronym", "address",  "applet",   "area",   "article",    "aside",
    "audio",      "b",        "base",    "bdi",      "bdo",      "big",    "blockquote", "body",
    "br",         "button",   "canvas",  "caption",  "center",   "cite",   "code",       "col",
    "colgroup",   "command",  "data",    "datalist", "dd",       "del",    "details",    "dfn",
    "dialog",     "dir",      "div",     "dl",       "dt",       "em",     "embed",      "fieldset",
    "figcaption", "figure",   "font",    "footer",   "form",     "frame",  "frameset",   "h1",
    "h2",         "h3",       "h4",      "h5",       "h6",       "head",   "header",     "hgroup",
    "hr",         "html",     "i",       "iframe",   "img",      "input",  "ins",        "kbd",
    "keygen",     "label",    "legend",  "li",       "link",     "main",   "map",        "mark",
    "marquee",    "math",     "menu",    "menuitem", "meta",     "meter",  "nav",        "nobr",
    "noframes",   "noscript", "object",  "ol",       "optgroup", "option", "output",     "p",
    "param",      "picture",  "pre",     "progress", "q",        "rb",     "rbc",        "rp",
    "rt",         "rtc",      "ruby",    "s",        "samp",     "script", "search",     "section",
    "select",     "slot",     "small",   "source",   "span",     "strike", "strong",     "style",
    "sub",        "summary",  "sup",     "svg",      "table",    "tbody",  "td",         "template",
    "textarea",   "tfoot",    "th",      "thead",    "time",     "title",  "tr",         "track",
    "tt",         "u",        "ul",      "var",      "video",    "wbr",    "xmp"};

static int compare_element(const void *key, const void *element) {
    const struct slice *name = key;
    const char *known = *(const char *const *)element;
    int order = strncasecmp(name->data, known, name->size);
    return order ? order : -(known[name->size] != '\0');
}

bool tag_is_known(struct slice name) {
    return memchr(name.data, '-', name.size) ||
           bsearch(&name, elements, COUNT_OF(elements), sizeof *elements, compare_element);
}

struct slice tag_id(struct slice tag) {
    for (size_t at = 0; (at = slice_find(tag, "id=", at)) != SLICE_NOT_FOUND; at++) {
        if (!at || !isspace((unsigned char)tag.data[at - 1]) || at + 4 >= tag.size)
            continue;
        char quote = tag.data[at + 3];
        size_t start = at + 4, end = start;
        if (quote != '"' && quote != '\'')
            continue;
        while (end < tag.size && tag.data[end] != quote && tag.data[end] != '{')
            end++;
        if (end < tag.size && tag.data[end] == quote)
            return slice_part(tag, start, end);
    }
    return slice_part(tag, 0, 0);
}
