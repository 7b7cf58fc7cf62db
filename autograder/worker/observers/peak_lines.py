"""Observer in the worker: which lines of the student's files hold memory when most is in use.

For explanations only: it traces every line, and looks at all memory again and again.
"""

import sys
import tracemalloc
from collections import Counter
from collections.abc import Callable
from pathlib import PurePath
from types import FrameType
from typing import Any

from autograder.worker.observers.allocations import torch_too
from autograder.worker.observers.timeline import Timeline

_DEPTH = 12  # frames between an allocation and the student's line: numpy's own functions
_HIGHER = 1.02  # than the peak so far: the line that ends with all of it in use is not the cause
_STEP = 1.1, 64 * 1024  # how much more must be in use before we look again


def observe(
    function: Callable[..., Any], arguments: Any, keywords: Any, folder: str
) -> tuple[Any, dict[str, float]]:
    """Call `function`; gives counts named `file:line:held` and one `file:line:peak`, in bytes.

    Held is what a line has allocated and what is there when the peak begins; the peak is that of
    the line during which it was reached, with what that line itself needs.
    """
    tracemalloc.start(_DEPTH)
    try:
        before = tracemalloc.take_snapshot()
        watch = _Watch(Timeline(), folder)
        with torch_too(watch.timeline):
            value = watch.run(function, arguments, keywords)
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

    def run(self, function: Callable[..., Any], arguments: Any, keywords: Any) -> Any:
        """Call it, traced."""
        before = sys.gettrace()
        sys.settrace(self._enter)
        try:
            return function(*arguments, **keywords)
        finally:
            sys.settrace(before)

    def counts(self, elsewhere: Counter[str]) -> dict[str, float]:
        """What was seen, less what was there before."""
        held = {
            place: size - elsewhere[place]
            for place, size in self._held.items()
            if size > elsewhere[place]
        }
        counts = {f"{place}:held": float(size) for place, size in held.items()}
        return counts | ({f"{self._line}:peak": float(self._peak)} if self._line else {})

    def _enter(self, frame: FrameType, event: str, arg: Any) -> Any:
        return self._line_done if frame.f_code.co_filename.startswith(self._folder) else None

    def _line_done(self, frame: FrameType, event: str, arg: Any) -> Any:
        """A line begins, so the one before is done. Our own records must not be seen."""
        self.timeline.note()
        peak = self.timeline.highest
        if peak > self._peak * _HIGHER and self.timeline.place:
            self._peak, self._line = peak, self.timeline.place
        now = self.timeline.now()
        if now > self._looked_at * _STEP[0] + _STEP[1]:
            self._looked_at = now
            self._held = dict(_held(tracemalloc.take_snapshot(), self._folder))
            for place, size in self.timeline.stored_by.items():
                self._held[place] = self._held.get(place, 0) + size
        self.timeline.place = f"{PurePath(frame.f_code.co_filename).name}:{frame.f_lineno}"
        self.timeline.restart()
        return self._line_done


def _held(snapshot: tracemalloc.Snapshot, folder: str) -> Counter[str]:
    """Bytes by the student's line that is nearest to each allocation."""
    held = Counter[str]()
    for trace in snapshot.traces:
        for frame in reversed(trace.traceback):  # innermost first
            if frame.filename.startswith(folder):
                held[f"{PurePath(frame.filename).name}:{frame.lineno}"] += trace.size
                break
    return held
