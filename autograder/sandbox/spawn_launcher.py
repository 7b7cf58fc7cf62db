"""macOS and Windows: each worker is a new interpreter; the next one is always warming up.

`start_launcher` makes it there, and on Linux when it is asked for.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

from autograder.machine.cpu_clock import ended_children_seconds
from autograder.machine.environment import worker_environment
from autograder.machine.process_tree import descendant_pids, kill_tree
from autograder.model.errors import GraderError
from autograder.sandbox.isolation import Isolation
from autograder.sandbox.output import Output, PipeOutput, ThreadOutput
from autograder.sandbox.time_limits import wait_for_end
from autograder.wire.channel import Channel, PollChannel, ThreadChannel
from autograder.worker.spawned import WARM

_WARM_S = 120.0  # a cold import of torch from a slow disk


class SpawnLauncher:
    """Starts interpreters ahead of time, so that their imports overlap with grading."""

    kind = "spawn"

    @property
    def spent_s(self) -> float:
        """CPU seconds of the ended workers."""
        return ended_children_seconds()

    def __init__(
        self,
        libraries: Sequence[str],
        isolation: Isolation,
        *,
        polling: bool = os.name == "posix",
    ) -> None:
        self.isolation = isolation
        self._libraries, self._polling = tuple(libraries), polling
        self._started: list[subprocess.Popen[bytes]] = []
        self._spares = [self._start()]

    def warm(self, count: int) -> None:
        """Let as many interpreters warm up side by side."""
        self._spares += [self._start() for _ in range(count - len(self._spares))]

    def start_worker(self, uid: int, locks: Sequence[int]) -> "SpawnedWorker":
        """The oldest spare; one at least warms up. `uid` is 0: spawned workers have none."""
        process = self._spares.pop(0)
        self.warm(1)
        return SpawnedWorker(process, self._polling)

    def close(self) -> None:
        """End the spares and every worker that still runs."""
        for process in self._started:
            if process.poll() is None:
                kill_tree(process.pid)
                process.wait()
            for pipe in (process.stdin, process.stdout, process.stderr):
                with suppress(OSError):
                    if pipe:
                        pipe.close()

    def _start(self) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-m", "autograder.worker.spawned", *self._libraries],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=worker_environment(),
            bufsize=0,
            start_new_session=os.name == "posix",
        )
        self._started.append(process)
        return process


class SpawnedWorker:
    """A worker in an interpreter of its own: frames over stdin and stdout, prints on stderr."""

    def __init__(self, process: "subprocess.Popen[bytes]", polling: bool) -> None:
        assert process.stdin and process.stdout and process.stderr
        self.pid = process.pid
        self._process, self._polling = process, polling
        _wait_until_warm(process)
        # duplicates: Popen keeps and closes its own
        self._read, self._write = os.dup(process.stdout.fileno()), os.dup(process.stdin.fileno())
        printed = os.dup(process.stderr.fileno())
        self.output: Output = PipeOutput(printed) if polling else ThreadOutput(printed)
        for pipe in (process.stdin, process.stdout, process.stderr):
            pipe.close()

    def open_channel(self, watch: Callable[[], None]) -> Channel:
        """The channel to the worker."""
        kind = PollChannel if self._polling else ThreadChannel
        return kind(self._read, self._write, watch)

    def processes(self) -> list[int]:
        """The worker and its descendants; daemons cannot be found."""
        return [self.pid, *descendant_pids(self.pid)]

    def end(self, patience_s: float = 0.0) -> int | None:
        """Kill the worker's whole tree."""
        code = wait_for_end(self.pid, self._process.poll, patience_s)
        kill_tree(self.pid)
        self._process.wait()
        if os.name == "posix":
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)  # processes left in its session
        return code


def _wait_until_warm(process: "subprocess.Popen[bytes]") -> None:
    """Wait for the libraries: neither their time nor their memory is the submission's.

    Raises GraderError when they cannot be imported, with the end of what the worker printed.
    """
    assert process.stdout and process.stderr
    timer = threading.Timer(_WARM_S, process.kill)
    timer.start()
    try:
        warm = os.read(process.stdout.fileno(), len(WARM)) == WARM
    finally:
        timer.cancel()
    if not warm:
        process.wait()
        reason = process.stderr.read().decode("utf-8", "replace").strip()[-1000:]
        raise GraderError(f"a worker could not be started: {reason or 'it took too long'}")
