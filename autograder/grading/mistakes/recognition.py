"""Recognise a known mistake by its answers: the same numbers, where the right numbers are others.

A known mistake leaves a trace in every check that it fails: how many answers the check received,
and those that differed from the reference's. A submission with the same answers there has the same
mistake, or one with the same effect. What a call returned decides; what it passed to our functions
meanwhile decides only where the returned values are right or have too little information. Traces
with less than ENOUGH bits are not kept, so that an unrelated answer is taken for a known one less
than once in a million. `release` makes the traces, and the diagnosis compares answers with them.
"""

from collections.abc import Mapping, Sequence

from autograder.grading.context.fingerprint import same
from autograder.grading.mistakes.known_mistakes import Trace
from autograder.model.outcome import Answer, Fingerprint

ENOUGH = 20.0
_ROUNDING = 1e-8  # of the right answer: so small a number differs from machine to machine
_MOST_NAMES = 3  # that share a trace: more names would not help a student


def trace_of(
    mistake: str, wrong: Mapping[str, Answer], right: Mapping[str, Answer]
) -> Trace | None:
    """The trace of a mistake, from its answers and the reference's.

    None where the answers that differ have too little information.
    """
    telling = {
        name: answer
        for name, answer in wrong.items()
        if name not in right or _differs(answer.fingerprint, right[name].fingerprint)
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
    """The mistake that gives these answers; several with the same answers, one a line.

    Empty where no such mistake is known, or too many are.
    """
    found = {
        trace.mistake: _count_of_same(trace.deciding | trace.beside, answers)
        for trace in traces
        if trace.calls == len(answers)
        and _count_of_same(trace.deciding, answers) == len(trace.deciding)
    }
    # of two mistakes at once, the one that explains more of the answers
    names = [name for name, count in found.items() if count == max(found.values())]
    return "\n".join(names) if len(names) <= _MOST_NAMES else ""


def _differs(wrong: Fingerprint, right: Fingerprint) -> bool:
    """Whether an answer shows the mistake, and is not what rounding has left of a zero."""
    return not same(wrong, right) and not 0 < wrong.scale < _ROUNDING * right.scale


def _bits(answers: Mapping[str, Answer]) -> float:
    return sum(answer.bits for answer in answers.values())


def _count_of_same(wanted: Mapping[str, Fingerprint], answers: Mapping[str, Answer]) -> int:
    return sum(
        name in answers and same(answers[name].fingerprint, fingerprint)
        for name, fingerprint in wanted.items()
    )
