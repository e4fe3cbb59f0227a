/*
 * A recording is text, a line an event, and is handed on as it is: only the header gets the lesson's own
 * words, and only the lines that print or end something are read.
 */
#include "recording.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool write_all(int fd, const char *bytes, size_t count)
{
    while (fd >= 0 && count > 0) {
        ssize_t n = write(fd, bytes, count);
        if (n < 0 && errno != EINTR)
            return false;
        bytes += n > 0 ? n : 0;
        count -= n > 0 ? (size_t)n : 0;
    }
    return true;
}

/* The recording's header, with the lesson's "program" beside the command line that was recorded. */
static bool write_header(int fd, const char *line, size_t length, const cJSON *program)
{
    cJSON *header = cJSON_ParseWithLength(line, length), *own = cJSON_Duplicate(program, true);
    cJSON *argv = cJSON_DetachItemFromObject(cJSON_GetObjectItem(header, "program"), "argv");
    bool made = header && own && cJSON_AddItemToObject(own, "argv", argv);
    if (made && cJSON_ReplaceItemInObject(header, "program", own))
        own = NULL;
    char *text = made && !own ? cJSON_PrintUnformatted(header) : NULL;
    if (!text)
        errno = ENOMEM;
    bool written = text && write_all(fd, text, strlen(text)) && write_all(fd, "\n", 1);
    cJSON_free(text);
    cJSON_Delete(own);
    cJSON_Delete(header);
    return written;
}

static bool is_event(const char *line, size_t length, const char *kind)
{
    char wanted[32];
    int size = snprintf(wanted, sizeof wanted, "\"ev\":\"%s\"", kind);
    return memmem(line, length, wanted, (size_t)size) != NULL;
}

static void print_output(const char *line, size_t length, bool shown)
{
    cJSON *event = cJSON_ParseWithLength(line, length);
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(event, "text"));
    bool is_error = cJSON_GetNumberValue(cJSON_GetObjectItem(event, "fd")) == 2;
    if (text && (shown || is_error))
        fputs(text, is_error ? stderr : stdout);
    cJSON_Delete(event);
}

static int exit_status(const char *line, size_t length)
{
    cJSON *event = cJSON_ParseWithLength(line, length);
    double code = cJSON_GetNumberValue(cJSON_GetObjectItem(event, "code"));
    cJSON_Delete(event);
    return code > 0 ? (int)code : 0;
}

int recording_play(const char *text, const cJSON *program, int fd, bool shown)
{
    size_t length = strcspn(text, "\n");
    int status = 0;
    bool written = write_header(fd, text, length, program);
    for (const char *line = text + length + (text[length] != '\0'); written && *line; line += length) {
        length = strcspn(line, "\n");
        length += line[length] != '\0';
        written = write_all(fd, line, length);
        if (is_event(line, length, "output"))
            print_output(line, length, shown);
        else if (is_event(line, length, "end"))
            status = exit_status(line, length);
    }
    return written ? status : -1;
}
