"""TCP ports for workers: a block of ports is leased to one worker while it lives.

`isolation` leases them. The grader keeps the first port of a block bound, so every program on this
machine sees that the block is taken. However the grader ends, the lease ends with it.
"""

import errno
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.model.assignment import MAX_PORTS
from autograder.model.errors import GraderError

_BLOCK = MAX_PORTS + 1
_FIRST, _LAST = 10_240, 65_535
_EPHEMERAL = (49_152, 65_535)  # of macOS and Windows; Linux has a file of its own
_LINUX_EPHEMERAL = Path("/proc/sys/net/ipv4/ip_local_port_range")
_NO_SUCH_FAMILY = (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL)


@contextmanager
def lease(count: int) -> Iterator[tuple[int, ...]]:
    """`count` ports in a row that are neither leased nor in use, at most `MAX_PORTS`.

    Never of the range from which the kernel takes ports for outgoing connections.
    Raises GraderError when there are none left.
    """
    low, high = _ephemeral()
    for first in range(_FIRST, _LAST + 1, _BLOCK):
        if first <= high and low < first + _BLOCK:
            continue
        try:
            guard = _bound(socket.AF_INET, "127.0.0.1", first)
        except OSError:  # leased, or in use by something else
            continue
        with guard:
            ports = tuple(range(first + 1, first + 1 + count))
            if all(map(_is_free, ports)):
                yield ports
                return
    raise GraderError(
        f"no {count} free TCP ports in a row from {_FIRST} to {_LAST}, without {low} to {high}: end"
        " gradings left behind, grade fewer at a time, or wait a minute for closed connections"
    )


def _ephemeral() -> tuple[int, int]:
    """The first and the last port that outgoing connections may get."""
    try:
        low, high = _LINUX_EPHEMERAL.read_text().split()
    except FileNotFoundError:
        return _EPHEMERAL
    return int(low), int(high)


def _is_free(port: int) -> bool:
    """Whether it can be bound at every address; one whose connections linger cannot."""
    for family, address in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):
        try:
            _bound(family, address, port).close()
        except OSError as error:
            if error.errno not in _NO_SUCH_FAMILY:
                return False
    return True


def _bound(family: int, address: str, port: int) -> socket.socket:
    """A socket bound there, which shares the port with no other. Raises OSError."""
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        if family == socket.AF_INET6:
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        bound.bind((address, port))
    except OSError:
        bound.close()
        raise
    return bound
