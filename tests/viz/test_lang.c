/*
 * The words: every key in both languages, every key that the code asks for, the same slots in both.
 */
#include "lang.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void every_key_has_a_text_in_both_languages(void **state)
{
    assert_true(lang_count() > 300);
    for (size_t k = 0; k < lang_count(); k++) {
        const char *key = lang_key(k);
        for (int language = 0; language < LANGUAGES; language++) {
            const char *text = lang_text((Language)language, key);
            if (text == key || !*text)
                fail_msg("%s has no text in language %d", key, language);
        }
    }
    assert_null(lang_key(lang_count()));
}

static void every_key_is_there_once(void **state)
{
    for (size_t k = 1; k < lang_count(); k++)
        if (strcmp(lang_key(k - 1), lang_key(k)) == 0)
            fail_msg("%s is there twice", lang_key(k));
}

/** Does every {slot} of a stand in b? */
static bool has_slots_of(const char *a, const char *b)
{
    for (const char *open = strchr(a, '{'); open; open = strchr(open + 1, '{')) {
        char slot[64];
        int length = (int)strcspn(open, "}") + 1;
        snprintf(slot, sizeof slot, "%.*s", length, open);
        if (!strstr(b, slot))
            return false;
    }
    return true;
}

static void both_languages_have_the_same_slots(void **state)
{
    for (size_t k = 0; k < lang_count(); k++) {
        const char *zh = lang_text(LANG_ZH, lang_key(k)), *en = lang_text(LANG_EN, lang_key(k));
        if (!has_slots_of(zh, en) || !has_slots_of(en, zh))
            fail_msg("%s: \"%s\" and \"%s\" have different slots", lang_key(k), zh, en);
    }
}

/** Is the bold or code markup closed again? */
static bool is_balanced(const char *text, const char *mark)
{
    size_t count = 0;
    for (const char *at = strstr(text, mark); at; at = strstr(at + strlen(mark), mark))
        count++;
    return count % 2 == 0;
}

static void every_mark_of_the_markup_is_closed(void **state)
{
    for (size_t k = 0; k < lang_count(); k++)
        for (int language = 0; language < LANGUAGES; language++) {
            const char *text = lang_text((Language)language, lang_key(k));
            if (!is_balanced(text, "**") || !is_balanced(text, "`"))
                fail_msg("%s: unclosed markup in \"%s\"", lang_key(k), text);
        }
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    rewind(file);
    char *text = malloc((size_t)size + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, (size_t)size, file), (size_t)size);
    text[size] = '\0';
    fclose(file);
    return text;
}

/** Is it the form of a key: "panel.ready", words and dots, and one of our families? */
static bool is_key(const char *text, size_t length)
{
    static const char *const families[] = {"why.",   "ready.",  "text.",  "panel.", "phase.",
                                           "tip.",   "help.",   "list.",  "scene.", "timeline.",
                                           "state.", "legend.", "empty.", "notice."};
    if (length < 3 || strspn(text, "abcdefghijklmnopqrstuvwxyz_0123456789.") < length ||
        text[length - 1] == '.' || text[length - 2] == '.')
        return false;
    for (size_t k = 0; k < sizeof families / sizeof *families; k++)
        if (length > strlen(families[k]) && strncmp(text, families[k], strlen(families[k])) == 0)
            return true;
    return false;
}

/** Every string in a source that looks like a key, and every argument of lang_text and scene_text, is one. */
static size_t check_source(const char *name, const char *source)
{
    size_t found = 0;
    for (const char *quote = strchr(source, '"'); quote; quote = strchr(quote, '"')) {
        const char *text = quote + 1;
        size_t length = 0;
        while (text[length] && text[length] != '"' && text[length] != '\n')
            length += text[length] == '\\' ? 2 : 1;
        char key[256];
        snprintf(key, sizeof key, "%.*s", (int)length, text);
        if (is_key(text, length)) {
            found++;
            if (!lang_has(key))
                fail_msg("%s asks for \"%s\", which lang.json does not have", name, key);
        }
        quote = text + length + (text[length] == '"');
    }
    return found;
}

static void every_key_that_the_code_asks_for_exists(void **state)
{
    size_t found = 0;
    DIR *folder = opendir(PROJECT_DIR "/viz");
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        const char *dot = strrchr(entry->d_name, '.');
        if (!dot || strcmp(dot, ".c") != 0)
            continue;
        char path[1024];
        snprintf(path, sizeof path, "%s/viz/%s", PROJECT_DIR, entry->d_name);
        char *source = read_file(path);
        found += check_source(entry->d_name, source);
        free(source);
    }
    closedir(folder);
    assert_true(found > 150);
}

/** As a whole word: in quotes of its own, or with others in one string. */
static bool has_word(const char *source, const char *word)
{
    static const char inside[] = "abcdefghijklmnopqrstuvwxyz_0123456789.";
    size_t length = strlen(word);
    for (const char *at = strstr(source, word); at; at = strstr(at + 1, word))
        if (at > source && !strchr(inside, at[-1]) && !strchr(inside, at[length]))
            return true;
    return false;
}

static bool stands_in_the_code(const char *key)
{
    bool found = false;
    DIR *folder = opendir(PROJECT_DIR "/viz");
    assert_non_null(folder);
    for (struct dirent *entry; !found && (entry = readdir(folder));) {
        const char *dot = strrchr(entry->d_name, '.');
        if (!dot || strcmp(dot, ".c") != 0)
            continue;
        char path[1024];
        snprintf(path, sizeof path, "%s/viz/%s", PROJECT_DIR, entry->d_name);
        char *source = read_file(path);
        found = has_word(source, key);
        free(source);
    }
    closedir(folder);
    return found;
}

/** What nothing asks for is left over. A variant's word is found by the variant's name. */
static void every_key_is_used(void **state)
{
    for (size_t k = 0; k < lang_count(); k++)
        if (strncmp(lang_key(k), "variant.", 8) != 0 && !stands_in_the_code(lang_key(k)))
            fail_msg("nothing says %s", lang_key(k));
}

static void an_unknown_key_is_its_own_text(void **state)
{
    assert_string_equal(lang_text(LANG_ZH, "no.such.key"), "no.such.key");
    assert_false(lang_has("no.such.key"));
    assert_string_equal(lang_text(LANG_EN, "panel.ready"), "Ready queue");
    assert_string_equal(lang_text(LANG_ZH, "panel.ready"), "就绪队列");
}

static void the_locale_chooses_the_language(void **state)
{
    unsetenv("LC_MESSAGES");
    unsetenv("LC_ALL");
    setenv("LANG", "zh_CN.UTF-8", 1);
    assert_int_equal(lang_of_locale(), LANG_ZH);
    setenv("LC_MESSAGES", "de_DE.UTF-8", 1);
    assert_int_equal(lang_of_locale(), LANG_EN);
    setenv("LC_ALL", "zh_TW", 1);
    assert_int_equal(lang_of_locale(), LANG_ZH);
    setenv("LC_ALL", "", 1);
    assert_int_equal(lang_of_locale(), LANG_EN);
    unsetenv("LC_ALL");
    unsetenv("LC_MESSAGES");
    unsetenv("LANG");
    assert_int_equal(lang_of_locale(), LANG_EN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_has_a_text_in_both_languages),
        cmocka_unit_test(every_key_is_there_once),
        cmocka_unit_test(both_languages_have_the_same_slots),
        cmocka_unit_test(every_mark_of_the_markup_is_closed),
        cmocka_unit_test(every_key_that_the_code_asks_for_exists),
        cmocka_unit_test(every_key_is_used),
        cmocka_unit_test(an_unknown_key_is_its_own_text),
        cmocka_unit_test(the_locale_chooses_the_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
