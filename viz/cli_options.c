/*
 * cli_options.c — options by getopt_long; the messages are our own.
 */
#include "cli.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum Letter {
    OPT_AT = 256,
    OPT_KEYS,
    OPT_LANG,
    OPT_LESSONS,
    OPT_LIST,
    OPT_NO_LINES,
    OPT_NO_MOTION,
    OPT_PYTHON,
    OPT_SCALE,
    OPT_SCHEDULE,
    OPT_SET,
    OPT_SIZE,
    OPT_THEME,
    OPT_TO,
    OPT_VARIANT,
    OPT_VIRTUAL,
    OPT_WATCH,
} Letter;

// clang-format off
static const struct {
    struct option option;
    int known; /* belongs to these commands; 0: to all */
} table[] = {
    {{"at",        required_argument, NULL, OPT_AT},        OPTS_AT},
    {{"keys",      required_argument, NULL, OPT_KEYS},      OPTS_OUTPUT},
    {{"lang",      required_argument, NULL, OPT_LANG},      0},
    {{"lessons",   required_argument, NULL, OPT_LESSONS},   OPTS_RUN | OPTS_NEW},
    {{"list",      no_argument,       NULL, OPT_LIST},      OPTS_LIST},
    {{"no-lines",  no_argument,       NULL, OPT_NO_LINES},  OPTS_DIFF},
    {{"no-motion", no_argument,       NULL, OPT_NO_MOTION}, OPTS_MOTION},
    {{"output",    required_argument, NULL, 'o'},           OPTS_OUTPUT},
    {{"python",    required_argument, NULL, OPT_PYTHON},    OPTS_RUN},
    {{"scale",     required_argument, NULL, OPT_SCALE},     OPTS_LOOK},
    {{"schedule",  required_argument, NULL, OPT_SCHEDULE},  OPTS_RUN},
    {{"set",       required_argument, NULL, OPT_SET},       OPTS_RUN},
    {{"size",      required_argument, NULL, OPT_SIZE},      OPTS_LOOK},
    {{"theme",     required_argument, NULL, OPT_THEME},     OPTS_LOOK},
    {{"to",        required_argument, NULL, OPT_TO},        OPTS_OUTPUT},
    {{"variant",   required_argument, NULL, OPT_VARIANT},   OPTS_RUN},
    {{"virtual",   no_argument,       NULL, OPT_VIRTUAL},   OPTS_RUN},
    {{"watch",     no_argument,       NULL, OPT_WATCH},     OPTS_MOTION},
};
// clang-format on

enum { TABLE = sizeof table / sizeof *table, SIDE_LEAST = 320, SIDE_MOST = 16384 };

void complain(const char *format, ...)
{
    va_list arguments;
    fputs("loopglass: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

/** The number of a word in a list; -1 when it is not there. */
static int word_in(const char *word, const char *const *words, int count)
{
    for (int k = 0; k < count; k++)
        if (strcmp(word, words[k]) == 0)
            return k;
    return -1;
}

static bool read_size(View *view, const char *text)
{
    int used = 0;
    bool good = sscanf(text, "%dx%d%n", &view->width, &view->height, &used) == 2 && text[used] == '\0' &&
                view->width >= SIDE_LEAST && view->height >= SIDE_LEAST && view->width <= SIDE_MOST &&
                view->height <= SIDE_MOST;
    if (!good)
        complain("--size takes WIDTHxHEIGHT in pixels, %d to %d each, and not '%s'", SIDE_LEAST, SIDE_MOST,
                 text);
    return good;
}

static bool read_scale(View *view, const char *text)
{
    char *end;
    view->scale = strtod(text, &end);
    bool good =
        end != text && *end == '\0' && view->scale >= VIEW_SCALE_LEAST && view->scale <= VIEW_SCALE_MOST;
    if (!good)
        complain("--scale takes a number from %g to %g, and not '%s'", VIEW_SCALE_LEAST, VIEW_SCALE_MOST,
                 text);
    return good;
}

static bool read_language(View *view, const char *text)
{
    static const char *const languages[LANGUAGES] = {[LANG_ZH] = "zh", [LANG_EN] = "en"};
    int k = word_in(text, languages, LANGUAGES);
    if (k < 0)
        complain("--lang takes zh or en, and not '%s'", text);
    else
        view->language = (Language)k;
    return k >= 0;
}

static bool read_theme(View *view, const char *text)
{
    static const char *const themes[THEMES] = {[THEME_LIGHT] = "light", [THEME_DARK] = "dark"};
    int k = word_in(text, themes, THEMES);
    if (k < 0)
        complain("--theme takes light or dark, and not '%s'", text);
    else
        view->theme = (Theme)k;
    return k >= 0;
}

/** One more folder of one's own lessons, for every looprun that is started from here on. */
static bool add_lessons(const char *folder)
{
    static const char variable[] = "LOOPGLASS_LESSONS";
    const char *before = getenv(variable);
    char *list = NULL;
    if (asprintf(&list, "%s%s%s", before ? before : "", before && *before ? ":" : "", folder) < 0)
        list = NULL;
    bool added = list && setenv(variable, list, 1) == 0;
    free(list);
    if (!added)
        complain("out of memory");
    return added;
}

/** What --at names, as far as it can be known without a trace. */
typedef struct Moment {
    enum { AT_EVENT, AT_BEAT, AT_END } kind;
    unsigned long number;
} Moment;

/** @return false when it is none */
static bool read_moment(const char *at, Moment *moment)
{
    int used = 0;
    *moment = (Moment){AT_EVENT, 0};
    if (strcmp(at, "start") == 0)
        return true;
    if (strcmp(at, "end") == 0) {
        moment->kind = AT_END;
        return true;
    }
    if (strncmp(at, "beat ", 5) == 0) {
        moment->kind = AT_BEAT;
        at += 5;
    }
    return at[0] >= '0' && at[0] <= '9' && sscanf(at, "%lu%n", &moment->number, &used) == 1 &&
           at[used] == '\0';
}

static bool can_be_at(const char *at)
{
    Moment moment;
    bool good = read_moment(at, &moment);
    if (!good)
        complain("--at takes an event number, 'beat N', 'start' or 'end', and not '%s'", at);
    return good;
}

static bool take(Options *options, int letter, char *value)
{
    switch (letter) {
    case OPT_AT:
        options->at = value;
        return can_be_at(value);
    case OPT_KEYS:
        options->keys = value;
        return true;
    case OPT_LANG:
        return read_language(&options->view, value);
    case OPT_LESSONS:
        options->lessons = value;
        return add_lessons(value);
    case OPT_LIST:
        options->list = true;
        return true;
    case OPT_NO_LINES:
        options->no_lines = true;
        return true;
    case OPT_NO_MOTION:
        options->view.motion = false;
        return true;
    case OPT_PYTHON:
        options->opening.python = value;
        return true;
    case OPT_SCALE:
        return read_scale(&options->view, value);
    case OPT_SCHEDULE:
        options->opening.schedule = value;
        return true;
    case OPT_SET:
        if (options->opening.set_count == OPTIONS_SETS) {
            complain("--set can be given %d times at most", OPTIONS_SETS);
            return false;
        }
        options->sets[options->opening.set_count++] = value;
        if (strchr(value, '=') && value[0] != '=')
            return true;
        complain("--set takes KNOB=VALUE, and not '%s'", value);
        return false;
    case OPT_SIZE:
        options->size_given = true;
        return read_size(&options->view, value);
    case OPT_THEME:
        return read_theme(&options->view, value);
    case OPT_TO:
        options->format = value;
        return true;
    case OPT_VARIANT:
        options->opening.variant = value;
        return true;
    case OPT_VIRTUAL:
        options->opening.virtual_clock = true;
        return true;
    case OPT_WATCH:
        options->watch = true;
        return true;
    case 'm':
        options->opening.source = value;
        options->opening.is_module = true;
        return true;
    default:
        options->output = value;
        return true;
    }
}

/** Is a program among the words? Then an unknown option may be meant for it. */
static bool has_program(char **argv)
{
    for (char **word = argv + 1; *word; word++)
        if (strcmp(*word, "-m") == 0 || opening_kind(&(Opening){.source = *word}) == SOURCE_PROGRAM)
            return true;
    return false;
}

/** Says what is wrong with the option at hand. */
static bool refuse(char **argv, int letter)
{
    const char *name = argv[optind - 1];
    if (letter == ':')
        complain("%s needs a value; loopglass -h shows all options", name);
    else if (has_program(argv))
        complain("unknown option '%s'; the program's own options go behind --", name);
    else
        complain("unknown option '%s'; loopglass -h shows all options", name);
    return false;
}

/** Does every option that is a lesson's, or a Python program's, stand beside one? */
static bool belongs(const Opening *opening)
{
    static const char *const is[] = {"is a lesson", "is a program", "is a file"};
    const char *of_lesson = opening->variant ? "--variant" : opening->set_count ? "--set" : NULL;
    const char *of_program = opening->python ? "--python" : opening->virtual_clock ? "--virtual" : NULL;
    SourceKind kind = opening->source ? opening_kind(opening) : SOURCE_TRACE;
    bool in_c = opening->source && opening_in_c(opening), lost = of_lesson && kind != SOURCE_LESSON;
    bool strange = of_program && (kind != SOURCE_PROGRAM || (in_c && opening->python));
    const char *name = lost ? of_lesson : strange ? of_program : NULL;
    if (opening->schedule && kind != SOURCE_LESSON && !in_c) {
        complain("--schedule goes with a lesson or a C program%s%s %s", opening->source ? ", and " : "",
                 opening->source ? opening->source : ": loopglass LESSON --schedule",
                 !opening->source         ? "lifo"
                 : kind == SOURCE_PROGRAM ? "is a Python program"
                                          : is[kind]);
        return false;
    }
    if (name && opening->source)
        complain("%s goes with a %s, and %s %s", name, lost ? "lesson" : "Python program", opening->source,
                 in_c ? "is a C program" : is[kind]);
    else if (name)
        complain("%s goes with a %s: loopglass %s %s …", name, lost ? "lesson" : "Python program",
                 lost ? "LESSON" : "my.py", name);
    return !name;
}

/** The words that are no options: the source, and the arguments of a program. */
static bool take_words(Options *options)
{
    Opening *opening = &options->opening;
    char **words = options->rest;
    int count = options->rest_count;
    if (count > 0 && !opening->source) {
        opening->source = *words++;
        count--;
    }
    if (opening->source && opening_kind(opening) == SOURCE_PROGRAM) {
        opening->arguments = (const char *const *)words;
        opening->argument_count = (size_t)count;
    } else if (count > 0) {
        complain("one lesson or trace at a time, and not also '%s'", *words);
        return false;
    }
    return belongs(opening);
}

bool options_read(Options *options, int argc, char **argv, int known)
{
    struct option allowed[TABLE + 1] = {{0}};
    int count = 0;
    for (int k = 0; k < TABLE; k++)
        if (table[k].known == 0 || (table[k].known & known))
            allowed[count++] = table[k].option;
    *options = (Options){.list = false};
    view_init(&options->view);
    options->view.language = lang_of_locale();
    optind = 0; /* starts anew, also after another command's options */
    int letter;
    char letters[8];
    snprintf(letters, sizeof letters, ":%s%s", known & OPTS_OUTPUT ? "o:" : "", known & OPTS_RUN ? "m:" : "");
    while ((letter = getopt_long(argc, argv, letters, allowed, NULL)) != -1)
        if (letter == '?' || letter == ':' ? !refuse(argv, letter) : !take(options, letter, optarg))
            return false;
    options->rest = argv + optind;
    options->rest_count = argc - optind;
    options->opening.sets = options->sets;
    return !(known & OPTS_RUN) || take_words(options);
}

bool options_at(const char *at, const History *history, const Beats *beats, uint32_t *event)
{
    uint32_t count = history_count(history);
    Moment moment;
    *event = 0;
    if (!read_moment(at, &moment))
        return can_be_at(at);
    switch (moment.kind) {
    case AT_END:
        *event = count;
        return true;
    case AT_BEAT:
        if (moment.number < 1 || moment.number > beats_count(beats)) {
            complain("there is no beat %lu: the last is %zu", moment.number, beats_count(beats));
            return false;
        }
        *event = beats_stop(beats, moment.number - 1);
        return true;
    default:
        if (moment.number > count) {
            complain("there is no event %lu: the last is %u", moment.number, count);
            return false;
        }
        *event = (uint32_t)moment.number;
        return true;
    }
}

void complain_of_lines(const char *name, const History *history)
{
    const char *problem = history_problem(history);
    uint32_t bad = history_bad_lines(history);
    if (bad > 0)
        complain("%s: %u line%s skipped; the first problem: %s", name, bad, bad == 1 ? " was" : "s were",
                 problem ? problem : "unknown");
    else if (problem)
        complain("%s: %s", name, problem);
}

int cli_finish(void)
{
    bool failed = ferror(stdout) != 0;
    errno = 0;
    if (fflush(stdout) == 0 && !failed)
        return CLI_DONE;
    complain("cannot write to standard output: %s", errno ? strerror(errno) : "not all of it was taken");
    return CLI_UNREADABLE;
}
