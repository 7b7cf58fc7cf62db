"""Part 3: micro-batches on one machine."""

import numpy as np

from autograder.grading import check, expect, recipe, rounding
from expectations_steps import (
    Examples,
    expect_arrays,
)

WIDTHS = (3, 4, 2)  # of the network


@check(
    part="3.1",
    points=2,
    hint="handout, task 3.1",
    requires=("R3.1a", "R0b:accumulate"),
    judged_by="check_micro_batches_have_each_example_once",
)
def check_micro_batches_add_up_to_one_batch(student, oracle, rng, data):
    """Micro-batches of 1, 3, 7 and 9 of seven examples add up to one batch, also in float32.

    Why: The mean of means counts the last micro-batch too much where it is smaller than the others.
    Oracle: All examples at once, one after another, with exactly rounded sums.
    """
    for dtype, sizes in ((np.float64, (1, 3, 7, 9)), (np.float32, (3,))):
        params = [data.read_only(w.astype(dtype)) for w in data.parameters(rng, WIDTHS)]
        X, Y = (data.read_only(a.astype(dtype)) for a in data.examples(rng, 7, d=3, k=2))
        want = oracle.mean_gradient(params, X, Y)
        for size in sizes:
            examples = Examples(data.gradient, params, X, Y)
            got = student.accumulate(examples.grad_fn, params, X, Y, size)
            within = rounding(terms=14, condition=4, dtype=np.dtype(dtype).name)
            what = f"the gradient from micro-batches of {size}"
            expect_arrays(got, want, within, what)
            for i, (array, w) in enumerate(zip(got, params, strict=True)):
                expect.array(array, shape=w.shape, dtype=dtype, what=f"{what}, array {i}")


@check(part="3.1", points=1, hint="handout, task 3.1", requires="R3.1b")
def check_micro_batches_have_each_example_once(student, rng, data):
    """grad_fn gets each example once and in order, at most `size` at a time, in as few calls.

    Why: A last micro-batch that is dropped costs examples, and a result alone may not show which.
    Oracle: The arguments of all calls, recorded in the grader.
    """
    params = data.parameters(rng, WIDTHS)
    X, Y = data.examples(rng, 8, d=3, k=2)
    for size, calls in ((3, 3), (4, 2), (20, 1)):
        examples = Examples(data.gradient, params, X, Y)
        want = data.gradient(params, X, Y)
        got = student.accumulate(examples.grad_fn, params, X, Y, size)
        within = rounding(terms=16, condition=4)
        expect_arrays(got, [g / 8 for g in want], within, "the gradient")
        numbers = [len(x) for _, x, _ in examples.asked if len(x)]
        told = f"grad_fn was asked for {numbers} examples, with micro-batches of {size}"
        expect.that(max(numbers, default=0) <= size, f"{told}: too many at a time")
        examples.expect_asked()
        expect.that(len(numbers) <= calls, f"{told}: expected {calls} calls")


def _large(n, rows):
    """Two arrays of n entries each, and examples of one number."""
    params = [recipe("standard_normal", seed=s, shape=(n,)) for s in (1, 2)]
    X, Y = (recipe("uniform", seed=s, shape=(rows, 1)) for s in (3, 4))
    return params, X, Y, 1


def _expect_accumulated(arguments, value, _):
    params, X, Y, _ = arguments
    mean = float(np.mean(X.build() * Y.build()))
    for array in expect.items(value, len(params), what="the gradient"):
        (n,) = params[0].shape
        within = rounding(terms=60)
        expect.close(array, np.full(n, mean), within=within, what="an array of the gradient")


@check(
    part="3.1",
    points=1,
    needs="check_micro_batches_add_up_to_one_batch",
    hint="handout, task 3.1: what has to be kept?",
    requires="R3.1c",
)
def check_accumulation_keeps_one_gradient(student, budgets):
    """With 40 micro-batches, memory is that of four gradients, not of 40.

    Why: Accumulation is there to need less memory.
    Oracle: Bytes counted in the worker, the operating system as witness; every value is judged.
    """
    n, larger, rows = 40_000, 140_000, 40
    budgets.memory(
        "accumulate_memory",
        student.programs.accumulated,
        inputs=lambda rng: _large(n, rows),
        sizes={"P": 2 * n},
        verify=_expect_accumulated,
        watched={
            "inputs": lambda rng: _large(larger, rows),
            "sizes": {"P": 2 * larger},
            "verify": _expect_accumulated,
        },
    )
