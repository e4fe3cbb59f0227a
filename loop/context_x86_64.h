/*
 * context_x86_64.h — the switch on x86-64 (System V ABI). The idea is in context.h.
 *
 * Nothing is pushed: what lies below the stack pointer, 128 bytes that a function may use without saying so,
 * stays as it is.
 */
#ifndef CONTEXT_X86_64_H
#define CONTEXT_X86_64_H

#include <stdint.h>

#ifdef __AVX512F__
#define CONTEXT_AVX512_LOST                                                                              \
    , "xmm16", "xmm17", "xmm18", "xmm19", "xmm20", "xmm21", "xmm22", "xmm23", "xmm24", "xmm25", "xmm26", \
        "xmm27", "xmm28", "xmm29", "xmm30", "xmm31", "k1", "k2", "k3", "k4", "k5", "k6", "k7"
#else
#define CONTEXT_AVX512_LOST
#endif

static inline __attribute__((always_inline)) StackPoint *context_switch(StackPoint *from, StackPoint *to)
{
    __asm__ volatile("leaq 1f(%%rip), %%rax\n\t"
                     "movq %%rsp, (%0)\n\t"
                     "movq %%rbp, 8(%0)\n\t"
                     "movq %%rax, 16(%0)\n\t"
                     "movq (%1), %%rsp\n\t"
                     "movq 8(%1), %%rbp\n\t"
                     "jmp *16(%1)\n"
                     "1:"
                     : "+D"(from), "+S"(to)
                     :
                     : "rax", "rbx", "rcx", "rdx", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "cc",
                       "memory", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8",
                       "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15", "st", "st(1)", "st(2)",
                       "st(3)", "st(4)", "st(5)", "st(6)", "st(7)" CONTEXT_AVX512_LOST);
    return from;
}

/* A function is entered with rsp 8 off a multiple of 16; the zero where its return address would stand ends a
   debugger's backtrace. */
static inline void context_make(StackPoint *point, void *stack_top, ContextEntry *entry)
{
    char *aligned = (char *)stack_top - ((uintptr_t)stack_top & 15);
    uintptr_t *top = (uintptr_t *)(void *)aligned;
    *--top = 0;
    point->stack = top;
    point->entry = entry;
}

#endif
