"""How far the lab is: a bar on a terminal, a line for each experiment elsewhere."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from autograder.lab.messages import Drawn, Planned
from autograder.model.measurements import Failure
from autograder.render.disclosure import clean_text, one_line
from autograder.render.terminal import is_capable


class Estimate:
    """How long the rest takes, by what the cases so far took and were expected to take."""

    def __init__(self) -> None:
        self._expected: list[float] = []
        self._done, self._elapsed = 0.0, 0.0
        self._started = time.monotonic()

    def plan(self, expected: Sequence[float]) -> None:
        """The seconds that each case is expected to take, in their order."""
        self._expected = list(expected)
        self._started = time.monotonic()

    def case_done(self) -> None:
        """The next case is measured."""
        self._done += self._expected.pop(0)
        self._elapsed = time.monotonic() - self._started

    @property
    def remaining_s(self) -> float:
        """Seconds, scaled by how fast this machine was until now."""
        pace = self._elapsed / self._done if self._done else 1.0
        return sum(self._expected) * pace


def in_words(seconds: float) -> str:
    """About how long that is."""
    if seconds < 90:
        return f"{max(round(seconds / 5) * 5, 5)} s"
    return f"{round(seconds / 60)} min"


class Progress:
    """Follows one run: a line for each experiment, and for whatever a person should know."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._estimate = Estimate()
        self._total = self._begun = 0

    def plan(self, chosen: Sequence[Planned], todo: Mapping[str, Sequence[int]]) -> None:
        """What is about to be measured, and what is there already."""
        expected = [p.seconds / len(p.cases) for p in chosen for _ in todo[p.name]]
        self._estimate.plan(expected)
        self._total = sum(1 for each in todo.values() if each)
        cases, there = len(expected), sum(len(p.cases) for p in chosen) - len(expected)
        if there:
            self.say(f"{counted(there, 'case')} measured before, {cases} to go")

    def experiment(self, plan: Planned, cases: int) -> None:
        """The next experiment begins."""
        self._begun += 1
        left = in_words(self._estimate.remaining_s)
        title = one_line(plan.title)
        place = f"[{self._begun}/{self._total}]"
        self.say(f"{place} {title} {counted(cases, 'case')}; about {left} in all remain")

    def case_done(self) -> None:
        """One more case is measured and saved."""
        self._estimate.case_done()

    def failures(self, failed: Sequence[Failure]) -> None:
        """What could not be measured of the experiment that has ended; the same is said once."""
        told: dict[tuple[str, str], list[Failure]] = {}
        for failure in failed:
            told.setdefault((failure.what, failure.line), []).append(failure)
        for (what, line), alike in told.items():
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
        """One line of news."""
        print(line, file=self._stream, flush=True)

    def close(self) -> None:
        """Nothing more will be shown."""


class BarProgress(Progress):
    """The same, below it a bar over all cases, on a terminal."""

    def __init__(self, stream: TextIO) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        super().__init__(stream)
        self._console = Console(file=stream, highlight=False, markup=False, emoji=False)
        text = TextColumn("{task.description}", markup=False)
        left = TextColumn("about {task.fields[left]} left", markup=False)
        columns = (BarColumn(20), MofNCompleteColumn(), text, TimeElapsedColumn(), left)
        self._bar = Bar(*columns, console=self._console, transient=True)
        self._task = self._bar.add_task("making the data", total=None, left="?")
        self._bar.start()

    def plan(self, chosen: Sequence[Planned], todo: Mapping[str, Sequence[int]]) -> None:
        super().plan(chosen, todo)
        self._bar.update(self._task, total=sum(map(len, todo.values())), left=self._left())

    def experiment(self, plan: Planned, cases: int) -> None:
        self._bar.update(self._task, description=one_line(plan.title)[:60])

    def case_done(self) -> None:
        super().case_done()
        self._bar.update(self._task, advance=1, left=self._left())

    def say(self, line: str) -> None:
        self._bar.console.print(line)

    def close(self) -> None:
        self._bar.stop()

    def _left(self) -> str:
        return in_words(self._estimate.remaining_s)


def progress_on(stream: TextIO) -> Progress:
    """A bar on a terminal, lines anywhere else."""
    return BarProgress(stream) if is_capable(stream) else Progress(stream)


def counted(count: int, noun: str) -> str:
    """`1 case`, `3 cases`."""
    return f"{count} {noun}" + "s" * (count != 1)
