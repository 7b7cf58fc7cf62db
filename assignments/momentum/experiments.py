"""The experiments of the lab, in the order of the handout: `autograder lab momentum` runs them."""

import lab as shared
import numpy as np
from lab import MU, SEED, L, Lab, distances, error_rate, gradient, loss, zeros

from autograder.lab import experiment, timed, traced_bytes

RATIO = 1e-9  # of the distance: what predict_iterations is made for


def setup(data: str, quick: bool) -> Lab:
    """The examples, the quadratic and all sizes."""
    return shared.lab_of(quick)


@experiment(
    cases=[{"method": name} for name in ("gradient_descent", "heavy_ball", "nesterov")],
    units={
        "alpha": "1",
        "beta": "1",
        "rate": "distance after a step / before it",
        "measured_rate": "distance after a step / before it",
        "distance": "fraction of the first one",
        "predicted_steps": "steps",
        "counted_steps": "steps",
    },
    seconds=1,
)
def rates(student, lab, case):
    """A. Distance to the minimum of a quadratic, and the rates of theory"""
    alpha, beta, rate = shared.best_settings(student, case["method"])
    run = student.gd_nesterov if case["method"] == "nesterov" else student.gd_momentum
    w0 = np.ones_like(lab.curvatures)
    far = distances(run(lambda w: lab.curvatures * w, w0, alpha, beta, 1200))
    counted = shared.steps_until(far, RATIO)
    known = case["method"] != "nesterov"
    return {
        "alpha": alpha,
        "beta": beta,
        "rate": rate,
        "measured_rate": shared.contraction(far, counted),
        "distance": far[:400],
        "predicted_steps": student.predict_iterations(case["method"], MU, L, RATIO)
        if known
        else None,
        "counted_steps": counted,
    }


@rates.plot
def draw_rates(figure, rows):
    """Solid the distances, dashed the lines of the rates."""
    axes = figure.subplots()
    for number, row in enumerate(rows):
        steps = np.arange(len(row["distance"]))
        axes.plot(steps, row["distance"], color=f"C{number}", label=row["method"])
        axes.plot(steps, row["rate"] ** steps, "--", color=f"C{number}")
    axes.set(yscale="log", xlabel="steps", ylabel="distance (fraction of the first); dashed: rate")
    axes.set_ylim(1e-10, 10)
    axes.legend()


@experiment(
    cases=[{"beta": round(0.05 * k, 2)} for k in range(20)],
    units={"beta": "1", "alpha_L": "1", "distance": "fraction of the first one"},
    seconds=4,
)
def stability(student, lab, case):
    """B. Distance left after a fixed number of steps, against step size and momentum"""
    scaled = np.linspace(0.1, 4.2, 42)
    left = []
    for alpha in scaled / L:
        with np.errstate(over="ignore", invalid="ignore"):
            path = student.gd_momentum(
                lambda w: lab.curvatures * w,
                np.ones_like(lab.curvatures),
                alpha,
                case["beta"],
                lab.map_steps,
            )
            left.append(distances(path)[-1])
    return {"alpha_L": scaled, "distance": left}


@stability.plot
def draw_stability(figure, rows):
    """Dark is near; the line is the border of theory."""
    axes = figure.subplots()
    alphas, betas = np.array(rows[0]["alpha_L"]), np.array([row["beta"] for row in rows])
    left = np.array([row["distance"] for row in rows])
    shown = np.log10(np.clip(np.nan_to_num(left, nan=np.inf), 1e-8, 1e2))
    map_of = axes.pcolormesh(alphas, betas, shown, shading="nearest")
    figure.colorbar(map_of, label="log10 of the distance left")
    axes.plot(2 * (1 + betas), betas, "r--", label="alpha L = 2 (1 + beta)")
    axes.set(xlabel="alpha L", ylabel="momentum beta", xlim=(alphas[0], alphas[-1]))
    axes.legend()


FULL = [
    {"gradients": "full", "method": method, "beta": beta}
    for method, beta in (
        ("plain", 0.0),
        ("heavy ball", 0.9),
        ("heavy ball", 0.99),
        ("nesterov", 0.9),
        ("nesterov", 0.99),
    )
]
MINIBATCH = [
    {"gradients": "minibatch", "method": method, "beta": beta}
    for method, beta in (("plain", 0.0), ("heavy ball", 0.9), ("heavy ball", 0.99), ("adam", 0.9))
]


@experiment(
    cases=[*FULL, *MINIBATCH],
    units={"beta": "1", "epoch": "epochs", "train_loss": "nats", "test_error": "fraction"},
    seconds=15,
)
def curves(student, lab, case):
    """C. Training loss and test error with the course's settings"""
    W0 = np.zeros((1, lab.X.shape[1]))
    if case["gradients"] == "full":
        run = student.gd_nesterov if case["method"] == "nesterov" else student.gd_momentum
        models = run(lambda W: gradient(W, lab.X, lab.y), W0, 1.0, case["beta"], lab.full_epochs)
        epochs = list(range(len(models)))
    else:
        models = shared.minibatch_models(student, lab, W0, case["method"], case["beta"])
        per_epoch = -(-len(lab.X) // lab.B)
        epochs = [min(10 * k, lab.num_epochs * per_epoch) / per_epoch for k in range(len(models))]
    return {
        "epoch": epochs,
        "train_loss": [loss(W, lab.X, lab.y) for W in models],
        "test_error": [error_rate(W, lab.X_test, lab.y_test) for W in models],
    }


@curves.plot
def draw_curves(figure, rows):
    """Above full gradients, below minibatches; left the loss, right the error."""
    grid = figure.subplots(2, 2)
    for line, gradients in zip(grid, ("full", "minibatch"), strict=True):
        for row in (row for row in rows if row["gradients"] == gradients):
            label = f"{row['method']}, beta {row['beta']:g}"
            line[0].plot(row["epoch"], row["train_loss"], label=label)
            line[1].plot(row["epoch"], row["test_error"], label=label)
        line[0].set(xlabel="epochs", ylabel="training loss (nats)", title=gradients)
        line[1].set(xlabel="epochs", ylabel="test error (fraction)", title=gradients)
        line[1].legend()


@experiment(
    cases=[
        {"B": B, "optimiser": name}
        for B in (60, 600)
        for name in (shared.PLAIN, *shared.OPTIMISERS)
    ],
    units={
        "B": "examples",
        "seconds": "s",
        "predicted_state_bytes": "bytes",
        "counted_state_bytes": "bytes",
    },
    seconds=4,
)
def costs(student, lab, case):
    """D. Time of one epoch of each optimiser, and the bytes of its state"""
    name, params = case["optimiser"], zeros(501_000)
    size = sum(w.size for w in params)
    predicted = 0 if name == shared.PLAIN else student.predict_state_bytes(name, size, 8)
    run = shared.one_epoch(student, lab._replace(B=case["B"]), name)
    return {
        "seconds": timed(run, lab.repeats),
        "predicted_state_bytes": predicted,
        "counted_state_bytes": traced_bytes(shared.optimiser, student, name, params),
    }


@costs.plot
def draw_costs(figure, rows):
    """Left the times of an epoch, a point for each repeat; right the bytes."""
    times, state = figure.subplots(1, 2, width_ratios=(2, 1))
    draw_times(times, rows, "B")
    times.set_xlabel("time of one epoch (s)")
    ours = [row for row in rows if row["B"] == 600]
    names = [row["optimiser"] for row in ours]
    state.plot([row["predicted_state_bytes"] / 1e6 for row in ours], names, "o", label="predicted")
    state.plot([row["counted_state_bytes"] / 1e6 for row in ours], names, "kx", label="counted")
    state.set(xlabel="state (MB)", yticklabels=[])
    state.legend()


def draw_times(axes, rows, setting):
    """A point for each repeat; a colour for each value of the setting."""
    for number, value in enumerate(sorted({row[setting] for row in rows})):
        ours = [row for row in rows if row[setting] == value]
        for row in ours:
            label = f"{setting} = {value}" if row is ours[0] else None
            names = [row["optimiser"]] * len(row["seconds"])
            axes.plot(row["seconds"], names, ".", color=f"C{number}", label=label)
    axes.set(xscale="log")
    axes.legend()


@experiment(
    cases=[
        {"parameters": size, "optimiser": name}
        for size in shared.MODELS
        for name in (shared.PLAIN, *shared.OPTIMISERS)
    ],
    units={"parameters": "numbers", "seconds": "s"},
    seconds=4,
)
def step_times(student, lab, case):
    """D. Time of a step alone, its gradient being there already"""
    run, steps = shared.steps_alone(student, case["optimiser"], case["parameters"])
    return {"seconds": [seconds / steps for seconds in timed(run, lab.repeats)]}


@step_times.plot
def draw_step_times(figure, rows):
    """A point for each repeat, for a small model and a large one."""
    axes = figure.subplots()
    draw_times(axes, rows, "parameters")
    axes.set_xlabel("time of one step (s)")


GRIDS = {
    "plain": (0.1, 0.3, 1.0, 3.0, 10.0, 30.0),
    "heavy ball": (0.01, 0.03, 0.1, 0.3, 1.0, 3.0),
    "adam": (0.001, 0.003, 0.01, 0.03, 0.1, 0.3),
}


@experiment(
    cases=[{"method": method, "alpha": alpha} for method in GRIDS for alpha in GRIDS[method]],
    units={"alpha": "1", "train_loss": "nats", "test_error": "fraction"},
    seconds=3,
)
def tuned(student, lab, case):
    """E. Plain SGD, momentum and Adam, each tuned with six runs of equally many epochs"""
    W0, beta = np.zeros((1, lab.X.shape[1])), 0.9 if case["method"] == "heavy ball" else 0.0
    W = shared.minibatch_models(student, lab, W0, case["method"], beta, case["alpha"])[-1]
    return {
        "train_loss": loss(W, lab.X, lab.y),
        "test_error": error_rate(W, lab.X_test, lab.y_test),
    }


@tuned.plot
def draw_tuned(figure, rows):
    """The loss and the error that each step size leads to."""
    for axes, column, unit in zip(
        figure.subplots(1, 2), ("train_loss", "test_error"), ("nats", "fraction"), strict=True
    ):
        for method in GRIDS:
            ours = [row for row in rows if row["method"] == method]
            alphas = [row["alpha"] for row in ours]
            axes.plot(alphas, [row[column] for row in ours], "o-", label=method)
        axes.set(xscale="log", xlabel="alpha", ylabel=f"{column.replace('_', ' ')} ({unit})")
    axes.legend()


REMEDIES = ("constant step", "average", "average of the second half", "falling schedule")


@experiment(
    cases=[{"remedy": name} for name in REMEDIES],
    units={"step": "steps", "distance": "1"},
    seconds=2,
)
def averaging(student, lab, case):
    """F. Distance to the minimum of SGD with noise, and what takes the noise away"""
    rng, T, d = np.random.default_rng(SEED), lab.noisy_steps, 20
    curvatures, w = np.geomspace(0.1, 1.0, d), np.ones(d)
    falls = case["remedy"] == "falling schedule"
    start = T // 2 if case["remedy"] == "average of the second half" else 0
    average = student.IterateAverage(w, start)
    optimiser = student.SGDMomentum([w], 0.5, 0.0)
    listed = sorted({*np.geomspace(1, T, 60).astype(int)})
    distance = []
    for t in range(T):
        optimiser.alpha = 0.5 * (student.lr_schedule("inverse_sqrt", t, T) if falls else 1.0)
        optimiser.step([w], [curvatures * w + 0.3 * rng.standard_normal(d)])
        average.update(w)
        if t + 1 in listed:
            now = average.value() if "average" in case["remedy"] else w
            distance.append(np.linalg.norm(now))
    return {"step": listed, "distance": distance}


@averaging.plot
def draw_averaging(figure, rows):
    """A line for each remedy."""
    axes = figure.subplots()
    for row in rows:
        axes.plot(row["step"], row["distance"], label=row["remedy"])
    axes.set(xscale="log", yscale="log", xlabel="steps", ylabel="distance to the minimum")
    axes.legend()
