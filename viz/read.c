/*
 * read.c — from the fields of a line to an event.
 *
 * What a kind takes from its line is a table: a row a field, saying how it is understood and where in the
 * event it goes. Keys that a kind does not know are ignored, and kinds that this version does not know are
 * kept as EV_OTHER: a newer writer does no harm.
 */
#include "read.h"

#include "arena.h"
#include "fields.h"
#include "names_of_events.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct Reader {
    Texts *texts;
    Chains *chains;
    Fields fields;
    Names kinds, words;
    char *copy; /* of a line that cJSON reads */
    size_t copy_size;
    Frame *frames;
    size_t frame_capacity;
    Id *ids;
    size_t id_capacity;
    char problem[200];
};

/* How a field is understood. */
typedef enum Take {
    TAKE_END,
    TAKE_ID,   /* "t3"; `letters` says which kinds of id may stand here */
    TAKE_WORD, /* one of the words first … last */
    TAKE_TEXT,
    TAKE_NUMBER,  /* any whole number */
    TAKE_FOREVER, /* a number, or null for -1 */
    TAKE_COUNT,   /* a line: 0 … 2^31 - 1 */
    TAKE_FLAG,    /* true: the word `first`; false: the word `last` */
    TAKE_PLACE,   /* ["s1", 12]: source and line */
    TAKE_DEFINED, /* the same, if it is in the listing, into `defined` */
    TAKE_ALSO,    /* the same, into c_line */
    TAKE_CHAIN,   /* [["function", "s1" or "file", 12], …] */
    TAKE_IDS,     /* ["t2", "t3"] */
    TAKE_UNTIL,   /* one of event_until_names, as its number */
    TAKE_PAIRS,   /* [["t1", "f1"], …] */
} Take;

typedef struct Rule {
    uint8_t field;
    uint8_t take;
    uint16_t to; /* offset in Event */
    bool must;
    uint8_t first, last;
    const char *letters;
} Rule;

#define TO(member) offsetof(Event, member)
#define RULES      9

// clang-format off
#define ID_OF(field, member, must, letters) {field, TAKE_ID, TO(member), must, 0, 0, letters}
#define WORD_OF(field, member, first, last) {field, TAKE_WORD, TO(member), false, first, last, NULL}
#define TEXT_OF(field, member)              {field, TAKE_TEXT, TO(member), false, 0, 0, NULL}
#define NUMBER_OF(field, must)              {field, TAKE_NUMBER, TO(n), must, 0, 0, NULL}
#define INTO_OF(field, member)              {field, TAKE_NUMBER, TO(member), true, 0, 0, NULL}
#define LINE_OF(field, must)                {field, TAKE_COUNT, TO(line), must, 0, 0, NULL}
#define FLAG_OF(field, yes, no)             {field, TAKE_FLAG, TO(word), false, yes, no, NULL}
#define OTHER_OF(field, take)               {field, take, 0, false, 0, 0, NULL}

#define HANDLE   ID_OF(FIELD_HANDLE, handle, true, "h")
#define TASK     ID_OF(FIELD_TASK, task, true, "t")
#define ANY_TASK ID_OF(FIELD_TASK, task, false, "t")
#define FUTURE   ID_OF(FIELD_FUTURE, future, true, "ft")
#define ANY_FUTURE ID_OF(FIELD_FUTURE, future, false, "ft")
#define SOURCE   ID_OF(FIELD_SOURCE, source, true, "s")
#define ANY_SOURCE ID_OF(FIELD_SOURCE, source, false, "s")
#define BY_HAND  ID_OF(FIELD_COROUTINE, coroutine, false, "k")
#define STATE    WORD_OF(FIELD_STATE, word, WORD_WAITING, WORD_CANCELLED)
#define FRAME    TEXT_OF(FIELD_FUNCTION, text), LINE_OF(FIELD_LINE, false), ANY_SOURCE, ANY_TASK, BY_HAND, \
                 OTHER_OF(FIELD_ALSO, TAKE_ALSO)

static const Rule rules[EV_KINDS][RULES] = {
    [EV_SOURCE] = {SOURCE, TEXT_OF(FIELD_NAME, text), TEXT_OF(FIELD_TEXT, text2), TEXT_OF(FIELD_LANGUAGE, text3)},
    [EV_LOOP] = {WORD_OF(FIELD_OP, word, WORD_NEW, WORD_CLOSE)},
    [EV_ITERATION] = {NUMBER_OF(FIELD_N, true)},
    [EV_SELECT] = {OTHER_OF(FIELD_TIMEOUT, TAKE_FOREVER)},
    [EV_SELECTED] = {NUMBER_OF(FIELD_N, false)},
    [EV_BATCH] = {NUMBER_OF(FIELD_N, true)},
    [EV_READY] = {HANDLE, ANY_TASK, ANY_FUTURE, WORD_OF(FIELD_BY, by, WORD_SOON, WORD_THREAD),
                  WORD_OF(FIELD_WHAT, word, WORD_STEP, WORD_CALL), WORD_OF(FIELD_WHY, why, WORD_START, WORD_YIELD),
                  TEXT_OF(FIELD_CALLBACK, text2)},
    [EV_RUN] = {HANDLE, ANY_TASK, TEXT_OF(FIELD_THROW, text), FLAG_OF(FIELD_SKIPPED, WORD_SKIPPED, WORD_NONE)},
    [EV_RAN] = {HANDLE, ANY_TASK, STATE, ID_OF(FIELD_ON, on, false, "ft"), TEXT_OF(FIELD_VALUE, text),
                OTHER_OF(FIELD_CHAIN, TAKE_CHAIN)},
    [EV_TIMER] = {HANDLE, NUMBER_OF(FIELD_WHEN, true), ANY_FUTURE, TEXT_OF(FIELD_CALLBACK, text)},
    [EV_HANDLE_CANCEL] = {HANDLE},
    [EV_TASK] = {TASK, TEXT_OF(FIELD_NAME, text), TEXT_OF(FIELD_COROUTINE, text2), OTHER_OF(FIELD_DEFINED, TAKE_DEFINED),
                 OTHER_OF(FIELD_CREATED, TAKE_PLACE), ID_OF(FIELD_OBJECT, coroutine, false, "k")},
    [EV_TASK_NAME] = {TASK, TEXT_OF(FIELD_NAME, text)},
    [EV_COROUTINE] = {ID_OF(FIELD_COROUTINE, coroutine, true, "k"), TEXT_OF(FIELD_NAME, text),
                      FLAG_OF(FIELD_NEVER_AWAITED, WORD_NEVER_AWAITED, WORD_NONE),
                      OTHER_OF(FIELD_DEFINED, TAKE_DEFINED), OTHER_OF(FIELD_CREATED, TAKE_PLACE)},
    [EV_FUTURE] = {FUTURE, TEXT_OF(FIELD_OF, text), OTHER_OF(FIELD_CREATED, TAKE_PLACE), OTHER_OF(FIELD_KIDS, TAKE_IDS),
                   OTHER_OF(FIELD_RETURN_WHEN, TAKE_UNTIL), ID_OF(FIELD_LOCK, on, false, "l")},
    [EV_CALLBACK_ADD] = {FUTURE, ID_OF(FIELD_CALLBACK, callback, false, "c"), ANY_TASK, TEXT_OF(FIELD_NAME, text)},
    [EV_CALLBACK_REMOVE] = {FUTURE, ID_OF(FIELD_CALLBACK, callback, false, "c"), ANY_TASK, TEXT_OF(FIELD_NAME, text)},
    [EV_DONE] = {FUTURE, STATE, TEXT_OF(FIELD_VALUE, text)},
    [EV_CANCEL] = {ID_OF(FIELD_TASK, task, true, "tf"), WORD_OF(FIELD_HOW, word, WORD_WAITER, WORD_CHILDREN), NUMBER_OF(FIELD_COUNT, false),
                   TEXT_OF(FIELD_MESSAGE, text)},
    [EV_UNCANCEL] = {TASK, NUMBER_OF(FIELD_COUNT, false)},
    [EV_LINE] = {SOURCE, LINE_OF(FIELD_LINE, true), TEXT_OF(FIELD_FUNCTION, text), ANY_TASK, BY_HAND,
                 OTHER_OF(FIELD_ALSO, TAKE_ALSO)},
    [EV_ENTER] = {FRAME},
    [EV_LEAVE] = {FRAME},
    [EV_SWITCH] = {ID_OF(FIELD_FROM, coroutine, true, "k"), ID_OF(FIELD_TO, on, true, "k"), TEXT_OF(FIELD_VALUE, text),
                   FLAG_OF(FIELD_DONE, WORD_DONE, WORD_WAITING)},
    [EV_OUTPUT] = {NUMBER_OF(FIELD_FD, false), TEXT_OF(FIELD_TEXT, text)},
    [EV_BLOCKED] = {NUMBER_OF(FIELD_DURATION, false), OTHER_OF(FIELD_BY, TAKE_PLACE)},
    [EV_EXCEPTION] = {TEXT_OF(FIELD_MESSAGE, text), TEXT_OF(FIELD_EXCEPTION, text2), ANY_FUTURE},
    [EV_STUCK] = {OTHER_OF(FIELD_TASKS, TAKE_PAIRS), OTHER_OF(FIELD_HELD, TAKE_PAIRS), TEXT_OF(FIELD_WHY, text)},
    [EV_MARK] = {TEXT_OF(FIELD_NAME, text)},
    [EV_NOTE] = {TEXT_OF(FIELD_TEXT, text)},
    [EV_PROGRESS] = {TEXT_OF(FIELD_NAME, text), NUMBER_OF(FIELD_DONE, true), INTO_OF(FIELD_TOTAL, total)},
    [EV_PICTURE] = {TEXT_OF(FIELD_NAME, text), TEXT_OF(FIELD_DATA, text2)},
    [EV_END] = {WORD_OF(FIELD_WHY, word, WORD_EXIT, WORD_LIMIT), NUMBER_OF(FIELD_CODE, false)},
    [EV_OTHER] = {TEXT_OF(FIELD_EV, text)},
};
// clang-format on

static ReadResult bad(Reader *reader, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reader->problem, sizeof reader->problem, format, arguments);
    va_end(arguments);
    return READ_BAD;
}

/* ------------------------------------------------------------------------------------ cJSON's way to fields
 */

static bool item_of_cjson(Fields *fields, const cJSON *json, Item *item)
{
    *item = (Item){0};
    if (cJSON_IsString(json)) {
        *item = (Item){
            .kind = VALUE_TEXT, .text = json->valuestring, .length = (uint32_t)strlen(json->valuestring)};
    } else if (cJSON_IsNumber(json)) {
        double number = json->valuedouble;
        if (fabs(number) > (double)NUMBER_LIMIT)
            item->kind = VALUE_HUGE;
        else if (number == floor(number))
            *item = (Item){.kind = VALUE_NUMBER, .number = (int64_t)number};
    } else if (cJSON_IsArray(json)) {
        size_t first = fields->item_count;
        for (const cJSON *child = json->child; child != NULL; child = child->next) {
            size_t place = fields->item_count;
            Item one;
            if (fields_item(fields) == NULL || !item_of_cjson(fields, child, &one))
                return false;
            fields->items[place] = one;
        }
        *item = (Item){
            .kind = VALUE_ARRAY, .number = (int64_t)first, .length = (uint32_t)(fields->item_count - first)};
    } else if (cJSON_IsBool(json)) {
        item->kind = cJSON_IsTrue(json) ? VALUE_TRUE : VALUE_FALSE;
    } else if (cJSON_IsNull(json)) {
        item->kind = VALUE_NULL;
    }
    return true;
}

static bool fields_of_cjson(Fields *fields, const cJSON *json)
{
    fields->present = 0;
    fields->item_count = 0;
    for (const cJSON *child = json->child; child != NULL; child = child->next) {
        unsigned field = names_find(&fields->keys, child->string, strlen(child->string));
        if (field == FIELD_NONE || fields_has(fields, (Field)field))
            continue;
        if (!item_of_cjson(fields, child, &fields->of[field]))
            return false;
        fields->present |= (uint64_t)1 << field;
    }
    return true;
}

/* cJSON ends a text at a NUL; so that nothing is lost, \u0000 becomes the sign for what cannot be shown. */
static void mend_nuls(char *line, size_t length)
{
    for (size_t k = 0; k + 5 < length; k++) {
        if (line[k] != '\\')
            continue;
        if (memcmp(line + k + 1, "u0000", 5) == 0)
            memcpy(line + k + 2, "fffd", 4);
        k++;
    }
}

/* The tree must outlive the event's making: its texts are borrowed. */
static ReadResult parse(Reader *reader, const char *line, size_t length, cJSON **json)
{
    char *copy = array_grow(reader->copy, &reader->copy_size, length + 1, 1);
    if (copy == NULL)
        return READ_MEMORY;
    reader->copy = copy;
    memcpy(copy, line, length);
    copy[length] = '\0';
    mend_nuls(copy, length);
    const char *stop = copy;
    *json = cJSON_ParseWithLengthOpts(copy, length, &stop, false);
    size_t column = (size_t)(stop - copy);
    while (*json != NULL && column < length && strchr(" \t\r", copy[column]) != NULL && copy[column] != '\0')
        column++;
    if (*json == NULL || column < length)
        return bad(reader, "column %zu: not JSON", (column < length ? column : length) + 1);
    if (!cJSON_IsObject(*json))
        return bad(reader, "not an object");
    if (!fields_of_cjson(&reader->fields, *json))
        return READ_MEMORY;
    return READ_EVENT;
}

/* ------------------------------------------------------------------------------------------ fields to event
 */

/* "t3", whatever its letter. @return ID_NONE when it is no id, `large` set when only its number is too large
 */
static Id id_of(const Item *item, bool *large)
{
    uint32_t number = 0;
    if (item->kind != VALUE_TEXT || item->length < 2 || item->text[0] < 'a' || item->text[0] > 'z')
        return ID_NONE;
    for (uint32_t k = 1; k < item->length; k++) {
        unsigned digit = (unsigned char)item->text[k] - (unsigned)'0';
        if (digit > 9 || (k == 1 && digit == 0 && (item->length > 2 || item->text[0] != 'k')))
            return ID_NONE;
        if (number <= 0xffffff)
            number = number * 10 + digit;
    }
    *large = number > 0xffffff;
    return *large ? ID_NONE : ID(item->text[0], number);
}

static ReadResult take_id(Reader *reader, const Rule *rule, const Item *item, Id *to)
{
    const char *key = field_names[rule->field];
    bool large = false;
    *to = id_of(item, &large);
    if (large)
        return bad(reader, "%s: id %.*s is above 16777215", key, item->length < 20 ? (int)item->length : 20,
                   item->text);
    if (*to == ID_NONE || (id_kind(*to) != rule->letters[0] && id_kind(*to) != rule->letters[1]))
        return bad(reader, "%s is no id like \"%c1\"", key, rule->letters[0]);
    return READ_EVENT;
}

static ReadResult take_text(Reader *reader, const Item *item, const char **to)
{
    if (item->kind != VALUE_TEXT)
        return READ_EVENT;
    *to = texts_add(reader->texts, item->text, item->length);
    return *to != NULL ? READ_EVENT : READ_MEMORY;
}

static ReadResult take_word(Reader *reader, const Rule *rule, const Item *item, Word *to)
{
    if (item->kind != VALUE_TEXT)
        return READ_EVENT;
    unsigned word = names_find(&reader->words, item->text, item->length);
    bool none = item->length == 4 && memcmp(item->text, "none", 4) == 0;
    *to = none ? WORD_NONE : word >= rule->first && word <= rule->last ? (Word)word : WORD_OTHER;
    return READ_EVENT;
}

static ReadResult too_large(Reader *reader, Field field)
{
    return bad(reader, "%s is beyond 4.6e18: no number that can be", field_names[field]);
}

static ReadResult take_number(Reader *reader, const Rule *rule, const Item *item, Event *event)
{
    const char *key = field_names[rule->field];
    if (item->kind == VALUE_HUGE)
        return too_large(reader, (Field)rule->field);
    if (item->kind == VALUE_NULL && rule->take == TAKE_FOREVER) {
        event->n = -1;
    } else if (item->kind == VALUE_NUMBER && rule->take == TAKE_FOREVER) {
        event->n = item->number;
    } else if (item->kind == VALUE_NUMBER && rule->take == TAKE_NUMBER) {
        *(int64_t *)(void *)((char *)event + rule->to) = item->number;
    } else if (item->kind == VALUE_NUMBER && item->number >= 0 && item->number <= INT32_MAX) {
        event->line = (uint32_t)item->number;
    } else if (rule->must || item->kind == VALUE_NUMBER) {
        return bad(reader, "%s is no number that can be", key);
    }
    return READ_EVENT;
}

/* A place in a source file: ["s1", 12]. One in a file that is not in the trace is no error and no place. */
static bool is_place(const Fields *fields, const Item *item, Id *source, uint32_t *line)
{
    bool large = false;
    if (item->kind != VALUE_ARRAY || item->length != 2)
        return false;
    const Item *pair = &fields->items[item->number];
    Id id = id_of(&pair[0], &large);
    if (id_kind(id) != 's' || pair[1].kind != VALUE_NUMBER || pair[1].number < 0 ||
        pair[1].number > INT32_MAX)
        return false;
    *source = id;
    *line = (uint32_t)pair[1].number;
    return true;
}

static void take_place(const Fields *fields, Take take, const Item *item, Event *event)
{
    Id source;
    uint32_t line;
    if (!is_place(fields, item, &source, &line))
        return;
    if (take == TAKE_DEFINED) {
        event->defined = source == ID('s', 1) ? line : 0;
    } else if (take == TAKE_ALSO) {
        event->c_line = line;
    } else {
        event->source = source;
        event->line = line;
    }
}

static ReadResult take_chain(Reader *reader, const Item *item, Event *event)
{
    size_t count = 0;
    for (uint32_t k = 0; item->kind == VALUE_ARRAY && k < item->length;) {
        const Item *frame = &reader->fields.items[(size_t)item->number + k];
        const Item *part = &frame[1];
        k += 1 + (frame->kind == VALUE_ARRAY ? frame->length : 0);
        if (frame->kind != VALUE_ARRAY || frame->length != 3 || part[0].kind != VALUE_TEXT ||
            part[1].kind != VALUE_TEXT || part[2].kind != VALUE_NUMBER || part[2].number < 0 ||
            part[2].number > INT32_MAX)
            return bad(reader, "chain: a frame is no [function, source, line]");
        Frame *frames = array_grow(reader->frames, &reader->frame_capacity, count + 1, sizeof *frames);
        if (frames == NULL)
            return READ_MEMORY;
        reader->frames = frames;
        bool large = false;
        Id source = id_of(&part[1], &large);
        frames[count] =
            (Frame){.source = id_kind(source) == 's' ? source : ID_NONE, .line = (uint32_t)part[2].number};
        if (take_text(reader, &part[0], &frames[count].function) != READ_EVENT ||
            (frames[count].source == ID_NONE &&
             take_text(reader, &part[1], &frames[count].file) != READ_EVENT))
            return READ_MEMORY;
        count++;
    }
    if (count == 0)
        return READ_EVENT;
    event->chain = chains_add(reader->chains, reader->frames, count);
    event->chain_count = count;
    return event->chain != NULL ? READ_EVENT : READ_MEMORY;
}

/* Ids in a list, or in a list of lists. `null` in a pair (waits on nothing that has an id) is ID_NONE. */
static ReadResult take_ids(Reader *reader, const Rule *rule, const Item *item, Event *event)
{
    for (uint32_t k = 0; item->kind == VALUE_ARRAY && k < item->length; k++) {
        const Item *one = &reader->fields.items[(size_t)item->number + k];
        bool large = false, pair = rule->take == TAKE_PAIRS;
        if (one->kind == VALUE_ARRAY && pair && one->length == 2)
            continue;
        Id id = id_of(one, &large);
        if (id == ID_NONE && !(pair && one->kind == VALUE_NULL))
            return bad(reader, "%s is no list of ids", field_names[rule->field]);
        Id *ids = array_grow(reader->ids, &reader->id_capacity, event->id_count + 1, sizeof *ids);
        if (ids == NULL)
            return READ_MEMORY;
        reader->ids = ids;
        ids[event->id_count++] = id;
        event->ids = ids;
    }
    return READ_EVENT;
}

static void take_until(const Item *item, Event *event)
{
    unsigned until = 0;
    for (const char *name; (name = event_until_names[until]) != NULL; until++)
        if (item->kind == VALUE_TEXT && item->length == strlen(name) &&
            memcmp(item->text, name, item->length) == 0)
            break;
    event->n = until;
}

static ReadResult take(Reader *reader, const Rule *rule, const Item *item, Event *event)
{
    void *to = (char *)event + rule->to;
    switch ((Take)rule->take) {
    case TAKE_ID:
        return item->kind == VALUE_NULL && !rule->must ? READ_EVENT : take_id(reader, rule, item, to);
    case TAKE_WORD:
        return take_word(reader, rule, item, to);
    case TAKE_TEXT:
        return take_text(reader, item, to);
    case TAKE_NUMBER:
    case TAKE_FOREVER:
    case TAKE_COUNT:
        return take_number(reader, rule, item, event);
    case TAKE_FLAG:
        event->word = item->kind == VALUE_TRUE    ? rule->first
                      : item->kind == VALUE_FALSE ? rule->last
                                                  : WORD_NONE;
        return READ_EVENT;
    case TAKE_CHAIN:
        return take_chain(reader, item, event);
    case TAKE_UNTIL:
        take_until(item, event);
        return READ_EVENT;
    case TAKE_IDS:
    case TAKE_PAIRS:
        return take_ids(reader, rule, item, event);
    case TAKE_PLACE:
    case TAKE_DEFINED:
    case TAKE_ALSO:
    case TAKE_END:
        break;
    }
    take_place(&reader->fields, (Take)rule->take, item, event);
    return READ_EVENT;
}

/* Kinds of which each loop has its own. */
static bool is_of_a_loop(EventKind kind)
{
    return (kind >= EV_LOOP && kind <= EV_TASK) || kind == EV_STUCK || kind == EV_SNAPSHOT;
}

/* The first loop and the first thread are not named. */
static ReadResult take_loop(Reader *reader, Event *event)
{
    const Fields *fields = &reader->fields;
    const Item *loop = &fields->of[FIELD_LOOP];
    bool named = fields_has(fields, FIELD_LOOP) && loop->kind == VALUE_NUMBER;
    if (named && (loop->number < 1 || loop->number > UINT16_MAX))
        return bad(reader, "loop is no number that can be");
    if (is_of_a_loop(event->kind))
        event->loop = named ? (uint32_t)loop->number : 1;
    return fields_has(fields, FIELD_THREAD) ? take_text(reader, &fields->of[FIELD_THREAD], &event->thread)
                                            : READ_EVENT;
}

static ReadResult make_event(Reader *reader, Event *event)
{
    const Fields *fields = &reader->fields;
    const Item *i = &fields->of[FIELD_I], *ts = &fields->of[FIELD_TS], *ev = &fields->of[FIELD_EV];
    memset(event, 0, sizeof *event);
    if (!fields_has(fields, FIELD_EV) || ev->kind != VALUE_TEXT)
        return bad(reader, "no \"ev\": not an event");
    if (!fields_has(fields, FIELD_I) || i->kind != VALUE_NUMBER || i->number < 1 || i->number >= UINT32_MAX)
        return bad(reader, "no sequence number \"i\" that can be");
    if (fields_has(fields, FIELD_TS) && ts->kind == VALUE_HUGE)
        return too_large(reader, FIELD_TS);
    if (!fields_has(fields, FIELD_TS) || ts->kind != VALUE_NUMBER)
        return bad(reader, "no time \"ts\"");
    unsigned kind = names_find(&reader->kinds, ev->text, ev->length);
    event->kind = kind != EV_NONE ? (EventKind)kind : EV_OTHER;
    event->i = (uint32_t)i->number;
    event->ts = ts->number;
    for (const Rule *rule = rules[event->kind]; rule < rules[event->kind] + RULES && rule->take != TAKE_END;
         rule++) {
        if (!fields_has(fields, (Field)rule->field)) {
            if (rule->must)
                return bad(reader, "%s without %s", event_kind_name(event->kind), field_names[rule->field]);
            continue;
        }
        ReadResult result = take(reader, rule, &fields->of[rule->field], event);
        if (result != READ_EVENT)
            return result;
    }
    return take_loop(reader, event);
}

Reader *reader_new(Texts *texts, Chains *chains)
{
    Reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL)
        return NULL;
    reader->texts = texts;
    reader->chains = chains;
    fields_init(&reader->fields);
    names_init(&reader->kinds, event_kind_names, EV_KINDS);
    names_init(&reader->words, event_word_names, WORDS);
    return reader;
}

void reader_free(Reader *reader)
{
    if (reader == NULL)
        return;
    fields_free(&reader->fields);
    free(reader->copy);
    free(reader->frames);
    free(reader->ids);
    free(reader);
}

ReadResult reader_line(Reader *reader, const char *line, size_t length, Event *event)
{
    if (reader_scans(reader, line, length))
        return make_event(reader, event);
    return reader_line_by_cjson(reader, line, length, event);
}

ReadResult reader_line_by_cjson(Reader *reader, const char *line, size_t length, Event *event)
{
    cJSON *json = NULL;
    ReadResult result = parse(reader, line, length, &json);
    if (result == READ_EVENT)
        result = make_event(reader, event);
    cJSON_Delete(json);
    return result;
}

bool reader_scans(Reader *reader, const char *line, size_t length)
{
    return scan_line(&reader->fields, line, length);
}

const char *reader_problem(const Reader *reader)
{
    return reader->problem;
}

/* "schedule lifo". What is cut is cut between two characters. */
static void read_order(const cJSON *json, Header *header)
{
    static const char other[] = "schedule ";
    const char *order = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, "order"));
    header->schedule[0] = '\0';
    if (order == NULL || strncmp(order, other, strlen(other)) != 0)
        return;
    order += strlen(other);
    size_t length = strlen(order);
    bool cut = length >= sizeof header->schedule;
    length = cut ? sizeof header->schedule - 1 : length;
    while (cut && length > 0 && ((unsigned char)order[length] & 0xc0) == 0x80)
        length--;
    memcpy(header->schedule, order, length);
    header->schedule[length] = '\0';
}

const char *read_header(const char *line, size_t length, Header *header)
{
    static char newer[96];
    const char *problem = NULL;
    cJSON *json = cJSON_ParseWithLength(line, length);
    const cJSON *name = cJSON_GetObjectItemCaseSensitive(json, "trace");
    const cJSON *version = cJSON_GetObjectItemCaseSensitive(json, "version");
    const cJSON *clock = cJSON_GetObjectItemCaseSensitive(json, "clock");
    header->version = 0;
    if (!cJSON_IsString(name) || strcmp(name->valuestring, "loopglass") != 0)
        problem = "the first line is no header";
    else if (!cJSON_IsNumber(version) || version->valuedouble < 1)
        problem = "the header has no version";
    else
        header->version = version->valuedouble;
    if (header->version > READ_VERSION) {
        snprintf(newer, sizeof newer, "it is of version %g; this loopglass reads version %d", header->version,
                 READ_VERSION);
        problem = newer;
    }
    header->is_virtual = !cJSON_IsString(clock) || strcmp(clock->valuestring, "monotonic") != 0;
    read_order(json, header);
    cJSON_Delete(json);
    return problem;
}
