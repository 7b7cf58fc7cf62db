"""Part 2, continued: bfloat16 by its bits, and the scale of a loss."""

import numpy as np

from autograder.grading import check, expect
from expectations import expect_bits_of_floats, expect_exact, expect_scales


@check(
    part="2.4",
    points=1,
    hint="handout, the worked example of part 2",
    requires=("R2.4a", "R2.4c"),
)
def check_bfloat16_of_the_worked_example(student):
    """1, two ties, pi and a number that is too large have the right bits, there and back.

    Why: bfloat16 is float32 with half of its bits: the same range, three digits.
    Oracle: By hand: 1 + 2^-8 is between 0x3F80 and 0x3F81, and the first is even.
    """
    x = np.array([1, 1 + 2**-8, 1 + 3 * 2**-8, 1 + 2**-8 + 2**-23, np.pi, 3.4e38], np.float32)
    want = np.array([0x3F80, 0x3F80, 0x3F82, 0x3F81, 0x4049, 0x7F80], np.uint16)
    expect_exact(student.to_bfloat16(x), want, "the bits of the worked example", x, "x")
    numbers = np.array([1, 1, 1.015625, 1.0078125, 3.140625, np.inf], np.float32)
    expect_bits_of_floats(
        student.from_bfloat16(want), numbers.view(np.uint32), "the worked example"
    )


@check(
    part="2.4",
    points=2,
    hint="handout, task 2.4: what is added to the bits?",
    requires=("R2.4a", "R2.4c"),
)
def check_bfloat16_is_the_nearest(student, oracle, rng, data):
    """Numbers of all sizes, ties, subnormals and infinity among them, go to the nearest bfloat16.

    Why: Bits that are cut off are too small by half a step in the mean, and a sum of many shows it.
    Oracle: The nearer of two neighbours, as exact rationals; 2^128 counts as infinity.
    """
    bits = data.float32_bits(rng)
    want = oracle.to_bfloat16(bits)
    x = data.read_only(bits.view(np.float32))
    expect_exact(student.to_bfloat16(x), want, "the bits of bfloat16", x, "x")
    back = student.from_bfloat16(data.read_only(want))
    expect_bits_of_floats(back, want.astype(np.uint32) << 16, "the numbers of bfloat16")


@check(
    part="2.4",
    points=1,
    hint="handout, task 2.4: NaN",
    requires=("R2.4b", "R2.4c"),
)
def check_nan_stays_nan(student, rng):
    """Every NaN of float32 becomes a NaN of bfloat16, and comes back as one; infinity stays.

    Why: A NaN whose low bits alone are set turns into infinity if they are cut off, and one with
    all bits set into 0 if something is added: the mistake behind it is hidden.
    Oracle: The bits: all of the exponent are set, and one of the fraction.
    """
    low = rng.integers(1, 2**16, size=3).tolist()
    nans = [0x7F800001, 0x7FFFFFFF, 0x7FC00000, 0x7F80FFFF, *(0x7F800000 + bits for bits in low)]
    nans += [0x80000000 + bits for bits in nans]
    others = np.array([0x7F800000, 0x3F800000, 0xFF800000, 0xBF800000], np.uint32)
    x = np.concatenate([np.array(nans, np.uint32), np.repeat(others, 10)])
    bits = student.to_bfloat16(x.view(np.float32))
    bits = expect.array(bits, shape=x.shape, dtype=np.uint16, what="the bits of NaN and others")
    kept = (bits[: len(nans)] & 0x7FFF) > 0x7F80
    lost = [f"{nans[i]:#x} became {bits[i]:#x}" for i in np.flatnonzero(~kept)]
    told = f"{len(lost)} of {len(nans)} NaN are none in bfloat16"
    expect.that(not lost, told, f"the bits {', '.join(lost[:2])}")
    want = np.repeat(others, 10) >> 16
    expect_exact(bits[len(nans) :], want.astype(np.uint16), "the bits of infinity and 1")
    patterns = (x >> 16).astype(np.uint16) | 0x40 * (np.arange(len(x)) < len(nans))
    patterns = patterns.astype(np.uint16)
    back = student.from_bfloat16(patterns)
    expect_bits_of_floats(back, patterns.astype(np.uint32) << 16, "the numbers of NaN and others")


@check(
    part="2.5", points=1, hint="handout, the worked example of part 2", requires=("R2.5a", "R2.5b")
)
def check_loss_scaler_of_the_worked_example(student):
    """From 1024, with an interval of 2, five steps leave 1024, 2048, 1024, 1024 and 2048.

    Why: The scale finds the largest power of two for which the gradients have no infinity.
    Oracle: By hand.
    """
    found = [False, False, True, False, False]
    want = [(True, 1024), (True, 2048), (False, 1024), (True, 1024), (True, 2048)]
    expect_scales(student, 1024.0, 2, found, want)


@check(
    part="2.5",
    points=1,
    hint="handout, task 2.5: when does the count begin anew?",
    requires=("R2.5a", "R2.5b"),
)
def check_loss_scaler_counts_good_steps_in_a_row(student, oracle, rng):
    """Infinity at every place of the count halves the scale, to 1 at least, and restarts the count.

    Why: A scaler that counts all good steps since it last grew doubles too early after each fall.
    Oracle: The good steps since the last bad one, counted anew for each step.
    """
    for scale, interval in ((8.0, 3), (1.5, 2), (6.0, 1), (2.0, 4)):
        bad = [True] * int(rng.integers(2, 4))
        runs = [[False] * good + bad[: 1 + good % 2] for good in rng.permutation(2 * interval + 2)]
        found = [*bad, *bad, *(step for run in runs for step in run), *([False] * (interval + 1))]
        want = oracle.scales(scale, interval, found)
        expect_scales(student, scale, interval, found, want)
