"""Linux: a launcher process that has imported the libraries and forks the workers.

The launcher is forked from the grader before the grader reads checks, oracles or secrets, so
neither its memory nor a worker's can hold them. It takes one request at a time over a socket and
is the parent of every worker: only it kills and reaps them, so none of their pids is reused.
"""

import fcntl
import gc
import importlib
import os
import signal
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

import msgspec

from autograder.machine import libc
from autograder.machine.cpu_clock import ended_children_seconds
from autograder.machine.environment import scrub_environment
from autograder.machine.process_tree import descendant_pids, kill_tree, orphans, reap_orphans
from autograder.machine.signals import STOPPING
from autograder.machine.threads import require_single_thread
from autograder.model.errors import GraderError
from autograder.sandbox.isolation import Isolation
from autograder.sandbox.output import PipeOutput
from autograder.sandbox.time_limits import wait_for_end
from autograder.sandbox.uid_pool import kill_all_of
from autograder.wire.channel import PollChannel
from autograder.worker.imports import imported_besides, permitted_modules, restrict_imports
from autograder.worker.originals import Originals
from autograder.worker.serve import reopen_standard_streams, serve, take_originals

_PIPES = 3  # of a worker: calls, replies, prints
_PIPE_BYTES = 1 << 20
_F_SETPIPE_SZ = 1031


class _Request(msgspec.Struct):
    end: int | None = None  # pid of the worker to end; None: start one
    uid: int = 0  # of the worker to start; 0: it has none of its own
    patience_s: float = 0.0  # seconds to let it end by itself, after it has closed its channel


class _Reply(msgspec.Struct):
    pid: int
    code: int | None = None  # of a worker that had ended by itself; negative: by a signal
    spent_s: float = 0.0  # CPU seconds of all workers that have ended, with what they started


class _Leased(NamedTuple):
    """What the launcher keeps of a living worker."""

    uid: int
    locks: tuple[int, ...]  # held until nothing runs as the uid, also when the grader dies before


class ForkLauncher:
    """The grader's handle on the launcher process."""

    kind = "fork"
    spent_s = 0.0

    def __init__(self, libraries: Sequence[str], isolation: Isolation) -> None:
        self.isolation = isolation
        self.workers: set[int] = set()  # pids of the living ones
        for name in libraries:
            importlib.import_module(name)
        originals = take_originals()
        require_single_thread()
        gc.collect()
        gc.freeze()  # no worker needs to look through these objects, which would copy their memory
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.pid = os.fork()
        if self.pid == 0:
            self._socket.close()
            _run_and_exit(lambda: _launch(theirs, libraries, originals))
        theirs.close()

    def warm(self, count: int) -> None:
        """To fork them takes milliseconds."""

    def start_worker(self, uid: int, locks: Sequence[int]) -> "ForkedWorker":
        """Fork a worker; its pipes are made here and handed over, with the lock of its uid."""
        to_worker, from_worker, output = (_pipe() for _ in range(3))
        theirs = [to_worker[0], from_worker[1], output[1]]
        ours = (from_worker[0], to_worker[1], output[0])
        try:
            reply = self.ask(_Request(uid=uid), [*theirs, *locks])
        except GraderError:
            for fd in ours:
                os.close(fd)
            raise
        finally:
            for fd in theirs:
                os.close(fd)
        self.workers.add(reply.pid)
        return ForkedWorker(self, reply.pid, ours)

    def close(self) -> None:
        """The launcher ends all workers and itself when the socket closes."""
        self._socket.close()
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        self.isolation.close()

    def ask(self, request: _Request, fds: Sequence[int] = ()) -> _Reply:
        """One request to the launcher process and its reply."""
        try:
            socket.send_fds(self._socket, [msgspec.json.encode(request)], fds)
            data = self._socket.recv(4096)
        except OSError as error:
            raise GraderError(f"the launcher of workers has died: {error}") from None
        if not data:
            raise GraderError("the launcher of workers has died")
        return msgspec.json.decode(data, type=_Reply)


class ForkedWorker:
    """A worker of the fork launcher."""

    def __init__(self, launcher: ForkLauncher, pid: int, fds: tuple[int, int, int]) -> None:
        self._read, self._write, output = fds
        self.pid, self.output = pid, PipeOutput(output)
        self._launcher = launcher

    def open_channel(self, watch: Callable[[], None]) -> PollChannel:
        """The channel to the worker."""
        return PollChannel(self._read, self._write, watch)

    def processes(self) -> list[int]:
        """The worker and all that it has started: daemons are the launcher's children by then."""
        return descendant_pids(self._launcher.pid, less=self._launcher.workers - {self.pid})

    def end(self, patience_s: float = 0.0) -> int | None:
        """Kill the worker's whole tree."""
        try:
            reply = self._launcher.ask(_Request(end=self.pid, patience_s=patience_s))
        except GraderError:  # the launcher, which should kill it, has died
            kill_tree(self.pid)
            raise
        self._launcher.workers.discard(self.pid)
        self._launcher.spent_s = reply.spent_s
        return reply.code


def _pipe() -> tuple[int, int]:
    read, write = os.pipe()
    with suppress(OSError):  # where the kernel allows less, calls are only slower
        fcntl.fcntl(write, _F_SETPIPE_SZ, _PIPE_BYTES)
    return read, write


def _run_and_exit(work: Callable[[], None]) -> None:
    """Run `work` in a forked child, which must never return into the grader's code."""
    try:
        work()
    except BaseException as error:  # process boundary: report, then end
        os.write(2, f"launcher: {type(error).__name__}: {error}\n".encode())
        os._exit(1)
    os._exit(0)


def _launch(requests: socket.socket, libraries: Sequence[str], originals: Originals) -> None:
    """The launcher's main loop."""
    for number in STOPPING:  # they end the grader, and its end the launcher
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    scrub_environment()
    permitted = permitted_modules(libraries)
    besides = imported_besides(permitted)

    def begin() -> None:
        restrict_imports(permitted, besides)
        serve(3, 4, originals)

    libc.prctl(libc.PR_SET_CHILD_SUBREAPER, 1)
    workers: dict[int, _Leased] = {}
    while True:
        data, fds, _, _ = socket.recv_fds(requests, 4096, _PIPES + 1)
        if not data:
            break
        request = msgspec.json.decode(data, type=_Request)
        if request.end is None:
            reply = _fork_worker(requests, fds[:_PIPES], begin)
            workers[reply.pid] = _Leased(request.uid, tuple(fds[_PIPES:]))
        else:
            reply = _end(request.end, request.patience_s, workers)
        requests.send(msgspec.json.encode(reply))
    for pid in list(workers):  # the grader has died before it ended them
        _end(pid, 0.0, workers)
    reap_orphans(keep=())


def _fork_worker(requests: socket.socket, fds: Sequence[int], begin: Callable[[], None]) -> _Reply:
    pid = os.fork()
    if pid == 0:
        requests.close()
        _run_and_exit(lambda: _become_worker(fds, begin))
    for fd in fds:
        os.close(fd)
    return _Reply(pid=pid)


def _become_worker(fds: Sequence[int], begin: Callable[[], None]) -> None:
    """Own session, nothing on stdin, both outputs captured, no other descriptor open."""
    os.setsid()
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
        file.write("1000")  # when memory runs out, the kernel takes the worker and not the grader
    for number in STOPPING:
        signal.signal(number, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDONLY)
    wanted = (null, fds[2], fds[2], fds[0], fds[1])
    high = [fcntl.fcntl(fd, fcntl.F_DUPFD, 10) for fd in wanted]  # clear of the targets
    for target, fd in enumerate(high):
        os.dup2(fd, target)
    os.closerange(len(high), 4096)
    reopen_standard_streams()
    begin()


def _end(pid: int, patience_s: float, workers: dict[int, _Leased]) -> _Reply:
    """End a worker and every process of its uid; only then may another worker have the uid."""
    leased = workers.pop(pid)
    code = _wait(pid, patience_s)
    if code is None:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    if leased.uid and orphans(keep=workers):  # what it had started is a child of this process now
        kill_all_of(leased.uid)
    reap_orphans(keep=workers)
    for lock in leased.locks:
        os.close(lock)
    return _Reply(pid=pid, code=code, spent_s=ended_children_seconds())


def _wait(pid: int, patience_s: float) -> int | None:
    """The exit code if the worker ends by itself within `patience_s`; negative: by a signal."""

    def code() -> int | None:
        ended, status = os.waitpid(pid, os.WNOHANG)
        return os.waitstatus_to_exitcode(status) if ended else None

    return wait_for_end(pid, code, patience_s)
