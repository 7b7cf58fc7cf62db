"""Answers for part 5, computed another way: the clock is moved on, and each stage acts by itself.

Nothing is taken from the reference: schedules come from what stages may do, not from their lists.
"""

from collections.abc import Sequence
from fractions import Fraction

Work = tuple[str, int]
Row = tuple[float, float, int, str, int]  # start, end, stage, kind, micro-batch


def eager_schedule(p: int, m: int) -> list[list[Work]]:
    """What stages do that go backward when they can, and keep at most p - i micro-batches.

    All works take one tick. Each stage sees what its neighbours had finished before the tick.
    """
    orders: list[list[Work]] = [[] for _ in range(p)]
    while any(len(order) < 2 * m for order in orders):
        before = [list(order) for order in orders]
        for i, mine in enumerate(before):
            forwards = sum(kind == "F" for kind, _ in mine)
            backwards = len(mine) - forwards
            after = before[i + 1] if i + 1 < p else mine
            ready = ("B", backwards) if i + 1 < p else ("F", backwards)
            if ready in after:
                orders[i].append(("B", backwards))
            elif (
                forwards < m
                and forwards - backwards < p - i
                and (i == 0 or ("F", forwards) in before[i - 1])
            ):
                orders[i].append(("F", forwards))
    return orders


def slots(schedule: Sequence[Sequence[Work]], t_F: float, t_B: float) -> list[Row]:
    """Every slot, by a clock that is moved on to the next end of a work, in exact rationals."""
    seconds = {"F": Fraction(t_F), "B": Fraction(t_B)}
    left = [list(order) for order in schedule]
    busy: dict[int, tuple[Fraction, str, int]] = {}  # until when, and with what
    done: set[tuple[str, int, int]] = set()
    now, rows = Fraction(0), []
    while any(left) or busy:
        for i, order in enumerate(left):
            if order and i not in busy and _may_begin(i, *order[0], len(left), done):
                kind, j = order.pop(0)
                busy[i] = now + seconds[kind], kind, j
                rows.append((float(now), float(busy[i][0]), i, kind, j))
        now = min(end for end, _, _ in busy.values())
        for i, (end, kind, j) in list(busy.items()):
            if end == now:
                done.add((kind, i, j))
                del busy[i]
    return sorted(rows, key=lambda row: (row[0], row[2]))


def _may_begin(i: int, kind: str, j: int, p: int, done: set[tuple[str, int, int]]) -> bool:
    """Whether what the work needs is done."""
    if kind == "F":
        return i == 0 or ("F", i - 1, j) in done
    return (("B", i + 1, j) if i + 1 < p else ("F", i, j)) in done


def live(schedule: Sequence[Sequence[Work]]) -> list[int]:
    """The largest number of micro-batches that have begun and not ended, over all works."""
    return [
        max(
            sum(order.index(("F", j)) <= at <= order.index(("B", j)) for j in {j for _, j in order})
            for at in range(len(order))
        )
        for order in schedule
    ]


def idle_of_slots(rows: Sequence[Row]) -> float:
    """The share of all stages' time in which none of their slots is going on, exactly."""
    end = max(Fraction(row[1]) for row in rows)
    stages = {row[2] for row in rows}
    idle = Fraction(0)
    for stage in stages:
        now = Fraction(0)
        for start, stop, *_ in sorted(row for row in rows if row[2] == stage):
            idle += Fraction(start) - now
            now = Fraction(stop)
        idle += end - now
    return float(idle / (len(stages) * end))
