/*
 * What a program shows of its own: found at any moment, judged by its outside, drawn as bar and picture, and
 * whatever is wrong with it is told in a word.
 */
#include "traces.h"

#include "picture.h"
#include "picture_samples.h"
#include "viz/picture_check.h"

#define PROGRESS(name, done, total) \
    "%\"progress\",\"name\":\"" name "\",\"done\":" #done ",\"total\":" #total "}\n"
#define PICTURE(name, data) "%\"picture\",\"name\":\"" name "\",\"data\":\"" data "\"}\n"

static History *history_with(const char *lines)
{
    Bytes trace = make_trace(lines);
    History *history = history_of(trace.text, trace.length);
    free(trace.text);
    return history;
}

/* ------------------------------------------------------------------------------------------ history ---- */

static void the_newest_at_any_moment_counts(void **state)
{
    History *history =
        history_with(PROGRESS("a", 1, 8) PROGRESS("b", 0, 2) PROGRESS("a", 3, 8) PICTURE("b", "") //
                     PICTURE("c", "AA==") PROGRESS("a", 8, 8));
    static const char *const names[] = {"a", "b", "c"};
    assert_int_equal(history_exhibits(history), 3);
    static const struct {
        uint32_t i;
        int64_t done[2];
        uint32_t picture[3];
    } moments[] = {{0, {0, 0}, {0, 0, 0}}, {1, {1, 0}, {0, 0, 0}}, {3, {3, 0}, {0, 0, 0}},
                   {4, {3, 0}, {0, 4, 0}}, {5, {3, 0}, {0, 4, 5}}, {6, {8, 0}, {0, 4, 5}}};
    for (size_t m = 0; m < sizeof moments / sizeof *moments; m++)
        for (size_t k = 0; k < 3; k++) {
            Exhibit exhibit = history_exhibit(history, k, moments[m].i);
            assert_string_equal(exhibit.name, names[k]);
            assert_int_equal(exhibit.picture, moments[m].picture[k]);
            if (k < 2)
                assert_int_equal(exhibit.done, moments[m].done[k]);
        }
    assert_string_equal(history_event(history, 5).text2, "AA==");
    history_free(history);
}

static void large_numbers_come_through(void **state)
{
    History *history =
        history_with(PROGRESS("a", 4294967297, 4500000000000000000) PROGRESS("a", -5, -4294967296));
    Exhibit exhibit = history_exhibit(history, 0, 1);
    assert_int_equal(exhibit.done, 4294967297);
    assert_int_equal(exhibit.total, 4500000000000000000);
    exhibit = history_exhibit(history, 0, 2);
    assert_int_equal(exhibit.done, -5);
    assert_int_equal(exhibit.total, -4294967296);
    assert_int_equal(history_event(history, 1).line, 0);
    assert_int_equal(history_event(history, 1).c_line, 0);
    history_free(history);
}

static void ever_new_names_do_not_pile_up(void **state)
{
    char *lines = malloc(1 << 20), *at = lines;
    assert_non_null(lines);
    for (int k = 0; k < 5000; k++)
        at += sprintf(at, "%%\"progress\",\"name\":\"n%d\",\"done\":1,\"total\":2}\n", k);
    History *history = history_with(lines);
    assert_int_equal(history_count(history), 5000);
    assert_int_equal(history_exhibits(history), 64);
    history_free(history);
    free(lines);
}

static void what_has_no_name_or_number_is_no_exhibit(void **state)
{
    History *history = history_with("%\"progress\",\"done\":1,\"total\":2}\n%\"picture\",\"data\":\"AA==\"}\n"
                                    "%\"progress\",\"name\":\"x\",\"done\":\"1\",\"total\":2}\n"
                                    "%\"progress\",\"name\":\"x\",\"done\":1}\n");
    assert_int_equal(history_exhibits(history), 0);
    assert_int_equal(history_bad_lines(history), 2);
    history_free(history);
}

/* --------------------------------------------------------------------------------------------- look ---- */

static void a_picture_is_judged_by_its_outside(void **state)
{
    static const struct {
        const char *data;
        PictureFault fault;
        uint32_t width;
    } looks[] = {
        {PNG_GOOD, PICTURE_GOOD, 2},       {PNG_CUT, PICTURE_CUT, 2},      {PNG_BOMB, PICTURE_LARGE, 100000},
        {PNG_DAMAGED, PICTURE_GOOD, 2},    {PNG_NONE, PICTURE_NO_PNG, 0},  {"", PICTURE_NO_PNG, 0},
        {NULL, PICTURE_NO_BASE64, 0},      {"AAA", PICTURE_NO_BASE64, 0},  {"A=AA", PICTURE_NO_BASE64, 0},
        {"A===", PICTURE_NO_BASE64, 0},    {"AA A", PICTURE_NO_BASE64, 0}, {"iVBORw0KGgo=", PICTURE_CUT, 0},
        {PNG_FLIPPED, PICTURE_DAMAGED, 2},
    };
    for (size_t k = 0; k < sizeof looks / sizeof *looks; k++) {
        PictureLook look = picture_look(looks[k].data);
        if (look.fault != looks[k].fault || look.width != looks[k].width)
            fail_msg("look %zu: fault %d, width %u", k, (int)look.fault, look.width);
        assert_true((picture_fault_key(look.fault) == NULL) == (look.fault == PICTURE_GOOD));
    }
    char *long_one = malloc(3 << 20);
    assert_non_null(long_one);
    memset(long_one, 'A', 3 << 20);
    long_one[(3 << 20) - 4] = '\0';
    assert_int_equal(picture_look(long_one).fault, PICTURE_LARGE);
    free(long_one);
}

static void any_bit_that_is_another_is_found_out(void **state)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char data[] = PNG_GOOD;
    size_t length = strcspn(data, "=") - 1; /* the last digit's lower bits are none of the file */
    for (size_t k = 0; k < length; k++) {
        char before = data[k];
        long six = strchr(digits, before) - digits;
        for (int bit = 1; bit < 64; bit *= 2) {
            data[k] = digits[six ^ bit];
            if (picture_look(data).fault == PICTURE_GOOD)
                fail_msg("digit %zu, bit %d", k, bit);
        }
        data[k] = before;
    }
    assert_int_equal(picture_look(data).fault, PICTURE_GOOD);
}

static void any_cut_of_a_picture_is_found_out(void **state)
{
    char data[] = PNG_GOOD;
    for (size_t length = strlen(data) - 4; length > 0; length -= 4) {
        data[length] = '\0';
        assert_true(picture_look(data).fault != PICTURE_GOOD);
    }
}

static void base64_is_decoded_whatever_its_length(void **state)
{
    static const char *const texts[] = {"", "AA==", "AP8=", "AP9+", "AP9+eg=="};
    for (size_t size = 0; size < sizeof texts / sizeof *texts; size++) {
        unsigned char bytes[8];
        size_t length = strlen(texts[size]);
        assert_int_equal(picture_bytes(texts[size], length), size);
        picture_decode(texts[size], length, bytes);
        assert_memory_equal(bytes, "\0\xff~z", size);
    }
}

/* -------------------------------------------------------------------------------------------- rules ---- */

typedef struct Heard {
    uint32_t line;
    char rule[32];
} Heard;

static void hear(void *context, uint32_t line, const char *rule, const char *message)
{
    Heard *heard = context;
    heard->line = line;
    snprintf(heard->rule, sizeof heard->rule, "%s", rule);
}

static void check_names_what_cannot_be(void **state)
{
    static const struct {
        const char *line, *rule;
    } lines[] = {
        {PROGRESS("a", 2, 2), NULL},
        {PROGRESS("a", 0, 0), NULL},
        {PROGRESS("a", 3, 2), "progress"},
        {PROGRESS("a", -1, 2), "progress"},
        {"%\"progress\",\"done\":1,\"total\":2}\n", "progress"},
        {"%\"progress\",\"name\":\"a\",\"total\":2}\n", "format"},
        {PICTURE("a", ""), NULL},
        {PICTURE("a", PNG_CUT), NULL}, /* the program's affair */
        {PICTURE("a", "A"), "picture"},
        {"%\"picture\",\"name\":\"a\"}\n", "picture"},
        {"%\"picture\",\"data\":\"\"}\n", "picture"},
    };
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
        char text[1024];
        snprintf(text, sizeof text, "%s%%\"end\",\"why\":\"exit\"}\n", lines[k].line);
        Bytes trace = make_trace(text);
        Heard heard = {0};
        uint32_t count = history_check(trace.text, trace.length, hear, &heard);
        if (count != (lines[k].rule != NULL) || (lines[k].rule && strcmp(heard.rule, lines[k].rule) != 0))
            fail_msg("line %zu: %u violations, %s", k, count, heard.rule);
        free(trace.text);
    }
}

/* ------------------------------------------------------------------------------------------- window ---- */

typedef struct Shown {
    Opened opened;
    DrawList list; /* the strip, and nothing else */
    View view;
    State state;
    Scene scene;
} Shown;

static void show(Shown *shown, uint32_t i, Language language)
{
    shown->view.i = i;
    shown->view.language = language;
    draw_clear(&shown->list);
    state_at(&shown->state, shown->opened.history, i);
    shown->scene = scene_of(&shown->opened.lesson, &shown->view, &shown->state);
    scene_pictures(&shown->list, &shown->scene, shown->scene.layout.pictures);
}

static void start(Shown *shown, const char *lines, int width, int height)
{
    Bytes trace = make_trace(lines);
    *shown = (Shown){.opened = open_bytes(trace.text, trace.length), .list = {.measure = fake_measure()}};
    free(trace.text);
    shown->view = view_of(width, height, LANG_EN);
    show(shown, history_count(shown->opened.history), LANG_EN);
}

static void stop(Shown *shown)
{
    state_clear(&shown->state);
    draw_free(&shown->list);
    close_trace(&shown->opened);
}

static size_t pictures(const Shown *shown, Rect *where)
{
    size_t count = 0;
    for (size_t k = 0; k < shown->list.count; k++)
        if (shown->list.items[k].op == DRAW_PICTURE) {
            count++;
            *where = shown->list.items[k].r;
        }
    return count;
}

static void without_any_there_is_no_strip(void **state)
{
    Shown shown;
    start(&shown, "%\"output\",\"fd\":1,\"text\":\"1/2\\n\"}\n", 1920, 1080);
    assert_int_equal(shown.scene.layout.pictures.h, 0);
    stop(&shown);
}

static void a_bar_is_as_long_as_what_is_done(void **state)
{
    static const int64_t parts[] = {0, 1, 2, 4};
    int whole = 0;
    for (size_t k = sizeof parts / sizeof *parts; k-- > 0;) {
        char lines[128];
        Shown shown;
        snprintf(lines, sizeof lines, "%%\"progress\",\"name\":\"a\",\"done\":%d,\"total\":4}\n",
                 (int)parts[k]);
        start(&shown, lines, 1920, 1080);
        int width = 0;
        for (size_t n = 0; n < shown.list.count; n++) {
            const Draw *d = &shown.list.items[n];
            if (d->op == DRAW_FILL && d->color == COLOR_TEXT &&
                rect_inside(d->r, shown.scene.layout.pictures))
                width = d->r.w;
        }
        whole = whole ? whole : width;
        assert_true(whole > 100);
        assert_int_equal(width, whole * parts[k] / 4);
        snprintf(lines, sizeof lines, "%d/4", (int)parts[k]);
        assert_true(says(&shown.list, lines));
        stop(&shown);
    }
}

static void a_picture_keeps_its_shape_and_leads_to_its_moment(void **state)
{
    Shown shown;
    Rect where = {0};
    start(&shown, PROGRESS("a", 4, 4) PICTURE("a", PNG_GOOD) "%\"note\",\"text\":\"x\"}\n", 1920, 1080);
    assert_int_equal(pictures(&shown, &where), 1);
    assert_int_equal(where.w, where.h);
    assert_true(rect_inside(where, shown.scene.layout.pictures));
    assert_non_null(hot_of(&shown.list, DO_GO));
    assert_int_equal(hot_of(&shown.list, DO_GO)->argument, 2);
    stop(&shown);
}

static void what_cannot_be_shown_is_told_in_a_word(void **state)
{
    static const struct {
        const char *line;
        const char *words[LANGUAGES];
    } bad[] = {
        {PICTURE("a", PNG_BOMB), {"图片太大", "too large"}},
        {PICTURE("a", PNG_CUT), {"图片不完整", "cut short"}},
        {PICTURE("a", PNG_FLIPPED), {"图片损坏", "damaged"}},
        {PICTURE("a", PNG_NONE), {"不是 PNG", "not a PNG"}},
        {PICTURE("a", "not base64!"), {"数据损坏", "broken data"}},
        {"%\"picture\",\"name\":\"a\"}\n", {"数据损坏", "broken data"}},
    };
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
        for (Language language = 0; language < LANGUAGES; language++) {
            Shown shown;
            Rect where;
            start(&shown, bad[k].line, 1024, 768);
            show(&shown, 1, language);
            assert_int_equal(pictures(&shown, &where), 0);
            if (!says(&shown.list, bad[k].words[language]))
                fail_msg("%s is not told", bad[k].words[language]);
            stop(&shown);
        }
}

static void at_every_size_all_is_inside_and_nothing_overlaps(void **state)
{
    static const char lines[] = PROGRESS("sun", 5000, 15683) PROGRESS("sea", 6500, 6500)
        PICTURE("sea", PNG_GOOD) PROGRESS("a name that is longer than its place", 1, 4500000000000000000)
            PROGRESS("d", 0, 1) PROGRESS("e", 0, 1) PROGRESS("f", -3, -4) PICTURE("g", PNG_CUT);
    for (size_t k = 0; k < WINDOW_SIZES; k++)
        for (uint32_t i = 0; i <= 8; i++) {
            Shown shown;
            start(&shown, lines, window_sizes[k][0], window_sizes[k][1]);
            show(&shown, i, i % 2 ? LANG_ZH : LANG_EN);
            assert_inside(&shown.list, shown.scene.layout.pictures);
            assert_texts_apart(&shown.list);
            stop(&shown);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newest_at_any_moment_counts),
        cmocka_unit_test(large_numbers_come_through),
        cmocka_unit_test(ever_new_names_do_not_pile_up),
        cmocka_unit_test(what_has_no_name_or_number_is_no_exhibit),
        cmocka_unit_test(a_picture_is_judged_by_its_outside),
        cmocka_unit_test(any_bit_that_is_another_is_found_out),
        cmocka_unit_test(any_cut_of_a_picture_is_found_out),
        cmocka_unit_test(base64_is_decoded_whatever_its_length),
        cmocka_unit_test(check_names_what_cannot_be),
        cmocka_unit_test(without_any_there_is_no_strip),
        cmocka_unit_test(a_bar_is_as_long_as_what_is_done),
        cmocka_unit_test(a_picture_keeps_its_shape_and_leads_to_its_moment),
        cmocka_unit_test(what_cannot_be_shown_is_told_in_a_word),
        cmocka_unit_test(at_every_size_all_is_inside_and_nothing_overlaps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
