/*
 * context_aarch64.h — the switch on AArch64 (AAPCS64). The idea is in context.h.
 *
 * The landing place carries the mark that branch target identification asks of an indirect jump (hint 36: bti
 * j), and the jump goes by x16, which may also enter a function.
 */
#ifndef CONTEXT_AARCH64_H
#define CONTEXT_AARCH64_H

#include <stdint.h>

static inline __attribute__((always_inline)) StackPoint *context_switch(StackPoint *from, StackPoint *to)
{
    register StackPoint *left __asm__("x0") = from;
    register StackPoint *entered __asm__("x1") = to;
    __asm__ volatile("adr x16, 1f\n\t"
                     "mov x10, sp\n\t"
                     "stp x10, x29, [x0]\n\t"
                     "str x16, [x0, #16]\n\t"
                     "ldp x10, x29, [x1]\n\t"
                     "ldr x16, [x1, #16]\n\t"
                     "mov sp, x10\n\t"
                     "br x16\n"
                     "1:\n\t"
                     "hint #36"
                     : "+r"(left), "+r"(entered)
                     :
                     : "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14",
                       "x15", "x16", "x17", "x18", "x19", "x20", "x21", "x22", "x23", "x24", "x25", "x26",
                       "x27", "x28", "x30", "cc", "memory", "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7",
                       "v8", "v9", "v10", "v11", "v12", "v13", "v14", "v15", "v16", "v17", "v18", "v19",
                       "v20", "v21", "v22", "v23", "v24", "v25", "v26", "v27", "v28", "v29", "v30", "v31");
    return left;
}

static inline void context_make(StackPoint *point, void *stack_top, ContextEntry *entry)
{
    char *aligned = (char *)stack_top - ((uintptr_t)stack_top & 15);
    point->stack = aligned;
    point->entry = entry;
}

#endif
