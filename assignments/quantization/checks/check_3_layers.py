"""Part 3: products with packed weights, layers, calibration."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import expect_exact, expect_fields, expect_floats, expect_layer, expect_whole

# the matrix of the worked examples: codes 0, 15 | 15, 4 | 0
W = np.array([[-1, 2.75, 1.875, 0.5, -3.75]], np.float32)
EXAMPLE = [
    np.array([[240, 79, 0]], np.uint8),
    np.array([[1 / 4, 1 / 8, 1 / 4]], np.float32),
    np.array([[4, 0, 15]], np.uint8),
    *((1, 5), 4, 2),
]
SINGLE = "float32"


@check(part="3.1", points=1, hint="handout, the worked examples of part 3", requires="R3.1a")
def check_packed_product_of_the_worked_example(student):
    """The product of ones with the packed matrix of the handout is the sum of its entries, 0.375.

    Why: A product with packed weights is a product with the numbers that they stand for.
    Oracle: By hand.
    """
    got = student.programs.product(np.ones((1, 5), np.float32), EXAMPLE, 1)
    expect_exact(got, np.array([[0.375]], np.float32), "the product")


@check(
    part="3.1",
    points=2,
    hint="handout, task 3.1: is the last tile written, which is shorter?",
    requires=("R3.1a", "R0a:matmul_packed"),
)
def check_packed_product_agrees_with_loops(student, oracle, rng, data):
    """Products are right for 2 to 8 bits, odd rows, short groups, and tiles of every size.

    Why: The last tile and the last group are shorter, and signed codes need their sign.
    Oracle: One entry after another, from its bits; exactly rounded sums.
    """
    for bits, group, symmetric, tile in (
        *((4, 4, False, 3), (4, 7, True, 2), (3, 50, True, 100), (2, 1, False, 11)),
        *((8, 6, True, 4), (8, 21, False, 1), (5, 8, True, 5)),
    ):
        rows, d = 11, 21 + bits % 2
        fields = data.packed(rng, rows, d, bits, group, symmetric)
        X = data.read_only(rng.standard_normal((3, d)).astype(np.float32))
        got = student.programs.product(X, fields, tile)
        what = f"the product (bits {bits}, group {group}, symmetric {symmetric}, tile {tile})"
        expect_floats(got, oracle.product(X, fields), rounding(terms=d, dtype=SINGLE), what)


def _whole_product(rows, d, tile, B=4):
    """Arguments of a large product, and what judges it: all its numbers are exact in float32."""

    def inputs(rng):
        codes = rng.integers(256, size=(rows, d // 2), dtype=np.uint8)
        groups = rows, -(-d // 64)
        scales, zeros = np.ones(groups, np.float32), np.full(groups, 8, np.uint8)
        X = rng.integers(-2, 3, size=(B, d)).astype(np.float32)
        return X, [codes, scales, zeros, (rows, d), 4, 64], tile

    def verify(arguments, got, _):
        X, (codes, *_), _ = arguments
        even, odd = X[:, ::2], X[:, 1::2]
        want = even @ (codes % 16).T.astype(np.float32) + odd @ (codes // 16).T.astype(np.float32)
        expect_exact(got, want - 8 * X.sum(axis=1, keepdims=True), "the product")

    return {"inputs": inputs, "verify": verify, "sizes": {"t": tile, "d": d, "r": rows, "B": B}}


@check(
    part="3.1",
    points=1,
    needs="check_packed_product_of_the_worked_example",
    hint="handout, task 3.1: a tile at a time",
    requires="R3.1b",
)
def check_packed_product_holds_one_tile(student, budgets):
    """The product of a matrix of 2048 rows, by tiles of 8, takes the memory of a few tiles.

    Why: If all weights become floats for a moment, the model needs its large memory after all.
    Oracle: Bytes counted by the allocators, against a formula for a tile; a larger matrix is
    watched from outside. The numbers are whole, so that the product is exact.
    """
    budgets.memory(
        "matmul_memory",
        student.programs.product,
        **_whole_product(2048, 1024, 8),
        watched=_whole_product(6000, 4000, 60),
    )


@check(
    part="3.1",
    points=1,
    needs="check_packed_product_of_the_worked_example",
    hint="handout, task 3.1: what is done once for a tile?",
    requires="R3.1c",
)
def check_packed_product_takes_little_time(student, budgets):
    """The product of 8192 rows by tiles of 256 takes little more time than its array operations.

    Why: Each weight is unpacked once and used for all inputs; a loop over rows or inputs is slower.
    Oracle: CPU time of the same operations on random arrays, measured beside it.
    """
    case = _whole_product(8192, 128, 256, B=32)
    del case["sizes"]
    budgets.time("matmul_time", student.programs.product, **case)


@check(
    part="3.2",
    points=1,
    hint="handout, the worked examples of part 3",
    requires=("R3.2a", "R3.2b", "R3.2c"),
)
def check_layer_of_the_worked_example(student):
    """The layer of the handout has its bytes of codes, its output 0.875 for ones, and 22 bytes.

    Why: All the rest of this part is made of such layers.
    Oracle: By hand.
    """
    bias, X = np.array([0.5], np.float32), np.ones((1, 5), np.float32)
    made = student.programs.layer((W, bias, 4, 2, False, None), X)
    packed, kept, outputs, nbytes = expect.items(made, 4, what="a layer")
    expect_fields(packed, EXAMPLE, "the layer")
    expect_exact(kept, bias, "the bias")
    expect_exact(outputs, np.array([[0.875]], np.float32), "the outputs")
    expect_whole(nbytes, 22, "nbytes()")


def _random_layer(rng, data, rows, d):
    """Weights, biases and inputs, of which column 3 is dead and the others are correlated."""
    X = np.array(data.inputs(rng, 3 * d, d, 0.9), np.float32)
    X[:, 3] = 0.0
    W = rng.standard_normal((rows, d)).astype(np.float32)
    bias = rng.standard_normal(rows).astype(np.float32)
    return (data.read_only(array) for array in (W, bias, X))


@check(
    part="3.2",
    points=1,
    hint="handout, task 3.2: which scales, and is H damped first, by DAMP?",
    requires=("R3.2a", "R3.2b"),
)
def check_layer_with_and_without_H(student, oracle, rng, data):
    """Without H weights become their nearest codes; with H they are those of GPTQ, damped by 0.01.

    Why: A calibration that is not used makes no error that anybody sees: the layer still works.
    Oracle: Entry by entry; Babai's nearest planes for the damped H, which need no inverse. The
    inputs are correlated and of unequal sizes, and one column is dead. The last layer has the
    settings of the first one, and other weights.
    """
    cases = []
    for bits, group, symmetric, name in (
        *((4, 8, False, "a layer"), (3, 5, True, "a layer")),
        (4, 8, False, "a later layer of the same shape"),
    ):
        W, bias, X = _random_layer(rng, data, 7, 21)
        H = data.read_only(X.T.astype(np.float64) @ X.astype(np.float64))
        settings = bits, group, symmetric
        for given, fields, what in (
            (None, oracle.grouped(W, *settings), f"{name} without H"),
            (H, oracle.layer(W, *settings, H), f"{name} with H"),
        ):
            made = student.programs.layer((W, bias, *settings, given), X[:4])
            cases.append((made, fields, bias, X[:4], oracle, what))
    for case in cases:
        expect_layer(*case)


@check(
    part="3.2",
    points=1,
    hint="handout, task 3.2: what does the layer keep?",
    requires="R3.2c",
    unjudged={
        "reached(*).returned.1: *": "below 16 KiB the bytes of names and sizes may be any number",
        "reached(*).returned.2*: *": "words for the message",
    },
)
def check_layer_keeps_no_floats(student, rng, data):
    """A layer that was called reaches the bytes of its codes, scales, zeros and biases, no others.

    Why: Layers of released packages kept the float weights beside the codes, and saved nothing.
    Oracle: A walk over attributes, containers, closures, default arguments, and arrays behind
    views; the bytes of arrays of these sizes. What is found is seen from outside by the next check.
    """
    rows, d, group = 24, 161, 32
    for bits, symmetric, given in ((4, False, True), (8, True, False)):
        W, bias, X = _random_layer(rng, data, rows, d)
        H = X.T.astype(np.float64) @ X if given else None
        answer = student.programs.reached((W, bias, bits, group, symmetric, H), X[:2])
        arrays, others, named = expect.items(answer, 3, what="what the layer reaches")
        want = data.layer_bytes(rows, d, bits, group, symmetric)
        with expect.usable("the names of what the layer reaches"):
            detail = "; ".join(str(text)[:60] for text in named)
        told = f"the layer reaches arrays of {arrays} bytes, expected {want}"
        expect.that(expect.number(arrays, what="bytes") == want, told, detail)
        more = expect.number(others, what="bytes")
        expect.that(more < 16_384, f"the layer reaches {more:.0f} bytes that are in no array")


def _many_layers(rows, d, count):
    """Arguments of `kept_layers`, and what judges its outputs: weights have three bits exactly."""

    def inputs(rng):
        W = rng.integers(-7, 8, size=(rows, d)).astype(np.float32)
        W[:, ::32] = 7.0
        bias, X = np.ones(rows, np.float32), rng.integers(-2, 3, size=(1, d)).astype(np.float32)
        return (W, bias, 4, 32, True, None), X, count

    def verify(arguments, got, _):
        (W, *_), X, _ = arguments
        want = np.outer(2.0 ** (np.arange(count) % 4), X @ W.T) + 1.0
        expect_exact(got, want.astype(np.float32), "the outputs of the layers")

    return {"inputs": inputs, "verify": verify, "sizes": {"L": count, "r": rows, "d": d, "g": 32}}


@check(
    part="3.2",
    points=1,
    needs="check_layer_of_the_worked_example",
    hint="handout, task 3.2: what does the layer keep?",
    requires="R3.2c",
)
def check_many_layers_take_few_bytes(student, budgets):
    """400 layers that are kept take the bytes of their codes and scales, not those of floats.

    Why: What a layer keeps is paid for as often as there are layers.
    Oracle: Bytes counted by the allocators and watched from outside, against the formula.
    """
    budgets.memory(
        "layer_bytes",
        student.programs.kept_layers,
        **_many_layers(64, 256, 400),
        watched=_many_layers(256, 512, 140),
    )


@check(part="3.3", points=1, hint="handout, the worked examples of part 3", requires="R3.3a")
def check_calibration_of_the_worked_example(student):
    """The inputs (1, 2) and (3, 4), one after the other, have H = [[10, 14], [14, 20]].

    Why: H says which errors of the weights the outputs notice.
    Oracle: By hand.
    """
    batches = [np.array([[1.0, 2.0]], np.float32), np.array([[3.0, 4.0]], np.float32)]
    for H in expect.items(student.programs.calibrated(2, batches, batches[::-1]), 2):
        expect_exact(H, np.array([[10.0, 14.0], [14.0, 20.0]]), "H")


@check(
    part="3.3",
    points=2,
    hint="handout, task 3.3: a sum over all inputs, in float64",
    requires=("R3.3a", "R3.3b"),
)
def check_calibration_of_unequal_batches(student, oracle, rng, data):
    """H is the sum over all inputs, for batches of 1, 9 and 30 of them, beside another calibration.

    Why: A mean of means weighs the inputs of a small batch more; a sum in float32 loses digits.
    Oracle: Exactly rounded sums over all inputs at once. The caller uses its array of inputs again.
    """
    d = 9
    X = np.array(data.inputs(rng, 80, d, 0.5), np.float32) + np.float32(0.7)
    first = [data.read_only(part) for part in np.split(X[:40], (1, 10))]
    second = [data.read_only(part) for part in np.split(X[40:], (9, 30))]
    got = expect.items(student.programs.calibrated(d, first, second), 2)
    for H, batches, what in zip(got, (first, second), ("H", "H of the other"), strict=True):
        want = oracle.second_moment(batches)
        expect.array(H, shape=(d, d), dtype=np.float64, what=what)
        expect.close(H, want, within=rounding(terms=40), what=what)


def _many_batches(batches):
    """Arguments of `calibrated_with_many`, whose inputs are whole, and what judges its H."""

    def inputs(rng):
        return rng.integers(-4, 5, size=(256, 64)).astype(np.float32), batches

    def verify(arguments, got, _):
        X = arguments[0].astype(np.float64)
        expect_exact(got, sum(4.0 ** (i % 3) for i in range(batches)) * (X.T @ X), "H")

    return {"inputs": inputs, "verify": verify, "sizes": {"B": 256, "d": 64}}


@check(
    part="3.3",
    points=1,
    needs="check_calibration_of_unequal_batches",
    hint="handout, task 3.3: what is kept?",
    requires="R3.3b",
)
def check_calibration_keeps_no_inputs(student, budgets):
    """A calibration with 200 batches of 256 inputs takes the memory of one batch and of H.

    Why: One calibrates with as many inputs as one has time for: they do not fit into memory.
    Oracle: Bytes counted by the allocators, and watched from outside. Numbers are whole, so H is
    exact.
    """
    budgets.memory(
        "calibration_memory",
        student.programs.calibrated_with_many,
        **_many_batches(200),
        watched=_many_batches(1600),
    )
