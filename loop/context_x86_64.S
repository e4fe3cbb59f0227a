/*
 * context_x86_64.S — the switch on x86-64 (System V ABI). The idea is in context.h.
 *
 *     higher   | address to go on at |
 *              | rbp rbx r12 … r15   |
 *     top ──►  +---------------------+
 */
#if defined(__x86_64__) && !defined(LOOP_UCONTEXT)

        .text
        .globl  context_switch
        .type   context_switch, @function
        .balign 16
context_switch:                         /* rdi: void **from   rsi: void *to */
        .cfi_startproc
        pushq   %rbp
        .cfi_adjust_cfa_offset 8
        pushq   %rbx
        .cfi_adjust_cfa_offset 8
        pushq   %r12
        .cfi_adjust_cfa_offset 8
        pushq   %r13
        .cfi_adjust_cfa_offset 8
        pushq   %r14
        .cfi_adjust_cfa_offset 8
        pushq   %r15
        .cfi_adjust_cfa_offset 8
        movq    %rsp, (%rdi)
        movq    %rsi, %rsp
        popq    %r15
        .cfi_adjust_cfa_offset -8
        popq    %r14
        .cfi_adjust_cfa_offset -8
        popq    %r13
        .cfi_adjust_cfa_offset -8
        popq    %r12
        .cfi_adjust_cfa_offset -8
        popq    %rbx
        .cfi_adjust_cfa_offset -8
        popq    %rbp
        .cfi_adjust_cfa_offset -8
        popq    %rdx                    /* popped and jumped to: see context.h */
        .cfi_adjust_cfa_offset -8
        .cfi_register %rip, %rdx
        jmp     *%rdx
        .cfi_endproc
        .size   context_switch, . - context_switch

/* Seven zeros for the registers and one more: a function is entered with rsp 8 off a multiple of 16, and the
   zero where a return address would stand ends a debugger's backtrace. */
        .globl  context_make
        .type   context_make, @function
        .balign 16
context_make:                           /* rdi: void *stack_top   rsi: entry   ->  rax: top */
        .cfi_startproc
        andq    $-16, %rdi
        leaq    -64(%rdi), %rax
        movq    $0, 56(%rax)
        movq    %rsi, 48(%rax)
        movq    $0, 40(%rax)
        movq    $0, 32(%rax)
        movq    $0, 24(%rax)
        movq    $0, 16(%rax)
        movq    $0, 8(%rax)
        movq    $0, (%rax)
        ret
        .cfi_endproc
        .size   context_make, . - context_make

#endif
#if defined(__linux__) && defined(__ELF__)
        .section .note.GNU-stack, "", %progbits
#endif
