/*
 * main.c — loopglass: the first word chooses the command; without one, the window opens.
 */
#include "cli.h"

#include <stdio.h>
#include <string.h>

static const char usage[] =
    "usage: loopglass [SOURCE] [OPTION…]        the window; without a source: the list of lessons\n"
    "       loopglass text SOURCE [--lang L]    step by step as text\n"
    "       loopglass check TRACE…              format and invariants of traces\n"
    "       loopglass diff TRACE TRACE          where the behaviour of two programs differs first\n"
    "       loopglass shot SOURCE -o FILE.png   a picture, without a window (--list: of the list)\n"
    "       loopglass export SOURCE --to png -o FILE.png\n"
    "       loopglass new NAME [--lessons DIR]  writes a lesson to start from\n"
    "\n"
    "A SOURCE is a lesson, by name, number or folder; a program in C or Python, my.c or my.py [--] "
    "[ARGUMENT…],\n"
    "or -m MODULE; or a trace in a file, or - for standard input.\n"
    "\n"
    "  --at N              open after event N; also 'beat N', 'start', 'end'\n"
    "  --lang zh|en        the language; by default the locale's\n"
    "  --theme light|dark\n"
    "  --scale X           text and everything else larger or smaller, 0.75 to 2\n"
    "  --size WxH          of the window or picture, in pixels\n"
    "  --variant NAME      of the lesson\n"
    "  --set KNOB=VALUE    changes one of the lesson's knobs; may be repeated\n"
    "  --schedule ORDER    of a lesson or a C program: another order than asyncio's, lifo, random:SEED, or a "
    "file\n"
    "                      that looprun --explore has saved\n"
    "  --python PYTHON     for a Python program; by default python3 or python on PATH\n"
    "  --virtual           the Python program's sleeps take no time\n"
    "  --lessons DIR       a folder of your own lessons, listed with ours; may be repeated, and\n"
    "                      LOOPGLASS_LESSONS=DIR:DIR… does the same\n"
    "  --watch             runs again when the program, or the lesson, is saved\n"
    "  --no-motion         nothing slides\n"
    "  --no-lines          diff: compare no source lines\n"
    "  --keys KEYS         shot, export: pressed before the picture is taken\n"
    "  -h, --help          this\n"
    "  --version\n"
    "\n"
    "In the window, ? shows all keys.\n"
    "Exit status: 0 done, 2 usage, 4 unreadable input, or no display or font;\n"
    "of diff: 1 they differ;\n"
    "of text, as the program ended: 1 with an exception, 3 stuck, 128 + its signal; 5 its trace is cut at "
    "the limit.\n";

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"text", cli_text}, {"check", cli_check}, {"diff", cli_diff},
    {"new", cli_new},   {"shot", cli_shot},   {"export", cli_export},
};

#ifdef __SANITIZE_ADDRESS__
/** What the X library forgets when it looks for an input method is not ours. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libX11\n";
}
#endif

static int say(const char *text)
{
    fputs(text, stdout);
    return cli_finish();
}

int main(int argc, char **argv)
{
    for (int k = 1; k < argc && strcmp(argv[k], "--") != 0; k++) {
        if (strcmp(argv[k], "-h") == 0 || strcmp(argv[k], "--help") == 0)
            return say(usage);
        if (strcmp(argv[k], "--version") == 0)
            return say("loopglass " LOOPGLASS_VERSION "\n");
    }
    for (size_t k = 0; argc > 1 && k < sizeof commands / sizeof *commands; k++)
        if (strcmp(argv[1], commands[k].name) == 0)
            return commands[k].run(argc - 1, argv + 1);
    return cli_window(argc, argv);
}
