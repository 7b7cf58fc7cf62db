"""How near each comparison of a check came to what is allowed, kept for the proof of comparisons.

`expect.close` is a free function, so that checks can write it without naming the run that they
belong to, and it cannot be given a list as an argument. A context variable, unlike a variable of
the module, is set for the duration of one run, is restored however that ends, and is each thread's
own. The judge sets it, and only in that proof.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import msgspec

from autograder.model.outcome import Closeness, Outcome

_noted: ContextVar[list[Closeness] | None] = ContextVar("noted", default=None)


@contextmanager
def noting(noted: list[Closeness] | None) -> Iterator[None]:
    """Meanwhile comparisons are added to `noted`; None: they are not kept."""
    token = _noted.set(noted)
    try:
        yield
    finally:
        _noted.reset(token)


def note(closeness: Closeness) -> None:
    """Keep a comparison, where comparisons are kept."""
    noted = _noted.get()
    if noted is not None:
        noted.append(closeness)


def worst_of(outcomes: Iterable[tuple[int, Outcome]]) -> tuple[Closeness, ...]:
    """Of the runs of one check, each with its variation of the seed: every comparison where it
    came nearest to what is allowed."""
    worst: dict[tuple[str, str], Closeness] = {}
    for variation, outcome in outcomes:
        for found in outcome.closeness:
            known = worst.get((found.what, found.why))
            if known is None or found.share > known.share:
                worst[found.what, found.why] = msgspec.structs.replace(found, variation=variation)
    return tuple(worst.values())
