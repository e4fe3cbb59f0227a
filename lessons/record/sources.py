"""Source files and places in them. The program's own files are those beside and below its script."""
import fnmatch
import os
import sys

from _loopglass.text import quote
from _loopglass.trace import trace

_HERE = os.path.dirname(os.path.abspath(__file__)) + os.sep


class Sources:
    def __init__(self):
        self.folder = None  # of the program, with a separator behind
        self.globs = []
        self.ids = {}  # file name as in code objects -> 's1', or None: not the program's
        self.count = 0

    def begin(self, folder, globs):
        self.folder = os.path.join(folder, '')
        self.globs = globs

    def _is_the_programs(self, name):
        if name.startswith('<') or self.folder is None:
            return False
        if any(fnmatch.fnmatch(name, glob) for glob in self.globs):
            return True
        path = os.path.abspath(name)
        return path.startswith(self.folder) and 'site-packages' not in path and \
            'dist-packages' not in path and not path.startswith(_HERE)

    def add(self, name, text=None):
        """Gives the file an id and records its text."""
        self.count += 1
        number = self.ids[name] = 's%d' % self.count
        if text is None:
            text = _read(name)
        trace.emit(f'"source","source":"{number}","name":{quote(os.path.basename(name))},'
                   f'"language":"python","text":{quote(text)}')
        return number

    def __getitem__(self, name):
        """'s1', or None when the file is not the program's."""
        try:
            return self.ids[name]
        except KeyError:
            if self._is_the_programs(name):
                return self.add(name)
            self.ids[name] = None
            return None


def _read(name):
    import tokenize
    try:
        with tokenize.open(name) as file:
            return file.read()
    except (SyntaxError, UnicodeDecodeError):
        return ''
    except OSError:
        return _read_from_zip(name)


def _read_from_zip(name):
    import importlib.util
    import zipimport
    try:
        return importlib.util.decode_source(zipimport.zipimporter(sources.folder).get_data(name))
    except (OSError, SyntaxError, UnicodeDecodeError, ImportError):
        return ''


sources = Sources()


def here(key, frame=None):
    """',"created":["s1",7]': the innermost place in the program's files, '' when there is none."""
    frame = frame or sys._getframe(1)
    while frame is not None:
        number = sources[frame.f_code.co_filename]
        if number:
            return f',"{key}":["{number}",{frame.f_lineno}]'
        frame = frame.f_back
    return ''


def library(name):
    """'asyncio/tasks.py': what is said of a file that is not the program's."""
    return '/'.join(name.replace(os.sep, '/').split('/')[-2:])
