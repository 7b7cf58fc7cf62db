"""Part 7: the data of the lab, as far as they can be judged without having been there."""

from autograder.grading import check, expect, rounding

LATENCY, BANDWIDTH = 1e-5, 1e10
SIZES = [k * 10**e for e in range(3, 8) for k in (1, 2, 5)] + [10**8]
NAMES = ("ring", "tree", "gather")
SCHEDULES = ("gpipe", "one_f_one_b")
RANKS = (1, 2, 4, 8, 16, 32, 64)
SMALL_MODEL = 2410  # entries: 64 x 32 + 32 + 32 x 10 + 10
CASES = {
    "collectives": [{"algorithm": name, "bytes": size} for name in NAMES for size in SIZES],
    "gloo": [{"N": N, "algorithm": name} for N in (2, 4) for name in NAMES],
    "pipelines": [{"schedule": name, "m": m} for name in SCHEDULES for m in (4, 8, 16, 32, 64)],
    "threads": [{"B": B, "blas": blas} for blas in ("one", "several") for B in (60, 600)],
    "memory": [{"stage": stage, "N": N} for stage in range(4) for N in RANKS],
}


@check(part="7.1", points=1, hint="handout, section 7", requires="R7.3")
def check_lab_measured_every_case(measurements):
    """measurements.json holds every case of experiments A to D, at full size.

    Why: A comparison without one of its cases may lead to the opposite conclusion.
    Oracle: The list of cases in section 7 of the handout.
    """
    measurements.complete(CASES)


@check(part="7.1", points=1, hint="handout, section 7", requires="R7.4")
def check_lab_tells_machine_units_and_repeats(measurements):
    """The lab's data tell the machine, the unit of every number, and each repeat of a time.

    Why: A number without its unit and its machine cannot be compared with another.
    Oracle: The form alone: the handout lists the facts that the file must have.
    """
    measurements.described()
    measurements.repeated(at_least=5)


@check(part="7.1", points=1, hint="handout, section 7: experiments A and D", requires="R7.5")
def check_lab_agrees_with_bytes_and_times_in_closed_form(measurements):
    """Bytes and virtual times of all-reduces, and bytes of a step, are as computed.

    Why: Results that are known in advance show that the measurement is right.
    Oracle: 14 messages, one after the other, of an eighth of the array on a ring, and of the whole
    where rank 0 gathers; together 14 arrays either way. Shards of ceil(P / N) entries.
    """
    for size in SIZES:
        longest = -(-size // 64) * 8  # bytes of a chunk
        for name, nbytes in (("ring", longest), ("gather", size)):
            row = measurements.row("collectives", algorithm=name, bytes=size)
            seconds, within = 14 * (LATENCY + nbytes / BANDWIDTH), rounding(terms=14)
            what = f"the virtual time of {row.name}"
            expect.close(row.number("virtual"), seconds, within=within, what=what)
            _expect_exact(row, "sent", 14 * size)
    for N in RANKS:
        shard = -(-SMALL_MODEL // N) * 8
        for stage in (0, 1):
            row = measurements.row("memory", stage=stage, N=N)
            _expect_exact(row, "small_sent", 2 * (N - 1) * shard)
            _expect_exact(row, "small_moments", 2 * (shard if stage else SMALL_MODEL * 8))


@check(part="7.1", points=1, hint="handout, section 7: experiments B and C", requires="R7.5")
def check_lab_shows_what_must_hold(measurements):
    """Bubbles and live micro-batches are as computed; work is counted; shares are shares.

    Why: What cannot happen points to a mistake.
    Oracle: The bubble (p - 1) / (m + p - 1); m live with GPipe, min(p - i, m) with 1F1B at stage i.
    An epoch of 6000 examples, 784 features and 10 classes.
    """
    for case in CASES["pipelines"]:
        row, m = measurements.row("pipelines", **case), case["m"]
        what = f"the bubble of {row.name}"
        expect.close(row.number("cluster"), 3 / (m + 3), within=rounding(terms=3 * m), what=what)
        live = [m] * 4 if case["schedule"] == "gpipe" else [4, 3, 2, 1]
        found = row.numbers("cluster_live")
        expect.that(found == live, f"{row.name}: {found} micro-batches were live, not {live}")
    for case in CASES["threads"]:
        row = measurements.row("threads", **case)
        _expect_exact(row, "flops", 4 * 6000 * 784 * 10)
        _expect_exact(row, "bytes", 6000 * 784 * 8)
        share = row.number("serial")
        expect.that(0 <= share <= 1, f"{row.name}: the serial share is {share:.3g}")
        blas, several = row.number("blas_threads"), case["blas"] == "several"
        expect.that((blas > 1) == several, f"{row.name}: BLAS had {blas:g} threads")


def _expect_exact(row, column, want):
    """A count has no error."""
    found = row.number(column)
    expect.that(found == want, f"{row.name}: {column} is {found:.12g}, not {want:.12g}")
