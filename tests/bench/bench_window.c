/*
 * bench_window — what the reader waits for: the first frame, a step, and what the window costs when nothing
 * happens.
 *
 *     bench_window [LESSON]
 *
 * A step is measured without a window system, all of it: state, scene, and every pixel of 1920×1080 by the
 * software renderer. The rest needs Xvfb.
 */
#include "bench.h"

#include "../window/display.h"
#include "document.h"
#include "paint.h"

#include <dirent.h>

enum { STARTS = 15, SAMPLES = 100000 };

static const double frame_at_60_hz = 1000.0 / 60;

typedef struct Stage {
    Fonts *fonts;
    Document *document;
    SDL_Surface *surface;
    SDL_Renderer *renderer;
    Painter *painter;
    DrawList list;
    State state;
    View view;
} Stage;

static double scene_times[SAMPLES], paint_times[SAMPLES], step_times[SAMPLES];

/** Draws event i from scratch, and notes how long it took. */
static void draw_event(Stage *stage, uint32_t i, size_t sample)
{
    const Lesson *lesson = document_lesson(stage->document, LANG_ZH);
    int64_t start = bench_now();
    view_do(&stage->view, lesson->history, lesson->beats, 0, DO_GO, i);
    scene_lesson(&stage->list, lesson, &stage->view, &stage->state);
    int64_t made = bench_now();
    painter_paint(stage->painter, &stage->list, theme_colors(THEME_LIGHT));
    SDL_RenderFlush(stage->renderer);
    int64_t painted = bench_now();
    scene_times[sample] = (double)(made - start) * 1e-6;
    paint_times[sample] = (double)(painted - made) * 1e-6;
    step_times[sample] = (double)(painted - start) * 1e-6;
}

static void tell_steps(const char *way, size_t count)
{
    static const double parts[] = {0.5, 0.99, 1};
    static const char *const names[] = {"median", "p99", "max"};
    char what[128];
    for (int k = 0; k < 3; k++) {
        snprintf(what, sizeof what, "a step at 1920x1080, %s, %s", way, names[k]);
        bench_tell(what, bench_quantile(step_times, count, parts[k]), "ms", "a frame at 60 Hz",
                   frame_at_60_hz);
    }
    snprintf(what, sizeof what, "… of it the scene, %s, median", way);
    bench_tell(what, bench_quantile(scene_times, count, 0.5), "ms", NULL, 0);
    snprintf(what, sizeof what, "… of it the paint, %s, median", way);
    bench_tell(what, bench_quantile(paint_times, count, 0.5), "ms", NULL, 0);
}

static bool bench_steps(const char *lesson)
{
    const char *problem;
    Stage stage = {.fonts = fonts_open(&problem)};
    if (!stage.fonts || !(stage.document = document_open(lesson, NULL, LANG_ZH, &problem))) {
        fprintf(stderr, "bench_window: %s\n", problem);
        return false;
    }
    document_load(stage.document, 30);
    stage.surface = SDL_CreateRGBSurfaceWithFormat(0, 1920, 1080, 32, SDL_PIXELFORMAT_ARGB8888);
    stage.renderer = SDL_CreateSoftwareRenderer(stage.surface);
    stage.painter = painter_new(stage.renderer, stage.fonts);
    stage.list.measure = fonts_measure(stage.fonts);
    view_init(&stage.view);
    stage.view.width = 1920;
    stage.view.height = 1080;
    uint32_t count = history_count(document_lesson(stage.document, LANG_ZH)->history);
    count = count < SAMPLES ? count : SAMPLES - 1;
    for (uint32_t i = 0; i <= count; i++)
        draw_event(&stage, i, i);
    tell_steps("seen for the first time", count + 1);
    for (uint32_t i = 0; i <= count; i++)
        draw_event(&stage, count - i, i);
    tell_steps("back again", count + 1);
    painter_free(stage.painter);
    SDL_DestroyRenderer(stage.renderer);
    SDL_FreeSurface(stage.surface);
    state_clear(&stage.state);
    draw_free(&stage.list);
    document_free(stage.document);
    fonts_close(stage.fonts);
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
    if (!bench_steps(lesson))
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
