"""Evidence for the budgets: error rates of verdicts on time, errors of measured memory.

    python ci/bench/time_verdicts.py verdicts.jsonl     an hour on an idle machine
    python ci/bench/budgets.py verdicts.jsonl           prints the tables
    python ci/bench/budgets.py verdicts.jsonl --record  also writes docs/budgets-measured.md

The usual ways to judge time are applied to the samples of the same verdicts: those that
compare seconds get the limit that is right for this machine.
"""

import argparse
import math
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import time_verdicts
from matplotlib.figure import Figure

from autograder.machine.facts import machine_facts

HERE = Path(__file__).resolve().parent
DOCS = HERE.parents[1] / "docs"
BUDGET = time_verdicts.BUDGET
_PAIRS = 7  # of each verdict: who stopped after 3 is left out
_PLOTTED = 400  # points of each line
_FACTS = ("processor", "cpus", "system", "python")


class Pair(NamedTuple):
    """CPU and wall seconds of student and yardstick."""

    cpu: float
    wall: float
    unit_cpu: float
    unit_wall: float


Rows = Sequence[dict[str, Any]]
Method = Callable[[list[Pair], Pair], bool]  # (pairs, seconds allowed) -> too slow


METHODS: dict[str, Method] = {
    "one run, wall seconds": lambda pairs, most: pairs[0].wall > most.wall,
    "one run, CPU seconds": lambda pairs, most: pairs[0].cpu > most.cpu,
    "best of 5, wall seconds": lambda pairs, most: min(p.wall for p in pairs[:5]) > most.wall,
    "best of 5, CPU seconds": lambda pairs, most: min(p.cpu for p in pairs[:5]) > most.cpu,
    "one pair, wall": lambda pairs, most: pairs[0].wall > BUDGET * pairs[0].unit_wall,
    "best of 7 to best of 7, CPU": lambda pairs, most: (
        min(p.cpu for p in pairs) > BUDGET * min(p.unit_cpu for p in pairs)
    ),
    "median of 7 pairs, wall": lambda pairs, most: (
        statistics.median(p.wall / p.unit_wall for p in pairs) > BUDGET
    ),
    "median of 7 pairs, CPU": lambda pairs, most: (
        statistics.median(p.cpu / p.unit_cpu for p in pairs) > BUDGET
    ),
}


def time_tables(rows: Rows) -> Iterator[str]:
    """Markdown: this protocol first, then the usual ones."""
    yield from protocol_table(rows)
    held = [c for c in time_verdicts.CONDITIONS if chosen(rows, c, "honest")]
    most = seconds_allowed(rows)
    for program, wrong in (("honest", "called too slow"), ("twice the work", "let pass")):
        yield f"\nUsual ways, {program}, {wrong}, in per cent of verdicts:\n"
        yield "| method | " + " | ".join(held) + " |"
        yield "|---|" + "--:|" * len(held)
        for name, method in METHODS.items():
            shares = [error_rate(chosen(rows, c, program), method, most, program) for c in held]
            yield f"| {name} | " + " | ".join(map(per_cent, shares)) + " |"


def protocol_table(rows: Rows) -> Iterator[str]:
    """What this protocol answered, and at what cost."""
    yield "| program | condition | verdicts | within | too noisy | too slow | pairs | cost |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|"
    for program in time_verdicts.PROGRAMS:
        for condition in time_verdicts.CONDITIONS:
            mine = chosen(rows, condition, program)
            if not mine:
                continue
            zones = [row["zone"] for row in mine]
            counts = [zones.count(zone) for zone in ("within", "too noisy to tell", "over")]
            pairs = statistics.mean(row["pairs"] for row in mine)
            cost = statistics.median(row["total_s"] / row["sampled_s"] for row in mine)
            cells = [program, condition, len(mine), *counts, f"{pairs:.1f}", f"{cost:.2f}"]
            yield "| " + " | ".join(map(str, cells)) + " |"


def chosen(rows: Rows, condition: str, program: str) -> Rows:
    """The verdicts of one program in one condition."""
    return [r for r in rows if r["condition"] == condition and r["program"] == program]


def seconds_allowed(rows: Rows) -> Pair:
    """The budget in seconds, from the yardstick in the quietest condition there is."""
    quiet = next(c for c in time_verdicts.CONDITIONS if chosen(rows, c, "honest"))
    samples = [Pair(*s) for row in chosen(rows, quiet, "honest") for s in row["samples"]]
    cpu = BUDGET * statistics.median(pair.unit_cpu for pair in samples)
    wall = BUDGET * statistics.median(pair.unit_wall for pair in samples)
    return Pair(cpu, wall, cpu, wall)


def error_rate(rows: Rows, method: Method, most: Pair, program: str) -> float:
    """How often a method is wrong."""
    sampled = [[Pair(*sample) for sample in row["samples"][:_PAIRS]] for row in rows]
    wrong = [
        method(pairs, most) is (program == "honest") for pairs in sampled if len(pairs) == _PAIRS
    ]
    return sum(wrong) / len(wrong) if wrong else float("nan")


def per_cent(share: float) -> str:
    """`0`, `0.09`, `1.2` or `43`; a dash where nothing was measured."""
    if math.isnan(share):
        return "-"
    return f"{100 * share:.0f}" if share >= 0.1 or not share else f"{100 * share:.2g}"


def write_spread_plot(rows: Rows, path: Path) -> None:
    """SVG: sorted single ratios of the honest program, by clock, over all conditions."""
    pairs = [Pair(*s) for r in rows if r["program"] == "honest" for s in r["samples"][:_PAIRS]]
    ratios = {
        "CPU time": sorted(pair.cpu / pair.unit_cpu for pair in pairs),
        "wall clock": sorted(pair.wall / pair.unit_wall for pair in pairs),
    }
    figure = Figure(figsize=(6.2, 3.3), layout="constrained")
    axes = figure.subplots()
    kept = np.linspace(0, len(pairs) - 1, min(len(pairs), _PLOTTED)).round().astype(int)
    for name, values in ratios.items():
        axes.plot(100 * (kept + 0.5) / len(pairs), np.array(values)[kept], label=name)
    axes.set(xlabel="per cent of pairs below", ylabel="single ratio (true: 1)")
    axes.legend()
    figure.savefig(path, metadata={"Date": None})


def memory_table() -> str:
    """In a process of its own, because it imports torch."""
    command = [sys.executable, str(HERE / "memory_methods.py"), "--repeats", "2"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def text_of(rows: Rows) -> str:
    """The whole page."""
    facts = machine_facts()
    machine = ", ".join(f"{name} {facts[name]}" for name in _FACTS)
    lines = [
        "# Budgets, measured",
        f"\nWritten by `python ci/bench/budgets.py` on {date.today()}: {machine}.",
        "\n## Time\n",
        "The budget is 1.5 times the yardstick. Cost: CPU time of all processes by that of the",
        "samples. Pairs: the mean, of both rounds where there were two.\n",
        *time_tables(rows),
        "\n![Single pairs of the honest program, sorted](budgets-pairs.svg)",
        "\n## Memory\n",
        "Errors in MB, the worst of 1 and 100 ms, when 1 / 10 / 100 MB are held.\n",
        memory_table(),
    ]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Print the tables, and write them if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verdicts", type=Path)
    parser.add_argument("--record", action="store_true", help="write docs/budgets-measured.md")
    options = parser.parse_args(arguments)
    rows = time_verdicts.read(options.verdicts)
    text = text_of(rows)
    print(text)
    if options.record:
        (DOCS / "budgets-measured.md").write_text(text, encoding="utf-8")
        write_spread_plot(rows, DOCS / "budgets-pairs.svg")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
