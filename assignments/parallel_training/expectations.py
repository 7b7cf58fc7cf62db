"""What the checks of several parts share: comparisons, and runs of collectives.

The steps of parts 3 and 4 are in expectations_steps.py, stages in expectations_pipeline.py.
"""

import numpy as np

from autograder.grading import Network, expect, rounding

WAITS = Network(rendezvous=True)  # a send ends when its receiver has the message
SLOW = Network(latency_s=1.0, bytes_per_s=8.0)  # a float64 takes a second, as a latency does


def expect_whole(got, want, what):
    """Exactly this whole number, of Python or of numpy; a float is none, whatever its value."""
    value = expect.number(got, what=what)
    whole = isinstance(got, (int, np.integer))
    expect.that(whole, f"{what} is {got!r}, a float: expected a whole number")
    expect.that(value == want, f"{what} is {got}, expected {want}")


def expect_slice(got, want, what):
    """A slice of these whole numbers, start and stop, without a step."""
    expect.that(isinstance(got, slice), f"{what} is {got!r}, not a slice")
    expect_whole(got.start, want[0], f"the start of {what}")
    expect_whole(got.stop, want[1], f"the stop of {what}")
    expect.that(got.step in (None, 1), f"{what} has the step {got.step!r}")


def expect_bits(got, want, what):
    """The same array, bit by bit."""
    array = expect.array(got, shape=want.shape, dtype=want.dtype, what=what)
    wrong = np.argwhere(array.view(np.uint8) != want.view(np.uint8)) if array.size else ()
    if len(wrong):
        off = float(np.max(np.abs(array - want)))
        expect.that(False, f"{what} has other bits: entries differ by up to {off:.2g}")


def expect_messages(run, dtype):
    """All messages have this dtype."""
    for transfer in run.transfers:
        told = f"a message of rank {transfer.source} has dtype {transfer.dtype}"
        expect.that(transfer.dtype == dtype, f"{told}, expected {np.dtype(dtype)}")


def run_cases(student, cluster, function, cases, **options):
    """A run in which each rank calls a collective for all cases, one after the other.

    cases: each a list of what the ranks are given, such as `[(x_0,), (x_1,)]`.
    """
    return cluster.run(
        student.programs.one_by_one,
        size=len(cases[0]),
        inputs=lambda rank: (function, [case[rank] for case in cases]),
        **options,
    )


def expect_collected(run, wants, what):
    """What each rank returned for each case, exactly, and messages of the dtype of the results.

    wants[i][r] is expected of rank r in case i.
    """
    for rank, values in enumerate(run.values):
        values = expect.items(values, len(wants), what=f"the results of rank {rank}")
        for value, want in zip(values, wants, strict=True):
            expect_exact(value, want[rank], f"{what} of {len(run.values)} on rank {rank}")
    expect_messages(run, wants[0][0].dtype)


def expect_exact(got, want, what):
    """Exactly these numbers, in this dtype."""
    array = expect.array(got, shape=want.shape, dtype=want.dtype, what=what)
    expect.equal(array, want, what=what)


# Collectives
def given(X, *op):
    """What the ranks are given: row r of X for rank r."""
    return [(x, *op) for x in X]


def chunks(oracle, whole, N):
    """A whole array, cut for N ranks."""
    return [whole[start:stop] for start, stop in oracle.parts(len(whole), N)]


def pieces(rng, data, lengths):
    """A chunk of whole numbers for each rank."""
    return [data.whole_numbers(rng, 1, length)[0] for length in lengths]


def slow_sizes(N, n):
    """The sizes of a budget of time on the network SLOW."""
    latency, bandwidth, _ = SLOW
    return {"n": n, "N": N, "itemsize": 8, "latency": latency, "bandwidth": bandwidth}


def expect_gathered(student, cluster, cases, **options):
    """Every rank has all chunks in order, in each of the cases."""
    arguments = [[(chunk,) for chunk in each] for each in cases]
    run = run_cases(student, cluster, "ring_all_gather", arguments, **options)
    wants = [[np.concatenate(each)] * len(each) for each in cases]
    expect_collected(run, wants, "what was gathered")
    return run


def expect_reduced(student, oracle, cluster, function, arrays, op="sum", **options):
    """Every rank has the sum, or the largest, of all ranks, in each of the cases."""
    cases = [given(X, op) for X in arrays]
    run = run_cases(student, cluster, function, cases, **options)
    wants = [[oracle.reduced(X, op)] * len(X) for X in arrays]
    expect_collected(run, wants, f"the {op}")
    return run


def expect_refused(student, cluster, function):
    """An op that there is none of raises ValueError."""
    run = cluster.run(
        student.programs.raised_on_a_rank,
        size=2,
        inputs=lambda rank: (function, np.arange(4.0) + rank, "mean"),
    )
    for error in run.values:
        expect.equal(error, "ValueError", what=f'the error of {function} for op="mean"')


def expect_same_bits(function, cluster, X):
    """The rounded sum of the rows of X, with the same bits on every rank."""
    run = cluster.run(function, size=len(X), inputs=lambda rank: (X[rank],))
    within = rounding(terms=len(X), size=float(np.abs(X).sum(axis=0).max()))
    expect.close(run.values[0], X.sum(axis=0), within=within, what="the sum on rank 0")
    for rank, value in enumerate(run.values):
        expect_bits(value, run.values[0], f"the sum of {len(X)} on rank {rank}")


def expect_traffic(run, budgets, name, n, times, kept):
    """So many times all chunks to the next rank, but for the entries that each rank keeps."""
    N = len(run.values)
    sizes = {"n": n, "kept": min(kept), "itemsize": 8}
    budgets.counted(f"{name}_bytes", max(run.sent_bytes), sizes=sizes)
    budgets.counted(f"{name}_messages", max(run.messages), sizes={"N": N})
    for transfer in run.transfers:
        following = transfer.target == (transfer.source + 1) % N
        expect.that(following, f"rank {transfer.source} sent to rank {transfer.target}")
    for rank, sent in enumerate(run.sent_bytes):
        want = 8 * (times * n - kept[rank])
        expect.that(sent == want, f"rank {rank} sent {sent} bytes, expected {want}")


def expect_tree(student, oracle, cluster, budgets, X, p):
    """Bytes, time and receivers of the docstring's tree; p is the largest power of two."""
    N, n = X.shape
    waits = SLOW._replace(rendezvous=True)
    run = expect_reduced(student, oracle, cluster, "tree_all_reduce", [X], network=waits)
    sizes = {"p": p, **slow_sizes(N, n)}
    budgets.counted("tree_bytes", max(run.sent_bytes), sizes=sizes)
    budgets.counted("tree_time", max(run.clock_s), sizes=sizes)
    for rank, want in enumerate(oracle.tree_targets(N)):
        targets = [t.target for t in run.transfers if t.source == rank]
        told = f"rank {rank} of {N} sent to the ranks {targets}, expected {want}"
        expect.that(targets == want, told)


def expect_exchanged(student, cluster, rng, data, lengths, **options):
    """Chunks of these lengths (N, N) reach their ranks, in one message of their dtype each."""
    N = len(lengths)
    own = [pieces(rng, data, row) for row in lengths]
    run = cluster.run(
        student.all_to_all, size=N, inputs=lambda rank: (own[rank],), order=rng, **options
    )
    for rank, value in enumerate(run.values):
        received = expect.items(value, N, what=f"what rank {rank} returned")
        for source, chunk in enumerate(received):
            expect_exact(chunk, own[source][rank], f"what rank {source} had for rank {rank}")
    expect_messages(run, np.float64)
    expect.equal(run.messages, [N - 1] * N, what="the number of messages of each rank")
    return run


# Predictions
def named(names, cases):
    """Configurations from tuples of numbers."""
    return [dict(zip(names.split(), case, strict=True)) for case in cases]


# Threads
def expect_shares(got, wants, what, terms=30, dtype="float64"):
    """A share for each piece."""
    for number, (share, want) in enumerate(
        zip(expect.items(got, len(wants), what="the shares"), wants, strict=True)
    ):
        within = rounding(terms=terms, dtype=dtype, size=max(float(np.abs(want).max()), 1.0))
        expect.array(share, shape=want.shape, dtype=dtype, what=f"{what} {number}")
        expect.close(share, want, within=within, what=f"{what} {number}")
