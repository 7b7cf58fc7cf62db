"""Part 3: networks of quantised layers, and SGD on a grid."""

import numpy as np

from autograder.grading import check, expect
from expectations import Batches, expect_exact, expect_fields, expect_network


class _Recorded:
    """A layer that keeps the inputs of all its calls."""

    def __init__(self, function):
        self.function, self.seen = function, []

    def call(self, X):
        """The outputs for X."""
        self.seen.append(X)
        return self.function(np.asarray(X))

    def expect_inputs(self, want, what):
        """It was called, and each time with these inputs."""
        expect.that(self.seen, f"{what} was not called")
        for X in self.seen:
            expect_exact(X, want, f"the inputs of {what}")


@check(part="3.4", points=1, hint="handout, the worked examples of part 3", requires="R3.4a")
def check_forward_of_the_worked_example(student, rng):
    """Layers X - 2 and 10 - X make [10, 7] of [1, 5] and of [-1, 5]; one layer alone has no ReLU.

    Why: A ReLU after the last layer takes away all negative scores, one before the first all
    negative inputs.
    Oracle: By hand; the inputs of every call of a layer, which may be called more than once. Then
    random inputs of three layers.
    """
    R = rng.standard_normal((3, 4))
    inside = [R, np.maximum(R + 0.3, 0)]
    inside.append(np.maximum(0.7 - inside[1], 0))
    three = [
        _Recorded(lambda X: X + 0.3),
        _Recorded(lambda X: 0.7 - X),
        _Recorded(lambda X: X - 0.3),
    ]
    answer = student.forward([layer.call for layer in three], R)
    for number in (1.0, -1.0):
        X = np.array([[number, 5.0]])
        first, second = _Recorded(lambda X: X - 2), _Recorded(lambda X: 10 - X)
        outputs = student.forward([first.call, second.call], X)
        first.expect_inputs(X, f"the first layer for {X.tolist()}")
        second.expect_inputs(np.array([[0.0, 3.0]]), f"the second layer for {X.tolist()}")
        expect_exact(outputs, np.array([[10.0, 7.0]]), "the outputs")
        alone = _Recorded(lambda X: X - 2)
        outputs = student.forward([alone.call], X)
        alone.expect_inputs(X, f"a layer alone for {X.tolist()}")
        expect_exact(outputs, X - 2, "the outputs of one layer")
    for number, (layer, want) in enumerate(zip(three, inside, strict=True), start=1):
        layer.expect_inputs(want, f"layer {number} of three")
    expect_exact(answer, inside[2] - 0.3, "the outputs of three layers")


def _many_batches(oracle, data, B):
    """Arguments of `quantised_with_many`: 100 batches of B inputs, and what judges the layers.

    Inputs are whole and there is no bias, so all batches are multiples of one in each layer, and
    no number is rounded.
    """
    widths, settings = (64, 16, 4), (4, 16, True)

    def inputs(rng):
        weights = data.exact_network(rng, widths, *settings).weights
        X = rng.integers(-4, 5, size=(B, widths[0])).astype(np.float32)
        return weights, X, 100, settings

    def verify(arguments, got, _):
        weights, X, *_ = arguments
        layers, X = expect.items(got, len(weights), what="the layers"), X.astype(np.float64)
        for number, (W, fields) in enumerate(zip(weights, layers, strict=True)):
            want = oracle.layer(W, *settings, X.T @ X)
            expect_fields(fields, want, f"layer {number} of many batches")
            X = np.maximum(X @ oracle.weights(*want).T, 0.0)

    return {"inputs": inputs, "verify": verify, "sizes": {"B": B, "d": 64, "r": 16}}


@check(
    part="3.4",
    points=1,
    hint="handout, task 3.4: which batches, when, and what do they pass through?",
    requires=("R3.4b", "R3.4c"),
)
def check_network_reads_its_batches_for_each_layer(student, oracle, rng, data, budgets):
    """For two layers batches 0, 1, 2 are asked for twice; 100 batches take the memory of one.

    Why: All inputs of a layer do not fit into memory; so they are made again, not kept.
    Oracle: The calls, recorded in the grader; the codes that only all batches together make. Bytes
    counted by the allocators, and for larger batches watched from outside.
    """
    settings = (4, 16, True)
    network = data.exact_network(rng, (64, 6, 4), *settings)
    images = data.digits().X[rng.permutation(500)[:60]]
    batches = Batches(data.read_only(part) for part in np.split(images, 3))
    expect_network(student, oracle, network, batches, settings, batches.inputs[0])
    asked = batches.asked
    budgets.counted("batches_read", len(asked), sizes={"layers": 2, "batches": 3})
    each = [sorted(asked[:3]), sorted(asked[3:])]
    told = f"batches {asked} were asked for: expected 0, 1, 2 for each of two layers"
    expect.that(each == [[0, 1, 2], [0, 1, 2]], told)
    budgets.memory(
        "network_memory",
        student.programs.quantised_with_many,
        **_many_batches(oracle, data, 256),
        watched=_many_batches(oracle, data, 4096),
    )


@check(
    part="3.4",
    points=1,
    hint="handout, task 3.4: which inputs does the second layer get, after the ReLU?",
    requires=("R3.4b", "R0a:quantize_network"),
    judged_by="check_network_reads_its_batches_for_each_layer",
)
def check_network_is_quantized_layer_after_layer(student, oracle, rng, data):
    """The codes of each layer are those for the inputs that the rounded layers before it make.

    Why: The second layer will never see the outputs of the float layer, nor numbers below 0.
    Oracle: Nearest planes, layer after layer, with exactly rounded sums. Inputs are digits, with
    dead pixels, in batches of 50, 31 and 1; all numbers between layers are exact in float32. With
    inputs of the float layers at least 33 codes were others, in 60 seeds. Two layers have one
    shape, and nothing else in common.
    """
    for settings, widths in (((2, 16, True), (64, 20, 20, 20)), ((3, 9, False), (64, 14, 10))):
        network = data.exact_network(rng, widths, *settings)
        images = data.digits().X[rng.permutation(500)[:82]]
        batches = Batches(data.read_only(part) for part in np.split(images, (50, 81)))
        X = data.read_only(data.digits().X_test[:5])
        expect_network(student, oracle, network, batches, settings, X)


@check(
    part="3.4",
    points=1,
    hint="handout, task 3.4: was each layer calibrated, with the inputs that it will get?",
    requires="R3.4d",
    unjudged={
        "network_outputs(*).returned: *": "how far the outputs are off is judged, not each of them",
        "network_outputs(*).asked.0: *": "which batches are asked for is judged in another check",
    },
)
def check_compensation_helps_on_the_digits(student, oracle, rng, data):
    """With 4 bits the outputs for new digits are nearer to the float network's than by rounding.

    Why: This is what calibration is for; a large library shipped one that never happened.
    Oracle: Both squared errors, in the grader; entries rounded one by one. One of
    200 networks is drawn; in each of them the error became 1.9 to 10.5 times smaller.
    """
    network, digits = data.trained(int(rng.integers(200))), data.digits()
    batches = Batches(data.read_only(part) for part in np.split(digits.X[:480], 6))
    X, settings = data.read_only(digits.X_test[::3]), (4, 16, False)
    got = student.programs.network_outputs(
        *network, expect.calls(batches.batch, at_most=100), 6, settings, X
    )
    expect.array(got, shape=(len(X), 10), dtype=np.float32, what="the outputs")
    want = X.astype(np.float64)
    for number, (W, bias) in enumerate(zip(*network, strict=True)):
        want = (np.maximum(want, 0.0) if number else want) @ W.T.astype(np.float64) + bias
    off = float(((got - want) ** 2).sum())
    rounded = float(((oracle.rounded_outputs(*network, settings, X) - want) ** 2).sum())
    told = f"the squared error of the outputs is {off:.3g}, that of rounding alone {rounded:.3g}"
    expect.that(1.5 * off <= rounded, f"{told}: expected two thirds of it at most")
    expect.that(50 * off >= rounded, f"{told}: so little is not possible with 4 bits")


@check(part="3.5", points=1, hint="handout, the worked examples of part 3", requires="R3.5a")
def check_sgd_of_the_worked_example(student):
    """From 1, steps of 0.1 on a grid of 1/4 stay at 1; with stochastic codes they reach 1/4.

    Why: To the nearest, a step below half a scale is no step at all.
    Oracle: By hand, and the first draws of the generator with seed 0.
    """
    for generator, path in (
        (None, (1.0, 1.0, 1.0, 1.0, 1.0)),
        (np.random.default_rng(0), (1.0, 1.0, 0.75, 0.5, 0.25)),
    ):
        asked = []

        def slope(w, asked=asked):
            asked.append(w)
            return np.ones(1)

        w = student.low_precision_sgd(slope, np.array([1.0]), 0.1, 4, 0.25, generator)
        expect.equal(len(asked), 4, what="the number of gradients that were asked for")
        for t, (point, want) in enumerate(zip([*asked, w], path, strict=True)):
            expect_exact(point, np.array([want]), f"w after {t} steps")


def _expect_path(student, oracle, rng, data, scale, seed):
    """The points at which the gradient is asked for, and the last one."""
    d, steps = 6, 12
    B = rng.standard_normal((d, d))
    A = B @ B.T / d + np.eye(d)
    w, b = 3 * rng.standard_normal(d), 3 * rng.standard_normal(d)
    b[0] = 400.0 * scale * A[0, 0]  # its minimum lies beyond the grid
    asked = []

    def gradient(point):
        asked.append(expect.array(point, shape=(d,), dtype=np.float64, what="a point"))
        return A @ point - b

    generator, U = None, None
    if seed is not None:
        generator = np.random.default_rng(seed)
        U = np.random.default_rng(seed).random((steps, d))
    alpha = 0.4
    got = student.low_precision_sgd(
        expect.calls(gradient, at_most=2 * steps), data.read_only(w), alpha, steps, scale, generator
    )
    want = oracle.path(A, b, w, alpha, steps, scale, U)
    expect.equal(len(asked), steps, what="the number of gradients that were asked for")
    for t, (point, wanted) in enumerate(zip([*asked, got], want, strict=True)):
        expect_exact(point, wanted, f"w after {t} steps")


@check(
    part="3.5",
    points=1,
    hint="handout, task 3.5: what is on the grid?",
    requires="R3.5a",
)
def check_sgd_stays_on_its_grid(student, oracle, rng, data):
    """Every point at which the gradient is asked for is the nearest of the grid, the start too.

    Why: A copy of w in floats beside the codes would make the steps work, and save no memory.
    Oracle: The recorded points; a loop over entries, which are clipped at 127 scales.
    """
    for scale in (2.0**-4, 0.07):
        _expect_path(student, oracle, rng, data, scale, None)


@check(
    part="3.5",
    points=1,
    hint="handout, task 3.5: what is drawn for each step?",
    requires="R3.5b",
)
def check_stochastic_sgd_draws_for_each_entry(student, oracle, rng, data):
    """With rng each entry of each step is rounded up or down by a draw of its own.

    Why: In the mean such steps are right, and those that are small are not lost.
    Oracle: The recorded points; a loop over entries with the draws of a second generator.
    """
    for scale in (2.0**-4, 0.07):
        _expect_path(student, oracle, rng, data, scale, int(rng.integers(2**31)))
