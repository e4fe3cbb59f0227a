/*
 * looprun — runs one lesson, or a program in C or Python, and writes down what the scheduler did.
 *
 * Headless: it links libloop and the lessons, and knows nothing of any window. What it leaves behind is the
 * program's output, the trace, and an exit status.
 */
#include "attempt.h"
#include "cache.h"
#include "card.h"
#include "complain.h"
#include "crash.h"
#include "explore.h"
#include "file.h"
#include "folder.h"
#include "knob.h"
#include "list.h"
#include "module.h"
#include "options.h"
#include "output.h"
#include "own.h"
#include "python.h"
#include "recording.h"
#include "schedule.h"
#include "script.h"
#include "shelf.h"
#include "tracefile.h"
#include "words.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What is to be run, all of it known to exist. */
typedef struct Run {
    const Options *options;
    const char *folder;           /* NULL: it is a program in a file, without a lesson's texts */
    const LessonProgram *program; /* NULL: own.h's */
    cJSON *json;
    LoopClock clock;
    bool is_running; /* a program in a file, which may call exit() */
    bool explored;   /* this process is one run of many */
    char title[128]; /* for messages */
} Run;

/* ------------------------------------------------------------------------------------- before it runs ----
 */

static bool choose(Run *run)
{
    const Options *options = run->options;
    run->folder = folder_find(options->lesson);
    if (!run->folder && strchr(options->lesson, '/')) {
        complain("there is no lesson in %s: no lesson.c, lesson.py or lesson.json", options->lesson);
        return false;
    }
    if (!run->folder) {
        const char *nearest = folder_nearest(options->lesson);
        complain("no lesson \"%s\"%s%s%s looprun --list shows them all", options->lesson,
                 words(nearest ? "; did you mean \"" : ";"), nearest ? folder_name(nearest) : "",
                 nearest ? words("\"?") : "");
        return false;
    }
    run->program = folder_program(run->folder, options->variant);
    if (!run->program) {
        const LessonProgram *first = folder_next_variant(run->folder, NULL);
        complain("the lesson \"%s\" has no variant \"%s\"%s%s; looprun --list shows them all",
                 folder_name(run->folder), options->variant, words(first ? ", but it has " : ", it has none"),
                 first ? first->stem : "");
        return false;
    }
    snprintf(run->title, sizeof run->title, "the lesson %s%s%s", folder_name(run->folder),
             options->variant ? " --variant " : "", options->variant ? options->variant : "");
    return true;
}

/* A Python program that was recorded, and has no program in C. */
static bool is_recording(const Run *run)
{
    return !run->program->run && !run->program->source;
}

/* The file of anyone's own program: named on the command line, or a lesson's. NULL: it is one of ours. */
static const char *own_file(const Run *run)
{
    return !run->program          ? run->options->lesson
           : run->program->source ? shelf_shown(run->program->source)
                                  : NULL;
}

/* lesson.json, the knobs and the listing: everything that is text. @return an exit status */
static int read_texts(Run *run)
{
    run->json = folder_json(run->folder);
    if (!run->json || !knobs_load(card_knobs(run->json, run->options->variant)))
        return STATUS_UNREADABLE;
    for (size_t k = 0; k < run->options->set_count; k++)
        if (!knobs_set(run->options->set[k]))
            return STATUS_USAGE;
    if (is_recording(run) || own_file(run))
        return STATUS_DONE; /* its listings stand in the trace, or beside its source */
    char file[80];
    snprintf(file, sizeof file, "%s.py", run->program->stem);
    const char *text = folder_text(run->folder, file);
    if (!text) {
        complain("lessons/%s has no %s", run->folder, file);
        return STATUS_UNREADABLE;
    }
    return script_load(file, text) ? STATUS_DONE : STATUS_UNREADABLE;
}

/* The header's "program": a lesson's card, or the words that the program was started with. */
static cJSON *describe(const Run *run)
{
    const Options *options = run->options;
    const char *file = own_file(run);
    cJSON *program = run->folder ? card_program(folder_name(run->folder), run->json, options->variant)
                                 : cJSON_CreateObject();
    if (!file || !own_names(file)) /* one of ours; or in Python, where the recorder adds the words */
        return program;
    cJSON *words = cJSON_AddArrayToObject(program, "argv");
    bool made = words && (!own_is_broken() || cJSON_AddFalseToObject(program, "compiles")) &&
                cJSON_AddItemToArray(words, cJSON_CreateString(file));
    for (int k = 0; made && k < options->argument_count; k++)
        made = cJSON_AddItemToArray(words, cJSON_CreateString(options->arguments[k]));
    if (made)
        return program;
    cJSON_Delete(program);
    return NULL;
}

/* Without a trace too: a task's repr names the listing and the line of its definition. */
static void register_sources(const Run *run, Trace *trace)
{
    if (own_file(run)) {
        own_tell(trace);
        return;
    }
    char file[80];
    snprintf(file, sizeof file, "%s.c", run->program->stem);
    const char *text = folder_text(run->folder, file);
    trace_source(trace, script_name(), "python", script_text());
    trace_source(trace, file, "c", text ? text : "");
    script_define(trace);
}

/* So that the disk is not full of one trace. It has its name at once: the program may never end. */
static void trace_is_full(void *context)
{
    const Options *options = context;
    complain("the trace has reached its limit of %s and ends here; the program goes on (--trace-limit)",
             options->limit_word);
    tracefile_finish();
}

/* Complains. @return false when a trace was asked for and there is none */
static bool start_trace(const Run *run)
{
    const char *path = run->options->trace;
    if (!path) {
        register_sources(run, NULL);
        return true;
    }
    int fd = tracefile_open(path);
    if (fd < 0)
        return false;
    cJSON *program = describe(run);
    char *text = program ? cJSON_PrintUnformatted(program) : NULL;
    TraceOptions options = {.program = text,
                            .producer = "looprun",
                            .clock = run->clock,
                            .order = schedule_order(),
                            .limit = run->options->limit,
                            .full = trace_is_full,
                            .full_context = (void *)(uintptr_t)run->options};
    Trace *trace = text ? trace_open(fd, &options) : NULL;
    if (trace) {
        register_sources(run, trace);
    } else {
        complain("cannot write the trace to %s: %s", path, words_error(text ? errno : ENOMEM));
        tracefile_abandon();
    }
    cJSON_free(text);
    cJSON_Delete(program);
    return trace != NULL;
}

/* -------------------------------------------------------------------------------------- after it ran ---- */

/* How it ended, told as Python tells it. @return an exit status; *why for the trace's `end` */
static int tell_end(Value result, const char **why)
{
    *why = "exit";
    if (!value_failed(result))
        return STATUS_DONE;
    const char *message = result.message ? result.message : "";
    if (value_is(result, &StuckError)) {
        *why = "stuck";
        complain("stuck: %s", message);
        attempt_ends(complained());
        return STATUS_STUCK;
    }
    *why = "exception";
    char *line = NULL;
    if (asprintf(&line, "%s%s%s", result.exception->name, *message ? ": " : "", message) >= 0) {
        output_error(line);
        attempt_ends(line);
    }
    free(line);
    return value_is(result, &KeyboardInterrupt) ? STATUS_INTERRUPTED : STATUS_EXCEPTION;
}

static void complain_early(const char *why)
{
    const char *rest = tracefile_unfinished();
    complain("the trace ends early: %s%s%s", words(why), rest ? words("; what there is of it is in ") : "",
             rest ? rest : "");
}

/* Complains. A reader that has left is no fault. @return false when the trace is not whole */
static bool end_trace(const Run *run, const char *why, int status)
{
    Trace *trace = trace_current();
    if (!run->options->trace || !trace)
        return true;
    char early[256] = "";
    if (trace_error(trace))
        snprintf(early, sizeof early, "%s", trace_error(trace));
    int error = trace_close(trace, why, status);
    if (error == EPIPE)
        return true;
    if (!*early && !error)
        return tracefile_finish();
    complain_early(*early ? early : words_error(error));
    return false;
}

static int finish(Run *run, const char *why, int status);

/* The program runs, and its schedule is not of it: it stands where nobody can give back what it has. */
static void break_off(void *context)
{
    Run *run = context;
    run->is_running = false;
    output_let_go();
    finish(run, "exception", STATUS_UNREADABLE);
    fflush(NULL);
    _exit(STATUS_UNREADABLE);
}

/* Which program it is, for a schedule. @return yours to free; NULL after complaining */
static char *make_subject(const Run *run)
{
    char *subject = NULL;
    size_t size = 0;
    const char *file = run->options->lesson, *slash = strrchr(file, '/');
    FILE *text = open_memstream(&subject, &size);
    if (!text) {
        complain("out of memory");
        return NULL;
    }
    if (run->folder)
        fprintf(text, "lesson %s\n", folder_name(run->folder));
    else
        fprintf(text, "program %s\n", slash ? slash + 1 : file);
    if (run->options->variant)
        fprintf(text, "variant %s\n", run->options->variant);
    for (size_t k = 0; run->folder && k < knobs_count(); k++)
        if (knobs_at(k)->changed)
            fprintf(text, "set %s=%s\n", knobs_at(k)->name, knobs_at(k)->shown);
    fclose(text);
    return subject;
}

/* Complains. */
static bool begin_schedule(Run *run)
{
    if (!run->options->schedule || run->explored)
        return true;
    char *subject = make_subject(run);
    bool good = subject && schedule_begin(run->options->schedule, subject, break_off, run);
    free(subject);
    return good;
}

/* Everything that stands before the program's first line. Complains. @return false when it cannot run */
static bool begin(Run *run)
{
    files_of(run->folder);
    if (!begin_schedule(run))
        return false;
    run->clock = run->options->real ? CLOCK_REAL : CLOCK_VIRTUAL;
    bool traced_to_stdout = run->options->trace && strcmp(run->options->trace, "-") == 0;
    output_to_stdout(!run->options->quiet && !traced_to_stdout);
    crash_watch(run->title);
    if (!start_trace(run))
        return false;
    loop_set_defaults(&(LoopOptions){.clock = run->clock});
    return true;
}

/* @return an exit status */
static int finish(Run *run, const char *why, int status)
{
    bool written = output_finish();
    char ending[32];
    snprintf(ending, sizeof ending, words("exit status %d"), status);
    attempt_ends(status ? ending : words("done"));
    if (!schedule_finish())
        status = STATUS_UNREADABLE;
    written = end_trace(run, why, status) && written;
    return status == STATUS_DONE && !written ? STATUS_UNREADABLE : status;
}

static int run_lesson(Run *run)
{
    if (!begin(run))
        return STATUS_UNREADABLE;
    const char *why;
    if (run->explored)
        output_catch();
    Value result = run->program->run();
    output_let_go();
    int status = tell_end(result, &why);
    module_end();
    return finish(run, why, status);
}

/* A program that is running calls exit(), or has come to its end. */
static void program_exits(int status, void *context)
{
    Run *run = context;
    if (!run->is_running)
        return;
    run->is_running = false;
    output_let_go();
    finish(run, "exit", status);
}

/* Runs what own_load() has loaded. @return an exit status; *why for the trace's `end` */
static int run_loaded(Run *run, const char *file, const char **why)
{
    const Options *options = run->options;
    int status = STATUS_DONE;
    char **words = calloc((size_t)options->argument_count + 2, sizeof *words);
    if (!words) {
        complain("out of memory");
        return STATUS_UNREADABLE;
    }
    words[0] = (char *)(uintptr_t)file;
    for (int k = 0; k < options->argument_count; k++)
        words[k + 1] = options->arguments[k];
    run->is_running = on_exit(program_exits, run) == 0;
    output_catch();
    Value result = own_run(options->argument_count + 1, words, &status);
    run->is_running = false;
    output_let_go();
    if (value_failed(result))
        status = tell_end(result, why);
    module_end();
    free(words);
    return status;
}

/* A program that does not compile has a trace too: itself, and what the compiler says of it. */
static int run_own(Run *run, const char *file)
{
    int status = run->explored ? STATUS_DONE : own_load(file);
    if (status == STATUS_UNREADABLE || !begin(run))
        return STATUS_UNREADABLE;
    const char *why = status == STATUS_DONE ? "exit" : "exception";
    if (status == STATUS_DONE)
        status = run_loaded(run, file, &why);
    return finish(run, why, status);
}

/* One run of many, in a process of its own. */
static void run_once(void *context)
{
    Run run = *(const Run *)context;
    Options options = *run.options;
    options.quiet = true;
    run.options = &options;
    run.explored = true;
    if (own_file(&run))
        run_own(&run, own_file(&run));
    else
        run_lesson(&run);
}

static int explore_all(Run *run)
{
    const Options *options = run->options;
    const char *file = own_file(run);
    if ((file && !own_names(file)) || (!file && is_recording(run))) {
        complain("--explore goes with a lesson or program in C, and %s is %s", options->lesson,
                 words(file ? "one in Python" : "a recording"));
        return STATUS_USAGE;
    }
    int status = file ? own_load(file) : STATUS_DONE;
    if (status != STATUS_DONE)
        return status;
    char *subject = make_subject(run);
    if (!subject)
        return STATUS_UNREADABLE;
    fflush(NULL); /* or each run would have it too */
    status = explore(&(Exploration){.title = run->folder ? folder_name(run->folder) : options->lesson,
                                    .subject = subject,
                                    .bound = options->bound ? options->bound : BOUND,
                                    .save = options->save,
                                    .run = run_once,
                                    .context = run});
    free(subject);
    return status;
}

/* A lesson of one's own in Python: its card goes with it. Comes back only when it cannot be. */
static int become_python(const Run *run, const char *file)
{
    Options options = *run->options;
    cJSON *program = describe(run);
    char *text = program ? cJSON_PrintUnformatted(program) : NULL;
    options.lesson = file;
    options.virtual_clock = !options.real;
    int status = text ? python_become(&options, text) : STATUS_UNREADABLE;
    if (!text)
        complain("out of memory");
    cJSON_free(text);
    cJSON_Delete(program);
    return status;
}

/* A recording is played as fast as it can be written: its times stand in it. */
static int play_recording(Run *run)
{
    char file[80];
    snprintf(file, sizeof file, "%s.jsonl", run->program->stem);
    const Options *options = run->options;
    const char *text = folder_text(run->folder, file), *path = options->trace;
    bool traced_to_stdout = path && strcmp(path, "-") == 0;
    if (options->real || options->virtual_clock) {
        complain("%s goes with a lesson that runs, and %s is a recording",
                 options->real ? "--real" : "--virtual", folder_name(run->folder));
        return STATUS_USAGE;
    }
    int fd = path ? tracefile_open(path) : -1;
    cJSON *program = card_program(folder_name(run->folder), run->json, options->variant);
    if ((path && fd < 0) || !program) {
        if (!program)
            complain("out of memory");
        cJSON_Delete(program);
        return STATUS_UNREADABLE;
    }
    signal(SIGPIPE, SIG_IGN); /* a reader that has left is no fault */
    int status = recording_play(text ? text : "", program, fd, !options->quiet && !traced_to_stdout);
    int error = status < 0 ? errno : 0;
    cJSON_Delete(program);
    if (error && error != EPIPE) {
        complain("cannot write the trace to %s: %s", path, words_error(error));
        tracefile_abandon();
        return STATUS_UNREADABLE;
    }
    bool written = error || tracefile_finish();
    return written ? (error ? STATUS_DONE : status) : STATUS_UNREADABLE;
}

static int run_chosen(Run *run)
{
    const char *file = own_file(run);
    if (run->options->explore)
        return explore_all(run);
    if (run->options->schedule && ((file && !own_names(file)) || (!file && is_recording(run)))) {
        complain("--schedule goes with a lesson or program in C, and %s is %s", run->options->lesson,
                 words(file ? "one in Python" : "a recording"));
        return STATUS_USAGE;
    }
    if (file && !own_names(file))
        return become_python(run, file);
    return file ? run_own(run, file) : is_recording(run) ? play_recording(run) : run_lesson(run);
}

/* After the last of what was asked for. Complains when not all of it could be written. */
static int end_stdout(bool good)
{
    bool failed = ferror(stdout) != 0;
    errno = 0;
    if (fflush(stdout) == 0 && !failed)
        return good ? STATUS_DONE : STATUS_UNREADABLE;
    complain("cannot write to standard output: %s",
             errno ? words_error(errno) : words("not all of it was taken"));
    return STATUS_UNREADABLE;
}

/* The environment's first, then those of the command line. @return false after complaining */
static bool find_lessons(const Options *options)
{
    const char *list = getenv("LOOPGLASS_LESSONS");
    bool good = !list || shelf_add(list);
    for (size_t k = 0; k < options->lessons_count; k++)
        good = shelf_add(options->lessons[k]) && good;
    return good;
}

static int run_options(const Options *options)
{
    if (options->help) {
        options_help();
        return end_stdout(true);
    }
    if (options->version) {
        puts("looprun " LOOPGLASS_VERSION);
        return end_stdout(true);
    }
    bool found = find_lessons(options);
    if (options->list)
        return end_stdout(list_lessons(options->json) && found);
    if (options->module || python_names(options->lesson))
        return python_become(options, NULL);

    Run run = {.options = options};
    int status = STATUS_DONE;
    snprintf(run.title, sizeof run.title, "%s", options->lesson);
    if (!own_names(options->lesson))
        status = choose(&run) ? read_texts(&run) : STATUS_USAGE;
    if (status == STATUS_DONE)
        status = run_chosen(&run);
    own_free();
    cache_close();
    script_free();
    knobs_free();
    cJSON_Delete(run.json);
    return status;
}

int main(int argc, char **argv)
{
    Options options;
    int status = options_parse(&options, argc, argv) ? run_options(&options) : STATUS_USAGE;
    options_free(&options);
    folder_free();
    return status;
}
