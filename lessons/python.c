/*
 * A Python program is not ours to run: this process becomes Python (execvp) with the recorder, which runs the
 * program on CPython's own event loop and writes the trace that a lesson in C would write.
 *
 *     looprun my.py --trace - a b   ──►   python3 …/record -o - my.py a b
 *
 * Whoever started looprun sees no difference: the same process, the same pipe, and Python's exit status.
 */
#include "python.h"

#include "complain.h"
#include "words.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OLDEST_MINOR = 9 /* of Python 3 */ };

/* --------------------------------------------------------------------------------------- the program ---- */

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), wanted = strlen(end);
    return length >= wanted && strcmp(text + length - wanted, end) == 0;
}

static bool has_main(const char *folder)
{
    char path[PATH_MAX];
    return snprintf(path, sizeof path, "%s/__main__.py", folder) < (int)sizeof path &&
           access(path, F_OK) == 0;
}

bool python_names(const char *word)
{
    /* Without a slash or a dot it would be a lesson. */
    return ends_with(word, ".py") || (strpbrk(word, "/.") && has_main(word));
}

/* Python would say it too, but in more than one line. Complains. */
static bool can_read(const char *path)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool good = fd >= 0 && fstat(fd, &status) == 0;
    if (!good) {
        complain("cannot open %s: %s", path, words_error(errno));
    } else if (S_ISDIR(status.st_mode) && !has_main(path)) {
        complain("cannot run %s: it is a folder without a __main__.py", path);
        good = false;
    }
    if (fd >= 0)
        close(fd);
    return good;
}

/* -------------------------------------------------------------------------------------- the recorder ---- */

/* share/loopglass/record of where this program is installed, else the source tree's. Complains. */
static bool find_recorder(char *path, size_t size)
{
    static const char installed[] = "../share/loopglass/record";
    char own[PATH_MAX], file[PATH_MAX + 32];
    ssize_t length = readlink("/proc/self/exe", own, sizeof own - sizeof installed);
    while (length > 0 && own[length - 1] != '/')
        length--;
    snprintf(path, size, "%.*s%s", (int)(length > 0 ? length : 0), own, installed);
    if (length <= 0 || access(path, F_OK) != 0)
        snprintf(path, size, "%s", LOOPGLASS_RECORDER);
    snprintf(file, sizeof file, "%s/__main__.py", path);
    bool found = access(file, R_OK) == 0;
    if (!found)
        complain("the recorder is missing: there is no %s; install Loopglass anew", file);
    return found;
}

/* -------------------------------------------------------------------------------------------- Python ---- */

/* What a Python says of itself, in words that every Python understands. */
static const char question[] =
    "import sys; "
    "name = getattr(getattr(sys, 'implementation', None), 'name', 'cpython'); "
    "name = 'PyPy' if '__pypy__' in sys.builtin_module_names else name; "
    "sys.stdout.write('%s %d.%d' % (name, sys.version_info[0], sys.version_info[1]))";

/* Everything that comes out of a pipe, up to size, as a string. */
static void hear(int from, char *answer, size_t size)
{
    size_t used = 0;
    ssize_t n;
    while ((n = read(from, answer + used, size - 1 - used)) > 0 || (n < 0 && errno == EINTR))
        used += n > 0 ? (size_t)n : 0;
    answer[used] = '\0';
}

/* Asks a Python the question. @return 0, or an errno: there is no such program */
static int ask(const char *python, char *answer, size_t size)
{
    const char *argv[] = {python, "-c", question, NULL};
    int ends[2];
    pid_t pid;
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error)
        return error;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        error = errno;
    } else {
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        error = posix_spawnp(&pid, python, &actions, NULL, (char *const *)(uintptr_t)argv, environ);
        close(ends[1]);
        if (!error)
            hear(ends[0], answer, size);
        close(ends[0]);
        while (!error && waitpid(pid, NULL, 0) < 0 && errno == EINTR) {
        }
    }
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* Can it record? Complains when it cannot. */
static bool fits(const char *python, const char *answer)
{
    char name[32];
    int major, minor;
    if (sscanf(answer, "%31s %d.%d", name, &major, &minor) != 3) {
        complain("%s does not run as Python does; name a Python with --python", python);
        return false;
    }
    if (strcmp(name, "cpython") != 0) {
        complain("%s is %s: the recorder needs CPython, whose event loop it watches; name one with --python",
                 python, name);
        return false;
    }
    if (major < 3 || (major == 3 && minor < OLDEST_MINOR)) {
        complain("%s is Python %d.%d: the recorder needs Python 3.%d or newer; name one with --python",
                 python, major, minor, OLDEST_MINOR);
        return false;
    }
    return true;
}

/* The named Python, else the first on PATH. Complains. @return NULL when there is none that fits */
static const char *find_python(const char *named)
{
    const char *const candidates[] = {named ? named : "python3", named ? NULL : "python"};
    char answer[64];
    for (size_t k = 0; k < 2 && candidates[k]; k++) {
        int error = ask(candidates[k], answer, sizeof answer);
        if (error == 0)
            return fits(candidates[k], answer) ? candidates[k] : NULL;
        if (named)
            complain("cannot start the Python %s: %s", named, words_error(error));
    }
    if (!named)
        complain("no Python: neither python3 nor python is on PATH; install one, or name one with --python");
    return NULL;
}

/* --------------------------------------------------------------------------------------- becoming it ---- */

/* Whoever shows lessons limits the files that they write (stderr is one); a program of its own may write
 * large ones. */
static void lift_limits(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_FSIZE, &limit);
    }
}

int python_become(const Options *options, const char *about)
{
    char recorder[PATH_MAX];
    if (options->variant || options->set_count) {
        complain("%s goes with a lesson, and %s is a Python program",
                 options->variant ? "--variant" : "--set",
                 options->module ? options->module : options->lesson);
        return STATUS_USAGE;
    }
    if (!options->module && !can_read(options->lesson))
        return STATUS_UNREADABLE;
    if (!find_recorder(recorder, sizeof recorder))
        return STATUS_UNREADABLE;
    const char *python = find_python(options->python);
    if (!python)
        return STATUS_UNREADABLE;

    char limit[24];
    const char **argv = calloc((size_t)options->argument_count + 14, sizeof *argv);
    size_t count = 0;
    if (!argv) {
        complain("out of memory");
        return STATUS_UNREADABLE;
    }
    argv[count++] = python;
    argv[count++] = recorder;
    argv[count++] = "-o";
    argv[count++] = options->trace ? options->trace : "/dev/null";
    snprintf(limit, sizeof limit, "%" PRId64, options->limit);
    argv[count++] = "--trace-limit";
    argv[count++] = limit;
    if (options->virtual_clock)
        argv[count++] = "--virtual";
    if (options->quiet)
        argv[count++] = "--quiet";
    if (about) {
        argv[count++] = "--program";
        argv[count++] = about;
    }
    if (options->module)
        argv[count++] = "-m";
    argv[count++] = options->module ? options->module : options->lesson;
    for (int k = 0; k < options->argument_count; k++)
        argv[count++] = options->arguments[k];
    lift_limits();
    execvp(python, (char *const *)(uintptr_t)argv);
    complain("cannot start %s: %s", python, words_error(errno));
    free(argv);
    return STATUS_UNREADABLE;
}
