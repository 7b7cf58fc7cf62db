"""How long a thread has waited for a processor, by Linux's statistics of its run queues."""

import os
from contextlib import suppress


class RunQueue:
    """Reads /proc/THREAD/schedstat again and again, from a file that stays open."""

    def __init__(self, thread: str) -> None:
        """`thread`: `thread-self`, or `PID/task/TID`."""
        self._thread, self._seconds = thread, (0.0, 0.0)
        self._file = -1
        with suppress(OSError):  # another system, or a kernel without these statistics
            self._file = os.open(f"/proc/{thread}/schedstat", os.O_RDONLY)

    @property
    def known(self) -> bool:
        """Whether the system says it."""
        return self._file >= 0

    def seconds(self) -> tuple[float, float]:
        """That it has run, and waited until its last turn; of an ended one, as last seen."""
        with suppress(OSError, ValueError):
            ran, waited, _ = os.pread(self._file, 80, 0).split()
            self._seconds = int(ran) / 1e9, int(waited) / 1e9
        return self._seconds

    def ready(self) -> bool:
        """Whether it runs or waits, rather than sleeps."""
        try:
            with open(f"/proc/{self._thread}/stat", "rb") as file:
                return file.read().rpartition(b")")[2].split()[0] == b"R"
        except (OSError, IndexError):  # it has ended
            return False

    def close(self) -> None:
        """Close the file."""
        if self.known:
            os.close(self._file)
            self._file = -1
