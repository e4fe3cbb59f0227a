"""Coroutines that were made and never awaited: the interpreter asks the warnings module to say so."""
import types
import warnings

from _loopglass.objects import coroutine_name, new_coroutine
from _loopglass.text import quote
from _loopglass.trace import trace


def install():
    stock = warnings._warn_unawaited_coroutine

    def _warn_unawaited_coroutine(coroutine):
        number, name = 'k%d' % new_coroutine(), quote(coroutine_name(coroutine))
        trace.emit(f'"coroutine","coroutine":"{number}","name":{name}')
        trace.emit(f'"coroutine","coroutine":"{number}","name":{name},"never_awaited":true')
        as_if_by_the_interpreter(coroutine)

    def warn(message, category, stacklevel, source):
        """The place is that of the function above the three: this one, the stock one, and ours."""
        warnings.warn(message, category, stacklevel + 2, source)
    as_if_by_the_interpreter = types.FunctionType(stock.__code__, {**vars(warnings), 'warn': warn})
    warnings._warn_unawaited_coroutine = _warn_unawaited_coroutine
