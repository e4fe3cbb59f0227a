/*
 * The generator: the same seed is the same program, every statement comes up, and what the shrinker leaves
 * out is out of both halves.
 */
#include "compare/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static char *text_of(const Plan *plan, bool c)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    if (c)
        plan_write_c(plan, "", out);
    else
        plan_write_python(plan, out);
    fclose(out);
    return text;
}

static void assert_same_text(const Plan *one, const Plan *other)
{
    for (int c = 0; c < 2; c++) {
        char *text = text_of(one, c), *again = text_of(other, c);
        assert_string_equal(text, again);
        free(text);
        free(again);
    }
}

static void a_seed_is_always_the_same_program(void **state)
{
    for (uint64_t seed = 1; seed <= 50; seed++) {
        Plan *plan = plan_grow(seed), *again = plan_grow(seed), *other = plan_grow(seed + 1);
        assert_same_text(plan, again);
        char *text = text_of(plan, false), *different = text_of(other, false);
        assert_string_not_equal(text, different);
        free(text);
        free(different);
        plan_free(plan);
        plan_free(again);
        plan_free(other);
    }
}

static void a_copy_is_the_same_program(void **state)
{
    Plan *plan = plan_grow(7), *copy = plan_copy(plan);
    assert_same_text(plan, copy);
    plan_drop(copy, 0, plan_statements(copy));
    assert_int_equal(plan_statements(copy), 0);
    assert_true(plan_statements(plan) > 0);
    plan_free(copy);
    plan_free(plan);
}

static void every_statement_comes_up(void **state)
{
    enum { SEEDS = 3000, MOST_OPS = 256 };
    const Op *missing[MOST_OPS];
    size_t count = 0;
    for (const Op *op = ops; op->python; op++) {
        assert_true(count < MOST_OPS);
        missing[count++] = op;
    }
    for (uint64_t seed = 1; seed <= SEEDS && count; seed++) {
        Plan *plan = plan_grow(seed);
        for (size_t k = count; k-- > 0;)
            if (plan_says(plan, missing[k]->python))
                missing[k] = missing[--count];
        plan_free(plan);
    }
    if (count)
        fail_msg("no seed has %s", missing[0]->python);
}

/* What varies has to be the same in both languages: what one does not name it cannot have from the seed. */
static void both_languages_name_the_same_things(void **state)
{
    for (const Op *op = ops; op->python; op++)
        for (const char *at = op->python; *at; at++)
            if (*at == '$') {
                char name[] = {'$', at[1], '\0'};
                if (!strstr(op->c, name))
                    fail_msg("%s: there is no %s in C: %s", op->python, name, op->c);
            }
}

static void leaving_out_makes_smaller(void **state)
{
    for (uint64_t seed = 1; seed <= 200; seed++) {
        Plan *plan = plan_grow(seed);
        int statements = plan_statements(plan);
        for (int k = 0; k < statements; k += 3) {
            Plan *copy = plan_copy(plan);
            plan_drop(copy, k, 1);
            assert_true(plan_statements(copy) < statements);
            plan_free(copy);
            copy = plan_copy(plan);
            if (plan_unwrap(copy, k))
                assert_true(plan_statements(copy) < statements);
            plan_free(copy);
        }
        plan_free(plan);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seed_is_always_the_same_program),
        cmocka_unit_test(a_copy_is_the_same_program),
        cmocka_unit_test(every_statement_comes_up),
        cmocka_unit_test(leaving_out_makes_smaller),
        cmocka_unit_test(both_languages_name_the_same_things),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
