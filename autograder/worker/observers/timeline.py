"""Bytes of Python, numpy and torch on one timeline, so that their sum has one peak.

Used by the observers `allocations`, `peak_lines` and `torch_storages`.
"""

import threading
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

_LARGEST_RECORD = 2000  # bytes; what is more comes from another thread


class Timeline:
    """The highest sum so far of what tracemalloc sees and of storages that it does not see.

    tracemalloc must be running. Between two events tracemalloc keeps its own peak, and the
    storages do not change: so the highest sum of that stretch is known at its end.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()  # storages are released anywhere, also within these methods
        self._base, _ = tracemalloc.get_traced_memory()
        self._stored = 0  # bytes of live storages
        self._records = 0  # bytes of our own records of them, which tracemalloc sees
        self.highest = 0
        self.place = ""  # the line that is running, where an observer sets it
        self.stored_by = Counter[str]()  # bytes of live storages by the place they come from
        tracemalloc.reset_peak()

    def note(self) -> None:
        """An event: take the highest sum since the last one into account."""
        with self._lock:
            _, peak = tracemalloc.get_traced_memory()
            self.highest = max(self.highest, self._sum(peak))
            tracemalloc.reset_peak()

    def restart(self) -> None:
        """Forget the highest sum: what comes is another stretch."""
        with self._lock:
            self.highest = 0
            tracemalloc.reset_peak()

    def now(self) -> int:
        """The sum at this moment."""
        return self._sum(tracemalloc.get_traced_memory()[0])

    def add(self, size: int) -> "CountedStorage":
        """A storage of so many bytes has appeared; it lives as long as what is returned."""
        with self._lock:
            storage = CountedStorage(self, size)
            self._store(size, storage.place)
            self.note()
            return storage

    def change(self, storage: "CountedStorage", size: int) -> None:
        """A storage has got another size."""
        with self._lock:
            self._store(size - storage.size, storage.place)
            storage.size = size
            self.note()

    def remove(self, storage: "CountedStorage") -> None:
        """A storage is gone."""
        with self._lock:
            self.note()
            self._store(-storage.size, storage.place)
            self._records -= storage.record

    @contextmanager
    def recording(self) -> Iterator[list["CountedStorage"]]:
        """What is allocated meanwhile are our own records of the storages put into the list."""
        counted: list[CountedStorage] = []
        before, _ = tracemalloc.get_traced_memory()
        yield counted
        after, _ = tracemalloc.get_traced_memory()
        for each in counted:
            each.record = min(max(after - before, 0) // len(counted), _LARGEST_RECORD)
            self._records += each.record

    def _sum(self, traced: int) -> int:
        return traced - self._base - self._records + self._stored

    def _store(self, size: int, place: str) -> None:
        self._stored += size
        self.stored_by[place] += size


class CountedStorage:
    """The bytes that one storage adds to a timeline, for as long as it lives."""

    __slots__ = ("place", "record", "size", "timeline")

    def __init__(self, timeline: Timeline, size: int) -> None:
        self.timeline, self.size, self.place = timeline, size, timeline.place
        self.record = 0  # bytes of our own for it

    def __del__(self) -> None:
        self.timeline.remove(self)
