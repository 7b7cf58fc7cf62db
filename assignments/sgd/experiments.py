"""The experiments of the lab, in the order of the handout: `autograder lab sgd` runs them."""

import numpy as np
from lab import ALGORITHMS, GAMMA, Lab, epochs_of, lab_on, ready

from autograder.lab import counted_flops, experiment, timed, traced_bytes

DATA = ("mnist-like", "digits", "mnist")
STOCHASTIC, MINIBATCH = ALGORITHMS[1:], ALGORITHMS[3:]


def setup(data: str, quick: bool) -> Lab:
    """The data and all sizes."""
    return lab_on(data, quick)


@experiment(
    cases=[{"algorithm": name} for name in ALGORITHMS],
    units={
        "epoch": "epochs",
        "train_loss": "nats",
        "test_loss": "nats",
        "train_error": "fraction",
        "test_error": "fraction",
    },
    seconds=90,
)
def curves(student, lab, case):
    """A. Loss and error against epochs"""
    models = ready(student, lab, case["algorithm"], listed=20)()
    train, test = (lab.X, lab.Y), (lab.X_test, lab.Y_test)
    return {
        "epoch": epochs_of(models, lab, case["algorithm"], listed=20),
        "train_loss": [student.softmax_xent_loss(W, *train, GAMMA) for W in models],
        "test_loss": [student.softmax_xent_loss(W, *test, GAMMA) for W in models],
        "train_error": [student.error_rate(W, *train) for W in models],
        "test_error": [student.error_rate(W, *test) for W in models],
    }


@curves.plot
def draw_curves(figure, rows):
    """Left the error, right the loss; training solid, test dashed."""
    for axes, quantity, unit in zip(
        figure.subplots(1, 2), ("error", "loss"), ("fraction", "nats"), strict=True
    ):
        for number, row in enumerate(rows):
            colour = f"C{number}"
            axes.plot(row["epoch"], row[f"train_{quantity}"], color=colour, label=row["algorithm"])
            axes.plot(row["epoch"], row[f"test_{quantity}"], "--", color=colour)
        axes.set(xlabel="epochs", ylabel=f"{quantity} ({unit}); dashed: test", yscale="log")
    axes.legend()


@experiment(cases=[{"algorithm": name} for name in STOCHASTIC], units={"seconds": "s"}, seconds=45)
def run_times(student, lab, case):
    """B. Run time of one epoch of each algorithm"""
    one_epoch = lab._replace(num_epochs=1)
    return {"seconds": timed(ready(student, one_epoch, case["algorithm"], 1), lab.repeats)}


@run_times.plot
def draw_run_times(figure, rows):
    """A bar at the median, a point for each repeat."""
    axes = figure.subplots()
    for row in rows:
        axes.bar(row["algorithm"], np.median(row["seconds"]), color="C0", alpha=0.5)
        axes.plot([row["algorithm"]] * len(row["seconds"]), row["seconds"], "k.")
    axes.set(ylabel="time of one epoch (s)", yscale="log")


@experiment(
    cases=[{"B": B, "algorithm": a} for B in (1, 3, 10, 30, 100, 300, 1000) for a in MINIBATCH],
    units={"B": "examples", "seconds": "s", "test_error": "fraction"},
    seconds=100,
)
def batch_sizes(student, lab, case):
    """C. Time of one epoch, and the error after it, against the batch size"""
    one_epoch = lab._replace(B=case["B"], num_epochs=1)
    run = ready(student, one_epoch, case["algorithm"], listed=1)
    error = student.error_rate(run()[-1], lab.X_test, lab.Y_test)
    return {"seconds": timed(run, lab.repeats), "test_error": error}


@batch_sizes.plot
def draw_batch_sizes(figure, rows):
    """Above the times with their range, below the error."""
    times, errors = figure.subplots(2, 1, sharex=True)
    for name in MINIBATCH:
        ours = [row for row in rows if row["algorithm"] == name]
        B = [row["B"] for row in ours]
        times.plot(B, [np.median(row["seconds"]) for row in ours], "o-", label=name)
        fastest, slowest = ([f(row["seconds"]) for row in ours] for f in (min, max))
        times.vlines(B, fastest, slowest)
        errors.plot(B, [row["test_error"] for row in ours], "o-", label=name)
    times.set(xscale="log", yscale="log", ylabel="time of one epoch (s)")
    errors.set(xlabel="batch size B (examples)", ylabel="test error (fraction)")
    times.legend()


@experiment(
    cases=lambda lab: [{"alpha": lab.alpha_batch * f} for f in (0.1, 0.3, 1.0, 3.0, 10.0, 30.0)],
    units={"alpha": "1", "epoch": "epochs", "test_error": "fraction"},
    seconds=15,
)
def step_sizes(student, lab, case):
    """D. Error of Algorithm 4 after half of the epochs and after all, against the step size"""
    stepping = lab._replace(alpha_batch=case["alpha"])
    models = ready(student, stepping, "Algorithm 4", listed=2)()
    return {
        "epoch": epochs_of(models, stepping, "Algorithm 4", listed=2),
        "test_error": [student.error_rate(W, lab.X_test, lab.Y_test) for W in models],
    }


@step_sizes.plot
def draw_step_sizes(figure, rows):
    """One line for each time at which the error was taken."""
    axes = figure.subplots()
    for when in (1, -1):
        alphas, errors = [row["alpha"] for row in rows], [row["test_error"][when] for row in rows]
        axes.plot(alphas, errors, "o-", label=f"after {rows[0]['epoch'][when]:g} epochs")
    axes.set(xscale="log", xlabel="step size alpha", ylabel="test error (fraction)")
    axes.legend()


@experiment(
    cases=[
        {"order": order, "algorithm": name}
        for order in ("as they came", "sorted by class")
        for name in MINIBATCH
    ],
    units={"epoch": "epochs", "test_error": "fraction"},
    seconds=15,
)
def sorted_examples(student, lab, case):
    """E. Algorithms 3 and 4 on the examples as they came and sorted by class"""
    arranged = lab if case["order"] == "as they came" else lab.sorted_by_class()
    models = ready(student, arranged, case["algorithm"], listed=10)()
    return {
        "epoch": epochs_of(models, arranged, case["algorithm"], listed=10),
        "test_error": [student.error_rate(W, lab.X_test, lab.Y_test) for W in models],
    }


@sorted_examples.plot
def draw_sorted_examples(figure, rows):
    """A line for each algorithm and order."""
    axes = figure.subplots()
    for row in rows:
        dashes = "-" if row["order"] == "as they came" else "--"
        label = f"{row['algorithm']}, {row['order']}"
        axes.plot(row["epoch"], row["test_error"], dashes, label=label)
    axes.set(xlabel="epochs", ylabel="test error (fraction)", yscale="log")
    axes.legend()


@experiment(
    cases=[{"nsamples": 100}, {"nsamples": 1000}],
    units={
        "nsamples": "examples",
        "estimates": "fraction",
        "half_width": "fraction",
        "exact_error": "fraction",
        "seconds": "s",
        "exact_seconds": "s",
    },
    seconds=6,
)
def subsampling(student, lab, case):
    """F. Estimated training error from 100 and 1000 samples, beside the exact one"""
    W = ready(student, lab, "Algorithm 4", listed=1)()[-1]
    rng = np.random.default_rng(5777)

    def estimate():
        return student.estimate_error(W, lab.X, lab.Y, case["nsamples"], rng)

    pairs = [estimate() for _ in range(100)]
    return {
        "estimates": [value for value, _ in pairs],
        "half_width": pairs[0][1],
        "exact_error": student.error_rate(W, lab.X, lab.Y),
        "seconds": timed(estimate, lab.repeats),
        "exact_seconds": timed(lambda: student.error_rate(W, lab.X, lab.Y), lab.repeats),
    }


@subsampling.plot
def draw_subsampling(figure, rows):
    """The estimates with their intervals, and the exact error as a line."""
    side_by_side = figure.subplots(1, len(rows), sharey=True, squeeze=False)[0]
    for axes, row in zip(side_by_side, rows, strict=True):
        estimates = row["estimates"]
        axes.errorbar(range(len(estimates)), estimates, row["half_width"], fmt=".", elinewidth=0.5)
        axes.axhline(row["exact_error"], color="C1", label="exact")
        axes.set(xlabel=f"estimate from {row['nsamples']} samples", ylabel="error (fraction)")
        axes.legend()


@experiment(
    cases=[{"way": "at once"}, {"way": "one by one"}],
    units={"flops": "operations", "B": "examples", "seconds": "s"},
    seconds=2,
)
def vectorisation(student, lab, case):
    """G. The gradient of 1000 examples in one call, and one example a call"""
    W, B = lab.W0 + 0.01, min(1000, len(lab.X))
    size = B if case["way"] == "at once" else 1

    def gradient():
        for k in range(0, B, size):
            student.softmax_xent_grad(W, lab.X[k : k + size], lab.Y[k : k + size], GAMMA)

    flops = student.predict_flops(B, lab.X.shape[1], lab.Y.shape[1])
    return {"B": B, "flops": flops, "seconds": timed(gradient, 4 * lab.repeats)}


@vectorisation.plot
def draw_vectorisation(figure, rows):
    """Operations per second of all repeats."""
    axes = figure.subplots()
    axes.boxplot([[row["flops"] / s for s in row["seconds"]] for row in rows])
    axes.set_xticks(range(1, len(rows) + 1), [row["way"] for row in rows])
    axes.set(ylabel="predicted operations per second (1/s)", yscale="log")


# B, d, c. The (B, c) arrays of the last are over 256 KiB, all others below
SHAPES = (
    (1, 784, 10),
    (30, 784, 10),
    (3000, 784, 10),
    (3000, 20, 10),
    (300, 2000, 15),
    (300, 300, 100),
    (40_000, 60, 10),
)


@experiment(
    cases=[dict(zip("Bdc", shape, strict=True)) for shape in SHAPES],
    units={
        "B": "examples",
        "d": "features",
        "c": "classes",
        "predicted_flops": "operations",
        "counted_flops": "operations",
        "predicted_bytes": "bytes",
        "traced_bytes": "bytes",
        "seconds": "s",
    },
    seconds=3,
)
def predicted_and_measured(student, lab, case):
    """H. Predicted against counted operations and bytes of one gradient, and its time"""
    B, d, c = case["B"], case["d"], case["c"]
    rng = np.random.default_rng(4787)
    Y = np.eye(c)[rng.integers(c, size=B)]
    batch = rng.standard_normal((c, d)), rng.standard_normal((B, d)), Y, GAMMA
    gradient = student.softmax_xent_grad
    return {
        "predicted_flops": student.predict_flops(B, d, c),
        "counted_flops": counted_flops(gradient, *batch),
        "predicted_bytes": student.predict_bytes(B, d, c),
        "traced_bytes": traced_bytes(gradient, *batch),
        "seconds": timed(lambda: gradient(*batch), 8 * lab.repeats),
    }


@predicted_and_measured.plot
def draw_predicted_and_measured(figure, rows):
    """Left the bytes, predicted and traced; right the operations per second."""
    left, right = figure.subplots(1, 2)
    shapes = [f"{row['B']}, {row['d']}, {row['c']}" for row in rows]
    left.plot([row["predicted_bytes"] for row in rows], shapes, "o", label="predicted")
    left.plot([row["traced_bytes"] for row in rows], shapes, "x", label="traced")
    left.set(xscale="log", xlabel="bytes at the peak", ylabel="B, d, c")
    left.legend()
    for shape, row in zip(shapes, rows, strict=True):
        right.plot(
            [row["counted_flops"] / s for s in row["seconds"]], [shape] * len(row["seconds"]), "k."
        )
    right.set(xscale="log", xlabel="operations per second (1/s)", yticklabels=[])
