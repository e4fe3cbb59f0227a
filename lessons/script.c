/*
 * The listing is a plain text. A knob names lines and the literal on each that stands for it; definitions are
 * found by looking at how each line begins. That is enough for listings of our own, and no parser.
 */
#include "script.h"

#include "complain.h"
#include "knob.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
    char name[80];
    char *text;
} script;

/* ----------------------------------------------------------------------------------------- literals ---- */

static bool is_word(char c)
{
    return c == '_' || c == '.' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* The literal as a word of its own: the 2 of sleep(2), not of func2. */
static const char *find_literal(const char *line, size_t length, const char *literal)
{
    size_t size = strlen(literal);
    for (size_t k = 0; k + size <= length; k++) {
        bool starts = k == 0 || !is_word(line[k - 1]) || !is_word(literal[0]);
        bool ends = k + size == length || !is_word(line[k + size]) || !is_word(literal[size - 1]);
        if (starts && ends && memcmp(line + k, literal, size) == 0)
            return line + k;
    }
    return NULL;
}

static const char *line_start(const char *text, int line)
{
    for (int k = 1; text && k < line; k++) {
        text = strchr(text, '\n');
        text = text ? text + 1 : NULL;
    }
    return text;
}

/* A place of a knob in the listing: [line, literal] or [line, literal, template], {} in it the value. */
static bool replace_at(const cJSON *place, const Knob *knob)
{
    const cJSON *number = cJSON_GetArrayItem(place, 0);
    const char *literal = cJSON_GetStringValue(cJSON_GetArrayItem(place, 1));
    const char *form = cJSON_GetStringValue(cJSON_GetArrayItem(place, 2));
    const char *line = cJSON_IsNumber(number) ? line_start(script.text, number->valueint) : NULL;
    const char *at = line && literal ? find_literal(line, strcspn(line, "\n"), literal) : NULL;
    if (!at) {
        char *printed = cJSON_PrintUnformatted(place);
        complain("knob \"%s\": no such literal in %s: %s", knob->name, script.name, printed ? printed : "?");
        cJSON_free(printed);
        return false;
    }
    if (!knob->changed)
        return true;
    if (!form)
        form = "{}";
    const char *hole = strstr(form, "{}");
    char *text = NULL;
    if (asprintf(&text, "%.*s%.*s%s%s%s", (int)(at - script.text), script.text,
                 (int)(hole ? hole - form : (long)strlen(form)), form, hole ? knob->shown : "",
                 hole ? hole + 2 : "", at + strlen(literal)) < 0) {
        complain("out of memory");
        return false;
    }
    free(script.text);
    script.text = text;
    return true;
}

/* -------------------------------------------------------------------------------------- definitions ---- */

typedef struct Definition {
    char function[128];
    int line;
} Definition;

static const char *skip(const char *text, const char *word)
{
    size_t length = strlen(word);
    return strncmp(text, word, length) == 0 ? text + length : NULL;
}

/* Does a function's definition begin on this line? Then *length is that of its name. */
static const char *defined_on(const char *line, size_t *length)
{
    line += strspn(line, " \t");
    const char *async = skip(line, "async ");
    const char *name = skip(async ? async : line, "def ");
    if (!name)
        return NULL;
    *length = strcspn(name, "(:\n");
    return name[*length] == '(' ? name : NULL;
}

/* Walks over the definitions from *at, which is on line *line. @return false after the last */
static bool next_definition(const char **at, int *line, Definition *definition)
{
    int decorated = 0;
    while (*at && **at) {
        const char *text = *at;
        int here = (*line)++;
        const char *end = strchr(text, '\n');
        *at = end ? end + 1 : NULL;
        size_t length;
        const char *name = defined_on(text, &length);
        if (name) {
            snprintf(definition->function, sizeof definition->function, "%.*s", (int)length, name);
            definition->line = decorated ? decorated : here;
            return true;
        }
        bool decorator = text[strspn(text, " \t")] == '@';
        decorated = !decorator ? 0 : decorated ? decorated : here;
    }
    return false;
}

bool script_load(const char *name, const char *text)
{
    snprintf(script.name, sizeof script.name, "%s", name);
    script.text = strdup(text);
    if (!script.text) {
        complain("out of memory");
        return false;
    }
    for (size_t k = 0; k < knobs_count(); k++) {
        const cJSON *place;
        cJSON_ArrayForEach(place, cJSON_GetObjectItem(knobs_at(k)->json, "listing"))
        {
            if (!replace_at(place, knobs_at(k)))
                return false;
        }
    }
    return true;
}

void script_free(void)
{
    free(script.text);
    script.text = NULL;
}

const char *script_name(void)
{
    return script.name;
}

const char *script_text(void)
{
    return script.text;
}

void script_define(Trace *trace)
{
    const char *at = script.text;
    int line = 1;
    for (Definition definition; next_definition(&at, &line, &definition);)
        trace_define(trace, definition.function, definition.line);
}
