"""What the checks of several parts expect alike."""

import random

import numpy as np

from autograder.grading import expect


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
    told = f"{where}: got {array[index]}, expected {want[index]}"
    off = array.astype(np.float64) - want.astype(np.float64)
    same = len(wrong) == want.size > 1 and np.all(off == off.flat[0])
    looks_like = f"every entry is {off.flat[0]:+g} off" if same else ""
    expect.that(False, f"{what}: {len(wrong)} of {want.size} are wrong", told, looks_like)


def expect_packed(answer, want, what):
    """The fields of a packed matrix: codes, scales, zeros or None, shape, bits and group."""
    codes, scales, zeros, shape, *numbers = expect.items(answer, 6, what=f"the fields of {what}")
    expect_exact(codes, want[0], f"the stored codes of {what}")
    expect_exact(scales, want[1], f"the scales of {what}")
    if want[2] is None:
        expect.that(zeros is None, f"the zeros of {what}, which is symmetric, are not None")
    else:
        expect_exact(zeros, want[2], f"the zeros of {what}")
    sizes = expect.items(shape, 2, what=f"the shape of {what}")
    names = "number of rows", "number of columns", "number of bits", "size of a group"
    for name, got, right in zip(names, (*sizes, *numbers), (*want[3], *want[4:]), strict=True):
        expect_whole(got, right, f"the {name} of {what}")


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
