"""The recorder's own frames, which a program must not see: not in its tracebacks, nor in the stacks that it
prints or that asyncio's debug mode keeps."""
import os
import sys
import traceback

_HERE = os.path.dirname(os.path.abspath(__file__)) + os.sep
_BOTTOM = _HERE + '__main__.py'  # what stands below has started the recorder


def own(frame):
    return frame.f_code.co_filename.startswith(_HERE)


def without_own(frames):
    """Of (frame, …) pairs, from the outermost or from the innermost on, those that are not the recorder's."""
    for pair in frames:
        if not own(pair[0]):
            yield pair


def _above_the_recorder(frames):
    for pair in frames:
        if pair[0].f_code.co_filename == _BOTTOM:
            return
        yield pair


def install():
    """Both ways of walking that the traceback module has, and everybody with it, logging and asyncio too."""
    stock_stack = traceback.walk_stack
    here = stock_stack.__code__.co_filename

    def walk_stack(f):
        if f is None:  # who called extract()
            f = sys._getframe(1)
            while f.f_code.co_filename == here:
                f = f.f_back
        return without_own(_above_the_recorder(stock_stack(f)))
    walk_stack.__doc__ = stock_stack.__doc__
    traceback.walk_stack = walk_stack
    for name in ('walk_tb', '_walk_tb_with_full_positions'):
        stock = getattr(traceback, name, None)
        if stock is not None:
            setattr(traceback, name, _walker(stock))


def _walker(stock):
    def walk_tb(tb):
        return without_own(stock(tb))
    walk_tb.__doc__ = stock.__doc__
    return walk_tb


# ------------------------------------------------------------------ tracebacks that C code is going to print


def _cut(link):
    while link is not None and own(link.tb_frame):
        link = link.tb_next
    at = link
    while at is not None:
        behind = at.tb_next
        while behind is not None and own(behind.tb_frame):
            behind = behind.tb_next
        if behind is not at.tb_next:
            at.tb_next = behind
        at = behind
    return link


def clean(error, seen=None):
    """Takes the recorder's frames out of an exception's traceback and those behind it."""
    seen = set() if seen is None else seen
    if error is None or id(error) in seen:
        return
    seen.add(id(error))
    error.__traceback__ = _cut(error.__traceback__)
    clean(error.__cause__, seen)
    clean(error.__context__, seen)
    for inner in getattr(error, 'exceptions', ()):
        if isinstance(inner, BaseException):
            clean(inner, seen)
