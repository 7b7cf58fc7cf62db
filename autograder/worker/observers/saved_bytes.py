"""Observer in the worker: bytes that torch's autograd keeps for the backward pass, at their peak.

Tensors that a reentrant checkpoint computes again count while they are kept. Tensors under a non-
reentrant checkpoint, or under other `saved_tensors_hooks`, are not seen. Storages count once each,
and those of the arguments not at all.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

import torch
from torch.autograd.graph import saved_tensors_hooks

from autograder.model.values import leaves
from autograder.worker.observers import Counted


class _Kept:
    """A saved tensor, for as long as the graph holds it."""

    def __init__(self, tensor: torch.Tensor, ledger: "_Ledger") -> None:
        self.tensor, self._ledger = tensor, ledger
        self._storage = _storage(tensor)
        ledger.add(self._storage)

    def __del__(self) -> None:
        self._ledger.remove(self._storage)


class _Ledger:
    """Which storages are kept, and how many bytes they have."""

    def __init__(self, spared: set[tuple[int, int]]) -> None:
        """`spared` exist anyway."""
        self._spared, self._held = spared, Counter[tuple[int, int]]()
        self._live = self.peak = 0

    def add(self, storage: tuple[int, int]) -> None:
        """One more tensor keeps that storage."""
        self._held[storage] += 1
        if self._held[storage] == 1 and storage not in self._spared:
            self._live += storage[1]
            self.peak = max(self.peak, self._live)

    def remove(self, storage: tuple[int, int]) -> None:
        """One tensor less keeps it."""
        self._held[storage] -= 1
        if not self._held[storage] and storage not in self._spared:
            self._live -= storage[1]


def observe(function: Callable[..., Any], arguments: Any, keywords: Any, folder: str) -> Counted:
    """Call `function`; the peak of saved `bytes`."""
    given = (leaf for leaf in leaves([arguments, keywords]) if isinstance(leaf, torch.Tensor))
    ledger = _Ledger(set(map(_storage, given)))
    with saved_tensors_hooks(lambda tensor: _Kept(tensor, ledger), lambda kept: kept.tensor):
        value = function(*arguments, **keywords)
    return value, {"bytes": float(ledger.peak)}


def _storage(tensor: torch.Tensor) -> tuple[int, int]:
    storage = tensor.untyped_storage()
    return storage.data_ptr(), storage.nbytes()
