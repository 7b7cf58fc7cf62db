"""What torch's observers count, where torch is installed."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from autograder.model.verdict import Verdict
from autograder.tests.grading.tiny import Tiny, by_name, check_source, text_of

torch = pytest.importorskip("torch", reason="NOT TESTED: FLOPs and saved bytes need torch")


def flops(function: Callable[..., Any], *arguments: Any) -> float:
    """Counted by the observer."""
    from autograder.worker.observers import torch_flops

    return torch_flops.observe(function, arguments, {}, "")[1]["flops"]


def saved(function: Callable[..., Any], *arguments: Any) -> float:
    """Counted by the observer."""
    from autograder.worker.observers import saved_bytes

    return saved_bytes.observe(function, arguments, {}, "")[1]["bytes"]


def test_flops_are_those_of_the_shapes_forwards_and_backwards() -> None:
    """A product (3, 4) x (4, 5) takes 2*3*4*5, its backward pass twice that, 5 times over."""
    a, b = torch.ones(3, 4, requires_grad=True), torch.ones(4, 5, requires_grad=True)
    assert {flops(lambda: a @ b) for _ in range(5)} == {120.0}
    assert {flops(lambda: (a @ b).sum().backward()) for _ in range(5)} == {360.0}


def test_saved_bytes_are_what_backward_needs_above_the_arguments() -> None:
    """exp saves its result, relu(exp) another; the arguments are there anyway; 5 times over."""
    x = torch.ones(100, requires_grad=True)
    assert {saved(torch.exp, x) for _ in range(5)} == {400.0}
    assert {saved(lambda y: y.exp().relu(), x) for _ in range(5)} == {800.0}
    assert saved(lambda y: y * y, x) == 0.0
    with torch.no_grad():
        assert saved(torch.exp, x) == 0.0


def test_saved_bytes_count_while_they_are_kept() -> None:
    """One graph after the other needs the bytes of one; both at once those of both."""
    x = torch.ones(100, requires_grad=True)

    def one_by_one(y: Any) -> None:
        for _ in range(4):
            y.exp().sum().backward()

    assert saved(one_by_one, x) == 400.0
    assert saved(lambda y: [y.exp() for _ in range(4)], x) == 1600.0


@pytest.mark.parametrize("reentrant", [False, True])
def test_a_checkpoint_saves_less(reentrant: bool) -> None:
    """Of four layers, each computed anew for its backward pass, one at a time is kept."""
    from torch.utils.checkpoint import checkpoint

    def layer(y: Any) -> Any:
        return y.exp().sin().exp().sin().exp().sin().exp().sin()

    def train(y: Any, remat: bool) -> None:
        for _ in range(4):
            y = checkpoint(layer, y, use_reentrant=reentrant) if remat else layer(y)
        y.sum().backward()

    x = torch.zeros(100, requires_grad=True)
    assert saved(train, x, False) >= 2 * saved(train, x, True) > 0


def test_the_unit_of_a_budget_chooses_the_counter(tmp_path: Any) -> None:
    """FLOPs and saved bytes of a graded call, against formulas."""
    tiny = Tiny(tmp_path / "course")
    tiny.toml(
        """
        [budgets.work]
        operations = "2*n*n*n"
        unit = "FLOPs"
        [budgets.kept]
        operations = "4*n*n"
        unit = "saved bytes"
        """,
        call_s=20,
        check_s=60,
        memory='"1 GB"',
    )
    path = tiny.public / "assignment.toml"
    path.write_text('libraries = ["numpy", "torch"]\n' + path.read_text())
    call = "inputs=lambda rng: (rng.random((8, 8)),), sizes={'n': 8})"
    checks = [
        check_source(f"{budget}_{name}", f"budgets.operations('{budget}', student.{name}, {call}")
        for budget in ("work", "kept")
        for name in ("once", "twice")
    ]
    tiny.checks("".join(checks))
    report = tiny.grade("""
        import torch
        def once(x):
            a = torch.tensor(x, dtype=torch.float32, requires_grad=True)
            return (a @ torch.ones(8, 8)).sum().item()
        def twice(x):
            a = torch.tensor(x, dtype=torch.float32, requires_grad=True)
            return (a @ a @ a).sum().item()
    """)
    outcomes = by_name(report)
    for budget, text in (("work", "used 2 048 FLOPs"), ("kept", "used 512 saved bytes")):
        passed, over = outcomes[f"{budget}_once"], outcomes[f"{budget}_twice"]
        assert passed.verdict is Verdict.PASSED, (text_of(passed), passed.staff)
        assert over.verdict is Verdict.OVER_OPERATION_BUDGET, (text_of(over), over.staff)
        assert text in text_of(over)


def test_other_assignments_do_not_import_torch() -> None:
    """The fixture with all its budgets needs numpy only."""
    code = (
        "import sys, autograder.grading.budgets.fixture, autograder.worker.observers.steps;"
        " sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
