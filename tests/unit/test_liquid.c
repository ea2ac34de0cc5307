/* How Liquid cuts a text up; each line says what Liquid 5.4 and Jekyll 4.3 made of it. */
#include "base/buffer.h"
#include "base/memory.h"
#include "document/liquid.h"
#include "rules/liquid_blocks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* "kind:text" of every token: o(utput), t(ag), b(roken), r(aw that is open). */
static void is_cut(const char *text, const char *expected) {
    struct liquid_reader reader = {.bytes = slice_of(text)};
    struct liquid_token token;
    struct buffer found = BUFFER_EMPTY;
    while (liquid_next(&reader, &token)) {
        struct slice part = slice_part(reader.bytes, token.span.start, token.span.end);
        buffer_append_format(&found, "%s%c:%.*s", found.size ? "|" : "", "otbr"[token.kind],
                             SLICE_ARGUMENTS(part));
    }
    assert_string_equal(buffer_string(&found), expected);
    buffer_release(&found);
}

static void outputs(void **state) {
    (void)state;
    is_cut("a {{ b }} c{{d}}", "o:{{ b }}|o:{{d}}");
    is_cut("{{}} {{{a}}} {{-\n-}}", "o:{{}}|o:{{{a}}|o:{{-\n-}}");
    is_cut("{{}", "b:{{}");
    is_cut("{{ a }. {{ b }}", "b:{{ a }|o:{{ b }}");
    is_cut("{{ \"}\" }}", "b:{{ \"}");
    is_cut("{{a, {b}}", "o:{{a, {b}}");
    is_cut("{{ a {% b %} c", "b:{{ a {% b %}");
    is_cut("} { {a} %} {", "");
    is_cut("{{ {{ a", "b:{{|b:{{");
    is_cut("{{", "b:{{");
    is_cut("", "");
}

static void tags(void **state) {
    (void)state;
    is_cut("{% a b %}{%-c-%}{%\nd\n%}{% 5 %}", "t:{% a b %}|t:{%-c-%}|t:{%\nd\n%}|t:{% 5 %}");
    is_cut("{% if x } y\n{% endif %}", "t:{% if x } y\n{% endif %}");
    is_cut("{% %}{%%}{%- -%}{% -- %}", "b:{% %}|b:{%%}|b:{%- -%}|b:{% -- %}");
    is_cut("a {%} b %}", "b:{%} b %}");
    is_cut("{% a {{ b }}", "b:{%|o:{{ b }}");
    is_cut("{% # a %}", "t:{% # a %}");
    is_cut("{%", "b:{%");
}

static void raw_blocks(void **state) {
    (void)state;
    is_cut("{% raw %}{{ a } {% b {% endraw %}{{ c }}", "t:{% raw %}|t:{% endraw %}|o:{{ c }}");
    is_cut("{% raw %}{{ {% endraw %} {{a}}", "t:{% raw %}|t:{% endraw %}|o:{{a}}");
    is_cut("{%- raw -%}{% a %}{%endraw x%}", "t:{%- raw -%}|t:{%endraw x%}");
    is_cut("{{ a }}{% raw %}{{ b }}{% raw %}", "o:{{ a }}|r:{% raw %}");
    is_cut("{% raw %}{% endraw", "r:{% raw %}");
    is_cut("{% comment %}{% raw %}{% endcomment %}{% endraw %}",
           "t:{% comment %}|t:{% raw %}|t:{% endraw %}");
}

static bool is_known(struct slice name) {
    if (slice_starts_with(name, "end"))
        name = slice_part(name, 3, name.size);
    return liquid_is_block(name) || !slice_starts_with(name, "x");
}

static void has_fault(const char *text, enum liquid_blocks_state expected, const char *name) {
    struct liquid_token fault = {.kind = LIQUID_TAG};
    assert_int_equal(liquid_blocks_follow(slice_of(text), 0, is_known, &fault), expected);
    if (expected != LIQUID_BLOCKS_CLOSED)
        assert_true(slice_equal_string(fault.name, name));
}

static void blocks(void **state) {
    (void)state;
    has_fault("{% for a in b %}{% else %}{% endfor %}{% else_ %}", LIQUID_BLOCKS_CLOSED, "");
    has_fault("{% case a %}{% when 1 %}{% else %}{% endcase %}", LIQUID_BLOCKS_CLOSED, "");
    has_fault("{% comment %}{% endif %}{% when %}{% x %}{% endcomment %}", LIQUID_BLOCKS_CLOSED,
              "");
    has_fault("{% comment %}{% if a %}{% endcomment %}", LIQUID_BLOCKS_STRAY, "endcomment");
    has_fault("{% if a %}{% for b in c %}{% endfor %}", LIQUID_BLOCKS_OPEN, "if");
    has_fault("{% if a %}{% raw %}{% endif %}", LIQUID_BLOCKS_OPEN, "raw");
    has_fault("{% if a %}{% when b %}{% endif %}", LIQUID_BLOCKS_STRAY, "when");
    has_fault("{% capture a %}{% else %}{% endcapture %}", LIQUID_BLOCKS_STRAY, "else");
    has_fault("{% if a %}{% end %}", LIQUID_BLOCKS_STRAY, "end");
    has_fault("{% end %}", LIQUID_BLOCKS_STRAY, "end");
    has_fault("{% endraw %}", LIQUID_BLOCKS_STRAY, "endraw");
    /* The output is at fault, and another rule says so. */
    has_fault("{% if a %}{{ b {% endif %}", LIQUID_BLOCKS_CLOSED, "");
}

static void blocks_of_others(void **state) {
    (void)state;
    has_fault("{% x %}{% if a %}{% endx %}{% if b %}", LIQUID_BLOCKS_OPEN, "if");
    has_fault("{% x %}{% endif %}{% endx %}", LIQUID_BLOCKS_CLOSED, "");
    has_fault("{% x %}{% endif %}", LIQUID_BLOCKS_STRAY, "endif");
}

/* Neither many openings nor many unknown tags make the time grow with the square. */
static void long_texts(void **state) {
    (void)state;
    static const char *const parts[] = {"{{ ", "{% ", "{% x %}", "{% raw ", "{% if a %}"};
    static const enum liquid_blocks_state states[] = {LIQUID_BLOCKS_CLOSED, LIQUID_BLOCKS_CLOSED,
                                                      LIQUID_BLOCKS_CLOSED, LIQUID_BLOCKS_CLOSED,
                                                      LIQUID_BLOCKS_TOO_DEEP};
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        struct buffer text = BUFFER_EMPTY;
        while (text.size < 1 << 20)
            buffer_append_string(&text, parts[i]);
        has_fault(buffer_string(&text), states[i], "if");
        buffer_release(&text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outputs),          cmocka_unit_test(tags),
        cmocka_unit_test(raw_blocks),       cmocka_unit_test(blocks),
        cmocka_unit_test(blocks_of_others), cmocka_unit_test(long_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
