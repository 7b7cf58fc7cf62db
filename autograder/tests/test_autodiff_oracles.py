"""Oracle and reference of autodiff against PyTorch's engine, which no grading of autodiff needs."""

import operator
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from autograder.machine.files import import_file

ROOT = Path(__file__).resolve().parents[2]
ORACLES = ROOT / "reference" / "autodiff" / "oracles.py"
EXPRESSIONS = 200
WITHIN = 1e-10  # all is float64, and no sum has more than a few hundred terms
ENGINE = ("operations", "linear", "traced", "tensor", "forward")  # what autodiff.py imports
NETWORKS = ((6, 4), (6, 5, 4), (7, 5, 6, 3))
FUNCTIONS: dict[str, Callable[[Any], Any]] = {  # of programs_functions.py, and torch has them too
    "smooth": lambda x: (x.tanh() * x).sum() + (x * x * x).mean(),
    "rational": lambda x: ((x * x).sum() + 1.0).log() / (x.exp().sum()),
}

pytestmark = pytest.mark.skipif(
    not ORACLES.exists(), reason="NOT TESTED HERE: a student's copy has no reference"
)


@pytest.fixture(scope="module")
def data() -> ModuleType:
    """assignments/autodiff/data.py."""
    return import_file(ROOT / "assignments" / "autodiff" / "data.py", "autodiff_data")


@pytest.fixture(scope="module")
def oracles() -> ModuleType:
    """reference/autodiff/oracles.py."""
    return import_file(ORACLES, "autodiff_oracles")


@pytest.fixture(scope="module")
def engine() -> Iterator[ModuleType]:
    """reference/autodiff/autodiff.py, with the files that it imports."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ORACLES.parent)
        yield import_file(ORACLES.parent / "autodiff.py", "autodiff_of_the_reference")
    for name in ENGINE:
        sys.modules.pop(name, None)


def expect_close(left: Any, right: Any, within: float = WITHIN) -> None:
    """Equal but for rounding."""
    np.testing.assert_allclose(left, right, rtol=within, atol=within)


def in_torch(op: str, xs: list[Any], given: dict[str, Any]) -> Any:
    """The operation, as PyTorch has it; constants become tensors."""
    import torch

    xs = [x if isinstance(x, torch.Tensor) else torch.tensor(np.array(x, float)) for x in xs]
    if op in ("sum", "mean", "max"):
        axis, keepdims = given.get("axis"), given.get("keepdims", False)
        axes = tuple(range(xs[0].ndim)) if axis is None else axis
        function = torch.amax if op == "max" else getattr(torch, op)
        return function(xs[0], dim=axes, keepdim=keepdims) if axes != () else xs[0]
    if op in ("reshape", "transpose"):
        return getattr(torch, {"transpose": "permute"}.get(op, op))(xs[0], *given.values())
    if op in ("exp", "log", "tanh", "relu"):
        return getattr(torch, op)(xs[0])
    return getattr(operator, op)(*xs, *given.values())


def test_complex_steps_agree_with_torch_on_random_expressions(
    data: ModuleType, oracles: ModuleType
) -> None:
    """Values, gradients and tangents of 200 expressions: two ways that share nothing."""
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(7)
    for _ in range(EXPRESSIONS):
        leaves, constants, nodes, shape = data.random_expression(rng)
        seed, directions = (
            rng.standard_normal(shape),
            [rng.standard_normal(x.shape) for x in leaves],
        )
        values: list[Any] = [torch.tensor(np.array(x), requires_grad=True) for x in leaves]
        inputs, values = values, [*values, *constants]
        for op, numbers, given in nodes:
            values.append(in_torch(op, [values[i] for i in numbers], given))
        gradients = torch.autograd.grad(values[-1], inputs, torch.tensor(seed))
        expect_close(data.value_of(leaves, constants, nodes), values[-1].detach().numpy())
        for mine, theirs in zip(
            oracles.gradients(leaves, constants, nodes, seed), gradients, strict=True
        ):
            expect_close(mine, theirs.numpy())
        slope = sum(
            float((g.numpy() * v).sum()) for g, v in zip(gradients, directions, strict=True)
        )
        tangent = oracles.tangent(leaves, constants, nodes, directions)
        expect_close(np.array((seed * tangent).sum()), np.array(slope))


def test_random_expressions_use_every_leaf_and_every_operation(data: ModuleType) -> None:
    """What never occurs would never be checked; and the same seed makes the same expressions."""
    rng, again = np.random.default_rng(3), np.random.default_rng(3)
    seen: Counter[str] = Counter()
    for _ in range(EXPRESSIONS):
        made, same = data.random_expression(rng), data.random_expression(again)
        assert repr(made) == repr(same)
        used = {i for _, numbers, _ in made.nodes for i in numbers}
        assert set(range(len(made.leaves))) <= used
        seen.update(op for op, _, _ in made.nodes)
    assert set(seen) == set(data.OPERATIONS)
    assert min(seen.values()) >= EXPRESSIONS // 10


def test_closed_forms_agree_with_complex_steps(data: ModuleType, oracles: ModuleType) -> None:
    """Chains, the loss and its network: what is done by hand is right as well."""
    rng = np.random.default_rng(5)
    x, ws = data.distinct(rng, 3), [data.distinct(rng, 1) for _ in range(4)]
    nodes: list[Any] = []
    last = 0
    for k in range(4):
        nodes += [("mul", [last, 1 + k], {}), ("tanh", [5 + 2 * k], {})]
        last = 6 + 2 * k
    of_x, *of_ws = oracles.gradients([x, *ws], [], nodes, np.ones(3))
    by_hand, ws_by_hand = oracles.chain_gradients(x, ws)
    expect_close(by_hand, of_x)
    expect_close(np.array(ws_by_hand), np.array(of_ws))
    logits, labels = data.distinct(rng, 5, 4), rng.integers(4, size=5)
    (by_steps,) = oracles.mlp_gradients([np.eye(4), np.zeros(4)], logits, labels)[:1]
    by_loop = logits.T @ oracles.cross_entropy_gradient(logits, labels)
    expect_close(by_steps, by_loop)


def network_in_torch(params: list[Any], X: Any, labels: Any) -> Any:
    """The loss of a network, by torch's own cross-entropy."""
    import torch

    for W, b in zip(params[:-2:2], params[1:-2:2], strict=True):
        X = torch.relu(X @ W + b)
    return torch.nn.functional.cross_entropy(X @ params[-2] + params[-1], torch.tensor(labels))


@pytest.mark.parametrize("size", [1.0, 1e3, 1e5])
def test_the_loss_is_that_of_torch(size: float, engine: ModuleType, oracles: ModuleType) -> None:
    """Value, gradient for a seed and slope along a direction, for logits of size 1 to 1e5."""
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(11)
    logits, v = size * rng.standard_normal((20, 7)), rng.standard_normal((20, 7))
    labels = rng.integers(7, size=20)
    theirs = torch.tensor(logits, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(theirs, torch.tensor(labels))
    (gradient,) = torch.autograd.grad(loss, theirs)

    value, pull = engine.vjp(lambda x: engine.softmax_cross_entropy(x, labels), logits)
    _, slope = engine.jvp(lambda x: engine.softmax_cross_entropy(x, labels), logits, v)
    expect_close(value, loss.item())
    expect_close(pull(2.5), 2.5 * gradient.numpy())
    expect_close(slope, (gradient.numpy() * v).sum())
    expect_close(oracles.cross_entropy(logits, labels), loss.item())
    expect_close(oracles.cross_entropy_gradient(logits, labels), gradient.numpy())


@pytest.mark.parametrize("sizes", NETWORKS)
def test_the_gradient_of_a_network_is_that_of_torch(
    sizes: tuple[int, ...], data: ModuleType, engine: ModuleType, oracles: ModuleType
) -> None:
    """By every parameter and by the examples, of networks of one, two and three layers."""
    torch = pytest.importorskip("torch")
    params, X, labels = data.network(np.random.default_rng(12), 9, sizes)
    inputs = [torch.tensor(np.array(x), requires_grad=True) for x in (*params, X)]
    loss = network_in_torch(inputs[:-1], inputs[-1], labels)
    gradients = [g.numpy() for g in torch.autograd.grad(loss, inputs)]

    leaves = [engine.Tensor(x, requires_grad=True) for x in (*params, X)]
    mine = engine.mlp_loss(leaves[:-1], leaves[-1], labels)
    mine.backward()
    expect_close(mine.data, loss.item())
    for leaf, gradient in zip(leaves, gradients, strict=True):
        expect_close(leaf.grad, gradient)
    for by_steps, gradient in zip(
        oracles.mlp_gradients(params, X, labels), gradients[:-1], strict=True
    ):
        expect_close(by_steps, gradient)


@pytest.mark.parametrize("sizes", NETWORKS)
def test_the_hessian_product_of_a_network_is_that_of_torch(
    sizes: tuple[int, ...], data: ModuleType, engine: ModuleType, oracles: ModuleType
) -> None:
    """By the first matrix, which is behind every layer; so is the oracle's, by hand."""
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(13)
    params, X, labels = data.network(rng, 9, sizes)
    v = rng.standard_normal(params[0].shape)
    others, examples = [torch.tensor(np.array(p)) for p in params[1:]], torch.tensor(np.array(X))
    _, product = torch.autograd.functional.hvp(
        lambda W: network_in_torch([W, *others], examples, labels),
        torch.tensor(np.array(params[0])),
        torch.tensor(v),
    )
    mine = engine.hvp(lambda W: engine.mlp_loss([W, *params[1:]], X, labels), params[0], v)
    expect_close(mine, product.numpy())
    expect_close(oracles.mlp_hessian_product(params, X, labels, v), product.numpy())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_hessian_product_of_a_function_is_that_of_torch(
    name: str, data: ModuleType, engine: ModuleType, oracles: ModuleType
) -> None:
    """Forward over reverse, and second derivatives by hand."""
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(14)
    x, v = data.distinct(rng, 3, 4), rng.standard_normal((3, 4))
    _, product = torch.autograd.functional.hvp(
        FUNCTIONS[name], torch.tensor(np.array(x)), torch.tensor(v)
    )
    expect_close(engine.hvp(FUNCTIONS[name], x, v), product.numpy())
    expect_close(oracles.hessian_product(name, x, v), product.numpy())
