"""What the program prints. sys.stdout and sys.stderr become text files of the stock kind that tell what is
written to them; so do their buffers, and os.write to the two descriptors. What a child process writes goes
past all this."""
import io
import os
import sys

from _loopglass.trace import trace


class _Buffer:
    """sys.stdout.buffer as the program sees it. The text file writes to the real one."""

    def __init__(self, buffer, fd):
        self._glass_buffer, self._glass_fd = buffer, fd

    @property
    def __class__(self):  # for isinstance()
        return type(self._glass_buffer)

    def __repr__(self):
        return repr(self._glass_buffer)

    def __enter__(self):
        return self._glass_buffer.__enter__() and self

    def __exit__(self, *error):
        return self._glass_buffer.__exit__(*error)

    def write(self, data):
        count = self._glass_buffer.write(data)
        _tell_bytes(self._glass_fd, data)
        return count

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def __getattr__(self, name):
        return getattr(self._glass_buffer, name)


class TextIOWrapper(io.TextIOWrapper):
    _glass_fd = _glass_seen = None

    def write(self, text):
        count = super().write(text)
        if text:
            trace.output(self._glass_fd, text)
        return count

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def __repr__(self):  # as if its class were the stock one, also since 3.13
        return super().__repr__().replace('<TextIOWrapper', '<_io.TextIOWrapper', 1)

    @property
    def buffer(self):
        if self._glass_seen is None:
            self._glass_seen = _Buffer(super().buffer, self._glass_fd)
        return self._glass_seen


TextIOWrapper.__module__ = io.TextIOWrapper.__module__


def _tell_bytes(fd, data):
    text = bytes(data).decode('utf-8', 'replace')
    if text:
        trace.output(fd, text)


def _replace(stream, fd):
    """A text file like the stream, around the same buffer."""
    if stream is None:
        return None
    how = dict(encoding=stream.encoding, errors=stream.errors, line_buffering=stream.line_buffering,
               write_through=stream.write_through)
    file = TextIOWrapper(stream.detach(), newline='\n', **how)
    file.mode = 'w'
    file._glass_fd = fd
    return file


def install():
    sys.stdout = sys.__stdout__ = _replace(sys.stdout, 1)
    sys.stderr = sys.__stderr__ = _replace(sys.stderr, 2)
    stock = os.write

    def write(fd, data, /):
        count = stock(fd, data)
        if fd == 1 or fd == 2:
            _tell_bytes(fd, bytes(data)[:count])
        return count
    write.__qualname__ = 'write'
    os.write = write
