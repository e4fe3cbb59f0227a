"""The loop's whole state as CPython holds it, written beside the events that tell how it came about:

    {…,"ev":"snapshot","ready":["h4","h5"],"timers":["h3"],"tasks":{"t1":"f2","t2":null}}

ready: the queue from its head; timers: those not cancelled, in the order in which they will fire; tasks: each
pending task and the future it waits on, null when it waits on nothing (ready or running). One stands behind
every iteration and behind every ran. Who rebuilds the state from the events must get the same.
"""
import asyncio.tasks

from _loopglass.objects import ident
from _loopglass.text import quote
from _loopglass.trace import trace


def _ids(handles):
    return ','.join([f'"{handle._glass}"' for handle in handles if hasattr(handle, '_glass')])


def write_snapshot(loop):
    with trace.lock:
        ready = _ids(list(loop._ready))
        timers = _ids(sorted(handle for handle in loop._scheduled if not handle._cancelled))
        tasks = [task for task in asyncio.tasks.all_tasks(loop) if hasattr(task, '_glass')]
        tasks.sort(key=lambda task: int(task._glass[1:]))
        states = []
        for task in tasks:
            waiter = task._fut_waiter
            on = 'null' if waiter is None or waiter.done() else quote(ident(waiter))
            states.append(f'"{task._glass}":{on}')
        trace.emit(f'"snapshot","ready":[{ready}],"timers":[{timers}],"tasks":{{{",".join(states)}}}{loop._glass_key}')
