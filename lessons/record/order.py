"""The canonical order: where CPython goes through a set of tasks or futures, whose order is that of addresses,
a recording made to be compared goes through them in the order in which they were made.

The places are wait, as_completed, TaskGroup's abort, and run's shutdown with its asynchronous generators.
"""
import asyncio
import asyncio.tasks
import functools
import weakref

from _loopglass.objects import ident


class OrderedSet(set):
    """A set that is gone through in the order of insertion."""

    def __init__(self, items=()):
        self._order = dict.fromkeys(items)
        super().__init__(self._order)

    def __iter__(self):
        return iter(list(self._order))

    def add(self, item):
        self._order[item] = None
        super().add(item)

    def discard(self, item):
        self._order.pop(item, None)
        super().discard(item)

    def remove(self, item):
        super().remove(item)
        del self._order[item]

    def pop(self):
        if not self._order:
            raise KeyError('pop from an empty set')
        item = next(iter(self._order))
        self.remove(item)
        return item

    def clear(self):
        self._order.clear()
        super().clear()

    def update(self, *others):
        for other in others:
            for item in other:
                self.add(item)

    def __repr__(self):
        return '{%s}' % ', '.join(map(repr, self._order)) if self._order else 'set()'


OrderedSet.__name__ = OrderedSet.__qualname__ = 'set'
OrderedSet.__module__ = 'builtins'


class OrderedWeakSet:
    """As much of weakref.WeakSet as a loop needs for its asynchronous generators."""

    def __init__(self):
        self._references = {}

    def add(self, item):
        number = id(item)
        self._references[number] = weakref.ref(item, lambda _: self._references.pop(number, None))

    def discard(self, item):
        self._references.pop(id(item), None)

    def __iter__(self):
        items = [reference() for reference in list(self._references.values())]
        return iter([item for item in items if item is not None])

    def __len__(self):
        return len(self._references)

    def clear(self):
        self._references.clear()


def _all_tasks(stock):
    def all_tasks(loop=None):
        """Return a set of all tasks for the loop."""
        return OrderedSet(sorted(stock(loop), key=lambda task: int(ident(task)[1:])))
    return all_tasks


# Some write their set as a display, which no name can be put in place of: they are made anew from their source.
_DISPLAYS = ('{ensure_future(f, loop=loop) for f in set(fs)}',
             '{ensure_future(f, loop=loop) for f in fs}',
             '{ensure_future(aw, loop=loop) for aw in set(aws)}')


def _made_anew(name):
    """asyncio.tasks.<name> with a set() that keeps its order."""
    import inspect
    import textwrap
    tasks = asyncio.tasks
    text = textwrap.dedent(inspect.getsource(vars(tasks)[name]))
    for display in _DISPLAYS:
        text = text.replace(display, 'set([%s])' % display[1:-1])
    made = {}
    exec(compile(text, tasks.__file__, 'exec', dont_inherit=True), vars(tasks), made)
    return made[name]


def _order_as_completed():
    """Reading the source takes its time, and most programs never call as_completed: not before one does."""
    tasks = asyncio.tasks
    stock = tasks.as_completed
    name = '_AsCompletedIterator' if hasattr(tasks, '_AsCompletedIterator') else 'as_completed'
    made = []

    @functools.wraps(stock)
    def as_completed(fs, **named):
        if not made:
            made.append(_made_anew(name))
            if name != 'as_completed':
                setattr(tasks, name, made[0])
        return (made[0] if name == 'as_completed' else stock)(fs, **named)
    asyncio.as_completed = tasks.as_completed = as_completed


def install(loop):
    """loop: the class of recorded loops."""
    asyncio.tasks.set = OrderedSet
    try:
        from asyncio import taskgroups
        taskgroups.set = OrderedSet
    except ImportError:  # before 3.11, when wait has a display too
        asyncio.wait = asyncio.tasks.wait = _made_anew('wait')
    asyncio.tasks.all_tasks = asyncio.all_tasks = _all_tasks(asyncio.tasks.all_tasks)
    _order_as_completed()
    start = loop.__init__

    def __init__(self, selector=None):
        start(self, selector)
        self._asyncgens = OrderedWeakSet()
    loop.__init__ = __init__
