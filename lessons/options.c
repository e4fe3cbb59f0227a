/*
 * The command line, read by getopt_long; only the messages are our own, one line each.
 */
#include "options.h"

#include "complain.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    OPTION_TRACE = 256,
    OPTION_SET,
    OPTION_VARIANT,
    OPTION_REAL,
    OPTION_QUIET,
    OPTION_LIST,
    OPTION_JSON,
    OPTION_VERSION
};

// clang-format off
static const struct option long_options[] = {
    {"trace",   required_argument, NULL, OPTION_TRACE},
    {"set",     required_argument, NULL, OPTION_SET},
    {"variant", required_argument, NULL, OPTION_VARIANT},
    {"real",    no_argument,       NULL, OPTION_REAL},
    {"quiet",   no_argument,       NULL, OPTION_QUIET},
    {"list",    no_argument,       NULL, OPTION_LIST},
    {"json",    no_argument,       NULL, OPTION_JSON},
    {"help",    no_argument,       NULL, 'h'},
    {"version", no_argument,       NULL, OPTION_VERSION},
    {NULL, 0, NULL, 0},
};
// clang-format on

static void take(Options *options, int option, const char *argument)
{
    switch (option) {
    case OPTION_TRACE:
        options->trace = argument;
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
    case OPTION_QUIET:
        options->quiet = true;
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

/* After getopt_long() said '?' or ':': which word was it? */
static void complain_about(const char *word, int problem)
{
    if (problem == ':')
        complain("%s needs a value; looprun -h lists the options", word);
    else if (strncmp(word, "--", 2) == 0 && strchr(word, '='))
        complain("%.*s takes no value or is unknown; looprun -h lists the options", (int)strcspn(word, "="),
                 word);
    else
        complain("unknown option %s; looprun -h lists the options", word);
}

static bool take_words(Options *options, int argc, char **argv)
{
    if (optind < argc)
        options->lesson = argv[optind++];
    if (optind < argc) {
        complain("one lesson at a time: what is \"%s\"? (looprun -h)", argv[optind]);
        return false;
    }
    if (options->help || options->version)
        return true;
    if (options->json && !options->list) {
        complain("--json goes with --list");
        return false;
    }
    if (!options->lesson && !options->list) {
        complain("which lesson? looprun --list shows them all, looprun -h the options");
        return false;
    }
    return true;
}

bool options_parse(Options *options, int argc, char **argv)
{
    *options = (Options){.set = calloc((size_t)argc + 1, sizeof *options->set)};
    if (!options->set) {
        complain("out of memory");
        return false;
    }
    opterr = 0;
    for (;;) {
        int before = optind;
        int option = getopt_long(argc, argv, ":h", long_options, NULL);
        if (option == -1)
            break;
        if (option == '?' || option == ':') {
            /* Inside a group of letters optind has not moved yet: the word is still argv[optind]. */
            complain_about(argv[optind > before ? optind - 1 : optind], option);
            return false;
        }
        take(options, option, optarg);
    }
    return take_words(options, argc, argv);
}

void options_free(Options *options)
{
    free(options->set);
    options->set = NULL;
}

void options_help(void)
{
    fputs(
        "looprun runs a lesson on a real cooperative scheduler and can write down what the scheduler did.\n"
        "\n"
        "usage: looprun LESSON [--trace FILE|-] [--set KNOB=VALUE]… [--variant NAME] [--real] [--quiet]\n"
        "       looprun --list [--json]\n"
        "\n"
        "  LESSON             a lesson's name, number or folder: async-await, 6, 06-async-await\n"
        "  --trace FILE       write the trace (JSON Lines) to FILE; -: to stdout, instead of the output\n"
        "  --set KNOB=VALUE   change one of the lesson's knobs; may be repeated\n"
        "  --variant NAME     run a variant of the lesson, such as as-written\n"
        "  --real             use the real clock: a sleep takes its time\n"
        "  --quiet            do not print what the lesson prints\n"
        "  --list             show all lessons with their variants and knobs; --json: as JSON\n"
        "  -h, --help         this text\n"
        "  --version          the version\n"
        "\n"
        "exit status: 0 done, 1 the lesson ended with an exception, 2 usage, 3 stuck: nothing can ever wake\n"
        "             the loop, 4 a file cannot be read or written\n",
        stdout);
}
