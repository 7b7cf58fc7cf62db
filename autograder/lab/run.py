"""Run the lab of an assignment: measure what is still to be measured, save after each case."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path

import msgspec

from autograder.lab.child import Child
from autograder.lab.machine import DECISIVE
from autograder.lab.messages import (
    Begin,
    Draw,
    Drawn,
    Failed,
    Measure,
    Measured,
    Planned,
    Ready,
    ToLab,
    ToMeasure,
)
from autograder.lab.progress import Progress
from autograder.lab.report import PLOTS
from autograder.machine.files import write_atomically
from autograder.model.assignment import Assignment
from autograder.model.errors import ConfigError, GraderError, SubmissionError, UsageError
from autograder.model.measurements import (
    Failure,
    Measurements,
    Table,
    read_measurements,
    show_measurements,
)
from autograder.model.toml import nearest
from autograder.submission.intake import Submission, take_in


class LabRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What to measure, and where the results go."""

    assignment: Assignment
    submission: Path
    out: Path
    only: tuple[str, ...] = ()  # names of experiments; none: all
    data: str | None = None
    quick: bool = False
    again: bool = False
    plots: str = "png"  # what they are written as; "none" of them


def run_lab(request: LabRequest, progress: Progress) -> Measurements:
    """Measure, save, draw.

    Raises UsageError, SubmissionError or GraderError when nothing can be measured.
    """
    if not request.assignment.has_lab:
        raise UsageError(f"{request.assignment.id} has no lab")
    submission = take_in(request.submission, request.assignment)
    if submission.problem:
        raise SubmissionError("; ".join(submission.problem.lines()))
    with tempfile.TemporaryDirectory(prefix="lab-") as scratch:
        submission.write_to(Path(scratch))
        return _Lab(request, submission, Path(scratch), progress).run()


class _Lab:
    """One run: the child that measures, and what has been measured."""

    def __init__(
        self, request: LabRequest, submission: Submission, scratch: Path, progress: Progress
    ) -> None:
        self._request, self._submission, self._progress = request, submission, progress
        self._scratch = scratch
        self._begin = Begin(
            assignment=str(request.assignment.folder),
            module=str(scratch / submission.module),
            data=request.data,
            quick=request.quick,
        )

    def run(self) -> Measurements:
        self._child = Child(self._scratch)
        try:
            ready = self._ready()
            self._order = [plan.name for plan in ready.experiments]
            chosen = _chosen(ready.experiments, self._request.only)
            self._measured = self._at_start(ready)
            todo = {plan.name: _missing(plan, self._measured) for plan in chosen}
            self._progress.plan(chosen, todo, self._request.quick)
            for plan in chosen:
                self._experiment(plan, todo[plan.name])
            if all(_complete(plan, self._measured) for plan in ready.experiments):
                self._measured.finished = self._measured.finished or _now()
            self._save()
            self._draw()
        finally:
            self._child.close()
        return self._measured

    def _at_start(self, ready: Ready) -> Measurements:
        """What was measured before and still holds, or nothing yet."""
        fresh = Measurements(
            assignment=self._request.assignment.id,
            files=self._submission.code_hashes(),
            lab=ready.lab,
            settings=ready.settings,
            machine=ready.machine,
            started=_now(),
        )
        if self._request.again or not self._request.out.exists():
            return fresh
        try:
            before = read_measurements(self._request.out.read_bytes())
        except ConfigError as error:
            raise UsageError(f"{self._request.out}: {error}; --again replaces it") from None
        if before.assignment != fresh.assignment:
            what = f"{self._request.out} is of the assignment {before.assignment}"
            raise UsageError(f"{what}: name another file by --out; --again replaces it")
        changed = list(_changed(before, fresh))
        if changed:
            self._progress.say(f"measured anew, because {', '.join(changed)} changed")
            return fresh
        return before

    def _experiment(self, plan: Planned, cases: Sequence[int]) -> None:
        if not cases:
            return
        table = self._table(plan)
        self._progress.experiment(plan, len(cases))
        for index in cases:
            case = plan.cases[index]
            reply = self._ask(Measure(experiment=plan.name, case=index))
            if isinstance(reply, Measured):
                table.rows.append({**case, **reply.row})
                table.took_s = round(table.took_s + reply.took_s, 3)
            elif isinstance(reply, Failed):
                table.failed.append(Failure(case=case, what=reply.what, line=reply.line))
            table.rows.sort(key=lambda row: _place(plan, row))
            self._save()
            self._progress.case_done()
        self._progress.failures(table.failed)

    def _table(self, plan: Planned) -> Table:
        """The experiment's table, without the rows that are measured now, in the lab's order."""
        before = self._measured.experiments.get(plan.name)
        rows = [row for row in before.rows if _place(plan, row) < len(plan.cases)] if before else []
        took = before.took_s if before else 0.0
        table = Table(title=plan.title, units=plan.units, rows=rows, took_s=took)
        tables = {**self._measured.experiments, plan.name: table}
        self._measured.experiments = {name: tables[name] for name in self._order if name in tables}
        self._measured.finished = None
        return table

    def _ask(self, message: ToMeasure) -> ToLab:
        if not self._child.alive:
            self._child.close()
            self._child = Child(self._scratch)
            self._ready()
        return self._child.ask(message)

    def _ready(self) -> Ready:
        """Raises SubmissionError when the submission cannot be imported."""
        reply = self._child.ask(self._begin)
        if isinstance(reply, Failed):
            where = f"{reply.line}: " if reply.line else ""
            raise SubmissionError(f"nothing can be measured: {where}{reply.what}")
        assert isinstance(reply, Ready)
        return reply

    def _save(self) -> None:
        write_atomically(self._request.out, show_measurements(self._measured))

    def _draw(self) -> None:
        if self._request.plots == "none":
            return
        folder = self._request.out.parent / PLOTS
        reply = self._ask(
            Draw(measurements=str(self._request.out), folder=str(folder), kind=self._request.plots)
        )
        if isinstance(reply, Drawn):
            self._progress.drawn(folder, reply)
        elif isinstance(reply, Failed):
            raise GraderError(f"the plots could not be drawn: {reply.what}")


def _chosen(plans: list[Planned], only: Sequence[str]) -> list[Planned]:
    """Raises UsageError for a name that no experiment has."""
    known = [plan.name for plan in plans]
    for name in only:
        if name not in known:
            raise UsageError(f"there is no experiment {name!r}; {nearest(name, known)}")
    return [plan for plan in plans if not only or plan.name in only]


def _changed(before: Measurements, now: Measurements) -> Iterator[str]:
    """What makes numbers of before and numbers of now different things."""
    yield from (name for name in now.files if before.files.get(name) != now.files[name])
    if before.lab != now.lab:
        yield "the experiments"
    yield from _different("the setting", before.settings, now.settings)
    of_now = {name: now.machine.get(name) for name in DECISIVE}
    yield from _different("the machine's", before.machine, of_now)


def _different(what: str, before: Mapping[str, object], now: Mapping[str, object]) -> Iterator[str]:
    yield from (f"{what} {name}" for name in now if before.get(name) != now[name])


def _missing(plan: Planned, measured: Measurements) -> list[int]:
    """The cases that have no row yet."""
    table = measured.experiments.get(plan.name)
    there = {_place(plan, row) for row in table.rows} if table else set()
    return [index for index in range(len(plan.cases)) if index not in there]


def _complete(plan: Planned, measured: Measurements) -> bool:
    return plan.name in measured.experiments and not _missing(plan, measured)


def _place(plan: Planned, row: Mapping[str, object]) -> int:
    """Which case a row is of; behind all of them if of none."""
    matching = (
        index
        for index, case in enumerate(plan.cases)
        if all(row.get(key) == value for key, value in case.items())
    )
    return next(matching, len(plan.cases))


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
