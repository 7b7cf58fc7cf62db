"""The experiments of the lab, in the order of the handout; A to D are in another file."""

import experiments_matrices as matrices
import lab as shared
import numpy as np
from lab import SEED, Lab, if_written, written

from autograder.lab import experiment, timed

correlation = matrices.correlation
alphas = matrices.alphas
outliers = matrices.outliers
blocks = matrices.blocks


def setup(data: str, quick: bool) -> Lab:
    """The digits, networks and all sizes."""
    return shared.lab_of(quick)


NETWORKS = [
    *({"hidden": name, "bits": 32, "group": 1, "rounding": "none"} for name in shared.WIDTHS),
    *(
        {"hidden": "48-32", "bits": bits, "group": group, "rounding": rounding}
        for rounding in ("nearest", "compensated")
        for bits in (2, 3, 4, 8)
        for group in (8, 16, 32, 64)
    ),
    *(
        {"hidden": "16", "bits": 4, "group": group, "rounding": "compensated"}
        for group in (8, 16, 32, 64)
    ),
]


@experiment(
    cases=NETWORKS,
    units={
        "bits": "bits",
        "group": "weights",
        "test_error": "fraction",
        "output_error": "fraction of the squared outputs",
        "bytes": "bytes",
        "predicted_bytes": "bytes",
    },
    seconds=3,
)
def network(student, lab, case):
    """E. Test error of digits networks against the bytes that they take"""
    found = {"test_error": [], "output_error": []}
    X, y = lab.digits.X_test, lab.digits.y_test
    for each in lab.networks[case["hidden"]]:
        floats = student.forward(shared.float_layers(each), X)
        sizes = [W.shape for W in each.weights]
        if case["rounding"] == "none":
            outputs, stored = floats, shared.stored_bytes([*each.weights, *each.biases])
            predicted = sum(4 * rows * (d + 1) for rows, d in sizes)
        else:
            bits, group = case["bits"], case["group"]
            layers = shared.layers_of(student, lab, each, bits, group, case["rounding"])
            outputs, stored = student.forward(layers, X), shared.stored_bytes(layers)
            predicted = sum(student.predict_layer_bytes(*size, bits, group, True) for size in sizes)
        found["test_error"].append(float((outputs.argmax(axis=1) != y).mean()))
        found["output_error"].append(float(((outputs - floats) ** 2).sum() / (floats**2).sum()))
    return {**found, "bytes": stored, "predicted_bytes": predicted}


@network.plot
def draw_network(figure, rows):
    """A point for each way to store the networks, hidden layers, bits/group; the Pareto front."""
    axes = figure.subplots()
    for number, rounding in enumerate(("nearest", "compensated", "none")):
        ours = [row for row in rows if row["rounding"] == rounding]
        errors = [np.mean(row["test_error"]) for row in ours]
        axes.plot([row["bytes"] for row in ours], errors, f"C{number}o", label=rounding)
        for row, error in zip(ours, errors, strict=True):
            name = "" if row["rounding"] != "none" and row["hidden"] == "48-32" else row["hidden"]
            name += f" {row['bits']:g}/{row['group']:g}" if row["bits"] < 32 else ""
            axes.annotate(name, (row["bytes"], error), fontsize=6)
    best, front = 1.0, []
    for row in sorted(rows, key=lambda row: (row["bytes"], np.mean(row["test_error"]))):
        if np.mean(row["test_error"]) < best:
            best = float(np.mean(row["test_error"]))
            front.append((row["bytes"], best))
    axes.step(*zip(*front, strict=True), "k-", where="post", lw=0.8, label="Pareto front")
    axes.set(xscale="log", yscale="log", xlabel="bytes", ylabel="test error (fraction)")
    axes.legend()


ROUNDINGS = ("none", "nearest", "stochastic")
SCALE = 2.0**-5  # of the weights, which reach from -127/32 to 127/32


@experiment(
    cases=[{"rounding": r, "alpha": alpha} for r in ROUNDINGS for alpha in (0.01, 0.1, 1.0)],
    units={
        "alpha": "step size",
        "at": "steps",
        "loss": "nats",
        "moved": "fraction of the weights",
        "test_error": "fraction",
        "written": "1 or 0",
    },
    seconds=10,
)
def descent(student, lab, case):
    """F. Loss of SGD whose weights have 8 bits, rounded to the nearest and stochastically"""
    X, y = lab.digits.X.astype(np.float64), lab.digits.y

    def slope(w):
        return shared.softmax_slope(X, y, w)

    def measure():
        go = shared.descent(student, slope, case, SCALE)
        w, losses, at = np.zeros(10 * X.shape[1]), [], []
        moved = np.mean(case["alpha"] * np.abs(slope(w)) > SCALE / 2)
        for step in range(0, lab.steps + 1, lab.steps // 20):
            w = go(w, lab.steps // 20 if step else 0)
            at.append(step)
            losses.append(float(-np.log(shared.probabilities(X, w)[np.arange(len(y)), y]).mean()))
        read = shared.probabilities(lab.digits.X_test, w).argmax(axis=1)
        error = np.mean(read != lab.digits.y_test)
        return {"at": at, "loss": losses, "moved": moved, "test_error": error}

    return if_written(measure)


@descent.plot
def draw_descent(figure, rows):
    """A colour for each way of rounding, a style for each step size."""
    axes, rows = figure.subplots(), written(rows)
    styles = dict(zip((0.01, 0.1, 1.0), (":", "--", "-"), strict=True))
    for row in rows:
        colour = f"C{ROUNDINGS.index(row['rounding'])}"
        label = f"{row['rounding']}, {row['alpha']:g}"
        axes.plot(row["at"], row["loss"], styles[row["alpha"]], color=colour, label=label)
    axes.set(xlabel="steps", ylabel="training loss")
    axes.legend()


KINDS = [
    *(("numpy", kind) for kind in ("float64", "float32", "int8", "int8 by blas_product")),
    *(("torch", kind) for kind in ("float64", "float32", "bfloat16", "int8")),
]


@experiment(
    cases=[{"library": library, "kind": kind} for library, kind in KINDS],
    units={"seconds": "s", "note": "text"},
    seconds=10,
)
def products(student, lab, case):
    """G. Time of a product of matrices of the same codes in several formats"""
    rng = np.random.default_rng(SEED)
    rows, d = lab.side // 4, lab.side // 2
    X, W = (rng.integers(-127, 128, size=(n, d)).astype(np.int8) for n in (lab.batch, rows))
    if case["library"] == "torch":
        run, note = shared.in_torch(case["kind"], X, W)
    else:
        run, note = shared.in_numpy(student, case["kind"], X, W)
    return {"note": note} if run is None else {"seconds": timed(run, lab.repeats), "note": note}


@products.plot
def draw_products(figure, rows):
    """A bar for each format, with the range of the repeats."""
    axes = figure.subplots()
    rows = [row for row in rows if "seconds" in row]
    for place, row in enumerate(rows):
        seconds = row["seconds"]
        middle = np.median(seconds)
        spread = [[middle - min(seconds)], [max(seconds) - middle]]
        axes.barh(place, middle, xerr=spread, color=f"C{int(row['library'] == 'torch')}")
    names = [f"{row['library']}, {row['kind']}" for row in rows]
    axes.set(
        xscale="log", xlabel="time of a product (s)", yticks=range(len(rows)), yticklabels=names
    )


FORMATS = {"float32": (32, 1), "8 bits": (8, 2048), "4 bits": (4, 128), "4 bits, fine": (4, 16)}


@experiment(
    cases=[{"format": name} for name in FORMATS],
    units={
        "bits_per_weight": "bits",
        "flops_per_byte": "FLOPs a byte",
        "measured_bytes": "bytes a weight",
        "seconds": "s",
    },
    seconds=6,
)
def decode(student, lab, case):
    """H. Bytes and operations of a matrix that meets one vector, and the time of it here"""
    bits, group = FORMATS[case["format"]]
    rng = np.random.default_rng(SEED)
    W = rng.standard_normal((lab.side, lab.side)).astype(np.float32)
    x = rng.standard_normal((1, lab.side)).astype(np.float32)
    scale_bits = 0 if bits == 32 else 32
    per_weight = student.predict_bits_per_weight(bits, group, scale_bits, 0)
    if bits == 32:
        stored, seconds = W.nbytes, timed(lambda: x @ W.T, lab.repeats)
    else:
        packed = student.group_quantize(W, bits, group, True)
        stored = shared.stored_bytes(packed)
        seconds = timed(lambda: student.matmul_packed(x, packed, 64), lab.repeats)
    return {
        "bits_per_weight": per_weight,
        "flops_per_byte": student.predict_flops_per_byte(per_weight),
        "measured_bytes": stored / W.size,
        "seconds": seconds,
    }


@decode.plot
def draw_decode(figure, rows):
    """Operations a byte left, the time right."""
    flops, time = figure.subplots(1, 2)
    names = [row["format"] for row in rows]
    flops.bar(names, [row["flops_per_byte"] for row in rows])
    flops.set(ylabel="operations a byte")
    time.bar(names, [np.median(row["seconds"]) for row in rows])
    time.set(yscale="log", ylabel="time of a product with one vector (s)")


@experiment(
    cases=[
        {"rows": side, "bits": bits, "symmetric": symmetric}
        for side in (1, 8, 64, 512)
        for bits, symmetric in ((8, True), (4, True), (4, False))
    ],
    units={
        "rows": "rows and columns",
        "bits": "bits",
        "float_bytes": "bytes",
        "predicted_bytes": "bytes",
        "bytes": "bytes",
    },
    seconds=1,
)
def layers(student, lab, case):
    """I. Bytes of small and large layers, in float32 and in groups of 32"""
    side, rng = case["rows"], np.random.default_rng(SEED)
    W, bias = rng.standard_normal((side, side)).astype(np.float32), np.zeros(side, np.float32)
    given = (case["bits"], 32, case["symmetric"])
    layer = student.QuantizedLinear(W, bias, *given)
    return {
        "float_bytes": W.nbytes + bias.nbytes,
        "predicted_bytes": student.predict_layer_bytes(side, side, *given),
        "bytes": shared.stored_bytes(layer),
    }


@layers.plot
def draw_layers(figure, rows):
    """How many times smaller a layer has become."""
    axes = figure.subplots()
    for bits, symmetric in ((8, True), (4, True), (4, False)):
        ours = [row for row in rows if row["bits"] == bits and row["symmetric"] == symmetric]
        label = f"{bits} bits, {'symmetric' if symmetric else 'asymmetric'}"
        smaller = [row["float_bytes"] / row["bytes"] for row in ours]
        axes.plot([row["rows"] for row in ours], smaller, "o-", label=label)
    axes.axhline(1, color="k", ls=":")
    axes.set(xscale="log", xlabel="rows and columns", ylabel="float32 bytes / bytes")
    axes.legend()
