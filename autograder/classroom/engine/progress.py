"""The progress of a class: a bar on a terminal, lines anywhere else."""

import time
from typing import TextIO

from autograder.classroom.submissions import Graded, Status
from autograder.model.units import counted
from autograder.render.disclosure import one_line
from autograder.render.terminal.writers import is_capable

_SHOWN_EVERY_S = 20.0
_LONGEST = 300  # characters of a problem; the rest is in the log of the submission


class ClassProgress:
    """Writes a line at the beginning, for each submission that a person must see, and now and then
    how far it is."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._total = self._done = 0
        self._started = self._shown = time.monotonic()

    def begin(self, total: int) -> None:
        """So many submissions are to be graded."""
        self._total = total
        self._started = self._shown = time.monotonic()

    def graded(self, graded: Graded, submissions: list[str]) -> None:
        """These submissions are graded; their files are the same."""
        self._done += len(submissions)
        if graded.status is not Status.GRADED:
            names = ", ".join(submissions)
            self.say(f"{names}: {graded.status.value}: {graded.problem}")
        now = time.monotonic()
        if now > self._shown + _SHOWN_EVERY_S:
            self._shown = now
            self._show()

    def say(self, text: str) -> None:
        """Show one line."""
        print(one_line(text, _LONGEST), file=self._stream, flush=True)

    def close(self) -> None:
        """Nothing more will be shown."""

    def rate(self) -> str:
        """`12 a minute, about 21 min left`; empty until it is known."""
        elapsed_s = time.monotonic() - self._started
        if not self._done or not elapsed_s:
            return ""
        pace = f"{60 * self._done / elapsed_s:.3g} a minute"
        if self._done == self._total:
            return pace
        left_s = elapsed_s / self._done * (self._total - self._done)
        left = f"{round(left_s / 60)} min" if left_s >= 90 else f"{max(round(left_s), 1)} s"
        return f"{pace}, about {left} left"

    def _show(self) -> None:
        self.say(f"{self._done} of {counted(self._total, 'submission')}, {self.rate()}")


class ClassProgressBar(ClassProgress):
    """The same, below it a bar over all gradings, on a terminal."""

    def __init__(self, stream: TextIO) -> None:
        from rich import progress as bars
        from rich.console import Console

        super().__init__(stream)
        console = Console(file=stream, highlight=False, markup=False, emoji=False)
        columns = (bars.BarColumn(24), bars.MofNCompleteColumn(), bars.TimeElapsedColumn())
        left = bars.TextColumn("{task.fields[rate]}", markup=False)
        self._bar = bars.Progress(*columns, left, console=console, transient=True)
        self._task = self._bar.add_task("", total=None, rate="starting")
        self._bar.start()

    def begin(self, total: int) -> None:
        super().begin(total)
        self._bar.update(self._task, total=total, rate="")

    def graded(self, graded: Graded, submissions: list[str]) -> None:
        super().graded(graded, submissions)
        self._bar.update(self._task, completed=self._done, rate=self.rate())

    def say(self, text: str) -> None:
        self._bar.console.print(one_line(text, _LONGEST), soft_wrap=True)

    def close(self) -> None:
        self._bar.stop()

    def _show(self) -> None:
        """The bar shows it."""


def progress_on(stream: TextIO) -> ClassProgress:
    """A bar on a terminal, lines anywhere else."""
    return ClassProgressBar(stream) if is_capable(stream) else ClassProgress(stream)
