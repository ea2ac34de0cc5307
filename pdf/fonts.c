#include "pdf/fonts.h"

#include "base/memory.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

const char *font_plain_name(const char *name) {
    size_t capitals = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    return capitals == 6 && name[6] == '+' && name[7] ? name + 7 : name;
}

enum { BOLD = 1, ITALIC = 2, MONO = 4 };

struct sign {
    const char *text;
    int look;
};

/*
 * How the names of TeX's own fonts begin, before their size: CMBX12, SFTT1000. From the documents
 * of Computer Modern, AMS fonts, CM-Super and txfonts.
 */
static const struct sign tex_names[] = {
    {"CMB", BOLD},
    {"CMBX", BOLD},
    {"CMBXSL", BOLD | ITALIC},
    {"CMBXTI", BOLD | ITALIC},
    {"CMBSY", BOLD},
    {"CMMIB", BOLD | ITALIC},
    {"CMEXB", BOLD},
    {"CMSSBX", BOLD},
    {"CMSSDC", BOLD},
    {"CMTI", ITALIC},
    {"CMSL", ITALIC},
    {"CMMI", ITALIC},
    {"CMSSI", ITALIC},
    {"CMSSQI", ITALIC},
    {"CMTT", MONO},
    {"CMSLTT", MONO | ITALIC},
    {"CMITT", MONO | ITALIC},
    {"CMTCSC", MONO},
    {"EUFB", BOLD},
    {"EURB", BOLD},
    {"EUSB", BOLD},
    {"SFBX", BOLD},
    {"SFRB", BOLD},
    {"SFBL", BOLD | ITALIC},
    {"SFBI", BOLD | ITALIC},
    {"SFXC", BOLD},
    {"SFOC", BOLD | ITALIC},
    {"SFSX", BOLD},
    {"SFSO", BOLD | ITALIC},
    {"SFTI", ITALIC},
    {"SFSL", ITALIC},
    {"SFSI", ITALIC},
    {"SFCI", ITALIC},
    {"SFTT", MONO},
    {"SFIT", MONO | ITALIC},
    {"SFST", MONO | ITALIC},
    {"SFTC", MONO},
    {"TXTT", MONO},
    {"TXBTT", MONO | BOLD},
    {"T1XTT", MONO},
    {"T1XBTT", MONO | BOLD},
    {"RTXB", BOLD},
    {"RTXMI", ITALIC},
    {"RTXBMI", BOLD | ITALIC},
};

/* Anywhere in a name, in any case. */
static const struct sign words[] = {
    {"bold", BOLD},      {"semibold", BOLD},   {"mathitalic", ITALIC}, {"ital", ITALIC},
    {"obli", ITALIC},    {"slant", ITALIC},    {"kursiv", ITALIC},     {"courier", MONO},
    {"consol", MONO},    {"typewriter", MONO}, {"menlo", MONO},        {"monaco", MONO},
    {"letterg", MONO},   {"fixed", MONO},      {"codepro", MONO},      {"firacode", MONO},
    {"nimbusmon", MONO}, {"cascadia", MONO},   {"andale", MONO},       {"terminal", MONO},
};

/* What follows a name's "-" or ",", from its begin: Nimbus and other fonts of URW have "Medi". */
static const struct sign styles[] = {
    {"Black", BOLD},
    {"Heavy", BOLD},
    {"Demi", BOLD},
    {"DemiItal", BOLD | ITALIC},
    {"Medi", BOLD},
    {"MediItal", BOLD | ITALIC},
    {"MediumItal", ITALIC},
    {"Medium", 0},
    {"Bd", BOLD},
    {"BdIt", BOLD | ITALIC},
    {"BdOu", BOLD},
    {"It", ITALIC},
    {"ReguItal", ITALIC},
    {"Obli", ITALIC},
    {"Ultra", BOLD},
    {"ExtraBlack", BOLD},
    {"SemiboldIt", BOLD | ITALIC},
    {"BoldIt", BOLD | ITALIC},
    {"BoldObli", BOLD | ITALIC},
    {"BlackIt", BOLD | ITALIC},
};

/* The letters before the digits, or all, must be the entry. */
static int look_of_tex(const char *name) {
    /* "T1XTT" has a digit of its own. */
    size_t start = strncasecmp(name, "T1", 2) == 0 ? 2 : 0;
    size_t size = start + strcspn(name + start, "0123456789-,");
    for (size_t i = 0; i < COUNT_OF(tex_names); i++)
        if (strlen(tex_names[i].text) == size && strncasecmp(name, tex_names[i].text, size) == 0)
            return tex_names[i].look;
    return 0;
}

static int look_of_words(const char *name) {
    int look = 0;
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (strcasestr(name, words[i].text))
            look |= words[i].look;
    /* "Monotype" is a foundry, not a kind of font. */
    for (const char *at = name; (at = strcasestr(at, "mono")); at += 4)
        if (strncasecmp(at, "monotype", 8) != 0)
            look |= MONO;
    return look;
}

static int look_of_style(const char *name) {
    const char *style = strpbrk(name, "-,");
    int look = 0;
    for (; style; style = strpbrk(style + 1, "-,"))
        for (size_t i = 0; i < COUNT_OF(styles); i++) {
            size_t size = strlen(styles[i].text);
            /* A word ends where no small letter follows. */
            if (strncmp(style + 1, styles[i].text, size) == 0 &&
                !islower((unsigned char)style[1 + size]))
                look |= styles[i].look;
        }
    return look;
}

struct font_look font_look(const char *name) {
    name = font_plain_name(name);
    int look = look_of_tex(name) | look_of_words(name) | look_of_style(name);
    return (struct font_look){look & BOLD, look & ITALIC, look & MONO};
}
