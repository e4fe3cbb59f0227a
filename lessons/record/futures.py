"""Future, Task and gather's future, each as a subclass that tells what happens to it.

The C classes cannot be patched, but asyncio makes its futures by the names asyncio.futures.Future and
asyncio.tasks.Task, and everybody else by asyncio.Future and asyncio.Task: the subclasses take these names.
What is a subclass of what stays as it was.
"""
import asyncio
import asyncio.base_events
import asyncio.futures
import asyncio.locks
import asyncio.tasks
import itertools
import sys
from abc import ABCMeta

from _loopglass.objects import (callback_name, ident, key_of, loop_key, meet_future, new_callback, new_task,
                                note_done, target_of, write_task)
from _loopglass.sources import sources
from _loopglass.text import quote, short_name
from _loopglass.trace import trace

_Future, _Task, _Gather = asyncio.futures.Future, asyncio.tasks.Task, asyncio.tasks._GatheringFuture

_CREATE_FUTURE = asyncio.base_events.BaseEventLoop.create_future.__code__
_WAIT = asyncio.tasks._wait.__code__
_ACQUIRE = asyncio.locks.Lock.acquire.__code__
_GATHER = getattr(asyncio.tasks, '_gather', asyncio.gather).__code__  # 3.9 has a helper


class _Stock(ABCMeta):
    """Lets a class be called '_asyncio.Future' by the interpreter, whose error texts quote that name, and
    'Future' by whoever asks for its __name__: both as of the stock class. (An ABCMeta, so that a program may
    still mix it with abstract classes.)"""
    names = {}

    @property
    def __name__(cls):
        return _Stock.names.get(cls) or type.__dict__['__name__'].__get__(cls)

    @__name__.setter
    def __name__(cls, name):
        type.__dict__['__name__'].__set__(cls, name)

    __instancecheck__ = type.__instancecheck__
    __subclasscheck__ = type.__subclasscheck__


def _stock_class(stock, *bases):
    """A decorator: the class, made anew so that it looks like the stock one."""
    def make(ours):
        body = {key: value for key, value in vars(ours).items() if key not in ('__dict__', '__weakref__')}
        body.update(__module__=stock.__module__, __qualname__=stock.__qualname__, __doc__=stock.__doc__)
        name = stock.__name__
        if stock.__module__ == '_asyncio':
            name = '_asyncio.' + name
        made = _Stock(name, bases, body)
        _Stock.names[made] = stock.__name__
        return made
    return make


# ------------------------------------------------------------------------------------------------- hooks


class Adding:
    """The future to which a callback is being added although it is done: the callback is queued at once."""
    future = None


def add_done_callback(self, fn, *, context=None):
    if self.done():
        Adding.future = self
        try:
            return _stock_method(self, 'add_done_callback')(self, fn, context=context)
        finally:
            Adding.future = None
    number = 'c%d' % new_callback()
    try:
        self._glass_callbacks.append((fn, number))
    except AttributeError:
        self._glass_callbacks = [(fn, number)]
    task = target_of(fn)[1]
    who = f'"name":{quote(callback_name(fn))}' if task is None else f'"task":"{ident(task)}"'
    trace.emit(f'"callback_add","future":"{ident(self)}","callback":"{number}",{who}{loop_key(self)}')
    return _stock_method(self, 'add_done_callback')(self, fn, context=context)


def remove_done_callback(self, fn):
    callbacks = getattr(self, '_glass_callbacks', None)
    if callbacks and not self.done():
        gone = [number for callback, number in callbacks if callback == fn]
        if gone:
            self._glass_callbacks = [entry for entry in callbacks if entry[1] not in gone]
            for number in gone:
                trace.emit(f'"callback_remove","future":"{ident(self)}","callback":"{number}"{loop_key(self)}')
    return _stock_method(self, 'remove_done_callback')(self, fn)


def _stock_method(future, name):
    return getattr(_Task if isinstance(future, _Task) else _Future, name)


def _message(message):
    return '' if message is None else f',"message":{quote(message if isinstance(message, str) else repr(message))}'


def _argument(positional, named):
    return positional[0] if positional else named.get('msg')


def origin(frame):
    """Who makes a future: 'user', or the function of the library, as 'sleep' and 'Queue.get'."""
    if frame is None or sources[frame.f_code.co_filename]:
        return 'user'
    code = frame.f_code
    name = short_name(getattr(code, 'co_qualname', code.co_name))
    if name == code.co_name and 'self' in code.co_varnames[:1]:  # before 3.11 code has no qualified name
        name = _owner(type(frame.f_locals['self']), code) + name
    return _OWN_NAMES.get(name, name)


def _until(when):
    return f',"return_when":{quote(str(when))}'


def _awaited(frame):
    """What a wait waits for, and which of it it needs; of a wait for a lock, for which."""
    if frame is not None and frame.f_code is _ACQUIRE:
        return (), _lock(frame.f_locals['self'])
    if frame is None or frame.f_code is not _WAIT:
        return (), ''
    return frame.f_locals['fs'], _until(frame.f_locals['return_when'])


_locks = itertools.count(1)


def _lock(lock):
    """Its number, from the first wait for it on; one that has no room for it is told by no number."""
    try:
        if not hasattr(lock, '_glass'):
            lock._glass = next(_locks)
        return f',"lock":"l{lock._glass}"'
    except AttributeError:
        return ''


def _gathered(frame):
    """A gather needs all, or the first that fails."""
    if frame.f_code is not _GATHER:
        return ''
    return _until('ALL_COMPLETED' if frame.f_locals['return_exceptions'] else 'FIRST_EXCEPTION')


def _owner(kind, code):
    """'Queue.' of the class that defines the method, which may be a base of the object's."""
    for base in kind.__mro__:
        if getattr(vars(base).get(code.co_name), '__code__', None) is code:
            return base.__name__ + '.'
    return ''


# What students call by another name than the function that makes the future.
_OWN_NAMES = {'_wait': 'wait', 'TaskGroup.__aexit__': 'TaskGroup', '_wait_for_one': 'as_completed'}

# ----------------------------------------------------------------------------------------------- classes


@_stock_class(_Future, _Future)
class Future:
    def __init__(self, *, loop=None):
        _Future.__init__(self, loop=loop)
        frame = sys._getframe(1)
        if frame.f_code is _CREATE_FUTURE:
            frame = frame.f_back
        meet_future(self, origin(frame), *_awaited(frame), frame)

    def set_result(self, result):
        _Future.set_result(self, result)
        note_done(self)

    def set_exception(self, exception):
        _Future.set_exception(self, exception)
        note_done(self)

    def cancel(self, *message, **named):
        cancelled = _Future.cancel(self, *message, **named)
        if cancelled:
            note_done(self)
        return cancelled

    add_done_callback = add_done_callback
    remove_done_callback = remove_done_callback


@_stock_class(_Task, _Task, Future)
class Task:
    def cancel(self, *message, **named):
        if self.done():
            how = 'none'
        else:
            waiter = self._fut_waiter
            how = 'flag' if waiter is None or waiter.done() else 'waiter'
        count = (self.cancelling() if hasattr(self, 'cancelling') else 0) + (how != 'none')
        trace.emit(f'"cancel","task":"{ident(self)}","how":"{how}","count":{count}'
                   f'{_message(_argument(message, named))}{loop_key(self)}')
        return _Task.cancel(self, *message, **named)

    if hasattr(_Task, 'uncancel'):
        def uncancel(self):
            count = _Task.uncancel(self)
            trace.emit(f'"uncancel","task":"{ident(self)}","count":{count}{loop_key(self)}')
            return count

    def set_name(self, value):
        _Task.set_name(self, value)
        trace.emit(f'"task_name","task":"{ident(self)}","name":{quote(self.get_name())}{loop_key(self)}')

    def __init__(self, coro, *, loop=None, eager_start=False, **named):
        """Since 3.12 a task may take its first step here, without a handle."""
        if eager_start and loop is not None and loop.is_running() and key_of(loop) is not None:
            _start_eagerly(self, coro, loop, named)
        elif eager_start:
            _Task.__init__(self, coro, loop=loop, eager_start=True, **named)
        else:
            _Task.__init__(self, coro, loop=loop, **named)

    set_result = _Task.set_result
    set_exception = _Task.set_exception
    add_done_callback = add_done_callback
    remove_done_callback = remove_done_callback


@_stock_class(_Gather, _Gather, Future)
class Gather:
    def __init__(self, children, *, loop):
        _Future.__init__(self, loop=loop)
        self._children = children
        self._cancel_requested = False
        frame = sys._getframe(1)
        meet_future(self, 'gather', children, _gathered(frame), frame)

    def cancel(self, *message, **named):
        how = 'none' if self.done() else 'children'
        trace.emit(f'"cancel","task":"{ident(self)}","how":"{how}","count":0'
                   f'{_message(_argument(message, named))}{loop_key(self)}')
        return _Gather.cancel(self, *message, **named)


def _start_eagerly(task, coroutine, loop, named):
    """The task is told before its first step, and what happens in that step is its own."""
    watch = loop._glass
    number = task._glass = 't%d' % new_task()
    write_task(number, str(named.get('name') or ''), coroutine, watch.key)
    before, watch.task_key = watch.task_key, f',"task":"{number}"'
    try:
        _Task.__init__(task, coroutine, loop=loop, eager_start=True, **named)
    finally:
        watch.task_key = before
    if not named.get('name'):
        trace.emit(f'"task_name","task":"{number}","name":{quote(task.get_name())}{watch.key}')
    if task.done():
        note_done(task)


def install():
    asyncio.Future = asyncio.futures.Future = Future
    asyncio.Task = asyncio.tasks.Task = Task
    asyncio.tasks._GatheringFuture = Gather
    if hasattr(asyncio.tasks, 'create_eager_task_factory'):
        asyncio.eager_task_factory = asyncio.tasks.eager_task_factory = \
            asyncio.tasks.create_eager_task_factory(Task)
