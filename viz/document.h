/*
 * document.h — what is open: a lesson or a program that runs as a child, or a trace from a file, growing
 * while it is read.
 *
 * The one owner of a history and what is derived from it. Nothing here waits, except document_load().
 */
#ifndef VIZ_DOCUMENT_H
#define VIZ_DOCUMENT_H

#include "opening.h"
#include "scene.h"

typedef struct Document Document;

/** @return NULL with *problem one line, when there is nothing to read from */
Document *document_open(const Opening *opening, Language language, const char **problem);
void document_free(Document *document);

/** The descriptor to poll for more; -1 when everything has been read. */
int document_descriptor(const Document *document);
/** A file always has more at once; a program or a pipe when its descriptor says so. */
bool document_is_file(const Document *document);
/** Takes in what is there, at most about `most` bytes. @return true when the picture may have changed */
bool document_read(Document *document, size_t most);
/** Reads to the end, for `seconds` at most; then the program is stopped, and the message says so. */
void document_load(Document *document, double seconds);

/** Ends the program, if it still runs; what has come of it stays as it is. */
void document_end(Document *document);

/** There is nothing to show, and there will not be: the lesson's message says why. */
bool document_is_broken(const Document *document);
/** Exit status for a broken document: 2 an unknown lesson, 4 no trace, else 0. */
int document_status(const Document *document);
/** How the program ended, as an exit status: 0 well, 1 it failed, 3 stuck, 5 its trace ends at its limit, 128
 * + signal it crashed, 4 the trace breaks off without telling. */
int document_outcome(const Document *document);
/** For the scene; valid until the next call of a document function. */
const Lesson *document_lesson(Document *document, Language language);
const char *document_source(const Document *document);
const char *document_variant(const Document *document);
/** What opens the same again; alive as long as the document. */
const Opening *document_opening(const Document *document);

#endif
