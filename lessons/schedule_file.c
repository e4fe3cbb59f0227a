/*
 * Reading is strict: what is not understood is refused with its line, for a schedule that was read half would
 * run half.
 */
#include "schedule_file.h"

#include "complain.h"
#include "words.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { VERSION = 1, LINE_MOST = 64 << 10, SIZE_MOST = 64 << 20 };

static const char first_line[] = "loopglass schedule ";

typedef struct Reader {
    const char *path;
    int line;
    char *subject; /* that stands in the file */
    size_t subject_length;
    ScheduleFile *file;
    size_t room;
} Reader;

static bool refuse(const Reader *reader, const char *what)
{
    complain("%s:%d: %s", reader->path, reader->line, words(what));
    return false;
}

static bool take_first(const Reader *reader, const char *line)
{
    char newer[96], *end;
    if (strncmp(line, first_line, strlen(first_line)) != 0)
        return refuse(reader, "this is no schedule: it does not begin with \"loopglass schedule 1\"");
    long version = strtol(line + strlen(first_line), &end, 10);
    if (*end == '\0' && version == VERSION)
        return true;
    snprintf(newer, sizeof newer, words("a schedule of version %.16s; this looprun reads %d"),
             line + strlen(first_line), VERSION);
    return refuse(reader, newer);
}

static bool take_subject(Reader *reader, const char *line)
{
    static const char *const keys[] = {"lesson ", "program ", "variant ", "set "};
    size_t length = strlen(line);
    bool known = false;
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
        known = known || strncmp(line, keys[k], strlen(keys[k])) == 0;
    if (!known)
        return refuse(reader, "neither a choice (\"1 of 2\") nor what the program is (\"lesson …\")");
    if (reader->file->count)
        return refuse(reader, "what the program is stands before the choices");
    char *subject = realloc(reader->subject, reader->subject_length + length + 2);
    if (!subject)
        return refuse(reader, "out of memory");
    sprintf(subject + reader->subject_length, "%s\n", line);
    reader->subject = subject;
    reader->subject_length += length + 1;
    return true;
}

/* "2 of 3", and anything behind it. */
static bool read_turn(const char *line, Turn *turn)
{
    char *end;
    errno = 0;
    unsigned long taken = strtoul(line, &end, 10);
    if (strncmp(end, " of ", 4) != 0 || end[4] < '0' || end[4] > '9')
        return false;
    unsigned long count = strtoul(end + 4, &end, 10);
    if (errno || (*end && *end != ' ') || count < 2 || count > UINT32_MAX || taken < 1 || taken > count)
        return false;
    *turn = (Turn){(uint32_t)(taken - 1), (uint32_t)count};
    return true;
}

static bool take_turn(Reader *reader, const char *line)
{
    ScheduleFile *file = reader->file;
    Turn turn;
    if (!read_turn(line, &turn))
        return refuse(reader, "a choice is written as \"1 of 2\": which, counted from 1, of how many");
    if (file->count == reader->room) {
        size_t room = reader->room ? 2 * reader->room : 64;
        Turn *turns = realloc(file->turns, room * sizeof *turns);
        if (!turns)
            return refuse(reader, "out of memory");
        file->turns = turns;
        reader->room = room;
    }
    file->turns[file->count++] = turn;
    return true;
}

static bool take_line(Reader *reader, const char *line)
{
    if (reader->line == 1)
        return take_first(reader, line);
    if (*line == '\0' || *line == '#')
        return true;
    return *line >= '0' && *line <= '9' ? take_turn(reader, line) : take_subject(reader, line);
}

/* The next line without its end. A file that has no lines, such as /dev/zero, must not be read for ever.
 * @return false at the end of the file, or, with good = false, when it is refused */
static bool next_line(Reader *reader, FILE *file, char line[LINE_MOST], bool *good)
{
    size_t length = 0;
    int byte = getc(file);
    bool found = byte != EOF;
    for (; byte != EOF && byte != '\n' && byte != '\0' && length < LINE_MOST - 1; byte = getc(file))
        line[length++] = (char)byte;
    reader->line += found;
    if (byte != EOF && byte != '\n')
        *good = refuse(reader, byte == '\0' ? "this is no text" : "too long for a line of a schedule");
    while (length && line[length - 1] == '\r')
        length--;
    line[length] = '\0';
    return found && *good;
}

static bool take_lines(Reader *reader, FILE *file)
{
    char line[LINE_MOST];
    size_t all = 0;
    bool good = true;
    while (good && next_line(reader, file, line, &good)) {
        all += strlen(line) + 1;
        good = all <= SIZE_MOST ? take_line(reader, line) : refuse(reader, "too large for a schedule");
    }
    if (good && ferror(file)) {
        complain("cannot read %s: %s", reader->path, words_error(errno));
        good = false;
    }
    if (good && reader->line == 0) {
        complain("%s is empty, and no schedule", reader->path);
        good = false;
    }
    return good;
}

/* A pipe is read too, and one into which nobody writes does not hold us up. */
static FILE *open_schedule(const char *path)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd >= 0 && fstat(fd, &status) == 0 && S_ISDIR(status.st_mode)) {
        close(fd);
        errno = EISDIR;
        fd = -1;
    }
    if (fd >= 0)
        fcntl(fd, F_SETFL, 0);
    FILE *file = fd >= 0 ? fdopen(fd, "r") : NULL;
    if (!file)
        complain("cannot open the schedule %s: %s (--schedule takes fifo, lifo, random:SEED or a file)", path,
                 words_error(errno));
    if (!file && fd >= 0)
        close(fd);
    return file;
}

bool schedule_read(const char *path, const char *subject, ScheduleFile *file)
{
    *file = (ScheduleFile){0};
    FILE *stream = open_schedule(path);
    if (!stream)
        return false;
    Reader reader = {.path = path, .file = file};
    bool good = take_lines(&reader, stream);
    fclose(stream);
    const char *found = reader.subject ? reader.subject : "";
    if (good && strcmp(found, subject) != 0) {
        char command[512];
        complain(*found ? "%s is a schedule of another program: looprun %s --schedule %s"
                        : "%s does not say of which program it is",
                 path, subject_command(found, command, sizeof command), path);
        good = false;
    }
    free(reader.subject);
    if (!good)
        schedule_free(file);
    return good;
}

bool schedule_write(const char *path, const char *subject, const Turn *turns, size_t count, const char *names)
{
    FILE *file = fopen(path, "we");
    if (!file)
        return false;
    fprintf(file, "%s%d\n%s", first_line, VERSION, subject);
    for (size_t k = 0; k < count; k++) {
        fprintf(file, "%u of %u%s%s\n", (unsigned)turns[k].taken + 1, (unsigned)turns[k].count,
                *names ? "  " : "", names);
        names += strlen(names) + 1;
    }
    bool written = !ferror(file);
    return fclose(file) == 0 && written;
}

void schedule_free(ScheduleFile *file)
{
    free(file->turns);
    *file = (ScheduleFile){0};
}

const char *subject_command(const char *subject, char *buffer, size_t size)
{
    size_t used = 0;
    *buffer = '\0';
    while (*subject && used < size) {
        size_t length = strcspn(subject, "\n"), key = strcspn(subject, " ");
        bool option = strncmp(subject, "variant", key) == 0 || strncmp(subject, "set", key) == 0;
        int added = snprintf(buffer + used, size - used, "%s%s%.*s%s%.*s", used ? " " : "",
                             option ? "--" : "", option ? (int)key : 0, subject, option ? " " : "",
                             (int)(length - key - (key < length)), subject + key + (key < length));
        used += added > 0 ? (size_t)added : 0;
        subject += length + (subject[length] == '\n');
    }
    return buffer;
}
