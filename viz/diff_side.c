/*
 * diff_side.c — one of two traces that are compared: line by line, each event as far as it counts.
 *
 * What counts is a table: a kind has a function that takes from its event what is compared; a kind without
 * one is left out, but may be remembered (names, lines). Texts that are only compared go into a store that is
 * thrown away now and then, so that a trace of any length takes little memory.
 */
#include "diff.h"

#include "arena.h"
#include "read.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>

enum { LISTING = 1, PASSING_MOST = 4 << 20 }; /* s1; bytes of texts that are thrown away then */

static const char *const helper_prefix = "BaseEventLoop."; /* asyncio.run's own tasks run these */

/** @return false, for the caller to return */
__attribute__((format(printf, 2, 3))) static bool problem(DiffSide *side, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(side->problem, sizeof side->problem, format, arguments);
    va_end(arguments);
    return false;
}

/* ------------------------------------------------------------------------------------ what is known ---- */

const DiffTask *diff_task(const DiffSide *side, Id task)
{
    static const DiffTask nobody = {.line = 0};
    const DiffTask *known = id_kind(task) == 't' ? table_find(side->tasks, id_number(task)) : NULL;
    return known != NULL ? known : &nobody;
}

const char *diff_future(const DiffSide *side, Id future)
{
    const char **of = id_kind(future) == 'f' ? table_find(side->futures, id_number(future)) : NULL;
    return of != NULL && *of != NULL ? *of : "";
}

/* A text that stays. "" when out of memory: a name less is no difference. */
static const char *kept(DiffSide *side, const char *text)
{
    const char *name = text != NULL ? texts_add(side->names, text, strlen(text)) : NULL;
    return name != NULL ? name : "";
}

static void know_task(DiffSide *side, const Event *event)
{
    DiffTask *task = table_make(side->tasks, id_number(event->task));
    if (task == NULL)
        return;
    task->name = kept(side, event->text);
    if (event->kind != EV_TASK)
        return;
    task->coroutine = kept(side, event->text2);
    task->helper = strncmp(task->coroutine, helper_prefix, strlen(helper_prefix)) == 0;
}

static void know_line(DiffSide *side, const Event *event)
{
    if (event->source != ID('s', LISTING))
        return;
    side->has_lines = true;
    side->line = event->line;
    DiffTask *task = event->task != ID_NONE ? table_make(side->tasks, id_number(event->task)) : NULL;
    if (task != NULL)
        task->line = event->line;
}

static void know(DiffSide *side, const Event *event)
{
    const char **of;
    switch (event->kind) {
    case EV_SOURCE:
        if (event->source == ID('s', LISTING))
            snprintf(side->listing, sizeof side->listing, "%s", event->text != NULL ? event->text : "");
        break;
    case EV_LINE:
        know_line(side, event);
        break;
    case EV_TASK:
    case EV_TASK_NAME:
        know_task(side, event);
        break;
    case EV_FUTURE:
        of = id_kind(event->future) == 'f' ? table_make(side->futures, id_number(event->future)) : NULL;
        if (of != NULL)
            *of = kept(side, event->text);
        break;
    default:
        break;
    }
}

/* -------------------------------------------------------------------------------------- what counts ---- */

typedef bool (*Project)(DiffSide *side, const Event *event, DiffPoint *point);

static bool number(DiffSide *side, const Event *event, DiffPoint *point)
{
    (void)side;
    point->n = event->n;
    return true;
}

static bool handle(DiffSide *side, const Event *event, DiffPoint *point)
{
    (void)side;
    point->handle = event->handle;
    point->task = event->task;
    point->word = event->word;
    point->by = event->by;
    point->why = event->why;
    point->n = event->kind == EV_TIMER ? event->n : 0;
    return true;
}

static bool ran(DiffSide *side, const Event *event, DiffPoint *point)
{
    handle(side, event, point);
    point->future = event->on;
    point->helper = diff_task(side, event->task)->helper;
    point->chain = event->chain;
    point->chain_count = event->chain_count;
    for (size_t k = 0; k < event->chain_count; k++) {
        if (event->chain[k].source != ID('s', LISTING))
            continue;
        point->line = event->chain[k].line;
        point->function = event->chain[k].function;
    }
    return true;
}

static bool task(DiffSide *side, const Event *event, DiffPoint *point)
{
    const DiffTask *known = diff_task(side, event->task);
    point->task = event->task;
    point->helper = known->helper;
    point->text = known->name;
    point->text2 = known->coroutine;
    point->line = event->source == ID('s', LISTING) ? event->line : 0;
    point->defined = event->defined;
    return true;
}

static bool done(DiffSide *side, const Event *event, DiffPoint *point)
{
    const DiffTask *known = diff_task(side, event->future);
    point->future = event->future;
    point->word = event->word;
    point->helper = known->helper;
    point->line = known->line;
    return true;
}

static bool cancel(DiffSide *side, const Event *event, DiffPoint *point)
{
    (void)side;
    point->task = event->task;
    point->word = event->word;
    return true;
}

/* What goes to standard error is about the program more than its own: tracebacks name files of the library.
 */
static bool output(DiffSide *side, const Event *event, DiffPoint *point)
{
    point->text = event->text;
    point->line = side->line;
    return event->n == 1;
}

static bool stuck(DiffSide *side, const Event *event, DiffPoint *point)
{
    (void)side;
    size_t count = 0; /* who has the locks is not known of every program */
    while (count + 1 < event->id_count && id_kind(event->ids[count]) == 't')
        count += 2;
    point->ids = event->ids;
    point->id_count = count;
    point->n = (int64_t)(count / 2);
    return true;
}

static bool end(DiffSide *side, const Event *event, DiffPoint *point)
{
    side->has_end = true;
    point->word = event->word;
    return true;
}

static const Project projections[EV_KINDS] = {
    [EV_ITERATION] = number, [EV_SELECT] = number, [EV_SELECTED] = number, [EV_BATCH] = number,
    [EV_READY] = handle,     [EV_RUN] = handle,    [EV_RAN] = ran,         [EV_TIMER] = handle,
    [EV_TASK] = task,        [EV_DONE] = done,     [EV_CANCEL] = cancel,   [EV_OUTPUT] = output,
    [EV_BLOCKED] = number,   [EV_STUCK] = stuck,   [EV_END] = end,
};

/* ------------------------------------------------------------------------------------------ reading ---- */

static const char *text_in(const cJSON *json, const char *key)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, key));
    return text != NULL ? text : "";
}

/* Who wrote it: whose behaviour it is. */
static void know_producer(DiffSide *side, const char *row, size_t length)
{
    static const char python[] = "cpython-";
    cJSON *json = cJSON_ParseWithLength(row, length);
    const cJSON *producer = cJSON_GetObjectItemCaseSensitive(json, "producer");
    const char *semantics = text_in(json, "semantics");
    const char *language = text_in(producer, "language");
    side->is_c = strcmp(language, "c") == 0;
    side->is_real = strcmp(text_in(json, "clock"), "monotonic") == 0;
    if (strcmp(language, "python") == 0 && strncmp(semantics, python, strlen(python)) == 0)
        snprintf(side->producer, sizeof side->producer, "CPython %.48s", semantics + strlen(python));
    else if (strcmp(language, "python") == 0)
        snprintf(side->producer, sizeof side->producer, "CPython");
    else if (!side->is_c)
        snprintf(side->producer, sizeof side->producer, "%.60s", text_in(producer, "name"));
    cJSON_Delete(json);
}

/* The next line, without its newline. @return its length; -1 at the end and after a problem */
static ssize_t next_row(DiffSide *side)
{
    errno = 0;
    ssize_t length = getline(&side->row, &side->row_size, side->file);
    if (length < 0 && (ferror(side->file) || errno == ENOMEM))
        problem(side, "%s", strerror(errno));
    if (length < 0)
        return -1;
    side->row_number++;
    length -= side->row[length - 1] == '\n';
    if ((size_t)length <= READ_LINE_LIMIT)
        return length;
    problem(side, "line %u is longer than 16 MiB", side->row_number);
    return -1;
}

/* Of what was only compared, nothing has to stay. */
static bool renew_passing(DiffSide *side)
{
    if (side->passing != NULL && texts_bytes(side->passing) + chains_bytes(side->chains) < PASSING_MOST)
        return true;
    reader_free(side->reader);
    chains_free(side->chains);
    texts_free(side->passing);
    side->passing = texts_new();
    side->chains = chains_new();
    side->reader =
        side->passing != NULL && side->chains != NULL ? reader_new(side->passing, side->chains) : NULL;
    return side->reader != NULL || problem(side, "out of memory");
}

bool diff_open(DiffSide *side, FILE *file)
{
    *side = (DiffSide){.file = file,
                       .names = texts_new(),
                       .tasks = calloc(1, sizeof(Table)),
                       .futures = calloc(1, sizeof(Table))};
    if (side->names == NULL || side->tasks == NULL || side->futures == NULL || !renew_passing(side))
        return problem(side, "out of memory");
    side->tasks->record = sizeof(DiffTask);
    side->futures->record = sizeof(const char *);
    Header header;
    ssize_t length = next_row(side);
    if (length < 0)
        return side->problem[0] == '\0' ? problem(side, "it is empty") : false;
    const char *wrong = read_header(side->row, (size_t)length, &header);
    if (wrong != NULL)
        return problem(side, "%s", wrong);
    snprintf(side->schedule, sizeof side->schedule, "%s", header.schedule);
    know_producer(side, side->row, (size_t)length);
    return true;
}

void diff_close(DiffSide *side)
{
    if (side->file != NULL && side->file != stdin)
        fclose(side->file);
    free(side->row);
    reader_free(side->reader);
    chains_free(side->chains);
    texts_free(side->passing);
    texts_free(side->names);
    if (side->tasks != NULL)
        table_free(side->tasks);
    if (side->futures != NULL)
        table_free(side->futures);
    free(side->tasks);
    free(side->futures);
}

bool diff_next(DiffSide *side, DiffPoint *point)
{
    Event event;
    ssize_t length;
    while (side->problem[0] == '\0' && (length = next_row(side)) >= 0) {
        if (!renew_passing(side))
            return false;
        ReadResult result = reader_line(side->reader, side->row, (size_t)length, &event);
        if (result != READ_EVENT)
            return problem(side, "line %u: %s", side->row_number,
                           result == READ_BAD ? reader_problem(side->reader) : "out of memory");
        know(side, &event);
        memset(point, 0, offsetof(DiffPoint, excerpt));
        point->kind = event.kind;
        point->i = event.i;
        point->ts = event.ts;
        if (projections[event.kind] == NULL || !projections[event.kind](side, &event, point))
            continue;
        side->count++;
        side->iterations += event.kind == EV_ITERATION;
        side->ts = event.ts;
        return true;
    }
    return false;
}

void diff_keep(DiffSide *side, DiffPoint *to, const DiffPoint *point)
{
    *to = *point;
    to->chain = NULL;
    to->ids = NULL;
    if (point->function != NULL)
        to->function = kept(side, point->function);
    if (point->kind != EV_OUTPUT || point->text == NULL)
        return; /* the other texts are names, which stay */
    size_t length = strlen(point->text), room = sizeof to->excerpt - 1;
    if (length > room)
        for (length = room; length > 0 && ((unsigned char)point->text[length] & 0xc0) == 0x80;)
            length--; /* whole characters */
    memcpy(to->excerpt, point->text, length);
    to->excerpt[length] = '\0';
    to->text = to->excerpt;
}
