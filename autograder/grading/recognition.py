"""Recognise a known mistake by its answers: the very same numbers, where the right ones differ.

A known mistake leaves a trace in every check that it fails: which answers the check got, and those
in which it differed from the reference. Whoever gives the same answers there has made the same
mistake, or one that cannot be told from it. What a call returned decides; what it asked our
functions meanwhile only where the returned values are right or say too little. Traces with less
than ENOUGH bits are not kept: an unrelated answer is taken for a known one less than once in a
million.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from autograder.grading.fingerprint import same
from autograder.model.assignment import Assignment
from autograder.model.errors import GraderError
from autograder.model.outcome import Answer, Fingerprint

MISTAKES_FILE = "recognised_mistakes.json"
ENOUGH = 20.0
_MOST_NAMES = 3  # that share a trace: with more there is nothing to learn from their names


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """What one mistake leaves in one check."""

    mistake: str  # "the monitor starts counting again in every epoch"
    calls: int
    deciding: dict[str, Fingerprint]  # answers that are not right, and must all be the same
    beside: dict[str, Fingerprint] = {}  # others that are not right: the more the same, the nearer


class KnownMistakes(msgspec.Struct, frozen=True, kw_only=True):
    """The file that `release` writes."""

    made_of: str = ""  # hash of what the traces depend on
    traces: dict[str, list[Trace]] = {}  # by check


def trace_of(
    mistake: str, wrong: Mapping[str, Answer], right: Mapping[str, Answer]
) -> Trace | None:
    """The trace of a mistake, from its answers and the reference's; None: it says too little."""
    telling = {
        name: answer
        for name, answer in wrong.items()
        if name not in right or not same(answer.fingerprint, right[name].fingerprint)
    }
    returned = {name: answer for name, answer in telling.items() if name.endswith("returned")}
    deciding = returned if _bits(returned) >= ENOUGH else telling
    if _bits(deciding) < ENOUGH:
        return None
    return Trace(
        mistake=mistake,
        calls=len(wrong),
        deciding={name: answer.fingerprint for name, answer in deciding.items()},
        beside={n: answer.fingerprint for n, answer in telling.items() if n not in deciding},
    )


def recognise(traces: Sequence[Trace], answers: Mapping[str, Answer]) -> str:
    """The mistake that gives these answers; several that cannot be told apart, joined by "or".

    Empty: none is known, or too many are.
    """
    found = {
        trace.mistake: _count_of_same(trace.deciding | trace.beside, answers)
        for trace in traces
        if trace.calls == len(answers)
        and _count_of_same(trace.deciding, answers) == len(trace.deciding)
    }
    # the nearest: of two slips at once, the one that explains more of the answers
    names = [name for name, count in found.items() if count == max(found.values())]
    return ", or ".join(names) if len(names) <= _MOST_NAMES else ""


def _bits(answers: Mapping[str, Answer]) -> float:
    return sum(answer.bits for answer in answers.values())


def _count_of_same(wanted: Mapping[str, Fingerprint], answers: Mapping[str, Answer]) -> int:
    return sum(
        name in answers and same(answers[name].fingerprint, fingerprint)
        for name, fingerprint in wanted.items()
    )


def mistakes_file(assignment: Assignment, root: Path) -> Path:
    """Where it is: in a zip beside the checks, in the checkout with the template."""
    in_zip = assignment.folder / MISTAKES_FILE
    return in_zip if in_zip.exists() else root / "student_templates" / assignment.id / MISTAKES_FILE


def read_mistakes(path: Path) -> KnownMistakes:
    """Read the file; without one no mistake is known. Raises GraderError when it is broken."""
    if not path.exists():
        return KnownMistakes()
    try:
        return msgspec.json.decode(path.read_bytes(), type=KnownMistakes)
    except msgspec.DecodeError as error:
        raise GraderError(f"{path} is broken ({error}): unpack the student zip again") from None


def show_mistakes(mistakes: KnownMistakes) -> str:
    """The text of the file, one line a trace."""
    rows = [f'{{"made_of": "{mistakes.made_of}", "traces": {{']
    checks = sorted(mistakes.traces.items())
    for number, (check, traces) in enumerate(checks):
        rows.append(f'"{check}": [')
        rows.append(",\n".join(msgspec.json.encode(trace).decode() for trace in traces))
        rows.append("]" + "," * (number < len(checks) - 1))
    return "\n".join([*rows, "}}"]) + "\n"
