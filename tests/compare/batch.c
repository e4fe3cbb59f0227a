/*
 * All programs of a batch are one C file, compiled without optimising, and one call of the recorder, which
 * forks a child for each: so a program costs a few milliseconds. Compiler and Python run side by side.
 */
#include "batch.h"

#include "projection.h"

#include "history.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char recorder[] = PROJECT_DIR "/lessons/record";

static void path_to(const Batch *batch, char *path, size_t size, const char *format, int k)
{
    char name[32];
    snprintf(name, sizeof name, format, k);
    snprintf(path, size, "%s/%s", batch->folder, name);
}

/* ------------------------------------------------------------------------------------------ children ---- */

/* Starts a program, whose output goes to a file in the folder, or is kept from the terminal. */
static pid_t start(const Batch *batch, char *const *argv, const char *log)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    char path[640];
    snprintf(path, sizeof path, "%s/%s", batch->folder, log);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    dup2(fd, STDOUT_FILENO);
    dup2(fd, STDERR_FILENO);
    execvp(argv[0], argv);
    _exit(127);
}

/* @return its exit status */
static int await(pid_t child)
{
    int status = 127 << 8;
    if (child > 0)
        waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static char *read_path(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t size = 0;
    *length = 0;
    if (!file)
        return NULL;
    ssize_t got = getdelim(&text, &size, '\0', file);
    fclose(file);
    if (got < 0) {
        free(text);
        return NULL;
    }
    *length = (size_t)got;
    return text;
}

static void tell_log(const Batch *batch, const char *what, const char *log)
{
    char path[640];
    size_t length;
    snprintf(path, sizeof path, "%s/%s", batch->folder, log);
    char *text = read_path(path, &length);
    fprintf(stderr, "seeds: %s failed:\n%.*s\n", what, 4000, text ? text : "");
    free(text);
}

bool batch_begin(Batch *batch)
{
    static char question[] =
        "import sys; print(sys.executable, '%d%02d%02d' % sys.version_info[:3], sep='\\n')";
    const char *chosen = getenv("LOOPGLASS_PYTHON");
    strcpy(batch->folder, "/tmp/loopglass-seeds-XXXXXX");
    if (!mkdtemp(batch->folder)) {
        perror("seeds: a folder in /tmp");
        return false;
    }
    char *argv[] = {(char *)(chosen ? chosen : "python3"), "-c", question, NULL};
    char path[640];
    size_t length;
    int status = await(start(batch, argv, "python"));
    snprintf(path, sizeof path, "%s/python", batch->folder);
    char *answer = read_path(path, &length);
    bool known =
        status == 0 && answer && sscanf(answer, "%1023[^\n] %d", batch->python, &batch->version) == 2;
    free(answer);
    if (!known)
        tell_log(batch, argv[0], "python");
    return known;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *place)
{
    (void)about;
    (void)kind;
    (void)place;
    return remove(path);
}

void batch_end(const Batch *batch)
{
    nftw(batch->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* ------------------------------------------------------------------------------------------- writing ---- */

static bool write_pythons(const Batch *batch, Plan *const *plans, int count, Verdict *verdicts)
{
    for (int k = 0; k < count; k++) {
        char path[640], *text = NULL;
        size_t length = 0;
        FILE *memory = open_memstream(&text, &length);
        if (!memory)
            return false;
        plan_write_python(plans[k], memory);
        fclose(memory);
        verdicts[k] = (Verdict){.rule = version_rule_of(text, batch->version)};
        path_to(batch, path, sizeof path, "%d.py", k);
        FILE *file = fopen(path, "wb");
        bool written = file && fwrite(text, 1, length, file) == length;
        written = file && fclose(file) == 0 && written;
        free(text);
        if (!written) {
            perror(path);
            return false;
        }
    }
    return true;
}

static bool write_c(const Batch *batch, Plan *const *plans, int count, const Verdict *verdicts)
{
    char path[640];
    snprintf(path, sizeof path, "%s/batch.c", batch->folder);
    FILE *out = fopen(path, "wb");
    if (!out) {
        perror(path);
        return false;
    }
    fputs("#include \"program.h\"\n#include \"seed.h\"\n\n", out);
    for (int k = 0; k < count; k++) {
        char prefix[32];
        snprintf(prefix, sizeof prefix, "s%d_", k);
        if (!verdicts[k].rule)
            plan_write_c(plans[k], prefix, out);
    }
    fputs("const Program pair_programs[] = {\n", out);
    for (int k = 0; k < count; k++)
        if (!verdicts[k].rule)
            fprintf(out, "    {\"%d\", s%d_pair},\n", k, k);
    fputs("    {NULL, NULL},\n};\n", out);
    return fclose(out) == 0;
}

/* ------------------------------------------------------------------------------------------- running ---- */

static pid_t start_pythons(const Batch *batch, int count, const Verdict *verdicts)
{
    static char virtual[] = "--virtual", no_lines[] = "--no-lines", many[] = "--batch", bytes[] = "-B";
    char **argv = calloc((size_t)count + 8, sizeof *argv);
    char(*names)[640] = calloc((size_t)count, sizeof *names);
    if (!argv || !names)
        abort();
    char *first[] = {(char *)batch->python, bytes, (char *)recorder, virtual, no_lines, many,
                     (char *)batch->folder};
    memcpy(argv, first, sizeof first);
    int words = sizeof first / sizeof *first;
    for (int k = 0; k < count; k++)
        if (!verdicts[k].rule) {
            path_to(batch, names[k], sizeof names[k], "%d.py", k);
            argv[words++] = names[k];
        }
    pid_t child = start(batch, argv, "recorder.log");
    free(argv);
    free(names);
    return child;
}

static bool compile(const Batch *batch)
{
    char source[640], program[640], command[4096];
    const char *library = getenv("LOOPGLASS_LIBLOOP");
    snprintf(source, sizeof source, "%s/batch.c", batch->folder);
    snprintf(program, sizeof program, "%s/batch", batch->folder);
    snprintf(command, sizeof command,
             "%s -O0 -w -std=c11 -D_GNU_SOURCE " SEED_FLAGS " -I %s -I %s %s %s %s -o %s -lpthread -lm",
             SEED_COMPILER, PROJECT_DIR "/loop", PROJECT_DIR "/tests/compare", source, SEED_PROGRAM,
             library ? library : SEED_LOOP, program);
    char *argv[] = {"/bin/sh", "-c", command, NULL};
    if (await(start(batch, argv, "compiler.log")) == 0)
        return true;
    tell_log(batch, "the compiler", "compiler.log");
    return false;
}

static bool run_c(const Batch *batch)
{
    char program[640];
    snprintf(program, sizeof program, "%s/batch", batch->folder);
    char *argv[] = {program, "--all", (char *)batch->folder, NULL};
    if (await(start(batch, argv, "c.log")) == 0)
        return true;
    tell_log(batch, "the programs in C", "c.log");
    return false;
}

/* ----------------------------------------------------------------------------------------- comparing ---- */

/* A trace that is not there, or stops in the middle of a line, is one that has nothing more to say. */
static Projection project(const Batch *batch, const char *format, int k)
{
    char path[640];
    size_t length;
    path_to(batch, path, sizeof path, format, k);
    char *text = read_path(path, &length);
    while (length > 0 && text[length - 1] != '\n')
        length--;
    Projection projection = projection_read_bare(text ? text : "", length);
    free(text);
    return projection;
}

static bool equal(const Batch *batch, int k, bool telling)
{
    Projection ours = project(batch, "%d.c.jsonl", k), cpythons = project(batch, "%d.jsonl", k);
    size_t line = projection_differs(&ours, &cpythons);
    bool same = line == SIZE_MAX && ours.count > 0 && !ours.problem && !cpythons.problem;
    if (!same && telling)
        projection_show(&ours, "the C loop", &cpythons, "CPython", line);
    projection_free(&ours);
    projection_free(&cpythons);
    return same;
}

void batch_show(const Batch *batch, int k)
{
    equal(batch, k, true);
}

static void complain(void *context, uint32_t line, const char *rule, const char *message)
{
    printf("%s: line %u: %s: %s\n", (const char *)context, line, rule, message);
}

bool batch_check(const Batch *batch, int k)
{
    char path[640];
    size_t length;
    path_to(batch, path, sizeof path, "%d.c.jsonl", k);
    char *text = read_path(path, &length);
    bool good = text && history_check(text, length, complain, path) == 0;
    free(text);
    return good;
}

bool batch_write(const Batch *batch, Plan *const *plans, int count, Verdict *verdicts)
{
    return write_pythons(batch, plans, count, verdicts) && write_c(batch, plans, count, verdicts);
}

bool batch_run(const Batch *batch, Plan *const *plans, int count, Verdict *verdicts)
{
    if (!batch_write(batch, plans, count, verdicts))
        return false;
    pid_t pythons = start_pythons(batch, count, verdicts);
    bool ran = compile(batch) && run_c(batch);
    if (await(pythons) != 0) {
        tell_log(batch, "the recorder", "recorder.log");
        ran = false;
    }
    for (int k = 0; k < count && ran; k++)
        if (!verdicts[k].rule)
            verdicts[k].equal = equal(batch, k, false);
    return ran;
}
