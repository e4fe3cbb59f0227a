/*
 * Both processes share a piece of memory: the schedule goes there, what came of it comes back. A page of it
 * that a run does not touch costs nothing.
 */
#include "attempt.h"

#include "complain.h"
#include "output.h"
#include "words.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

bool attempt_open(Attempt *attempt)
{
    void *shared =
        mmap(NULL, sizeof(Record), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    *attempt = (Attempt){.record = shared == MAP_FAILED ? NULL : shared};
    return attempt->record != NULL;
}

void attempt_close(Attempt *attempt)
{
    if (attempt->pid) {
        kill(attempt->pid, SIGKILL);
        attempt_wait(attempt);
    }
    if (attempt->record)
        munmap(attempt->record, sizeof(Record));
    attempt->record = NULL;
}

/* ---------------------------------------------------------------------------------- in the new process ----
 */

static Record *record; /* of this process */
static uint32_t next_change;

void attempt_ends(const char *ending)
{
    if (!record || record->ended)
        return;
    snprintf(record->ending, sizeof record->ending, "%s", ending);
    record->ended = true;
}

/* A candidate in the reader's language: libloop says "the timer of" one that sleeps. */
static void put_candidate(const Choice *choice, size_t k, char *buffer, size_t size)
{
    static const char timer[] = "the timer of ";
    char name[128];
    choice_name(choice, k, name, sizeof name);
    bool sleeps = strncmp(name, timer, sizeof timer - 1) == 0;
    snprintf(buffer, size, sleeps ? words("the timer of %s") : "%s", name + (sleeps ? sizeof timer - 1 : 0));
}

/* Names have no end of line in a file of lines. */
static void add_name(const Choice *choice, size_t taken)
{
    char chosen[128], first[128];
    size_t room = sizeof record->names - record->names_length;
    char *text = record->names + record->names_length;
    if (room < 2)
        return;
    put_candidate(choice, taken, chosen, sizeof chosen);
    put_candidate(choice, 0, first, sizeof first);
    int length = taken ? snprintf(text, room - 1, words("%s, before %s"), chosen, first)
                       : snprintf(text, room - 1, "%s", chosen);
    for (char *at = text; (at = strpbrk(at, "\r\n")); *at = ' ') {
    }
    record->names_length += (size_t)length < room - 1 ? (size_t)length + 1 : room - 1;
}

static size_t choose(const Choice *choice, void *context)
{
    (void)context;
    uint32_t at = record->choice_count;
    if (at == CHOICES_MOST) {
        attempt_ends(words("ended by --explore: it has more than 65536 choices"));
        _exit(0);
    }
    uint32_t taken = 0;
    if (next_change < record->change_count && record->changes[next_change].at == at)
        taken = record->changes[next_change++].taken;
    if (taken >= choice->count) {
        record->unsteady = true;
        taken = 0;
    }
    if (record->named)
        add_name(choice, taken);
    record->counts[record->choice_count++] =
        choice->count < UINT32_MAX ? (uint32_t)choice->count : UINT32_MAX;
    return taken;
}

/* FNV-1a. */
static void hear(const char *text, size_t length)
{
    for (size_t k = 0; k < length; k++)
        record->sum = (record->sum ^ (unsigned char)text[k]) * 0x100000001b3u;
    if (record->length < OUTPUT_MOST) {
        size_t room = OUTPUT_MOST - record->length;
        memcpy(record->output + record->length, text, length < room ? length : room);
    }
    record->length += length;
}

static _Noreturn void be_the_run(Record *shared, void (*run)(void *context), void *context)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    record = shared;
    int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = 0; nowhere >= 0 && fd < 3; fd++)
        dup2(nowhere, fd);
    output_tell(hear);
    loop_set_schedule(choose, NULL);
    alarm(PATIENCE);
    run(context);
    record->unsteady = record->unsteady || next_change < record->change_count;
    _exit(0);
}

/* ----------------------------------------------------------------------------------------- in this one ----
 */

bool attempt_start(Attempt *attempt, void (*run)(void *context), void *context)
{
    Record *shared = attempt->record;
    shared->choice_count = 0;
    shared->unsteady = shared->ended = false;
    shared->sum = 0xcbf29ce484222325u;
    shared->length = shared->names_length = 0;
    pid_t pid = fork();
    if (pid == 0)
        be_the_run(shared, run, context);
    attempt->pid = pid > 0 ? pid : 0;
    return pid > 0;
}

static void tell_death(Record *shared, int status)
{
    int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    const char *name = signal ? sigabbrev_np(signal) : NULL;
    if (signal == SIGALRM)
        snprintf(shared->ending, sizeof shared->ending, words("ended by --explore after %d s"), PATIENCE);
    else if (name)
        snprintf(shared->ending, sizeof shared->ending, words("crashed (SIG%s)"), name);
    else
        snprintf(shared->ending, sizeof shared->ending, words("exit status %d"), WEXITSTATUS(status));
}

void attempt_wait(Attempt *attempt)
{
    int status = 0;
    while (waitpid(attempt->pid, &status, 0) < 0 && errno == EINTR) {
    }
    attempt->pid = 0;
    if (!attempt->record->ended)
        tell_death(attempt->record, status);
}
