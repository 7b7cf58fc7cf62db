"""The progress of the lab: a bar on a terminal, a line for each experiment elsewhere.

Used by `run.py`; `autograder lab` chooses which.
"""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from autograder.lab.messages import Drawn, Planned
from autograder.model.measurements import Failure
from autograder.model.units import counted
from autograder.render.disclosure import clean_text, one_line
from autograder.render.terminal.writers import is_capable

Todo = Mapping[str, Sequence[int]]  # experiment -> its cases that are still to be measured


class Estimate:
    """How long the rest takes, by what the cases so far took and were expected to take."""

    def __init__(self, expected: Sequence[float], pace: float | None) -> None:
        """What each case is expected to take, in their order, up to a factor: the pace.

        None: it is not known until a case is measured.
        """
        self._expected, self._pace = list(expected), pace
        self._done = 0.0
        self._started = time.monotonic()

    def case_done(self) -> None:
        """The next case is measured."""
        self._done += self._expected.pop(0)
        self._pace = (time.monotonic() - self._started) / self._done

    def __str__(self) -> str:
        if self._pace is None or not self._expected:
            return ""
        seconds = sum(self._expected) * self._pace
        left = f"{round(seconds / 60)} min" if seconds >= 90 else f"{max(round(seconds), 1)} s"
        return f"about {left} left"


class LabProgress:
    """Reports one run: a line for each experiment, and for each problem."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._estimate = Estimate((), None)
        self._total = self._begun = 0

    def plan(self, chosen: Sequence[Planned], todo: Todo, quick: bool) -> None:
        """What is about to be measured, and what is there already."""
        expected = [p.seconds / len(p.cases) for p in chosen for _ in todo[p.name]]
        self._estimate = Estimate(expected, None if quick else 1.0)
        self._total = sum(1 for each in todo.values() if each)
        cases, there = len(expected), sum(len(p.cases) for p in chosen) - len(expected)
        if there:
            self.say(f"{counted(there, 'case')} measured before, {cases} to go")

    def experiment(self, plan: Planned, cases: int) -> None:
        """The next experiment begins."""
        self._begun += 1
        words = [f"{one_line(plan.title)}: {counted(cases, 'case')}", str(self._estimate)]
        self.say(f"[{self._begun}/{self._total}] " + ", ".join(filter(None, words)))

    def case_done(self) -> None:
        """One more case is measured and saved."""
        self._estimate.case_done()

    def failures(self, failed: Sequence[Failure]) -> None:
        """The failed cases of the experiment that has ended; equal failures are reported once."""
        alike_failures: dict[tuple[str, str], list[Failure]] = {}
        for failure in failed:
            alike_failures.setdefault((failure.what, failure.line), []).append(failure)
        for (what, line), alike in alike_failures.items():
            case = ", ".join(f"{name} {value}" for name, value in alike[0].case.items())
            more = f" and {counted(len(alike) - 1, 'other case')}" if len(alike) > 1 else ""
            self.say(f"    not measured: {one_line(case)}{more}")
            where = f"{line}: " if line else ""
            self.say("        " + clean_text(where + what).replace("\n", "\n        "))

    def drawn(self, folder: Path, drawn: Drawn) -> None:
        """The plots."""
        for problem in drawn.problems:
            self.say(one_line(problem))
        if drawn.files:
            self.say(f"wrote {counted(len(drawn.files), 'plot')} into {folder}")

    def say(self, line: str) -> None:
        """Show one line."""
        print(line, file=self._stream, flush=True)

    def close(self) -> None:
        """Nothing more will be shown."""


class LabProgressBar(LabProgress):
    """The same, below it a bar over all cases, on a terminal."""

    def __init__(self, stream: TextIO) -> None:
        from rich import progress as bars
        from rich.console import Console
        from rich.table import Column

        super().__init__(stream)
        console = Console(file=stream, highlight=False, markup=False, emoji=False)
        one_row = Column(no_wrap=True, overflow="ellipsis", ratio=1)
        title = bars.TextColumn("{task.description}", markup=False, table_column=one_row)
        left = bars.TextColumn("{task.fields[left]}", markup=False)
        counts = (bars.BarColumn(16), bars.MofNCompleteColumn(), bars.TimeElapsedColumn())
        self._bar = bars.Progress(
            *counts, left, title, console=console, transient=True, expand=True
        )
        self._task = self._bar.add_task("making the data", total=None, left="")
        self._bar.start()

    def plan(self, chosen: Sequence[Planned], todo: Todo, quick: bool) -> None:
        super().plan(chosen, todo, quick)
        total = sum(map(len, todo.values()))
        self._bar.update(self._task, total=total, left=str(self._estimate))

    def experiment(self, plan: Planned, cases: int) -> None:
        self._bar.update(self._task, description=one_line(plan.title))

    def case_done(self) -> None:
        super().case_done()
        self._bar.update(self._task, advance=1, left=str(self._estimate))

    def say(self, line: str) -> None:
        self._bar.console.print(line)

    def close(self) -> None:
        self._bar.stop()


def progress_on(stream: TextIO) -> LabProgress:
    """A bar on a terminal, lines anywhere else."""
    return LabProgressBar(stream) if is_capable(stream) else LabProgress(stream)
