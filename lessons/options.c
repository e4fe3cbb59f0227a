/*
 * The command line, read by getopt_long; only the messages are our own, one line each.
 */
#include "options.h"

#include "complain.h"
#include "explore.h"
#include "own.h"
#include "python.h"
#include "schedule.h"
#include "words.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char DEFAULT_LIMIT[] = "4G";

enum { LEAST_LIMIT = 64 * 1024 /* the header and a listing find room */ };

enum {
    OPTION_TRACE = 256,
    OPTION_TRACE_LIMIT,
    OPTION_SCHEDULE,
    OPTION_EXPLORE,
    OPTION_BOUND,
    OPTION_SAVE,
    OPTION_SET,
    OPTION_VARIANT,
    OPTION_REAL,
    OPTION_VIRTUAL,
    OPTION_PYTHON,
    OPTION_QUIET,
    OPTION_LESSONS,
    OPTION_LIST,
    OPTION_JSON,
    OPTION_VERSION
};

// clang-format off
static const struct option long_options[] = {
    {"trace",       required_argument, NULL, OPTION_TRACE},
    {"trace-limit", required_argument, NULL, OPTION_TRACE_LIMIT},
    {"schedule",    required_argument, NULL, OPTION_SCHEDULE},
    {"explore",     no_argument,       NULL, OPTION_EXPLORE},
    {"bound",       required_argument, NULL, OPTION_BOUND},
    {"save",        required_argument, NULL, OPTION_SAVE},
    {"set",         required_argument, NULL, OPTION_SET},
    {"variant",     required_argument, NULL, OPTION_VARIANT},
    {"real",        no_argument,       NULL, OPTION_REAL},
    {"virtual",     no_argument,       NULL, OPTION_VIRTUAL},
    {"python",      required_argument, NULL, OPTION_PYTHON},
    {"quiet",       no_argument,       NULL, OPTION_QUIET},
    {"lessons",     required_argument, NULL, OPTION_LESSONS},
    {"list",        no_argument,       NULL, OPTION_LIST},
    {"json",        no_argument,       NULL, OPTION_JSON},
    {"help",        no_argument,       NULL, 'h'},
    {"version",     no_argument,       NULL, OPTION_VERSION},
    {NULL, 0, NULL, 0},
};
// clang-format on

static void take(Options *options, int option, const char *argument)
{
    switch (option) {
    case OPTION_TRACE:
        options->trace = argument;
        break;
    case OPTION_TRACE_LIMIT:
        options->limit_word = argument;
        break;
    case OPTION_SCHEDULE:
        options->schedule = argument;
        break;
    case OPTION_EXPLORE:
        options->explore = true;
        break;
    case OPTION_BOUND:
        options->bound_word = argument;
        break;
    case OPTION_SAVE:
        options->save = argument;
        break;
    case OPTION_SET:
        options->set[options->set_count++] = argument;
        break;
    case OPTION_VARIANT:
        options->variant = argument;
        break;
    case OPTION_REAL:
        options->real = true;
        break;
    case OPTION_VIRTUAL:
        options->virtual_clock = true;
        break;
    case OPTION_PYTHON:
        options->python = argument;
        break;
    case 'm':
        options->module = argument;
        break;
    case OPTION_QUIET:
        options->quiet = true;
        break;
    case OPTION_LESSONS:
        options->lessons[options->lessons_count++] = argument;
        break;
    case OPTION_LIST:
        options->list = true;
        break;
    case OPTION_JSON:
        options->json = true;
        break;
    case OPTION_VERSION:
        options->version = true;
        break;
    default:
        options->help = true;
        break;
    }
}

/* What to do about an option that is not ours: it may be meant for a program. */
static const char *hint(int argc, char **argv)
{
    for (int k = 1; k < argc; k++)
        if (python_names(argv[k]) || own_names(argv[k]) || strcmp(argv[k], "-m") == 0)
            return words("the program's own options go behind --");
    return words("looprun -h lists the options");
}

/* After getopt_long() said '?' or ':': which word was it? */
static void complain_about(const char *word, int problem, const char *advice)
{
    if (problem == ':')
        complain("%s needs a value; %s", word, advice);
    else if (strncmp(word, "--", 2) == 0 && strchr(word, '='))
        complain("%.*s takes no value or is unknown; %s", (int)strcspn(word, "="), word, advice);
    else
        complain("unknown option %s; %s", word, advice);
}

/* A Python program takes all the words behind it as its own. */
static bool is_python(const Options *options)
{
    return options->module || (options->lesson && python_names(options->lesson));
}

/* So does one in C. */
static bool is_program(const Options *options)
{
    return is_python(options) || (options->lesson && own_names(options->lesson));
}

/* "--bound 500". Complains. */
static bool read_bound(Options *options)
{
    const char *word = options->bound_word;
    char *end;
    errno = 0;
    unsigned long bound = strtoul(word, &end, 10);
    options->bound = bound;
    if (*word >= '0' && *word <= '9' && !*end && !errno && bound >= 1 && bound <= BOUND_MOST)
        return true;
    complain("--bound takes how many orders to run at most, 1 to %d, and not \"%s\"", BOUND_MOST, word);
    return false;
}

/* "500M": bytes, or so many KiB, MiB, GiB, TiB. @return negative when it is no such thing */
static int64_t read_size(const char *word)
{
    static const char units[] = "KMGT";
    char *end;
    errno = 0;
    unsigned long long size = strtoull(word, &end, 10);
    const char *unit = *end ? strchr(units, toupper((unsigned char)*end)) : NULL;
    int shift = unit ? 10 * (int)(unit - units + 1) : 0;
    if (*word < '0' || *word > '9' || errno || end[unit != NULL] || size > (uint64_t)INT64_MAX >> shift)
        return -1;
    return (int64_t)(size << shift);
}

/* Complains. */
static bool read_limit(Options *options)
{
    if (!options->limit_word)
        options->limit_word = DEFAULT_LIMIT;
    options->limit = read_size(options->limit_word);
    if (options->limit == 0 || options->limit >= LEAST_LIMIT)
        return true;
    complain("--trace-limit takes a size from 64K on, such as 500M or 4G, or 0 for no limit, and not \"%s\"",
             options->limit_word);
    return false;
}

/* Another order, or all of them: for what runs on libloop. Complains. */
static bool orders_fit(const Options *options)
{
    const char *option = options->explore ? "--explore" : options->schedule ? "--schedule" : NULL;
    if (!options->explore && (options->bound_word || options->save)) {
        complain("%s goes with --explore", options->save ? "--save" : "--bound");
        return false;
    }
    if (option && is_python(options)) {
        complain("%s goes with a lesson or a C program: Python's event loop has one order only", option);
        return false;
    }
    const char *beside = options->schedule ? "--schedule"
                         : options->trace  ? "--trace"
                         : options->real   ? "--real"
                         : options->quiet  ? "--quiet"
                                           : NULL;
    if (options->explore && beside) {
        complain(
            "--explore runs all orders on the virtual clock, and %s goes with one run; --save DIR keeps a "
            "schedule of each outcome",
            beside);
        return false;
    }
    return !options->schedule || schedule_fits(options->schedule);
}

/* Options that would change nothing, or have nothing to change. Complains. */
static bool fit_together(const Options *options)
{
    if (options->json && !options->list) {
        complain("--json goes with --list");
        return false;
    }
    if (options->limit_word && !options->trace) {
        complain("--trace-limit goes with --trace FILE");
        return false;
    }
    if (options->real && options->virtual_clock) {
        complain("the clock is --real or --virtual, and not both");
        return false;
    }
    if (options->python && !is_python(options)) {
        complain("--python goes with a Python program: looprun my.py --python %s", options->python);
        return false;
    }
    if ((options->variant || options->set_count) && options->lesson && own_names(options->lesson)) {
        complain("%s goes with a lesson, and %s is a C program", options->variant ? "--variant" : "--set",
                 options->lesson);
        return false;
    }
    return orders_fit(options);
}

static bool take_words(Options *options, int argc, char **argv)
{
    if (optind < argc && !options->module)
        options->lesson = argv[optind++];
    if (is_program(options)) {
        options->arguments = argv + optind;
        options->argument_count = argc - optind;
    } else if (optind < argc) {
        complain("one lesson at a time: what is \"%s\"? (looprun -h)", argv[optind]);
        return false;
    }
    if (options->help || options->version)
        return true;
    if (!fit_together(options) || (options->bound_word && !read_bound(options)) || !read_limit(options))
        return false;
    if (!options->lesson && !options->module && !options->list) {
        complain("which lesson? looprun --list shows them all, looprun -h the options");
        return false;
    }
    return true;
}

bool options_parse(Options *options, int argc, char **argv)
{
    *options = (Options){.set = calloc((size_t)argc + 1, sizeof *options->set),
                         .lessons = calloc((size_t)argc + 1, sizeof *options->lessons)};
    if (!options->set || !options->lessons) {
        complain("out of memory");
        return false;
    }
    opterr = 0;
    for (;;) {
        int before = optind;
        int option = getopt_long(argc, argv, ":hm:", long_options, NULL);
        if (option == -1)
            break;
        if (option == '?' || option == ':') {
            /* Inside a group of letters optind has not moved yet: the word is still argv[optind]. */
            complain_about(argv[optind > before ? optind - 1 : optind], option, hint(argc, argv));
            return false;
        }
        take(options, option, optarg);
    }
    return take_words(options, argc, argv);
}

void options_free(Options *options)
{
    free(options->set);
    free(options->lessons);
    options->set = options->lessons = NULL;
}

void options_help(void)
{
    fputs(
        "looprun runs a lesson or a C program on a real cooperative scheduler, or a Python program on "
        "Python's "
        "own\n"
        "event loop, and can write down what the loop did.\n"
        "\n"
        "usage: looprun LESSON [--trace FILE|-] [--set KNOB=VALUE]… [--variant NAME] [--schedule ORDER]\n"
        "               [--real] [--quiet]\n"
        "       looprun PROGRAM.c [--trace FILE|-] [--schedule ORDER] [--real] [--quiet] [--] [ARGUMENT…]\n"
        "       looprun LESSON --explore [--bound N] [--save DIR] [--set KNOB=VALUE]… [--variant NAME]\n"
        "       looprun PROGRAM.c --explore [--bound N] [--save DIR] [--] [ARGUMENT…]\n"
        "       looprun PROGRAM.py [--trace FILE|-] [--python PYTHON] [--virtual] [--quiet] [--] "
        "[ARGUMENT…]\n"
        "       looprun --list [--json]\n"
        "\n"
        "  LESSON             a lesson's name, number or folder: async-await, 6, 06-async-await, "
        "./my-lesson\n"
        "  PROGRAM.c          a C program, written like a lesson (#include \"lesson.h\", LESSON { … }) or "
        "with "
        "a\n"
        "                     main (#include \"loop.h\"); it is compiled by cc, or what CC names\n"
        "  PROGRAM.py         a Python program; its own options go behind --. A folder with a __main__.py, "
        "or\n"
        "                     -m MODULE in its place, as for Python itself\n"
        "  --trace FILE       write the trace (JSON Lines) to FILE; -: to stdout, instead of the output\n"
        "  --trace-limit SIZE the trace ends at this size, and the program goes on: 500M, 4G (the default),\n"
        "                     0: no limit\n"
        "  --set KNOB=VALUE   change one of the lesson's knobs; may be repeated\n"
        "  --variant NAME     run a variant of the lesson, such as as-written\n"
        "  --schedule ORDER   of those that one iteration runs, who comes first: fifo (asyncio's order), "
        "lifo,\n"
        "                     random:SEED, or a schedule in a file, as --explore saves it\n"
        "  --explore          run all these orders, and list what the program printed and how it ended: "
        "each\n"
        "                     outcome once, how often it came, and an order that leads to it\n"
        "  --bound N          explore: N orders at most, those first that are most like asyncio's (10000)\n"
        "  --save DIR         explore: a schedule of each outcome, for --schedule\n"
        "  --python PYTHON    the Python for a program; by default python3 or python on PATH\n"
        "  --real             the real clock: a sleep takes its time; the default for a Python program\n"
        "  --virtual          the virtual clock: a sleep takes none; the default for a lesson\n"
        "  --quiet            do not print what the lesson or program prints\n"
        "  --lessons DIR      a folder of your own lessons, listed and found with the others; may be "
        "repeated,\n"
        "                     and LOOPGLASS_LESSONS=DIR:DIR… does the same\n"
        "  --list             show all lessons with their variants and knobs; --json: as JSON\n"
        "  -h, --help         this text\n"
        "  --version          the version\n"
        "\n"
        "exit status: 0 done, 1 the lesson ended with an exception, or does not compile, 2 usage, 3 stuck:\n"
        "             nothing can ever wake the loop, 4 a file cannot be read or written, or there is no\n"
        "             compiler or no Python for it; a program may end with any status of its own;\n"
        "             of --explore: 0 one outcome, 1 several\n",
        stdout);
}
