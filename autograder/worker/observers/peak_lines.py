"""Observer in the worker: which lines of the student's files hold memory when most is in use.

For explanations only: it traces every line, and looks at all memory again and again.
"""

import tracemalloc
from collections import Counter
from collections.abc import Callable
from types import FrameType
from typing import Any

from autograder.worker.observers import Counted
from autograder.worker.observers.allocations import torch_counter
from autograder.worker.observers.timeline import Timeline
from autograder.worker.observers.traced_lines import lines_traced, place

_DEPTH = 12  # frames between an allocation and the student's line: numpy's own functions
_HIGHER = 1.02  # than the peak so far: the line that ends with all of it in use is not the cause
_STEP = 1.1, 64 * 1024  # how much more must be in use before we look again


def observe(function: Callable[..., Any], arguments: Any, keywords: Any, folder: str) -> Counted:
    """Call `function`; the counts are named `file:line:held`, and one `file:line:peak`, in bytes.

    Held is what a line has allocated and what is there when the peak begins; the peak is that of
    the line during which it was reached, with what that line itself needs.
    """
    count_torch = torch_counter()
    tracemalloc.start(_DEPTH)
    try:
        before = tracemalloc.take_snapshot()
        watch = _Watch(Timeline(), folder)
        with count_torch(watch.timeline), lines_traced(watch.line_done, folder):
            value = function(*arguments, **keywords)
        counts = watch.counts(_held(before, folder))
    finally:
        tracemalloc.stop()
    return value, counts


class _Watch:
    """Looks at the memory whenever one of the student's lines begins or ends."""

    def __init__(self, timeline: Timeline, folder: str) -> None:
        self.timeline, self._folder = timeline, folder
        self._looked_at = 0.0
        self._held: dict[str, int] = {}
        self._peak, self._line = 0, ""

    def counts(self, elsewhere: Counter[str]) -> dict[str, float]:
        """What was seen, less what was there before."""
        counts = {
            f"{line}:held": float(size - elsewhere[line])
            for line, size in self._held.items()
            if size > elsewhere[line]
        }
        return counts | ({f"{self._line}:peak": float(self._peak)} if self._line else {})

    def line_done(self, frame: FrameType, event: str, arg: Any) -> Any:
        """A line begins, so the one before is done. Our own records must not be seen."""
        self.timeline.note()
        peak = self.timeline.highest
        if peak > self._peak * _HIGHER and self.timeline.place:
            self._peak, self._line = peak, self.timeline.place
        now = self.timeline.now()
        if now > self._looked_at * _STEP[0] + _STEP[1]:
            self._looked_at = now
            self._held = dict(_held(tracemalloc.take_snapshot(), self._folder))
            for line, size in self.timeline.stored_by.items():
                self._held[line] = self._held.get(line, 0) + size
        self.timeline.place = place(frame.f_code.co_filename, frame.f_lineno)
        self.timeline.restart()
        return self.line_done


def _held(snapshot: tracemalloc.Snapshot, folder: str) -> Counter[str]:
    """Bytes by the student's line that is nearest to each allocation."""
    held = Counter[str]()
    for trace in snapshot.traces:
        for frame in reversed(trace.traceback):  # innermost first
            if frame.filename.startswith(folder):
                held[place(frame.filename, frame.lineno)] += trace.size
                break
    return held
