"""Part 3 on other sizes, bits and inputs."""

import numpy as np

from autograder.grading import check, expect, rounding
from expectations import Batches, expect_floats, expect_layer, expect_network


@check(part="3.1", points=2, hint="handout, task 3.1", requires=("R3.1a", "R0a:matmul_packed"))
def check_packed_products_of_other_sizes(student, oracle, rng, data):
    """Products are right for one row, one column and one input, and for other bits and tiles.

    Why: Bits, groups, tiles and sizes are independent of each other.
    Oracle: One entry after another, from its bits; exactly rounded sums.
    """
    for rows, d, bits, group, symmetric, tile, B in (
        *((1, 1, 4, 1, True, 1, 1), (5, 1, 3, 9, False, 2, 4), (1, 17, 2, 4, False, 64, 2)),
        *((6, 9, 7, 2, True, 6, 1), (9, 14, 6, 14, False, 7, 5), (13, 25, 4, 8, True, 4, 3)),
        (int(rng.integers(3, 20)), int(rng.integers(3, 20)), 4, 3, False, 5, 2),
    ):
        fields = data.packed(rng, rows, d, bits, group, symmetric)
        X = np.asfortranarray(rng.standard_normal((B, d)).astype(np.float32))
        got = student.programs.product(data.read_only(X), fields, tile)
        within = rounding(terms=d, dtype="float32", size=float(np.abs(X).max()) * d)
        expect_floats(got, oracle.product(X, fields), within, f"the product ({bits} bits)")


@check(part="3.2", points=1, hint="handout, task 3.2", requires=("R3.2a", "R3.2b", "R3.2c"))
def check_layers_of_other_sizes(student, oracle, rng, data):
    """Layers are right for other bits and groups, and with fewer inputs than columns.

    Why: With few inputs H has no inverse, and only damping gives it one.
    Oracle: Entry by entry; Babai's nearest planes for the damped H.
    """
    for rows, d, bits, group, symmetric in (
        *((3, 30, 2, 7, True), (9, 12, 8, 5, False), (1, 19, 4, 64, False), (4, 8, 6, 3, True)),
    ):
        X = np.array(data.inputs(rng, 14, d, 0.9), np.float32)
        W = data.read_only(rng.standard_normal((rows, d)).astype(np.float32))
        bias = data.read_only(rng.standard_normal(rows).astype(np.float32))
        H = data.read_only(X.T.astype(np.float64) @ X.astype(np.float64))
        for given in (None, H):
            settings = bits, group, symmetric
            fields = oracle.grouped(W, *settings)
            if given is not None:
                fields = oracle.layer(W, *settings, H)
            made = student.programs.layer((W, bias, *settings, given), data.read_only(X[:3]))
            what = f"a layer of {bits} bits {'without' if given is None else 'with'} H"
            expect_layer(made, fields, bias, X[:3], oracle, what)


@check(part="3.3", points=1, hint="handout, task 3.3", requires="R3.3a")
def check_calibrations_of_other_sizes(student, oracle, rng, data):
    """H is right for a single column, and for batches with as many inputs as columns.

    Why: Where a batch is square, X X^T has the shape of X^T X.
    Oracle: Exactly rounded sums over all inputs at once.
    """
    for d, sizes in ((1, (3, 1)), (6, (6, 6, 1)), (int(rng.integers(7, 15)), (20, 2))):
        batches = [
            data.read_only(np.array(data.inputs(rng, B, d, 0.5) + 1.0, np.float32)) for B in sizes
        ]
        H, other = expect.items(student.programs.calibrated(d, batches, batches[::-1]), 2)
        for got, what in ((H, "H"), (other, "H of the other order")):
            expect.array(got, shape=(d, d), dtype=np.float64, what=what)
            want = oracle.second_moment(batches)
            expect.close(got, want, within=rounding(terms=sum(sizes)), what=what)


@check(
    part="3.4",
    points=1,
    hint="handout, task 3.4",
    requires=("R3.4a", "R3.4b"),
    judged_by="check_network_reads_its_batches_for_each_layer",
)
def check_networks_of_other_sizes(student, oracle, rng, data):
    """Networks of two and of three layers are right for 2 and 3 bits.

    Why: Each layer depends on all those before it.
    Oracle: Nearest planes, layer after layer, with exactly rounded sums.
    """
    for settings, widths in (
        ((3, 64, False), (64, 11, 9, 5)),
        ((2, 8, True), (64, 18, 12)),
        ((3, 5, True), (64, int(rng.integers(8, 16)), 7, 6)),
    ):
        network = data.exact_network(rng, widths, *settings)
        images = data.digits().X[rng.permutation(900)[:70]]
        batches = Batches(data.read_only(part) for part in np.split(images, (7, 30, 69)))
        X = data.read_only(data.digits().X_test[40:44])
        expect_network(student, oracle, network, batches, settings, X)
