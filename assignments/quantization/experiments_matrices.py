"""Experiments A to D of the lab: matrices and inputs with known structure."""

import lab as shared
import numpy as np
from lab import ROWS, SEED, D, if_written, written

from autograder.lab import experiment


@experiment(
    cases=[{"rho": rho, "bits": bits} for bits in (2, 3, 4) for rho in (0.0, 0.5, 0.8, 0.9, 0.95)],
    units={
        "rho": "1",
        "bits": "bits",
        "nearest": "fraction of the squared outputs",
        "compensated": "fraction of the squared outputs",
    },
    seconds=6,
)
def correlation(student, lab, case):
    """A. Error of rounding to the nearest and with compensation, for correlated inputs"""
    nearest, compensated = [], []
    for number in range(lab.matrices):
        rng = np.random.default_rng((SEED, number))
        X, fresh = (shared.correlated(rng, lab.n, case["rho"]) for _ in range(2))
        W, bias = rng.standard_normal((ROWS, D)), np.zeros(ROWS)
        for H, errors in ((None, nearest), (X.T @ X, compensated)):
            layer = student.QuantizedLinear(W, bias, case["bits"], D, True, H)
            errors.append(shared.relative_error(fresh, W, student.unpack(layer.packed)))
    return {"nearest": nearest, "compensated": compensated}


@correlation.plot
def draw_correlation(figure, rows):
    """How many times smaller the error is with compensation, for each number of bits."""
    axes = figure.subplots()
    for bits in (2, 3, 4):
        ours = [row for row in rows if row["bits"] == bits]
        ratios = [np.divide(row["nearest"], row["compensated"]) for row in ours]
        rho, means = [row["rho"] for row in ours], [np.mean(ratio) for ratio in ratios]
        axes.errorbar(
            rho, means, [np.std(ratio) for ratio in ratios], fmt="o-", label=f"{bits} bits"
        )
    axes.axhline(1, color="k", ls=":")
    axes.set(xlabel="correlation of neighbouring inputs", ylabel="error of rounding / of GPTQ")
    axes.legend()


@experiment(
    cases=[{"alpha": k / 8} for k in range(9)],
    units={"alpha": "1", "error": "fraction of the squared outputs", "written": "1 or 0"},
    seconds=2,
)
def alphas(student, lab, case):
    """B. Error of 3 bits with scaled columns against alpha, if two columns are 30 times larger"""

    def measure():
        errors = []
        for number in range(lab.matrices):
            rng = np.random.default_rng((SEED, number))
            X, fresh = (shared.with_outliers(rng, lab.n, 30.0) for _ in range(2))
            W = rng.standard_normal((ROWS, D))
            s, _ = student.awq_scale(W, X, 3, D, [case["alpha"]])
            V = student.unpack(student.group_quantize(W * s, 3, D, False)) / s
            errors.append(shared.relative_error(fresh, W, V))
        return {"error": errors}

    return if_written(measure)


@alphas.plot
def draw_alphas(figure, rows):
    """A line for each matrix."""
    axes, rows = figure.subplots(), written(rows)
    axes.plot([row["alpha"] for row in rows], [row["error"] for row in rows], "o-", alpha=0.4)
    axes.set(yscale="log", xlabel="alpha", ylabel="error (fraction of the squared outputs)")


@experiment(
    cases=[
        {"scheme": scheme, "strength": strength}
        for scheme in shared.SCHEMES
        for strength in (1.0, 3.0, 10.0, 30.0, 100.0)
    ],
    units={
        "strength": "1",
        "squared_error": "1",
        "relative_error": "fraction of the squared outputs",
        "written": "1 or 0",
    },
    seconds=1,
)
def outliers(student, lab, case):
    """C. Error of five ways to multiply in 8 bits against the strength of two outlier columns"""

    def measure():
        squared, relative = [], []
        for number in range(lab.matrices):
            rng = np.random.default_rng((SEED, number))
            X = shared.with_outliers(rng, 256, case["strength"])
            W = rng.standard_normal((ROWS, D))
            exact = X @ W.T
            error = (shared.SCHEMES[case["scheme"]](student, X, W) - exact) ** 2
            squared.append(error.mean())
            relative.append(error.sum() / (exact**2).sum())
        return {"squared_error": squared, "relative_error": relative}

    return if_written(measure)


@outliers.plot
def draw_outliers(figure, rows):
    """The absolute error left, the relative one right; dotted a slope of two."""
    grid, rows = figure.subplots(1, 2), written(rows)
    for axes, column in zip(grid, ("squared_error", "relative_error"), strict=True):
        for scheme in shared.SCHEMES:
            ours = [row for row in rows if row["scheme"] == scheme]
            means = [np.mean(row[column]) for row in ours]
            axes.plot([row["strength"] for row in ours], means, "o-", label=scheme)
        axes.set(xscale="log", yscale="log", xlabel="strength", ylabel=column.replace("_", " "))
    strengths = np.array([3.0, 100.0])
    grid[0].plot(strengths, 1e-3 * strengths**2, "k:", label="strength squared")
    grid[0].legend()


CODES = ("symmetric", "asymmetric", "NF4", "k-means")


@experiment(
    cases=[
        {"code": code, "block": block}
        for code in CODES
        for block in (8, 16, 32, 64, 96, 128, 256, 512, 1024)
    ],
    units={
        "block": "weights",
        "error": "squared, of weights of variance 1",
        "bits": "bits a weight",
        "written": "1 or 0",
    },
    seconds=10,
)
def blocks(student, lab, case):
    """D. Squared error and bits of four codes of four bits, against the size of a block"""

    def measure():
        rng = np.random.default_rng(SEED)
        W = rng.standard_normal((64 if lab.matrices < 5 else 256, 3072))
        V = shared.in_blocks(student, W, case["code"], case["block"])
        bits = shared.bits_in_blocks(student, W.size, case["code"], case["block"])
        return {"error": float(((W - V) ** 2).mean()), "bits": bits}

    return if_written(measure)


@blocks.plot
def draw_blocks(figure, rows):
    """Error against the block left, against the bits right."""
    grid, rows = figure.subplots(1, 2, sharey=True), written(rows)
    for axes, column in zip(grid, ("block", "bits"), strict=True):
        for code in CODES:
            ours = [row for row in rows if row["code"] == code]
            axes.plot(
                [row[column] for row in ours], [row["error"] for row in ours], "o-", label=code
            )
    grid[0].set(xscale="log", yscale="log", xlabel="block (weights)", ylabel="squared error")
    grid[1].set(xlabel="bits a weight, with scales")
    grid[0].legend()
