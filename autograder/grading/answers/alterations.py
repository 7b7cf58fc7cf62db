"""The alterations of what a check has received: of one value, and of every call of a function.

`replay` plays the check with each of them.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from autograder.grading.answers.changes import KINDS, Same, altered
from autograder.grading.cluster.fixture import OBSERVER
from autograder.sandbox.processless.tape import Tape
from autograder.wire.messages import Fetch, Return, Run

MOST_VALUES = 60  # of a check that are altered one by one
_CONTAINERS = (list, tuple, dict)

Path = tuple[str | int, ...]


class Spot(NamedTuple):
    """Where a value stands on the tape."""

    exchange: int
    asked: int  # number of the call of a function of ours; -1: the returned value
    path: Path  # inside the value; what is asked is a list of arguments and a dict of named ones


class Value(NamedTuple):
    """A value that a check has received."""

    spot: Spot
    function: str  # of the submission
    call: int  # of that function, from 1 on
    kind: str  # "returned", "measured" or "asked"
    value: Any
    before: Any  # the same of the previous call; Ellipsis: there is none

    @property
    def name(self) -> str:
        """`f(2).returned.W`."""
        return self._named(str(self.call), self.spot.path)

    @property
    def places(self) -> tuple[str, str]:
        """The same place in all calls, and in all items of lists: `f(all).returned.*`."""
        fixed = 2 if self.kind == "asked" else 0  # arguments are not alike
        path = self.spot.path
        items = tuple("*" if isinstance(step, int) else step for step in path[fixed:])
        return self._named("all", path), self._named("all", path[:fixed] + items)

    def _named(self, call: str, path: Path) -> str:
        shown = path[1:] if self.kind == "asked" else path
        return ".".join([f"{self.function}({call})", self.kind, *map(str, shown)])


class Alteration(NamedTuple):
    """New values by spot."""

    place: str  # "f(2).returned.3.W"
    everywhere: str  # "f(all).returned.*.W"
    kind: str  # "sign"
    values: dict[Spot, Any]

    def apply(self, exchange: int, asked: int, value: Any) -> Any:
        """A copy of a received value, with what is altered in it."""
        return _replaced(value, self.values, Spot(exchange, asked, ()))


def values_of(tape: Tape) -> list[Value]:
    """All values on a tape that can be altered, in the order in which they were received."""
    found: list[Value] = []
    calls: dict[tuple[str, str], int] = defaultdict(int)
    earlier: dict[tuple[str, str, Path], Any] = {}
    for spot, function, kind, value in _received(tape):
        calls[function, kind] += 1
        for path, leaf in _nodes(value):
            if kind == "asked" and len(path) < 2:  # arguments may not be there, others always are
                continue
            key = function, kind, path
            made = function, calls[function, kind], kind, leaf, earlier.get(key, ...)
            found.append(Value(spot._replace(path=path), *made))
            earlier[key] = leaf
    return found


def alterations_of(tape: Tape, allowed: float) -> Iterator[Alteration]:
    """Each kind of alteration of each value of a sample; then of the same in every call.

    `allowed`: the largest relative difference that the check accepts.
    """
    values = values_of(tape)
    for value in sample(values):
        for kind in KINDS:
            yield from _altered(value.name, kind, [value], allowed)
    for place, group in _groups(values).items():
        for kind in KINDS:
            yield from _altered(place, kind, group, allowed)


def sample(values: list[Value]) -> list[Value]:
    """At most MOST_VALUES: of each place in each function's values in turn, in a fixed order that
    looks random."""
    if len(values) <= MOST_VALUES:
        return values
    turns: dict[str, int] = defaultdict(int)
    ranked = []
    for value in sorted(values, key=lambda v: hashlib.sha256(v.name.encode()).digest()):
        place = value.places[-1]
        turns[place] += 1
        ranked.append((turns[place], value))
    chosen = sorted(ranked, key=lambda pair: pair[0])[:MOST_VALUES]
    return [value for _, value in chosen]


def _groups(values: list[Value]) -> dict[str, list[Value]]:
    """Values at the same place in every call, and in every item of a list."""
    groups: dict[str, list[Value]] = defaultdict(list)
    for value in values:
        for place in dict.fromkeys(value.places):
            groups[place].append(value)
    unlike: dict[tuple[Spot, ...], str] = {}
    for name, group in groups.items():  # of the same values, the name with a star comes last
        unlike[tuple(value.spot for value in group)] = name
    return {name: groups[name] for spots, name in unlike.items() if len(spots) > 1}


def _altered(place: str, kind: str, values: list[Value], allowed: float) -> Iterator[Alteration]:
    changed = {}
    for value in values:
        try:
            changed[value.spot] = altered(kind, value.value, value.before, allowed)
        except Same:
            continue
    if changed:
        yield Alteration(place, values[0].places[-1], kind, changed)


def _received(tape: Tape) -> Iterator[tuple[Spot, str, str, Any]]:
    for number, exchange in enumerate(tape):
        if not exchange.function:
            continue
        # what ranks send one another shows in what they return
        warm_up = exchange.message is Run and not _is_fetched(tape, number)
        for asked, (_, arguments, keywords) in enumerate(exchange.asked):
            if not warm_up and exchange.observer != OBSERVER:
                yield Spot(number, asked, ()), exchange.function, "asked", [arguments, keywords]
        if isinstance(exchange.reply, Return) and exchange.value is not None:
            measured = exchange.message is Fetch or exchange.observer
            kind = "measured" if measured else "returned"
            yield Spot(number, -1, ()), exchange.function, kind, exchange.value


def _is_fetched(tape: Tape, number: int) -> bool:
    worker = tape[number].worker
    later = (exchange for exchange in tape[number + 1 :] if exchange.worker == worker)
    return next((exchange.message is Fetch for exchange in later), False)


def _nodes(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """The value itself, and every leaf in it."""
    if not path or not isinstance(value, _CONTAINERS):
        if value is not None:
            yield path, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _nodes(item, (*path, str(key)))
    elif isinstance(value, (list, tuple)):
        for number, item in enumerate(value):
            yield from _nodes(item, (*path, _step(value, number)))


def _step(value: Any, number: int) -> str | int:
    """The step to an item: items of a list are alike, those of a tuple are not."""
    return number if isinstance(value, list) else str(number)


def _replaced(value: Any, values: dict[Spot, Any], spot: Spot) -> Any:
    if spot in values:
        return _replaced(values[spot], {}, spot)
    if type(value) is dict:
        return {
            key: _replaced(item, values, spot._replace(path=(*spot.path, str(key))))
            for key, item in value.items()
        }
    if type(value) in (list, tuple):
        items = (
            _replaced(item, values, spot._replace(path=(*spot.path, _step(value, number))))
            for number, item in enumerate(value)
        )
        return type(value)(items)
    return value.copy() if hasattr(value, "copy") else value
