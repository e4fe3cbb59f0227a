/*
 * fields.h — a line of the trace as its known fields, before anything is made of them.
 *
 * What the fast scanner and cJSON have in common: both fill one Fields, and the event is made from that. So
 * the two can differ in nothing but what they take for JSON.
 */
#ifndef VIZ_FIELDS_H
#define VIZ_FIELDS_H

#include "names.h"

#include <stdbool.h>

// clang-format off
typedef enum Field {
    FIELD_NONE,
    FIELD_I, FIELD_TS, FIELD_EV, FIELD_SOURCE, FIELD_NAME, FIELD_LANGUAGE, FIELD_TEXT, FIELD_OP, FIELD_N,
    FIELD_TIMEOUT, FIELD_HANDLE, FIELD_BY, FIELD_WHAT, FIELD_TASK, FIELD_FUTURE, FIELD_CALLBACK, FIELD_WHY,
    FIELD_THROW, FIELD_SKIPPED, FIELD_STATE, FIELD_ON, FIELD_VALUE, FIELD_CHAIN, FIELD_WHEN, FIELD_COROUTINE,
    FIELD_DEFINED, FIELD_CREATED, FIELD_OBJECT, FIELD_OF, FIELD_KIDS, FIELD_HOW, FIELD_COUNT, FIELD_MESSAGE,
    FIELD_LINE, FIELD_FUNCTION, FIELD_ALSO, FIELD_FROM, FIELD_TO, FIELD_DONE, FIELD_FD, FIELD_DURATION,
    FIELD_TASKS, FIELD_HELD, FIELD_CODE, FIELD_NEVER_AWAITED, FIELD_EXCEPTION, FIELD_LOOP, FIELD_THREAD, FIELD_TOTAL,
    FIELD_DATA, FIELD_RETURN_WHEN, FIELD_LOCK,
    FIELDS
} Field;
// clang-format on

extern const char *const field_names[FIELDS];

typedef enum ValueKind {
    VALUE_OTHER,
    VALUE_NULL,
    VALUE_TRUE,
    VALUE_FALSE,
    VALUE_NUMBER,
    VALUE_HUGE, /* a number beyond NUMBER_LIMIT */
    VALUE_TEXT,
    VALUE_ARRAY
} ValueKind;

/** Numbers that are taken lie within ± this: the sum and the difference of any two are numbers again. The
 * scanner's 18 digits stay below it; a longer number is cJSON's to read. */
#define NUMBER_LIMIT 4600000000000000000

/** A text is not terminated, and is valid until the next line. */
typedef struct Item {
    ValueKind kind;
    uint32_t length; /* text: bytes · array: entries of items[] that it takes, with those of arrays in it */
    const char *text;
    int64_t number; /* array: index of its first item */
} Item;

typedef struct Fields {
    uint64_t present; /* a bit a Field */
    Item of[FIELDS];
    Item *items;
    size_t item_count, item_capacity;
    char *scratch; /* texts without their escapes */
    size_t scratch_used, scratch_size;
    Names keys;
    uint8_t after[FIELDS]; /* the field that followed each one last */
    bool failed;           /* out of memory */
} Fields;

void fields_init(Fields *fields);
void fields_free(Fields *fields);
/** A further entry of items[]; NULL when out of memory. */
Item *fields_item(Fields *fields);

static inline bool fields_has(const Fields *fields, Field field)
{
    return fields->present >> field & 1;
}

/** Takes a line as our own writers make them. @return false: not sure, let cJSON look at it */
bool scan_line(Fields *fields, const char *line, size_t length);

#endif
