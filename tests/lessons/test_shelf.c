/*
 * Lessons of one's own: found in folders, listed with ours, opened by name, number and path, and each on its
 * own when something is wrong with one of them.
 */
#include "window/shell.h"

#include <cjson/cJSON.h>

static const char hello[] = "#include \"lesson.h\"\n"
                            "LESSON\n"
                            "{\n"
                            "    print(\"hello %g\", knob(\"times\"));\n"
                            "    return NONE;\n"
                            "}\n";
static const char hello_json[] =
    "{ \"title\": {\"zh\": \"你好\", \"en\": \"Hello\"},\n"
    "  \"group\": {\"zh\": \"一组\", \"en\": \"A group\"},\n"
    "  \"summary\": {\"zh\": \"说\", \"en\": \"says so\"},\n"
    "  \"knobs\": [{\"name\": \"times\", \"default\": 2, \"zh\": \"次\", \"en\": \"times\"}],\n"
    "  \"notes\": [{\"at\": \"start\", \"zh\": \"开始\", \"en\": \"It begins.\"}] }\n";

/* shelf/07-hello is whole, shelf/bare has a program only, shelf/broken no valid texts. */
static int make_shelf(void **state)
{
    char cache[128];
    if (shell_make_folder(state) != 0 ||
        sh("mkdir -p shelf/07-hello shelf/bare shelf/broken shelf/nothing") != 0)
        return -1;
    snprintf(cache, sizeof cache, "%s/cache", folder);
    setenv("XDG_CACHE_HOME", cache, 1);
    unsetenv("LOOPGLASS_LESSONS");
    write_file("shelf/07-hello/lesson.c", hello);
    write_file("shelf/07-hello/lesson.json", hello_json);
    write_file("shelf/07-hello/other.c",
               "#include <stdio.h>\nint main(void) { puts(\"other\"); return 0; }\n");
    write_file("shelf/bare/lesson.c", "#include \"lesson.h\"\nLESSON { print(\"bare\"); return NONE; }\n");
    write_file("shelf/broken/lesson.c", hello);
    write_file("shelf/broken/lesson.json", "{ \"title\":\n  oops }\n");
    return 0;
}

static void own_lessons_are_listed_behind_ours_by_group(void **state)
{
    assert_int_equal(sh("looprun --list --lessons shelf | tail -n 9"), 0);
    assert_non_null(strstr(out, "\n\nA group\n"
                                "  101  hello                    says so\n"
                                "        --set times=2          times\n"
                                "        --variant other        \n"
                                "\nYour own lessons\n"
                                "  102  bare "));
    assert_int_equal(sh("LOOPGLASS_LESSONS=/:shelf looprun --list | grep -c ' hello '"), 0);
    assert_string_equal(out, "1\n");
}

static void one_that_is_broken_is_one_line_and_the_others_are_listed(void **state)
{
    assert_int_equal(sh("looprun --list --lessons shelf"), 4);
    assert_non_null(strstr(out, "102  bare"));
    assert_one_line("looprun: shelf/broken/lesson.json:2: this is no valid JSON object");
    assert_int_equal(sh("looprun --list --json --lessons shelf"), 4);
    cJSON *all = cJSON_Parse(out);
    const cJSON *broken = cJSON_GetArrayItem(all, cJSON_GetArraySize(all) - 1);
    assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(broken, "name")), "broken");
    assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(broken, "problem")),
                        "shelf/broken/lesson.json:2: this is no valid JSON object");
    const cJSON *bare = cJSON_GetArrayItem(all, cJSON_GetArraySize(all) - 2);
    assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(cJSON_GetObjectItem(bare, "group"), "en")),
                        "Your own lessons");
    cJSON_Delete(all);
    assert_int_equal(sh("looprun --list --lessons nowhere"), 4);
    assert_one_line("cannot open the folder of lessons nowhere: No such file");
}

static void one_is_opened_by_name_number_and_path(void **state)
{
    static const char *const words[] = {"--lessons shelf hello", "--lessons shelf 07-hello",
                                        "--lessons shelf 101",   "shelf/07-hello",
                                        "./shelf/07-hello/",     "--lessons shelf/07-hello hello"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        assert_int_equal(sh("looprun %s", words[k]), 0);
        assert_string_equal(out, "hello 2\n");
    }
    assert_int_equal(sh("cd shelf && looprun bare"), 0);
    assert_string_equal(out, "bare\n");
    assert_int_equal(sh("looprun shelf/07-hello --variant other"), 0);
    assert_string_equal(out, "other\n");
    assert_int_equal(sh("looprun shelf/nothing"), 2);
    assert_one_line("there is no lesson in shelf/nothing: no lesson.c");
    assert_int_equal(sh("looprun shelf/broken"), 4);
    assert_one_line("shelf/broken/lesson.json:2: ");
}

static void one_s_own_comes_before_ours_of_the_same_name_and_ours_has_its_number(void **state)
{
    assert_int_equal(
        sh("mkdir shelf/calls && cp shelf/bare/lesson.c shelf/calls && looprun --lessons shelf calls"), 0);
    assert_string_equal(out, "bare\n");
    assert_int_equal(sh("looprun --lessons shelf 1"), 0);
    assert_string_equal(out, "1\n2\n3\n4\n");
}

static void its_texts_and_knobs_are_in_the_trace(void **state)
{
    assert_int_equal(sh("looprun shelf/07-hello --set times=3 --trace -"), 0);
    assert_non_null(strstr(out, "\"lesson\":\"hello\""));
    assert_non_null(strstr(out, "\"set\":{\"times\":3}"));
    assert_non_null(strstr(out, "It begins."));
    assert_non_null(strstr(out, "\"text\":\"hello 3\\n\""));
    assert_non_null(strstr(out, "\"ev\":\"line\",\"source\":\"s1\",\"line\":4,"));
}

static void an_error_in_one_names_file_and_line(void **state)
{
    write_file("shelf/bare/lesson.c", "#include \"lesson.h\"\nLESSON\n{\n    oops;\n}\n");
    assert_int_equal(sh("looprun --lessons shelf bare"), 1);
    assert_non_null(strstr(err, "shelf/bare/lesson.c:4:5: error: "));
}

static void a_lesson_in_python_only_runs_under_the_recorder_with_its_texts(void **state)
{
    assert_int_equal(sh("mkdir shelf/snake && cp shelf/07-hello/lesson.json shelf/snake"), 0);
    write_file("shelf/snake/lesson.py", "import asyncio\n"
                                        "async def main():\n"
                                        "    await asyncio.sleep(100)\n"
                                        "    print('hiss')\n"
                                        "asyncio.run(main())\n");
    assert_int_equal(sh("looprun --lessons shelf snake"), 0);
    assert_string_equal(out, "hiss\n");
    assert_int_equal(
        sh("looprun shelf/snake --trace t.jsonl && loopglass check t.jsonl && loopglass text t.jsonl"), 0);
    assert_non_null(strstr(out, "It begins."));
    assert_non_null(strstr(out, "hiss"));
}

#define IN_SHELF(test) cmocka_unit_test_setup_teardown(test, make_shelf, shell_remove_folder)

static const char reader[] = "#include \"lesson.h\"\n"
                             "LESSON\n"
                             "{\n"
                             "    Value file = lesson_file(\"data.bin\");\n"
                             "    TRY(file);\n"
                             "    print(\"%zu bytes, the last is %d\", value_size(file),\n"
                             "          value_data(file)[value_size(file) - 1]);\n"
                             "    return NONE;\n"
                             "}\n";

static void a_file_is_found_beside_the_lesson_and_of_a_program_where_it_runs(void **state)
{
    write_file("shelf/bare/lesson.c", reader);
    write_file("my.c", reader);
    assert_int_equal(sh("head -c 65536 /dev/zero >shelf/bare/data.bin; printf '\\7' >>shelf/bare/data.bin;"
                        "looprun bare --lessons shelf"),
                     0);
    assert_string_equal(out, "65537 bytes, the last is 7\n");
    assert_int_equal(sh("looprun my.c"), 1);
    assert_one_line("FileNotFoundError: [Errno 2] No such file or directory: 'data.bin'");
    assert_int_equal(sh("printf '\\5' >data.bin; looprun my.c"), 0);
    assert_string_equal(out, "1 bytes, the last is 5\n");
    assert_int_equal(sh("rm data.bin; mkdir data.bin; looprun my.c"), 1);
    assert_one_line("[Errno 21] Is a directory: 'data.bin'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SHELF(own_lessons_are_listed_behind_ours_by_group),
        IN_SHELF(one_that_is_broken_is_one_line_and_the_others_are_listed),
        IN_SHELF(one_is_opened_by_name_number_and_path),
        IN_SHELF(one_s_own_comes_before_ours_of_the_same_name_and_ours_has_its_number),
        IN_SHELF(its_texts_and_knobs_are_in_the_trace),
        IN_SHELF(an_error_in_one_names_file_and_line),
        IN_SHELF(a_file_is_found_beside_the_lesson_and_of_a_program_where_it_runs),
        IN_SHELF(a_lesson_in_python_only_runs_under_the_recorder_with_its_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
