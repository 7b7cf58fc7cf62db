"""Who listens to the comparisons of a run of a check: nobody, but in proofs.

`expect.close` is a free function, so that checks can write it without naming the run that they
belong to, and it cannot be given a listener as an argument. A context variable, unlike a variable
of the module, is set for the duration of one run, is restored however that ends, and is each
thread's own.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import msgspec

from autograder.model.outcome import Closeness, Outcome

_heard: ContextVar[list[Closeness] | None] = ContextVar("heard", default=None)


@contextmanager
def listening(heard: list[Closeness] | None) -> Iterator[None]:
    """Meanwhile comparisons are noted in `heard`; None: nowhere."""
    token = _heard.set(heard)
    try:
        yield
    finally:
        _heard.reset(token)


def is_listening() -> bool:
    """Whether `note` would keep anything."""
    return _heard.get() is not None


def note(closeness: Closeness) -> None:
    """Keep a comparison, if anybody listens."""
    heard = _heard.get()
    if heard is not None:
        heard.append(closeness)


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
