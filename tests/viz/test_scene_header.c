/*
 * test_scene_header.c — the summary beside the title, and the numbers that share the room with it.
 */
#include "viz/scene_shown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Where the words of the summary stand, and how large they are. */
static void summary_at(const Shown *shown, char *text, size_t size)
{
    text[0] = 0;
    for (size_t k = 0; k < shown->list.count; k++) {
        const Draw *item = &shown->list.items[k];
        const char *word = item->op == DRAW_TEXT ? draw_string(&shown->list, item) : "";
        if (rect_has(shown->scene.layout.header, item->r.x, item->r.y) && strncmp(word, "su", 2) == 0)
            snprintf(text + strlen(text), size - strlen(text), "%d,%d,%d ", item->r.x, item->r.y, item->size);
    }
}

/* "event 7 / 412" goes without its word for a summary that has no room, but that does not come and go with
 * what the numbers are. */
static void the_summary_stands_still_while_the_numbers_grow(void **state)
{
    static char trace[1 << 16];
    size_t at = 0;
    for (int i = 1; i <= 400; i++)
        at += (size_t)snprintf(trace + at, sizeof trace - at,
                               "{\"i\":%d,\"ts\":%d0000000,\"ev\":\"iteration\",\"n\":%d}\n", i, i, i);
    Shown shown;
    start_with(&shown,
               "\"program\":{\"lesson\":\"x\",\"about\":{\"title\":{\"en\":\"A title\"},\"summary\":{\"en\":"
               "\"summary of sums, sums, sums, sums\"}}}",
               trace);
    bool whole = false, brief = false;
    for (shown.view.width = 900; shown.view.width < 1920; shown.view.width += 4) {
        char first[256] = "", later[256] = "";
        for (uint32_t i = 0; i <= 400; i += 100) {
            shown.view.i = i;
            show(&shown);
            summary_at(&shown, i > 0 ? later : first, sizeof first);
            if (i > 0)
                assert_string_equal(first, later);
        }
        bool word = says_in(&shown, shown.scene.layout.header, "event 400 / 400");
        whole = whole || word;
        brief = brief || (!word && says_in(&shown, shown.scene.layout.header, "400 / 400"));
    }
    assert_true(whole && brief);
    stop(&shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_summary_stands_still_while_the_numbers_grow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
