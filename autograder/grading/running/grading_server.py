"""Gradings forked from a process that has imported everything, for proofs that grade hundreds.

On Linux. Of a short grading, imports are a third. The server has read no check, no submission and
no secret, so what is forked from it is as fresh as an interpreter of its own would be; it works in
the folder, on the CPUs and with the environment of whoever asks.
"""

import gc
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from types import TracebackType

import msgspec

from autograder.machine.process_tree import kill_tree
from autograder.machine.threads import pin_threads
from autograder.model.errors import AutograderError, GraderError

Serve = Callable[[bytes], bytes]  # an encoded request -> an encoded report
_Asked = tuple[str, set[int], dict[str, str], bytes]  # folder, CPUs, environment, request
_PID = struct.Struct("!I")
_REPORT, _IMPOSSIBLE = b"r", b"i"


class GradingServer:
    """One such process; every grading has a connection of its own, which nobody else can name."""

    def __init__(self, module: str, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._control, other = socket.socketpair()
        with other:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-B", "-m", module, "--serve", str(other.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[other.fileno()],
                env={**os.environ, **environment},
            )

    @property
    def pid(self) -> int:
        """Of the process from which gradings are forked."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def grade(self, request: bytes, timeout_s: float) -> bytes:
        """The report. Raises GraderError when there is none within `timeout_s`."""
        assert sys.platform == "linux"
        pid, deadline = 0, time.monotonic() + timeout_s
        environment = {**os.environ, **self._environment}
        asked = (os.getcwd(), os.sched_getaffinity(0), environment, request)
        with self._connection() as connection:
            try:
                connection.sendall(msgspec.msgpack.encode(asked))
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

    def _connection(self) -> socket.socket:
        ours, its = socket.socketpair()
        with its:
            try:
                socket.send_fds(self._control, [b"+"], [its.fileno()])
            except OSError as error:
                ours.close()
                raise GraderError(f"the grading server is gone: {error}") from None
        return ours

    def close(self) -> None:
        """Kill it with everything it started."""
        kill_tree(self._process.pid)
        self._process.wait()
        self._control.close()


class GradingServers:
    """A server for each environment that gradings ask for; one that died is started again."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._servers: dict[tuple[tuple[str, str], ...], GradingServer] = {}
        self._lock = threading.Lock()

    def of(self, environment: Mapping[str, str]) -> GradingServer:
        """The server whose environment has these variables in addition."""
        key = tuple(sorted(environment.items()))
        with self._lock:
            server = self._servers.get(key)
            if server and not server.alive:
                server.close()
            if not server or not server.alive:
                server = self._servers[key] = GradingServer(self._module, environment)
            return server

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
    """Fork a grading for every connection that comes in, until there is nobody to send one."""
    assert sys.platform == "linux"
    pin_threads(1)
    from autograder.grading.running import run  # noqa: F401  (imported once, for all)

    gc.collect()
    gc.freeze()  # what is here stays, and need not be looked through in every grading
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them: the connection tells
    with socket.socket(fileno=descriptor) as control:
        while connections := socket.recv_fds(control, 1, 1)[1]:
            with socket.socket(fileno=connections[0]) as connection:
                if os.fork() == 0:
                    control.close()
                    _answer(connection, grade)


def _answer(connection: socket.socket, grade: Serve) -> None:
    """Grade in this process, the child, and end it."""
    assert sys.platform == "linux"
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        connection.sendall(_PID.pack(os.getpid()))
        asked = _receive(connection, float("inf"))
        folder, cpus, environment, request = msgspec.msgpack.decode(asked, type=_Asked)
        os.chdir(folder)
        os.sched_setaffinity(0, cpus)
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
