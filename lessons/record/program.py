"""The recorded program: it runs as __main__, as `python3 SCRIPT` and `python3 -m MODULE` would run it, and its
last words are heard: threads, atexit functions, objects that go at the end."""
import atexit
import builtins
import gc
import os
import signal
import sys
import threading
import types

from _loopglass.sources import sources
from _loopglass.trace import trace

_HERE = os.path.dirname(os.path.abspath(__file__)) + os.sep


class Program:
    def __init__(self, options):
        """OSError when its script cannot be read."""
        self.module = options.module
        self.arguments = options.arguments
        self.script = options.script
        self.folder = os.getcwd()
        if self.script is not None:
            is_folder = os.path.isdir(self.script)
            path = os.path.join(self.script, '__main__.py') if is_folder else self.script
            with open(path, 'rb') as file:
                self.bytes = file.read()
            self.path = os.path.abspath(path)
            self.folder = os.path.abspath(self.script) if is_folder else os.path.dirname(os.path.realpath(path))

    # ------------------------------------------------------------------------------------------ beginning

    def prepare(self):
        """sys and __main__ as the program expects them. Records its source."""
        main = types.ModuleType('__main__')
        main.__builtins__ = builtins
        main.__annotations__ = {}
        sys.modules['__main__'] = main
        sys.path[0] = self.folder
        if self.module is not None:
            sys.argv = ['-m'] + self.arguments
            return
        sys.argv = [self.script] + self.arguments
        main.__file__ = self.path
        main.__cached__ = None
        from importlib.machinery import SourceFileLoader
        main.__loader__ = SourceFileLoader('__main__', self.path)
        sources.add(self.path)

    def run(self, start, stop):
        """Runs it between start() and stop(). Returns why it ended, and its exit status."""
        try:
            if self.module is not None:
                import runpy
                start()
                runpy._run_module_as_main(self.module)
            else:
                code = compile(self.bytes, self.path, 'exec', dont_inherit=True)
                start()
                exec(code, vars(sys.modules['__main__']))
        except SystemExit as leaving:
            stop()
            return 'exit', _status(leaving.code)
        except BaseException as error:
            stop()
            _report(error)
            if isinstance(error, KeyboardInterrupt):
                return 'killed', 128 + signal.SIGINT
            return 'exception', 1
        stop()
        return 'exit', 0

    # ------------------------------------------------------------------------------------------------ end

    def say_goodbye(self):
        """What the interpreter does when it ends, in its order, while it can still be recorded."""
        try:
            threading._shutdown()
        except KeyboardInterrupt:
            pass
        atexit._run_exitfuncs()
        sys.modules['__main__'] = types.ModuleType('__main__')
        gc.collect()
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError, AttributeError):
                pass


def _status(code):
    """The exit status that sys.exit(code) means; a text is told on stderr."""
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xff
    print(code, file=sys.stderr)
    return 1


# -------------------------------------------------------------------------------------------- tracebacks


def _own(traceback):
    return traceback.tb_frame.f_code.co_filename.startswith(_HERE)


def _without_own_frames(traceback):
    while traceback is not None and _own(traceback):
        traceback = traceback.tb_next
    at = traceback
    while at is not None:
        behind = at.tb_next
        while behind is not None and _own(behind):
            behind = behind.tb_next
        if behind is not at.tb_next:
            at.tb_next = behind
        at = behind
    return traceback


def _clean(error, seen):
    """Takes the recorder's frames out of an exception's traceback and those behind it."""
    if error is None or id(error) in seen:
        return
    seen.add(id(error))
    error.__traceback__ = _without_own_frames(error.__traceback__)
    _clean(error.__cause__, seen)
    _clean(error.__context__, seen)
    for inner in getattr(error, 'exceptions', ()):
        if isinstance(inner, BaseException):
            _clean(inner, seen)


def _report(error):
    """The traceback on stderr, as if nothing had recorded it."""
    _clean(error, set())
    sys.excepthook(type(error), error, error.__traceback__)


# ----------------------------------------------------------------------------------------------- signals


def end_when_killed():
    """SIGTERM and SIGHUP end the trace before they end the program, unless it handles them itself."""
    owner = os.getpid()

    def killed(number, frame):
        if os.getpid() == owner:
            if trace.writing:
                trace.afterwards = lambda: _die(number)
                return
            trace.end('killed', 128 + number)
        _die(number)

    def _die(number):
        trace.afterwards = None
        trace.end('killed', 128 + number)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, killed)
