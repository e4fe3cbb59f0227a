"""The trace: events as lines of JSON, collected in memory, numbered and written together.

An event is one append to a list, which no other thread can split, so events need no lock; a line gets its
number when it is written. What is in memory is written when the loop is about to wait, when there is much of
it, and at the end: who reads the trace from a pipe sees everything whenever the program is idle.
"""
import os
import threading
from _thread import get_ident
from os import write

from _loopglass.text import quote

MOST_IN_MEMORY = 2000  # lines
LAST_LINE = 128  # bytes that the last line needs at most
LONGEST_PIECE = 1000  # characters of a line that is still joined with what is printed behind it


def _ignore(event):
    """In place of emit() where nothing is recorded: before the trace, after it, in a forked child."""


def _thread_name():
    """threading.current_thread() would make one up for a thread that is none of its own, and keep it."""
    thread = threading._active.get(get_ident())
    return 'thread' if thread is None else thread.name


def _encoded(text):
    try:
        return text.encode()
    except UnicodeEncodeError:  # lone surrogates
        return text.encode('utf-8', 'surrogatepass').decode('utf-8', 'replace').encode()


def _first(lines, room):
    """As many as there is room for."""
    for k, line in enumerate(lines):
        room -= len(_encoded(line))
        if room < 0:
            return lines[:k]
    return lines


class Trace:
    def __init__(self):
        self.emit = _ignore
        self.on = False
        self.lock = threading.RLock()
        self.lines = []
        self.written = 0  # events
        self.limit = 0
        self.room = None  # bytes; None: no limit
        self.file = None
        self.fd = -1
        self.clock = None
        self.newest = 0  # time of the newest line written, when
        self.threads = False  # … others than the main one record too
        self.writing = False
        self.afterwards = None  # called when the write that was under way is complete
        self.last_output = None  # (line, fd, text) of the newest output

    def open(self, file, header, clock, limit, room):
        """Writes the header and begins to record into a TraceFile."""
        self.file = file
        self.fd = file.fd
        self.clock = clock
        self.limit = limit
        self.room = room or None
        self.on = True
        self._write(_encoded(header + '\n'))
        if self.on:
            self.emit = self._emitter()
        os.register_at_fork(after_in_child=self._leave_it_to_the_parent)

    def _emitter(self):
        lines, append, main = self.lines, self.lines.append, get_ident()
        read, start = self.clock.read, self.clock.start

        def emit(event):
            """Records '"kind","key":value…': what stands between "ev": and the closing brace."""
            if get_ident() != main:
                self.threads = True
                event += ',"thread":' + quote(_thread_name())
            line = f'{read() - start},"ev":{event}}}\n'
            append(line)
            if len(lines) >= MOST_IN_MEMORY:
                self.flush()
            return line
        return emit

    def append(self, event):
        """Records an event of the recorder's own thread, which is none of the program's."""
        if self.on:
            self.threads = True
            self.lines.append(f'{self.clock.read() - self.clock.start},"ev":{event}}}\n')

    def output(self, fd, text):
        """Records what the program printed. The pieces of one print() become one event. A whole line is written at
        once: a process that a signal ends, or that becomes another program, leaves what it has printed."""
        with self.lock:
            if not self.on:
                return
            newest = len(self.lines) - 1
            line, last_fd, last_text = self.last_output or ('', 0, '\n')
            if newest >= 0 and self.lines[newest] is line and last_fd == fd and last_text[-1] != '\n' and \
                    len(last_text) < LONGEST_PIECE:
                head, key, _ = line.partition('"text":')
                tail = line[len(head + key + quote(last_text)):]
                text = last_text + text
                self.lines[newest] = line = head + key + quote(text) + tail
            else:
                line = self.emit(f'"output","fd":{fd},"text":{quote(text)}')
            self.last_output = line, fd, text
            if text[-1] == '\n':
                self.flush()

    def flush(self):
        """Writes what is in memory, whole lines only."""
        with self.lock:
            if self.writing:
                return  # a signal handler came in between: its lines are written with the next ones
            self.writing = True
            lines = self.lines.copy()
            del self.lines[:len(lines)]
            first = self.written + 1
            if self.limit and self.written + len(lines) >= self.limit:
                lines = lines[:self.limit - self.written]
            if self.threads:
                lines = self._in_order_of_time(lines)
            lines = [f'{{"i":{i},"ts":{line}' for i, line in enumerate(lines, first)]
            text = _encoded(''.join(lines))
            full = self.room is not None and len(text) > self.room - LAST_LINE
            if full:
                lines = _first(lines, self.room - LAST_LINE)
                text = _encoded(''.join(lines))
            self.written += len(lines)
            if lines and self.on:
                self._write(text)
            self.writing = False
            if self.on and (full or (self.limit and self.written >= self.limit)):
                self.limit, self.room = 0, None
                self.lines.clear()
                self.end('limit')
                if full:
                    complain('the trace has reached its limit and ends here; the program goes on (--trace-limit)')
        if self.afterwards:
            self.afterwards()

    def _in_order_of_time(self, lines):
        """A thread may be interrupted between reading the clock and its append, which then comes behind a later
        one: the order is that of the appends, and time does not go back."""
        ordered = []
        for line in lines:
            time, comma, event = line.partition(',')
            self.newest = max(self.newest, int(time))
            ordered.append(f'{self.newest},{event}')
        return ordered

    def end(self, why, code=None):
        """Writes the last event. Nothing is recorded after it."""
        with self.lock:
            self.flush()  # which ends the trace itself when the limit is reached
            if self.on:
                self.limit, self.room = 0, None
                self.emit(f'"end","why":"{why}"' + ('' if code is None else f',"code":{code}'))
                self.flush()
                self.fall_silent()
                self.file.keep()

    def fall_silent(self):
        """Ends the recording without a word."""
        self.emit = _ignore
        self.on = False
        self.lines.clear()
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    def _leave_it_to_the_parent(self):
        """In a forked child."""
        self.lock = threading.RLock()  # another thread of the parent may have held the old one
        self.writing = False
        self.file.leave()
        self.fall_silent()

    def _write(self, data):
        if self.room is not None:
            self.room -= len(data)
        try:
            while data:
                try:
                    data = data[write(self.fd, data):]
                except BlockingIOError:
                    import select
                    select.select([], [self.fd], [])
        except OSError as error:  # a full disk, a reader that went away: the program goes on
            self.on = False
            self.emit = _ignore
            if not isinstance(error, BrokenPipeError):
                complain('the trace ends here: ' + error.strerror)


def complain(text):
    """One line on the real stderr, past what the program may have put in its place."""
    try:
        write(complain.fd, ('loopglass-record: %s\n' % text).encode('utf-8', 'replace'))
    except OSError:
        pass


complain.fd = 2

trace = Trace()
