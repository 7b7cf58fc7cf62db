"""The calls of a check as a script."""

import contextlib
import io
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.grading.showing.calls import NotedCall, NotedFunction
from autograder.grading.showing.script import Script
from autograder.model.errors import GraderError
from autograder.sandbox.callables import LimitedCallable
from autograder.tests.release.small import mean_of, small_course
from autograder.wire.recipe import Recipe

MINE = "seen = []\ndef mean(x, *more, **named):\n    seen.append([x, more, named])\n"
RESULT = "    return x(2.0) if callable(x) else 5\n"


def ran(tmp_path: Path, calls: list[NotedCall]) -> tuple[list[Any], str]:
    """What the student's function is given by the script of these calls, and what is printed."""
    root = small_course(tmp_path)
    (root / "mine").mkdir()
    (root / "mine" / "mean.py").write_text(MINE + RESULT)
    (root / "assignments" / "mean" / "programs.py").write_text(
        "def twice(module, y):\n    return [module.mean(y), module.mean(y)]\n"
    )
    script = Script("check_x", mean_of(root), root / "mine")
    file = root / "show_x.py"
    file.write_text(script.text(calls))
    if data := script.arrays():
        file.with_suffix(".npz").write_bytes(data)
    before, path, printed = set(sys.modules), sys.path[:], io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(file.read_text(), file, "exec"), {"__file__": str(file)})
        return sys.modules["mean"].seen, printed.getvalue()
    finally:
        sys.path[:] = path
        for name in set(sys.modules) - before:
            del sys.modules[name]


VALUES = (
    *(None, True, 7, "text", b"bytes", 1.5, 2j, range(3), slice(1, 2)),
    *(float("nan"), float("-inf"), np.float32(0.5), np.int64(3), np.bool_(True)),
    *(np.arange(6.0).reshape(2, 3), np.zeros((0, 4), "float32"), np.array([np.nan, np.inf])),
    *(
        np.arange(1000),
        [1, (2.0,), {"a": np.ones(2), 3: []}],
        Recipe(kind="zeros", seed=1, shape=(3,)),
    ),
)


def test_every_value_arrives_as_it_was(tmp_path: Path) -> None:
    """Types, shapes and contents; large arrays come from a file of their own."""
    seen, printed = ran(tmp_path, [NotedCall("mean", False, [value], {}) for value in VALUES])
    for (got, more, named), value in zip(seen, VALUES, strict=True):
        want = value.build() if isinstance(value, Recipe) else value
        assert type(got) is type(want) and (more, named) == ((), {})
        np.testing.assert_equal(got, want)
    assert printed == "mean 5\n" * len(VALUES)
    assert (tmp_path / "show_x.npz").exists() or next(tmp_path.rglob("show_x.npz"))


def test_flags_orders_and_generators_arrive(tmp_path: Path) -> None:
    """An array that may not be changed is such a one; random numbers are the same."""
    fixed = np.asfortranarray(np.arange(6.0).reshape(2, 3))
    fixed.setflags(write=False)
    rngs = [np.random.default_rng(3), np.random.Generator(np.random.MT19937(4))]
    calls = [NotedCall("mean", False, [fixed, *rngs], {"axis": 1})]
    [[x, drawn, named]], _ = ran(tmp_path, calls)
    assert not x.flags.writeable and x.flags.f_contiguous and named == {"axis": 1}
    assert [rng.random() for rng in drawn] == [rng.random() for rng in rngs]


def test_functions_replay_what_they_returned(tmp_path: Path) -> None:
    """To the same arguments only; another question says what to do."""
    noted = NotedFunction(LimitedCallable(lambda x: x * np.ones(2)))
    noted(2.0)
    _, printed = ran(tmp_path, [NotedCall("mean", False, [noted], {})])
    assert printed == "mean [2. 2.]\n"
    other = NotedFunction(LimitedCallable(lambda x: x))
    other(1.0)
    with pytest.raises(LookupError, match="was not asked this before: run autograder show again"):
        ran(tmp_path / "again", [NotedCall("mean", False, [other], {})])


def test_a_function_with_a_state_replays_in_order(tmp_path: Path) -> None:
    """The same question may have had another answer each time; the last round starts anew."""
    answers = iter([1, 2])
    noted = NotedFunction(LimitedCallable(lambda x: next(answers)))
    noted(2.0), noted(2.0)
    _, printed = ran(tmp_path, [NotedCall("twice", True, [noted], {})])
    assert printed == "twice [1, 2]\n"


def test_only_the_first_calls_are_noted() -> None:
    """A function that is called a million times does not fill the script."""
    noted = NotedFunction(LimitedCallable(lambda x: x, at_most=7))
    for i in range(1200):
        assert noted(i) == i
    assert (len(noted.noted), noted.at_most, noted.made) == (1000, 7, 1200)


def test_another_value_is_our_fault(tmp_path: Path) -> None:
    """No check can send one."""
    with pytest.raises(GraderError, match=r"a set cannot be written into a script: use .* --debug"):
        ran(tmp_path, [NotedCall("mean", False, [{1}], {})])


def test_tensors_arrive(tmp_path: Path) -> None:
    """Small and large ones, with their type and whether they need a gradient."""
    torch = pytest.importorskip("torch")
    values = [torch.arange(3.0, requires_grad=True), torch.ones(100, dtype=torch.bfloat16)]
    seen, _ = ran(tmp_path, [NotedCall("mean", False, [value], {}) for value in values])
    for (got, _, _), want in zip(seen, values, strict=True):
        assert got.dtype == want.dtype and got.requires_grad == want.requires_grad
        assert torch.equal(got, want)
