"""The trace's file. A regular one is written under another name beside the real one and renamed at the end: who
opens the real name finds a whole trace or none. A pipe or a device is written to as it is."""
import fcntl
import os
import stat

FAR = 500  # the recorder's descriptors are from here on: the program gets those that it would get


def keep_far(fd):
    return fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, FAR)


class TraceFile:
    def __init__(self, near, temporary=None, path=None):
        self.fd = keep_far(near)
        self.temporary, self.path = temporary, path

    def keep(self):
        """Gives it its real name."""
        if self.temporary is not None:
            os.replace(self.temporary, self.path)
            self.temporary = None

    def leave(self):
        """It is another process's now, which gives it its name."""
        self.temporary = None


def open_for(name):
    """'-' is stdout. OSError when it cannot be written."""
    if name == '-':
        return TraceFile(1)
    temporary = path = None
    try:
        regular = stat.S_ISREG(os.stat(name).st_mode)
    except FileNotFoundError:
        regular = True
    if regular:
        path = os.path.realpath(name)  # through a link the file it leads to is replaced, not the link
        temporary = '%s.%d' % (path, os.getpid())
    near = os.open(temporary or name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        return TraceFile(near, temporary, path)
    finally:
        os.close(near)
