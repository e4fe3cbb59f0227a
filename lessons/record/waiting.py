"""How a loop waits in select: by the real clock as it is, by the virtual one not at all unless something
outside can still happen; and when nothing ever can, the program is stuck, and that is said."""
import gc
import os
import signal
import sys
import threading
import types

from _loopglass.clock import monotonic_ns, sleep
from _loopglass.naps import naps
from _loopglass.objects import ident
from _loopglass.trace import complain, trace

GRACE = 0.01  # seconds that the outside world gets before virtual time moves on

END_OF_JOB = '_chain_future.<locals>._set_state'  # the callback by which an executor tells the loop

STUCK = 3  # exit status

watchdog_threads = int  # loop.py puts in its place how many the recorder has itself

first_handlers = {}  # signal -> its handler when the program began


def wait(loop, real, timeout):
    """The events for which the loop waits, by real(timeout), its selector's own select."""
    if loop._glass.virtual:
        return _wait_virtually(loop, real, timeout)
    if timeout is None and not _can_be_woken(loop):
        events = real(0)
        if events or loop._ready:
            return events
        stuck(loop)
    return real(timeout)


def _wait_virtually(loop, real, timeout):
    events = real(0)
    while not events and loop._glass.jobs > 0:  # in a thread, where time is real …
        end = naps.end(loop._glass)
        if end is None:
            events = real(0.001)
        elif loop._ready:  # one has ended meanwhile, and the next in its thread sleeps already
            return real(0)
        elif timeout is not None and loop._scheduled and loop._scheduled[0]._when <= end:
            break
        else:  # … unless all of them sleep
            trace.clock.move(end)
            naps.wake()
    if events:
        let_jobs_begin(loop)
    if not events and timeout is None:
        if _can_be_woken(loop):
            return real(None)
        events = real(0)  # once more: a thread that has called the loop meanwhile is gone by now
        if not events and not loop._ready:
            stuck(loop)
        return events
    if not events:
        events = real(min(GRACE, timeout) if _has_descriptors(loop) or _other_threads(loop) else 0)
    if events:
        return events
    scheduled = loop._scheduled
    when = scheduled[0]._when if scheduled else trace.clock.seconds + timeout
    trace.clock.move(min(when, trace.clock.seconds + timeout) if timeout >= 86400 else when)
    return []


def let_jobs_begin(loop):
    """A job has been given to a thread, or one has ended and leaves its thread to the next: what that does until it
    sleeps comes before what the loop does now, each time. Where jobs sleep at all, and not for long."""
    ends = sum(getattr(handle._callback, '__qualname__', '') == END_OF_JOB for handle in loop._ready)
    began = monotonic_ns()
    while naps.are_taken and not naps.all_nap(loop._glass, loop._glass.jobs - ends):
        if monotonic_ns() - began > GRACE * 1e9:
            break
        sleep(0.0002)


def _has_descriptors(loop):
    own = loop._ssock.fileno() if loop._ssock is not None else -1
    return any(fd != own for fd in loop._selector.get_map())


def _other_threads(loop):
    """Are there threads that may yet call the loop? Those of its executor may not while they have no job."""
    executor = loop._default_executor
    idle = set(getattr(executor, '_threads', ())) if executor is not None and loop._glass.jobs == 0 else set()
    me = threading.current_thread()
    if any(thread is not me and thread not in idle for thread in threading.enumerate()):
        return True
    try:
        return len(os.listdir('/proc/self/task')) > 1 + len(idle) + watchdog_threads()
    except OSError:
        return False


def _has_signal_handlers(loop):
    if loop._signal_handlers:
        return True
    return any(callable(handler) and handler is not first_handlers.get(number)
               for number, handler in _handlers().items() if number != signal.SIGINT)


def _handlers():
    return {number: signal.getsignal(number) for number in signal.valid_signals()}


def remember_handlers():
    first_handlers.update(_handlers())


def _can_be_woken(loop):
    return loop._glass.jobs > 0 or _has_descriptors(loop) or _has_signal_handlers(loop) or _other_threads(loop)


def waiting_tasks(loop):
    """(task, what it waits on), as ids, in the order in which the tasks were made."""
    import asyncio.tasks
    tasks = [task for task in asyncio.tasks.all_tasks(loop) if hasattr(task, '_glass')]
    tasks.sort(key=lambda task: int(task._glass[1:]))
    return [(task, task._fut_waiter) for task in tasks
            if task._fut_waiter is not None and not task._fut_waiter.done()]


def _frames_of(task):
    """The coroutines that a task is in, from the outermost on, and their frames."""
    coroutine = task.get_coro()
    while hasattr(coroutine, 'cr_await'):
        yield coroutine
        if coroutine.cr_frame is not None:
            yield coroutine.cr_frame
        coroutine = coroutine.cr_await


def _entered(task):
    """The locks whose `async with` a task has begun: each block keeps its __aexit__ on the coroutine's stack."""
    locks = sys.modules['asyncio.locks']
    leave = locks._ContextManagerMixin.__aexit__
    return [getattr(thing.__self__, '_lock', thing.__self__) for frame in _frames_of(task)
            for thing in gc.get_referents(frame)
            if type(thing) is types.MethodType and thing.__func__ is leave]


def held_locks(pairs):
    """(future, task): a wait for a lock, and who has it, as far as the program took it by `async with`."""
    if 'asyncio.locks' not in sys.modules:
        return []
    held = []
    for holder, its in pairs:
        for lock in _entered(holder):
            line = getattr(lock, '_waiters', None) or ()
            if type(lock).__name__ == 'Lock' and its not in line:
                held += [(future, holder) for _, future in pairs if future in line]
    return held


def _describe(task, future):
    name = getattr(task.get_coro(), '__qualname__', '?')
    other = future.get_name() if hasattr(future, 'get_name') else 'future %s' % ident(future)
    return '%s (%s) waits on %s' % (task.get_name(), name, other)


def stuck(loop):
    """Records it, says it, and ends the program, which would wait for ever."""
    pairs = waiting_tasks(loop)
    tasks = ','.join([f'["{ident(task)}","{ident(future)}"]' for task, future in pairs])
    held = ','.join([f'["{ident(future)}","{ident(holder)}"]' for future, holder in held_locks(pairs)])
    held = f',"held":[{held}]' if held else ''
    trace.emit(f'"stuck","why":"stuck","tasks":[{tasks}]{held}{loop._glass_key}')
    trace.end('stuck', STUCK)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            pass
    complain('stuck: nothing can ever wake the loop: ' + '; '.join([_describe(*pair) for pair in pairs]))
    os._exit(STUCK)
