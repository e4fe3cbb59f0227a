/*
 * The program is read as words and marks, as far as it takes to know where a statement begins: strings,
 * comments and preprocessor lines are passed over, parentheses are counted, and of every brace it is known
 * whether it opens a block of statements or something else (a struct, an initializer). What is not understood
 * gets no call; a program that does not compile with the calls is compiled without them (compile.c).
 */
#include "lines.h"

#include "c_text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 256, LONGEST_NAME = 128 };

/* What may come next. */
typedef enum Place {
    AT_START,  /* a statement begins */
    AT_BODY,   /* the statement that an if, else, for or do goes with */
    AT_HEADER, /* the parentheses of an if, for or switch */
    INSIDE     /* a statement */
} Place;

/* What is between a brace and its twin; the first is the file. */
typedef struct Scope {
    bool has_statements;
    Place place;
    int parens;
    int header_line;         /* of the statement with a body */
    bool closes;             /* behind the statement's semicolon goes a brace of ours */
    bool assigns;            /* the statement has a = */
    bool is_type;            /* … a struct, union or enum */
    bool calls;              /* it begins with a name and a parenthesis */
    bool labels;             /* it is a case: its colon ends it */
    char name[LONGEST_NAME]; /* in the file: what stands before its first parenthesis */
    int name_line;
} Scope;

typedef struct Reader {
    const char *at;
    int line;
    bool at_line_start;
    FILE *out;    /* NULL: only looks */
    Trace *trace; /* … and tells it of functions */
    bool defines;
    bool found_line; /* LINE() */
    char last;       /* the last word's or mark's character: 'a' for a word */
    Scope scopes[DEEPEST];
    int depth;
    char word[LONGEST_NAME]; /* the last word */
    int word_line;
} Reader;

static void put(const Reader *reader, const char *text, size_t length)
{
    if (reader->out)
        fwrite(text, 1, length, reader->out);
}

static void put_call(const Reader *reader, const char *before, const char *behind)
{
    if (reader->out)
        fprintf(reader->out, "%sown_line(%d)%s", before, reader->line, behind);
}

/* Copies up to `end`, counting lines. */
static void pass(Reader *reader, const char *end)
{
    put(reader, reader->at, (size_t)(end - reader->at));
    for (; reader->at < end; reader->at++)
        reader->line += *reader->at == '\n';
}

/* ------------------------------------------------------------------------------- what is passed over ---- */

/* The next character that counts, behind `at`. */
static char next_mark(const char *at)
{
    for (;;) {
        at += strspn(at, " \t\r\n");
        const char *end = c_text_skipped(at, false);
        if (end == at)
            return *at;
        at = end;
    }
}

/* ---------------------------------------------------------------------------------------- statements ---- */

static Scope *scope_of(Reader *reader)
{
    return &reader->scopes[reader->depth];
}

static bool one_of(const char *word, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

static void begin_statement(Scope *scope, Place place)
{
    bool has_statements = scope->has_statements;
    *scope = (Scope){.has_statements = has_statements, .place = place};
}

/* A statement that no call can stand before, or in which nothing happens. */
static bool is_silent(const char *word)
{
    static const char *const words[] = {"else",    "case",   "default", "while", "do",
                                        "typedef", "static", "extern",  NULL};
    return one_of(word, words);
}

/* A statement that has statements of its own: where it ends is not at its next semicolon. */
static bool is_control(const char *word)
{
    static const char *const words[] = {"if",   "for",  "while",   "do", "switch",
                                        "else", "case", "default", NULL};
    return one_of(word, words);
}

/* The first word of a statement, before it is copied. */
static void open_statement(Reader *reader, Scope *scope, const char *word, char behind)
{
    bool is_label = behind == ':' && !is_control(word);
    if (scope->has_statements && scope->place == AT_START && !is_label && !is_silent(word))
        put_call(reader, "", "; ");
    if (scope->has_statements && scope->place == AT_BODY && !is_label && !is_control(word) &&
        reader->line != scope->header_line) {
        put_call(reader, "{ ", "; ");
        scope->closes = true;
    }
    scope->labels = is_label || strcmp(word, "case") == 0 || strcmp(word, "default") == 0;
    scope->place = INSIDE;
    scope->calls = behind == '(' && !is_control(word) && strcmp(word, "return") != 0;
    if (strcmp(word, "else") == 0 || strcmp(word, "do") == 0)
        scope->place = AT_BODY;
    else if (is_control(word) && behind == '(')
        scope->place = AT_HEADER;
    if (scope->place != INSIDE)
        scope->header_line = reader->line;
}

static void take_word(Reader *reader)
{
    static const char *const types[] = {"struct", "union", "enum", NULL};
    const char *end = reader->at;
    while (c_text_in_word(*end))
        end++;
    Scope *scope = scope_of(reader);
    snprintf(reader->word, sizeof reader->word, "%.*s", (int)(end - reader->at), reader->at);
    reader->word_line = reader->line;
    bool tells_line = strcmp(reader->word, "LINE") == 0 && next_mark(end) == '(';
    if (scope->parens == 0) {
        if (scope->place == AT_START || scope->place == AT_BODY)
            open_statement(reader, scope, reader->word, next_mark(end));
        scope->is_type = scope->is_type || one_of(reader->word, types);
    }
    reader->found_line = reader->found_line || tells_line;
    if (tells_line)
        put(reader, "own_", 4);
    pass(reader, end);
    reader->last = 'a';
}

/* Does the brace at hand open a block of statements? */
static bool opens_block(const Reader *reader, const Scope *scope)
{
    if (scope->parens > 0 || scope->assigns)
        return false;
    if (reader->depth == 0)
        return reader->last == ')' || (reader->last == 'a' && !scope->is_type);
    return !scope->is_type && scope->has_statements &&
           (scope->place == AT_START || scope->place == AT_BODY || (scope->calls && reader->last == ')'));
}

static void open_brace(Reader *reader)
{
    Scope *scope = scope_of(reader);
    bool block = opens_block(reader, scope);
    if (reader->depth == 0 && block && reader->defines && *scope->name)
        trace_define(reader->trace, scope->name, scope->name_line);
    if (block)
        scope->place = INSIDE;
    if (reader->depth + 1 < DEEPEST)
        reader->depth++;
    *scope_of(reader) = (Scope){.has_statements = block, .place = block ? AT_START : INSIDE};
}

static void close_brace(Reader *reader)
{
    bool block = scope_of(reader)->has_statements;
    if (reader->depth > 0)
        reader->depth--;
    if (block)
        begin_statement(scope_of(reader), AT_START);
}

static void open_paren(Reader *reader, Scope *scope)
{
    if (reader->depth == 0 && scope->parens == 0 && !*scope->name && reader->last == 'a') {
        snprintf(scope->name, sizeof scope->name, "%s", reader->word);
        scope->name_line = reader->word_line;
    }
    scope->parens++;
}

static void close_paren(Scope *scope)
{
    scope->parens -= scope->parens > 0;
    if (scope->parens == 0 && scope->place == AT_HEADER)
        scope->place = AT_BODY;
}

static void end_statement(Reader *reader, Scope *scope)
{
    if (scope->closes)
        put(reader, " }", 2);
    begin_statement(scope, AT_START);
}

static void take_mark(Reader *reader)
{
    Scope *scope = scope_of(reader);
    char mark = *reader->at;
    bool is_while = mark == '(' && strcmp(reader->word, "while") == 0 && reader->last == 'a';
    bool begins = scope->parens == 0 && (scope->place == AT_START || scope->place == AT_BODY);
    if (begins && mark != '{' && mark != '}' && mark != ';') /* (*f)(); ++n; */
        open_statement(reader, scope, "", '\0');
    if (mark == '{')
        open_brace(reader);
    else if (mark == '(')
        open_paren(reader, scope);
    else if (mark == ')')
        close_paren(scope);
    else if (mark == '=' && scope->parens == 0)
        scope->assigns = true;
    pass(reader, reader->at + 1);
    if (mark == '}')
        close_brace(reader);
    else if (is_while && scope->has_statements && next_mark(reader->at) != ')')
        put_call(reader, "", ", ");
    else if (mark == ';' && scope->parens == 0)
        end_statement(reader, scope);
    else if (mark == ':' && scope->labels)
        begin_statement(scope, AT_START);
    reader->last = mark;
}

static void read_all(Reader *reader)
{
    reader->line = 1;
    reader->at_line_start = true;
    while (*reader->at) {
        const char *end = c_text_skipped(reader->at, reader->at_line_start);
        char c = *reader->at;
        if (end == reader->at && isspace((unsigned char)c)) {
            reader->at_line_start = reader->at_line_start || c == '\n';
            pass(reader, reader->at + 1);
            continue;
        }
        reader->at_line_start = false;
        if (end != reader->at) {
            pass(reader, end);
        } else if (c == '"' || c == '\'') {
            if (scope_of(reader)->place == AT_START || scope_of(reader)->place == AT_BODY)
                scope_of(reader)->place = INSIDE;
            pass(reader, c_text_literal_end(reader->at));
            reader->last = '"';
        } else if (c_text_in_word(c)) {
            take_word(reader);
        } else {
            take_mark(reader);
        }
    }
}

bool lines_are_told(const char *text)
{
    Reader reader = {.at = text};
    read_all(&reader);
    return reader.found_line;
}

char *lines_tell(const char *text)
{
    char *told = NULL;
    size_t length;
    Reader reader = {.at = text, .out = open_memstream(&told, &length)};
    if (!reader.out)
        return NULL;
    read_all(&reader);
    if (fclose(reader.out) == 0)
        return told;
    free(told);
    return NULL;
}

void lines_define(Trace *trace, const char *text)
{
    Reader reader = {.at = text, .trace = trace, .defines = true};
    read_all(&reader);
}
