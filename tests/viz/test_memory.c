/*
 * Out of memory: the n-th allocation fails, for every n. Nothing crashes, nothing leaks, and it is said.
 *
 * malloc and its kin are replaced here by ones that count. Under ASan, which replaces them itself, the test
 * is skipped.
 */
#include "traces.h"

#include "about.h"

#if defined(__SANITIZE_ADDRESS__) || !defined(__GLIBC__)
#define COUNTED 0
#else
#define COUNTED 1
#endif

#if COUNTED

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void __libc_free(void *memory);

static long until_failure = -1; /* allocations that still succeed; < 0: all do */
static long living;             /* blocks made since `counting` and not given back */
static int counting;

static int fails(void)
{
    if (until_failure < 0)
        return 0;
    if (until_failure == 0)
        return 1;
    until_failure--;
    return 0;
}

void *malloc(size_t size)
{
    void *memory = fails() ? NULL : __libc_malloc(size);
    living += counting && memory != NULL;
    return memory;
}

void *calloc(size_t count, size_t size)
{
    void *memory = fails() ? NULL : __libc_calloc(count, size);
    living += counting && memory != NULL;
    return memory;
}

void *realloc(void *old, size_t size)
{
    void *memory = fails() ? NULL : __libc_realloc(old, size);
    living += counting && memory != NULL && old == NULL;
    return memory;
}

void free(void *memory)
{
    living -= counting && memory != NULL;
    __libc_free(memory);
}

/* Everything that a window does with a trace. @return whether all of it succeeded */
static int use(Bytes trace)
{
    History *history = history_new();
    if (history == NULL)
        return 0;
    int done = history_feed(history, trace.text, trace.length / 3) &&
               history_feed(history, trace.text + trace.length / 3, trace.length - trace.length / 3) &&
               history_finish(history);
    State state = {0};
    uint32_t count = history_count(history);
    for (uint32_t i = count; i > 0; i -= i > 97 ? 97 : i)
        done = state_at(&state, history, i) && done;
    state_clear(&state);
    About *about = history_header(history) != NULL ? about_new(history) : NULL;
    done = done && about != NULL;
    if (about != NULL)
        about_note(about, history, 0, count, LANG_EN);
    about_free(about);
    assert_true(done || history_problem(history) != NULL || until_failure == 0);
    history_free(history);
    return done;
}

static void nothing(void *context, uint32_t line, const char *rule, const char *message)
{
}

static int check(Bytes trace)
{
    return history_check(trace.text, trace.length, nothing, NULL) == 0;
}

/* Fails the n-th allocation for every n, until the work gets through. */
static void fail_each(int (*work)(Bytes trace), Bytes trace)
{
    int done = 0;
    for (long n = 0; !done; n++) {
        counting = 1;
        living = 0;
        until_failure = n;
        done = work(trace);
        int reached = until_failure == 0;
        until_failure = -1;
        counting = 0;
        assert_int_equal(living, 0);
        assert_true(done || reached);
    }
}

static void a_history_survives_any_failed_allocation(void **state)
{
    Bytes trace = read_trace("12_task_ex2");
    fail_each(use, trace);
    free(trace.text);
}

static void coroutines_by_hand_survive_any_failed_allocation(void **state)
{
    Text lines = {0};
    put(&lines, "%%\"coroutine\",\"coroutine\":\"k1\",\"name\":\"late\"}\n");
    for (int k = 0; k < 1100; k++)
        put(&lines, "%%\"mark\"}\n");
    put(&lines, "%%\"switch\",\"from\":\"k0\",\"to\":\"k1\"}\n%%\"switch\",\"from\":\"k1\",\"to\":\"k0\"}\n%%"
                "\"end\",\"why\":\"exit\"}\n");
    Bytes trace = make_trace(lines.text);
    free(lines.text);
    fail_each(use, trace);
    free(trace.text);
}

static void a_check_survives_any_failed_allocation(void **state)
{
    Bytes trace = read_trace("12_task_ex2");
    fail_each(check, trace);
    free(trace.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_history_survives_any_failed_allocation),
        cmocka_unit_test(coroutines_by_hand_survive_any_failed_allocation),
        cmocka_unit_test(a_check_survives_any_failed_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

int main(void)
{
    puts("skipped: the sanitizer has replaced malloc");
    return 0;
}

#endif
