"""Trees and buffers back to values: the reverse of `codec`, for both sides of the wire.

The decoder trusts nothing: whatever bytes it gets, it returns a value or raises ProtocolError.
"""

import math
import re
import reprlib
from collections.abc import Callable, Sequence
from typing import Any, Literal

import msgspec
import numpy as np

from autograder.wire.codec import (
    MAX_DEPTH,
    MAX_INT_BITS,
    MAX_ITEMS,
    MAX_KEY_ITEMS,
    TENSOR_DTYPES,
    Buffer,
    ProtocolError,
    Tree,
)
from autograder.wire.recipe import Recipe

_TOWARDS_WORKER = ("callable", "recipe", "generator")  # these travel one way only
_PLAIN_DTYPE = re.compile(r"[<>|=]?[biufc][0-9]{1,2}")


class Decoder:
    """Decodes one message. `callables` (worker only) returns the stand-in of a handle,
    whose calls may pass so many bytes.

    With `lend`, read-only arrays are writeable, and are also in `lent`.
    Recipes, Generators and callables only travel towards the worker: the grader's decoder
    (`callables=None`) refuses them.
    """

    def __init__(
        self,
        buffers: Sequence[Buffer],
        callables: Callable[[int, int], Callable[..., Any]] | None = None,
        lend: bool = False,
    ) -> None:
        self._lend, self.lent = lend, list[np.ndarray]()
        self._buffers: list[Buffer | None] = list(buffers)
        self._callables = callables
        self._items = self._key_items = 0

    def decode_all(self, *trees: Tree) -> list[Any]:
        """The values of all trees of a message, to which every buffer must belong: one that
        belongs to none would stay in memory with a small array beside it."""
        values = [self.decode(tree) for tree in trees]
        if any(buffer is not None for buffer in self._buffers):
            raise ProtocolError("a buffer that belongs to no value")
        return values

    def decode(self, tree: Tree, depth: int = 0) -> Any:
        """The value of `tree`. Raises ProtocolError, and nothing else, for bad bytes."""
        self._items += 1
        if depth > MAX_DEPTH + 4 or self._items > MAX_ITEMS:
            raise ProtocolError("nested too deeply, or too many items")
        if isinstance(tree, list):
            return [self.decode(item, depth + 1) for item in tree]
        if not isinstance(tree, dict):
            return tree
        kind = tree.get("$")
        if not isinstance(kind, str):
            raise ProtocolError("an object without a type")
        if kind in _TOWARDS_WORKER and self._callables is None:
            raise ProtocolError(f"a {kind} cannot be sent to the grader")
        decoder = _DECODERS.get(kind)
        if decoder is None:
            raise ProtocolError(f"unknown type {reprlib.repr(kind)}")
        try:
            return decoder(self, tree, depth)
        except (KeyError, TypeError, ValueError, OverflowError, msgspec.ValidationError) as error:
            raise ProtocolError(f"malformed {kind}: {error!s:.200}") from None

    def items(self, tree: Tree, depth: int) -> list[Any]:
        """The decoded `items` of a container."""
        items = tree["items"]
        if not isinstance(items, list):
            raise ProtocolError("items is not a list")
        return [self.decode(item, depth + 1) for item in items]

    def key(self, tree: Tree, depth: int) -> Any:
        """A key of a dict."""
        before = self._items
        key = self.decode(tree, depth)
        if not isinstance(key, str):
            self._key_items += self._items - before
        if self._key_items > MAX_KEY_ITEMS:
            raise ProtocolError("too many keys that are no text")
        return key

    def buffer(self, tree: Tree) -> Buffer:
        """The raw bytes that `tree` points to. Each buffer belongs to one value."""
        number = tree["buffer"]
        if type(number) is not int or not 0 <= number < len(self._buffers):
            raise ProtocolError(f"no buffer {reprlib.repr(number)}")
        buffer, self._buffers[number] = self._buffers[number], None
        if buffer is None:
            raise ProtocolError(f"buffer {number} belongs to two values")
        return buffer

    def array(self, tree: Tree) -> np.ndarray:
        """An ndarray over the frame's own memory; read-only ones cannot be made writeable."""
        dtype = _dtype(tree["dtype"])
        shape, data = self._shaped(tree, dtype, "array")
        order: Literal["C", "F"] = "F" if tree["order"] == "F" else "C"
        if tree["writeable"] or self._lend or not data.nbytes:
            array = np.ndarray(shape, dtype, buffer=data, order=order)
            array.setflags(write=bool(tree["writeable"]))
            return self._lend_out(array)
        # np.ndarray would keep the bytearray, and setflags could make the array writeable
        return np.frombuffer(data.toreadonly(), dtype).reshape(shape, order=order)

    def _lend_out(self, array: np.ndarray) -> np.ndarray:
        """The same array, from now on writeable where it is lent."""
        if self._lend and not array.flags.writeable:
            array.setflags(write=True)
            self.lent.append(array)
        return array

    def tensor(self, tree: Tree) -> Any:
        """A CPU tensor over memory of its own."""
        if tree["dtype"] not in TENSOR_DTYPES:
            raise ProtocolError(f"no tensor dtype {reprlib.repr(tree['dtype'])}")
        try:
            import torch
        except ImportError:
            raise ProtocolError("a tensor, where torch is not installed") from None

        dtype: torch.dtype = getattr(torch, tree["dtype"])
        shape, data = self._shaped(tree, dtype, "tensor")
        flat = torch.empty(0, dtype=dtype)
        if data.nbytes:  # torch takes no empty buffer
            flat = torch.frombuffer(bytearray(data), dtype=dtype)
        tensor = flat.reshape(shape)
        if dtype.is_floating_point or dtype.is_complex:
            tensor.requires_grad_(bool(tree["requires_grad"]))
        return tensor

    def _shaped(self, tree: Tree, dtype: Any, what: str) -> tuple[tuple[int, ...], Buffer]:
        """The shape and the bytes of an array or tensor, which must fit each other."""
        shape, data = _shape(tree["shape"]), self.buffer(tree)
        if dtype.itemsize * math.prod(shape) != data.nbytes:
            raise ProtocolError(f"{data.nbytes} bytes are not a {shape} {what} of {dtype}")
        return shape, data

    def callable(self, tree: Tree) -> Callable[..., Any]:
        """The stand-in for a function of the grader."""
        assert self._callables is not None  # `decode` has looked
        return self._callables(tree["handle"], tree["most_bytes"])

    def recipe(self, tree: Tree) -> np.ndarray:
        """The array that a recipe describes."""
        fields = {key: value for key, value in tree.items() if key != "$"}
        return self._lend_out(msgspec.convert(fields, Recipe).build())

    def generator(self, tree: Tree, depth: int) -> np.random.Generator:
        """A numpy Generator in the state that was sent."""
        state = self.decode(tree["state"], depth + 1)
        bits = getattr(np.random, state["bit_generator"])()
        bits.state = state
        return np.random.Generator(bits)


def _dtype(text: Tree) -> np.dtype[Any]:
    if not isinstance(text, str) or not _PLAIN_DTYPE.fullmatch(text):
        raise ProtocolError(f"{reprlib.repr(text)} is not a plain dtype")
    return np.dtype(text)


def _shape(value: Tree) -> tuple[int, ...]:
    fits = isinstance(value, list) and len(value) <= 32
    if not fits or any(type(n) is not int or not 0 <= n < 2**48 for n in value):
        raise ProtocolError(f"{reprlib.repr(value)} is not a shape")
    return tuple(value)


def _int(decoder: Decoder, tree: Tree, depth: int) -> int:
    text = tree["hex"]
    if not isinstance(text, str) or len(text) > MAX_INT_BITS // 4 + 8:
        raise ProtocolError("not an int")
    return int(text, 16)


def _float(decoder: Decoder, tree: Tree, depth: int) -> float:
    if tree["text"] not in ("nan", "inf", "-inf"):
        raise ProtocolError(f"not a float: {reprlib.repr(tree['text'])}")
    return float(tree["text"])


def _dict(decoder: Decoder, tree: Tree, depth: int) -> dict[Any, Any]:
    # without `items`: the encoder does not count a pair as a level of nesting
    pairs = ((decoder.key(k, depth + 1), decoder.decode(v, depth + 1)) for k, v in tree["items"])
    return dict(pairs)


_DECODERS: dict[str, Callable[[Decoder, Tree, int], Any]] = {
    "int": _int,
    "float": _float,
    "complex": lambda d, t, n: complex(*d.items(t, n)),
    "bytes": lambda d, t, n: bytes(d.buffer(t)),
    "tuple": lambda d, t, n: tuple(d.items(t, n)),
    "dict": _dict,
    "slice": lambda d, t, n: slice(*d.items(t, n)),
    "range": lambda d, t, n: range(*d.items(t, n)),
    "array": lambda d, t, n: d.array(t),
    "scalar": lambda d, t, n: d.array(t).reshape(())[()],
    "tensor": lambda d, t, n: d.tensor(t),
    "callable": lambda d, t, n: d.callable(t),
    "recipe": lambda d, t, n: d.recipe(t),
    "generator": lambda d, t, n: d.generator(t, n),
}
