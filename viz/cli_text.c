/*
 * cli_text.c — `loopglass text SOURCE`: the same beats as in the window, as plain text; the exit
 * status is how the program ended.
 */
#include "cli.h"
#include "document.h"
#include "text.h"

#include <stdio.h>

static const double patience = 30; /* seconds that a program may take */

int cli_text(int argc, char **argv)
{
    Options options;
    if (!options_read(&options, argc, argv, OPTS_RUN))
        return CLI_USAGE;
    if (!options.opening.source) {
        complain("text needs one lesson, program or trace: loopglass text async-await");
        return CLI_USAGE;
    }
    const char *problem;
    Document *document = document_open(&options.opening, options.view.language, &problem);
    if (!document) {
        complain("%s", problem);
        return CLI_UNREADABLE;
    }
    document_load(document, patience);
    const Lesson *lesson = document_lesson(document, options.view.language);
    int status = document_status(document);
    if (status == 0) {
        text_tell(stdout, lesson->history, lesson->beats, lesson->about, options.view.language);
        status = cli_finish(); /* also when telling has failed */
        if (status == 0 && !lesson->message)
            complain_of_lines(options.opening.source, lesson->history);
        if (status == 0)
            status = document_outcome(document);
    }
    if (lesson->message)
        complain("%s", lesson->message);
    document_free(document);
    return status;
}
