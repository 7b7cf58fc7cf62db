"""The engine of one machine: a thread for each grading at a time, forked from a warm process."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue

import psutil

from autograder.classroom.engine.out_folder import OutFolder
from autograder.classroom.engine.slots import Slot
from autograder.classroom.engine.task import Task, decode_graded, encode_task
from autograder.classroom.submissions import Graded, Status
from autograder.grading.running.grading_server import GradingServers
from autograder.model.assignment import Assignment
from autograder.model.errors import AutograderError

_WARM = "autograder.classroom.engine.warm"
_SLACK_S = 180.0  # beyond the limit of a run, at which gradings end by themselves: for our own hang
_ENDING_S = 10.0


class LocalEngine:
    """Grades in as many threads as there are slots; each grading runs on the CPUs of its slot."""

    def __init__(
        self, servers: GradingServers, slots: Sequence[Slot], temporary: str, limit_s: float
    ) -> None:
        """`temporary`: the folder for what gradings write; `limit_s`: for one of them."""
        self._servers, self._limit_s = servers, limit_s
        self._environment = {"TMPDIR": temporary}
        free: SimpleQueue[Slot] = SimpleQueue()
        for slot in slots:
            free.put(slot)
        # of the thread that asks, the server takes the CPUs over
        self._pool = ThreadPoolExecutor(len(slots), initializer=lambda: _stay_on(free.get()))
        self._ended: SimpleQueue[Graded] = SimpleQueue()
        self._running = 0

    def submit(self, task: Task) -> None:
        """Grade it when a slot is free."""
        self._running += 1
        self._pool.submit(lambda: self._ended.put(self._grade(task)))

    def results(self) -> Iterator[Graded]:
        """The gradings as they end."""
        while self._running:
            graded = self._ended.get()
            self._running -= 1
            yield graded

    def cancel(self) -> None:
        """Start none that has not started."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def join(self) -> None:
        """Wait until no thread is left; the servers are closed by then."""
        self._pool.shutdown()

    def _grade(self, task: Task) -> Graded:
        try:
            server = self._servers.of(self._environment)
            return decode_graded(server.grade(encode_task(task), self._limit_s))
        except AutograderError as error:  # killed, too late, or no report
            return Graded(id=task.id, status=Status.SET_ASIDE, problem=str(error))
        except Exception as error:  # in a thread it would be lost, and the run would wait for ever
            return Graded(id=task.id, status=Status.SET_ASIDE, problem=repr(error))


@contextmanager
def local_engine(
    assignment: Assignment, slots: Sequence[Slot], out: OutFolder
) -> Iterator[LocalEngine]:
    """An engine; when the block ends, however it does, nothing that it has started is left."""
    limit_s = assignment.limits.run_s + _SLACK_S
    servers = GradingServers(_WARM, assignment.libraries, held=[out.lock])
    engine = LocalEngine(servers, slots, str(out.temporary), limit_s)
    try:
        yield engine
    finally:
        engine.cancel()
        started = psutil.Process().children(recursive=True)
        servers.close()
        engine.join()
        psutil.wait_procs(started, _ENDING_S)  # launchers end after their gradings


def _stay_on(slot: Slot) -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, slot)  # of this thread alone
