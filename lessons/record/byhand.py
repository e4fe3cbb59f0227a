"""Control passed by hand, without a loop: generators, which are driven by next(), and greenlets, which switch.

Each gets a number, as a coroutine does; k0 is the main program. What runs inside a loop's step is left alone:
there the tasks are the story.
"""
import dis
import sys
from _thread import get_ident

from _loopglass.objects import new_coroutine
from _loopglass.text import quote, short_name, value_text
from _loopglass.trace import trace

_YIELD_VALUE = dis.opmap['YIELD_VALUE']
_YIELD_FROM = dis.opmap.get('YIELD_FROM')  # until 3.10: a frame that is in it stands one instruction before it


class Hand:
    """Who has control."""
    main = get_ident()
    stack = ['k0']  # each was resumed by the one before it
    key = ''  # ',"coroutine":"k1"' for the lines that it runs


def _set_current():
    current = Hand.stack[-1]
    Hand.key = '' if current == 'k0' else f',"coroutine":"{current}"'


def _meet(name):
    number = 'k%d' % new_coroutine()
    trace.emit(f'"coroutine","coroutine":"{number}","name":{quote(name)}')
    return number


def switch(origin, target, value=None, done=False):
    value = '' if value is None else f',"value":{quote(value)}'
    trace.emit(f'"switch","from":"{origin}","to":"{target}"{value}' + (',"done":true' if done else ''))


# -------------------------------------------------------------------------------------------- generators


def suspended(frame):
    """Does the frame that returns yield, and will be resumed?"""
    at, code = frame.f_lasti, frame.f_code.co_code
    if at < 0:
        return False
    return code[at] == _YIELD_VALUE or (_YIELD_FROM is not None and code[at + 2:at + 3] == bytes([_YIELD_FROM]))


class Generator:
    """The trace function of one generator's frame. line: what is called for its lines."""

    def __init__(self, code, line):
        self.line = line
        self.number = _meet(short_name(getattr(code, 'co_qualname', code.co_name)))

    def resume(self):
        switch(Hand.stack[-1], self.number)
        Hand.stack.append(self.number)
        _set_current()
        return self.trace

    def trace(self, frame, event, argument):
        if event == 'line':
            self.line(frame, event, argument)
        elif event == 'return' and Hand.stack[-1] == self.number:
            Hand.stack.pop()
            _set_current()
            switch(self.number, Hand.stack[-1], value_text(argument), not suspended(frame))
        return self.trace


# --------------------------------------------------------------------------------------------- greenlets

_numbers = {}  # id of a greenlet -> its number, while it lives
newcomers = []  # greenlets that were switched to and have not run a line yet: (origin, greenlet)


def _number_of(greenlet):
    if greenlet.parent is None:
        return 'k0'
    return _numbers.get(id(greenlet))


def _first_frame_name():
    frame = sys._getframe()
    while frame.f_back is not None:
        frame = frame.f_back
    return short_name(getattr(frame.f_code, 'co_qualname', frame.f_code.co_name))


def name_newcomer(name=None):
    """A greenlet is known by its function, which is seen when its first line runs."""
    origin, greenlet = newcomers.pop()
    number = _numbers[id(greenlet)] = _meet(name or _first_frame_name())
    switch(origin, number)
    Hand.stack[-1] = number
    _set_current()


def _switched(event, arguments):
    if get_ident() != Hand.main or event not in ('switch', 'throw'):
        return
    if newcomers:
        name_newcomer('greenlet')
    origin, target = arguments
    number = _number_of(target)
    if number is None:
        newcomers.append((_number_of(origin) or 'k0', target))
        return
    before = _number_of(origin) or 'k0'
    if origin.dead:
        switch(before, number, 'None', True)
        _numbers.pop(id(origin), None)
    else:
        switch(before, number)
    Hand.stack[-1] = number
    _set_current()


def hear_greenlets(module):
    """Called when the greenlet module was imported."""
    if hasattr(module, 'settrace'):
        module.settrace(_switched)
