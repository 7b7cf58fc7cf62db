"""What the checks of several parts expect alike."""

import random

import numpy as np

from autograder.grading import expect, rounding


def expect_exact(got, want, what, given=None, named="x / scale"):
    """Exactly these numbers, in this dtype; a message shows the entry of `given`, which is `named`.

    `given` has the shape of `want`: what the first number that is not right was made from.
    """
    array = expect.array(got, shape=want.shape, dtype=want.dtype, what=what)
    wrong = np.argwhere(array != want)
    if not len(wrong):
        return
    index = tuple(int(i) for i in wrong[0])
    where = f"first at index {index}"
    if given is not None:
        where += f", where {named} is {given[index]}"
    shown = "#x" if want.dtype in (np.uint16, np.uint32) else ""  # the bits of floats
    told = f"{where}: got {array[index]:{shown}}, expected {want[index]:{shown}}"
    off = array.astype(np.float64) - want.astype(np.float64)
    same = len(wrong) == want.size > 1 and np.all(off == off.flat[0])
    looks_like = f"every entry is {off.flat[0]:+g} off" if same else ""
    expect.that(False, f"{what}: {len(wrong)} of {want.size} are wrong", told, looks_like)


def expect_parameters(got, want, low, high, kind):
    """Scales in float64 up to rounding, each for itself: they are of all sizes; and zeros."""
    scale, zero = expect.items(got, 2, what="(scale, zero)")
    scale = expect.array(scale, shape=low.shape, dtype=np.float64, what=f"the {kind} scales")
    for index in np.ndindex(*low.shape):
        what = f"the {kind} scale of numbers from {low[index]:g} to {high[index]:g}"
        right = float(want[0][index])
        expect.close(float(scale[index]), right, within=rounding(terms=4), what=what)
    expect_exact(zero, want[1], f"the {kind} zeros", -low / want[0], "-low / scale")


def expect_whole(got, want, what):
    """Exactly this whole number, of Python or of numpy; a float is none, whatever its value."""
    value = expect.number(got, what=what)
    whole = isinstance(got, (int, np.integer))
    expect.that(whole, f"{what} is {got!r}, a float: expected a whole number")
    expect.that(value == want, f"{what} is {got}, expected {want}")


def expect_untouched(answer, what):
    """What a function returned, which has left the global generators alone."""
    result, drawn = expect.items(answer, 2, what="what a call leaves behind")
    undrawn = random.Random(1).random(), np.random.RandomState(1).random_sample()
    for number, wanted in zip(expect.items(drawn, 2, what="draws"), undrawn, strict=True):
        same = expect.number(number, what="a draw") == wanted
        expect.that(same, f"{what} used a global generator, and not rng alone")
    return result


def expect_fields(got, want, what):
    """The six fields of a packed matrix, each exactly and in its dtype."""
    codes, scales, zeros, shape, bits, group = expect.items(got, 6, what=f"the fields of {what}")
    expect_exact(scales, want[1], f"the scales of {what}")
    if want[2] is None:
        expect.that(zeros is None, f"the zeros of {what} are not None, though it is symmetric")
    else:
        expect_exact(zeros, want[2], f"the zeros of {what}")
    expect_exact(codes, want[0], f"the bytes of the codes of {what}")
    sizes = expect.items(shape, 2, what=f"the shape of {what}")
    for value, wanted, name in zip(
        [*sizes, bits, group], [*want[3], *want[4:]], ("rows", "d", "bits", "group"), strict=True
    ):
        expect_whole(value, wanted, f"{name} of {what}")


def expect_floats(got, want, within, what):
    """These numbers up to rounding, in float32."""
    expect.array(got, shape=want.shape, dtype=np.float32, what=what)
    expect.close(got, want, within=within, what=what)


class Batches:
    """Inputs, one batch after another, with a list of those that were asked for."""

    def __init__(self, inputs):
        self.inputs, self.asked = list(inputs), []

    def batch(self, i):
        """The inputs of batch i."""
        most = len(self.inputs) - 1
        number = int(expect.number(i, low=0, high=most, what="the number of a batch"))
        self.asked.append(number)
        return self.inputs[number]


def expect_network(student, oracle, network, batches, settings, X):
    """A quantised network has the codes of the oracle's, and its outputs for X."""
    count = len(batches.inputs)
    batch = expect.calls(batches.batch, at_most=20 * count)
    answer = student.programs.quantised(*network, batch, count, settings, X)
    layers, outputs = expect.items(answer, 2, what="a network")
    wanted = oracle.network(*network, batches.inputs, *settings)
    layers = expect.items(layers, len(wanted), what="the layers")
    for number, (layer, fields, bias) in enumerate(
        zip(layers, wanted, network.biases, strict=True)
    ):
        *packed, kept = expect.items(layer, 7, what=f"layer {number}")
        expect_fields(packed, fields, f"layer {number}")
        expect_exact(kept, bias, f"the bias of layer {number}")
    want = oracle.outputs(wanted, network.biases, X)
    expect_floats(outputs, want, rounding(terms=64, dtype="float32"), "the outputs")


def named(names, cases):
    """Configurations of a prediction: each case with these names."""
    return [dict(zip(names.split(), case, strict=True)) for case in cases]


def layer_bytes(rng, data, accounting):
    """What counts the bytes of a layer: its arrays, made by the grader."""

    def measure(rows, d, bits, group, symmetric):
        fields = data.packed(rng, rows, d, bits, group, symmetric)
        return accounting.state([*fields[:3], np.zeros(rows, np.float32)])

    return measure


def expect_layer(made, fields, bias, X, oracle, what):
    """A layer has these fields, and what follows from them."""
    packed, kept, outputs, nbytes = expect.items(made, 4, what="a layer")
    expect_fields(packed, fields, what)
    expect_exact(kept, bias, "the bias")
    within = rounding(terms=X.shape[1], dtype="float32")
    expect_floats(outputs, oracle.product(X, fields) + bias, within, f"the outputs of {what}")
    arrays = [array for array in (*fields[:3], bias) if array is not None]
    expect_whole(nbytes, sum(array.nbytes for array in arrays), f"nbytes() of {what}")


def expect_step(student, state, j, value, wanted, condition):
    """One step leads from one state (w, H_inv) to the next; w[j] is exactly its value."""
    w, rest = expect.items(student.obq_step(*state, j, value), 2, what="(w, H_inv)")
    within = rounding(terms=len(w), condition=condition, why="the inverse of H")
    expect.close(w, wanted[0], within=within, what=f"w after column {j}")
    expect.close(rest, wanted[1], within=within, what=f"H_inv after column {j}")
    expect.that(w[j] == value, f"w[{j}] is {w[j]!r}, expected exactly {value!r}")
    zero = not np.any(rest[j]) and not np.any(rest[:, j])
    expect.that(zero, f"row and column {j} of the new H_inv are not exactly 0")


def expect_factors(answer, oracle, W, X, bits, group, alphas):
    """Factors and alpha are those of the least error."""
    s, alpha = expect.items(answer, 2, what="(s, alpha)")
    want, best, errors = oracle.awq_scale(W, X, bits, group, alphas)
    told = ", ".join(f"{a:g}: {error:.4g}" for a, error in zip(alphas, errors, strict=True))
    got = expect.number(alpha, what="alpha")
    expect.that(got == best, f"alpha is {got:g}, expected {best:g}", f"errors by alpha: {told}")
    expect.close(s, want, within=rounding(terms=len(X)), what="s")


def expect_bits_of_floats(got, bits, what):
    """float32 numbers with exactly these bits, where these are no NaN, and NaN elsewhere."""
    right = isinstance(got, np.ndarray) and got.shape == bits.shape and got.dtype == np.float32
    expect.that(right, f"{what} is no float32 array of shape {bits.shape}")
    nan = (bits & 0x7FFFFFFF) > 0x7F800000
    expect.that(np.all(np.isnan(got[nan])), f"{what}: NaN has become a number")
    left, wanted = got[~nan].view(np.uint32), bits[~nan]
    expect_exact(left, wanted, f"{what}, as bits of float32")


def expect_scales(student, scale, interval, found, want):
    """After each step, whether it may be made, and the scale."""
    answers = student.programs.scaled(scale, interval, found)
    for step, (answer, wanted) in enumerate(
        zip(expect.items(answers, len(found), what="the answers"), want, strict=True), start=1
    ):
        told = f"step {step} of {''.join('x' if bad else '.' for bad in found)} (x: infinity)"
        may, after = expect.items(answer, 2, what="an answer")
        expect.equal(may, bool(wanted[0]), what=f"whether step {step} may be made")
        value = expect.number(after, what=f"the scale after {told}")
        off = f"the scale after {told} is {value:g}, expected {wanted[1]:g}"
        expect.that(value == wanted[1], off, f"every {interval} good steps in a row it doubles")


def expect_csr(answer, W, want, what):
    """Values, columns, starts and shape, in their dtypes."""
    fields = expect.items(answer, 4, what=what)
    for got, wanted, name in zip(fields, want, ("values", "columns", "starts"), strict=False):
        expect.array(got, shape=wanted.shape, dtype=wanted.dtype, what=f"{name} of {what}")
        expect.equal(got, wanted, what=f"{name} of {what}")
    expect.equal(tuple(expect.items(fields[3], 2, what="the shape")), W.shape, what="the shape")
