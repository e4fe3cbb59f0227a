/*
 * test_scene_running.c — who runs: what its frames are called, and what of a name stays where there is no
 * room.
 */
#include "viz/scene_shown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const int sizes[][2] = {{1024, 768}, {1280, 720}, {1920, 1080}, {3840, 2160}};

/* A program that ran on our own library, shown as Python: a C file would mean nothing to its reader. */
static void a_frame_of_our_library_is_asyncios_beside_python(void **state)
{
    static const char program[] =
        "{\"i\":1,\"ts\":0,\"ev\":\"source\",\"source\":\"s1\",\"name\":\"a.py\",\"language\":\"python\","
        "\"text\":\"1\\n\"}\n"
        "{\"i\":2,\"ts\":0,\"ev\":\"source\",\"source\":\"s2\",\"name\":\"a.c\",\"language\":\"c\","
        "\"text\":\"1\\n\"}\n"
        "{\"i\":3,\"ts\":0,\"ev\":\"task\",\"task\":\"t1\",\"name\":\"Task-1\",\"coroutine\":\"main\"}\n"
        "{\"i\":4,\"ts\":0,\"ev\":\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n"
        "{\"i\":5,\"ts\":0,\"ev\":\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"waiting\",\"on\":"
        "\"f1\","
        "\"chain\":[[\"main\",\"s1\",1],[\"wait_for\",\"%s\",109]]}\n"
        "{\"i\":6,\"ts\":0,\"ev\":\"run\",\"handle\":\"h2\",\"task\":\"t1\"}\n";
    static const struct {
        const char *file, *shown[2]; /* beside Python, beside C */
    } files[] = {{"loop/wait_for.c", {"asyncio", "wait_for.c:109"}},
                 {"asyncio/tasks.py", {"tasks.py:109", "tasks.py:109"}}};
    for (size_t k = 0; k < sizeof files / sizeof *files; k++)
        for (Tab tab = TAB_PYTHON; tab <= TAB_C; tab++) {
            char events[2048];
            snprintf(events, sizeof events, program, files[k].file);
            Shown shown;
            start_with(&shown, "", events);
            shown.view.tab = tab;
            show(&shown);
            assert_true(says_in(&shown, shown.scene.layout.running, "wait_for"));
            assert_true(says_in(&shown, shown.scene.layout.running, files[k].shown[tab]));
            assert_false(says_in(&shown, shown.scene.layout.running, files[k].shown[!tab]) && k == 0);
            stop(&shown);
        }
}

/* No line of its own tells that a last await has returned. */
static void of_a_task_that_comes_to_its_end_only_its_own_frame_is_left(void **state)
{
    Shown shown;
    start_with(
        &shown, "",
        "{\"i\":1,\"ts\":0,\"ev\":\"task\",\"task\":\"t1\",\"name\":\"Task-1\",\"coroutine\":\"main\"}\n"
        "{\"i\":2,\"ts\":0,\"ev\":\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n"
        "{\"i\":3,\"ts\":0,\"ev\":\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"waiting\",\"on\":"
        "\"f1\","
        "\"chain\":[[\"main\",\"s1\",1],[\"sleep\",\"asyncio/tasks.py\",9]]}\n"
        "{\"i\":4,\"ts\":0,\"ev\":\"run\",\"handle\":\"h2\",\"task\":\"t1\"}\n"
        "{\"i\":5,\"ts\":0,\"ev\":\"done\",\"future\":\"t1\",\"state\":\"done\"}\n");
    assert_true(says_in(&shown, shown.scene.layout.running, "main"));
    assert_false(says_in(&shown, shown.scene.layout.running, "sleep"));
    shown.view.i = 4;
    show(&shown);
    assert_true(says_in(&shown, shown.scene.layout.running, "sleep"));
    stop(&shown);
}

/* First its file, then its class, then its middle: both ends of a name tell more. */
static void a_name_that_has_no_room_keeps_both_ends(void **state)
{
    Shown shown;
    start_with(
        &shown, "",
        "{\"i\":1,\"ts\":0,\"ev\":\"source\",\"source\":\"s1\",\"name\":\"a.py\",\"language\":\"python\","
        "\"text\":\"1\\n2\\n3\\n\"}\n"
        "{\"i\":2,\"ts\":0,\"ev\":\"line\",\"source\":\"s1\",\"line\":1,\"function\":\"short\"}\n"
        "{\"i\":3,\"ts\":0,\"ev\":\"line\",\"source\":\"s1\",\"line\":2,\"function\":"
        "\"ConnectionOfAServer.open\"}\n"
        "{\"i\":4,\"ts\":0,\"ev\":\"line\",\"source\":\"s1\",\"line\":3,\"function\":"
        "\"read_whatever_is_there_until_all_of_it_has_come_in\"}\n");
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        shown.view.width = sizes[k][0];
        shown.view.height = sizes[k][1];
        show(&shown);
        Rect running = shown.scene.layout.running;
        assert_true(says_in(&shown, running, "a.py:1"));
        assert_true(says_in(&shown, running, "open"));
        assert_true(says_in(&shown, running, "read_"));
        assert_true(says_in(&shown, running, "_in"));
        assert_false(says_in(&shown, running, "a.py:3"));
        assert_true(says_in(&shown, running, ":3"));
    }
    stop(&shown);
}

/* Its badge comes out of its name in this language; "m" is the task main's. */
static void the_main_program_has_a_badge_of_its_own(void **state)
{
    static const char *const badges[] = {[LANG_ZH] = "主", [LANG_EN] = "mp"};
    Shown shown;
    start(&shown, "09_await_ex2", 3);
    for (int language = LANG_ZH; language <= LANG_EN; language++) {
        shown.view.language = (Language)language;
        show(&shown);
        bool seen = false;
        for (size_t k = 0; k < shown.list.count; k++)
            seen = seen || (shown.list.items[k].op == DRAW_TEXT &&
                            strcmp(draw_string(&shown.list, &shown.list.items[k]), badges[language]) == 0);
        assert_true(seen);
    }
    stop(&shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_frame_of_our_library_is_asyncios_beside_python),
        cmocka_unit_test(of_a_task_that_comes_to_its_end_only_its_own_frame_is_left),
        cmocka_unit_test(a_name_that_has_no_room_keeps_both_ends),
        cmocka_unit_test(the_main_program_has_a_badge_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
