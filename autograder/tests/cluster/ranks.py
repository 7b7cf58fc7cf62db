"""A submission of rank programs, and runs of it on a cluster."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from autograder.grading.cluster.fixture import Cluster, ClusterRun
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.grading_context import GradingContext
from autograder.grading.context.seeds import Seed
from autograder.model.assignment import Limits
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.time_limits import TimeLimit
from autograder.submission.intake import Submission
from autograder.tests.sandbox.launchers import Launchers

HEAD = "import os, time, threading\nimport numpy as np\n"
STARTED = Launchers()  # closed by conftest
LIMITS = Limits(import_s=20, call_s=20, memory="300 MB", output="1 MB")


@contextmanager
def cluster_of(
    source: str, kind: str = "fork", limits: Limits = LIMITS
) -> Iterator[tuple[Cluster, CheckRun]]:
    """A cluster for the functions of this source."""
    launcher = STARTED[kind]
    submission = Submission(module="parallel.py", files={"parallel.py": (HEAD + source).encode()})
    context = GradingContext(launcher, submission, limits, None)
    run = CheckRun(context, Seed(7, public=True), TimeLimit(200))
    try:
        yield Cluster(run), run
    finally:
        run.close()


def run_once(
    source: str, size: int = 4, kind: str = "fork", limits: Limits = LIMITS, **options: Any
) -> ClusterRun:
    """Run its function f on so many ranks; without `inputs` each rank gets nothing."""
    options.setdefault("inputs", lambda rank: ())
    with cluster_of(source, kind, limits) as (cluster, run):
        return cluster.run(run.student.f, size=size, **options)


def fault_of(source: str, size: int = 4, **options: Any) -> StudentFault:
    """The fault that such a run ends with."""
    try:
        run_once(source, size, **options)
    except StudentFault as fault:
        return fault
    raise AssertionError("the run ended without a fault")
