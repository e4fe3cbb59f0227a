/*
 * note.c — finds the events that a lesson's notes belong to.
 *
 * Every event is looked at once, as the trace grows; each place where a note belongs becomes a hit, in order
 * of events. A note for a moment is then the last hit in it.
 */
#include "note.h"

#include "arena.h"

#include <cjson/cJSON.h>

#include <stdlib.h>
#include <string.h>

#define LINES 4096u /* lines of a listing whose runs are counted */

/* What a note can be at, and which events may be it. */
static const struct Place {
    const char *word;
    EventKind kind;
} places[] = {
    {"start", EV_NONE},          {"end", EV_END},       {"stuck", EV_STUCK},   {"line", EV_LINE},
    {"iteration", EV_ITERATION}, {"wait", EV_SELECTED}, {"output", EV_OUTPUT}, {"switch", EV_SWITCH},
    {"blocked", EV_BLOCKED},
};

typedef struct Note {
    EventKind kind;
    uint32_t number; /* line, iteration; 0: any */
    uint32_t time;   /* the k-th time; 0: every time */
    char *text[LANGUAGES];
} Note;

typedef struct Hit {
    uint32_t event, note;
} Hit;

struct Notes {
    Note *notes;
    size_t count, capacity;
    Hit *hits;
    size_t hit_count, hit_capacity;
    uint32_t looked_at; /* events */
    uint32_t select;    /* the last `select` event */
    uint32_t times[EV_KINDS];
    uint32_t lines[LINES];
    bool failed;
};

/* "line 12 #2". @return false when it is no place */
static bool parse_place(const char *at, Note *note)
{
    size_t length = strcspn(at, " ");
    size_t k = 0, count = sizeof places / sizeof places[0];
    while (k < count && (strlen(places[k].word) != length || memcmp(places[k].word, at, length) != 0))
        k++;
    if (k == count)
        return false;
    note->kind = places[k].kind;
    for (at += length; *at == ' ';) {
        char *end;
        bool time = at[1] == '#';
        unsigned long number = strtoul(at + 1 + time, &end, 10);
        if (end == at + 1 + time || number == 0 || number > UINT32_MAX)
            return false;
        *(time ? &note->time : &note->number) = (uint32_t)number;
        at = end;
    }
    return *at == '\0';
}

static bool add_note(Notes *notes, const cJSON *json, const char *const languages[LANGUAGES])
{
    const cJSON *at = cJSON_GetObjectItemCaseSensitive(json, "at");
    Note note = {0};
    if (!cJSON_IsString(at) || !parse_place(at->valuestring, &note))
        return true;
    Note *grown = array_grow(notes->notes, &notes->capacity, notes->count + 1, sizeof *grown);
    if (grown == NULL)
        return false;
    notes->notes = grown;
    Note *kept = &grown[notes->count++];
    *kept = note;
    for (int k = 0; k < LANGUAGES; k++) {
        const cJSON *text = cJSON_GetObjectItemCaseSensitive(json, languages[k]);
        if (cJSON_IsString(text) && (kept->text[k] = strdup(text->valuestring)) == NULL)
            return false;
    }
    return true;
}

/* Hits stay in order of events: a wait is only known to have been one when it is over. */
static bool add_hit(Notes *notes, uint32_t event, uint32_t note)
{
    Hit *hits = array_grow(notes->hits, &notes->hit_capacity, notes->hit_count + 1, sizeof *hits);
    if (hits == NULL)
        return false;
    notes->hits = hits;
    size_t k = notes->hit_count++;
    for (; k > 0 && hits[k - 1].event > event; k--)
        hits[k] = hits[k - 1];
    hits[k] = (Hit){event, note};
    return true;
}

/* Every note that belongs to the event: the `time`-th of its kind, or of its line. */
static bool match(Notes *notes, EventKind kind, uint32_t event, uint32_t number, uint32_t time)
{
    for (uint32_t k = 0; k < notes->count; k++) {
        const Note *note = &notes->notes[k];
        if (note->kind == kind && (note->number == 0 || note->number == number) &&
            (note->time == 0 || note->time == time) && !add_hit(notes, event, k))
            return false;
    }
    return true;
}

static bool look_at(Notes *notes, const History *history, uint32_t i)
{
    Event event;
    switch (history_kind(history, i)) {
    case EV_LINE:
        event = history_event(history, i);
        if (event.source != ID('s', 1) || event.line >= LINES)
            return true;
        return match(notes, EV_LINE, i, event.line, ++notes->lines[event.line]);
    case EV_ITERATION:
        return match(notes, EV_ITERATION, i, (uint32_t)history_event(history, i).n,
                     ++notes->times[EV_ITERATION]);
    case EV_SELECT:
        notes->select = i;
        return true;
    case EV_SELECTED:
        if (notes->select == 0 || history_ts(history, i) <= history_ts(history, notes->select))
            return true;
        return match(notes, EV_SELECTED, notes->select, 0, ++notes->times[EV_SELECTED]);
    case EV_OUTPUT:
    case EV_SWITCH:
    case EV_BLOCKED:
    case EV_STUCK:
    case EV_END: {
        EventKind kind = history_kind(history, i);
        return match(notes, kind, i, 0, ++notes->times[kind]);
    }
    default:
        return true;
    }
}

Notes *notes_new(const cJSON *json, const char *const languages[LANGUAGES])
{
    Notes *notes = calloc(1, sizeof *notes);
    if (notes == NULL)
        return NULL;
    const cJSON *note;
    cJSON_ArrayForEach(note, json)
    {
        if (!add_note(notes, note, languages)) {
            notes_free(notes);
            return NULL;
        }
    }
    if (!match(notes, EV_NONE, 0, 0, 1)) {
        notes_free(notes);
        return NULL;
    }
    return notes;
}

void notes_free(Notes *notes)
{
    if (notes == NULL)
        return;
    for (size_t k = 0; k < notes->count; k++)
        for (int language = 0; language < LANGUAGES; language++)
            free(notes->notes[k].text[language]);
    free(notes->notes);
    free(notes->hits);
    free(notes);
}

const char *notes_at(Notes *notes, const History *history, uint32_t from, uint32_t until, Language language)
{
    uint32_t count = notes->count > 0 ? history_count(history) : 0;
    while (notes->looked_at < count && !notes->failed)
        notes->failed = !look_at(notes, history, ++notes->looked_at);
    size_t low = 0, high = notes->hit_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (notes->hits[middle].event <= until)
            low = middle + 1;
        else
            high = middle;
    }
    while (low-- > 0) {
        const Hit *hit = &notes->hits[low];
        if (hit->event <= from && !(from == 0 && hit->event == 0))
            return NULL;
        if (notes->notes[hit->note].text[language] != NULL)
            return notes->notes[hit->note].text[language];
    }
    return NULL;
}
