/*
 * test_sink.c — where a trace goes: pipes that are read, not read, closed; files of programs that are killed;
 * full disks; a limit.
 */
#include "support.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sink.h"
#include "trace.h"

static const TraceOptions virtual = {.clock = CLOCK_VIRTUAL};

/* Whatever can be read now, without waiting. */
static const char *read_now(int fd)
{
    static char text[64 * 1024];
    fcntl(fd, F_SETFL, O_NONBLOCK);
    ssize_t length = read(fd, text, sizeof text - 1);
    text[length > 0 ? length : 0] = '\0';
    return text;
}

static const char *read_file(const char *path)
{
    static char text[8 * 1024 * 1024];
    int fd = open(path, O_RDONLY);
    assert_true(fd >= 0);
    ssize_t length = read(fd, text, sizeof text - 1);
    close(fd);
    text[length > 0 ? length : 0] = '\0';
    return text;
}

static char path[64];

static int temporary_file(void)
{
    strcpy(path, "/tmp/loop_sink.XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    return fd;
}

static int64_t size_of_file(int fd)
{
    struct stat status;
    assert_int_equal(fstat(fd, &status), 0);
    return status.st_size;
}

/* ------------------------------------------------------------------------------------------------- streams
 */

static void a_pipe_shows_each_line_as_it_happens(void **state)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    Trace *trace = trace_open(ends[1], &virtual);
    assert_non_null(strstr(read_now(ends[0]), "\"trace\":\"loopglass\""));
    trace_note("one");
    assert_string_equal(read_now(ends[0]), "{\"i\":1,\"ts\":0,\"ev\":\"note\",\"text\":\"one\"}\n");
    trace_note("two");
    assert_string_equal(read_now(ends[0]), "{\"i\":2,\"ts\":0,\"ev\":\"note\",\"text\":\"two\"}\n");
    assert_int_equal(trace_close(trace, "exit", 0), 0);
    assert_string_equal(read_now(ends[0]), "{\"i\":3,\"ts\":0,\"ev\":\"end\",\"why\":\"exit\",\"code\":0}\n");
    close(ends[0]);
    close(ends[1]);
}

static void a_socket_does_too(void **state)
{
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    Trace *trace = trace_open(ends[1], &virtual);
    read_now(ends[0]);
    trace_note("one");
    assert_non_null(strstr(read_now(ends[0]), "\"text\":\"one\""));
    close(ends[0]);
    trace_note("two");
    assert_string_equal(trace_error(trace), "the reader of the trace is gone");
    assert_int_equal(trace_close(trace, "exit", 0), EPIPE);
    close(ends[1]);
}

static Value goes_on(Value unused)
{
    for (int k = 0; k < 100; k++)
        TRY(await_sleep(loop_seconds(1)));
    return value_text("done");
}

static void a_reader_that_is_gone_ends_the_trace_and_not_the_program(void **state)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    Trace *trace = trace_open(ends[1], &virtual);
    close(ends[0]);
    Value result = loop_run(coroutine(goes_on, NONE));
    assert_string_equal(result.text, "done");
    assert_string_equal(trace_error(trace), "the reader of the trace is gone");
    assert_int_equal(trace_close(trace, "exit", 0), EPIPE);
    close(ends[1]);
    sigset_t pending;
    sigpending(&pending);
    assert_false(sigismember(&pending, SIGPIPE));
}

static void a_reader_that_takes_nothing_ends_the_trace_after_a_while(void **state)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    Sink sink;
    assert_int_equal(sink_open(&sink, ends[1]), 0);
    assert_int_equal(sink.patience, 10000);
    sink.patience = 30;
    static char line[5000];
    memset(line, 'x', sizeof line);
    int lines = 0;
    while (sink_write(&sink, line, sizeof line))
        lines++;
    assert_true(lines > 5);
    assert_string_equal(sink.error, "the reader of the trace has taken nothing for 10 seconds");
    assert_false(sink_write(&sink, line, 1));
    assert_int_equal(sink_close(&sink), ETIMEDOUT);
    close(ends[0]);
    close(ends[1]);
}

/* ------------------------------------------------------------------------------------------------- files */

static void a_file_has_its_true_length_when_it_is_closed(void **state)
{
    int fd = temporary_file();
    Trace *trace = trace_open(fd, &virtual);
    trace_note("one");
    assert_true(size_of_file(fd) > 1000);                         /* reserved */
    assert_non_null(strstr(read_file(path), "\"text\":\"one\"")); /* and there already */
    assert_int_equal(trace_close(trace, "exit", 0), 0);
    const char *text = read_file(path);
    assert_int_equal(size_of_file(fd), strlen(text));
    assert_non_null(strstr(text, "\"why\":\"exit\",\"code\":0}\n"));
    close(fd);
    unlink(path);
}

static void a_file_is_written_from_where_it_stands(void **state)
{
    int fd = temporary_file();
    assert_int_equal(write(fd, "before\n", 7), 7);
    Trace *trace = trace_open(fd, &virtual);
    assert_int_equal(trace_close(trace, "exit", 0), 0);
    assert_memory_equal(read_file(path), "before\n{\"trace\"", 15);
    close(fd);
    unlink(path);
}

static void a_file_opened_only_for_writing_will_do(void **state)
{
    close(temporary_file());
    int fd = open(path, O_WRONLY | O_TRUNC);
    Trace *trace = trace_open(fd, &virtual);
    assert_non_null(trace);
    trace_note("one");
    assert_int_equal(trace_close(trace, "exit", 0), 0);
    assert_non_null(strstr(read_file(path), "\"text\":\"one\""));
    close(fd);
    unlink(path);
}

static void a_file_larger_than_its_window_is_whole(void **state)
{
    int fd = temporary_file();
    Trace *trace = trace_open(fd, &virtual);
    static char text[1001];
    memset(text, 'y', sizeof text - 1);
    for (int k = 0; k < 3000; k++)
        trace_note(text);
    assert_int_equal(trace_close(trace, "exit", 0), 0);
    const char *written = read_file(path);
    assert_int_equal(strlen(written), size_of_file(fd));
    size_t lines = 0;
    for (const char *at = written; (at = strchr(at, '\n')); at++)
        lines++;
    assert_int_equal(lines, 3002);
    close(fd);
    unlink(path);
}

static void a_program_that_is_killed_leaves_every_line(void **state)
{
    int fd = temporary_file();
    pid_t child = fork();
    if (child == 0) {
        trace_open(fd, &virtual);
        for (int k = 0; k < 5000; k++)
            trace_note("still here");
        raise(SIGKILL);
    }
    int status;
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status));
    const char *text = read_file(path);
    assert_non_null(strstr(text, "{\"i\":5000,\"ts\":0,\"ev\":\"note\",\"text\":\"still here\"}\n"));
    close(fd);
    unlink(path);
}

/* In a child, so that the limit ends with it. */
static void on_signal(int number)
{
    trace_killed(128 + number);
    signal(number, SIG_DFL);
    raise(number);
}

/* A traced program that gets this signal at a mark, between two lines. */
static void ends_by(int fd, int number)
{
    pid_t child = fork();
    if (child == 0) {
        signal(number, on_signal);
        trace_open(fd, &virtual);
        trace_mark("before");
        raise(number);
        _exit(1);
    }
    int status;
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), number);
}

static const char last_line[] = "\"ev\":\"mark\",\"name\":\"before\"}\n"
                                "{\"i\":2,\"ts\":0,\"ev\":\"end\",\"why\":\"killed\",\"code\":143}\n";

static void assert_ends_killed(const char *text)
{
    assert_true(strlen(text) > strlen(last_line));
    assert_string_equal(text + strlen(text) - strlen(last_line), last_line);
}

static void a_handler_may_end_the_trace_of_a_program_that_is_killed(void **state)
{
    int fd = temporary_file();
    ends_by(fd, SIGTERM);
    const char *text = read_file(path);
    assert_int_equal(size_of_file(fd), (int64_t)strlen(text));
    assert_ends_killed(text);
    close(fd);
    unlink(path);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    ends_by(ends[1], SIGTERM);
    assert_ends_killed(read_now(ends[0]));
    close(ends[0]);
    close(ends[1]);
}

/* What the signal interrupts has its number already, and never gets its line. */
static void a_line_that_was_begun_leaves_its_number_to_the_end(void **state)
{
    int fd = temporary_file();
    Trace *trace = trace_open(fd, &virtual);
    trace_mark("before");
    trace_begin(trace, "mark");
    trace_killed(143);
    trace_close(trace, "exit", 0);
    assert_ends_killed(read_file(path));
    close(fd);
    unlink(path);
}

static void nothing_follows_the_end_of_what_was_killed(void **state)
{
    int fd = temporary_file();
    Trace *trace = trace_open(fd, &virtual);
    trace_mark("before");
    trace_killed(143);
    trace_mark("after");
    assert_string_equal(trace_error(trace), "the program was killed");
    assert_int_equal(trace_close(trace, "exit", 0), EINTR);
    assert_ends_killed(read_file(path));
    trace_killed(143); /* no trace: nothing */
    trace = trace_open_memory(&virtual);
    trace_killed(143); /* a handler gets no memory */
    assert_null(strstr(trace_text(trace, NULL), "killed"));
    trace_close(trace, "exit", 0);
    close(fd);
    unlink(path);
}

static void a_file_that_may_not_grow_ends_the_trace_at_a_whole_line(void **state)
{
    int fd = temporary_file();
    pid_t child = fork();
    if (child == 0) {
        struct rlimit limit = {256 * 1024, 256 * 1024};
        setrlimit(RLIMIT_FSIZE, &limit);
        Trace *trace = trace_open(fd, &virtual);
        if (!trace)
            _exit(1);
        for (int k = 0; k < 20000; k++)
            trace_note("a line of some length, again and again");
        const char *error = trace_error(trace);
        if (!error || strcmp(error, "the trace has reached the largest size a file may have") != 0)
            _exit(2);
        _exit(trace_close(trace, "exit", 0) == EFBIG ? 0 : 3);
    }
    int status;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    const char *text = read_file(path);
    size_t length = strlen(text);
    assert_int_equal(length, size_of_file(fd));
    assert_true(length > 200 * 1024);
    assert_int_equal(text[length - 1], '\n');
    close(fd);
    unlink(path);
}

static void a_full_disk_ends_the_trace_and_not_the_program(void **state)
{
    char folder[] = "/tmp/loop_disk.XXXXXX";
    assert_non_null(mkdtemp(folder));
    if (mount("tmpfs", folder, "tmpfs", 0, "size=256k") != 0) {
        rmdir(folder);
        skip(); /* only root may mount */
    }
    snprintf(path, sizeof path, "%s/trace", folder);
    int fd = open(path, O_RDWR | O_CREAT, 0600);
    Trace *trace = trace_open(fd, &virtual);
    const char *error = NULL;
    if (trace) {
        for (int k = 0; k < 20000; k++)
            trace_note("a line of some length, again and again");
        error = trace_error(trace);
        trace_close(trace, "exit", 0);
    }
    const char *text = read_file(path);
    size_t length = strlen(text);
    char last = length ? text[length - 1] : '\0';
    close(fd);
    umount(folder);
    rmdir(folder);
    assert_non_null(error);
    assert_string_equal(error, "no space is left for the trace");
    assert_true(length > 100 * 1024);
    assert_int_equal(last, '\n');
}

/* ------------------------------------------------------------------------------------------------- a limit
 */

static size_t told;

static void count(void *context)
{
    assert_ptr_equal(context, path);
    told++;
}

static const TraceOptions limited = {
    .clock = CLOCK_VIRTUAL, .limit = 2000, .full = count, .full_context = path};

/* Whole lines up to the limit, and the last one says that there are no more. */
static void assert_ends_at_limit(const char *text)
{
    static const char end[] = ",\"ev\":\"end\",\"why\":\"limit\"}\n";
    size_t length = strlen(text), last = sizeof end - 1;
    assert_in_range(length, 2000 - 250, 2000); /* the line that has no room may be so long */
    assert_string_equal(text + length - last, end);
    unsigned long i = 0;
    for (const char *line = strchr(text, '\n') + 1; *line; line = strchr(line, '\n') + 1)
        assert_int_equal(strtoul(line + 5, NULL, 10), ++i); /* numbered through */
}

static void a_trace_ends_at_its_limit_and_the_program_goes_on(void **state)
{
    int fd = temporary_file();
    told = 0;
    Trace *trace = trace_open(fd, &limited);
    Value result = loop_run(coroutine(goes_on, NONE));
    assert_string_equal(result.text, "done");
    assert_int_equal(told, 1);
    assert_ends_at_limit(read_file(path)); /* it is whole already */
    assert_null(trace_error(trace));
    trace_killed(137);
    assert_int_equal(trace_close(trace, "exit", 0), 0);
    assert_ends_at_limit(read_file(path));
    assert_int_equal(told, 1);
    close(fd);
    unlink(path);
}

static void at_the_limit_a_reader_sees_the_end_of_the_stream(void **state)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    Trace *trace = trace_open(ends[1], &limited);
    close(ends[1]); /* the trace has its own */
    loop_run(coroutine(goes_on, NONE));
    assert_ends_at_limit(read_now(ends[0]));
    char byte;
    assert_int_equal(read(ends[0], &byte, 1), 0);
    assert_int_equal(trace_close(trace, "exit", 0), 0);
    close(ends[0]);
}

static void a_trace_in_memory_that_has_ended_can_be_read(void **state)
{
    Trace *trace = trace_open_memory(&limited);
    loop_run(coroutine(goes_on, NONE));
    assert_ends_at_limit(trace_text(trace, NULL));
    trace_close(trace, "exit", 0);
}

/* Of each length that a trace can have near its limit: it has its own end, or it says that it was cut. */
static void a_trace_that_fits_exactly_ends_as_the_program_does(void **state)
{
    static const char end[] = "{\"i\":2,\"ts\":0,\"ev\":\"end\",\"why\":\"exit\",\"code\":0}\n";
    size_t cut = 0;
    char note[400] = "";
    for (size_t length = 0; length < sizeof note - 1; length++) {
        note[length] = 'x';
        Trace *trace = trace_open_memory(
            &(TraceOptions){.clock = CLOCK_VIRTUAL, .limit = 600, .full = count, .full_context = path});
        told = 0;
        trace_note(note);
        char text[1024];
        strcpy(text, trace_text(trace, NULL));
        trace_close(trace, "exit", 0);
        assert_true(strlen(text) + (told ? 0 : sizeof end - 1) <= 600);
        assert_int_equal(told, strstr(text, "\"limit\"") != NULL);
        cut += told;
    }
    assert_in_range(cut, 1, sizeof note - 2);
}

static void a_device_that_takes_nothing_is_an_error_at_once(void **state)
{
    int fd = open("/dev/full", O_WRONLY);
    if (fd < 0)
        skip();
    assert_null(trace_open(fd, &virtual));
    assert_int_equal(errno, ENOSPC);
    close(fd);
    assert_null(trace_open(-1, &virtual));
    assert_int_equal(errno, EBADF);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(a_pipe_shows_each_line_as_it_happens),
        rule(a_socket_does_too),
        rule(a_reader_that_is_gone_ends_the_trace_and_not_the_program),
        rule(a_reader_that_takes_nothing_ends_the_trace_after_a_while),
        rule(a_file_has_its_true_length_when_it_is_closed),
        rule(a_file_is_written_from_where_it_stands),
        rule(a_file_opened_only_for_writing_will_do),
        rule(a_file_larger_than_its_window_is_whole),
        rule(a_program_that_is_killed_leaves_every_line),
        rule(a_handler_may_end_the_trace_of_a_program_that_is_killed),
        rule(a_line_that_was_begun_leaves_its_number_to_the_end),
        rule(nothing_follows_the_end_of_what_was_killed),
        rule(a_file_that_may_not_grow_ends_the_trace_at_a_whole_line),
        rule(a_full_disk_ends_the_trace_and_not_the_program),
        rule(a_trace_ends_at_its_limit_and_the_program_goes_on),
        rule(at_the_limit_a_reader_sees_the_end_of_the_stream),
        rule(a_trace_in_memory_that_has_ended_can_be_read),
        rule(a_trace_that_fits_exactly_ends_as_the_program_does),
        rule(a_device_that_takes_nothing_is_an_error_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
