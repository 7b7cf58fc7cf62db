"""The walk over nested values."""

from collections import defaultdict
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


def test_an_object_of_another_class_is_a_leaf() -> None:
    """Its constructor may take other arguments, and checks must see its type."""
    value = [defaultdict(int, a=1)]
    assert map_leaves(lambda leaf: leaf, value)[0] is value[0]
