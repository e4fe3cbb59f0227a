/*
 * versions.h — rules that not every CPython has. The profile is 3.11.7; under another Python the programs
 * that depend on such a rule are skipped, each with the rule's name, and all others are compared.
 */
#ifndef TESTS_COMPARE_VERSIONS_H
#define TESTS_COMPARE_VERSIONS_H

#include <stdbool.h>
#include <stddef.h>

/** 3.11.7 is 31107. */
typedef int Version;

enum { PROFILE = 31107 };

typedef struct VersionRule {
    const char *name;
    Version from, before; /* these versions differ: from <= version < before */
    const char
        *words;       /* a program with one of these in its text depends on it, "a|b"; NULL: says so itself */
    const char *what; /* how they differ */
} VersionRule;

/** Ends with a rule without a name. */
extern const VersionRule version_rules[];

/** Does this Python differ from the profile in the rule? */
bool version_differs(Version version, const VersionRule *rule);
/**
 * The first rule on which a program depends, by its words or by `# differs: NAME` at its head, and in which
 * this Python differs. @return NULL: it can be compared
 */
const VersionRule *version_rule_of(const char *program, Version version);
/** Tells on stdout in which rules this Python differs; nothing for the profile's own. */
void version_tell(Version version);

#endif
