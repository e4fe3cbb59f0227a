/*
 * Which saved file matters to a program, however it was saved.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "edits.h"

static void what_belongs_to_a_program_matters_and_nothing_else(void **state)
{
    assert_true(edits_matters("my.c", "my.c"));
    assert_true(edits_matters("my.c", "my.py"));
    assert_true(edits_matters("my.c", "half.h"));
    assert_true(edits_matters("lesson.c", "as-written.c"));
    assert_true(edits_matters("lesson.c", "lesson.json"));
    assert_true(edits_matters("my.py", "helper.py"));
    assert_true(edits_matters("t.jsonl", "t.jsonl"));
    assert_false(edits_matters("my.c", "other.c"));
    assert_false(edits_matters("my.c", ".my.c.swp"));
    assert_false(edits_matters("my.c", "my.c~"));
    assert_false(edits_matters("my.c", "result.json"));
    assert_false(edits_matters("my.py", "data.json"));
}

static void write_text(const char *path)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("x\n", file);
    fclose(file);
}

static void written_over_and_renamed_are_both_saved(void **state)
{
    char folder[] = "/tmp/loopglass-edits-XXXXXX", mine[64], other[64];
    assert_non_null(mkdtemp(folder));
    snprintf(mine, sizeof mine, "%s/my.c", folder);
    snprintf(other, sizeof other, "%s/new", folder);
    write_text(mine);
    Edits *edits = edits_new();
    assert_non_null(edits);
    edits_follow(edits, mine);
    assert_false(edits_take(edits));
    write_text(other);
    assert_false(edits_take(edits));
    write_text(mine);
    assert_true(edits_take(edits));
    assert_false(edits_take(edits));
    assert_int_equal(rename(other, mine), 0);
    assert_true(edits_take(edits));
    edits_follow(edits, NULL);
    write_text(mine);
    assert_false(edits_take(edits));
    edits_free(edits);
    unlink(mine);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_belongs_to_a_program_matters_and_nothing_else),
        cmocka_unit_test(written_over_and_renamed_are_both_saved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
