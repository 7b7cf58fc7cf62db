"""What a submission was given and what it answered, during one run of a check.

`CheckRun` notes every call, the judge and the diagnosis read. Values are kept as they are, and
fingerprints are computed only when they are asked for: most runs pass and need none.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.grading.context.fingerprint import fingerprint_of
from autograder.grading.context.information import information
from autograder.model.outcome import Answer, Fingerprint
from autograder.model.values import own_bytes, weight
from autograder.sandbox.callables import LimitedCallable

_MOST_BYTES = 64 * 2**20  # of what is kept; a run with more is not kept
_MOST_INPUTS = 4  # calls: other random numbers show in the first one that draws any


class Exchange:
    """One call: what the submission passed to our functions meanwhile, and what it returned."""

    def __init__(self, function: str) -> None:
        self.function = function
        self.asked: list[Any] = []
        self.returned: tuple[Any, ...] = ()  # empty: it ended in a fault


class Transcript:
    """The calls of one run, in order."""

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []
        self.complete = True  # nothing was too large to be kept
        self._given: list[Any] = []
        self._bytes = 0

    def begin(
        self, function: str, arguments: Sequence[Any], keywords: Mapping[str, Any]
    ) -> tuple[Exchange, list[Any], dict[str, Any]]:
        """Note a call; return its arguments, with functions that note what they are called with."""
        exchange = Exchange(function)
        self.exchanges.append(exchange)
        named = {name: _named(value) for name, value in keywords.items()}
        self._keep(self._given, [function, *map(_named, arguments), named])
        listened = [self._listen(argument, exchange) for argument in arguments]
        return exchange, listened, {k: self._listen(v, exchange) for k, v in keywords.items()}

    def end(self, exchange: Exchange, value: Any) -> None:
        """Note what a call has returned."""
        returned: list[Any] = []
        self._keep(returned, value)
        exchange.returned = tuple(returned)

    def inputs(self) -> tuple[Fingerprint, ...]:
        """For each of the first calls that were kept, everything that the submission was given.

        There is one fingerprint a call, so that a run which failed earlier can be compared too.
        """
        return tuple(map(fingerprint_of, self._given[:_MOST_INPUTS]))

    def answers(self) -> dict[str, Answer]:
        """What came from the submission, call by call; empty where not all was kept."""
        found = {}
        for number, exchange in enumerate(self.exchanges if self.complete else []):
            for kind, value in (("asked", exchange.asked), ("returned", list(exchange.returned))):
                answer = Answer(fingerprint_of([exchange.function, value]), information(value))
                found[f"{number} {kind}"] = answer
        return found

    def _listen(self, argument: Any, exchange: Exchange) -> Any:
        if not callable(argument):
            return argument

        def noted(*arguments: Any, **keywords: Any) -> Any:
            self._keep(exchange.asked, [list(arguments), keywords])
            return argument(*arguments, **keywords)

        noted.__name__ = getattr(argument, "__name__", "the function")
        if not isinstance(argument, LimitedCallable):
            return LimitedCallable(noted)
        return LimitedCallable(noted, argument.at_most, argument.most_bytes)

    def _keep(self, where: list[Any], value: Any) -> None:
        self._bytes += weight(value, _bytes_when_read)
        if self._bytes > _MOST_BYTES:
            self.complete = False
        if self.complete:
            where.append(value)


def _bytes_when_read(leaf: Any) -> int:
    """Fingerprints are of numbers in float64, however few bytes they come in."""
    return 8 * math.prod(leaf.shape) if hasattr(leaf, "nbytes") else own_bytes(leaf)


def _named(argument: Any) -> Any:
    """The name of a function of ours, in place of the function: its address has no meaning."""
    return getattr(argument, "__name__", "function") if callable(argument) else argument
