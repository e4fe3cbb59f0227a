/*
 * What a class reads: every note of every lesson comes up when one steps through it beat by beat, and every
 * sentence, a lesson's own or one made from the trace, has room in the smallest window.
 */
#include "expected.h"
#include "ran.h"

#include "../viz/fake_measure.h"

#include "about.h"
#include "beat.h"
#include "scene.h"
#include "scene_parts.h"
#include "why.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <cjson/cJSON.h>
#include <string.h>

/* ------------------------------------------------------------------------------- a lesson, opened ---- */

typedef struct Opened {
    History *history;
    Beats *beats;
    About *about;
    State state;
} Opened;

static Opened open_lesson(const Expected *lesson)
{
    Ran ran = lesson->variant ? LOOPRUN(lesson->lesson, "--trace", "-", "--variant", lesson->variant)
                              : LOOPRUN(lesson->lesson, "--trace", "-");
    Opened opened = {.history = history_new(), .beats = beats_new()};
    assert_non_null(opened.history);
    assert_non_null(opened.beats);
    assert_true(history_feed(opened.history, ran.out, ran.out_length));
    assert_true(history_finish(opened.history));
    opened.about = about_new(opened.history);
    assert_non_null(opened.about);
    beats_heed(opened.beats, opened.about);
    assert_true(beats_update(opened.beats, opened.history));
    ran_free(&ran);
    return opened;
}

static void close_lesson(Opened *opened)
{
    state_clear(&opened->state);
    about_free(opened->about);
    beats_free(opened->beats);
    history_free(opened->history);
}

/* The note at the k-th moment of a reader who goes from beat to beat; 0: before the first. */
static const char *note_at(const Opened *opened, size_t k, Language language)
{
    uint32_t from = k > 1 ? beats_stop(opened->beats, k - 2) : 0;
    uint32_t until = k > 0 ? beats_stop(opened->beats, k - 1) : 0;
    return about_note(opened->about, opened->history, from, until, language);
}

/* ------------------------------------------------------------------------------------------- rules ---- */

static bool comes_up(const Opened *opened, const char *text, Language language)
{
    for (size_t k = 0; k <= beats_count(opened->beats); k++) {
        const char *note = note_at(opened, k, language);
        if (note && strcmp(note, text) == 0)
            return true;
    }
    return false;
}

static void every_note_comes_up_beat_by_beat_in_both_languages(void **state)
{
    Opened opened = open_lesson(*state);
    cJSON *header = cJSON_Parse(history_header(opened.history));
    const cJSON *program = cJSON_GetObjectItem(header, "program"), *note;
    const cJSON *notes = cJSON_GetObjectItem(cJSON_GetObjectItem(program, "about"), "notes");
    assert_true(cJSON_GetArraySize(notes) > 0);
    cJSON_ArrayForEach(note, notes)
    {
        const char *at = cJSON_GetStringValue(cJSON_GetObjectItem(note, "at"));
        if (!comes_up(&opened, cJSON_GetStringValue(cJSON_GetObjectItem(note, "zh")), LANG_ZH) ||
            !comes_up(&opened, cJSON_GetStringValue(cJSON_GetObjectItem(note, "en")), LANG_EN))
            fail_msg("the note at \"%s\" never comes up", at);
    }
    cJSON_Delete(header);
    close_lesson(&opened);
}

static void it_begins_and_ends_with_words_of_its_own(void **state)
{
    Opened opened = open_lesson(*state);
    assert_non_null(note_at(&opened, 0, LANG_ZH));
    assert_non_null(note_at(&opened, beats_count(opened.beats), LANG_ZH));
    close_lesson(&opened);
}

static bool has_switch(const History *history, uint32_t from, uint32_t until)
{
    for (uint32_t i = from; i <= until; i++)
        if (history_kind(history, i) == EV_SWITCH)
            return true;
    return false;
}

/* Only where a coroutine is driven by hand a note goes on to speak of the switch that leaves its line. */
static void every_note_at_a_line_is_told_while_that_line_is_lit(void **state)
{
    Opened opened = open_lesson(*state);
    for (uint32_t i = 1; i <= history_count(opened.history); i++) {
        if (history_kind(opened.history, i) != EV_LINE || !about_has_note(opened.about, opened.history, i))
            continue;
        Event noted = history_event(opened.history, i);
        size_t k = beats_at(opened.beats, i);
        uint32_t stop = beats_stop(opened.beats, k);
        assert_true(state_at(&opened.state, opened.history, stop));
        if ((opened.state.line != noted.line || opened.state.source != noted.source) &&
            !has_switch(opened.history, i, stop))
            fail_msg("beat %zu: the note at line %u is told with line %u lit", k + 1, noted.line,
                     opened.state.line);
    }
    close_lesson(&opened);
}

/* Draws the narration and looks for the mark of a sentence that was cut. */
static bool is_cut(Opened *opened, DrawList *list, View *view)
{
    Lesson lesson = {.history = opened->history, .beats = opened->beats, .about = opened->about};
    draw_clear(list);
    assert_true(state_at(&opened->state, opened->history, view->i));
    Scene scene = scene_of(&lesson, view, &opened->state);
    scene_narration(list, &scene, scene.layout.narration);
    for (size_t k = 0; k < list->count; k++)
        if (list->items[k].op == DRAW_TEXT && strcmp(list->texts + list->items[k].text, "…") == 0)
            return true;
    return false;
}

static void every_sentence_has_room_in_the_smallest_window(void **state)
{
    Opened opened = open_lesson(*state);
    DrawList list = {0};
    list.measure = fake_measure();
    for (int language = 0; language < LANGUAGES; language++) {
        View view;
        view_init(&view);
        view.width = 1024;
        view.height = 768;
        view.language = (Language)language;
        for (size_t k = 0; k <= beats_count(opened.beats); k++) {
            view.from = view.i;
            view.i = k > 0 ? beats_stop(opened.beats, k - 1) : 0;
            if (is_cut(&opened, &list, &view))
                fail_msg("language %d, beat %zu: the sentence is cut", language, k);
        }
    }
    draw_free(&list);
    close_lesson(&opened);
}

int main(void)
{
    static const struct {
        const char *name;
        CMUnitTestFunction function;
    } rules[] = {
        {"every note comes up, beat by beat, in both languages",
         every_note_comes_up_beat_by_beat_in_both_languages},
        {"every note at a line is told while that line is lit",
         every_note_at_a_line_is_told_while_that_line_is_lit},
        {"it begins and ends with words of its own", it_begins_and_ends_with_words_of_its_own},
        {"every sentence has room in the smallest window", every_sentence_has_room_in_the_smallest_window},
    };
    enum { RULES = sizeof rules / sizeof *rules, MOST = 512 };
    static char names[MOST][160];
    static struct CMUnitTest tests[MOST];
    size_t count = 0;
    for (size_t k = 0; k < expected_count * RULES && count < MOST; k++, count++) {
        char name[96];
        snprintf(names[count], sizeof names[count], "%s: %s",
                 expected_name(&expected[k / RULES], name, sizeof name), rules[k % RULES].name);
        tests[count] = (struct CMUnitTest){.name = names[count],
                                           .test_func = rules[k % RULES].function,
                                           .initial_state = (void *)&expected[k / RULES]};
    }
    return _cmocka_run_group_tests("narration", tests, count, NULL, NULL);
}
