"""What a worker prints, read without ever blocking the grader; `watch` collects it."""

import os
import threading
from typing import Protocol

_CHUNK = 1 << 16
_CAP = 64 * 2**20  # bytes that wait to be read


class Output(Protocol):
    """The captured stdout and stderr of a worker, in the order they were written."""

    def read(self) -> bytes:
        """What has arrived since the last call; empty if nothing has."""

    def close(self) -> None:
        """Close the pipe."""


class PipeOutput:
    """A non-blocking pipe: Linux and macOS."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        os.set_blocking(fd, False)

    def read(self) -> bytes:
        """What has arrived since the last call."""
        try:
            return os.read(self._fd, _CHUNK)
        except BlockingIOError:
            return b""

    def close(self) -> None:
        """Close the pipe."""
        os.close(self._fd)


class ThreadOutput:
    """A blocking pipe with a reader thread: Windows."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._arrived = bytearray()
        self._lock = threading.Lock()
        threading.Thread(target=self._read_all, daemon=True).start()

    def read(self) -> bytes:
        """What has arrived since the last call."""
        with self._lock:
            arrived = bytes(self._arrived)
            self._arrived.clear()
        return arrived

    def close(self) -> None:
        """The thread ends with the worker, and closes the pipe."""

    def _read_all(self) -> None:
        while chunk := os.read(self._fd, _CHUNK):
            with self._lock:
                if len(self._arrived) <= _CAP:  # more is past every limit: the worker is stopped
                    self._arrived += chunk
        os.close(self._fd)
