"""What the checks of several parts expect alike."""

import numpy as np

from autograder.grading import expect


def expect_whole(got, want, what):
    """Exactly this whole number, of Python or of numpy; a float is none, whatever its value."""
    value = expect.number(got, what=what)
    whole = isinstance(got, (int, np.integer))
    expect.that(whole, f"{what} is {got!r}, a float: expected a whole number")
    expect.that(value == want, f"{what} is {got}, expected {want}")


def expect_slice(got, want, what):
    """A slice of these whole numbers, start and stop, without a step."""
    expect.that(isinstance(got, slice), f"{what} is {got!r}, not a slice")
    expect_whole(got.start, want[0], f"the start of {what}")
    expect_whole(got.stop, want[1], f"the stop of {what}")
    expect.that(got.step in (None, 1), f"{what} has the step {got.step!r}")


def expect_bits(got, want, what):
    """The same array, bit by bit."""
    array = expect.array(got, shape=want.shape, dtype=want.dtype, what=what)
    wrong = np.argwhere(array.view(np.uint8) != want.view(np.uint8)) if array.size else ()
    if len(wrong):
        off = float(np.max(np.abs(array - want)))
        expect.that(False, f"{what} has other bits: entries differ by up to {off:.2g}")
