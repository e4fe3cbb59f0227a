/*
 * module.h — the end of a lesson's module.
 */
#ifndef MODULE_H
#define MODULE_H

/** The module's variables go: what they still hold (lesson.h, module_holds) is dropped. */
void module_end(void);

#endif
