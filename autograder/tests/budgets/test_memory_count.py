"""What the counter of memory sees, each time in a process of its own."""

import importlib.util
import json
import subprocess
import sys
from typing import Any

import pytest

from autograder.tests.budgets.memory_cases import NUMPY, SECONDS, SIZES_MB, TORCH

_EXACT_MB = 0.3
needs_torch = pytest.mark.skipif(
    importlib.util.find_spec("torch") is None,
    reason="NOT TESTED HERE: torch is not installed, so no count of its memory is proved",
)


def counted(names: list[str]) -> dict[str, Any]:
    """What a fresh interpreter counts of these cases."""
    command = [sys.executable, "-m", "autograder.tests.budgets.memory_cases", *names]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def of_numpy() -> dict[str, Any]:
    """All cases without torch."""
    return counted(list(NUMPY))


@pytest.fixture(scope="module")
def of_torch() -> dict[str, Any]:
    """All cases with torch."""
    return counted(list(TORCH))


def require_exact(found: dict[str, Any], name: str) -> None:
    """Every size and duration of the case is counted as what it is."""
    for size in SIZES_MB:
        for seconds in SECONDS:
            count = found["counted"][f"{name}, {size} MB, {seconds} s"]
            assert count == pytest.approx(size, abs=_EXACT_MB)


@pytest.mark.parametrize("name", NUMPY)
def test_arrays_and_objects_are_counted_exactly(of_numpy: dict[str, Any], name: str) -> None:
    """1, 10 and 100 MB for 1 and 100 ms: within 0.3 MB, in generators and threads too."""
    require_exact(of_numpy, name)


@needs_torch
@pytest.mark.parametrize("name", TORCH)
def test_tensors_are_counted_exactly(of_torch: dict[str, Any], name: str) -> None:
    """The same for torch: views and memory shared with numpy once, what autograd keeps as well."""
    require_exact(of_torch, name)


def test_torch_is_imported_by_nobody_but_the_assignment(of_numpy: dict[str, Any]) -> None:
    """Counting the memory of numpy leaves torch out of the process."""
    assert of_numpy["torch"] is False
