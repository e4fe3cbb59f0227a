/*
 * Syntax colours, and the pseudo-code of the loop with the lines of its phases.
 */
#include "highlight.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/** A line with each span as its colour's letter and its bytes: "K:def |N:f|T:()" */
static const char *shown(Syntax syntax, const char *line, int *carry)
{
    static const char letters[COLORS] = {[COLOR_TEXT] = 'T',   [COLOR_KEYWORD] = 'K', [COLOR_NAME] = 'N',
                                         [COLOR_STRING] = 'S', [COLOR_NUMBER] = '0',  [COLOR_COMMENT] = 'C'};
    static char text[512];
    HighlightSpan spans[HIGHLIGHT_SPANS];
    size_t count = highlight_line(line, strlen(line), syntax, carry, spans, HIGHLIGHT_SPANS), used = 0;
    text[0] = '\0';
    for (size_t k = 0; k < count; k++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%c:%.*s", k ? "|" : "",
                                 letters[spans[k].color], (int)(spans[k].until - spans[k].from),
                                 line + spans[k].from);
    return text;
}

static const char *python(const char *line)
{
    int carry = 0;
    return shown(SYNTAX_PYTHON, line, &carry);
}

static const char *c(const char *line)
{
    int carry = 0;
    return shown(SYNTAX_C, line, &carry);
}

static void python_has_keywords_names_strings_numbers_and_comments(void **state)
{
    assert_string_equal(python("async def main():"), "K:async|T: |K:def|T: |N:main|T:():");
    assert_string_equal(python("    await asyncio.sleep(2)  # two"),
                        "T:    |K:await|T: asyncio.|N:sleep|T:(|0:2|T:)  |C:# two");
    assert_string_equal(python("print('开始 #', f\"{n}\")"), "N:print|T:(|S:'开始 #'|T:, |S:f\"{n}\"|T:)");
    assert_string_equal(python("@coroutine"), "N:@coroutine");
    assert_string_equal(python("class Future:"), "K:class|T: |N:Future|T::");
}

static void a_name_in_chinese_is_one_word(void **state)
{
    assert_string_equal(python("async def 任务():"), "K:async|T: |K:def|T: |N:任务|T:():");
}

static void an_escaped_quote_does_not_end_a_string(void **state)
{
    assert_string_equal(python("x = 'it\\'s' + y"), "T:x = |S:'it\\'s'|T: + y");
}

static void a_triple_quoted_string_reaches_over_lines(void **state)
{
    int carry = 0;
    assert_string_equal(shown(SYNTAX_PYTHON, "x = '''one", &carry), "T:x = |S:'''one");
    assert_string_equal(shown(SYNTAX_PYTHON, "def two", &carry), "S:def two");
    assert_string_equal(shown(SYNTAX_PYTHON, "three''' + x", &carry), "S:three'''|T: + x");
    assert_int_equal(carry, 0);
}

static void c_has_directives_and_both_comments(void **state)
{
    assert_string_equal(c("#include <stdio.h>"), "K:#include|T: |S:<stdio.h>");
    assert_string_equal(c("static Value main_(Value x) // it"),
                        "K:static|T: Value |N:main_|T:(Value x) |C:// it");
    assert_string_equal(c("    return NONE; /* \\*/"), "T:    |K:return|T: |K:NONE|T:; |C:/* \\*/");
    int carry = 0;
    assert_string_equal(shown(SYNTAX_C, "/* opens", &carry), "C:/* opens");
    assert_string_equal(shown(SYNTAX_C, "# still", &carry), "C:# still");
    assert_string_equal(shown(SYNTAX_C, " closes */ int x;", &carry), "C: closes */|T: |K:int|T: x;");
}

static void spans_cover_the_line_without_gaps_and_never_more_than_max(void **state)
{
    static const char line[] = "a(1) b(2) c(3) \"d\" 4 if 5 else 6 # e";
    for (size_t max = 1; max < 30; max++) {
        HighlightSpan spans[30];
        int carry = 0;
        size_t count = highlight_line(line, strlen(line), SYNTAX_PYTHON, &carry, spans, max);
        assert_in_range(count, 1, max);
        assert_int_equal(spans[0].from, 0);
        for (size_t k = 1; k < count; k++)
            assert_int_equal(spans[k].from, spans[k - 1].until);
        assert_int_equal(spans[count - 1].until, strlen(line));
    }
}

static void an_empty_line_has_no_span_and_an_unknown_language_one(void **state)
{
    assert_string_equal(python(""), "");
    int carry = 0;
    assert_string_equal(shown(highlight_syntax("cobol"), "def x", &carry), "T:def x");
    assert_int_equal(highlight_syntax("python"), SYNTAX_PYTHON);
    assert_int_equal(highlight_syntax("c"), SYNTAX_C);
    assert_int_equal(highlight_syntax(NULL), SYNTAX_NONE);
}

/** Line number `wanted` of a text, without newline. */
static const char *line_of(const char *text, uint32_t wanted, size_t *length)
{
    for (uint32_t k = 1; k < wanted; k++) {
        text = strchr(text, '\n');
        assert_non_null(text);
        text++;
    }
    *length = strcspn(text, "\n");
    return text;
}

static bool lit(State state, const char *code)
{
    LineRange range = highlight_loop_lines(&state);
    for (uint32_t k = range.first; k > 0 && k <= range.last; k++) {
        size_t length;
        const char *line = line_of(highlight_loop_text(LANG_EN), k, &length);
        const char *found = strstr(line, code);
        if (found && found < line + length)
            return true;
    }
    return false;
}

static void each_phase_lights_its_own_lines_of_the_loop(void **state)
{
    assert_true(lit((State){.phase = PHASE_SELECT}, "timeout = None"));
    assert_true(lit((State){.phase = PHASE_SELECT, .selecting = true}, "loop.select(timeout)"));
    assert_true(lit((State){.phase = PHASE_TIMERS}, "loop.timers.pop"));
    assert_true(lit((State){.phase = PHASE_RUN}, "popleft()"));
    assert_true(lit((State){.phase = PHASE_RUN, .handle = ID('h', 1)}, "handle.run()"));
    assert_false(lit((State){.phase = PHASE_RUN}, "handle.run()"));
    assert_true(lit((State){.phase = PHASE_CHECK}, "break"));
    assert_int_equal(highlight_loop_lines(&(State){.phase = PHASE_NONE}).first, 0);
}

static void the_loop_reads_the_same_in_both_languages_but_for_its_comments(void **state)
{
    const char *zh = highlight_loop_text(LANG_ZH), *en = highlight_loop_text(LANG_EN);
    uint32_t count = 0;
    for (const char *c = en; *c; c++)
        count += *c == '\n';
    for (uint32_t k = 1; k <= count; k++) {
        HighlightSpan a[HIGHLIGHT_SPANS], b[HIGHLIGHT_SPANS];
        size_t long_zh, long_en;
        int carry = 0;
        const char *line_zh = line_of(zh, k, &long_zh), *line_en = line_of(en, k, &long_en);
        size_t spans = highlight_line(line_zh, long_zh, SYNTAX_PYTHON, &carry, a, HIGHLIGHT_SPANS);
        assert_int_equal(spans, highlight_line(line_en, long_en, SYNTAX_PYTHON, &carry, b, HIGHLIGHT_SPANS));
        for (size_t s = 0; s < spans; s++) {
            assert_int_equal(a[s].color, b[s].color);
            if (a[s].color != COLOR_COMMENT)
                assert_memory_equal(line_zh + a[s].from, line_en + b[s].from, a[s].until - a[s].from);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(python_has_keywords_names_strings_numbers_and_comments),
        cmocka_unit_test(a_name_in_chinese_is_one_word),
        cmocka_unit_test(an_escaped_quote_does_not_end_a_string),
        cmocka_unit_test(a_triple_quoted_string_reaches_over_lines),
        cmocka_unit_test(c_has_directives_and_both_comments),
        cmocka_unit_test(spans_cover_the_line_without_gaps_and_never_more_than_max),
        cmocka_unit_test(an_empty_line_has_no_span_and_an_unknown_language_one),
        cmocka_unit_test(each_phase_lights_its_own_lines_of_the_loop),
        cmocka_unit_test(the_loop_reads_the_same_in_both_languages_but_for_its_comments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
