"""Values to JSON trees plus raw buffers, for both sides of the wire; `decode` reverses it.

A tree is JSON: plain scalars and lists stand for themselves, everything else is an object
whose key `$` names its type. Array bytes travel beside the tree as buffers. Never pickle.
"""

import math
import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.wire.recipe import Recipe

Tree = Any
Buffer = memoryview

MAX_DEPTH = 32
# of one frame: what its reader takes for it stays within a few times as much
MAX_ITEMS = 250_000
MAX_BYTES = 64 * 2**20  # of all buffers
MAX_ASKED_BYTES = 2**20  # the same, of what a submission passes to a function of the check
MAX_KEY_ITEMS = 5_000  # in keys of dicts that are no text: all of them may have the same hash
MAX_INT_BITS = 4096
_PLAIN_KINDS = "biufc"  # bool, int, unsigned, float, complex
# the others (quantised, bits) are not plain numbers, and printing some of them crashes torch
TENSOR_DTYPES = (
    *("bool", "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64"),
    *("float16", "bfloat16", "float32", "float64", "complex64", "complex128"),
)


class ProtocolError(Exception):
    """The bytes from the worker are not a frame that our own code would have sent."""


class Unsendable(Exception):
    """A value cannot be sent: `what` it is, and `where` inside the sent value.

    `by_type`: no value of its type can be sent; others are too large, or hold more than numbers.
    """

    def __init__(self, what: str, where: str = "", by_type: bool = False) -> None:
        super().__init__(what, where)
        self.what, self.where, self.by_type = what, where, by_type


class Encoder:
    """Encodes one message; `callables` describes a function to the worker where that is allowed."""

    def __init__(
        self,
        callables: Callable[[Callable[..., Any]], Tree] | None = None,
        most_bytes: int = MAX_BYTES,
    ) -> None:
        self.buffers: list[Buffer] = []
        self.read_only: list[np.ndarray | Recipe] = []  # the arrays that are, in their order
        self._bytes, self._most_bytes = 0, most_bytes
        self._items = self._key_items = 0
        self._callables = callables

    def encode(self, value: Any, where: str = "", depth: int = 0) -> Tree:
        """The tree of `value`. Raises Unsendable for what cannot cross."""
        self._items += 1
        if depth > MAX_DEPTH:
            raise Unsendable(
                f"a value nested deeper than {MAX_DEPTH} levels (does it contain itself?)"
            )
        if self._items > MAX_ITEMS:
            raise Unsendable(f"more than {MAX_ITEMS} separate items (use an array)")
        encoder = _ENCODERS.get(type(value))
        if encoder:
            return encoder(self, value, where, depth)
        return self._encode_special(value, where, depth)

    def _encode_special(self, value: Any, where: str, depth: int) -> Tree:
        if isinstance(value, np.generic):
            return self.array(np.asarray(value), where) | {"$": "scalar"}
        if isinstance(value, Recipe):
            self.read_only += [] if value.writeable else [value]
            return {"$": "recipe"} | {f: getattr(value, f) for f in value.__struct_fields__}
        torch = sys.modules.get("torch")
        if torch is not None and type(value) in (torch.Tensor, torch.nn.Parameter):
            return self._tensor(value, where)
        for plain in (tuple, list, dict):  # a named tuple is a tuple, an OrderedDict a dict
            if isinstance(value, plain):
                return _ENCODERS[plain](self, plain(value), where, depth)
        if callable(value) and self._callables:
            return {"$": "callable"} | self._callables(value)
        raise Unsendable(_describe(value), where, by_type=True)

    def buffer(self, data: Any) -> int:
        """Append raw bytes; returns their number in the frame."""
        view = memoryview(data).cast("B") if len(memoryview(data)) else memoryview(b"")
        self._bytes += view.nbytes
        if self._bytes > self._most_bytes:
            most = f"{self._most_bytes / 1e6:.0f} MB"
            raise Unsendable(f"{self._bytes / 1e6:.0f} MB of arrays (at most {most} can be sent)")
        self.buffers.append(view)
        return len(self.buffers) - 1

    def key(self, value: Any, where: str, depth: int) -> Tree:
        """The tree of a key of a dict."""
        before = self._items
        tree = self.encode(value, f"{where} key", depth)
        if not isinstance(value, str):
            self._key_items += self._items - before
        if self._key_items > MAX_KEY_ITEMS:
            raise Unsendable(f"dicts with more than {MAX_KEY_ITEMS} keys that are no text", where)
        return tree

    def array(self, value: np.ndarray, where: str) -> dict[str, Tree]:
        """An ndarray: its bytes as a buffer, the rest in the tree."""
        if value.dtype.kind not in _PLAIN_KINDS:
            raise Unsendable(f"an array of dtype {value.dtype}", where)
        self.read_only += [] if value.flags.writeable else [value]
        fortran = value.flags.f_contiguous and not value.flags.c_contiguous
        if value.nbytes > MAX_BYTES:
            raise Unsendable(f"an array of {value.nbytes / 1e6:.0f} MB", where)
        flat = (value.T if fortran else np.ascontiguousarray(value)).reshape(-1).view(np.uint8)
        return {
            "$": "array",
            "dtype": value.dtype.str,
            "shape": list(value.shape),
            "order": "F" if fortran else "C",
            "writeable": bool(value.flags.writeable),
            "buffer": self.buffer(flat.data),
        }

    def _tensor(self, value: Any, where: str) -> Tree:
        import torch

        if value.device.type != "cpu" or value.layout is not torch.strided:
            raise Unsendable(f"a tensor on {value.device} ({value.layout})", where)
        dtype = str(value.dtype).removeprefix("torch.")
        if dtype not in TENSOR_DTYPES:
            raise Unsendable(f"a tensor of dtype {dtype}", where)
        size = value.numel() * value.element_size()
        if size > MAX_BYTES:
            raise Unsendable(f"a tensor of {size / 1e6:.0f} MB", where)
        values = value.detach().resolve_conj().resolve_neg().contiguous()
        plain = values.reshape(-1).view(torch.uint8)
        return {
            "$": "tensor",
            "dtype": dtype,
            "shape": list(value.shape),
            "requires_grad": bool(value.requires_grad),
            "buffer": self.buffer(plain.numpy().data),
        }


def _encode_int(encoder: Encoder, value: int, where: str, depth: int) -> Tree:
    if value.bit_length() < 63:
        return value
    if value.bit_length() > MAX_INT_BITS:
        raise Unsendable(f"an int of {value.bit_length()} bits", where)
    return {"$": "int", "hex": hex(value)}


def _encode_float(encoder: Encoder, value: float, where: str, depth: int) -> Tree:
    return value if math.isfinite(value) else {"$": "float", "text": str(value)}


def _encode_str(encoder: Encoder, value: str, where: str, depth: int) -> Tree:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise Unsendable("a string that is not valid Unicode", where) from None
    return value


def _encode_items(encoder: Encoder, value: Sequence[Any], where: str, depth: int) -> list[Tree]:
    return [encoder.encode(v, f"{where}[{i}]", depth + 1) for i, v in enumerate(value)]


def _encode_dict(encoder: Encoder, value: dict[Any, Any], where: str, depth: int) -> Tree:
    pairs = [
        [
            encoder.key(k, where, depth + 1),
            encoder.encode(v, f"{where}[{k!r}]", depth + 1),
        ]
        for k, v in value.items()
    ]
    return {"$": "dict", "items": pairs}


def _encode_parts(kind: str, parts: Callable[[Any], Sequence[Any]]) -> "_Encode":
    """The encoder of a type that is made from its `parts`, in order."""
    return lambda e, v, w, d: {"$": kind, "items": _encode_items(e, parts(v), w, d)}


def _encode_generator(encoder: Encoder, value: Any, where: str, depth: int) -> Tree:
    state = encoder.encode(value.bit_generator.state, where, depth + 1)
    return {"$": "generator", "state": state}


_Encode = Callable[[Encoder, Any, str, int], Tree]
_ENCODERS: dict[type, _Encode] = {
    type(None): lambda e, v, w, d: None,
    bool: lambda e, v, w, d: v,
    int: _encode_int,
    float: _encode_float,
    complex: _encode_parts("complex", lambda v: (v.real, v.imag)),
    str: _encode_str,
    bytes: lambda e, v, w, d: {"$": "bytes", "buffer": e.buffer(v)},
    list: _encode_items,
    tuple: _encode_parts("tuple", lambda v: v),
    dict: _encode_dict,
    slice: _encode_parts("slice", lambda v: (v.start, v.stop, v.step)),
    range: _encode_parts("range", lambda v: (v.start, v.stop, v.step)),
    np.ndarray: lambda e, v, w, d: e.array(v, w),
    np.random.Generator: _encode_generator,
}


def _describe(value: Any) -> str:
    kind = type(value)
    if isinstance(value, np.ndarray):
        return f"a {kind.__name__} (a subclass of ndarray)"
    name = kind.__qualname__
    if kind.__module__ != "builtins":
        name = f"{kind.__module__}.{name}"
    article = "an" if name[0] in "aeiou" else "a"
    return f"{article} {name}"
