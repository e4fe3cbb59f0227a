/*
 * document.c — bytes from a child or a file into the history, and the beats kept up with it.
 */
#include "document.h"

#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SLICE = 1 << 16, ENOUGH = 1 << 30 /* bytes of history after which a program is stopped */ };

typedef enum Fault {
    FAULT_NONE,
    FAULT_READ,
    FAULT_EMPTY,
    FAULT_NOT_TRACE,
    FAULT_NO_EVENTS,
    FAULT_FLOOD,
    FAULT_SLOW
} Fault;

struct Document {
    char *source, *variant, *python, *schedule, **sets, **arguments;
    Opening opening; /* of these */
    Child *child;
    int file; /* -1: closed, or a child */
    SourceKind kind;
    bool has_header;
    bool is_stream; /* the file is a pipe or the like: there is more when poll() says so */
    size_t bytes;   /* read so far */
    Fault fault;
    int error; /* errno of FAULT_READ */
    History *history;
    Beats *beats;
    About *about;
    Mishap *mishap;
    bool has_ended; /* and was looked at for a mishap */
    Lesson lesson;
    char message[1024];
};

/* --------------------------------------------------------------------------------------------- opening ----
 */

static const char *fill(char *buffer, size_t size, const char *text, const char *name, const char *problem)
{
    size_t used = 0;
    while (*text && used + 1 < size) {
        bool is_name = strncmp(text, "{name}", 6) == 0, is_problem = strncmp(text, "{problem}", 9) == 0;
        if (is_name || is_problem) {
            int n = snprintf(buffer + used, size - used, "%s", is_name ? name : problem);
            used = used + (size_t)n < size ? used + (size_t)n : size - 1;
            text += is_name ? 6 : 9;
        } else {
            buffer[used++] = *text++;
        }
    }
    buffer[used] = '\0';
    return buffer;
}

/** A pipe opens at once, also when nobody has begun to write into it. @return NULL, or what went wrong */
static const char *open_file(Document *document, Language language)
{
    static char line[1024];
    struct stat status = {0};
    const char *source = document->source, *problem = NULL;
    document->file =
        strcmp(source, "-") == 0 ? dup(STDIN_FILENO) : open(source, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (document->file < 0 || fstat(document->file, &status) != 0)
        problem = strerror(errno);
    else if (S_ISDIR(status.st_mode))
        problem = strerror(EISDIR);
    if (problem)
        return fill(line, sizeof line, lang_text(language, "error.open"), source, problem);
    document->is_stream = !S_ISREG(status.st_mode);
    return NULL;
}

static const char *start_looprun(Document *document, Language language)
{
    const char *problem = NULL;
    char *looprun = find_looprun();
    if (!looprun)
        return lang_text(language, "error.looprun");
    setenv("LOOPGLASS_LANG", language == LANG_ZH ? "zh" : "en", 1); /* it says in this what is wrong */
    const char **argv = opening_words(&document->opening, looprun);
    if (!argv)
        problem = lang_text(language, "error.memory");
    else
        document->child = child_start(argv, &problem);
    free(argv);
    free(looprun);
    return problem;
}

/** @return false when out of memory */
static bool keep_text(char **to, const char *text)
{
    *to = text ? strdup(text) : NULL;
    return *to || !text;
}

/** A list closed by NULL, of copies. */
static bool keep_texts(char ***to, const char *const *texts, size_t count)
{
    *to = calloc(count + 1, sizeof **to);
    bool kept = *to != NULL;
    for (size_t k = 0; kept && k < count; k++)
        kept = keep_text(&(*to)[k], texts[k]);
    return kept;
}

static void free_texts(char **texts)
{
    for (char **text = texts; text && *text; text++)
        free(*text);
    free(texts);
}

/** Copies what is asked for: the caller's may go. @return false when out of memory */
static bool keep_opening(Document *document, const Opening *opening)
{
    bool varies = opening->variant && *opening->variant;
    if (!keep_text(&document->source, opening->source) ||
        !keep_text(&document->variant, varies ? opening->variant : NULL) ||
        !keep_text(&document->python, opening->python) ||
        !keep_text(&document->schedule, opening->schedule) ||
        !keep_texts(&document->sets, opening->sets, opening->set_count) ||
        !keep_texts(&document->arguments, opening->arguments, opening->argument_count))
        return false;
    document->opening = *opening;
    document->opening.source = document->source;
    document->opening.variant = document->variant;
    document->opening.python = document->python;
    document->opening.schedule = document->schedule;
    document->opening.sets = (const char *const *)document->sets;
    document->opening.arguments = (const char *const *)document->arguments;
    document->opening.most = opening->most ? opening->most : ENOUGH;
    return true;
}

Document *document_open(const Opening *opening, Language language, const char **problem)
{
    Document *document = calloc(1, sizeof *document);
    *problem = lang_text(language, "error.memory");
    if (!document)
        return NULL;
    document->file = -1;
    document->history = history_new();
    document->beats = beats_new();
    document->about = document->history ? about_new(document->history) : NULL;
    document->kind = opening_kind(opening);
    if (!keep_opening(document, opening) || !document->beats || !document->about) {
        document_free(document);
        return NULL;
    }
    *problem =
        document->kind == SOURCE_TRACE ? open_file(document, language) : start_looprun(document, language);
    if (*problem) {
        document_free(document);
        return NULL;
    }
    return document;
}

void document_free(Document *document)
{
    if (!document)
        return;
    child_free(document->child);
    if (document->file >= 0)
        close(document->file);
    mishap_free(document->mishap);
    about_free(document->about);
    beats_free(document->beats);
    history_free(document->history);
    free(document->source);
    free(document->variant);
    free(document->python);
    free(document->schedule);
    free_texts(document->sets);
    free_texts(document->arguments);
    free(document);
}

/* --------------------------------------------------------------------------------------------- reading ----
 */

/** No more will come, for this reason. A program that still runs ends. */
static void stop(Document *document, Fault fault)
{
    if (fault != FAULT_NONE && document->fault == FAULT_NONE)
        document->fault = fault;
    if (document->file >= 0)
        close(document->file);
    document->file = -1;
    if (document->child && !child_ended(document->child)) {
        child_free(document->child);
        document->child = NULL;
    }
    if (!history_finish(document->history) && document->fault == FAULT_NONE)
        document->fault = document->bytes ? FAULT_NOT_TRACE : FAULT_EMPTY;
    if (document->bytes == 0 && document->fault == FAULT_NONE)
        document->fault = FAULT_EMPTY;
    if (history_count(document->history) == 0 && document->fault == FAULT_NONE)
        document->fault = FAULT_NO_EVENTS;
}

/** Is there something to read, or the end? A pipe that nobody has written to yet has neither. */
static bool has_more(const Document *document)
{
    struct pollfd wait = {.fd = document->file, .events = POLLIN};
    return !document->is_stream || poll(&wait, 1, 0) > 0;
}

/** The next bytes. @return false when none are there now; at the end the document is stopped */
static bool take_slice(Document *document)
{
    char buffer[SLICE];
    ssize_t n;
    if (document->child) {
        n = (ssize_t)child_read(document->child, buffer, sizeof buffer);
        if (n == 0 && child_ended(document->child))
            stop(document, FAULT_NONE);
    } else {
        if (!has_more(document))
            return false;
        n = read(document->file, buffer, sizeof buffer);
        if (n < 0 && (errno == EINTR || errno == EAGAIN))
            return false;
        if (n <= 0) {
            document->error = errno;
            stop(document, n < 0 ? FAULT_READ : FAULT_NONE);
        }
    }
    if (n <= 0)
        return false;
    document->bytes += (size_t)n;
    if (!history_feed(document->history, buffer, (size_t)n))
        stop(document, FAULT_NOT_TRACE);
    else if (document->child && history_bytes(document->history) > document->opening.most)
        stop(document, FAULT_FLOOD);
    return true;
}

/** What a lesson says about itself stands in the header. */
static void read_about(Document *document)
{
    if (document->has_header || !history_header(document->history))
        return;
    About *about = about_new(document->history);
    if (!about)
        return;
    about_free(document->about);
    document->about = about;
    beats_heed(document->beats, about_lesson(about) ? about : NULL);
    document->has_header = true;
}

int document_descriptor(const Document *document)
{
    return document->child ? child_descriptor(document->child) : document->file;
}

bool document_is_file(const Document *document)
{
    return document->kind == SOURCE_TRACE && !document->is_stream;
}

bool document_read(Document *document, size_t most)
{
    if (document_descriptor(document) < 0)
        return false;
    size_t before = document->bytes;
    while (document_descriptor(document) >= 0 && document->bytes - before < most && take_slice(document)) {
    }
    read_about(document);
    beats_update(document->beats, document->history);
    return document->bytes != before || document_descriptor(document) < 0;
}

void document_end(Document *document)
{
    child_free(document->child);
    document->child = NULL;
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void document_load(Document *document, double seconds)
{
    double until = seconds_now() + seconds;
    while (document_descriptor(document) >= 0) {
        double left = until - seconds_now();
        struct pollfd wait = {.fd = document_descriptor(document), .events = POLLIN};
        if (left <= 0 || (poll(&wait, 1, (int)(left * 1000) + 1) == 0 && seconds_now() >= until)) {
            stop(document, FAULT_SLOW);
            break;
        }
        document_read(document, (size_t)16 << 20);
    }
    beats_update(document->beats, document->history);
}

/* --------------------------------------------------------------------------------------------- telling ----
 */

/** What the child has said last, without who said it. */
static const char *last_words(const Document *document)
{
    static const char speaker[] = "looprun: ";
    const char *words = child_last_words(document->child);
    return strncmp(words, speaker, sizeof speaker - 1) == 0 ? words + sizeof speaker - 1 : words;
}

static bool begins(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/** One line of what is wrong, or NULL. */
static const char *message_of(Document *document, Language language)
{
    const char *name = document->source, *problem = history_problem(document->history);
    const char *said =
        document->child && child_ended(document->child) ? child_message(document->child, language) : NULL;
    char *to = document->message;
    size_t size = sizeof document->message;
    bool stopped = said && child_was_stopped(document->child);
    if (said && !stopped && document->bytes == 0 && last_words(document)[0]) {
        bool unknown =
            begins(last_words(document), "no lesson ") || begins(last_words(document), "没有课程“");
        const char *key = unknown                            ? "error.neither"
                          : document->kind == SOURCE_PROGRAM ? "error.program"
                                                             : NULL;
        return fill(to, size, key ? lang_text(language, key) : "{problem}", name, last_words(document));
    }
    if (said)
        return fill(to, size, "{problem}", name, said);
    switch (document->fault) {
    case FAULT_READ:
        return fill(to, size, lang_text(language, "error.open"), name, strerror(document->error));
    case FAULT_EMPTY:
        return fill(to, size, lang_text(language, "error.empty"), name, "");
    case FAULT_NOT_TRACE:
        if (history_newer(document->history) > 0) {
            char version[32];
            snprintf(version, sizeof version, "%g", history_newer(document->history));
            return fill(to, size, lang_text(language, "error.newer"), name, version);
        }
        return fill(to, size, lang_text(language, "error.not_trace"), name, problem ? problem : "");
    case FAULT_NO_EVENTS:
        return fill(to, size, lang_text(language, "error.no_events"), name, "");
    case FAULT_FLOOD:
        return fill(to, size, lang_text(language, "error.flood"), name, "");
    case FAULT_SLOW:
        return fill(to, size, lang_text(language, "error.slow"), name, "");
    default:
        return NULL;
    }
}

bool document_is_broken(const Document *document)
{
    return document_descriptor(document) < 0 && history_count(document->history) == 0;
}

int document_status(const Document *document)
{
    if (!document_is_broken(document))
        return 0;
    bool refused = document->child && child_ended(document->child) && child_status(document->child) == 2;
    return refused ? 2 : 4;
}

/** What the trace says itself, by its last event. */
static int outcome_of_trace(const History *history)
{
    uint32_t count = history_count(history);
    if (count == 0 || history_kind(history, count) != EV_END)
        return 4;
    Event end = history_event(history, count);
    switch (end.word) {
    case WORD_STUCK:
        return 3;
    case WORD_LIMIT:
        return 5;
    case WORD_EXCEPTION:
        return 1;
    case WORD_KILLED:
        return end.n > 128 && end.n < 256 ? (int)end.n : 1;
    default:
        return end.n != 0;
    }
}

int document_outcome(const Document *document)
{
    const Child *child = document->child && child_ended(document->child) ? document->child : NULL;
    if (document->fault == FAULT_FLOOD || document->fault == FAULT_SLOW ||
        (child && child_was_stopped(child)))
        return 5;
    if (child && child_status(child) > 128)
        return child_status(child);
    int told = outcome_of_trace(document->history);
    return child && told == 4 && child_status(child) > 0 ? 1 : told;
}

const Lesson *document_lesson(Document *document, Language language)
{
    bool loading = document_descriptor(document) >= 0;
    if (!loading && !document->has_ended)
        document->mishap = mishap_of(document->history);
    document->has_ended = !loading;
    document->lesson = (Lesson){
        .history = document->history,
        .beats = document->beats,
        .about = document->about,
        .file = document->kind == SOURCE_LESSON ? NULL : document->source,
        .message = message_of(document, language),
        .mishap = document->mishap,
        .loading = loading,
        .runs_again = document->kind != SOURCE_TRACE,
    };
    return &document->lesson;
}

const char *document_source(const Document *document)
{
    return document->source;
}

const char *document_variant(const Document *document)
{
    return document->variant;
}

const Opening *document_opening(const Document *document)
{
    return &document->opening;
}
