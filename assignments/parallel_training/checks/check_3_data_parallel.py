"""Part 3: data parallel training. The steps get right collectives from programs_ranks.py."""

import itertools

import numpy as np

from autograder.grading import check, expect, recipe, rounding
from expectations import expect_messages
from expectations_steps import (
    Examples,
    expect_all_reduces,
    expect_arrays,
    expect_on_all,
    on_ranks,
    run_steps,
    run_weighted,
)

WIDTHS = (3, 4, 2)  # of the network


@check(
    part="3.1",
    points=2,
    hint="handout, task 3.1",
    requires="R3.1a",
    judged_by="check_micro_batches_have_each_example_once",
)
def check_micro_batches_add_up_to_one_batch(student, oracle, rng, data):
    """Micro-batches of 1, 3, 7 and 9 of seven examples give the gradient of one batch of seven.

    Why: The mean of means counts the last micro-batch too much where it is smaller than the others.
    Oracle: All examples at once, one after another, with exactly rounded sums.
    """
    params = data.parameters(rng, WIDTHS)
    X, Y = data.examples(rng, 7, d=3, k=2)
    want = oracle.mean_gradient(params, X, Y)
    for size in (1, 3, 7, 9):
        examples = Examples(data.gradient, params, X, Y)
        got = student.accumulate(examples.grad_fn, params, X, Y, size)
        within = rounding(terms=14, condition=4)
        expect_arrays(got, want, within, f"the gradient from micro-batches of {size}")


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


@check(part="3.2", points=1, hint="handout, the worked example of buckets", requires="R3.2a")
def check_buckets_of_the_worked_example(student):
    """Arrays of 10, 20, 30 and 40 bytes in buckets of 60 bytes are [[3], [2, 1, 0]].

    Why: The last array is ready first, for a backward pass begins at the end.
    Oracle: By hand: 40 + 30 exceeds 60, 30 + 20 + 10 does not.
    """
    expect.equal(student.buckets([10, 20, 30, 40], 60), [[3], [2, 1, 0]], what="the buckets")


@check(
    part="3.2",
    points=1,
    needs="check_buckets_of_the_worked_example",
    hint="handout, task 3.2: when does a bucket end?",
    requires="R3.2a",
)
def check_buckets_hold_what_fits(student, oracle, rng):
    """Random arrays fill each bucket as far as they fit; one that is too large is alone.

    Why: One bucket more is a latency more, and a bucket too large waits for more of the gradients.
    Oracle: Every possible length of each bucket is tried, and the longest that fits is taken.
    """
    cases = [([], 8), ([8], 8), ([9], 8), ([8, 80, 8, 8], 16), ([80, 88], 8)]
    for _ in range(12):
        nbytes = [8 * int(k) for k in rng.integers(1, 9, size=rng.integers(2, 9))]
        cases.append((nbytes, 8 * int(rng.integers(2, 14))))
    for nbytes, most in cases:
        what = f"the buckets of {nbytes} bytes, at most {most}"
        expect.equal(student.buckets(nbytes, most), oracle.groups(nbytes, most), what=what)


@check(part="3.2", points=2, hint="handout, task 3.2", requires=("R3.2b", "R0a:ddp_step"))
def check_step_equals_one_process_with_all_examples(student, oracle, rng, data, cluster):
    """After a step, four ranks have the parameters of one process with the examples of all.

    Why: Data parallel training is another way to compute the same, not another method.
    Oracle: One process takes the examples one after another, with exactly rounded sums. What each
    rank asks its grad_fn for is recorded.
    """
    params = data.parameters(rng, WIDTHS)
    X, Y = data.examples(rng, 4, 3, d=3, k=2)
    lr = float(rng.uniform(0.5, 1.0))
    want = oracle.step(params, X, Y, lr)
    for bucket_bytes in (80, 10**6):
        examples = on_ranks(data.gradient, params, X, Y)
        run = run_steps(student.programs.ddp_step, cluster, examples, params, lr, bucket_bytes)
        expect_on_all(run, want, "the parameters")
        for rank, each in enumerate(examples):
            each.expect_asked(who=f"grad_fn of rank {rank}")


@check(
    part="3.2",
    points=2,
    needs="check_step_equals_one_process_with_all_examples",
    hint="handout, task 3.2: one collective a bucket",
    requires="R3.2c",
)
def check_one_all_reduce_for_each_bucket(student, oracle, rng, data, cluster, budgets):
    """Three buckets are three all-reduces, from the last to the first, of the gradients only.

    Why: Each collective costs latencies. Parameters, examples or losses in them cost bytes.
    Oracle: Messages and bytes, counted by the network; the lengths of the messages, in order.
    """
    params = data.parameters(rng, (4, 4, 8, 4))  # 16, 4, 32, 8, 32, 4 entries
    X, Y = data.examples(rng, 4, 2, d=4, k=4)
    examples = on_ranks(data.gradient, params, X, Y)
    run = run_steps(student.programs.ddp_step, cluster, examples, params, 0.1, 44 * 8)
    expect_on_all(run, oracle.step(params, X, Y, 0.1), "the parameters")
    sizes = {"N": 4, "buckets": 3, "P": 96, "itemsize": 8}
    budgets.counted("ddp_messages", max(run.messages), sizes=sizes)
    budgets.counted("ddp_bytes", sum(run.sent_bytes), sizes=sizes)
    expect_all_reduces(run, (44, 36, 16))


@check(part="3.2", points=1, hint="handout, section 2: dtypes", requires="R0b:ddp_step")
def check_step_in_float32(student, oracle, rng, data, cluster):
    """In float32 the parameters and all messages are float32.

    Why: A number in float64 on the way makes everything after it float64, at twice the bytes.
    Oracle: One process in float64; dtypes as the network and the grader see them.
    """
    params = [data.read_only(w.astype(np.float32)) for w in data.parameters(rng, WIDTHS)]
    X, Y = (data.read_only(a.astype(np.float32)) for a in data.examples(rng, 3, 2, d=3, k=2))
    examples = on_ranks(data.gradient, params, X, Y)
    run = run_steps(student.programs.ddp_step, cluster, examples, params, 0.7, 80)
    expect_on_all(run, oracle.step(params, X, Y, 0.7), "the parameters", dtype=np.float32)
    expect_messages(run, np.float32)


@check(part="3.3", points=1, hint="handout, the worked example of unequal ranks", requires="R3.3a")
def check_weighted_step_of_the_worked_example(student, data, cluster):
    """One rank has one valid example, with gradient 4, the other three with 0: the gradient is 1.

    Why: Each example counts the same, whichever rank it lies on.
    Oracle: By hand: 4 / 4 = 1; the mean of the means 4 and 0 would be 2.
    """
    params = [data.read_only(np.array([10.0]))]
    X = data.read_only(np.array([[[7.0], [4.0], [7.0]], [[0.0], [0.0], [0.0]]]))
    valid = data.read_only(np.array([[False, True, False], [True, True, True]]))

    def gradient(params, X, Y):
        return [X.sum(axis=0)]

    examples = on_ranks(gradient, params, X, X)
    run = run_weighted(student, cluster, examples, valid, params, 1.0, 10**6)
    expect_on_all(run, [np.array([9.0])], "the parameters from 10, after a step of 1,")


@check(
    part="3.3",
    points=1,
    hint="handout, task 3.3: where is it divided?",
    requires="R3.3a",
)
def check_weighted_step_is_no_mean_of_local_means(student, oracle, rng, data, cluster):
    """With 7, 1, 0 and 4 valid examples, the gradient is that of the mean loss of all twelve.

    Why: The mean of the ranks' own means is the most frequent bug of data parallel training: it
    gives the single example of one rank seven times the weight of another.
    Oracle: One process takes the twelve examples one after another; the wrong answer has its name.
    """
    params = data.parameters(rng, WIDTHS)
    X, Y = data.examples(rng, 4, 7, d=3, k=2)
    valid = data.valid(rng, (7, 1, 0, 4), 7)
    want = oracle.weighted_step(params, X, Y, valid, 0.8)
    wrong = oracle.step_of_local_means(params, X, Y, valid, 0.8)
    for bucket_bytes in (80, 10**6):
        examples = on_ranks(data.gradient, params, X, Y)
        run = run_weighted(student, cluster, examples, valid, params, 0.8, bucket_bytes)
        with expect.usable("the parameters of rank 0"):
            pairs = zip(run.values[0], wrong, strict=True)
            same = [np.allclose(got, named, rtol=1e-9) for got, named in pairs]
        told = "the gradient is the mean of the ranks' own means"
        expect.that(not all(same), told, "each rank divides by its own number of examples")
        expect_on_all(run, want, "the parameters")


@check(
    part="3.3",
    points=1,
    hint="handout, task 3.3: what does grad_fn get?",
    requires="R3.3a",
)
def check_grad_fn_gets_valid_examples_only(student, oracle, rng, data, cluster):
    """Each rank asks grad_fn for its valid examples, each once, and for no other.

    Why: What padding contains must never matter, and a gradient of it costs time as well.
    Oracle: The arguments of all calls, recorded in the grader; one process with all valid examples.
    """
    params = data.parameters(rng, WIDTHS)
    X, Y = data.examples(rng, 4, 5, d=3, k=2)
    valid = data.valid(rng, (2, 5, 1, 3), 5)
    examples = on_ranks(data.gradient, params, X, Y)
    run = run_weighted(student, cluster, examples, valid, params, 0.8, 10**6)
    for rank, (each, marks) in enumerate(zip(examples, valid, strict=True)):
        each.expect_asked(marks, who=f"grad_fn of rank {rank}")
    expect_on_all(run, oracle.weighted_step(params, X, Y, valid, 0.8), "the parameters")


@check(
    part="3.3",
    points=1,
    needs="check_weighted_step_of_the_worked_example",
    hint="handout, task 3.3: a rank without valid examples",
    requires="R3.3b",
)
def check_ranks_without_valid_examples_take_part(student, oracle, rng, data, cluster):
    """All examples lie on one rank of three, or on none: then the parameters stay as they are.

    Why: 0 / 0 is NaN, and one NaN in a sum is NaN on every rank. A rank that returns early lets
    the others wait for ever.
    Oracle: One process with the examples that there are; the parameters themselves.
    """
    params = data.parameters(rng, WIDTHS)
    X, Y = data.examples(rng, 3, 4, d=3, k=2)
    for counts in ((0, 0, 3), (3, 0, 0), (0, 0, 0)):
        valid = data.valid(rng, counts, 4)
        examples = on_ranks(data.gradient, params, X, Y)
        run = run_weighted(student, cluster, examples, valid, params, 0.8, 80)
        want = oracle.weighted_step(params, X, Y, valid, 0.8)
        expect_on_all(run, want, f"with {counts} valid examples, the parameters")


@check(
    part="3.3",
    points=1,
    needs="check_weighted_step_is_no_mean_of_local_means",
    hint="handout, task 3.3: one number more",
    requires="R3.3c",
)
def check_the_number_travels_with_the_gradients(student, oracle, rng, data, cluster, budgets):
    """Two buckets are two all-reduces, of the gradients and one number more.

    Why: A collective for one number costs as many latencies as one for a thousand.
    Oracle: Messages, their lengths, dtypes and bytes, as the network saw them.
    """
    params = [data.read_only(w.astype(np.float32)) for w in data.parameters(rng, WIDTHS)]
    X, Y = (data.read_only(a.astype(np.float32)) for a in data.examples(rng, 4, 3, d=3, k=2))
    valid = data.valid(rng, (1, 3, 0, 2), 3)
    examples = on_ranks(data.gradient, params, X, Y)
    most = 15 * 4  # bytes: the arrays have 12, 4, 8, 2 and, last, 1 numbers
    run = run_weighted(student, cluster, examples, valid, params, 0.5, most)
    want = oracle.weighted_step(params, X, Y, valid, 0.5)
    expect_on_all(run, want, "the parameters", dtype=np.float32)
    expect_messages(run, np.float32)
    sizes = {"N": 4, "buckets": 2, "P": 26, "itemsize": 4}
    budgets.counted("weighted_messages", max(run.messages), sizes=sizes)
    budgets.counted("weighted_bytes", sum(run.sent_bytes), sizes=sizes)
    expect_all_reduces(run, (15, 12))


@check(part="3.4", points=2, hint="handout, task 3.4", requires="R3.4a")
def check_local_steps_with_averages(student, oracle, rng, data, cluster):
    """Seven local steps with momentum, averaged after steps 3, 6 and 7, are those of a loop.

    Why: Velocities that are averaged or set back make another method, with almost the same loss.
    Oracle: One rank after another, one example after another, with exactly rounded sums.
    """
    params = data.parameters(rng, (2, 3, 2))
    X, Y = data.examples(rng, 3, 7, 2, d=2, k=2)
    for beta, H in ((0.8, 3), (0.8, 1), (0.5, 20)):
        examples = on_ranks(data.gradient, params, X, Y)
        run = run_steps(student.programs.local_sgd, cluster, examples, params, 0.2, beta, H)
        want = oracle.local_sgd(params, X, Y, 0.2, beta, H)
        within = rounding(terms=40, condition=10)
        expect_on_all(run, want, f"with H = {H}, the parameters", within)


@check(
    part="3.4",
    points=1,
    needs="check_local_steps_with_averages",
    hint="handout, task 3.4: how often?",
    requires="R3.4b",
)
def check_one_all_reduce_for_each_average(student, oracle, rng, data, cluster, budgets):
    """Six steps with H = 3 are two averages, and two all-reduces of all parameters.

    Why: Local SGD is there to communicate less: once more at the end, and half is lost.
    Oracle: Messages, counted by the network.
    """
    params = data.parameters(rng, (2, 3, 2))
    X, Y = data.examples(rng, 4, 6, 2, d=2, k=2)
    run = run_steps(
        student.programs.local_sgd,
        cluster,
        on_ranks(data.gradient, params, X, Y),
        params,
        0.2,
        0.7,
        3,
    )
    within = rounding(terms=40, condition=10)
    expect_on_all(run, oracle.local_sgd(params, X, Y, 0.2, 0.7, 3), "the parameters", within)
    budgets.counted("local_messages", max(run.messages), sizes={"N": 4, "averages": 2})


@check(
    part="3.5",
    points=1,
    hint="handout, task 3.5",
    requires="R3.5a",
    unjudged={"stale_sgd(*).asked.0: previous": "any point of the path may be asked for"},
)
def check_stale_steps_use_old_gradients(student, oracle, rng, data):
    """Rows are w_0 to w_steps, each step from the last point with the gradient of an older one.

    Why: With the old point as the base too, the run falls into tau + 1 runs of their own.
    Oracle: Exact rationals. Gradients are asked for at points of the path only, as recorded.
    """
    h, c, w0 = (data.read_only(rng.uniform(0.5, 2.0, size=3)) for _ in range(3))
    for tau, steps in ((0, 5), (1, 6), (3, 9), (6, 4)):
        asked = []

        def grad(w, asked=asked):
            asked.append(expect.array(w, shape=(3,), what="w of grad"))
            return h * (w - c)

        got = student.stale_sgd(grad, w0, 0.2, tau, steps)
        want = oracle.stale_path(h, c, w0, 0.2, tau, steps)
        within = rounding(terms=10, condition=4)
        expect.close(got, want, within=within, what=f"the path with tau = {tau}")
        for w in asked:  # at once, or when it is used: both are right
            near = np.abs(want - w).max(axis=1).argmin()
            what = f"with tau = {tau}, the point at which a gradient was asked for"
            expect.close(w, want[near], within=within, what=what)


@check(part="3.5", points=1, hint="handout, task 3.5: the border", requires="R3.5b")
def check_border_of_stability(student, oracle, rng):
    """The largest stable step for tau = 0, 1, 2, 3, 5, 10 is where a root reaches the unit circle.

    Why: Old gradients cost step size: about half of it for each doubling of tau.
    Oracle: The roots of z^(tau+1) = z^tau - x, found numerically; x by bisection.
    """
    for tau in (0, 1, 2, 3, 5, 10):
        curvature = float(rng.uniform(0.3, 3.0))
        expect.close(
            student.largest_stable_step(curvature, tau),
            oracle.border(tau) / curvature,
            rtol=1e-9,
            why="the bisection ends at 1e-13, and roots near the circle are rounded",
            what=f"the largest stable step with tau = {tau}",
        )


@check(
    part="3.5",
    points=1,
    needs=("check_stale_steps_use_old_gradients", "check_border_of_stability"),
    hint="handout, task 3.5: the border",
    requires="R3.5b",
    unjudged={
        "stale_sgd(*).asked.0: *": "check_stale_steps_use_old_gradients judges it",
        "stale_sgd(*).returned: *": "only the size at the end of a run is judged here",
    },
)
def check_runs_on_both_sides_of_the_border(student, oracle):
    """At 90 % of the border a run converges, at 110 % it diverges.

    Why: A formula is worth what it predicts.
    Oracle: The sizes of the first and of the last steps of the run, compared.
    """
    for tau in (0, 2, 4):
        for share, verb in ((0.9, "converges"), (1.1, "diverges")):
            lr = share * oracle.border(tau)
            grad = expect.calls(lambda w: w, at_most=400)
            path = student.stale_sgd(grad, np.ones(1), lr, tau, 200)
            expect.array(path, shape=(201, 1), what="the path")
            late = float(np.abs(path[-20:]).max())
            what = f"with tau = {tau}, at {100 * share:.0f} % of the border"
            told = f"{what} a run {verb}, and w is {late:.3g} at its end"
            expect.that(late < 0.5 if share < 1 else late > 2, told)
            expect.close(
                student.largest_stable_step(1.0, tau), lr / share, rtol=1e-9, why="a bisection"
            )


@check(part="3.6", points=1, hint="handout, task 3.6: two equations", requires="R3.6a")
def check_noise_scale_of_two_batches(student):
    """Squared norms 10 and 6 of batches of 2 and 6 examples are |G|^2 = 4 and tr(S) = 12.

    Why: Two batch sizes that training has anyway tell which one would be enough.
    Oracle: By hand: 4 + 12/2 = 10, and 4 + 12/6 = 6.
    """
    _expect_pair(student.noise_scale(10.0, 2, 6.0, 6), 4.0, 12.0)


def _expect_pair(got, squared, trace):
    """The two estimates."""
    pair = expect.items(got, 2, what="the estimates")
    for value, want, name in zip(pair, (squared, trace), ("|G|^2", "tr(S)"), strict=True):
        within = rounding(terms=10, condition=10, size=10.0, why="differences of squares")
        expect.close(value, want, within=within, what=f"the estimate of {name}")


@check(
    part="3.6",
    points=1,
    hint="handout, task 3.6",
    requires="R3.6a",
    unjudged={"noise_scale(*).returned.1: previous": "a mean over all batches has no order"},
)
def check_noise_scale_is_without_bias(student, rng):
    """The mean of the estimates over all batches of three of five gradients is |G|^2 and tr(S).

    Why: The squared norm of a mean of few is too large, by the noise that is in it.
    Oracle: All 125 batches with replacement, enumerated; the two numbers from their definitions.
    """
    gradients = rng.standard_normal((5, 2)) + 0.3
    G = gradients.mean(axis=0)
    trace = float(((gradients - G) ** 2).sum() / 5)
    sums = np.zeros(2)
    for batch in itertools.product(range(5), repeat=3):
        small = float((gradients[batch[0]] ** 2).sum())
        big = float((gradients[list(batch)].mean(axis=0) ** 2).sum())
        pair = expect.items(student.noise_scale(small, 1, big, 3), 2, what="the estimates")
        sums += [expect.number(value, what="an estimate") for value in pair]
    _expect_pair(tuple(sums / 125), float(G @ G), trace)
