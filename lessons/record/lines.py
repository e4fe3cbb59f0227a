"""Source lines: an event before each line of the program's own files.

Up to 3.11 by sys.settrace, which is called for every function there is; since 3.12 by sys.monitoring, which
forgets for good what is not the program's.
"""
import functools
import sys
import threading
from _thread import get_ident

from _loopglass.byhand import Generator, Hand, name_newcomer, newcomers
from _loopglass.calls import Call, awaiting
from _loopglass.loop import Watch, running
from _loopglass.sources import sources
from _loopglass.text import Busy, quote, short_name
from _loopglass.trace import trace


def _head(code):
    """What the events of a code object's lines have in common; None when it is not the program's."""
    number = sources[code.co_filename]
    if number is None:
        return None
    name = short_name(getattr(code, 'co_qualname', code.co_name))
    return f'"line","source":"{number}","line":', f',"function":{quote(name)}'


# ------------------------------------------------------------------------------------------- sys.settrace

GENERATOR, COROUTINE = 0x20, 0x80  # in co_flags

_tracers = {}  # id of a code object (hashing one takes long) -> what is called for its lines, and the object


def _tracer(code):
    before, behind = _head(code)

    def line(frame, event, argument):
        if event == 'line' and not Busy.now:
            watch = running.get(get_ident())
            if newcomers:
                name_newcomer()
            who = watch.task_key if watch else Hand.key
            trace.emit(f'{before}{frame.f_lineno}{behind}{who}')
        return line
    _tracers[id(code)] = line, code
    return line


def _call(frame, event, argument, ids=sources.ids):
    """The global trace function: called when a frame is entered, and when it is resumed."""
    code = frame.f_code
    try:
        if ids[code.co_filename] is None:
            return None
    except KeyError:
        if sources[code.co_filename] is None:
            return None
    try:
        line = _tracers[id(code)][0]
    except KeyError:
        line = _tracer(code)
    flags = code.co_flags
    if flags & (GENERATOR | COROUTINE) and not (flags & COROUTINE and frame.f_trace is line):
        return _resumable(frame, code, line)
    return line


def _resumable(frame, code, line):
    """A generator, or a coroutine that another awaits, has a trace function of its own for as long as it lives."""
    own = getattr(frame.f_trace, '__self__', None)
    if code.co_flags & COROUTINE:
        if isinstance(own, Call):
            return frame.f_trace
        caller = awaiting(frame)
        return line if caller is None else Call(code, caller, line).trace
    if get_ident() != Hand.main or running.get(Hand.main) or Busy.now or code.co_name == '<genexpr>':
        return line
    if not isinstance(own, Generator):
        own = Generator(code, line)
    return own.resume()


# ----------------------------------------------------------------------------------------- sys.monitoring


def _monitor():
    monitoring = sys.monitoring
    tool = next(number for number in (4, 3, 5, 1, 0, 2) if monitoring.get_tool(number) is None)
    heads = {}
    forget = monitoring.DISABLE

    def line(code, number):
        try:
            head = heads[id(code)][0]
        except KeyError:
            head = _head(code)
            heads[id(code)] = head, code
        if head is None:
            return forget
        if not Busy.now:
            watch = running.get(get_ident())
            if newcomers:
                name_newcomer()
            trace.emit(f'{head[0]}{number}{head[1]}{watch.task_key if watch else Hand.key}')

    monitoring.use_tool_id(tool, 'loopglass')
    monitoring.register_callback(tool, monitoring.events.LINE, line)
    monitoring.set_events(tool, monitoring.events.LINE)
    return tool


gettrace, settrace = sys.gettrace, sys.settrace


def _share_settrace():
    """A debugger of the program's has the trace function for as long as it wants it. It does not see ours, which
    comes back when it has left."""
    def hidden():
        function = gettrace()
        return None if function is _call else function

    def share(function, /):
        if function is None:
            _let_go(sys._getframe(1))
        settrace(_call if function is None else function)
    for name, ours in ('gettrace', hidden), ('settrace', share):
        setattr(sys, name, functools.wraps(getattr(sys, name))(ours))


def _let_go(frame):
    """The frames that a debugger has traced are ours again."""
    while frame is not None:
        if frame.f_trace is not None:
            line = _tracers.get(id(frame.f_code))
            frame.f_trace = line and line[0]
        frame = frame.f_back


def _pause(watch):
    """Between two steps no line of the program runs, and tracing makes all others slow. (None: the interpreter
    has let go of a trace function that could not be called, because of a RecursionError.)"""
    function = gettrace()
    watch.paused = function is _call or function is None
    if function is _call:
        settrace(None)


def _resume(watch):
    if watch.paused:
        settrace(_call)


def _nothing(watch):
    """In place of _pause and _resume when nothing is traced."""


class Lines:
    tool = None

    def start(self):
        if hasattr(sys, 'monitoring'):
            self.tool = _monitor()
        else:
            Watch.pause, Watch.resume = _pause, _resume
            _share_settrace()
            threading.settrace(_call)
            settrace(_call)

    def stop(self):
        if self.tool is not None:
            sys.monitoring.set_events(self.tool, 0)
            sys.monitoring.free_tool_id(self.tool)
            self.tool = None
        elif not hasattr(sys, 'monitoring'):
            Watch.pause = Watch.resume = _nothing
            sys.gettrace, sys.settrace = gettrace, settrace
            settrace(None)


lines = Lines()
