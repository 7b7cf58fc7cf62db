"""What it costs to read the metadata of an export of Gradescope, beside PyYAML's own reading.

    python ci/bench/class_metadata.py                   300 students with 10 submissions each
    python ci/bench/class_metadata.py --students 1000
    python ci/bench/class_metadata.py --whole           also the whole file by PyYAML: needs 1 GB

Each reading is a process of its own: CPU time, and what it adds to the resident memory.
"""

import argparse
import multiprocessing
import resource
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

CHECKS = 60
_TEXT = (
    "WRONG: the values are not those that were expected",
    "the largest difference is 0.25, at [3, 4]: got 1.25, expected 1.00, which is more than 1e-06",
) * 3


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--attempts", type=int, default=10)
    parser.add_argument("--whole", action="store_true")
    options = parser.parse_args()
    readings = {"the intake": _by_the_intake, **({"PyYAML": _by_pyyaml} if options.whole else {})}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "submission_metadata.yml"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(lines(options.students, options.attempts))
        size = path.stat().st_size / 1e6
        print(f"{options.students} students x {options.attempts} submissions: {size:.0f} MB")
        for name, read in readings.items():
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                count, cpu_s, added = pool.apply(measured, (read, path))
            print(f"{name}: {count} records, {cpu_s:.1f} s of CPU, {added / 1e6:.0f} MB")


def measured(read: Callable[[Path], int], path: Path) -> tuple[int, float, int]:
    """How many records were read, the seconds of CPU, the bytes of memory above the start."""
    read(Path("/dev/null"))  # imports
    before = resource.getrusage(resource.RUSAGE_SELF)
    count = read(path)
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return count, cpu_s, 1024 * (after.ru_maxrss - before.ru_maxrss)


def _by_the_intake(path: Path) -> int:
    from autograder.classroom.taking_in.metadata import read_metadata

    with path.open("rb") as file:
        return len(read_metadata(file))


def _by_pyyaml(path: Path) -> int:
    import yaml

    with path.open("rb") as file:
        return len(yaml.load(file, Loader=yaml.CSafeLoader) or ())


def lines(students: int, attempts: int) -> Iterator[str]:
    """The file as Ruby writes it."""
    yield "---\n"
    for number in range(students):
        yield f"submission_{10_000 + number}:\n"
        yield textwrap.indent(_submission(number), "  ")
        yield "  :history:\n"
        earlier = textwrap.indent(_submission(number), "    ")
        yield from [f"  - {earlier[4:]}"] * (attempts - 1)


def _submission(number: int) -> str:
    tests = "".join(map(_test, range(CHECKS)))
    checks = [f"check_{each}" for each in range(CHECKS)]
    verdicts = "".join(f"{check}: passed\n" for check in checks)
    scores = "".join(f"{check}: 4.0\n" for check in checks)
    kept = "assignment: sgd\nverdicts:\n" + textwrap.indent(verdicts, "  ")
    kept += "scores:\n" + textwrap.indent(scores, "  ")
    results = f"score: 41.5\ntests:\n{tests}output: passed\nextra_data:\n"
    results += textwrap.indent(kept, "  ") + "visibility: visible\nleaderboard: []\n"
    return (
        f":submitters:\n- :name: Ada Lovelace {number}\n  :sid: '{number:08d}'\n"
        f"  :email: ada{number}@example.edu\n:created_at: 2026-09-25 02:52:07.938335000 Z\n"
        f":score: 41.5\n:status: processed\n:results:\n{textwrap.indent(results, '  ')}"
    )


def _test(number: int) -> str:
    said = textwrap.indent("\n".join(_TEXT), "    ")
    return (
        f"- name: 1.{number} The gradient has the shape of the weights\n  score: 4.0\n"
        f"  max_score: 4.0\n  status: passed\n  number: '1.{number}'\n  visibility: visible\n"
        f"  output: |-\n{said}\n"
    )


if __name__ == "__main__":
    main()
