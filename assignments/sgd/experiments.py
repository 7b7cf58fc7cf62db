"""The lab: what you measure with your own sgd.py, on your own machine.

    python assignments/sgd/experiments.py --submission FOLDER_OF_SGD_PY [--data mnist-like]

writes measurements.json, from which the lab report makes its plots and tables. Every experiment
is a function (student, lab) -> dict of plain numbers: all repeats as measured, units beside them.
"""

import argparse
import importlib.util
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

# One BLAS thread, decided before numpy is imported, because later has no effect: with more, the
# small products here wait for each other, and the times say little about the algorithms.
for _name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import numpy as np  # noqa: E402
from lab import GAMMA, Lab, counted, machine, settings_for, timed  # noqa: E402

Table = dict[str, Any]


# The algorithms, ready to run
def algorithms(student: ModuleType, lab: Lab, listed: int) -> dict[str, Callable[[], Any]]:
    """Gradient descent and Algorithms 1 to 4, which visit equally many examples.

    Each lists about `listed` models after the first.
    """
    n, W0, epochs, B = len(lab.X), lab.W0, lab.num_epochs, lab.B

    def grad_fn(W: np.ndarray, idx: Any) -> np.ndarray:
        return student.softmax_xent_grad(W, lab.X[idx], lab.Y[idx], GAMMA)

    def every(steps: int) -> int:
        return max(1, steps // listed)

    one, batch = every(epochs * n), every(epochs * -(-n // B))
    rng = np.random.default_rng(4787)
    return {
        "gradient descent": lambda: student.gradient_descent(
            grad_fn, W0, n, lab.alpha_all, epochs, every(epochs)
        ),
        "Algorithm 1": lambda: student.sgd_random(grad_fn, W0, n, lab.alpha_one, epochs, one, rng),
        "Algorithm 2": lambda: student.sgd_sequential(grad_fn, W0, n, lab.alpha_one, epochs, one),
        "Algorithm 3": lambda: student.sgd_minibatch(
            grad_fn, W0, n, lab.alpha_batch, B, epochs, batch, rng
        ),
        "Algorithm 4": lambda: student.sgd_minibatch_sequential(
            grad_fn, W0, n, lab.alpha_batch, B, epochs, batch
        ),
    }


# The experiments, in the order of the handout
def curves(student: ModuleType, lab: Lab) -> Table:
    """Experiment A: loss and error rate, on training and test examples, against epochs."""
    found: Table = {"unit": {"epoch": "epochs", "error": "fraction"}, "algorithms": {}}
    for name, run in algorithms(student, lab, listed=20).items():
        models = run()
        found["algorithms"][name] = {
            "epoch": _epochs_of(models, name, lab, listed=20),
            "train_loss": [student.softmax_xent_loss(W, lab.X, lab.Y, GAMMA) for W in models],
            "test_loss": [
                student.softmax_xent_loss(W, lab.X_test, lab.Y_test, GAMMA) for W in models
            ],
            "train_error": [student.error_rate(W, lab.X, lab.Y) for W in models],
            "test_error": [student.error_rate(W, lab.X_test, lab.Y_test) for W in models],
        }
    return found


def _epochs_of(models: list[np.ndarray], name: str, lab: Lab, listed: int) -> list[float]:
    """After how many epochs each listed model stood; the last period may be a shorter one."""
    n, B = len(lab.X), lab.B
    in_epoch = {"gradient descent": 1, "Algorithm 1": n, "Algorithm 2": n}.get(name, -(-n // B))
    steps = lab.num_epochs * in_epoch
    period = max(1, steps // listed)
    return [min(k * period, steps) / in_epoch for k in range(len(models))]


def run_times(student: ModuleType, lab: Lab) -> Table:
    """Experiment B: run time of one epoch of each algorithm."""
    ready = algorithms(student, lab._replace(num_epochs=1), listed=1)
    seconds = {name: timed(run, lab.repeats) for name, run in ready.items()}
    return {"unit": "s for one epoch", "seconds": seconds}


def batch_sizes(student: ModuleType, lab: Lab) -> Table:
    """Experiment C: time of one epoch of Algorithms 3 and 4, and the error after it, against B."""
    rows = []
    for B in (1, 3, 10, 30, 100, 300, 1000):
        ready = algorithms(student, lab._replace(B=B, num_epochs=1), listed=1)
        for name in ("Algorithm 3", "Algorithm 4"):
            final = ready[name]()[-1]
            error = student.error_rate(final, lab.X_test, lab.Y_test)
            seconds = timed(ready[name], lab.repeats)
            rows.append({"B": B, "algorithm": name, "seconds": seconds, "test_error": error})
    return {"unit": {"seconds": "s for one epoch", "test_error": "fraction"}, "rows": rows}


def step_sizes(student: ModuleType, lab: Lab) -> Table:
    """Experiment D: error of Algorithm 4 after half of the epochs and after all, against alpha."""
    rows = []
    for factor in (0.1, 0.3, 1.0, 3.0, 10.0, 30.0):
        alpha = lab.alpha_batch * factor
        models = algorithms(student, lab._replace(alpha_batch=alpha), listed=2)["Algorithm 4"]()
        errors = [student.error_rate(W, lab.X_test, lab.Y_test) for W in models[1:]]
        rows.append({"alpha": alpha, "test_error_half": errors[0], "test_error_end": errors[-1]})
    return {"unit": "fraction", "epochs": lab.num_epochs, "rows": rows}


def sorted_examples(student: ModuleType, lab: Lab) -> Table:
    """Experiment E: Algorithms 3 and 4 on the same examples, sorted by class."""
    order = np.argsort(lab.Y.argmax(axis=1), kind="stable")
    by_class = lab._replace(X=lab.X[order], Y=lab.Y[order])
    errors = {}
    for title, arranged in (("as they came", lab), ("sorted by class", by_class)):
        ready = algorithms(student, arranged, listed=10)
        errors[title] = {
            name: [student.error_rate(W, lab.X_test, lab.Y_test) for W in ready[name]()]
            for name in ("Algorithm 3", "Algorithm 4")
        }
    return {"unit": "fraction", "test_error": errors}


def subsampling(student: ModuleType, lab: Lab) -> Table:
    """Experiment F: estimated training error from 100 and 1000 samples, beside the exact one."""
    W = algorithms(student, lab, listed=1)["Algorithm 4"]()[-1]
    rng = np.random.default_rng(5777)
    rows = []
    for nsamples in (100, 1000):
        pairs = [student.estimate_error(W, lab.X, lab.Y, nsamples, rng) for _ in range(100)]
        rows.append(
            {
                "nsamples": nsamples,
                "estimates": [float(estimate) for estimate, _ in pairs],
                "half_width": float(pairs[0][1]),
                "seconds": timed(
                    lambda m=nsamples: student.estimate_error(W, lab.X, lab.Y, m, rng), lab.repeats
                ),
            }
        )
    exact = timed(lambda: student.error_rate(W, lab.X, lab.Y), lab.repeats)
    error = student.error_rate(W, lab.X, lab.Y)
    return {"unit": "s", "exact_error": error, "exact_seconds": exact, "rows": rows}


def vectorisation(student: ModuleType, lab: Lab) -> Table:
    """Experiment G: the gradient of 1000 examples in one call, and one example a call."""
    W, n = lab.W0 + 0.01, min(1000, len(lab.X))
    X, Y = lab.X[:n], lab.Y[:n]

    def one_by_one() -> None:
        for k in range(n):
            student.softmax_xent_grad(W, X[k : k + 1], Y[k : k + 1], GAMMA)

    B, d, c = n, X.shape[1], Y.shape[1]
    return {
        "unit": "s",
        "shape": {"B": B, "d": d, "c": c},
        "at_once": timed(lambda: student.softmax_xent_grad(W, X, Y, GAMMA), 4 * lab.repeats),
        "one_by_one": timed(one_by_one, lab.repeats),
        "predicted_flops": int(student.predict_flops(B, d, c)),
        "predicted_bytes": int(student.predict_bytes(B, d, c)),
    }


def predicted_and_measured(student: ModuleType, lab: Lab) -> Table:
    """Experiment H: predicted against counted operations and bytes of one gradient, and its time.

    On made-up examples, so that the shapes differ in more than the size of the batch.
    """
    rng = np.random.default_rng(4787)
    rows = []
    for B, d, c in SHAPES:
        Y = np.eye(c)[rng.integers(c, size=B)]
        batch = rng.standard_normal((c, d)), rng.standard_normal((B, d)), Y, GAMMA
        flops, traced = counted(student.softmax_xent_grad, *batch)
        seconds = timed(lambda batch=batch: student.softmax_xent_grad(*batch), 8 * lab.repeats)
        rows.append(
            {
                "shape": {"B": B, "d": d, "c": c},
                "predicted_flops": int(student.predict_flops(B, d, c)),
                "counted_flops": flops,
                "predicted_bytes": int(student.predict_bytes(B, d, c)),
                "traced_bytes": traced,
                "seconds": seconds,
                "flops_per_s": [flops / s for s in seconds],
            }
        )
    return {
        "unit": {
            "flops": "operations in the matrix products of one gradient",
            "bytes": "bytes at the peak of one gradient, above W, X and Y",
            "seconds": "s for one gradient, without counters",
            "flops_per_s": "counted operations per s",
        },
        "rows": rows,
    }


# of experiment H: B, d, c. The (B, c) arrays of the last are over 256 KiB, all others below
SHAPES = (
    (1, 784, 10),
    (30, 784, 10),
    (3000, 784, 10),
    (3000, 20, 10),
    (300, 2000, 15),
    (300, 300, 100),
    (40_000, 60, 10),
)
EXPERIMENTS = (
    curves,
    run_times,
    batch_sizes,
    step_sizes,
    sorted_examples,
    subsampling,
    vectorisation,
    predicted_and_measured,
)


def measure(student: ModuleType, lab: Lab, say: Callable[[str], None] = lambda line: None) -> Table:
    """All experiments, by name; `say` hears of each as it starts."""
    found: Table = {"machine": machine(), "settings": _plain(lab)}
    for number, experiment in enumerate(EXPERIMENTS, start=1):
        title = (experiment.__doc__ or experiment.__name__).splitlines()[0]
        say(f"[{number}/{len(EXPERIMENTS)}] {title}")
        found[experiment.__name__] = experiment(student, lab)
    return found


def _plain(lab: Lab) -> Table:
    shapes = {f: list(v.shape) for f, v in lab._asdict().items() if isinstance(v, np.ndarray)}
    return shapes | {f: v for f, v in lab._asdict().items() if f not in shapes}


def _import(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise SystemExit(f"there is no {path}: name the folder of your sgd.py by --submission")
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Measure, with a line of progress for each experiment, and write the results."""
    parser = argparse.ArgumentParser(description="Run the lab of the assignment sgd.")
    parser.add_argument("--submission", type=Path, default=Path(), help="folder of your sgd.py")
    parser.add_argument("--data", choices=("digits", "mnist-like", "mnist"), default="mnist-like")
    parser.add_argument("--out", type=Path, default=Path("measurements.json"))
    parser.add_argument("--quick", action="store_true", help="small sizes: to try it out")
    options = parser.parse_args()
    student = _import(options.submission / "sgd.py")
    data = _import(Path(__file__).parent / "data.py")
    lab = settings_for(data, options.data, options.quick)
    found = {"data": options.data} | measure(student, lab, lambda line: print(line, flush=True))
    options.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(f"wrote {options.out}")


if __name__ == "__main__":
    try:
        main()
    except (FileNotFoundError, ValueError) as error:
        sys.exit(f"experiments: {error}")
