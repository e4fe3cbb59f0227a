/*
 * From a seed to a plan. Each seed has some of the features only (as swarm testing has it: what is in every
 * program hides what shows only where it is absent), and each function is grown statement by statement.
 */
#include "plan.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_COST = 160, MOST_MAIN_COST = 240, DEEPEST = 3, MOST_BLOCKS_IN_ONE = 8 };

typedef struct Grower {
    Plan *plan;
    uint64_t random;
    int function;                  /* that grows */
    int multiple;                  /* how often the statement that grows runs in one call */
    int statement;                 /* number of the last one */
    int blocks;                    /* groups and timeouts of the function so far */
    int group, timeout, condition; /* those around it; -1: none */
} Grower;

static uint64_t next(Grower *grower)
{
    uint64_t z = grower->random += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static int below(Grower *grower, int limit)
{
    return (int)(next(grower) % (uint64_t)limit);
}

/* -------------------------------------------------------------------------------- what may be chosen ---- */

static int cost_left(const Grower *grower)
{
    int most = grower->function == 0 ? MOST_MAIN_COST : MOST_COST;
    return most - grower->plan->functions[grower->function].cost;
}

/* A later function of this kind that is not too much. @return 0: none */
static int choose_function(Grower *grower, FunctionKind kind)
{
    const Plan *plan = grower->plan;
    int fitting[MOST_FUNCTIONS], count = 0;
    for (int k = grower->function + 1; k < plan->function_count; k++)
        if (plan->functions[k].kind == kind &&
            plan->functions[k].cost * grower->multiple <= cost_left(grower))
            fitting[count++] = k;
    return count ? fitting[below(grower, count)] : 0;
}

static void pay_for(Grower *grower, int function)
{
    Plan *plan = grower->plan;
    plan->functions[grower->function].cost += plan->functions[function].cost * grower->multiple;
}

/*
 * Slots of tasks that this function may wait for directly: those of later functions only, so that no two
 * tasks ever wait for each other: cancelling one would go round for ever, in CPython too.
 */
static int choose_awaited_slot(Grower *grower)
{
    int first = grower->function == 0 ? 0 : plan_slot(grower->plan, grower->function) + 1;
    return first < TASKS ? first + below(grower, TASKS - first) : -1;
}

static Item choose_item(Grower *grower, bool coroutines, bool any_task)
{
    int choice = below(grower, 10), slot = any_task ? below(grower, TASKS) : choose_awaited_slot(grower);
    if (coroutines && choice < 4) {
        int function = choose_function(grower, COROUTINE);
        if (function) {
            pay_for(grower, function);
            return (Item){'b', function};
        }
    }
    bool futures = grower->plan->features[FUTURES] || grower->plan->features[SHIELDS];
    if (choice < (futures ? 7 : 9) && slot >= 0)
        return (Item){'t', slot};
    return (Item){'f', below(grower, PLAIN_FUTURES)};
}

static bool has(const Op *op, const char *placeholder)
{
    return strstr(op->python, placeholder) || strstr(op->c, placeholder);
}

static bool has_function(const Grower *grower, FunctionKind kind)
{
    Grower trial = *grower;
    return choose_function(&trial, kind) != 0;
}

static bool fits(const Grower *grower, const Op *op, int depth, bool last)
{
    const Plan *plan = grower->plan;
    int place = plan->functions[grower->function].kind == COROUTINE ? BODY : CALLBACK;
    if (!plan->features[op->feature] || !(op->places & place) || ((op->places & LAST) && !last))
        return false;
    if (((op->places & IN_GROUP) && grower->group < 0) ||
        ((op->places & IN_TIMEOUT) && grower->timeout < 0) ||
        ((op->places & IN_CONDITION) && grower->condition < 0) ||
        ((op->places & IN_MAIN) && grower->function != 0))
        return false;
    if (has(op, "$B") && depth >= DEEPEST)
        return false;
    if (has(op, "$#") && grower->blocks >= MOST_BLOCKS_IN_ONE)
        return false;
    return (!has(op, "$b") || has_function(grower, COROUTINE)) &&
           (!has(op, "$c") || has_function(grower, CALL)) &&
           (!has(op, "$k") || has_function(grower, DONE_CALLBACK)) &&
           (!has(op, "$u") || grower->function == 0 || plan_slot(plan, grower->function) + 1 < TASKS);
}

static const Op *choose_op(Grower *grower, int depth, bool last)
{
    int total = 0;
    for (const Op *op = ops; op->python; op++)
        total += fits(grower, op, depth, last) ? op->weight : 0;
    int choice = below(grower, total);
    for (const Op *op = ops;; op++)
        if (fits(grower, op, depth, last) && (choice -= op->weight) < 0)
            return op;
}

/* -------------------------------------------------------------------------------------------- growing ----
 */

static void choose_values(Grower *grower, Node *node)
{
    static const struct {
        char letter;
        int limit;
    } limits[] = {
        {'f', PLAIN_FUTURES},
        {'F', PLAIN_FUTURES},
        {'t', TASKS},
        {'h', HANDLES},
        {'H', HANDLES},
        {'g', GATHERED},
        {'P', GATHERED},
        {'n', COUNTERS},
        {'l', OBJECTS},
        {'E', OBJECTS},
        {'s', OBJECTS},
        {'C', OBJECTS},
        {'R', OBJECTS},
        {'q', OBJECTS},
        {'d', 8},
        {'D', 7},
        {'w', 8},
        {'v', 100},
        {'e', 100},
        {'m', 100},
        {'x', 6},
        {'o', 3},
        {'r', 2},
        {'N', 3},
    };
    for (size_t k = 0; k < sizeof limits / sizeof *limits; k++)
        node->value[limits[k].letter - 'A'] = below(grower, limits[k].limit);
    node->value['G' - 'A'] = grower->group;
    node->value['U' - 'A'] = grower->timeout;
    if (node->op->places & IN_CONDITION)
        node->value['C' - 'A'] = grower->condition;
}

static void choose_references(Grower *grower, Node *node)
{
    static const struct {
        char placeholder[3];
        FunctionKind kind;
    } kinds[] = {{"$b", COROUTINE}, {"$c", CALL}, {"$k", DONE_CALLBACK}};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        if (has(node->op, kinds[k].placeholder)) {
            int function = choose_function(grower, kinds[k].kind);
            node->value[kinds[k].placeholder[1] - 'A'] = function;
            pay_for(grower, function);
        }
    if (has(node->op, "$T"))
        node->value['T' - 'A'] = plan_slot(grower->plan, node->value['b' - 'A']);
    if (has(node->op, "$u"))
        node->value['u' - 'A'] = choose_awaited_slot(grower);
    if (has(node->op, "$a") || has(node->op, "$A"))
        node->one = choose_item(grower, has(node->op, "$A"), has(node->op, "$a"));
    if (has(node->op, "$I") || has(node->op, "$S")) {
        node->count = below(grower, 8) ? 1 + below(grower, MOST_ITEMS) : 0;
        for (int k = 0; k < node->count; k++)
            node->items[k] = choose_item(grower, has(node->op, "$I"), has(node->op, "$S"));
    }
}

static Node *grow_list(Grower *grower, int depth, int most);

/* The blocks of a statement, with what they know of what is around them. */
static void grow_blocks(Grower *grower, Node *node, int depth)
{
    Grower around = *grower;
    if (has(node->op, "$#")) {
        node->block = grower->blocks++;
        *(node->op->feature == GROUPS ? &grower->group : &grower->timeout) = node->block;
    }
    if (node->op->feature == CONDITIONS)
        grower->condition = node->value['C' - 'A'];
    if (has(node->op, "for _"))
        grower->multiple *= 1 + node->value['N' - 'A'];
    if (has(node->op, "$B"))
        node->inner = grow_list(grower, depth + 1, 4);
    grower->group = around.group;
    grower->timeout = around.timeout;
    grower->condition = around.condition;
    if (has(node->op, "$X"))
        node->behind = grow_list(grower, depth + 1, 2);
    grower->multiple = around.multiple;
}

static Node *grow_statement(Grower *grower, const Op *op, int depth)
{
    Node *node = calloc(1, sizeof *node);
    if (!node)
        abort();
    node->op = op;
    node->number = ++grower->statement;
    choose_values(grower, node);
    choose_references(grower, node);
    grower->plan->functions[grower->function].cost += grower->multiple;
    if (has(op, "$B"))
        grow_blocks(grower, node, depth);
    return node;
}

static Node *grow_list(Grower *grower, int depth, int most)
{
    int count = 1 + below(grower, most);
    Node *first = NULL, **end = &first;
    for (int k = 0; k < count && cost_left(grower) > 0; k++) {
        *end = grow_statement(grower, choose_op(grower, depth, k == count - 1), depth);
        end = &(*end)->next;
    }
    return first;
}

/* The first op that has this in its Python. */
static const Op *op_with(const char *text)
{
    const Op *op = ops;
    while (!strstr(op->python, text))
        op++;
    return op;
}

static Node **append(Node **end, Node *node)
{
    *end = node;
    return &node->next;
}

/* Puts `try` around what may fail, mostly: a main coroutine that ends early shows little. */
static Node *caught(Grower *grower, Node *node)
{
    if (!has(node->op, "await") || has(node->op, "try:") || below(grower, 5) == 0)
        return node;
    Node *around = calloc(1, sizeof *around);
    if (!around)
        abort();
    around->op = op_with("try:");
    around->number = ++grower->statement;
    around->value['x' - 'A'] = below(grower, 4) ? 1 : below(grower, 6);
    around->inner = node;
    return around;
}

/*
 * The main coroutine begins with cancels to come, so that it does not wait for ever, and with a few tasks, so
 * that there is something to play with.
 */
static void grow_main(Grower *grower)
{
    Node *first = NULL, **end = &first;
    for (int k = below(grower, 5); k > 0; k--)
        end = append(end, grow_statement(grower, op_with("current_task().cancel)"), 0));
    for (int k = 0; k < TASKS && has_function(grower, COROUTINE); k++)
        if (below(grower, 4))
            end = append(end, grow_statement(grower, op_with("create_task"), 0));
    for (int k = 4 + below(grower, 10); k > 0 && cost_left(grower) > 0; k--)
        end = append(end, caught(grower, grow_statement(grower, choose_op(grower, 0, k == 1), 0)));
    grower->plan->functions[0].first = first;
}

Plan *plan_grow(uint64_t seed)
{
    Plan *plan = calloc(1, sizeof *plan);
    if (!plan)
        abort();
    Grower grower = {.plan = plan, .random = seed * 0x2545f4914f6cdd1du + 1};
    plan->seed = seed;
    for (int k = 0; k < FEATURES; k++)
        plan->features[k] = k == BASIC || below(&grower, 5) < 2;
    plan->features[STOPS] = below(&grower, 16) == 0;
    for (int k = 0; k < OBJECTS; k++) {
        plan->permits[k] = below(&grower, 3);
        plan->parties[k] = 1 + below(&grower, 3);
        plan->maxsize[k] = below(&grower, 3);
        plan->queue_kind[k] = below(&grower, 3);
    }
    plan->function_count = 4 + below(&grower, MOST_FUNCTIONS - 4);
    for (int k = plan->function_count - 1; k >= 0; k--) {
        Function *function = &plan->functions[k];
        int kind = below(&grower, 8);
        bool calls = plan->features[CALLBACKS] || plan->features[TIMERS];
        function->kind = k == 0 || !calls || kind < 5 ? COROUTINE : kind < 7 ? CALL : DONE_CALLBACK;
        grower.function = k;
        grower.multiple = 1;
        grower.blocks = 0;
        grower.group = grower.timeout = grower.condition = -1;
        function->cost = 1;
        if (k == 0)
            grow_main(&grower);
        else
            function->first = grow_list(&grower, 0, 7);
    }
    return plan;
}
