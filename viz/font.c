/*
 * font.c — text runs with SDL_ttf, which has no fallback of its own.
 *
 *     "img1 的 sleep"  ─clean─►  code points  ─split by the file that has the glyph─►  Inter | Noto CJK |
 * Inter
 *
 * Every face has a chain of files; a size of a file is opened when it is first needed. The parts of a run
 * share the baseline of the face itself, so a line of Chinese is as high as a line of English. Widths are
 * remembered by a 64-bit hash of the text: a frame measures the same few hundred strings as the one before.
 */
#include "font.h"

#include "font_match.h"
#include "utf8.h"

#include <SDL_ttf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES = 32, CHAIN = 3, SIZES = 48, WIDTHS = 8192, KNOWN = 1024, NO_FILE = -1 };

typedef struct OpenSize {
    int size;
    TTF_Font *font;
} OpenSize;

typedef struct File {
    FontFile file;
    void *bytes; /* mapped: each size reads its tables from there, not from the disk anew */
    size_t length;
    OpenSize sizes[SIZES];
    int size_count;
    bool broken;
} File;

typedef struct Width {
    uint64_t hash;
    int width;
} Width;

/** Which file has a character, for one face; a place is taken over by the next character that falls on it. */
typedef struct Known {
    uint32_t character;
    int file;
} Known;

struct Fonts {
    File files[FILES]; /* each once: faces share them */
    int file_count;
    int chain[FACES][CHAIN];
    Width widths[WIDTHS];
    Known known[FACES][KNOWN];
    char problem[256];
};

// clang-format off
static const FontQuery queries[FACES][CHAIN] = {
    [FACE_UI] = {
        {"Inter",                 "sans-serif", "fonts-inter",    NULL,    false},
        {"Noto Sans CJK SC",      "sans-serif", "fonts-noto-cjk", "zh-cn", false},
        {"DejaVu Sans",           "sans-serif", "fonts-dejavu-core", NULL, false}},
    [FACE_UI_BOLD] = {
        {"Inter",                 "sans-serif", "fonts-inter",    NULL,    true},
        {"Noto Sans CJK SC",      "sans-serif", "fonts-noto-cjk", "zh-cn", true},
        {"DejaVu Sans",           "sans-serif", "fonts-dejavu-core", NULL, true}},
    [FACE_CODE] = {
        {"Noto Sans Mono CJK SC", "monospace",  "fonts-noto-cjk", NULL,    false}},
    [FACE_CODE_BOLD] = {
        {"Noto Sans Mono CJK SC", "monospace",  "fonts-noto-cjk", NULL,    true}},
};
// clang-format on

static bool is_bold(Face face)
{
    return face == FACE_UI_BOLD || face == FACE_CODE_BOLD;
}

/* ---------------------------------------------------------------------------------------------- files ----
 */

/** The number of a file in the table, put there if it is new. */
static int file_number(Fonts *fonts, const FontFile *file)
{
    for (int k = 0; k < fonts->file_count; k++)
        if (fonts->files[k].file.index == file->index && strcmp(fonts->files[k].file.path, file->path) == 0)
            return k;
    if (fonts->file_count == FILES)
        return NO_FILE;
    fonts->files[fonts->file_count].file = *file;
    return fonts->file_count++;
}

/** @return false when it cannot be read */
static bool map_file(File *file)
{
    struct stat status;
    if (file->bytes)
        return true;
    int descriptor = open(file->file.path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    bool good = fstat(descriptor, &status) == 0 && status.st_size > 0;
    void *bytes =
        good ? mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0) : MAP_FAILED;
    close(descriptor);
    if (bytes == MAP_FAILED)
        return false;
    file->bytes = bytes;
    file->length = (size_t)status.st_size;
    return true;
}

/** A file at a size; NULL when it cannot be opened, which is tried once. */
static TTF_Font *open_size(Fonts *fonts, int number, int size)
{
    if (number == NO_FILE || fonts->files[number].broken)
        return NULL;
    File *file = &fonts->files[number];
    for (int k = 0; k < file->size_count; k++)
        if (file->sizes[k].size == size)
            return file->sizes[k].font;
    TTF_Font *font = NULL;
    if (map_file(file) && file->length <= INT32_MAX)
        font = TTF_OpenFontIndexRW(SDL_RWFromConstMem(file->bytes, (int)file->length), 1, size,
                                   file->file.index);
    if (!font) {
        file->broken = true;
        return NULL;
    }
    TTF_SetFontHinting(font, TTF_HINTING_LIGHT_SUBPIXEL);
    if (file->size_count == SIZES) { /* someone zooms through all sizes: the oldest goes */
        TTF_CloseFont(file->sizes[0].font);
        memmove(file->sizes, file->sizes + 1, (SIZES - 1) * sizeof *file->sizes);
        file->size_count--;
    }
    file->sizes[file->size_count++] = (OpenSize){size, font};
    return font;
}

/** Chinese stands 2:1 with Latin only where half an em is a whole number of pixels. */
static int real_size(Face face, int size)
{
    bool code = face == FACE_CODE || face == FACE_CODE_BOLD;
    if (size < 4)
        size = 4;
    return code ? (size + 1) & ~1 : size;
}

static TTF_Font *face_font(Fonts *fonts, Face face, int size)
{
    for (int k = 0; k < CHAIN; k++) {
        TTF_Font *font = open_size(fonts, fonts->chain[face][k], size);
        if (font)
            return font;
    }
    return NULL;
}

static bool file_has(Fonts *fonts, int number, int size, uint32_t character)
{
    TTF_Font *font = open_size(fonts, number, size);
    return font && TTF_GlyphIsProvided32(font, character);
}

/** Compilers quote names with these. In a Chinese font they are two columns wide, with a gap in one of them.
 */
static bool is_narrow_quote(Face face, uint32_t character)
{
    return face >= FACE_CODE && (character == 0x2018 || character == 0x2019);
}

static int search_file(Fonts *fonts, Face face, int size, uint32_t character)
{
    if (is_narrow_quote(face, character) && file_has(fonts, fonts->chain[face][CHAIN - 1], size, character))
        return fonts->chain[face][CHAIN - 1];
    for (int k = 0; k < CHAIN; k++)
        if (file_has(fonts, fonts->chain[face][k], size, character))
            return fonts->chain[face][k];
    FontFile other;
    if (font_match_character(character, is_bold(face), &other)) {
        int number = file_number(fonts, &other);
        if (file_has(fonts, number, size, character))
            return number;
    }
    return NO_FILE;
}

/** The file that shows a character, NO_FILE if none of the machine does. */
static int file_of(Fonts *fonts, Face face, int size, uint32_t character)
{
    Known *known = &fonts->known[face][character % KNOWN];
    if (known->character != character)
        *known = (Known){character, search_file(fonts, face, size, character)};
    return known->file;
}

/* ----------------------------------------------------------------------------------------------- runs ----
 */

/** What stands for a character on the screen; 0: nothing does. */
static uint32_t visible(uint32_t c)
{
    if (c == '\t')
        return ' ';
    if (c < 0x20 || (c >= 0x7f && c < 0xa0))
        return UTF8_BROKEN;
    bool joins = (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2064);
    if (joins || c == 0xfeff || (c >= 0xfe00 && c <= 0xfe0f))
        return 0;
    return c;
}

enum { PART = 480 }; /* bytes of a part; a longer one is simply cut into two */

/** A piece of a run that one file shows. */
typedef struct Part {
    int file;
    size_t length;
    char text[PART + 8];
} Part;

/** Takes the next part of a run. @return false at its end */
static bool next_part(Fonts *fonts, Face face, int size, const char **text, const char *end, Part *part)
{
    part->file = NO_FILE;
    part->length = 0;
    while (*text < end && part->length < PART) {
        const char *next = *text;
        uint32_t c = visible(utf8_next(&next, end));
        int file = c ? file_of(fonts, face, size, c) : part->file;
        for (int k = 0; c && file == NO_FILE && k < 2; k++) { /* no font has it: a sign for that */
            c = k == 0 ? UTF8_BROKEN : '?';
            file = file_of(fonts, face, size, c);
        }
        if (c && part->length > 0 && file != part->file) {
            if (c != ' ' || !file_has(fonts, part->file, size, c))
                break;
            file = part->file;
        }
        *text = next;
        if (c) {
            part->file = file;
            part->length += utf8_put(part->text + part->length, c);
        }
    }
    part->text[part->length] = '\0';
    return part->length > 0;
}

/**
 * How far a part moves the pen on. SDL_ttf tells the width of the ink instead, where that is more; behind a
 * space there is none.
 */
static int advance(TTF_Font *font, Part *part)
{
    int with_space = 0, space = 0;
    memcpy(part->text + part->length, " ", 2);
    TTF_SizeUTF8(font, part->text, &with_space, NULL);
    TTF_SizeUTF8(font, " ", &space, NULL);
    part->text[part->length] = '\0';
    return with_space - space;
}

static int measure_run(Fonts *fonts, Face face, int size, const char *text, size_t length)
{
    int sum = 0;
    Part part;
    const char *at = text;
    while (next_part(fonts, face, size, &at, text + length, &part)) {
        TTF_Font *font = open_size(fonts, part.file, size);
        if (font)
            sum += advance(font, &part);
    }
    return sum;
}

static uint64_t hash_run(Face face, int size, const char *text, size_t length)
{
    /* Mixed before the text comes, so that a face or size is never mistaken for another first character. */
    uint64_t hash = ((uint64_t)face << 56 ^ (uint64_t)size << 32 ^ (uint64_t)length) * 0xff51afd7ed558ccdu;
    hash ^= hash >> 33;
    while (length >= 8) {
        uint64_t eight;
        memcpy(&eight, text, 8);
        hash = (hash ^ eight) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 29;
        text += 8;
        length -= 8;
    }
    uint64_t rest = 0;
    memcpy(&rest, text, length);
    hash = (hash ^ rest) * 0x9e3779b97f4a7c15u;
    hash ^= hash >> 32;
    return hash ? hash : 1;
}

static int measure_width(void *context, Face face, int size, const char *text, size_t length)
{
    Fonts *fonts = context;
    size = real_size(face, size);
    uint64_t hash = hash_run(face, size, text, length);
    Width *known = &fonts->widths[hash % WIDTHS];
    if (known->hash != hash)
        *known = (Width){hash, measure_run(fonts, face, size, text, length)};
    return known->width;
}

static int measure_height(void *context, Face face, int size)
{
    TTF_Font *font = face_font(context, face, real_size(face, size));
    return font ? TTF_FontHeight(font) : size;
}

static int measure_ascent(void *context, Face face, int size)
{
    TTF_Font *font = face_font(context, face, real_size(face, size));
    return font ? TTF_FontAscent(font) : size;
}

/* ---------------------------------------------------------------------------------------------- faces ----
 */

/** Names in the problem each family that is missing, and each package, once. */
static void note_missing(Fonts *fonts, const FontQuery *query, char *packages, size_t size)
{
    if (strstr(fonts->problem, query->family))
        return;
    size_t used = strlen(fonts->problem);
    snprintf(fonts->problem + used, sizeof fonts->problem - used, "%s%s",
             used ? ", " : "missing fonts: ", query->family);
    if (strstr(packages, query->package))
        return;
    used = strlen(packages);
    snprintf(packages + used, size - used, " %s", query->package);
}

/** Fills the chains. @return false when not even one file can be opened */
static bool match_faces(Fonts *fonts)
{
    char packages[128] = "";
    for (int face = 0; face < FACES; face++) {
        for (int k = 0; k < CHAIN; k++) {
            FontFile file = {.index = 0};
            const FontQuery *query = &queries[face][k];
            if (k > 0 && face >= FACE_CODE) { /* what the UI's faces fall back to as well */
                fonts->chain[face][k] = fonts->chain[face - FACE_CODE][k];
                continue;
            }
            bool found = font_match(query, &file);
            fonts->chain[face][k] = found ? file_number(fonts, &file) : NO_FILE;
            if (!found || !file.is_asked)
                note_missing(fonts, query, packages, sizeof packages);
        }
    }
    if (fonts->problem[0]) {
        size_t used = strlen(fonts->problem);
        snprintf(fonts->problem + used, sizeof fonts->problem - used,
                 " (apt install%s); others are used instead", packages);
    }
    return face_font(fonts, FACE_UI, 20) && face_font(fonts, FACE_CODE, 22);
}

Fonts *fonts_open(const char **problem)
{
    *problem = NULL;
    Fonts *fonts = calloc(1, sizeof *fonts);
    if (!fonts || TTF_Init() != 0) {
        free(fonts);
        *problem = "out of memory";
        return NULL;
    }
    if (!match_faces(fonts)) {
        fonts_close(fonts);
        *problem = "no font that can be used (apt install fonts-inter fonts-noto-cjk fonts-dejavu-core)";
        return NULL;
    }
    if (fonts->problem[0])
        *problem = fonts->problem;
    return fonts;
}

void fonts_close(Fonts *fonts)
{
    if (!fonts)
        return;
    for (int k = 0; k < fonts->file_count; k++) {
        for (int s = 0; s < fonts->files[k].size_count; s++)
            TTF_CloseFont(fonts->files[k].sizes[s].font);
        if (fonts->files[k].bytes)
            munmap(fonts->files[k].bytes, fonts->files[k].length);
    }
    TTF_Quit();
    font_match_end();
    free(fonts);
}

TextMeasure fonts_measure(Fonts *fonts)
{
    return (TextMeasure){measure_width, measure_height, fonts, measure_ascent};
}

SDL_Surface *fonts_render(Fonts *fonts, Face face, int size, const char *text, size_t length)
{
    int width = measure_width(fonts, face, size, text, length);
    size = real_size(face, size);
    TTF_Font *own = face_font(fonts, face, size);
    if (width <= 0 || !own)
        return NULL;
    int overhang = size / 4 + 2; /* of the last letter's ink */
    SDL_Surface *run = SDL_CreateRGBSurfaceWithFormat(0, width + overhang, TTF_FontHeight(own), 32,
                                                      SDL_PIXELFORMAT_ARGB8888);
    if (!run)
        return NULL;
    int x = 0;
    Part part;
    const char *at = text;
    while (next_part(fonts, face, size, &at, text + length, &part)) {
        TTF_Font *font = open_size(fonts, part.file, size);
        SDL_Surface *piece =
            font ? TTF_RenderUTF8_Blended(font, part.text, (SDL_Color){255, 255, 255, 255}) : NULL;
        if (!piece)
            continue;
        SDL_Rect place = {x, TTF_FontAscent(own) - TTF_FontAscent(font), piece->w, piece->h};
        SDL_BlitSurface(piece, NULL, run, &place);
        x += advance(font, &part);
        SDL_FreeSurface(piece);
    }
    return run;
}
