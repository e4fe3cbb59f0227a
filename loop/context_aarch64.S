/*
 * context_aarch64.S — the switch on AArch64 (AAPCS64). The idea is in context.h.
 *
 * A call preserves x19 … x28, the frame pointer x29, the link register x30 (where to go on) and the low halves
 * of v8 … v15. `br x9` instead of `ret`: the return predictor knows only the calls of the stack that was left.
 */
#if defined(__aarch64__) && !defined(LOOP_UCONTEXT)

        .text
        .globl  context_switch
        .type   context_switch, %function
        .balign 16
context_switch:                         /* x0: void **from   x1: void *to */
        .cfi_startproc
        sub     sp, sp, #160
        .cfi_adjust_cfa_offset 160
        stp     x19, x20, [sp, #0]
        stp     x21, x22, [sp, #16]
        stp     x23, x24, [sp, #32]
        stp     x25, x26, [sp, #48]
        stp     x27, x28, [sp, #64]
        stp     x29, x30, [sp, #80]
        stp     d8, d9, [sp, #96]
        stp     d10, d11, [sp, #112]
        stp     d12, d13, [sp, #128]
        stp     d14, d15, [sp, #144]
        mov     x9, sp
        str     x9, [x0]
        mov     sp, x1
        ldp     x19, x20, [sp, #0]
        ldp     x21, x22, [sp, #16]
        ldp     x23, x24, [sp, #32]
        ldp     x25, x26, [sp, #48]
        ldp     x27, x28, [sp, #64]
        ldp     x29, x9, [sp, #80]
        ldp     d8, d9, [sp, #96]
        ldp     d10, d11, [sp, #112]
        ldp     d12, d13, [sp, #128]
        ldp     d14, d15, [sp, #144]
        add     sp, sp, #160
        .cfi_adjust_cfa_offset -160
        mov     x30, x9                 /* what a return would have left; zero at a stack's first frame */
        br      x9
        .cfi_endproc
        .size   context_switch, . - context_switch

        .globl  context_make
        .type   context_make, %function
        .balign 16
context_make:                           /* x0: void *stack_top   x1: entry   ->  x0: top */
        .cfi_startproc
        and     x0, x0, #-16
        sub     x0, x0, #160
        stp     xzr, x1, [x0, #80]      /* only the frame pointer and where to begin matter */
        ret
        .cfi_endproc
        .size   context_make, . - context_make

#endif
#if defined(__linux__) && defined(__ELF__)
        .section .note.GNU-stack, "", %progbits
#endif
