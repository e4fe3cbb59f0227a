/*
 * loop_io.h — what comes from outside the loop: threads, descriptors, signals, and streams over sockets.
 *
 *     static Value echo(StreamReader *reader, StreamWriter *writer, void *context)
 *     {                                                        // async def echo(reader, writer):
 *         Value line = await_reader_readline(reader);          //     line = await reader.readline()
 *         TRY(line);
 *         TRY(writer_write(writer, line));                     //     writer.write(line)
 *         TRY(await_writer_drain(writer));                     //     await writer.drain()
 *         writer_close(writer);                                //     writer.close()
 *         return NONE;
 *     }
 *
 *     static Value main_(Value none)                           // async def main():
 *     {
 *         Server *server;                                      //     server = await start_server(echo, …)
 *         TRY(await_start_server(echo, NULL, "127.0.0.1", 7777, NULL, &server));
 *         Value outcome = await_server_serve_forever(server);  //     await server.serve_forever()
 *         server_release(server);
 *         return outcome;
 *     }
 *
 * Which thread may do what
 *   A loop and all its objects belong to the thread that made it. Of everything in libloop, only these take a
 *   loop of another thread: loop_call_soon_threadsafe(), loop_hold(), loop_let_go(). The loop has to stay
 *   until the thread has ended, or has let go. What makes and shows plain values works in every thread.
 *
 * The virtual clock
 *   What happens outside takes real time. So while a job is in a thread, a descriptor is watched, a signal
 *   has a handler, or a thread holds the loop, select really waits; virtual time does not run ahead, and
 *   the loop is not stuck. Time then moves when a timer's turn comes, and stands still else: what happens
 *   outside takes no virtual time. But a job that sleeps, by blocking_sleep(), does so in virtual time.
 *
 * SIGINT
 *   In the main thread loop_run() takes it, unless the program or the loop has a handler of its own: the
 *   first one cancels main, and loop_run() ends in KeyboardInterrupt; the second ends the loop's run at once.
 *
 * Part of loop.h, which includes it. The rules at its head hold here too.
 */
#ifndef LOOP_IO_H
#define LOOP_IO_H

#include "loop.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------------------------------- errors ---- */

/* The family of OSError: what a system call gave becomes the one that Python raises for it, and OSError where
   it has no name of its own. The message is "[Errno 111] Connect call failed ('127.0.0.1', 80)". */
extern const ExceptionType ConnectionRefusedError;
extern const ExceptionType ConnectionResetError;
extern const ExceptionType ConnectionAbortedError;
extern const ExceptionType BrokenPipeError;
extern const ExceptionType BlockingIOError;
extern const ExceptionType InterruptedError;
extern const ExceptionType PermissionError;
extern const ExceptionType FileNotFoundError;
extern const ExceptionType FileExistsError;
extern const ExceptionType gaierror; /* a host that cannot be found */

/** Is it OSError or one of its family? (TimeoutError is of it, in Python too.) */
bool value_is_os_error(Value value);
/**
 * OSError(number, message): of the type that belongs to the number.
 * @param number errno
 * @param message copied, to live as long as text_format()'s; NULL: what strerror() says
 */
Value value_os_error(int number, const char *message);

/* ------------------------------------------------------------------------------------------- threads ---- */

/**
 * loop.call_soon_threadsafe: from any thread, also the loop's own. The function is called in the loop's
 * thread.
 * @param context the caller's to keep alive until then
 * @return false when the loop is closed, or out of memory: it will not be called
 */
#define loop_call_soon_threadsafe(loop, function, context) \
    loop_call_soon_threadsafe_named((loop), #function, (function), (context))
bool loop_call_soon_threadsafe_named(Loop *loop, const char *name, HandleFunction function, void *context);

/**
 * No asyncio equal: a thread of the program's own will call loop_call_soon_threadsafe() some time. Until as
 * many loop_let_go() the loop waits for it, and is not stuck. From any thread.
 */
void loop_hold(Loop *loop);
void loop_let_go(Loop *loop);

/** What runs in another thread. Its result, or an exception, is the future's. */
typedef Value (*ThreadFunction)(void *context);

/**
 * loop.run_in_executor(None, function): in a thread of the loop's own pool, which is made when it is first
 * needed and has min(32, CPUs + 4) threads at most. Cancelling the future keeps a job from beginning; one
 * that runs goes on, and nobody sees its result. loop_run() waits at its end for all that still run.
 * In the function nothing can be awaited; its text_format()'s texts live as long as the loop's own.
 * @param context the caller's to keep alive until the job has ended
 * @return a new reference; NULL when the loop is closed, its executor shut down, or out of memory
 */
#define loop_run_in_executor(loop, function, context) \
    loop_run_in_executor_named((loop), #function, (function), (context))
Future *loop_run_in_executor_named(Loop *loop, const char *name, ThreadFunction function, void *context);
/**
 * loop.set_default_executor(ThreadPoolExecutor(max_workers)), before the first job
 * @return ValueError for 0; RuntimeError when there is one, or the loop is closed; MemoryError
 */
Value loop_set_default_executor(Loop *loop, size_t max_workers);
/**
 * loop.shutdown_default_executor(), as a coroutine would do it; loop_run() does it by itself. No job can be
 * given to the loop afterwards.
 * @return NONE when the last job has ended; CancelledError; RuntimeError outside a task; MemoryError
 */
Value await_shutdown_default_executor(void);
/**
 * await asyncio.to_thread(function)
 * @return its result or exception; CancelledError; RuntimeError outside a task, or when the executor was shut
 * down; MemoryError
 */
#define await_to_thread(function, context) await_to_thread_named(#function, (function), (context))
Value await_to_thread_named(const char *name, ThreadFunction function, void *context);

/* --------------------------------------------------------------------------------------- descriptors ---- */

/**
 * loop.add_reader(fd, function): called whenever there is something to read, or the other end is gone, until
 * loop_remove_reader(). One function a descriptor: the newest. Remove it before you close the descriptor.
 * @param context the caller's to keep alive
 * @return NONE; OSError for what cannot be watched; RuntimeError for a stream's descriptor, and when the loop
 * is closed; MemoryError
 */
#define loop_add_reader(loop, fd, function, context) \
    loop_add_reader_named((loop), (fd), #function, (function), (context))
Value loop_add_reader_named(Loop *loop, int fd, const char *name, HandleFunction function, void *context);
/** loop.remove_reader(fd). @return was there one? */
bool loop_remove_reader(Loop *loop, int fd);
/** loop.add_writer(fd, function): the same for writing. */
#define loop_add_writer(loop, fd, function, context) \
    loop_add_writer_named((loop), (fd), #function, (function), (context))
Value loop_add_writer_named(Loop *loop, int fd, const char *name, HandleFunction function, void *context);
bool loop_remove_writer(Loop *loop, int fd);

/* ------------------------------------------------------------------------------------------- signals ---- */

/**
 * loop.add_signal_handler(signal, function): called by the loop, as any callback, after the signal came. The
 * signal's action is the program's again when it is removed or the loop closes.
 * @return NONE; ValueError for no signal; RuntimeError for one that cannot be caught, one that another loop
 * handles, and when the loop is closed; MemoryError
 */
#define loop_add_signal_handler(loop, signal, function, context) \
    loop_add_signal_handler_named((loop), (signal), #function, (function), (context))
Value loop_add_signal_handler_named(Loop *loop, int signal, const char *name, HandleFunction function,
                                    void *context);
/** loop.remove_signal_handler(signal). @return was there one? */
bool loop_remove_signal_handler(Loop *loop, int signal);
/**
 * For a program that handles SIGINT itself: does what loop_run() does with one. It may be called in a signal
 * handler.
 * @return false when no loop_run() of the main thread is there to take it, or has two already
 */
bool loop_keyboard_interrupt(void);

/* ------------------------------------------------------------------------------------------- streams ---- */

/*
 * Sockets, as asyncio's streams. A reader and a writer are the two sides of one connection. Each is yours to
 * release; releasing a writer closes it. In a client's function of a server both are borrowed, and released
 * when the function returns.
 */
typedef struct StreamReader StreamReader;
typedef struct StreamWriter StreamWriter;
typedef struct Server Server;

typedef struct StreamOptions {
    size_t limit;   /* bytes a line may have, and half of what a reader keeps; 0: 64 KiB */
    int family;     /* AF_INET, AF_INET6; 0: any */
    int backlog;    /* of a server: connections that wait to be accepted; 0: 100 */
    bool not_start; /* of a server: start_serving=False */
} StreamOptions;

/**
 * await asyncio.open_connection(host, port, limit=…). A name is looked up in the executor; its addresses are
 * tried one after the other.
 * @param host NULL: this machine
 * @param options NULL: the defaults
 * @param reader, writer new references on success, else NULL
 * @return NONE; gaierror; OSError or one of its family; CancelledError; RuntimeError outside a task;
 * MemoryError
 */
Value await_open_connection(const char *host, int port, const StreamOptions *options, StreamReader **reader,
                            StreamWriter **writer);

/*
 * Reading. The bytes that a read gives are the reader's: they stay until its next read, or until it is
 * released; value_bytes() copies them for longer. A byte 0 stands after them. One task can wait in a read.
 * All give the exception that ended the connection, CancelledError, RuntimeError outside a task or while
 * another task waits, or MemoryError.
 */

/** reader.read(n). @param n negative: until the end of the stream. @return bytes, b'' at the end */
Value await_reader_read(StreamReader *reader, ptrdiff_t n);
/** reader.readexactly(n). @return n bytes; IncompleteReadError: reader_partial() is what came instead */
Value await_reader_readexactly(StreamReader *reader, size_t n);
/** reader.readline(). @return bytes, with the newline unless the stream has ended; ValueError over the limit
 */
Value await_reader_readline(StreamReader *reader);
/**
 * reader.readuntil(separator)
 * @param separator not empty
 * @return bytes, with the separator; IncompleteReadError; LimitOverrunError: they stay in the buffer, and
 * reader_consumed() is how many; ValueError for an empty separator
 */
Value await_reader_readuntil(StreamReader *reader, const void *separator, size_t size);
/** reader.at_eof(): has the stream ended, and is all of it read? */
bool reader_at_eof(const StreamReader *reader);
/** reader.exception(): what ended the connection, or NONE */
Value reader_exception(const StreamReader *reader);
/** IncompleteReadError.partial of the last read: bytes, the reader's, as those of a read */
Value reader_partial(const StreamReader *reader);
/** LimitOverrunError.consumed of the last read */
size_t reader_consumed(const StreamReader *reader);
/** Gives a reference back. */
void reader_release(StreamReader *reader);

/**
 * writer.write(bytes or text): sends what the socket takes now and keeps the rest, which the loop sends.
 * What goes to a connection that is lost is dropped.
 * @return NONE; RuntimeError after writer_write_eof(); TypeError for neither bytes nor text; MemoryError
 */
Value writer_write(StreamWriter *writer, Value data);
/** The same for any memory. */
Value writer_write_bytes(StreamWriter *writer, const void *data, size_t size);
/** writer.writelines(lines): as one write */
Value writer_writelines(StreamWriter *writer, const Value *lines, size_t count);
/**
 * await writer.drain(): waits while more is kept than the high-water mark, until the low-water mark
 * @return NONE; what ended the connection; ConnectionResetError when it is lost; CancelledError; RuntimeError
 * outside a task; MemoryError
 */
Value await_writer_drain(StreamWriter *writer);
/** writer.write_eof(): no more is written, after what is kept. Reading goes on. @return NONE; OSError */
Value writer_write_eof(StreamWriter *writer);
/** writer.close(): reads no more, sends what is kept, and closes the connection then. */
void writer_close(StreamWriter *writer);
/** writer.transport.abort(): closes at once; what is kept is lost. */
void writer_abort(StreamWriter *writer);
/** writer.is_closing(): is it closed, or about to be? */
bool writer_is_closing(const StreamWriter *writer);
/** await writer.wait_closed(). @return NONE; what ended the connection; CancelledError; RuntimeError */
Value await_writer_wait_closed(StreamWriter *writer);
/** writer.transport.get_write_buffer_size(): bytes that are kept */
size_t writer_buffer_size(const StreamWriter *writer);
/**
 * writer.transport.set_write_buffer_limits(high, low)
 * @return NONE; ValueError unless high >= low
 */
Value writer_set_buffer_limits(StreamWriter *writer, size_t high, size_t low);
/**
 * writer.get_extra_info(name)
 * @return "peername", "sockname": a list of host and port; "socket": the descriptor, an int; else NONE
 */
Value writer_get_extra_info(StreamWriter *writer, const char *name);
/** Gives a reference back; with the last one an open connection is closed, as StreamWriter.__del__ does. */
void writer_release(StreamWriter *writer);

/* ------------------------------------------------------------------------------------------- servers ---- */

/**
 * What a server does for each client: the body of a task of its own, in which it can await.
 * @param reader, writer borrowed until it returns
 */
typedef Value (*ClientFunction)(StreamReader *reader, StreamWriter *writer, void *context);

/**
 * await asyncio.start_server(client, host, port, limit=…, backlog=…)
 * @param context the caller's to keep alive as long as clients may come
 * @param host NULL: every address of this machine
 * @param port 0: any that is free, the same for all addresses only by chance; see server_port()
 * @param options NULL: the defaults
 * @param server a new reference on success, else NULL
 * @return as await_open_connection()
 */
#define await_start_server(client, context, host, port, options, server) \
    await_start_server_named(#client, (client), (context), (host), (port), (options), (server))
Value await_start_server_named(const char *name, ClientFunction client, void *context, const char *host,
                               int port, const StreamOptions *options, Server **server);
/** await server.start_serving(). @return NONE; OSError; CancelledError; RuntimeError */
Value await_server_start_serving(Server *server);
/**
 * await server.serve_forever(): until it is cancelled or closed; then the server is closed.
 * @return CancelledError; RuntimeError when it is closed, somebody else waits here, or outside a task
 */
Value await_server_serve_forever(Server *server);
/** server.close(): accepts nobody any more. Clients that are there stay. */
void server_close(Server *server);
/** await server.wait_closed(): as in 3.11, returns at once when the server is closed. */
Value await_server_wait_closed(Server *server);
/** server.is_serving() */
bool server_is_serving(const Server *server);
/** len(server.sockets) */
size_t server_socket_count(const Server *server);
/** server.sockets[k].getsockname(): a list of host and port; NONE when there is none */
Value server_socket_name(const Server *server, size_t k);
/** The port of its first socket; 0 when it is closed. */
int server_port(const Server *server);
/** Gives a reference back; with the last one it is closed. */
void server_release(Server *server);

#ifdef __cplusplus
}
#endif

#endif
