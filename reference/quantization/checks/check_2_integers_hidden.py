"""Part 2 on other shapes and numbers."""

import numpy as np

from autograder.grading import check, expect
from expectations import expect_bits_of_floats, expect_exact, expect_scales, expect_whole


@check(part="2.1", points=2, hint="handout, task 2.1", requires="R2.1a")
def check_products_of_other_shapes(student, oracle, rng):
    """Products are exact for one row, one column, views, and sums whose parts are beyond int32.

    Why: The sum of the codes may be too large for int32 where that of the differences is not.
    Oracle: Sums of products of Python's whole numbers.
    """
    for B, rows, d in ((1, 1, 1), (3, 1, 8), (1, 4, 6), (6, 6, 6)):
        Q = rng.integers(256, size=(d, B)).astype(np.uint8).T
        P = rng.integers(-128, 128, size=(rows, 2 * d)).astype(np.int8)[:, ::2]
        z, y = int(rng.integers(256)), rng.integers(-128, 128, size=rows)
        want = oracle.integer_product(Q, z, P, y)
        expect_exact(student.integer_product(Q, z, P, y), want, f"the product of {B, rows, d}")
    Q, P = np.full((2, 40_000), 255, np.uint8), np.full((3, 40_000), 255, np.uint8)
    Q[1, ::3], P[2, ::2] = 0, 1
    y = np.array([130, 120, 128])
    want = oracle.integer_product(Q, 128, P, y)
    product = student.integer_product(Q, 128, P, y)
    expect_exact(product, want, "the product of 40 000 terms")


@check(part="2.2", points=1, hint="handout, task 2.2", requires=("R2.2a", "R2.2b"))
def check_float_products_of_other_shapes(student, oracle, rng):
    """Products are exact at the end of a tile and beyond it, for views, and for one row or column.

    Why: The last tile may have one column.
    Oracle: Sums of products of Python's whole numbers; rows of equal codes.
    """
    for q, p in rng.integers(1, 3000, size=(6, 2)).tolist():
        what = f"exact_terms({q}, {p})"
        expect_whole(student.exact_terms(q, p), oracle.exact_terms(q, p), what)
    for B, rows, d in ((1, 3, 1039), (4, 1, 2080), (2, 2, 3121), (1, 1, 20_001)):
        Q, P = np.full((d, B), -127, np.int8).T, np.full((rows, d), 127, np.int8)
        Q[-1, ::2], P[0, -1] = 127 - 2 * (d % 2), 125
        want = oracle.integer_product(Q, 0, P, np.zeros(rows, np.int64))
        expect_exact(student.blas_product(Q, P), want, f"the product of {B, rows, d}")


@check(part="2.3", points=1, hint="handout, task 2.3", requires=("R2.3a", "R2.3b"))
def check_requantize_of_other_numbers(student, oracle, rng):
    """Factors and quotients are right for every shift, for 2 to 8 bits, and in three dimensions.

    Why: A layer may have a factor of 1e-8, and another one of 0.9.
    Oracle: Exact rationals.
    """
    for exponent in rng.uniform(-31.0, 0.0, size=12):
        factor = float(2.0**exponent)
        got = expect.items(student.fixed_point(factor), 2, what="(multiplier, shift)")
        for value, want in zip(got, oracle.fixed_point(factor), strict=True):
            expect_whole(value, want, f"multiplier or shift of {factor!r}")
    for shift in range(30, 63, 4):
        bits, multiplier = int(rng.integers(2, 9)), int(rng.integers(2**30, 2**31))
        reach = min(2 * 2**bits * 2**shift // multiplier, 2**31 - 1)
        acc = rng.integers(-reach, reach + 1, size=(2, 3, 5)).astype(np.int32)
        zero = int(rng.integers(2**bits))
        want = oracle.requantize(acc, multiplier, shift, zero, bits)
        codes = student.requantize(acc, multiplier, shift, zero, bits)
        expect_exact(codes, want, f"the codes for a shift by {shift}", acc, "acc")


@check(part="2.4", points=1, hint="handout, task 2.4", requires=("R2.4a", "R2.4b", "R2.4c"))
def check_bfloat16_of_other_shapes(student, oracle, rng):
    """All numbers of bfloat16 are themselves, there and back; others go to the nearest.

    Why: What has 16 bits already must not change when it is rounded once more.
    Oracle: The bits; the nearer of two neighbours, as exact rationals.
    """
    patterns = rng.permutation(2**16).astype(np.uint16).reshape(64, 1024)
    exact = patterns.astype(np.uint32) << 16
    numbers = student.from_bfloat16(patterns)
    expect_bits_of_floats(numbers, exact, "the numbers of all patterns")
    bits = student.to_bfloat16(exact.view(np.float32))
    bits = expect.array(bits, shape=patterns.shape, dtype=np.uint16, what="all patterns")
    nan = (patterns & 0x7FFF) > 0x7F80
    expect.that(np.all((bits[nan] & 0x7FFF) > 0x7F80), "a NaN became a number")
    expect_exact(bits[~nan], patterns[~nan], "the bits of all numbers of bfloat16")
    x = rng.standard_normal((6, 40)) * 10.0 ** rng.integers(-40, 38, size=(6, 40))
    x = x.astype(np.float32)[::2]
    want = oracle.to_bfloat16(x.view(np.uint32))
    expect_exact(student.to_bfloat16(x), want, "the bits of numbers of all sizes", x, "x")


@check(part="2.5", points=1, hint="handout, task 2.5", requires=("R2.5a", "R2.5b"))
def check_loss_scaler_through_many_steps(student, oracle, rng):
    """A hundred steps, some with infinity, leave the scales that they should.

    Why: A count that is wrong by one shows after some time only.
    Oracle: The good steps since the last bad one, counted anew for each step.
    """
    for scale, interval, share in ((65536.0, 5, 0.1), (3.0, 2, 0.4), (1.0, 1, 0.6)):
        found = [bool(bad) for bad in rng.random(100) < share]
        want = oracle.scales(scale, interval, found)
        expect_scales(student, scale, interval, found, want)
