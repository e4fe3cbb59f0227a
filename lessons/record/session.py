"""One recording: every hook in its place, the program, the end of the trace."""
import os
import signal
import sys

from _loopglass import clock, console, futures, handles, loop, program as programs, waiting, warn
from _loopglass.lines import lines
from _loopglass.sources import here, sources
from _loopglass.trace import complain, trace


def complain_on(fd):
    complain.fd = fd


def _blocked(nanoseconds):
    trace.emit(f'"blocked","duration":{nanoseconds}{here("by")}')


def _install(options):
    if options.virtual:
        clock.pretend(trace.clock, _blocked)
    handles.install(options.virtual)
    futures.install()
    loop.install(options.virtual, options.snapshots)
    if options.canonical:
        from _loopglass import order
        order.install(loop.Loop)
    console.install()
    warn.install()
    programs.end_when_killed()
    waiting.remember_handlers()


def run(options, program, fd, header):
    """Returns the program's exit status."""
    time = clock.VirtualClock() if options.virtual else clock.RealClock()
    trace.open(fd, header(options, time), time, options.limit)
    leave = _at_exit_of_process()
    sources.begin(program.folder, options.lines_in)
    _install(options)
    program.prepare()
    start, stop = (lines.start, lines.stop) if options.lines else (_nothing, _nothing)
    why, status = program.run(start, stop)
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
        stock(status)
    os._exit = _exit
    return stock
