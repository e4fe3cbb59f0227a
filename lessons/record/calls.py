"""Coroutines awaited directly: an enter when one of the program's own begins to run for another, a leave when
it returns. Between two suspensions that is the await chain."""
from _thread import get_ident

from _loopglass.byhand import suspended
from _loopglass.loop import running
from _loopglass.sources import sources
from _loopglass.text import quote, short_name
from _loopglass.trace import trace


class Call:
    """The trace function of an awaited coroutine's frame. line: what is called for its lines."""

    def __init__(self, code, caller, line):
        self.line = line
        name = short_name(getattr(code, 'co_qualname', code.co_name))
        source = sources[caller.f_code.co_filename]
        self.event = f'"function":{quote(name)},"source":"{source}","line":{caller.f_lineno}{_task_key()}'
        trace.emit(f'"enter",{self.event}')

    def trace(self, frame, event, argument):
        if event == 'line':
            self.line(frame, event, argument)
        elif event == 'return' and not suspended(frame):
            trace.emit(f'"leave",{self.event}')
        return self.trace


def _task_key():
    watch = running.get(get_ident())
    return watch.task_key if watch else ''


def awaiting(frame):
    """The frame of the program's own coroutine that awaits this one, None when there is none."""
    caller = frame.f_back
    if caller is not None and caller.f_code.co_flags & 0x80 and sources[caller.f_code.co_filename]:
        return caller
    return None
