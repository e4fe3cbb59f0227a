/*
 * test_stack.c — contexts and stacks: the bare switch, guard pages, the sentence at an overflow.
 */
#include "support.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "context.h"
#include "stack.h"

static Context here, there;
static char stack_memory[64 * 1024];

static void body(StackPoint *left, StackPoint *entered)
{
    context_arrived(&here);
    assert_ptr_equal(left, &here.point);
    assert_ptr_equal(entered, &there.point);
    for (;;) {
        say("there");
        assert_ptr_equal(context_go(&there, &here, false), &here);
    }
}

static void a_switch_goes_there_and_comes_back(void **state)
{
    context_lies(&there, stack_memory, sizeof stack_memory);
    context_make(&there.point, stack_memory + sizeof stack_memory, body);
    double real = 1.5;
    long whole = 7;
    for (int k = 0; k < 3; k++) {
        say("here");
        assert_ptr_equal(context_go(&here, &there, false), &there);
        real *= 2;
        whole += 1;
    }
    assert_said("here there here there here there");
    assert_true(real == 12);
    assert_int_equal(whole, 10);
}

static void stacks_do_not_overlap_and_are_used_again(void **state)
{
    enum { COUNT = 200 };
    StackPool *pools = NULL;
    StackPool *pool = stack_pool(&pools, 20 * 1000);
    assert_non_null(pool);
    assert_ptr_equal(stack_pool(&pools, 20 * 1000), pool);
    assert_ptr_not_equal(stack_pool(&pools, 0), pool);
    assert_int_equal(pool->size % stack_page_size(), 0);
    assert_true(pool->size >= 20 * 1000);
    static Stack *stacks[COUNT];
    for (int k = 0; k < COUNT; k++) {
        stacks[k] = stack_take(pool);
        assert_non_null(stacks[k]);
        memset(stacks[k]->bottom, k, 64);
        memset(stacks[k]->top - 64, k, 64);
        assert_true(stacks[k]->top <= (char *)stacks[k]);
        assert_true((char *)stacks[k] < stacks[k]->bottom + pool->size);
    }
    for (int k = 0; k < COUNT; k++) {
        assert_int_equal((unsigned char)stacks[k]->bottom[63], k);
        assert_int_equal((unsigned char)stacks[k]->top[-64], k);
    }
    stack_give(stacks[3]);
    assert_ptr_equal(stack_take(pool), stacks[3]);
    for (int k = 0; k < COUNT; k++)
        stack_give(stacks[k]);
    stack_pools_free(&pools);
    assert_null(pools);
}

/* Is there memory behind the page that the next stack touches first? */
static bool is_there_already(const StackPool *pool)
{
    unsigned char resident = 0;
    assert_int_equal(mincore(pool->fresh + pool->size, stack_page_size(), &resident), 0);
    return resident & 1;
}

static void of_a_few_stacks_only_those_in_use_take_memory(void **state)
{
    StackPool *pools = NULL;
    StackPool *pool = stack_pool(&pools, 0);
    for (int k = 0; k < 63; k++) {
        assert_non_null(stack_take(pool));
        assert_false(is_there_already(pool));
    }
    stack_pools_free(&pools);
}

/* By kernels that can: those that have guarded it in advance. */
static void of_many_stacks_the_first_page_is_made_in_advance(void **state)
{
    StackPool *pools = NULL;
    StackPool *pool = stack_pool(&pools, 0);
    for (int k = 0; k < 200; k++) {
        const Stack *stack = stack_take(pool);
        assert_non_null(stack);
        for (const char *at = stack->top - 256; at < stack->top; at++)
            assert_int_equal(*at, 0);
        if (k > 64 && pool->fresh < pool->guarded)
            assert_true(is_there_already(pool));
    }
    stack_pools_free(&pools);
}

/* Does who writes there die? */
static bool is_forbidden(char *at)
{
    pid_t child = fork();
    if (child == 0) {
        signal(SIGSEGV, SIG_DFL);
        signal(SIGBUS, SIG_DFL);
        *(volatile char *)at = 1;
        _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status);
}

/* Of more than one region, and more than are guarded at once. */
static void the_page_below_each_stack_is_guarded(void **state)
{
    StackPool *pools = NULL;
    for (int k = 0; k < 70; k++) {
        Stack *stack = stack_take(stack_pool(&pools, 0));
        assert_true(stack_overflowed(stack, stack->bottom - 1));
        assert_false(stack_overflowed(stack, stack->bottom));
        assert_true(is_forbidden(stack->bottom - 1));
        assert_true(is_forbidden(stack->bottom - stack_page_size()));
        assert_false(is_forbidden(stack->bottom));
    }
    stack_pools_free(&pools);
}

static Value deeper(Value depth)
{
    char room[512];
    memset(room, (int)depth.integer, sizeof room);
    if (depth.integer == 1000000)
        return NONE;
    Value result = deeper(value_int(depth.integer + 1));
    return value_int(result.integer + room[5]);
}

static Value calls_deeper(Value unused)
{
    Task *task = task_create_named(coroutine(deeper, value_int(0)), "deep one");
    return await_task(task);
}

static Value await_future_of(Value future)
{
    return await_future(future.future);
}

/* A little too deep, and back; among others, whose stacks lie above and below. */
static Value deep_enough(Value depth)
{
    char room[512];
    memset(room, (int)depth.integer, sizeof room);
    if (depth.integer == 0)
        return await_sleep(0);
    Value result = deep_enough(value_int(depth.integer - 1));
    return value_failed(result) ? result : value_int(room[5]);
}

static Value goes_deep_once(Value unused)
{
    deep_enough(value_int((64 + 4) * 2));
    return unused;
}

static Value goes_too_deep(Value unused)
{
    Future *never = loop_create_future(loop_running());
    for (int k = 0; k < 3; k++)
        task_create(coroutine(await_future_of, value_future(never)));
    TRY(await_sleep(0));
    task_create_named(coroutine(goes_deep_once, NONE), "deep one");
    return await_sleep(loop_seconds(1));
}

/* What a program that dies so leaves on stderr. This very program, run again: cmocka has handlers of its own.
 */
static const char *last_words(const char *how, int *status)
{
    static char words[1024];
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        execl("/proc/self/exe", "test_stack", how, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    size_t length = 0;
    ssize_t got;
    while (length < sizeof words - 1 && (got = read(ends[0], words + length, sizeof words - 1 - length)) > 0)
        length += (size_t)got;
    words[length] = '\0';
    close(ends[0]);
    waitpid(child, status, 0);
    return words;
}

static void an_overflow_names_task_and_stack_and_ends_the_program(void **state)
{
    int status;
    const char *words = last_words("overflow", &status);
    assert_string_equal(words,
                        "loop: stack overflow in task 'deep one', coroutine 'deeper': its stack has 64 KiB; "
                        "LoopOptions.stack_size makes it larger\n");
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGSEGV);
}

/* Larger than all stacks together, so its far end is no memory of anybody's. */
static Value has_a_large_array(Value unused)
{
    volatile char array[256 << 20];
    array[0] = 1;
    return value_int(array[0]);
}

static void an_array_larger_than_the_stack_is_named_too(void **state)
{
    int status;
    const char *words = last_words("array", &status);
    assert_non_null(strstr(words, "loop: stack overflow in task 'Task-1', coroutine 'main_'"));
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGSEGV);
}

static void an_overflow_of_a_stack_without_a_guard_is_seen_too(void **state)
{
    int status;
    const char *words = last_words("unguarded", &status);
    if (strstr(words, "AddressSanitizer")) /* it has seen where the frames of the stack below lie */
        return;
    assert_non_null(strstr(words, "loop: stack overflow in task 'deep one', coroutine 'deeper'"));
    assert_true(WIFSIGNALED(status));
    words = last_words("unguarded once", &status);
    if (strstr(words, "AddressSanitizer"))
        return;
    assert_string_equal(
        words, "loop: stack overflow in task 'deep one', coroutine 'goes_deep_once': its stack has 64 "
               "KiB; LoopOptions.stack_size makes it larger\n");
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGSEGV);
}

static void when_mappings_run_short_stacks_are_watched_instead_of_guarded(void **state)
{
    stack_guards_by_mapping(2);
    StackPool *pools = NULL;
    StackPool *pool = stack_pool(&pools, 0);
    Stack *stacks[4];
    for (int k = 0; k < 4; k++) {
        stacks[k] = stack_take(pool);
        assert_non_null(stacks[k]);
        assert_int_equal(stacks[k]->watched, k >= 2);
        assert_false(stack_is_broken(stacks[k]));
    }
    memset(stacks[3]->bottom - stack_page_size() - 8, 0, 8);
    assert_true(stack_is_broken(stacks[3]));
    assert_false(stack_is_broken(stacks[2]));
    stack_pools_free(&pools);
    stack_guards_by_mapping(-1);
}

static int64_t woken;

static Value parks(Value gate)
{
    TRY(await_future(gate.future));
    woken++;
    return await_sleep(0);
}

static Value parks_many(Value count)
{
    Future *gate = loop_create_future(loop_running());
    for (int64_t k = 0; k < count.integer; k++)
        task_release(task_create(coroutine(parks, value_future(gate))));
    TRY(await_sleep(0));
    future_set_result(gate, NONE);
    future_release(gate);
    return await_sleep(loop_seconds(1));
}

static void tasks_beyond_the_guards_park_and_end_as_others_do(void **state)
{
    enum { COUNT = 1000 };
    stack_guards_by_mapping(10);
    loop_set_defaults(&(LoopOptions){.clock = CLOCK_VIRTUAL, .stack_size = 20 * 1024});
    woken = 0;
    assert_false(value_failed(loop_run(coroutine(parks_many, value_int(COUNT)))));
    assert_int_equal(woken, COUNT);
    stack_guards_by_mapping(-1);
}

static Value reads_nowhere(Value unused)
{
    volatile uintptr_t nowhere = 8;
    return value_int(*(int *)nowhere);
}

static void any_other_fault_stays_what_it_is(void **state)
{
    int status;
    const char *words = last_words("fault", &status);
    assert_null(strstr(words, "loop: stack overflow"));
    assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 1); /* 1: AddressSanitizer has spoken */
}

static Value sends_itself_a_fault(Value unused)
{
    kill(getpid(), SIGSEGV);
    return NONE;
}

static void a_fault_that_a_process_sent_ends_the_program_at_once(void **state)
{
    int status;
    const char *words = last_words("sent", &status);
    assert_null(strstr(words, "loop: stack overflow"));
    assert_true(WIFSIGNALED(status) ? WTERMSIG(status) == SIGSEGV
                                    : WEXITSTATUS(status) == 1); /* 1: AddressSanitizer has spoken */
}

static void a_fault_that_was_ignored_before_stays_ignored_when_it_is_sent(void **state)
{
    int status;
    assert_string_equal(last_words("ignored", &status), "");
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static Value fits(Value depth)
{
    char room[4096];
    memset(room, 1, sizeof room);
    if (!depth.integer)
        return value_int(room[9]);
    return fits(value_int(depth.integer - 1));
}

static void a_larger_stack_holds_more(void **state)
{
    loop_set_defaults(&(LoopOptions){.clock = CLOCK_VIRTUAL, .stack_size = 4 * 1024 * 1024});
    assert_int_equal(loop_run(coroutine(fits, value_int(200))).integer, 1);
}

/* Dies in one of these ways. */
static int die(const char *how)
{
    if (strcmp(how, "ignored") == 0)
        signal(SIGSEGV, SIG_IGN);
    if (strncmp(how, "unguarded", 9) == 0)
        stack_guards_by_mapping(0);
    CoroutineFunction function = strcmp(how, "overflow") == 0         ? calls_deeper
                                 : strcmp(how, "unguarded") == 0      ? calls_deeper
                                 : strcmp(how, "unguarded once") == 0 ? goes_too_deep
                                 : strcmp(how, "array") == 0          ? has_a_large_array
                                 : strcmp(how, "fault") == 0          ? reads_nowhere
                                                                      : sends_itself_a_fault;
    loop_run(coroutine_new("main_", function, NONE));
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 1)
        return die(argv[1]);
    const struct CMUnitTest tests[] = {
        rule(a_switch_goes_there_and_comes_back),
        rule(stacks_do_not_overlap_and_are_used_again),
        rule(of_a_few_stacks_only_those_in_use_take_memory),
        rule(of_many_stacks_the_first_page_is_made_in_advance),
        rule(the_page_below_each_stack_is_guarded),
        rule(an_overflow_names_task_and_stack_and_ends_the_program),
        rule(an_array_larger_than_the_stack_is_named_too),
        rule(an_overflow_of_a_stack_without_a_guard_is_seen_too),
        rule(when_mappings_run_short_stacks_are_watched_instead_of_guarded),
        rule(tasks_beyond_the_guards_park_and_end_as_others_do),
        rule(any_other_fault_stays_what_it_is),
        rule(a_fault_that_a_process_sent_ends_the_program_at_once),
        rule(a_fault_that_was_ignored_before_stays_ignored_when_it_is_sent),
        rule(a_larger_stack_holds_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
