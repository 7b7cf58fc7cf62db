"""Bad bytes for the grader's end of the channel: random ones, and frames with something broken.

The property: whatever arrives, the grader gets a value or a ProtocolError, and nothing else.
`ci/fuzz_channel.py` runs this for as long as one likes.
"""

import copy
import random
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np

from autograder.model.outcome import StudentLine
from autograder.wire.codec import Encoder, ProtocolError
from autograder.wire.decode import Decoder
from autograder.wire.messages import (
    PREFIX,
    Callback,
    Missing,
    Raised,
    Ready,
    Refused,
    Return,
    WireMessage,
    lengths,
    pack,
    unpack_for_grader,
)

_ODD: tuple[Any, ...] = (
    None, True, -1, 0, 1, 2**47, 2**63, 2**64, 1e308, "", "x", "F", "0x", "-0x1", "nan", "<f8",
    "<U3", "|O", "<f1", "<i3", "f99", "generator", "recipe", "callable", "tensor", [], [0], [[]],
    [-1], [2**40, 2**40], [0, 2**47, 2**47, 2**47], {}, {"$": []}, {"$": "int"}, {"$": {}},
    {"$": "dict", "items": [[{}, 1]]}, {"$": "dict", "items": [1, "ab", [[], 2]]},
    {"$": "range", "items": [1, 2, 0]}, {"$": "slice", "items": []}, {"$": "tuple", "items": {}},
    {"$": "complex", "items": ["a", 1]}, {"$": "scalar"}, {"$": "bytes", "buffer": 99},
)  # fmt: skip


def examples() -> list[bytes]:
    """Frames as our own worker would send them."""
    encoder = Encoder()
    values = [
        1,
        2**80,
        0.5,
        float("nan"),
        1j,
        "a",
        b"bc",
        None,
        True,
        slice(1, 2),
        range(3),
        {1: 2},
    ]
    arrays = [np.arange(6.0).reshape(2, 3).T, np.float32(1), np.zeros((0, 3)), np.array(7)]
    tree = encoder.encode([*values, *arrays, (1, [2, {"a": [3.0]}])])
    messages: list[WireMessage] = [
        Return(nonce=5, value=tree, observed={"bytes": 3.0}),
        Callback(nonce=5, handle=0, arguments=tree, keywords={"$": "dict", "items": []}),
        Ready(nonce=5),
        Raised(nonce=5, type="ValueError", text="no", traceback=(StudentLine("a.py", 3, "f"),)),
        Missing(nonce=5, name="f", found=("g",)),
        Refused(nonce=5, what="a set"),
    ]
    return [
        b"".join(pack(m, encoder.buffers if isinstance(m, (Return, Callback)) else []))
        for m in messages
    ]


def read(data: bytes) -> Any:
    """Take one frame as the grader does, all of its trees decoded."""
    header, payload = lengths(data[: PREFIX.size].ljust(PREFIX.size, b"\0"))
    start = PREFIX.size + header
    body = data[PREFIX.size : start]
    message, buffers = unpack_for_grader(body, bytearray(data[start : start + payload]))
    decoder = Decoder(buffers)
    if isinstance(message, Return):
        return decoder.decode_all(message.value)
    if isinstance(message, Callback):
        return decoder.decode_all(message.arguments, message.keywords)
    return message


def mutate(rng: random.Random, frames: list[bytes]) -> bytes:
    """Bytes that are not a frame, or only part of one."""
    data = rng.choice(frames)
    change: Callable[[random.Random, bytes], bytes] = rng.choice(
        [_noise, _flipped, _cut, _odd_header, _odd_header, _odd_header, _deep]
    )
    return change(rng, data)


def fuzz(seed: int, rounds: int) -> int:
    """Read `rounds` mutated frames; returns how many were refused.

    Raises AssertionError, with the seed and the bytes, for any exception but ProtocolError.
    """
    rng, frames, refused = random.Random(seed), examples(), 0
    for number in range(rounds):
        data = mutate(rng, frames)
        try:
            read(data)
        except ProtocolError:
            refused += 1
        except BaseException as error:  # the property: there is no other exception
            shown = f"{type(error).__name__}: {error}"
            raise AssertionError(
                f"seed {seed}, round {number}: {shown}\n{data[:2000]!r}"
            ) from error
    return refused


def _noise(rng: random.Random, data: bytes) -> bytes:
    return rng.randbytes(rng.randrange(64))


def _flipped(rng: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _cut(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data))]


def _deep(rng: random.Random, data: bytes) -> bytes:
    depth = rng.choice([30, 40, 1000, 100_000])
    tree = b"[" * depth + b"]" * depth
    header = b'{"kind":"return","nonce":5,"value":' + tree + b"}"
    return PREFIX.pack(len(header), 0) + header


def _odd_header(rng: random.Random, data: bytes) -> bytes:
    """Valid JSON of the right lengths, with odd values at a few places."""
    size, _ = PREFIX.unpack(data[: PREFIX.size])
    tree = msgspec.json.decode(data[PREFIX.size : PREFIX.size + size])
    for _ in range(rng.randint(1, 3)):
        _spoil(rng, tree)
    header = msgspec.json.encode(tree)
    payload = data[PREFIX.size + size :]
    return PREFIX.pack(len(header), len(payload)) + header + payload


def _spoil(rng: random.Random, tree: Any) -> None:
    """Replace one value somewhere in `tree`."""
    while True:
        places = list(tree) if isinstance(tree, dict) else list(range(len(tree)))
        if not places:
            return
        place = rng.choice(places)
        inner = tree[place]
        if not isinstance(inner, (dict, list)) or not inner or rng.random() < 0.2:
            tree[place] = copy.deepcopy(rng.choice(_ODD))
            return
        tree = inner
