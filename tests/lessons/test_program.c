/*
 * Python programs under looprun: who runs them, how it says no, and that the program sees no difference.
 */
#include "ran.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char folder[] = "/tmp/looprun-program-XXXXXX";

/* A file in the folder of this run. */
static void write_file(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    chmod(path, 0755);
}

/* Runs a command line in the folder, with the built programs first on PATH. */
static Ran sh(const char *format, ...)
{
    char command[2048], line[2400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(command, sizeof command, format, arguments);
    va_end(arguments);
    snprintf(line, sizeof line, "export PATH=%s:$PATH; %s", BUILD_DIR, command);
    Ran ran;
    ran_start(&ran, folder, (const char *const[]){"sh", "-c", line, NULL});
    ran_wait(&ran, 30);
    assert_false(ran.timed_out);
    return ran;
}

/* One line, of looprun's own, with these words in it. */
static void assert_refused(Ran ran, int status, const char *one, const char *other)
{
    if (ran.status != status || strncmp(ran.err, "looprun: ", 9) != 0 || !strstr(ran.err, one) ||
        !strstr(ran.err, other) || strchr(ran.err, '\n') != ran.err + ran.err_length - 1)
        fail_msg("status %d, and one line with \"%s\" and \"%s\", not status %d: %s", status, one, other,
                 ran.status, ran.err);
    assert_string_equal(ran.out, "");
    ran_free(&ran);
}

static void assert_runs(Ran ran, int status, const char *out)
{
    if (ran.status != status)
        fail_msg("status %d: %s", ran.status, ran.err);
    assert_string_equal(ran.out, out);
    ran_free(&ran);
}

/* --------------------------------------------------------------------------------------- refusals ---- */

static void a_program_that_is_not_there_is_status_4(void **state)
{
    assert_refused(sh("looprun nowhere.py"), 4, "nowhere.py", "No such file");
    assert_refused(sh("mkdir empty.py; looprun empty.py"), 4, "empty.py", "__main__.py");
}

static void what_is_a_lessons_is_no_programs_and_the_other_way_round(void **state)
{
    write_file("hi.py", "print('hi')\n");
    assert_refused(sh("looprun hi.py --set seconds=1"), 2, "--set goes with a lesson", "hi.py");
    assert_refused(sh("looprun hi.py --variant x"), 2, "--variant goes with a lesson", "hi.py");
    assert_refused(sh("looprun calls --python python3"), 2, "--python goes with", "Python program");
    assert_refused(sh("looprun hi.py --real --virtual"), 2, "--real", "--virtual");
    assert_refused(sh("looprun hi.py --port 3"), 2, "--port", "behind --");
}

static void without_any_python_it_says_what_to_do(void **state)
{
    write_file("hi.py", "print('hi')\n");
    assert_refused(sh("PATH=/nowhere exec %s/looprun hi.py", BUILD_DIR), 4, "no Python", "--python");
    assert_refused(sh("looprun hi.py --python /nowhere/python"), 4, "/nowhere/python", "No such file");
}

static void a_python_that_cannot_record_is_refused_by_name(void **state)
{
    write_file("hi.py", "print('hi')\n");
    write_file("old", "#!/bin/sh\nprintf 'cpython 3.8'\n");
    write_file("ancient", "#!/bin/sh\nprintf 'cpython 2.7'\n");
    write_file("pypy", "#!/bin/sh\nprintf 'PyPy 3.10'\n");
    assert_refused(sh("looprun hi.py --python ./old"), 4, "./old is Python 3.8", "3.9 or newer");
    assert_refused(sh("looprun hi.py --python ./ancient"), 4, "./ancient is Python 2.7", "3.9 or newer");
    assert_refused(sh("looprun hi.py --python ./pypy"), 4, "./pypy is PyPy", "CPython");
    assert_refused(sh("looprun hi.py --python true"), 4, "true", "does not run as Python");
}

static void python_is_found_under_its_other_name(void **state)
{
    write_file("hi.py", "print('hi')\n");
    write_file("python", "#!/bin/sh\nprintf 'cpython 3.7'\n");
    assert_refused(sh("PATH=. exec %s/looprun hi.py", BUILD_DIR), 4, "python is Python 3.7", "3.9");
    assert_runs(sh("rm python"), 0, "");
}

static void an_installation_without_the_recorder_says_so(void **state)
{
    write_file("hi.py", "print('hi')\n");
    assert_refused(
        sh("mkdir -p at/bin at/share/loopglass/record && cp %s/looprun at/bin && at/bin/looprun hi.py",
           BUILD_DIR),
        4, "recorder is missing", "share/loopglass/record/__main__.py");
}

/* ---------------------------------------------------------------------------------------- running ---- */

static void a_program_finds_what_it_finds_under_python(void **state)
{
    write_file("other.py", "where = 'beside'\n");
    write_file("seen.py", "import sys, os, other, trace\n"
                          "print(__name__, os.path.basename(__file__), sys.argv, other.where)\n"
                          "print(sys.modules['__main__'].__dict__ is globals(), hasattr(trace, 'Trace'))\n"
                          "print(os.path.realpath(sys.path[0]) == os.path.realpath('.'))\n");
    Ran python = sh("python3 seen.py a --b 'c d'");
    assert_runs(sh("looprun seen.py -- a --b 'c d'"), 0, python.out);
    assert_runs(sh("looprun seen.py --trace t.jsonl -- a --b 'c d'"), 0, python.out);
    assert_non_null(strstr(python.out, "['seen.py', 'a', '--b', 'c d'] beside\nTrue True\nTrue\n"));
    ran_free(&python);
    assert_runs(sh("grep -c '\"ev\":\"output\"' t.jsonl"), 0, "3\n");
}

static void a_module_and_a_folder_run_as_under_python(void **state)
{
    assert_runs(sh("mkdir -p pkg app"), 0, "");
    write_file("pkg/__init__.py", "");
    write_file("pkg/mod.py", "import sys; print(__name__, __package__, sys.argv[1:])\n");
    write_file("app/__main__.py", "import sys; print(__name__, sys.argv[1:])\n");
    assert_runs(sh("looprun -m pkg.mod -- -x"), 0, "__main__ pkg ['-x']\n");
    assert_runs(sh("looprun app y"), 2, ""); /* a lesson's name */
    assert_runs(sh("looprun app/ y"), 0, "__main__ ['y']\n");
}

static void the_trace_is_sound_and_its_clock_real_unless_asked(void **state)
{
    write_file("sleep.py", "import asyncio\n"
                           "async def main():\n"
                           "    await asyncio.sleep(0.2)\n"
                           "    print('slept')\n"
                           "asyncio.run(main())\n");
    assert_runs(sh("looprun sleep.py --trace real.jsonl && loopglass check real.jsonl >&2"), 0, "slept\n");
    assert_runs(sh("grep -c '^{\"trace\":\"loopglass\",.*\"clock\":\"monotonic\"' real.jsonl"), 0, "1\n");
    assert_runs(
        sh("looprun sleep.py --virtual --trace - > virtual.jsonl && loopglass check virtual.jsonl >&2"), 0,
        "");
    assert_runs(sh("grep -c '^{\"trace\":\"loopglass\",.*\"clock\":\"virtual\"' virtual.jsonl"), 0, "1\n");
    assert_runs(sh("grep -c '\"ts\":200000000,\"ev\":\"output\",\"fd\":1,\"text\":\"slept' virtual.jsonl"), 0,
                "1\n");
}

static void a_syntax_error_and_a_traceback_are_output_and_status_1(void **state)
{
    write_file("syntax.py", "print('never')\nasync def\n");
    write_file("raises.py", "import asyncio\n"
                            "async def main():\n"
                            "    raise KeyError('lost')\n"
                            "asyncio.run(main())\n");
    static const char *const programs[][2] = {{"syntax", "SyntaxError: invalid syntax"},
                                              {"raises", "KeyError: 'lost'"}};
    for (size_t k = 0; k < 2; k++) {
        Ran ran = sh("looprun %s.py --trace %s.jsonl", programs[k][0], programs[k][0]);
        Ran python = sh("python3 %s.py", programs[k][0]);
        assert_int_equal(ran.status, 1);
        assert_string_equal(ran.out, "");
        assert_string_equal(ran.err, python.err);
        assert_non_null(strstr(ran.err, programs[k][1]));
        ran_free(&ran);
        ran_free(&python);
        assert_runs(
            sh("grep '\"ev\":\"output\",\"fd\":2' %s.jsonl | grep -c \"%s\"", programs[k][0], programs[k][1]),
            0, "1\n");
        assert_runs(sh("tail -1 %s.jsonl | grep -c '\"ev\":\"end\".*\"exception\"'", programs[k][0]), 0,
                    "1\n");
        assert_runs(sh("loopglass check %s.jsonl >&2", programs[k][0]), 0, "");
    }
}

static void a_program_ends_with_the_status_of_its_own(void **state)
{
    write_file("seven.py", "import sys\nsys.exit(7)\n");
    assert_runs(sh("looprun seven.py --trace t.jsonl"), 7, "");
    assert_runs(sh("tail -1 t.jsonl | grep -c '\"ev\":\"end\".*7'"), 0, "1\n");
}

static void stuck_under_the_virtual_clock_is_status_3(void **state)
{
    write_file("stuck.py", "import asyncio\n"
                           "async def main():\n"
                           "    await asyncio.get_running_loop().create_future()\n"
                           "asyncio.run(main())\n");
    Ran ran = sh("looprun stuck.py --virtual --trace t.jsonl");
    assert_int_equal(ran.status, 3);
    ran_free(&ran);
    assert_runs(sh("grep -c '\"ev\":\"stuck\"' t.jsonl"), 0, "1\n");
}

static void a_program_that_is_ended_leaves_a_whole_trace(void **state)
{
    write_file("server.py", "import asyncio\n"
                            "async def main():\n"
                            "    server = await asyncio.start_server(lambda r, w: None, '127.0.0.1', 0)\n"
                            "    print('serving', flush=True)\n"
                            "    await server.serve_forever()\n"
                            "asyncio.run(main())\n");
    Ran ran = sh("looprun server.py --trace t.jsonl > out & p=$!; "
                 "until grep -q serving out; do sleep 0.02; done; kill -TERM $p; wait $p; echo $?");
    assert_runs(ran, 0, "143\n");
    assert_runs(sh("tail -1 t.jsonl | grep -c '\"ev\":\"end\".*\"killed\"'"), 0, "1\n");
    assert_runs(sh("loopglass check t.jsonl >&2"), 0, "");
}

static void a_forked_child_leaves_the_trace_to_its_parent(void **state)
{
    write_file("fork.py", "import os\n"
                          "for end in (os._exit, os._exit):\n"
                          "    child = os.fork()\n"
                          "    if child == 0:\n"
                          "        print('child', flush=True)\n"
                          "        end(0)\n"
                          "    print(os.waitpid(child, 0)[1], flush=True)\n");
    assert_runs(sh("looprun fork.py --trace t.jsonl && loopglass check t.jsonl >&2"), 0,
                "child\n0\nchild\n0\n");
    assert_runs(sh("grep -c output.*0 t.jsonl; grep -c child.n.. t.jsonl"), 1, "2\n0\n");
}

static void what_bypasses_print_never_gets_into_the_trace(void **state)
{
    write_file("bypass.py", "import os, subprocess, sys\n"
                            "os.write(1, b'{raw}\\n')\n"
                            "subprocess.run(['echo', '{child}'])\n"
                            "print('printed')\n");
    assert_runs(sh("looprun bypass.py --trace - > t.jsonl; loopglass check t.jsonl >&2"), 0, "");
    assert_runs(sh("grep -c printed.n t.jsonl"), 0, "1\n");
    assert_runs(sh("looprun bypass.py"), 0, "{raw}\n{child}\nprinted\n");
}

/* ------------------------------------------------------------------------------------------------------ */

static int make_folder(void **state)
{
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    char line[128];
    snprintf(line, sizeof line, "rm -r %s", folder);
    return system(line);
}

static void what_a_program_tells_by_audit_is_shown(void **state)
{
    write_file("shown.py", "import sys\n"
                           "sys.audit('loopglass.progress', 'sun', 5, 10)\n"
                           "sys.audit('loopglass.picture', 'sun', b'\\0\\xff~z')\n"
                           "sys.audit('loopglass.progress', 'sun', 5)\n"
                           "sys.audit('loopglass.picture', 'sun', 'no bytes')\n"
                           "sys.audit('loopglass.progress', 'sun', 11, 10)\n"
                           "sys.audit('loopglass.progress', 'sun', 10, 10)\n"
                           "print('done')\n");
    assert_runs(sh("looprun shown.py --trace t.jsonl && loopglass check t.jsonl >&2"), 0, "done\n");
    Ran ran = sh("grep -oE '\"ev\":\"(progress|picture|note)\".*' t.jsonl");
    const char *at = ran.out;
    static const char *const told[] = {"\"progress\",\"name\":\"sun\",\"done\":5,\"total\":10}",
                                       "\"picture\",\"name\":\"sun\",\"data\":\"AP9+eg==\"}",
                                       "\"note\",\"text\":\"loopglass.progress: ",
                                       "\"note\",\"text\":\"loopglass.picture: ",
                                       "\"note\",\"text\":\"loopglass.progress: 11 out of 10 cannot be\"}",
                                       "\"progress\",\"name\":\"sun\",\"done\":10,\"total\":10}"};
    for (size_t k = 0; k < sizeof told / sizeof *told; k++) {
        at = strstr(at, told[k]);
        if (!at)
            fail_msg("no %s in\n%s", told[k], ran.out);
    }
    ran_free(&ran);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_program_tells_by_audit_is_shown),
        cmocka_unit_test(a_program_that_is_not_there_is_status_4),
        cmocka_unit_test(what_is_a_lessons_is_no_programs_and_the_other_way_round),
        cmocka_unit_test(without_any_python_it_says_what_to_do),
        cmocka_unit_test(a_python_that_cannot_record_is_refused_by_name),
        cmocka_unit_test(python_is_found_under_its_other_name),
        cmocka_unit_test(an_installation_without_the_recorder_says_so),
        cmocka_unit_test(a_program_finds_what_it_finds_under_python),
        cmocka_unit_test(a_module_and_a_folder_run_as_under_python),
        cmocka_unit_test(the_trace_is_sound_and_its_clock_real_unless_asked),
        cmocka_unit_test(a_syntax_error_and_a_traceback_are_output_and_status_1),
        cmocka_unit_test(a_program_ends_with_the_status_of_its_own),
        cmocka_unit_test(stuck_under_the_virtual_clock_is_status_3),
        cmocka_unit_test(a_program_that_is_ended_leaves_a_whole_trace),
        cmocka_unit_test(a_forked_child_leaves_the_trace_to_its_parent),
        cmocka_unit_test(what_bypasses_print_never_gets_into_the_trace),
    };
    return cmocka_run_group_tests_name("programs", tests, make_folder, remove_folder);
}
