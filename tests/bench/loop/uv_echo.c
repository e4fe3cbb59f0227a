/*
 * uv_echo.c — messages there and back over loopback, by libuv's streams: callbacks for both ends, in one
 * loop.
 */
#include "contestant.h"

#include <uv.h>

typedef struct Client {
    uv_tcp_t stream; /* first: a stream is its client */
    uv_connect_t connecting;
    uv_write_t writing;
    int64_t left;
    ssize_t got;
} Client;

typedef struct Echo {
    uv_write_t writing; /* first */
    char bytes[ECHO_BYTES];
} Echo;

static uv_loop_t *loop;
static uv_tcp_t server;
static int64_t clients_left;
static char message[ECHO_BYTES];

static void allocate(uv_handle_t *handle, size_t size, uv_buf_t *buffer)
{
    (void)handle, (void)size;
    static char bytes[ECHO_BYTES]; /* emptied before the next read */
    *buffer = uv_buf_init(bytes, sizeof bytes);
}

static void free_handle(uv_handle_t *handle)
{
    free(handle);
}

static void end_echo(uv_write_t *writing, int status)
{
    (void)status;
    free(writing);
}

static void answer(uv_stream_t *stream, ssize_t n, const uv_buf_t *buffer)
{
    if (n < 0) {
        uv_close((uv_handle_t *)stream, free_handle);
    } else if (n > 0) {
        Echo *echo = malloc(sizeof *echo);
        memcpy(echo->bytes, buffer->base, (size_t)n);
        uv_buf_t out = uv_buf_init(echo->bytes, (unsigned)n);
        uv_write(&echo->writing, stream, &out, 1, end_echo);
    }
}

static void take_in(uv_stream_t *listener, int status)
{
    uv_tcp_t *stream = status == 0 ? malloc(sizeof *stream) : NULL;
    if (!stream)
        return;
    uv_tcp_init(loop, stream);
    uv_accept(listener, (uv_stream_t *)stream);
    uv_tcp_nodelay(stream, 1);
    uv_read_start((uv_stream_t *)stream, allocate, answer);
}

static void send_one(Client *client)
{
    uv_buf_t out = uv_buf_init(message, sizeof message);
    uv_write(&client->writing, (uv_stream_t *)&client->stream, &out, 1, NULL);
}

static void hear(uv_stream_t *stream, ssize_t n, const uv_buf_t *buffer)
{
    (void)buffer;
    Client *client = (Client *)stream;
    client->got += n > 0 ? n : 0;
    if (client->got < ECHO_BYTES)
        return;
    client->got = 0;
    if (--client->left > 0) {
        send_one(client);
        return;
    }
    uv_close((uv_handle_t *)stream, NULL);
    if (--clients_left == 0)
        uv_close((uv_handle_t *)&server, NULL);
}

static void begin(uv_connect_t *connecting, int status)
{
    Client *client = connecting->data;
    if (status < 0)
        exit(1);
    uv_tcp_nodelay(&client->stream, 1);
    uv_read_start((uv_stream_t *)&client->stream, allocate, hear);
    send_one(client);
}

double uv_echo(int64_t connections)
{
    struct sockaddr_in address;
    int length = sizeof address;
    int64_t each = echoes_each(connections);
    Client *clients = calloc((size_t)connections, sizeof *clients);
    loop = uv_default_loop();
    uv_tcp_init(loop, &server);
    uv_ip4_addr("127.0.0.1", 0, &address);
    if (!clients || uv_tcp_bind(&server, (struct sockaddr *)&address, 0) != 0 ||
        uv_listen((uv_stream_t *)&server, (int)connections, take_in) != 0 ||
        uv_tcp_getsockname(&server, (struct sockaddr *)&address, &length) != 0)
        return -1;
    clients_left = connections;
    int64_t start = cpu_now();
    for (int64_t k = 0; k < connections; k++) {
        clients[k].left = each;
        clients[k].connecting.data = &clients[k];
        uv_tcp_init(loop, &clients[k].stream);
        uv_tcp_connect(&clients[k].connecting, &clients[k].stream, (struct sockaddr *)&address, begin);
    }
    uv_run(loop, UV_RUN_DEFAULT);
    double cost = (double)(cpu_now() - start) / (double)(connections * each);
    free(clients);
    return clients_left == 0 ? cost : -1;
}
