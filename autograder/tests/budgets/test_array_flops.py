"""What the counter of numpy's products sees."""

import itertools
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy import empty, ones

from autograder.worker.observers.array_flops import count_flops, observe

A, B, C = (np.random.default_rng(4).random(shape) for shape in ((3, 4), (4, 5), (5, 2)))
v, w = np.arange(4.0), np.arange(3.0)
batch, other = np.ones((7, 3, 4)), np.ones((7, 4, 5))


def filled(a: np.ndarray, b: np.ndarray) -> Any:
    """With names as a submission imports them."""
    product = empty((3, 5))
    np.matmul(a, b, out=product)
    return ones(3) @ product


PRODUCTS: dict[str, tuple[Callable[..., Any], tuple[Any, ...], int]] = {
    "@": (lambda a, b: a @ b, (A, B), 2 * 3 * 4 * 5),
    "np.matmul": (np.matmul, (A, B), 2 * 3 * 4 * 5),
    "matrix @ vector": (lambda a, x: a @ x, (A, v), 2 * 3 * 4),
    "vector @ matrix": (lambda y, a: y @ a, (w, A), 2 * 3 * 4),
    "vector @ vector": (lambda x, y: x @ y, (v, v), 2 * 4),
    "a stack @ a stack": (lambda a, b: a @ b, (batch, other), 7 * 2 * 3 * 4 * 5),
    "a stack @ a matrix": (lambda a, b: a @ b, (batch, B), 7 * 2 * 3 * 4 * 5),
    "np.dot": (np.dot, (A, B), 2 * 3 * 4 * 5),
    ".dot": (lambda a, b: a.dot(b), (A, B), 2 * 3 * 4 * 5),
    "np.dot of stacks": (np.dot, (batch, B), 7 * 2 * 3 * 4 * 5),
    "np.vdot": (np.vdot, (v, v), 2 * 4),
    "np.inner": (np.inner, (A, B.T), 2 * 3 * 4 * 5),
    "np.outer": (np.outer, (v, w), 2 * 4 * 3),
    "np.tensordot": (lambda a, b: np.tensordot(a, b, 1), (A, B), 2 * 3 * 4 * 5),
    "np.tensordot by axes": (
        lambda a, b: np.tensordot(a, b, ([1], [0])), (A, B), 2 * 3 * 4 * 5,
    ),
    "np.einsum": (lambda a, b: np.einsum("ij,jk->ik", a, b), (A, B), 2 * 3 * 4 * 5),
    "np.einsum without result": (lambda a, b: np.einsum("ij,jk", a, b), (A, B), 2 * 3 * 4 * 5),
    "np.einsum of three": (
        lambda a, b, c: np.einsum("ij,jk,kl->il", a, b, c), (A, B, C), 3 * 3 * 4 * 5 * 2,
    ),
    "np.einsum of three, pair by pair": (
        lambda *all_of: np.einsum("ij,jk,kl", *all_of, optimize=["einsum_path", (0, 1), (0, 1)]),
        (A, B, C),
        2 * 3 * 4 * 5 + 2 * 3 * 5 * 2,
    ),
    "a sum by np.einsum": (lambda a: np.einsum("ij->i", a), (A,), 0),
    "np.linalg.multi_dot": (
        lambda a, b: np.linalg.multi_dot([a, b]), (A, B), 2 * 3 * 4 * 5,
    ),
    "entry by entry": (lambda a: np.exp(a) * a + a.sum(axis=0), (A,), 0),
    "a row of a product, of what is made from it": (
        lambda a, b: np.vstack([a, a[:1]]).copy().astype("f4").T.T[1:] @ b, (A, B), 2 * 3 * 4 * 5,
    ),
    "pieces": (lambda a, b: sum(p @ b for p in np.split(a, 3)), (A, B), 2 * 3 * 4 * 5),
    "arrays that were made plain": (
        lambda a, b: np.asarray(a, float) @ np.ascontiguousarray(np.copy(np.array(b).T)).T,
        (A, B),
        2 * 3 * 4 * 5,
    ),
    "an array filled by a product": (filled, (A, B), 2 * 3 * 4 * 5 + 2 * 3 * 5),
    "in place": (lambda a, b: np.matmul(a * 1, b, out=np.empty((3, 5))), (A, B), 2 * 3 * 4 * 5),
}  # fmt: skip


@pytest.mark.parametrize("name", PRODUCTS)
def test_products_count_by_their_shapes(name: str) -> None:
    """A product of (m, k) and (k, p) is 2 m k p, however it is spelt, and its value is right."""
    function, arguments, flops = PRODUCTS[name]
    value, counted = count_flops(function, *arguments)
    assert counted == flops
    np.testing.assert_allclose(value, function(*arguments))


@pytest.mark.parametrize("name", ["vecdot", "matvec", "vecmat"])
def test_products_of_newer_numpy_count(name: str) -> None:
    """Stacks of vectors and matrices: 2 operations for each pair of entries multiplied."""
    if not hasattr(np, name):
        pytest.skip(f"NOT TESTED HERE: this numpy has no {name}")
    arguments = {"vecdot": (batch, batch), "matvec": (batch, v), "vecmat": (w, batch)}[name]
    assert count_flops(getattr(np, name), *arguments)[1] == 7 * 2 * 3 * 4


def test_einsum_agrees_with_the_products_it_stands_for() -> None:
    """With `optimize`, a chain of three counts as the cheaper of its two orders."""
    _, counted = count_flops(lambda a, b, c: np.einsum("ij,jk,kl", a, b, c, optimize=True), A, B, C)
    orders = (2 * 3 * 4 * 5 + 2 * 3 * 5 * 2, 2 * 4 * 5 * 2 + 2 * 3 * 4 * 2)
    assert counted == min(orders)


def test_matmul_agrees_with_a_loop_over_broadcast_shapes() -> None:
    """For stacks of any broadcast shape, the count is that of the single products in a loop."""
    shapes = [(), (1,), (6,), (2, 1), (2, 6)]
    for left, right in itertools.product(shapes, shapes):
        a, b = np.ones((*left, 3, 4)), np.ones((*right, 4, 5))
        products = np.matmul(a, b)[..., 0, 0].size
        assert count_flops(np.matmul, a, b)[1] == products * 2 * 3 * 4 * 5


def test_values_come_back_plain_and_inputs_stay_as_they_are() -> None:
    """No counting array leaves the call: not in lists, dicts or tuples, nor to a callback."""
    seen: list[type] = []

    def callback(array: Any) -> Any:
        seen.append(type(array))
        return np.eye(4)

    def work(arrays: Any, ask: Any) -> Any:
        return {"list": [arrays["a"] @ ask(arrays["a"])], "tuple": (arrays["a"].T, 3)}

    value, counted = count_flops(work, {"a": A}, callback)
    assert [type(x) for x in (value["list"][0], value["tuple"][0])] == [np.ndarray] * 2
    assert seen == [np.ndarray]
    assert counted == 2 * 3 * 4 * 4
    assert type(A) is np.ndarray


def test_arrays_keep_being_read_only() -> None:
    """What a check sends read-only cannot be written to while it is counted."""
    X = np.ones((2, 2))
    X.setflags(write=False)
    with pytest.raises(ValueError, match="read-only"):
        count_flops(lambda a: a.__setitem__(0, 1.0), X)


def test_each_call_has_a_count_of_its_own() -> None:
    """The observer counts the call it watches, keywords included, and nothing of another one."""
    for _ in range(2):
        value, counts = observe(lambda a, b: a @ b, (A,), {"b": B}, "")
        assert counts == {"flops": 120.0}
    assert value.shape == (3, 5)


def test_plain_arrays_are_not_seen() -> None:
    """The documented gap: products of arrays that were made plain are not counted."""
    assert count_flops(lambda a, b: a.view(np.ndarray) @ b.view(np.ndarray), A, B)[1] == 0


def test_conversions_are_numpy_s_own_again() -> None:
    """What is replaced while a call is counted is put back, also when the call fails."""
    before = np.asarray, np.array
    with pytest.raises(ZeroDivisionError):
        count_flops(lambda a: np.asarray(a) / (1 // 0), A)
    assert (np.asarray, np.array) == before


def test_importing_it_is_cheap() -> None:
    """The lab imports it: nothing but numpy comes with it."""
    code = (
        "import sys, numpy;"
        " from autograder.worker.observers import allocations, array_flops;"
        " sys.exit(bool({'torch', 'msgspec', 'pytest'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
