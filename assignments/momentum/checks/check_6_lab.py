"""Part 6: the data of the lab, as far as they can be judged without having been there."""

import math

from autograder.grading import check, expect, rounding

MU, L = 1.0, 100.0  # of the lab's quadratic, whose 50 curvatures are spaced geometrically
CURVATURES = [MU * (L / MU) ** (k / 49) for k in range(50)]
RATIO = 1e-9  # of the distance, until which the lab counts steps
BETAS = [round(0.05 * k, 2) for k in range(20)]
OPTIMISERS = ("plain SGD", "SGDMomentum", "Nesterov", "AdaGrad", "RMSProp", "Adam", "AdamW")
CASES = {
    "rates": [{"method": name} for name in ("gradient_descent", "heavy_ball", "nesterov")],
    "stability": [{"beta": beta} for beta in BETAS],
    "curves": [
        {"gradients": gradients, "method": method, "beta": beta}
        for gradients, method, beta in (
            ("full", "plain", 0.0),
            ("full", "heavy ball", 0.9),
            ("full", "heavy ball", 0.99),
            ("full", "nesterov", 0.9),
            ("full", "nesterov", 0.99),
            ("minibatch", "plain", 0.0),
            ("minibatch", "heavy ball", 0.9),
            ("minibatch", "heavy ball", 0.99),
            ("minibatch", "adam", 0.9),
        )
    ],
    "costs": [{"B": B, "optimiser": name} for B in (60, 600) for name in OPTIMISERS],
    "step_times": [
        {"parameters": size, "optimiser": name} for size in (100, 501_000) for name in OPTIMISERS
    ],
    "tuned": [
        {"method": method, "alpha": alpha}
        for method, alphas in (
            ("plain", (0.1, 0.3, 1.0, 3.0, 10.0, 30.0)),
            ("heavy ball", (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)),
            ("adam", (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)),
        )
        for alpha in alphas
    ],
    "averaging": [
        {"remedy": name}
        for name in ("constant step", "average", "average of the second half", "falling schedule")
    ],
}


@check(part="6.1", points=1, hint="handout, section 7", requires="R7.3")
def check_lab_measured_every_case(measurements):
    """measurements.json holds every case of experiments A to F, at full size.

    Why: A comparison without one of its cases may lead to the opposite conclusion.
    Oracle: The list of cases in section 7 of the handout.
    """
    measurements.complete(CASES)


@check(part="6.1", points=1, hint="handout, section 7", requires="R7.4")
def check_lab_tells_machine_units_and_repeats(measurements):
    """The lab's data tell the machine, the unit of every number, and 5 repeats of every time.

    Why: A number without its unit, its machine and its scatter cannot be compared with another.
    Oracle: The form alone: the handout lists the facts that the file must have.
    """
    measurements.described()
    measurements.repeated(at_least=5)


@check(part="6.1", points=1, hint="handout, section 7: experiments A and D", requires="R7.5")
def check_lab_agrees_with_what_can_be_computed(measurements):
    """Steps and rates are those of a walk by hand; state is as large as predicted and as counted.

    Why: Results that are known in advance show that the measurement is right.
    Oracle: (1 - alpha h)^t for each curvature h of the quadratic, summed up without any step; each
    method walked in Python floats, a curvature at a time; the sizes of the parameters.
    """
    descent = measurements.row("rates", method="gradient_descent").numbers("distance")
    alpha = 2 / (MU + L)
    for t in (0, 1, 100):
        expect.that(t < len(descent), "the distances of gradient descent end before step 100")
        squares = [(1 - alpha * h) ** (2 * t) for h in CURVATURES]
        want = math.sqrt(math.fsum(squares) / len(squares))
        within = rounding(terms=50 + t, condition=10)
        expect.close(descent[t], want, within=within, what=f"the distance left after {t} steps")
    for method in ("gradient_descent", "heavy_ball", "nesterov"):
        _require_rate(measurements.row("rates", method=method), method)
    for row in measurements.rows("costs"):
        predicted, counted = (
            row.number(f"{kind}_state_bytes") for kind in ("predicted", "counted")
        )
        near = abs(predicted - counted) <= 64 * 1024
        what = f"{row.name}: {predicted:.0f} bytes predicted, {counted:.0f} counted"
        expect.that(near, what)


@check(part="6.1", points=1, hint="handout, section 7: experiments A, B, D and F", requires="R7.5")
def check_lab_shows_what_theory_says(measurements):
    """Momentum saves steps, stability ends at its border, averages lose noise, size costs time.

    Why: Theory says how these runs end; another result points to a mistake.
    Oracle: The roots of the recurrence of order two, kappa = 100 against its root, the mean of
    independent errors, and 5000 times the numbers to read; no number of the reference.
    """
    steps = {
        name: measurements.row("rates", method=name).number("counted_steps")
        for name in ("gradient_descent", "heavy_ball", "nesterov")
    }
    for name in ("heavy_ball", "nesterov"):
        few = 4 * steps[name] <= steps["gradient_descent"]
        what = f"{name} needs {steps[name]:.0f} steps, descent {steps['gradient_descent']:.0f}"
        expect.that(few, f"{what}: more than a quarter")
    for beta in BETAS:
        _require_border(measurements.row("stability", beta=beta), 2 * (1 + beta))
    floor = measurements.row("averaging", remedy="constant step").numbers("distance")[-1]
    for remedy in ("average", "average of the second half", "falling schedule"):
        left = measurements.row("averaging", remedy=remedy).numbers("distance")[-1]
        what = f"the remedy {remedy!r} ends as far from the minimum as a constant step"
        expect.that(left < floor / 2, what, f"{left:.3g}, and {floor:.3g}")
    for name in OPTIMISERS:
        small, large = (
            min(measurements.row("step_times", parameters=size, optimiser=name).numbers("seconds"))
            for size in (100, 501_000)
        )
        what = f"a step of {name} is told to be no slower for 501 000 parameters than for 100"
        expect.that(small < large, what, f"{large:.3g} s, and {small:.3g} s, the fastest of each")


def _require_rate(row, method):
    """The steps counted and the rate measured are those of the row's alpha and beta."""
    left = _walk(row.number("alpha"), row.number("beta"), method == "nesterov")
    expect.that(left[-1] <= RATIO, f"{method}: with its alpha and beta, 1e-9 is never reached")
    steps, counted = len(left) - 1, row.number("counted_steps")
    what = f"{method}: {counted:g} steps counted, where {steps} are needed"
    expect.that(counted == steps, what)
    half = steps // 2
    want = (left[steps] / left[half]) ** (1 / (steps - half))
    what = f"{method}: the measured rate, the mean of the second half of the steps,"
    why = "an iterate near 1e-9 may have been rounded as one near 1"
    expect.close(row.number("measured_rate"), want, rtol=1e-6, why=why, what=what)


def _walk(alpha, beta, looks_ahead):
    """What is left of the distance after 0, 1, ... steps, until RATIO; no more than 2000."""
    e, v, left = [1.0] * 50, [0.0] * 50, [1.0]
    while left[-1] > RATIO and len(left) <= 2000:
        for k, h in enumerate(CURVATURES):
            at = e[k] + beta * v[k] if looks_ahead else e[k]
            v[k] = beta * v[k] - alpha * h * at
            e[k] += v[k]
        left.append(math.hypot(*e) / math.sqrt(50))
    return left


def _require_border(row, border):
    """What is well within the border shrinks, what is well beyond it grows."""
    scaled, left = row.numbers("alpha_L"), row.values("distance")
    expect.that(len(scaled) == len(left), f"{row.name}: not one distance for each step size")
    for alpha, distance in zip(scaled, left, strict=True):
        grows = distance is None or distance > 1  # null: it has overflowed
        what = f"{row.name}: alpha L = {alpha:.3g}, where the border is {border:.3g},"
        expect.that(alpha > 0.95 * border or not grows, f"{what} does not shrink the distance")
        expect.that(alpha < 1.05 * border or grows, f"{what} does not let the distance grow")
