"""The experiments of the lab, in the order of the handout; E to I are optional."""

import lab as shared
import lab_costs
import lab_learning
import numpy as np
from lab import ALGORITHMS, LARGE, SMALL, THREADS, Lab

from autograder.lab import experiment, virtual_run

VIRTUAL = "seconds of virtual time"


def setup(data: str, quick: bool) -> Lab:
    """The examples and all sizes."""
    return shared.lab_of(quick)


def _curves(axes, rows, by, x, y, style="o-"):
    """A curve for each value of a column."""
    for value in dict.fromkeys(row[by] for row in rows):
        ours = [row for row in rows if row[by] == value]
        axes.plot([row[x] for row in ours], [row[y] for row in ours], style, label=str(value))


@experiment(
    cases=[{"algorithm": name, "bytes": nbytes} for name in ALGORITHMS for nbytes in shared.SIZES],
    units={"bytes": "bytes", "virtual": VIRTUAL, "predicted": VIRTUAL, "sent": "bytes, all ranks"},
    seconds=5,
)
def collectives(student, lab, case):
    """A. Virtual time of an all-reduce by 8 ranks against the size of the array"""
    reduce = shared.reduction(student, case["algorithm"])
    virtual, sent = shared.virtual_s(reduce, case["bytes"], 8)
    predicted = shared.predicted_s(student, case["algorithm"], case["bytes"], 8)
    return {"virtual": virtual, "predicted": predicted, "sent": sent}


@collectives.plot
def draw_collectives(figure, rows):
    """Points are the cluster's, lines the predictions."""
    axes = figure.subplots()
    _curves(axes, rows, "algorithm", "bytes", "virtual", "o")
    axes.set_prop_cycle(None)
    _curves(axes, rows, "algorithm", "bytes", "predicted", "-")
    axes.set(xscale="log", yscale="log", xlabel="array (bytes)", ylabel="virtual time (s)")
    axes.legend(ncols=2, title="cluster, predicted")


@experiment(
    cases=lambda lab: [{"N": N, "algorithm": name} for N, name in lab.networks],
    units=shared.units(
        {
            "N": "processes",
            "measured": "whether there is a network",
            "small large": f"s, of {SMALL} and {LARGE} bytes",
            "latency predicted_small predicted_large": "seconds",
            "bandwidth": "bytes/s, as measured",
        }
    ),
    seconds=60,
)
def gloo(student, lab, case):
    """A. Real time of an all-reduce between processes over gloo"""
    return shared.measured_over_gloo(student, case["algorithm"], case["N"], lab.repeats)


@gloo.plot
def draw_gloo(figure, rows):
    """Measured times, and a line where the model predicts them."""
    grid = figure.subplots(1, 2)
    for axes, size in zip(grid, ("small", "large"), strict=True):
        for place, row in enumerate(rows):
            times = np.atleast_1d(row[size])
            axes.plot([place] * len(times), times, "C0o", alpha=0.5)
            axes.plot(place, row[f"predicted_{size}"], "k_", markersize=20)
        names = [f"{row['algorithm']} {row['N']}" for row in rows]
        axes.set(xticks=range(len(names)), xticklabels=names, xlabel=f"{size} array; N")
        axes.set(yscale="log", ylabel="time (s)")
        axes.tick_params(axis="x", rotation=45)


@experiment(
    cases=[
        {"schedule": name, "m": m} for name in ("gpipe", "one_f_one_b") for m in (4, 8, 16, 32, 64)
    ],
    units=shared.units(
        {"m live cluster_live": "micro-batches", "predicted timeline cluster": "share of the time"}
    ),
    seconds=3,
)
def pipelines(student, lab, case):
    """B. Bubble and live micro-batches of four stages"""
    p, m = 4, case["m"]
    schedule = getattr(student, case["schedule"])(p, m)
    run = virtual_run(shared.stage, p, lambda rank: (student, schedule), 0.0, np.inf)
    return {
        "predicted": student.predict_bubble(p, m),
        "timeline": student.bubble(student.timeline(schedule, 1.0, 2.0)),
        "cluster": 1 - 3.0 * m / max(run.clock_s),
        "live": student.peak_live(schedule),
        "cluster_live": run.values,
    }


@pipelines.plot
def draw_pipelines(figure, rows):
    """Left the bubble, right what is live in the first stage."""
    left, right = figure.subplots(1, 2)
    _curves(left, rows, "schedule", "m", "cluster")
    first = [{**row, "first": row["cluster_live"][0]} for row in rows]
    _curves(right, first, "schedule", "m", "first")
    left.set(xlabel="micro-batches", ylabel="bubble (fraction of the time)")
    right.set(xlabel="micro-batches", ylabel="live at the first stage")
    right.legend()


@experiment(
    cases=[{"B": B, "blas": blas} for blas in ("one", "several") for B in (60, 600)],
    units=shared.units(
        {
            "B": "examples",
            "T1 T2 T4 T8": "s",
            "blas_threads": "threads",
            "serial": "share of the time",
            "flops peak_flops": "operations an epoch, and a second",
            "bytes peak_bytes": "bytes an epoch, and a second",
            "roofline": "seconds an epoch, one core",
        }
    ),
    seconds=120,
)
def threads(student, lab, case):
    """C. Time of an epoch against the number of threads"""
    return shared.measured_threads(student, lab, case["B"], case["blas"])


@threads.plot
def draw_threads(figure, rows):
    """The speed-up of medians, against one thread with BLAS's own switched off."""
    axes = figure.subplots()
    for row in rows:
        base = next(r for r in rows if r["B"] == row["B"])
        speed_up = [np.median(base["T1"]) / np.median(row[f"T{T}"]) for T in THREADS]
        axes.plot(THREADS, speed_up, "o-", label=f"B = {row['B']}, BLAS threads: {row['blas']}")
    axes.set(xscale="log", yscale="log", xlabel="threads T", ylabel="speed-up")
    axes.legend()


@experiment(
    cases=[{"stage": stage, "N": N} for stage in range(4) for N in (1, 2, 4, 8, 16, 32, 64)],
    units=shared.units(
        {
            "stage N": "number",
            "adam small_moments": "bytes a rank",
            "step small_predicted small_sent": "bytes that a rank sends in a step",
        }
    ),
    seconds=10,
)
def memory(student, lab, case):
    """D. Bytes of a rank under ZeRO, and bytes that it sends"""
    stage, N = case["stage"], case["N"]
    sent, moments = lab_costs.step_bytes(student, stage, N)
    return {
        "adam": student.predict_adam_bytes(10**9, N, stage),
        "step": student.predict_step_bytes(10**9, N, 2, stage),
        "small_predicted": student.predict_step_bytes(lab_costs.PARAMETERS, N, 8, stage),
        "small_sent": sent,
        "small_moments": moments,
    }


@memory.plot
def draw_memory(figure, rows):
    """A curve for each stage."""
    axes = figure.subplots()
    _curves(axes, rows, "stage", "N", "adam")
    axes.set(xscale="log", yscale="log", xlabel="ranks N", ylabel="memory of a rank (bytes)")
    axes.legend(title="stage")


@experiment(
    cases=[{"bucket_bytes": k * 10**6} for k in (0, 1, 2, 5, 10, 20, 50, 130)],
    units={
        "bucket_bytes": "bytes",
        "buckets": "number",
        "overlapped": f"{VIRTUAL}, predicted",
        "afterwards": VIRTUAL,
    },
    seconds=10,
)
def buckets(student, lab, case):
    """E. Time of a data parallel step against the size of buckets"""
    count, overlapped = lab_costs.overlapped_s(student, case["bucket_bytes"])
    afterwards = lab_costs.bucketed_step_s(student, case["bucket_bytes"])
    return {"buckets": count, "overlapped": overlapped, "afterwards": afterwards}


@buckets.plot
def draw_buckets(figure, rows):
    """With and without overlap, and the backward pass alone."""
    axes = figure.subplots()
    sizes = [max(row["bucket_bytes"], lab_costs.LAYER_BYTES) for row in rows]
    for column in ("overlapped", "afterwards"):
        axes.plot(sizes, [row[column] for row in rows], "o-", label=column)
    axes.axhline(lab_costs.BACKWARD_S, ls=":", color="gray", label="backward pass alone")
    axes.set(xscale="log", xlabel="bucket (bytes)", ylabel="virtual time of a step (s)")
    axes.legend()


@experiment(
    cases=[{"tau": tau} for tau in (0, 1, 2, 3, 5, 10)],
    units={"tau": "steps", "measured": "step size x curvature", "predicted": "the same"},
    seconds=5,
)
def stale(student, lab, case):
    """F. The largest step at which SGD with old gradients converges"""
    tau = case["tau"]
    measured = lab_learning.border(student, tau, lab.stale_steps)
    return {"measured": measured, "predicted": student.largest_stable_step(1.0, tau)}


@stale.plot
def draw_stale(figure, rows):
    """The curve and the points."""
    axes = figure.subplots()
    tau = [row["tau"] for row in rows]
    axes.plot(tau, [row["predicted"] for row in rows], label="predicted")
    axes.plot(tau, [row["measured"] for row in rows], "ko", label="measured")
    axes.set(yscale="log", xlabel="age tau of gradients (steps)", ylabel="largest stable step")
    axes.legend()


@experiment(
    cases=lambda lab: [
        {"order": order, "H": H} for order in ("shuffled", "sorted") for H in (1, 4, 16, 64, 256)
    ],
    units={"H": "steps", "loss": "nats", "messages": "messages sent by a rank"},
    seconds=30,
)
def local(student, lab, case):
    """G. Training loss of local SGD on 8 ranks after equal numbers of gradients"""
    loss, messages = lab_learning.local_loss(student, lab, case["H"], case["order"])
    return {"loss": loss, "messages": messages}


@local.plot
def draw_local(figure, rows):
    """A curve for each way to share out the digits."""
    axes = figure.subplots()
    _curves(axes, rows, "order", "H", "loss")
    axes.set(xscale="log", yscale="log", xlabel="steps H between averages", ylabel="training loss")
    axes.legend()


@experiment(
    cases=[{"seed": seed} for seed in range(3)],
    units=shared.units({"seed step": "number", "loss": "nats", "estimated exact": "examples"}),
    seconds=10,
)
def noise(student, lab, case):
    """H. Noise scale during training on the digits"""
    return lab_learning.noise_scales(student, lab, case["seed"])


@noise.plot
def draw_noise(figure, rows):
    """Points are estimates, lines exact."""
    axes = figure.subplots()
    for number, row in enumerate(rows):
        axes.plot(row["loss"], row["exact"], f"C{number}-", label=f"seed {row['seed']}, exact")
        axes.plot(row["loss"], row["estimated"], f"C{number}o", label="estimated")
    axes.set(xscale="log", yscale="log", xlabel="training loss", ylabel="noise scale (examples)")
    axes.invert_xaxis()
    axes.legend()


@experiment(
    cases=[{"P": P, "tokens": tokens} for P in (10**7, 10**9) for tokens in (60_000, 240_000)],
    units=shared.units(
        {"P tokens most N": "number", "work ring": "seconds a step", "step": VIRTUAL}
    ),
    seconds=20,
)
def scaling(student, lab, case):
    """I. The largest number of ranks behind whose work the ring hides"""
    return lab_costs.scaled(student, case["P"], case["tokens"])


@scaling.plot
def draw_scaling(figure, rows):
    """The step over the work: 1 as long as the ring hides."""
    axes = figure.subplots()
    for row in rows:
        over = np.array(row["step"]) / np.array(row["work"])
        axes.plot(row["N"], over, "o-", label=f"{row['P']:.0e} parameters, {row['tokens']} tokens")
    axes.set(xscale="log", xlabel="ranks N", ylabel="time of a step over time of the work")
    axes.legend()
