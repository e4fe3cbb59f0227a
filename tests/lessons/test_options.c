/*
 * looprun's command line: what it understands, how it says no, and what it leaves behind.
 */
#include "ran.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <cjson/cJSON.h>
#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char folder[] = "/tmp/looprun-test-XXXXXX";
static char trace_path[64];

static int make_folder(void **state)
{
    assert_non_null(mkdtemp(folder));
    snprintf(trace_path, sizeof trace_path, "%s/t.jsonl", folder);
    return 0;
}

static int empty_folder(void **state)
{
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    for (struct dirent *entry = readdir(directory); entry; entry = readdir(directory))
        unlinkat(dirfd(directory), entry->d_name, 0);
    closedir(directory);
    return 0;
}

static int remove_folder(void **state)
{
    empty_folder(state);
    return rmdir(folder);
}

static size_t files_in_folder(void)
{
    size_t count = 0;
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    for (struct dirent *entry = readdir(directory); entry; entry = readdir(directory))
        count += entry->d_name[0] != '.';
    closedir(directory);
    return count;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static char *read_file(const char *path)
{
    static char text[1 << 17];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

static void assert_starts(const char *text, const char *start)
{
    if (strncmp(text, start, strlen(start)) != 0)
        fail_msg("\"%s\" should begin with \"%s\"", text, start);
}

/* One line, of looprun's own, with these words in it, and nothing on stdout. */
static void assert_refused(Ran ran, int status, const char *one, const char *other)
{
    assert_int_equal(ran.status, status);
    assert_string_equal(ran.out, "");
    assert_starts(ran.err, "looprun: ");
    assert_ptr_equal(strchr(ran.err, '\n'), ran.err + ran.err_length - 1);
    if (!strstr(ran.err, one) || !strstr(ran.err, other))
        fail_msg("\"%s\" and \"%s\" should be in: %s", one, other, ran.err);
    ran_free(&ran);
}

/* ------------------------------------------------------------------------------------ which lesson ---- */

static void a_lesson_goes_by_its_name_its_number_and_its_folder(void **state)
{
    static const char *const words[] = {"calls", "1", "01", "01-calls"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        Ran ran = LOOPRUN(words[k]);
        assert_string_equal(ran.out, "1\n2\n3\n4\n");
        assert_int_equal(ran.status, 0);
        ran_free(&ran);
    }
}

static void an_unknown_lesson_is_told_the_nearest(void **state)
{
    assert_refused(LOOPRUN("asnyc-await"), 2, "\"async-await\"", "--list");
    assert_refused(LOOPRUN("grenlet"), 2, "\"greenlet\"", "--list");
    assert_refused(LOOPRUN("blocking"), 2, "\"pictures-blocking\"", "--list");
    assert_refused(LOOPRUN("99"), 2, "\"99\"", "--list");
    assert_refused(LOOPRUN(""), 2, "\"\"", "--list");
}

static void an_unknown_variant_is_told_what_there_is(void **state)
{
    assert_refused(LOOPRUN("pseudo-loop", "--variant", "x"), 2, "\"x\"", "as-written");
    assert_refused(LOOPRUN("calls", "--variant", "x"), 2, "\"x\"", "none");
}

static void what_it_does_not_understand_is_one_line_and_status_2(void **state)
{
    assert_refused(LOOPRUN("--fast", "calls"), 2, "--fast", "-h");
    assert_refused(LOOPRUN("-x", "calls"), 2, "-x", "-h");
    assert_refused(LOOPRUN("calls", "--trace"), 2, "--trace", "needs a value");
    assert_refused(LOOPRUN("calls", "--list=3"), 2, "--list", "-h");
    assert_refused(LOOPRUN("calls", "greenlet"), 2, "\"greenlet\"", "one lesson");
    assert_refused(LOOPRUN("calls", "--json"), 2, "--json", "--list");
    assert_refused(looprun((const char *const[]){NULL}), 2, "which lesson", "--list");
}

static void help_and_version_go_to_stdout(void **state)
{
    Ran help = LOOPRUN("-h");
    assert_int_equal(help.status, 0);
    assert_non_null(strstr(help.out, "usage: looprun LESSON"));
    assert_string_equal(help.err, "");
    ran_free(&help);
    Ran version = LOOPRUN("--version");
    assert_int_equal(version.status, 0);
    assert_starts(version.out, "looprun ");
    ran_free(&version);
}

/* ----------------------------------------------------------------------------------------- knobs ---- */

/* The number behind a key in the last event, of which it must be a part. */
static double last_time(const char *trace)
{
    const char *last = trace;
    for (const char *at = strstr(trace, "\"ts\":"); at; at = strstr(at + 1, "\"ts\":"))
        last = at;
    return strtod(last + 5, NULL) / 1e9;
}

static void a_knob_changes_the_program_and_the_listing_that_is_shown(void **state)
{
    Ran ran = LOOPRUN("async-await", "--trace", "-", "--set", "seconds=0.5");
    assert_non_null(strstr(ran.out, "await asyncio.sleep(0.5)\\n    print(2)"));
    assert_non_null(strstr(ran.out, "await asyncio.sleep(0.5)\\n    print(4)"));
    assert_null(strstr(ran.out, "asyncio.sleep(2)"));
    assert_non_null(strstr(ran.out, "\"set\":{\"seconds\":0.5}"));
    assert_true(last_time(ran.out) == 0.5);
    ran_free(&ran);
}

static void a_knob_may_be_written_into_the_listing_by_a_template(void **state)
{
    Ran ran = LOOPRUN("pictures-coroutines", "--trace", "-", "--set", "pictures=5");
    assert_non_null(strstr(ran.out, "for n in range(1, 5 + 1)]"));
    assert_non_null(strstr(ran.out, "\"text\":\"下载完成 5\\n\""));
    ran_free(&ran);
}

static void the_notes_speak_of_the_knob_as_it_is_set(void **state)
{
    Ran ran = LOOPRUN("async-await", "--trace", "-", "--set", "seconds=7");
    assert_non_null(strstr(ran.out, "the wait is 7 s in all"));
    assert_null(strstr(ran.out, "{seconds}"));
    ran_free(&ran);
}

static void without_set_the_listing_is_the_file(void **state)
{
    Ran ran = LOOPRUN("async-await", "--trace", "-");
    cJSON *source = cJSON_ParseWithOpts(strchr(ran.out, '\n') + 1, NULL, false);
    assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(source, "text")),
                        read_file(PROJECT_DIR "/lessons/06-async-await/lesson.py"));
    assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(source, "name")), "lesson.py");
    assert_non_null(strstr(ran.out, "\"set\":{}"));
    cJSON_Delete(source);
    ran_free(&ran);
}

static void a_knob_that_does_not_fit_is_refused(void **state)
{
    assert_refused(LOOPRUN("async-await", "--set", "second=1"), 2, "\"second\"", "seconds");
    assert_refused(LOOPRUN("async-await", "--set", "seconds"), 2, "seconds", "KNOB=VALUE");
    assert_refused(LOOPRUN("async-await", "--set", "seconds=x"), 2, "seconds=x", "number");
    assert_refused(LOOPRUN("async-await", "--set", "seconds="), 2, "seconds=", "number");
    assert_refused(LOOPRUN("async-await", "--set", "seconds=nan"), 2, "seconds=nan", "number");
    assert_refused(LOOPRUN("async-await", "--set", "seconds=-1"), 2, "between 0.1", "60");
    assert_refused(LOOPRUN("pictures-in-turn", "--set", "pictures=1.5"), 2, "pictures=1.5", "whole");
    assert_refused(LOOPRUN("calls", "--set", "seconds=1"), 2, "\"seconds\"", "none");
}

/* ----------------------------------------------------------------------------------------- traces ---- */

static void a_trace_on_stdout_takes_the_place_of_the_output(void **state)
{
    Ran ran = LOOPRUN("calls", "--trace", "-");
    assert_starts(ran.out, "{\"trace\":\"loopglass\",\"version\":1,");
    assert_null(strstr(ran.out, "\n1\n"));
    assert_non_null(strstr(ran.out, "\"text\":\"1\\n\""));
    ran_free(&ran);
}

static void a_trace_file_stands_beside_the_output(void **state)
{
    Ran ran = LOOPRUN("calls", "--trace", trace_path);
    assert_string_equal(ran.out, "1\n2\n3\n4\n");
    Ran direct = LOOPRUN("calls", "--trace", "-");
    assert_string_equal(read_file(trace_path), direct.out);
    assert_int_equal(files_in_folder(), 1);
    ran_free(&ran);
    ran_free(&direct);
}

static void a_trace_file_that_is_named_is_overwritten(void **state)
{
    write_file(trace_path, "old\n");
    Ran ran = LOOPRUN("calls", "--trace", trace_path);
    assert_int_equal(ran.status, 0);
    assert_starts(read_file(trace_path), "{\"trace\":");
    ran_free(&ran);
}

static void a_trace_through_a_link_replaces_what_it_leads_to(void **state)
{
    char link[64];
    struct stat status;
    snprintf(link, sizeof link, "%s/link", folder);
    write_file(trace_path, "old\n");
    assert_int_equal(symlink(trace_path, link), 0);
    Ran ran = LOOPRUN("calls", "--trace", link);
    assert_int_equal(lstat(link, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_starts(read_file(trace_path), "{\"trace\":");
    ran_free(&ran);
}

/* The temporary file that a killed program leaves, or "". */
static void find_unfinished(char *path, size_t size)
{
    *path = '\0';
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    for (struct dirent *entry = readdir(directory); entry; entry = readdir(directory))
        if (strncmp(entry->d_name, "t.jsonl.", 8) == 0)
            snprintf(path, size, "%s/%s", folder, entry->d_name);
    closedir(directory);
}

static void a_trace_that_cannot_be_written_is_status_4(void **state)
{
    assert_refused(LOOPRUN("calls", "--trace", "/no/such/folder/t.jsonl"), 4, "/no/such/folder/t.jsonl",
                   "No such file");
    assert_refused(LOOPRUN("calls", "--trace", folder), 4, folder, "directory");
}

static void a_trace_that_cannot_even_begin_runs_nothing(void **state)
{
    assert_refused(LOOPRUN("calls", "--trace", "/dev/full"), 4, "/dev/full", "No space left");
}

/* Files may hold so many KiB at most. */
static Ran run_with_small_files(int limit)
{
    char command[512];
    snprintf(command, sizeof command,
             "ulimit -f %d; exec %s pictures-coroutines --set pictures=50 --trace %s", limit * 2,
             looprun_path, trace_path);
    Ran ran;
    ran_start(&ran, NULL, (const char *const[]){"sh", "-c", command, NULL});
    ran_wait(&ran, 30);
    return ran;
}

static void a_full_disk_cuts_the_trace_and_not_the_program(void **state)
{
    Ran ran = run_with_small_files(80);
    assert_non_null(strstr(ran.out, "下载完成 50\n"));
    assert_int_equal(ran.status, 4);
    assert_non_null(strstr(ran.err, "looprun: the trace ends early: "));
    char unfinished[512];
    find_unfinished(unfinished, sizeof unfinished);
    assert_non_null(strstr(ran.err, unfinished));
    assert_int_not_equal(access(trace_path, F_OK), 0);
    ran_free(&ran);
}

static void at_its_limit_the_trace_ends_and_has_its_name_and_the_program_goes_on(void **state)
{
    Ran ran =
        LOOPRUN("pictures-coroutines", "--set", "pictures=50", "--trace", trace_path, "--trace-limit", "80K");
    assert_int_equal(ran.status, 0);
    assert_non_null(strstr(ran.out, "下载完成 50\n"));
    assert_string_equal(ran.err, "looprun: the trace has reached its limit of 80K and ends here; the program "
                                 "goes on (--trace-limit)\n");
    const char *text = read_file(trace_path);
    assert_non_null(strstr(text, "\"why\":\"limit\"}\n"));
    assert_in_range(strlen(text), 79 * 1024, 80 * 1024);
    assert_int_equal(files_in_folder(), 1);
    ran_free(&ran);
}

static void the_limit_of_a_trace_is_a_size(void **state)
{
    static const char *const sizes[] = {"0", "64k", "65536", "4G", "8388607T"};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        Ran ran = LOOPRUN("calls", "--trace", trace_path, "--trace-limit", sizes[k]);
        assert_string_equal(ran.err, "");
        assert_int_equal(ran.status, 0);
        ran_free(&ran);
    }
    static const char *const others[] = {"",    "-1",  "65535", "63K",      "4X",
                                         "4GB", " 4G", "G",     "8388608T", "99999999999999999999"};
    for (size_t k = 0; k < sizeof others / sizeof *others; k++)
        assert_refused(LOOPRUN("calls", "--trace", trace_path, "--trace-limit", others[k]), 2, "500M or 4G",
                       others[k]);
    assert_refused(LOOPRUN("calls", "--trace-limit", "4G"), 2, "--trace-limit", "goes with --trace");
}

static void a_trace_that_never_began_leaves_no_file(void **state)
{
    Ran ran = run_with_small_files(1);
    assert_refused(ran, 4, trace_path, "File too large");
    assert_int_equal(files_in_folder(), 0);
}

static void the_trace_names_lesson_variant_and_what_it_is_about(void **state)
{
    Ran ran = LOOPRUN("pseudo-loop", "--variant", "as-written", "--trace", "-");
    *strchr(ran.out, '\n') = '\0';
    cJSON *header = cJSON_Parse(ran.out);
    const cJSON *program = cJSON_GetObjectItem(header, "program");
    assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(program, "lesson")), "pseudo-loop");
    assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(program, "variant")), "as-written");
    const cJSON *about = cJSON_GetObjectItem(program, "about");
    const cJSON *title = cJSON_GetObjectItem(cJSON_GetObjectItem(about, "title"), "en");
    assert_non_null(strstr(cJSON_GetStringValue(title), "as written"));
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(about, "notes")), 2);
    assert_null(cJSON_GetObjectItem(about, "variants"));
    assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(header, "clock")), "virtual");
    cJSON_Delete(header);
    ran_free(&ran);
}

/* --------------------------------------------------------------------------------------- how it ran ---- */

static void quiet_prints_nothing(void **state)
{
    Ran ran = LOOPRUN("calls", "--quiet");
    assert_string_equal(ran.out, "");
    assert_int_equal(ran.status, 0);
    ran_free(&ran);
}

static void the_real_clock_takes_its_time(void **state)
{
    struct timespec before, after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    Ran ran = LOOPRUN("async-await", "--real", "--set", "seconds=0.2", "--trace", trace_path);
    clock_gettime(CLOCK_MONOTONIC, &after);
    double took = (double)(after.tv_sec - before.tv_sec) + (double)(after.tv_nsec - before.tv_nsec) / 1e9;
    assert_true(took >= 0.2);
    assert_string_equal(ran.out, "1\n3\n2\n4\n");
    assert_non_null(strstr(read_file(trace_path), "\"clock\":\"monotonic\""));
    ran_free(&ran);
}

static void an_exception_is_in_the_trace_as_output_and_as_the_end(void **state)
{
    Ran ran = LOOPRUN("future-2", "--variant", "as-written", "--trace", "-");
    assert_int_equal(ran.status, 1);
    assert_non_null(strstr(ran.out, "\"ev\":\"output\",\"fd\":2,\"text\":\"AttributeError: "));
    assert_non_null(strstr(ran.out, "\"ev\":\"end\",\"why\":\"exception\",\"code\":1}"));
    ran_free(&ran);
}

static void a_recording_plays_as_the_program_ran(void **state)
{
    Ran ran = LOOPRUN("frameworks", "--trace", trace_path);
    assert_int_equal(ran.status, 0);
    assert_string_equal(ran.out, "/async: 1 s\n/sync: 3 s\n");
    assert_string_equal(ran.err, "");
    ran_free(&ran);
    ran = LOOPRUN("frameworks", "--quiet");
    assert_string_equal(ran.out, "");
    ran_free(&ran);
    ran = LOOPRUN("frameworks", "--trace", "-", "--variant", "aiohttp-server");
    cJSON *header = cJSON_ParseWithOpts(ran.out, NULL, false);
    const cJSON *program = cJSON_GetObjectItem(header, "program");
    assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(header, "clock")), "monotonic");
    assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(program, "lesson")), "frameworks");
    assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(program, "variant")), "aiohttp-server");
    assert_string_equal(cJSON_GetStringValue(cJSON_GetArrayItem(cJSON_GetObjectItem(program, "argv"), 0)),
                        "aiohttp-server.py");
    assert_null(strstr(ran.out, "/async: 1 s\n"));
    cJSON_Delete(header);
    ran_free(&ran);
}

static void a_recording_has_nothing_to_turn(void **state)
{
    assert_refused(LOOPRUN("frameworks", "--set", "seconds=2"), 2, "seconds", "none");
    assert_refused(LOOPRUN("frameworks", "--virtual"), 2, "--virtual", "recording");
    assert_refused(LOOPRUN("frameworks", "--real"), 2, "--real", "recording");
    assert_refused(LOOPRUN("frameworks", "--variant", "x"), 2, "\"x\"", "aiohttp-server");
}

static void stuck_names_who_waits_and_on_what(void **state)
{
    Ran ran = LOOPRUN("future-1", "--trace", "-");
    assert_int_equal(ran.status, 3);
    assert_non_null(strstr(ran.err, "main"));
    assert_non_null(strstr(ran.err, "f1"));
    assert_ptr_equal(strchr(ran.err, '\n'), ran.err + ran.err_length - 1);
    assert_non_null(strstr(ran.out, "\"ev\":\"end\",\"why\":\"stuck\""));
    ran_free(&ran);
}

/* A lesson that sleeps for a minute, and a signal when it is deep in its sleep. */
static Ran run_and_kill(int signal)
{
    Ran ran;
    ran_start(&ran, NULL,
              (const char *const[]){looprun_path, "async-await", "--real", "--set", "seconds=60", "--trace",
                                    trace_path, NULL});
    char unfinished[512];
    for (int k = 0; k < 500; k++) {
        find_unfinished(unfinished, sizeof unfinished);
        if (unfinished[0] && strstr(read_file(unfinished), "\"select\",\"timeout\":59"))
            break;
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    }
    kill(ran.pid, signal);
    ran_wait(&ran, 30);
    assert_false(ran.timed_out);
    return ran;
}

static void assert_dies_of(int signal, const char *word)
{
    Ran ran = run_and_kill(signal);
    char unfinished[512], end[64];
    assert_int_equal(ran.status, 128 + signal);
    assert_string_equal(ran.out, "1\n3\n");

    find_unfinished(unfinished, sizeof unfinished);
    assert_string_not_equal(unfinished, "");
    assert_non_null(strstr(ran.err, word));
    assert_non_null(strstr(ran.err, unfinished));
    assert_ptr_equal(strchr(ran.err, '\n'), ran.err + ran.err_length - 1);
    assert_non_null(strstr(read_file(unfinished), "\"text\":\"3\\n\""));
    snprintf(end, sizeof end, "\"why\":\"killed\",\"code\":%d}", 128 + signal);
    assert_non_null(strstr(read_file(unfinished), end));
    assert_int_not_equal(access(trace_path, F_OK), 0);
    ran_free(&ran);
}

static void a_crash_is_one_line_and_the_trace_so_far_stays(void **state)
{
    setenv("ASAN_OPTIONS", "handle_segv=0", 1); /* a sanitizer would keep the signal for itself */
    assert_dies_of(SIGSEGV, "SIGSEGV");
    unsetenv("ASAN_OPTIONS");
}

static void a_lesson_that_is_ended_says_where_its_trace_is(void **state)
{
    assert_dies_of(SIGTERM, "was ended");
}

/* As asyncio.run does: main is cancelled, the run ends in order, and so does the trace. */
static void an_interrupted_lesson_ends_in_keyboard_interrupt(void **state)
{
    Ran ran = run_and_kill(SIGINT);
    assert_int_equal(ran.status, 130);
    assert_string_equal(ran.out, "1\n3\n");
    assert_string_equal(ran.err, "KeyboardInterrupt\n");
    const char *trace = read_file(trace_path);
    assert_non_null(strstr(trace, "Runner._on_sigint"));
    assert_non_null(strstr(trace, "\"ev\":\"end\",\"why\":\"exception\",\"code\":130}"));
    ran_free(&ran);
}

/* ----------------------------------------------------------------------------------------- lists ---- */

static void the_table_is_grouped_and_in_the_locales_language(void **state)
{
    setenv("LC_ALL", "C.UTF-8", 1);
    Ran english = LOOPRUN("--list");
    assert_starts(english.out, "Coroutines\n   1  calls ");
    assert_non_null(strstr(english.out, "--variant as-written"));
    assert_non_null(strstr(english.out, "--set seconds=2"));
    ran_free(&english);
    setenv("LC_ALL", "zh_CN.UTF-8", 1);
    Ran chinese = LOOPRUN("--list");
    assert_starts(chinese.out, "协程\n   1  calls ");
    ran_free(&chinese);
    unsetenv("LC_ALL");
}

static void the_json_list_has_all_that_a_window_needs(void **state)
{
    Ran ran = LOOPRUN("--list", "--json");
    assert_int_equal(ran.status, 0);
    cJSON *all = cJSON_Parse(ran.out);
    assert_true(cJSON_IsArray(all));
    assert_true(cJSON_GetArraySize(all) >= 21);
    const cJSON *lesson;
    int before = 0;
    cJSON_ArrayForEach(lesson, all)
    {
        static const char *const texts[] = {"title", "summary", "group"};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
            const cJSON *text = cJSON_GetObjectItem(lesson, texts[k]);
            assert_true(cJSON_IsString(cJSON_GetObjectItem(text, "zh")));
            assert_true(cJSON_IsString(cJSON_GetObjectItem(text, "en")));
        }
        int number = cJSON_GetObjectItem(lesson, "number")->valueint;
        assert_true(number > before);
        before = number;
        char expected_folder[64];
        snprintf(expected_folder, sizeof expected_folder, "%02d-%s", number,
                 cJSON_GetStringValue(cJSON_GetObjectItem(lesson, "name")));
        assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(lesson, "folder")), expected_folder);
        assert_true(cJSON_IsArray(cJSON_GetObjectItem(lesson, "variants")));
        assert_true(cJSON_IsArray(cJSON_GetObjectItem(lesson, "knobs")));
    }
    cJSON_Delete(all);
    ran_free(&ran);
}

#define IN_FOLDER(test) cmocka_unit_test_teardown(test, empty_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lesson_goes_by_its_name_its_number_and_its_folder),
        cmocka_unit_test(an_unknown_lesson_is_told_the_nearest),
        cmocka_unit_test(an_unknown_variant_is_told_what_there_is),
        cmocka_unit_test(what_it_does_not_understand_is_one_line_and_status_2),
        cmocka_unit_test(help_and_version_go_to_stdout),
        cmocka_unit_test(a_knob_changes_the_program_and_the_listing_that_is_shown),
        cmocka_unit_test(a_knob_may_be_written_into_the_listing_by_a_template),
        cmocka_unit_test(the_notes_speak_of_the_knob_as_it_is_set),
        cmocka_unit_test(without_set_the_listing_is_the_file),
        cmocka_unit_test(a_knob_that_does_not_fit_is_refused),
        cmocka_unit_test(a_trace_on_stdout_takes_the_place_of_the_output),
        IN_FOLDER(a_trace_file_stands_beside_the_output),
        IN_FOLDER(a_trace_file_that_is_named_is_overwritten),
        IN_FOLDER(a_trace_through_a_link_replaces_what_it_leads_to),
        cmocka_unit_test(a_trace_that_cannot_be_written_is_status_4),
        cmocka_unit_test(a_trace_that_cannot_even_begin_runs_nothing),
        IN_FOLDER(at_its_limit_the_trace_ends_and_has_its_name_and_the_program_goes_on),
        IN_FOLDER(the_limit_of_a_trace_is_a_size),
        IN_FOLDER(a_trace_that_never_began_leaves_no_file),
        IN_FOLDER(a_full_disk_cuts_the_trace_and_not_the_program),
        cmocka_unit_test(the_trace_names_lesson_variant_and_what_it_is_about),
        cmocka_unit_test(quiet_prints_nothing),
        IN_FOLDER(the_real_clock_takes_its_time),
        cmocka_unit_test(an_exception_is_in_the_trace_as_output_and_as_the_end),
        cmocka_unit_test_teardown(a_recording_plays_as_the_program_ran, empty_folder),
        cmocka_unit_test(a_recording_has_nothing_to_turn),
        cmocka_unit_test(stuck_names_who_waits_and_on_what),
        IN_FOLDER(a_crash_is_one_line_and_the_trace_so_far_stays),
        IN_FOLDER(a_lesson_that_is_ended_says_where_its_trace_is),
        IN_FOLDER(an_interrupted_lesson_ends_in_keyboard_interrupt),
        cmocka_unit_test(the_table_is_grouped_and_in_the_locales_language),
        cmocka_unit_test(the_json_list_has_all_that_a_window_needs),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
