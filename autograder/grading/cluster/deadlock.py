"""Who waits for whom, in words."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from autograder.model.outcome import Message
from autograder.model.verdict import Verdict
from autograder.sandbox.faults import StudentFault

PAIRS = "for each receive there is one send, by the rank that it names"  # a hint


class Wait(NamedTuple):
    """What a rank waits for."""

    kind: str  # send, isend, recv or barrier
    line: str  # of the student's file, in words; may be empty
    peer: int | None  # the other rank; None: any, or all
    what: Any  # the number of a receive, or the transfer


def deadlock(waiting: Mapping[int, Wait], ended: Collection[int]) -> StudentFault:
    """The fault when every rank waits or has ended, and none can go on."""
    ring = _ring(waiting)
    shown = ring or sorted(waiting)
    sentences = [f"rank {rank} {said(waiting[rank], ended)}" for rank in shown]
    what = "deadlock: " + ", ".join(sentences) + (f": a ring of {len(ring)}" if ring else "")
    return StudentFault(Verdict.WRONG, Message(what, hint=_hint(ring, waiting, ended)))


def said(wait: Wait, ended: Collection[int] = ()) -> str:
    """`waits for rank 3 in line 41 of parallel.py`."""
    where = f" in {wait.line}" if wait.line else ""
    if wait.kind == "barrier":
        return f"waits for all others at a barrier{where}"
    if wait.peer is None:
        return f"waits for a message of any rank{where}"
    verb = "waits for" if wait.kind == "recv" else "waits to be received by"
    gone = ", which has ended" if wait.peer in ended else ""
    return f"{verb} rank {wait.peer}{where}{gone}"


def _ring(waiting: Mapping[int, Wait]) -> list[int]:
    """Ranks that wait for one another, each for the next; empty where there are none."""
    for start in sorted(waiting):
        path, rank = [], start
        while rank in waiting and rank not in path and waiting[rank].peer is not None:
            path.append(rank)
            rank = int(waiting[rank].peer or 0)
        if rank in path:
            return path[path.index(rank) :]
    return []


def _hint(ring: list[int], waiting: Mapping[int, Wait], ended: Collection[int]) -> str:
    if ring:
        return "someone has to send first: send before you receive, or use irecv"
    if ended and any(wait.kind == "barrier" for wait in waiting.values()):
        return "every rank has to call barrier equally often"
    return PAIRS
