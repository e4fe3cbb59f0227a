/*
 * display.h — the real program in a display of its own, and what it shows there.
 *
 * What is on the screen is read from LOOPGLASS_LOG: a line for each frame ("frame … event=12/147 … lang=zh
 * …"), and one for each place that can be clicked ("hot x y w h action argument"). One program at a time.
 */
#ifndef TESTS_WINDOW_DISPLAY_H
#define TESTS_WINDOW_DISPLAY_H

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { HOTS = 1024, LINE = 8192 };

typedef struct Place {
    int x, y, w, h, action;
    long long argument;
} Place;

typedef struct Driver {
    pid_t xvfb, program;
    char display[16];
    char log[64];
    long read; /* bytes of the log that have been looked at */
    char frame[LINE];
    Place places[HOTS];
    int count;
    Place fresh[HOTS];
    int fresh_count;
    bool partly; /* of the last frame, not all places have come yet */
    int presses; /* of mouse buttons that the program has seen */
    int keys;
} Driver;

static Driver driver;

static inline double driver_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static inline void driver_nap(double seconds)
{
    nanosleep(&(struct timespec){(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)}, NULL);
}

static inline bool driver_has(const char *program)
{
    char command[256];
    snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", program);
    return system(command) == 0;
}

/** Starts Xvfb on a display that is free. @return false when it does not come up */
static inline bool driver_start_display(void)
{
    int ends[2];
    if (pipe(ends) != 0)
        return false;
    driver.xvfb = fork();
    if (driver.xvfb == 0) {
        char number[16];
        int null = open("/dev/null", O_WRONLY);
        snprintf(number, sizeof number, "%d", ends[1]);
        dup2(null, 1);
        dup2(null, 2);
        execlp("Xvfb", "Xvfb", "-displayfd", number, "-screen", "0", "1920x1080x24", "-nolisten", "tcp",
               (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    char text[16] = "";
    ssize_t n = read(ends[0], text, sizeof text - 1); /* the number, when it is ready */
    close(ends[0]);
    if (n <= 0)
        return false;
    text[strcspn(text, "\n")] = '\0';
    snprintf(driver.display, sizeof driver.display, ":%.10s", text);
    setenv("DISPLAY", driver.display, 1);
    unsetenv("WAYLAND_DISPLAY");
    unsetenv("SDL_VIDEODRIVER");
    return true;
}

static inline void driver_stop_display(void)
{
    if (driver.xvfb > 0) {
        kill(driver.xvfb, SIGTERM);
        waitpid(driver.xvfb, NULL, 0);
    }
}

/* -------------------------------------------------------------------------------------------- program ----
 */

/** Starts a program with the arguments, closed by NULL; what it shows goes to the log. */
static inline void driver_run(const char *const *argv)
{
    snprintf(driver.log, sizeof driver.log, "/tmp/loopglass-test-%d.log", (int)getpid());
    unlink(driver.log);
    driver.read = 0;
    driver.frame[0] = '\0';
    driver.count = driver.fresh_count = 0;
    driver.partly = false;
    driver.program = fork();
    if (driver.program == 0) {
        setenv("LOOPGLASS_LOG", driver.log, 1);
        execv(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
}

/** Its exit status, or 128 + signal; -1 when it runs on. */
static inline int driver_status(double seconds)
{
    int status;
    double until = driver_now() + seconds;
    while (waitpid(driver.program, &status, WNOHANG) == 0) {
        if (driver_now() > until)
            return -1;
        driver_nap(0.005);
    }
    driver.program = 0;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static inline void driver_close(void)
{
    if (driver.program > 0) {
        kill(driver.program, SIGTERM);
        if (driver_status(3) < 0) {
            kill(driver.program, SIGKILL);
            driver_status(3);
        }
    }
    unlink(driver.log);
}

/* ------------------------------------------------------------------------------------------ what is seen
 * ---- */

/** Takes in the whole lines that the log has grown by. */
static inline void driver_read(void)
{
    FILE *file = fopen(driver.log, "r");
    static char line[LINE];
    if (!file)
        return;
    fseek(file, driver.read, SEEK_SET);
    while (fgets(line, sizeof line, file) && strchr(line, '\n')) {
        Place *place = &driver.fresh[driver.fresh_count];
        driver.read = ftell(file);
        if (strncmp(line, "frame ", 6) == 0) {
            strcpy(driver.frame, line);
            driver.fresh_count = 0;
            driver.partly = strstr(line, " hots=1 ") != NULL;
        } else if (strncmp(line, "press ", 6) == 0) {
            driver.presses++;
        } else if (strncmp(line, "key ", 4) == 0) {
            driver.keys++;
        } else if (strncmp(line, "end", 3) == 0) {
            memcpy(driver.places, driver.fresh, sizeof driver.places);
            driver.count = driver.fresh_count;
            driver.partly = false;
        } else if (driver.fresh_count + 1 < HOTS &&
                   sscanf(line, "hot %d %d %d %d %d %lld", &place->x, &place->y, &place->w, &place->h,
                          &place->action, &place->argument) == 6) {
            driver.fresh_count++;
        }
    }
    fclose(file);
}

/** Takes in what the log has grown by, up to a frame with all its places. */
static inline void driver_look(void)
{
    double until = driver_now() + 2;
    driver_read();
    while (driver.partly && driver_now() < until) {
        driver_nap(0.001);
        driver_read();
    }
}

/** Does the last frame have "field=value"? The value up to a space, or up to the next '/' of the frame. */
static inline bool driver_sees(const char *field)
{
    size_t length = strlen(field);
    for (const char *at = driver.frame; (at = strstr(at, field)); at++)
        if (at > driver.frame && at[-1] == ' ' && strchr(" /\n", at[length]))
            return true;
    return false;
}

/** A number of the last frame. */
static inline double driver_number(const char *field)
{
    char name[64];
    snprintf(name, sizeof name, " %s=", field);
    const char *at = strstr(driver.frame, name);
    return at ? strtod(at + strlen(name), NULL) : -1;
}

static inline int driver_event(void)
{
    return (int)driver_number("event");
}

/** How many events there are. */
static inline int driver_events(void)
{
    const char *at = strstr(driver.frame, " event=");
    at = at ? strchr(at, '/') : NULL;
    return at ? atoi(at + 1) : -1;
}

#endif
