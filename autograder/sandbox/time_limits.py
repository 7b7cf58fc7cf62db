"""How long calls may take, alone and together, and which limit it is that they reach.

`remote` counts each exchange with a worker against a limit: that of the call, within that of the
check, within that of the whole grading. Launchers wait for the end of a worker by the same clock.
What counts is said in `machine/stopwatch.py`.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager

from autograder.machine.stopwatch import PATIENCE, Elapsed, ProcessStopwatch, Stopwatch
from autograder.model.outcome import StudentLine
from autograder.model.verdict import Verdict
from autograder.sandbox import faults
from autograder.sandbox.faults import StudentFault

_LOOK_EVERY_S = 0.002
_NOTHING = Elapsed(0.0, 0.0)


class TimeLimit:
    """Seconds for all exchanges that are counted against it; `within` is the limit around it."""

    words = "{call} did not finish within {seconds:g} s and was stopped"
    verdict = Verdict.TIME_LIMIT

    def __init__(self, seconds: float, within: "TimeLimit | None" = None) -> None:
        self._seconds, self._within, self._used = seconds, within, _NOTHING

    @property
    def used_s(self) -> float:
        """Seconds that have been counted against it."""
        return self._used.counted_s

    def announce(self, function: str) -> None:
        """A call of this function of the submission comes next."""

    def of_call(self, seconds: float) -> "TimeLimit":
        """Of one call, within this one."""
        return TimeLimit(seconds, within=self)

    def left_s(self, now: Elapsed = _NOTHING) -> float:
        """Seconds until it or one around it is reached; `now` is what the present exchange used."""
        own = self._own_left_s(now)
        return own if self._within is None else min(own, self._within.left_s(now))

    def count(self, used: Elapsed) -> None:
        """After an exchange that has used so much."""
        self._used = self._with(used)
        if self._within is not None:
            self._within.count(used)

    def fault(self, call: str, now: Elapsed, lines: Sequence[StudentLine]) -> StudentFault:
        """Of the innermost that is reached."""
        if self._within is not None and self._own_left_s(now) > 0:
            return self._within.fault(call, now, lines)
        if self._with(now).counted_s < self._seconds:
            wall_s = PATIENCE * self._seconds
            what = f"{call} hardly got a processor in {wall_s:g} s: this machine is too busy"
            return faults.out_of_time(Verdict.GRADER_ERROR, what, lines)
        return self.reached(call, lines)

    def reached(self, call: str, lines: Sequence[StudentLine]) -> StudentFault:
        """The fault of using all of it."""
        what = self.words.format(call=call, seconds=self._seconds)
        return faults.out_of_time(self.verdict, what, lines)

    def _with(self, now: Elapsed) -> Elapsed:
        return Elapsed(*map(sum, zip(self._used, now, strict=True)))

    def _own_left_s(self, now: Elapsed) -> float:
        used = self._with(now)
        return min(self._seconds - used.counted_s, PATIENCE * self._seconds - used.wall_s)


class CheckLimit(TimeLimit):
    """For all calls of one run of a check together."""

    words = "the calls of this check took over {seconds:g} s together: {call} was stopped"


class ShareLimit(CheckLimit):
    """The same, of a check that has less than usual because of those before it."""

    words = (
        "the calls of this check took over {seconds:.3g} s together, its share of the time that"
        " other checks have left: {call} was stopped"
    )


def share_of(whole_s: float, used_s: float, done: int, runs: int) -> float:
    """Of `whole_s` for `runs` runs of checks: what the next one may take, after `done` of them.

    A third of the time is for checks that take more than others. Once that is used up, each has an
    equal part of the rest, so that the last check runs as well.
    """
    equal_s = 2 / 3 * whole_s / runs
    return equal_s + max(whole_s / 3 + equal_s * done - used_s, 0.0)


class RunLimit(TimeLimit):
    """For the whole grading: on the wall, from now on. Whose fault it is, the judge decides."""

    words = "the time for the whole grading was used up: {call} was stopped"

    def __init__(self, seconds: float) -> None:
        super().__init__(0.0)  # of what is counted
        self._whole_s, self._end = seconds, time.monotonic() + seconds

    def of_check(self, seconds: float, done: int, runs: int) -> CheckLimit:
        """For the calls of the next check, after `done` of `runs` runs: `seconds`, or its share."""
        share_s = share_of(self._whole_s, self.used_s, done, runs)
        return CheckLimit(seconds, self) if seconds <= share_s else ShareLimit(share_s, self)

    def used_by_calls(self) -> bool:
        """Whether the submission's calls have used most of what is used up, not the machine."""
        return self.used_s > self._whole_s / 2

    def _own_left_s(self, now: Elapsed) -> float:
        return self._end - time.monotonic()


class OurLimit(TimeLimit):
    """For what our own code does in a worker: reaching it is no fault of the student's."""

    verdict = Verdict.GRADER_ERROR


class Countdown:
    """One exchange with a worker: what it uses of a limit."""

    def __init__(self, limit: TimeLimit, stopwatch: Stopwatch) -> None:
        self._limit, self._stopwatch, self._now = limit, stopwatch, _NOTHING
        self._answering_s = 0.0
        stopwatch.start()

    def paused(self) -> AbstractContextManager[None]:
        """Meanwhile the submission waits for what it has asked."""
        return self._stopwatch.paused()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Meanwhile a function of the check computes the answer. That counts: a submission may ask
        again and again."""
        before = time.thread_time()
        yield
        self._answering_s += time.thread_time() - before

    def left_s(self, silent: bool = False) -> float:
        """Seconds that are left; a channel asks again and again, see `Stopwatch.elapsed`."""
        self._now = self._elapsed(silent)
        return self._limit.left_s(self._now)

    def end(self) -> None:
        """Count what it had used when it was asked last: the process may be gone."""
        self._limit.count(self._now)

    def fault(self, call: str, lines: Sequence[StudentLine]) -> StudentFault:
        """When nothing was left."""
        return self._limit.fault(call, self._now, lines)

    def _elapsed(self, silent: bool = False) -> Elapsed:
        counted_s, wall_s = self._stopwatch.elapsed(silent)
        return Elapsed(counted_s + self._answering_s, wall_s + self._answering_s)


def wait_for_end(pid: int, code: Callable[[], int | None], patience_s: float) -> int | None:
    """The exit code of a process that ends by itself, when it takes at most `patience_s`."""
    with closing(ProcessStopwatch(pid)) as stopwatch:
        countdown = Countdown(TimeLimit(patience_s), stopwatch)
        while (found := code()) is None and countdown.left_s(silent=True) > 0:
            time.sleep(_LOOK_EVERY_S)
        return found
