/*
 * input.c — the key map is a table; a modifier belongs to a row, and the first row that fits is taken.
 */
#include "input.h"

#include "timeline.h"

#include <string.h>

enum { ANY_SHIFT = 1, SHIFT = 2, CTRL = 4, LESSON = 8, LIST = 16, BOTH = LESSON | LIST };

#define MARKED_UP   TURN_OF(-1, 1)
#define MARKED_DOWN TURN_OF(-1, -1)

typedef struct KeyRow {
    SDL_Keycode key;
    int when;
    Action action;
    int64_t argument;
} KeyRow;

// clang-format off
static const KeyRow rows[] = {
    /* key              when                     does                    argument */
    {SDLK_SPACE,        LESSON,                  DO_PLAY,                0},
    {SDLK_RETURN,       LESSON,                  DO_PLAY,                0},
    {SDLK_KP_ENTER,     LESSON,                  DO_PLAY,                0},
    {SDLK_RIGHT,        LESSON | SHIFT,          DO_FORWARD_ITERATION,   0},
    {SDLK_LEFT,         LESSON | SHIFT,          DO_BACK_ITERATION,      0},
    {SDLK_RIGHT,        LESSON,                  DO_FORWARD,             0},
    {SDLK_LEFT,         LESSON,                  DO_BACK,                0},
    {SDLK_PERIOD,       LESSON,                  DO_FORWARD,             0},
    {SDLK_COMMA,        LESSON,                  DO_BACK,                0},
    {SDLK_PAGEDOWN,     LESSON,                  DO_FORWARD,             0},
    {SDLK_PAGEUP,       LESSON,                  DO_BACK,                0},
    {SDLK_n,            LESSON | SHIFT,          DO_BACK_NOTE,           0},
    {SDLK_n,            LESSON,                  DO_FORWARD_NOTE,        0},
    {SDLK_HOME,         LESSON,                  DO_START,               0},
    {SDLK_END,          LESSON,                  DO_END,                 0},
    {SDLK_UP,           LESSON,                  DO_FASTER,              0},
    {SDLK_DOWN,         LESSON,                  DO_SLOWER,              0},
    {SDLK_s,            LESSON | SHIFT,          DO_STEP_SIZE,          -1},

    {SDLK_w,            LESSON,                  DO_ZOOM_IN,            -1},
    {SDLK_s,            LESSON,                  DO_ZOOM_OUT,           -1},
    {SDLK_a,            LESSON,                  DO_PAN_LEFT,            0},
    {SDLK_d,            LESSON,                  DO_PAN_RIGHT,           0},
    {SDLK_0,            BOTH | CTRL,             DO_NORMAL_SIZE,         0},
    {SDLK_KP_0,         BOTH | CTRL,             DO_NORMAL_SIZE,         0},
    {SDLK_0,            LESSON,                  DO_FIT,                 0},
    {SDLK_f,            LESSON,                  DO_FOCUS,               0},
    {SDLK_x,            LESSON,                  DO_AXIS,                0},

    {SDLK_1,            LESSON,                  DO_LEVEL,               LEVEL_TASKS},
    {SDLK_2,            LESSON,                  DO_LEVEL,               LEVEL_FUTURES},
    {SDLK_3,            LESSON,                  DO_LEVEL,               LEVEL_LOOP},
    {SDLK_TAB,          LESSON,                  DO_TAB,                -1},
    {SDLK_r,            LESSON,                  DO_RESTART,             0},
    {SDLK_k,            LESSON | SHIFT,          DO_KNOB,               -1},
    {SDLK_k,            LESSON,                  DO_KNOB,                1},
    {SDLK_PLUS,         LESSON | ANY_SHIFT,      DO_TURN,                MARKED_UP},
    {SDLK_EQUALS,       LESSON | ANY_SHIFT,      DO_TURN,                MARKED_UP},
    {SDLK_KP_PLUS,      LESSON,                  DO_TURN,                MARKED_UP},
    {SDLK_MINUS,        LESSON,                  DO_TURN,                MARKED_DOWN},
    {SDLK_KP_MINUS,     LESSON,                  DO_TURN,                MARKED_DOWN},

    {SDLK_UP,           LIST,                    DO_LIST_UP,             0},
    {SDLK_DOWN,         LIST,                    DO_LIST_DOWN,           0},
    {SDLK_PAGEUP,       LIST,                    DO_LIST_UP,             0},
    {SDLK_PAGEDOWN,     LIST,                    DO_LIST_DOWN,           0},
    {SDLK_HOME,         LIST,                    DO_LIST_PICK,           0},
    {SDLK_END,          LIST,                    DO_LIST_PICK,           INT32_MAX},
    {SDLK_v,            LIST,                    DO_LIST_VARIANT,        0},
    {SDLK_RETURN,       LIST,                    DO_OPEN,               -1},
    {SDLK_KP_ENTER,     LIST,                    DO_OPEN,               -1},
    {SDLK_SPACE,        LIST,                    DO_OPEN,               -1},
    {SDLK_RIGHT,        LIST,                    DO_OPEN,               -1},

    {SDLK_l,            BOTH,                    DO_LANGUAGE,            0},
    {SDLK_t,            BOTH,                    DO_THEME,               0},
    {SDLK_PLUS,         BOTH | CTRL | ANY_SHIFT, DO_BIGGER,              0},
    {SDLK_EQUALS,       BOTH | CTRL | ANY_SHIFT, DO_BIGGER,              0},
    {SDLK_KP_PLUS,      BOTH | CTRL,             DO_BIGGER,              0},
    {SDLK_MINUS,        BOTH | CTRL | ANY_SHIFT, DO_SMALLER,             0},
    {SDLK_KP_MINUS,     BOTH | CTRL,             DO_SMALLER,             0},
    {SDLK_F11,          BOTH,                    DO_FULL_SCREEN,         0},
    {SDLK_QUESTION,     BOTH | ANY_SHIFT,        DO_HELP,                0},
    {SDLK_SLASH,        BOTH | SHIFT,            DO_HELP,                0},
    {SDLK_F1,           BOTH,                    DO_HELP,                0},
    {SDLK_ESCAPE,       BOTH,                    DO_BACK_OUT,            0},
    {SDLK_q,            BOTH | CTRL,             DO_QUIT,                0},
    {SDLK_w,            BOTH | CTRL,             DO_QUIT,                0},
};
// clang-format on

Command input_key(SDL_Keycode key, SDL_Keymod modifiers, bool in_list)
{
    bool shift = modifiers & KMOD_SHIFT, ctrl = modifiers & KMOD_CTRL;
    if (modifiers & (KMOD_ALT | KMOD_GUI))
        return (Command){DO_NOTHING, 0};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        const KeyRow *row = &rows[k];
        bool fits = row->key == key && (row->when & (in_list ? LIST : LESSON)) &&
                    !!(row->when & CTRL) == ctrl &&
                    ((row->when & ANY_SHIFT) || !!(row->when & SHIFT) == shift);
        if (fits)
            return (Command){row->action, row->argument};
    }
    return (Command){DO_NOTHING, 0};
}

static const struct {
    const char *name;
    SDL_Keycode key;
} names[] = {
    {"<Down>", SDLK_DOWN},         {"<Up>", SDLK_UP},         {"<Left>", SDLK_LEFT}, {"<Right>", SDLK_RIGHT},
    {"<PageDown>", SDLK_PAGEDOWN}, {"<PageUp>", SDLK_PAGEUP}, {"<Home>", SDLK_HOME}, {"<End>", SDLK_END},
    {"<Tab>", SDLK_TAB},
};

Command input_first(const char *keys, const char **next, bool in_list)
{
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (strncmp(keys, names[k].name, strlen(names[k].name)) == 0) {
            *next = keys + strlen(names[k].name);
            return input_key(names[k].key, KMOD_NONE, in_list);
        }
    char character = *keys;
    *next = keys + 1;
    bool upper = character >= 'A' && character <= 'Z';
    SDL_Keycode key = upper ? character - 'A' + 'a' : character;
    return input_key(key, upper ? KMOD_LSHIFT : KMOD_NONE, in_list);
}

const Hot *input_click(const DrawList *list, int x, int y)
{
    for (size_t k = list->hot_count; k > 0; k--)
        if (list->hots[k - 1].action != DO_SCROLL && rect_has(list->hots[k - 1].r, x, y))
            return &list->hots[k - 1];
    return NULL;
}

const Hot *input_lanes(const DrawList *list, int x, int y)
{
    for (size_t k = list->hot_count; k > 0; k--) {
        const Hot *hot = &list->hots[k - 1];
        if (!rect_has(hot->r, x, y))
            continue;
        if (hot->action == DO_LANES)
            return hot;
        if (hot->action != DO_GO && hot->action != DO_SELECT && hot->action != DO_SCROLL)
            return NULL;
    }
    return NULL;
}

const Hot *input_wheel(const DrawList *list, int x, int y)
{
    for (size_t k = list->hot_count; k > 0; k--) {
        const Hot *hot = &list->hots[k - 1];
        bool turns = hot->action == DO_SCROLL || hot->action == DO_LANES || hot->action == DO_RULER ||
                     hot->action == DO_MINIMAP;
        if (turns && rect_has(hot->r, x, y))
            return hot;
    }
    return NULL;
}

bool input_is_strip(Action action)
{
    return action == DO_SCRUB || action == DO_RULER || action == DO_LANES || action == DO_MINIMAP;
}

int64_t input_strip(const Hot *hot, const History *history, const View *view, int x)
{
    if (hot->action == DO_RULER || hot->action == DO_LANES) {
        Columns columns = columns_of(history, view, hot->r);
        return columns_event(&columns, x);
    }
    uint32_t count = history_count(history);
    double part = (double)(x - hot->r.x) / (hot->r.w > 1 ? hot->r.w - 1 : 1);
    return (int64_t)(part < 0 ? 0 : part > 1 ? count : part * count + 0.5);
}
