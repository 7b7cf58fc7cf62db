"""Arguments that a call may write to, although it must not: they are compared afterwards.

numpy does more with a read-only array than with another: it copies one in `argmax`. And a program
may write where it can, and only there. So some calls get arrays that can be written to.
"""

from collections.abc import Sequence
from random import Random
from typing import Any

import numpy as np

from autograder.wire.messages import Inspect
from autograder.wire.recipe import Recipe

_MOST_PLACES = 500  # of one array


class Lent:
    """The arrays of one call."""

    def __init__(self, arrays: Sequence[np.ndarray | Recipe]) -> None:
        self.arrays = arrays
        self._expected: list[np.ndarray] = []

    def inspect(self, nonce: int, rng: Random) -> Inspect:
        """The message that asks for entries: for all of a small array."""
        places = []
        for each in self.arrays:
            array = each.build() if isinstance(each, Recipe) else each
            few = min(array.size, _MOST_PLACES)
            places.append(tuple(rng.sample(range(array.size), few)))
            self._expected.append(array.flat[np.array(places[-1], int)])
        return Inspect(nonce=nonce, places=tuple(places))

    def changed(self, found: Any) -> int | None:
        """The first array whose entries are not those that the message asked for, as they were."""
        arrived = found if isinstance(found, list) else []
        for index, expected in enumerate(self._expected):
            entry = arrived[index] if index < len(arrived) else None
            if not isinstance(entry, np.ndarray) or entry.tobytes() != expected.tobytes():
                return index
        return None

    def which(self, index: int) -> str:
        """Which of several arrays that is; empty where there is one."""
        if len(self.arrays) < 2:
            return ""
        shape = self.arrays[index].shape
        return f"it is array {index + 1} of {len(self.arrays)} in the arguments, of shape {shape}"
