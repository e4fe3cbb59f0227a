"""Handles and timers with a number. The subclasses look like asyncio's own: other loops use them too, and
what these do is not recorded."""
import asyncio.events

from _loopglass.clock import monotonic
from _loopglass.objects import callback_name, future_of, ident, key_of, new_handle
from _loopglass.text import quote
from _loopglass.trace import trace

_Handle, _TimerHandle = asyncio.events.Handle, asyncio.events.TimerHandle


class Handle(_Handle):
    """Gets its id, in _glass, when it is first queued."""
    __slots__ = ('_glass',)

    def cancel(self):
        note_cancel(self)
        super().cancel()


class TimerHandle(_TimerHandle):
    """Gets its id when it is made."""
    __slots__ = ('_glass', '_glass_number')

    def __init__(self, when, callback, args, loop, context=None):
        super().__init__(when, callback, args, loop, context)
        self._glass_number = 0
        key = key_of(loop)
        if key is None:
            return
        if loop._glass.virtual:
            self._when = when = round(when, 9)  # whole nanoseconds
        number = self._glass_number = new_handle()
        self._glass = 'h%d' % number
        if loop._glass.own_time:
            when += monotonic() - loop.time()
        future = future_of(callback, args)
        future = '' if future is None else f',"future":"{ident(future)}"'
        trace.emit(f'"timer","handle":"h{number}","when":{trace.clock.when(when)}{future},'
                   f'"callback":{quote(callback_name(callback))}{key}')

    def cancel(self):
        note_cancel(self)
        super().cancel()


class OrderedTimerHandle(TimerHandle):
    """Under the virtual clock equal times are common. They fire in the order in which they were made, as the
    times of a real clock, which never are quite equal."""
    __slots__ = ()

    def __lt__(self, other):
        if isinstance(other, OrderedTimerHandle) and self._when == other._when:
            return self._glass_number < other._glass_number
        return super().__lt__(other)

    __hash__ = _TimerHandle.__hash__


def note_cancel(handle):
    if not handle._cancelled and hasattr(handle, '_glass'):
        trace.emit(f'"handle_cancel","handle":"{handle._glass}"{key_of(handle._loop) or ""}')


def install(virtual):
    timer = OrderedTimerHandle if virtual else TimerHandle
    for ours, stock in ((Handle, _Handle), (timer, _TimerHandle)):
        ours.__name__ = ours.__qualname__ = stock.__name__
        ours.__module__ = stock.__module__
        setattr(asyncio.events, stock.__name__, ours)
        setattr(asyncio, stock.__name__, ours)
