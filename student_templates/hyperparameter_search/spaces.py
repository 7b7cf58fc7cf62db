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
    raise NotImplementedError("part 1.1: a value of a range")


# Task 1.2
def configurations(space: Space, U: Array) -> list[Config]:
    """Return the configurations at points of the unit cube, one for each row of U (n, d).

    Column j belongs to the j-th hyperparameter of the space.
    """
    raise NotImplementedError("part 1.2: configurations at points of the cube")


def random_search(space: Space, n: int, rng: Rng) -> list[Config]:
    """Return n random configurations: those at the points rng.random((n, d)).

    Ref: Bergstra and Bengio, JMLR 2012.
    """
    raise NotImplementedError("part 1.2: random configurations")


def grid(space: Space, k: int) -> list[Config]:
    """Return all combinations of k values of each hyperparameter; the last name varies fastest.

    The values are those in the middle of k equal shares, at u = 1/(2k), 3/(2k), ..., 1 - 1/(2k).
    A range of fewer than k whole numbers has all of them, and a choice has all its values, whatever
    k is. So no configuration is listed twice.
    """
    raise NotImplementedError("part 1.2: a grid")


# Task 1.3
def halton(n: int, d: int) -> Array:
    """Return the points number 1 to n of Halton's sequence in d dimensions, (n, d) float64.

    Entry j of point i is i in base b, the j-th prime number (2, 3, 5, ...), with the digits
    mirrored at the point: 6 = 110 in base 2 becomes 0.011 = 3/8. Point 0 would be a corner.
    Ref: Halton, Numerische Mathematik 1960.
    """
    raise NotImplementedError("part 1.3: Halton's points")


# Task 1.4
class OverBudget(ValueError):
    """More was asked for than is left."""


class Ledger:
    """The account of a search: what may be spent is reserved before it is used.

    `left` is what can still be reserved; at first it is the budget. Amounts are whole numbers,
    such as epochs.
    """

    def __init__(self, budget: int) -> None:
        raise NotImplementedError("part 1.4: a ledger")

    def reserve(self, cost: int) -> Any:
        """Take `cost` from what is left; returns a ticket, of its own for each reservation.

        Raises OverBudget if `cost` is more than is left, and ValueError if it is negative;
        then nothing has changed.
        """
        raise NotImplementedError("part 1.4: a ledger")

    def settle(self, ticket: Any, used: int) -> None:
        """Give back what was reserved with this ticket and not used; the ticket is then spent.

        Raises KeyError for a ticket that is unknown or spent, and ValueError if `used` is negative
        or more than was reserved; then nothing has changed.
        """
        raise NotImplementedError("part 1.4: a ledger")
