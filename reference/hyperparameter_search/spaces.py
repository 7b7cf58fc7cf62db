"""Spaces of configurations, ways to choose from them, and the ledger of a budget.

space    a dict: the name of a hyperparameter and its range, which is one of
             ("uniform", low, high)        a float between low and high
             ("log-uniform", low, high)    a float whose logarithm is uniform, 0 < low
             ("integer", low, high)        a whole number; low and high are among them
             ("choice", a, b, ...)         one of the values a, b, ...
         with low < high; the values of a choice differ
config   a dict: the name of each hyperparameter and its value, in the order of the space
u        a number in [0, 1]; a point of the unit cube has one for each hyperparameter
"""

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np

Array = np.ndarray
Rng = np.random.Generator
Range = tuple[Any, ...]
Space = dict[str, Range]
Config = dict[str, Any]


# Task 1.1
def value_at(span: Range, u: float) -> Any:
    """Return the value of a range at u, which has the share u of the range below it.

        uniform        low + u (high - low)
        log-uniform    low (high / low)^u
        integer        each of low, low + 1, ..., high has an equal share of [0, 1], in this order
        choice         the same for the values, in the order of the range
    0 <= u <= 1; u = 1 belongs to the last share. Numbers never lie outside [low, high], whatever is
    rounded. Raises ValueError for another kind of range.
    """
    ### BEGIN SOLUTION part 1.1: a value of a range
    kind, *values = span
    if kind == "choice":
        return values[_share(u, len(values))]
    low, high = values
    if kind == "integer":
        return low + _share(u, high - low + 1)
    if kind == "uniform":
        value = low + u * (high - low)
    elif kind == "log-uniform":
        value = low * (high / low) ** u
    else:
        raise ValueError(f"{kind!r} is no kind of range")
    return min(max(value, low), high)
    ### END SOLUTION


### BEGIN SOLUTION
def _share(u: float, count: int) -> int:
    """The number, from 0, of the one of `count` equal shares of [0, 1] in which u is."""
    return min(int(u * count), count - 1)


### END SOLUTION


# Task 1.2
def configurations(space: Space, U: Array) -> list[Config]:
    """Return the configurations at points of the unit cube, one for each row of U (n, d).

    Column j belongs to the j-th hyperparameter of the space.
    """
    ### BEGIN SOLUTION part 1.2: configurations at points of the cube
    return [
        {name: value_at(span, u) for (name, span), u in zip(space.items(), row, strict=True)}
        for row in U
    ]
    ### END SOLUTION


def random_search(space: Space, n: int, rng: Rng) -> list[Config]:
    """Return n random configurations: those at the points rng.random((n, d)).

    Ref: Bergstra and Bengio, JMLR 2012.
    """
    ### BEGIN SOLUTION part 1.2: random configurations
    return configurations(space, rng.random((n, len(space))))
    ### END SOLUTION


def grid(space: Space, k: int) -> list[Config]:
    """Return all combinations of k values of each hyperparameter; the last name varies fastest.

    The values are those in the middle of k equal shares, at u = 1/(2k), 3/(2k), ..., 1 - 1/(2k).
    A range of fewer than k whole numbers has all of them, and a choice has all its values, whatever
    k is. So no configuration is listed twice.
    """
    ### BEGIN SOLUTION part 1.2: a grid
    axes = [_axis(span, k) for span in space.values()]
    return [dict(zip(space, values, strict=True)) for values in itertools.product(*axes)]
    ### END SOLUTION


### BEGIN SOLUTION
def _axis(span: Range, k: int) -> list[Any]:
    """The values of one hyperparameter of a grid."""
    kind, *values = span
    if kind == "choice":
        return values
    count = min(k, values[1] - values[0] + 1) if kind == "integer" else k
    return [value_at(span, (i + 0.5) / count) for i in range(count)]


### END SOLUTION


# Task 1.3
def halton(n: int, d: int) -> Array:
    """Return the points number 1 to n of Halton's sequence in d dimensions, (n, d) float64.

    Entry j of point i is i in base b, the j-th prime number (2, 3, 5, ...), with the digits
    mirrored at the point: 6 = 110 in base 2 becomes 0.011 = 3/8. Point 0 would be a corner.
    Ref: Halton, Numerische Mathematik 1960.
    """
    ### BEGIN SOLUTION part 1.3: Halton's points
    bases = list(itertools.islice(_primes(), d))
    return np.array([[_mirrored(i, b) for b in bases] for i in range(1, n + 1)]).reshape(n, d)
    ### END SOLUTION


### BEGIN SOLUTION
def _primes() -> Iterator[int]:
    """2, 3, 5, 7, ..."""
    found: list[int] = []
    for number in itertools.count(2):
        if all(number % prime for prime in found):
            found.append(number)
            yield number


def _mirrored(i: int, b: int) -> float:
    """The digits of i in base b, mirrored at the point."""
    numerator, denominator = 0, 1
    while i:
        i, digit = divmod(i, b)
        numerator, denominator = numerator * b + digit, denominator * b
    return numerator / denominator


### END SOLUTION


# Task 1.4
class OverBudget(ValueError):
    """More was asked for than is left."""


class Ledger:
    """The account of a search: what may be spent is reserved before it is used.

    `left` is what can still be reserved; at first it is the budget. Amounts are whole numbers,
    such as epochs.
    """

    def __init__(self, budget: int) -> None:
        ### BEGIN SOLUTION part 1.4: a ledger
        self.left = budget
        self._reserved: dict[int, int] = {}
        self._numbers = itertools.count()
        ### END SOLUTION

    def reserve(self, cost: int) -> Any:
        """Take `cost` from what is left; returns a ticket, of its own for each reservation.

        Raises OverBudget if `cost` is more than is left, and ValueError if it is negative;
        then nothing has changed.
        """
        ### BEGIN SOLUTION part 1.4: a ledger
        if cost < 0:
            raise ValueError(f"a cost of {cost} is negative")
        if cost > self.left:
            raise OverBudget(f"{cost} were asked for, and {self.left} are left")
        self.left -= cost
        ticket = next(self._numbers)
        self._reserved[ticket] = cost
        return ticket
        ### END SOLUTION

    def settle(self, ticket: Any, used: int) -> None:
        """Give back what was reserved with this ticket and not used; the ticket is then spent.

        Raises KeyError for a ticket that is unknown or spent, and ValueError if `used` is negative
        or more than was reserved; then nothing has changed.
        """
        ### BEGIN SOLUTION part 1.4: a ledger
        reserved = self._reserved[ticket]
        if not 0 <= used <= reserved:
            raise ValueError(f"{used} of {reserved} reserved cannot have been used")
        del self._reserved[ticket]
        self.left += reserved - used
        ### END SOLUTION
