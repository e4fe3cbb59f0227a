/*
 * Going through a plan, copying and cutting it.
 */
#include "plan.h"

#include <stdlib.h>
#include <string.h>

/* Visits every statement of a list in the order of its writing. @return false: it was stopped */
typedef bool (*Visit)(Node *node, void *context);

static bool visit(Node *node, Visit function, void *context)
{
    for (; node; node = node->next)
        if (!function(node, context) || !visit(node->inner, function, context) ||
            !visit(node->behind, function, context))
            return false;
    return true;
}

static void visit_used(const Plan *plan, Visit function, void *context)
{
    bool used[MOST_FUNCTIONS];
    plan_used(plan, used);
    for (int k = 0; k < plan->function_count; k++)
        if (used[k] && !visit(plan->functions[k].first, function, context))
            break;
}

static bool has_letter(const Op *op, char letter)
{
    char wanted[] = {'$', letter, '\0'};
    return strstr(op->python, wanted) || strstr(op->c, wanted);
}

/* ---------------------------------------------------------------------------------------- questions ---- */

static bool mark_used(Node *node, void *context)
{
    bool *used = context;
    static const char letters[] = "bck";
    for (const char *letter = letters; *letter; letter++)
        if (has_letter(node->op, *letter))
            used[node->value[*letter - 'A']] = true;
    if (has_letter(node->op, 'A') && node->one.kind == 'b')
        used[node->one.number] = true;
    if (has_letter(node->op, 'I'))
        for (int k = 0; k < node->count; k++)
            if (node->items[k].kind == 'b')
                used[node->items[k].number] = true;
    return true;
}

void plan_used(const Plan *plan, bool *used)
{
    memset(used, 0, MOST_FUNCTIONS * sizeof *used);
    used[0] = true;
    for (int k = 0; k < plan->function_count; k++)
        if (used[k])
            visit(plan->functions[k].first, mark_used, used);
}

static bool lacks_letter(Node *node, void *letter)
{
    return !has_letter(node->op, *(char *)letter);
}

bool plan_has(const Plan *plan, char letter)
{
    bool used[MOST_FUNCTIONS], found = false;
    plan_used(plan, used);
    for (int k = 0; k < plan->function_count && !found; k++)
        found = used[k] && !visit(plan->functions[k].first, lacks_letter, &letter);
    return found;
}

static bool lacks_text(Node *node, void *text)
{
    return !strstr(node->op->python, text);
}

bool plan_says(const Plan *plan, const char *text)
{
    bool used[MOST_FUNCTIONS], found = false;
    plan_used(plan, used);
    for (int k = 0; k < plan->function_count && !found; k++)
        found = used[k] && !visit(plan->functions[k].first, lacks_text, (void *)text);
    return found;
}

int plan_slot(const Plan *plan, int function)
{
    return (function - 1) * TASKS / (plan->function_count > 1 ? plan->function_count - 1 : 1);
}

/* --------------------------------------------------------------------------------- copying, freeing ---- */

static Node *copy_list(const Node *node)
{
    Node *first = NULL, **end = &first;
    for (; node; node = node->next) {
        *end = malloc(sizeof **end);
        if (!*end)
            abort();
        **end = *node;
        (*end)->inner = copy_list(node->inner);
        (*end)->behind = copy_list(node->behind);
        end = &(*end)->next;
    }
    *end = NULL;
    return first;
}

static void free_list(Node *node)
{
    while (node) {
        Node *next = node->next;
        free_list(node->inner);
        free_list(node->behind);
        free(node);
        node = next;
    }
}

Plan *plan_copy(const Plan *plan)
{
    Plan *copy = malloc(sizeof *copy);
    if (!copy)
        abort();
    *copy = *plan;
    for (int k = 0; k < plan->function_count; k++)
        copy->functions[k].first = copy_list(plan->functions[k].first);
    return copy;
}

void plan_free(Plan *plan)
{
    for (int k = 0; plan && k < plan->function_count; k++)
        free_list(plan->functions[k].first);
    free(plan);
}

/* ------------------------------------------------------------------------------------------ cutting ---- */

static bool count(Node *node, void *total)
{
    (void)node;
    ++*(int *)total;
    return true;
}

int plan_statements(const Plan *plan)
{
    int total = 0;
    visit_used(plan, count, &total);
    return total;
}

/* Which statements, as their numbers come by. */
typedef struct Cut {
    int at, from, count;
} Cut;

static int size_of(const Node *node)
{
    int total = 1;
    visit(node->inner, count, &total);
    visit(node->behind, count, &total);
    return total;
}

static void cut_list(Node **link, Cut *cut)
{
    while (*link) {
        Node *node = *link;
        if (cut->at >= cut->from && cut->at < cut->from + cut->count) {
            cut->at += size_of(node);
            *link = node->next;
            node->next = NULL;
            free_list(node);
            continue;
        }
        cut->at++;
        cut_list(&node->inner, cut);
        cut_list(&node->behind, cut);
        link = &node->next;
    }
}

void plan_drop(Plan *plan, int from, int many)
{
    bool used[MOST_FUNCTIONS];
    Cut cut = {0, from, many};
    plan_used(plan, used);
    for (int k = 0; k < plan->function_count; k++)
        if (used[k])
            cut_list(&plan->functions[k].first, &cut);
}

/* The place where the wanted statement hangs. */
static Node **find(Node **link, int *left)
{
    for (; *link; link = &(*link)->next) {
        if ((*left)-- == 0)
            return link;
        Node **found = find(&(*link)->inner, left);
        if (!found)
            found = find(&(*link)->behind, left);
        if (found)
            return found;
    }
    return NULL;
}

static Node **find_statement(Plan *plan, int statement)
{
    bool used[MOST_FUNCTIONS];
    plan_used(plan, used);
    for (int k = 0; k < plan->function_count; k++) {
        Node **found = used[k] ? find(&plan->functions[k].first, &statement) : NULL;
        if (found)
            return found;
    }
    return NULL;
}

bool plan_unwrap(Plan *plan, int statement)
{
    Node **link = find_statement(plan, statement);
    /* What names the group or the timeout around it cannot do without. */
    if (!link || !(*link)->inner || strstr((*link)->op->python, "$#"))
        return false;
    Node *node = *link, *last = node->inner;
    while (last->next)
        last = last->next;
    *link = node->inner;
    last->next = node->next;
    node->inner = node->next = NULL;
    free_list(node);
    return true;
}

bool plan_drop_item(Plan *plan, int statement, int item)
{
    Node **link = find_statement(plan, statement);
    if (!link || item >= (*link)->count)
        return false;
    Node *node = *link;
    memmove(&node->items[item], &node->items[item + 1], (size_t)(--node->count - item) * sizeof(Item));
    return true;
}
