/*
 * test_scene_rules.c — what holds in every picture: after every event of every trace, at four sizes, in both
 * languages.
 */
#include "viz/scene_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef void (*Rule)(const DrawList *list, const Scene *scene);

static const int sizes[][2] = {{1024, 768}, {1280, 720}, {1920, 1080}, {3840, 2160}};

static bool inside(Rect r, Rect frame)
{
    return r.x >= frame.x && r.y >= frame.y && r.x + r.w <= frame.x + frame.w &&
           r.y + r.h <= frame.y + frame.h;
}

static Rect common(Rect a, Rect b)
{
    int x = a.x > b.x ? a.x : b.x, y = a.y > b.y ? a.y : b.y;
    int right = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w;
    int bottom = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;
    return rect(x, y, right - x, bottom - y);
}

/* ------------------------------------------------------------------------------------------- rules ---- */

/* The first picture in which a rule is broken, for each rule. */
typedef struct Broken {
    Rule rule;
    char how[512];
} Broken;

static Broken *looked_at;

static void fail_at(const Scene *scene, const char *what, const char *text, size_t length)
{
    Source source = history_sources(scene->history) ? history_source(scene->history, 0) : (Source){0};
    if (!*looked_at->how)
        snprintf(looked_at->how, sizeof looked_at->how, "%s: \"%.*s\" (%s, event %u, %dx%d, %s)", what,
                 (int)length, text, source.name ? source.name : "?", scene->view->i, scene->view->width,
                 scene->view->height, scene->lang == LANG_ZH ? "zh" : "en");
}

static Rect part_of(const Scene *scene, Rect r)
{
    const Layout *layout = &scene->layout;
    const Rect parts[] = {layout->header,  layout->source,   layout->console, layout->phases,   layout->ready,
                          layout->running, layout->finished, layout->waiting, layout->narration};
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
        if (rect_has(parts[k], r.x, r.y + r.h / 2))
            return parts[k];
    return rect(0, 0, 0, 0);
}

/* A text may be scrolled out of its clip at the top and bottom; sideways it never leaves it. */
static void text_stays_inside(const DrawList *list, const Scene *scene)
{
    Rect clips[8];
    int depth = 0;
    for (size_t k = 0; k < list->count; k++) {
        const Draw *item = &list->items[k];
        if (item->op == DRAW_CLIP)
            clips[depth++] = item->r;
        if (item->op == DRAW_UNCLIP)
            depth--;
        if (item->op != DRAW_TEXT)
            continue;
        const char *text = draw_string(list, item);
        for (int clip = 0; clip < depth; clip++)
            if (item->r.x < clips[clip].x || item->r.x + item->r.w > clips[clip].x + clips[clip].w)
                fail_at(scene, "text leaves its clip", text, item->length);
        if (depth == 0 && !inside(item->r, part_of(scene, item->r)))
            fail_at(scene, "text leaves its part", text, item->length);
    }
}

static void cards_do_not_overlap(const DrawList *list, const Scene *scene)
{
    Rect cards[256], clip = scene->layout.window;
    size_t count = 0;
    for (size_t k = 0; k < list->count; k++) {
        const Draw *item = &list->items[k];
        if (item->op == DRAW_CLIP)
            clip = item->r;
        if (item->op == DRAW_UNCLIP)
            clip = scene->layout.window;
        if (item->op != DRAW_GROUP || item->key >> 32 > 2)
            continue;
        Rect card = common(item->r, clip);
        for (size_t other = 0; other < count; other++) {
            Rect both = common(card, cards[other]);
            if (both.w > 0 && both.h > 0)
                fail_at(scene, "two cards overlap", "", 0);
        }
        if (count < 256)
            cards[count++] = card;
    }
}

static size_t groups_of(const DrawList *list, uint64_t key, Rect part)
{
    size_t count = 0;
    for (size_t k = 0; k < list->count; k++) {
        const Draw *item = &list->items[k];
        count += item->op == DRAW_GROUP && item->key == key && rect_has(part, item->r.x, item->r.y);
    }
    return count;
}

static bool has_card(const DrawList *list, const Scene *scene, const ReadyState *ready)
{
    return groups_of(list, GROUP_HANDLE(ready->handle), scene->layout.window) > 0 ||
           (ready->task != ID_NONE && groups_of(list, GROUP_TASK(ready->task), scene->layout.window) > 0);
}

/* Does it stand in the part of a long queue that is only counted, or is it about to join it? */
static bool is_in_counted_tail(const DrawList *list, const Scene *scene, const TaskState *task)
{
    const State *state = scene->state;
    if (task->status != STATUS_READY || state->ready_count == 0)
        return false;
    if (task->since == state->i) /* it has been made just now: its card would be behind the others */
        return state->ready_count >= 3;
    for (size_t k = state->ready_count; k-- > 0;) {
        if (has_card(list, scene, &state->ready[k]))
            return false;
        if (state->ready[k].task == task->id)
            return true;
    }
    return false;
}

/* Of many that wait some have to be scrolled to: a panel is full of others, and the one that began last is
   among them. */
static bool is_scrolled_away(const DrawList *list, const Scene *scene, const TaskState *task)
{
    const State *state = scene->state;
    size_t shown = 0;
    uint32_t newest = 0;
    for (size_t k = 0; k < state->task_count; k++) {
        if (state->tasks[k].status != STATUS_WAITING)
            continue;
        shown += groups_of(list, GROUP_TASK(state->tasks[k].id), scene->layout.window) > 0;
        newest = state->tasks[k].since > newest ? state->tasks[k].since : newest;
    }
    return task->status == STATUS_WAITING && shown >= 2 && task->since < newest;
}

/* At 1080p every trace of ours has room for all its tasks, but for the tails of long queues; at smaller sizes
   some have to be scrolled to. */
static void everybody_alive_is_shown_once(const DrawList *list, const Scene *scene)
{
    bool room = scene->view->height >= 1080;
    for (size_t k = 0; k < scene->state->task_count; k++) {
        const TaskState *task = &scene->state->tasks[k];
        size_t shown = groups_of(list, GROUP_TASK(task->id), scene->layout.window);
        if (shown > 1 || (room && shown == 0 && !is_in_counted_tail(list, scene, task) &&
                          !is_scrolled_away(list, scene, task)))
            fail_at(scene, "a task is not shown exactly once",
                    task->coroutine ? task->coroutine : "main program",
                    task->coroutine ? strlen(task->coroutine) : 12);
    }
}

static void each_is_where_its_state_is(const DrawList *list, const Scene *scene)
{
    const Layout *layout = &scene->layout;
    for (size_t k = 0; k < scene->state->task_count; k++) {
        const TaskState *task = &scene->state->tasks[k];
        uint64_t key = GROUP_TASK(task->id);
        const char *name = task->coroutine ? task->coroutine : "main program";
        if (task->status != STATUS_READY && groups_of(list, key, layout->ready))
            fail_at(scene, "in the ready queue, but not ready", name, strlen(name));
        if (task->status != STATUS_RUNNING && groups_of(list, key, layout->running))
            fail_at(scene, "in running, but does not run", name, strlen(name));
        if (task->status != STATUS_WAITING && task->status != STATUS_IDLE &&
            groups_of(list, key, layout->waiting))
            fail_at(scene, "in waiting, but does not wait", name, strlen(name));
        if (groups_of(list, key, layout->finished))
            fail_at(scene, "in finished, but alive", name, strlen(name));
    }
}

static void at_most_one_runs(const DrawList *list, const Scene *scene)
{
    size_t running = 0;
    for (size_t k = 0; k < list->count; k++) {
        const Draw *item = &list->items[k];
        running += item->op == DRAW_GROUP && rect_has(scene->layout.running, item->r.x, item->r.y);
    }
    if (running > 1)
        fail_at(scene, "more than one card in running", "", 0);
}

static void newest_end_is_shown(const DrawList *list, const Scene *scene)
{
    const Id *ended;
    size_t count = history_ended(scene->history, &ended);
    if (scene->state->ends == 0 || scene->state->ends > count)
        return;
    if (groups_of(list, GROUP_TASK(ended[scene->state->ends - 1]), scene->layout.finished) != 1)
        fail_at(scene, "the newest to finish is out of sight", "", 0);
}

/* Unless the reader has scrolled it away. */
static void head_is_labelled(const DrawList *list, const Scene *scene)
{
    const char *label = lang_text(scene->lang, "queue.head");
    if (scene->state->ready_count == 0 || scene->view->scroll[PANEL_READY] > 0)
        return;
    for (size_t k = 0; k < list->count; k++)
        if (list->items[k].op == DRAW_TEXT && strcmp(draw_string(list, &list->items[k]), label) == 0)
            return;
    fail_at(scene, "the head of the queue is not labelled", "", 0);
}

static void hots_stay_inside(const DrawList *list, const Scene *scene)
{
    for (size_t k = 0; k < list->hot_count; k++) {
        Rect r = list->hots[k].r;
        if (r.w > 0 && r.h > 0 && !inside(r, part_of(scene, r)))
            fail_at(scene, "a hot leaves its part", "", 0);
    }
}

static void balanced_and_whole(const DrawList *list, const Scene *scene)
{
    int clips = 0, groups = 0;
    for (size_t k = 0; k < list->count; k++) {
        clips += list->items[k].op == DRAW_CLIP;
        clips -= list->items[k].op == DRAW_UNCLIP;
        groups += list->items[k].op == DRAW_GROUP;
        groups -= list->items[k].op == DRAW_UNGROUP;
    }
    if (clips || groups || list->failed)
        fail_at(scene, "clips or groups are not closed", "", 0);
}

static void every_word_has_a_text(const DrawList *list, const Scene *scene)
{
    static const char *const beginnings[] = {"scene.",   "panel.",  "empty.",  "phase.", "queue.", "running.",
                                             "waiting.", "header.", "notice.", "tab.",   "why.",   "tip."};
    for (size_t k = 0; k < list->count; k++) {
        if (list->items[k].op != DRAW_TEXT)
            continue;
        const char *text = draw_string(list, &list->items[k]);
        for (size_t b = 0; b < sizeof beginnings / sizeof *beginnings; b++)
            if (strncmp(text, beginnings[b], strlen(beginnings[b])) == 0 && !strchr(text, ' '))
                fail_at(scene, "a key without a text", text, strlen(text));
        if (strchr(text, '{') && strchr(text, '}') && list->items[k].face <= FACE_UI_BOLD)
            fail_at(scene, "a placeholder is not filled", text, strlen(text));
    }
}

static size_t places_of(const DrawList *list, Draw *places, size_t max)
{
    size_t count = 0;
    for (size_t k = 0; k < list->count; k++)
        if (list->items[k].op == DRAW_GROUP && count < max)
            places[count++] = list->items[k];
    return count;
}

static void levels_are_alike(const DrawList *list, const Scene *scene)
{
    Draw before[64], after[64];
    size_t count = places_of(list, before, 64);
    DrawList other = {.measure = fake_measure()};
    View view = *scene->view;
    State state = {0};
    Opened opened = {.lesson = *scene->lesson, .history = (History *)(uintptr_t)scene->history};
    view.level = (Level)((view.level + 1) % 3);
    draw_parts(&other, &opened, &view, &state);
    if (places_of(&other, after, 64) != count)
        fail_at(scene, "another level shows other cards", "", 0);
    for (size_t k = 0; k < count; k++)
        if (before[k].key != after[k].key || memcmp(&before[k].r, &after[k].r, sizeof(Rect)) != 0)
            fail_at(scene, "another level moves a card", "", 0);
    state_clear(&state);
    draw_free(&other);
}

/* ---------------------------------------------------------------------------------- every picture ---- */

static Broken normal[] = {
    {.rule = text_stays_inside},
    {.rule = cards_do_not_overlap},
    {.rule = everybody_alive_is_shown_once},
    {.rule = each_is_where_its_state_is},
    {.rule = at_most_one_runs},
    {.rule = hots_stay_inside},
    {.rule = newest_end_is_shown},
    {.rule = head_is_labelled},
    {.rule = balanced_and_whole},
    {.rule = levels_are_alike},
    {.rule = every_word_has_a_text},
};
static Broken large[] = {{.rule = text_stays_inside},
                         {.rule = cards_do_not_overlap},
                         {.rule = hots_stay_inside},
                         {.rule = head_is_labelled}};
static Broken small[] = {{.rule = text_stays_inside}, {.rule = cards_do_not_overlap}};

static void look_at_trace(const char *name, double scale, Broken *rules, size_t count)
{
    Opened opened = open_trace(name);
    DrawList list = {.measure = fake_measure()};
    State state = {0};
    for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++)
        for (int language = 0; language < LANGUAGES; language++)
            for (uint32_t i = 0; i <= history_count(opened.history); i++) {
                View view = view_of(sizes[size][0], sizes[size][1], (Language)language);
                view.i = i;
                view.from = i ? i - 1 : 0;
                view.scale = scale;
                for (int panel = 0; scale > 1 && panel < PANELS; panel++)
                    view.scroll[panel] = (int)(i % 5) * 23 - 46; /* rows that are half in sight */
                view.level = (Level)(i % 3);
                view.tab = (Tab)(i / 3 % TABS);
                Scene scene = draw_parts(&list, &opened, &view, &state);
                for (looked_at = rules; looked_at < rules + count; looked_at++)
                    looked_at->rule(&list, &scene);
            }
    state_clear(&state);
    draw_free(&list);
    close_trace(&opened);
}

/* Once for all rules: most of the time goes into drawing. */
static int look_at_everything(void **state)
{
    DIR *folder = opendir(TESTS_DIR "/data/traces");
    int traces = 0;
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        char name[256];
        snprintf(name, sizeof name, "%s", entry->d_name);
        char *end = strstr(name, ".jsonl");
        if (!end || end[6])
            continue;
        *end = 0;
        look_at_trace(name, 1, normal, sizeof normal / sizeof *normal);
        look_at_trace(name, 1.5, large, sizeof large / sizeof *large);
        look_at_trace(name, 0.75, small, sizeof small / sizeof *small);
        traces++;
    }
    if (folder)
        closedir(folder);
    return traces > 10 ? 0 : -1;
}

static void holds(const Broken *rules, size_t count, Rule rule)
{
    for (size_t k = 0; k < count; k++)
        if (rules[k].rule == rule && *rules[k].how)
            fail_msg("%s", rules[k].how);
}

#define HOLDS(rules, rule) holds((rules), sizeof(rules) / sizeof *(rules), (rule))

/* ------------------------------------------------------------------------------------------- tests ---- */

static void no_text_leaves_its_part_or_clip(void **state)
{
    HOLDS(normal, text_stays_inside);
    HOLDS(large, text_stays_inside);
    HOLDS(small, text_stays_inside);
}

static void no_two_cards_overlap(void **state)
{
    HOLDS(normal, cards_do_not_overlap);
    HOLDS(large, cards_do_not_overlap);
    HOLDS(small, cards_do_not_overlap);
}

static void every_task_alive_is_shown_exactly_once(void **state)
{
    HOLDS(normal, everybody_alive_is_shown_once);
}

static void a_card_is_in_the_panel_of_its_state(void **state)
{
    HOLDS(normal, each_is_where_its_state_is);
}

static void at_most_one_card_is_running(void **state)
{
    HOLDS(normal, at_most_one_runs);
}

static void the_newest_to_finish_is_always_in_sight(void **state)
{
    HOLDS(normal, newest_end_is_shown);
}

static void the_head_of_the_queue_never_loses_its_label(void **state)
{
    HOLDS(normal, head_is_labelled);
    HOLDS(large, head_is_labelled);
}

static void what_can_be_clicked_stays_in_its_part(void **state)
{
    HOLDS(normal, hots_stay_inside);
    HOLDS(large, hots_stay_inside);
}

static void lists_are_whole_and_balanced(void **state)
{
    HOLDS(normal, balanced_and_whole);
}

static void a_deeper_level_moves_nothing(void **state)
{
    HOLDS(normal, levels_are_alike);
}

static void every_word_is_in_the_language_file(void **state)
{
    HOLDS(normal, every_word_has_a_text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_text_leaves_its_part_or_clip),
        cmocka_unit_test(no_two_cards_overlap),
        cmocka_unit_test(every_task_alive_is_shown_exactly_once),
        cmocka_unit_test(a_card_is_in_the_panel_of_its_state),
        cmocka_unit_test(at_most_one_card_is_running),
        cmocka_unit_test(the_newest_to_finish_is_always_in_sight),
        cmocka_unit_test(the_head_of_the_queue_never_loses_its_label),
        cmocka_unit_test(what_can_be_clicked_stays_in_its_part),
        cmocka_unit_test(lists_are_whole_and_balanced),
        cmocka_unit_test(a_deeper_level_moves_nothing),
        cmocka_unit_test(every_word_is_in_the_language_file),
    };
    return cmocka_run_group_tests(tests, look_at_everything, NULL);
}
