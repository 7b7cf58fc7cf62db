"""Frames over pipes arrive whole and in order, or end in DeadlinePassed or Closed."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from autograder.tests.sandbox.launchers import PATIENCE_S
from autograder.wire.channel import (
    Channel,
    Closed,
    DeadlinePassed,
    PollChannel,
    ThreadChannel,
    receive,
)
from autograder.wire.codec import ProtocolError
from autograder.wire.messages import PREFIX, Return, pack

BIG = 50_000_000


class Peer:
    """The other end of a channel: raw descriptors."""

    def __init__(self, channel: Channel, read_fd: int, write_fd: int) -> None:
        self.channel, self.read_fd, self.write_fd = channel, read_fd, write_fd

    def hang_up(self) -> None:
        """Close both ends."""
        for fd in (self.read_fd, self.write_fd):
            with suppress(OSError):
                os.close(fd)


@pytest.fixture(params=[PollChannel, ThreadChannel])
def peer(request: pytest.FixtureRequest) -> Iterator[Peer]:
    """A channel of either kind, and its peer."""
    from_peer, to_peer = os.pipe(), os.pipe()
    peer = Peer(request.param(from_peer[0], to_peer[1]), to_peer[0], from_peer[1])
    yield peer
    peer.hang_up()
    peer.channel.close()


def soon(seconds: float = 0.2) -> Callable[[bool], float]:
    """Seconds left, of so many from now on."""
    end = time.monotonic() + seconds
    return lambda silent: end - time.monotonic()


def frame(payload: bytes = b"") -> list[memoryview]:
    """The parts of a frame."""
    return pack(Return(nonce=1, value=1), [memoryview(payload)])


def test_a_peer_that_stops_reading_meets_the_deadline(peer: Peer) -> None:
    """Sending 50 MB to a peer that does not read ends at the deadline."""
    with pytest.raises(DeadlinePassed):
        peer.channel.send(frame(bytes(BIG)), soon())


def test_a_peer_that_reads_a_little_meets_the_same_deadline(peer: Peer) -> None:
    """The deadline is absolute: slow progress does not move it."""
    thread = threading.Thread(target=trickle, args=(peer,))
    thread.start()
    with pytest.raises(DeadlinePassed):
        peer.channel.send(frame(bytes(BIG)), soon(0.3))
    thread.join()


def trickle(peer: Peer) -> None:
    """Read a little every now and then."""
    for _ in range(8):
        os.read(peer.read_fd, 10_000)
        time.sleep(0.05)


@pytest.mark.parametrize("part", [0, 5, PREFIX.size, PREFIX.size + 10, -10])
def test_half_a_frame_meets_the_deadline(peer: Peer, part: int) -> None:
    """A frame that stops anywhere, in its prefix, header or payload, ends at the deadline."""
    whole = b"".join(frame(b"x" * 100))
    os.write(peer.write_fd, whole[:part])
    with pytest.raises(DeadlinePassed):
        receive(peer.channel, soon())


def test_a_frame_in_pieces_arrives_whole(peer: Peer) -> None:
    """Frames are not packets: any split, and several at once, are read correctly."""
    whole = b"".join(frame(b"x" * 3_000_000)) + b"".join(frame(b"y")) * 2
    thread = threading.Thread(target=write_slowly, args=(peer, whole))
    thread.start()
    payloads = [receive(peer.channel, soon(PATIENCE_S))[1].rstrip(b"\0") for _ in range(3)]
    thread.join()
    assert payloads == [b"x" * 3_000_000, b"y", b"y"]


def write_slowly(peer: Peer, data: bytes) -> None:
    """Write in uneven pieces."""
    pieces = [7, 3, 70, 1_000_000]
    while data:
        size = pieces.pop(0) if pieces else len(data)
        written = os.write(peer.write_fd, data[:size])
        data = data[written:]


def test_large_frames_cross_whole(peer: Peer) -> None:
    """Many buffers, more than one system call takes, arrive in order."""
    buffers = [memoryview(bytes([n % 256]) * (n % 50)) for n in range(500)]
    parts = pack(Return(nonce=1), buffers)
    got = bytearray()
    thread = threading.Thread(target=read_all, args=(peer, got, sum(p.nbytes for p in parts)))
    thread.start()
    peer.channel.send(parts, soon(PATIENCE_S))
    thread.join()
    assert bytes(got) == b"".join(parts)


def read_all(peer: Peer, into: bytearray, size: int) -> None:
    """Read `size` bytes."""
    while len(into) < size:
        into += os.read(peer.read_fd, 1 << 16)


def test_a_closed_peer_is_told_apart_from_a_slow_one(peer: Peer) -> None:
    """End of file, also within a frame, is Closed and not a deadline; so is a broken pipe."""
    os.write(peer.write_fd, b"".join(frame(b"x" * 100))[:40])
    peer.hang_up()
    with pytest.raises(Closed):
        receive(peer.channel, soon(PATIENCE_S))
    with pytest.raises(Closed):
        for _ in range(20):
            peer.channel.send(frame(bytes(1000)), soon(PATIENCE_S))


def test_a_peer_that_closes_while_we_send_is_closed(peer: Peer) -> None:
    """The end of the peer in the middle of 50 MB is Closed."""
    timer = threading.Timer(0.1, peer.hang_up)
    timer.start()
    with pytest.raises(Closed):
        peer.channel.send(frame(bytes(BIG)), soon(PATIENCE_S))
    timer.join()


def test_impossible_lengths_are_refused_before_memory_is_asked_for(peer: Peer) -> None:
    """A prefix that announces terabytes is a ProtocolError."""
    os.write(peer.write_fd, PREFIX.pack(10, 2**45))
    with pytest.raises(ProtocolError, match="a frame of 10"):
        receive(peer.channel, soon(PATIENCE_S))


@pytest.mark.parametrize("kind", [PollChannel, ThreadChannel])
def test_the_watch_can_end_any_wait(kind: Any) -> None:
    """An exception of the watch ends reads and writes: so a limit can stop a call."""

    def look() -> None:
        raise MemoryError("a limit")

    from_peer, to_peer = os.pipe(), os.pipe()
    channel = kind(from_peer[0], to_peer[1], look)
    with pytest.raises(MemoryError):
        receive(channel, soon(PATIENCE_S))
    with pytest.raises(MemoryError):
        channel.send(frame(bytes(BIG)), soon(PATIENCE_S))
    for fd in (from_peer[1], to_peer[0]):
        os.close(fd)
    channel.close()
