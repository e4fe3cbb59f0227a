/*
 * about.c — the lesson's own words, out of the header's "program".
 *
 * Titles and summary are read once. The notes are note.c's: where each belongs is found while the trace
 * grows.
 */
#include "about.h"
#include "note.h"

#include <cjson/cJSON.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct About {
    char *lesson, *variant, *python, *program;
    char *title[LANGUAGES], *summary[LANGUAGES];
    Knobs knobs;
    Notes *notes;
    bool failed;
};

static const char *const languages[LANGUAGES] = {[LANG_ZH] = "zh", [LANG_EN] = "en"};

static char *copy(About *about, const char *text)
{
    char *copied = strdup(text);
    about->failed = about->failed || copied == NULL;
    return copied;
}

static char *copy_item(About *about, const cJSON *object, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(item) ? copy(about, item->valuestring) : NULL;
}

/* A text in one language only serves for both. */
static void copy_texts(About *about, const cJSON *object, char *to[LANGUAGES])
{
    for (int k = 0; k < LANGUAGES; k++)
        to[k] = copy_item(about, object, languages[k]);
    for (int k = 0; k < LANGUAGES; k++)
        for (int other = 0; other < LANGUAGES && to[k] == NULL; other++)
            if (to[other] != NULL)
                to[k] = copy(about, to[other]);
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL && slash[1] != '\0' ? slash + 1 : path;
}

/* What a program without a title is called: its lesson's folder, its script or module, its first source
 * file. */
static const char *plain_title(const About *about, const History *history, const cJSON *program)
{
    const cJSON *argv = cJSON_GetObjectItemCaseSensitive(program, "argv");
    const cJSON *argument = cJSON_GetArrayItem(argv, 0);
    if (cJSON_IsString(argument) && strcmp(argument->valuestring, "-m") == 0)
        argument = cJSON_GetArrayItem(argv, 1);
    if (about->lesson != NULL)
        return about->lesson;
    if (cJSON_IsString(argument))
        return file_name(argument->valuestring);
    const char *source = history_sources(history) > 0 ? history_source(history, 0).name : NULL;
    return source != NULL ? file_name(source) : "Loopglass";
}

/* "CPython 3.11.7", of a recorded program. */
static char *copy_python(About *about, const cJSON *header)
{
    static const char python[] = "cpython-";
    const cJSON *producer = cJSON_GetObjectItemCaseSensitive(header, "producer");
    const char *language = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(producer, "language"));
    const char *semantics = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(header, "semantics"));
    char text[64];
    if (language == NULL || semantics == NULL || strcmp(language, "python") != 0 ||
        strncmp(semantics, python, strlen(python)) != 0)
        return NULL;
    snprintf(text, sizeof text, "CPython %.48s", semantics + strlen(python));
    return copy(about, text);
}

/* The notes tell what asyncio's order leads to. In another one only the question before it all is sure to be
 * right. */
static void leave_the_first(cJSON *notes)
{
    for (int k = cJSON_GetArraySize(notes); k-- > 0;) {
        const cJSON *at = cJSON_GetObjectItemCaseSensitive(cJSON_GetArrayItem(notes, k), "at");
        if (!cJSON_IsString(at) || strcmp(at->valuestring, "start") != 0)
            cJSON_DeleteItemFromArray(notes, k);
    }
}

About *about_new(const History *history)
{
    About *about = calloc(1, sizeof *about);
    if (about == NULL)
        return NULL;
    const char *header = history_header(history);
    cJSON *json = header != NULL ? cJSON_Parse(header) : NULL;
    const cJSON *program = cJSON_GetObjectItemCaseSensitive(json, "program");
    const cJSON *card = cJSON_GetObjectItemCaseSensitive(program, "about");
    about->lesson = copy_item(about, program, "lesson");
    about->variant = copy_item(about, program, "variant");
    const cJSON *argv = cJSON_GetObjectItemCaseSensitive(program, "argv");
    const char *file = cJSON_GetStringValue(cJSON_GetArrayItem(argv, 0));
    about->program = file != NULL ? copy(about, file) : NULL;
    about->python = copy_python(about, json);
    copy_texts(about, cJSON_GetObjectItemCaseSensitive(card, "title"), about->title);
    copy_texts(about, cJSON_GetObjectItemCaseSensitive(card, "summary"), about->summary);
    for (int k = 0; k < LANGUAGES; k++)
        if (about->title[k] == NULL)
            about->title[k] = copy(about, plain_title(about, history, program));
    cJSON *notes = cJSON_GetObjectItemCaseSensitive(card, "notes");
    if (history_schedule(history) != NULL)
        leave_the_first(notes);
    about->notes = notes_new(notes, languages);
    about->failed |= !knobs_read(&about->knobs, cJSON_GetObjectItemCaseSensitive(card, "knobs"),
                                 cJSON_GetObjectItemCaseSensitive(program, "set"));
    cJSON_Delete(json);
    if (about->failed || about->notes == NULL) {
        about_free(about);
        return NULL;
    }
    return about;
}

void about_free(About *about)
{
    if (about == NULL)
        return;
    for (int k = 0; k < LANGUAGES; k++) {
        free(about->title[k]);
        free(about->summary[k]);
    }
    free(about->lesson);
    free(about->variant);
    free(about->python);
    free(about->program);
    knobs_free(&about->knobs);
    notes_free(about->notes);
    free(about);
}

const char *about_lesson(const About *about)
{
    return about->lesson;
}

const char *about_variant(const About *about)
{
    return about->variant;
}

const char *about_program(const About *about)
{
    return about->program;
}

const char *about_python(const About *about)
{
    return about->python;
}

const Knobs *about_knobs(const About *about)
{
    return &about->knobs;
}

const char *about_title(const About *about, Language language)
{
    return about->title[language];
}

const char *about_summary(const About *about, Language language)
{
    return about->summary[language] != NULL ? about->summary[language] : "";
}

const char *about_note(const About *about, const History *history, uint32_t from, uint32_t until,
                       Language language)
{
    return notes_at(about->notes, history, from, until, language);
}

void about_first_lines(const About *about, uint32_t *first, uint32_t *last)
{
    notes_first_lines(about->notes, first, last);
}

bool about_has_note(const About *about, const History *history, uint32_t i)
{
    return notes_are_at(about->notes, history, i);
}
