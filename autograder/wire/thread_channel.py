"""The same channel where pipes cannot be polled (Windows): one reader and one writer thread.

Whoever gives up at the deadline ends the worker; that closes the pipes and so the threads.
"""

import os
import queue
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from autograder.wire.blocking_channel import read_frame, write_frame
from autograder.wire.channel import POLL_S, Closed, DeadlinePassed, no_watch
from autograder.wire.codec import Buffer, ProtocolError

_T = TypeVar("_T")
_Frame = tuple[bytes, bytearray]


class ThreadChannel:
    """Blocking pipes, each with a thread of its own."""

    def __init__(self, read_fd: int, write_fd: int, watch: Callable[[], None] = no_watch) -> None:
        self._read, self._write, self._watch = read_fd, write_fd, watch
        self._arrived: queue.Queue[_Frame | Exception] = queue.Queue()
        self._leaving: queue.Queue[Sequence[Buffer] | None] = queue.Queue()
        self._written: queue.Queue[Exception | None] = queue.Queue()
        for work in (self._read_all, self._write_all):
            threading.Thread(target=work, daemon=True).start()

    def send(self, parts: Sequence[Buffer], deadline: float) -> None:
        """Write a whole frame by `deadline`."""
        self._leaving.put(parts)
        error = self._get(self._written, deadline)
        if error is not None:
            raise error

    def receive(self, deadline: float) -> _Frame:
        """Read a whole frame by `deadline`."""
        arrived = self._get(self._arrived, deadline)
        if isinstance(arrived, Exception):
            self._arrived.put(arrived)  # the channel stays broken
            raise arrived
        return arrived

    def close(self) -> None:
        """End the writer; the reader ends with its pipe, once the worker is gone."""
        self._leaving.put(None)

    def _get(self, source: queue.Queue[_T], deadline: float) -> _T:
        while True:
            self._watch()
            left = deadline - time.monotonic()
            if left <= 0:
                raise DeadlinePassed
            try:
                return source.get(timeout=min(left, POLL_S))
            except queue.Empty:
                continue

    def _read_all(self) -> None:
        with os.fdopen(self._read, "rb") as pipe:
            try:
                while True:
                    self._arrived.put(read_frame(pipe))
            except (Closed, ProtocolError) as error:
                self._arrived.put(error)
            except OSError as error:
                self._arrived.put(Closed(str(error)))

    def _write_all(self) -> None:
        with suppress(OSError), os.fdopen(self._write, "wb") as pipe:
            while (parts := self._leaving.get()) is not None:
                try:
                    write_frame(pipe, parts)
                    self._written.put(None)
                except OSError as error:
                    self._written.put(Closed(str(error)))
