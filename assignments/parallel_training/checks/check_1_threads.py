"""Part 1: threads that share the steps of SGD."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import expect_bits, expect_slice, expect_whole

STEP, BETA = 0.3, 0.8  # of the checks of threads


def _problem(rng, data, steps, B):
    """Minibatches X (steps, B, 3), Y (steps, B, 2), and a model (2, 3)."""
    X, Y = data.examples(rng, steps, B, d=3, k=2)
    return X, Y, data.read_only(rng.standard_normal((2, 3)))


@check(
    part="1.4",
    points=2,
    hint="handout, task 1.4",
    requires=("R1.4a", "R0a:momentum_threaded"),
)
def check_threads_follow_a_loop(student, oracle, rng, data):
    """With 1, 2, 3, 4 and 7 threads the model after four steps on 5 rows is that of one.

    Why: Sharing the work changes who computes, and not what: 5 rows in 3 parts are 2, 2 and 1.
    Oracle: Row after row, each step as a sum over all earlier gradients with powers of beta.
    """
    problem = _problem(rng, data, 4, 5)
    want = oracle.path(*problem, STEP, BETA)[-1]
    for T in (1, 2, 3, 4, 7):
        model = student.programs.model_of_threads(*problem, STEP, BETA, T, np.zeros((4, T)))
        within = rounding(terms=40, condition=10, why="four steps")
        expect.close(model, want, within=within, what=f"the model of {T} threads")


@check(
    part="1.4",
    points=1,
    hint="handout, task 1.4: how many times does a thread have to wait?",
    requires="R1.4b",
)
def check_threads_share_each_step(student, oracle, rng, data):
    """Each row is in one call, with the model before that step, also while one thread is slow.

    Why: A thread that updates the model while others still compute gives them two models at once.
    Oracle: The models before each step, row after row; what each call of grad_into saw.
    """
    for T, B in ((3, 7), (4, 2)):
        steps = 4
        problem = _problem(rng, data, steps, B)
        models = oracle.path(*problem, STEP, BETA)
        parts = oracle.parts(B, T)
        delays = np.zeros((steps, T))
        delays[range(steps), rng.permutation(steps) % T] = 0.03
        answer = student.programs.threaded(*problem, STEP, BETA, T, delays)
        model, calls, crossings = expect.items(answer, 3, what="model, calls and crossings")
        within = rounding(terms=40, condition=10, why="four steps")
        expect.close(model, models[-1], within=within, what=f"the model of {T} threads")
        expect.that(len(calls) == steps * T, f"grad_into was called {len(calls)} times in all")
        for number, call in enumerate(calls):
            _expect_call(call, divmod(number, T), parts, models, T)
        expect.equal(crossings, [], what="the steps in which two threads have one array as `out`")


def _expect_call(call, number, parts, models, T):
    """What one call of grad_into saw: call number (k, t)."""
    k, t, start, stop, before, after, intact = expect.items(call, 7, what="a call")
    step, thread = number
    what = f"the call of thread {thread} of {T} in step {step}"
    expect_whole(k, step, f"k in {what}")
    expect_whole(t, thread, f"t in {what}")
    expect_slice(slice(start, stop), parts[thread], f"rows in {what}")
    within = rounding(terms=40, condition=10, why="four steps")
    for model, moment in ((before, "at its begin"), (after, "at its end")):
        expect.close(model, models[step], within=within, what=f"W {moment}, in {what}")
    expect_bits(after, before, f"W at the end of {what}")
    expect.that(intact is True, f"another thread writes to the `out` of {what}")


@check(
    part="1.4",
    points=1,
    needs="check_threads_follow_a_loop",
    hint="handout, task 1.4: the order of shares",
    requires="R1.4c",
)
def check_threads_give_the_same_bits(student, oracle, rng, data):
    """With 2, 3 and 5 threads, the model has the same bits whichever thread is slow.

    Why: Sums of floats depend on their order: a run that cannot be repeated is hard to debug.
    Oracle: The run without slow threads, bit by bit.
    """
    steps = 3
    problem = _problem(rng, data, steps, 10)
    want = oracle.path(*problem, STEP, BETA)[-1]
    for T in (2, 3, 5):
        run = student.programs.model_of_threads
        first = run(*problem, STEP, BETA, T, np.zeros((steps, T)))
        within = rounding(terms=60, condition=10, why="three steps")
        expect.close(first, want, within=within, what=f"the model of {T} threads")
        for slow in (0, T - 1):
            delays = np.where(np.arange(T) == slow, 0.02, 0.0) * np.ones((steps, 1))
            model = run(*problem, STEP, BETA, T, delays)
            expect_bits(model, first, f"the model of {T} threads where thread {slow} is slow")


@check(
    part="1.4",
    points=1,
    needs="check_threads_follow_a_loop",
    hint="handout, task 1.4: numpy lets other threads work",
    requires="R1.4d",
)
def check_threads_compute_at_the_same_time(student):
    """In each step all three threads are in grad_into at the same time.

    Why: Threads that take turns, or wait for a lock around the work, need as long as one.
    Oracle: Each call of grad_into waits until all threads are in theirs; no clock decides.
    """
    T, steps = 3, 2
    calls = student.programs.together(T, steps)
    expect.that(len(calls) == T * steps, f"grad_into was called {len(calls)} times in all")
    for number, (k, t, met) in enumerate(calls):
        expect.equal((k, t), divmod(number, T), what=f"(k, t) of call {number}")
        expect.that(met is True, f"in step {k} thread {t} was in grad_into without the others")


@check(
    part="1.4",
    points=1,
    needs="check_threads_follow_a_loop",
    hint="handout, task 1.4: while not ready: pass",
    requires="R1.4d",
)
def check_threads_wait_without_a_processor(student, budgets):
    """While one of three threads works for a while, the others execute nothing.

    Why: A loop that asks again and again takes the processor from the thread it waits for.
    Oracle: Steps of the interpreter, counted in all threads.
    """
    T, steps = 3, 3
    budgets.operations(
        "waiting_steps",
        student.programs.waiting,
        inputs=lambda rng: (T, steps, 0.15),
        sizes={"T": T, "steps": steps},
        verify=lambda _, calls, want: expect_whole(calls, T * steps, "the calls of grad_into"),
    )


@check(
    part="1.4",
    points=1,
    needs="check_threads_follow_a_loop",
    hint="handout, task 1.4: new threads in each step",
    requires="R1.4e",
)
def check_threads_are_started_once(student, budgets):
    """In twelve steps at most as many threads are started as there are shares.

    Why: Starting a thread takes longer than many a step.
    Oracle: Counted where threads are started, and in the threads that call grad_into.
    """
    for T in (2, 5):
        count = student.programs.started(T, 12)
        budgets.counted("threads_started", count, sizes={"T": T})
        few = f"only {count} threads were started for {T} shares"
        expect.that(count >= T - 1, few)  # the caller's thread may work as well


@check(
    part="1.4",
    points=1,
    needs="check_threads_follow_a_loop",
    hint="handout, task 1.4: waiting for a thread that has died",
    requires="R1.4f",
)
def check_threads_pass_exceptions_on(student):
    """When the first or the last thread fails, its error reaches the caller, and no thread is left.

    Why: Threads that wait for one that has failed wait for ever, and say nothing of why.
    Oracle: The error that the check's own grad_into raises; the threads there are before and after.
    """
    for T, step, thread in ((3, 0, 2), (3, 2, 0), (2, 3, 1), (1, 1, 0)):
        what = f"where thread {thread} of {T} fails in step {step}"
        answer = student.programs.failing(T, step, thread)
        name, text, left = expect.items(answer, 3, what="error and threads")
        expect.equal(name, "Unlucky", what=f"the error that reaches the caller {what}")
        expect.equal(text, f"thread {thread} in step {step}", what=f"its text {what}")
        expect_whole(left, 0, f"the number of threads left {what}")
    left = expect.items(student.programs.failing(3, 9, 0), 3, what="error and threads")
    expect.equal(tuple(left), ("", "", 0), what="error and threads left where none fails")


@check(
    part="1.4",
    points=1,
    needs="check_threads_follow_a_loop",
    hint="handout, task 1.4, and the docstring",
    requires="R1.4g",
)
def check_threads_keep_little(student, budgets):
    """Four threads and twelve steps need eight arrays like the model of 1 MB, and a little more.

    Why: Shares that are kept after their step, or a model for each thread, fill the memory.
    Oracle: Bytes counted in all threads; each step of equal entries is a sum of whole numbers.
    """
    T, steps, c, d = 4, 12, 50, 2600

    def verify(arguments, model, want):
        W, V = arguments[0], 0.0
        for k in range(steps):
            V = 0.5 * V - 0.25 * sum(k + t for t in range(T))
            W = W + V
        within = rounding(terms=40, condition=10, why="twelve steps")
        expect.close(model, W, within=within, what="the model")

    budgets.memory(
        "threads_memory",
        student.programs.threaded_by_numbers,
        inputs=lambda rng: (rng.standard_normal((c, d)), T, steps, 0.25, 0.5),
        sizes={"T": T, "c": c, "d": d},
        verify=verify,
    )


def _expect_numbers(got, wants, what):
    """Of all calls of grad_into."""
    calls = expect.items(got, len(wants), what="the calls of grad_into")
    for number, (call, want) in enumerate(zip(calls, wants, strict=True)):
        numbers = expect.items(call, len(want), what=f"{what} of a call")
        for value, wanted in zip(numbers, want, strict=True):
            told = f"a number of {what} in call {number}, {tuple(numbers)} instead of {want},"
            expect_whole(value, wanted, told)


@check(part="1.5", points=1, hint="handout, task 1.5", requires="R1.5a")
def check_hogwild_alone_is_sgd(student, oracle, rng, data):
    """With one thread the model after five steps is that of SGD, each step on the whole minibatch.

    Why: Hogwild differs from SGD by what threads do at the same time, and by nothing else.
    Oracle: Row after row, without momentum; what each call of grad_into saw.
    """
    X, Y, W0 = _problem(rng, data, 5, 4)
    answer = student.programs.hogwild_alone(X, Y, W0, STEP)
    model, calls = expect.items(answer, 2, what="model and calls")
    want = oracle.path(X, Y, W0, STEP, 0.0)[-1]
    expect.close(model, want, within=rounding(terms=50, condition=10, why="five steps"))
    _expect_numbers(calls, [(k, 0, 0, 4) for k in range(5)], "step, thread, and rows")


def _expect_apart(student, rng, data, T, steps, wait):
    """Steps of which no two change the same entry; returns what else was seen."""
    W0 = data.read_only(rng.standard_normal((3, 7)))
    G = np.zeros((steps, 3, 7))
    places = rng.permutation(21)[:steps]
    G.reshape(steps, 21)[range(steps), places] = rng.uniform(1.0, 2.0, steps)
    answer = student.programs.hogwild_apart(data.read_only(G), W0, STEP, T, wait)
    model, calls, one, met = expect.items(answer, 4, what="model, calls, and what was seen")
    want = W0 - STEP * G.sum(axis=0)
    expect.close(model, want, within=rounding(terms=4), what=f"the model of {T} threads")
    _expect_numbers(calls, [(k, k % T) for k in range(steps)], "step and thread")
    return one, met


@check(part="1.5", points=1, hint="handout, task 1.5", requires="R1.5a")
def check_hogwild_shares_the_steps(student, rng, data):
    """Thread t takes the steps t, t + T, ...; where each changes one entry, all changes are there.

    Why: Sparse gradients seldom meet in one entry: that is why Hogwild works.
    Oracle: W0 less alpha times the sum of all gradients, of which no two touch the same entry.
    """
    for T, steps in ((2, 9), (3, 7), (4, 3)):
        one, met = _expect_apart(student, rng, data, T, steps, wait=False)
        expect.that(one is True, f"the {T} threads work on more than one model")
        expect.that(met is True, "a thread waited, where none was slow")


@check(part="1.5", points=1, hint="handout, task 1.5: without waiting", requires="R1.5b")
def check_hogwild_waits_for_no_thread(student, rng, data):
    """While thread 0 is still in its first step, the others take all of theirs, on one model.

    Why: What Hogwild gains is that a slow thread does not stop the others.
    Oracle: Thread 0 waits in its first call until the others are in their last; no clock decides.
    """
    for T, steps in ((2, 7), (3, 10)):
        one, met = _expect_apart(student, rng, data, T, steps, wait=True)
        expect.that(one is True, f"the {T} threads work on more than one model")
        expect.that(met is True, "while thread 0 is slow, the others do not take their steps")
