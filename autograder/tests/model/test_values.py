"""The walk over nested values."""

from typing import NamedTuple

from autograder.model.values import leaves, map_leaves


class Pair(NamedTuple):
    """A named tuple, as functions of numpy return them."""

    first: int
    second: list[int]


def test_leaves_are_found_at_any_depth_from_left_to_right() -> None:
    """Lists, tuples and dicts are opened; text and None are leaves."""
    assert list(leaves([1, ("ab", {"k": [None, 2.5]}), []])) == [1, "ab", None, 2.5]


def test_the_nesting_stays_when_leaves_are_changed() -> None:
    """Lists, tuples, named tuples and dicts keep their types."""
    value = {"a": [1, (2, 3)], "b": Pair(4, [5])}
    assert map_leaves(lambda leaf: 10 * leaf, value) == {"a": [10, (20, 30)], "b": Pair(40, [50])}
