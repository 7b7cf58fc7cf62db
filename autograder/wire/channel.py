"""Move frames over two pipes with an absolute deadline on every read and every write."""

import os
import select
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from autograder.wire.codec import Buffer
from autograder.wire.frames import PREFIX, lengths

POLL_S = 0.02  # how often the watch looks while we wait
_CHUNK = 1 << 20
_MAX_PARTS = 64  # of one writev; IOV_MAX is at least 1024 on Linux and macOS


class DeadlinePassed(Exception):
    """The other side did not read or write in time."""


class Closed(Exception):
    """The other side closed its end: it has died or is about to."""


class Channel(Protocol):
    """What both ends use. `watch` is called again and again while waiting."""

    def send(self, parts: Sequence[Buffer], deadline: float) -> None:
        """Write a whole frame by `deadline` (time.monotonic)."""

    def receive(self, deadline: float) -> tuple[bytes, bytearray]:
        """Read a whole frame by `deadline`: its header and its payload."""

    def close(self) -> None:
        """Close both pipes."""


def no_watch() -> None:
    """Watch nothing."""


class PollChannel:
    """Non-blocking pipes and poll: Linux and macOS."""

    def __init__(self, read_fd: int, write_fd: int, watch: Callable[[], None] = no_watch) -> None:
        self._read, self._write, self._watch = read_fd, write_fd, watch
        self._unread = bytearray()
        for fd in (read_fd, write_fd):
            os.set_blocking(fd, False)

    def send(self, parts: Sequence[Buffer], deadline: float) -> None:
        """Write a whole frame by `deadline`."""
        waiting = [part for part in parts if part.nbytes]
        while waiting:
            try:
                written = os.writev(self._write, waiting[:_MAX_PARTS])
            except BlockingIOError:
                self._wait(self._write, select.POLLOUT, deadline)
                continue
            except (BrokenPipeError, OSError) as error:
                raise Closed(str(error)) from None
            waiting = _advance(waiting, written)

    def receive(self, deadline: float) -> tuple[bytes, bytearray]:
        """Read a whole frame by `deadline`."""
        header, payload = lengths(bytes(self._take(PREFIX.size, deadline)))
        return bytes(self._take(header, deadline)), self._take(payload, deadline)

    def close(self) -> None:
        """Close both pipes."""
        for fd in {self._read, self._write}:
            os.close(fd)

    def _take(self, size: int, deadline: float) -> bytearray:
        if len(self._unread) < size and size <= _CHUNK:
            self._fill(size, deadline)
        if len(self._unread) >= size:
            taken = self._unread[:size]
            del self._unread[:size]
            return taken
        return self._take_large(size, deadline)

    def _fill(self, size: int, deadline: float) -> None:
        """Read ahead: a small frame arrives in one system call."""
        while len(self._unread) < size:
            self._unread += self._read_some(deadline)

    def _take_large(self, size: int, deadline: float) -> bytearray:
        """Read straight into place: megabytes are not copied twice."""
        taken = bytearray(size)
        have = len(self._unread)
        taken[:have] = self._unread
        self._unread.clear()
        view = memoryview(taken)
        while have < size:
            try:
                got = os.readv(self._read, [view[have : have + 16 * _CHUNK]])
            except BlockingIOError:
                self._wait(self._read, select.POLLIN, deadline)
                continue
            if not got:
                raise Closed("end of file")
            have += got
        return taken

    def _read_some(self, deadline: float) -> bytes:
        while True:
            try:
                data = os.read(self._read, 1 << 16)
            except BlockingIOError:
                self._wait(self._read, select.POLLIN, deadline)
                continue
            if not data:
                raise Closed("end of file")
            return data

    def _wait(self, fd: int, event: int, deadline: float) -> None:
        self._watch()
        left = deadline - time.monotonic()
        if left <= 0:
            raise DeadlinePassed
        poller = select.poll()
        poller.register(fd, event)
        poller.poll(min(left, POLL_S) * 1000)


def _advance(parts: list[Buffer], written: int) -> list[Buffer]:
    while parts and written >= parts[0].nbytes:
        written -= parts[0].nbytes
        parts = parts[1:]
    return [parts[0][written:], *parts[1:]] if written else parts
