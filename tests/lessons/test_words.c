/*
 * test_words.c — looprun says what is wrong in the reader's language: all of it, and with the same values.
 *
 * The sources are read: whatever complain(), words() and refuse() are given as text has its Chinese.
 */
#include "shared/ran.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <glob.h>
#include <stdio.h>
#include <string.h>

enum { PAIRS_MOST = 200, TEXT_MOST = 400 };

static struct {
    char english[TEXT_MOST], chinese[TEXT_MOST];
} pairs[PAIRS_MOST];
static size_t pair_count;

static char *read_source(const char *path)
{
    FILE *file = fopen(path, "r");
    char *text = NULL;
    size_t size = 0;
    assert_non_null(file);
    assert_true(getdelim(&text, &size, '\0', file) > 0);
    fclose(file);
    return text;
}

/* "one " "two": what they are together, as it is written. @return behind them */
static const char *take_text(const char *at, char text[TEXT_MOST])
{
    size_t used = 0;
    while (*at == '"') {
        for (at++; *at != '"'; at++) {
            assert_true(used < TEXT_MOST - 2);
            if (*at == '\\')
                text[used++] = *at++;
            text[used++] = *at;
        }
        at++;
        at += strspn(at, " \n");
    }
    text[used] = '\0';
    return at;
}

static int read_pairs(void **state)
{
    char *source = read_source(PROJECT_DIR "/lessons/words.c");
    const char *at = strstr(source, "all[] = {"), *end = strstr(at, "\n};");
    while ((at = strchr(at, '"')) != NULL && at < end) {
        assert_true(pair_count < PAIRS_MOST);
        at = take_text(at, pairs[pair_count].english);
        assert_int_equal(*at, ',');
        at = take_text(at + 1 + strspn(at + 1, " \n"), pairs[pair_count].chinese);
        pair_count++;
    }
    free(source);
    return 0;
}

static const char *chinese_of(const char *english)
{
    for (size_t k = 0; k < pair_count; k++)
        if (strcmp(pairs[k].english, english) == 0)
            return pairs[k].chinese;
    return NULL;
}

/* "%s%.*s": the values that a format takes. */
static void list_values(const char *format, char list[TEXT_MOST])
{
    size_t used = 0;
    while ((format = strchr(format, '%')) != NULL) {
        size_t length = 1 + strcspn(format + 1, "sdugxc%") + 1;
        memcpy(list + used, format, length);
        used += length;
        format += length;
    }
    list[used] = '\0';
}

/* An argument of this call that is text; behind the first comma only where `all` of them are words. */
static size_t look_at_call(const char *at, bool all, const char *path)
{
    char text[TEXT_MOST];
    size_t count = 0;
    for (int depth = 1; depth > 0 && *at && (depth > 1 || all || *at != ',');) {
        if (*at != '"') {
            depth += (*at == '(') - (*at == ')');
            at++;
            continue;
        }
        at = take_text(at, text);
        if (strcmp(text, "stuck: %s") != 0 && !chinese_of(text)) /* an exception's, as in Python */
            fail_msg("%s: \"%s\" has no Chinese in lessons/words.c", path, text);
        count++;
    }
    return count;
}

static void all_that_is_said_has_its_chinese(void **state)
{
    static const struct {
        const char *call;
        bool all;
    } calls[] = {{" complain(", false}, {" complain_early(", false}, {"words(", true}, {" refuse(", true}};
    glob_t sources;
    size_t said = 0;
    assert_int_equal(glob(PROJECT_DIR "/lessons/*.c", 0, NULL, &sources), 0);
    for (size_t k = 0; k < sources.gl_pathc; k++) {
        const char *path = sources.gl_pathv[k];
        char *source = read_source(path);
        for (size_t n = 0; n < sizeof calls / sizeof *calls; n++)
            for (const char *at = source; (at = strstr(at, calls[n].call)) != NULL;) {
                at += strlen(calls[n].call);
                said += look_at_call(at, calls[n].all, path);
            }
        free(source);
    }
    globfree(&sources);
    assert_in_range(said, 100, 1000);
}

static void both_languages_tell_the_same_values(void **state)
{
    for (size_t k = 0; k < pair_count; k++) {
        char english[TEXT_MOST], chinese[TEXT_MOST];
        list_values(pairs[k].english, english);
        list_values(pairs[k].chinese, chinese);
        assert_string_equal(english, chinese);
        if (strpbrk(pairs[k].english, "\n") || strcmp(pairs[k].english, pairs[k].chinese) == 0)
            fail_msg("%s", pairs[k].english);
        for (size_t n = 0; n < k; n++)
            assert_string_not_equal(pairs[n].english, pairs[k].english);
    }
}

static void assert_says(const char *environment, const char *line)
{
    char command[512];
    snprintf(command, sizeof command, "env -u LC_ALL -u LC_MESSAGES -u LANG %s %s no-such --trace /x",
             environment, looprun_path);
    Ran ran;
    ran_start(&ran, NULL, (const char *const[]){"sh", "-c", command, NULL});
    ran_wait(&ran, 10);
    assert_string_equal(ran.err, line);
    assert_int_equal(ran.status, 2);
    ran_free(&ran);
}

static void the_language_is_the_windows_or_else_the_locales(void **state)
{
    static const char english[] = "looprun: no lesson \"no-such\"; looprun --list shows them all\n",
                      chinese[] = "looprun: 没有课程“no-such”；用 looprun --list 看全部课程\n";
    assert_says("", english);
    assert_says("LANG=zh_CN.UTF-8", chinese);
    assert_says("LANG=zh_CN.UTF-8 LC_ALL=C", english);
    assert_says("LC_ALL=de_DE LOOPGLASS_LANG=zh", chinese);
    assert_says("LC_ALL=zh_CN LOOPGLASS_LANG=en", english);
}

static void a_window_in_chinese_says_it_in_chinese(void **state)
{
    Ran ran;
    ran_start(&ran, NULL,
              (const char *const[]){BUILD_DIR "/loopglass", "text", "/no/such.c", "--lang", "zh", NULL});
    ran_wait(&ran, 30);
    assert_string_equal(ran.err, "loopglass: /no/such.c 运行不了：打不开 /no/such.c：没有这个文件或文件夹\n");
    ran_free(&ran);
    ran_start(&ran, NULL,
              (const char *const[]){BUILD_DIR "/loopglass", "text", "no-such", "--lang", "zh", NULL});
    ran_wait(&ran, 30);
    assert_non_null(strstr(ran.err, "；也没有叫 no-such 的文件\n"));
    ran_free(&ran);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_that_is_said_has_its_chinese),
        cmocka_unit_test(both_languages_tell_the_same_values),
        cmocka_unit_test(the_language_is_the_windows_or_else_the_locales),
        cmocka_unit_test(a_window_in_chinese_says_it_in_chinese),
    };
    return cmocka_run_group_tests(tests, read_pairs, NULL);
}
