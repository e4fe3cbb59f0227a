/*
 * input.h — keys and mouse as actions: one table for all keys, and what a point of the picture does.
 */
#ifndef VIZ_INPUT_H
#define VIZ_INPUT_H

#include "draw.h"
#include "view.h"

#include <SDL.h>

typedef struct Command {
    Action action; /* DO_NOTHING: the key means nothing here */
    int64_t argument;
} Command;

/** What a key does, in a lesson or in the list of lessons. */
Command input_key(SDL_Keycode key, SDL_Keymod modifiers, bool in_list);
/** The same for the first of keys as a command line gives them: a character that a keyboard could have typed
 * ("?", "x"), or the name of a key that types none ("<Down>", as SDL calls it). *next is behind it. */
Command input_first(const char *keys, const char **next, bool in_list);

/** The topmost hot at a point that can be clicked: scroll areas let clicks through. */
const Hot *input_click(const DrawList *list, int x, int y);
/** The lanes at a point, whatever stands in them; NULL when it is beside them or something covers them. */
const Hot *input_lanes(const DrawList *list, int x, int y);
/** The topmost hot at a point that the wheel acts on: a scroll area, the lanes, the ruler or the minimap. */
const Hot *input_wheel(const DrawList *list, int x, int y);
/** Is it a strip whose argument depends on where in it the mouse is? */
bool input_is_strip(Action action);
/** The argument of a strip's action for the mouse at x. */
int64_t input_strip(const Hot *hot, const History *history, const View *view, int x);

#endif
