"""CPU seconds of grading each reference with hidden checks, workers included.

    python ci/bench/grading_cpu.py [ID ...]            a row for each assignment
    python ci/bench/grading_cpu.py --verify [ID ...]   also `autograder verify ID --quick`: minutes
    python ci/bench/grading_cpu.py --record FILE       also writes the table into FILE

A worker's seconds are read from its clock when it ends; those of the grader and its launcher are
what the system counts of the process and of its ended children, less the workers.
"""

import argparse
import os
import platform
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from autograder.machine.threads import pin_threads

pin_threads()

import msgspec  # noqa: E402  after the threads are pinned

from autograder.grading.context.request import GradingRequest  # noqa: E402
from autograder.grading.running.session import grade  # noqa: E402
from autograder.machine.facts import machine_facts  # noqa: E402
from autograder.model.course import all_assignments, load_course  # noqa: E402
from autograder.sandbox.remote import RemoteWorker  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
TARGETS_S = {"sgd": 9, "momentum": 12, "autodiff": 25}
VERIFY_S = 100


class Cost(NamedTuple):
    """Of one grading."""

    starts: int
    workers_s: float
    all_s: float
    points: float


def cpu_of(assignment: str) -> Cost:
    """Grade in a forked process, because a grading needs a fresh one."""
    read, write = os.pipe()
    if os.fork() == 0:
        os.close(read)
        with os.fdopen(write, "wb") as sink:
            sink.write(msgspec.json.encode(graded(assignment)))
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as source:
        cost = msgspec.json.decode(source.read(), type=Cost)
    os.wait()
    return cost


def graded(assignment: str) -> Cost:
    """Grade the reference here and note the CPU time of every worker as it ends."""
    ended: list[float] = []
    close: Callable[[RemoteWorker], None] = RemoteWorker.close

    def noted(worker: Any) -> None:
        close(worker)
        ended.append(worker.cpu_s())

    RemoteWorker.close = noted  # type: ignore[method-assign, assignment]
    request = GradingRequest(
        root=ROOT,
        assignment=assignment,
        submission=ROOT / "reference" / assignment,
        hidden=True,
        secret_file=load_course(ROOT).secret_path(),
    )
    report = grade(request)
    everything = total(resource.RUSAGE_SELF) + total(resource.RUSAGE_CHILDREN)
    return Cost(len(ended), sum(ended), everything, report.score)


def total(who: int) -> float:
    """CPU seconds of this process, or of its ended children with theirs."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def verified_s(assignment: str) -> float:
    """CPU seconds of `verify --quick`, all its gradings and their workers included."""
    before = total(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "autograder", "verify", assignment, "--quick"]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    return total(resource.RUSAGE_CHILDREN) - before


def row_of(assignment: str, verify: bool) -> str:
    """One row of the table."""
    cost = cpu_of(assignment)
    quick = f"{verified_s(assignment):.0f} s" if verify else "not run"
    target = f"{TARGETS_S[assignment]} s" if assignment in TARGETS_S else ""
    rest = cost.all_s - cost.workers_s
    figures = f"{cost.all_s:.1f} s | {target} | {cost.workers_s:.1f} s | {rest:.1f} s"
    return f"| {assignment} | {figures} | {cost.starts} | {cost.points:g} | {quick} |"


def main() -> None:
    """Print the table, and record it if asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("assignments", nargs="*", metavar="ID")
    parser.add_argument("--verify", action="store_true")
    parser.add_argument("--record", type=Path, metavar="FILE")
    options = parser.parse_args()
    chosen = options.assignments or [assignment.id for assignment in all_assignments(ROOT)]
    facts = machine_facts()
    lines = [
        f"{date.today()}, {facts['processor']}, {facts['cpus']} CPUs,"
        f" Python {platform.python_version()}",
        "",
        f"| assignment | CPU | target | workers | grader, launcher | starts | points"
        f" | verify --quick (target {VERIFY_S} s) |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
        *(row_of(assignment, options.verify) for assignment in chosen),
        "",
    ]
    print("\n".join(lines))
    if options.record:
        command = "python ci/bench/grading_cpu.py"
        title = f"# CPU time of a grading\n\nPrinted by `{command}`.\n\n"
        options.record.write_text(title + "\n".join(lines))


if __name__ == "__main__":
    main()
