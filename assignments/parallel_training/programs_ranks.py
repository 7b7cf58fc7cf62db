"""What the checks of parts 3 to 5 run beside your code, on each rank.

Your function gets collectives from here, so that it does not depend on yours. They send straight
from rank to rank: as many messages and bytes as on a ring, by other ways.
"""

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

import numpy as np

Array = np.ndarray
Arrays = list[Array]


def reduce_scatter(comm: Any, x: Array) -> Array:
    """Chunk r of the sum of x (n,) over the ranks; N - 1 messages a rank."""
    chunks = np.array_split(x, comm.size)
    total = chunks[comm.rank].copy()
    for other in _others(comm):
        comm.send(other, chunks[other])
    for other in _others(comm):
        total += comm.recv(other)
    return total


def all_gather(comm: Any, chunk: Array) -> Array:
    """The chunks of all ranks, one after the other; N - 1 messages a rank."""
    for other in _others(comm):
        comm.send(other, chunk)
    ranks = range(comm.size)
    return np.concatenate([chunk if r == comm.rank else comm.recv(r) for r in ranks])


def all_reduce(comm: Any, x: Array) -> Array:
    """The sum of x (n,) over the ranks, with the same bits on each; 2(N - 1) messages a rank."""
    return all_gather(comm, reduce_scatter(comm, x))


def _others(comm: Any) -> list[int]:
    return [rank for rank in range(comm.size) if rank != comm.rank]


# Part 3
def accumulated(student: ModuleType, params: Arrays, X: Array, Y: Array, size: int) -> Any:
    """What accumulate returns for losses x y sum(w) of each example."""

    def gradient(params: Arrays, X: Array, Y: Array) -> Arrays:
        return [np.full_like(w, np.sum(X * Y)) for w in params]

    return student.accumulate(gradient, params, X, Y, size)


def ddp_step(student: ModuleType, comm: Any, *arguments: Any) -> Any:
    """The parameters after a step."""
    return student.ddp_step(comm, *arguments, all_reduce)


def weighted_ddp_step(student: ModuleType, comm: Any, *arguments: Any) -> Any:
    """The parameters after a step with the valid examples."""
    return student.weighted_ddp_step(comm, *arguments, all_reduce)


def local_sgd(student: ModuleType, comm: Any, *arguments: Any) -> Any:
    """The parameters after all steps."""
    return student.local_sgd(comm, *arguments, all_reduce)


# Part 4
def shared_memory(student: ModuleType, arrays: Arrays, N: int) -> list[bool]:
    """Whether the flat array, and the shard of each rank, share memory with the arrays."""
    results = [student.flat_padded(arrays, N)]
    results += [student.flat_shard(arrays, rank, N) for rank in range(N)]
    return [any(np.shares_memory(result, a) for a in arrays) for result in results]


def clip_shard(student: ModuleType, comm: Any, shard: Array, max_norm: float) -> Any:
    """The shard of the clipped gradient, and the norm."""
    return student.clip_shard(comm, shard, max_norm, all_reduce)


def adam_steps(
    student: ModuleType, comm: Any, params: Arrays, grads: Sequence[Arrays], *settings: float
) -> Any:
    """The parameters after each step, from Adam's first state, and the last state."""
    state, path = student.adam_state(params, comm.size), []
    for grad in grads:
        params, state = student.zero1_step(
            comm,
            params,
            grad,
            state,
            *settings,
            reduce_scatter=reduce_scatter,
            all_gather=all_gather,
        )
        path.append(params)
    return path, state


def adam_step(
    student: ModuleType,
    comm: Any,
    params: Arrays,
    grads: Arrays,
    state: tuple[int, Array, Array],
    *settings: float,
) -> Any:
    """The parameters after one step from this state, and the next state."""
    return student.zero1_step(
        comm,
        params,
        grads,
        student.AdamState(*state),
        *settings,
        reduce_scatter=reduce_scatter,
        all_gather=all_gather,
    )


def zero3_gradient(student: ModuleType, comm: Any, *arguments: Any) -> Any:
    """What this rank has of the results and of the gradients."""
    return student.zero3_gradient(comm, *arguments, reduce_scatter, all_gather)


def column_parallel(student: ModuleType, comm: Any, *arguments: Array) -> Any:
    """What this rank has of a layer that is cut into columns."""
    return student.column_parallel(comm, *arguments, all_reduce)


def row_parallel(student: ModuleType, comm: Any, *arguments: Array) -> Any:
    """What this rank has of a layer that is cut into rows."""
    return student.row_parallel(comm, *arguments, all_reduce)


# Part 5
def bubble(student: ModuleType, rows: Sequence[tuple[float, float, int, str, int]]) -> Any:
    """The bubble of these slots."""
    return student.bubble([student.Slot(*row) for row in rows])


def stage(
    student: ModuleType,
    comm: Any,
    order: Any,
    forward: Callable[[int, Any], Array],
    backward: Callable[[int, Any], Array],
    t_F: float,
    t_B: float,
) -> Any:
    """Run a stage whose work takes so long on the cluster's clock."""

    def timed(work: Callable[[int, Any], Array], seconds: float) -> Callable[[int, Any], Array]:
        def run(j: int, x: Any) -> Array:
            comm.compute(seconds)
            return work(j, x)

        return run

    return student.run_stage(comm, order, timed(forward, t_F), timed(backward, t_B))
