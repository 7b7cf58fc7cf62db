"""The oracles of assignment parallel_training, against torch, closed forms and numbers by hand."""

import math
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from autograder.machine.files import import_file

REFERENCE = Path(__file__).resolve().parents[2] / "reference/parallel_training"
LATENCY, BANDWIDTH = 1e-5, 1e10  # of the handout's example
Array = np.ndarray


def oracles_in(name: str) -> ModuleType:
    """A file of oracles; a student's copy has none."""
    path = REFERENCE / f"{name}.py"
    if not path.exists():
        pytest.skip("NOT TESTED HERE: a student's copy has no reference")
    return import_file(path, f"{name}_of_parallel_training")


@pytest.fixture(scope="module")
def torch() -> Any:
    """PyTorch, where it is installed."""
    return pytest.importorskip("torch")


@pytest.fixture
def rng() -> np.random.Generator:
    """The same numbers in every run."""
    return np.random.default_rng(4787)


def leaves(torch: Any, arrays: list[Array]) -> list[Any]:
    """Tensors with gradients, from copies of the arrays."""
    return [torch.tensor(array, requires_grad=True) for array in arrays]


def loss_of_network(torch: Any, params: list[Any], X: Array, Y: Array) -> Any:
    """The summed loss of layers tanh(h W + b)."""
    h = torch.tensor(X)
    for W, b in zip(params[::2], params[1::2], strict=True):
        h = torch.tanh(h @ W + b)
    return ((h - torch.tensor(Y)) ** 2).sum() / 2


def network(rng: np.random.Generator) -> list[Array]:
    """Parameters of layers 3, 4, 2."""
    return [rng.standard_normal(shape) for shape in ((3, 4), (4,), (4, 2), (2,))]


def test_parts_are_those_of_numpy() -> None:
    """Also fewer items than parts, and none."""
    oracles = oracles_in("oracles")
    for n, T in ((10, 4), (3, 5), (0, 2), (37, 8)):
        lengths = [len(part) for part in np.array_split(np.arange(n), T)]
        assert [stop - start for start, stop in oracles.parts(n, T)] == lengths


def test_momentum_is_that_of_torch(torch: Any, rng: np.random.Generator) -> None:
    """Three epochs of minibatches, with a regulariser; the shares of a batch add up to it."""
    oracles = oracles_in("oracles")
    X, W0 = rng.standard_normal((8, 5)), rng.standard_normal((3, 5))
    classes = rng.integers(3, size=8)
    (W,) = leaves(torch, [W0])
    optimiser = torch.optim.SGD([W], lr=0.2, momentum=0.9, weight_decay=0.3)
    for _ in range(3):
        for rows in (slice(0, 4), slice(4, 8)):
            optimiser.zero_grad()
            scores = torch.tensor(X[rows]) @ W.T
            torch.nn.functional.cross_entropy(scores, torch.tensor(classes[rows])).backward()
            optimiser.step()
    Y = np.eye(3)[classes]
    got = oracles.momentum(X, Y, 0.3, W0, 0.2, 0.9, 4, 3)
    assert np.allclose(got, W.detach().numpy(), rtol=1e-12)
    shares = [oracles.share(W0, X, Y, 0.3, *part) for part in ((0, 3), (3, 3), (3, 8))]
    assert np.allclose(sum(shares), oracles.share(W0, X, Y, 0.3, 0, 8), rtol=1e-12)


def test_the_path_of_threads_is_that_of_torch(torch: Any, rng: np.random.Generator) -> None:
    """Least squares: the mean of the rows of each step."""
    oracles = oracles_in("oracles")
    X, Y, W0 = (rng.standard_normal(shape) for shape in ((4, 6, 3), (4, 6, 2), (2, 3)))
    (W,) = leaves(torch, [W0])
    optimiser = torch.optim.SGD([W], lr=0.1, momentum=0.8)
    path = oracles.path(X, Y, W0, 0.1, 0.8)
    for k in range(4):
        optimiser.zero_grad()
        error = torch.tensor(X[k]) @ W.T - torch.tensor(Y[k])
        ((error**2).sum() / 2 / 6).backward()
        optimiser.step()
        assert np.allclose(path[k + 1], W.detach().numpy(), rtol=1e-12)


def test_a_ring_and_a_tree_by_hand() -> None:
    """37 entries: 64 to 66 a rank on a ring of 8; 111, 74, 74, 74, 37 on a tree of 5."""
    oracles = oracles_in("oracles_collectives")
    for n, N in ((37, 8), (5, 8), (12, 3), (7, 2)):
        sent = [oracles.ring_bytes(n, N, 1, rank) for rank in range(N)]
        assert sum(sent) == 2 * (N - 1) * n
    sent = [oracles.ring_bytes(37, 8, 1, rank) for rank in range(8)]
    assert (min(sent), max(sent)) == (64, 66)
    assert [37 * len(to) for to in oracles.tree_targets(5)] == [111, 74, 74, 74, 37]


@pytest.mark.parametrize(
    ("n", "milliseconds"), [(125, (0.1402, 0.0303, 0.1414)), (12_500_000, (17.64, 30.03, 140.14))]
)
def test_times_of_the_worked_example(n: int, milliseconds: tuple[float, ...]) -> None:
    """1 kB and 100 MB between eight ranks; a ring and a tree meet at 880 kB."""
    oracles = oracles_in("oracles_collectives")
    for name, expected in zip(("ring", "tree", "gather"), milliseconds, strict=True):
        time_s = getattr(oracles, f"{name}_time")(n, 8, 8, LATENCY, BANDWIDTH)
        assert 1e3 * time_s == pytest.approx(expected, abs=5e-5)
    assert oracles.crossover(8, LATENCY, BANDWIDTH) == pytest.approx(880e3)
    assert oracles.crossover(2, LATENCY, BANDWIDTH) == 0  # a ring is never faster


def test_bytes_of_adam_by_the_table() -> None:
    """16 bytes an entry; 4 + 12 / N, 2 + 14 / N and 16 / N under ZeRO 1, 2 and 3."""
    oracles = oracles_in("oracles_collectives")
    for N in (8, 64):
        table = [16, 4 + 12 / N, 2 + 14 / N, 16 / N]
        assert [oracles.adam_bytes(64_000, N, stage) / 64_000 for stage in range(4)] == table
    assert [oracles.step_bytes(10, 4, 8, stage) for stage in (0, 3)] == [144, 216]


def test_what_overlaps_and_amdahls_law() -> None:
    """Times that follow the law exactly have its share; others have that of numpy's line."""
    oracles = oracles_in("oracles_collectives")
    assert oracles.exposed_time([1, 1], [1, 1]) == 1
    assert oracles.idle_share(4, 8) == pytest.approx(3 / 11)
    threads = [1, 2, 4, 8]
    times = [1 / oracles.amdahl(0.25, T) for T in threads]
    assert oracles.fit_amdahl(threads, times) == pytest.approx(0.25)
    slope, constant = np.polyfit([1 / T for T in threads], [5.0, 3.2, 1.9, 1.7], 1)
    fitted = oracles.fit_amdahl(threads, [5.0, 3.2, 1.9, 1.7])
    assert fitted == pytest.approx(constant / (constant + slope))


def test_a_weighted_step_is_that_of_torch(torch: Any, rng: np.random.Generator) -> None:
    """The mean over the valid examples of all ranks; without any the parameters stay."""
    oracles = oracles_in("oracles_data_parallel")
    params = network(rng)
    X, Y = rng.standard_normal((3, 5, 3)), rng.standard_normal((3, 5, 2))
    valid = np.arange(5) < np.array([[5], [0], [2]])
    tensors = leaves(torch, params)
    (loss_of_network(torch, tensors, X[valid], Y[valid]) / 7).backward()
    for got, w, tensor in zip(
        oracles.weighted_step(params, X, Y, valid, 0.1), params, tensors, strict=True
    ):
        assert np.allclose(got, w - 0.1 * tensor.grad.numpy(), rtol=1e-11)
    unmoved = oracles.weighted_step(params, X, Y, np.zeros_like(valid), 0.1)
    assert all(np.array_equal(a, b) for a, b in zip(unmoved, params, strict=True))


def test_local_sgd_is_that_of_torch(torch: Any, rng: np.random.Generator) -> None:
    """Two ranks with an optimiser each; parameters are averaged after steps 2, 4 and 5."""
    oracles = oracles_in("oracles_data_parallel")
    params = network(rng)
    X, Y = rng.standard_normal((2, 5, 4, 3)), rng.standard_normal((2, 5, 4, 2))
    ranks = [leaves(torch, params) for _ in range(2)]
    optimisers = [torch.optim.SGD(rank, lr=0.1, momentum=0.9) for rank in ranks]
    for k in range(5):
        for r, rank in enumerate(ranks):
            optimisers[r].zero_grad()
            (loss_of_network(torch, rank, X[r, k], Y[r, k]) / 4).backward()
            optimisers[r].step()
        if k in (1, 3, 4):
            with torch.no_grad():
                for one, other in zip(*ranks, strict=True):
                    mean = (one + other) / 2
                    one.copy_(mean)
                    other.copy_(mean)
    for got, tensor in zip(oracles.local_sgd(params, X, Y, 0.1, 0.9, 2), ranks[0], strict=True):
        assert np.allclose(got, tensor.detach().numpy(), rtol=1e-11)


def test_buckets_and_old_gradients_by_hand() -> None:
    """The worked example of buckets; the border of stability in closed form."""
    oracles = oracles_in("oracles_data_parallel")
    assert oracles.groups([10, 20, 30, 40], 60) == [[3], [2, 1, 0]]
    assert oracles.groups([5, 90, 5], 60) == [[2], [1], [0]]
    for tau in (0, 1, 2, 3, 5, 10):
        assert oracles.border(tau) == pytest.approx(2 * math.sin(math.pi / (4 * tau + 2)))
    one, two = np.array([1.0]), np.array([2.0])
    path = oracles.stale_path(one, 0 * one, two, 0.5, 1, 3)  # w_2 = 1 - 0.5 * 2
    assert path.tolist() == [[2.0], [1.0], [0.0], [-0.5]]


def test_adam_is_that_of_torch(torch: Any, rng: np.random.Generator) -> None:
    """Three steps with the mean gradient of two ranks."""
    oracles = oracles_in("oracles_sharding")
    params = network(rng)
    grads = [[[rng.standard_normal(w.shape) for w in params] for _ in range(2)] for _ in range(3)]
    tensors = leaves(torch, params)
    optimiser = torch.optim.Adam(tensors, lr=0.01, betas=(0.8, 0.95), eps=1e-3)
    path, _, _ = oracles.adam(params, grads, (0.01, 0.8, 0.95, 1e-3))
    for k, of_ranks in enumerate(grads):
        for tensor, *both in zip(tensors, *of_ranks, strict=True):
            tensor.grad = torch.tensor(sum(both) / 2)
        optimiser.step()
        for got, tensor in zip(path[k], tensors, strict=True):
            assert np.allclose(got, tensor.detach().numpy(), rtol=1e-11)


def test_networks_and_layers_are_those_of_torch(torch: Any, rng: np.random.Generator) -> None:
    """Two ranks of three examples: gradients of weights are summed over all of them."""
    oracles = oracles_in("oracles_sharding")
    weights = [rng.standard_normal(shape) for shape in ((4, 5), (5, 2))]
    X, dY = rng.standard_normal((2, 3, 4)), rng.standard_normal((2, 3, 2))
    x, *tensors = leaves(torch, [X, *weights])
    y = x
    for W in tensors:
        y = torch.tanh(y @ W)
    y.backward(torch.tensor(dY))
    of_y, of_W, of_x = oracles.network(weights, X, dY)
    assert np.allclose(of_y, y.detach().numpy(), rtol=1e-11)
    assert np.allclose(of_x, x.grad.numpy(), rtol=1e-11)
    for mine, tensor in zip(of_W, tensors, strict=True):
        assert np.allclose(mine, tensor.grad.numpy(), rtol=1e-11)
    x, W, b = leaves(torch, [X[0], weights[0], rng.standard_normal(5)])
    dy = rng.standard_normal((3, 5))
    (x @ W + b).backward(torch.tensor(dy))
    of_y, *gradients = oracles.linear(X[0], weights[0], b.detach().numpy(), dy)
    assert np.allclose(of_y, (x @ W + b).detach().numpy(), rtol=1e-12)
    for mine, tensor in zip(gradients, (x, W, b), strict=True):
        assert np.allclose(mine, tensor.grad.numpy(), rtol=1e-12)


def test_flat_arrays_come_back(rng: np.random.Generator) -> None:
    """Ten entries on four ranks: two zeros; the norm is numpy's."""
    oracles = oracles_in("oracles_sharding")
    arrays = [rng.standard_normal((2, 3)), rng.standard_normal(4)]
    flat = oracles.flat(arrays, 4)
    assert np.array_equal(flat, [*arrays[0].ravel(), *arrays[1], 0, 0])
    back = oracles.unflat(flat, [(2, 3), (4,)])
    assert all(np.array_equal(a, b) for a, b in zip(arrays, back, strict=True))
    assert oracles.norm(flat.reshape(4, 3)) == pytest.approx(np.linalg.norm(flat), rel=1e-14)


@pytest.mark.parametrize(("p", "m"), [(1, 3), (2, 3), (4, 8), (4, 2), (6, 17)])
def test_pipelines_follow_their_formulas(p: int, m: int) -> None:
    """Makespan, bubble and live micro-batches of 1F1B, whatever t_F and t_B are."""
    oracles = oracles_in("oracles_pipeline")
    schedule = oracles.eager_schedule(p, m)
    rows = oracles.slots(schedule, 1.0, 2.0)
    assert max(row[1] for row in rows) == (m + p - 1) * 3
    assert oracles.idle_of_slots(rows) == pytest.approx((p - 1) / (m + p - 1), abs=1e-15)
    assert oracles.live(schedule) == [min(p - i, m) for i in range(p)]
    assert len(rows) == 2 * p * m


def test_1f1b_of_the_worked_example() -> None:
    """Two stages and three micro-batches."""
    oracles = oracles_in("oracles_pipeline")
    assert oracles.eager_schedule(2, 3) == [
        [("F", 0), ("F", 1), ("B", 0), ("F", 2), ("B", 1), ("B", 2)],
        [("F", 0), ("B", 0), ("F", 1), ("B", 1), ("F", 2), ("B", 2)],
    ]
