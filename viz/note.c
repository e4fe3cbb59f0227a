/*
 * note.c — finds the events that a lesson's notes belong to.
 *
 * Every event is looked at once, as the trace grows; each place where a note belongs becomes a hit, in order
 * of events. A note for a moment is then the last hit in it. Of two notes at one event the one that was
 * written for just this time ("line 4 #2") comes behind the one for every time ("line 4").
 */
#include "note.h"

#include "arena.h"

#include <cjson/cJSON.h>

#include <stdlib.h>
#include <string.h>

/* What a note can be at, and which events may be it. */
static const struct Place {
    const char *word;
    EventKind kind;
} places[] = {
    {"start", EV_NONE},          {"end", EV_END},     {"stuck", EV_STUCK},   {"line", EV_LINE},
    {"iteration", EV_ITERATION}, {"wait", EV_SELECT}, {"output", EV_OUTPUT}, {"switch", EV_SWITCH},
    {"blocked", EV_BLOCKED},     {"mark", EV_MARK},
};

typedef struct Note {
    EventKind kind;
    uint32_t number; /* line, iteration; 0: any */
    char name[32];   /* of a mark; "": any */
    uint32_t time;   /* the k-th time; 0: every time */
    uint32_t times;  /* how often it has been so far */
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
    uint32_t looked_at;   /* events */
    uint32_t first, last; /* lines that the note at the start speaks of */
    bool failed;
};

/* "12", "#2" or a mark's name, after the first word. @return what follows it, NULL when it is none of these
 */
static const char *parse_part(const char *at, Note *note)
{
    bool time = *at == '#';
    size_t length = strcspn(at, " ");
    if (note->kind == EV_MARK && !time && length < sizeof note->name) {
        memcpy(note->name, at, length);
        return at + length;
    }
    char *end;
    unsigned long number = strtoul(at + time, &end, 10);
    if (end == at + time || number == 0 || number > UINT32_MAX)
        return NULL;
    *(time ? &note->time : &note->number) = (uint32_t)number;
    return end;
}

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
    for (at += length; at && *at == ' ';)
        at = parse_part(at + 1, note);
    return at && *at == '\0';
}

/* "lines": [13, 14]; anything else is none. */
static void read_lines(Notes *notes, const cJSON *lines)
{
    const cJSON *first = cJSON_GetArrayItem(lines, 0), *last = cJSON_GetArrayItem(lines, 1);
    if (!cJSON_IsNumber(first) || !cJSON_IsNumber(last) || first->valueint < 1 ||
        last->valueint < first->valueint)
        return;
    notes->first = (uint32_t)first->valueint;
    notes->last = (uint32_t)last->valueint;
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
    if (note.kind == EV_NONE)
        read_lines(notes, cJSON_GetObjectItemCaseSensitive(json, "lines"));
    Note *kept = &grown[notes->count++];
    *kept = note;
    for (int k = 0; k < LANGUAGES; k++) {
        const cJSON *text = cJSON_GetObjectItemCaseSensitive(json, languages[k]);
        if (cJSON_IsString(text) && (kept->text[k] = strdup(text->valuestring)) == NULL)
            return false;
    }
    return true;
}

static bool add_hit(Notes *notes, uint32_t event, uint32_t note)
{
    Hit *hits = array_grow(notes->hits, &notes->hit_capacity, notes->hit_count + 1, sizeof *hits);
    if (hits == NULL)
        return false;
    notes->hits = hits;
    notes->hits[notes->hit_count++] = (Hit){event, note};
    return true;
}

static bool speaks_of(const Note *note, const Event *event)
{
    if (note->kind != event->kind)
        return false;
    switch (event->kind) {
    case EV_LINE:
        return event->source == ID('s', 1) && (note->number == 0 || note->number == event->line);
    case EV_ITERATION:
        return note->number == 0 || note->number == (uint32_t)event->n;
    case EV_SELECT: /* that only looks is no wait */
        return event->n != 0;
    case EV_MARK:
        return note->name[0] == '\0' || (event->text != NULL && strcmp(event->text, note->name) == 0);
    default:
        return true;
    }
}

/* Every note that belongs to the event: the ones for this very time behind the ones for every time. */
static bool look_at(Notes *notes, const Event *event)
{
    for (int exactly = 0; exactly < 2; exactly++)
        for (uint32_t k = 0; k < notes->count; k++) {
            Note *note = &notes->notes[k];
            if ((note->time != 0) != exactly || !speaks_of(note, event))
                continue;
            note->times++;
            if ((note->time == 0 || note->time == note->times) && !add_hit(notes, event->i, k))
                return false;
        }
    return true;
}

static bool is_place(EventKind kind)
{
    for (size_t k = 0; k < sizeof places / sizeof places[0]; k++)
        if (places[k].kind == kind)
            return true;
    return false;
}

/* Looks at what the history has grown by. */
static void update(Notes *notes, const History *history)
{
    uint32_t count = notes->count > 0 ? history_count(history) : 0;
    while (notes->looked_at < count && !notes->failed) {
        uint32_t i = ++notes->looked_at;
        if (!is_place(history_kind(history, i)))
            continue;
        Event event = history_event(history, i);
        notes->failed = !look_at(notes, &event);
    }
}

/* The number of hits at or before event i. */
static size_t hits_until(const Notes *notes, uint32_t i)
{
    size_t low = 0, high = notes->hit_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (notes->hits[middle].event <= i)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
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
    const Event start = {.kind = EV_NONE};
    if (!look_at(notes, &start)) {
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
    update(notes, history);
    for (size_t k = hits_until(notes, until); k-- > 0;) {
        const Hit *hit = &notes->hits[k];
        if (hit->event <= from && until > 0)
            return NULL;
        if (notes->notes[hit->note].text[language] != NULL)
            return notes->notes[hit->note].text[language];
    }
    return NULL;
}

void notes_first_lines(const Notes *notes, uint32_t *first, uint32_t *last)
{
    *first = notes->first;
    *last = notes->last;
}

bool notes_are_at(Notes *notes, const History *history, uint32_t i)
{
    update(notes, history);
    size_t k = hits_until(notes, i);
    return k > 0 && notes->hits[k - 1].event == i;
}
