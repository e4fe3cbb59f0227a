/*
 * pairs — runs the C half of a pair and writes its trace to stdout. `pairs --list` names them all.
 */
#include "program.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    const Program *program = pair_programs;
    bool list = argc == 2 && strcmp(argv[1], "--list") == 0;
    for (; program->name && argc == 2; program++) {
        if (list)
            puts(program->name);
        else if (strcmp(program->name, argv[1]) == 0)
            break;
    }
    if (list)
        return 0;
    if (argc != 2 || !program->name) {
        fprintf(stderr, "usage: pairs --list | NAME%s\n", argc == 2 ? "; there is no such pair" : "");
        return 2;
    }
    int status = program_trace(program, STDOUT_FILENO);
    if (status < 0)
        fprintf(stderr, "pairs: %s: its trace could not be written\n", program->name);
    return status < 0 ? 4 : status;
}
