/*
 * rich.h — a sentence with light markup (**bold**, `code`), broken into lines that fit a width.
 *
 * Latin text breaks at spaces, Chinese after any character, but no line begins with closing punctuation and
 * none ends with opening punctuation. What does not fit the room is set one step smaller; what then still
 * does not fit ends in an ellipsis, and hovering it shows the whole sentence.
 */
#ifndef VIZ_RICH_H
#define VIZ_RICH_H

#include "draw.h"

/**
 * Draws the markup inside r, left aligned, the block of lines vertically centred.
 * @param size of the letters, px
 * @param smaller the size it may shrink to before it is cut; `size` for none
 * @return the height of the lines
 */
int rich_draw(DrawList *list, Rect r, int size, int smaller, Color color, const char *markup);
/** How high the markup is when broken at `width`. */
int rich_height(const DrawList *list, int width, int size, const char *markup);
/** The markup without its marks, cut at a character to fit the buffer, always terminated. @return the length
 */
size_t rich_plain(char *buffer, size_t size, const char *markup);

#endif
