/*
 * A recorded program does what it does without the recorder: it prints the same, on both descriptors, and
 * ends with the same status. Its trace keeps the rules, and the state that the events give is the recorder's
 * own.
 */
#include "ran.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "history.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/loopglass-unseen-XXXXXX";

static Ran shell(const char *command)
{
    Ran ran;
    ran_start(&ran, folder, (const char *const[]){"sh", "-c", command, NULL});
    ran_wait(&ran, 120);
    assert_false(ran.timed_out);
    return ran;
}

static int make_folder(void **state)
{
    assert_non_null(mkdtemp(folder));
    return 0;
}

static int remove_folder(void **state)
{
    Ran ran = shell("rm -r \"$PWD\"");
    ran_free(&ran);
    return 0;
}

static void tell(void *context, uint32_t line, const char *rule, const char *message)
{
    print_error("line %u: %s: %s\n", line, rule, message);
}

static void write_file(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* Runs it by `python3 WORDS` and recorded. */
static void assert_unseen_as(const char *words)
{
    char command[1024];
    snprintf(command, sizeof command, "exec python3 -B %s", words);
    Ran plain = shell(command);
    snprintf(command, sizeof command, "exec python3 -B %s/lessons/record --snapshots -o t.jsonl %s",
             PROJECT_DIR, words);
    Ran recorded = shell(command);
    assert_string_equal(recorded.out, plain.out);
    assert_string_equal(recorded.err, plain.err);
    assert_int_equal(recorded.status, plain.status);
    ran_free(&plain);
    ran_free(&recorded);
    Ran trace = shell("cat t.jsonl; rm t.jsonl*");
    assert_int_equal(history_check(trace.out, trace.out_length, tell, NULL), 0);
    ran_free(&trace);
}

static void assert_unseen(const char *program)
{
    write_file("my.py", program);
    assert_unseen_as("my.py one");
}

/* -------------------------------------------------------------------------------- tracebacks and stacks */

static void tracebacks_show_no_frame_of_the_recorder(void **state)
{
    assert_unseen("import asyncio, logging, time, traceback\nasync def main():\n"
                  "    f = asyncio.Future(); f.set_result(1)\n"
                  "    for act in (lambda: f.set_result(2), lambda: asyncio.create_task(3),\n"
                  "                lambda: time.sleep('x'), lambda: time.sleep(), lambda: time.sleep(-1),\n"
                  "                lambda: time.sleep(float('nan')), lambda: asyncio.run(None)):\n"
                  "        try: act()\n"
                  "        except Exception as error: print(error); traceback.print_exc()\n"
                  "    try: f.set_exception(3)\n"
                  "    except Exception: logging.exception('logged')\n"
                  "    asyncio.get_running_loop().call_soon(f.set_result, 3)\n"
                  "    await asyncio.sleep(0)\n    traceback.print_stack()\n"
                  "    print(traceback.StackSummary.extract(traceback.walk_stack(None)))\n"
                  "try: asyncio.run(main())\nfinally: print('end')\n");
}

static void debug_mode_tells_where_things_were_made(void **state)
{
    assert_unseen(
        "import asyncio\nasync def child(): await asyncio.sleep(0)\nasync def main():\n"
        "    loop = asyncio.get_running_loop(); task = asyncio.create_task(child())\n"
        "    for thing in (task, loop.create_future(), loop.call_later(1, print), loop.call_soon(int)):\n"
        "        print(*thing._source_traceback, sep='\\n')\n"
        "    task.print_stack()\n"
        "asyncio.run(main(), debug=True)\n");
}

static void a_coroutine_never_awaited_is_told_where_it_was_lost(void **state)
{
    assert_unseen("async def lost(): pass\ndef f():\n    lost()\nf()\n");
}

static void an_excepthook_that_fails_is_told_as_by_python(void **state)
{
    assert_unseen("import sys\ndef hook(kind, error, link): raise RuntimeError('hook')\n"
                  "sys.excepthook = hook\nraise KeyError('end')\n");
}

/* ------------------------------------------------------------------------------------ what it may ask */

static void signals_look_untouched(void **state)
{
    assert_unseen("import asyncio, os, signal\n"
                  "print(signal.getsignal(signal.SIGTERM), signal.signal(signal.SIGTERM, print))\n"
                  "print(signal.signal(signal.SIGTERM, signal.SIG_DFL) is print)\n"
                  "async def main():\n    loop = asyncio.get_running_loop()\n"
                  "    loop.add_signal_handler(signal.SIGTERM, print, 'asked to end')\n"
                  "    os.kill(os.getpid(), signal.SIGTERM); await asyncio.sleep(0.01)\n"
                  "    loop.remove_signal_handler(signal.SIGTERM)\n"
                  "    print(signal.getsignal(signal.SIGTERM), flush=True)\n"
                  "    os.kill(os.getpid(), signal.SIGTERM); await asyncio.sleep(9)\nasyncio.run(main())\n");
}

static void a_trace_function_is_the_programs_while_it_has_one(void **state)
{
    assert_unseen(
        "import sys, asyncio\nprint(sys.gettrace())\nseen = []\n"
        "def look(frame, event, argument):\n"
        "    if frame.f_code.co_filename == __file__: seen.append((event, frame.f_lineno)); return look\n"
        "async def main():\n    sys.settrace(look)\n    await asyncio.sleep(0)\n    x = 1\n"
        "    sys.settrace(None)\n    return x\nasyncio.run(main())\nprint(seen, sys.gettrace())\n");
}

static void nothing_of_the_programs_is_asked_for_its_repr(void **state)
{
    assert_unseen("import asyncio\nclass R:\n    def __repr__(self): print('asked'); return 'R'\n"
                  "class E(Exception):\n    def __str__(self): print('asked'); return 'E'\n"
                  "async def give(): return R()\nasync def fail(): raise E\nasync def main():\n"
                  "    await asyncio.create_task(give())\n"
                  "    await asyncio.gather(asyncio.create_task(fail()), return_exceptions=True)\n"
                  "asyncio.run(main())\n");
}

static void a_future_may_be_any_object_that_behaves_so(void **state)
{
    assert_unseen(
        "import asyncio\nclass Duck:\n    _asyncio_future_blocking = False\n    value = None\n"
        "    def __init__(self, loop): self.loop = loop; self.waiting = []\n"
        "    def get_loop(self): return self.loop\n    def done(self): return self.value is not None\n"
        "    def cancelled(self): return False\n    def result(self): return self.value\n"
        "    def exception(self): return None\n"
        "    def add_done_callback(self, f, context=None): self.waiting.append(f)\n"
        "    def set(self, value):\n        self.value = value\n"
        "        for f in self.waiting: self.loop.call_soon(f, self)\n"
        "    def __await__(self):\n        self._asyncio_future_blocking = True; yield self\n"
        "        return self.value\n"
        "async def main():\n    duck = Duck(asyncio.get_running_loop())\n"
        "    duck.loop.call_later(0.01, duck.set, 5); print(await duck)\nasyncio.run(main())\n");
}

static void a_loop_may_have_a_time_of_its_own(void **state)
{
    assert_unseen("import asyncio\nclass Loop(asyncio.SelectorEventLoop):\n"
                  "    def time(self): return super().time() + 5\n"
                  "loop = Loop(); loop.run_until_complete(asyncio.sleep(0.01)); loop.close()\n");
}

static void stdouts_buffer_is_the_stock_one(void **state)
{
    assert_unseen(
        "import io, sys\nb = sys.stdout.buffer\n"
        "print(b, isinstance(b, (io.BufferedWriter, io.FileIO)), b is sys.stdout.buffer, sys.stdout)\n"
        "sys.stdout.flush(); b.write(memoryview(b'bytes\\n')); b.flush()\n"
        "w = io.TextIOWrapper(b, encoding='latin-1', write_through=True); w.write('\\xe9\\n'); w.detach()\n"
        "for c in 'abc' * 30000: sys.stdout.write(c)\n");
}

/* --------------------------------------------------------------------------- how it starts, how it ends */

static void a_folder_and_a_zip_file_run_as_python_runs_them(void **state)
{
    Ran ran = shell("mkdir -p app");
    ran_free(&ran);
    write_file("app/other.py", "x = 1\n");
    write_file("app/__main__.py",
               "import asyncio, os, sys, other\n"
               "print(__name__, repr(__package__), __spec__.name, sys.argv, __file__, sys.path[0])\n"
               "asyncio.run(asyncio.sleep(0))\nraise KeyError('x')\n");
    assert_unseen_as("app");
    ran = shell("cd app && python3 -m zipfile -c ../app.zip __main__.py other.py");
    assert_int_equal(ran.status, 0);
    ran_free(&ran);
    assert_unseen_as("app.zip");
}

static void a_process_that_becomes_another_leaves_a_whole_trace(void **state)
{
    assert_unseen(
        "import asyncio, os\nasync def main():\n    print('before', flush=True)\n"
        "    try: os.execv('/no/such', ['x'])\n    except OSError as error: print(error, flush=True)\n"
        "    os.execvp('sh', ['sh', '-c', 'echo after; exit 7'])\nasyncio.run(main())\n");
}

static void atexit_functions_and_threads_have_their_last_words(void **state)
{
    assert_unseen("import asyncio, atexit, threading, time\n"
                  "def bye(): print('bye')\natexit.register(bye)\n"
                  "atexit.register(lambda: asyncio.run(asyncio.sleep(0, print('a loop at exit'))))\n"
                  "def late(): time.sleep(0.05); print('late')\nthreading.Thread(target=late).start()\n"
                  "raise KeyError('end')\n");
}

static void a_fork_warns_of_no_thread_of_the_recorders(void **state)
{
    assert_unseen("import asyncio, os, sys\nasync def main():\n    for _ in range(3):\n"
                  "        if os.fork() == 0: os._exit(5)\n        print(os.wait()[1])\n"
                  "        await asyncio.sleep(0)\nasyncio.run(main())\n");
}

static void threads_that_print_and_queue_keep_the_order_of_time(void **state)
{
    assert_unseen("import asyncio, threading\nasync def main():\n    loop = asyncio.get_running_loop()\n"
                  "    def spam():\n        for _ in range(500): loop.call_soon_threadsafe(int)\n"
                  "    threads = [threading.Thread(target=spam) for _ in range(4)]\n"
                  "    [thread.start() for thread in threads]\n"
                  "    for _ in range(100): await asyncio.sleep(0)\n"
                  "    await asyncio.to_thread(lambda: [thread.join() for thread in threads])\n"
                  "asyncio.run(main())\n");
}

static void a_thread_that_threading_does_not_know_stays_unknown(void **state)
{
    assert_unseen("import _thread, threading, time\ndef work(): print('work'); lock.release()\n"
                  "lock = _thread.allocate_lock()\nlock.acquire(); _thread.start_new_thread(work, ())\n"
                  "lock.acquire(); print(threading.active_count())\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tracebacks_show_no_frame_of_the_recorder),
        cmocka_unit_test(debug_mode_tells_where_things_were_made),
        cmocka_unit_test(a_coroutine_never_awaited_is_told_where_it_was_lost),
        cmocka_unit_test(an_excepthook_that_fails_is_told_as_by_python),
        cmocka_unit_test(signals_look_untouched),
        cmocka_unit_test(a_trace_function_is_the_programs_while_it_has_one),
        cmocka_unit_test(nothing_of_the_programs_is_asked_for_its_repr),
        cmocka_unit_test(a_future_may_be_any_object_that_behaves_so),
        cmocka_unit_test(a_loop_may_have_a_time_of_its_own),
        cmocka_unit_test(stdouts_buffer_is_the_stock_one),
        cmocka_unit_test(a_folder_and_a_zip_file_run_as_python_runs_them),
        cmocka_unit_test(a_process_that_becomes_another_leaves_a_whole_trace),
        cmocka_unit_test(atexit_functions_and_threads_have_their_last_words),
        cmocka_unit_test(a_fork_warns_of_no_thread_of_the_recorders),
        cmocka_unit_test(threads_that_print_and_queue_keep_the_order_of_time),
        cmocka_unit_test(a_thread_that_threading_does_not_know_stays_unknown),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
