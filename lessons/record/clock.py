"""Two clocks. The real one only reads. The virtual one stands still while the program runs and moves in
select alone, to the next timer; time.sleep moves it too, and the whole loop loses that time."""
import time
from _thread import get_ident

sleep = time.sleep
monotonic = time.monotonic
monotonic_ns = time.monotonic_ns


class RealClock:
    name = 'monotonic'

    def __init__(self):
        self.read = monotonic_ns  # nanoseconds; the trace begins at start
        self.start = monotonic_ns()

    def when(self, seconds):
        """A moment of loop.time() on the trace's clock."""
        return round(seconds * 1e9) - self.start


class VirtualClock:
    name = 'virtual'

    def __init__(self):
        self.start = 0
        self.seconds = 0.0
        self.nanoseconds = 0

    def read(self):
        return self.nanoseconds

    def when(self, seconds):
        return round(seconds * 1e9)

    def sleep(self, seconds):
        self.move(self.seconds + seconds)

    def move(self, seconds):
        """To that moment, never backwards."""
        if seconds > self.seconds:
            self.seconds = round(seconds, 9)
            self.nanoseconds = round(seconds * 1e9)


def hear_sleep(blocked):
    """blocked(nanoseconds) is called before each time.sleep. It returns what to do in place of sleeping, or
    None: then it is really slept."""
    def heard(*seconds):
        try:
            nanoseconds = round(seconds[0] * 1e9)
        except (TypeError, ValueError, OverflowError, IndexError):
            nanoseconds = -1  # sleep says what is wrong
        instead = blocked(nanoseconds) if nanoseconds >= 0 and len(seconds) == 1 else None
        return (instead or sleep)(*seconds)
    heard.__name__ = heard.__qualname__ = 'sleep'
    time.sleep = heard


def pretend(clock):
    """Makes the time module show the virtual clock. Other threads keep the real one: they really wait."""
    import queue  # noqa: F401  takes its own hold of the real clock, as threading has done
    main = get_ident()
    epoch = time.time()

    def shown(real, start, scale):
        """The clock as time.<name>() gives it: a float of seconds, or whole nanoseconds."""
        def read():
            if get_ident() != main:
                return real()
            return start + (clock.seconds if scale == 1 else clock.nanoseconds)
        read.__name__ = read.__qualname__ = real.__name__
        return read

    for name in ('monotonic', 'perf_counter'):
        setattr(time, name, shown(getattr(time, name), 0.0, 1))
        setattr(time, name + '_ns', shown(getattr(time, name + '_ns'), 0, 10**9))
    time.time_ns = shown(time.time_ns, round(epoch * 1e9), 10**9)
    time.time = shown(time.time, epoch, 1)
