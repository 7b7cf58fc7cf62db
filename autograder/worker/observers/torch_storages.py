"""The memory of torch's tensors, which tracemalloc does not see. Imports torch.

Seen are the storages of everything that operators return, forward and backward, on the CPU. Not
seen: what an operator allocates and frees again inside itself.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode

from autograder.model.values import leaves
from autograder.worker.observers.timeline import CountedStorage, Timeline

_MARK = "_autograder_counted"


@contextmanager
def torch_counted(timeline: Timeline) -> Iterator[None]:
    """Count the storages that appear meanwhile, in this thread and in those that it starts."""
    with _in_threads(lambda: _Counting(timeline)), _Counting(timeline):
        yield


class _Counting(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Sees every operator of one thread, after its views and composites are resolved."""

    def __init__(self, timeline: Timeline) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._timeline = timeline

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """Returns False: otherwise torch imports its compiler, which takes seconds and 60 MB."""
        return False

    def __torch_dispatch__(
        self, func: Any, types: Any, args: Any = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Run the operator, then count what is new among the storages it returns."""
        self._timeline.note()
        value = func(*args, **(kwargs or {}))
        with self._timeline.recording() as added:
            for storage in _storages(value):
                counted = vars(storage).get(_MARK)
                if counted is not None:
                    self._resized(storage, counted)
                elif _is_torchs_own(storage) and not _existed(func, storage, args, kwargs):
                    counted = self._timeline.add(storage.nbytes())
                    setattr(storage, _MARK, counted)
                    added.append(counted)
        return value

    def _resized(self, storage: torch.UntypedStorage, counted: CountedStorage) -> None:
        if counted.timeline is self._timeline and counted.size != storage.nbytes():
            self._timeline.change(counted, storage.nbytes())


def _is_torchs_own(storage: torch.UntypedStorage) -> bool:
    """Neither memory of numpy or Python, which tracemalloc counts, nor a mere shape."""
    return storage.resizable() and storage.device.type == "cpu"


def _existed(func: Any, storage: torch.UntypedStorage, args: Any, kwargs: Any) -> bool:
    """Whether the operator was given this storage: its value is a view, or it works in place.

    `torch.tensor` makes its storage unseen, and then has it lifted.
    """
    if func is torch.ops.aten.lift_fresh.default:
        return False
    return any(given is storage for given in _storages((args, kwargs)))


def _storages(value: Any) -> Iterator[torch.UntypedStorage]:
    """The storages of all tensors in nested lists, tuples and dicts."""
    for leaf in leaves(value):
        if isinstance(leaf, torch.Tensor):
            for dense in _dense_parts(leaf):
                yield dense.untyped_storage()


def _dense_parts(tensor: torch.Tensor) -> tuple[torch.Tensor, ...]:
    if tensor.layout is torch.strided:
        return (tensor,)
    if tensor.layout is torch.sparse_coo:
        return tensor._indices(), tensor._values()
    if tensor.layout in (torch.sparse_csr, torch.sparse_bsr):
        return tensor.crow_indices(), tensor.col_indices(), tensor.values()
    if tensor.layout in (torch.sparse_csc, torch.sparse_bsc):
        return tensor.ccol_indices(), tensor.row_indices(), tensor.values()
    return ()  # another library keeps its memory


@contextmanager
def _in_threads(make_mode: Callable[[], _Counting]) -> Iterator[None]:
    """Modes are a thread's own: enter one in every thread that starts meanwhile.

    It must be left in the thread as well: torch crashes when a thread ends within a mode.
    """
    start = threading.Thread.start

    def start_counted(thread: threading.Thread) -> None:
        run = thread.run

        def run_counted() -> None:
            with make_mode():
                run()

        thread.run = run_counted  # type: ignore[method-assign]
        start(thread)

    threading.Thread.start = start_counted  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        threading.Thread.start = start  # type: ignore[method-assign]
