"""Futures and tasks as the trace knows them: their ids, how they ended, what waits on them.

An id is given, and the object's creation recorded, when the recorder first meets it. For the recorder's own
classes (futures.py) that is when it is made; for others, such as an exact _asyncio.Future, when it shows.
"""
import asyncio.futures
import asyncio.tasks
import functools
import itertools
import weakref
from types import CoroutineType, GeneratorType

from _loopglass.sources import here, library, sources
from _loopglass.text import exception_text, quote, short_name, value_text
from _loopglass.trace import trace

new_future = itertools.count(1).__next__
new_task = itertools.count(1).__next__
new_handle = itertools.count(1).__next__
new_callback = itertools.count(1).__next__
new_coroutine = itertools.count(1).__next__

isfuture = asyncio.futures.isfuture

TASKS = tuple({asyncio.tasks.Task, asyncio.tasks._PyTask})

strangers = []  # weak references to futures of other classes: nothing tells when they are done


def key_of(loop):
    """',"loop":2', or '' for the first loop; None: it is not recorded (nor is a mock of one)."""
    key = getattr(loop, '_glass_key', None)
    return key if type(key) is str else None


def loop_key(future):
    try:
        return key_of(future.get_loop()) or ''
    except (AttributeError, RuntimeError):
        return ''


def ident(future):
    """Its id, 't3' or 'f2'."""
    try:
        return future._glass
    except AttributeError:
        return _meet(future)


def _meet(future):
    if isinstance(future, TASKS):
        return meet_task(future)
    number = meet_future(future, type(future).__name__, getattr(future, '_children', ()))
    try:
        strangers.append(weakref.ref(future))
    except TypeError:
        pass
    return number


def _keep(future, number):
    try:
        future._glass = number
    except AttributeError:
        pass  # it has no room for its id, and gets a new one whenever it is met


def meet_future(future, of, kids=(), until='', frame=None):
    kids = '"%s"' % '","'.join([ident(kid) for kid in kids]) if kids else ''
    number = 'f%d' % new_future()
    _keep(future, number)
    kids = f',"kids":[{kids}]' if kids else ''
    trace.emit(f'"future","future":"{number}","of":{quote(of)}{kids}{until}{here("created", frame)}'
               f'{loop_key(future)}')
    return number


def meet_task(task):
    coroutine = None if task.done() else task.get_coro()  # 3.12.1 crashes when an eager task has none any more
    number = 't%d' % new_task()
    _keep(task, number)
    write_task(number, task.get_name(), coroutine, loop_key(task))
    return number


def write_task(number, name, coroutine, key):
    function = quote(coroutine_name(coroutine))
    thing = 'k%d' % new_coroutine()
    trace.emit(f'"coroutine","coroutine":"{thing}","name":{function}')
    trace.emit(f'"task","task":"{number}","name":{quote(name)},"coroutine":{function},"object":"{thing}"'
               f'{_defined(coroutine)}{here("created")}{key}')


# ------------------------------------------------------------------------------------------------ the end


def outcome(future):
    """',"state":"done","value":"7"' of one that is done. Does not mark its exception as retrieved."""
    state = getattr(future, '_state', None)
    if state is None:  # it only behaves as a future
        return ',"state":"%s"' % ('cancelled' if future.cancelled() else 'done')
    if state == 'CANCELLED':
        return ',"state":"cancelled"'
    error = future._exception
    if error is not None:
        return f',"state":"failed","value":{quote(exception_text(error))}'
    result = future._result
    if result is None:
        return ',"state":"done","value":"None"'
    return f',"state":"done","value":{quote(value_text(result))}'


def note_done(future):
    """Records once that it is done. Returns its id."""
    try:
        if future._glass_done:
            return future._glass
    except AttributeError:
        pass
    number = ident(future)
    try:
        future._glass_done = True
    except AttributeError:
        pass
    trace.emit(f'"done","future":"{number}"{outcome(future)}{loop_key(future)}')
    if hasattr(future, '_glass_job'):
        future._glass_job.jobs -= 1
    return number


def is_stranger(future):
    return any(reference() is future for reference in strangers)


def note_strangers():
    for reference in strangers[:]:
        future = reference()
        if future is None or future.done():
            strangers.remove(reference)
        if future is not None and future.done():
            note_done(future)


# ----------------------------------------------------------------------------------------------- callbacks


def target_of(callback):
    """('step' or 'wakeup', the task) for a task's own callback, else (None, None)."""
    kind = type(callback).__name__
    if kind == 'TaskStepMethWrapper':
        return 'step', callback.__self__
    if kind == 'builtin_function_or_method':
        if callback.__name__ == 'task_wakeup':
            return 'wakeup', callback.__self__
    elif kind == 'method':  # of a task in pure Python
        name = callback.__name__
        if name in ('__step', '__wakeup') and isinstance(callback.__self__, TASKS):
            return ('step' if name == '__step' else 'wakeup'), callback.__self__
    elif kind == 'TaskWakeupMethWrapper':
        return 'wakeup', callback.__self__
    return None, None


def callback_name(callback):
    """'_on_completion', 'gather._done_callback', 'Server.close'"""
    while isinstance(callback, functools.partial):
        callback = callback.func
    name = getattr(callback, '__qualname__', None) or getattr(callback, '__name__', None)
    if not isinstance(name, str):
        return type(callback).__name__
    if name == '_wait.<locals>._on_completion':  # wait()'s: its helper is nobody's name for it
        return '_on_completion'
    return name.replace('<locals>.', '')


def future_of(callback, arguments):
    """The future that a timer's callback will act on, None when it shows none."""
    for thing in arguments or ():
        if isfuture(thing):
            return thing
    if isinstance(callback, functools.partial):
        return future_of(callback.func, callback.args)
    owner = getattr(callback, '__self__', None)
    if owner is not None and isfuture(owner):
        return owner
    task = getattr(owner, '_task', None)  # Timeout._on_timeout
    return task if isfuture(task) else None


# ---------------------------------------------------------------------------------------------- coroutines


def coroutine_name(coroutine):
    if coroutine is None:
        return ''
    name = getattr(coroutine, '__qualname__', None)
    return short_name(name) if isinstance(name, str) else type(coroutine).__name__


def _code_of(coroutine):
    return getattr(coroutine, 'cr_code', None) or getattr(coroutine, 'gi_code', None)


def _defined(coroutine):
    code = _code_of(coroutine)
    if code is None:
        return ''
    name = sources[code.co_filename] or library(code.co_filename)
    return f',"defined":[{quote(name)},{code.co_firstlineno}]'


_frame_heads = {}  # id of a code object (hashing one takes long) -> '["main","s1",', and the object to keep it


def _frame_head(coroutine, code):
    name = sources[code.co_filename] or library(code.co_filename)
    head = _frame_heads[id(code)] = f'[{quote(coroutine_name(coroutine))},{quote(name)},', code
    return head


def _links(coroutine):
    """The frame of what is neither coroutine nor generator, and what it awaits; None, None at the end."""
    for frame, inner in (('cr_frame', 'cr_await'), ('gi_frame', 'gi_yieldfrom'), ('ag_frame', 'ag_await')):
        if hasattr(coroutine, frame):
            return getattr(coroutine, frame), getattr(coroutine, inner)
    return None, None


def await_chain(coroutine):
    """',"chain":[["main","s1",12],…]', outermost first, as deep as CPython shows it."""
    frames = []
    while coroutine is not None and len(frames) < 50:
        kind = type(coroutine)
        if kind is CoroutineType:
            frame, inner = coroutine.cr_frame, coroutine.cr_await
        elif kind is GeneratorType:
            frame, inner = coroutine.gi_frame, coroutine.gi_yieldfrom
        else:
            frame, inner = _links(coroutine)
        if frame is not None:
            code = frame.f_code
            head = _frame_heads.get(id(code)) or _frame_head(coroutine, code)
            frames.append(f'{head[0]}{frame.f_lineno}]')
        coroutine = inner
    return f',"chain":[{",".join(frames)}]'
