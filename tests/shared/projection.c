/*
 * Each kind of event that counts has a writer of its line; a kind without one is left out. Events are read
 * with cJSON, so that this shares nothing with the readers and writers that it judges.
 */
#include "projection.h"

#include <cjson/cJSON.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TASKS = 1024, AROUND = 4 };

/* What is remembered from earlier events while a trace is read. */
typedef struct Reader {
    bool bare, stuck, closed;
    char listing[128];       /* the listing's file name */
    int line;                /* the last line run, by whomever */
    int lines[MOST_TASKS];   /* the last line that each task ran */
    bool helper[MOST_TASKS]; /* asyncio.run's own */
} Reader;

/* ------------------------------------------------------------------------------------------ reading ---- */

static const char *word(const cJSON *event, const char *key)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(event, key));
    return text ? text : "-";
}

static long long number(const cJSON *event, const char *key)
{
    const cJSON *value = cJSON_GetObjectItem(event, key);
    return cJSON_IsNumber(value) ? (long long)value->valuedouble : -1;
}

static size_t task_number(const cJSON *event, const char *key)
{
    const char *id = word(event, key);
    size_t task = id[0] == 't' ? strtoul(id + 1, NULL, 10) : 0;
    return task < MOST_TASKS ? task : 0;
}

/* " key" when the event has it: only what is there is told. */
static void put_word(FILE *out, const cJSON *event, const char *key)
{
    if (cJSON_HasObjectItem(event, key))
        fprintf(out, " %s", word(event, key));
}

/* The frames of the await chain that are the listing's own: how deep the library's go is its own affair. */
static void put_chain(FILE *out, const cJSON *event)
{
    const cJSON *frame;
    cJSON_ArrayForEach(frame, cJSON_GetObjectItem(event, "chain"))
    {
        const char *function = cJSON_GetStringValue(cJSON_GetArrayItem(frame, 0));
        const char *source = cJSON_GetStringValue(cJSON_GetArrayItem(frame, 1));
        const cJSON *line = cJSON_GetArrayItem(frame, 2);
        if (function && source && strcmp(source, "s1") == 0 && cJSON_IsNumber(line))
            fprintf(out, " at %s:%d", function, line->valueint);
    }
}

/* @return the length of the listing's name at text, with the folders before it; 0: it is not there */
static size_t listing_at(const Reader *reader, const char *text)
{
    size_t length = strcspn(text, " :>\"'\n"), name = strlen(reader->listing);
    bool ends = name && length >= name && memcmp(text + length - name, reader->listing, name) == 0;
    return ends && (length == name || (text[0] == '/' && text[length - name - 1] == '/')) ? length : 0;
}

/* The text of an output, with the listing's file called lesson.py and newlines made visible. */
static void put_output(FILE *out, const Reader *reader, const char *text)
{
    while (*text) {
        size_t length = listing_at(reader, text);
        if (length) {
            fputs("lesson.py", out);
            text += length;
        } else if (*text == '\n') {
            fputs("\\n", out);
            text++;
        } else {
            fputc(*text++, out);
        }
    }
}

/* ------------------------------------------------------------------------------------------- events ---- */

static void source(FILE *out, Reader *reader, const cJSON *event)
{
    (void)out;
    if (strcmp(word(event, "source"), "s1") == 0)
        snprintf(reader->listing, sizeof reader->listing, "%s", word(event, "name"));
}

static void line(FILE *out, Reader *reader, const cJSON *event)
{
    (void)out;
    if (strcmp(word(event, "source"), "s1") != 0)
        return;
    reader->line = (int)number(event, "line");
    reader->lines[task_number(event, "task")] = reader->line;
}

static void counted(FILE *out, Reader *reader, const cJSON *event)
{
    (void)reader;
    fprintf(out, "%s %lld", word(event, "ev"), number(event, "n"));
}

static void selecting(FILE *out, Reader *reader, const cJSON *event)
{
    (void)reader;
    if (cJSON_IsNull(cJSON_GetObjectItem(event, "timeout")))
        fputs("select for ever", out);
    else
        fprintf(out, "select %lld", number(event, "timeout"));
}

static void ready(FILE *out, Reader *reader, const cJSON *event)
{
    (void)reader;
    fprintf(out, "ready %s %s %s", word(event, "handle"), word(event, "by"), word(event, "what"));
    put_word(out, event, "task");
    put_word(out, event, "why");
}

static void run(FILE *out, Reader *reader, const cJSON *event)
{
    (void)reader;
    fprintf(out, "run %s", word(event, "handle"));
    put_word(out, event, "task");
    if (cJSON_IsTrue(cJSON_GetObjectItem(event, "skipped")))
        fputs(" skipped", out);
}

static void ran(FILE *out, Reader *reader, const cJSON *event)
{
    fprintf(out, "ran %s", word(event, "handle"));
    put_word(out, event, "task");
    put_word(out, event, "state");
    if (cJSON_HasObjectItem(event, "on"))
        fprintf(out, " on %s", word(event, "on"));
    if (!reader->bare && !reader->helper[task_number(event, "task")])
        put_chain(out, event);
}

static void timer(FILE *out, Reader *reader, const cJSON *event)
{
    (void)reader;
    fprintf(out, "timer %s at %lld", word(event, "handle"), number(event, "when"));
}

/* The line of a place in the listing; 0: it is elsewhere. */
static int listing_line(const cJSON *place)
{
    const char *source = cJSON_GetStringValue(cJSON_GetArrayItem(place, 0));
    const cJSON *line = cJSON_GetArrayItem(place, 1);
    return source && strcmp(source, "s1") == 0 && line ? line->valueint : 0;
}

static void task(FILE *out, Reader *reader, const cJSON *event)
{
    const char *coroutine = word(event, "coroutine");
    bool helper = strncmp(coroutine, "BaseEventLoop.", 14) == 0;
    reader->helper[task_number(event, "task")] = helper;
    fprintf(out, "task %s", word(event, "task"));
    if (helper)
        return;
    if (reader->bare) {
        const char *plain = strrchr(coroutine, '.');
        fprintf(out, " %s of %s", word(event, "name"), plain ? plain + 1 : coroutine);
        return;
    }
    fprintf(out, " %s of %s made at line %d, defined at line %d", word(event, "name"), coroutine,
            listing_line(cJSON_GetObjectItem(event, "created")),
            listing_line(cJSON_GetObjectItem(event, "defined")));
}

static void done(FILE *out, Reader *reader, const cJSON *event)
{
    size_t number = task_number(event, "future");
    fprintf(out, "done %s %s", word(event, "future"), word(event, "state"));
    if (!reader->bare && number && !reader->helper[number])
        fprintf(out, " at line %d", reader->lines[number]);
}

static void cancel(FILE *out, Reader *reader, const cJSON *event)
{
    (void)reader;
    fprintf(out, "cancel %s %s", word(event, "task"), word(event, "how"));
}

static void uncancel(FILE *out, Reader *reader, const cJSON *event)
{
    (void)reader;
    fprintf(out, "uncancel %s to %lld", word(event, "task"), number(event, "count"));
}

static void handle_cancel(FILE *out, Reader *reader, const cJSON *event)
{
    (void)reader;
    fprintf(out, "handle_cancel %s", word(event, "handle"));
}

static void loop(FILE *out, Reader *reader, const cJSON *event)
{
    reader->closed = strcmp(word(event, "op"), "close") == 0;
    fprintf(out, "loop %s", word(event, "op"));
}

static void future(FILE *out, Reader *reader, const cJSON *event)
{
    const char *of = word(event, "of");
    (void)reader;
    fprintf(out, "future %s of %s", word(event, "future"), of + (of[0] == '_')); /* a helper's name, in 3.9 */
    if (cJSON_HasObjectItem(event, "lock"))
        put_word(out, event, "lock");
    if (!cJSON_HasObjectItem(event, "return_when"))
        return;
    put_word(out, event, "return_when");
    const cJSON *kid;
    cJSON_ArrayForEach(kid, cJSON_GetObjectItem(event, "kids"))
        fprintf(out, " %s", cJSON_IsString(kid) ? kid->valuestring : "-");
}

static void task_name(FILE *out, Reader *reader, const cJSON *event)
{
    (void)reader;
    fprintf(out, "task_name %s %s", word(event, "task"), word(event, "name"));
}

static void output(FILE *out, Reader *reader, const cJSON *event)
{
    if (number(event, "fd") != 1)
        return;
    if (reader->bare)
        fputs("output: ", out);
    else
        fprintf(out, "output at line %d: ", reader->line);
    put_output(out, reader, word(event, "text"));
}

static void progress(FILE *out, Reader *reader, const cJSON *event)
{
    (void)reader;
    fprintf(out, "progress %s %lld of %lld", word(event, "name"), number(event, "done"),
            number(event, "total"));
}

static void picture(FILE *out, Reader *reader, const cJSON *event)
{
    (void)reader;
    fprintf(out, "picture %s %s", word(event, "name"), word(event, "data"));
}

static void blocked(FILE *out, Reader *reader, const cJSON *event)
{
    (void)reader;
    fprintf(out, "blocked %lld", number(event, "duration"));
}

static void stuck(FILE *out, Reader *reader, const cJSON *event)
{
    reader->stuck = true;
    fputs("stuck", out);
    const cJSON *pair;
    cJSON_ArrayForEach(pair, cJSON_GetObjectItem(event, "tasks"))
    {
        const char *waiting = cJSON_GetStringValue(cJSON_GetArrayItem(pair, 0));
        const char *on = cJSON_GetStringValue(cJSON_GetArrayItem(pair, 1));
        fprintf(out, " %s on %s", waiting ? waiting : "-", on ? on : "-");
    }
}

static void end(FILE *out, Reader *reader, const cJSON *event)
{
    (void)reader;
    fprintf(out, "end %s", word(event, "why"));
}

typedef void (*Writer)(FILE *out, Reader *reader, const cJSON *event);

// clang-format off
typedef struct Kind { const char *kind; Writer writer; } Kind;

static const Kind kinds[] = {
    {"source", source}, {"line", line}, {"iteration", counted}, {"select", selecting},
    {"selected", counted}, {"batch", counted}, {"ready", ready}, {"run", run}, {"ran", ran}, {"timer", timer},
    {"task", task}, {"done", done}, {"cancel", cancel}, {"output", output}, {"blocked", blocked}, {"progress", progress},
    {"picture", picture},
    {"stuck", stuck}, {"end", end}, {NULL, NULL},
};

static const Kind bare_kinds[] = {
    {"loop", loop}, {"future", future}, {"task_name", task_name}, {"uncancel", uncancel},
    {"handle_cancel", handle_cancel}, {NULL, NULL},
};
// clang-format on

static void write_kind(FILE *out, Reader *reader, const cJSON *event, const Kind *kind)
{
    for (const char *name = word(event, "ev"); kind->kind; kind++)
        if (strcmp(kind->kind, name) == 0)
            kind->writer(out, reader, event);
}

/*
 * When the loop is closed, CPython throws GeneratorExit into what still waited, when that is collected: what
 * runs then is no part of a comparison. What the program prints by itself is.
 */
static bool outlives_the_loop(const cJSON *event)
{
    const char *kind = word(event, "ev");
    return strcmp(kind, "output") == 0 || strcmp(kind, "end") == 0;
}

/* @return the event's line, "" when it has none; NULL when out of memory */
static char *write_line(Reader *reader, const cJSON *event)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (!out)
        return NULL;
    if (!reader->closed || outlives_the_loop(event))
        write_kind(out, reader, event, kinds);
    bool living = !reader->closed || strcmp(word(event, "ev"), "loop") == 0;
    if (reader->bare && !reader->stuck &&
        living) /* CPython is still inside its loop then, and cleans up nothing */
        write_kind(out, reader, event, bare_kinds);
    fclose(out);
    if (!length)
        return text;
    char *timed = NULL;
    if (asprintf(&timed, "[%lld] %s", number(event, "ts"), text) < 0)
        timed = NULL;
    free(text);
    return timed;
}

static bool add(Projection *projection, char *text)
{
    if (text && !*text) {
        free(text);
        return true;
    }
    if (projection->count % 256 == 0) {
        char **lines = realloc(projection->lines, (projection->count + 256) * sizeof *lines);
        if (!lines) {
            free(text);
            return false;
        }
        projection->lines = lines;
    }
    if (text)
        projection->lines[projection->count++] = text;
    return text != NULL;
}

static void show_side(const Projection *projection, const char *name, size_t line)
{
    printf("%s:\n", name);
    size_t from = line > AROUND ? line - AROUND : 0;
    for (size_t k = from; k <= line + AROUND && k < projection->count; k++)
        printf("  %s %4zu  %s\n", k == line ? ">" : " ", k, projection->lines[k]);
    if (line >= projection->count)
        printf("  > %4zu  (nothing more)\n", projection->count);
}

static Projection read_trace(const char *trace, size_t length, bool bare)
{
    Projection projection = {0};
    Reader *reader = calloc(1, sizeof *reader);
    size_t row = 0;
    if (reader)
        reader->bare = bare;
    for (const char *at = trace, *stop = trace + length; reader && at < stop && !projection.problem;) {
        const char *newline = memchr(at, '\n', (size_t)(stop - at));
        size_t size = (size_t)((newline ? newline : stop) - at);
        cJSON *event = cJSON_ParseWithLength(at, size);
        row++;
        if (!cJSON_IsObject(event) || (row > 1 && !cJSON_HasObjectItem(event, "ev"))) {
            if (asprintf(&projection.problem, "line %zu is no event: %.*s", row,
                         (int)(size < 200 ? size : 200), at) < 0)
                projection.problem = NULL;
        } else if (row > 1 && !add(&projection, write_line(reader, event))) {
            projection.problem = strdup("out of memory");
        }
        cJSON_Delete(event);
        at += size + 1;
    }
    free(reader);
    return projection;
}

Projection projection_read(const char *trace, size_t length)
{
    return read_trace(trace, length, false);
}

Projection projection_read_bare(const char *trace, size_t length)
{
    return read_trace(trace, length, true);
}

void projection_free(Projection *projection)
{
    for (size_t k = 0; k < projection->count; k++)
        free(projection->lines[k]);
    free(projection->lines);
    free(projection->problem);
    *projection = (Projection){0};
}

size_t projection_differs(const Projection *one, const Projection *other)
{
    for (size_t k = 0; k < one->count || k < other->count; k++)
        if (k >= one->count || k >= other->count || strcmp(one->lines[k], other->lines[k]) != 0)
            return k;
    return SIZE_MAX;
}

void projection_show(const Projection *one, const char *one_name, const Projection *other,
                     const char *other_name, size_t line)
{
    show_side(one, one_name, line);
    show_side(other, other_name, line);
}
