"""The experiments of the lab, in the order of the handout: `autograder lab autodiff` runs them."""

from typing import NamedTuple

import data as shipped
import numpy as np
import programs_uses

from autograder.lab import counted_flops, experiment, timed, traced_bytes

SEED = 4787
LAYERS = ("64-10", "64-32-10")  # a linear model, and a network with a hidden layer


class Lab(NamedTuple):
    """The digits and all sizes."""

    digits: shipped.Digits
    widest: int  # number of inputs
    deepest: int  # layers of a chain
    width: int  # entries of a layer
    num_epochs: int
    alpha: float
    B: int
    repeats: int  # of everything that is timed


def setup(data: str, quick: bool) -> Lab:
    """Small sizes if quick."""
    digits = shipped.digits()
    if quick:
        return Lab(digits, 64, 64, 4_000, 5, 0.1, 30, 2)
    return Lab(digits, 1024, 256, 16_000, 30, 0.1, 30, 5)


@experiment(
    cases=[{"rule": "central"}, {"rule": "forward"}],
    units={"eps": "1", "error": "fraction of the largest entry"},
    seconds=1,
)
def differences(student, lab, case):
    """A. Error of central and of forward differences against eps"""
    x = np.random.default_rng(SEED).uniform(0.5, 1.5, size=20)
    exact = student.grad(bumps)(x)
    rule = student.numerical_grad if case["rule"] == "central" else forward_differences
    eps = np.logspace(-1, -12, 45)
    off = [np.abs(rule(bumps, x, e) - exact).max() / np.abs(exact).max() for e in eps]
    return {"eps": eps, "error": off}


def bumps(x):
    """A smooth function of an array, or of a Tensor: a sum of 1 / (1 + x^2)."""
    return (1.0 / (x * x + 1.0)).sum()


def forward_differences(f, x, eps):
    """(f(x + eps e_k) - f(x)) / eps in each entry."""
    return np.array([(f(x + eps * e) - f(x)) / eps for e in np.eye(len(x))])


@differences.plot
def draw_differences(figure, rows):
    """A U for each rule; dotted the machine epsilon over eps."""
    axes = figure.subplots()
    for row in rows:
        axes.plot(row["eps"], row["error"], label=row["rule"])
    eps = np.array(rows[0]["eps"])
    axes.plot(eps, np.finfo(float).eps / eps, "k:", label="machine epsilon / eps")
    axes.set(xscale="log", yscale="log", xlabel="eps", ylabel="error (fraction of the largest)")
    axes.legend()


WAYS = ("function", "reverse", "forward", "differences")


@experiment(
    cases=lambda lab: [
        {"way": way, "d": 4**k} for way in WAYS for k in range(1, 6) if 4**k <= lab.widest
    ],
    units={"d": "inputs", "seconds": "s", "traced_bytes": "bytes"},
    seconds=50,
)
def dimensions(student, lab, case):
    """B. Time and memory of a function of d inputs, and of its gradient by three ways"""
    d = case["d"]
    rng = np.random.default_rng(SEED)
    x, A = rng.standard_normal((1, d)), rng.standard_normal((d, d)) / np.sqrt(d)

    def f(x):
        return ((x @ A) * (x @ A)).sum()

    directions = np.eye(d)[:, None]
    run = {
        "function": lambda: f(x),
        "reverse": lambda: student.grad(f)(x),
        "forward": lambda: [student.jvp(f, x, v)[1] for v in directions],
        "differences": lambda: student.numerical_grad(f, x),
    }[case["way"]]
    return {"seconds": timed(run, lab.repeats), "traced_bytes": traced_bytes(run)}


@dimensions.plot
def draw_dimensions(figure, rows):
    """Left the median time, and the range of the repeats; right the memory."""
    time, memory = figure.subplots(1, 2)
    for way in WAYS:
        ours = [row for row in rows if row["way"] == way]
        d = [row["d"] for row in ours]
        draw_repeats(time, d, [row["seconds"] for row in ours], way)
        memory.plot(d, [row["traced_bytes"] for row in ours], "o-", label=way)
    time.set(xscale="log", yscale="log", xlabel="inputs d", ylabel="time (s)")
    memory.set(xscale="log", yscale="log", xlabel="inputs d", ylabel="peak (bytes)")
    time.legend()


def draw_repeats(axes, x, repeats, label):
    """A line through the medians, a bar from the least to the largest."""
    middle = np.array([np.median(each) for each in repeats])
    low, high = (np.array([f(each) for each in repeats]) for f in (min, max))
    axes.errorbar(x, middle, [middle - low, high - middle], fmt="o-", label=label)


CHAINS = ("tape", "checkpoints", "forward", "differences")


@experiment(
    cases=lambda lab: [
        {"way": way, "N": 4**k} for way in CHAINS for k in range(1, 6) if 4**k <= lab.deepest
    ],
    units={
        "N": "layers",
        "predicted_bytes": "bytes",
        "traced_bytes": "bytes",
        "seconds": "s",
    },
    seconds=8,
)
def chains(student, lab, case):
    """C. Peak memory and time of a chain of N layers: gradients, and slopes along one direction"""
    rng = np.random.default_rng(SEED)
    x, v = rng.uniform(0.5, 1.5, size=(2, lab.width))
    ws = [rng.uniform(0.5, 1.5, size=1) for _ in range(case["N"])]
    predict, run = {
        "tape": (student.predict_saved_bytes, programs_uses.gradient_of_a_chain),
        "checkpoints": (student.predict_checkpointed_bytes, programs_uses.gradient_of_a_chain),
        "forward": (None, programs_uses.tangent_of_a_chain),
        "differences": (None, programs_uses.difference_of_a_chain),
    }[case["way"]]
    last = v if predict is None else case["way"] == "checkpoints"
    return {
        "predicted_bytes": predict(case["N"], lab.width) if predict else None,
        "traced_bytes": traced_bytes(run, student, x, ws, last),
        "seconds": timed(lambda: run(student, x, ws, last), lab.repeats),
    }


@chains.plot
def draw_chains(figure, rows):
    """Left the memory, predicted as a dashed line; right the time."""
    memory, time = figure.subplots(1, 2)
    for number, way in enumerate(CHAINS):
        ours = [row for row in rows if row["way"] == way]
        N, colour = [row["N"] for row in ours], f"C{number}"
        memory.plot(N, [row["traced_bytes"] for row in ours], "o", color=colour, label=way)
        if way in ("tape", "checkpoints"):
            memory.plot(N, [row["predicted_bytes"] for row in ours], "--", color=colour)
        draw_repeats(time, N, [row["seconds"] for row in ours], way)
    memory.set(xscale="log", yscale="log", xlabel="layers N", ylabel="peak (bytes)")
    time.set(xscale="log", yscale="log", xlabel="layers N", ylabel="time (s)")
    memory.legend(title="dashed: predicted")


@experiment(
    cases=[{"layers": layers} for layers in LAYERS],
    units={
        "epoch": "epochs",
        "train_loss": "nats",
        "train_error": "fraction",
        "test_error": "fraction",
        "predicted_flops": "operations of a step",
        "counted_flops": "operations of a step",
        "seconds": "s",
    },
    seconds=4,
)
def training(student, lab, case):
    """D. Loss and error of a linear model and a network, trained by your engine"""
    X, labels, X_test, labels_test = lab.digits
    sizes, rng = [int(size) for size in case["layers"].split("-")], np.random.default_rng(SEED)
    params = student.init_mlp(sizes, rng)
    batch = X[: lab.B], labels[: lab.B]
    step = timed(lambda: student.train_mlp(params, *batch, lab.alpha, lab.B, 1, rng), lab.repeats)
    models = [params]
    for _ in range(lab.num_epochs):
        models.append(student.train_mlp(models[-1], X, labels, lab.alpha, lab.B, 1, rng)[0])
    return {
        "epoch": list(range(len(models))),
        "train_loss": [programs_uses.loss_of_a_network(student, p, X, labels) for p in models],
        "train_error": [misread(student, p, X, labels) for p in models],
        "test_error": [misread(student, p, X_test, labels_test) for p in models],
        "predicted_flops": predicted_flops(student, lab.B, *sizes) if len(sizes) == 3 else None,
        "counted_flops": counted_flops(
            programs_uses.gradient_of_a_network, student, params, *batch
        ),
        "seconds": step,
    }


def predicted_flops(student, B, d, h, c):
    """Of a step: forwards and backwards."""
    return student.predict_forward_flops(B, d, h, c) + student.predict_backward_flops(B, d, h, c)


def misread(student, params, X, labels):
    """The fraction of digits for which another class scores highest."""
    return np.mean(programs_uses.logits(student, params, X).argmax(axis=1) != labels)


@training.plot
def draw_training(figure, rows):
    """Left the loss; right the errors, of the test digits dashed."""
    left, right = figure.subplots(1, 2)
    for number, row in enumerate(rows):
        colour = f"C{number}"
        left.plot(row["epoch"], row["train_loss"], color=colour, label=row["layers"])
        right.plot(row["epoch"], row["train_error"], color=colour, label=row["layers"])
        right.plot(row["epoch"], row["test_error"], "--", color=colour)
    left.set(xlabel="epochs", ylabel="training loss (nats)", yscale="log")
    right.set(xlabel="epochs", ylabel="error (fraction); dashed: test")
    left.legend()
