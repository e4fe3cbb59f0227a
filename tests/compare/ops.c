/*
 * The table. Errors are values in C: where Python's tell() catches what a call raises, C's say() just says
 * it.
 */
#include "ops.h"

#include <stddef.h>

// clang-format off
const Op ops[] = {
    /* ------------------------------------------------------------------------------ output, control ---- */
    {BASIC, 4, ANYWHERE, "say($L)", "say($L, NONE);"},
    {BASIC, 2, ANYWHERE, "say($L, loop.time())", "say($L, now());"},
    {BASIC, 2, BODY, "for _ in range($N):\n$B", "for (int k = 0; k < $N; k++)\n    TRY($B);"},
    {BASIC, 2, BODY, "if $a.done():\n$B", "if (future_done($a))\n    TRY($B);"},
    {BASIC, 6, BODY,
        "try:\n$Bexcept $x as error:\n    say($L, error)\n$X",
        "{\n    Value outcome = $B;\n    if (value_failed(outcome) && $x) {\n        say($L, outcome);\n        outcome = $X;\n    }\n    TRY(outcome);\n}"},
    {BASIC, 2, BODY,
        "try:\n$Bfinally:\n    say($L)\n$X",
        "{\n    Value outcome = $B;\n    say($L, NONE);\n    TRY($X);\n    TRY(outcome);\n}"},
    {ERRORS, 2, BODY | LAST, "raise $e", "return $e;"},
    {ERRORS, 1, CALLBACK | LAST, "raise $e", "callback_failed($e);"},
    {STOPS, 1, BODY | LAST, "raise SystemExit", "return value_exception(&SystemExit, NULL);"},
    {STOPS, 1, BODY | LAST, "raise KeyboardInterrupt", "return value_exception(&KeyboardInterrupt, NULL);"},
    {STOPS, 1, CALLBACK | LAST, "raise KeyboardInterrupt", "callback_failed(value_exception(&KeyboardInterrupt, NULL));"},
    {STOPS, 1, ANYWHERE, "loop.stop()", "loop_stop(loop_running());"},

    /* -------------------------------------------------------------------------------- tasks, sleeps ---- */
    {BASIC, 10, ANYWHERE, "$T = keep(loop.create_task($b))", "$T = keep_task(task_create($b));"},
    {BASIC, 2, ANYWHERE, "$T = keep(asyncio.create_task($b, name=\"name $L\"))", "$T = keep_task(task_create_named($b, \"name $L\"));"},
    {BASIC, 1, ANYWHERE, "$T = keep(loop.create_task($b, name=\"name $L\"))", "$T = keep_task(loop_create_task(loop_running(), $b, \"name $L\"));"},
    {BASIC, 8, BODY, "await asyncio.sleep($d)", "TRY(await_sleep($d));"},
    {BASIC, 4, BODY, "await asyncio.sleep(0)", "TRY(await_sleep(0));"},
    {BASIC, 1, BODY, "say($L, await asyncio.sleep($d, $v))", "SAY($L, await_sleep_result($d, $v));"},
    {BASIC, 4, BODY, "say($L, await $u)", "SAY($L, await_task($u));"},
    {BASIC, 2, BODY, "say($L, await $b)", "SAY($L, await_coroutine($b));"},
    {BASIC, 1, ANYWHERE, "say($L, [$a.done(), $a.cancelled()])", "say($L, value_pair(value_bool(future_done($a)), value_bool(future_cancelled($a))));"},
    {BASIC, 1, ANYWHERE, "tell($L, $a.result)", "say($L, future_result($a));"},
    {BASIC, 1, ANYWHERE, "tell($L, $a.exception)", "say($L, future_exception($a));"},
    {BASIC, 1, ANYWHERE, "$t.set_name(\"new $L\")", "task_set_name($t, \"new $L\");"},
    {BASIC, 1, ANYWHERE, "say($L, $t.get_name())", "say($L, value_text(task_name($t)));"},

    /* --------------------------------------------------------------------------------------- futures ---- */
    {FUTURES, 5, BODY, "say($L, await $f)", "SAY($L, await_future($f));"},
    {FUTURES, 4, ANYWHERE, "tell($L, $f.set_result, $v)", "say($L, future_set_result($f, $v));"},
    {FUTURES, 2, ANYWHERE, "tell($L, $f.set_exception, $e)", "say($L, future_set_exception($f, $e));"},
    {FUTURES, 2, ANYWHERE, "say($L, $f.cancel($m))", "say($L, value_bool(future_cancel($f, $m)));"},
    {FUTURES, 2, ANYWHERE, "$F = keep(loop.create_future())", "$F = keep(loop_create_future(loop_running()));"},
    {FUTURES, 1, BODY, "tell($L, $t.set_result, $v)", "say($L, future_set_result(task_future($t), $v));"},

    /* ------------------------------------------------------------------------------------- callbacks ---- */
    {CALLBACKS, 4, ANYWHERE, "$H = loop.call_soon($c)", "$H = keep_handle(loop_call_soon(loop_running(), $c, NULL));"},
    {CALLBACKS, 4, ANYWHERE, "$a.add_done_callback($k)", "future_add_done_callback($a, $k, NULL);"},
    {CALLBACKS, 2, ANYWHERE, "say($L, $a.remove_done_callback($k))", "say($L, value_int((int64_t)future_remove_done_callback($a, $k, NULL)));"},
    {CALLBACKS, 2, ANYWHERE, "$h.cancel()", "handle_cancel($h);"},
    {CALLBACKS, 1, ANYWHERE, "say($L, $h.cancelled())", "say($L, value_bool(handle_cancelled($h)));"},
    {TIMERS, 4, ANYWHERE, "$H = loop.call_later($d, $c)", "$H = keep_handle(loop_call_later(loop_running(), $d, $c, NULL));"},
    {TIMERS, 2, ANYWHERE, "$H = loop.call_at($d, $c)", "$H = keep_handle(loop_call_at(loop_running(), $d, $c, NULL));"},
    {TIMERS, 2, ANYWHERE, "$H = loop.call_later($d, tell, $L, $f.set_result, $v)", "$H = keep_handle(set_result_later($f, $d, $L, $v));"},
    {TIMERS, 2, ANYWHERE, "$h.cancel()", "handle_cancel($h);"},
    {TIMERS, 1, ANYWHERE, "time.sleep($D)", "blocking_sleep($D);"},

    /* --------------------------------------------------------------------------------------- cancels ---- */
    {CANCELS, 9, ANYWHERE, "say($L, $t.cancel($m))", "say($L, value_bool(task_cancel($t, $m)));"},
    {CANCELS, 2, BODY, "asyncio.current_task().cancel($m)", "task_cancel(task_current(), $m);"},
    {CANCELS, 2, BODY,
        "try:\n$Bexcept asyncio.CancelledError as error:\n    say($L, error)\n",
        "{\n    Value outcome = $B;\n    if (value_is(outcome, &CancelledError)) {\n        say($L, outcome);\n        outcome = NONE;\n    }\n    TRY(outcome);\n}"},
    {CANCELS, 2, BODY, "loop.call_later($d, asyncio.current_task().cancel)", "cancel_later(task_current(), $d);"},
    {CANCELS, 1, BODY | LAST, "raise asyncio.CancelledError($m)", "return value_exception(&CancelledError, $m);"},
    {UNCANCELS, 3, ANYWHERE, "say($L, $t.uncancel())", "say($L, value_int(task_uncancel($t)));"},
    {UNCANCELS, 2, BODY, "say($L, asyncio.current_task().uncancel())", "say($L, value_int(task_uncancel(task_current())));"},
    {UNCANCELS, 2, ANYWHERE, "say($L, $t.cancelling())", "say($L, value_int(task_cancelling($t)));"},

    /* ---------------------------------------------------------------------------------- wait, gather ---- */
    {WAITS, 6, BODY, "say($L, sizes(await asyncio.wait([$S], timeout=$w, return_when=asyncio.$o)))", "SAY($L, await_sizes($S, $w, $o));"},
    {GATHERS, 5, BODY, "say($L, await asyncio.gather(*[$I], return_exceptions=$r))", "SAY($L, await_gather($I, $r));"},
    {GATHERS, 3, BODY, "$P = keep(asyncio.gather(*[$I], return_exceptions=$r))", "$P = keep(gather($I, $r));"},
    {GATHERS, 2, BODY | IN_MAIN, "say($L, await $g)", "SAY($L, await_future($g));"},
    {GATHERS, 2, ANYWHERE, "say($L, $g.cancel($m))", "say($L, value_bool(future_cancel($g, $m)));"},
    {WAIT_FORS, 6, BODY, "say($L, await asyncio.wait_for($A, $w))", "SAY($L, await_wait_for($A, $w));"},
    {SHIELDS, 4, BODY, "say($L, await asyncio.shield($A))", "SAY($L, await_shield($A));"},
    {SHIELDS, 2, BODY, "$F = keep(asyncio.shield($A))", "$F = keep(shield($A));"},
    {AS_COMPLETEDS, 5, BODY,
        "for coming in asyncio.as_completed([$I], timeout=$w):\n    say($L, await coming)",
        "{\n    AsCompleted *coming = as_completed($I, $w);\n    Value outcome = NONE;\n"
        "    while (!value_failed(outcome) && as_completed_left(coming)) {\n        outcome = await_next_completed(coming);\n"
        "        if (!value_failed(outcome))\n            say($L, outcome);\n    }\n    as_completed_free(coming);\n    TRY(outcome);\n}"},

    /* --------------------------------------------------------------------------------------- timeout ---- */
    {TIMEOUTS, 6, BODY, "async with asyncio.timeout($w) as limit$#:\n$B",
        "my->limit[$#] = timeout_enter($w);\nTRY(timeout_exit(my->limit[$#], $B, NULL));"},
    {TIMEOUTS, 2, BODY, "async with asyncio.timeout_at($w) as limit$#:\n$Bsay($L, limit$#.expired())",
        "{\n    bool expired;\n    my->limit[$#] = timeout_enter_at($w);\n    TRY(timeout_exit(my->limit[$#], $B, &expired));\n    say($L, value_bool(expired));\n}"},
    {TIMEOUTS, 5, BODY | IN_TIMEOUT, "limit$U.reschedule(loop.time() + $d)", "TRY(timeout_reschedule(my->limit[$U], loop_time(loop_running()) + $d));"},
    {TIMEOUTS, 2, BODY | IN_TIMEOUT, "limit$U.reschedule($w)", "TRY(timeout_reschedule(my->limit[$U], $w));"},
    {TIMEOUTS, 2, BODY | IN_TIMEOUT, "say($L, limit$U.expired())", "say($L, value_bool(timeout_expired(my->limit[$U])));"},

    /* ---------------------------------------------------------------------------------------- groups ---- */
    {GROUPS, 5, BODY, "async with asyncio.TaskGroup() as group$#:\n$B",
        "my->group[$#] = task_group_enter();\nTRY(await_task_group_exit(my->group[$#], $B));"},
    {GROUPS, 14, BODY | IN_GROUP, "$T = keep(group$G.create_task($b))",
        "TRY(task_group_refuses(my->group[$G]));\n$T = keep_task(task_group_create_task(my->group[$G], $b));"},

    /* -------------------------------------------------------------------- what takes turns: one at a time */
    {LOCKS, 6, BODY, "async with $l:\n$B", "TRY(await_lock_acquire($l));\nTRY(lock_exit($l, $B));"},
    {LOCKS, 2, BODY, "say($L, await $l.acquire())", "SAY($L, await_lock_acquire($l));"},
    {LOCKS, 2, ANYWHERE, "tell($L, $l.release)", "say($L, lock_release($l));"},
    {LOCKS, 1, ANYWHERE, "say($L, $l.locked())", "say($L, value_bool(lock_locked($l)));"},
    {EVENTS, 4, BODY, "say($L, await $E.wait())", "SAY($L, await_event_wait($E));"},
    {EVENTS, 3, ANYWHERE, "$E.set()", "event_set($E);"},
    {EVENTS, 2, ANYWHERE, "$E.clear()", "event_clear($E);"},
    {EVENTS, 1, ANYWHERE, "say($L, $E.is_set())", "say($L, value_bool(event_is_set($E)));"},
    {CONDITIONS, 7, BODY, "async with $C:\n$B", "TRY(await_condition_acquire($C));\nTRY(condition_exit($C, $B));"},
    {CONDITIONS, 6, BODY | IN_CONDITION, "say($L, await $C.wait())", "SAY($L, await_condition_wait($C));"},
    {CONDITIONS, 3, BODY | IN_CONDITION, "say($L, await $C.wait_for(lambda: $n >= 2))", "SAY($L, await_condition_wait_for($C, at_least_2, &$n));"},
    {CONDITIONS, 6, BODY | IN_CONDITION, "$C.notify($N)", "TRY(condition_notify($C, $N));"},
    {CONDITIONS, 3, BODY | IN_CONDITION, "$C.notify_all()", "TRY(condition_notify_all($C));"},
    {CONDITIONS, 1, ANYWHERE, "tell($L, $C.notify)", "say($L, condition_notify($C, 1));"},
    {CONDITIONS, 3, ANYWHERE, "$n += 1", "$n += 1;"},
    {SEMAPHORES, 6, BODY, "async with $s:\n$B", "TRY(await_semaphore_acquire($s));\nTRY(semaphore_exit($s, $B));"},
    {SEMAPHORES, 2, BODY, "say($L, await $s.acquire())", "SAY($L, await_semaphore_acquire($s));"},
    {SEMAPHORES, 3, ANYWHERE, "tell($L, $s.release)", "say($L, semaphore_release($s));"},
    {SEMAPHORES, 1, ANYWHERE, "say($L, $s.locked())", "say($L, value_bool(semaphore_locked($s)));"},
    {BARRIERS, 6, BODY, "say($L, await $R.wait())", "SAY($L, await_barrier_wait($R));"},
    {BARRIERS, 1, BODY, "await $R.reset()", "TRY(await_barrier_reset($R));"},
    {BARRIERS, 1, BODY, "await $R.abort()", "TRY(await_barrier_abort($R));"},
    {BARRIERS, 1, ANYWHERE, "say($L, [$R.n_waiting, $R.broken])", "say($L, value_pair(value_int(barrier_n_waiting($R)), value_bool(barrier_broken($R))));"},

    /* ---------------------------------------------------------------------------------------- queues ---- */
    {QUEUES, 5, BODY, "say($L, await $q.get())", "SAY($L, await_queue_get($q));"},
    {QUEUES, 5, BODY, "await $q.put($v)", "TRY(await_queue_put($q, $v));"},
    {QUEUES, 3, ANYWHERE, "tell($L, $q.get_nowait)", "say($L, queue_get_nowait($q));"},
    {QUEUES, 3, ANYWHERE, "tell($L, $q.put_nowait, $v)", "say($L, queue_put_nowait($q, $v));"},
    {QUEUES, 2, ANYWHERE, "tell($L, $q.task_done)", "say($L, queue_task_done($q));"},
    {QUEUES, 1, BODY, "await $q.join()", "TRY(await_queue_join($q));"},
    {QUEUES, 1, ANYWHERE, "say($L, [$q.qsize(), $q.full()])", "say($L, value_pair(value_int((int64_t)queue_size($q)), value_bool(queue_full($q))));"},

    {BASIC, 0, 0, NULL, NULL},
};
// clang-format on
