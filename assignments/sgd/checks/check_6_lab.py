"""Part 6: the data of the lab, as far as they can be judged without having been there."""

import itertools
import math

from autograder.grading import check, expect, rounding

ALGORITHMS = ("Algorithm 1", "Algorithm 2", "Algorithm 3", "Algorithm 4")
MINIBATCH = ALGORITHMS[2:]
SHAPES = (
    (1, 784, 10),
    (30, 784, 10),
    (3000, 784, 10),
    (3000, 20, 10),
    (300, 2000, 15),
    (300, 300, 100),
    (40_000, 60, 10),
)


def _cases(alpha_batch):
    """What experiments A to H consist of, where the step size of a batch is this one."""
    factors = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
    return {
        "curves": [{"algorithm": name} for name in ("gradient descent", *ALGORITHMS)],
        "run_times": [{"algorithm": name} for name in ALGORITHMS],
        "batch_sizes": [
            {"B": B, "algorithm": name}
            for B in (1, 3, 10, 30, 100, 300, 1000)
            for name in MINIBATCH
        ],
        "step_sizes": [{"alpha": alpha_batch * factor} for factor in factors],
        "sorted_examples": [
            {"order": order, "algorithm": name}
            for order in ("as they came", "sorted by class")
            for name in MINIBATCH
        ],
        "subsampling": [{"nsamples": 100}, {"nsamples": 1000}],
        "vectorisation": [{"way": "at once"}, {"way": "one by one"}],
        "predicted_and_measured": [{"B": B, "d": d, "c": c} for B, d, c in SHAPES],
    }


@check(part="6.1", points=1, hint="handout, section 7", requires="R7.3")
def check_lab_measured_every_case(measurements):
    """measurements.json holds every case of experiments A to H, at full size.

    Why: A comparison without one of its cases may lead to the opposite conclusion.
    Oracle: The list of cases in section 7 of the handout.
    """
    measurements.complete(_cases(measurements.number("alpha_batch")))


@check(part="6.1", points=1, hint="handout, section 7", requires="R7.4")
def check_lab_tells_machine_units_and_repeats(measurements):
    """The lab's data tell the machine, the unit of every number, and 5 repeats of every time.

    Why: A number without its unit, its machine and its scatter cannot be compared with another.
    Oracle: The form alone: the handout lists the facts that the file must have.
    """
    measurements.described()
    measurements.repeated(at_least=5)


@check(part="6.1", points=1, hint="handout, section 7: experiments A, F and H", requires="R7.5")
def check_lab_agrees_with_what_can_be_computed(measurements):
    """Counted operations are the predicted ones; loss of W0 and half widths are as computed.

    Why: Results that are known in advance show that the measurement is right.
    Oracle: log c for ten equal probabilities; Hoeffding's bound at its half width, which is delta;
    a hundred times the operations for a hundred times the examples.
    """
    why = "60 000 losses of float32, added up one after the other"
    for row in measurements.rows("curves"):
        first, what = row.numbers("train_loss")[0], f"{row.name}: the loss of W0"
        expect.close(first, math.log(10), rtol=1e-3, why=why, what=what)
    for row in measurements.rows("subsampling"):
        bound = 2 * math.exp(-2 * row.number("nsamples") * row.number("half_width") ** 2)
        what = f"{row.name}: the probability outside of the interval"
        expect.close(bound, 0.05, within=rounding(terms=1, condition=10), what=what)
    for row in measurements.rows("predicted_and_measured"):
        counted, predicted = row.number("counted_flops"), row.number("predicted_flops")
        same = counted == predicted
        expect.that(same, f"{row.name}: {predicted} operations predicted, {counted} counted")
    few, many = (
        measurements.row("predicted_and_measured", B=B, d=784, c=10).number("counted_flops")
        for B in (30, 3000)
    )
    expect.that(many == 100 * few, "100 times the examples do not take 100 times the operations")


@check(part="6.1", points=1, hint="handout, section 7: experiments A, E and F", requires="R7.5")
def check_lab_shows_what_theory_says(measurements):
    """Descent never raises the loss, noise pays, order matters, and more samples scatter less.

    Why: Theory says which way these curves go; a curve that goes the other way points to a mistake.
    Oracle: Theorems about short steps, many steps, scans in order and means of samples; no
    number of the reference.
    """
    descent = measurements.row("curves", algorithm="gradient descent").numbers("train_loss")
    rises = any(later > before for before, later in itertools.pairwise(descent))
    expect.that(not rises, "gradient descent with a short step raises the loss")
    for name in ALGORITHMS:
        final = measurements.row("curves", algorithm=name).numbers("train_loss")[-1]
        what = f"after equally many examples the loss of {name} is not below that of descent"
        expect.that(final < descent[-1], what, f"{final:.4g}, and {descent[-1]:.4g}")
    random, in_order = (
        measurements.row("sorted_examples", order="sorted by class", algorithm=name)
        for name in MINIBATCH
    )
    worse = in_order.numbers("test_error")[-1] > random.numbers("test_error")[-1]
    expect.that(worse, "a scan of examples sorted by class does as well as random draws")
    few, many = (
        _scatter(measurements.row("subsampling", nsamples=nsamples).numbers("estimates"))
        for nsamples in (100, 1000)
    )
    expect.that(many < few, "estimates from 1000 samples scatter as much as those from 100")


def _scatter(estimates):
    """The mean square of the distances from the mean."""
    mean = math.fsum(estimates) / len(estimates)
    return math.fsum((estimate - mean) ** 2 for estimate in estimates) / len(estimates)
