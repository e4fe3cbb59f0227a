/*
 * child.c — a process of its own for the lesson, so that whatever it does, the window stays.
 *
 *     child's stdout ──pipe, never blocking──► child_read
 *     child's stderr ──a file in memory──────► child_last_words, read after its end
 *
 * stderr goes to a file and not to a second pipe: nobody has to empty it while the child runs, so it cannot
 * get stuck there; its size is limited. The child leads a process group, which is killed as a whole, and the
 * kernel kills it should this program die first.
 */
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    STDERR_MOST = 64 << 20,
    WORDS_MOST = 512,
    PATIENCE = 500, /* ms between the end of its output and its exit */
    GRACE = 300     /* ms between being asked to end and being killed */
};

struct Child {
    pid_t pid;
    int out, err; /* -1: closed */
    int status;   /* -1 while it runs */
    bool stopped; /* it had closed its output and stayed: it was killed for that */
    char words[WORDS_MOST];
};

static void close_if(int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
    *descriptor = -1;
}

/** In the child: becomes the program, or says through `report` why not. Only what is safe after fork. */
static _Noreturn void become(const char *const *argv, int out, int err, int report)
{
    struct rlimit most;
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getrlimit(RLIMIT_FSIZE, &most) == 0 && most.rlim_cur > STDERR_MOST) {
        most.rlim_cur = STDERR_MOST; /* a program with large files of its own may lift it again */
        setrlimit(RLIMIT_FSIZE, &most);
    }
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    int in = open("/dev/null", O_RDONLY);
    if (in >= 0 && dup2(in, 0) == 0 && dup2(out, 1) == 1 && dup2(err, 2) == 2)
        execv(argv[0], (char *const *)(uintptr_t)argv);
    int problem = errno;
    if (write(report, &problem, sizeof problem) < 0)
        _exit(126);
    _exit(127);
}

/** The last line with something in it. */
static void keep_last_words(Child *child)
{
    char tail[4096];
    off_t size = lseek(child->err, 0, SEEK_END);
    off_t from = size > (off_t)sizeof tail ? size - (off_t)sizeof tail : 0;
    ssize_t n = size > 0 ? pread(child->err, tail, sizeof tail, from) : 0;
    while (n > 0 && (tail[n - 1] == '\n' || tail[n - 1] == ' '))
        n--;
    ssize_t start = n > 0 ? n : 0;
    while (start > 0 && tail[start - 1] != '\n')
        start--;
    snprintf(child->words, sizeof child->words, "%.*s", (int)(n > 0 ? n - start : 0), tail + start);
}

/** Its output has ended: waits for its exit, but not for ever. */
static void reap(Child *child)
{
    int status = 0, waited = 0;
    pid_t got;
    while ((got = waitpid(child->pid, &status, WNOHANG)) == 0 || (got < 0 && errno == EINTR)) {
        if (waited++ == PATIENCE)
            child->stopped = kill(-child->pid, SIGKILL) == 0;
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    kill(-child->pid, SIGKILL); /* what it has left behind */
    /* it may have ended by itself just before */
    child->stopped = child->stopped && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    child->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    keep_last_words(child);
}

Child *child_start(const char *const *argv, const char **problem)
{
    static char line[512];
    Child *child = malloc(sizeof *child);
    int out[2] = {-1, -1}, report[2] = {-1, -1}, failed = 0;
    if (!child) {
        *problem = "out of memory";
        return NULL;
    }
    *child = (Child){.pid = -1, .out = -1, .err = -1, .status = -1};
    if (pipe2(out, O_CLOEXEC) != 0 || pipe2(report, O_CLOEXEC) != 0)
        goto fail;
    child->err = memfd_create("stderr", MFD_CLOEXEC);
    if (child->err < 0 || fcntl(out[0], F_SETFL, O_NONBLOCK) != 0)
        goto fail;
    child->pid = fork();
    if (child->pid < 0)
        goto fail;
    if (child->pid == 0)
        become(argv, out[1], child->err, report[1]);
    setpgid(child->pid, child->pid);
    close_if(&out[1]);
    close_if(&report[1]);
    child->out = out[0];
    while (read(report[0], &failed, sizeof failed) < 0 && errno == EINTR) {
    }
    close_if(&report[0]);
    if (failed) {
        snprintf(line, sizeof line, "cannot run %.300s: %s", argv[0], strerror(failed));
        *problem = line;
        child_free(child);
        return NULL;
    }
    fcntl(child->out, F_SETPIPE_SZ, 1 << 20); /* fewer, larger reads; it works without */
    return child;

fail:
    snprintf(line, sizeof line, "cannot start %.300s: %s", argv[0], strerror(errno));
    *problem = line;
    for (int k = 0; k < 2; k++) {
        close_if(&out[k]);
        close_if(&report[k]);
    }
    close_if(&child->err);
    free(child);
    return NULL;
}

/** Asks it to end, and kills it when it does not. Nobody reads what it writes now. */
static void end(Child *child)
{
    bool ended = false;
    close_if(&child->out);
    kill(-child->pid, SIGTERM);
    for (int waited = 0; !ended && waited < GRACE; waited++) {
        ended = waitpid(child->pid, NULL, WNOHANG) == child->pid;
        if (!ended)
            nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    kill(-child->pid, SIGKILL); /* what it has left behind, too */
    while (!ended && waitpid(child->pid, NULL, 0) < 0 && errno == EINTR) {
    }
}

void child_free(Child *child)
{
    if (!child)
        return;
    if (child->status < 0)
        end(child);
    close_if(&child->out);
    close_if(&child->err);
    free(child);
}

int child_descriptor(const Child *child)
{
    return child->out;
}

size_t child_read(Child *child, char *buffer, size_t size)
{
    if (child->out < 0 || size == 0)
        return 0;
    ssize_t n = read(child->out, buffer, size);
    if (n > 0)
        return (size_t)n;
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return 0;
    close_if(&child->out);
    reap(child);
    return 0;
}

bool child_ended(const Child *child)
{
    return child->out < 0;
}

int child_status(const Child *child)
{
    return child->status;
}

bool child_was_stopped(const Child *child)
{
    return child->stopped;
}

const char *child_last_words(const Child *child)
{
    return child->words;
}

/** The text of a key with its {problem}. */
static const char *fill_problem(Language language, const char *key, const char *problem)
{
    static char line[WORDS_MOST + 256];
    const char *text = lang_text(language, key);
    const char *at = strstr(text, "{problem}");
    if (!at)
        return text;
    snprintf(line, sizeof line, "%.*s%s%s", (int)(at - text), text, problem, at + strlen("{problem}"));
    return line;
}

const char *child_message(const Child *child, Language language)
{
    char problem[WORDS_MOST + 64];
    if (child->stopped)
        return lang_text(language, "error.stayed");
    /* 1 and 3 are how a program may end (an exception, stuck): the trace tells that, and it is no mishap */
    if (child->status <= 1 || child->status == 3)
        return NULL;
    if (child->status <= 128) {
        if (child->words[0])
            return fill_problem(language, "error.failed", child->words);
        snprintf(problem, sizeof problem, "exit status %d", child->status);
        return fill_problem(language, "error.failed", problem);
    }
    const char *name = sigabbrev_np(child->status - 128);
    snprintf(problem, sizeof problem, "SIG%s%s%s", name ? name : "?", child->words[0] ? " · " : "",
             child->words);
    return fill_problem(language, "error.crashed", problem);
}

char *find_looprun(void)
{
    char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - sizeof "looprun");
    while (n > 0 && path[n - 1] != '/')
        n--;
    if (n > 0) {
        strcpy(path + n, "looprun");
        if (access(path, X_OK) == 0)
            return strdup(path);
    }
    for (const char *at = getenv("PATH"); at && *at; at += *at == ':') {
        size_t length = strcspn(at, ":");
        int used = snprintf(path, sizeof path, "%.*s/looprun", (int)length, length ? at : ".");
        if (used > 0 && (size_t)used < sizeof path && access(path, X_OK) == 0)
            return strdup(path);
        at += length;
    }
    return NULL;
}
