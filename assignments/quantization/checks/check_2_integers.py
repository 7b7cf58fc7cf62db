"""Part 2: exact integer products, and one rounding at the end."""

import numpy as np

from autograder.grading import check, expect
from expectations import expect_exact, expect_whole


@check(part="2.1", points=1, hint="handout, the worked example of part 2", requires="R2.1a")
def check_product_of_the_worked_example(student):
    """(200, 3) less 100 times (255, 0) less 128 and (1, 2) less 0 is 25116 and -94.

    Why: 200 - 100 is a code, 3 - 100 is none, and their products are larger still.
    Oracle: By hand: 100 * 127 + 97 * 128, and 100 - 97 * 2.
    """
    Q, P = np.array([[200, 3]], np.uint8), np.array([[255, 0], [1, 2]], np.uint8)
    product = student.integer_product(Q, 100, P, np.array([128, 0]))
    expect_exact(product, np.array([[25116, -94]], np.int32), "the product of the worked example")


def _codes(rng, shape, dtype):
    """Codes of the whole range, both ends among them."""
    least, largest = np.iinfo(dtype).min, np.iinfo(dtype).max
    codes = rng.integers(least, largest + 1, size=shape)
    codes[:, :2] = least, largest
    return codes.astype(dtype)


@check(
    part="2.1",
    points=2,
    hint="handout, task 2.1: four sums, and what wraps around in a byte",
    requires=("R2.1a", "R0a:integer_product"),
)
def check_products_of_random_codes(student, oracle, rng, data):
    """Products of signed and unsigned codes are exact, with a zero of its own for each row of P.

    Why: Each of the three corrections has its sign and its axis, and all of them are whole numbers.
    Oracle: Sums of products of Python's whole numbers.
    """
    cases = []
    for B, rows, d, q, p in (
        (5, 3, 7, np.uint8, np.int8),
        (2, 6, 20, np.uint8, np.uint8),
        (4, 5, 9, np.int8, np.uint8),
        (3, 4, 33, np.int8, np.int8),
    ):
        Q, P = data.read_only(_codes(rng, (B, d), q)), data.read_only(_codes(rng, (rows, d), p))
        zero_q = int(rng.integers(1, 200)) if q == np.uint8 else -int(rng.integers(1, 90))
        zero_p = data.read_only(rng.permutation([0, *rng.integers(1, 250, size=rows - 1)]))
        for z, y in ((zero_q, zero_p), (0, np.zeros(rows, np.int64)), (0, zero_p)):
            what = f"the product of {np.dtype(q)} and {np.dtype(p)} codes with the zero {z}"
            want = oracle.integer_product(Q, z, P, y)
            cases.append((student.integer_product(Q, z, P, y), want, what))
    for case in cases:  # a mistake is recognised by all of them
        expect_exact(*case)


@check(
    part="2.1",
    points=1,
    hint="handout, task 2.1: which sums does a dtype hold?",
    requires="R2.1a",
)
def check_products_of_many_terms(student, oracle, rng):
    """Sums of 1001 products of the largest codes are exact, far beyond int16 and float32's digits.

    Why: Random codes of both signs cancel: a dtype that is too small shows with equal ones only.
    Oracle: Products of whole numbers; each entry is 1001 equal terms and a few others.
    """
    for q, p, z, y in (
        (255, 255, 0, 0),
        (255, 0, 0, 255),
        (255, 255, 128, 3),
        (0, 255, 255, 0),
    ):
        Q, P = np.full((2, 1001), q, np.uint8), np.full((3, 1001), p, np.uint8)
        P[1, 7], Q[1, :3] = 9, 1
        zeros = np.array([y, y, 1])
        want = oracle.integer_product(Q, z, P, zeros)
        what = f"1001 products of {q} - {z} and {p} - {y}"
        expect_exact(student.integer_product(Q, z, P, zeros), want, what)


@check(
    part="2.2",
    points=1,
    hint="handout, the worked example of part 2",
    requires=("R2.2a", "R2.2b"),
)
def check_exact_terms_of_the_worked_example(student, oracle, rng):
    """1040 products of codes up to 127 are exact in float32, and 1041 are by two tiles.

    Why: Tiles of so many columns make a fast float product an exact one.
    Oracle: 2^24 over the largest product, by halving an interval; 1041 * 127^2 by hand.
    """
    pairs = [(127, 127), (128, 128), (255, 255), (1, 1), (4096, 4096)]
    pairs += [tuple(int(n) for n in rng.integers(2, 256, size=2)) for _ in range(5)]
    answers = [student.exact_terms(q, p) for q, p in pairs]  # to recognise a mistake by all of them
    for (q, p), answer in zip(pairs, answers, strict=True):
        expect_whole(answer, oracle.exact_terms(q, p), f"exact_terms({q}, {p})")
    most = np.full((1, 1041), 127, np.int8)
    want = np.array([[16790289]], np.int32)
    expect_exact(student.blas_product(most, most), want, "1041 products of 127 and 127")


@check(
    part="2.2",
    points=1,
    hint="handout, task 2.2: tiles, and the sum of tiles",
    requires="R2.2b",
)
def check_float_products_are_exact(student, oracle, rng, data):
    """Products of one to five tiles are exact, also where all codes are extreme.

    Why: Random codes never show a product that float32 rounds; weights at the ends of a range do.
    Oracle: Sums of products of Python's whole numbers; one odd term in rows of 127 or -127.
    """
    for d in (1, 300, 1040, 1041, 2081, 4161):
        Q = np.full((3, d), 127, np.int8)
        Q[1] = -127
        P = np.full((2, d), 127, np.int8)
        P[1] = rng.integers(-127, 128, size=d)
        Q[2] = rng.integers(-127, 128, size=d)
        Q[0, -1], P[0, 0] = 2 * rng.integers(20, 60), 2 * rng.integers(20, 60) + 1
        Q, P = data.read_only(Q), data.read_only(P)
        want = oracle.integer_product(Q, 0, P, np.zeros(2, np.int64))
        expect_exact(student.blas_product(Q, P), want, f"the product of codes with d = {d}")


@check(
    part="2.2",
    points=2,
    needs="check_float_products_are_exact",
    hint="handout, task 2.2: numpy has no BLAS for integers",
    requires="R2.2c",
)
def check_float_products_are_fast(student, rng, budgets):
    """The product of 200 and 256 rows of 8000 codes takes little more time than one of floats.

    Why: numpy's own loop for integers takes a hundred times as long as a BLAS.
    Oracle: CPU time as a multiple of float32 products of the same sizes; whole numbers, for the
    product with one vector.
    """
    B, rows, d = 200, 256, 8000

    def inputs(rng):
        codes = rng.integers(-127, 128, size=(B + rows, d), dtype=np.int8)
        codes[::3] = np.where(codes[::3] > -60, 127, codes[::3])  # sums beyond 2^24
        return codes[:B], np.asfortranarray(codes[B:])  # which slows integer loops, not a BLAS

    def verify(arguments, value, want):
        Q, P = (codes.astype(np.int64) for codes in arguments)
        product = expect.array(value, shape=(B, rows), dtype=np.int32, what="the product")
        weights = np.arange(1, rows + 1)
        want = Q @ (weights @ P)  # every entry counts, and no product of matrices is needed
        what = f"each row of the product, times 1, 2, ..., {rows}"
        expect_exact(product @ weights, want, what)

    budgets.time("blas_time", student.blas_product, inputs=inputs, verify=verify)


@check(
    part="2.3",
    points=1,
    hint="handout, the worked example of part 2",
    requires=("R2.3a", "R2.3b"),
)
def check_requantize_of_the_worked_example(student):
    """3/4, 1/10 and nearly 1 have the right multiplier and shift; halves of sums the right codes.

    Why: A phone multiplies whole numbers and shifts; the floats are gone.
    Oracle: By hand: 3/4 is 1610612736 / 2^31; 2.5 becomes 3 and -2.5 becomes -3, then 4 is added.
    """
    for factor, want in (
        (0.75, (1610612736, 31)),
        (0.1, (1717986918, 34)),
        (1 - 2.0**-33, (1073741824, 30)),
    ):
        _expect_fixed_point(student.fixed_point(factor), want, f"{factor!r}")
    acc = np.array([5, 3, -3, -5, 100, -100], np.int32)
    codes = student.requantize(acc, 2**30, 31, 4, 4)
    expect_exact(
        codes, np.array([7, 6, 2, 1, 15, 0], np.uint8), "the codes of halves", acc / 2, "acc / 2"
    )


def _expect_fixed_point(got, want, what):
    """(multiplier, shift), whole numbers."""
    for name, value, wanted in zip(
        ("multiplier", "shift"),
        expect.items(got, 2, what=f"fixed_point of {what}"),
        want,
        strict=True,
    ):
        expect_whole(value, wanted, f"the {name} of {what}")


@check(
    part="2.3",
    points=1,
    hint="handout, task 2.3: 2^30 <= multiplier < 2^31",
    requires="R2.3a",
)
def check_factors_become_whole_numbers(student, oracle, rng):
    """Factors from 2^-31 to 1 have multipliers of 31 bits, rounded to the nearest, ties to even.

    Why: A multiplier with fewer bits loses digits; one with more overflows in the product.
    Oracle: Exact rationals, tried with one shift after another.
    """
    factors = [2.0 ** -float(e) for e in (1, 2, 17, 31)] + (2.0 ** rng.uniform(-31, 0, 12)).tolist()
    whole = 2 * rng.integers(2**29, 2**30 - 1, size=3)
    for shift in (31, 40, 60):  # ties above even multipliers and odd ones
        factors += [(int(m) + odd + 0.5) / 2.0**shift for m in whole for odd in (0, 1)]
    factors += [1 - 2.0**-33, 1 - 2.0**-53, (1 - 2.0**-40) / 2**9, 1 - 2.0**-31]
    for factor in factors:
        want = oracle.fixed_point(factor)
        _expect_fixed_point(student.fixed_point(factor), want, f"{factor!r}")


@check(
    part="2.3",
    points=2,
    hint="handout, task 2.3: one rounding, of the magnitude",
    requires="R2.3b",
)
def check_sums_are_rounded_once(student, oracle, rng, data):
    """Quotients go to the nearest code, ties away from 0 on both sides, with no rounding before.

    Why: A floor is half a code too low in the mean, and two roundings differ in 4 % of all sums.
    Oracle: Exact rationals; of two factors a third of the sums are ties, on both sides of 0.
    """
    cases = []
    for multiplier, shift, zero, bits in (
        (2**30, 31, int(rng.integers(90, 160)), 8),
        (3 * 2**29, 32, 8, 4),
        (int(rng.integers(2**30, 2**31)), 38, int(rng.integers(90, 160)), 8),
        (int(rng.integers(2**30, 2**31)), 45, 120, 8),
    ):
        reach = 2**bits * 2**shift // multiplier
        acc = rng.integers(-reach, reach, size=(3, 100)).astype(np.int32)
        acc[1] = acc[1] // 8 * 8 + 4  # ties of the factor 3/8, and odd numbers are of 1/2
        acc[2] = np.arange(-50, 50)
        quotient = acc.astype(np.float64) * multiplier / 2.0**shift
        want = oracle.requantize(acc, multiplier, shift, zero, bits)
        codes = student.requantize(data.read_only(acc), multiplier, shift, zero, bits)
        what = f"the codes for {multiplier} / 2^{shift} with the zero {zero}"
        cases.append((codes, want, what, quotient, "acc multiplier / 2^shift"))
    for case in cases:  # a mistake is recognised by all of them
        expect_exact(*case)


@check(
    part="2.3",
    points=1,
    hint="handout, task 2.3: whole numbers alone",
    requires="R2.3b",
)
def check_extreme_sums_are_exact(student, oracle, rng, data):
    """The largest sums, multipliers and shifts are right, and quotients a hair below a tie.

    Why: The product has 62 bits, and float64 has 53: it takes what is below a tie for one.
    Oracle: Exact rationals; (a 2^k - 1)(a 2^k + 1) is one less than a square, whose half is a tie.
    """
    ends = np.array([-(2**31), -(2**31) + 1, -1, 0, 1, 2**31 - 1], np.int32)
    for multiplier, shift in ((2**31 - 1, 62), (2**30, 62), (2**31 - 1, 30), (2**30, 61)):
        want = oracle.requantize(ends, multiplier, shift, 3, 8)
        codes = student.requantize(data.read_only(ends), multiplier, shift, 3, 8)
        what = f"the codes of extreme sums for {multiplier} / 2^{shift}"
        expect_exact(codes, want, what, ends, "acc")
    for odd in rng.permutation(np.arange(1, 16, 2))[:5].tolist():
        k = 31 - odd.bit_length()
        near = odd * 2**k
        acc = np.array([near - 1, 1 - near], np.int32)
        want = oracle.requantize(acc, near + 1, 2 * k + 1, 125, 8)
        codes = student.requantize(acc, near + 1, 2 * k + 1, 125, 8)
        what = f"the codes a little nearer to 0 than {odd * odd / 2} and {-odd * odd / 2}, plus 125"
        expect_exact(codes, want, what, acc, "acc")
