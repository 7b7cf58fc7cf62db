"""Part 3: data parallel steps. They get right collectives from programs_ranks.py."""

import numpy as np

from autograder.grading import check, expect
from expectations import expect_messages
from expectations_steps import (
    expect_all_reduces,
    expect_given,
    expect_on_all,
    on_ranks,
    run_steps,
    run_weighted,
)

WIDTHS = (3, 4, 2)  # of the network


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
    got = [student.buckets(nbytes, most) for nbytes, most in cases]
    for groups, (nbytes, most) in zip(got, cases, strict=True):
        what = f"the buckets of {nbytes} bytes, at most {most}"
        expect.equal(groups, oracle.groups(nbytes, most), what=what)


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
    requires=("R3.2c", "R0c:ddp_step"),
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
    expect_given(run, "all_reduce")
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
    requires=("R3.3c", "R0c:weighted_ddp_step"),
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
    expect_given(run, "all_reduce")
    expect_all_reduces(run, (15, 12))
