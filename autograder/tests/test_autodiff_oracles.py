"""The oracle of autodiff against another engine: PyTorch's, which no grading of autodiff needs."""

import operator
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from autograder.sandbox.student_module import import_file

ROOT = Path(__file__).resolve().parents[2]
ORACLES = ROOT / "reference" / "autodiff" / "oracles.py"
EXPRESSIONS = 200

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


def expect_close(left: Any, right: Any) -> None:
    """Equal but for rounding."""
    np.testing.assert_allclose(left, right, rtol=1e-9, atol=1e-9)


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
        expect_close(oracles.value(leaves, constants, nodes), values[-1].detach().numpy())
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
