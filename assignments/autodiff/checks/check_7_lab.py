"""Part 7: the data of the lab, as far as they can be judged without having been there."""

from autograder.grading import check, expect

WAYS = ("function", "reverse", "forward", "differences")
CHAINS = ("tape", "checkpoints", "forward", "differences")
CASES = {
    "differences": [{"rule": "central"}, {"rule": "forward"}],
    "dimensions": [{"way": way, "d": d} for way in WAYS for d in (4, 16, 64, 256, 1024)],
    "chains": [{"way": way, "N": N} for way in CHAINS for N in (4, 16, 64, 256)],
    "training": [{"layers": layers} for layers in ("64-10", "64-32-10")],
}


@check(part="7.1", points=1, hint="handout, section 7", requires="R7.3")
def check_lab_measured_every_case(measurements):
    """measurements.json holds every case of experiments A to D, at full size.

    Why: A comparison without one of its cases may lead to the opposite conclusion.
    Oracle: The list of cases in section 7 of the handout.
    """
    measurements.complete(CASES)


@check(part="7.1", points=1, hint="handout, section 7", requires="R7.4")
def check_lab_tells_machine_units_and_repeats(measurements):
    """The lab's data tell the machine, the unit of every number, and 5 repeats of every time.

    Why: A number without its unit, its machine and its scatter cannot be compared with another.
    Oracle: The form alone: the handout lists the facts that the file must have.
    """
    measurements.described()
    measurements.repeated(at_least=5)


@check(part="7.1", points=1, hint="handout, section 7: experiments C and D", requires="R7.5")
def check_lab_counts_what_was_predicted(measurements):
    """Operations are counted as predicted, and traced bytes are within 10 % and 64 KiB of it.

    Why: A predicted cost shows whether a measured one is right.
    Oracle: The counters, which watch your own engine while it runs, against your predictions.
    """
    network = measurements.row("training", layers="64-32-10")
    predicted, counted = (network.number(f"{kind}_flops") for kind in ("predicted", "counted"))
    what = f"{network.name}: {predicted:.0f} operations predicted, {counted:.0f} counted"
    expect.that(predicted == counted, what)
    for case in CASES["chains"][:8]:  # those whose bytes are predicted
        row = measurements.row("chains", **case)
        predicted, traced = (row.number(f"{kind}_bytes") for kind in ("predicted", "traced"))
        near = abs(predicted - traced) <= 0.1 * traced + 64 * 1024
        expect.that(near, f"{row.name}: {predicted:.0f} bytes predicted, {traced:.0f} traced")


@check(part="7.1", points=1, hint="handout, section 7: experiments A, C and D", requires="R7.5")
def check_lab_shows_what_theory_says(measurements):
    """Differences lose half or a third of the digits, tapes grow as N and sqrt N, training learns.

    Why: Theory says which way these curves go; a curve that goes the other way points to a mistake.
    Oracle: Taylor's theorem, whose terms add eps squared or eps to the slope; the spacing of
    floats; the number of arrays that a tape must hold.
    """
    for rule, power, best in (("central", 2, (1e-13, 1e-8)), ("forward", 1, (1e-10, 1e-6))):
        row = measurements.row("differences", rule=rule)
        growth = _error_at(row, 1e-2) / _error_at(row, 1e-3)
        what = f"{row.name}: a tenth of eps divides the error by {growth:.3g}, not by {10**power}"
        expect.that(0.7 < growth / 10**power < 1.4, what)
        least = min(row.numbers("error"))
        expect.that(best[0] < least < best[1], f"{row.name}: the least error is {least:.1g}")
    for way, low, high in (("tape", 3.0, 5.0), ("checkpoints", 1.0, 3.0), ("forward", 0.5, 1.5)):
        few, many = (
            measurements.row("chains", way=way, N=N).number("traced_bytes") for N in (64, 256)
        )
        what = f"four times the layers, way {way}: {many / few:.2g} times the bytes"
        expect.that(few > 0 and low < many / few < high, what)
    for row in measurements.rows("training"):
        losses = row.numbers("train_loss")
        expect.that(losses[-1] < losses[0] / 2, f"{row.name}: training does not halve the loss")


def _error_at(row, wanted):
    """The error at the eps nearest to this one; never zero."""
    eps, errors = row.numbers("eps"), row.numbers("error")
    expect.that(len(eps) == len(errors), f"{row.name}: not one error for each eps")
    nearest = min(range(len(eps)), key=lambda k: abs(eps[k] - wanted))
    return max(errors[nearest], 1e-300)
