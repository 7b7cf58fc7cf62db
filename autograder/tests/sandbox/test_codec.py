"""Values cross the channel unchanged, and what cannot cross is refused with a message."""

import math
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.model.errors import GraderError
from autograder.wire.codec import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_ITEMS,
    MAX_KEY_ITEMS,
    Encoder,
    ProtocolError,
    Unsendable,
)
from autograder.wire.decode import Decoder
from autograder.wire.messages import (
    MAX_HEADER,
    PREFIX,
    CallbackResult,
    Return,
    lengths,
    pack,
    unpack_for_grader,
    unpack_for_worker,
)
from autograder.wire.recipe import recipe


def through_bytes(value: Any) -> Any:
    """The value that the grader gets when a worker returns `value`."""
    encoder = Encoder()
    tree = encoder.encode(value)
    message, buffers = framed(Return(nonce=1, value=tree), encoder, unpack_for_grader)
    return Decoder(buffers).decode(message.value)


def towards_worker(value: Any, callables: Callable[..., Any] | None = None) -> Any:
    """The value that a worker gets when the grader sends `value`."""
    encoder = Encoder(lambda function: {"handle": 3, "most_bytes": 9})
    tree = encoder.encode(value)
    message, buffers = framed(CallbackResult(nonce=1, value=tree), encoder, unpack_for_worker)
    return Decoder(buffers, callables or (lambda handle, most_bytes: len)).decode(message.value)


def framed(message: Any, encoder: Encoder, unpack: Callable[..., Any]) -> Any:
    """Through the bytes of a frame and back."""
    raw = b"".join(pack(message, encoder.buffers))
    header, payload = lengths(raw[: PREFIX.size])
    assert len(raw) == PREFIX.size + header + payload
    start = PREFIX.size + header
    return unpack(raw[PREFIX.size : start], bytearray(raw[start:]))


def same(left: Any, right: Any) -> bool:
    """Equal in type and value, arrays in dtype, shape, order and flag; NaN equals NaN."""
    if type(left) is not type(right):
        return False
    if isinstance(left, np.ndarray):
        flags = (left.flags.writeable, left.flags.c_contiguous or left.flags.f_contiguous)
        return bool(
            left.dtype == right.dtype
            and left.shape == right.shape
            and flags[0] == right.flags.writeable
            and left.tobytes() == right.tobytes()
        )
    if isinstance(left, np.generic):
        return bool(left.dtype == right.dtype and left.tobytes() == right.tobytes())
    if isinstance(left, (list, tuple)):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return list(left) == list(right) and all(same(left[k], right[k]) for k in left)
    if isinstance(left, complex):
        return same(left.real, right.real) and same(left.imag, right.imag)
    if isinstance(left, float):
        return (left == right and math.copysign(1, left) == math.copysign(1, right)) or left != left
    return bool(left == right)


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-(2**4095), 2**4095),
    st.floats(),
    st.complex_numbers(),
    st.text(),
    st.binary(),
)
keys = st.one_of(st.integers(), st.text(), st.tuples(st.integers(), st.booleans()))
numbers = st.integers(-(2**70), 2**70)
plain_dtypes = st.one_of(
    hnp.boolean_dtypes(),
    hnp.integer_dtypes(endianness="?"),
    hnp.unsigned_integer_dtypes(endianness="?"),
    hnp.floating_dtypes(endianness="?"),
    hnp.complex_number_dtypes(endianness="?"),
)
arrays = hnp.arrays(plain_dtypes, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0))
values = st.recursive(
    st.one_of(scalars, arrays, st.builds(range, numbers, numbers, st.integers(1, 2**65))),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(keys, inner, max_size=4),
        st.builds(slice, scalars, scalars, scalars),
    ),
    max_leaves=12,
)


@given(values)
def test_nested_values_come_back_as_they_were(value: Any) -> None:
    """Every listed type survives the round trip, in any nesting, value and type."""
    back = through_bytes(value)
    if isinstance(value, slice):
        back, value = [back.start, back.stop, back.step], [value.start, value.stop, value.step]
    assert repr(back) == repr(value) or same(back, value)


@given(arrays, st.sampled_from("CF"), st.booleans())
def test_arrays_keep_dtype_shape_order_and_flag(
    array: np.ndarray, order: Any, writeable: bool
) -> None:
    """An array arrives with its dtype, shape, order and writeable flag, in both directions."""
    array = np.array(array, order=order)
    array.setflags(write=writeable)
    for back in (through_bytes(array), towards_worker(array)):
        assert same(back, array)
        assert back.flags.f_contiguous == array.flags.f_contiguous
        assert back.flags.c_contiguous == array.flags.c_contiguous
        assert back.flags.aligned
        if array.nbytes and not writeable:
            with pytest.raises(ValueError, match="WRITEABLE"):
                back.setflags(write=True)


@given(hnp.arrays(plain_dtypes, ()))
def test_numpy_scalars_keep_their_type(array: np.ndarray) -> None:
    """A numpy scalar of any plain dtype comes back as the same scalar type."""
    scalar = array[()]
    assert same(through_bytes(scalar), scalar)


@pytest.mark.parametrize("index", [np.s_[::2], np.s_[::-1], np.s_[:, 1], np.s_[1:2, ::3]])
def test_views_arrive_with_their_values(index: Any) -> None:
    """A view that is not contiguous arrives contiguous with equal values."""
    view = np.arange(24.0).reshape(4, 6)[index]
    assert np.array_equal(through_bytes(view), view)


def test_a_dict_may_be_as_deep_as_a_list() -> None:
    """The decoder accepts every value that the encoder sends, whatever the containers are."""
    value: Any = 1
    for _ in range(MAX_DEPTH):
        value = {"a": value}
    assert through_bytes(value) == value
    mixed: Any = 1
    for _ in range(MAX_DEPTH // 4):
        mixed = [({"a": slice(mixed, 0)},)]
    assert through_bytes(mixed) == mixed


def test_generators_and_functions_reach_the_worker() -> None:
    """A Generator arrives as a copy of its state, a function as a stand-in, a recipe built."""
    rng = np.random.Generator(np.random.MT19937(5))
    rng.standard_normal(3)
    copy = towards_worker(rng)
    assert np.array_equal(copy.standard_normal(4), rng.standard_normal(4))
    assert towards_worker([len], lambda handle, most_bytes: {3: max}[handle]) == [max]
    wanted = recipe("standard_normal", seed=7, shape=(3, 2), dtype="float32")
    assert same(towards_worker(wanted), wanted.build())


@pytest.mark.parametrize("kind", ["standard_normal", "uniform", "integers", "zeros", "one_hot"])
def test_recipes_build_the_same_array_twice(kind: str) -> None:
    """A recipe is deterministic, of the dtype it names and as large as it says.

    An unknown kind is refused by name.
    """
    wanted = recipe(kind, seed=1, shape=(5,), dtype="float32", classes=3)
    assert np.array_equal(wanted.build(), wanted.build())
    assert wanted.build().dtype == np.float32
    assert wanted.build().nbytes == wanted.nbytes
    with pytest.raises(GraderError, match="unknown recipe 'normal'; known: standard_normal"):
        recipe("normal", seed=1, shape=(2,))


def circle() -> list[Any]:
    """A list that contains itself."""
    around: list[Any] = []
    around.append(around)
    return around


def iter_nothing() -> Iterator[int]:
    """A generator."""
    yield 1


REFUSED: dict[str, tuple[Any, str, str]] = {
    "generator": (iter_nothing(), "a generator", ""),
    "cyclic list": (circle(), f"a value nested deeper than {MAX_DEPTH} levels", ""),
    "object array": (np.array([None]), "an array of dtype object", ""),
    "structured array": (np.zeros(2, "i4,f8"), "an array of dtype [('f0'", ""),
    "text array": (np.array(["a"]), "an array of dtype <U1", ""),
    "dates": (np.array(["2024-01-01"], "M8[D]"), "an array of dtype datetime64[D]", ""),
    "masked array": (np.ma.masked_array([1.0]), "a MaskedArray (a subclass of ndarray)", ""),
    "matrix": (np.ones((2, 2)).view(type("Mine", (np.ndarray,), {})), "a Mine (a subclass", ""),
    "million digits": ([10**1_000_000], "an int of 3321929 bits", "[0]"),
    "surrogate": ({"a": "\ud800"}, "a string that is not valid Unicode", "['a']"),
    "surrogate key": ({"\ud800": 1}, "a string that is not valid Unicode", " key"),
    "set": ({1}, "a set", ""),
    "function": (len, "a builtin_function_or_method", ""),
    "object": (object(), "an object", ""),
    "class": (sys, "a module", ""),
    "in a slice": (slice({1}), "a set", "[1]"),
    "too large": (np.broadcast_to(np.zeros(1), (10**10,)), "an array of 80000 MB", ""),
    "too many": ([0] * (MAX_ITEMS + 1), f"more than {MAX_ITEMS} separate items", ""),
    "many large": ([np.zeros(MAX_BYTES // 16, "u8")] * 3, "MB of arrays", ""),
    "too many keys": ({(k, 0): 0 for k in range(MAX_KEY_ITEMS // 3 + 1)}, "keys that are no", ""),
    "long text": ("a" * 10_000_000, "10 MB of text and numbers", ""),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_cross_is_named(name: str) -> None:
    """A value that is not plain is refused with its type and its place, never silently changed."""
    value, what, where = REFUSED[name]
    encoder = Encoder()
    with pytest.raises(Unsendable) as refusal:
        tree = encoder.encode(value)
        pack(Return(nonce=1, value=tree), encoder.buffers)
    assert what in refusal.value.what
    assert where in refusal.value.where


def test_as_many_numbers_as_are_allowed_fit_into_a_frame() -> None:
    """A list of floats meets the cap on items, with its own message, before that on text."""
    longest = len(repr(-sys.float_info.min)) + len(",")
    assert MAX_HEADER > longest * MAX_ITEMS + 10_000


def test_the_caps_of_a_frame_are_inclusive() -> None:
    """What the encoder may send at most, padding included, is accepted; one byte more is not."""
    most = MAX_BYTES + 16 * MAX_ITEMS
    assert lengths(PREFIX.pack(MAX_HEADER, most)) == (MAX_HEADER, most)
    for header, payload in ((MAX_HEADER + 1, 0), (0, most + 1)):
        with pytest.raises(ProtocolError, match="a frame of"):
            lengths(PREFIX.pack(header, payload))


def test_text_is_counted_quickly() -> None:
    """A dict with a long key is refused or sent, and its repr is not repeated for every item."""
    key = tuple(range(2000))
    assert through_bytes({key: [0] * 2000}) == {key: [0] * 2000}


settings.register_profile("tests", max_examples=60, deadline=None, derandomize=True)
settings.load_profile("tests")
