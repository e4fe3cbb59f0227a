/*
 * synthetic.h — a trace of any length, as our own writers would write it: tasks that yield, sleep, end and
 * make new ones. For measurements, and for tests that need many events.
 */
#ifndef SYNTHETIC_H
#define SYNTHETIC_H

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct SyntheticTask {
    unsigned id, handle, future; /* future: what it sleeps on, 0 */
    unsigned timer, steps;
    bool fresh;
} SyntheticTask;

typedef struct Synthetic {
    char *text;
    size_t length, room;
    unsigned events, iterations, tasks, handles, futures, callbacks;
    int64_t ts;
    SyntheticTask *queue, *sleeping, *fired;
    unsigned queued, asleep, due, width;
} Synthetic;

static void synthetic_line(Synthetic *s, const char *format, ...)
{
    va_list arguments;
    if (s->length + 512 > s->room) {
        s->room = s->room * 2 + 4096;
        s->text = realloc(s->text, s->room);
        if (s->text == NULL)
            abort();
    }
    s->ts += 700;
    s->length += (size_t)snprintf(s->text + s->length, 100,
                                  "{\"i\":%u,\"ts\":%" PRId64 ",\"ev\":", ++s->events, s->ts);
    va_start(arguments, format);
    s->length += (size_t)vsnprintf(s->text + s->length, 400, format, arguments);
    va_end(arguments);
    memcpy(s->text + s->length, "}\n", 2);
    s->length += 2;
}

static void synthetic_create(Synthetic *s)
{
    SyntheticTask *task = &s->queue[s->queued++];
    *task = (SyntheticTask){.id = ++s->tasks, .handle = ++s->handles, .fresh = true};
    synthetic_line(
        s,
        "\"task\",\"task\":\"t%u\",\"name\":\"Task-%u\",\"coroutine\":\"worker\",\"defined\":[\"s1\",2],"
        "\"created\":[\"s1\",9]",
        task->id, task->id);
    synthetic_line(
        s,
        "\"ready\",\"handle\":\"h%u\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t%u\",\"why\":\"start\"",
        task->handle, task->id);
}

/** Begins a trace of `width` tasks that live at once. */
static void synthetic_begin(Synthetic *s, unsigned width)
{
    static const char header[] =
        "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"monotonic\",\"unit\":\"ns\"}\n";
    *s = (Synthetic){.width = width, .room = 4096};
    s->text = malloc(s->room);
    s->queue = calloc(width * 2, sizeof *s->queue);
    s->sleeping = calloc(width, sizeof *s->sleeping);
    s->fired = calloc(width, sizeof *s->fired);
    if (s->text == NULL || s->queue == NULL || s->sleeping == NULL || s->fired == NULL)
        abort();
    memcpy(s->text, header, sizeof header - 1);
    s->length = sizeof header - 1;
    synthetic_line(s, "\"source\",\"source\":\"s1\",\"name\":\"w.py\",\"language\":\"python\",\"text\":\"\"");
    synthetic_line(s, "\"loop\",\"op\":\"new\"");
    synthetic_line(s, "\"loop\",\"op\":\"run\"");
    for (unsigned k = 0; k < width; k++)
        synthetic_create(s);
}

static void synthetic_step(Synthetic *s, SyntheticTask task)
{
    synthetic_line(s, "\"run\",\"handle\":\"h%u\",\"task\":\"t%u\"", task.handle, task.id);
    synthetic_line(s, "\"line\",\"source\":\"s1\",\"line\":%u,\"function\":\"worker\",\"task\":\"t%u\"",
                   3 + task.steps % 4, task.id);
    unsigned handle = task.handle, deed = (task.id + ++task.steps * 7) % 100;
    if (deed == 0) {
        synthetic_line(s, "\"done\",\"future\":\"t%u\",\"state\":\"done\",\"value\":\"None\"", task.id);
        synthetic_line(s, "\"ran\",\"handle\":\"h%u\",\"task\":\"t%u\",\"state\":\"done\",\"value\":\"None\"",
                       handle, task.id);
    } else if (deed < 25) {
        task.future = ++s->futures;
        task.timer = ++s->handles;
        synthetic_line(s, "\"future\",\"future\":\"f%u\",\"of\":\"sleep\",\"created\":[\"s1\",4]",
                       task.future);
        synthetic_line(s,
                       "\"timer\",\"handle\":\"h%u\",\"when\":%" PRId64
                       ",\"future\":\"f%u\",\"callback\":\"set_result\"",
                       task.timer, s->ts, task.future);
        synthetic_line(s, "\"callback_add\",\"future\":\"f%u\",\"callback\":\"c%u\",\"task\":\"t%u\"",
                       task.future, ++s->callbacks, task.id);
        synthetic_line(
            s,
            "\"ran\",\"handle\":\"h%u\",\"task\":\"t%u\",\"state\":\"waiting\",\"on\":\"f%u\",\"chain\":"
            "[[\"worker\",\"s1\",4],[\"sleep\",\"asyncio/tasks.py\",649]]",
            handle, task.id, task.future);
        s->sleeping[s->asleep++] = task;
    } else {
        task.handle = ++s->handles;
        synthetic_line(s,
                       "\"ready\",\"handle\":\"h%u\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t%u\","
                       "\"why\":\"yield\"",
                       task.handle, task.id);
        synthetic_line(s,
                       "\"ran\",\"handle\":\"h%u\",\"task\":\"t%u\",\"state\":\"ready\",\"chain\":[["
                       "\"worker\",\"s1\",%u]]",
                       handle, task.id, 3 + task.steps % 4);
        s->queue[s->queued++] = task;
    }
}

/** One iteration of the loop. */
static void synthetic_iterate(Synthetic *s)
{
    unsigned steps = s->queued;
    synthetic_line(s, "\"iteration\",\"n\":%u", ++s->iterations);
    synthetic_line(s, "\"select\",\"timeout\":0");
    synthetic_line(s, "\"selected\",\"n\":0");
    s->due = s->asleep;
    for (unsigned k = 0; k < s->due; k++) {
        s->fired[k] = s->sleeping[k];
        synthetic_line(s, "\"ready\",\"handle\":\"h%u\",\"by\":\"timer\",\"what\":\"call\"",
                       s->fired[k].timer);
    }
    s->asleep = 0;
    synthetic_line(s, "\"batch\",\"n\":%u", steps + s->due);
    SyntheticTask *batch = malloc((steps + 1) * sizeof *batch);
    if (batch == NULL)
        abort();
    memcpy(batch, s->queue, steps * sizeof *batch);
    s->queued = 0;
    unsigned missing = 0;
    for (unsigned k = 0; k < steps; k++) {
        unsigned before = s->queued + s->asleep;
        synthetic_step(s, batch[k]);
        missing += s->queued + s->asleep == before;
    }
    free(batch);
    for (unsigned k = 0; k < s->due; k++) {
        SyntheticTask task = s->fired[k];
        task.handle = ++s->handles;
        synthetic_line(s, "\"run\",\"handle\":\"h%u\"", task.timer);
        synthetic_line(s, "\"done\",\"future\":\"f%u\",\"state\":\"done\",\"value\":\"None\"", task.future);
        synthetic_line(s,
                       "\"ready\",\"handle\":\"h%u\",\"by\":\"soon\",\"what\":\"wakeup\",\"task\":\"t%u\","
                       "\"future\":\"f%u\"",
                       task.handle, task.id, task.future);
        synthetic_line(s, "\"ran\",\"handle\":\"h%u\"", task.timer);
        s->queue[s->queued++] = task;
    }
    while (missing-- > 0)
        synthetic_create(s);
}

static void synthetic_end(Synthetic *s)
{
    synthetic_line(s, "\"end\",\"why\":\"exit\",\"code\":0");
}

static void synthetic_free(Synthetic *s)
{
    free(s->text);
    free(s->queue);
    free(s->sleeping);
    free(s->fired);
}

#endif
