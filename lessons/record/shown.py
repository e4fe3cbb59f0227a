"""What a program shows of its own: how far something is, and pictures. It says so by an audit event, which costs
nothing and means nothing where nobody listens:

    sys.audit('loopglass.progress', name, done, total)
    sys.audit('loopglass.picture', name, data)
"""
import sys
from base64 import b64encode

from _loopglass.text import quote
from _loopglass.trace import trace


def _progress(name, done, total):
    done, total = int(done), int(total)
    if not 0 <= done <= total:
        raise ValueError(f'{done} out of {total} cannot be')
    trace.emit(f'"progress","name":{quote(str(name))},"done":{done},"total":{total}')


def _picture(name, data):
    trace.emit(f'"picture","name":{quote(str(name))},"data":"{b64encode(data).decode()}"')


_KINDS = {'loopglass.progress': _progress, 'loopglass.picture': _picture}


def _hear(event, arguments):
    tell = _KINDS.get(event)
    if tell is None:
        return
    try:
        tell(*arguments)
    except Exception as error:  # without the recorder it would do no harm either
        trace.emit(f'"note","text":{quote(f"{event}: {error}")}')


def install():
    sys.addaudithook(_hear)
