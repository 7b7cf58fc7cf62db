"""Pipelines: the layers are cut into stages, and a batch into micro-batches that follow each other.

    p, i    number of stages, one of them, from 0       t_F    time of one forward, at any stage
    m, j    number of micro-batches, one of them        t_B    time of one backward

A schedule says in which order each stage works: schedule[i] is a list of pairs ("F", j), forward of
micro-batch j, or ("B", j), its backward. A micro-batch is live at a stage from the start of its
forward to the end of its backward there: so long its activations are kept.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from collectives import Comm

Array = np.ndarray
Work = tuple[str, int]  # ("F" or "B", micro-batch)
Schedule = list[list[Work]]


# Task 5.1
def gpipe(p: int, m: int) -> Schedule:
    """Return GPipe's schedule: each stage does all forwards, and then all backwards.

    Both are in the order 0, 1, ..., m - 1.
    Ref: Huang et al., "GPipe", NeurIPS 2019.
    """
    raise NotImplementedError("part 5.1: GPipe")


def one_f_one_b(p: int, m: int) -> Schedule:
    """Return the schedule 1F1B: each stage goes backward as soon as it can.

    Stage i begins with min(p - 1 - i, m) forwards. Then a forward and a backward take turns, and
    the backwards that are left come last. Both are in the order 0, 1, ..., m - 1.
    Ref: Narayanan et al., "PipeDream", SOSP 2019, and "Efficient large-scale language model
    training on GPU clusters", SC 2021.
    """
    raise NotImplementedError("part 5.1: 1F1B")


# Task 5.2
class Slot(NamedTuple):
    """A piece of work of one stage, and when it is done."""

    start: float
    end: float
    stage: int
    kind: str  # "F" or "B"
    micro_batch: int


def timeline(schedule: Schedule, t_F: float, t_B: float) -> list[Slot]:
    """Return all slots, sorted by start and then by stage, each as early as the schedule allows.

    A stage does one thing at a time, in its order. A forward needs that of the stage before, a
    backward needs that of the stage after, and at the last stage its own forward. Messages take no
    time. Raises ValueError if stages wait for each other for ever, or for work that is in no order.
    """
    raise NotImplementedError("part 5.2: the timeline")


def bubble(slots: Sequence[Slot]) -> float:
    """Return the share of time in which stages do nothing, from time 0 to the end of the last slot.

    For both schedules it is (p - 1) / (m + p - 1), whatever t_F and t_B are.
    """
    raise NotImplementedError("part 5.2: the bubble")


def peak_live(schedule: Schedule) -> list[int]:
    """Return for each stage how many micro-batches are live at most at one time."""
    raise NotImplementedError("part 5.2: live micro-batches")


# Task 5.3
def run_stage(
    comm: Comm,
    order: Sequence[Work],
    forward: Callable[[int, Array | None], Array],
    backward: Callable[[int, Array | None], Array],
) -> None:
    """Do the work of the stage comm.rank of comm.size, in this order.

    forward(j, x) gets what the stage before returned for micro-batch j, and returns what the next
    one gets; at the first stage x is None. backward(j, dy) gets what the stage after returned for
    j, and returns what the one before gets; at the last stage dy is None. Both are called once for
    each micro-batch. Each result is sent at once, as one message, and not kept; what the first
    stage's backward and the last stage's forward return is not sent.
    """
    raise NotImplementedError("part 5.3: a stage at work")
