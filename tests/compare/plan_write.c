/*
 * From templates to text. In Python a block is what is indented; in C it is a function of its own, because an
 * early return (TRY) has to leave just the block.
 */
#include "plan.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

typedef struct Writer {
    const Plan *plan;
    FILE *out; /* where whole functions go */
    bool c;
    const char *prefix;
    char name[32]; /* of the function that is being written */
    int blocks;    /* how many functions its blocks became */
} Writer;

/* ------------------------------------------------------------------------------- one placeholder ---- */

static const double delays[] = {0, 0.125, 0.25, 0.5, 1, 0.25, 0.125, -1};
static const double timeouts[] = {-2, 0, 0.125, 0.25, 0.5, 1, 2, 0.25};
static const char *const errors[] = {"ValueError", "TypeError", "OSError", "RuntimeError"};
static const char *const untils[] = {"ALL_COMPLETED", "FIRST_COMPLETED", "FIRST_EXCEPTION"};

static void write_time(const Writer *writer, FILE *to, double seconds)
{
    if (seconds == -2)
        fputs(writer->c ? "LOOP_FOREVER" : "None", to);
    else if (writer->c)
        fprintf(to, "loop_seconds(%g)", seconds);
    else
        fprintf(to, "%g", seconds);
}

static void write_value(const Writer *writer, FILE *to, int value)
{
    if (value % 4 == 0)
        fputs(writer->c ? "NONE" : "None", to);
    else if (value % 4 == 1)
        fprintf(to, writer->c ? "value_text(\"text %d\")" : "\"text %d\"", value);
    else
        fprintf(to, writer->c ? "value_int(%d)" : "%d", value);
}

static void write_error(const Writer *writer, FILE *to, int value)
{
    const char *name = errors[value % 4];
    if (writer->c)
        fprintf(to, "value_exception(&%s, \"error %d\")", name, value);
    else
        fprintf(to, "%s(\"error %d\")", name, value);
}

/* None, most of the time. */
static void write_message(const Writer *writer, FILE *to, int value)
{
    if (value % 3 == 0)
        fprintf(to, "\"message %d\"", value);
    else if (writer->c)
        fputs("NULL", to);
}

static void write_caught(const Writer *writer, FILE *to, int value)
{
    static const char *const kinds[][2] = {
        {"Exception", "!outcome.exception->base"},
        {"BaseException", "true"},
        {"TimeoutError", "value_is(outcome, &TimeoutError)"},
        {"ValueError", "value_is(outcome, &ValueError)"},
        {"Exception", "!outcome.exception->base"},
        {"ExceptionGroup", "value_is(outcome, &ExceptionGroup)"},
    };
    fputs(kinds[value % 6][writer->c], to);
}

static void write_new_coroutine(const Writer *writer, FILE *to, int function)
{
    if (!writer->c)
        fprintf(to, "body%d()", function);
    else if (*writer->prefix)
        fprintf(to, "coroutine_new(\"body%d\", %sbody%d, NONE)", function, writer->prefix, function);
    else
        fprintf(to, "coroutine(body%d, NONE)", function);
}

static void write_slot(const Writer *writer, FILE *to, const char *name, int number)
{
    fprintf(to, "%s%s[%d]", writer->c ? writer->prefix : "", name, number);
}

/* As a future, or in C as an Awaitable. */
static void write_item(const Writer *writer, FILE *to, Item item, bool awaitable)
{
    if (writer->c)
        fputs(awaitable ? "awaitable(" : item.kind == 't' ? "task_future(" : "", to);
    if (item.kind == 'b')
        write_new_coroutine(writer, to, item.number);
    else
        write_slot(writer, to, item.kind == 't' ? "t" : "f", item.number);
    if (writer->c && (awaitable || item.kind == 't'))
        fputc(')', to);
}

static void write_items(const Writer *writer, FILE *to, const Node *node, bool awaitable)
{
    if (writer->c && node->count == 0) {
        fputs("NULL, 0", to);
        return;
    }
    if (writer->c)
        fputs(awaitable ? "(Awaitable[]){" : "(Future *[]){", to);
    for (int k = 0; k < node->count; k++) {
        fputs(k ? ", " : "", to);
        write_item(writer, to, node->items[k], awaitable);
    }
    if (writer->c)
        fprintf(to, "}, %d", node->count);
}

static const char *slot_name(char letter)
{
    static const struct {
        char letter;
        const char *name;
    } names[] = {
        {'f', "f"},    {'F', "f"},     {'t', "t"},    {'T', "t"},         {'u', "t"},    {'h', "h"},
        {'H', "h"},    {'g', "g"},     {'P', "g"},    {'n', "n"},         {'l', "lock"}, {'E', "event"},
        {'R', "gate"}, {'q', "queue"}, {'C', "news"}, {'s', "semaphore"},
    };
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (names[k].letter == letter)
            return names[k].name;
    return NULL;
}

static void write_letter(const Writer *writer, FILE *to, const Node *node, char letter)
{
    int value = node->value[letter - 'A'];
    const char *slot = slot_name(letter);
    const char *const truths[][2] = {{"False", "false"}, {"True", "true"}};
    if (slot)
        write_slot(writer, to, slot, value);
    else if (letter == 'd')
        write_time(writer, to, delays[value % 8]);
    else if (letter == 'D')
        write_time(writer, to, delays[value % 7]);
    else if (letter == 'w')
        write_time(writer, to, timeouts[value % 8]);
    else if (letter == 'v')
        write_value(writer, to, value);
    else if (letter == 'e')
        write_error(writer, to, value);
    else if (letter == 'm')
        write_message(writer, to, value);
    else if (letter == 'x')
        write_caught(writer, to, value);
    else if (letter == 'o')
        fputs(untils[value % 3], to);
    else if (letter == 'r')
        fputs(truths[value % 2][writer->c], to);
    else if (letter == 'N')
        fprintf(to, "%d", 1 + value % 3);
    else if (letter == 'a' || letter == 'A')
        write_item(writer, to, node->one, letter == 'A');
    else if (letter == 'I' || letter == 'S')
        write_items(writer, to, node, letter == 'I');
    else if (letter == 'b')
        write_new_coroutine(writer, to, value);
    else if (letter == 'c' || letter == 'k')
        fprintf(to, "%scall%d", writer->c ? writer->prefix : "", value);
    else if (letter == 'G' || letter == 'U')
        fprintf(to, "%d", value);
}

/* ------------------------------------------------------------------------------------- a statement ---- */

static void write_list(Writer *writer, FILE *to, const Node *node, int indent);

static void indented(FILE *to, int indent)
{
    fprintf(to, "%*s", 4 * indent, "");
}

/* In C: writes the block as a function before the one in whose middle we are. @return its number */
static int write_block_function(Writer *writer, const Node *first)
{
    char *text = NULL;
    size_t length = 0;
    FILE *body = open_memstream(&text, &length);
    if (!body)
        abort();
    write_list(writer, body, first, 1);
    fclose(body);
    int number = ++writer->blocks;
    fprintf(writer->out, "static Value %s_block%d(Local *my)\n{\n%s    return NONE;\n}\n\n", writer->name,
            number, text);
    free(text);
    return number;
}

static void write_block(Writer *writer, FILE *to, const Node *first, int indent, bool may_be_empty)
{
    if (writer->c && first)
        fprintf(to, "%s_block%d(my)", writer->name, write_block_function(writer, first));
    else if (writer->c)
        fputs("NONE", to);
    else if (first)
        write_list(writer, to, first, indent + 1);
    else if (!may_be_empty) {
        indented(to, indent + 1);
        fputs("pass\n", to);
    }
}

static void expand(Writer *writer, FILE *to, const Node *node, int indent)
{
    const char *template = writer->c ? node->op->c : node->op->python;
    bool line_begins = true;
    for (const char *at = template; *at; at++) {
        bool block = at[0] == '$' && (at[1] == 'B' || at[1] == 'X');
        if (line_begins && !(block && !writer->c))
            indented(to, indent);
        line_begins = *at == '\n';
        if (*at != '$') {
            fputc(*at, to);
            continue;
        }
        at++;
        if (block) {
            write_block(writer, to, *at == 'B' ? node->inner : node->behind, indent, *at == 'X');
            line_begins = !writer->c;
        } else if (*at == 'L') {
            bool inside_text = at > template + 1 && at[-2] == ' ';
            fprintf(to, inside_text && at[1] == '"' ? "%d" : "\"%d\"", node->number);
        } else if (*at == '#') {
            fprintf(to, "%d", node->block);
        } else {
            write_letter(writer, to, node, *at);
        }
    }
    if (!line_begins)
        fputc('\n', to);
}

/* The tasks and handles that a statement needs; joined by what Python or C has for "and". */
static bool write_needs(const Writer *writer, FILE *to, const Node *node)
{
    static const char guarded[] = "tuhg";
    const char *template = node->op->python, *both = writer->c ? " && " : " and ";
    bool any = false;
    for (const char *at = template; *at && !any; at++)
        if (at[0] == '$' && strchr(guarded, at[1])) {
            write_letter(writer, to, node, at[1]);
            any = true;
        }
    if ((strstr(template, "$a") || strstr(template, "$A")) && node->one.kind == 't') {
        fputs(any ? both : "", to);
        write_slot(writer, to, "t", node->one.number);
        any = true;
    }
    if (strstr(template, "$I") || strstr(template, "$S"))
        for (int k = 0; k < node->count; k++)
            if (node->items[k].kind == 't') {
                fputs(any ? both : "", to);
                write_slot(writer, to, "t", node->items[k].number);
                any = true;
            }
    return any;
}

static void write_statement(Writer *writer, FILE *to, const Node *node, int indent)
{
    char *needs = NULL;
    size_t length = 0;
    FILE *text = open_memstream(&needs, &length);
    if (!text)
        abort();
    write_needs(writer, text, node);
    fclose(text);
    if (*needs) {
        indented(to, indent);
        fprintf(to, writer->c ? "if (%s) {\n" : "if %s:\n", needs);
    }
    expand(writer, to, node, indent + (*needs ? 1 : 0));
    if (*needs && writer->c) {
        indented(to, indent);
        fputs("}\n", to);
    }
    free(needs);
}

static void write_list(Writer *writer, FILE *to, const Node *node, int indent)
{
    for (; node; node = node->next)
        write_statement(writer, to, node, indent);
}

/* -------------------------------------------------------------------------------------- a function ---- */

/* The loop and the plain futures are there before all else. */
static void begin_main(const Writer *writer, FILE *to)
{
    static const char futures[] = "fFaAIS";
    bool any = false;
    for (const char *letter = futures; *letter && !any; letter++)
        any = plan_has(writer->plan, *letter);
    if (!writer->c)
        fputs("    global loop\n    loop = asyncio.get_running_loop()\n", to);
    if (any && writer->c)
        fprintf(
            to,
            "    for (int k = 0; k < %d; k++)\n        %sf[k] = keep(loop_create_future(loop_running()));\n",
            PLAIN_FUTURES, writer->prefix);
    else if (any)
        fputs("    f[:] = [keep(loop.create_future()) for _ in f]\n", to);
}

static void write_function_c(Writer *writer, int number)
{
    static const char *const heads[] = {"static Value %s(Value none)\n{\n", "static void %s(void *none)\n{\n",
                                        "static void %s(Future *future, void *none)\n{\n"};
    const Function *function = &writer->plan->functions[number];
    char *text = NULL;
    size_t length = 0;
    FILE *body = open_memstream(&text, &length);
    if (!body)
        abort();
    snprintf(writer->name, sizeof writer->name, "%s%s%d", writer->prefix,
             function->kind == COROUTINE ? "body" : "call", number);
    writer->blocks = 0;
    if (number == 0)
        begin_main(writer, body);
    write_list(writer, body, function->first, 1);
    fclose(body);
    fprintf(writer->out, heads[function->kind], writer->name);
    if (function->kind == COROUTINE && (strstr(text, "(my)") || strstr(text, "my->")))
        fputs("    Local local = {0}, *my = &local;\n", writer->out);
    fprintf(writer->out, "%s%s}\n\n", text, function->kind == COROUTINE ? "    return NONE;\n" : "");
    free(text);
}

static void write_function_python(Writer *writer, int number)
{
    static const char *const heads[] = {"async def body%d():\n", "def call%d():\n", "def call%d(future):\n"};
    const Function *function = &writer->plan->functions[number];
    fputs("\n\n", writer->out);
    fprintf(writer->out, heads[function->kind], number);
    if (number == 0)
        begin_main(writer, writer->out);
    write_list(writer, writer->out, function->first, 1);
    if (number != 0 && !function->first)
        fputs("    pass\n", writer->out);
}

static void write_functions(Writer *writer)
{
    bool used[MOST_FUNCTIONS];
    plan_used(writer->plan, used);
    for (int k = writer->plan->function_count - 1; k >= 0; k--)
        if (used[k]) {
            if (writer->c)
                write_function_c(writer, k);
            else
                write_function_python(writer, k);
        }
}

/* --------------------------------------------------------------------------------- the whole program ---- */

/* Is the array of this name used in the text? */
static bool uses(const Writer *writer, const char *text, const char *array)
{
    char name[64];
    snprintf(name, sizeof name, "%s%s[", writer->c ? writer->prefix : "", array);
    for (const char *at = strstr(text, name); at; at = strstr(at + 1, name))
        if (at == text || !(isalnum((unsigned char)at[-1]) || at[-1] == '_'))
            return true;
    return false;
}

/* Small arrays that hold what has been made. */
static const struct {
    const char *type, *name, *empty;
    int count;
} arrays[] = {
    {"Future *", "f", "None", PLAIN_FUTURES},
    {"Task *", "t", "None", TASKS},
    {"Future *", "g", "None", GATHERED},
    {"Handle *", "h", "None", HANDLES},
    {"int ", "n", "0", COUNTERS},
};

enum { KINDS_OF_ARRAYS = sizeof arrays / sizeof *arrays };

/* The things that tasks share. */
static const struct {
    char letter;
    const char *type, *name, *destroy;
} objects[] = {
    {'l', "Lock", "lock", "lock_free"},           {'E', "Event", "event", "event_free"},
    {'C', "Condition", "news", "condition_free"}, {'s', "Semaphore", "semaphore", "semaphore_free"},
    {'R', "Barrier", "gate", "barrier_free"},     {'q', "Queue", "queue", "queue_free"},
};

enum { KINDS_OF_OBJECTS = sizeof objects / sizeof *objects };

static void write_make(const Writer *writer, FILE *to, char letter, int k)
{
    static const char *const queues[][2] = {{"asyncio.Queue(%d)", "queue_new(%d)"},
                                            {"asyncio.LifoQueue(%d)", "lifo_queue_new(%d)"},
                                            {"asyncio.PriorityQueue(%d)", "priority_queue_new(%d)"}};
    static const char *const semaphores[][2] = {
        {"asyncio.Semaphore(%d)", "semaphore_new(%d)"},
        {"asyncio.BoundedSemaphore(%d)", "bounded_semaphore_new(%d)"}};
    const Plan *plan = writer->plan;
    bool c = writer->c;
    if (letter == 'l')
        fputs(c ? "lock_new()" : "asyncio.Lock()", to);
    else if (letter == 'E')
        fputs(c ? "event_new()" : "asyncio.Event()", to);
    else if (letter == 'C')
        fputs(c ? "condition_new(NULL)" : "asyncio.Condition()", to);
    else if (letter == 's')
        fprintf(to, semaphores[k][c], plan->permits[k]);
    else if (letter == 'R')
        fprintf(to, c ? "barrier_new(%d)" : "asyncio.Barrier(%d)", plan->parties[k]);
    else
        fprintf(to, queues[plan->queue_kind[k]][c], plan->maxsize[k]);
}

static void write_head_c(const Writer *writer, const char *text)
{
    for (int k = 0; k < KINDS_OF_ARRAYS; k++)
        if (uses(writer, text, arrays[k].name))
            fprintf(writer->out, "static %s%s%s[%d];\n", arrays[k].type, writer->prefix, arrays[k].name,
                    arrays[k].count);
    for (int k = 0; k < KINDS_OF_OBJECTS; k++)
        if (plan_has(writer->plan, objects[k].letter))
            fprintf(writer->out, "static %s *%s%s[%d];\n", objects[k].type, writer->prefix, objects[k].name,
                    OBJECTS);
    fprintf(writer->out, "\n%s", text);
}

static void write_tail_c(const Writer *writer)
{
    FILE *out = writer->out;
    if (*writer->prefix)
        fprintf(out, "static Value %spair(void)\n{\n", writer->prefix);
    else
        fputs("PAIR\n{\n", out);
    for (int k = 0; k < KINDS_OF_OBJECTS; k++)
        for (int each = 0; each < OBJECTS && plan_has(writer->plan, objects[k].letter); each++) {
            fprintf(out, "    %s%s[%d] = ", writer->prefix, objects[k].name, each);
            write_make(writer, out, objects[k].letter, each);
            fputs(";\n", out);
        }
    fputs("    Value result = forget(loop_run(", out);
    write_new_coroutine(writer, out, 0);
    fputs("));\n", out);
    for (int k = 0; k < KINDS_OF_OBJECTS; k++)
        for (int each = 0; each < OBJECTS && plan_has(writer->plan, objects[k].letter); each++)
            fprintf(out, "    %s(%s%s[%d]);\n", objects[k].destroy, writer->prefix, objects[k].name, each);
    fputs("    return result;\n}\n", out);
}

void plan_write_c(const Plan *plan, const char *prefix, FILE *out)
{
    char *text = NULL;
    size_t length = 0;
    Writer writer = {.plan = plan, .c = true, .prefix = prefix};
    writer.out = open_memstream(&text, &length);
    if (!writer.out)
        abort();
    write_functions(&writer);
    fclose(writer.out);
    writer.out = out;
    if (!*prefix)
        fprintf(out, "/*\n * What the generator's seed %llu came to.\n */\n#include \"seed.h\"\n\n",
                (unsigned long long)plan->seed);
    write_head_c(&writer, text);
    write_tail_c(&writer);
    free(text);
}

static void write_head_python(const Writer *writer, const char *text)
{
    static const char helpers[] =
        "\nkept = []\n"
        "\n\ndef keep(it):\n    kept.append(it)\n    return it\n"
        "\n\ndef say(label, value=None):\n"
        "    if loop.is_running():  # and not when coroutines are collected at the end\n"
        "        print(label, repr(value))\n";
    static const char tell[] =
        "\n\ndef tell(label, call, *arguments):\n    try:\n        say(label, call(*arguments))\n"
        "    except BaseException as error:\n        say(label, error)\n";
    static const char sizes[] = "\n\ndef sizes(sets):\n    return [len(one) for one in sets]\n";
    const Plan *plan = writer->plan;
    FILE *out = writer->out;
    if (plan_says(plan, "asyncio.timeout")) /* any task may be cancelled, at the latest by run's shutdown */
        fputs("# differs: timeout-counts-cancels\n", out);
    fputs("import asyncio\n", out);
    if (plan_says(plan, "time.sleep"))
        fputs("import time\n", out);
    fputc('\n', out);
    for (int k = 0; k < KINDS_OF_ARRAYS; k++)
        if (uses(writer, text, arrays[k].name))
            fprintf(out, "%s = [%s] * %d\n", arrays[k].name, arrays[k].empty, arrays[k].count);
    for (int k = 0; k < KINDS_OF_OBJECTS; k++)
        if (plan_has(plan, objects[k].letter)) {
            fprintf(out, "%s = [", objects[k].name);
            write_make(writer, out, objects[k].letter, 0);
            fputs(", ", out);
            write_make(writer, out, objects[k].letter, 1);
            fputs("]\n", out);
        }
    fputs(helpers, out);
    if (plan_says(plan, "tell"))
        fputs(tell, out);
    if (plan_says(plan, "sizes"))
        fputs(sizes, out);
    fputs(text, out);
}

void plan_write_python(const Plan *plan, FILE *out)
{
    char *text = NULL;
    size_t length = 0;
    Writer writer = {.plan = plan, .prefix = ""};
    writer.out = open_memstream(&text, &length);
    if (!writer.out)
        abort();
    write_functions(&writer);
    fclose(writer.out);
    writer.out = out;
    fprintf(out, "# What the generator's seed %llu came to.\n", (unsigned long long)plan->seed);
    write_head_python(&writer, text);
    fputs("\n\nasyncio.run(body0())\n", out);
    free(text);
}
