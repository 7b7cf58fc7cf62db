"""What a worker prints: its stdout and stderr in the order they were written.

`watch` collects it, and never waits for it.
"""

import os
import threading

_CHUNK = 1 << 16
_CAP = 64 * 2**20  # bytes that wait to be read


class PipeOutput:
    """A non-blocking pipe: Linux and macOS."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        os.set_blocking(fd, False)

    def read(self) -> bytes:
        """What has arrived since the last call; empty if nothing has."""
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
        """What has arrived since the last call; empty if nothing has."""
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


Output = PipeOutput | ThreadOutput
