"""python3 lessons/record [options] SCRIPT.py [args...] | -m MODULE [args...]

The recorder's own modules live in a package that no program imports by accident, and its folder is not on
sys.path: the recorded program finds what it would find without it.

This file is all that a Python that is too old reads: it has only what Python 2 understands.
"""
import os
import sys
import types

if sys.version_info < (3, 9):
    sys.stderr.write('loopglass-record: this is Python %d.%d; the recorder needs CPython 3.9 or newer, '
                     'and is tested up to 3.13\n' % tuple(sys.version_info[:2]))
    sys.exit(4)

HERE = os.path.dirname(os.path.abspath(__file__))

package = types.ModuleType('_loopglass')
package.__path__ = [HERE]
sys.modules['_loopglass'] = package

from _loopglass.main import main  # noqa: E402

if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
