"""Run the checks of one grading: everything that may need numpy, pytest and secrets."""

import functools
import time
import traceback
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from types import ModuleType

import msgspec

from autograder.grading.context.grading_context import GradingContext
from autograder.grading.context.request import GradingRequest
from autograder.grading.declaring.declare import check_files, declared_checks, with_needs
from autograder.grading.declaring.proving_programs import WRONG_PROGRAMS
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
from autograder.grading.mistakes.diagnosis import Diagnosis
from autograder.grading.mistakes.known_mistakes import KnownMistakes, mistakes_file, read_mistakes
from autograder.grading.mistakes.rehearsal import Rehearsal
from autograder.grading.provenance.content import content_hashes
from autograder.grading.running.judge import Judge
from autograder.grading.running.plugin import run_in_pytest
from autograder.grading.running.staff_notices import NO_SECRET_INPUTS, missing_layers
from autograder.machine.facts import machine_facts
from autograder.machine.files import import_file
from autograder.model.assignment import EXPECTATIONS, Assignment
from autograder.model.check import CheckDeclaration
from autograder.model.course import COURSE_FILE, load_course
from autograder.model.errors import GraderError, UsageError
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.toml import nearest
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.launcher import Launcher
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
    started, modes = time.monotonic(), request.modes
    secret = _read_secret(request, assignment)
    declared = declared_checks(assignment, request.hidden)
    chosen = select(request, declared)
    selected = [declaration for declaration in declared if declaration.id in chosen]
    if modes.perturb:  # every check must ask its questions, although those it needs fail
        selected = [msgspec.structs.replace(declaration, needs=()) for declaration in selected]
    on_selected(selected)
    run_s = min(request.run_s or assignment.limits.run_s, assignment.limits.run_s)
    programs = assignment.folder / "programs.py"
    context = GradingContext(
        launcher, submission, assignment.limits, programs if programs.exists() else None, modes
    )
    records: Records | None = {} if modes.recording else None
    oracles = _oracles(request, assignment, records)
    fixtures = Fixtures(assignment, oracles, functools.cache(lambda: _data(assignment)))
    diagnosis = _diagnosis(request, assignment, context)
    judge = Judge(selected, context, fixtures, diagnosis, secret, started + run_s, on_outcome)
    try:
        ready = _can_import_expectations(assignment, judge)
        if ready and not _cannot_import(submission, context, judge):
            files = {declaration.file for declaration in selected}
            paths = [p for p in check_files(assignment, request.hidden) if p.name in files]
            run_in_pytest(paths, selected, judge, assignment.limits.check_s)
    finally:
        context.close()
    if modes.record_to is not None and records is not None:
        modes.record_to.write_text(show_records(records), encoding="utf-8")
    return _report(request, assignment, context, selected, judge, secret)


def select(request: GradingRequest, declared: tuple[CheckDeclaration, ...]) -> set[str]:
    """The ids of the checks to run. Raises UsageError for an unknown part or check."""
    by_id = {declaration.id for declaration in declared}
    parts = {declaration.part for declaration in declared}
    for name in request.checks:
        if name not in by_id:
            raise UsageError(f"there is no check {name!r}; {nearest(name, sorted(by_id))}")
    chosen = set(request.checks)
    for part in request.parts:
        inside = {d.id for d in declared if d.part == part or d.part.startswith(f"{part}.")}
        if not inside:
            raise UsageError(f"there is no part {part!r}; {nearest(part, sorted(parts))}")
        chosen |= inside
    if request.modes.closeness_seeds and chosen:  # right programs need no check to have passed
        return chosen
    return with_needs(chosen, declared) if chosen else by_id


def _can_import_expectations(assignment: Assignment, judge: Judge) -> bool:
    """Import what the check files share, so that they find it by its name."""
    path = assignment.folder / EXPECTATIONS
    if path.exists():
        try:
            import_file(path, path.stem)
        except Exception:  # whatever is wrong there: every check is in the report
            judge.decide_all_broken(f"{path.name} cannot be imported: {traceback.format_exc()}")
            return False
    return True


def _cannot_import(submission: Submission, context: GradingContext, judge: Judge) -> bool:
    """Import once ahead of all checks: an endless loop there must not be waited for 30 times."""
    if submission.problem:
        judge.decide_all(StudentFault(Verdict.NOT_FOUND, submission.problem))
        return True
    try:
        context.new_worker().close()
    except StudentFault as fault:
        judge.decide_all(fault)
        return True
    except GraderError as error:  # no worker at all: still, every check is in the report
        judge.decide_all_broken(str(error))
        return True
    return False


def _report(
    request: GradingRequest,
    assignment: Assignment,
    context: GradingContext,
    selected: list[CheckDeclaration],
    judge: Judge,
    secret: bytes | None,
) -> Report:
    notices = list(missing_layers(request.root, context.launcher.isolation.layers))
    if request.hidden and assignment.isolation.loopback:
        notices.append(NO_SECRET_INPUTS)
    return Report(
        assignment=assignment.id,
        title=assignment.title,
        parts=assignment.parts,
        partial=bool(request.parts or request.checks),
        outcomes=tuple(judge.outcomes[declaration.id] for declaration in selected),
        files=context.submission.hashes(),
        ignored=context.submission.ignored,
        machine=machine_facts(),
        isolation=_isolation(context.launcher),
        staff_notices=tuple(notices),
        content=content_hashes(request, assignment, secret),
        graded_at=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        seed="public and secret" if _is_secret(request, assignment) else "public",
    )


def _isolation(launcher: Launcher) -> dict[str, str]:
    network = launcher.isolation.network
    opened = {"network": network} if network else {}
    return {"process": launcher.kind, **launcher.isolation.layers, **opened}


def _is_secret(request: GradingRequest, assignment: Assignment) -> bool:
    """Whether anything secret is graded with: never by a worker that may open sockets, and not
    where comparisons are measured, which takes public seeds for hidden checks too."""
    return (
        request.hidden and not assignment.isolation.loopback and not request.modes.closeness_seeds
    )


def _read_secret(request: GradingRequest, assignment: Assignment) -> bytes | None:
    if not _is_secret(request, assignment):
        return None
    if request.secret_file is None:
        raise GraderError("hidden checks need the course secret: course.toml names its file")
    return request.secret_file.read_bytes().strip()


def _oracles(request: GradingRequest, assignment: Assignment, records: Records | None) -> Oracles:
    live = LiveOracles(assignment.private / "oracles.py", records) if assignment.private else None
    if live and request.recorded is None:
        return live
    recorded = request.recorded or assignment.folder / RECORD_FILE
    return RecordedOracles(read_records(recorded), live)


def _diagnosis(
    request: GradingRequest, assignment: Assignment, context: GradingContext
) -> Diagnosis:
    if not request.modes.recognises:
        return Diagnosis(KnownMistakes(), None, tell_hidden=False)
    known = read_mistakes(mistakes_file(assignment, request.root))
    programs = assignment.private is not None and assignment.private / WRONG_PROGRAMS
    rehearsal = Rehearsal(assignment, context) if programs and programs.is_dir() else None
    course = load_course(request.root) if (request.root / COURSE_FILE).exists() else None
    return Diagnosis(known, rehearsal, tell_hidden=bool(course and course.tell_hidden_mistakes))


def _data(assignment: Assignment) -> ModuleType | None:
    path = assignment.folder / "data.py"
    return import_file(path, "autograder_data") if path.exists() else None
