"""Parts 2 and 6 another way: sums of Python's whole numbers, and a network, message by message."""

from collections import defaultdict, deque
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

Array = np.ndarray
Plan = list[tuple[str, int, int]]  # of a rank: what it does, with whom, and entries that it sends


# Part 2
def reduced(X: Array, op: str) -> Array:
    """The sum, or the largest, of each column of X (N, n), of whole numbers, in X's dtype."""
    columns = [[int(entry) for entry in column] for column in X.T]
    return np.array([sum(c) if op == "sum" else sorted(c)[-1] for c in columns], X.dtype)


def chunks_not_sent(n: int, N: int) -> list[int]:
    """Entries that each rank does not send in an all-reduce on a ring, of all chunks twice."""
    return [2 * n - sum(lengths) for lengths in ring_lengths(n, N)]


def tree_targets(N: int) -> list[list[int]]:
    """To whom each rank sends, in order, in an all-reduce on a tree."""
    return [[peer for kind, peer, _ in plan if kind == "send"] for plan in _tree(1, N)]


# Part 6: plans of what each rank does, and a network that carries them out
def _lengths(n: int, N: int) -> list[int]:
    """Of N chunks of n entries, dealt one after the other."""
    return [len(range(chunk, n, N)) for chunk in range(N)]


def ring_lengths(n: int, N: int) -> list[list[int]]:
    """The entries of each message of each rank in an all-reduce on a ring, one phase and another.

    Each chunk is followed on its way: from the rank after its own round to its own, and once more.
    """
    lengths, sent = _lengths(n, N), [[0] * (2 * (N - 1)) for _ in range(N)]
    for chunk in range(N):
        for hop in range(2 * (N - 1)):
            sent[(chunk + 1 + hop) % N][hop] = lengths[chunk]
    return sent


def ring_bytes(n: int, N: int, itemsize: int, rank: int) -> int:
    """What a rank sends, message after message."""
    return sum(ring_lengths(n, N)[rank]) * itemsize


def step_bytes(P: int, N: int, itemsize: int, stage: int) -> int:
    """Rings over a padded array: each rank sends N - 1 shards in each of two or three phases."""
    padded = P
    while padded % N:
        padded += 1
    phases = {0: 2, 1: 2, 2: 2, 3: 3}[stage]
    return sum(padded // N * itemsize for _ in range(phases) for _ in range(N - 1))


def adam_bytes(P: int, N: int, stage: int) -> int:
    """Array after array: parameter, gradient, copy and two moments, whole or as a shard."""
    shard = len(range(0, P, N))
    sharded_from = {"parameter": (3, 2), "gradient": (2, 2), "copy": (1, 4), "m": (1, 4)}
    sharded_from["v"] = (1, 4)
    return sum((shard if stage >= first else P) * size for first, size in sharded_from.values())


def _exchange(to: int, source: int, length: int) -> Plan:
    return [("send", to, length), ("recv", source, 0), ("wait", to, 0)]


def _ring(n: int, N: int) -> list[Plan]:
    plans: list[Plan] = [[] for _ in range(N)]
    for r, lengths in enumerate(ring_lengths(n, N)):
        for length in lengths:
            plans[r] += _exchange((r + 1) % N, (r - 1) % N, length)
    return plans


def _tree(n: int, N: int) -> list[Plan]:
    bits = [1]
    while 2 * bits[-1] <= N:
        bits.append(2 * bits[-1])
    p = bits.pop()
    plans: list[Plan] = [[] for _ in range(N)]
    for r in range(p):
        folded = [r + p] if r + p < N else []
        plans[r] += [("recv", other, 0) for other in folded]
        for bit in bits:  # the partner has the other value of this bit
            partner = r - bit if r // bit % 2 else r + bit
            plans[r] += _exchange(partner, partner, n)
        for other in folded:
            plans[r] += [("send", other, n)]
            plans[other] += [("send", r, n), ("recv", r, 0)]
    return plans


def _gather(n: int, N: int) -> list[Plan]:
    others = range(1, N)
    root = [("recv", r, 0) for r in others] + [("send", r, n) for r in others]
    return [root] + [[("send", 0, n), ("recv", 0, 0)] for _ in others]


def _finish(plans: list[Plan], itemsize: int, latency: float, bandwidth: float) -> Fraction:
    """When the last rank ends. Ports of one rank serve one message after another."""
    ranks = range(len(plans))
    clock, out, into = ([Fraction(0) for _ in ranks] for _ in range(3))
    left, under_way = [deque(plan) for plan in plans], defaultdict(deque)
    going = True
    while going:
        going = False
        for r in ranks:
            while left[r]:
                kind, peer, length = left[r][0]
                if kind == "recv" and not under_way[peer, r]:
                    break
                left[r].popleft()
                going = True
                if kind == "send":
                    start = max(clock[r], out[r])
                    cost = Fraction(latency) + length * itemsize / Fraction(bandwidth)
                    out[r] = start + cost
                    under_way[r, peer].append((start, cost))
                elif kind == "recv":
                    start, cost = under_way[peer, r].popleft()
                    into[r] = max(start, into[r]) + cost
                    clock[r] = max(clock[r], into[r])
                else:
                    clock[r] = max(clock[r], out[r])
    return max(clock)


def ring_time(n: int, N: int, itemsize: int, latency: float, bandwidth: float) -> float:
    """Of the plan of a ring, carried out."""
    return float(_finish(_ring(n, N), itemsize, latency, bandwidth))


def tree_time(n: int, N: int, itemsize: int, latency: float, bandwidth: float) -> float:
    """Of the plan of a tree, carried out."""
    return float(_finish(_tree(n, N), itemsize, latency, bandwidth))


def gather_time(n: int, N: int, itemsize: int, latency: float, bandwidth: float) -> float:
    """Of the plan of gathering, carried out."""
    return float(_finish(_gather(n, N), itemsize, latency, bandwidth))


def crossover(N: int, latency: float, bandwidth: float) -> float:
    """Where the two straight lines meet that go through the times of N and 2 N entries of 1 byte.

    0 where they never do: a check cannot send for infinity.
    """
    ring, tree = (
        [_finish(plan(k * N, N), 1, latency, bandwidth) for k in (1, 2)] for plan in (_ring, _tree)
    )
    slower = (tree[1] - tree[0]) - (ring[1] - ring[0])  # for N bytes more
    return float(N + N * (ring[0] - tree[0]) / slower) if slower > 0 else 0.0


def idle_share(p: int, m: int) -> float:
    """The idle share of a chart of GPipe, slot by slot: stage i begins i slots after the first."""
    slots = [[i <= slot < i + m for slot in range(m + p - 1)] for i in range(p)]
    return float(Fraction(sum(not busy for row in slots for busy in row), p * (m + p - 1)))


def exposed_time(backward: Sequence[float], communication: Sequence[float]) -> float:
    """The latest of all ways to the end: compute up to a bucket, then communicate from it on."""
    work, messages = ([Fraction(x) for x in each] for each in (backward, communication))
    ways = [sum(work[: i + 1]) + sum(messages[i:]) for i in range(len(work))]
    return float(max(ways) - sum(work))


# Task 6.4
def roofline(flops: float, nbytes: float, flops_per_s: float, bandwidth: float) -> float:
    """The later end of two jobs that begin together."""
    return float(
        sorted([Fraction(flops) / Fraction(flops_per_s), Fraction(nbytes) / Fraction(bandwidth)])[1]
    )


def amdahl(serial: float, T: int) -> float:
    """The time of one thread over that of T, in exact rationals."""
    alone = Fraction(serial)
    return float(1 / (alone + (1 - alone) / T))


def fit_amdahl(threads: Sequence[int], seconds: Sequence[float]) -> float:
    """The normal equations of a + b / T in exact rationals."""
    x, y = [Fraction(1, T) for T in threads], [Fraction(s) for s in seconds]
    n, sx, sy = len(x), sum(x), sum(y)
    sxx, sxy = sum(e * e for e in x), sum(e * f for e, f in zip(x, y, strict=True))
    a, b = sy * sxx - sx * sxy, n * sxy - sx * sy  # times one positive number
    return float(a / (a + b)) if a > 0 and b > 0 else float(a > 0)
