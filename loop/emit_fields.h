/*
 * emit_fields.h — the fields that several kinds of events have.
 */
#ifndef EMIT_FIELDS_H
#define EMIT_FIELDS_H

#include "coroutine.h"
#include "emit.h"
#include "future.h"
#include "trace.h"
#include "value.h"

enum { LONGEST_REPR = 200 };

/* Each of these puts one field behind the cursor, and moves the cursor on. */
#define field_literal(line, key, word) ((line) = put_literal((line), ",\"" key "\":\"" word "\""))
#define field_integer(line, key, number) \
    ((line) = put_integer(put_literal((line), ",\"" key "\":"), (number)))
#define field_id(line, key, letter, number) \
    ((line) = put_id(put_literal((line), ",\"" key "\":"), (letter), (number)))
#define field_text(line, key, text) \
    ((line) = put_string(put_literal((line), ",\"" key "\":"), (text), strlen(text)))
/** A function's name, without the underscore that C needs. */
#define field_name(line, key, name) \
    ((line) = put_string(put_literal((line), ",\"" key "\":"), (name), name_length(name)))

static inline char future_letter(const Future *future)
{
    return future->is_task ? 't' : 'f';
}

#define field_future(line, key, future) field_id((line), key, future_letter(future), (future)->number)

/** ,"value":"ValueError: message" */
Cursor put_value(Cursor line, Value value);
/** ,"state":"done","value":… of a future that is done */
Cursor put_outcome(Cursor line, const Future *future);
/** ,"created":["s1",5]: where the program is now; nothing when that is not known. */
Cursor put_here(Cursor line, const Trace *trace, const char *key);
/** ,"task":"t1", or ,"coroutine":"k1" inside a coroutine driven by hand, or nothing */
Cursor put_who(Cursor line);
/** ,"chain":[["func","s1",5],…] of these frames, outermost first */
Cursor put_chain(Cursor line, const Trace *trace, const Frame *innermost);
/** The innermost frame that stands in the listing; NULL when no line is known. */
const Frame *frame_in_listing(void);
/** Its k-number. Introduces a coroutine that was made before the trace: to be asked before an event is begun.
 */
uint32_t coroutine_number(Coroutine *coroutine);

#endif
