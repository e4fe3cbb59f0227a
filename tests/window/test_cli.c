/*
 * The command line: every mishap is one clear line on stderr and the right exit status; the window never goes
 * down with the program that it shows.
 */
#include "window/shell.h"

#define TRACE TESTS_DIR "/data/traces/02d_async_await.jsonl"

/** The first `lines` lines of the trace. */
static void write_cut_trace(const char *name, int lines)
{
    sh("head -%d %s > %s", lines, TRACE, name);
}

/* ---------------------------------------------------------------------------------------------- usage ----
 */

static void help_and_version_go_to_stdout(void **state)
{
    assert_int_equal(sh("loopglass -h"), 0);
    assert_non_null(strstr(out, "usage: loopglass"));
    assert_string_equal(err, "");
    assert_int_equal(sh("loopglass text --help"), 0);
    assert_int_equal(sh("loopglass --version"), 0);
    assert_int_equal(strncmp(out, "loopglass ", 10), 0);
}

static void a_wrong_command_line_is_status_2_and_one_line(void **state)
{
    static const char *const lines[][2] = {
        {"loopglass --colour red", "--colour"},
        {"loopglass --at", "needs a value"},
        {"loopglass --scale huge", "--scale"},
        {"loopglass --size 10x10", "--size"},
        {"loopglass --lang fr", "--lang"},
        {"loopglass --theme red", "--theme"},
        {"loopglass a b", "one lesson"},
        {"loopglass --at soon", "--at"},
        {"loopglass --variant x", "goes with a lesson"},
        {"loopglass " TRACE " --variant x", "is a file"},
        {"loopglass text " TRACE " --set seconds=1", "is a file"},
        {"loopglass text async-await --set seconds", "KNOB=VALUE"},
        {"loopglass text async-await --set nothing=1", "nothing"},
        {"loopglass text async-await --variant nothing", "nothing"},
        {"loopglass shot --list --at 5 -o a.png", "not with --list"},
        {"loopglass shot " TRACE " --keys ZZ -o a.png", "ZZ"},
        {"loopglass shot --list --keys x -o a.png", "no key of the list"},
        {"loopglass shot --list --keys '<End><Ende>' -o a.png", "'<Ende>' begins with no key of the list"},
        {"loopglass text", "one lesson"},
        {"loopglass check", "at least one"},
        {"loopglass diff " TRACE, "two traces"},
        {"loopglass diff - -", "two traces"},
        {"loopglass text " TRACE " --no-lines", "--no-lines"},
        {"loopglass shot", "usage"},
        {"loopglass shot -o a.png " TRACE " --at 999999", "no event"},
        {"loopglass shot -o a.png " TRACE " --at 'beat 0'", "no beat"},
        {"loopglass shot -o a.png " TRACE " --at soon", "--at"},
        {"loopglass export " TRACE " --to tiff -o a", "tiff"},
        {"loopglass export " TRACE, "format"},
    };
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
        assert_int_equal(sh("%s", lines[k][0]), 2);
        assert_one_line(lines[k][1]);
    }
}

/* ---------------------------------------------------------------------------------------------- input ----
 */

static void a_lesson_that_does_not_exist_is_status_2_everywhere(void **state)
{
    static const char *const commands[] = {"loopglass", "loopglass text", "loopglass shot -o a.png"};
    for (size_t k = 0; k < 3; k++) {
        assert_int_equal(sh("%s async-awai", commands[k]), 2);
        assert_one_line("did you mean \"async-await\"");
        assert_int_equal(sh("%s --lang en nofile", commands[k]), 2);
        assert_one_line("there is no file nofile either");
        assert_null(strstr(err, "did you mean"));
        assert_null(strstr(err, "looprun:"));
    }
}

static void what_is_no_trace_is_status_4_everywhere(void **state)
{
    static const char *const commands[] = {"loopglass", "loopglass text", "loopglass shot -o a.png"};
    static const char *const files[][2] = {
        {"empty.jsonl", "is empty"},
        {"poem.txt", "is not a Loopglass trace"},
        {"nowhere.c", "cannot open nowhere.c: No such file"},
        {"nowhere.py", "cannot open nowhere.py: No such file"},
        {"newer.jsonl", "is of version 99; this loopglass reads version 1"},
        {"header.jsonl", "has no events"},
        {"nowhere.jsonl", "No such file"},
        {"./", "Is a directory"}};
    write_file("empty.jsonl", "");
    write_file("poem.txt", "To see a world\nin a grain of sand\n");
    write_cut_trace("header.jsonl", 1);
    write_file("newer.jsonl", "{\"trace\":\"loopglass\",\"version\":99}\n");
    for (size_t c = 0; c < 3; c++)
        for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
            assert_int_equal(sh("%s %s", commands[c], files[k][0]), 4);
            assert_one_line(files[k][1]);
            assert_null(strstr(strstr(err, "not a Loopglass") ? strstr(err, "not a Loopglass") + 1 : "",
                               "not a Loopglass"));
        }
}

static void lines_that_are_no_events_are_told_once_and_the_rest_is_shown(void **state)
{
    static const char *const commands[] = {"loopglass text", "loopglass shot -o a.png"};
    assert_int_equal(sh("sed '5s/.*/nonsense/' %s > one.jsonl; sed '5,7s/.*/nonsense/' %s > three.jsonl;"
                        "sed '5d' %s > missing.jsonl",
                        TRACE, TRACE, TRACE),
                     0);
    for (size_t c = 0; c < 2; c++) {
        assert_int_equal(sh("%s one.jsonl", commands[c]), 0);
        assert_one_line("one.jsonl: 1 line was skipped; the first problem: line 5");
        assert_int_equal(sh("%s three.jsonl", commands[c]), 0);
        assert_one_line("three.jsonl: 3 lines were skipped; the first problem: line 5");
        assert_int_equal(sh("%s missing.jsonl", commands[c]), 0);
        assert_one_line("missing.jsonl: line 5");
    }
}

static void a_knob_is_handed_on(void **state)
{
    assert_int_equal(sh("loopglass text async-await --lang en --set seconds=7"), 0);
    assert_string_equal(err, "");
    assert_non_null(strstr(out, "7.000 s"));
}

/* ----------------------------------------------------------------------------------------------- output ----
 */

static void output_that_cannot_be_written_is_one_line_and_status_4(void **state)
{
    static const char *const commands[] = {
        "loopglass -h", "loopglass --version", "loopglass check " TRACE, "loopglass text " TRACE,
        "looprun -h",   "looprun --version",   "looprun --list",         "looprun --list --json"};
    for (size_t k = 0; k < sizeof commands / sizeof *commands; k++) {
        assert_int_equal(sh("%s > /dev/full", commands[k]), 4);
        assert_one_line("cannot write to standard output");
    }
}

static void a_picture_on_a_full_disk_is_one_line_and_leaves_nothing(void **state)
{
    assert_int_equal(sh("(trap '' XFSZ; ulimit -f 4; exec loopglass shot %s -o a.png)", TRACE), 4);
    assert_one_line("cannot write a.png: File too large");
    assert_int_equal(sh("! ls | grep png"), 0);
}

static void without_looprun_there_is_no_picture_of_the_list(void **state)
{
    assert_int_equal(sh("cp %s/loopglass . && PATH=/nowhere ./loopglass shot --list -o a.png", BUILD_DIR), 4);
    assert_one_line("looprun");
    assert_int_equal(sh("! ls | grep png"), 0);
}

static void a_trace_may_come_through_standard_input(void **state)
{
    assert_int_equal(sh("loopglass text - --lang en < %s", TRACE), 0);
    assert_non_null(strstr(out, "func1"));
}

static void check_gives_a_verdict_a_file(void **state)
{
    assert_int_equal(sh("loopglass check %s", TRACE), 0);
    assert_non_null(strstr(out, "ok, 147 events"));
    write_file("poem.txt", "To see a world\n");
    assert_int_equal(sh("loopglass check %s poem.txt", TRACE), 4);
    assert_non_null(strstr(out, "02d_async_await.jsonl: ok"));
    assert_non_null(strstr(out, "poem.txt:1:"));
    assert_int_equal(sh("loopglass check nowhere.jsonl"), 4);
    assert_one_line("No such file");
}

static void diff_tells_the_first_difference_and_its_status(void **state)
{
    assert_int_equal(sh("loopglass diff %s %s", TRACE, TRACE), 0);
    assert_string_equal(out, "no difference in 109 events\n");
    assert_int_equal(sh("looprun async-await --trace - 2>/dev/null | loopglass diff %s - --lang zh", TRACE),
                     0);
    assert_string_equal(out, "没有差别：109 个事件都一样\n");
    sh("sed 's/\"timeout\":2000000000/\"timeout\":1/' %s > other.jsonl", TRACE);
    assert_int_equal(sh("loopglass diff %s other.jsonl", TRACE), 1);
    assert_int_equal(strncmp(out, "After event ", 12), 0);
    assert_non_null(
        strstr(out, "02d_async_await.jsonl waits in select for at most 2 s, other.jsonl waits in"));
    assert_int_equal(
        sh("looprun async-await --trace - --set seconds=3 2>/dev/null | loopglass diff %s -", TRACE), 1);
    assert_non_null(
        strstr(out, "CPython 3.11.7 sets the timer h4 to 2 s, the C loop sets the timer h4 to 3 s."));
    assert_int_equal(sh("loopglass diff %s nowhere.jsonl", TRACE), 4);
    assert_one_line("nowhere.jsonl cannot be read");
    assert_int_equal(sh("loopglass diff %s poem.txt", TRACE), 4);
    assert_one_line("poem.txt");
}

static void text_tells_a_lesson(void **state)
{
    assert_int_equal(sh("loopglass text async-await --lang zh"), 0);
    assert_non_null(strstr(out, "func2"));
    assert_string_equal(err, "");
}

/** A looprun of our own, beside a copy of loopglass. */
static void stand_in(const char *script)
{
    write_file("looprun", script);
    assert_int_equal(sh("chmod +x looprun && cp %s/loopglass .", BUILD_DIR), 0);
}

static void text_ends_as_the_lesson_did(void **state)
{
    static const struct {
        const char *last, *then;
        int status;
    } ends[] = {
        {"\"why\":\"exit\",\"code\":0", "", 0},
        {"\"why\":\"exit\",\"code\":7", "exit 7", 1},
        {"\"why\":\"exception\"", "exit 1", 1},
        {"\"why\":\"stuck\"", "exit 3", 3},
        {"\"why\":\"limit\"", "exit 5", 5},
        {"\"why\":\"killed\",\"code\":139", "", 139},
        {"\"why\":\"exit\"", "kill -SEGV $$", 139},
        {NULL, "kill -TERM $$", 143},
        {NULL, "exit 1", 1},
        {NULL, "", 4},
        {NULL, "exec >&-; exec sleep 100", 5},
    };
    char script[1024];
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
        int n = snprintf(script, sizeof script, "#!/bin/sh\nhead -60 %s\n", TRACE);
        if (ends[k].last)
            n += snprintf(script + n, sizeof script - (size_t)n,
                          "echo '{\"i\":60,\"ts\":0,\"ev\":\"end\",%s}'\n", ends[k].last);
        snprintf(script + n, sizeof script - (size_t)n, "%s\n", ends[k].then);
        stand_in(script);
        assert_int_equal(sh("./loopglass text lesson"), ends[k].status);
        assert_non_null(strstr(out, "\nEnd: "));
        if (!ends[k].last || strcmp(ends[k].then, "") != 0)
            continue;
        assert_int_equal(sh("./looprun > told.jsonl; loopglass text told.jsonl"), ends[k].status);
        assert_string_equal(err, "");
    }
}

static void a_trace_that_breaks_off_is_told_with_status_4(void **state)
{
    write_cut_trace("cut.jsonl", 60);
    assert_int_equal(sh("loopglass text cut.jsonl"), 4);
    assert_non_null(strstr(out, "End: The trace breaks off here"));
}

static void a_lesson_that_closes_its_output_and_stays_did_not_crash(void **state)
{
    stand_in("#!/bin/sh\nhead -60 " TRACE "\necho words >&2\nexec >&-\nexec sleep 100\n");
    assert_int_equal(sh("./loopglass text stays"), 5);
    assert_one_line("closed its output but did not end, and was stopped");
}

/* ---------------------------------------------------------------------------------- display and fonts ----
 */

static void without_a_display_it_says_what_to_do_instead(void **state)
{
    assert_int_equal(sh("env -u DISPLAY -u WAYLAND_DISPLAY loopglass"), 4);
    assert_one_line("loopglass text LESSON");
    assert_int_equal(sh("env -u DISPLAY -u WAYLAND_DISPLAY loopglass %s", TRACE), 4);
    assert_one_line("no display");
    assert_int_equal(sh("DISPLAY=:997 loopglass"), 4);
    assert_one_line("no display");
}

static void a_picture_needs_no_display(void **state)
{
    char path[128];
    struct stat status;
    assert_int_equal(sh("env -u DISPLAY -u WAYLAND_DISPLAY loopglass shot %s --at 'beat 9' -o a.png", TRACE),
                     0);
    assert_string_equal(err, "");
    snprintf(path, sizeof path, "%s/a.png", folder);
    assert_int_equal(stat(path, &status), 0);
    assert_true(status.st_size > 10000);
    assert_int_equal(
        sh("loopglass export async-await --to png -o b.png --at end --theme dark && loopglass shot --list "
           "-o c.png --keys lt?"),
        0);
    assert_int_equal(
        sh("loopglass shot --list -o up.png && loopglass shot --list -o down.png --keys '<End>' && "
           "! cmp -s up.png down.png && rm up.png down.png"),
        0);
    assert_int_equal(sh("ls | grep -c 'png$'"), 0);
    assert_string_equal(out, "3\n"); /* and nothing temporary beside them */
}

static void a_picture_that_cannot_be_written_is_one_line(void **state)
{
    assert_int_equal(sh("loopglass shot %s -o nowhere/a.png", TRACE), 4);
    assert_one_line("nowhere/a.png");
}

static void a_picture_takes_the_place_of_a_regular_file_only(void **state)
{
    assert_int_equal(
        sh("mkfifo pipe; timeout 20 cat pipe > read & loopglass shot %s -o pipe && test -p pipe && "
           "wait && head -c 4 read | tail -c 3",
           TRACE),
        0);
    assert_string_equal(out, "PNG");
    assert_int_equal(sh("loopglass shot %s -o /dev/stdout | head -c 4 | tail -c 3; test -c /dev/null", TRACE),
                     0);
    assert_string_equal(out, "PNG");
    assert_int_equal(
        sh("echo old > real.png; chmod 640 real.png; ln -s real.png to.png; ln -s new.png ahead.png; "
           "loopglass shot %s -o to.png && loopglass shot %s -o ahead.png && test -L to.png && "
           "test -L ahead.png && cmp real.png new.png && stat -c %%a real.png",
           TRACE, TRACE),
        0);
    assert_string_equal(out, "640\n");
}

static void a_picture_is_as_private_as_the_umask_says(void **state)
{
    assert_int_equal(sh("umask 077; loopglass shot %s -o a.png; umask 002; loopglass shot %s -o b.png; "
                        "stat -c %%a a.png b.png",
                        TRACE, TRACE),
                     0);
    assert_string_equal(out, "600\n664\n");
}

static void without_any_font_it_names_the_packages(void **state)
{
    write_file("fonts.conf", "<?xml version=\"1.0\"?><fontconfig><cachedir>cache</cachedir></fontconfig>\n");
    assert_int_equal(sh("FONTCONFIG_FILE=$PWD/fonts.conf loopglass shot %s -o d.png", TRACE), 4);
    assert_one_line("fonts-noto-cjk");
}

static void a_missing_family_is_named_and_another_font_is_taken(void **state)
{
    write_file("fonts.conf", "<?xml version=\"1.0\"?><fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir>"
                             "<cachedir>cache</cachedir></fontconfig>\n");
    assert_int_equal(sh("FONTCONFIG_FILE=$PWD/fonts.conf loopglass shot %s -o d.png", TRACE), 0);
    assert_one_line("fonts-inter");
}

/* ---------------------------------------------------------------------------------------------- window ----
 */

static void run_stand_in(const char *lesson)
{
    char program[128];
    snprintf(program, sizeof program, "%s/loopglass", folder);
    driver_open_program((const char *const[]){program, "--lang", "en", "--size", "1280x720", lesson, NULL});
}

static void a_lesson_that_crashes_keeps_its_events_and_says_so(void **state)
{
    char script[512];
    snprintf(script, sizeof script, "#!/bin/sh\nhead -60 %s\necho ouch >&2\nkill -SEGV $$\n", TRACE);
    stand_in(script);
    run_stand_in("crash");
    driver_expect("event=0");
    driver_expect("loading=0");
    assert_non_null(strstr(driver.frame, "SIGSEGV"));
    assert_non_null(strstr(driver.frame, "ouch"));
    assert_int_equal(driver_events(), 59);
}

static void a_lesson_that_hangs_leaves_the_window_alive(void **state)
{
    char script[512];
    snprintf(script, sizeof script, "#!/bin/sh\nhead -60 %s\nsleep 1000\n", TRACE);
    stand_in(script);
    run_stand_in("hang");
    driver_expect("loading=1");
    driver_point(&(Place){.x = 640, .y = 3, .w = 1, .h = 1}, 0);
    driver_key("End");
    driver_expect_event(59);
    driver_key("ctrl+q");
    assert_int_equal(driver_status(3), 0);
    assert_int_equal(sh("! pgrep -f 'sleep 1000$'"), 0); /* nothing is left behind */
}

static void a_lesson_that_floods_leaves_the_window_alive(void **state)
{
    char script[1024];
    snprintf(script, sizeof script,
             "#!/bin/sh\nhead -1 %s\nexec awk 'BEGIN { for (i = 1; ; i++) printf "
             "\"{\\\"i\\\":%%d,\\\"ts\\\":0,\\\"ev\\\":\\\"output\\\",\\\"fd\\\":1,\\\"text\\\":"
             "\\\"x\\\\\\\\n\\\"}\\n\", i }'\n",
             TRACE);
    stand_in(script);
    run_stand_in("flood");
    driver_expect("loading=1");
    driver_point(&(Place){.x = 640, .y = 3, .w = 1, .h = 1}, 0);
    driver_key("t");
    driver_expect("theme=dark");
    driver_key("ctrl+q");
    assert_int_equal(driver_status(3), 0);
}

static void a_cut_trace_opens_and_shows_what_there_is(void **state)
{
    write_cut_trace("cut.jsonl", 60);
    char path[128];
    snprintf(path, sizeof path, "%s/cut.jsonl", folder);
    driver_open(path);
    driver_expect("loading=0");
    assert_int_equal(driver_events(), 59);
}

static void without_looprun_the_list_says_so_and_traces_still_open(void **state)
{
    write_file("looprun", "#!/bin/sh\necho 'looprun: broken' >&2\nexit 2\n");
    assert_int_equal(sh("chmod +x looprun && cp %s/loopglass .", BUILD_DIR), 0);
    run_stand_in(NULL);
    driver_expect("screen=list");
    driver_close();
    run_stand_in(TRACE);
    driver_expect("loading=0");
}

static void a_pipe_opens_the_window_before_anyone_writes_into_it(void **state)
{
    char path[128];
    snprintf(path, sizeof path, "%s/pipe", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    driver_open(path);
    driver_expect("loading=1");
    driver_expect("event=0");
    assert_int_equal(sh("cat %s > pipe", TRACE), 0);
    driver_expect("loading=0");
    assert_int_equal(driver_events(), 147);
}

static void running_again_keeps_the_knobs(void **state)
{
    stand_in("#!/bin/sh\necho \"$*\" >> asked\nexec head -60 " TRACE "\n");
    char program[128];
    snprintf(program, sizeof program, "cd %s && exec ./loopglass --lang en x --set a=1 --set b=2", folder);
    driver_open_program((const char *const[]){"/bin/sh", "-c", program, NULL});
    driver_expect("loading=0");
    driver_key("r");
    driver_expect("loading=0");
    for (double until = driver_now() + 5; driver_now() < until; driver_nap(0.02)) {
        assert_int_equal(sh("grep -c . asked"), 0);
        if (out[0] == '2')
            break;
    }
    assert_int_equal(sh("grep -c 'trace - --quiet --set a=1 --set b=2 -- x' asked"), 0);
    assert_string_equal(out, "2\n");
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, shell_make_folder, shell_remove_folder)

int main(void)
{
    const struct CMUnitTest plain[] = {
        RULE(help_and_version_go_to_stdout),
        RULE(a_wrong_command_line_is_status_2_and_one_line),
        RULE(a_lesson_that_does_not_exist_is_status_2_everywhere),
        RULE(what_is_no_trace_is_status_4_everywhere),
        RULE(lines_that_are_no_events_are_told_once_and_the_rest_is_shown),
        RULE(a_knob_is_handed_on),
        RULE(output_that_cannot_be_written_is_one_line_and_status_4),
        RULE(a_picture_on_a_full_disk_is_one_line_and_leaves_nothing),
        RULE(without_looprun_there_is_no_picture_of_the_list),
        RULE(a_trace_may_come_through_standard_input),
        RULE(check_gives_a_verdict_a_file),
        RULE(diff_tells_the_first_difference_and_its_status),
        RULE(text_tells_a_lesson),
        RULE(text_ends_as_the_lesson_did),
        RULE(a_trace_that_breaks_off_is_told_with_status_4),
        RULE(a_lesson_that_closes_its_output_and_stays_did_not_crash),
        RULE(without_a_display_it_says_what_to_do_instead),
        RULE(a_picture_needs_no_display),
        RULE(a_picture_that_cannot_be_written_is_one_line),
        RULE(a_picture_takes_the_place_of_a_regular_file_only),
        RULE(a_picture_is_as_private_as_the_umask_says),
        RULE(without_any_font_it_names_the_packages),
        RULE(a_missing_family_is_named_and_another_font_is_taken),
    };
    const struct CMUnitTest windows[] = {
        RULE(a_lesson_that_crashes_keeps_its_events_and_says_so),
        RULE(a_lesson_that_hangs_leaves_the_window_alive),
        RULE(a_lesson_that_floods_leaves_the_window_alive),
        RULE(a_cut_trace_opens_and_shows_what_there_is),
        RULE(a_pipe_opens_the_window_before_anyone_writes_into_it),
        RULE(running_again_keeps_the_knobs),
        RULE(without_looprun_the_list_says_so_and_traces_still_open),
    };
    int failed = cmocka_run_group_tests(plain, NULL, NULL);
    driver_start_display();
    failed += cmocka_run_group_tests(windows, NULL, NULL);
    driver_stop_display();
    return failed;
}
