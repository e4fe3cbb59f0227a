/*
 * value.c — values, and how they and exceptions read: as Python's repr() prints them.
 */
#include "value.h"

#include "future.h"
#include "task.h"
#include "thread.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Value value_bool(bool boolean)
{
    return (Value){.kind = VALUE_BOOL, .boolean = boolean};
}

Value value_int(int64_t integer)
{
    return (Value){.kind = VALUE_INT, .integer = integer};
}

Value value_float(double real)
{
    return (Value){.kind = VALUE_FLOAT, .real = real};
}

Value value_text(const char *text)
{
    return text ? (Value){.kind = VALUE_TEXT, .text = text} : NONE;
}

Value value_future(Future *future)
{
    return future ? (Value){.kind = VALUE_FUTURE, .future = future} : NONE;
}

Value value_task(Task *task)
{
    return value_future(task_future(task));
}

Value value_pointer(void *pointer, const char *repr)
{
    return (Value){.kind = VALUE_POINTER, .pointer = pointer, .message = repr};
}

Value value_bytes(const void *data, size_t size)
{
    ValueBytes *bytes = texts_take(texts_here(), sizeof *bytes + size + 1);
    if (!bytes)
        return value_exception(&MemoryError, "no memory for bytes");
    bytes->size = size;
    if (size)
        memcpy(bytes->data, data, size);
    bytes->data[size] = '\0';
    return value_of_bytes(bytes);
}

const char *value_data(Value bytes)
{
    return bytes.kind == VALUE_BYTES ? bytes.bytes->data : bytes.kind == VALUE_TEXT ? bytes.text : "";
}

size_t value_size(Value bytes)
{
    return bytes.kind == VALUE_BYTES ? bytes.bytes->size : strlen(value_data(bytes));
}

Value value_list(const Value *items, size_t count)
{
    if (!items)
        count = 0;
    ValueList *list = texts_take(texts_here(), sizeof *list + count * sizeof(Value));
    if (!list)
        return value_exception(&MemoryError, "no memory for a list");
    list->count = count;
    for (size_t k = 0; k < count; k++)
        list->items[k] = items[k];
    return value_of_list(list);
}

size_t value_count(Value list)
{
    return list.kind == VALUE_LIST ? list.list->count : 0;
}

Value value_item(Value list, size_t k)
{
    return k < value_count(list) ? list.list->items[k] : NONE;
}

/* ------------------------------------------------------------------------------------------------ repr() */

/* What is deeper inside a list, or a group, than this is left out; Python raises a RecursionError some time.
 */
enum { DEEPEST = 50 };

/* Collects text in a buffer of fixed size and counts on when it is full. */
typedef struct Paper {
    char *buffer;
    size_t size, length;
    unsigned depth;
} Paper;

static void write_bytes(Paper *paper, const char *text, size_t length)
{
    for (size_t k = 0; k < length; k++)
        if (paper->length + k + 1 < paper->size)
            paper->buffer[paper->length + k] = text[k];
    paper->length += length;
}

static void write_text(Paper *paper, const char *text)
{
    write_bytes(paper, text, strlen(text));
}

static void write_number(Paper *paper, const char *format, int64_t number)
{
    char digits[32];
    int length = snprintf(digits, sizeof digits, format, (long long)number);
    write_bytes(paper, digits, (size_t)length);
}

static void write_float(Paper *paper, double real)
{
    char digits[40];
    if (isnan(real) || isinf(real)) {
        write_text(paper, isnan(real) ? "nan" : real < 0 ? "-inf" : "inf");
        return;
    }
    /* The shortest digits that read back as the same number; exponents from 1e16 on, as in Python. */
    double size = fabs(real);
    bool fixed = real == 0 || (size >= 1e-4 && size < 1e16);
    for (int precision = 1; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, real);
        if (strtod(digits, NULL) == real) {
            int decimals = precision - 1 - (real == 0 ? 0 : (int)floor(log10(size)));
            if (fixed)
                snprintf(digits, sizeof digits, "%.*f", decimals > 0 ? decimals : 1, real);
            break;
        }
    }
    write_text(paper, digits);
}

/* @param ascii whether what is no ASCII is escaped too */
static void write_byte(Paper *paper, char letter, char quote, bool ascii)
{
    unsigned char byte = (unsigned char)letter;
    char escaped[8] = {'\\', letter};
    if (byte == '\n' || byte == '\r' || byte == '\t') {
        escaped[1] = byte == '\n' ? 'n' : byte == '\r' ? 'r' : 't';
    } else if (byte < 0x20 || byte == 0x7f || (ascii && byte > 0x7f)) {
        snprintf(escaped, sizeof escaped, "\\x%02x", byte);
    } else if (letter != quote && letter != '\\') {
        write_bytes(paper, &letter, 1);
        return;
    }
    write_text(paper, escaped);
}

static void write_quoted(Paper *paper, const char *text)
{
    char quote = strchr(text, '\'') && !strchr(text, '"') ? '"' : '\'';
    write_bytes(paper, &quote, 1);
    for (const char *at = text; *at; at++)
        write_byte(paper, *at, quote, false);
    write_bytes(paper, &quote, 1);
}

/* b'one\n': what is no printable ASCII is escaped. */
static void write_bytes_object(Paper *paper, Value value)
{
    const char *data = value_data(value);
    size_t size = value_size(value);
    char quote = memchr(data, '\'', size) && !memchr(data, '"', size) ? '"' : '\'';
    write_text(paper, "b");
    write_bytes(paper, &quote, 1);
    for (size_t k = 0; k < size; k++)
        write_byte(paper, data[k], quote, true);
    write_bytes(paper, &quote, 1);
}

static void write_value(Paper *paper, Value value);

static void write_coroutine(Paper *paper, const Task *task, bool done)
{
    const char *name = listing_trim(&thread.listing, task->function);
    int line = listing_line(&thread.listing, name); /* of its def; while it runs, where it is now */
    const Frame *frame = !done && task->coroutine ? task->coroutine->frame : NULL;
    while (frame && frame->outer)
        frame = frame->outer;
    if (frame && frame->line)
        line = frame->line;
    write_text(paper, " coro=<");
    write_text(paper, name);
    write_text(paper, done ? "() done" : "()");
    if (line && thread.listing.name) {
        write_text(paper, done ? ", defined at " : " running at ");
        write_text(paper, thread.listing.name);
        write_number(paper, ":%lld", line);
    }
    write_text(paper, ">");
}

/* <Task finished name='Task-2' coro=<func() done, defined at lesson.py:3> result='x'> */
static void write_future(Paper *paper, Future *future)
{
    static const char *const states[] = {"pending", "cancelled", "finished"};
    const Task *task = future_task(future);
    if (future->marked) { /* its own result: being written already */
        write_text(paper, "...");
        return;
    }
    future->marked = true;
    write_text(paper, task ? "<Task " : "<Future ");
    if (task && future->state == FUTURE_PENDING && task->coroutine && task->coroutine->must_cancel)
        write_text(paper, "cancelling");
    else
        write_text(paper, states[future->state]);
    if (task) {
        write_text(paper, " name=");
        write_quoted(paper, task_name(task));
        write_coroutine(paper, task, future->state != FUTURE_PENDING);
    }
    if (future->state == FUTURE_FINISHED) {
        write_text(paper, value_failed(future->result) ? " exception=" : " result=");
        write_value(paper, future->result);
    }
    if (task && task->waiter && future->state == FUTURE_PENDING) {
        write_text(paper, future_task(task->waiter) ? " wait_for=<Task " : " wait_for=<Future ");
        write_text(paper, states[task->waiter->state]);
        write_text(paper, ">");
    }
    write_text(paper, ">");
    future->marked = false;
}

static void write_list(Paper *paper, Value list)
{
    write_text(paper, "[");
    for (size_t k = 0; k < value_count(list); k++) {
        write_text(paper, k ? ", " : "");
        write_value(paper, value_item(list, k));
    }
    write_text(paper, "]");
}

/* ValueError('message'); ExceptionGroup('message', [ValueError('one'), …]) */
static void write_exception(Paper *paper, Value exception)
{
    size_t count = value_group_count(exception);
    write_text(paper, exception.exception->name);
    write_text(paper, "(");
    if (exception.message)
        write_quoted(paper, exception.message);
    for (size_t k = 0; k < count; k++) {
        write_text(paper, k ? ", " : ", [");
        write_value(paper, value_group_error(exception, k));
    }
    write_text(paper, count ? "])" : ")");
}

static void write_value(Paper *paper, Value value)
{
    if (paper->depth == DEEPEST) {
        write_text(paper, "...");
        return;
    }
    paper->depth++;
    switch (value.kind) {
    case VALUE_NONE:
        write_text(paper, "None");
        break;
    case VALUE_BOOL:
        write_text(paper, value.boolean ? "True" : "False");
        break;
    case VALUE_INT:
        write_number(paper, "%lld", value.integer);
        break;
    case VALUE_FLOAT:
        write_float(paper, value.real);
        break;
    case VALUE_TEXT:
        write_quoted(paper, value.text);
        break;
    case VALUE_BYTES:
        write_bytes_object(paper, value);
        break;
    case VALUE_LIST:
        write_list(paper, value);
        break;
    case VALUE_FUTURE:
        write_future(paper, value.future);
        break;
    case VALUE_POINTER:
        write_text(paper, value.message ? value.message : "<pointer>");
        break;
    case VALUE_EXCEPTION:
        write_exception(paper, value);
        break;
    }
    paper->depth--;
}

/* Ends the text, between two characters when it had to be cut. */
static void finish(Paper *paper)
{
    if (!paper->size)
        return;
    if (paper->length < paper->size) {
        paper->buffer[paper->length] = '\0';
        return;
    }
    size_t end = paper->size - 1;
    size_t start = end;
    while (start > 0 && end - start < 4 && ((unsigned char)paper->buffer[start - 1] & 0xc0) == 0x80)
        start--;
    if (start > 0 && (unsigned char)paper->buffer[start - 1] >= 0xc0) {
        unsigned char lead = (unsigned char)paper->buffer[start - 1];
        size_t needed = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        if (end - (start - 1) < needed)
            end = start - 1;
    }
    paper->buffer[end] = '\0';
}

size_t value_repr(Value value, char *buffer, size_t size)
{
    Paper paper = {.buffer = buffer, .size = size};
    write_value(&paper, value);
    finish(&paper);
    return paper.length;
}

const char *value_repr_text(Value value)
{
    size_t size = value_repr(value, NULL, 0) + 1;
    char *text = texts_take(texts_here(), size);
    if (!text)
        return "(out of memory)";
    value_repr(value, text, size);
    return text;
}

size_t value_describe(Value value, char *buffer, size_t size)
{
    if (!value_failed(value))
        return value_repr(value, buffer, size);
    Paper paper = {.buffer = buffer, .size = size};
    write_text(&paper, value.exception->name);
    if (value.message) {
        write_text(&paper, ": ");
        write_text(&paper, value.message);
    }
    size_t count = value_group_count(value);
    if (count)
        write_number(&paper, count == 1 ? " (%lld sub-exception)" : " (%lld sub-exceptions)", (int64_t)count);
    finish(&paper);
    return paper.length;
}
