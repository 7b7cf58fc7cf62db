"""The one walk over values: nested lists, tuples and dicts of numbers, arrays and tensors.

Used wherever a value is summarised, compared, altered or measured. Imports neither numpy nor torch.
"""

from collections.abc import Callable, Iterator
from typing import Any


def leaves(value: Any) -> Iterator[Any]:
    """Everything inside `value` that is not a list, a tuple or a dict, from left to right."""
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from leaves(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from leaves(item)
    else:
        yield value


def map_leaves(change: Callable[[Any], Any], value: Any) -> Any:
    """The same nesting, with `change(leaf)` in place of each leaf.

    It is of lists, tuples, named tuples and dicts; an object of another class of these is a leaf.
    """
    if type(value) in (list, tuple) or hasattr(value, "_fields"):
        items = [map_leaves(change, item) for item in value]
        return type(value)(*items) if hasattr(value, "_fields") else type(value)(items)
    if type(value) is dict:
        return {key: map_leaves(change, item) for key, item in value.items()}
    return change(value)


_ITEM = 300  # bytes of one item in lists: text, tree and object


def own_bytes(leaf: Any) -> int:
    """Of an array, a tensor or a text: the bytes of its content; 0 for what is small."""
    return len(leaf) if isinstance(leaf, (str, bytes)) else int(getattr(leaf, "nbytes", 0))


def weight(value: Any, of_leaf: Callable[[Any], int] = own_bytes) -> int:
    """About the bytes that a value takes in a process, or in a channel and on both sides of it."""
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, (list, tuple)):
        return _ITEM + sum(weight(item, of_leaf) for item in value)
    return _ITEM + of_leaf(value)


def is_tensor(value: Any) -> bool:
    """Whether it is one of torch's tensors, without importing torch."""
    return type(value).__module__ == "torch" and hasattr(value, "detach")
