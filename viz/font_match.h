/*
 * font_match.h — which file of this machine has a face. The only place that speaks to fontconfig.
 */
#ifndef VIZ_FONT_MATCH_H
#define VIZ_FONT_MATCH_H

#include <stdbool.h>
#include <stdint.h>

typedef struct FontQuery {
    const char *family;  /* what we want */
    const char *instead; /* a generic family, when it is not there */
    const char *package; /* the Debian package that has it */
    const char *language;
    bool bold;
} FontQuery;

typedef struct FontFile {
    char path[512];
    int index;     /* of the face in a collection */
    bool is_asked; /* it is the family that was asked for */
} FontFile;

/** @return false when there is no font at all */
bool font_match(const FontQuery *query, FontFile *file);
/** Any font that has the character. */
bool font_match_character(uint32_t character, bool bold, FontFile *file);
/** Gives back what fontconfig holds; the next query starts it anew. */
void font_match_end(void);

#endif
