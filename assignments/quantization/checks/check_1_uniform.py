"""Part 1: scales, zeros and codes."""

import numpy as np

from autograder.grading import check, expect
from expectations import expect_exact, expect_parameters, expect_untouched, expect_whole


@check(
    part="1.1",
    points=1,
    hint="handout, the worked example of part 1",
    requires=("R1.1a", "R1.1b", "R1.1c", "R1.1d"),
)
def check_parameters_of_the_worked_example(student):
    """Code ranges, scales and zeros of the worked example are right.

    Why: All that follows divides by this scale and adds this zero.
    Oracle: By hand: ranges that are 15 or 7 powers of two wide, one of which has to be widened.
    """
    for symmetric, ends in ((False, (0, 15)), (True, (-7, 7))):
        what = "the asymmetric range of 4 bits" if not symmetric else "the symmetric range"
        got = expect.items(student.code_range(4, symmetric), 2, what=what)
        for name, value, want in zip(("least", "largest"), got, ends, strict=True):
            expect_whole(value, want, f"the {name} code of {what}")
    low, high = np.array([-1.0, 1.0, -3.75, -0.375, 0.0]), np.array([2.75, 3.75, -1.0, 3.375, 0.0])
    want = np.array([0.25, 0.25, 0.25, 0.25, 2.0**-126]), np.array([4, 0, 15, 2, 0])
    expect_parameters(student.parameters(low, high, 4, False), want, low, high, "asymmetric")
    low, high = np.array([-1.0, -3.5, 0.0]), np.array([1.75, 1.0, 0.0])
    want = np.array([0.25, 0.5, 2.0**-126]), np.array([0, 0, 0])
    expect_parameters(student.parameters(low, high, 4, True), want, low, high, "symmetric")


@check(
    part="1.1",
    points=2,
    hint="handout, task 1.1: which range is widened, and how is zero rounded?",
    requires=("R1.1a", "R1.1b", "R1.1c"),
)
def check_scales_and_zeros_of_random_ranges(student, oracle, rng, data):
    """Ranges around 0, above it and below it have the right scale and zero, from 2 to 8 bits.

    Why: Numbers from -5 to -3 need a code for 0 as well: with a clipped zero alone they are off by
    20 scales.
    Oracle: Exact rationals, range by range; 0 lies in the middle of two codes in some of them.
    """
    cases = []
    for bits in range(2, 9):
        low, high = data.ranges(rng, bits)
        cases += [(low, high, bits, False), (low, high, bits, True)]
    answers = [  # a mistake is recognised by all of them
        (student.code_range(*case[2:]), student.parameters(*case)) for case in cases
    ]
    for (low, high, bits, symmetric), (ends, got) in zip(cases, answers, strict=True):
        kind = "symmetric" if symmetric else "asymmetric"
        ends = expect.items(ends, 2, what="the range of codes")
        for value, want in zip(ends, oracle.code_range(bits, symmetric), strict=True):
            expect_whole(value, want, f"an end of the {kind} range of {bits} bits")
        want = oracle.parameters(low, high, bits, symmetric)
        expect_parameters(got, want, low, high, f"{kind} {bits}-bit")


@check(
    part="1.1",
    points=1,
    hint="handout, task 1.1: high - low in float32",
    requires="R1.1d",
)
def check_scales_of_extreme_ranges(student, oracle):
    """Constant, empty, tiny and the largest ranges of float32 have a scale to divide by.

    Why: One row of zeros in a network makes every output NaN if its scale is 0.
    Oracle: Exact rationals for the largest and the smallest numbers of float32.
    """
    most, least = float(np.finfo(np.float32).max), 1e-44
    ends = [(-most, most), (-most, 0.0), (0.0, most), (most, most), (0.0, least), (-least, least)]
    ends += [(-least, 0.0), (0.0, 0.0), (3.0, 3.0), (-3.0, -3.0)]
    low, high = (np.array(side, np.float32) for side in zip(*ends, strict=True))
    for bits, symmetric in ((8, False), (8, True), (2, False), (2, True)):
        kind = "symmetric" if symmetric else "asymmetric"
        want = oracle.parameters(low, high, bits, symmetric)
        got = student.parameters(low, high, bits, symmetric)
        expect_parameters(got, want, low, high, f"{kind} {bits}-bit")


@check(
    part="1.2",
    points=1,
    hint="handout, the worked example of part 1",
    requires=("R1.2a", "R1.2b", "R1.2d", "R1.2e"),
)
def check_codes_of_the_worked_example(student):
    """Seven numbers of the worked example have the right codes, and four codes the right numbers.

    Why: This is the whole of quantisation; all else is about which scale to take.
    Oracle: By hand: quotients by 1/4, which are exact, with ties among them.
    """
    x = np.array([0.125, 0.375, 0.625, -0.125, 2.75, 9.0, -9.0])
    codes = student.quantize(x, 0.25, 4, 4, False)
    want = np.array([4, 6, 6, 4, 15, 15, 0], np.uint8)
    expect_exact(codes, want, "the codes of the worked example", 4 * x)
    numbers = student.dequantize(np.array([0, 4, 6, 15], np.uint8), 0.25, 4)
    want = np.array([-1.0, 0.0, 0.5, 2.75], np.float32)
    expect_exact(numbers, want, "the numbers of the codes 0, 4, 6, 15")


@check(
    part="1.2",
    points=1,
    hint="handout, task 1.2: ties; x / scale in float64, and not x times 1 / scale",
    requires=("R1.2a", "R1.2d"),
)
def check_codes_are_the_nearest(student, oracle, rng, data):
    """x / scale goes to the nearest code, ties to the even one before zero is added.

    Why: Ties are common: data that was quantised once lies on a grid.
    Oracle: The quotient of float64, from exact rationals, rounded exactly; x / scale is a multiple
    of 1/4, or so near a tie that float32 or the reciprocal of the scale would decide it otherwise.
    """
    quarters = np.arange(-12, 25) / 4
    odd, even = 2 * rng.integers(1, 6, size=2) + [1, 0]
    scale = 2.0 ** rng.integers(-6, 6, size=(2, 1))
    zero = np.array([[odd], [even]])
    x = (quarters * scale).astype(np.float32)
    near, scales = data.quotients_near_ties(rng)
    cases = []
    for numbers, steps, zeros, bits, symmetric in (
        (x, scale, zero, 4, False),
        (x, scale, zero, 8, False),
        (x[0] - x[0, -1] / 4, scale[0], np.array(0), 8, True),
        (near, scales, np.array([[117], [208], [33]]), 8, False),
        (near[1:].astype(np.float32), scales[1:], np.zeros((1, 6), np.int64), 8, True),
    ):
        want = oracle.quantize(numbers, steps, zeros, bits, symmetric)
        codes = student.quantize(data.read_only(numbers), steps, zeros, bits, symmetric)
        kind = "symmetric" if symmetric else "asymmetric"
        what = f"the {kind} codes of {bits} bits of {numbers.dtype} numbers"
        cases.append((codes, want, what, numbers / steps))
    for case in cases:  # a mistake is recognised by all of them
        expect_exact(*case)


@check(
    part="1.2",
    points=1,
    hint="handout, task 1.2: a cast wraps",
    requires=("R1.2b", "R1.2d"),
)
def check_codes_are_clipped(student, oracle, rng, data):
    """Numbers beyond the range get the first or the last code, however far they are.

    Why: 300 becomes 44 in uint8, without a warning: the largest weight would become a small one.
    Oracle: Whole numbers of Python, which have no end, clipped to the listed range.
    """
    far = np.array([8.4, 8.6, 127.4, 129.0, 256.0, 300.0, 33e3, 70e3, 3e9, 1e19, 1e30])
    quotients = np.stack([far, -far])
    scale = data.read_only(2.0 ** rng.integers(-5, 5, size=len(far)))
    x = data.read_only((quotients * scale).astype(np.float32))
    for bits, symmetric in ((8, False), (4, False), (3, False), (8, True), (4, True), (2, True)):
        middle = np.zeros(1, np.int64) if symmetric else rng.integers(1, 2**bits - 1, size=(2, 1))
        want = oracle.quantize(x, scale, middle, bits, symmetric)
        codes = student.quantize(x, scale, middle, bits, symmetric)
        kind = "symmetric" if symmetric else "asymmetric"
        what = f"the {kind} codes of {bits} bits of large numbers"
        expect_exact(codes, want, what, x.astype(np.float64) / scale)


@check(
    part="1.2",
    points=2,
    hint="handout, task 1.2: one u for each entry, and floor",
    requires=("R1.2c", "R1.2d", "R0b"),
)
def check_stochastic_codes_have_a_draw_for_each_entry(student, oracle, rng, data):
    """Stochastic codes are floor(x / scale + u) plus zero, clipped, with the draws of rng.

    Why: Errors that are independent average out; with one u for all they move together.
    Oracle: The worked example by hand; the draws of a second generator of the same seed, and exact
    floors; what the global generators draw next, as if nothing had been drawn.
    """
    seed = int(rng.integers(2**31))
    middle = np.full((4, 30), 0.375), np.array([[0.25]]), np.array([[4]])
    answer = student.programs.drawing("quantize_stochastic", seed, *middle, 4, False)
    codes = expect_untouched(answer, "quantize_stochastic")
    expect.array(codes, shape=(4, 30), dtype=np.uint8, what="the codes of 120 equal numbers")
    told = "30 equal numbers of a row, in the middle of two codes, all have the same code"
    differ = np.all(codes.min(axis=1) < codes.max(axis=1))
    expect.that(differ, told, "one u was drawn for all of them, or none")
    expect_exact(codes, _drawn(oracle, seed, *middle, 4, False), "the codes of equal numbers")
    x = np.array([0.125, 0.125, -0.125, 0.225])
    answer = student.programs.drawing("quantize_stochastic", 0, x, 0.25, 4, 4, False)
    codes = expect_untouched(answer, "quantize_stochastic")
    expect_exact(codes, np.array([5, 4, 3, 4], np.uint8), "the codes of the worked example", 4 * x)
    quotients = np.concatenate(
        [rng.uniform(-9.0, 9.0, size=(3, 40)), np.arange(-60, 60)[None, ::3]]
    )
    scale = data.read_only(2.0 ** rng.integers(-4, 4, size=(4, 1)))
    x = data.read_only((quotients * scale).astype(np.float32))
    for bits, symmetric in ((8, True), (4, True), (4, False)):
        zero = np.zeros((4, 1), np.int64) if symmetric else rng.integers(16, size=(4, 1))
        answer = student.programs.drawing(
            "quantize_stochastic", seed, x, scale, zero, bits, symmetric
        )
        codes = expect_untouched(answer, "quantize_stochastic")
        what = f"the stochastic codes of {bits} {'symmetric' if symmetric else 'asymmetric'} bits"
        expect_exact(codes, _drawn(oracle, seed, x, scale, zero, bits, symmetric), what, x / scale)


def _drawn(oracle, seed, x, scale, zero, bits, symmetric):
    """The stochastic codes with the first draws of a generator of this seed."""
    u = np.random.default_rng(seed).random(x.shape)
    return oracle.quantize_stochastic(x, scale, zero, u, bits, symmetric)


@check(
    part="1.2",
    points=1,
    hint="handout, task 1.2: the difference of codes and zero, and float64 up to the end",
    requires=("R1.2d", "R1.2e"),
)
def check_numbers_are_rounded_once(student, oracle, rng, data):
    """All codes of 8 bits stand for scale (code - zero), rounded to float32 only at the end.

    Why: The difference of two numbers in uint8 is never negative, and a scale that was rounded
    first is rounded twice.
    Oracle: Exact rationals, rounded to float32; scales have more digits than float32.
    """
    codes = data.read_only(rng.permutation(256).astype(np.uint8).reshape(4, 64))
    zero = data.read_only(rng.integers(1, 255, size=(4, 1)))
    scale = data.binary_scales(rng, (4, 1), 40)
    want = oracle.dequantize(codes, scale, zero)
    numbers = student.dequantize(codes, scale, zero)
    expect_exact(numbers, want, "the numbers of uint8 codes", codes - zero, "code - zero")
    signed = data.read_only(rng.permutation(np.arange(-127, 128)).astype(np.int8).reshape(5, 51))
    scale, zero = data.binary_scales(rng, (5, 51), 40), data.read_only(np.zeros((5, 51)))
    want = oracle.dequantize(signed, scale, zero)
    numbers = student.dequantize(signed, scale, zero)
    expect_exact(numbers, want, "the numbers of int8 codes", signed, "the code")
