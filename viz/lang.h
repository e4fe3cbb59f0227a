/*
 * lang.h — every word the window says, in both languages.
 *
 * assets/lang.json holds {"key": {"zh": "…", "en": "…"}}; it is built into the program. A missing key or
 * language is found by a test, not by a student.
 */
#ifndef VIZ_LANG_H
#define VIZ_LANG_H

typedef enum Language { LANG_ZH, LANG_EN, LANGUAGES } Language;

/** The text of a key; the key itself when there is none. */
const char *lang_text(Language language, const char *key);
/** The user's language by LC_ALL, LC_MESSAGES, LANG: zh… → Chinese, else English. */
Language lang_of_locale(void);

#endif
