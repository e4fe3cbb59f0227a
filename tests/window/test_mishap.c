/*
 * One's own programs while they are being written. One that does not begin: what compiler or Python say of it
 * lies over the picture; mended, R goes on where the reader was. With --watch, saving is enough.
 */
#include "window/shell.h"

static const char good[] = "#include \"lesson.h\"\n"
                           "static Value work(Value none)\n"
                           "{\n"
                           "    print(\"one\");\n"
                           "    TRY(await_sleep(loop_seconds(1)));\n"
                           "    print(\"two\");\n"
                           "    return NONE;\n"
                           "}\n"
                           "LESSON { return loop_run(coroutine(work, NONE)); }\n";
static const char bad[] = "#include \"lesson.h\"\n"
                          "LESSON\n"
                          "{\n"
                          "    print(\"one\")\n"
                          "    return NONE;\n"
                          "}\n";

static int make_folder(void **state)
{
    char cache[128];
    int made = shell_make_folder(state);
    snprintf(cache, sizeof cache, "%s/cache", folder);
    setenv("XDG_CACHE_HOME", cache, 1);
    unsetenv("LOOPGLASS_LESSONS");
    return made;
}

static void open_words(const char *words)
{
    char line[512];
    snprintf(line, sizeof line, "cd %s && exec %s/loopglass --lang en --no-motion --size 1280x720 %s", folder,
             BUILD_DIR, words);
    driver_open_program((const char *const[]){"/bin/sh", "-c", line, NULL});
}

static int in_the_middle(void)
{
    driver_expect("loading=0");
    for (int k = 0; k < 4; k++)
        driver_key("Right");
    int event = driver_event();
    assert_true(event > 0 && event < driver_events());
    return event;
}

static void a_program_that_does_not_compile_opens_with_the_compilers_words(void **state)
{
    write_file("my.c", bad);
    open_words("my.c");
    driver_expect("mishap=1");
    driver_expect("message=-");
    driver_key("Right"); /* the card lies over it */
    driver_expect_event(0);
    driver_key("Escape");
    driver_expect("mishap=0");
    driver_expect("screen=lesson");
    driver_key("r");
    driver_expect("mishap=1");
    write_file("my.c", good);
    driver_key("r");
    driver_expect("mishap=0");
    driver_expect("notice=Run again");
    driver_expect("loading=0");
    assert_true(driver_events() > 20);
}

static void a_mistake_leaves_the_old_picture_and_mended_it_goes_on_where_it_was(void **state)
{
    write_file("my.c", good);
    open_words("my.c");
    int event = in_the_middle(), events = driver_events();
    write_file("my.c", bad);
    driver_key("r");
    driver_expect("mishap=1");
    assert_int_equal(driver_event(), event);
    assert_int_equal(driver_events(), events);
    write_file("my.c", good);
    driver_key("r");
    driver_expect("mishap=0");
    driver_expect_event(event);
    driver_expect("loading=0");
    assert_int_equal(driver_events(), events);
}

static void a_syntax_error_in_python_does_so_too(void **state)
{
    static const char python[] = "import asyncio\n"
                                 "async def main():\n"
                                 "    print(1)\n"
                                 "    await asyncio.sleep(0)\n"
                                 "    print(2)\n"
                                 "asyncio.run(main())\n";
    write_file("my.py", python);
    open_words("my.py");
    int event = in_the_middle();
    write_file("my.py", "async def main()\n    pass\n");
    driver_key("r");
    driver_expect("mishap=1");
    assert_int_equal(driver_event(), event);
    write_file("my.py", python);
    driver_key("r");
    driver_expect("mishap=0");
    driver_expect_event(event);
}

static void a_picture_of_one_shows_the_card_and_text_tells_it(void **state)
{
    write_file("my.c", bad);
    assert_int_equal(sh("loopglass text my.c"), 1);
    assert_non_null(strstr(out, "my.c:4:"));
    assert_int_equal(sh("loopglass shot my.c -o a.png && test -s a.png"), 0);
}

/* ------------------------------------------------------------------------------------------ --watch ---- */

static void saving_runs_it_again_at_the_same_beat(void **state)
{
    write_file("my.c", good);
    open_words("my.c --watch");
    int event = in_the_middle(), events = driver_events();
    write_file("my.c", bad);
    driver_expect("mishap=1");
    assert_int_equal(driver_event(), event);
    write_file("new.c", good);
    assert_int_equal(sh("mv new.c my.c"), 0); /* as many an editor saves */
    driver_expect("mishap=0");
    driver_expect("notice=Ran again");
    driver_expect_event(event);
    driver_expect("loading=0");
    assert_int_equal(driver_events(), events);
}

static void a_lesson_of_one_s_own_is_watched_with_its_texts(void **state)
{
    assert_int_equal(sh("loopglass new mine --lessons shelf"), 0);
    open_words("mine --lessons shelf --watch");
    in_the_middle();
    assert_int_equal(
        sh("touch shelf/mine/unrelated.txt && cd shelf/mine && sed 's/Your opening words/Changed/' "
           "lesson.json >x && mv x lesson.json"),
        0);
    driver_expect("notice=Ran again");
    driver_expect("mishap=0");
}

/* Who saves is in his editor, and looks here when he has time. */
static void texts_that_cannot_be_read_are_told_until_the_reader_is_back(void **state)
{
    static const char told[] = "notice=shelf/broken/lesson.json:2: this is no valid JSON object";
    assert_int_equal(sh("loopglass new broken --lessons shelf"), 0);
    open_words("broken --lessons shelf --watch");
    int event = in_the_middle();
    write_file("shelf/broken/lesson.json", "{\n  \"title\": nothing\n}\n");
    driver_expect(told);
    driver_nap(5);
    driver_key("t"); /* a frame anew */
    driver_nap(0.5);
    driver_look();
    assert_true(driver_sees(told));
    assert_int_equal(driver_event(), event);
    driver_expect("notice=-");
}

static void saving_python_runs_it_again_and_its_mistake_is_shown(void **state)
{
    write_file("my.py", "print(1)\nprint(2)\nprint(3)\n");
    open_words("my.py --watch");
    driver_expect("loading=0");
    write_file("my.py", "print(1\n");
    driver_expect("mishap=1");
    write_file("my.py", "print(1)\nprint(2)\nprint(4)\n");
    driver_expect("mishap=0");
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, shell_remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_program_that_does_not_compile_opens_with_the_compilers_words),
        IN_FOLDER(a_mistake_leaves_the_old_picture_and_mended_it_goes_on_where_it_was),
        IN_FOLDER(a_syntax_error_in_python_does_so_too),
        IN_FOLDER(saving_runs_it_again_at_the_same_beat),
        IN_FOLDER(a_lesson_of_one_s_own_is_watched_with_its_texts),
        IN_FOLDER(texts_that_cannot_be_read_are_told_until_the_reader_is_back),
        IN_FOLDER(saving_python_runs_it_again_and_its_mistake_is_shown),
        IN_FOLDER(a_picture_of_one_shows_the_card_and_text_tells_it),
    };
    driver_start_display();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    driver_stop_display();
    return failed;
}
