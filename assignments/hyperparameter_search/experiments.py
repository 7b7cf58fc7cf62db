"""The experiments of the lab, in the order of the handout."""

import lab as shared
import numpy as np
from lab import ETA, SEED, SPACE, Curves, Digits, Lab, R

from autograder.lab import experiment


def setup(data: str, quick: bool) -> Lab:
    """The digits and all sizes."""
    return shared.lab_of(quick)


@experiment(
    cases=[{"method": name} for name in ("grid", "random", "halton")],
    units={"squared_distance": "1"},
    seconds=1,
)
def coverage(student, lab, case):
    """A. Squared distance to the optimum of the best of 16 points, where one of two matters"""
    space = {"matters": ("uniform", 0.0, 1.0), "does not": ("uniform", 0.0, 1.0)}
    rng = np.random.default_rng(SEED)
    distances = []
    for _ in range(lab.optima):
        optimum = rng.random()
        if case["method"] == "grid":
            configs = student.grid(space, 4)
        elif case["method"] == "random":
            configs = student.random_search(space, 16, rng)
        else:
            configs = student.configurations(space, (student.halton(16, 2) + rng.random(2)) % 1)
        distances.append(min((config["matters"] - optimum) ** 2 for config in configs))
    return {"squared_distance": distances}


@coverage.plot
def draw_coverage(figure, rows):
    """The distribution of each method's distances."""
    axes = figure.subplots()
    for row in rows:
        ordered = np.sort(row["squared_distance"])
        axes.plot(ordered, np.arange(1, len(ordered) + 1) / len(ordered), label=row["method"])
    axes.set(xscale="log", xlabel="squared distance to the optimum", ylabel="share of problems")
    axes.set_xlim(1e-6, 0.1)
    axes.legend()


@experiment(
    cases=[{"n": n} for n in (5, 10, 20, 40, 59, 80)],
    units={"n": "trials", "found": "fraction of searches", "predicted": "fraction of searches"},
    seconds=2,
)
def luck(student, lab, case):
    """B. How often one of n random trials is among the best 5 %"""
    rng, space = np.random.default_rng(SEED), {"quality": ("uniform", 0.0, 1.0)}
    found = [
        min(config["quality"] for config in student.random_search(space, case["n"], rng)) < 0.05
        for _ in range(lab.searches)
    ]
    return {"found": float(np.mean(found)), "predicted": 1 - 0.95 ** case["n"]}


@luck.plot
def draw_luck(figure, rows):
    """The curve that is predicted, and what was counted."""
    axes = figure.subplots()
    axes.plot([row["n"] for row in rows], [row["predicted"] for row in rows], label="1 - 0.95^n")
    axes.plot([row["n"] for row in rows], [row["found"] for row in rows], "ko", label="counted")
    axes.axhline(0.95, ls=":")
    axes.set(xlabel="random trials", ylabel="share of searches that found one of the best 5 %")
    axes.legend()


@experiment(
    cases=[
        {"family": family, "method": method}
        for family in shared.FAMILIES
        for method in ("random", "halving", "hyperband")
    ],
    units={"regret": "score above the lowest", "epochs": "epochs", "predicted_epochs": "epochs"},
    seconds=10,
)
def races(student, lab, case):
    """C. Final score above the lowest possible, with equal epochs, on three kinds of curves"""
    regret, epochs = [], []
    for seed in range(lab.searches // 10):
        curves = Curves(case["family"], seed)
        config = shared.searched(student, case["method"], curves)
        regret.append(curves.score(config, R) - curves.score({"floor": 0.0}, R))
        epochs.append(curves.spent)
    return {
        "regret": regret,
        "epochs": epochs[0],
        "predicted_epochs": student.predict_epochs(R, ETA, True),
    }


@races.plot
def draw_races(figure, rows):
    """The mean of each method in each family, with its standard error."""
    axes = figure.subplots()
    families = list(shared.FAMILIES)
    for method in ("random", "halving", "hyperband"):
        ours = [row for row in rows if row["method"] == method]
        means = [np.mean(row["regret"]) for row in ours]
        errors = [np.std(row["regret"]) / np.sqrt(len(row["regret"])) for row in ours]
        places = [families.index(row["family"]) for row in ours]
        axes.errorbar(places, means, errors, fmt="o-", label=method)
    axes.set(xticks=range(len(families)), xticklabels=families, ylabel="final score")
    axes.legend()


@experiment(
    cases=[{"n": n} for n in (1, 5, 20, 100)],
    units={"n": "trials", "reported": "1", "true": "1"},
    seconds=2,
)
def curse(student, lab, case):
    """D. What the best of n noisy evaluations reports, and its true score"""
    rng = np.random.default_rng(SEED)
    reported, true = [], []
    for _ in range(lab.searches):
        quality = 0.5 * rng.standard_normal(case["n"])
        noisy = quality + 0.5 * rng.standard_normal(case["n"])
        configs = [{"trial": i} for i in range(case["n"])]
        choice = student.honest_choice(
            configs,
            lambda config, noisy=noisy: float(noisy[config["trial"]]),
            lambda config, quality=quality: float(quality[config["trial"]]),
        )
        reported.append(choice.validation)
        true.append(choice.test)
    return {"reported": reported, "true": true}


@curse.plot
def draw_curse(figure, rows):
    """The two means against n."""
    axes = figure.subplots()
    for column in ("reported", "true"):
        axes.plot(
            [row["n"] for row in rows], [np.mean(row[column]) for row in rows], "o-", label=column
        )
    axes.set(xscale="log", xlabel="trials", ylabel="score of the best, mean over searches")
    axes.legend()


@experiment(
    cases=lambda lab: [
        {"method": name, "seed": seed} for name in shared.SEARCHES for seed in range(lab.seeds)
    ],
    units={
        "seed": "number",
        "epochs": "epochs",
        "elapsed": "seconds",
        "best": "validation error (fraction)",
        "test_error": "fraction",
        "search_share": "fraction of the time",
    },
    seconds=150,
)
def searches(student, lab, case):
    """E. Best validation error so far of four searches on the digits"""
    digits = Digits(lab, case["seed"])
    budget = student.predict_epochs(R, ETA, True)
    config = shared.SEARCHES[case["method"]](student, digits, SPACE, budget)
    share = digits.search_share()
    return {
        "epochs": digits.epochs,
        "elapsed": digits.seconds,
        "best": digits.best,
        "test_error": shared.test_error(lab, config, 1000 + case["seed"]),
        "search_share": share,
    }


@searches.plot
def draw_searches(figure, rows):
    """Left against epochs, right against seconds: the mean over seeds, and the range."""
    grid = figure.subplots(1, 2, sharey=True)
    for axes, column in zip(grid, ("epochs", "elapsed"), strict=True):
        for number, method in enumerate(shared.SEARCHES):
            ours = [row for row in rows if row["method"] == method]
            most = min(row[column][-1] for row in ours)
            at = np.linspace(min(row[column][0] for row in ours), most, 200)
            curves = np.array([_held(row[column], row["best"], at) for row in ours])
            axes.plot(at, curves.mean(axis=0), color=f"C{number}", label=method)
            low, high = curves.min(axis=0), curves.max(axis=0)
            axes.fill_between(at, low, high, color=f"C{number}", alpha=0.15)
        axes.set(yscale="log", xlabel="time (s)" if column == "elapsed" else "epochs trained")
    grid[0].set_ylabel("best validation error so far (fraction)")
    grid[0].legend()


def _held(at, best, wanted):
    """The best so far at other times: the last value that was there; 1 before the first."""
    places = np.searchsorted(at, wanted, side="right")
    return np.append(1.0, best)[places]


@experiment(
    cases=[{"repeated": name} for name in ("the search", "the training")],
    units={"test_error": "fraction"},
    seconds=60,
)
def spread(student, lab, case):
    """F. Test error of repeated searches, and of one configuration with several seeds"""
    errors = []
    config = shared.chosen(student, lab, 0)
    for seed in range(2 * lab.seeds):
        if case["repeated"] == "the search":
            config = shared.chosen(student, lab, seed)
            errors.append(shared.test_error(lab, config, 1000))
        else:
            errors.append(shared.test_error(lab, config, 1000 + seed))
    return {"test_error": errors}


@spread.plot
def draw_spread(figure, rows):
    """A point for each repeat."""
    axes = figure.subplots()
    for row in rows:
        axes.plot(row["test_error"], [row["repeated"]] * len(row["test_error"]), "o", alpha=0.5)
    axes.set(xlabel="test error (fraction)")


OPTIMISERS = {"without momentum": {"momentum": ("uniform", 0.0, 1e-9)}, "with momentum": {}}
EPOCHS = 9


@experiment(
    cases=[{"optimiser": name} for name in OPTIMISERS],
    units={
        "scores": "validation error (fraction)",
        "ks": "trials",
        "curve": "validation error (fraction)",
        "lower": "validation error (fraction)",
        "upper": "validation error (fraction)",
    },
    seconds=60,
)
def optimisers(student, lab, case):
    """G. Tuning curves with bands of SGD without and with momentum, after 9 epochs"""
    space = {**SPACE, **OPTIMISERS[case["optimiser"]]}
    configs = student.random_search(space, lab.trials, np.random.default_rng(SEED))
    digits = Digits(lab, SEED)
    errors = np.nan_to_num([digits.train(config, EPOCHS)[0] for config in configs], nan=1.0)
    ks = list(range(1, min(20, lab.trials) + 1))
    lower, upper = student.tuning_band(errors, ks, 0.05, 0.0, 1.0)
    curve = student.tuning_curve(errors, ks)
    return {"scores": errors, "ks": ks, "curve": curve, "lower": lower, "upper": upper}


@optimisers.plot
def draw_optimisers(figure, rows):
    """The expected best of k trials, and the band that holds for all k at once."""
    axes = figure.subplots()
    for number, row in enumerate(rows):
        axes.plot(row["ks"], row["curve"], color=f"C{number}", label=row["optimiser"])
        axes.fill_between(row["ks"], row["lower"], row["upper"], color=f"C{number}", alpha=0.2)
    axes.set(xlabel="random trials", ylabel="expected best validation error (fraction)")
    axes.legend()


@experiment(
    cases=[{"space": "narrow"}, {"space": "wide"}],
    units={
        "step_size": "1",
        "momentum": "1",
        "l2": "1",
        "best": "validation error (fraction)",
        "at_border": "names",
    },
    seconds=20,
)
def borders(student, lab, case):
    """H. The best configuration of a narrow and of a wider space, and what is at its border"""
    space = SPACE if case["space"] == "wide" else shared.NARROW
    digits = Digits(lab, SEED)
    config = shared.bayesian_trials(student, digits, space, 15 * R)
    names = student.at_border(config, space, 0.1)
    return {**config, "best": digits.best[-1], "at_border": ", ".join(names) or "none"}


@borders.plot
def draw_borders(figure, rows):
    """The best step size of each space within its range."""
    axes = figure.subplots()
    for row in rows:
        span = SPACE if row["space"] == "wide" else shared.NARROW
        axes.plot(span["step_size"][1:], [row["space"]] * 2, "k-")
        axes.plot(row["step_size"], row["space"], "o", label=f"best {row['best']:.3g}")
    axes.set(xscale="log", xlabel="step size; the line is its range")
    axes.legend()
