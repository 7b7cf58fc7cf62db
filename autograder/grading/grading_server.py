"""Gradings forked from a process that has imported everything, for proofs that grade hundreds.

On Linux. Of a short grading, imports are a third. The server has read no check, no submission and
no secret, so what is forked from it is as fresh as an interpreter of its own would be; it works in
the folder and with the environment of whoever asks.
"""

import gc
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

import msgspec

from autograder.model.errors import AutograderError, GraderError
from autograder.sandbox.process_tree import kill_tree
from autograder.sandbox.threads import pin_threads

Serve = Callable[[bytes], bytes]  # an encoded request -> an encoded report
_Surroundings = tuple[str, dict[str, str], bytes]  # folder, environment, encoded request
_PID = struct.Struct("!I")
_REPORT, _IMPOSSIBLE = b"r", b"i"
_BACKLOG = 64


class GradingServer:
    """One such process; every grading has a connection of its own."""

    def __init__(self, module: str, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._folder = tempfile.TemporaryDirectory(prefix="gradings-")
        self._path = str(Path(self._folder.name) / "socket")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(self._path)
            listener.listen(_BACKLOG)  # from here on connections wait, even before it runs
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-B", "-m", module, "--serve", str(listener.fileno())],
                stdin=subprocess.PIPE,  # its end tells the server that we are gone
                pass_fds=[listener.fileno()],
                env={**os.environ, **environment},
            )

    def grade(self, request: bytes, timeout_s: float) -> bytes:
        """The report. Raises GraderError when there is none within `timeout_s`."""
        pid, deadline = 0, time.monotonic() + timeout_s
        surroundings = (os.getcwd(), {**os.environ, **self._environment}, request)
        with socket.socket(socket.AF_UNIX) as connection:
            try:
                connection.connect(self._path)
                connection.sendall(msgspec.msgpack.encode(surroundings))
                connection.shutdown(socket.SHUT_WR)
                first = _receive(connection, deadline, _PID.size)
                pid = _PID.unpack(first)[0] if len(first) == _PID.size else 0
                reply = _receive(connection, deadline)
                pid = 0 if reply else pid
            except TimeoutError:
                raise GraderError(f"a grading took over {timeout_s:g} s") from None
            except OSError as error:
                raise GraderError(f"the grading server is gone: {error}") from None
            finally:
                if pid:  # also on Ctrl-C
                    kill_tree(pid)
        if reply[:1] != _REPORT:
            raise GraderError(reply[1:].decode("utf-8", "replace") or "a grading gave no report")
        return reply[1:]

    def close(self) -> None:
        """Kill it with everything it started."""
        kill_tree(self._process.pid)
        with self._process:  # closes its pipe
            self._process.wait()
        self._folder.cleanup()


class GradingServers:
    """A server for each environment that gradings ask for, started at the first one."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._servers: dict[tuple[tuple[str, str], ...], GradingServer] = {}
        self._lock = threading.Lock()

    def of(self, environment: Mapping[str, str]) -> GradingServer:
        """The server whose environment has these variables in addition."""
        key = tuple(sorted(environment.items()))
        with self._lock:
            if key not in self._servers:
                self._servers[key] = GradingServer(self._module, environment)
            return self._servers[key]

    def __enter__(self) -> "GradingServers":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for server in self._servers.values():
            server.close()


def serve(descriptor: int, grade: Serve) -> None:
    """Fork a grading for every connection, until our end of stdin is closed."""
    pin_threads(1)
    from autograder.grading import run  # noqa: F401  (imported once, for all)

    gc.collect()
    gc.freeze()  # what is here stays, and need not be looked through in every grading
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them: the connection tells
    with socket.socket(fileno=descriptor) as listener:
        while listener in select.select([listener, sys.stdin], [], [])[0]:
            connection, _ = listener.accept()
            with connection:
                if os.fork() == 0:
                    _answer(connection, grade)


def _answer(connection: socket.socket, grade: Serve) -> None:
    """Grade in this process, the child, and end it."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        connection.sendall(_PID.pack(os.getpid()))
        asked = _receive(connection, float("inf"))
        folder, environment, request = msgspec.msgpack.decode(asked, type=_Surroundings)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        connection.sendall(_REPORT + grade(request))
    except AutograderError as error:
        connection.sendall(_IMPOSSIBLE + str(error).encode())
    except BaseException:  # whatever it was: this process must not go on as a second server
        connection.sendall(_IMPOSSIBLE + traceback.format_exc().encode())
    finally:
        os._exit(0)


def _receive(connection: socket.socket, deadline: float, size: int | None = None) -> bytes:
    """So many bytes, or all until the other side has ended. Raises TimeoutError."""
    received = bytearray()
    while size is None or len(received) < size:
        left = deadline - time.monotonic()
        connection.settimeout(None if left == float("inf") else max(left, 1e-3))
        block = connection.recv(1 << 16 if size is None else size - len(received))
        if not block:
            break
        received += block
    return bytes(received)
