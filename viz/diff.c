/*
 * diff.c — the first difference of two traces.
 */
#include "diff.h"

#include <string.h>

/* ------------------------------------------------------------------------------------- two points ---- */

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* The same output, though each program stands in a file of its own name (an error names it). */
static bool same_output(const DiffSide *one, const char *a, const DiffSide *other, const char *b)
{
    size_t its = strlen(one->listing), theirs = strlen(other->listing);
    while (a != NULL && b != NULL && *a != '\0') {
        if (its > 0 && theirs > 0 && strncmp(a, one->listing, its) == 0 &&
            strncmp(b, other->listing, theirs) == 0) {
            a += its;
            b += theirs;
        } else if (*a++ != *b++) {
            return false;
        }
    }
    return a == b || (a != NULL && b != NULL && *b == '\0');
}

static const Frame *next_of_listing(const DiffPoint *point, size_t *k)
{
    while (*k < point->chain_count && point->chain[*k].source != ID('s', 1))
        ++*k;
    return *k < point->chain_count ? &point->chain[(*k)++] : NULL;
}

/* The frames of the listing alone: how deep the library's own go is its own affair. */
static bool same_chain(const DiffPoint *a, const DiffPoint *b)
{
    size_t k = 0, m = 0;
    const Frame *its, *theirs;
    do {
        its = next_of_listing(a, &k);
        theirs = next_of_listing(b, &m);
        if (its != NULL && theirs != NULL &&
            (its->line != theirs->line || !same_text(its->function, theirs->function)))
            return false;
    } while (its != NULL && theirs != NULL);
    return its == theirs;
}

static bool same_place(const DiffPoint *a, const DiffPoint *b)
{
    if (a->helper && b->helper)
        return true;
    return a->line == b->line && a->defined == b->defined && same_chain(a, b);
}

static bool same_ids(const DiffPoint *a, const DiffPoint *b)
{
    return a->id_count == b->id_count &&
           (a->id_count == 0 || memcmp(a->ids, b->ids, a->id_count * sizeof *a->ids) == 0);
}

/* Its number. What a real clock has measured is never the same twice: of a select's timeout it is only told
 * whether there is one. */
static bool same_number(const DiffPoint *a, const DiffPoint *b, bool real)
{
    if (!real)
        return a->n == b->n;
    if (a->kind == EV_SELECT)
        return (a->n > 0) == (b->n > 0) && (a->n < 0) == (b->n < 0);
    return a->kind == EV_TIMER || a->kind == EV_BLOCKED || a->n == b->n;
}

static DiffAspect differ(const DiffSide *one, const DiffPoint *a, const DiffSide *other, const DiffPoint *b,
                         bool lines)
{
    bool real = one->is_real || other->is_real;
    if (a->kind != b->kind)
        return DIFF_KIND;
    if (a->task != b->task || (a->kind == EV_DONE && a->future != b->future))
        return DIFF_WHO;
    if (a->word != b->word || a->why != b->why || a->by != b->by || !same_number(a, b, real) ||
        a->future != b->future || !same_ids(a, b))
        return DIFF_WHAT;
    bool names = a->kind == EV_TASK && !(a->helper && b->helper);
    if (a->kind == EV_OUTPUT ? !same_output(one, a->text, other, b->text)
                             : names && (!same_text(a->text, b->text) || !same_text(a->text2, b->text2)))
        return DIFF_TEXT;
    if (a->handle != b->handle)
        return DIFF_HANDLE;
    if (lines && one->has_lines && other->has_lines && !same_place(a, b))
        return DIFF_PLACE;
    return !real && a->ts != b->ts ? DIFF_TIME : DIFF_NONE;
}

bool diff_alike(const DiffPoint *a, const DiffPoint *b)
{
    return a->kind == b->kind && a->task == b->task && a->word == b->word && a->why == b->why &&
           a->by == b->by && (a->kind == EV_TIMER || a->n == b->n) &&
           (a->kind != EV_DONE || a->future == b->future) && same_text(a->text, b->text) &&
           (a->task != ID_NONE || a->handle == b->handle);
}

/* -------------------------------------------------------------------------------------- two traces ---- */

/* Of two long outputs, what is shown begins a little before they part. */
static void move_to_difference(DiffPoint *a, DiffPoint *b)
{
    enum { LEAD = 24 };
    size_t k = 0;
    while (a->text[k] != '\0' && a->text[k] == b->text[k])
        k++;
    if (k < DIFF_EXCERPT / 2)
        return;
    for (k -= LEAD; ((unsigned char)a->text[k] & 0xc0) == 0x80;)
        k--;
    a->text += k;
    b->text += k;
}

/* The place itself, some that follow, and to the end for its length. */
static void read_rest(DiffSide *side, const DiffPoint *point, bool has)
{
    DiffPoint next;
    if (has)
        diff_keep(side, &side->after[side->after_count++], point);
    while (diff_next(side, &next))
        if (side->after_count < sizeof side->after / sizeof *side->after)
            diff_keep(side, &side->after[side->after_count++], &next);
}

DiffAspect diff_sides(DiffSide *one, DiffSide *other, bool lines)
{
    DiffPoint a, b;
    for (uint32_t k = 0;; k++) {
        bool has = diff_next(one, &a), has_other = diff_next(other, &b);
        if ((!has && one->problem[0] != '\0') || (!has_other && other->problem[0] != '\0') ||
            (!has && !has_other))
            return DIFF_NONE;
        DiffAspect aspect = has && has_other ? differ(one, &a, other, &b, lines) : DIFF_KIND;
        if (aspect == DIFF_TEXT && a.kind == EV_OUTPUT && a.text != NULL && b.text != NULL)
            move_to_difference(&a, &b);
        if (aspect != DIFF_NONE) {
            read_rest(one, &a, has);
            read_rest(other, &b, has_other);
            one->same = other->same = k;
            return aspect;
        }
        diff_keep(one, &one->before[k % DIFF_AROUND], &a);
        diff_keep(other, &other->before[k % DIFF_AROUND], &b);
    }
}
