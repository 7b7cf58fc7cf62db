"""Run the lab of an assignment: measure the missing cases, save after each one, draw the plots.

Called by `autograder lab`.
"""

import itertools
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path

import msgspec

from autograder.lab import messages
from autograder.lab.machine import DECISIVE
from autograder.lab.process import MeasuringProcess
from autograder.lab.progress import LabProgress
from autograder.lab.report import PLOTS, QUICK
from autograder.machine.files import write_atomically
from autograder.model.assignment import Assignment
from autograder.model.errors import ConfigError, GraderError, SubmissionError, UsageError
from autograder.model.measurements import (
    ExperimentTable,
    Failure,
    Measurements,
    read_measurements,
    show_measurements,
)
from autograder.model.toml import require_known
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


def run_lab(request: LabRequest, progress: LabProgress) -> Measurements:
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
        prepare = messages.Prepare(
            assignment=str(request.assignment.folder),
            module=str(Path(scratch) / submission.module),
            data=request.data,
            quick=request.quick,
            off=tuple(sorted(request.assignment.experiments_off)),
        )
        process = MeasuringProcess(Path(scratch), prepare)
        try:
            return _Lab(request, submission, process, progress).run()
        finally:
            process.close()


class _Lab:
    """One run: the process that measures, and what has been measured."""

    def __init__(
        self,
        request: LabRequest,
        submission: Submission,
        process: MeasuringProcess,
        progress: LabProgress,
    ) -> None:
        self._request, self._submission = request, submission
        self._process, self._progress = process, progress
        self._plans = process.prepared.experiments
        self._chosen = _chosen(self._plans, request.only)
        self._replaces = False  # what is measured takes the place of a file, which is put aside
        self._measured = self._at_start(process.prepared)

    def run(self) -> Measurements:
        todo = {plan.name: _missing(plan, self._measured) for plan in self._chosen}
        self._progress.plan(self._chosen, todo, self._request.quick)
        for plan in self._chosen:
            self._experiment(plan, todo[plan.name])
        if not any(_missing(plan, self._measured) for plan in self._plans):
            self._measured.finished = self._measured.finished or _now()
        self._save()
        self._draw()
        return self._measured

    def _at_start(self, ready: messages.Prepared) -> Measurements:
        """The earlier measurements if they are still valid, or else none."""
        out = self._request.out
        fresh = Measurements(
            assignment=self._request.assignment.id,
            files=self._submission.code_hashes(),
            lab=ready.lab,
            settings=ready.settings,
            machine=ready.machine,
            started=_now(),
        )
        if not out.exists():
            return fresh
        try:
            before = read_measurements(out.read_bytes())
            if before.assignment != fresh.assignment:
                raise ConfigError(f"it is of the assignment {before.assignment}")
        except ConfigError as error:
            if not self._request.again:
                advice = "name another file by --out; --again puts this one aside"
                raise UsageError(f"{out}: {error}; {advice}") from None
            before = None
        changed = list(_changed(before, fresh)) if before else []
        if changed:
            self._progress.say(f"measured anew, because {', '.join(changed)} changed")
        self._replaces = bool(changed or self._request.again)
        if changed or before is None:
            return fresh
        if self._request.again:  # the experiments that were not asked for stay
            anew = [plan.name for plan in self._chosen]
            kept = {name: t for name, t in before.experiments.items() if name not in anew}
            before = msgspec.structs.replace(before, experiments=kept, finished=None)
        return before

    def _experiment(self, plan: messages.Planned, cases: Sequence[int]) -> None:
        if not cases:
            return
        table = self._table(plan)
        self._progress.experiment(plan, len(cases))
        for index in cases:
            case = plan.cases[index]
            reply = self._process.ask(messages.MeasureCase(experiment=plan.name, case=index))
            if isinstance(reply, messages.Measured):
                table.rows.append({**case, **reply.row})
                table.took_s = round(table.took_s + reply.took_s, 3)
            elif isinstance(reply, messages.Failed):
                table.failed.append(Failure(case=case, what=reply.what, line=reply.line))
            table.rows.sort(key=lambda row: _place(plan, row))
            self._save()
            self._progress.case_done()
        self._progress.failures(table.failed)

    def _table(self, plan: messages.Planned) -> ExperimentTable:
        """The experiment's table with its earlier rows, at its place in the order of the lab."""
        before = self._measured.experiments.get(plan.name)
        rows = [row for row in before.rows if _place(plan, row) < len(plan.cases)] if before else []
        took = before.took_s if before else 0.0
        table = ExperimentTable(title=plan.title, units=plan.units, rows=rows, took_s=took)
        tables = {**self._measured.experiments, plan.name: table}
        order = [each.name for each in self._plans]
        self._measured.experiments = {name: tables[name] for name in order if name in tables}
        self._measured.finished = None
        return table

    def _save(self) -> None:
        if self._replaces:
            self._progress.say(
                f"the measurements so far are kept in {put_aside(self._request.out)}"
            )
            self._replaces = False
        write_atomically(self._request.out, show_measurements(self._measured))

    def _draw(self) -> None:
        if self._request.plots == "none":
            return
        out = self._request.out
        folder = out.parent / (PLOTS + QUICK * self._request.quick)
        request = messages.DrawPlots(
            measurements=str(out), folder=str(folder), kind=self._request.plots
        )
        reply = self._process.ask(request)
        if isinstance(reply, messages.Drawn):
            self._progress.drawn(folder, reply)
        elif isinstance(reply, messages.Failed):
            raise GraderError(f"the plots could not be drawn: {reply.what}")


def put_aside(path: Path) -> Path:
    """Give a file the date of its last change as part of its name; returns the new path."""
    changed = datetime.fromtimestamp(path.stat().st_mtime, timezone.utc)
    name = f"{path.stem}-{changed:%Y-%m-%d-%H%M%S}"
    numbered = (f"-{n}" for n in itertools.count(2))
    for more in itertools.chain([""], numbered):
        kept = path.with_name(f"{name}{more}{path.suffix}")
        if not kept.exists():
            break
    return path.rename(kept)


def _chosen(plans: list[messages.Planned], only: Sequence[str]) -> list[messages.Planned]:
    """Raises UsageError for a name that no experiment has."""
    known = [plan.name for plan in plans]
    for name in only:
        require_known(name, known, UsageError, f"there is no experiment {name!r}")
    return [plan for plan in plans if not only or plan.name in only]


def _changed(before: Measurements, now: Measurements) -> Iterator[str]:
    """What has changed so that earlier numbers cannot stand beside new ones."""
    yield from (name for name in now.files if before.files.get(name) != now.files[name])
    if before.lab != now.lab:
        yield "the experiments"
    yield from _different("the setting", before.settings, now.settings)
    of_now = {name: now.machine.get(name) for name in DECISIVE}
    yield from _different("the machine's", before.machine, of_now)


def _different(what: str, before: Mapping[str, object], now: Mapping[str, object]) -> Iterator[str]:
    yield from (f"{what} {name}" for name in now if before.get(name) != now[name])


def _missing(plan: messages.Planned, measured: Measurements) -> list[int]:
    """The cases that have no row yet."""
    table = measured.experiments.get(plan.name)
    there = {_place(plan, row) for row in table.rows} if table else set()
    return [index for index in range(len(plan.cases)) if index not in there]


def _place(plan: messages.Planned, row: Mapping[str, object]) -> int:
    """The number of the case that a row belongs to; the number of cases if to none."""
    matching = (
        index
        for index, case in enumerate(plan.cases)
        if all(row.get(key) == value for key, value in case.items())
    )
    return next(matching, len(plan.cases))


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
