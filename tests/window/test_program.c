/*
 * Python programs in loopglass: shown as they run, with whatever becomes of them, and ended with the window.
 */
#include "window/shell.h"

/** Waits until a file of the folder has a line that begins so; fails the test when it never has. */
static void expect_line(const char *file, const char *start)
{
    for (double until = driver_now() + 8; driver_now() < until; driver_nap(0.02))
        if (sh("grep -q '^%s' %s", start, file) == 0)
            return;
    fail_msg("%s never has a line that begins with '%s'", file, start);
}

/** The window with a program of the folder and the words behind it, split by the shell. */
static void open_program(const char *words)
{
    char line[512];
    snprintf(line, sizeof line, "cd %s && exec %s/loopglass --lang en --no-motion --size 1280x720 %s", folder,
             BUILD_DIR, words);
    driver_open_program((const char *const[]){"/bin/sh", "-c", line, NULL});
}

/* ------------------------------------------------------------------------------------------ as text ---- */

static void a_program_is_told_with_its_arguments(void **state)
{
    write_file("args.py", "import sys\nprint('got', sys.argv[1:])\n");
    assert_int_equal(sh("loopglass text args.py a -- --port 1"), 0);
    assert_non_null(strstr(out, "got ['a', '--port', '1']"));
    assert_int_equal(sh("loopglass text args.py --port 1"), 2);
    assert_one_line("behind --");
}

static void a_module_runs_as_a_program(void **state)
{
    write_file("mod.py", "print('as', __name__)\n");
    assert_int_equal(sh("loopglass text -m mod"), 0);
    assert_non_null(strstr(out, "as __main__"));
}

static void a_syntax_error_is_shown_as_output_with_status_1(void **state)
{
    write_file("syntax.py", "async def main()\n    pass\n");
    assert_int_equal(sh("loopglass text syntax.py"), 1);
    assert_non_null(strstr(out, "SyntaxError: expected ':'"));
    assert_string_equal(err, "");
}

static void a_traceback_is_shown_as_output_with_status_1(void **state)
{
    write_file("boom.py", "import asyncio\n"
                          "async def main():\n"
                          "    raise KeyError('lost')\n"
                          "asyncio.run(main())\n");
    assert_int_equal(sh("loopglass text boom.py"), 1);
    assert_non_null(strstr(out, "Traceback (most recent call last)"));
    assert_non_null(strstr(out, "KeyError: 'lost'"));
    assert_string_equal(err, "");
}

static void a_program_that_crashes_or_becomes_another_keeps_what_it_printed(void **state)
{
    write_file("crash.py", "import os\nprint('before')\nos.abort()\n");
    assert_int_equal(sh("loopglass text crash.py"), 128 + SIGABRT);
    assert_non_null(strstr(out, "before"));
    assert_one_line("crashed: SIGABRT");
    write_file("other.py", "import os, sys\n"
                           "print('before')\n"
                           "os.execv(sys.executable, [sys.executable, '-c', 'print(5)'])\n");
    assert_int_equal(sh("loopglass text other.py"), 0);
    assert_non_null(strstr(out, "before"));
    assert_non_null(strstr(out, "the process becomes ")); /* where its trace ends */
}

static void what_cannot_run_is_one_line_and_status_4_everywhere(void **state)
{
    static const char *const commands[] = {"loopglass", "loopglass text", "loopglass shot -o a.png"};
    write_file("hi.py", "print('hi')\n");
    write_file("old", "#!/bin/sh\nprintf 'cpython 3.8'\n");
    assert_int_equal(sh("chmod +x old"), 0);
    for (size_t k = 0; k < 3; k++) {
        assert_int_equal(sh("%s nowhere.py", commands[k]), 4);
        assert_one_line("nowhere.py: No such file");
        assert_int_equal(sh("%s hi.py --python /nowhere/python", commands[k]), 4);
        assert_one_line("/nowhere/python: No such file");
        assert_int_equal(sh("%s hi.py --python ./old", commands[k]), 4);
        assert_one_line("Python 3.8");
        assert_int_equal(sh("%s --lang zh nowhere.py", commands[k]), 4);
        assert_one_line("运行不了");
    }
}

static void a_program_s_options_are_a_program_s(void **state)
{
    assert_int_equal(sh("loopglass text async-await --python python3"), 2);
    assert_one_line("--python goes with a Python program, and async-await is a lesson");
    assert_int_equal(sh("loopglass text %s --virtual", TESTS_DIR "/data/traces/02a_greenlet.jsonl"), 2);
    assert_one_line("is a file");
    write_file("hi.py", "print('hi')\n");
    assert_int_equal(sh("loopglass text hi.py --set seconds=1"), 2);
    assert_one_line("--set goes with a lesson, and hi.py is a program");
}

/* ------------------------------------------------------------------------------------------ in a window ----
 */

static void a_broken_program_opens_and_shows_what_python_says(void **state)
{
    write_file("syntax.py", "async def main()\n    pass\n");
    open_program("syntax.py");
    driver_expect("loading=0");
    driver_expect("source=syntax.py");
    driver_expect("message=-");
    assert_true(driver_events() > 0);
}

/* It prints a line every 50 ms, and leaves a last one when it is asked to end. */
static const char ticking[] = "import asyncio, os, signal, sys\n"
                              "async def main():\n"
                              "    done = asyncio.Event()\n"
                              "    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, done.set)\n"
                              "    print('pid', os.getpid(), file=open('log', 'a', 1))\n"
                              "    while not done.is_set():\n"
                              "        print('tick')\n"
                              "        await asyncio.sleep(0.05)\n"
                              "    print('asked to end', file=open('log', 'a', 1))\n"
                              "asyncio.run(main())\n";

static void a_program_that_runs_on_is_shown_as_it_runs(void **state)
{
    write_file("ticking.py", ticking);
    open_program("ticking.py");
    driver_expect("loading=1");
    driver_key("End");
    int event = driver_event();
    for (int k = 0; k < 3; k++) /* who is at the end stays at the end */
        event = driver_expect_move(event);
    driver_expect("loading=1");
    driver_key("Home");
    driver_expect_event(0);
    int events = driver_events();
    for (double until = driver_now() + 8; driver_events() <= events && driver_now() < until; driver_look())
        driver_nap(0.02);
    assert_true(driver_events() > events);
    assert_int_equal(driver_event(), 0);
}

static void closing_the_window_asks_the_program_to_end(void **state)
{
    write_file("ticking.py", ticking);
    open_program("ticking.py");
    expect_line("log", "pid");
    driver_expect("loading=1");
    driver_key("ctrl+q");
    assert_int_equal(driver_status(5), 0);
    expect_line("log", "asked to end");
    assert_int_equal(sh("! kill -0 $(sed 's/pid //;q' log) 2>/dev/null"), 0);
}

static void a_program_that_stays_is_killed(void **state)
{
    write_file("stays.py", "import os, signal, time\n"
                           "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
                           "print('pid', os.getpid(), file=open('log', 'a', 1))\n"
                           "print('here', flush=True)\n"
                           "time.sleep(100)\n");
    open_program("stays.py");
    expect_line("log", "pid");
    driver_expect("loading=1");
    driver_key("ctrl+q");
    assert_int_equal(driver_status(5), 0);
    assert_int_equal(sh("! kill -0 $(sed 's/pid //;q' log) 2>/dev/null"), 0);
}

static void r_ends_the_program_and_runs_it_again(void **state)
{
    write_file("ticking.py", ticking);
    open_program("ticking.py");
    expect_line("log", "pid");
    driver_expect("loading=1");
    driver_key("r");
    expect_line("log", "asked to end");
    for (double until = driver_now() + 8; driver_now() < until; driver_nap(0.02))
        if (sh("test $(grep -c pid log) = 2") == 0)
            break;
    assert_int_equal(sh("test $(grep -c pid log) = 2"), 0);
    driver_expect("loading=1");
}

static void an_endless_loop_leaves_the_window_alive(void **state)
{
    write_file("endless.py", "import asyncio\n"
                             "async def main():\n"
                             "    while True:\n"
                             "        pass\n"
                             "asyncio.run(main())\n");
    open_program("endless.py");
    driver_expect("loading=1");
    driver_key("l");
    driver_expect("lang=zh");
    driver_key("Escape");
    driver_expect("screen=list");
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, shell_make_folder, shell_remove_folder)

int main(void)
{
    const struct CMUnitTest plain[] = {
        RULE(a_program_is_told_with_its_arguments),
        RULE(a_module_runs_as_a_program),
        RULE(a_syntax_error_is_shown_as_output_with_status_1),
        RULE(a_traceback_is_shown_as_output_with_status_1),
        RULE(a_program_that_crashes_or_becomes_another_keeps_what_it_printed),
        RULE(what_cannot_run_is_one_line_and_status_4_everywhere),
        RULE(a_program_s_options_are_a_program_s),
    };
    const struct CMUnitTest windows[] = {
        RULE(a_broken_program_opens_and_shows_what_python_says),
        RULE(a_program_that_runs_on_is_shown_as_it_runs),
        RULE(closing_the_window_asks_the_program_to_end),
        RULE(a_program_that_stays_is_killed),
        RULE(r_ends_the_program_and_runs_it_again),
        RULE(an_endless_loop_leaves_the_window_alive),
    };
    int failed = cmocka_run_group_tests(plain, NULL, NULL);
    driver_start_display();
    failed += cmocka_run_group_tests(windows, NULL, NULL);
    driver_stop_display();
    return failed;
}
