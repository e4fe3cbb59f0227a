/*
 * test_stream.c — streams over loopback: what a read gives, what a write keeps, and how connections end.
 */
#include "support.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "memory.h"

/* A connection whose other end the test holds, as a plain blocking socket. */
typedef struct Line {
    StreamReader *reader;
    StreamWriter *writer;
    int peer;
} Line;

static int listen_on_loopback(int *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, size), 0);
    assert_int_equal(listen(fd, 16), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &size), 0);
    *port = ntohs(address.sin_port);
    return fd;
}

static Line open_line(size_t limit)
{
    Line line;
    int port, listener = listen_on_loopback(&port);
    StreamOptions options = {.limit = limit};
    Value outcome = await_open_connection("127.0.0.1", port, &options, &line.reader, &line.writer);
    assert_false(value_failed(outcome));
    line.peer = accept(listener, NULL, NULL);
    assert_true(line.peer >= 0);
    close(listener);
    return line;
}

static void close_line(Line *line)
{
    reader_release(line->reader);
    writer_release(line->writer);
    if (line->peer >= 0)
        close(line->peer);
}

static void peer_sends(const Line *line, const char *text)
{
    assert_int_equal(send(line->peer, text, strlen(text), 0), strlen(text));
}

static void peer_ends(Line *line)
{
    close(line->peer);
    line->peer = -1;
}

#define assert_bytes(value, text)                                    \
    do {                                                             \
        Value bytes_ = (value);                                      \
        assert_int_equal(bytes_.kind, VALUE_BYTES);                  \
        assert_int_equal(value_size(bytes_), sizeof(text) - 1);      \
        assert_memory_equal(value_data(bytes_), text, sizeof(text)); \
    } while (0)

static void run(CoroutineFunction function)
{
    Value result = loop_run(coroutine_new("main_", function, NONE));
    if (value_failed(result))
        print_message("%s: %s\n", result.exception->name, result.message ? result.message : "");
    assert_false(value_failed(result));
}

/* ---------------------------------------------------------------------------------------------- reading */

static Value read_lines(Value unused)
{
    Line line = open_line(0);
    peer_sends(&line, "one\ntwo\nthr");
    assert_bytes(await_reader_readline(line.reader), "one\n");
    assert_bytes(await_reader_readline(line.reader), "two\n");
    peer_sends(&line, "ee");
    peer_ends(&line);
    assert_false(reader_at_eof(line.reader));
    assert_bytes(await_reader_readline(line.reader), "three");
    assert_true(reader_at_eof(line.reader));
    assert_bytes(await_reader_readline(line.reader), "");
    close_line(&line);
    return NONE;
}

static void a_line_ends_at_its_newline_or_with_the_stream(void **state)
{
    run(read_lines);
}

static Value read_some(Value unused)
{
    Line line = open_line(0);
    assert_bytes(await_reader_read(line.reader, 0), "");
    assert_int_equal(send(line.peer, "a\0bcdef", 7, 0), 7);
    assert_bytes(await_reader_read(line.reader, 3), "a\0b");
    assert_bytes(await_reader_read(line.reader, 100), "cdef");
    peer_sends(&line, "the rest");
    peer_ends(&line);
    assert_bytes(await_reader_read(line.reader, -1), "the rest");
    assert_bytes(await_reader_read(line.reader, 5), "");
    close_line(&line);
    return NONE;
}

static void a_read_gives_what_there_is_and_at_most_what_it_asks(void **state)
{
    run(read_some);
}

static Value read_exactly(Value unused)
{
    Line line = open_line(0);
    peer_sends(&line, "0123456789");
    assert_bytes(await_reader_readexactly(line.reader, 4), "0123");
    assert_bytes(await_reader_readexactly(line.reader, 0), "");
    peer_ends(&line);
    Value outcome = await_reader_readexactly(line.reader, 10);
    assert_is(outcome, IncompleteReadError);
    assert_string_equal(outcome.message, "6 bytes read on a total of 10 expected bytes");
    assert_bytes(reader_partial(line.reader), "456789");
    close_line(&line);
    return NONE;
}

static void an_exact_read_is_whole_or_an_error(void **state)
{
    run(read_exactly);
}

static Value read_until(Value unused)
{
    Line line = open_line(8);
    peer_sends(&line, "key=>value=>");
    assert_bytes(await_reader_readuntil(line.reader, "=>", 2), "key=>");
    assert_bytes(await_reader_readuntil(line.reader, "=>", 2), "value=>");
    assert_is(await_reader_readuntil(line.reader, "", 0), ValueError);

    peer_sends(&line, "too long a key=>x");
    Value outcome = await_reader_readuntil(line.reader, "=>", 2);
    assert_is(outcome, LimitOverrunError);
    assert_string_equal(outcome.message, "Separator is found, but chunk is longer than limit");
    assert_int_equal(reader_consumed(line.reader), 14);
    assert_bytes(await_reader_readexactly(line.reader, 16), "too long a key=>");

    peer_sends(&line, "123456789");
    outcome = await_reader_readuntil(line.reader, "=>", 2);
    assert_is(outcome, LimitOverrunError);
    assert_string_equal(outcome.message, "Separator is not found, and chunk exceed the limit");
    assert_int_equal(reader_consumed(line.reader), 9);
    assert_bytes(await_reader_readexactly(line.reader, 9), "x12345678");
    peer_ends(&line);
    outcome = await_reader_readuntil(line.reader, "=>", 2);
    assert_is(outcome, IncompleteReadError);
    assert_bytes(reader_partial(line.reader), "9");
    close_line(&line);
    return NONE;
}

static void a_separator_is_found_within_the_limit(void **state)
{
    run(read_until);
}

static Value read_a_long_line(Value unused)
{
    Line line = open_line(4);
    peer_sends(&line, "much too long\nok\n");
    assert_is(await_reader_readline(line.reader), ValueError);
    assert_bytes(await_reader_readline(line.reader), "ok\n");
    peer_sends(&line, "without an end");
    assert_is(await_reader_readline(line.reader), ValueError);
    peer_sends(&line, "a\n");
    assert_bytes(await_reader_readline(line.reader), "a\n");
    close_line(&line);
    return NONE;
}

static void a_line_over_the_limit_is_dropped(void **state)
{
    run(read_a_long_line);
}

static Value wait_for_a_line(Value reader)
{
    return await_reader_readline(reader.pointer);
}

static Value read_in_two_tasks(Value unused)
{
    Line line = open_line(0);
    Task *first = task_create(coroutine(wait_for_a_line, value_pointer(line.reader, NULL)));
    TRY(await_sleep(0));
    Value outcome = await_reader_read(line.reader, 1);
    assert_is(outcome, RuntimeError);
    assert_string_equal(outcome.message,
                        "read() called while another coroutine is already waiting for incoming data");
    task_cancel(first, NULL);
    assert_is(await_task(first), CancelledError);
    peer_sends(&line, "still here\n"); /* a cancelled read loses nothing */
    assert_bytes(await_reader_readline(line.reader), "still here\n");
    task_release(first);
    close_line(&line);
    return NONE;
}

static void one_task_reads_at_a_time_and_a_cancelled_read_loses_nothing(void **state)
{
    run(read_in_two_tasks);
}

/* --------------------------------------------------------------------------------------- back-pressure */

enum { MUCH = 4 * 1024 * 1024 };

static Value send_much(void *peer)
{
    char *bytes = malloc(MUCH);
    memset(bytes, 'x', MUCH);
    size_t sent = 0;
    while (sent < MUCH) {
        ssize_t length = send(*(int *)peer, bytes + sent, MUCH - sent, MSG_NOSIGNAL);
        if (length < 0)
            break;
        sent += (size_t)length;
    }
    free(bytes);
    return value_int((int64_t)sent);
}

static Value receive_much(void *peer)
{
    char bytes[4096];
    size_t received = 0;
    ssize_t length;
    while ((length = recv(*(int *)peer, bytes, sizeof bytes, 0)) > 0)
        received += (size_t)length;
    return value_int((int64_t)received);
}

static Value read_slowly(Value unused)
{
    Line line = open_line(1024);
    Future *job = loop_run_in_executor(loop_running(), send_much, &line.peer);
    size_t received = 0;
    while (received < MUCH) {
        Value bytes = await_reader_read(line.reader, 64 * 1024);
        TRY(bytes);
        assert_true(value_size(bytes) > 0);
        received += value_size(bytes);
    }
    assert_int_equal(await_future(job).integer, MUCH);
    future_release(job);
    close_line(&line);
    return NONE;
}

static void a_reader_that_has_too_much_stops_the_sender(void **state)
{
    run(read_slowly);
}

static Value write_much(Value unused)
{
    Line line = open_line(0);
    int small = 4096;
    setsockopt((int)writer_get_extra_info(line.writer, "socket").integer, SOL_SOCKET, SO_SNDBUF, &small,
               sizeof small);
    char *bytes = malloc(MUCH);
    memset(bytes, 'y', MUCH);
    TRY(writer_write_bytes(line.writer, bytes, MUCH));
    free(bytes);
    assert_true(writer_buffer_size(line.writer) > 64 * 1024);
    Future *job = loop_run_in_executor(loop_running(), receive_much, &line.peer);
    TRY(await_writer_drain(line.writer));
    assert_true(writer_buffer_size(line.writer) <= 16 * 1024);
    say("drained");
    TRY(writer_write(line.writer, value_text("and more")));
    writer_close(line.writer); /* what is kept is sent first */
    TRY(await_writer_wait_closed(line.writer));
    assert_int_equal(await_future(job).integer, MUCH + 8);
    future_release(job);
    close_line(&line);
    return NONE;
}

static void drain_waits_until_the_buffer_is_low_and_close_sends_the_rest(void **state)
{
    Value result = run_traced(write_much, NONE);
    assert_false(value_failed(result));
    assert_said("drained");
    assert_traced("\"of\":\"FlowControlMixin._drain_helper\"");
    assert_traced("\"callback\":\"_SelectorSocketTransport._write_ready\"");
}

static Value drain_at_once(Value unused)
{
    Line line = open_line(0);
    assert_false(value_failed(writer_set_buffer_limits(line.writer, 10, 5)));
    assert_is(writer_set_buffer_limits(line.writer, 5, 10), ValueError);
    TRY(writer_write(line.writer, value_text("short")));
    TRY(await_writer_drain(line.writer)); /* nothing is kept */
    assert_int_equal(writer_buffer_size(line.writer), 0);
    close_line(&line);
    return NONE;
}

static void drain_of_an_empty_buffer_does_not_wait(void **state)
{
    Value result = run_traced(drain_at_once, NONE);
    assert_false(value_failed(result));
    assert_not_traced("FlowControlMixin._drain_helper");
}

static Value write_until_cancelled(Value writer)
{
    return await_writer_drain(writer.pointer);
}

static Value cancel_a_drain(Value unused)
{
    Line line = open_line(0);
    char *bytes = calloc(1, MUCH);
    TRY(writer_write_bytes(line.writer, bytes, MUCH));
    TRY(writer_write_bytes(line.writer, bytes, MUCH));
    free(bytes);
    Task *first = task_create(coroutine(write_until_cancelled, value_pointer(line.writer, NULL)));
    Task *second = task_create(coroutine(write_until_cancelled, value_pointer(line.writer, NULL)));
    TRY(await_sleep(0));
    task_cancel(first, NULL);
    assert_is(await_task(first), CancelledError);
    writer_abort(line.writer);
    Value outcome = await_task(second);
    assert_false(value_failed(outcome)); /* abort() is no error */
    assert_is(await_writer_drain(line.writer), ConnectionResetError);
    task_release(first);
    task_release(second);
    close_line(&line);
    return NONE;
}

static void a_drain_ends_by_a_cancel_or_with_the_connection(void **state)
{
    run(cancel_a_drain);
}

/* ------------------------------------------------------------------------------------------------- ends */

static Value half_close(Value unused)
{
    Line line = open_line(0);
    TRY(writer_write(line.writer, value_text("question")));
    TRY(writer_write_eof(line.writer));
    assert_is(writer_write(line.writer, value_text("more")), RuntimeError);
    TRY(writer_write_eof(line.writer));
    char bytes[32];
    assert_int_equal(recv(line.peer, bytes, sizeof bytes, MSG_WAITALL), 8);
    assert_int_equal(recv(line.peer, bytes, sizeof bytes, 0), 0);
    peer_sends(&line, "answer");
    peer_ends(&line);
    assert_bytes(await_reader_read(line.reader, -1), "answer");
    assert_false(writer_is_closing(line.writer));
    writer_close(line.writer);
    assert_true(writer_is_closing(line.writer));
    TRY(await_writer_wait_closed(line.writer));
    TRY(await_writer_wait_closed(line.writer));
    close_line(&line);
    return NONE;
}

static void one_direction_can_end_before_the_other(void **state)
{
    run(half_close);
}

static Value write_to_nobody(Value unused)
{
    Line line = open_line(0);
    struct linger at_once = {.l_onoff = 1};
    setsockopt(line.peer, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    peer_ends(&line); /* by a reset */
    Value outcome = NONE;
    for (int k = 0; k < 1000 && !value_failed(outcome); k++) {
        TRY(writer_write(line.writer, value_text("hello")));
        outcome = await_writer_drain(line.writer);
        if (!value_failed(outcome))
            outcome = await_sleep(0);
    }
    assert_true(value_is(outcome, &ConnectionResetError) || value_is(outcome, &BrokenPipeError));
    assert_true(value_is_os_error(outcome));
    assert_true(value_is_os_error(reader_exception(line.reader)));
    assert_true(value_is_os_error(await_reader_read(line.reader, 1)));
    assert_true(value_is_os_error(await_writer_wait_closed(line.writer)));
    close_line(&line);
    return NONE;
}

static void a_connection_that_is_reset_is_an_error_and_no_signal(void **state)
{
    run(write_to_nobody);
    assert_said("");
}

static Value leave_it_open(Value unused)
{
    Line line = open_line(0);
    reader_release(line.reader);
    writer_release(line.writer);
    char byte;
    TRY(await_sleep(0));
    TRY(await_sleep(0));
    assert_int_equal(recv(line.peer, &byte, 1, 0), 0); /* closed with the last reference */
    peer_ends(&line);
    return NONE;
}

static void a_writer_that_is_released_is_closed(void **state)
{
    run(leave_it_open);
}

static StreamReader *left_reader;
static StreamWriter *left_writer;
static int left_peer;

static Value leave_it_to_the_end(Value unused)
{
    Line line = open_line(0);
    left_reader = line.reader;
    left_writer = line.writer;
    left_peer = line.peer;
    return writer_write(line.writer, value_text("bye"));
}

static void a_stream_may_outlive_its_loop(void **state)
{
    run(leave_it_to_the_end);
    assert_false(value_failed(writer_write(left_writer, value_text("!"))));
    reader_release(left_reader);
    writer_release(left_writer);
    char bytes[8];
    assert_int_equal(recv(left_peer, bytes, sizeof bytes, MSG_WAITALL), 4);
    close(left_peer);
}

static Value read_for_ever(Value unused)
{
    Line line = open_line(0);
    left_reader = line.reader;
    left_writer = line.writer;
    left_peer = line.peer;
    return await_reader_readline(line.reader);
}

static void close_what_is_left(void)
{
    reader_release(left_reader);
    writer_release(left_writer);
    close(left_peer);
}

static Value start_and_leave(Value unused)
{
    Task *task = task_create(coroutine(read_for_ever, NONE));
    for (int k = 0; k < 8; k++)
        TRY(await_sleep(0));
    task_release(task);
    return NONE;
}

static void a_read_is_cancelled_by_the_end_of_the_run(void **state)
{
    run(start_and_leave);
    close_what_is_left();
}

static void a_task_that_is_dropped_while_it_reads_gives_all_back(void **state)
{
    Loop *loop = loop_new(NULL);
    Task *task = loop_create_task(loop, coroutine(read_for_ever, NONE), NULL);
    log_reports(loop);
    for (int k = 0; k < 8; k++) {
        loop_stop(loop);
        loop_run_forever(loop);
    }
    loop_free(loop);
    task_release(task);
    close_what_is_left();
}

/* ---------------------------------------------------------------------------------------------- connecting
 */

static Value connect_to_nobody(Value unused)
{
    StreamReader *reader;
    StreamWriter *writer;
    int port;
    close(listen_on_loopback(&port));
    Value outcome = await_open_connection("127.0.0.1", port, NULL, &reader, &writer);
    assert_is(outcome, ConnectionRefusedError);
    char expected[80];
    snprintf(expected, sizeof expected, "[Errno %d] Connect call failed ('127.0.0.1', %d)", ECONNREFUSED,
             port);
    assert_string_equal(outcome.message, expected);
    assert_null(reader);
    assert_null(writer);
    return NONE;
}

static void nobody_listens_and_the_error_says_where(void **state)
{
    run(connect_to_nobody);
}

static Value connect_by_name(Value unused)
{
    StreamReader *reader;
    StreamWriter *writer;
    int port, listener = listen_on_loopback(&port);
    StreamOptions options = {.family = AF_INET};
    TRY(await_open_connection("localhost", port, &options, &reader, &writer));
    Value peer = writer_get_extra_info(writer, "peername");
    assert_string_equal(value_data(value_item(peer, 0)), "127.0.0.1");
    assert_int_equal(value_item(peer, 1).integer, port);
    assert_string_equal(value_data(value_item(writer_get_extra_info(writer, "sockname"), 0)), "127.0.0.1");
    assert_int_equal(writer_get_extra_info(writer, "socket").kind, VALUE_INT);
    assert_int_equal(writer_get_extra_info(writer, "other").kind, VALUE_NONE);
    reader_release(reader);
    writer_release(writer);
    close(listener);
    return NONE;
}

static void a_name_is_looked_up_in_a_thread(void **state)
{
    Value result = run_traced(connect_by_name, NONE);
    assert_false(value_failed(result));
    assert_traced("\"of\":\"wrap_future\"");
}

static Value connect_to_a_wrong_name(Value unused)
{
    StreamReader *reader;
    StreamWriter *writer;
    assert_is(await_open_connection("no such host.invalid", 1, NULL, &reader, &writer), gaierror);
    assert_is(await_open_connection("127.0.0.1", 65536, NULL, &reader, &writer), ValueError);
    assert_is(await_open_connection("127.0.0.1", 1, NULL, NULL, &writer), TypeError);
    return NONE;
}

static void a_host_that_is_none_is_an_error(void **state)
{
    run(connect_to_a_wrong_name);
}

static Value connect_and_be_cancelled(Value port)
{
    StreamReader *reader;
    StreamWriter *writer;
    Value outcome = await_open_connection("127.0.0.1", (int)port.integer, NULL, &reader, &writer);
    assert_is(outcome, CancelledError);
    assert_null(writer);
    return outcome;
}

static Value look_up_and_be_cancelled(Value port)
{
    StreamReader *reader;
    StreamWriter *writer;
    return await_open_connection("localhost", (int)port.integer, NULL, &reader, &writer);
}

/* The thread may still look when nobody waits for it any more. */
static Value cancel_a_look_up(Value unused)
{
    for (int turns = 0; turns < 3; turns++) {
        Task *task = task_create(coroutine(look_up_and_be_cancelled, value_int(1)));
        for (int k = 0; k < turns; k++)
            TRY(await_sleep(0));
        bool cancelled = task_cancel(task, NULL);
        Value outcome = await_task(task);
        assert_true(cancelled ? value_is(outcome, &CancelledError) : value_is_os_error(outcome));
        task_release(task);
    }
    return NONE;
}

static void a_look_up_can_be_cancelled(void **state)
{
    run(cancel_a_look_up);
}

static Value cancel_at_each_step(Value unused)
{
    int port, listener = listen_on_loopback(&port);
    for (int turns = 1; turns < 4; turns++) {
        Task *task = task_create(coroutine(connect_and_be_cancelled, value_int(port)));
        for (int k = 0; k < turns && !future_done(task_future(task)); k++)
            TRY(await_sleep(0));
        task_cancel(task, NULL);
        assert_is(await_task(task), CancelledError);
        task_release(task);
    }
    close(listener);
    return NONE;
}

static void a_connection_can_be_cancelled_while_it_is_made(void **state)
{
    run(cancel_at_each_step);
}

static Value connect_without_descriptors(Value unused)
{
    StreamReader *reader;
    StreamWriter *writer;
    int port, listener = listen_on_loopback(&port);
    struct rlimit before, few;
    getrlimit(RLIMIT_NOFILE, &before);
    few = before;
    few.rlim_cur = (rlim_t)listener + 1;
    setrlimit(RLIMIT_NOFILE, &few);
    Value outcome = await_open_connection("127.0.0.1", port, NULL, &reader, &writer);
    setrlimit(RLIMIT_NOFILE, &before);
    assert_is(outcome, OSError);
    assert_string_equal(outcome.message, "[Errno 24] Too many open files");
    close(listener);
    return NONE;
}

static void without_descriptors_a_connection_is_an_error(void **state)
{
    run(connect_without_descriptors);
}

static void nothing_can_be_awaited_outside_a_task(void **state)
{
    StreamReader *reader;
    StreamWriter *writer;
    assert_is(await_open_connection("127.0.0.1", 1, NULL, &reader, &writer), RuntimeError);
    assert_is(await_reader_read(NULL, 1), RuntimeError);
    assert_is(await_reader_readline(NULL), RuntimeError);
    assert_is(await_writer_drain(NULL), RuntimeError);
    assert_is(await_writer_wait_closed(NULL), RuntimeError);
}

static Value use_null(Value unused)
{
    assert_is(await_reader_read(NULL, 1), MemoryError);
    assert_is(await_reader_readexactly(NULL, 1), MemoryError);
    assert_is(await_reader_readuntil(NULL, "x", 1), MemoryError);
    assert_is(await_writer_drain(NULL), MemoryError);
    assert_is(await_writer_wait_closed(NULL), MemoryError);
    assert_is(writer_write(NULL, value_text("x")), MemoryError);
    assert_is(writer_write_eof(NULL), MemoryError);
    assert_is(writer_set_buffer_limits(NULL, 1, 1), MemoryError);
    assert_false(reader_at_eof(NULL));
    assert_false(writer_is_closing(NULL));
    assert_int_equal(writer_buffer_size(NULL), 0);
    writer_close(NULL);
    writer_abort(NULL);
    reader_release(NULL);
    writer_release(NULL);
    return NONE;
}

static void null_is_what_memory_that_ran_out_gives(void **state)
{
    run(use_null);
}

static Value write_lines(Value unused)
{
    Line line = open_line(0);
    Value lines[] = {value_text("one\n"), value_bytes("t\0o\n", 4)};
    TRY(writer_writelines(line.writer, lines, 2));
    TRY(writer_writelines(line.writer, NULL, 0));
    lines[1] = value_int(2);
    assert_is(writer_writelines(line.writer, lines, 2), TypeError);
    assert_is(writer_write(line.writer, value_int(3)), TypeError);
    char bytes[16];
    assert_int_equal(recv(line.peer, bytes, 8, MSG_WAITALL), 8);
    assert_memory_equal(bytes, "one\nt\0o\n", 8);
    close_line(&line);
    return NONE;
}

static void lines_are_written_as_one(void **state)
{
    run(write_lines);
}

/* ------------------------------------------------------------------------------------------ out of memory */

static Value ask_and_answer(Value unused)
{
    StreamReader *reader;
    StreamWriter *writer;
    int port, listener = listen_on_loopback(&port), peer = -1;
    Value outcome = await_open_connection("127.0.0.1", port, NULL, &reader, &writer);
    if (!value_failed(outcome))
        peer = accept(listener, NULL, NULL);
    if (!value_failed(outcome))
        outcome = writer_write(writer, value_text("question\n"));
    if (!value_failed(outcome))
        outcome = await_writer_drain(writer);
    if (!value_failed(outcome)) {
        assert_int_equal(send(peer, "answer\n", 7, 0), 7);
        outcome = await_reader_readline(reader);
    }
    writer_close(writer);
    if (!value_failed(outcome))
        outcome = await_writer_wait_closed(writer);
    reader_release(reader);
    writer_release(writer);
    close(peer);
    close(listener);
    return outcome;
}

static void *run_with_failure(void *nth)
{
    loop_set_defaults(&(LoopOptions){.clock = CLOCK_VIRTUAL});
    memory_fail_after(*(long *)nth);
    Coroutine *main_coroutine = coroutine(ask_and_answer, NONE);
    Value result = main_coroutine ? loop_run(main_coroutine) : value_exception(&MemoryError, NULL);
    bool failed = memory_has_failed();
    memory_fail_after(-1);
    assert_true(value_is(result, &MemoryError) || !value_failed(result));
    assert_false(value_failed(loop_run(coroutine(ask_and_answer, NONE))));
    return failed ? nth : NULL;
}

static void any_allocation_may_fail(void **state)
{
    assert_true(fail_each_allocation(run_with_failure) > 15); /* so many there are at least */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(a_line_ends_at_its_newline_or_with_the_stream),
        rule(a_read_gives_what_there_is_and_at_most_what_it_asks),
        rule(an_exact_read_is_whole_or_an_error),
        rule(a_separator_is_found_within_the_limit),
        rule(a_line_over_the_limit_is_dropped),
        rule(one_task_reads_at_a_time_and_a_cancelled_read_loses_nothing),
        rule(a_reader_that_has_too_much_stops_the_sender),
        rule(drain_waits_until_the_buffer_is_low_and_close_sends_the_rest),
        rule(drain_of_an_empty_buffer_does_not_wait),
        rule(a_drain_ends_by_a_cancel_or_with_the_connection),
        rule(one_direction_can_end_before_the_other),
        rule(a_connection_that_is_reset_is_an_error_and_no_signal),
        rule(a_writer_that_is_released_is_closed),
        rule(a_stream_may_outlive_its_loop),
        rule(a_read_is_cancelled_by_the_end_of_the_run),
        rule(a_task_that_is_dropped_while_it_reads_gives_all_back),
        rule(nobody_listens_and_the_error_says_where),
        rule(a_name_is_looked_up_in_a_thread),
        rule(a_host_that_is_none_is_an_error),
        rule(a_look_up_can_be_cancelled),
        rule(a_connection_can_be_cancelled_while_it_is_made),
        rule(without_descriptors_a_connection_is_an_error),
        rule(nothing_can_be_awaited_outside_a_task),
        rule(null_is_what_memory_that_ran_out_gives),
        rule(lines_are_written_as_one),
        rule(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
