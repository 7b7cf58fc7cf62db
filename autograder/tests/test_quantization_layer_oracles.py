"""The oracles of parts 3 to 6 of assignment quantization, against torch, scipy and scikit-learn."""

from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from autograder.machine.files import import_file

REFERENCE = Path(__file__).resolve().parents[2] / "reference/quantization"


def from_reference(name: str) -> ModuleType:
    """A module of the reference's folder, which a student's copy has not."""
    if not REFERENCE.exists():
        pytest.skip("NOT TESTED HERE: a student's copy has no reference")
    return import_file(REFERENCE / f"{name}.py", f"{name}_of_quantization")


@pytest.fixture(scope="module")
def layers() -> ModuleType:
    """The oracles of parts 3 and 4: layers and their codes."""
    return from_reference("oracles_layers")


@pytest.fixture(scope="module")
def steps() -> ModuleType:
    """The oracles of parts 4 and 6: exact steps, transforms and counts."""
    return from_reference("oracles_steps")


@pytest.fixture(scope="module")
def compression() -> ModuleType:
    """The oracles of part 5."""
    return from_reference("oracles_compression")


@pytest.fixture
def rng() -> np.random.Generator:
    """The same numbers in each test."""
    return np.random.default_rng(4787)


@pytest.mark.parametrize("symmetric", [False, True])
def test_groups_are_those_of_torch(
    symmetric: bool, layers: ModuleType, rng: np.random.Generator
) -> None:
    """Each group is a channel; its scale is that of the group, and the last one is shorter."""
    torch = pytest.importorskip("torch")
    W = rng.standard_normal((5, 11))
    fields = layers.grouped(W, 3, 4, symmetric)
    starts = range(0, 11, 4)
    zeros = np.zeros((5, 3), np.int32) if symmetric else fields[2].astype(np.int32)
    for g, start in enumerate(starts):
        want = torch.fake_quantize_per_channel_affine(
            torch.tensor(W[:, start : start + 4], dtype=torch.float32),
            torch.tensor(fields[1][:, g]),
            torch.tensor(zeros[:, g]),
            0,
            -3 if symmetric else 0,
            3 if symmetric else 7,
        )
        got = layers.weights(*fields)[:, start : start + 4]
        assert np.allclose(got, want.numpy(), rtol=1e-6)


def correlated(rng: np.random.Generator, n: int, d: int) -> np.ndarray:
    """Inputs whose neighbouring columns are alike."""
    X = rng.standard_normal((n, d))
    for k in range(1, d):
        X[:, k] = 0.9 * X[:, k - 1] + 0.4 * X[:, k]
    return X


def test_exact_steps_are_least_squares(steps: ModuleType, rng: np.random.Generator) -> None:
    """What is left after each step fits the outputs best; so says numpy's lstsq."""
    X, w = correlated(rng, 40, 7), rng.standard_normal(7)
    places = [int(j) for j in rng.permutation(7)[:4]]
    values = [float(value) for value in np.round(w[places])]
    states = steps.obq_steps(X.T @ X, w, places, values)
    for number, (moved, inverse) in enumerate(states[1:], start=1):
        fixed, left = places[:number], [k for k in range(7) if k not in places[:number]]
        target = X @ w - X[:, fixed] @ np.array(values[:number])
        assert np.allclose(moved[left], np.linalg.lstsq(X[:, left], target, rcond=None)[0])
        assert np.allclose(moved[fixed], values[:number])
        normal = X[:, left].T @ X[:, left]
        assert np.allclose(inverse[np.ix_(left, left)] @ normal, np.eye(len(left)))
        assert not inverse[fixed].any() and not inverse[:, fixed].any()


@pytest.mark.parametrize("symmetric", [False, True])
def test_nearest_planes_are_exact_steps(
    symmetric: bool, layers: ModuleType, rng: np.random.Generator
) -> None:
    """Two ways to GPTQ's codes; a theorem bounds their error where nothing is clipped."""
    X, W = correlated(rng, 60, 9), rng.standard_normal((6, 9))
    H = layers.damped(X.T @ X, 0.01)
    scale, zero = np.full(W.shape, 0.3), np.full(W.shape, 0.0 if symmetric else 120.0)
    U = np.linalg.cholesky(np.linalg.inv(H)).T
    codes = layers.exact_steps(W, H, scale, zero, 8, symmetric)
    assert np.array_equal(codes, layers.nearest_plane(W, U, scale, zero, 8, symmetric))
    off = W - scale * (codes - zero)
    bound = (0.3**2 / 4 / np.diag(U) ** 2).sum()
    assert (np.einsum("ri,ij,rj->r", off, H, off) <= bound).all()


def test_the_factor_is_that_of_the_inverse(steps: ModuleType, rng: np.random.Generator) -> None:
    """Upper triangular with a positive diagonal; there is only one."""
    X = correlated(rng, 40, 8)
    U = steps.inverse_factor(X.T @ X)
    assert np.allclose(U, np.triu(U)) and (np.diag(U) > 0).all()
    assert np.allclose(U.T @ U @ X.T @ X, np.eye(8), atol=1e-8)


def test_hadamard_is_scipys(steps: ModuleType, rng: np.random.Generator) -> None:
    """The matrix of order 16, orthonormal."""
    linalg = pytest.importorskip("scipy.linalg")
    x = rng.standard_normal((3, 16))
    assert np.allclose(steps.hadamard(x), x @ linalg.hadamard(16) / 4)


def test_the_best_alpha_is_inside(layers: ModuleType, rng: np.random.Generator) -> None:
    """Two of 128 columns are 30 times larger: a little protection helps, full one harms."""
    W, X = rng.standard_normal((16, 128)), rng.standard_normal((60, 128))
    X[:, [5, 40]] *= 30
    _, alpha, errors = layers.awq_scale(W, X, 3, 128, [0.0, 0.25, 1.0])
    assert alpha == 0.25
    assert 2 * errors[1] < min(errors[0], errors[2])


def test_products_in_8_bits_are_near(layers: ModuleType, rng: np.random.Generator) -> None:
    """To the float product, within the steps of both factors; outliers apart are much nearer."""
    X, W = rng.standard_normal((6, 30)), rng.standard_normal((4, 30))
    X[:, 3] *= 50
    both, apart = layers.w8a8(X, W), layers.w8a8_split(X, W, 10.0)
    error, split_error = (np.abs(product - X @ W.T).max() for product in (both, apart))
    steps = np.abs(X).max() / 127 * np.abs(W).sum(axis=1).max()
    assert 0 < 5 * split_error < error < steps


def test_errors_of_rounding_are_a_twelfth_and_a_sixth(steps: ModuleType) -> None:
    """Of the squared scale; also the rooflines of 4 bits and float32."""
    assert steps.squared_error(0.7, False) == pytest.approx(0.7**2 / 12, rel=1e-6)
    assert steps.squared_error(0.7, True) == pytest.approx(0.7**2 / 6, rel=1e-6)
    assert steps.bits_per_weight(4, 128, 16, 16) == 4.25
    assert steps.flops_per_byte(4.25) == pytest.approx(2 / 0.53125)


def test_normal_floats_are_quantiles(compression: ModuleType) -> None:
    """QLoRA's construction: 8 quantiles below 0 and 8 above it, from the same outermost one."""
    stats = pytest.importorskip("scipy.stats")
    NF4 = from_reference("compression").NF4
    below = -stats.norm.ppf(np.linspace(0.9677083, 0.5, 8)[:-1])
    above = stats.norm.ppf(np.linspace(0.9677083, 0.5, 9)[:-1])
    values = np.sort(np.concatenate([below, [0.0], above])) / above.max()
    assert np.allclose(NF4, values, atol=1e-6)
    assert np.array_equal(compression.encoded(NF4, NF4), np.arange(16))


def test_means_are_those_of_scikit_learn(compression: ModuleType, rng: np.random.Generator) -> None:
    """Lloyd's steps from equal distances, where every value has entries."""
    cluster = pytest.importorskip("sklearn.cluster")
    x = rng.uniform(-2, 3, 120) ** 3
    start = np.linspace(x.min(), x.max(), 4)[:, None]
    fitted = cluster.KMeans(4, init=start, n_init=1, max_iter=300, tol=0.0).fit(x[:, None])
    got = compression.codebook_of_means(x, 4, 300)
    assert np.allclose(got, np.sort(fitted.cluster_centers_[:, 0]))
    order = np.argsort(fitted.cluster_centers_[:, 0])
    assert np.array_equal(order[compression.encoded(x, got)], fitted.labels_)


def test_sparse_matrices_are_scipys(compression: ModuleType, rng: np.random.Generator) -> None:
    """With empty rows; half of the entries are pruned as torch prunes them."""
    sparse = pytest.importorskip("scipy.sparse")
    torch = pytest.importorskip("torch")
    W = rng.standard_normal((7, 9)).astype(np.float32)
    keep = torch.topk(torch.tensor(W).abs().flatten(), W.size - 31).indices.numpy()
    want = np.zeros(W.size, np.float32)
    want[keep] = W.ravel()[keep]
    pruned = compression.pruned(W, 0.5)
    assert np.array_equal(pruned, want.reshape(W.shape))
    pruned[[0, 4]] = 0
    matrix, x = sparse.csr_matrix(pruned), rng.standard_normal(9)
    values, columns, starts = compression.sparse(pruned)
    assert np.array_equal(values, matrix.data)
    assert np.array_equal(columns, matrix.indices)
    assert np.array_equal(starts, matrix.indptr)
    assert np.allclose(compression.sparse_product(values, columns, starts, x), matrix @ x)


def test_sent_entries_and_the_rest_are_all(
    compression: ModuleType, rng: np.random.Generator
) -> None:
    """The last message of all entries sends what is left: nothing is lost on the way."""
    gradients = rng.integers(-9, 10, (12, 6)).astype(float)
    received = np.zeros(6)
    for places, entries in compression.sent(gradients, 2):
        assert len(places) == 2
        received[places] += entries
    one_by_one = np.vstack([gradients, np.zeros((40, 6))])
    for places, entries in compression.sent(one_by_one, 2)[12:]:
        received[places] += entries
    assert np.array_equal(received, gradients.sum(axis=0))


def test_distillation_is_torchs(compression: ModuleType, rng: np.random.Generator) -> None:
    """Loss and gradient, in double precision."""
    torch = pytest.importorskip("torch")
    student, teacher = 3 * rng.standard_normal((2, 4, 5))
    logits = torch.tensor(student, requires_grad=True)
    p = (torch.tensor(teacher) / 2.5).log_softmax(dim=1)
    kl_div = torch.nn.functional.kl_div
    loss = 2.5**2 * kl_div(
        (logits / 2.5).log_softmax(dim=1), p, reduction="batchmean", log_target=True
    )
    loss.backward()
    got, gradient = compression.distilled(student, teacher, 2.5)
    assert got == pytest.approx(loss.item(), rel=1e-12)
    assert np.allclose(gradient, logits.grad.numpy(), rtol=1e-9)
