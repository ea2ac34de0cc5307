#include "pdf/fonts.h"

#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* "b", "i" and "m" of those that `name` is. */
static void assert_look(const char *name, const char *wanted) {
    struct font_look look = font_look(name);
    char found[4] = "";
    size_t size = 0;
    if (look.bold)
        found[size++] = 'b';
    if (look.italic)
        found[size++] = 'i';
    if (look.mono)
        found[size++] = 'm';
    if (strcmp(found, wanted) != 0)
        fail_msg("%s: found \"%s\", not \"%s\"", name, found, wanted);
}

static void test_fonts_of_tex(void **state) {
    (void)state;
    assert_look("CMR10", "");
    assert_look("CMBX12", "b");
    assert_look("CMBXTI10", "bi");
    assert_look("CMTI10", "i");
    assert_look("CMSL10", "i");
    assert_look("CMMI7", "i");
    assert_look("CMMIB10", "bi");
    assert_look("CMTT10", "m");
    assert_look("CMITT10", "im");
    assert_look("CMCSC10", "");
    assert_look("CMSY10", "");
    assert_look("CMSSBX10", "b");
    assert_look("MSBM10", "");
    assert_look("SFBX1440", "b");
    assert_look("SFRM1000", "");
    assert_look("SFTT0900", "m");
    assert_look("LMRoman10-Regular", "");
    assert_look("LMRoman12-Bold", "b");
    assert_look("LMRoman10-BoldItalic", "bi");
    assert_look("LMMono10-Regular", "m");
    assert_look("t1xtt", "m");
}

static void test_styles(void **state) {
    (void)state;
    assert_look("NimbusRomNo9L-Regu", "");
    assert_look("NimbusRomNo9L-Medi", "b");
    assert_look("NimbusRomNo9L-MediItal", "bi");
    assert_look("NimbusRomNo9L-ReguItal", "i");
    assert_look("NimbusMonL-Regu", "m");
    assert_look("NimbusMonL-ReguObli", "im");
    assert_look("URWGothicL-Demi", "b");
    assert_look("TimesNewRomanPS-BoldMT", "b");
    assert_look("TimesNewRomanPS-BoldItalicMT", "bi");
    assert_look("Arial,Bold", "b");
    assert_look("ArialMT", "");
    assert_look("Inter-SemiBold", "b");
    assert_look("SourceSansPro-It", "i");
    assert_look("SourceCodePro-Regular", "m");
    assert_look("Lato-Black", "b");
    assert_look("Roboto-Medium", "");
    assert_look("Roboto-MediumItalic", "i");
    assert_look("CourierNewPSMT", "m");
    assert_look("Consolas-Bold", "bm");
    assert_look("DejaVuSansMono", "m");
    assert_look("Helvetica-Oblique", "i");
}

static void test_names_that_mislead(void **state) {
    (void)state;
    assert_look("BlackadderITC-Regular", "");
    assert_look("MonotypeCorsiva", "");
    assert_look("Harmony", "");
    assert_look("", "");
    assert_look("-", "");
    assert_look(",-,", "");
    assert_look("T1", "");
    assert_look("Default", "");
}

static void test_prefix_of_a_subset(void **state) {
    (void)state;
    assert_string_equal(font_plain_name("ABCDEF+CMBX12"), "CMBX12");
    assert_string_equal(font_plain_name("ABCDEF+"), "ABCDEF+");
    assert_string_equal(font_plain_name("ABCDE+CMBX12"), "ABCDE+CMBX12");
    assert_string_equal(font_plain_name("ABCDEFG+CMBX12"), "ABCDEFG+CMBX12");
    assert_look("ABCDEF+CMBX12", "b");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fonts_of_tex),
        cmocka_unit_test(test_styles),
        cmocka_unit_test(test_names_that_mislead),
        cmocka_unit_test(test_prefix_of_a_subset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
