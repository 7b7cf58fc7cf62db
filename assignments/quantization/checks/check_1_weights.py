"""Part 1, continued: codes in bytes, scales of groups, and where to clip."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import expect_exact, expect_fields


@check(
    part="1.3",
    points=1,
    hint="handout, the worked example of part 1",
    requires=("R1.3a", "R1.3b"),
)
def check_nibbles_of_the_worked_example(student):
    """The codes 1, 2, 3 are the bytes 33 and 3, and -1, 7, -7 are 127 and 9, there and back.

    Why: The lower half comes first, as in most formats of weights.
    Oracle: By hand: 1 + 16 * 2, then 3; 15 + 16 * 7, then 16 - 7.
    """
    for codes, packed in (
        (np.array([[1, 2, 3]], np.uint8), np.array([[33, 3]], np.uint8)),
        (np.array([[-1, 7, -7]], np.int8), np.array([[127, 9]], np.uint8)),
    ):
        shown = codes[0].tolist()
        expect_exact(student.pack_nibbles(codes), packed, f"the bytes of {shown}")
        back = student.unpack_nibbles(packed, 3, codes.dtype == np.int8)
        expect_exact(back, codes, f"the codes of the bytes of {shown}")


@check(
    part="1.3",
    points=2,
    hint="handout, task 1.3: four bits of a negative code (& 15), its sign, and odd rows",
    requires=("R1.3a", "R1.3b"),
)
def check_every_byte_has_its_two_codes(student, oracle, rng, data):
    """All codes, signed or not, in odd and even rows, are packed right, and all bytes unpacked.

    Why: A last code that is lost, or a sign that is not read back, ruins one weight in a row.
    Oracle: Whole numbers in base 16; codes of all 256 bytes.
    """
    cases = []
    for rows, d, signed in ((4, 15, False), (3, 16, True), (16, 1, True), (7, 9, True)):
        low = -8 if signed else 0
        codes = rng.permutation(np.resize(np.arange(low, low + 16), rows * d)).reshape(rows, d)
        codes = data.read_only(codes.astype(np.int8 if signed else np.uint8))
        packed = data.read_only(oracle.pack_nibbles(codes))
        what = f"{'signed' if signed else 'unsigned'} codes in {rows} rows of {d}"
        cases.append((student.pack_nibbles(codes), packed, f"the bytes of {what}"))
        cases.append((student.unpack_nibbles(packed, d, signed), codes, f"the {what}"))
    packed = data.read_only(rng.permutation(256).astype(np.uint8).reshape(8, 32))
    low, high = packed % 16, packed // 16
    codes = np.stack([low, high], axis=2).reshape(8, 64).astype(np.int64)
    for signed in (False, True):
        want = (codes - 16 * (codes > 7)).astype(np.int8) if signed else codes.astype(np.uint8)
        what = f"the {'signed' if signed else 'unsigned'} codes of all bytes"
        cases.append((student.unpack_nibbles(packed, 64, signed), want, what))
    for case in cases:  # a mistake is recognised by all of them
        expect_exact(*case)


def _nibbles(rng, rows, d):
    """The arguments of a call that packs and unpacks int8 codes, and looks at 50 of them."""
    codes = np.frombuffer(rng.bytes(rows * d), np.int8).reshape(rows, d) >> 4
    seen = np.stack([rng.integers(rows, size=50), rng.integers(d, size=50)], axis=1)
    return codes, True, seen


def _expect_nibbles(arguments, value, want):
    """Bytes and codes at the places that were looked at, and the sizes."""
    codes, _, seen = arguments
    rows, d = np.shape(codes)
    answer = expect.items(value, 3, what="sizes, bytes and codes")
    sizes = np.array([rows, (d + 1) // 2, rows, d])
    expect.equal(answer[0], sizes, what="the sizes of bytes and codes")
    halves = codes.astype(np.int64) & 15
    if d % 2:
        halves = np.pad(halves, ((0, 0), (0, 1)))
    packed = (halves[:, ::2] + 16 * halves[:, 1::2]).astype(np.uint8)
    row, column = seen.T
    expect_exact(answer[1], packed[row, column // 2], "50 bytes of many codes")
    expect_exact(answer[2], codes[row, column], "50 of many codes, packed and unpacked")


@check(
    part="1.3",
    points=2,
    needs="check_every_byte_has_its_two_codes",
    hint="handout, task 1.3: slices with a step",
    requires="R1.3c",
)
def check_packing_has_no_loop_over_columns(student, rng, budgets):
    """Two rows of 150 000 codes are packed and unpacked in a few array operations.

    Why: A loop over codes takes a hundred times as long as array operations on all of them.
    Oracle: Interpreter steps, counted, and CPU time beside array operations; 50 bytes and codes
    computed by hand.
    """
    _require_no_loop(student, budgets, 2, 150_000)


@check(
    part="1.3",
    points=1,
    needs="check_every_byte_has_its_two_codes",
    hint="handout, task 1.3: all rows at once",
    requires="R1.3c",
)
def check_packing_has_no_loop_over_rows(student, rng, budgets):
    """150 000 rows of two codes are packed and unpacked in a few array operations.

    Why: A matrix of weights has thousands of rows, and is unpacked in every product.
    Oracle: Interpreter steps, counted, and CPU time beside array operations; 50 bytes and codes
    computed by hand.
    """
    _require_no_loop(student, budgets, 150_000, 2)


def _require_no_loop(student, budgets, rows, d):
    budgets.operations(
        "packing_steps",
        student.programs.nibbles,
        inputs=lambda rng: _nibbles(rng, rows, d),
        sizes={},
        verify=_expect_nibbles,
    )


@check(
    part="1.4",
    points=1,
    hint="handout, the worked example of part 1",
    requires=("R1.4a", "R1.4b"),
)
def check_groups_of_the_worked_example(student):
    """Five weights in groups of two have three scales and zeros, spread over five columns.

    Why: The last group is shorter, and what is not there must not count.
    Oracle: By hand: the ranges of the first task, -1 to 2.75, 0 to 1.875 and -3.75 to 0.
    """
    W = np.array([[-1.0, 2.75, 1.875, 0.5, -3.75]], np.float32)
    answer = student.group_parameters(W, 4, 2, False)
    scales, zeros = expect.items(answer, 2, what="(scales, zeros)")
    want = np.array([[0.25, 0.125, 0.25]], np.float32), np.array([[4, 0, 15]], np.uint8)
    expect_exact(scales, want[0], "the scales")
    expect_exact(zeros, want[1], "the zeros")
    wide = [np.array([[0.25, 0.25, 0.125, 0.125, 0.25]]), np.array([[4.0, 4, 0, 0, 15]])]
    for name, zeros, zero in (("4, 0, 15", want[1], wide[1]), ("None", None, 0 * wide[1])):
        answer = student.spread(want[0], zeros, 5, 2)
        got = expect.items(answer, 2, what="(scale, zero) of each entry")
        expect_exact(got[0], wide[0], f"the scale of each entry, for the zeros {name}")
        expect_exact(got[1], zero, f"the zero of each entry, for the zeros {name}")


@check(
    part="1.4",
    points=2,
    hint="handout, task 1.4: groups of a row",
    requires="R1.4a",
)
def check_each_group_has_its_own_parameters(student, oracle, rng, data):
    """Groups of all sizes, of rows of all kinds, have the scale and zero of their ends.

    Why: A group that is filled up, or that runs down a column, has the ends of other weights.
    Oracle: Exact rationals for one group after another; rows of zeros, of one sign, and constant.
    """
    W, tied = data.weights_of_all_kinds(rng, 10), data.weights_with_tied_zeros(rng)
    long = data.weights_of_all_kinds(rng, 300)
    cases = [(W, bits, group) for bits, group in ((4, 3), (8, 5), (2, 1), (3, 10), (8, 64))]
    for weights, bits, group in [*cases, (tied, 4, 4), (long, 4, 48)]:
        for symmetric in (False, True):
            what = f"for groups of {group} of {weights.shape[1]} columns in {bits} bits"
            want = oracle.group_parameters(weights, bits, group, symmetric)
            answer = student.group_parameters(weights, bits, group, symmetric)
            scales, zeros = expect.items(answer, 2, what="(scales, zeros)")
            expect_exact(scales, want[0], f"the scales {what}")
            if symmetric:
                expect.that(zeros is None, f"the zeros {what}, which are symmetric, are not None")
            else:
                expect_exact(zeros, want[1], f"the zeros {what}")


@check(
    part="1.4",
    points=1,
    hint="handout, task 1.4: how codes are stored",
    requires=("R1.4b", "R1.4c", "R1.4e"),
)
def check_packed_matrix_keeps_its_codes(student, oracle, rng, data):
    """Codes are stored in nibbles or bytes, and unpacked as the numbers they stand for, by rows.

    Why: Four bits that lie in a byte each save nothing, and a product takes some rows at a time.
    Oracle: Whole numbers in base 16, and exact products of scale and code, rounded once.
    """
    for rows, d, group, bits, symmetric in (
        *((5, 9, 4, 4, False), (4, 6, 9, 3, True), (3, 7, 7, 8, True)),
        *((4, 5, 2, 5, False), (6, 11, 3, 2, True)),
    ):
        codes, scales, zeros = data.packed_parts(rng, rows, d, group, bits, symmetric)
        what = f"{bits} {'symmetric' if symmetric else 'asymmetric'} bits in {rows} rows of {d}"
        fields = oracle.stored(codes, bits), scales, zeros, (rows, d), bits, group
        expect_fields(student.pack(codes, scales, zeros, bits, group), fields, what)
        for each, want in zip(
            expect.items(student.spread(scales, zeros, d, group), 2, what="(scale, zero)"),
            oracle.spread(scales, zeros, d, group),
            strict=True,
        ):
            expect_exact(each, want, f"scale or zero of each entry, in groups of {group}")
        want = oracle.entries(codes, scales, zeros, group)
        for part in (None, slice(1, 3), slice(2, 2 * rows), slice(-1, None)):
            entries = student.programs.unpacked(fields, part)
            wanted = want if part is None else want[part]
            expect_exact(entries, wanted, f"the entries of {part or 'all rows'} of {what}")


@check(
    part="1.4",
    points=2,
    hint="handout, task 1.4: which scale is stored?",
    requires=("R1.4c", "R1.4d", "R0a:group_quantize"),
)
def check_codes_belong_to_the_stored_scales(student, oracle, rng, data):
    """A quantised matrix has the codes of its scales in float32, which are all that is kept.

    Why: A code that was rounded with a scale that is not stored is not the nearest one.
    Oracle: The worked example by hand; exact rationals for weights that lie between two codes by
    the scale in float32, and elsewhere by that in float64.
    """
    W = np.array([[-1.0, 2.75, 1.875, 0.5, -3.75]], np.float32)
    scales, zeros = np.array([[0.25, 0.125, 0.25]], np.float32), np.array([[4, 0, 15]], np.uint8)
    want = np.array([[240, 79, 0]], np.uint8), scales, zeros, (1, 5), 4, 2
    expect_fields(student.group_quantize(W, 4, 2, False), want, "the worked example")
    for bits, group, symmetric in ((4, 7, False), (8, 6, True), (3, 9, True), (8, 5, False)):
        W = data.weights_between_scales(rng, bits, symmetric, group)
        scales, zeros = oracle.group_parameters(W, bits, group, symmetric)
        codes = oracle.group_codes(W, scales, zeros, bits, group, symmetric)
        fields = oracle.stored(codes, bits), scales, zeros, W.shape, bits, group
        kind = "symmetric" if symmetric else "asymmetric"
        answer = student.group_quantize(W, bits, group, symmetric)
        expect_fields(answer, fields, f"weights in {bits} {kind} bits")


@check(part="1.5", points=1, hint="handout, the worked example of part 1", requires="R1.5a")
def check_clips_of_the_worked_example(student):
    """Ten numbers 1 and a 4 are clipped at 1; nine of them and a 4 at 4, one of two equal clips.

    Why: To keep one outlier, all the others get a coarse scale.
    Oracle: By hand: the squared errors 9, 14, 11 and 10, and then 9, 13, 10 and 9.
    """
    for ones, want in ((10, 1.0), (9, 4.0)):
        clip = student.clip_for_least_error(np.array([1.0] * ones + [4.0]), 2, 4)
        _expect_clip(clip, want, 4.0, 4, f"the clip of {ones} numbers 1 and a 4")


def _expect_clip(clip, want, most, steps, what):
    """The right one of the candidates, up to rounding; a message says which other one it is."""
    got, right = (expect.number(c, what=what) * steps / most for c in (clip, want))
    other = abs(got - round(got)) < 1e-9 and round(got) != round(right)
    told = f"{what} is candidate {got:.0f} of {steps}, expected candidate {right:.0f}"
    expect.that(not other, told)
    expect.close(clip, want, within=rounding(terms=4), what=what)


@check(
    part="1.5",
    points=1,
    hint="handout, task 1.5",
    requires="R1.5a",
)
def check_clips_have_the_least_error(student, oracle, rng, data):
    """Numbers with a long tail are clipped where their squared error is least, from 2 to 8 bits.

    Why: The largest number of a thousand is no measure of the other 999.
    Oracle: All candidates with exact errors; a tie of two candidates by construction.
    """
    cases = []
    for bits, steps in ((2, 9), (3, 16), (4, 20), (8, 7)):
        x = rng.standard_normal((4, 9)) ** 3
        # the largest magnitude is negative; a factor of 1.5 would make ties of two candidates
        x[-1, -1] = -rng.uniform(1.3, 1.7) * np.abs(x).max()
        for numbers in (x, x.astype(np.float32)):
            want = oracle.clip_for_least_error(numbers, bits, steps)
            clip = student.clip_for_least_error(data.read_only(numbers), bits, steps)
            most = float(np.abs(numbers).max())
            cases.append((clip, want, most, steps, f"the clip of {steps} steps in {bits} bits"))
    for case in cases:  # a mistake is recognised by all of them
        _expect_clip(*case)
    tied = rng.choice((-1.0, 1.0), size=4) * rng.permutation([4.0, 2, 2, 2])
    unit = 2.0 ** rng.integers(-5, 5)  # errors of 12, 4, 4 and 12 squared units
    clip = student.clip_for_least_error(data.read_only(unit * tied), 2, 4)
    what = "the clip of numbers for which two candidates have the same error"
    _expect_clip(clip, 3 * unit, 4 * unit, 4, what)


@check(part="1.6", points=1, hint="handout, the worked example of part 1", requires="R1.6a")
def check_threes_of_the_worked_example(student):
    """The codes 1 to 7 and 0 are the bytes 209, 88, 31, and 1, 2, 3 are 209 and 0.

    Why: Codes cross the borders of bytes: the third has one bit in the next.
    Oracle: By hand: the whole number 1 + 8 * 2 + 64 * 3 + ..., in base 256.
    """
    for row, packed in (([1, 2, 3, 4, 5, 6, 7, 0], [209, 88, 31]), ([1, 2, 3], [209, 0])):
        codes, packed = np.array([row], np.uint8), np.array([packed], np.uint8)
        expect_exact(student.pack_threes(codes), packed, f"the bytes of {row}")
        expect_exact(student.unpack_threes(packed, len(row)), codes, f"the codes of {row}")


@check(
    part="1.6",
    points=1,
    hint="handout, task 1.6: rows begin at a byte",
    requires="R1.6a",
)
def check_threes_come_back(student, oracle, rng, data):
    """Rows of any length are packed into whole bytes and come back.

    Why: A matrix whose rows begin anywhere cannot be read row by row.
    Oracle: Whole numbers in base 8, and their bytes.
    """
    cases = []
    for rows, d in ((4, 8), (3, 13), (5, 1), (2, 30), (6, 6)):
        codes = rng.permutation(np.resize(np.arange(8), rows * d)).reshape(rows, d)
        codes = data.read_only(codes.astype(np.uint8))
        cases.append((codes, data.read_only(oracle.pack_threes(codes))))
    answers = [  # a mistake is recognised by all of them
        (student.pack_threes(codes), student.unpack_threes(packed, codes.shape[1]))
        for codes, packed in cases
    ]
    for (codes, packed), (bytes_, back) in zip(cases, answers, strict=True):
        what = "{} rows of {} codes".format(*codes.shape)
        expect_exact(bytes_, packed, f"the bytes of {what}")
        expect_exact(back, codes, what)
