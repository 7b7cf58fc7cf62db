"""How long a thread has waited for a processor, by Linux's statistics of its run queues."""

import os
from contextlib import suppress


class RunQueue:
    """Reads /proc/THREAD/schedstat again and again, from a file that stays open."""

    def __init__(self, thread: str) -> None:
        """`thread`: `thread-self`, or `PID/task/TID`."""
        self._waited_s = 0.0
        self._file = -1
        with suppress(OSError):  # another system, or a kernel without these statistics
            self._file = os.open(f"/proc/{thread}/schedstat", os.O_RDONLY)

    @property
    def known(self) -> bool:
        """Whether the system says it."""
        return self._file >= 0

    def waited_s(self) -> float:
        """Seconds so far, up to the thread's last turn; the last that is known of an ended one."""
        with suppress(OSError, IndexError):
            self._waited_s = int(os.pread(self._file, 80, 0).split()[1]) / 1e9
        return self._waited_s

    def close(self) -> None:
        """Close the file."""
        if self.known:
            os.close(self._file)
            self._file = -1
