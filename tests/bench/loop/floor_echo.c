/*
 * floor_echo.c — messages there and back over loopback, with epoll and nothing else: both ends of every
 * connection in one loop.
 */
#include "contestant.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

enum { EVENTS = 256 };

typedef struct End {
    int fd;
    int64_t left; /* messages that a client has yet to send; a server's: -1 */
} End;

static int poller;

static int watch(End *end, int fd, int64_t left)
{
    int on = 1;
    *end = (End){fd, left};
    struct epoll_event event = {.events = EPOLLIN, .data = {.ptr = end}};
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fcntl(fd, F_SETFL, O_NONBLOCK) < 0 ? -1 : epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
}

/* @return false when it cannot */
static int connect_all(End *ends, int64_t connections, int64_t each)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof address;
    struct sockaddr *where = (struct sockaddr *)&address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0 || bind(listener, where, length) < 0 || listen(listener, 128) < 0 ||
        getsockname(listener, where, &length) < 0)
        return 0;
    for (int64_t k = 0; k < connections; k++) {
        int client = socket(AF_INET, SOCK_STREAM, 0);
        if (client < 0 || connect(client, where, length) < 0)
            return 0;
        int server = accept(listener, NULL, NULL);
        if (server < 0 || watch(&ends[2 * k], client, each) < 0 || watch(&ends[2 * k + 1], server, -1) < 0)
            return 0;
    }
    close(listener);
    return 1;
}

static int send_message(int fd, const char *message)
{
    return send(fd, message, ECHO_BYTES, MSG_NOSIGNAL) == ECHO_BYTES;
}

double floor_echo(int64_t connections)
{
    char message[ECHO_BYTES] = {0};
    int64_t each = echoes_each(connections), left = connections;
    End *ends = calloc(2 * (size_t)connections, sizeof *ends);
    poller = epoll_create1(0);
    if (!ends || poller < 0)
        return -1;
    int64_t start = cpu_now();
    if (!connect_all(ends, connections, each))
        return -1;
    for (int64_t k = 0; k < connections; k++)
        if (!send_message(ends[2 * k].fd, message))
            return -1;
    while (left > 0) {
        struct epoll_event events[EVENTS];
        int count = epoll_wait(poller, events, EVENTS, -1);
        for (int k = 0; k < count; k++) {
            End *end = events[k].data.ptr;
            if (recv(end->fd, message, sizeof message, 0) != ECHO_BYTES)
                return -1;
            if (end->left > 0 && --end->left == 0)
                left--;
            else if (!send_message(end->fd, message))
                return -1;
        }
    }
    return (double)(cpu_now() - start) / (double)(connections * each);
}
