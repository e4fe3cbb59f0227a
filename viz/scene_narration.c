/*
 * scene_narration.c — one sentence: what just happened, and why.
 *
 * The lesson's own note where it has one for the step just taken, else what the trace itself tells. Before
 * the first step: what the lesson asks its reader to watch for.
 */
#include "rich.h"
#include "scene_parts.h"

static const char *sentence(const Scene *scene, char *buffer, size_t size)
{
    const View *view = scene->view;
    const char *note = NULL;
    if (scene->lesson->about)
        note = about_note(scene->lesson->about, scene->history, view->i > 0 ? view->from : 0, view->i,
                          scene->lang);
    if (note)
        return note;
    if (view->i == 0)
        return scene_text(scene, scene->lesson->loading && history_count(scene->history) == 0
                                     ? "empty.loading"
                                     : "empty.start");
    why_tell(buffer, size, scene->history, scene->state, view->from, view->i, scene->lang);
    return buffer;
}

/* The room of the caption: the widest it gets in this lesson, so that the sentence always begins at one
 * place. */
static int caption_width(const DrawList *list, const Scene *scene)
{
    char number[64];
    size_t count = scene->lesson->beats ? beats_count(scene->lesson->beats) : 0;
    int width = draw_width(list, FACE_UI, scene_px(scene, TEXT_CAPTION),
                           scene_fill_n(scene, number, sizeof number, "narration.beat", "n", (int64_t)count));
    int least = scene_px(scene, 86);
    return width > least ? width : least;
}

/* "step 7 / why?" in two small lines; at the start what to press. */
static void draw_caption(DrawList *list, const Scene *scene, Rect r)
{
    char number[64];
    int size = scene_px(scene, TEXT_CAPTION), high = draw_height(list, FACE_UI, size);
    int y = r.y + (r.h - 2 * high) / 2;
    size_t count = scene->lesson->beats ? beats_count(scene->lesson->beats) : 0;
    size_t beat = count > 0 ? beats_at(scene->lesson->beats, scene->view->i) + 1 : 0;
    beat = beat < count ? beat : count; /* behind the last stop it is still the last */
    bool start = scene->view->i == 0;
    scene_fill_n(scene, number, sizeof number, "narration.beat", "n", (int64_t)beat);
    scene_label(list, rect(r.x, y, r.w, high), FACE_UI, size, COLOR_MUTED,
                start ? scene_text(scene, "narration.press") : number, ID_NONE);
    scene_label(list, rect(r.x, y + high, r.w, high), FACE_UI, size, COLOR_MUTED,
                scene_text(scene, start ? "narration.begin" : "panel.narration"), ID_NONE);
}

void scene_narration(DrawList *list, const Scene *scene, Rect r)
{
    char buffer[1536];
    int line = scene_px(scene, 1), margin = scene_px(scene, 24), caption = caption_width(list, scene);
    int left = caption + scene_px(scene, 22);
    draw_fill(list, r, 0, COLOR_SUNKEN, 255);
    draw_fill(list, rect(r.x, r.y, r.w, line), 0, COLOR_BORDER, 255);
    draw_fill(list, rect(r.x, r.y + r.h - line, r.w, line), 0, COLOR_BORDER, 255);
    draw_caption(list, scene, rect(r.x + margin, r.y, caption + scene_px(scene, 2), r.h));

    Rect text = rect(r.x + margin + left, r.y + scene_px(scene, 3), r.w - left - 2 * margin,
                     r.h - scene_px(scene, 6));
    rich_draw(list, text, scene_px(scene, TEXT_NARRATION), scene_px(scene, TEXT_BODY), COLOR_TEXT,
              sentence(scene, buffer, sizeof buffer));
}
