"""Before the first memory count of a grading: do our counter and witness see a known allocation?

A Python, torch or system under which they do not must not decide about a student's points.
"""

from contextlib import closing

from autograder.grading.context.counters import BYTES
from autograder.grading.context.grading_context import GradingContext
from autograder.machine.resident_memory import HighWaterMark, Unseen
from autograder.model.assignment import Limits
from autograder.model.errors import GraderError
from autograder.model.units import show_bytes
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.remote import RemoteWorker
from autograder.sandbox.time_limits import OurLimit
from autograder.submission.intake import Submission
from autograder.worker.known_allocations import HELD, MODULE

_KNOWN = Submission(module="known.py", files={"known.py": MODULE})
_LIMITS = Limits()  # ours, not the assignment's: 100 MB must be allowed
_LEAST, _MOST = 0.9 * HELD, 1.5 * HELD


def require_memory_is_seen(context: GradingContext) -> None:
    """Test once a grading. Raises GraderError when the counter or the witness sees too little."""
    if context.memory_is_seen:
        return
    try:
        for function in ("plain", "generator"):  # not every system sets a process's mark back
            with closing(RemoteWorker(context.launcher, _KNOWN, _LIMITS, None)) as worker:
                _require_seen(worker, function)
    except StudentFault as fault:
        raise GraderError(
            f"memory cannot be counted here: {'; '.join(fault.message.lines())}"
        ) from None
    context.memory_is_seen = True


def _require_seen(worker: RemoteWorker, function: str) -> None:
    """Both look at one call: blocks of this size never come from memory that was freed before."""
    limit = OurLimit(3 * _LIMITS.call_s)  # of the exchanges below
    worker.call(function, (), {}, limit=limit, observer=BYTES.observer, hold=True)
    try:
        mark = HighWaterMark(worker.pid)
        counts = worker.run_held(limit)
        _require("the operating system's mark", function, mark.risen())
    except Unseen:  # no such witness here
        counts = worker.run_held(limit)
    _require("the worker's count", function, counts["bytes"])


def _require(witness: str, function: str, seen: float) -> None:
    if not _LEAST <= seen <= _MOST:
        raise GraderError(
            f"memory cannot be judged on this machine: {witness} saw {show_bytes(seen)} of a"
            f" {function} call that holds {show_bytes(HELD)}. Install the versions of"
            " ci/constraints.txt, with CPython and no profiler in its environment; then run"
            " `autograder doctor`"
        )
