"""CPython's selector loop with an ear at its boundaries. Its _run_once, and all else that schedules, is its
own; what is watched is what goes in and out: the ready queue, the selector, and the start and end of things.
"""
import asyncio
import asyncio.unix_events
import collections
import functools
import selectors
import threading
import weakref
from _thread import get_ident

from _loopglass import waiting
from _loopglass.clock import monotonic_ns, sleep
from _loopglass.objects import (await_chain, callback_name, exception_text, ident, isfuture, is_stranger, meet_task,
                                new_callback, new_handle, note_done, note_strangers, outcome, strangers,
                                target_of)
from _loopglass.futures import Adding, Future
from _loopglass.snapshots import write_snapshot
from _loopglass.text import quote
from _loopglass.trace import trace
from _loopglass.watchdog import Watchdog, ended, keep_out_of_forks

_Loop = asyncio.unix_events._UnixSelectorEventLoop

loops = []  # all that were made are counted, none is kept: their numbers only

PATIENCE = 2000  # times half a millisecond that another thread waits for the loop

# Where in its iteration a loop is; RUNNING also outside of one.
RUNNING, SELECTING, EVENTS, TIMERS = range(4)

STOCK_TIMES = [_Loop.time]  # a loop may have a time() of its own

running = {}  # thread id -> the Watch of the loop that runs in it

watchdog = Watchdog(running)


class Watch:
    """What the recorder knows of one loop."""
    virtual = False
    snapshots = False

    def __init__(self, loop):
        loops.append(None)
        self.number = len(loops)
        self.key = '' if self.number == 1 else ',"loop":%d' % self.number
        self.loop = weakref.ref(loop)
        self.own_time = type(loop).time not in STOCK_TIMES  # the program's
        self.phase = RUNNING
        self.iterations = 0
        self.thread = None  # in which it runs
        self.handle = None  # id of the handle that runs
        self.task = None  # the task that it steps
        self.task_key = ''  # ',"task":"t1"' while it does
        self.jobs = 0  # in executors …
        self.others = weakref.WeakSet()  # … of the program's own
        self.paused = False
        self.began = 0  # when its step began, if that is watched
        self.told = False  # that it blocks
        self.place = ''  # ',"by":["s1",4]', where it did

    def pause(self):
        """Called when a step ends. lines.py puts its own in place of these two where that pays."""

    def resume(self):
        """Called before a step."""

    def tell(self, op):
        trace.emit(f'"loop","op":"{op}"{self.key}')

    # ------------------------------------------------------------------------------------ the ready queue

    def queued(self, handle):
        """A handle is about to be appended."""
        phase = self.phase
        if get_ident() != self.thread and self.thread is not None:
            by = 'thread'
        elif phase == RUNNING:
            by = 'soon'
        else:
            by = 'io' if phase == EVENTS else 'timer'
        callback = handle._callback
        what, task = target_of(callback)
        if what == 'step':
            why = 'yield'
            if not hasattr(task, '_glass'):
                meet_task(task)
                why = 'start'
            tail = f'"what":"step","task":"{task._glass}","why":"{why}"'
        elif what:
            future = handle._args[0]
            _owed(future, callback)
            tail = f'"what":"wakeup","task":"{ident(task)}","future":"{note_done(future)}"'
        else:
            tail = self._call(handle, callback, by)
        try:
            number = handle._glass
        except AttributeError:
            number = handle._glass = 'h%d' % new_handle()
        trace.emit(f'"ready","handle":"{number}","by":"{by}",{tail}{self.key}')

    def _call(self, handle, callback, by):
        if by == 'timer' or callback is None:
            return '"what":"call"'
        name = f'"callback":{quote(callback_name(callback))}'
        arguments = handle._args
        future = arguments[0] if len(arguments) == 1 else None
        if by != 'io' and future is not None and isfuture(future) and future.done() and \
                _owed(future, callback):
            return f'"what":"callback","future":"{note_done(future)}",{name}'
        return f'"what":"call",{name}'

    def batch(self, count):
        self.phase = RUNNING
        trace.emit(f'"batch","n":{count}{self.key}')

    def run(self, handle):
        """A handle was taken from the head of the queue."""
        number = handle._glass
        if handle._cancelled:
            trace.emit(f'"run","handle":"{number}","skipped":true{self.key}')
            return
        self.handle = number
        what, task = target_of(handle._callback)
        if what is None:
            trace.emit(f'"run","handle":"{number}"{self.key}')
            self.step_begins()
            return
        self.task = task
        self.task_key = key = f',"task":"{ident(task)}"'
        throw = ''
        if task._must_cancel:
            throw = ',"throw":"CancelledError"'
        elif what == 'wakeup':
            throw = _thrown(handle._args[0])
        trace.emit(f'"run","handle":"{number}"{key}{throw}{self.key}')
        self.step_begins()

    def step_begins(self):
        if watchdog.alive:
            self.began = monotonic_ns()
        elif watchdog.interrupted:
            watchdog.start()
        self.resume()

    def ran(self):
        """The handle that ran, if one did, has returned."""
        number = self.handle
        if number is None:
            return
        self.pause()
        if self.began:
            ended(self)
        self.handle = None
        if strangers:
            note_strangers()
        task = self.task
        if task is None:
            trace.emit(f'"ran","handle":"{number}"{self.key}')
        else:
            key, self.task, self.task_key = self.task_key, None, ''
            trace.emit(f'"ran","handle":"{number}"{key}{_state(task)}{self.key}')
        if self.snapshots:
            write_snapshot(self.loop())

    # ------------------------------------------------------------------------------------------- select

    def wait_for_select(self):
        """Another thread has something for the loop. Under the virtual clock it comes while the loop waits, and
        not just before: which of the two it would be is chance, and each recording is to be like the last."""
        for _ in range(PATIENCE):
            if get_ident() == self.thread or self.thread is None or self.phase == SELECTING:
                return
            sleep(0.0005)

    def executors(self):
        return [self.loop()._default_executor, *self.others]

    def select(self, real, timeout=None):
        self.phase = SELECTING
        if timeout is None:
            trace.emit(f'"select","timeout":null{self.key}')
        else:
            trace.emit(f'"select","timeout":{round(timeout * 1e9)}{self.key}')
        if timeout == 0:
            events = real(0)
        else:
            trace.flush()
            events = waiting.wait(self.loop(), real, timeout)
        trace.emit(f'"selected","n":{len(events)}{self.key}')
        return events


def _owed(future, callback):
    """Is this call one that the future owes to who waits for it? Then it has paid it now."""
    if Adding.future is future:
        return True
    callbacks = getattr(future, '_glass_callbacks', None)
    if callbacks is None:
        return not isinstance(future, Future)  # a stranger's
    for k, entry in enumerate(callbacks):
        if entry[0] == callback:
            del callbacks[k]
            return True
    return False


def _thrown(future):
    """What a task is woken with when the future that it waited on did not give a value."""
    if getattr(future, '_state', None) == 'CANCELLED':
        return ',"throw":"CancelledError"'
    error = getattr(future, '_exception', None)
    return '' if error is None else f',"throw":{quote(exception_text(error))}'


def _state(task):
    """How a step left its task."""
    if task.done():
        note_done(task)
        return outcome(task)
    waiter = task._fut_waiter
    if waiter is None:
        return ',"state":"ready"' + await_chain(task.get_coro())
    number = ident(waiter)
    if strangers and is_stranger(waiter):
        trace.emit(f'"callback_add","future":"{number}","callback":"c{new_callback()}","task":"{ident(task)}"')
    return f',"state":"waiting","on":"{number}"' + await_chain(task.get_coro())


class Queue(collections.deque):
    """The ready queue. Other threads append too: what is told and what is done are one step under a lock."""
    __slots__ = ('watch',)

    def append(self, handle, _append=collections.deque.append):
        watch = self.watch
        if watch.virtual:
            watch.wait_for_select()
        with trace.lock:
            watch.queued(handle)
            _append(self, handle)

    def popleft(self, _popleft=collections.deque.popleft):
        with trace.lock:
            watch = self.watch
            watch.ran()
            handle = _popleft(self)
            watch.run(handle)
        return handle

    def __len__(self, _len=collections.deque.__len__):
        watch = self.watch
        if watch.phase != TIMERS:
            return _len(self)
        with trace.lock:  # _run_once asks how many handles are the batch
            count = _len(self)
            watch.batch(count)
        return count


def is_at_a_job():
    """Is this thread one of an executor to which a loop has given jobs? Its name comes into the executor's list
    only when it runs already, so its arguments are asked: the first is the executor, weakly."""
    arguments = getattr(threading._active.get(get_ident()), '_args', None)
    whose = arguments[0] if arguments else None
    pool = whose() if isinstance(whose, weakref.ref) else None
    return pool is not None and any(pool in watch.executors() for watch in list(running.values()))


def _hear(selector, watch):
    """The loop's waiting, whatever kind of selector the program chose; one without attributes is not heard."""
    try:
        selector.select = functools.partial(watch.select, selector.select)
    except AttributeError:
        pass


class Loop(_Loop):
    def __init__(self, selector=None):
        watch = self._glass = Watch(self)
        self._glass_key = watch.key
        watch.tell('new')
        if selector is None:
            selector = selectors.DefaultSelector()
        _hear(selector, watch)
        super().__init__(selector)
        queue = Queue(self._ready)
        queue.watch = watch
        self._ready = queue

    def run_forever(self):
        if self.is_closed() or self.is_running() or asyncio._get_running_loop() is not None:
            return super().run_forever()  # which says what is wrong
        watch, thread = self._glass, get_ident()
        watch.tell('run')
        watch.thread = thread
        running[thread] = watch
        if not watch.virtual:
            watchdog.start()
        watch.pause()
        try:
            super().run_forever()
        finally:
            watch.resume()
            running.pop(thread, None)
            watch.thread = None
            if not running:
                watchdog.stop()
            watch.tell('return')

    def _run_once(self):
        watch = self._glass
        watch.iterations += 1
        trace.emit(f'"iteration","n":{watch.iterations}{watch.key}')
        if watch.snapshots:
            write_snapshot(self)
        try:
            super()._run_once()
        finally:
            watch.ran()
            watch.phase = RUNNING

    def _process_events(self, event_list):
        watch = self._glass
        watch.phase = EVENTS
        super()._process_events(event_list)
        watch.phase = TIMERS

    def _add_callback_signalsafe(self, handle):
        watch = self._glass  # a signal came, through the self-pipe
        watch.phase, before = EVENTS, watch.phase
        try:
            super()._add_callback_signalsafe(handle)
        finally:
            watch.phase = before

    def stop(self):
        self._glass.tell('stop')
        super().stop()

    def close(self):
        if not self.is_closed() and not self.is_running():
            self._glass.tell('close')
        super().close()

    def run_in_executor(self, executor, func, *args):
        if executor is not None:
            self._glass.others.add(executor)
        future = super().run_in_executor(executor, func, *args)
        if isfuture(future) and not future.done():
            self._glass.jobs += 1
            future._glass_job = self._glass
            if self._glass.virtual:
                waiting.let_jobs_begin(self)
        return future

    def call_exception_handler(self, context):
        error = context.get('exception')
        future = context.get('task') or context.get('future')
        text = '' if error is None else f',"exception":{quote(exception_text(error))}'
        who = f',"future":"{ident(future)}"' if isfuture(future) else ''
        trace.emit(f'"exception","message":{quote(str(context.get("message")))}{text}{who}{self._glass_key}')
        super().call_exception_handler(context)


class VirtualLoop(Loop):
    def time(self):
        return trace.clock.seconds


STOCK_TIMES.append(VirtualLoop.time)


def install(virtual, snapshots):
    """Every way to get a stock loop leads to a recorded one."""
    loop = VirtualLoop if virtual else Loop
    Watch.virtual, Watch.snapshots = virtual, snapshots
    keep_out_of_forks(watchdog)
    waiting.watchdog_threads = lambda: int(watchdog.alive)
    loop.__name__ = loop.__qualname__ = _Loop.__name__
    loop.__module__ = _Loop.__module__
    unix = asyncio.unix_events
    asyncio.SelectorEventLoop = unix.SelectorEventLoop = unix._UnixSelectorEventLoop = loop
    unix._UnixDefaultEventLoopPolicy._loop_factory = loop
    if hasattr(asyncio, 'EventLoop'):
        asyncio.EventLoop = unix.EventLoop = loop
