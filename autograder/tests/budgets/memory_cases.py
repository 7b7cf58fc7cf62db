"""Calls that hold a known number of bytes for a known time, and what is counted of them.

    python -m autograder.tests.budgets.memory_cases numpy thread ...    prints counts as JSON

In a process of its own, because torch must not come into the one that runs other tests.
"""

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.worker.observers.allocations import observe

MB = 10**6
SIZES_MB, SECONDS = (1, 10, 100), (0.001, 0.1)
_ITEM = 10_000  # bytes of one object and of its place in a list


def with_numpy(size: int, seconds: float) -> None:
    """An array, every page written."""
    block = np.ones(size, dtype=np.uint8)
    time.sleep(seconds)
    del block


def with_untouched_numpy(size: int, seconds: float) -> None:
    """An array that is never written to."""
    block = np.empty(size, dtype=np.uint8)
    time.sleep(seconds)
    del block


def with_list(size: int, seconds: float) -> None:
    """A list of objects."""
    items: list[Any] = [None] * (size // _ITEM)
    for number in range(len(items)):
        items[number] = b"\1" * (_ITEM - 8 - sys.getsizeof(b""))
    time.sleep(seconds)
    del items


def with_torch(size: int, seconds: float) -> None:
    """A tensor."""
    block = sys.modules["torch"].ones(size, dtype=sys.modules["torch"].uint8)
    time.sleep(seconds)
    del block


def in_generator(hold: Callable[[int, float], None]) -> Callable[[int, float], None]:
    """The same, only while a generator is suspended."""

    def suspended(size: int) -> Iterator[None]:
        block = _block_of(hold, size)
        yield
        del block
        yield

    def run(size: int, seconds: float) -> None:
        for _ in suspended(size):
            time.sleep(seconds)

    return run


def in_threads(hold: Callable[[int, float], None]) -> Callable[[int, float], None]:
    """The same, half in each of two threads at once."""

    def part(size: int, seconds: float, both: threading.Barrier) -> None:
        block = _block_of(hold, size)
        both.wait()
        time.sleep(seconds)
        both.wait()
        del block

    def run(size: int, seconds: float) -> None:
        both = threading.Barrier(2)
        threads = [threading.Thread(target=part, args=(size // 2, seconds, both)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    return run


def _block_of(hold: Callable[[int, float], None], size: int) -> Any:
    if hold is with_torch:
        return sys.modules["torch"].ones(size, dtype=sys.modules["torch"].uint8)
    return np.ones(size, dtype=np.uint8)


def views(size: int, seconds: float) -> Any:
    """A tensor seen through views, and by numpy."""
    whole = sys.modules["torch"].ones(size, dtype=sys.modules["torch"].uint8)
    return whole[1:].view(-1), whole.numpy()


def of_numpy(size: int, seconds: float) -> Any:
    """An array that torch sees too."""
    torch = sys.modules["torch"]
    block = np.ones(size, dtype=np.uint8)
    return torch.from_numpy(block)[1:], torch.as_tensor(block).reshape(-1, 1), block


def one_after_the_other(size: int, seconds: float) -> None:
    """An array, then a tensor, then an array again: never two at once."""
    for hold in (with_numpy, with_torch, with_numpy):
        hold(size, seconds)


def both_at_once(size: int, seconds: float) -> None:
    """Half an array and half a tensor."""
    block = np.ones(size // 2, dtype=np.uint8)
    with_torch(size // 2, seconds)
    del block


def from_a_list(size: int, seconds: float) -> Any:
    """A tensor that torch.tensor makes of Python's numbers, which are half of it."""
    return sys.modules["torch"].tensor([1.0] * (size // 16), dtype=sys.modules["torch"].float64)


def kept_for_backward(size: int, seconds: float) -> Any:
    """Results that only autograd keeps, and gradients: four arrays of a quarter at the peak."""
    torch = sys.modules["torch"]
    weight = torch.ones(size // 16, requires_grad=True)
    loss = weight.exp().exp().sum()
    loss.backward()
    return None


NUMPY: dict[str, Callable[[int, float], Any]] = {
    "numpy": with_numpy,
    "untouched numpy": with_untouched_numpy,
    "list": with_list,
    "generator": in_generator(with_numpy),
    "threads": in_threads(with_numpy),
}
TORCH: dict[str, Callable[[int, float], Any]] = {
    "torch": with_torch,
    "torch generator": in_generator(with_torch),
    "torch threads": in_threads(with_torch),
    "views": views,
    "of numpy": of_numpy,
    "one after the other": one_after_the_other,
    "both at once": both_at_once,
    "from a list": from_a_list,
    "kept for backward": kept_for_backward,
}


def counted(case: Callable[[int, float], Any], size: int, seconds: float) -> float:
    """Logical bytes of a case, after one that warms up."""
    case(100_000, 0.0)
    _, counts = observe(case, (size, seconds), {}, "")
    return counts["bytes"]


def main(names: list[str]) -> None:
    """Print what is counted, in MB: name -> size and seconds -> counted."""
    if any(name in TORCH for name in names):
        import torch

        torch.set_num_threads(1)
    found = {
        f"{name}, {size} MB, {seconds} s": counted((NUMPY | TORCH)[name], size * MB, seconds) / MB
        for name in names
        for size in SIZES_MB
        for seconds in SECONDS
    }
    print(json.dumps({"torch": "torch" in sys.modules, "counted": found}))


if __name__ == "__main__":
    main(sys.argv[1:])
