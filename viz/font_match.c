/*
 * font_match.c — asks fontconfig for the best file for a family; a handful of queries, never the list of all
 * fonts.
 *
 * fontconfig always answers with something, so the family of the answer is compared with the one that was
 * asked for. NotoSansCJK is a collection of which the Simplified Chinese face is not the first: hence
 * FC_INDEX.
 */
#include "font_match.h"

#include <fontconfig/fontconfig.h>
#include <stdio.h>
#include <string.h>

static bool has_family(FcPattern *match, const char *family)
{
    FcChar8 *name;
    for (int k = 0; FcPatternGetString(match, FC_FAMILY, k, &name) == FcResultMatch; k++)
        if (FcStrCmpIgnoreCase(name, (const FcChar8 *)family) == 0)
            return true;
    return false;
}

/** Takes the pattern, and gives the file that fits best. */
static bool best_file(FcPattern *pattern, const char *family, FontFile *file)
{
    FcResult result;
    FcPatternAddBool(pattern, FC_SCALABLE, FcTrue);
    FcConfigSubstitute(NULL, pattern, FcMatchPattern);
    FcDefaultSubstitute(pattern);
    FcPattern *match = FcFontMatch(NULL, pattern, &result);
    FcPatternDestroy(pattern);
    FcChar8 *path;
    bool found = match && FcPatternGetString(match, FC_FILE, 0, &path) == FcResultMatch &&
                 strlen((const char *)path) < sizeof file->path;
    if (found) {
        strcpy(file->path, (const char *)path);
        if (FcPatternGetInteger(match, FC_INDEX, 0, &file->index) != FcResultMatch)
            file->index = 0;
        file->index &= 0xffff; /* the upper half numbers instances of a variable font */
        file->is_asked = family && has_family(match, family);
    }
    if (match)
        FcPatternDestroy(match);
    return found;
}

bool font_match(const FontQuery *query, FontFile *file)
{
    FcPattern *pattern = FcPatternCreate();
    if (!pattern)
        return false;
    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)query->family);
    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)query->instead);
    if (query->language)
        FcPatternAddString(pattern, FC_LANG, (const FcChar8 *)query->language);
    FcPatternAddInteger(pattern, FC_WEIGHT, query->bold ? FC_WEIGHT_DEMIBOLD : FC_WEIGHT_REGULAR);
    return best_file(pattern, query->family, file);
}

bool font_match_character(uint32_t character, bool bold, FontFile *file)
{
    FcPattern *pattern = FcPatternCreate();
    FcCharSet *set = FcCharSetCreate();
    if (!pattern || !set || !FcCharSetAddChar(set, character)) {
        if (pattern)
            FcPatternDestroy(pattern);
        if (set)
            FcCharSetDestroy(set);
        return false;
    }
    FcPatternAddCharSet(pattern, FC_CHARSET, set);
    FcCharSetDestroy(set);
    FcPatternAddInteger(pattern, FC_WEIGHT, bold ? FC_WEIGHT_DEMIBOLD : FC_WEIGHT_REGULAR);
    FcPatternAddBool(pattern, FC_COLOR, FcFalse);
    return best_file(pattern, NULL, file);
}

void font_match_end(void)
{
    FcFini();
}
