/*
 * lang.h — every word the window says, in both languages.
 *
 * assets/lang.json holds {"key": {"zh": "…", "en": "…"}}, one key a line; it is built into the program. A
 * missing key or language is found by a test, not by a student.
 */
#ifndef VIZ_LANG_H
#define VIZ_LANG_H

#include <stdbool.h>
#include <stddef.h>

typedef enum Language { LANG_ZH, LANG_EN, LANGUAGES } Language;

/** The text of a key; the key itself when there is none. It stays valid for good. */
const char *lang_text(Language language, const char *key);
/** Is there such a key? For keys that are put together from words of the trace. */
bool lang_has(const char *key);
/** All keys, sorted, from 0; NULL behind the last. */
size_t lang_count(void);
const char *lang_key(size_t index);
/** The user's language by LC_ALL, LC_MESSAGES, LANG: zh… → Chinese, else English. */
Language lang_of_locale(void);

#endif
