/*
 * watch.c — one thread in poll(): on an eventfd, through which it is told what to watch, and on that.
 */
#include "watch.h"

#include <SDL.h>
#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct Watch {
    SDL_Thread *thread;
    uint32_t event;
    int wake;              /* eventfd: something below has changed */
    atomic_int descriptor; /* to watch; -1: nothing */
    atomic_bool ends;
};

enum { AGAIN = 5 /* ms until an event is sent once more that SDL has not taken */ };

/** Sends the event for a descriptor, which is no longer watched then. @return false: not yet, SDL's queue is
 * full; it is watched on */
static bool tell(Watch *watch, int descriptor)
{
    int watched = descriptor, nothing = -1;
    /* armed anew meanwhile: look again, at the new one */
    if (!atomic_compare_exchange_strong(&watch->descriptor, &watched, -1))
        return true;
    if (SDL_PushEvent(&(SDL_Event){.user = {.type = watch->event}}) == 1)
        return true;
    atomic_compare_exchange_strong(&watch->descriptor, &nothing, descriptor);
    return false;
}

static int run(void *context)
{
    Watch *watch = context;
    bool sent = true;
    while (!atomic_load(&watch->ends)) {
        int descriptor = atomic_load(&watch->descriptor);
        struct pollfd waits[2] = {{.fd = watch->wake, .events = POLLIN},
                                  {.fd = descriptor, .events = POLLIN}};
        if (!sent)
            poll(waits, 1, AGAIN);
        if (poll(waits, 2, -1) < 0 && errno != EINTR)
            break;
        uint64_t count;
        if (waits[0].revents && read(watch->wake, &count, sizeof count) < 0 && errno != EAGAIN)
            break;
        sent = !waits[1].revents || tell(watch, descriptor);
    }
    return 0;
}

static void wake(Watch *watch)
{
    uint64_t one = 1;
    while (write(watch->wake, &one, sizeof one) < 0 && errno == EINTR) {
    }
}

Watch *watch_new(uint32_t event)
{
    Watch *watch = calloc(1, sizeof *watch);
    if (!watch)
        return NULL;
    watch->event = event;
    atomic_init(&watch->descriptor, -1);
    atomic_init(&watch->ends, false);
    watch->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    watch->thread = watch->wake < 0 ? NULL : SDL_CreateThread(run, "watch", watch);
    if (!watch->thread) {
        if (watch->wake >= 0)
            close(watch->wake);
        free(watch);
        return NULL;
    }
    return watch;
}

void watch_free(Watch *watch)
{
    if (!watch)
        return;
    atomic_store(&watch->ends, true);
    wake(watch);
    SDL_WaitThread(watch->thread, NULL);
    close(watch->wake);
    free(watch);
}

void watch_arm(Watch *watch, int descriptor)
{
    atomic_store(&watch->descriptor, descriptor);
    wake(watch);
}
