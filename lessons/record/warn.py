"""Coroutines that were made and never awaited: the interpreter asks the warnings module to say so."""
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
        stock(coroutine)
    warnings._warn_unawaited_coroutine = _warn_unawaited_coroutine
