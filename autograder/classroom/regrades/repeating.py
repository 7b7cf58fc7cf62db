"""Grade again, by the newer grader, the checks whose time is near its budget: how often it is over.

Called by `regrade-diff --repeat N`. It needs the copies of the submissions in the folder of the
newer grading, and the assignment that graded them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec

from autograder.classroom.engine.local import local_engine
from autograder.classroom.engine.out_folder import OutFolder, opened
from autograder.classroom.engine.safety import require_safe
from autograder.classroom.engine.slots import slots_for
from autograder.classroom.engine.task import Task
from autograder.classroom.regrades.causes import Why
from autograder.classroom.regrades.comparing import CheckChange, Regraded
from autograder.classroom.regrades.comparison import Comparison
from autograder.classroom.regrades.past import PastGrading
from autograder.classroom.regrades.sides import Side
from autograder.classroom.submissions import Graded
from autograder.grading.provenance.content import content_hashes
from autograder.model.assignment import Assignment
from autograder.model.course import load_course
from autograder.model.errors import UsageError
from autograder.model.units import counted
from autograder.model.verdict import Verdict
from autograder.sandbox.isolation import Isolation
from autograder.worker.layers import landlock

Verdicts = Mapping[tuple[str, str], list[Verdict]]  # submission and check -> of each repeat


def noisy_checks(comparison: Comparison, new: Side) -> dict[str, list[str]]:
    """The checks to repeat, by submission, as far as its copy is there."""
    found: dict[str, list[str]] = defaultdict(list)
    for each, change in comparison.changes(Why.NOISE):
        if new.copies and (new.copies / each.id).is_dir():
            found[each.id].append(change.key)
    return dict(found)


def repeat(
    comparison: Comparison,
    new: Side,
    assignment: Assignment,
    root: Path,
    times: int,
    trusted: bool,
    say: Callable[[str], None],
) -> Comparison:
    """The comparison with the verdicts of `times` more gradings of each noisy check.

    They run one after the other, each on a CPU of its own. Raises UsageError where another
    assignment, reference or secret is here than graded the newer side, where submissions would not
    be isolated although they are not `trusted`, or where another run uses the folder.
    """
    due = noisy_checks(comparison, new)
    missing = len(comparison.changes(Why.NOISE)) - sum(map(len, due.values()))
    if missing:
        say(f"not repeated, because no copy of the submission is at hand: {missing}")
    if not due:
        return comparison
    for id_ in due:
        _require_same_grader(new.gradings[id_], assignment, root)
    require_safe(Isolation("fork").layers, landlock.version(), trusted)
    verdicts: Verdicts = defaultdict(list)
    with opened(new.place, say) as out:
        total = times * len(due)
        for number, graded in enumerate(_gradings(due, new, assignment, root, times, out), start=1):
            say(f"repeated {number} of {counted(total, 'grading')}")
            _note(graded, due, verdicts)
    return _with_repeats(comparison, verdicts)


def _gradings(
    due: Mapping[str, list[str]],
    new: Side,
    assignment: Assignment,
    root: Path,
    times: int,
    out: OutFolder,
) -> Iterator[Graded]:
    secret = load_course(root).secret_path()
    with local_engine(assignment, slots_for(assignment, 1).each, out) as engine:
        for _ in range(times):
            for id_, checks in due.items():
                engine.submit(
                    Task(
                        id=id_,
                        root=str(root),
                        assignment=assignment.id,
                        submission=str((new.copies or out.path) / id_),
                        secret_file=str(secret),
                        checks=tuple(checks),
                    )
                )
        yield from engine.results()


def _require_same_grader(grading: PastGrading, assignment: Assignment, root: Path) -> None:
    here = content_hashes(root, assignment, load_course(root).secret())
    there = grading.report.content
    other = [name for name, digest in here.items() if there.get(name, digest) != digest]
    if other:
        raise UsageError(
            f"what graded {grading.id} is not what is here ({', '.join(other)}): repeat in the"
            " checkout that graded the newer side, or leave --repeat out"
        )


def _note(graded: Graded, due: Mapping[str, list[str]], verdicts: Verdicts) -> None:
    """A grading that has ended without a report decides nothing."""
    for outcome in graded.report.outcomes if graded.report else ():
        if outcome.check.id in due[graded.id]:
            verdicts[graded.id, outcome.check.id].append(outcome.verdict)


def _with_repeats(comparison: Comparison, verdicts: Verdicts) -> Comparison:
    def change(each: Regraded, found: CheckChange) -> CheckChange:
        repeats = tuple(verdicts.get((each.id, found.key), ()))
        return msgspec.structs.replace(found, repeats=repeats)

    regraded = (
        msgspec.structs.replace(each, changes=tuple(change(each, c) for c in each.changes))
        for each in comparison.regraded
    )
    return msgspec.structs.replace(comparison, regraded=tuple(regraded))
