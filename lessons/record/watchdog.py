"""Steps that hold the loop: who does not give way keeps everybody waiting. By the real clock only.

A step of more than 100 ms is told as blocked when it ends. One that does not end is told after a second, with
the place where it is, by a thread that looks on; the thread is none of threading's, and it is gone while no loop
runs and while the program forks, for which a second thread would be a reason to warn.
"""
import os
import sys
import _thread

from _loopglass.clock import monotonic_ns, sleep
from _loopglass.sources import here
from _loopglass.trace import trace

LONG = 100_000_000  # nanoseconds: such a step is told when it ends
ENDLESS = 1_000_000_000  # … and such a one while it goes on
PERIOD = 0.1  # seconds


class Watchdog:
    def __init__(self, running):
        self.running = running  # thread -> watch
        self.wake = _thread.allocate_lock()
        self.gone = _thread.allocate_lock()
        self.alive = False
        self.interrupted = False  # by a fork: the next step starts it again
        self.lock = _thread.allocate_lock()  # loops of several threads start and stop it

    def start(self):
        with self.lock:
            if not self.alive:
                self.alive, self.interrupted = True, False
                self.wake.acquire()
                self.gone.acquire()
                _thread.start_new_thread(self._look_on, ())

    def stop(self):
        """Returns when the thread is gone."""
        with self.lock:
            self.interrupted = False
            if self.alive:
                self.wake.release()
                self.gone.acquire()
                self.gone.release()
                self.alive = False

    def forked(self):
        """In the child, where nothing is recorded; another thread of the parent may have held the lock."""
        self.lock = _thread.allocate_lock()
        self.interrupted = False

    def _look_on(self):
        while not self.wake.acquire(timeout=PERIOD):
            for thread, watch in list(self.running.items()):
                began = watch.began
                if began and monotonic_ns() - began > LONG:
                    self._look_at(thread, watch, began)
        self.wake.release()
        self.gone.release()

    def _look_at(self, thread, watch, began):
        place = here('by', sys._current_frames().get(thread))
        if watch.began != began:
            return  # it has just ended
        watch.place = place
        duration = monotonic_ns() - began
        if duration > ENDLESS and not watch.told:
            watch.told = True
            trace.append(f'"blocked","duration":{duration}{place}{watch.key}')
            trace.flush()


def ended(watch):
    """A step has returned."""
    duration = monotonic_ns() - watch.began
    if duration > LONG and not watch.told:
        trace.emit(f'"blocked","duration":{duration}{watch.place}{watch.key}')
    watch.began, watch.told, watch.place = 0, False, ''


def _count_threads():
    try:
        return len(os.listdir('/proc/self/task'))
    except OSError:
        return 0


def keep_out_of_forks(watchdog):
    def before():
        if not watchdog.alive:
            return
        threads = _count_threads()
        watchdog.stop()
        watchdog.interrupted = True
        for _ in range(1000):  # until the system too knows that the thread is gone
            if _count_threads() < max(threads, 1):
                break
            sleep(0.001)

    os.register_at_fork(before=before, after_in_child=watchdog.forked)
