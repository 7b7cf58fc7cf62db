"""Part 1 on other shapes, dtypes and numbers of bits."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import expect_exact, expect_fields, expect_parameters, expect_untouched


@check(
    part="1.1",
    points=1,
    hint="handout, task 1.1",
    requires=("R1.1a", "R1.1b", "R1.1c", "R1.1d"),
)
def check_parameters_of_other_shapes(student, oracle, rng, data):
    """Scales and zeros are right for one range, for many, and for ranges in float16 and float32.

    Why: A scale for each group, row or matrix is one and the same function.
    Oracle: Exact rationals, range by range.
    """
    top = np.finfo(np.float16).max
    for shape, dtype in (((1,), "float64"), ((2, 3, 4), "float32"), ((7, 1), "float16")):
        for bits in (2, 3, 5, 8):
            low = rng.uniform(-2.0, 2.0, size=shape).astype(dtype)
            high = (low + rng.exponential(size=shape).astype(dtype)).astype(dtype)
            if dtype == "float16":
                low[0], high[0] = -top, top
            for symmetric in (False, True):
                want = oracle.parameters(low, high, bits, symmetric)
                answer = student.parameters(low, high, bits, symmetric)
                expect_parameters(answer, want, low, high, f"{bits}-bit {dtype}")


@check(
    part="1.2",
    points=1,
    hint="handout, task 1.2",
    requires=("R1.2a", "R1.2b", "R1.2d", "R1.2e"),
)
def check_codes_of_other_shapes(student, oracle, rng, data):
    """Codes and numbers are right in one to three dimensions, for 2 to 8 bits, and come back.

    Why: Codes of what codes stand for are the same codes, or a model changes whenever it is saved.
    Oracle: Exact rationals; codes that are quantised a second time.
    """
    for bits in range(2, 9):
        for symmetric in (False, True):
            for shape, wide in (((9,), (1,)), ((3, 4), (3, 4)), ((2, 3, 5), (2, 1, 5))):
                scale = data.binary_scales(rng, wide, 20)
                zero = np.zeros(wide, np.int64) if symmetric else rng.integers(2**bits, size=wide)
                x = scale * rng.uniform(-1.2 * 2**bits, 1.2 * 2**bits, size=shape)
                halves = np.rint(2 * x / scale) / 2 * scale
                x = data.read_only(np.where(rng.random(shape) < 0.5, halves, x))
                what = f"{bits} {'symmetric' if symmetric else 'asymmetric'} bits, {shape}"
                want = oracle.quantize(x, scale, zero, bits, symmetric)
                codes = student.quantize(x, scale, zero, bits, symmetric)
                expect_exact(codes, want, f"the codes of {what}", x / scale)
                numbers = oracle.dequantize(want, scale, zero)
                got = student.dequantize(data.read_only(want), scale, zero)
                expect_exact(got, numbers, f"the numbers of {what}")
                again = student.quantize(numbers, scale, zero, bits, symmetric)
                expect_exact(again, want, f"the codes of numbers of {what}")


@check(part="1.2", points=1, hint="handout, task 1.2", requires=("R1.2c", "R1.2d", "R0b"))
def check_stochastic_codes_of_other_shapes(student, oracle, rng, data):
    """Stochastic codes are right in one to three dimensions, and for scales of each entry.

    Why: The draws belong to the entries in their order, whatever the shape.
    Oracle: The draws of a second generator of the same seed, and exact floors.
    """
    for shape, wide, bits, symmetric in (
        ((50,), (1,), 8, True),
        ((3, 4, 5), (1, 4, 1), 2, False),
        ((6, 7), (6, 7), 5, True),
    ):
        scale = data.binary_scales(rng, wide, 30)
        zero = np.zeros(wide, np.int64) if symmetric else rng.integers(2**bits, size=wide)
        x = scale * rng.uniform(-(2.0**bits), 2.0**bits, size=shape)
        x = data.read_only(np.where(rng.random(shape) < 0.3, np.rint(x / scale) * scale, x))
        seed = int(rng.integers(2**31))
        answer = student.programs.drawing(
            "quantize_stochastic", seed, x, scale, zero, bits, symmetric
        )
        codes = expect_untouched(answer, "quantize_stochastic")
        u = np.random.default_rng(seed).random(shape)
        want = oracle.quantize_stochastic(x, scale, zero, u, bits, symmetric)
        expect_exact(codes, want, f"the stochastic codes of {shape} entries", x / scale)


@check(part="1.3", points=1, hint="handout, task 1.3", requires=("R1.3a", "R1.3b"))
def check_nibbles_of_other_shapes(student, oracle, rng):
    """Codes are packed and unpacked for other sizes, for fewer bits, and for every second row.

    Why: Rows of a matrix that was sliced do not lie one after the other.
    Oracle: Whole numbers in base 16.
    """
    for rows, d, low, high in ((1, 1, -1, 2), (9, 2, 0, 4), (1, 31, -8, 8), (13, 6, -3, 4)):
        dtype = np.int8 if low < 0 else np.uint8
        codes = rng.integers(low, high, size=(2 * rows, d)).astype(dtype)[::2]
        packed = np.repeat(oracle.pack_nibbles(codes), 2, axis=0)[::2]
        expect_exact(student.pack_nibbles(codes), packed, f"the bytes of {rows} rows of {d}")
        back = student.unpack_nibbles(packed, d, low < 0)
        expect_exact(back, codes, f"the codes of {rows} rows of {d}")


@check(
    part="1.4",
    points=1,
    hint="handout, task 1.4",
    requires=("R1.4a", "R1.4b", "R1.4c", "R1.4d", "R1.4e"),
)
def check_groups_of_other_shapes(student, oracle, rng, data):
    """Matrices of other shapes are quantised and unpacked right, for each number of bits.

    Why: One row, one column, groups of one: the ends of what a matrix may be.
    Oracle: Exact rationals for each group; whole numbers in base 16; exact products.
    """
    for bits in range(2, 9):
        symmetric, d = bool(bits % 2), int(rng.integers(2, 14))
        rows, group = int(rng.integers(1, 6)), int(rng.integers(1, 2 + d))
        W = rng.standard_normal((rows + 1, d)).astype(np.float32)[1:]
        W[0] = abs(W[0]) + 2.0
        scales, zeros = oracle.group_parameters(W, bits, group, symmetric)
        answer = student.group_parameters(W, bits, group, symmetric)
        got = expect.items(answer, 2, what="(scales, zeros)")
        what = f"{rows} rows of {d} in groups of {group}, {bits} bits"
        expect_exact(got[0], scales, f"the scales of {what}")
        if symmetric:
            expect.that(got[1] is None, "the zeros of symmetric codes are not None")
        else:
            expect_exact(got[1], zeros, f"the zeros of {what}")
        wide = expect.items(student.spread(scales, zeros, d, group), 2, what="(scale, zero)")
        for each, want in zip(wide, oracle.spread(scales, zeros, d, group), strict=True):
            expect_exact(each, want, f"scale and zero of each entry of {what}")
        codes = oracle.group_codes(W, scales, zeros, bits, group, symmetric)
        fields = oracle.stored(codes, bits), scales, zeros, (rows, d), bits, group
        expect_fields(student.group_quantize(W, bits, group, symmetric), fields, what)
        want = oracle.entries(codes, scales, zeros, group)
        expect_exact(student.programs.unpacked(fields, None), want, f"the entries of {what}")
        part = student.programs.unpacked(fields, slice(1, None, 2))
        expect_exact(part, want[1::2], f"every second row of {what}")


@check(part="1.5", points=1, hint="handout, task 1.5", requires="R1.5a")
def check_clips_of_other_numbers(student, oracle, rng, data):
    """Clips are right for zeros, for one number, for few steps and for numbers of all sizes.

    Why: A search that begins at the wrong candidate is right for most numbers.
    Oracle: All candidates with exact errors.
    """
    for x, bits, steps in (
        (np.zeros(4), 4, 5),
        (np.array([-3.0]), 3, 1),
        (rng.standard_normal(30), 4, 1),
        (1e-6 * rng.standard_normal((5, 6)) ** 3, 3, 11),
        (rng.uniform(-1.0, 1.0, size=40), 8, 6),
        (np.append(rng.standard_normal(30), -60.0), 5, 13),
    ):
        want = oracle.clip_for_least_error(x, bits, steps)
        clip = student.clip_for_least_error(data.read_only(x), bits, steps)
        what = f"the clip of {x.size} numbers, {steps} steps and {bits} bits"
        expect.close(clip, want, within=rounding(terms=4), what=what)


@check(part="1.6", points=1, hint="handout, task 1.6", requires="R1.6a")
def check_threes_of_other_shapes(student, oracle, rng):
    """Rows of 1 to 17 codes, every second of a matrix, are packed and unpacked right.

    Why: Eight lengths have eight different last bytes.
    Oracle: Whole numbers in base 8, and their bytes.
    """
    for d in range(1, 18):
        codes = rng.integers(8, size=(2 + 2 * (d % 3), d)).astype(np.uint8)[::2]
        packed = oracle.pack_threes(codes)
        expect_exact(student.pack_threes(codes), packed, f"the bytes of rows of {d}")
        back = student.unpack_threes(packed, d)
        expect_exact(back, codes, f"the codes of rows of {d}")
