/*
 * The file itself is compiled for what the compiler has to say about it; what runs is the same program with
 * calls in it that tell its lines (lines.h), and only where that does not compile, the file as it is.
 *
 * Headers come with looprun: they are part of the program, and written into the cache where a compiler can
 * read them. So it works from the build tree, installed, and when the sources are gone.
 */
#include "compile.h"

#include "cache.h"
#include "complain.h"
#include "delays.h"
#include "embedded.h"
#include "lines.h"
#include "words.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS_MOST = 64, DEEPEST = 8 };

/* Without optimisation a program is as it is written, when one looks at it with a debugger. A function that
 * nobody has declared is an error: it would be found missing only when the program is loaded. A large array
 * touches each page on its way down, and so the guard page of a coroutine's stack. */
static const char *const flags[] = {
    "-std=gnu11",
    "-D_GNU_SOURCE=",
    "-g",
    "-fPIC",
    "-fno-omit-frame-pointer",
    "-fstack-clash-protection",
    "-shared",
    "-Wl,-Bsymbolic",
    "-Wall",
    "-Wfloat-conversion", /* await_sleep(0.5) would sleep no nanosecond at all */
    "-Werror=implicit-function-declaration",
    "-fdiagnostics-color=never",
};

static const char tells[] = "extern void own_line(int);\n#define own_LINE(listing) ((void)0)\n";

/* ---------------------------------------------------------------------------------------- the command ----
 */

/* The compiler's command line; the words borrow from the texts that it is made of. */
typedef struct Command {
    const char *words[WORDS_MOST + 1];
    size_t count;
    char *compiler; /* CC, cut into words */
} Command;

static void add(Command *command, const char *word)
{
    if (command->count < WORDS_MOST)
        command->words[command->count++] = word;
}

static const char *compiler_name(void)
{
    const char *named = getenv("CC");
    return named && named[strspn(named, " ")] ? named : "cc";
}

/* CC may be more than one word: "ccache gcc". @return false when out of memory */
static bool begin_command(Command *command)
{
    *command = (Command){.compiler = strdup(compiler_name())};
    char *rest = command->compiler;
    for (char *word = rest ? strsep(&rest, " ") : NULL; word; word = strsep(&rest, " "))
        if (*word)
            add(command, word);
    for (size_t k = 0; k < sizeof flags / sizeof *flags; k++)
        add(command, flags[k]);
    return command->compiler != NULL;
}

/* Everything in a file without a name. @return yours to free; NULL when out of memory */
static char *read_back(int fd)
{
    off_t size = lseek(fd, 0, SEEK_END);
    char *text = calloc((size_t)(size > 0 ? size : 0) + 1, 1);
    if (text && size > 0 && pread(fd, text, (size_t)size, 0) < 0)
        *text = '\0';
    return text;
}

/* Runs the compiler. @return its exit status, < 0 after complaining; what it said is yours to free */
static int run(const Command *command, const char *input, char **said)
{
    pid_t pid;
    int status = -1, error, in = memfd_create("program", MFD_CLOEXEC),
        err = memfd_create("said", MFD_CLOEXEC);
    posix_spawn_file_actions_t actions;
    *said = NULL;
    size_t size = input ? strlen(input) : 0;
    error = in < 0 || err < 0 || write(in, input ? input : "", size) < (ssize_t)size ? errno : 0;
    if (!error && (error = posix_spawn_file_actions_init(&actions)) == 0) {
        lseek(in, 0, SEEK_SET);
        posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, err, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
        error = posix_spawnp(&pid, command->words[0], &actions, NULL,
                             (char *const *)(uintptr_t)command->words, environ);
        posix_spawn_file_actions_destroy(&actions);
    }
    if (error == ENOENT)
        complain(
            "no C compiler: there is no %s; install one (Debian: apt install gcc libc6-dev), or name one "
            "in CC",
            command->words[0]);
    else if (error)
        complain("cannot start the C compiler %s: %s", command->words[0], words_error(error));
    while (!error && waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (!error && !(*said = read_back(err)))
        complain("out of memory");
    if (in >= 0)
        close(in);
    if (err >= 0)
        close(err);
    return error || !*said ? -1 : WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* ----------------------------------------------------------------------------------- what it is made of ----
 */

/* The headers that a program may include, of those that are part of looprun. */
static bool is_header(const Embedded *file)
{
    size_t length = strlen(file->name);
    return length > 2 && strcmp(file->name + length - 2, ".h") == 0;
}

static uint64_t hash_headers(void)
{
    uint64_t hash = CACHE_HASH;
    for (size_t k = 0; k < embedded_count; k++)
        if (is_header(&embedded_files[k]))
            hash = cache_hash(hash, embedded_files[k].data, embedded_files[k].size);
    return hash;
}

static char *read_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    char *text = fd >= 0 ? read_back(fd) : NULL;
    if (fd >= 0)
        close(fd);
    return text;
}

/* The files that it includes by "name", from beside it, and those that they include. */
static uint64_t hash_included(uint64_t hash, const char *path, const char *text, int depth)
{
    const char *slash = strrchr(path, '/');
    for (const char *at = strstr(text, "#include"); at && depth < DEEPEST; at = strstr(at + 1, "#include")) {
        const char *name = at + strlen("#include");
        name += strspn(name, " \t");
        size_t length = *name == '"' ? strcspn(name + 1, "\"\n") : 0;
        char included[PATH_MAX];
        if (length == 0 ||
            snprintf(included, sizeof included, "%.*s%.*s", slash ? (int)(slash + 1 - path) : 0, path,
                     (int)length, name + 1) >= (int)sizeof included)
            continue;
        char *own = read_file(included);
        if (!own)
            continue;
        hash = cache_hash(hash, own, strlen(own) + 1);
        hash = hash_included(hash, included, own, depth + 1);
        free(own);
    }
    return hash;
}

static uint64_t hash_all(const Command *command, const char *path, const char *text, bool tells_lines)
{
    uint64_t hash = cache_hash(hash_headers(), LOOPGLASS_VERSION, strlen(LOOPGLASS_VERSION) + 1);
    for (size_t k = 0; k < command->count; k++)
        hash = cache_hash(hash, command->words[k], strlen(command->words[k]) + 1);
    hash = cache_hash(hash, &tells_lines, sizeof tells_lines);
    hash = cache_hash(hash, path, strlen(path) + 1);
    return hash_included(cache_hash(hash, text, strlen(text) + 1), path, text, 0);
}

/* Writes the headers into a folder of the cache, where they are not there yet.
 * @return its path, yours to free; NULL with errno */
static char *write_headers(void)
{
    char *folder = cache_path(hash_headers(), "-include"), file[PATH_MAX];
    if (!folder || cache_has(folder))
        return folder;
    bool written = mkdir(folder, 0700) == 0 || errno == EEXIST;
    for (size_t k = 0; written && k < embedded_count; k++) {
        const Embedded *header = &embedded_files[k];
        if (!is_header(header))
            continue;
        snprintf(file, sizeof file, "%s/%s", folder, strrchr(header->name, '/') + 1);
        written = cache_write(file, header->data, header->size);
    }
    if (written)
        return folder;
    free(folder);
    return NULL;
}

/* ----------------------------------------------------------------------------------------- compiling ---- */

/* The line of the first error in a message "FILE:LINE:COLUMN: error: …", in whatever language. */
static int error_line(const char *messages, const char *path)
{
    size_t length = strlen(path);
    int first = 0;
    for (const char *line = messages; line && *line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, path, length) != 0 || line[length] != ':')
            continue;
        char *end;
        long number = strtol(line + length + 1, &end, 10);
        bool warning = strstr(line, "warning:") && strstr(line, "warning:") < line + strcspn(line, "\n");
        if (number > 0 && *end == ':' && !warning)
            return (int)number;
        if (number > 0 && *end == ':' && !first)
            first = (int)number;
    }
    return first;
}

/* The same with the lines told. Whatever the compiler says now was said before, or is about our own calls. */
static int compile_telling(Command command, const char *path, const char *text, const char *object)
{
    char *told = lines_tell(text), *input = NULL, *said = NULL, *folder = strdup(path);
    int status = -1;
    if (told && folder && asprintf(&input, "%s#line 1 \"%s\"\n%s", tells, path, told) >= 0) {
        char *slash = strrchr(folder, '/');
        if (slash)
            slash[slash == folder] = '\0';
        const char *const words[] = {"-w", "-iquote", slash ? folder : ".", "-x", "c", "-", "-o", object};
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            add(&command, words[k]);
        status = run(&command, input, &said);
    }
    free(said);
    free(input);
    free(told);
    free(folder);
    return status;
}

/* Compiles into a temporary name and renames it. @return false after complaining */
static bool build(Command command, const char *path, const char *text, bool tells_lines, Compiled *compiled)
{
    char *include = write_headers(), *temporary = NULL;
    if (!include || asprintf(&temporary, "%s.%d", compiled->object, (int)getpid()) < 0) {
        complain("cannot write to %s: %s", cache_folder(), words_error(errno));
        free(include);
        return false;
    }
    add(&command, "-isystem");
    add(&command, include);
    Command plain = command;
    const char *const words[] = {path, "-o", temporary};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        add(&plain, words[k]);
    int status = run(&plain, NULL, &compiled->messages);
    if (status == 0 && tells_lines) {
        char *telling = NULL;
        if (asprintf(&telling, "%s.lines", temporary) >= 0 &&
            compile_telling(command, path, text, telling) == 0)
            status = rename(telling, temporary);
        free(telling);
    }
    bool good = status >= 0;
    if (status == 0 && rename(temporary, compiled->object) != 0) {
        complain("cannot write to %s: %s", compiled->object, words_error(errno));
        good = false;
    } else if (status > 0) {
        compiled->error_line = error_line(compiled->messages, path);
        free(compiled->object);
        compiled->object = NULL;
    }
    if (status != 0 || !good)
        unlink(temporary);
    free(temporary);
    free(include);
    return good;
}

/* What the compiler does not say of a program that compiles. @return false when out of memory */
static bool add_warnings(const char *path, const char *text, char **messages)
{
    char *warnings = delays_warn(path, text), *both = NULL;
    bool good = warnings && *messages && asprintf(&both, "%s%s", *messages, warnings) >= 0;
    free(warnings);
    if (!good)
        return false;
    free(*messages);
    *messages = both;
    return true;
}

bool compile(const char *path, const char *text, bool tells_lines, Compiled *compiled)
{
    Command command;
    *compiled = (Compiled){.object = NULL};
    if (!cache_folder())
        return false;
    bool good = begin_command(&command);
    uint64_t hash = hash_all(&command, path, text, tells_lines);
    char *said = cache_path(hash, ".txt");
    compiled->object = cache_path(hash, ".so");
    if (!good || !said || !compiled->object) {
        complain("out of memory");
        good = false;
    } else if (cache_has(compiled->object)) {
        compiled->messages = cache_has(said) ? read_file(said) : strdup("");
    } else {
        good = build(command, path, text, tells_lines, compiled);
        if (good && compiled->object && *compiled->messages)
            cache_write(said, compiled->messages, strlen(compiled->messages)); /* told again without it */
    }
    free(said);
    free(command.compiler);
    if (good && compiled->object && !add_warnings(path, text, &compiled->messages)) {
        complain("out of memory");
        good = false;
    }
    if (good && compiled->messages)
        return true;
    compiled_free(compiled);
    return false;
}

void compiled_free(Compiled *compiled)
{
    free(compiled->object);
    free(compiled->messages);
    *compiled = (Compiled){.object = NULL};
}
