"""Observer in the worker that makes a call a rank of a cluster: its first argument is `comm`.

`Comm` only passes on what it is asked: the grader is the network, and counts. A mistake that is
seen here is an exception with the student's line; the grader looks again.
"""

import sys
import threading
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.wire.checksum import checksum_of
from autograder.wire.codec import MAX_BYTES
from autograder.worker.observers import Counted
from autograder.worker.observers.allocations import observe as count_bytes

_Ask = Callable[..., Any]


class Request:
    """What `isend` and `irecv` return."""

    def __init__(self, comm: "Comm", number: int) -> None:
        self._comm, self._number = comm, number
        self._received: tuple[np.ndarray | None, ...] = ()  # empty: not waited for yet

    def wait(self) -> np.ndarray | None:
        """The array that was received; None once an array was sent, which may change again."""
        if not self._received:
            self._received = (self._comm.end_request(self._number, "wait"),)
        return self._received[0]


class Comm:
    """How a rank talks to the others.

    rank, size : its number, from 0, and how many there are
    A message is one numpy array, of plain numbers, any shape and size.
    """

    def __init__(self, rank: int, size: int, ask: _Ask, folder: str) -> None:
        self.rank, self.size = rank, size
        self._ask, self._folder = ask, folder
        self._in_flight: dict[int, np.ndarray] = {}  # by the number of the request
        self._thread = threading.get_ident()

    def send(self, dst: int, x: np.ndarray) -> None:
        """Send a copy of x to rank dst."""
        self._asked("send", self._other(dst), _message(x))

    def isend(self, dst: int, x: np.ndarray) -> Request:
        """Begin to send x to rank dst: it may not change before `wait`."""
        number = self._asked("isend", self._other(dst), _message(x))
        self._in_flight[number] = x
        return Request(self, number)

    def recv(self, src: int | None = None) -> np.ndarray:
        """The next array of rank src, or of any rank."""
        received: np.ndarray = self._asked("recv", src if src is None else self._other(src))
        return received

    def irecv(self, src: int) -> Request:
        """Ask for the next array of rank src; `wait` returns it."""
        return Request(self, self._asked("irecv", self._other(src)))

    def barrier(self) -> None:
        """Wait until all ranks are here."""
        self._asked("barrier")

    def compute(self, seconds: float) -> None:
        """Advance this rank's clock, as work of so many seconds would."""
        self._asked("compute", float(seconds))

    def end_request(self, number: int, call: str) -> Any:
        """Ask for the end of a request; an array that was in flight is compared with its copy."""
        x = self._in_flight.pop(number, None)
        return self._asked(call, number, None if x is None else checksum_of(x))

    def end(self) -> None:
        """Once the rank has returned: what is in flight still was not waited for."""
        for number in list(self._in_flight):
            self.end_request(number, "drop")

    def _asked(self, call: str, *arguments: Any) -> Any:
        if threading.get_ident() != self._thread:
            raise RuntimeError(f"comm.{call} is called in another thread than the rank's own")
        return self._ask(call, self._line(), *arguments)

    def _other(self, rank: Any) -> int:
        if not isinstance(rank, (int, np.integer)) or not 0 <= rank < self.size:
            raise ValueError(f"there is no rank {rank!r} among {self.size}")
        if rank == self.rank:
            raise ValueError(f"rank {rank} has no messages to itself")
        return int(rank)

    def _line(self) -> str:
        """Where the student's code is now."""
        frame = sys._getframe(2)
        while frame is not None and not frame.f_code.co_filename.startswith(self._folder):
            frame = frame.f_back  # type: ignore[assignment]
        if frame is None:
            return ""
        file = frame.f_code.co_filename.replace("\\", "/").rpartition("/")[2]
        return f"line {frame.f_lineno} of {file}"


def _message(x: Any) -> np.ndarray:
    if type(x) is not np.ndarray:
        raise TypeError(f"a message is one numpy array, not {type(x).__name__}")
    if x.nbytes > MAX_BYTES:
        raise ValueError(f"a message of {x.nbytes / 1e6:.0f} MB (at most {MAX_BYTES / 1e6:.0f} MB)")
    return x


def observe(function: Callable[..., Any], arguments: Any, keywords: Any, folder: str) -> Counted:
    """Call `function` with a `Comm` in place of the grader's function; count bytes if asked to."""
    ask, *rest = arguments
    rank, size, counts = ask("place", "")
    comm = Comm(rank, size, ask, folder)
    if counts:
        counted = count_bytes(function, [comm, *rest], keywords, folder)
    else:
        counted = function(comm, *rest, **keywords), {}
    comm.end()
    return counted
