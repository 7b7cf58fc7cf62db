"""Run the checks of one grading: everything that may need numpy, pytest and secrets.

`session.grade` imports and calls it once the launcher is running.
"""

import traceback
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from pathlib import Path

import msgspec

from autograder.grading.context.debugging import DebuggingContext
from autograder.grading.context.grading_context import GradingContext
from autograder.grading.context.request import GradingRequest, Modes
from autograder.grading.declaring.declare import check_files, declared_checks
from autograder.grading.fixtures.fixtures import Fixtures
from autograder.grading.fixtures.oracles import (
    RECORD_FILE,
    LiveOracles,
    Oracles,
    RecordedOracles,
    Records,
    read_records,
    show_records,
)
from autograder.grading.fixtures.shared_answers import SharedAnswers
from autograder.grading.mistakes.diagnosis import Diagnosis
from autograder.grading.provenance.content import content_hashes
from autograder.grading.running.judge import Judge
from autograder.grading.running.patience import Patience
from autograder.grading.running.plugin import run_in_pytest
from autograder.grading.running.selection import select
from autograder.grading.running.staff_notices import missing_layers
from autograder.grading.showing.calls import NotingContext
from autograder.grading.showing.script import Script
from autograder.machine.facts import machine_facts
from autograder.machine.files import import_file
from autograder.model.assignment import Assignment
from autograder.model.check import CheckDeclaration
from autograder.model.errors import GraderError
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.launcher import Launcher
from autograder.sandbox.time_limits import RunLimit
from autograder.submission.intake import Submission


def run_checks(
    request: GradingRequest,
    assignment: Assignment,
    submission: Submission,
    launcher: Launcher,
    on_outcome: Callable[[Outcome], None],
    on_selected: Callable[[Sequence[CheckDeclaration]], None],
) -> Report:
    """Judge the selected checks; every one of them is in the report, whatever happened."""
    run_s = min(request.run_s or assignment.limits.run_s, assignment.limits.run_s)
    limit = RunLimit(run_s)
    modes = request.modes
    secret = _read_secret(request, assignment)
    declared = declared_checks(assignment, request.hidden)
    chosen = select(request, declared)
    selected = [declaration for declaration in declared if declaration.id in chosen]
    if modes.apart:
        selected = [msgspec.structs.replace(declaration, needs=()) for declaration in selected]
    if modes.debug:
        selected = [msgspec.structs.replace(declaration, points=0) for declaration in selected]
    on_selected(selected)
    programs = assignment.folder / "programs.py"
    context = _kind_of_context(modes)(
        launcher, submission, assignment.limits, programs if programs.exists() else None, modes
    )
    records: Records | None = {} if modes.recording else None
    fixtures = Fixtures(assignment, _oracles(assignment, records, modes))
    diagnosis = Diagnosis(assignment, request.root, context) if modes.recognises else None
    patience = _patience(request, assignment, len(selected))
    judge = Judge(selected, context, fixtures, diagnosis, secret, limit, patience, on_outcome)
    try:
        if _all_can_be_imported(assignment, context, judge):
            files = {declaration.file for declaration in selected}
            paths = [p for p in check_files(assignment, request.hidden) if p.name in files]
            run_in_pytest(paths, selected, judge, run_s)
    finally:
        context.close()
    if modes.record_to is not None and records is not None:
        modes.record_to.write_text(show_records(records), encoding="utf-8")
    if modes.show_to is not None and isinstance(context, NotingContext):
        _write_script(modes.show_to, request, assignment, context)
    return _report(request, assignment, context, selected, judge, secret)


def _patience(request: GradingRequest, assignment: Assignment, checks: int) -> Patience:
    """A student who asks for all checks, or for some parts, wants to read something soon."""
    waits = request.hidden or request.patient or request.checks or request.modes != Modes()
    home_s = None if waits else assignment.limits.home_s
    return Patience(max(checks, 1), home_s, f"autograder check {assignment.id}")


def _kind_of_context(modes: Modes) -> type[GradingContext]:
    if modes.debug:
        return DebuggingContext
    return GradingContext if modes.show_to is None else NotingContext


def _write_script(
    out: Path, request: GradingRequest, assignment: Assignment, context: NotingContext
) -> None:
    """The calls of the check that ran, if there were any."""
    where = request.submission.resolve()
    script = Script(request.checks[0], assignment, where if where.is_dir() else where.parent)
    text = script.text(context.calls)
    if context.calls:
        out.write_text(text, encoding="utf-8")
    if data := script.arrays():
        out.with_suffix(".npz").write_bytes(data)


def _all_can_be_imported(assignment: Assignment, context: GradingContext, judge: Judge) -> bool:
    """Whether expectations and the submission can; otherwise every check is decided.

    The submission is imported once ahead of all checks, so that an endless loop there is not waited
    for 30 times; its worker is kept for the first run of a check. And expectations.py is imported
    here, with the files after it, so that check files find them by their names.
    """
    problem = context.submission.problem
    try:
        for shared in assignment.expectations:
            _import_expectations(shared)
        if problem:
            raise StudentFault(Verdict.NOT_FOUND, problem)
        context.keep(context.new_worker())
    except (StudentFault, GraderError) as error:  # the second also where no worker can start
        judge.decide_all(error)
        return False
    return True


def _import_expectations(path: Path) -> None:
    try:
        import_file(path, path.stem)
    except Exception:  # the boundary to code of check authors
        text = f"{path.name} cannot be imported: {traceback.format_exc()}"
        raise GraderError(text) from None


def _report(
    request: GradingRequest,
    assignment: Assignment,
    context: GradingContext,
    selected: list[CheckDeclaration],
    judge: Judge,
    secret: bytes | None,
) -> Report:
    return Report(
        assignment=assignment.id,
        title=assignment.title,
        parts=assignment.parts,
        partial=bool(request.parts or request.checks),
        outcomes=tuple(judge.outcomes[declaration.id] for declaration in selected),
        files=context.submission.hashes(),
        ignored=context.submission.ignored,
        machine=machine_facts(),
        isolation={"process": context.launcher.kind, **context.launcher.isolation.layers},
        staff_notices=missing_layers(request.root, context.launcher.isolation.layers),
        content=content_hashes(request.root, assignment, secret),
        graded_at=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        seed="public" if secret is None else "public and secret",
    )


def _read_secret(request: GradingRequest, assignment: Assignment) -> bytes | None:
    """The secret; None where nothing secret is graded with.

    That is also in proofs that try many seeds, which are public ones for hidden checks too.
    """
    if not request.hidden or request.modes.seeds:
        return None
    if request.secret_file is None:
        raise GraderError("hidden checks need the course secret: course.toml names its file")
    return request.secret_file.read_bytes().strip()


def _oracles(assignment: Assignment, records: Records | None, modes: Modes) -> Oracles:
    if assignment.private:
        shared = SharedAnswers(modes.answers_in) if modes.answers_in else None
        return LiveOracles(assignment.private / "oracles.py", records, shared)
    return RecordedOracles(read_records(assignment.folder / RECORD_FILE))
