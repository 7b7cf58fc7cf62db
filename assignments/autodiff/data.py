"""Data for the checks and for the lab: real digits, and expressions made at random.

An expression is data: leaves, and a list of operations, which checks and your engine carry out.
"""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

SHARED = Path(__file__).parents[1] / "shared"  # files of several assignments
LARGEST, SMALLEST = 6.0, 0.2  # of entries; where a derivative is steep, and where one jumps
MOST_ENTRIES = 60
WIDE = 20_000  # entries of an array that is timed
LONG = 10_000  # rows of an array on which one loop takes more steps than all rules together
_CONSTANTS = 4

Node = tuple[str, list[int], dict[str, Any]]  # operation, its inputs by number, its settings


class Digits(NamedTuple):
    """Images to train on and images to test on, one a row; the label is the digit."""

    X: np.ndarray  # (1498, 64), pixels between 0 and 1
    labels: np.ndarray  # (1498,)
    X_test: np.ndarray  # (299, 64)
    labels_test: np.ndarray  # (299,)


class Expression(NamedTuple):
    """Operations on leaves and constants. Inputs are numbered: leaves, constants, then nodes."""

    leaves: list[np.ndarray]  # to differentiate with respect to
    constants: list[Any]  # arrays, floats and ints
    nodes: list[Node]  # the last one is the result
    shape: tuple[int, ...]  # of the result


def digits() -> Digits:
    """The 8 x 8 digits (DIGITS.md); every sixth is a test digit, the same everywhere."""
    with np.load(SHARED / "digits.npz") as archive:
        images, labels = archive["images"] / 16.0, archive["labels"].astype(np.int64)
    test = np.arange(len(labels)) % 6 == 5
    parts = images[~test], labels[~test], images[test], labels[test]
    return Digits(*(read_only(part) for part in parts))


def read_only(array: np.ndarray) -> np.ndarray:
    """The same array, but writing to it raises ValueError."""
    array.setflags(write=False)
    return array


def distinct(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """A read-only array of random signs and sizes between 0.5 and 1.5; no two entries are equal."""
    sizes = rng.uniform(0.5, 1.5, size=shape)
    return read_only(np.asarray(sizes * rng.choice([-1.0, 1.0], size=shape)))


def positive(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """A read-only array of random entries between 0.5 and 1.5."""
    return read_only(np.asarray(rng.uniform(0.5, 1.5, size=shape)))


def network(
    rng: np.random.Generator, B: int, sizes: tuple[int, ...]
) -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
    """Random parameters [W_1, b_1, ...] of a network, B examples, and a label for each."""
    params = []
    for m, k in itertools.pairwise(sizes):
        params += [read_only(distinct(rng, m, k) / np.sqrt(m)), distinct(rng, k)]
    return params, distinct(rng, B, sizes[0]), read_only(rng.integers(sizes[-1], size=B))


# Expressions: only what they compute, in plain numpy; nothing of derivatives
OPERATIONS: dict[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "truediv": lambda a, b: a / b,
    "matmul": lambda a, b: a @ b,
    "neg": lambda a: -a,
    "pow": lambda a, exponent: a**exponent,
    "exp": np.exp,
    "log": np.log,
    "tanh": np.tanh,
    "relu": lambda a: np.maximum(a, 0),
    "sum": np.sum,
    "mean": np.mean,
    "max": np.max,
    "reshape": lambda a, shape: a.reshape(shape),
    "transpose": lambda a, axes: a.transpose(axes),
    "getitem": lambda a, index: a[index],
}
_OF_TWO = ("add", "sub", "mul", "truediv", "matmul")
_OFTEN = ("truediv", "log", "matmul", "matmul", "matmul")  # refused more often than others
_REDUCTIONS = ("sum", "mean", "max")
_OF_ONE: list[tuple[str, tuple[int, ...], dict[str, Any]]] = [
    *((op, (3, 4), {}) for op in ("neg", "exp", "log", "tanh", "relu")),
    *(("pow", (3, 4), {"exponent": exponent}) for exponent in (1, 2, 3, -1, 0.5)),
    *(
        (op, (2, 3, 4), {"axis": axis, "keepdims": keepdims})
        for op in _REDUCTIONS
        for axis in (None, 0, -1, (0, 2))
        for keepdims in (False, True)
    ),
    *(("reshape", (2, 3, 4), {"shape": shape}) for shape in ((4, 6), (-1,))),
    *(("transpose", (2, 3, 4), {"axes": axes}) for axes in ((1, 2, 0), (2, 0, 1))),
    *(("getitem", (3, 4), {"index": index}) for index in (1, slice(None, None, -1))),
    ("getitem", (3, 4), {"index": np.array([2, 0, 2])}),
]
_OF_TWO_SHAPES: list[tuple[str, tuple[int, ...], tuple[int, ...]]] = [
    *(
        (op, first, second)
        for op in ("add", "sub", "mul", "truediv")
        for first, second in (
            ((3, 4), (3, 4)),
            ((3, 1), (1, 4)),
            ((4,), (3, 4)),
            ((3, 4), (3, 1)),
            ((), (4,)),
            ((3, 4), ()),
        )
    ),
    ("matmul", (2, 3), (3, 4)),
    ("matmul", (5, 2, 3), (3, 4)),
    ("matmul", (2, 3), (5, 3, 4)),
]


def random_expression(rng: np.random.Generator, operations: int = 10) -> Expression:
    """A random expression in which every leaf has a part, with broadcasting and shared inputs.

    Its values are of size 1, and no input is near where a derivative jumps or has a pole.
    """
    m, k = (int(n) for n in rng.choice([2, 3, 4, 5], size=2, replace=False))
    shapes = [(m, k), (1, k), (m, 1), (k,), (), (k, 2), (2, m, k)]
    leaves = [distinct(rng, *shapes[i]) for i in rng.permutation(len(shapes))[:4]]
    constants = [2, -1.5, distinct(rng, m, k), distinct(rng, k)]
    values: list[Any] = [*leaves, *constants]
    nodes: list[Node] = []
    while len(nodes) < operations:
        node = _random_node(rng, values, len(leaves))
        if node is not None and (value := _safe_value(node, values)) is not None:
            nodes.append(node)
            values.append(value)
    _tie_together(rng, nodes, values, range(len(leaves), len(leaves) + len(constants)))
    return Expression(leaves, constants, nodes, values[-1].shape)


def value_of(leaves: Any, constants: Any, nodes: Any, *_: Any) -> np.ndarray:
    """The result of an expression in plain numpy, in double precision."""
    values = [np.asarray(x, dtype=float) for x in (*leaves, *constants)]
    for node in nodes:
        values.append(_result(node, values))
    return np.asarray(values[-1])


def each_operation(rng: np.random.Generator, one_form: bool = False) -> list[Expression]:
    """Every operation on its own, with each kind of setting and in each direction of broadcasting,
    also beside a constant. In `one_form` each occurs once, of leaves alone."""
    made = [([distinct(rng, 3, 3)], [], (op, [0, 0], {})) for op in _OF_TWO]
    for op, shape, settings in _OF_ONE:
        entries = positive if op in ("log", "pow") else distinct
        made.append(([entries(rng, *shape)], [], (op, [0], settings)))
    for op, *shapes in _OF_TWO_SHAPES:
        a, b = (distinct(rng, *shape) for shape in shapes)
        made.append(([a, b], [], (op, [0, 1], {})))
        made += [([a], [b], (op, [0, 1], {})), ([b], [a], (op, [1, 0], {}))]
    if one_form:
        made = list({node[0]: (x, c, node) for x, c, node in made if not c}.values())
    return [Expression(x, c, [node], value_of(x, c, [node]).shape) for x, c, node in made]


def wide_expressions(rng: np.random.Generator) -> list[Expression]:
    """Every operation on its own, on arrays of WIDE float32 numbers, about; to be timed."""
    m = int(rng.integers(100, 110))
    n, rows = WIDE // m, rng.integers(m, size=m)
    of_one: list[tuple[str, dict[str, Any]]] = [
        *((op, {}) for op in ("neg", "exp", "log", "tanh", "relu")),
        *((op, {"axis": k, "keepdims": False}) for op in _REDUCTIONS for k in (0, 1, None)),
        *(("pow", {"exponent": exponent}) for exponent in (2, 3, -1)),
        ("reshape", {"shape": (n, m)}),
        ("transpose", {"axes": (1, 0)}),
        ("getitem", {"index": rows}),
        ("getitem", {"index": (slice(None, None, -1), slice(1, None))}),
    ]
    of_two = [(op, (m, n), (m, n)) for op in ("add", "sub", "mul", "truediv")]
    of_two += [("mul", (m, n), (n,)), ("mul", (m, 1), (m, n)), ("mul", (m, n), ())]
    of_two += [("matmul", (m, n), (n, 3)), ("matmul", (4, m, n // 4), (4, n // 4, 3))]
    made = [([positive(rng, m, n)], (op, [0], given)) for op, given in of_one]
    made += [([positive(rng, *a), positive(rng, *b)], (op, [0, 1], {})) for op, a, b in of_two]
    return [
        Expression([x.astype(np.float32) for x in xs], [], [node], _result(node, xs).shape)
        for xs, node in made
    ]


def long_expressions(rng: np.random.Generator) -> list[Expression]:
    """Every operation on its own, on arrays of LONG rows: what loops over rows or entries shows."""
    tall, twice = (LONG, 2), rng.integers(LONG, size=LONG)
    of_one: list[tuple[str, dict[str, Any]]] = [
        *((op, {}) for op in ("neg", "exp", "log", "tanh", "relu")),
        *((op, {"axis": k, "keepdims": False}) for op in _REDUCTIONS for k in (0, 1, None)),
        ("pow", {"exponent": 3}),
        ("reshape", {"shape": (2, LONG)}),
        ("transpose", {"axes": (1, 0)}),
        ("getitem", {"index": twice}),
        ("getitem", {"index": (slice(None, None, -1), 1)}),
    ]
    of_two = [(op, tall, tall) for op in ("add", "sub", "mul", "truediv")]
    of_two += [("mul", tall, (2,)), ("mul", (LONG, 1), tall), ("mul", tall, ())]
    of_two += [("matmul", tall, (2, 3)), ("matmul", (2, LONG), (LONG, 3))]
    of_two += [("matmul", (LONG, 2, 2), (LONG, 2, 1)), ("matmul", (LONG, 2, 2), (2, 1))]
    made = [([positive(rng, *tall)], (op, [0], given)) for op, given in of_one]
    made += [([positive(rng, *a), positive(rng, *b)], (op, [0, 1], {})) for op, a, b in of_two]
    return [Expression(x, [], [node], _result(node, x).shape) for x, node in made]


def _random_node(rng: np.random.Generator, values: list[Any], leaves: int) -> Node | None:
    """An operation on some of the values, one of them not a constant; None if it makes no sense."""
    op = str(rng.choice([*OPERATIONS, *_OFTEN]))
    known = [i for i in range(len(values)) if not leaves <= i < leaves + _CONSTANTS]
    recent = known[-3:] if rng.integers(3) else known
    inputs = [int(rng.choice(recent))]
    if op == "matmul":
        fitting = [i for i in range(len(values)) if _multiply(values[inputs[0]], values[i])]
        inputs += [int(rng.choice(fitting))] if fitting else []
    elif op in _OF_TWO:
        inputs.append(int(rng.integers(len(values))))
        rng.shuffle(inputs)
    settings = _settings(rng, op, np.shape(values[inputs[0]]))
    return None if settings is None or len(inputs) < 1 + (op in _OF_TWO) else (op, inputs, settings)


def _multiply(a: Any, b: Any) -> bool:
    """Whether a @ b is a product of matrices."""
    return min(np.ndim(a), np.ndim(b)) > 1 and np.shape(a)[-1] == np.shape(b)[-2]


def _settings(rng: np.random.Generator, op: str, shape: tuple[int, ...]) -> dict[str, Any] | None:
    """What the operation needs to know beside its inputs; None if the shape does not allow it."""
    axes = [int(k) for k in rng.permutation(len(shape))]
    if op == "pow":
        return {"exponent": int(rng.choice([2, 3, -1]))}
    if op in _REDUCTIONS:
        axis = [None, *axes, tuple(axes[:2])][int(rng.integers(len(axes) + 2))]
        return {"axis": axis if axis != () else None, "keepdims": bool(rng.integers(2))}
    if op == "transpose":
        return {"axes": tuple(axes)} if axes else None
    if op == "reshape":
        return {"shape": (-1, *shape[2:])} if len(shape) > 1 else {"shape": (1, *shape)}
    if op == "getitem":
        return {"index": rng.integers(shape[0], size=3)} if shape else None  # often one twice
    return {}


def _safe_value(node: Node, values: list[Any]) -> Any:
    """The value of the operation; None where it has none, is large, or near a jump or pole."""
    op, inputs, settings = node
    xs = [values[i] for i in inputs]
    smallest = min(float(np.min(np.abs(x))) for x in xs)
    if op in ("truediv", "pow", "relu") and smallest < SMALLEST:
        return None
    if op == "log" and float(np.min(xs[0])) < SMALLEST:
        return None
    if op == "max" and not _is_clear(np.asarray(xs[0])):
        return None
    try:
        value = np.asarray(OPERATIONS[op](*xs, **settings))
    except ValueError:  # these shapes do not go together
        return None
    fits = 0 < value.size <= MOST_ENTRIES and value.ndim <= 3
    return value if fits and float(np.max(np.abs(value))) <= LARGEST else None


def _is_clear(x: np.ndarray) -> bool:
    """No two entries are nearly equal, so that it is clear which is the largest."""
    return x.size < 2 or float(np.min(np.diff(np.sort(x, axis=None)))) > 1e-3


def _tie_together(
    rng: np.random.Generator, nodes: list[Node], values: list[Any], beside: range
) -> None:
    """Add the mean of all that nothing uses yet to the result, each with a factor of its own."""
    used = {i for _, inputs, _ in nodes for i in inputs}
    for i in [i for i in range(len(values) - 1) if i not in used and i not in beside]:
        last, exponent = len(values) - 1, int(rng.integers(1, 4))
        powers: Node = ("pow", [last + 1], {"exponent": exponent})
        for node in (("mean", [i], {}), powers, ("add", [last, last + 2], {})):
            nodes.append(node)
            values.append(_result(node, values))


def _result(node: Node, values: list[Any]) -> np.ndarray:
    op, inputs, settings = node
    return np.asarray(OPERATIONS[op](*(values[i] for i in inputs), **settings))
