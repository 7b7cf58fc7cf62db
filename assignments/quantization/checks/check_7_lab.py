"""Part 7: the data of the lab, as far as they can be judged without having been there."""

import itertools
import math

from autograder.grading import check, expect

RHOS = (0.0, 0.5, 0.8, 0.9, 0.95)
SCHEMES = ("tensor", "rows", "smoothed", "rotated", "split")
STRENGTHS = (1.0, 3.0, 10.0, 30.0, 100.0)
CODES = ("symmetric", "asymmetric", "NF4", "k-means")
BLOCKS = (8, 16, 32, 64, 96, 128, 256, 512, 1024)
HIDDEN = {"48-32": (64, 48, 32, 10), "16": (64, 16, 10), "8": (64, 8, 10)}
QUANTISED = [
    {"hidden": "48-32", "bits": bits, "group": group, "rounding": rounding}
    for rounding in ("nearest", "compensated")
    for bits in (2, 3, 4, 8)
    for group in (8, 16, 32, 64)
]
SMALLER = [
    {"hidden": "16", "bits": 4, "group": group, "rounding": "compensated"}
    for group in (8, 16, 32, 64)
]
KINDS = {
    "numpy": ("float64", "float32", "int8", "int8 by blas_product"),
    "torch": ("float64", "float32", "bfloat16", "int8"),
}
FORMATS = {"float32": 4.0, "8 bits": 1 + 4 / 2048, "4 bits": 0.5 + 4 / 128, "4 bits, fine": 0.75}
LAYERS = [
    {"rows": side, "bits": bits, "symmetric": symmetric}
    for side in (1, 8, 64, 512)
    for bits, symmetric in ((8, True), (4, True), (4, False))
]
CASES = {
    "correlation": [{"rho": rho, "bits": bits} for rho in RHOS for bits in (2, 3, 4)],
    "alphas": [{"alpha": k / 8} for k in range(9)],
    "outliers": [{"scheme": name, "strength": t} for name in SCHEMES for t in STRENGTHS],
    "blocks": [{"code": code, "block": block} for code in CODES for block in BLOCKS],
    "network": [
        *({"hidden": name, "bits": 32, "group": 1, "rounding": "none"} for name in HIDDEN),
        *QUANTISED,
        *SMALLER,
    ],
    "descent": [
        {"rounding": name, "alpha": alpha}
        for name in ("none", "nearest", "stochastic")
        for alpha in (0.01, 0.1, 1.0)
    ],
    "products": [{"library": name, "kind": kind} for name in KINDS for kind in KINDS[name]],
    "decode": [{"format": name} for name in FORMATS],
    "layers": LAYERS,
}


@check(part="7.1", points=1, hint="handout, section 7", requires="R7.3")
def check_lab_measured_every_case(measurements):
    """measurements.json holds every case of experiments A to I, at full size.

    Why: A comparison without one of its cases may lead to the opposite conclusion.
    Oracle: The list of cases in section 7 of the handout.
    """
    measurements.complete(CASES)


@check(part="7.1", points=1, hint="handout, section 7", requires="R7.4")
def check_lab_tells_machine_and_units(measurements):
    """The lab's data tell the machine and the unit of every number.

    Why: A number without its unit and its machine cannot be compared with another.
    Oracle: The form alone: the handout lists the facts that the file must have.
    """
    measurements.described()


@check(part="7.1", points=1, hint="handout, section 7: experiments E, H and I", requires="R7.5")
def check_lab_measured_the_bytes_that_formats_take(measurements, data):
    """Layers, networks and matrices take the bytes that follow from their formats, to the byte.

    Why: A comparison of accuracies at equal bytes needs the bytes that are really there.
    Oracle: Arrays of codes, scales, zeros and biases that are made here.
    """
    for case in LAYERS:
        row, side = measurements.row("layers", **case), case["rows"]
        _expect_bytes(
            row, "bytes", data.layer_bytes(side, side, case["bits"], 32, case["symmetric"])
        )
        _expect_bytes(row, "float_bytes", 4 * side * (side + 1))
    for case in CASES["network"]:
        sizes = [(rows, d) for d, rows in itertools.pairwise(HIDDEN[case["hidden"]])]
        if case["bits"] == 32:
            want = sum(4 * rows * (d + 1) for rows, d in sizes)
        else:
            want = sum(data.layer_bytes(*size, case["bits"], case["group"], True) for size in sizes)
        _expect_bytes(measurements.row("network", **case), "bytes", want)
    for name, want in FORMATS.items():
        _expect_bytes(measurements.row("decode", format=name), "measured_bytes", want)


def _expect_bytes(row, column, want):
    got = row.number(column)
    expect.that(got == want, f"{row.name}: {column} is {got:g}, and {want:g} are expected")


@check(part="7.1", points=1, hint="handout, section 7: experiments A to F", requires="R7.5")
def check_lab_shows_what_must_hold(measurements):
    """Compensation pays where inputs are correlated; optional experiments show what they must.

    Why: Compensation whose calibration never happened gives the same errors as rounding.
    Oracle: Ratios that right work reaches with every one of 200 seeds; an error that grows with
    the square of a scale; a loss of ln 10 as long as no step reaches half a scale.
    """
    for bits in (2, 3, 4):
        _expect_ratios(measurements.row("correlation", rho=0.9, bits=bits), 3.0, math.inf)
        _expect_ratios(measurements.row("correlation", rho=0.0, bits=bits), 0.75, 1.1)
    weak, strong = (_mean(measurements, "outliers", "tensor", t) for t in (30.0, 100.0))
    grown = f"with one scale, an error of {weak:.3g} has become {strong:.3g} at 3.3 times the size"
    expect.that(8 * weak < strong < 14 * weak, f"outliers: {grown}; it grows with the square")
    if _written(measurements, "alphas"):
        _expect_interior(measurements)
    if _written(measurements, "outliers"):
        flat = [_mean(measurements, "outliers", "split", t) for t in (10.0, 30.0, 100.0)]
        expect.that(max(flat) < 1.001 * min(flat), "outliers: split: the error is not flat")
    if _written(measurements, "blocks"):
        for block, first, second in ((64, "asymmetric", "NF4"), (256, "NF4", "asymmetric")):
            less, more = (
                measurements.row("blocks", code=code, block=block).number("error")
                for code in (first, second)
            )
            told = f"blocks of {block}: {first} has an error of {less:.3g}, {second} of {more:.3g}"
            expect.that(less < more, told)
    if _written(measurements, "descent"):
        _expect_stalled(measurements)


def _written(measurements, experiment):
    """Whether all functions of an experiment were there: some belong to optional tasks."""
    return all(row.number("written") for row in measurements.rows(experiment))


def _mean(measurements, experiment, scheme, strength):
    values = measurements.row(experiment, scheme=scheme, strength=strength).numbers("squared_error")
    return math.fsum(values) / len(values)


def _expect_ratios(row, low, high):
    """Of every matrix, error of rounding over error with compensation."""
    pairs = zip(row.numbers("nearest"), row.numbers("compensated"), strict=False)
    for nearest, compensated in pairs:
        ratio = nearest / compensated if compensated else math.inf
        told = f"{row.name}: the error of rounding is {ratio:.3g} times that with compensation"
        expect.that(low <= ratio <= high, told)


def _expect_interior(measurements):
    """The best alpha is neither the first nor the last, and the last is worse than none."""
    means = []
    for k in range(9):
        errors = measurements.row("alphas", alpha=k / 8).numbers("error")
        means.append(math.fsum(errors) / len(errors))
    best = means.index(min(means))
    expect.that(0 < best < 8, f"alphas: the best alpha is {best / 8:g}")
    expect.that(means[8] > means[0], "alphas: alpha = 1 is better than no scaling")


def _expect_stalled(measurements):
    """Rounding to the nearest keeps the start where steps are small, and stochastic does not."""
    for alpha in (0.01, 0.1):
        losses = measurements.row("descent", rounding="nearest", alpha=alpha).numbers("loss")
        same = all(abs(loss - math.log(10)) < 1e-9 for loss in losses)
        expect.that(same, f"descent: steps below half a scale have moved weights, alpha {alpha:g}")
        row = measurements.row("descent", rounding="stochastic", alpha=alpha)
        last = row.numbers("loss")[-1]
        expect.that(last < 2.0, f"{row.name}: the loss is {last:.3g} after all steps")
