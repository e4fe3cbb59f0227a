"""One recording: every hook in its place, the program, the end of the trace."""
import functools
import os
import signal
from _thread import get_ident

from _loopglass import byhand, clock, console, foreign, frames, futures, handles, loop, program as programs, shown, waiting, warn
from _loopglass.imports import when_imported
from _loopglass.lines import lines
from _loopglass.naps import naps
from _loopglass.sources import here, sources
from _loopglass.text import quote
from _loopglass.trace import complain, trace


def complain_on(fd):
    complain.fd = fd


def _hear_sleep(time):
    """A time.sleep holds up the loop of its thread, and under the virtual clock it moves that."""
    main = get_ident()
    instead = time.sleep if time.name == 'virtual' else None

    def nap(seconds):
        naps.sleep(time, seconds)

    def blocked(nanoseconds):
        thread = get_ident()
        if thread != main and thread not in loop.running:
            return nap if instead and loop.is_at_a_job() else None
        trace.emit(f'"blocked","duration":{nanoseconds}{here("by")}')
        watch = loop.running.get(thread)
        if watch is not None:
            watch.told = True
        return instead if thread == main else None
    clock.hear_sleep(blocked)


def _install(options):
    frames.install()
    _hear_sleep(trace.clock)
    if options.virtual:
        clock.pretend(trace.clock)
    handles.install(options.virtual)
    futures.install()
    loop.install(options.virtual, options.snapshots)
    if options.canonical:
        from _loopglass import order
        order.install(loop.Loop)
    console.install()
    warn.install()
    shown.install()
    foreign.install(when_imported)
    when_imported('greenlet', byhand.hear_greenlets)
    programs.end_when_killed()
    waiting.remember_handlers()


def run(options, program, file, header):
    """Returns the program's exit status."""
    time = clock.VirtualClock() if options.virtual else clock.RealClock()
    trace.open(file, header(options, time), time, options.limit, options.trace_limit)
    _at_exit_of_process()
    _at_exec()
    sources.begin(program.folder, options.lines_in)
    _install(options)
    program.prepare()
    start, stop = (lines.start, lines.stop) if options.lines else (_nothing, _nothing)
    why, status = program.run(start, stop)
    loop.watchdog.stop()
    program.say_goodbye()
    trace.end(why, status)
    if why == 'killed':
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    return status


def _nothing():
    """In place of lines.start and lines.stop."""


def _at_exit_of_process():
    """os._exit runs no clean-up: the lines so far are written before it."""
    stock = os._exit

    def _exit(status):
        trace.flush()
        trace.file.keep()
        stock(status)
    os._exit = functools.wraps(stock)(_exit)


def _at_exec():
    """The process becomes another program: that is the trace's end, as far as one can see beforehand."""
    for name in ('execv', 'execve'):
        setattr(os, name, _heard_exec(getattr(os, name)))


def _heard_exec(stock):
    @functools.wraps(stock)
    def execute(path, *arguments, **named):
        if os.path.isfile(path) and os.access(path, os.X_OK):
            trace.emit(f'"note","text":{quote("the process becomes " + os.fsdecode(path))}')
            trace.end('exit')
        return stock(path, *arguments, **named)
    return execute
