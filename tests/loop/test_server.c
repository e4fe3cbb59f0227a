/*
 * test_server.c — servers over loopback: many clients, how a server ends, and what CPython does in which
 * iteration.
 */
#include "support.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "memory.h"

#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#else
#define RUNNING_ON_VALGRIND 0
#endif

static void run(CoroutineFunction function)
{
    Value result = loop_run(coroutine_new("main_", function, NONE));
    if (value_failed(result))
        print_message("%s: %s\n", result.exception->name, result.message ? result.message : "");
    assert_false(value_failed(result));
}

static Value echo(StreamReader *reader, StreamWriter *writer, void *served)
{
    for (;;) {
        Value line = await_reader_readline(reader);
        TRY(line);
        if (!value_size(line))
            break;
        TRY(writer_write(writer, line));
        TRY(await_writer_drain(writer));
    }
    if (served)
        ++*(int *)served;
    writer_close(writer);
    return await_writer_wait_closed(writer);
}

static Server *start_echo(int *served)
{
    Server *server;
    Value outcome = await_start_server(echo, served, "127.0.0.1", 0, NULL, &server);
    assert_false(value_failed(outcome));
    assert_int_not_equal(server_port(server), 0);
    return server;
}

static Value ask(int port, const char *text)
{
    StreamReader *reader;
    StreamWriter *writer;
    TRY(await_open_connection("127.0.0.1", port, NULL, &reader, &writer));
    Value outcome = writer_write(writer, value_text(text));
    if (!value_failed(outcome))
        outcome = await_reader_readline(reader);
    if (!value_failed(outcome) && !value_size(outcome))
        outcome = value_exception(&EOFError, "nobody answered");
    if (!value_failed(outcome)) {
        assert_string_equal(value_data(outcome), text);
        writer_close(writer);
        outcome = await_writer_wait_closed(writer);
    }
    reader_release(reader);
    writer_release(writer);
    return outcome;
}

/* ---------------------------------------------------------------------------------------------- round trip
 */

static Value one_client(Value unused)
{
    Server *server = start_echo(NULL);
    TRY(ask(server_port(server), "hello\n"));
    server_close(server);
    TRY(await_server_wait_closed(server));
    server_release(server);
    return NONE;
}

static void what_is_sent_comes_back(void **state)
{
    run(one_client);
}

static void a_server_and_its_clients_take_the_steps_of_cpython(void **state)
{
    assert_false(value_failed(run_traced(one_client, NONE)));
    static const char *const words[] = {
        "\"coroutine\":\"BaseEventLoop._create_server_getaddrinfo\"",
        "\"of\":\"gather\"",
        "\"of\":\"StreamReaderProtocol.__init__\"",
        "\"of\":\"BaseSelectorEventLoop.sock_connect\"",
        "\"callback\":\"BaseSelectorEventLoop._sock_connect_cb\"",
        "\"callback\":\"BaseSelectorEventLoop._accept_connection\"",
        "\"callback\":\"BaseSelectorEventLoop._sock_write_done\"",
        "\"coroutine\":\"BaseSelectorEventLoop._accept_connection2\"",
        "\"of\":\"BaseEventLoop._create_connection_transport\"",
        "\"of\":\"BaseSelectorEventLoop._accept_connection2\"",
        "\"callback\":\"StreamReaderProtocol.connection_made\"",
        "\"callback\":\"_SelectorTransport._add_reader\"",
        "\"callback\":\"_set_result_unless_cancelled\"",
        "\"of\":\"StreamWriter.__init__\"",
        "\"coroutine\":\"echo\"",
        "\"of\":\"StreamReader._wait_for_data\"",
        "\"callback\":\"_SelectorSocketTransport._read_ready\"",
        "\"callback\":\"_SelectorSocketTransport._call_connection_lost\"",
        "\"callback\":\"StreamReaderProtocol.connection_made.callback\"",
    };
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        assert_traced(words[k]);
}

enum { CLIENTS = 200 };

static Value client(Value port)
{
    for (int k = 0; k < 3; k++)
        TRY(ask((int)port.integer, text_format("line %d of a client\n", k)));
    return NONE;
}

static Value many_clients(Value unused)
{
    int served = 0;
    Server *server = start_echo(&served);
    Awaitable clients[CLIENTS];
    for (int k = 0; k < CLIENTS; k++)
        clients[k] = awaitable(coroutine(client, value_int(server_port(server))));
    TRY(await_gather(clients, CLIENTS, false));
    while (served < CLIENTS * 3)
        TRY(await_sleep(0));
    server_release(server);
    return NONE;
}

static void many_clients_are_served_at_once(void **state)
{
    run(many_clients);
}

/* ------------------------------------------------------------------------------------------------ how it
 * ends */

static Value serve(Value server)
{
    return await_server_serve_forever(server.pointer);
}

static Value cancel_the_server(Value unused)
{
    Server *server = start_echo(NULL);
    assert_true(server_is_serving(server));
    Task *task = task_create(coroutine(serve, value_pointer(server, NULL)));
    TRY(await_sleep(0));
    assert_is(await_server_serve_forever(server), RuntimeError); /* one is enough */
    TRY(ask(server_port(server), "still here\n"));
    task_cancel(task, NULL);
    assert_is(await_task(task), CancelledError);
    assert_false(server_is_serving(server));
    assert_int_equal(server_socket_count(server), 0);
    assert_int_equal(server_port(server), 0);
    assert_is(await_server_serve_forever(server), RuntimeError);
    assert_is(await_server_start_serving(server), RuntimeError);
    TRY(await_server_wait_closed(server));
    task_release(task);
    server_release(server);
    return NONE;
}

static void serving_for_ever_ends_by_a_cancel_and_closes_the_server(void **state)
{
    run(cancel_the_server);
}

static Value close_the_server(Value unused)
{
    Server *server = start_echo(NULL);
    Task *task = task_create(coroutine(serve, value_pointer(server, NULL)));
    TRY(await_sleep(0));
    server_close(server);
    server_close(server);
    assert_is(await_task(task), CancelledError);
    task_release(task);
    server_release(server);
    return NONE;
}

static void serving_for_ever_ends_when_the_server_is_closed(void **state)
{
    run(close_the_server);
}

static Value wait_for_the_close(Value server)
{
    TRY(await_server_wait_closed(server.pointer));
    say("closed");
    return NONE;
}

static Value close_with_a_client(Value unused)
{
    Server *server = start_echo(NULL);
    StreamReader *reader;
    StreamWriter *writer;
    Task *waiter = task_create(coroutine(wait_for_the_close, value_pointer(server, NULL)));
    TRY(await_open_connection("127.0.0.1", server_port(server), NULL, &reader, &writer));
    TRY(writer_write(writer, value_text("before\n")));
    TRY(await_reader_readline(reader));
    server_close(server);
    TRY(writer_write(writer, value_text("after\n")));
    assert_string_equal(value_data(await_reader_readline(reader)), "after\n");
    say("served");
    writer_close(writer);
    TRY(await_task(waiter));
    task_release(waiter);
    reader_release(reader);
    writer_release(writer);
    server_release(server);
    return NONE;
}

static void a_closed_server_serves_the_clients_that_it_has(void **state)
{
    run(close_with_a_client);
    assert_said("served closed");
}

static Value hold_the_line(StreamReader *reader, StreamWriter *writer, void *unused)
{
    Value outcome = await_reader_read(reader, -1);
    say(value_is(outcome, &CancelledError) ? "cancelled" : "ended");
    return outcome;
}

static Value leave_a_client_behind(Value kept)
{
    Server *server;
    StreamReader *reader;
    StreamWriter *writer;
    log_reports(loop_running());
    TRY(await_start_server(hold_the_line, NULL, "127.0.0.1", 0, NULL, &server));
    TRY(await_open_connection("127.0.0.1", server_port(server), NULL, &reader, &writer));
    TRY(writer_write(writer, value_text("x")));
    for (int k = 0; k < 5; k++)
        TRY(await_sleep(0));
    server_release(server);
    reader_release(reader);
    *(StreamWriter **)kept.pointer = writer; /* open until the end */
    return NONE;
}

/* 3.11 asks a cancelled task for its exception, and so says that the callback failed. */
static void the_end_of_the_run_cancels_who_is_being_served(void **state)
{
    StreamWriter *writer = NULL;
    loop_run(coroutine(leave_a_client_behind, value_pointer(&writer, NULL)));
    assert_said("cancelled report:Exception in callback StreamReaderProtocol.connection_made.callback("
                "<Task cancelled name='Task-4' coro=<hold_the_line() done>>)");
    writer_release(writer);
}

static Value raise_error(StreamReader *reader, StreamWriter *writer, void *unused)
{
    return value_exception(&ValueError, "a client's");
}

static Value fail_to_serve(Value unused)
{
    Server *server;
    StreamReader *reader;
    StreamWriter *writer;
    log_reports(loop_running());
    TRY(await_start_server(raise_error, NULL, "127.0.0.1", 0, NULL, &server));
    TRY(await_open_connection("127.0.0.1", server_port(server), NULL, &reader, &writer));
    Value bytes = await_reader_read(reader, -1);
    assert_int_equal(value_size(bytes), 0);
    reader_release(reader);
    writer_release(writer);
    server_release(server);
    return NONE;
}

static void who_fails_to_serve_is_reported_and_the_client_sees_the_end(void **state)
{
    run(fail_to_serve);
    assert_said("report:Unhandled exception in client_connected_cb");
}

static Value keep_the_server(Value server)
{
    *(Server **)server.pointer = start_echo(NULL);
    return NONE;
}

static void a_server_may_outlive_its_loop(void **state)
{
    Server *server = NULL;
    assert_false(value_failed(loop_run(coroutine(keep_the_server, value_pointer(&server, NULL)))));
    server_release(server);
}

/* The run ends with a client that nobody has begun to serve. */
static Value leave_a_client_at_the_door(Value kept)
{
    StreamReader *reader;
    StreamWriter *writer;
    Server *server = *(Server **)kept.pointer = start_echo(NULL);
    TRY(await_open_connection("127.0.0.1", server_port(server), NULL, &reader, &writer));
    reader_release(reader);
    writer_release(writer);
    return NONE;
}

static void a_client_at_the_door_is_given_back(void **state)
{
    Server *server = NULL;
    loop_run(coroutine(leave_a_client_at_the_door, value_pointer(&server, NULL)));
    server_release(server);
}

/* ------------------------------------------------------------------------------------------------ starting
 */

static Value start_twice(Value unused)
{
    Server *server = start_echo(NULL), *other;
    Value outcome = await_start_server(echo, NULL, "127.0.0.1", server_port(server), NULL, &other);
    assert_true(value_is_os_error(outcome));
    assert_null(other);
    assert_non_null(
        strstr(outcome.message, "[Errno 98] error while attempting to bind on address ('127.0.0.1', "));
    assert_non_null(strstr(outcome.message, "): address already in use"));
    server_release(server);
    return NONE;
}

static void an_address_that_is_in_use_is_an_error(void **state)
{
    run(start_twice);
}

static Value start_later(Value unused)
{
    Server *server;
    StreamOptions options = {.not_start = true, .backlog = 1};
    TRY(await_start_server(echo, NULL, "127.0.0.1", 0, &options, &server));
    assert_false(server_is_serving(server));
    TRY(await_server_start_serving(server));
    TRY(await_server_start_serving(server));
    assert_true(server_is_serving(server));
    TRY(ask(server_port(server), "late\n"));
    Value name = server_socket_name(server, 0);
    assert_string_equal(value_data(value_item(name, 0)), "127.0.0.1");
    assert_int_equal(value_item(name, 1).integer, server_port(server));
    assert_int_equal(server_socket_name(server, 1).kind, VALUE_NONE);
    server_release(server);
    return NONE;
}

static void a_server_can_be_started_later(void **state)
{
    run(start_later);
}

static Value listen_everywhere(Value unused)
{
    Server *server;
    TRY(await_start_server(echo, NULL, NULL, 0, NULL, &server));
    assert_true(server_socket_count(server) >= 1);
    server_release(server);
    return NONE;
}

static void without_a_host_it_listens_on_every_address(void **state)
{
    run(listen_everywhere);
}

static Value listen_on_ipv6(Value unused)
{
    Server *server;
    StreamReader *reader;
    StreamWriter *writer;
    Value outcome = await_start_server(echo, NULL, "::1", 0, NULL, &server);
    if (value_is_os_error(outcome) || server_socket_count(server) == 0) {
        server_release(server);
        return NONE; /* a machine without it */
    }
    TRY(outcome);
    TRY(await_open_connection("::1", server_port(server), NULL, &reader, &writer));
    Value peer = writer_get_extra_info(writer, "peername");
    assert_string_equal(value_data(value_item(peer, 0)), "::1");
    assert_int_equal(value_item(peer, 1).integer, server_port(server));
    reader_release(reader);
    writer_release(writer);
    server_release(server);
    return NONE;
}

static void it_speaks_ipv6(void **state)
{
    run(listen_on_ipv6);
}

static Value use_null(Value unused)
{
    Server *server;
    assert_is(await_server_serve_forever(NULL), MemoryError);
    assert_is(await_server_start_serving(NULL), MemoryError);
    assert_is(await_server_wait_closed(NULL), MemoryError);
    assert_is(await_start_server_named("nothing", NULL, NULL, "127.0.0.1", 0, NULL, &server), TypeError);
    assert_is(await_start_server(echo, NULL, "127.0.0.1", 0, NULL, NULL), TypeError);
    server_close(NULL);
    server_release(NULL);
    return NONE;
}

static void null_and_nothing_are_errors(void **state)
{
    run(use_null);
    Server *server;
    assert_is(await_start_server(echo, NULL, "127.0.0.1", 0, NULL, &server), RuntimeError);
    assert_is(await_server_serve_forever(NULL), RuntimeError);
    assert_is(await_server_start_serving(NULL), RuntimeError);
    assert_is(await_server_wait_closed(NULL), RuntimeError);
    assert_int_equal(server_port(NULL), 0);
    assert_false(server_is_serving(NULL));
}

/* --------------------------------------------------------------------------------------------- exhaustion */

static Value run_out_of_descriptors(Value unused)
{
    Server *server = start_echo(NULL);
    log_reports(loop_running());
    StreamReader *reader;
    StreamWriter *writer;
    int next = dup(0);
    close(next);
    struct rlimit before, few;
    getrlimit(RLIMIT_NOFILE, &before);
    few = before;
    few.rlim_cur = (rlim_t)next + 1; /* one for the client, none for the server */
    setrlimit(RLIMIT_NOFILE, &few);
    TRY(await_open_connection("127.0.0.1", server_port(server), NULL, &reader, &writer));
    TRY(writer_write(writer, value_text("late\n")));
    for (int k = 0; k < 5; k++)
        TRY(await_sleep(0));
    setrlimit(RLIMIT_NOFILE, &before);
    Value line = await_reader_readline(reader); /* after a second it tries again */
    assert_string_equal(value_data(line), "late\n");
    assert_int_equal(loop_time(loop_running()), loop_seconds(1));
    reader_release(reader);
    writer_release(writer);
    server_release(server);
    return NONE;
}

static void without_descriptors_a_server_says_so_and_tries_again(void **state)
{
    if (RUNNING_ON_VALGRIND)
        skip(); /* it has a limit of its own */
    run(run_out_of_descriptors);
    assert_non_null(strstr(said(), "report:socket.accept() out of system resource"));
}

/* A client that goes away after accept: memory can run out at any place of a round trip. */
static Value round_trip(Value unused)
{
    Server *server;
    TRY(await_start_server(echo, NULL, "127.0.0.1", 0, NULL, &server));
    Value outcome = ask(server_port(server), "hello\n");
    server_release(server);
    return outcome;
}

static void ignore_reports(Loop *loop, const char *message, Value exception, Future *future, void *context)
{
}

static Value round_trip_in_silence(Value unused)
{
    loop_set_exception_handler(loop_running(), ignore_reports, NULL);
    Task *task = task_create(coroutine(round_trip, NONE));
    Value outcome = await_wait_for(awaitable(task), loop_seconds(1));
    task_release(task);
    return outcome;
}

static void *run_with_failure(void *nth)
{
    loop_set_defaults(&(LoopOptions){.clock = CLOCK_VIRTUAL});
    memory_fail_after(*(long *)nth);
    Coroutine *main_coroutine = coroutine(round_trip_in_silence, NONE);
    Value result = main_coroutine ? loop_run(main_coroutine) : value_exception(&MemoryError, NULL);
    bool failed = memory_has_failed();
    memory_fail_after(-1);
    /* The client sees the end of the stream where the server had no memory, or waits for nothing. */
    assert_true(!value_failed(result) || value_is(result, &MemoryError) || value_is(result, &TimeoutError) ||
                value_is(result, &EOFError) || value_is_os_error(result));
    assert_false(value_failed(loop_run(coroutine(round_trip, NONE))));
    return failed ? nth : NULL;
}

static void any_allocation_may_fail(void **state)
{
    assert_true(fail_each_allocation(run_with_failure) > 30); /* so many there are at least */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(what_is_sent_comes_back),
        rule(a_server_and_its_clients_take_the_steps_of_cpython),
        rule(many_clients_are_served_at_once),
        rule(serving_for_ever_ends_by_a_cancel_and_closes_the_server),
        rule(serving_for_ever_ends_when_the_server_is_closed),
        rule(a_closed_server_serves_the_clients_that_it_has),
        rule(the_end_of_the_run_cancels_who_is_being_served),
        rule(who_fails_to_serve_is_reported_and_the_client_sees_the_end),
        rule(a_server_may_outlive_its_loop),
        rule(a_client_at_the_door_is_given_back),
        rule(an_address_that_is_in_use_is_an_error),
        rule(a_server_can_be_started_later),
        rule(without_a_host_it_listens_on_every_address),
        rule(it_speaks_ipv6),
        rule(null_and_nothing_are_errors),
        rule(without_descriptors_a_server_says_so_and_tries_again),
        rule(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
