"""What the framework itself costs: start-up, calls, bytes, checks, the spawn path.

    python ci/bench/framework.py                     prints a table
    python ci/bench/framework.py --record FILE       also writes it into FILE, with date and machine

Every figure is the median of several runs, beside a baseline that ran in the same minute, because
machines are shared and drift. CPU seconds count the process with all its descendants.
"""

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from autograder.machine.threads import pin_threads

pin_threads()

import numpy as np  # noqa: E402  after the threads are pinned

from autograder.machine.facts import machine_facts  # noqa: E402
from autograder.model.assignment import Limits  # noqa: E402
from autograder.sandbox.launcher import start_launcher  # noqa: E402
from autograder.sandbox.remote import RemoteWorker  # noqa: E402
from autograder.sandbox.time_limits import TimeLimit  # noqa: E402
from autograder.submission.intake import Submission  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
ECHO = Submission(module="echo.py", files={"echo.py": b"def echo(value):\n    return value\n"})
EMPTY_CHECKS = 40


class Row(NamedTuple):
    """One figure with its target and its baseline."""

    what: str
    value: str
    target: str
    baseline: str


def cpu_seconds(command: list[str], repeats: int, cwd: Path = ROOT) -> float:
    """Median CPU seconds of a command and all its descendants."""
    seconds = []
    for _ in range(repeats):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=cwd, stdout=subprocess.DEVNULL, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(seconds)


def median_ms(work: Callable[[], object], repeats: int) -> float:
    """Median wall milliseconds of `work`."""
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times)


def autograder(*arguments: str) -> list[str]:
    """The command line of this checkout."""
    return [sys.executable, "-m", "autograder", *arguments]


def start_up() -> Row:
    """`--help` against an interpreter that does nothing."""
    helped = cpu_seconds(autograder("--help"), 9)
    bare = cpu_seconds([sys.executable, "-c", "pass"], 9)
    return Row(
        "autograder --help, CPU",
        f"{helped * 1000:.0f} ms",
        "100 ms",
        f"{helped / bare:.1f} x python",
    )


def gradings() -> list[Row]:
    """A whole check, one part, and the first outcome; against importing numpy and pytest."""
    imports = cpu_seconds([sys.executable, "-c", "import numpy, pytest"], 5)
    reference = ("--submission", "reference/sgd")
    whole = cpu_seconds(autograder("check", "sgd", *reference), 3)
    spawned = cpu_seconds(autograder("check", "sgd", *reference, "--launcher", "spawn"), 3)
    part = cpu_seconds(autograder("check", "sgd", *reference, "--part", "1.3"), 7)
    return [
        Row(
            "check sgd, reference, CPU",
            f"{whole:.1f} s",
            "20 s",
            f"{whole / imports:.0f} x imports",
        ),
        Row(
            "  the same, spawn path, CPU",
            f"{spawned:.1f} s",
            "2 x fork",
            f"{spawned / whole:.2f} x fork",
        ),
        Row("check sgd --part 1.3, CPU", f"{part:.2f} s", "1 s", f"{part / imports:.1f} x imports"),
        Row("first outcome, wall", f"{first_outcome_s():.2f} s", "2 s", ""),
    ]


def first_outcome_s() -> float:
    """Seconds until the first verdict is printed."""
    command = autograder("check", "sgd", "--submission", "reference/sgd")
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            if "passed" in line:
                break
        seconds = time.perf_counter() - started
        process.kill()
    return seconds


def calls() -> list[Row]:
    """Round trips to a worker, against a bare pipe to a forked process."""
    launcher = start_launcher("auto", ["numpy"])
    worker = RemoteWorker(launcher, ECHO, Limits(), None)
    array = np.ones(50 * 10**6 // 8)

    def call(value: object) -> object:
        return worker.call("echo", [value], {}, limit=TimeLimit(60))

    call(array)
    null, large = median_ms(lambda: call(None), 3000), median_ms(lambda: call(array), 9)
    worker.close()
    launcher.close()
    ping, copy = bare_pipe(1, 3000), bare_pipe(array.nbytes, 9)
    return [
        Row("null call", f"{null:.3f} ms", "0.1 ms", f"{null / ping:.1f} x bare pipe"),
        Row("50 MB each way", f"{large:.0f} ms", "150 ms", f"{large / copy:.1f} x bare pipe"),
    ]


def bare_pipe(size: int, repeats: int) -> float:
    """Milliseconds to send `size` bytes to a forked echo process and back."""
    there, back = os.pipe(), os.pipe()
    if os.fork() == 0:
        os.close(there[1])
        with os.fdopen(there[0], "rb") as source, os.fdopen(back[1], "wb") as sink:
            while data := source.read(size):
                sink.write(data)
                sink.flush()
        os._exit(0)
    os.close(there[0])
    os.close(back[1])
    data = bytes(size)
    with os.fdopen(there[1], "wb") as sink, os.fdopen(back[0], "rb") as source:

        def round_trip() -> None:
            sink.write(data)
            sink.flush()
            source.read(size)

        result = median_ms(round_trip, repeats)
    os.wait()
    return result


def empty_checks() -> Row:
    """CPU per check that only calls an empty function; the start-up is reported beside it."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "assignments" / "empty"
        (folder / "checks").mkdir(parents=True)
        (folder / "assignment.toml").write_text(
            'title = "Empty"\norder = 1\nsubmit = ["empty.py"]\n'
            '[[parts]]\nid = "1"\ntitle = "Nothing"\npoints = 1\nhours = 1\n'
            '[[parts]]\nid = "2"\ntitle = "Nothing"\npoints = 1\nhours = 1\n'
        )
        (folder / "recorded_answers.json").write_text("{}")
        (Path(scratch) / "empty.py").write_text("def nothing():\n    return 1\n")
        for part, count in (("1", 1), ("2", EMPTY_CHECKS)):
            body = "".join(
                f'@check(part="{part}", points=1)\n'
                f'def check_{part}_{n}(student):\n    """It is 1."""\n    student.nothing()\n\n\n'
                for n in range(count)
            )
            text = "from autograder.grading import check\n\n\n" + body
            (folder / "checks" / f"check_{part}.py").write_text(text)
        one = cpu_seconds(autograder("check", "empty", "--part", "1"), 5, Path(scratch))
        many = cpu_seconds(autograder("check", "empty", "--part", "2"), 5, Path(scratch))
    each = (many - one) / (EMPTY_CHECKS - 1)
    return Row(
        "an empty check, CPU", f"{each * 1000:.0f} ms", "40 ms + 1.5 s", f"start {one:.2f} s"
    )


def main() -> None:
    """Print the table, and record it if asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--record", type=Path, metavar="FILE")
    options = parser.parse_args()
    rows = [*calls(), start_up(), empty_checks(), *gradings()]
    table = ["| what | median | target | beside it |", "|---|---:|---:|---|"]
    table += [f"| {row.what} | {row.value} | {row.target} | {row.baseline} |" for row in rows]
    facts = machine_facts()
    machine = f"{facts['processor']}, {facts['cpus']} CPUs, Python {platform.python_version()}"
    text = "\n".join([f"{date.today()}, {machine}, numpy {np.__version__}", "", *table, ""])
    print(text)
    if options.record:
        command = "python ci/bench/framework.py"
        options.record.write_text(f"# Cost of the framework\n\nPrinted by `{command}`.\n\n{text}")


if __name__ == "__main__":
    main()
