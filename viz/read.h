/*
 * read.h — one line of a trace into one event.
 *
 *     line ──scan──┐
 *       └──cJSON───┴─► fields ──rules of the kind──► Event
 *
 * A line as our own writers make them goes through the scanner; any other through cJSON, with the same
 * result.
 */
#ifndef VIZ_READ_H
#define VIZ_READ_H

#include "chain.h"
#include "event.h"
#include "intern.h"

#include <stdbool.h>

#define READ_LINE_LIMIT  ((size_t)16 * 1024 * 1024) /* bytes; a longer line is refused */
#define SCHEDULE_LONGEST 64                         /* bytes of a schedule's name that are kept */
#define READ_VERSION     1                          /* the newest version of the format that is understood */

typedef struct Reader Reader;

typedef enum ReadResult {
    READ_EVENT,
    READ_BAD,    /* reader_problem() says why */
    READ_MEMORY, /* out of memory */
} ReadResult;

/** @param texts, chains where the event's texts and frames are kept; borrowed. @return NULL when out of
 * memory */
Reader *reader_new(Texts *texts, Chains *chains);
void reader_free(Reader *reader);

/** Reads a line without its newline. The event's `ids` are valid until the next line. */
ReadResult reader_line(Reader *reader, const char *line, size_t length, Event *event);
/** The same by cJSON alone: what the scanner is held against. */
ReadResult reader_line_by_cjson(Reader *reader, const char *line, size_t length, Event *event);
/** Would the scanner take this line by itself? */
bool reader_scans(Reader *reader, const char *line, size_t length);
/** What is wrong with the last line: "column 3: …" or "ready without handle" */
const char *reader_problem(const Reader *reader);

typedef struct Header {
    double version; /* of the format; 0 when it has none */
    bool is_virtual;
    char schedule[SCHEDULE_LONGEST]; /* that chose who runs next, "lifo"; "": nobody did, it is asyncio's
                                        order */
} Header;

/** Reads the first line. @return NULL, or one line of why this is no trace that can be shown */
const char *read_header(const char *line, size_t length, Header *header);

#endif
