"""Jobs that sleep under the virtual clock: a time.sleep in a thread of an executor. The thread naps until the
loop's time has come so far; the loop moves its time only when every job naps, to its next timer or to the end of
the first nap, whichever is earlier. Nobody naps longer than the sleep would take in real time: the program may
wait for the job by other means than its loop."""
import threading
from _thread import allocate_lock
from bisect import insort
from itertools import count


class Naps:
    def __init__(self):
        self.guard = allocate_lock()
        self.sleepers = []  # (until, number, a lock that is free when it is over)
        self.numbers = count()
        self.are_taken = False  # by a job, ever

    def sleep(self, clock, seconds):
        self.are_taken = True
        over = allocate_lock()
        over.acquire()
        with self.guard:
            nap = clock.seconds + seconds, next(self.numbers), over
            insort(self.sleepers, nap)
        over.acquire(timeout=min(seconds, threading.TIMEOUT_MAX))
        with self.guard:
            if nap in self.sleepers:
                self.sleepers.remove(nap)

    def end(self, watch):
        """When the first ends; None while not all jobs of this loop nap."""
        with self.guard:
            return self.sleepers[0][0] if self.sleepers and self._all_nap(watch, watch.jobs) else None

    def all_nap(self, watch, jobs):
        """So many jobs, or as many as there are threads for."""
        with self.guard:
            return self._all_nap(watch, jobs)

    def _all_nap(self, watch, jobs):
        return len(self.sleepers) >= min(jobs, sum(getattr(pool, '_max_workers', 0) for pool in watch.executors()))

    def wake(self):
        with self.guard:
            if self.sleepers:
                self.sleepers.pop(0)[2].release()


naps = Naps()
