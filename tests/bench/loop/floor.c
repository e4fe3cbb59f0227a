/*
 * floor.c — the least code that does the work: hand-written for this measurement, with none of a library's
 * duties.
 */
#include "contestant.h"
#include "context.h"

#include <sys/mman.h>

/* A task is a context; who is ready stands in a ring of pointers. */
typedef struct Block {
    StackPoint context;
} Block;

enum { STACK = 8192, COLOURS = 32, LINE = 64 };

static Block *blocks, **ring, root;
static size_t head, tail, mask, running;
static int64_t turns;

static char *stacks_of(int64_t count)
{
    void *stacks = mmap(NULL, (size_t)count * STACK, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return stacks == MAP_FAILED ? NULL : stacks;
}

/* The tops lie in different sets of the cache. */
static char *top_of(char *stacks, int64_t k)
{
    return stacks + (k + 1) * STACK - k % COLOURS * LINE;
}

/* What the kernel does when a page is first written to is not what is measured. */
static void touch(char *top)
{
    *(volatile char *)(top - LINE) = 0;
}

static Block *self;

static void give_a_turn(void)
{
    Block *from = self;
    ring[tail++ & mask] = from;
    self = ring[head++ & mask];
    context_switch(&from->context, &self->context);
}

static void yield_body(StackPoint *left, StackPoint *entered)
{
    (void)left;
    (void)entered;
    for (int64_t k = 0; k < turns; k++)
        give_a_turn();
    if (--running == 0)
        context_switch(&self->context, &root.context);
    Block *from = self;
    self = ring[head++ & mask];
    context_switch(&from->context, &self->context);
}

static double yields(int64_t tasks)
{
    char *stacks = stacks_of(tasks);
    size_t slots = 1;
    while (slots < (size_t)tasks + 1)
        slots *= 2;
    blocks = calloc((size_t)tasks, sizeof *blocks);
    ring = calloc(slots, sizeof(Block *));
    if (!stacks || !blocks || !ring)
        return -1;
    mask = slots - 1;
    turns = yields_each(tasks);
    running = (size_t)tasks;
    for (int64_t k = 0; k < tasks; k++) {
        context_make(&blocks[k].context, top_of(stacks, k), yield_body);
        touch(top_of(stacks, k));
        ring[tail++ & mask] = &blocks[k];
    }
    int64_t start = cpu_now();
    self = ring[head++ & mask];
    context_switch(&root.context, &self->context);
    return (double)(cpu_now() - start) / (double)(turns * tasks);
}

static StackPoint there, here;

static void end_body(StackPoint *left, StackPoint *entered)
{
    (void)left;
    (void)entered;
    for (;;)
        context_switch(&there, &here);
}

static double switches(int64_t count)
{
    context_make(&there, top_of(stacks_of(1), 0), end_body);
    int64_t start = cpu_now();
    for (int64_t k = 0; k < count; k++)
        context_switch(&here, &there);
    return (double)(cpu_now() - start) / (double)(2 * count);
}

/* A fresh frame on a warm stack, entered and left. */
static double spawn_joins(int64_t count)
{
    char *top = top_of(stacks_of(1), 0);
    int64_t start = cpu_now();
    for (int64_t k = 0; k < count; k++) {
        context_make(&there, top, end_body);
        context_switch(&here, &there);
    }
    return (double)(cpu_now() - start) / (double)count;
}

/* The same for many that stand in the ring before the first one runs; their stacks were used before. */
static double spawns(int64_t tasks)
{
    char *stacks = stacks_of(tasks);
    StackPoint *made = calloc((size_t)tasks, sizeof *made);
    int64_t start = 0;
    if (!stacks || !made)
        return -1;
    for (int round = 0; round < 2; round++) {
        start = cpu_now();
        for (int64_t k = 0; k < tasks; k++)
            context_make(&made[k], top_of(stacks, k), end_body);
        for (int64_t k = 0; k < tasks; k++) {
            there = made[k];
            context_switch(&here, &there);
        }
    }
    return (double)(cpu_now() - start) / (double)tasks;
}

/* ------------------------------------------------------------------------------------------------- timers */

typedef struct Timer {
    int64_t when;
    uint64_t number;
} Timer;

static inline int before(Timer a, Timer b)
{
    return a.when < b.when || (a.when == b.when && a.number < b.number);
}

/* A heap of four children a node, the deadlines in it: as many pushes, then as many pops. */
static double timers(int64_t count)
{
    Timer *heap = malloc((size_t)count * sizeof *heap);
    uint64_t random = 1;
    if (!heap)
        return -1;
    int64_t start = cpu_now();
    for (int64_t n = 0; n < count; n++) {
        Timer timer = {next_delay(&random), (uint64_t)n};
        int64_t at = n;
        for (; at > 0 && before(timer, heap[(at - 1) / 4]); at = (at - 1) / 4)
            heap[at] = heap[(at - 1) / 4];
        heap[at] = timer;
    }
    for (int64_t n = count - 1; n > 0; n--) {
        Timer last = heap[n];
        int64_t at = 0;
        for (int64_t first; (first = at * 4 + 1) < n;) {
            int64_t least = first, end = first + 4 < n ? first + 4 : n;
            for (int64_t child = first + 1; child < end; child++)
                least = before(heap[child], heap[least]) ? child : least;
            if (!before(heap[least], last))
                break;
            heap[at] = heap[least];
            at = least;
        }
        heap[at] = last;
    }
    return (double)(cpu_now() - start) / (double)count;
}

/* A page that was written to, and its place in the page table. */
static double parked(int64_t count)
{
    int64_t began = memory_now("VmRSS");
    char *pages = mmap(NULL, (size_t)count * 4096, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (pages == MAP_FAILED)
        return -1;
    madvise(pages, (size_t)count * 4096, MADV_NOHUGEPAGE);
    for (int64_t k = 0; k < count; k++)
        pages[k * 4096] = 1;
    return (double)(memory_now("VmRSS") - began) / (double)count;
}

double floor_echo(int64_t connections); /* floor_echo.c */

int main(int argc, char **argv)
{
    static const WorkName works[] = {
        {"switch", switches}, {"yield", yields},  {"spawn-join", spawn_joins}, {"spawn", spawns},
        {"timer", timers},    {"parked", parked}, {"echo", floor_echo},
    };
    return contestant_main(argc, argv, works, sizeof works / sizeof *works);
}
