"""Words for a trace line: JSON strings, values and exceptions as short text."""
import os
import re
import reprlib

try:
    from _json import encode_basestring as quote
except ImportError:
    from json.encoder import encode_basestring as quote

LONGEST = 200

_ADDRESS = re.compile(r' at 0x[0-9a-fA-F]+')

_LIBRARY = os.path.dirname(os.__file__) + os.sep


def _is_harmless(method):
    """A __repr__ or __str__ of the program, or of what it has installed, may do anything: print, count, ask a
    database. Only those in C and in the standard library are called."""
    code = getattr(method, '__code__', None)
    return code is None or (code.co_filename.startswith(_LIBRARY) and '-packages' not in code.co_filename)


class _Repr(reprlib.Repr):
    def repr_instance(self, x, level):
        if _is_harmless(type(x).__repr__):
            return super().repr_instance(x, level)
        return '<%s object>' % type(x).__qualname__


_short = _Repr()
_short.maxstring = _short.maxother = _short.maxlong = LONGEST
_short.maxlist = _short.maxtuple = _short.maxset = _short.maxfrozenset = _short.maxdict = 8
_short.maxlevel = 4

_PLAIN = {type(None), bool, int, float}


class Busy:
    """Set while a repr of the program's own is called: its lines are not the program's doing."""
    now = False


def value_text(value):
    """The value's repr, shortened and without addresses. Never raises."""
    if type(value) in _PLAIN:
        return repr(value)[:LONGEST]
    before, Busy.now = Busy.now, True
    try:
        text = _short.repr(value)
    except BaseException as error:  # whatever a __repr__ does, the program goes on
        text = '<%s: no repr: %s>' % (type(value).__name__, type(error).__name__)
    finally:
        Busy.now = before
    if ' at 0x' in text:
        text = _ADDRESS.sub('', text)
    return text[:LONGEST]


def exception_text(error):
    """'TypeError: message', or the type alone."""
    if not isinstance(error, BaseException):
        return value_text(error)
    before, Busy.now = Busy.now, True
    try:
        message = str(error) if _is_harmless(type(error).__str__) else BaseException.__str__(error)
    except BaseException:
        message = ''
    finally:
        Busy.now = before
    name = type(error).__name__
    text = '%s: %s' % (name, message) if message else name
    if ' at 0x' in text:
        text = _ADDRESS.sub('', text)
    return text[:LONGEST]


def short_name(qualname):
    """'main.<locals>.worker' is worker to its reader."""
    return qualname.rpartition('<locals>.')[2]
