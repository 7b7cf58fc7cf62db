"""What `autograder check` prints: a line for each outcome as it arrives, then the summary."""

from collections.abc import Sequence
from typing import TextIO

from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.units import counted
from autograder.model.verdict import Verdict
from autograder.render.disclosure import clean_text, one_line, presentable
from autograder.render.outcome_text import Tone, score_text, title_of, tone_of
from autograder.render.terminal.layout import Line
from autograder.render.terminal.sections import sections_of
from autograder.render.terminal.writers import writer_for

_CAUSE_ROWS = 30  # the end of a traceback
WORD_WIDTH = max(len(verdict.word) for verdict in Verdict)


class TerminalReporter:
    """Follows one grading on a stream; `start`, any number of `outcome`, then `finish`."""

    def __init__(
        self,
        stream: TextIO,
        *,
        title: str,
        staff: bool = False,
        width: int | None = None,
        causes: bool = False,
    ) -> None:
        """`causes`: of a check that breaks its traceback is shown at once, where nothing in it is
        secret: its author would otherwise wait for all other checks."""
        self._writer = writer_for(stream, width)
        self._title = title
        self._staff = staff
        self._causes = causes
        self._total = 0
        self._seen = 0

    def start(self, declared: Sequence[CheckDeclaration]) -> None:
        """Say what is about to run."""
        self._total = len(declared)
        checks = counted(self._total, "check")
        self._writer.line(Line(f"{one_line(self._title)}: {checks}", Tone.STRONG))

    def outcome(self, outcome: Outcome) -> None:
        """Show one outcome as a single line: verdict, part, title, points."""
        self._seen += 1
        tone, word = tone_of(outcome.verdict), outcome.verdict.word
        self._writer.line(Line(self._progress(outcome), tone, verbatim=True, word=word))
        if outcome.verdict is Verdict.GRADER_ERROR and self._causes:
            for row in clean_text(outcome.staff).splitlines()[-_CAUSE_ROWS:]:
                self._writer.line(Line(row, Tone.DIM, indent=4, verbatim=True))

    def finish(self, report: Report) -> None:
        """Show the summary."""
        for section in sections_of(presentable(report, staff=self._staff), staff=self._staff):
            self._writer.section(section)

    def _progress(self, outcome: Outcome) -> str:
        width = self._writer.width
        digits = len(str(self._total))
        count = f"{self._seen:>{digits}}/{self._total}  " if width >= 60 else ""
        word = outcome.verdict.word
        before = f"{count}{word.ljust(WORD_WIDTH if width >= 60 else 0)}  {outcome.check.part:<4} "
        after = f"  {score_text(outcome)}"
        room = max(width - 2 - len(before) - len(after), 0)  # 2: kept for continuation rows
        title = title_of(outcome.check)
        if len(title) > room:
            title = title[: max(room - 1, 0)] + "…"[:room]
        return f"{before}{title.ljust(room)}{after}"
