"""Calls that take a known amount of memory, to test our own counters before they are trusted.

`grading/budgets/memory_selftest.py` starts a worker that imports `MODULE`.
"""

import sys
from collections.abc import Iterator
from typing import Any

HELD = 100 * 10**6  # bytes

# what a worker of our own imports in place of a submission
MODULE = b"from autograder.worker.known_allocations import generator, plain\n"


def plain() -> int:
    """Hold HELD bytes for a moment."""
    return len(_block())


def generator() -> int:
    """The same, held by a generator that is suspended between two values."""
    return sum(1 for _ in _holding())


def _holding() -> Iterator[int]:
    block = _block()
    yield 1
    yield len(block)


def _block() -> Any:
    """Every page is written to, or the system would not see it; torch's, if it is loaded."""
    torch = sys.modules.get("torch")
    if torch is not None:
        return torch.ones(HELD, dtype=torch.uint8)
    return b"\1" * HELD
