"""Where two gradings of a submission disagree, and the likeliest cause for each check.

`there` is the other machine or the earlier time: its report may be a mere claim, so nothing of it
but verdicts, hashes, fingerprints and measurements is looked at, and nothing here decides points.
"""

from collections.abc import Collection, Mapping
from enum import Enum
from typing import NamedTuple

import msgspec

from autograder.grading.context.fingerprint import same
from autograder.grading.provenance.content import differing
from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Measurement, Outcome
from autograder.model.report import Report
from autograder.model.units import show_quantity
from autograder.model.verdict import Verdict

_OVER = {Verdict.OVER_TIME_BUDGET, Verdict.OVER_MEMORY_BUDGET, Verdict.OVER_OPERATION_BUDGET}
_NEAR = 1.25  # times the budget, either way: measured anew, it may end on the other side
_ADVICE_FIRST = ("threads", "cpus", "python", "numpy", "torch", "processor")
_VERSIONS = ("autograder", "python", "numpy", "torch")
UNKNOWN_VALUE = "unknown"


class Cause(str, Enum):
    """Why two gradings differ; the first that holds is taken."""

    FILES = "other files"
    CONTENT = "another version of the assignment or of the grader"
    ONE_SIDE = "it ran on one side only"
    GRADER = "the grader itself failed"
    NEEDS = "a check that it needs differs"
    SECRET_INPUTS = "fails with secret inputs only"
    INPUTS = "the inputs came out different"
    BUDGET = "near the budget"
    FACTS = "the machines differ"
    UNKNOWN = "no cause found"


class Fact(NamedTuple):
    """One thing that is not the same on both sides."""

    name: str
    there: str
    here: str


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A check with two verdicts, or with two scores; None: it did not run on that side."""

    check: CheckDeclaration
    there: Outcome | None
    here: Outcome | None
    cause: Cause
    facts: tuple[Fact, ...] = ()  # that make up the cause


def differences(there: Report, here: Report) -> list[Difference]:
    """Every check with another verdict or score, in the order of `here`."""
    before, now = _by_id(there), _by_id(here)
    names = [name for name in {**now, **before} if _differ(before.get(name), now.get(name))]
    shared = _shared_cause(there, here)
    found = []
    for name in names:
        pair = before.get(name), now.get(name)
        cause, facts = shared or _cause_of_one((there, here), pair, names)
        check = (pair[1] or pair[0] or here.outcomes[0]).check
        found.append(Difference(check=check, there=pair[0], here=pair[1], cause=cause, facts=facts))
    return found


def changed_files(there: Report, here: Report) -> tuple[Fact, ...]:
    """The submitted files that are not the same, by hash."""
    names = sorted({*there.files, *here.files})
    return _facts(names, there.files, here.files)


def changed_content(there: Report, here: Report) -> tuple[Fact, ...]:
    """What graded, where both know it: assignment, grader, reference, course secret."""
    return _facts(differing(there.content, here.content), there.content, here.content)


def changed_versions(there: Report, here: Report) -> tuple[Fact, ...]:
    """Versions of the autograder, Python and the libraries."""
    return _of_machine(there, here, _VERSIONS)


def changed_facts(there: Report, here: Report) -> tuple[Fact, ...]:
    """What else is known of the machines, what matters most first; then the isolation."""
    known = [name for name in (*_ADVICE_FIRST, *here.machine) if name not in _VERSIONS]
    layers = differing(there.isolation, here.isolation)
    isolation = _facts(layers, there.isolation, here.isolation)
    return (
        *_of_machine(there, here, tuple(dict.fromkeys(known))),
        *(fact._replace(name=f"isolation, {fact.name}") for fact in isolation),
    )


def _by_id(report: Report) -> dict[str, Outcome]:
    return {outcome.check.id: outcome for outcome in report.outcomes}


def _differ(there: Outcome | None, here: Outcome | None) -> bool:
    if there is None or here is None:
        return True
    return there.verdict is not here.verdict or there.score != here.score


_Told = tuple[Cause, tuple[Fact, ...]]


def _shared_cause(there: Report, here: Report) -> _Told | None:
    """What explains every difference at once."""
    files = changed_files(there, here)
    if files:
        return Cause.FILES, files
    content = (*changed_content(there, here), *_of_machine(there, here, ("autograder",)))
    return (Cause.CONTENT, content) if content else None


def _cause_of_one(
    reports: tuple[Report, Report],
    pair: tuple[Outcome | None, Outcome | None],
    names: Collection[str],
) -> _Told:
    before, now = pair
    if before is None or now is None:
        return Cause.ONE_SIDE, ()
    if Verdict.GRADER_ERROR in (before.verdict, now.verdict):
        return Cause.GRADER, ()
    waiting = Verdict.SKIPPED in (before.verdict, now.verdict)
    needed = [name for name in now.check.needs or before.check.needs if name in names]
    if waiting and needed:
        return Cause.NEEDS, tuple(Fact(name, "", "") for name in needed)
    if reports[0].seed != reports[1].seed and "secret" in (before.seed, now.seed):
        return Cause.SECRET_INPUTS, ()
    if not all(map(same, before.inputs, now.inputs)):
        versions = changed_versions(*reports)
        return Cause.INPUTS, versions or _of_machine(*reports, ("processor",))
    near = _near_budget(before, now)
    if near:
        return Cause.BUDGET, near
    facts = _all_facts(*reports)
    return (Cause.FACTS, facts) if facts else (Cause.UNKNOWN, ())


def _all_facts(there: Report, here: Report) -> tuple[Fact, ...]:
    found = {f.name: f for f in (*changed_versions(there, here), *changed_facts(there, here))}
    first = [name for name in _ADVICE_FIRST if name in found]
    return tuple(found[name] for name in dict.fromkeys([*first, *found]))


def _near_budget(there: Outcome, here: Outcome) -> tuple[Fact, ...]:
    """The measurements that another measurement may put on the other side of their budgets."""
    if not _OVER & {there.verdict, here.verdict}:
        return ()
    before = {m.name: m for m in there.measurements}
    now = {m.name: m for m in here.measurements}
    found = []
    for name in {**now, **before}:
        sides = [m for m in (before.get(name), now.get(name)) if m is not None]
        if any(map(_is_near, sides)):
            budget = show_quantity(sides[-1].budget, sides[-1].unit)
            label = f"{name.replace('_', ' ')}, budget {budget}"
            found.append(Fact(label, _measured(before.get(name)), _measured(now.get(name))))
    return tuple(found)


def _is_near(measurement: Measurement) -> bool:
    value, budget = measurement.value, measurement.budget
    return measurement.undecided or budget / _NEAR <= value <= budget * _NEAR


def _measured(measurement: Measurement | None) -> str:
    if measurement is None:
        return "not measured"
    value = show_quantity(measurement.value, measurement.unit).removesuffix(f" {measurement.unit}")
    return f"{value} (too noisy to tell)" if measurement.undecided else value


def _of_machine(there: Report, here: Report, names: tuple[str, ...]) -> tuple[Fact, ...]:
    known = {name: here.machine[name] for name in names if name in here.machine}
    return _facts(differing(there.machine, known), there.machine, here.machine)


def _facts(
    names: Collection[str], there: Mapping[str, str], here: Mapping[str, str]
) -> tuple[Fact, ...]:
    pairs = ((n, there.get(n, UNKNOWN_VALUE), here.get(n, UNKNOWN_VALUE)) for n in names)
    return tuple(Fact(*pair) for pair in pairs if pair[1] != pair[2])
