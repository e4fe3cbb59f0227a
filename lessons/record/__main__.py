"""python3 lessons/record [options] SCRIPT.py [args…] | -m MODULE [args…]

The recorder's own modules live in a package that no program imports by accident, and its folder is not on
sys.path: the recorded program finds what it would find without it.
"""
import os
import sys
import types

HERE = os.path.dirname(os.path.abspath(__file__))

package = types.ModuleType('_loopglass')
package.__path__ = [HERE]
sys.modules['_loopglass'] = package

from _loopglass.main import main  # noqa: E402

if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
