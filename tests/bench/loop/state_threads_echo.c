/*
 * state_threads_echo.c — messages there and back over loopback, by State Threads: a thread for each end.
 */
#include "contestant.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <st.h>
#include <sys/socket.h>

enum { STACK = 16 * 1024 };

static struct sockaddr_in address = {.sin_family = AF_INET};
static int64_t each;

static st_netfd_t open_socket(int fd)
{
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return st_netfd_open_socket(fd);
}

static void *serve(void *connection)
{
    char message[ECHO_BYTES];
    ssize_t n;
    while ((n = st_read(connection, message, sizeof message, ST_UTIME_NO_TIMEOUT)) > 0)
        st_write(connection, message, (size_t)n, ST_UTIME_NO_TIMEOUT);
    st_netfd_close(connection);
    return NULL;
}

static void *accept_all(void *listener)
{
    for (;;) {
        st_netfd_t connection = st_accept(listener, NULL, NULL, ST_UTIME_NO_TIMEOUT);
        if (!connection || !st_thread_create(serve, connection, 0, STACK)) {
            perror("State Threads: accept"); /* once more would fail once more, for ever */
            exit(EXIT_FAILURE);
        }
    }
    return listener;
}

/* @return itself when all came back */
static void *ask(void *self)
{
    char message[ECHO_BYTES] = {0};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    st_netfd_t connection = fd < 0 ? NULL : open_socket(fd);
    if (!connection ||
        st_connect(connection, (struct sockaddr *)&address, sizeof address, ST_UTIME_NO_TIMEOUT) < 0)
        return NULL;
    for (int64_t k = 0; k < each; k++)
        if (st_write(connection, message, sizeof message, ST_UTIME_NO_TIMEOUT) != ECHO_BYTES ||
            st_read_fully(connection, message, sizeof message, ST_UTIME_NO_TIMEOUT) != ECHO_BYTES)
            return NULL;
    st_netfd_close(connection);
    return self;
}

double state_threads_echo(int64_t connections)
{
    each = echoes_each(connections);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, length) < 0 || listen(fd, (int)connections) < 0 ||
        getsockname(fd, (struct sockaddr *)&address, &length) < 0)
        return -1;
    st_thread_create(accept_all, st_netfd_open_socket(fd), 0, STACK);
    st_thread_t *clients = malloc((size_t)connections * sizeof *clients);
    int64_t start = cpu_now();
    for (int64_t k = 0; k < connections; k++)
        clients[k] = st_thread_create(ask, &address, 1, STACK);
    for (int64_t k = 0; k < connections; k++) {
        void *done = NULL;
        st_thread_join(clients[k], &done);
        if (!done)
            return -1;
    }
    free(clients);
    return (double)(cpu_now() - start) / (double)(connections * each);
}
