/*
 * Syntax colours for Python and C: a scanner over one line, driven by a small table for each language.
 *
 * Strings, comments and numbers by their first character; a word is a keyword when the table says so, and a
 * name when it is called or defined: an opening parenthesis behind it, or `def` before it. Everything else is
 * plain text. Neighbours of one colour become one span.
 */
#include "highlight.h"

#include <ctype.h>
#include <string.h>

/** What a line hands to the next. */
enum { CARRY_NONE, CARRY_COMMENT, CARRY_SINGLE, CARRY_DOUBLE };

/* clang-format off */
static const char *const python_words[] = {
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif",
    "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or",
    "pass", "raise", "return", "try", "while", "with", "yield", NULL,
};

static const char *const c_words[] = {
    "NONE", "NULL", "auto", "bool", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum",
    "extern", "false", "float", "for", "goto", "if", "inline", "int", "int64_t", "long", "register", "restrict", "return",
    "short", "signed", "size_t", "sizeof", "static", "struct", "switch", "true", "typedef", "union", "unsigned", "void",
    "volatile", "while", NULL,
};
/* clang-format on */

typedef struct Scan {
    const char *line;
    size_t length, at;
    Syntax syntax;
    HighlightSpan *spans;
    size_t count, max;
    bool defining; /* the word before was `def` or `class` */
} Scan;

/** A letter of a name: ASCII, or any byte of a longer character (Python has Chinese names). */
static bool is_letter(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_keyword(const Scan *scan, const char *word, size_t length)
{
    for (const char *const *k = scan->syntax == SYNTAX_PYTHON ? python_words : c_words; *k; k++)
        if (strlen(*k) == length && memcmp(*k, word, length) == 0)
            return true;
    return false;
}

static bool at(const Scan *scan, const char *text)
{
    size_t length = strlen(text);
    return scan->length - scan->at >= length && memcmp(scan->line + scan->at, text, length) == 0;
}

/** Everything from `from` to where the scan is gets the colour. */
static void paint(Scan *scan, size_t from, Color color)
{
    if (scan->at == from)
        return;
    HighlightSpan *last = scan->spans && scan->count > 0 ? &scan->spans[scan->count - 1] : NULL;
    if (last && (last->color == color || scan->count == scan->max))
        last->until = (uint32_t)scan->at;
    else if (scan->spans && scan->max > 0)
        scan->spans[scan->count++] = (HighlightSpan){(uint32_t)from, (uint32_t)scan->at, color};
}

/** Moves behind `closing`, or to the end of the line. @return false when the line ended first */
static bool skip_to(Scan *scan, const char *closing)
{
    bool escapes = closing[0] == '"' || closing[0] == '\'';
    while (scan->at < scan->length && !at(scan, closing))
        scan->at += escapes && scan->line[scan->at] == '\\' && scan->at + 1 < scan->length ? 2 : 1;
    bool found = scan->at < scan->length;
    if (found)
        scan->at += strlen(closing);
    return found;
}

/** A string from its quote on (a prefix such as f or b lies before it). */
static void string(Scan *scan, size_t from, int *carry)
{
    bool triple = scan->syntax == SYNTAX_PYTHON && (at(scan, "'''") || at(scan, "\"\"\""));
    char quote = scan->line[scan->at];
    const char closing[4] = {quote, triple ? quote : '\0', quote, '\0'};
    scan->at += triple ? 3 : 1;
    if (!skip_to(scan, closing) && triple)
        *carry = quote == '\'' ? CARRY_SINGLE : CARRY_DOUBLE;
    paint(scan, from, COLOR_STRING);
}

/** What the line before left open. */
static void carried(Scan *scan, int *carry)
{
    static const char *const closing[] = {
        [CARRY_COMMENT] = "*/", [CARRY_SINGLE] = "'''", [CARRY_DOUBLE] = "\"\"\""};
    if (*carry != CARRY_COMMENT && *carry != CARRY_SINGLE && *carry != CARRY_DOUBLE)
        return;
    Color color = *carry == CARRY_COMMENT ? COLOR_COMMENT : COLOR_STRING;
    if (skip_to(scan, closing[*carry]))
        *carry = CARRY_NONE;
    paint(scan, 0, color);
}

static void to_end(Scan *scan, Color color)
{
    size_t from = scan->at;
    scan->at = scan->length;
    paint(scan, from, color);
}

static void block_comment(Scan *scan, int *carry)
{
    size_t from = scan->at;
    scan->at += 2;
    if (!skip_to(scan, "*/"))
        *carry = CARRY_COMMENT;
    paint(scan, from, COLOR_COMMENT);
}

static void number(Scan *scan)
{
    size_t from = scan->at;
    while (scan->at < scan->length && (is_letter(scan->line[scan->at]) || scan->line[scan->at] == '.'))
        scan->at++;
    paint(scan, from, COLOR_NUMBER);
}

static bool is_called(const Scan *scan)
{
    size_t k = scan->at;
    while (k < scan->length && scan->line[k] == ' ')
        k++;
    return k < scan->length && scan->line[k] == '(';
}

/** The r of r"…", the f of f"…". */
static bool is_prefix(const char *text, size_t length)
{
    for (size_t k = 0; k < length; k++)
        if (!strchr("rRbBfFuU", text[k]))
            return false;
    return length <= 2;
}

static void word(Scan *scan, int *carry)
{
    size_t from = scan->at;
    const char *start = scan->line + from;
    while (scan->at < scan->length && is_letter(scan->line[scan->at]))
        scan->at++;
    size_t length = scan->at - from;
    bool quoted = scan->at < scan->length && (scan->line[scan->at] == '"' || scan->line[scan->at] == '\'');
    bool defining = scan->defining;
    scan->defining = false;
    if (scan->syntax == SYNTAX_PYTHON && quoted && is_prefix(start, length)) {
        string(scan, from, carry);
    } else if (is_keyword(scan, start, length)) {
        scan->defining =
            (length == 3 && memcmp(start, "def", 3) == 0) || (length == 5 && memcmp(start, "class", 5) == 0);
        paint(scan, from, COLOR_KEYWORD);
    } else {
        paint(scan, from, defining || is_called(scan) ? COLOR_NAME : COLOR_TEXT);
    }
}

static bool is_directive(const Scan *scan)
{
    size_t k = 0;
    while (k < scan->length && scan->line[k] == ' ')
        k++;
    return k < scan->length && scan->line[k] == '#';
}

/** A line of C that begins with '#': its directive is a keyword, an included <file> a string. */
static void directive(Scan *scan)
{
    while (scan->at < scan->length && (scan->line[scan->at] == ' ' || scan->line[scan->at] == '#'))
        scan->at++;
    while (scan->at < scan->length && isalpha((unsigned char)scan->line[scan->at]))
        scan->at++;
    paint(scan, 0, COLOR_KEYWORD);
    size_t from = scan->at;
    while (scan->at < scan->length && scan->line[scan->at] == ' ')
        scan->at++;
    paint(scan, from, COLOR_TEXT);
    if (at(scan, "<")) {
        from = scan->at;
        (void)skip_to(scan, ">");
        paint(scan, from, COLOR_STRING);
    }
}

static void token(Scan *scan, int *carry)
{
    char c = scan->line[scan->at];
    if ((scan->syntax == SYNTAX_PYTHON && c == '#') || (scan->syntax == SYNTAX_C && at(scan, "//"))) {
        to_end(scan, COLOR_COMMENT);
    } else if (scan->syntax == SYNTAX_C && at(scan, "/*")) {
        block_comment(scan, carry);
    } else if (c == '"' || c == '\'') {
        string(scan, scan->at, carry);
    } else if (isdigit((unsigned char)c)) {
        number(scan);
    } else if (scan->syntax == SYNTAX_PYTHON && c == '@') {
        size_t from = scan->at++;
        while (scan->at < scan->length && (is_letter(scan->line[scan->at]) || scan->line[scan->at] == '.'))
            scan->at++;
        paint(scan, from, COLOR_NAME);
    } else if (is_letter(c)) {
        word(scan, carry);
    } else {
        size_t from = scan->at++;
        paint(scan, from, COLOR_TEXT);
    }
}

Syntax highlight_syntax(const char *language)
{
    if (!language)
        return SYNTAX_NONE;
    return strcmp(language, "python") == 0 ? SYNTAX_PYTHON
           : strcmp(language, "c") == 0    ? SYNTAX_C
                                           : SYNTAX_NONE;
}

size_t highlight_line(const char *line, size_t length, Syntax syntax, int *carry, HighlightSpan *spans,
                      size_t max)
{
    Scan scan = {.line = line, .length = length, .syntax = syntax, .spans = spans, .max = max};
    if (syntax == SYNTAX_NONE) {
        to_end(&scan, COLOR_TEXT);
        return scan.count;
    }
    carried(&scan, carry);
    if (syntax == SYNTAX_C && scan.at == 0 && is_directive(&scan))
        directive(&scan);
    while (scan.at < length)
        token(&scan, carry);
    return scan.count;
}
