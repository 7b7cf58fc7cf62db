"""The worker's end of the channel: plain blocking files. Deadlines are the grader's business."""

import os
import threading
from collections.abc import Sequence
from typing import BinaryIO

from autograder.wire.channel import Closed
from autograder.wire.codec import Buffer
from autograder.wire.frames import PREFIX, lengths


class BlockingChannel:
    """Frames over two blocking pipes; several threads of the submission may send."""

    def __init__(self, read_fd: int, write_fd: int) -> None:
        self._read = os.fdopen(read_fd, "rb")
        self._write = os.fdopen(write_fd, "wb")
        self.lock = threading.RLock()

    def send(self, parts: Sequence[Buffer]) -> None:
        """Write a whole frame."""
        write_frame(self._write, parts)

    def receive(self) -> tuple[bytes, bytearray]:
        """Read a whole frame; raises Closed when the grader is gone."""
        return read_frame(self._read)


def write_frame(pipe: BinaryIO, parts: Sequence[Buffer]) -> None:
    """Write a whole frame to a buffered file."""
    for part in parts:
        pipe.write(part)
    pipe.flush()


def read_frame(pipe: BinaryIO) -> tuple[bytes, bytearray]:
    """Read a whole frame; raises Closed at the end of the file."""
    header, payload = lengths(bytes(_exactly(pipe, PREFIX.size)))
    return bytes(_exactly(pipe, header)), _exactly(pipe, payload)


def _exactly(pipe: BinaryIO, size: int) -> bytearray:
    data = bytearray(size)
    if pipe.readinto(data) != size:  # type: ignore[attr-defined]
        raise Closed("end of file")
    return data
