/*
 * diff_say.c — the first difference in words.
 *
 * A point is told as a clause, "wakes n2", of which its side is the subject: "After event 41 CPython 3.11.7
 * wakes n2, the C loop runs n1." The words are in assets/lang.json, "diff.…"; which clause a point has, and
 * what is told when both clauses are the same, is decided here.
 */
#include "diff.h"

#include "history.h"
#include "phrase.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { NAME = 160, CLAUSE = 512 };

/* ----------------------------------------------------------------------------------- what things are ---- */

/* "n2"; of a task that only has a number also what it runs: "Task-2 (func)". */
static const char *task_name(const DiffSide *side, Id id, char *buffer, size_t size)
{
    const DiffTask *task = diff_task(side, id);
    bool named = task->name != NULL && task->name[0] != '\0';
    bool numbered = named && strncmp(task->name, "Task-", 5) == 0;
    if (!named)
        snprintf(buffer, size, "%c%" PRIu32, id != ID_NONE ? id_kind(id) : '-', id_number(id));
    else if (numbered && task->coroutine != NULL && task->coroutine[0] != '\0')
        snprintf(buffer, size, "%s (%s)", task->name, last_part(task->coroutine));
    else
        snprintf(buffer, size, "%s", task->name);
    return buffer;
}

/* "n2", "f3 (sleep)" */
static const char *future_name(const DiffSide *side, Id id, char *buffer, size_t size)
{
    const char *of = diff_future(side, id);
    if (id_kind(id) == 't')
        return task_name(side, id, buffer, size);
    snprintf(buffer, size, of[0] != '\0' ? "f%" PRIu32 " (%s)" : "f%" PRIu32, id_number(id), of);
    return buffer;
}

static const char *handle_name(Id id, char *buffer, size_t size)
{
    snprintf(buffer, size, "h%" PRIu32, id_number(id));
    return buffer;
}

/* "2 s", "0.000000001 s": a nanosecond is a difference. */
static const char *exact_time(int64_t ns, char *buffer, size_t size)
{
    uint64_t all = ns < 0 ? (uint64_t)-ns : (uint64_t)ns;
    char part[16];
    snprintf(part, sizeof part, ".%09u", (unsigned)(all % 1000000000));
    for (char *last = part + 9; *last == '0' || *last == '.'; last--) {
        *last = '\0';
        if (last == part)
            break;
    }
    snprintf(buffer, size, "%s%" PRIu64 "%s s", ns < 0 ? "-" : "", all / 1000000000, part);
    return buffer;
}

/* As a program would write it, so that a line's end is seen: "3\n" */
static const char *quoted(const char *text, char *buffer, size_t size)
{
    size_t used = 0;
    buffer[used++] = '"';
    for (; text != NULL && *text != '\0' && used + 4 < size; text++) {
        const char *escape = *text == '\n' ? "\\n" : *text == '\t' ? "\\t" : *text == '\r' ? "\\r" : NULL;
        if (escape != NULL)
            buffer[used++] = *escape++;
        buffer[used++] = escape != NULL ? *escape : *text;
    }
    buffer[used++] = '"';
    buffer[used] = '\0';
    return buffer;
}

/* ------------------------------------------------------------------------------------------- clauses ---- */

static const char *ready_key(const DiffPoint *point)
{
    switch (point->by) {
    case WORD_TIMER:
        return "diff.ready.timer";
    case WORD_IO:
        return "diff.ready.io";
    case WORD_THREAD:
        return "diff.ready.thread";
    default:
        break;
    }
    switch (point->word) {
    case WORD_STEP:
        return point->why == WORD_START   ? "diff.ready.start"
               : point->why == WORD_YIELD ? "diff.ready.yield"
                                          : "diff.ready.step";
    case WORD_WAKEUP:
        return "diff.ready.wakeup";
    case WORD_CALLBACK:
        return "diff.ready.callback";
    default:
        return "diff.ready.call";
    }
}

/* Kinds that are told by a word of theirs, each with its clauses; what has none of the words comes last. */
typedef struct Choice {
    EventKind kind;
    Word word;
    const char *key;
} Choice;

static const Choice choices[] = {
    {EV_RAN, WORD_WAITING, "diff.ran.waiting"},
    {EV_RAN, WORD_READY, "diff.ran.ready"},
    {EV_RAN, WORD_DONE, "diff.ran.done"},
    {EV_RAN, WORD_FAILED, "diff.ran.failed"},
    {EV_RAN, WORD_CANCELLED, "diff.ran.cancelled"},
    {EV_RAN, WORD_NONE, "diff.ran.handle"},
    {EV_DONE, WORD_FAILED, "diff.done.failed"},
    {EV_DONE, WORD_CANCELLED, "diff.done.cancelled"},
    {EV_DONE, WORD_NONE, "diff.done.done"},
    {EV_CANCEL, WORD_WAITER, "diff.cancel.waiter"},
    {EV_CANCEL, WORD_FLAG, "diff.cancel.flag"},
    {EV_CANCEL, WORD_CHILDREN, "diff.cancel.children"},
    {EV_CANCEL, WORD_NONE, "diff.cancel.none"},
    {EV_END, WORD_EXCEPTION, "diff.end.exception"},
    {EV_END, WORD_STUCK, "diff.end.stuck"},
    {EV_END, WORD_KILLED, "diff.end.killed"},
    {EV_END, WORD_LIMIT, "diff.end.limit"},
    {EV_END, WORD_NONE, "diff.end.exit"},
    {EV_ITERATION, WORD_NONE, "diff.iteration"},
    {EV_SELECTED, WORD_NONE, "diff.selected"},
    {EV_BATCH, WORD_NONE, "diff.batch"},
    {EV_TIMER, WORD_NONE, "diff.timer"},
    {EV_TASK, WORD_NONE, "diff.task"},
    {EV_OUTPUT, WORD_NONE, "diff.output"},
    {EV_BLOCKED, WORD_NONE, "diff.blocked"},
    {EV_STUCK, WORD_NONE, "diff.stuck"},
};

static const char *clause_key(const DiffPoint *point)
{
    if (point->kind == EV_READY)
        return ready_key(point);
    if (point->kind == EV_SELECT)
        return point->n < 0 ? "diff.select.forever" : point->n == 0 ? "diff.select.look" : "diff.select.time";
    if (point->kind == EV_RUN)
        return point->word == WORD_SKIPPED ? "diff.run.skipped"
               : point->task != ID_NONE    ? "diff.run.task"
                                           : "diff.run.handle";
    for (size_t k = 0; k < sizeof choices / sizeof *choices; k++)
        if (choices[k].kind == point->kind &&
            (choices[k].word == point->word || choices[k].word == WORD_NONE))
            return choices[k].key;
    return "diff.nothing";
}

/* What the side does at a point, as a clause without its subject; of NULL: that nothing more comes. */
static void say_clause(Phrase *phrase, const DiffSide *side, const DiffPoint *point)
{
    char task[NAME], future[NAME], handle[16], text[DIFF_EXCERPT + 8], time[32];
    Number number;
    if (point == NULL) {
        phrase_say(phrase, side->has_end ? "diff.nothing" : "diff.cut", NULL, 0);
        return;
    }
    bool creates = point->kind == EV_TASK;
    SAY(phrase, clause_key(point),
        {"task", creates ? point->text : task_name(side, point->task, task, sizeof task)},
        {"coroutine", creates && point->text2 != NULL ? last_part(point->text2) : ""},
        {"future", future_name(side, point->future, future, sizeof future)},
        {"handle", handle_name(point->handle, handle, sizeof handle)},
        {"text", quoted(point->text, text, sizeof text)}, {"n", number_text(point->n, &number)},
        {"time", exact_time(point->n, time, sizeof time)});
}

static const char *clause(const DiffSide *side, const DiffPoint *point, Language language, char *buffer,
                          size_t size)
{
    Phrase phrase = phrase_start(buffer, size, language);
    say_clause(&phrase, side, point);
    return buffer;
}

/* ------------------------------------------------------------------------------------------ sentence ---- */

/* Does the side come to the same within this iteration? */
static bool comes_to(const DiffSide *side, const DiffPoint *point)
{
    for (size_t k = 1; k < side->after_count && side->after[k].kind != EV_ITERATION; k++)
        if (diff_alike(&side->after[k], point))
            return true;
    return false;
}

/* Both do both, in another order. */
static bool is_order(const DiffSide *one, const DiffPoint *a, const DiffSide *other, const DiffPoint *b)
{
    return a != NULL && b != NULL && !diff_alike(a, b) && comes_to(one, b) && comes_to(other, a);
}

static const char *order_key(const DiffPoint *a, const DiffPoint *b)
{
    if (a->kind == b->kind && a->kind == EV_RUN && a->task != ID_NONE && b->task != ID_NONE)
        return "diff.first.run";
    if (a->kind == b->kind && a->kind == EV_OUTPUT)
        return "diff.first.output";
    if (a->kind == b->kind && a->kind == EV_READY && a->word == WORD_WAKEUP && b->word == WORD_WAKEUP)
        return "diff.first.wakeup";
    return "diff.first";
}

/* What tells two points apart whose clauses are the same. */
static void say_detail(Phrase *phrase, const DiffPoint *point, const DiffPoint *against, DiffAspect aspect)
{
    char text[32];
    Number number;
    switch (aspect) {
    case DIFF_TIME:
        SAY(phrase, "diff.at.time", {"time", exact_time(point->ts, text, sizeof text)});
        break;
    case DIFF_PLACE:
        SAY(phrase, "diff.at.line",
            {"n", number_text(point->line != against->line ? point->line : point->defined, &number)});
        break;
    case DIFF_HANDLE:
        SAY(phrase, "diff.at.handle", {"handle", handle_name(point->handle, text, sizeof text)});
        break;
    default:
        SAY(phrase, "diff.at.number", {"n", number_text(point->n, &number)});
        break;
    }
}

/* "After event 41 ": the last that both have; its number in each trace where the two differ. */
static void say_after(Phrase *phrase, const DiffSide *one, const DiffSide *other, const char *const names[2])
{
    Number its, theirs;
    if (one->same == 0) {
        phrase_say(phrase, "diff.after.none", NULL, 0);
        return;
    }
    uint32_t i = one->before[(one->same - 1) % DIFF_AROUND].i;
    uint32_t j = other->before[(other->same - 1) % DIFF_AROUND].i;
    SAY(phrase, i == j ? "diff.after" : "diff.after.both", {"i", number_text(i, &its)},
        {"j", number_text(j, &theirs)}, {"other", names[1]});
}

void diff_sentence(char *buffer, size_t size, const DiffSide *one, const DiffSide *other,
                   const char *const names[2], DiffAspect aspect, Language language)
{
    char its[CLAUSE], theirs[CLAUSE], its_detail[64], their_detail[64], task[NAME], other_task[NAME];
    char text[DIFF_EXCERPT + 8], other_text[DIFF_EXCERPT + 8];
    const DiffPoint *a = one->after_count > 0 ? &one->after[0] : NULL;
    const DiffPoint *b = other->after_count > 0 ? &other->after[0] : NULL;
    Phrase phrase = phrase_start(buffer, size, language);
    say_after(&phrase, one, other, names);
    clause(one, a, language, its, sizeof its);
    clause(other, b, language, theirs, sizeof theirs);
    if (is_order(one, a, other, b)) {
        const char *key = order_key(a, b);
        bool prints = a->kind == EV_OUTPUT;
        SAY(&phrase, key, {"one", names[0]}, {"other", names[1]}, {"+do", its}, {"+does", theirs},
            {"a", prints ? quoted(a->text, text, sizeof text) : task_name(one, a->task, task, sizeof task)},
            {"b", prints ? quoted(b->text, other_text, sizeof other_text)
                         : task_name(other, b->task, other_task, sizeof other_task)});
    } else if (a == NULL || b == NULL || strcmp(its, theirs) != 0) {
        SAY(&phrase, "diff.two", {"one", names[0]}, {"other", names[1]}, {"+do", its}, {"+does", theirs});
    } else {
        Phrase detail = phrase_start(its_detail, sizeof its_detail, language);
        say_detail(&detail, a, b, aspect);
        detail = phrase_start(their_detail, sizeof their_detail, language);
        say_detail(&detail, b, a, aspect);
        SAY(&phrase, "diff.detail", {"one", names[0]}, {"other", names[1]}, {"+do", its}, {"+a", its_detail},
            {"+b", their_detail});
    }
    Number all, others;
    if (one->iterations != other->iterations)
        SAY(&phrase, "diff.iterations", {"one", names[0]}, {"other", names[1]},
            {"n", number_text(one->iterations, &all)}, {"m", number_text(other->iterations, &others)});
}

/* ------------------------------------------------------------------------------------------- context ---- */

static void put_point(FILE *out, const DiffSide *side, const DiffPoint *point, bool here, Language language)
{
    char text[CLAUSE], time[32], handle[16] = "";
    if (point == NULL) {
        fprintf(out, "  > %7s  %10s  %s\n", "", "", clause(side, point, language, text, sizeof text));
        return;
    }
    if (point->handle != ID_NONE)
        handle_name(point->handle, handle, sizeof handle);
    fprintf(out, "  %s %7" PRIu32 "  %10s  %-5s %s", here ? ">" : " ", point->i,
            exact_time(point->ts, time, sizeof time), handle,
            clause(side, point, language, text, sizeof text));
    if (point->line != 0) {
        Number number;
        Phrase phrase = phrase_start(text, sizeof text, language);
        SAY(&phrase, "diff.at.line", {"n", number_text(point->line, &number)});
        fprintf(out, "  (%s)", text);
    }
    fputc('\n', out);
}

static void put_side(FILE *out, const DiffSide *side, const char *name, const char *file, Language language)
{
    char text[CLAUSE], time[32];
    Number count, iterations;
    Phrase phrase = phrase_start(text, sizeof text, language);
    SAY(&phrase, "diff.side", {"side", name}, {"file", file}, {"n", number_text(side->count, &count)},
        {"m", number_text(side->iterations, &iterations)}, {"time", exact_time(side->ts, time, sizeof time)});
    fprintf(out, "\n%s\n", text);
    uint32_t from = side->same > DIFF_AROUND ? side->same - DIFF_AROUND : 0;
    for (uint32_t k = from; k < side->same; k++)
        put_point(out, side, &side->before[k % DIFF_AROUND], false, language);
    if (side->after_count == 0)
        put_point(out, side, NULL, true, language);
    for (size_t k = 0; k < side->after_count && k <= DIFF_AROUND; k++)
        put_point(out, side, &side->after[k], k == 0, language);
}

void diff_say(FILE *out, const DiffSide *one, const DiffSide *other, const char *const names[2],
              const char *const files[2], DiffAspect aspect, Language language)
{
    char sentence[4 * CLAUSE];
    diff_sentence(sentence, sizeof sentence, one, other, names, aspect, language);
    fprintf(out, "%s\n", sentence);
    put_side(out, one, names[0], files[0], language);
    put_side(out, other, names[1], files[1], language);
}
