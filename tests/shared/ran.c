/*
 * stdout and stderr go to temporary files: nothing blocks, however much is written and whoever is waited for
 * first.
 */
#include "ran.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

const char looprun_path[] = BUILD_DIR "/looprun";

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static char *read_all(FILE *file, size_t *length)
{
    fseek(file, 0, SEEK_END);
    *length = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(*length + 1);
    assert_non_null(text);
    *length = fread(text, 1, *length, file);
    text[*length] = '\0';
    fclose(file);
    return text;
}

void ran_start(Ran *program, const char *folder, const char *const *argv)
{
    *program = (Ran){.files = {tmpfile(), tmpfile()}, .started = now()};
    assert_non_null(program->files[0]);
    assert_non_null(program->files[1]);
    program->pid = fork();
    assert_true(program->pid >= 0);
    if (program->pid > 0)
        return;
    dup2(fileno(program->files[0]), STDOUT_FILENO);
    dup2(fileno(program->files[1]), STDERR_FILENO);
    setenv("LC_ALL", "C.UTF-8", 0); /* whatever the language is in which the tests are run */
    signal(SIGINT, SIG_DFL);        /* a shell's background job would have it ignored */
    if (!folder || chdir(folder) == 0)
        execvp(argv[0], (char *const *)argv);
    _exit(127);
}

void ran_wait(Ran *program, double seconds)
{
    int status = 0;
    while (waitpid(program->pid, &status, WNOHANG) == 0) {
        if (now() > program->started + seconds) {
            program->timed_out = true;
            kill(program->pid, SIGKILL);
            waitpid(program->pid, &status, 0);
            break;
        }
        nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
    }
    program->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    program->out = read_all(program->files[0], &program->out_length);
    program->err = read_all(program->files[1], &program->err_length);
}

void ran_free(Ran *program)
{
    free(program->out);
    free(program->err);
    program->out = program->err = NULL;
}

Ran looprun(const char *const *words)
{
    const char *argv[32] = {looprun_path};
    for (size_t k = 0; words[k]; k++) {
        assert_true(k + 2 < sizeof argv / sizeof *argv);
        argv[k + 1] = words[k];
    }
    Ran program;
    ran_start(&program, NULL, argv);
    ran_wait(&program, 60);
    assert_false(program.timed_out);
    return program;
}
