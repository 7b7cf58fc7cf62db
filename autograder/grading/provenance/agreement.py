"""Where two gradings of a submission disagree, and the likeliest cause for each check.

`there` is the other machine or the earlier time: its report may be a mere claim, so nothing of it
but verdicts, hashes, fingerprints and measurements is looked at, and nothing here decides points.
`render` puts the results into words; `verify` compares the student zip's grading with the server's.
"""

from collections.abc import Collection, Iterable, Mapping
from enum import Enum
from typing import NamedTuple

import msgspec

from autograder.grading.context.fingerprint import same
from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Measurement, Outcome
from autograder.model.report import Report
from autograder.model.units import show_quantity
from autograder.model.verdict import Verdict

_OVER = {Verdict.OVER_TIME_BUDGET, Verdict.OVER_MEMORY_BUDGET, Verdict.OVER_OPERATION_BUDGET}
_NEAR = 1.25  # times the budget, above or below: another measurement may be on the other side
_ADVICE_FIRST = ("threads", "cpus", "python", "numpy", "torch", "processor")
_VERSIONS = ("autograder", "python", "numpy", "torch")
_UNKNOWN_VALUE = "unknown"


class Cause(str, Enum):
    """Why two gradings differ; the first that holds is taken."""

    FILES = "other files"
    CONTENT = "another version of the assignment or of the grader"
    ONE_SIDE = "it ran on one side only"
    GRADER = "the grader itself failed"
    NEEDS = "a check that it needs differs"
    SECRET_INPUTS = "fails with secret inputs only"
    LIBRARY = "a library is not there"
    INPUTS = "the inputs came out different"
    BUDGET = "near the budget"
    FACTS = "the machines differ"
    UNKNOWN = "no cause found"


class Fact(NamedTuple):
    """One thing that is not the same on both sides."""

    name: str
    there: str
    here: str


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """A check with two verdicts, or with two scores; None: it did not run on that side."""

    check: CheckDeclaration
    there: Outcome | None
    here: Outcome | None
    cause: Cause
    facts: tuple[Fact, ...] = ()  # that make up the cause


def disagreements(there: Report, here: Report) -> list[Disagreement]:
    """Every check with a different verdict or score on the two sides, in the order of `here`."""
    before = {outcome.check.id: outcome for outcome in there.outcomes}
    now = {outcome.check.id: outcome for outcome in here.outcomes}
    names = [name for name in {**now, **before} if _differ(before.get(name), now.get(name))]
    shared = _shared_cause(there, here)
    found = []
    for name in names:
        then, after = before.get(name), now.get(name)
        cause, facts = shared or _cause_of_one(there, here, then, after, names)
        check = (after or then or here.outcomes[0]).check
        found.append(Disagreement(check=check, there=then, here=after, cause=cause, facts=facts))
    return found


def changed_files(there: Report, here: Report) -> tuple[Fact, ...]:
    """The submitted files that are not the same, by hash."""
    return _facts(there.files, here.files, sorted({*there.files, *here.files}))


def changed_content(there: Report, here: Report) -> tuple[Fact, ...]:
    """What graded, where both know it: assignment, grader, reference, course secret."""
    return _known_facts(there.content, here.content, here.content)


def changed_release(there: Report, here: Report) -> tuple[Fact, ...]:
    """What graded, and the version of the autograder: the same in all that one release makes."""
    version = _known_facts(there.machine, here.machine, ("autograder",))
    return (*changed_content(there, here), *version)


def changed_versions(there: Report, here: Report) -> tuple[Fact, ...]:
    """Versions of the autograder, Python and the libraries."""
    return _known_facts(there.machine, here.machine, _VERSIONS)


def changed_facts(there: Report, here: Report) -> tuple[Fact, ...]:
    """What else is known of the machines, what matters most first; then the isolation."""
    names = dict.fromkeys([*_ADVICE_FIRST, *here.machine])
    rest = [name for name in names if name not in _VERSIONS]
    isolation = _known_facts(there.isolation, here.isolation, here.isolation)
    return (
        *_known_facts(there.machine, here.machine, rest),
        *(fact._replace(name=f"isolation, {fact.name}") for fact in isolation),
    )


def _differ(there: Outcome | None, here: Outcome | None) -> bool:
    if there is None or here is None:
        return True
    return there.verdict is not here.verdict or there.score != here.score


def _shared_cause(there: Report, here: Report) -> tuple[Cause, tuple[Fact, ...]] | None:
    """The cause that explains every disagreement at once, with its facts."""
    files = changed_files(there, here)
    if files:
        return Cause.FILES, files
    release = changed_release(there, here)
    return (Cause.CONTENT, release) if release else None


def _cause_of_one(
    there: Report,
    here: Report,
    before: Outcome | None,
    now: Outcome | None,
    names: Collection[str],
) -> tuple[Cause, tuple[Fact, ...]]:
    """The cause of one disagreement; `names` are the ids of all checks that disagree."""
    if before is None or now is None:
        return Cause.ONE_SIDE, ()
    verdicts = {before.verdict, now.verdict}
    if Verdict.GRADER_ERROR in verdicts:
        return Cause.GRADER, ()
    needed = [name for name in now.check.needs or before.check.needs if name in names]
    if Verdict.SKIPPED in verdicts and needed:
        return Cause.NEEDS, tuple(Fact(name, "", "") for name in needed)
    if there.seed != here.seed and "secret" in (before.seed, now.seed):
        return Cause.SECRET_INPUTS, ()
    if any(o.message and "ModuleNotFoundError" in o.message.what for o in (before, now)):
        return Cause.LIBRARY, ()
    versions = changed_versions(there, here)
    if not all(map(same, before.inputs, now.inputs)):
        processor = _known_facts(there.machine, here.machine, ("processor",))
        return Cause.INPUTS, versions or processor
    near = _near_budget(before, now) if _OVER & verdicts else ()
    if near:
        return Cause.BUDGET, near
    facts = {fact.name: fact for fact in (*versions, *changed_facts(there, here))}
    first = [name for name in _ADVICE_FIRST if name in facts]
    ordered = tuple(facts[name] for name in dict.fromkeys([*first, *facts]))
    return (Cause.FACTS, ordered) if ordered else (Cause.UNKNOWN, ())


def _near_budget(there: Outcome, here: Outcome) -> tuple[Fact, ...]:
    """The measurements so near their budgets that another one may be on the other side."""
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


def _known_facts(
    there: Mapping[str, str], here: Mapping[str, str], names: Iterable[str]
) -> tuple[Fact, ...]:
    """What both sides know by these names and do not have in common."""
    return _facts(there, here, [name for name in names if name in there and name in here])


def _facts(
    there: Mapping[str, str], here: Mapping[str, str], names: Iterable[str]
) -> tuple[Fact, ...]:
    sides = (Fact(n, there.get(n, _UNKNOWN_VALUE), here.get(n, _UNKNOWN_VALUE)) for n in names)
    return tuple(fact for fact in sides if fact.there != fact.here)
