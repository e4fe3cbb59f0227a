/*
 * Anyone's own C programs: compiled, cached, run, and traced with their lines, whatever is wrong with them.
 */
#include "window/shell.h"

/* Each test has a cache of its own, in its folder. */
static int make_folder(void **state)
{
    int made = shell_make_folder(state);
    char cache[128];
    snprintf(cache, sizeof cache, "%s/cache", folder);
    setenv("XDG_CACHE_HOME", cache, 1);
    unsetenv("CC");
    return made;
}

static const char plain[] = "#include <loop.h>\n"
                            "#include <stdio.h>\n"
                            "static Value work(Value none)\n"
                            "{\n"
                            "    printf(\"one\\n\");\n"
                            "    TRY(await_sleep(loop_seconds(1)));\n"
                            "    printf(\"two\\n\");\n"
                            "    return NONE;\n"
                            "}\n"
                            "int main(void)\n"
                            "{\n"
                            "    return value_failed(loop_run(coroutine(work, NONE)));\n"
                            "}\n";

static const char like_a_lesson[] = "#include \"lesson.h\"\n"
                                    "static Value work(Value none)\n"
                                    "{\n"
                                    "    LINE(3); print(\"one\");\n"
                                    "    LINE(4); TRY(await_sleep(loop_seconds(1)));\n"
                                    "    return value_exception(&ValueError, \"bad\");\n"
                                    "}\n"
                                    "LESSON\n"
                                    "{\n"
                                    "    LINE(6); return loop_run(coroutine(work, NONE));\n"
                                    "}\n";

/* ------------------------------------------------------------------------------------------ they run ---- */

static void a_program_with_a_main_runs(void **state)
{
    write_file("my.c", plain);
    assert_int_equal(sh("looprun my.c"), 0);
    assert_string_equal(out, "one\ntwo\n");
    assert_string_equal(err, "");
}

static void a_program_like_a_lesson_runs_and_ends_as_it_says(void **state)
{
    write_file("my.c", like_a_lesson);
    assert_int_equal(sh("looprun my.c"), 1);
    assert_string_equal(out, "one\n");
    assert_string_equal(err, "ValueError: bad\n");
}

static void main_gets_the_words_and_gives_the_status(void **state)
{
    write_file("my.c", "#include <stdio.h>\n"
                       "int main(int argc, char **argv)\n"
                       "{\n"
                       "    for (int k = 0; k < argc; k++)\n"
                       "        puts(argv[k]);\n"
                       "    return 7;\n"
                       "}\n");
    assert_int_equal(sh("looprun my.c a -- --b"), 7);
    assert_string_equal(out, "my.c\na\n--b\n");
    assert_int_equal(sh("looprun my.c --trace - | tail -n 1"), 0);
    assert_non_null(strstr(out, "\"why\":\"exit\",\"code\":7}"));
}

static void exit_ends_the_trace_in_order(void **state)
{
    write_file("my.c", "#include <stdio.h>\n"
                       "#include <stdlib.h>\n"
                       "int main(void)\n"
                       "{\n"
                       "    printf(\"half a line\");\n"
                       "    exit(3);\n"
                       "}\n");
    assert_int_equal(sh("looprun my.c --trace t.jsonl"), 3);
    assert_string_equal(out, "half a line");
    assert_int_equal(sh("loopglass check t.jsonl && tail -n 2 t.jsonl"), 0);
    assert_non_null(strstr(out, "\"text\":\"half a line\""));
    assert_non_null(strstr(out, "\"why\":\"exit\",\"code\":3}"));
}

static void its_functions_are_its_own_also_when_looprun_has_one_of_the_name(void **state)
{
    write_file("my.c", "#include \"lesson.h\"\n"
                       "const char *complain(void) { return \"mine\"; }\n"
                       "const char *options_help(void) { return complain(); }\n"
                       "LESSON { print(\"%s\", options_help()); return NONE; }\n");
    assert_int_equal(sh("looprun my.c"), 0);
    assert_string_equal(out, "mine\n");
}

static void a_crash_is_one_line_and_the_trace_so_far_stays(void **state)
{
    write_file("my.c", "#include \"lesson.h\"\n"
                       "LESSON\n"
                       "{\n"
                       "    print(\"before\");\n"
                       "    *(volatile int *)0 = 1;\n"
                       "    return NONE;\n"
                       "}\n");
    assert_int_equal(sh("ASAN_OPTIONS=handle_segv=0 looprun my.c --trace t.jsonl; test $? = 139 || exit 9"),
                     0);
    assert_non_null(strstr(err, "my.c crashed (SIGSEGV"));
    assert_int_equal(sh("cat t.jsonl.*"), 0);
    assert_non_null(strstr(out, "\"text\":\"before\\n\""));
    assert_non_null(strstr(out, "\"line\":5"));
    assert_non_null(strstr(out, "\"why\":\"killed\",\"code\":139}"));
}

/* The array is at the top of its stack, below what libloop knows of it. */
static void a_crash_is_told_also_when_the_program_wrote_past_an_array(void **state)
{
    write_file("my.c", "#include \"lesson.h\"\n"
                       "static Value past(Value none)\n"
                       "{\n"
                       "    int room[4];\n"
                       "    for (volatile int k = 0; k < 4000; k++)\n"
                       "        room[k] = -1;\n"
                       "    *(volatile int *)0 = room[0];\n"
                       "    return NONE;\n"
                       "}\n"
                       "LESSON { return loop_run(coroutine(past, NONE)); }\n");
    assert_int_equal(sh("ASAN_OPTIONS=handle_segv=0 looprun my.c --trace t.jsonl; test $? = 139 || exit 9"),
                     0);
    assert_non_null(strstr(err, "my.c crashed (SIGSEGV"));
}

static void a_stack_overflow_ends_the_trace_too(void **state)
{
    write_file("my.c", "#include \"lesson.h\"\n"
                       "static Value deep(Value n)\n"
                       "{\n"
                       "    volatile char room[512] = {(char)n.integer};\n"
                       "    return value_int(deep(value_int(n.integer + 1)).integer + room[0]);\n"
                       "}\n"
                       "LESSON { return loop_run(coroutine(deep, value_int(0))); }\n");
    assert_int_equal(sh("ASAN_OPTIONS=handle_segv=0 looprun my.c --trace t.jsonl; test $? = 139 || exit 9"),
                     0);
    assert_non_null(strstr(err, "loop: stack overflow in task 'Task-1', coroutine 'deep'"));
    assert_int_equal(sh("tail -n 1 t.jsonl.*"), 0);
    assert_non_null(strstr(out, "\"why\":\"killed\",\"code\":139}"));
}

/* The guard is one page, which the array passes; what it writes to then is memory. */
static void an_array_that_reaches_past_the_guard_is_an_overflow(void **state)
{
    write_file("my.c", "#include <loop.h>\n"
                       "static Value wide(Value none)\n"
                       "{\n"
                       "    volatile char array[70000];\n"
                       "    array[0] = 1;\n"
                       "    return value_int(array[0]);\n"
                       "}\n"
                       "int main(void)\n"
                       "{\n"
                       "    return value_failed(loop_run(coroutine(wide, NONE)));\n"
                       "}\n");
    assert_int_equal(sh("ASAN_OPTIONS=handle_segv=0 looprun my.c; test $? = 139 || exit 9"), 0);
    assert_non_null(strstr(err, "loop: stack overflow in task 'Task-1', coroutine 'wide'"));
}

/* ------------------------------------------------------------------------------------ what is traced ---- */

/* The lines that the trace tells, of the first source. */
static void expect_lines(const char *lines)
{
    assert_int_equal(sh("looprun my.c --trace t.jsonl >/dev/null && loopglass check t.jsonl >/dev/null"), 0);
    assert_int_equal(
        sh("sed -n 's/.*\"ev\":\"line\",\"source\":\"s1\",\"line\":\\([0-9]*\\),.*/\\1/p' t.jsonl | "
           "paste -sd' '"),
        0);
    out[strcspn(out, "\n")] = '\0';
    assert_string_equal(out, lines);
}

static void the_lines_of_a_program_are_told_without_a_word_of_it(void **state)
{
    write_file("my.c", plain);
    expect_lines("12 5 6 7 8");
    assert_int_equal(sh("grep -c '\"ev\":\"output\",\"fd\":1,\"text\":\"one' t.jsonl"), 0);
    assert_int_equal(sh("grep '\"ev\":\"task\"' t.jsonl"), 0);
    assert_non_null(strstr(out, "\"defined\":[\"s1\",3],\"created\":[\"s1\",12]"));
    assert_int_equal(sh("grep '\"state\":\"waiting\"' t.jsonl"), 0);
    assert_non_null(strstr(out, "\"chain\":[[\"work\",\"s1\",6]"));
}

static void every_kind_of_statement_keeps_its_meaning(void **state)
{
    static const char *const program[] = {
        "#include \"lesson.h\"",                                          /* 1 */
        "#define TWICE(statement) statement; statement",                  /* 2 */
        "struct pair { int a; int b; };",                                 /* 3 */
        "static const struct pair pairs[] = {{1, 2}, {3, 4}};",           /* 4 */
        "enum { ONE = 1, TWO };",                                         /* 5 */
        "static struct pair made(void)",                                  /* 6 */
        "{",                                                              /* 7 */
        "    return (struct pair){.a = ONE, .b = TWO};",                  /* 8 */
        "}",                                                              /* 9 */
        "static int loops(int n)",                                        /* 10 */
        "{",                                                              /* 11 */
        "    int sum = 0;",                                               /* 12 */
        "    do sum++; while (sum < n);",                                 /* 13 */
        "    do {",                                                       /* 14 */
        "        sum++;",                                                 /* 15 */
        "    } while (sum < n);",                                         /* 16 */
        "    for (;;)",                                                   /* 17 */
        "        if (sum > 9)",                                           /* 18 */
        "            break;",                                             /* 19 */
        "        else",                                                   /* 20 */
        "            sum += 7;",                                          /* 21 */
        "    switch (sum) { // { a brace",                                /* 22 */
        "    case 3: sum = 0; break;",                                    /* 23 */
        "    case 10:",                                                   /* 24 */
        "        sum = pairs[1].a; /* } */ break;",                       /* 25 */
        "    default:",                                                   /* 26 */
        "        goto end;",                                              /* 27 */
        "    }",                                                          /* 28 */
        "    if (sum)",                                                   /* 29 */
        "        for (int k = 0; k < 1; k++)",                            /* 30 */
        "            sum += \"}{;\"[0] == '}' ? 1 : 2;",                  /* 31 */
        "end:",                                                           /* 32 */
        "    while (sum > 100) {}",                                       /* 33 */
        "    TWICE(sum++);",                                              /* 34 */
        "    return sum + ({ int x = 1; x; });",                          /* 35 */
        "}",                                                              /* 36 */
        "#if 0",                                                          /* 37 */
        "}",                                                              /* 38 */
        "#endif",                                                         /* 39 */
        "LESSON {",                                                       /* 40 */
        "    struct pair one = made(), *p = &one;",                       /* 41 */
        "    (*p).a++;",                                                  /* 42 */
        "    if (p->a == 2) print(\"%d\", loops(2)); else print(\"?\");", /* 43 */
        "    return NONE;",                                               /* 44 */
        "}",                                                              /* 45 */
        NULL,
    };
    char text[4096] = "";
    for (size_t k = 0; program[k]; k++)
        strcat(strcat(text, program[k]), "\n");
    write_file("my.c", text);
    assert_int_equal(sh("looprun my.c"), 0);
    assert_string_equal(out, "7\n");
    assert_string_equal(err, "");
    assert_int_equal(sh("looprun my.c --trace t.jsonl && grep -c '\"ev\":\"line\"' t.jsonl"), 0);
    /* Each of these lines runs, and is told; none that does not. */
    expect_lines("41 8 42 43 12 13 15 16 17 21 19 22 25 29 31 33 34 35 44");
}

static void a_loop_that_only_computes_is_told_a_few_times(void **state)
{
    write_file("my.c", "#include \"lesson.h\"\n"
                       "LESSON\n"
                       "{\n"
                       "    long sum = 0;\n"
                       "    for (long k = 0; k < 1000000; k++)\n"
                       "        sum += k;\n"
                       "    while (sum > 0) {\n"
                       "        sum -= 1;\n"
                       "        sum /= 2;\n"
                       "    }\n"
                       "    print(\"%ld\", sum);\n"
                       "    return NONE;\n"
                       "}\n");
    expect_lines("4 5 6 7 8 9 7 8 9 7 8 9 7 8 9 7 8 9 7 8 9 7 8 9 7 8 9 11 12");
}

static void a_program_that_says_its_lines_is_shown_with_its_listing(void **state)
{
    write_file("my.c", like_a_lesson);
    write_file("my.py", "import asyncio\nasync def work():\n    print('one')\n");
    assert_int_equal(sh("looprun my.c --trace - 2>/dev/null"), 1);
    assert_non_null(strstr(out, "\"source\":\"s1\",\"name\":\"my.py\",\"language\":\"python\""));
    assert_non_null(strstr(out, "\"source\":\"s2\",\"name\":\"my.c\",\"language\":\"c\""));
    assert_non_null(strstr(out, "\"line\":3,\"also\":[\"s2\",4],\"function\":\"work\""));
    assert_non_null(strstr(out, "\"defined\":[\"s1\",2]"));
    assert_int_equal(sh("rm my.py && looprun my.c --trace - 2>/dev/null"), 1);
    assert_non_null(strstr(out, "\"source\":\"s1\",\"name\":\"my.c\",\"language\":\"c\""));
    assert_non_null(strstr(out, "\"line\":4,\"function\":\"work\""));
    assert_null(strstr(out, "\"also\""));
}

static void what_goes_past_stdio_is_not_in_the_trace(void **state)
{
    write_file("my.c", "#include <stdio.h>\n"
                       "#include <unistd.h>\n"
                       "int main(void)\n"
                       "{\n"
                       "    fprintf(stderr, \"told\\n\");\n"
                       "    return write(1, \"{\\n\", 2) != 2;\n"
                       "}\n");
    assert_int_equal(sh("looprun my.c --trace - >t.jsonl; loopglass check t.jsonl && cat t.jsonl"), 0);
    assert_non_null(strstr(out, "\"ev\":\"output\",\"fd\":2,\"text\":\"told\\n\""));
    assert_string_equal(err, "told\n");
}

/* ------------------------------------------------------------------------------ what does not compile ----
 */

static const char mistaken[] = "#include \"lesson.h\"\n"
                               "LESSON\n"
                               "{\n"
                               "    print(\"one\")\n"
                               "    return NONE;\n"
                               "}\n";

static void an_error_is_shown_as_the_compiler_says_it(void **state)
{
    static char said[sizeof err];
    write_file("my.c", mistaken);
    assert_int_equal(sh("looprun my.c"), 1);
    assert_string_equal(out, "");
    strcpy(said, err);
    assert_int_equal(sh("cc -c -o my.o -Wall -fdiagnostics-color=never -I%s/loop -I%s/lessons my.c",
                        PROJECT_DIR, PROJECT_DIR),
                     1);
    strcat(err, "my.c: it does not compile\n");
    assert_string_equal(said, err);
    assert_non_null(strstr(said, "my.c:4:"));
}

static void an_error_is_a_trace_too_with_its_line_lit(void **state)
{
    write_file("my.c", mistaken);
    assert_int_equal(sh("looprun my.c --trace t.jsonl 2>/dev/null"), 1);
    assert_int_equal(sh("loopglass check t.jsonl && head -n 1 t.jsonl && tail -n 2 t.jsonl"), 0);
    assert_non_null(strstr(out, "\"compiles\":false"));
    assert_non_null(strstr(out, "\"ev\":\"line\",\"source\":\"s1\",\"line\":4,"));
    assert_non_null(strstr(out, "\"why\":\"exception\",\"code\":1}"));
    assert_int_equal(sh("grep '\"ev\":\"output\",\"fd\":2' t.jsonl"), 0);
    assert_non_null(strstr(out, "my.c:4:"));
}

static void warnings_are_shown_each_time_and_are_not_fatal(void **state)
{
    write_file("my.c", "#include \"lesson.h\"\nLESSON\n{\n    int unused = 1;\n    return NONE;\n}\n");
    for (int k = 0; k < 2; k++) {
        assert_int_equal(sh("looprun my.c"), 0);
        assert_non_null(strstr(err, "my.c:4:9: warning: unused variable"));
    }
    assert_int_equal(sh("looprun my.c --trace - 2>/dev/null"), 0);
    assert_non_null(strstr(out, "\"ev\":\"output\",\"fd\":2,\"text\":\"my.c:4:9: warning"));
}

static void a_time_in_seconds_where_nanoseconds_are_meant_is_warned_of(void **state)
{
    write_file("my.c", "#include \"lesson.h\"\n"
                       "static Value naps(Value none)\n"
                       "{\n"
                       "    return await_sleep(0.5);\n"
                       "}\n"
                       "LESSON { return loop_run(coroutine(naps, NONE)); }\n");
    assert_int_equal(sh("looprun my.c"), 0);
    assert_non_null(strstr(err, "my.c:4:24: warning: "));
}

static void a_second_that_is_written_as_a_nanosecond_is_warned_of(void **state)
{
    static const char warnings[] =
        "my.c:6:25: warning: await_sleep takes nanoseconds: for 1 s write loop_seconds(1)\n"
        "    6 |         TRY(await_sleep(1));\n"
        "      |                         ^\n"
        "my.c:7:27: warning: await_sleep takes nanoseconds: for 60 s write loop_seconds(60)\n"
        "    7 |     TRY(await_sleep( /**/ 60L ));\n";
    static const char *const others[] = {"await_sleep takes nanoseconds: for 2 s", "await_sleep_result",
                                         "blocking_sleep", "await_wait_for", "await_wait takes"};
    write_file("my.c", "#include \"lesson.h\"\n"
                       "#define NAP await_sleep(3)\n"
                       "const char *text = \"await_sleep(4) \\\" await_sleep(5)\"; // await_sleep(6)\n"
                       "static Value naps(Value none) /* await_sleep(7) */\n"
                       "{\n"
                       "        TRY(await_sleep(1));\n"
                       "    TRY(await_sleep( /**/ 60L ));\n"
                       "    TRY(await_sleep(2.0));\n"
                       "    TRY(await_sleep_result(3, NONE));\n"
                       "    blocking_sleep(999);\n"
                       "    TRY(await_wait_for((Awaitable){NULL, NULL}, 5));\n"
                       "    TRY(await_wait(NULL, (size_t)(1), 3, ALL_COMPLETED, NULL));\n"
                       "    int64_t delay = 1, one_await_sleep = (2);\n"
                       "    TRY(await_sleep(0)); TRY(await_sleep(-1)); TRY(await_sleep(1000));\n"
                       "    TRY(await_sleep(delay)); TRY(await_sleep(one_await_sleep + 1)); "
                       "TRY(await_sleep(1 + 1)); TRY(await_sleep(loop_seconds(1)));\n"
                       "    return await_wait(NULL, 8, LOOP_FOREVER, ALL_COMPLETED, NULL);\n"
                       "}\n"
                       "LESSON { return naps(NONE), NONE; }\n");
    for (int k = 0; k < 2; k++) { /* also when it was compiled before */
        assert_int_equal(sh("looprun my.c"), 0);
        assert_memory_equal(err, warnings, sizeof warnings - 1);
        size_t count = 0;
        for (const char *at = err; (at = strstr(at, "warning: ")) != NULL; at++)
            count++;
        assert_int_equal(count, 7);
        for (size_t n = 0; n < sizeof others / sizeof *others; n++)
            assert_non_null(strstr(err, others[n]));
    }
}

static void what_nobody_defines_is_an_error_and_so_is_nothing_to_run(void **state)
{
    write_file("my.c", "int foo(void);\nint main(void) { return foo(); }\n");
    assert_int_equal(sh("looprun my.c"), 1);
    assert_one_line("my.c: error: undefined symbol: foo");
    write_file("my.c", "int foo(void) { return 1; }\n");
    assert_int_equal(sh("looprun my.c"), 1);
    assert_one_line("my.c: error: nothing to run: it has neither a LESSON");
    write_file("my.c", "int main(void) { return foo(); }\n");
    assert_int_equal(sh("looprun my.c"), 1);
    assert_non_null(strstr(err, "my.c:1:25: error: implicit declaration of function ‘foo’"));
}

static void what_cannot_be_read_or_compiled_is_one_line_and_status_4(void **state)
{
    write_file("my.c", plain);
    assert_int_equal(sh("looprun nowhere.c"), 4);
    assert_one_line("cannot open nowhere.c: No such file");
    assert_int_equal(sh("mkdir dir.c; looprun dir.c"), 4);
    assert_one_line("cannot open dir.c: Is a directory");
    assert_int_equal(sh("CC=nocc looprun my.c"), 4);
    assert_one_line("no C compiler: there is no nocc; install one");
    assert_int_equal(sh("looprun my.c --set n=1"), 2);
    assert_one_line("--set goes with a lesson, and my.c is a C program");
    assert_int_equal(sh("looprun my.c --python python3"), 2);
    assert_one_line("--python goes with a Python program");
}

/* ---------------------------------------------------------------------------------------- the cache ---- */

static int objects(void)
{
    sh("ls cache/loopglass | grep -c '[.]so$'");
    return atoi(out);
}

/* A compiler that says when it is called. */
static void count_compiling(void)
{
    write_file("counting", "#!/bin/sh\necho called >>calls\nexec cc \"$@\"\n");
    assert_int_equal(sh("chmod +x counting"), 0);
    setenv("CC", "./counting", 1);
}

static void a_program_is_compiled_once_for_each_state_of_it(void **state)
{
    count_compiling();
    write_file("half.h", "#define WORD \"one\"\n");
    write_file("my.c", "#include \"lesson.h\"\n#include \"half.h\"\nLESSON { print(WORD); return NONE; }\n");
    assert_int_equal(sh("looprun my.c && mv calls first && looprun my.c && ! test -e calls"), 0);
    assert_string_equal(out, "one\none\n");
    assert_int_equal(objects(), 1);
    write_file("half.h", "#define WORD \"two\"\n");
    assert_int_equal(sh("looprun my.c && test -e calls"), 0);
    assert_string_equal(out, "two\n");
    assert_int_equal(objects(), 2);
    write_file("half.h", "#define WORD \"one\"\n");
    assert_int_equal(sh("rm calls; looprun my.c && ! test -e calls"), 0);
    assert_string_equal(out, "one\n");
    unsetenv("CC");
}

static void nothing_is_left_beside_the_source_or_half_made_in_the_cache(void **state)
{
    write_file("my.c", plain);
    assert_int_equal(sh("mkdir -p a && cp my.c a && looprun a/my.c && ls a"), 0);
    assert_string_equal(out, "one\ntwo\nmy.c\n");
    write_file("my.c", mistaken);
    assert_int_equal(sh("looprun my.c"), 1);
    assert_int_equal(sh("ls cache/loopglass | grep -vE '^[0-9a-f]{16}(-include|[.]so)$'"), 1);
    assert_string_equal(out, "");
}

static void what_was_not_used_for_a_month_goes(void **state)
{
    write_file("my.c", plain);
    assert_int_equal(sh("looprun my.c && touch -d '40 days ago' cache/loopglass/*"), 0);
    write_file("other.c", like_a_lesson);
    assert_int_equal(sh("looprun other.c"), 1);
    assert_int_equal(objects(), 1);
    assert_int_equal(sh("looprun my.c"), 0);
    assert_string_equal(out, "one\ntwo\n");
}

static void without_a_cache_a_program_runs_all_the_same(void **state)
{
    write_file("my.c", plain);
    assert_int_equal(sh("mkdir tmp; XDG_CACHE_HOME=/proc/nowhere TMPDIR=$PWD/tmp looprun my.c"), 0);
    assert_string_equal(out, "one\ntwo\n");
    assert_one_line("the cache /proc/nowhere/loopglass cannot be written");
    assert_int_equal(sh("ls tmp"), 0);
    assert_string_equal(out, "");
    assert_int_equal(sh("XDG_CACHE_HOME=/proc/nowhere TMPDIR=/proc/nowhere looprun my.c 2>&1 | tail -n 1"),
                     0);
    assert_non_null(strstr(out, "there is no place for what is compiled"));
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, shell_remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_program_with_a_main_runs),
        IN_FOLDER(a_program_like_a_lesson_runs_and_ends_as_it_says),
        IN_FOLDER(main_gets_the_words_and_gives_the_status),
        IN_FOLDER(exit_ends_the_trace_in_order),
        IN_FOLDER(its_functions_are_its_own_also_when_looprun_has_one_of_the_name),
        IN_FOLDER(a_crash_is_one_line_and_the_trace_so_far_stays),
        IN_FOLDER(a_crash_is_told_also_when_the_program_wrote_past_an_array),
        IN_FOLDER(a_stack_overflow_ends_the_trace_too),
        IN_FOLDER(an_array_that_reaches_past_the_guard_is_an_overflow),
        IN_FOLDER(the_lines_of_a_program_are_told_without_a_word_of_it),
        IN_FOLDER(every_kind_of_statement_keeps_its_meaning),
        IN_FOLDER(a_loop_that_only_computes_is_told_a_few_times),
        IN_FOLDER(a_program_that_says_its_lines_is_shown_with_its_listing),
        IN_FOLDER(what_goes_past_stdio_is_not_in_the_trace),
        IN_FOLDER(an_error_is_shown_as_the_compiler_says_it),
        IN_FOLDER(an_error_is_a_trace_too_with_its_line_lit),
        IN_FOLDER(warnings_are_shown_each_time_and_are_not_fatal),
        IN_FOLDER(a_time_in_seconds_where_nanoseconds_are_meant_is_warned_of),
        IN_FOLDER(a_second_that_is_written_as_a_nanosecond_is_warned_of),
        IN_FOLDER(what_nobody_defines_is_an_error_and_so_is_nothing_to_run),
        IN_FOLDER(what_cannot_be_read_or_compiled_is_one_line_and_status_4),
        IN_FOLDER(a_program_is_compiled_once_for_each_state_of_it),
        IN_FOLDER(nothing_is_left_beside_the_source_or_half_made_in_the_cache),
        IN_FOLDER(what_was_not_used_for_a_month_goes),
        IN_FOLDER(without_a_cache_a_program_runs_all_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
