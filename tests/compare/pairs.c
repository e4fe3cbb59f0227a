/*
 * pairs — runs the C half of pairs. What runs is a table, made by CMake or by the generator.
 *
 *     pairs --list            names them all
 *     pairs NAME              writes its trace to stdout
 *     pairs --all FOLDER      each in a child of its own, the traces into FOLDER/NAME.c.jsonl
 */
#include "program.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STATUS_USAGE = 2, STATUS_UNWRITTEN = 4, PATIENCE = 10 /* seconds */ };

static int list(void)
{
    for (const Program *program = pair_programs; program->name; program++)
        puts(program->name);
    return 0;
}

static int run(const Program *program, int fd)
{
    int status = program_trace(program, fd);
    if (status < 0)
        fprintf(stderr, "pairs: %s: its trace could not be written\n", program->name);
    return status < 0 ? STATUS_UNWRITTEN : status;
}

static int run_named(const char *name)
{
    for (const Program *program = pair_programs; program->name; program++)
        if (strcmp(program->name, name) == 0)
            return run(program, STDOUT_FILENO);
    fprintf(stderr, "pairs: there is no pair %s\n", name);
    return STATUS_USAGE;
}

/* One that crashes or hangs leaves a trace without an end: that is a difference by itself. */
static int run_all(const char *folder)
{
    for (const Program *program = pair_programs; program->name; program++) {
        pid_t child = fork();
        if (child == 0) {
            char path[512];
            snprintf(path, sizeof path, "%s/%s.c.jsonl", folder, program->name);
            int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
            alarm(PATIENCE);
            _exit(fd < 0 ? STATUS_UNWRITTEN : run(program, fd));
        }
        if (child < 0 || waitpid(child, NULL, 0) < 0) {
            perror("pairs");
            return STATUS_UNWRITTEN;
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--list") == 0)
        return list();
    if (argc == 3 && strcmp(argv[1], "--all") == 0)
        return run_all(argv[2]);
    if (argc == 2)
        return run_named(argv[1]);
    fputs("usage: pairs --list | NAME | --all FOLDER\n", stderr);
    return STATUS_USAGE;
}
