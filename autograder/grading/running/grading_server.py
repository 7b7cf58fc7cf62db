"""Gradings forked from a process that has imported everything, for all that grades hundreds.

It works on Linux only. Imports take a third of the time of a short grading. The server has read no
check, no submission and no secret, so what is forked from it is as fresh as an interpreter of its
own would be; it works in the folder, on the CPUs and with the environment of the process that asks.
`subprocess_grading` and `classroom` start servers and send them requests. However the process that
asks ends, its gradings end with it, and take their workers and their folders along.
"""

import gc
import importlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe

import msgspec
import psutil

from autograder.machine import libc
from autograder.machine.process_tree import kill_tree
from autograder.machine.threads import pin_threads
from autograder.model.errors import AutograderError, GraderError

Serve = Callable[[bytes], bytes]  # an encoded request -> an encoded report
_Asked = tuple[str, set[int], dict[str, str], bytes]  # folder, CPUs, environment, request
_ENDING_S = 2.0  # for the end of gradings that have sent their report
_TIDYING_S = 10.0  # for those that are interrupted, to end their workers and remove their folders
_REPORT, _IMPOSSIBLE = b"r", b"i"


class GradingServer:
    """The process from which gradings are forked; each grading has a connection of its own."""

    def __init__(
        self,
        module: str,
        environment: Mapping[str, str],
        libraries: Sequence[str] = (),
        held: Sequence[int] = (),
    ) -> None:
        """`module` is run with `--serve DESCRIPTOR LIBRARY...`.

        `held` are descriptors that the server and its gradings keep open, such as that of a lock.
        """
        self._environment = environment
        self._control, other = socket.socketpair()
        serve = [sys.executable, "-I", "-B", "-m", module, "--serve", str(other.fileno())]
        with other:
            self._process = subprocess.Popen(
                [*serve, *libraries],
                stdin=subprocess.DEVNULL,
                pass_fds=[other.fileno(), *held],
                env={**os.environ, **environment},
            )

    @property
    def pid(self) -> int:
        """Of the process from which gradings are forked."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def grade(self, request: bytes, timeout_s: float) -> bytes:
        """The report. Raises GraderError when there is none within `timeout_s`."""
        assert sys.platform == "linux"
        pid, deadline = 0, time.monotonic() + timeout_s
        environment = {**os.environ, **self._environment}
        asked = (os.getcwd(), os.sched_getaffinity(0), environment, request)
        connection, its = Pipe()
        with connection:
            try:
                with its:
                    socket.send_fds(self._control, [b"+"], [its.fileno()])
                connection.send_bytes(msgspec.msgpack.encode(asked))
                pid = int(_received(connection, deadline))
                reply = _received(connection, deadline)
                pid = 0  # it has answered, and ends by itself
            except TimeoutError:
                raise GraderError(f"a grading took over {timeout_s:g} s") from None
            except EOFError:
                raise GraderError("a grading gave no report") from None
            except OSError as error:
                raise GraderError(f"the grading server is gone: {error}") from None
            finally:
                if pid:  # also on Ctrl-C
                    kill_tree(pid)
        if reply[:1] != _REPORT:
            raise GraderError(reply[1:].decode("utf-8", "replace"))
        return reply[1:]

    def close(self) -> None:
        """End it, with everything it started."""
        self._control.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_ENDING_S)
        kill_tree(self._process.pid)
        self._process.wait()


class GradingServers:
    """A server for each environment that gradings ask for; one that died is started again."""

    def __init__(
        self, module: str, libraries: Sequence[str] = (), held: Sequence[int] = ()
    ) -> None:
        """The arguments are those of each server."""
        self._module, self._libraries, self._held = module, libraries, held
        self._servers: dict[tuple[tuple[str, str], ...], GradingServer] = {}
        self._lock, self._closed = threading.Lock(), False

    def of(self, environment: Mapping[str, str]) -> GradingServer:
        """The server whose environment has these variables in addition.

        Raises GraderError once they are closed.
        """
        key = tuple(sorted(environment.items()))
        with self._lock:
            if self._closed:
                raise GraderError("the grading servers are closed")
            server = self._servers.get(key)
            if server and not server.alive:
                server.close()
            if not server or not server.alive:
                server = GradingServer(self._module, environment, self._libraries, self._held)
                self._servers[key] = server
            return server

    def __enter__(self) -> "GradingServers":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End them all; none is started again."""
        with self._lock:
            self._closed = True
        for server in self._servers.values():
            server.close()


def warm_up(libraries: Sequence[str] = ()) -> None:
    """Import, and compute, what every grading needs, so that those forked afterwards have it.

    Of an assignment also its `libraries`. No check, no submission and no secret is read.
    """
    pin_threads(1)
    import numpy.ma  # noqa: F401

    from autograder.grading.provenance.content import framework_hash
    from autograder.grading.running import plugin, run  # noqa: F401

    for library in libraries:
        importlib.import_module(library)
    framework_hash()
    plugin.run_without_checks()
    gc.collect()
    gc.freeze()  # these objects stay: no grading needs to look through them


def fork_gradings(descriptor: int, grade: Serve, libraries: Sequence[str] = ()) -> None:
    """Fork a grading for every connection that comes in, until the other side has ended.

    Then gradings that still run are interrupted: their reports have no reader.
    """
    assert sys.platform == "linux"
    warm_up(libraries)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # on Ctrl-C the process that started this ends it
    # waited for, although they send a report: so their CPU time, and their workers', is known
    signal.signal(signal.SIGCHLD, lambda *_: _reap(os.WNOHANG))
    with socket.socket(fileno=descriptor) as control:
        while connections := socket.recv_fds(control, 1, 1)[1]:
            with Connection(connections[0]) as connection:
                if os.fork() == 0:
                    control.close()
                    _answer(connection, grade)
    _end_gradings()


def _end_gradings() -> None:
    """Interrupt those that run, and wait for all; those that take long are killed."""
    gradings = psutil.Process().children()
    for grading in gradings:
        with suppress(psutil.NoSuchProcess):
            grading.send_signal(signal.SIGINT)
    for grading in psutil.wait_procs(gradings, _TIDYING_S)[1]:
        kill_tree(grading.pid)
    _reap()


def _reap(options: int = 0) -> None:
    """Wait for all gradings that have ended; without options, for all."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, options)[0]:
            pass


def _answer(connection: Connection, grade: Serve) -> None:
    """Grade in this process, the child, and end it."""
    assert sys.platform == "linux"
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # as in an interpreter of its own
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        libc.prctl(libc.PR_SET_PDEATHSIG, signal.SIGINT)  # as on Ctrl-C, if the server is killed
        connection.send_bytes(str(os.getpid()).encode())
        asked = connection.recv_bytes()
        folder, cpus, environment, request = msgspec.msgpack.decode(asked, type=_Asked)
        os.chdir(folder)
        os.sched_setaffinity(0, cpus)
        os.environ.clear()
        os.environ.update(environment)
        connection.send_bytes(_REPORT + grade(request))
    except AutograderError as error:
        connection.send_bytes(_IMPOSSIBLE + str(error).encode())
    except BaseException:  # after any error: this process must not go on as a second server
        connection.send_bytes(_IMPOSSIBLE + traceback.format_exc().encode())
    finally:
        os._exit(0)


def _received(connection: Connection, deadline: float) -> bytes:
    """The next message. Raises TimeoutError, or EOFError when the other side has ended."""
    if not connection.poll(max(0.0, deadline - time.monotonic())):
        raise TimeoutError
    return connection.recv_bytes()
