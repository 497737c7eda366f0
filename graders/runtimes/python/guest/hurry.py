"""A step that has used up its processor time is interrupted, as far as Python can be."""

import signal
import time


class TooLong(BaseException):
    """The step is over; no `except Exception` of a program's holds it up."""


class Hurry:
    """Steps with so many seconds each, and so many in all."""

    def __init__(self, each, whole):
        self._each, self._end = each, time.process_time() + whole

    def __enter__(self):
        left = min(self._each, self._end - time.process_time())
        if left <= 0:
            raise TooLong
        signal.signal(signal.SIGVTALRM, _interrupt)
        signal.setitimer(signal.ITIMER_VIRTUAL, left)
        return self

    def __exit__(self, *raised):
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        return False


def _interrupt(number, frame):
    raise TooLong
