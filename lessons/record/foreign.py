"""Loops of another make. uvloop runs in C and shows none of its insides: the program gets CPython's loop, and
the trace says so."""
import asyncio
import asyncio.events

from _loopglass.text import quote
from _loopglass.trace import trace

REFUSED = " refused: it cannot be recorded. CPython's own loop runs"


def _note(what):
    trace.emit(f'"note","text":{quote(what + REFUSED)}')


def _is_uvloop(thing):
    return type(thing).__module__.split('.')[0] == 'uvloop'


def _hear_uvloop(module):
    def new_event_loop():
        _note('uvloop.new_event_loop')
        return asyncio.SelectorEventLoop()

    def install():
        _note('uvloop.install')
    module.new_event_loop, module.install = new_event_loop, install


def install(when_imported):
    stock = asyncio.set_event_loop_policy

    def set_event_loop_policy(policy):
        if _is_uvloop(policy):
            _note('uvloop.EventLoopPolicy')
        else:
            stock(policy)
    set_event_loop_policy.__doc__ = stock.__doc__
    asyncio.set_event_loop_policy = asyncio.events.set_event_loop_policy = set_event_loop_policy
    when_imported('uvloop', _hear_uvloop)
