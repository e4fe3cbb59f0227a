/*
 * bench_window — what the reader waits for: the first frame, a step, and what the window costs when nothing
 * happens.
 *
 *     bench_window [LESSON]
 *
 * A step is measured without a window system, all of it: state, scene, and the pixels by the software
 * renderer, as the window does it: while the reader reads, the next step is made ready, and of a picture only
 * that is painted which has changed. The rest needs Xvfb.
 */
#include "bench.h"

#include "../window/display.h"
#include "damage.h"
#include "document.h"
#include "paint.h"

#include <dirent.h>

enum { STARTS = 15, SAMPLES = 100000 };

static const double frame_at_60_hz = 1000.0 / 60;

typedef struct Stage {
    int width, height;
    Fonts *fonts;
    Document *document;
    SDL_Surface *surface;
    SDL_Renderer *renderer;
    Painter *painter;
    Damage *damage;
    DrawList list;
    State state;
    View view;
} Stage;

static double scene_times[SAMPLES], paint_times[SAMPLES], step_times[SAMPLES];

static void make_scene(Stage *stage, uint32_t i)
{
    const Lesson *lesson = document_lesson(stage->document, LANG_ZH);
    view_do(&stage->view, lesson->history, lesson->beats, 0, DO_GO, i);
    scene_lesson(&stage->list, lesson, &stage->view, &stage->state);
}

/** Draws event i as the window does: what has changed, or all of it. Notes how long it took. */
static void draw_event(Stage *stage, uint32_t i, bool all, size_t sample)
{
    Rect parts[DAMAGE_MOST];
    int64_t start = bench_now();
    make_scene(stage, i);
    int64_t made = bench_now();
    const Rgb *colors = theme_colors(THEME_LIGHT);
    size_t count = damage_find(stage->damage, &stage->list, 0, stage->width, stage->height, parts);
    for (size_t k = 0; k < count && !all; k++)
        painter_paint_part(stage->painter, &stage->list, colors, parts[k]);
    if (all)
        painter_paint(stage->painter, &stage->list, colors);
    SDL_RenderFlush(stage->renderer);
    int64_t painted = bench_now();
    scene_times[sample] = (double)(made - start) * 1e-6;
    paint_times[sample] = (double)(painted - made) * 1e-6;
    step_times[sample] = (double)(painted - start) * 1e-6;
}

/** What the window does while the reader reads event i. */
static void prepare(Stage *stage, uint32_t i)
{
    size_t at = 0;
    View view = stage->view;
    make_scene(stage, i);
    painter_prepare(stage->painter, &stage->list, theme_colors(THEME_LIGHT), &at, 10);
    stage->view = view;
}

static void tell_steps(const Stage *stage, const char *way, size_t count)
{
    static const double parts[] = {0.5, 0.99, 1};
    static const char *const names[] = {"median", "p99", "max"};
    char what[160];
    for (int k = 0; k < 3; k++) {
        snprintf(what, sizeof what, "a step at %dx%d, %s, %s", stage->width, stage->height, way, names[k]);
        bench_tell(what, bench_quantile(step_times, count, parts[k]), "ms", "a frame at 60 Hz",
                   frame_at_60_hz);
    }
    snprintf(what, sizeof what, "… of it the scene, %s, median", way);
    bench_tell(what, bench_quantile(scene_times, count, 0.5), "ms", NULL, 0);
    snprintf(what, sizeof what, "… of it the paint, %s, median", way);
    bench_tell(what, bench_quantile(paint_times, count, 0.5), "ms", NULL, 0);
}

static void close_stage(Stage *stage)
{
    damage_free(stage->damage);
    painter_free(stage->painter);
    SDL_DestroyRenderer(stage->renderer);
    SDL_FreeSurface(stage->surface);
    state_clear(&stage->state);
    draw_free(&stage->list);
    document_free(stage->document);
    fonts_close(stage->fonts);
}

/** A window of that size, with nothing in its caches but what the first frame needs. */
static bool open_stage(Stage *stage, const char *lesson, int width, int height)
{
    const char *problem;
    *stage = (Stage){.width = width, .height = height, .fonts = fonts_open(&problem)};
    if (!stage->fonts ||
        !(stage->document = document_open(&(Opening){.source = lesson}, LANG_ZH, &problem))) {
        fprintf(stderr, "bench_window: %s\n", problem);
        return false;
    }
    document_load(stage->document, 30);
    stage->surface = SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_ARGB8888);
    stage->renderer = SDL_CreateSoftwareRenderer(stage->surface);
    stage->painter = painter_new(stage->renderer, stage->fonts);
    stage->damage = damage_new();
    stage->list.measure = fonts_measure(stage->fonts);
    view_init(&stage->view);
    stage->view.width = width;
    stage->view.height = height;
    draw_event(stage, 0, true, 0);
    return true;
}

static uint32_t events_of(const Stage *stage)
{
    uint32_t count = history_count(document_lesson(stage->document, LANG_ZH)->history);
    return count < SAMPLES ? count : SAMPLES - 1;
}

static bool bench_steps(const char *lesson, int width, int height)
{
    Stage stage;
    if (!open_stage(&stage, lesson, width, height))
        return false;
    uint32_t count = events_of(&stage);
    for (uint32_t i = 1; i <= count; i++) {
        prepare(&stage, i);
        draw_event(&stage, i, false, i - 1);
    }
    tell_steps(&stage, "for the first time", count);
    for (uint32_t i = 1; i <= count; i++)
        draw_event(&stage, count - i, false, i - 1);
    tell_steps(&stage, "back again", count);
    for (uint32_t i = 1; i <= count; i++)
        draw_event(&stage, i, true, i - 1);
    tell_steps(&stage, "all of it painted", count);
    close_stage(&stage);
    if (!open_stage(&stage, lesson, width, height))
        return false;
    for (uint32_t i = 1; i <= count; i++)
        draw_event(&stage, i, false, i - 1);
    tell_steps(&stage, "for the first time and with no pause before it", count);
    close_stage(&stage);
    return true;
}

static void open_window(const char *source)
{
    driver_run((const char *const[]){BUILD_DIR "/loopglass", "--size", "1920x1080", source, NULL});
}

/** ms from the program's start to the first frame with events in it. */
static void bench_starts(const char *lesson)
{
    double samples[STARTS];
    for (int k = 0; k < STARTS; k++) {
        double start = driver_now();
        open_window(lesson);
        while (driver_now() - start < 10 && (!driver_sees("loading=0") || driver_number("event") < 0)) {
            driver_look();
            driver_nap(0.0005);
        }
        samples[k] = driver_number("at") - start * 1e3;
        driver_close();
    }
    bench_tell("start to first frame of a lesson, median", bench_quantile(samples, STARTS, 0.5), "ms",
               "the aim", 150);
}

/** CPU time of all threads of a process, in seconds. */
static double cpu_time(pid_t process)
{
    char path[512];
    double sum = 0;
    snprintf(path, sizeof path, "/proc/%d/task", (int)process);
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        unsigned long long nanoseconds = 0;
        snprintf(path, sizeof path, "/proc/%d/task/%s/schedstat", (int)process, entry->d_name);
        FILE *file = entry->d_name[0] == '.' ? NULL : fopen(path, "r");
        if (file && fscanf(file, "%llu", &nanoseconds) == 1)
            sum += (double)nanoseconds * 1e-9;
        if (file)
            fclose(file);
    }
    if (folder)
        closedir(folder);
    return sum;
}

static void bench_idle(const char *lesson)
{
    open_window(lesson);
    driver_nap(2);
    double before = cpu_time(driver.program);
    driver_nap(5);
    bench_tell("CPU when nothing moves, over 5 s", (cpu_time(driver.program) - before) / 5 * 100, "%",
               "the aim", 0.1);
    driver_close();
}

int main(int argc, char **argv)
{
    const char *lesson = argc > 1 ? argv[1] : "pictures-coroutines";
    if (!bench_steps(lesson, 1920, 1080) || !bench_steps(lesson, 3840, 2160))
        return 1;
    if (!driver_start_display()) {
        puts("no Xvfb: start and idle are not measured (apt install xvfb)");
        return 0;
    }
    bench_starts(lesson);
    bench_idle(lesson);
    driver_stop_display();
    return 0;
}
