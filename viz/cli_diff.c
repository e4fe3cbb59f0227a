/*
 * cli_diff.c — `loopglass diff TRACE TRACE`: is it the same behaviour, and where not?
 */
#include "cli.h"
#include "diff.h"
#include "phrase.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* @return false after complaining */
static bool open_side(DiffSide *side, const char *path)
{
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "rbe");
    *side = (DiffSide){.file = NULL};
    if (file == NULL)
        complain("%s cannot be read: %s", path, strerror(errno));
    else if (!diff_open(side, file))
        complain("%s: %s", path, side->problem);
    return file != NULL && side->problem[0] == '\0';
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* By who made the traces; where that does not tell them apart, by their files. */
static void name_sides(const DiffSide *sides, char *const *files, Language language, const char *names[2])
{
    for (int k = 0; k < 2; k++)
        names[k] = sides[k].is_c ? lang_text(language, "diff.c_loop") : sides[k].producer;
    if (strcmp(names[0], names[1]) != 0 && names[0][0] != '\0' && names[1][0] != '\0')
        return;
    for (int k = 0; k < 2; k++)
        names[k] = file_name(files[k]);
    if (strcmp(names[0], names[1]) != 0)
        return;
    names[0] = files[0];
    names[1] = files[1];
    if (strcmp(names[0], names[1]) == 0) {
        names[0] = lang_text(language, "diff.first_file");
        names[1] = lang_text(language, "diff.second_file");
    }
}

static void say_equal(const DiffSide *sides, const char *const names[2], bool lines, Language language)
{
    char text[256];
    Number number;
    Phrase phrase = phrase_start(text, sizeof text, language);
    SAY(&phrase, sides[0].has_end ? "diff.equal" : "diff.equal.cut",
        {"n", number_text(sides[0].count, &number)});
    puts(text);
    if (!lines || sides[0].has_lines == sides[1].has_lines)
        return;
    phrase = phrase_start(text, sizeof text, language);
    SAY(&phrase, "diff.no_lines", {"side", names[sides[0].has_lines ? 1 : 0]});
    puts(text);
}

/* No wonder that they differ, or that they do not. */
static void say_schedules(const DiffSide *sides, const char *const names[2], Language language)
{
    char text[512];
    for (int k = 0; k < 2; k++) {
        if (sides[k].schedule[0] == '\0')
            continue;
        Phrase phrase = phrase_start(text, sizeof text, language);
        SAY(&phrase, "diff.schedule", {"side", names[k]}, {"schedule", sides[k].schedule});
        puts(text);
    }
}

static int compare(DiffSide *sides, char *const *files, const Options *options)
{
    const char *names[2];
    const char *const paths[2] = {files[0], files[1]};
    Language language = options->view.language;
    DiffAspect aspect = diff_sides(&sides[0], &sides[1], !options->no_lines);
    int status = aspect != DIFF_NONE ? CLI_DIFFERENT : CLI_DONE;
    name_sides(sides, files, language, names);
    say_schedules(sides, names, language);
    if (aspect != DIFF_NONE)
        diff_say(stdout, &sides[0], &sides[1], names, paths, aspect, language);
    for (int k = 0; k < 2; k++)
        if (sides[k].problem[0] != '\0') {
            complain("%s: %s", files[k], sides[k].problem);
            status = CLI_UNREADABLE;
        }
    if (status == CLI_DONE)
        say_equal(sides, names, !options->no_lines, language);
    int written = cli_finish();
    return written == CLI_DONE ? status : written;
}

int cli_diff(int argc, char **argv)
{
    Options options;
    if (!options_read(&options, argc, argv, OPTS_DIFF))
        return CLI_USAGE;
    char **files = options.rest;
    if (options.rest_count != 2 || (strcmp(files[0], "-") == 0 && strcmp(files[1], "-") == 0)) {
        complain(
            "diff needs two traces, one of which may be - for standard input: loopglass diff TRACE TRACE");
        return CLI_USAGE;
    }
    DiffSide *sides = calloc(2, sizeof *sides);
    int status = CLI_UNREADABLE;
    if (sides == NULL)
        complain("out of memory");
    else if (open_side(&sides[0], files[0]) && open_side(&sides[1], files[1]))
        status = compare(sides, files, &options);
    for (int k = 0; sides != NULL && k < 2; k++)
        diff_close(&sides[k]);
    free(sides);
    return status;
}
