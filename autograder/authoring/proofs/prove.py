"""`autograder prove`: bring the records of an assignment up to date, and do only what is due."""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

import msgspec

from autograder.authoring.proofs.kind import CHANGED, Kind, Setting
from autograder.authoring.proofs.kinds.answers import Answers
from autograder.authoring.proofs.kinds.budgets import BudgetsProof
from autograder.authoring.proofs.kinds.comparisons import Comparisons
from autograder.authoring.proofs.kinds.load import Load
from autograder.authoring.proofs.kinds.mutation import Mutation
from autograder.authoring.proofs.kinds.programs import Programs
from autograder.authoring.proofs.kinds.recognition import Recognition
from autograder.authoring.proofs.kinds.seeds import Seeds
from autograder.authoring.proofs.record import stamp, write_record
from autograder.authoring.proofs.settled import Settled
from autograder.model.errors import UsageError
from autograder.model.toml import nearest

# those that measure time come last: the machine is idle then
KINDS: tuple[type[Kind[Any]], ...] = (
    Programs,
    Seeds,
    Comparisons,
    Answers,
    Recognition,
    Mutation,
    BudgetsProof,
    Load,
)
_SHOWN_EVERY_S = 20.0

Say = Callable[[str], None]


def kinds_named(names: Collection[str]) -> list[type[Kind[Any]]]:
    """The kinds of these names; without names all. Raises UsageError for an unknown one."""
    known = {kind.name: kind for kind in KINDS}
    for name in names:
        if name not in known:
            raise UsageError(f"there is no proof {name!r}; {nearest(name, list(known))}")
    return [kind for name, kind in known.items() if name in names or not names]


def prove(setting: Setting, kinds: Sequence[type[Kind[Any]]], fresh: bool, say: Say) -> list[str]:
    """Prove what is due of these kinds, or with `fresh` everything; returns what was found wrong.

    What is proved is on disk at once, so that an interrupted run goes on where it was.
    """
    found = []
    settled = Settled(setting)
    for make in kinds:
        if not fresh and (state := settled.state(make)):
            say(f"{setting.assignment.id}: {state}")
            continue
        say(f"{setting.assignment.id}: {make.name}: looking for what has changed")
        kind = make(setting)
        if fresh:
            kind.lines.clear()
        say(f"{setting.assignment.id}: {state_of(kind)}")
        _prove_one(kind, say)
        settled.keep(kind, state_of(kind))
        found += [f"{kind.name}: {finding}" for finding in kind.findings()]
    return found


def states(setting: Setting, kinds: Sequence[type[Kind[Any]]]) -> Iterator[str]:
    """What is due of each of these kinds, in one line."""
    settled = Settled(setting)
    for make in kinds:
        state = settled.state(make)
        if not state:
            kind = make(setting)
            state = state_of(kind)
            settled.keep(kind, state)
        yield state


def state_of(kind: Kind[Any]) -> str:
    """In one line how many units are due, and why."""
    due = kind.due()
    whys = ", ".join(f"{count} {why}" for why, count in Counter(due.values()).items())
    return f"{kind.name}: {len(due)} of {len(kind.known_units)} due" + (f" ({whys})" if due else "")


def record_problems(kind: Kind[Any], quick: bool, release: bool) -> Iterator[str]:
    """Why a record cannot be relied on; for `verify`, which has said what is due.

    What is due is none for a `quick` look, because it is proved at the end of a piece of work; what
    an older framework has proved is one before a `release`.
    """
    again = f"run `autograder prove {kind.setting.assignment.id} --only {kind.name}"
    if kind.due() and not quick:
        yield f"{again}`"
    if release and older_framework(kind):
        yield f"{older_framework(kind)}: {again} --fresh`"
    changed = [unit for unit, why in kind.due().items() if why == CHANGED]
    for unit in (*changed, *kind.gone()):  # what was found in other code says nothing about this
        kind.lines.pop(unit, None)
    yield from kind.findings()


def older_framework(kind: Kind[Any]) -> str:
    """How many of its lines another version of the framework has proved; empty for none."""
    now = stamp(measures=False)["framework"]
    older = sum(line.framework != now for line in kind.lines.values())
    return f"{older} proved with an older framework" if older else ""


def _prove_one(kind: Kind[Any], say: Say) -> None:
    due = [kind.known_units[unit] for unit in kind.due()]
    gone = kind.gone()
    for unit in gone:
        del kind.lines[unit]
    if gone:
        write_record(kind.setting.assignment, kind.name, kind.lines)
    if due:
        _keep(kind, kind.prove(due, say), kind.steps(due), say)


def _keep(kind: Kind[Any], lines: Iterator[Any], count: int, say: Say) -> None:
    """Write each line as it comes, and say how long it will take."""
    started = shown = time.monotonic()
    stamped = stamp(kind.measures)
    for done, line in enumerate(lines, start=1):
        kind.lines[line.unit] = msgspec.structs.replace(line, **stamped)
        write_record(kind.setting.assignment, kind.name, kind.lines)
        for problem in line.found:
            say(f"NOT  {line.unit}: {problem}")
        now = time.monotonic()
        if now > shown + _SHOWN_EVERY_S:
            shown = now
            left = (now - started) / done * (count - done)
            say(f"{kind.name}: {done} of {count}, about {left / 60:.0f} min left")
    say(f"{kind.name}: proved in {time.monotonic() - started:.0f} s")
