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

#define field_literal(line, key, word)   line_literal(line, ",\"" key "\":\"" word "\"")
#define field_integer(line, key, number) (line_literal(line, ",\"" key "\":"), line_integer((line), (number)))
#define field_id(line, key, letter, number) \
    (line_literal(line, ",\"" key "\":"), line_id((line), (letter), (number)))
#define field_text(line, key, text) \
    (line_literal(line, ",\"" key "\":"), line_string((line), (text), strlen(text)))
/** A function's name, without the underscore that C needs. */
#define field_name(line, key, name) \
    (line_literal(line, ",\"" key "\":"), line_string((line), (name), name_length(name)))

static inline char future_letter(const Future *future)
{
    return future->is_task ? 't' : 'f';
}

#define field_future(line, key, future) field_id((line), key, future_letter(future), (future)->number)

/** ,"value":"ValueError: message" */
void field_value(Line *line, Value value);
/** ,"state":"done","value":… of a future that is done */
void field_outcome(Line *line, const Future *future);
/** ,"created":["s1",5]: where the program is now; nothing when that is not known. */
void field_here(Line *line, const Trace *trace, const char *key);
/** ,"task":"t1", or ,"coroutine":"k1" inside a coroutine driven by hand, or nothing */
void field_who(Line *line);
/** ,"chain":[["func","s1",5],…] of these frames, outermost first */
void field_chain(Line *line, const Trace *trace, const Frame *innermost);
/** The innermost frame that stands in the listing; NULL when no line is known. */
const Frame *frame_in_listing(void);
/** Its k-number. Introduces a coroutine that was made before the trace: to be asked before an event is begun.
 */
uint32_t coroutine_number(Coroutine *coroutine);

#endif
