"""Whole frames over two pipes.

The grader's end is a `PollChannel`, or a `ThreadChannel` where pipes cannot be polled. While a read
or write waits, it calls `watch` again and again, and asks how many seconds are left. The worker's
end is a plain `BlockingChannel`.
"""

import os
import queue
import select
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from typing import TypeVar

from autograder.wire.codec import Buffer, ProtocolError
from autograder.wire.messages import PREFIX, lengths

POLL_S = 0.02  # how often `watch` runs while the grader waits
_LOOK_EVERY_S = 0.001  # where pipes cannot be polled
_CHUNK = 1 << 16  # bytes read ahead: a small frame arrives in one system call
_MAX_PARTS = 64  # of one writev; IOV_MAX is at least 1024 on Linux and macOS

_T = TypeVar("_T")
Frame = tuple[bytes, bytearray]  # header, payload
# seconds that the other side still has; it is told whether nothing came since it was asked last
_Left = Callable[[bool], float]


class DeadlinePassed(Exception):
    """The other side did not read or write in time."""


class Closed(Exception):
    """The other side closed its end: it has died or is about to."""


def no_watch() -> None:
    """Watch nothing."""


class PollChannel:
    """Non-blocking pipes and poll: Linux and macOS."""

    def __init__(self, read_fd: int, write_fd: int, watch: Callable[[], None] = no_watch) -> None:
        self.read_fd, self._write, self._watch = read_fd, write_fd, watch
        self._ahead = bytearray()  # read already, of the next frame
        self._frames = self._read_frames()
        self._spare = bytearray(_CHUNK)
        for fd in (read_fd, write_fd):
            os.set_blocking(fd, False)

    def send(self, parts: Sequence[Buffer], left_s: _Left) -> None:
        """Write a whole frame while `left_s` is positive."""
        waiting = [part for part in parts if part.nbytes]
        while waiting:
            try:
                written = os.writev(self._write, waiting[:_MAX_PARTS])
            except BlockingIOError:
                self._wait(self._write, select.POLLOUT, left_s)
            except OSError as error:
                raise Closed(str(error)) from None
            else:
                waiting = _rest(waiting, written)

    def poll(self) -> Frame | None:
        """The next frame, its header and its payload, once all of it is there; it never waits."""
        for frame in self._frames:
            return frame
        raise Closed("broken before")

    def wait(self, left_s: _Left) -> None:
        """Until there is more to read, while `left_s` is positive."""
        self._wait(self.read_fd, select.POLLIN, left_s)

    def close(self) -> None:
        """Close both pipes."""
        for fd in {self.read_fd, self._write}:
            os.close(fd)

    def _read_frames(self) -> Iterator[Frame | None]:
        """Frame after frame, and None whenever nothing is there."""
        while True:
            header, payload = lengths((yield from self._take(PREFIX.size)))
            yield bytes((yield from self._take(header))), (yield from self._take(payload))

    def _take(self, size: int) -> Generator[None, None, bytearray]:
        """Read straight into place, for megabytes should not be copied twice; the rest ahead."""
        taken = self._ahead[:size]
        del self._ahead[:size]
        have = len(taken)
        if have == size:
            return taken
        taken.extend(bytes(size - have))
        view = memoryview(taken)
        while have < size:
            try:
                got = os.readv(self.read_fd, [view[have:], self._spare])
            except BlockingIOError:
                yield
                continue
            if not got:
                raise Closed("end of file")
            have += got
        self._ahead += memoryview(self._spare)[: have - size]
        return taken

    def _wait(self, fd: int, event: int, left_s: _Left) -> None:
        poller = select.poll()
        poller.register(fd, event)
        self._watch()
        left = left_s(False)
        while left > 0 and not poller.poll(min(left, POLL_S) * 1000):
            self._watch()
            left = left_s(True)
        if left <= 0:
            raise DeadlinePassed


def _rest(parts: list[Buffer], written: int) -> list[Buffer]:
    """What is left of `parts` after their first `written` bytes."""
    whole = 0
    while whole < len(parts) and written >= parts[whole].nbytes:
        written -= parts[whole].nbytes
        whole += 1
    rest = parts[whole:]
    return [rest[0][written:], *rest[1:]] if written else rest


def frame_of(parts: Sequence[Buffer]) -> Frame:
    """What the other side reads of these parts."""
    data = bytearray(b"".join(parts))
    head = PREFIX.size + lengths(data[: PREFIX.size])[0]
    return bytes(data[PREFIX.size : head]), data[head:]


class BlockingChannel:
    """Blocking pipes, without deadlines; `lock` lets several threads share them."""

    def __init__(self, read_fd: int, write_fd: int) -> None:
        self.reader = os.fdopen(read_fd, "rb")
        self.writer = os.fdopen(write_fd, "wb")
        self.lock = threading.RLock()

    def send(self, parts: Sequence[Buffer]) -> None:
        """Write a whole frame."""
        for part in parts:
            self.writer.write(part)
        self.writer.flush()

    def receive(self) -> Frame:
        """Read a whole frame; raises Closed at the end of the file."""
        header, payload = lengths(self._exactly(PREFIX.size))
        return bytes(self._exactly(header)), self._exactly(payload)

    def _exactly(self, size: int) -> bytearray:
        data = bytearray(size)
        if self.reader.readinto(data) != size:
            raise Closed("end of file")
        return data


class ThreadChannel:
    """Blocking pipes with a reader and a writer thread: Windows.

    After a missed deadline the caller ends the worker, which closes the pipes and ends the threads.
    """

    def __init__(self, read_fd: int, write_fd: int, watch: Callable[[], None] = no_watch) -> None:
        self._pipes, self._watch = BlockingChannel(read_fd, write_fd), watch
        self._arrived: queue.Queue[Frame | Exception] = queue.Queue()
        self._next: Frame | Exception | None = None  # taken from those that have arrived
        self._leaving: queue.Queue[Sequence[Buffer] | None] = queue.Queue()
        self._written: queue.Queue[Exception | None] = queue.Queue()
        for work in (self._read_all, self._write_all):
            threading.Thread(target=work, daemon=True).start()

    def send(self, parts: Sequence[Buffer], left_s: _Left) -> None:
        """Write a whole frame while `left_s` is positive."""
        self._leaving.put(parts)
        error = self._get(self._written, left_s)
        if error is not None:
            raise error

    def poll(self) -> Frame | None:
        """The next frame, its header and its payload, once all of it is there; it never waits."""
        if self._next is None:
            with suppress(queue.Empty):
                self._next = self._arrived.get_nowait()
        if isinstance(self._next, Exception):  # the channel stays broken
            raise self._next
        frame, self._next = self._next, None
        return frame

    def wait(self, left_s: _Left) -> None:
        """Until a frame is there, while `left_s` is positive."""
        self._next = self._get(self._arrived, left_s)

    def close(self) -> None:
        """End the writer; the reader ends with its pipe, once the worker is gone."""
        self._leaving.put(None)

    def _get(self, source: queue.Queue[_T], left_s: _Left) -> _T:
        self._watch()
        left = left_s(False)
        while left > 0:
            with suppress(queue.Empty):
                return source.get(timeout=min(left, POLL_S))
            self._watch()
            left = left_s(True)
        raise DeadlinePassed

    def _read_all(self) -> None:
        with self._pipes.reader:
            try:
                while True:
                    self._arrived.put(self._pipes.receive())
            except (Closed, ProtocolError) as error:
                self._arrived.put(error)
            except OSError as error:
                self._arrived.put(Closed(str(error)))

    def _write_all(self) -> None:
        with suppress(OSError), self._pipes.writer:
            while (parts := self._leaving.get()) is not None:
                try:
                    self._pipes.send(parts)
                    self._written.put(None)
                except OSError as error:
                    self._written.put(Closed(str(error)))


Channel = PollChannel | ThreadChannel  # the grader's end


def receive(channel: Channel, left_s: _Left) -> Frame:
    """Read a whole frame while `left_s` is positive."""
    while (frame := channel.poll()) is None:
        channel.wait(left_s)
    return frame


def wait_for_any(channels: Sequence[Channel]) -> list[Channel]:
    """Those that have something to read; none if nothing came for a while, or if that is unknown:
    then look at all of them."""
    pipes = {each.read_fd: each for each in channels if isinstance(each, PollChannel)}
    if len(pipes) < len(channels):
        time.sleep(_LOOK_EVERY_S)
        return []
    poller = select.poll()
    for pipe in pipes:
        poller.register(pipe, select.POLLIN)
    return [pipes[pipe] for pipe, _ in poller.poll(POLL_S * 1000)]
