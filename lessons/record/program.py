"""The recorded program: it runs as __main__, as `python3 SCRIPT` and `python3 -m MODULE` would run it, and its
last words are heard: threads, atexit functions, objects that go at the end."""
import atexit
import builtins
import functools
import gc
import os
import signal
import sys
import threading
import types

from _loopglass.frames import clean
from _loopglass.sources import sources
from _loopglass.trace import trace


class Program:
    def __init__(self, options):
        """OSError when its script cannot be read."""
        self.module = options.module
        self.arguments = options.arguments
        self.script = options.script
        self.folder = os.getcwd()
        if self.script is not None:
            self.path = os.path.abspath(self.script)
            self.holds_main = _holds_main(self.script)
            if self.holds_main:
                self.folder = self.path
            else:
                with open(self.script, 'rb') as file:
                    self.bytes = file.read()
                self.folder = os.path.dirname(os.path.realpath(self.script))

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
        if self.holds_main:
            return
        main.__file__ = self.path
        main.__cached__ = None
        from importlib.machinery import SourceFileLoader
        main.__loader__ = SourceFileLoader('__main__', self.path)
        sources.add(self.path)

    def run(self, start, stop):
        """Runs it between start() and stop(). Returns why it ended, and its exit status."""
        try:
            if self.module is not None or self.holds_main:
                import runpy
                start()
                runpy._run_module_as_main(self.module or '__main__', alter_argv=self.module is not None)
            else:
                code = self._code()
                start()
                exec(code, vars(sys.modules['__main__']))
        except SystemExit as leaving:
            stop()
            return 'exit', _status(leaving.code)
        except BaseException as error:
            stop()
            status = _report(error)
            if isinstance(error, KeyboardInterrupt):
                return 'killed', 128 + signal.SIGINT
            return 'exception', status
        stop()
        return 'exit', 0

    def _code(self):
        if self.script.endswith('.pyc'):
            from importlib.machinery import SourcelessFileLoader
            return SourcelessFileLoader('__main__', self.path).get_code('__main__')
        return compile(self.bytes, self.path, 'exec', dont_inherit=True)

    # ------------------------------------------------------------------------------------------------ end

    def say_goodbye(self):
        """What the interpreter does when it ends, in its order, while it can still be recorded."""
        try:
            threading._shutdown()
        except KeyboardInterrupt:
            pass
        try:
            atexit._run_exitfuncs()
        except BaseException:  # until 3.9 it raises what it has already told
            pass
        sys.modules.pop('__main__', None)
        gc.collect()
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError, AttributeError):
                pass


def _holds_main(script):
    """Is it a folder or a zip file, whose __main__.py is the program?"""
    if os.path.isdir(script):
        open(os.path.join(script, '__main__.py'), 'rb').close()
        return True
    import zipimport
    try:
        zipimport.zipimporter(script)
    except zipimport.ZipImportError:
        return False
    return True


def _status(code):
    """The exit status that sys.exit(code) means; a text is told on stderr."""
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xff
    print(code, file=sys.stderr)
    return 1


def _report(error):
    """The traceback on stderr, as if nothing had recorded it. Returns the exit status."""
    clean(error)
    try:
        sys.excepthook(type(error), error, error.__traceback__)
    except SystemExit as leaving:
        return _status(leaving.code)
    except BaseException as second:
        clean(second)
        second.__context__ = None
        print('Error in sys.excepthook:', file=sys.stderr)
        sys.__excepthook__(type(second), second, second.__traceback__)
        print('\nOriginal exception was:', file=sys.stderr)
        sys.__excepthook__(type(error), error, error.__traceback__)
    return 1


# ----------------------------------------------------------------------------------------------- signals


DEADLY = (signal.SIGTERM, signal.SIGHUP)


def end_when_killed():
    """SIGTERM and SIGHUP end the trace before they end the program, unless it handles them itself. It sees the
    default where it has set nothing else."""
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
        stock_set(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    stock_set, stock_get = signal.signal, signal.getsignal

    def shown(handler):
        return signal.SIG_DFL if handler is killed else handler

    def set_handler(signalnum, handler):
        if handler == signal.SIG_DFL and signalnum in DEADLY:
            handler = killed
        return shown(stock_set(signalnum, handler))

    def getsignal(signalnum):
        return shown(stock_get(signalnum))

    for number in DEADLY:
        if stock_get(number) == signal.SIG_DFL:
            stock_set(number, killed)
    for name, ours in ('signal', set_handler), ('getsignal', getsignal):
        setattr(signal, name, functools.wraps(getattr(signal, name))(ours))
