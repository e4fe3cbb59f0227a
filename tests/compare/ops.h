/*
 * ops.h — the statements that a random program is made of, each written in Python and in C.
 *
 * An op is a template in both languages. What varies stands there as $ and a letter, the same in both:
 *
 *     $f $F  a future: f[2]; $F: to put another one in its place       $d  a delay      $w  a timeout, or
 * none $t $T  a task, likewise                                          $v  a value      $e  an exception $h
 * $H  a handle, likewise                                        $m  a message of a cancel, or none $g $P  a
 * gather, likewise                                        $u  a task that is made for this to be awaited $a
 * a future or a task                                        $N  a small number $I     several of them or
 * coroutines, to be awaited              $r  True or False $S     several of them $o  when wait() returns $A
 * one of them or a coroutine                                $x  what is caught $b     a new coroutine $L  the
 * statement's name in what is printed $c $k  a function for call_soon; for add_done_callback           $n  a
 * counter: n[1] $l $E $C $s $R $q   a lock, event, condition, semaphore, barrier, queue $G $U  the number of
 * the group, the timeout around this statement; $#: of the one that begins here $B $X  the block inside; the
 * block of `except` or `finally`
 *
 * A statement whose task or handle may not be there yet gets an `if` around it by itself.
 */
#ifndef TESTS_COMPARE_OPS_H
#define TESTS_COMPARE_OPS_H

typedef enum Feature {
    BASIC, /* always there; of the others each seed has some */
    FUTURES,
    CALLBACKS,
    TIMERS,
    CANCELS,
    UNCANCELS,
    WAITS,
    GATHERS,
    WAIT_FORS,
    TIMEOUTS,
    SHIELDS,
    AS_COMPLETEDS,
    GROUPS,
    LOCKS,
    EVENTS,
    CONDITIONS,
    SEMAPHORES,
    BARRIERS,
    QUEUES,
    ERRORS,
    STOPS,
    FEATURES,
} Feature;

typedef enum Place {
    BODY = 1,     /* a coroutine's: may await */
    CALLBACK = 2, /* a function that the loop calls */
    ANYWHERE = BODY | CALLBACK,
    IN_GROUP = 4, /* only inside the block of a task group */
    IN_TIMEOUT = 8,
    IN_CONDITION = 16,
    IN_MAIN = 64, /* only in the main task */
    LAST = 32,    /* ends the block */
} Place;

typedef struct Op {
    Feature feature;
    int weight;
    int places;
    const char *python, *c;
} Op;

/** Ends with one without templates. */
extern const Op ops[];

#endif
