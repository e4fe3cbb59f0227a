/*
 * check.c — is this a good trace? Reads it line by line and tells what is wrong, by line and rule.
 *
 * Format first (the header, each line, its fields), then the invariants of check_rules.c, and the recorder's
 * snapshots where there are some. A line that is no event is told and left out; the events behind it are
 * still checked.
 */
#include "check_rules.h"
#include "read.h"

#include <string.h>

typedef struct Checker {
    Rules *rules;
    Reader *reader;
    Snapshots *snapshots; /* NULL: there are none */
} Checker;

/* A line that is no event took a number all the same. */
static void check_line(const Checker *checker, const char *line, size_t length)
{
    Rules *rules = checker->rules;
    Reader *reader = checker->reader;
    Event event;
    if (length == 0) {
        rules_break(rules, "format", "an empty line");
        return;
    }
    if (length > READ_LINE_LIMIT) {
        rules_break(rules, "format", "longer than 16 MiB");
        rules->last.i++;
        return;
    }
    switch (reader_line(reader, line, length, &event)) {
    case READ_EVENT:
        rules_event(rules, &event);
        if (event.kind == EV_SNAPSHOT && checker->snapshots != NULL)
            snapshots_check(checker->snapshots, rules, line, length);
        break;
    case READ_BAD:
        rules_break(rules, "format", "%s", reader_problem(reader));
        rules->last.i++;
        break;
    case READ_MEMORY:
        rules->out_of_memory = true;
        break;
    }
}

static bool check_header(Rules *rules, const char *line, size_t length)
{
    Header header;
    const char *problem = length > READ_LINE_LIMIT ? "the first line is longer than 16 MiB"
                                                   : read_header(line, length, &header);
    if (problem != NULL) {
        rules_break(rules, "header", "%s", problem);
    } else {
        rules->is_virtual = header.is_virtual;
        rules->any_order = header.schedule[0] != '\0';
    }
    return problem == NULL;
}

static void check_lines(const Checker *checker, const char *bytes, size_t count)
{
    Rules *rules = checker->rules;
    const char *end = bytes + count;
    while (bytes < end && !rules->out_of_memory) {
        const char *newline = memchr(bytes, '\n', (size_t)(end - bytes));
        size_t length = (size_t)((newline != NULL ? newline : end) - bytes);
        rules->line++;
        if (rules->line == 1) {
            if (!check_header(rules, bytes, length))
                return;
        } else if (newline == NULL) {
            rules_break(rules, "end", "the last line has no newline");
            break;
        } else {
            check_line(checker, bytes, length);
        }
        if (checker->snapshots != NULL)
            snapshots_feed(checker->snapshots, bytes, length + (newline != NULL));
        bytes += length + 1;
    }
    rules_end(rules);
}

uint32_t history_check(const char *bytes, size_t count, CheckTell tell, void *context)
{
    Rules *rules = malloc(sizeof *rules);
    Texts *texts = texts_new();
    Chains *chains = chains_new();
    Reader *reader = texts != NULL && chains != NULL ? reader_new(texts, chains) : NULL;
    uint32_t violations = 1;
    bool has_snapshots = memmem(bytes, count, "\"snapshot\"", 10) != NULL;
    Snapshots *snapshots = has_snapshots ? snapshots_new() : NULL;
    if (rules != NULL && reader != NULL && (snapshots != NULL || !has_snapshots)) {
        rules_init(rules, tell, context);
        if (count == 0)
            rules_break(rules, "header", "empty: there is no trace in it");
        else
            check_lines(&(Checker){rules, reader, snapshots}, bytes, count);
        if (rules->out_of_memory)
            rules_break(rules, "memory", "out of memory: the rest is not checked");
        violations = rules->count;
        rules_free(rules);
    } else if (tell != NULL) {
        tell(context, 0, "memory", "out of memory");
    }
    free(rules);
    snapshots_free(snapshots);
    reader_free(reader);
    chains_free(chains);
    texts_free(texts);
    return violations;
}
