/*
 * timeline_gaps.c — time that passes: the loop sleeps in select, or a call holds it; and in which words that
 * is told.
 */
#include "timeline_parts.h"

bool timeline_asleep(const History *history, const ColumnGap *gap)
{
    enum { FIRST = 16 };
    if (gap->length < 0 || history_kind(history, gap->event) == EV_SELECTED)
        return true;
    /* Select returns with it, or has not yet returned: a job in a thread whose sleep was over does something
       first. */
    for (uint32_t before = gap->event - 1; before > 0 && gap->event - before < FIRST; before--) {
        EventKind kind = history_kind(history, before);
        if (kind == EV_SELECT)
            return true;
        if (kind != EV_READY && kind != EV_LINE)
            return false;
    }
    return false;
}

const char *timeline_gap_words(const Timeline *timeline, const char *key, const ColumnGap *gap, char *buffer,
                               size_t size)
{
    char time[32];
    if (gap->length < 0)
        return scene_text(timeline->scene, "timeline.for_ever");
    time_label(gap->length, time, sizeof time);
    return scene_fill(timeline->scene, buffer, size, key, "time", time, NULL);
}

int timeline_gap_room(const ColumnGap *gap)
{
    enum { WIDEST = 1 << 20 };
    return !(gap->width > 0) ? 0 : gap->width < WIDEST ? (int)gap->width : WIDEST;
}

int timeline_gap_width(const Timeline *timeline, const char *words)
{
    char zeros[96];
    size_t length = 0;
    for (; words[length] && length + 1 < sizeof zeros; length++)
        zeros[length] = words[length];
    zeros[length] = '\0';
    for (size_t k = 0; k < length; k++)
        if (zeros[k] >= '1' && zeros[k] <= '9')
            zeros[k] = '0';
    return draw_width(timeline->list, FACE_UI, scene_px(timeline->scene, TEXT_CAPTION), zeros);
}
