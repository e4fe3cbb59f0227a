/*
 * cli_check.c — `loopglass check TRACE…`: format and invariants of traces, one verdict a file.
 */
#include "cli.h"
#include "history.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void tell(void *context, uint32_t line, const char *rule, const char *message)
{
    printf("%s:%u: %s: %s\n", (const char *)context, line, rule, message);
}

/** All of a file, "-" is standard input. The caller frees it; NULL with errno set. */
static char *read_all(const char *path, size_t *count)
{
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "rbe");
    size_t capacity = 1 << 16, n = 0;
    char *bytes = file ? malloc(capacity) : NULL;
    *count = 0;
    while (bytes && (n = fread(bytes + *count, 1, capacity - *count, file)) > 0) {
        *count += n;
        if (*count < capacity)
            continue;
        char *grown = realloc(bytes, capacity *= 2);
        if (!grown)
            free(bytes);
        bytes = grown;
    }
    if (bytes && ferror(file)) {
        free(bytes);
        bytes = NULL;
    }
    int error = errno;
    if (file && !standard)
        fclose(file);
    errno = error;
    return bytes;
}

static uint32_t count_events(const char *bytes, size_t count)
{
    History *history = history_new();
    uint32_t events = 0;
    if (history && history_feed(history, bytes, count) && history_finish(history))
        events = history_count(history);
    history_free(history);
    return events;
}

static uint32_t count_snapshots(const char *bytes, size_t count)
{
    static const char ev[] = "\"ev\":\"snapshot\"";
    uint32_t snapshots = 0;
    for (const char *at = bytes; (at = memmem(at, count - (size_t)(at - bytes), ev, sizeof ev - 1)) != NULL;
         at++)
        snapshots++;
    return snapshots;
}

static bool check(const char *path)
{
    size_t count;
    char *bytes = read_all(path, &count);
    if (!bytes) {
        complain("%s cannot be read: %s", path, strerror(errno));
        return false;
    }
    if (count == 0) {
        complain("%s is empty", path);
        free(bytes);
        return false;
    }
    uint32_t violations = history_check(bytes, count, tell, (void *)(uintptr_t)path);
    uint32_t snapshots = violations == 0 ? count_snapshots(bytes, count) : 0;
    if (violations == 0 && snapshots > 0)
        printf("%s: ok, %u events, and the state by them is what the recorder saw %u times\n", path,
               count_events(bytes, count), snapshots);
    else if (violations == 0)
        printf("%s: ok, %u events\n", path, count_events(bytes, count));
    else
        printf("%s: %u violation%s\n", path, violations, violations == 1 ? "" : "s");
    free(bytes);
    return violations == 0;
}

int cli_check(int argc, char **argv)
{
    Options options;
    if (!options_read(&options, argc, argv, 0))
        return CLI_USAGE;
    if (options.rest_count == 0) {
        complain("check needs at least one trace: loopglass check TRACE…");
        return CLI_USAGE;
    }
    bool good = true;
    for (int k = 0; k < options.rest_count; k++)
        good = check(options.rest[k]) && good;
    int written = cli_finish();
    return good ? written : CLI_UNREADABLE;
}
