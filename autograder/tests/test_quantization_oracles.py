"""The oracles of parts 1 and 2 of assignment quantization, against torch, floats and decimals."""

import decimal
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from autograder.machine.files import import_file

REFERENCE = Path(__file__).resolve().parents[2] / "reference/quantization"
FLOAT32_TIES = np.array([-6, -2.5, -1.5, -0.5, 0, 0.5, 1.5, 2.5, 3.5, 400, -400], np.float32)


def from_reference(name: str) -> ModuleType:
    """A module of the reference's folder, which a student's copy has not."""
    if not REFERENCE.exists():
        pytest.skip("NOT TESTED HERE: a student's copy has no reference")
    return import_file(REFERENCE / f"{name}.py", f"{name}_of_quantization")


@pytest.fixture(scope="module")
def uniform() -> ModuleType:
    """The oracles of part 1."""
    return from_reference("oracles")


@pytest.fixture(scope="module")
def integers() -> ModuleType:
    """The oracles of part 2."""
    return from_reference("oracles_integers")


@pytest.fixture
def rng() -> np.random.Generator:
    """The same numbers in each test."""
    return np.random.default_rng(4787)


@pytest.mark.parametrize("symmetric", [False, True])
@pytest.mark.parametrize("bits", [2, 4, 8])
def test_codes_are_those_of_torch(
    bits: int, symmetric: bool, uniform: ModuleType, rng: np.random.Generator
) -> None:
    """Also in the middle between two codes and beyond the range; the scale is a power of 2."""
    torch = pytest.importorskip("torch")
    x = np.concatenate([FLOAT32_TIES, 50 * rng.standard_normal(300)]).astype(np.float32) / 4
    least, largest = uniform.code_range(bits, symmetric)
    zero = np.array(0 if symmetric else 2**bits // 3)
    codes = uniform.quantize(x, np.array(0.25), zero, bits, symmetric)
    numbers = uniform.dequantize(codes, np.array(0.25), zero)
    want = torch.fake_quantize_per_tensor_affine(torch.tensor(x), 0.25, int(zero), least, largest)
    assert np.array_equal(numbers, want.numpy())
    assert {least, largest} <= set(codes.tolist())


@pytest.mark.parametrize("symmetric", [False, True])
def test_parameters_are_those_of_torchs_observer(
    symmetric: bool, uniform: ModuleType, rng: np.random.Generator
) -> None:
    """Ranges of 5 random numbers, also all positive and all negative ones."""
    torch = pytest.importorskip("torch")
    observers = pytest.importorskip("torch.ao.quantization.observer")
    X = (rng.standard_normal((60, 5)) + rng.integers(-2, 3, (60, 1))).astype(np.float32)
    observer = observers.PerChannelMinMaxObserver(
        dtype=torch.qint8 if symmetric else torch.quint8,
        qscheme=torch.per_channel_symmetric if symmetric else torch.per_channel_affine,
        quant_min=-127 if symmetric else 0,
        quant_max=127 if symmetric else 255,
    )
    observer(torch.tensor(X))
    want_scale, want_zero = (np.asarray(each) for each in observer.calculate_qparams())
    scale, zero = uniform.parameters(X.min(axis=1), X.max(axis=1), 8, symmetric)
    assert np.allclose(scale, want_scale, rtol=1e-6)
    assert np.array_equal(zero, want_zero)


def test_packed_codes_are_digits(uniform: ModuleType, rng: np.random.Generator) -> None:
    """Four bits are a hexadecimal digit, three an octal one, the first digit at the end."""
    codes = rng.integers(-8, 8, (6, 7)).astype(np.int8)
    for row, packed in zip(codes, uniform.pack_nibbles(codes), strict=True):
        digits = f"{int.from_bytes(packed.tobytes(), 'little'):08x}"[::-1]
        assert [int(digit, 16) for digit in digits] == [*(row % 16), 0]
    threes = rng.integers(0, 8, (6, 11)).astype(np.uint8)
    for row, packed in zip(threes, uniform.pack_threes(threes), strict=True):
        digits = f"{int.from_bytes(packed.tobytes(), 'little'):011o}"[::-1]
        assert [int(digit, 8) for digit in digits] == row.tolist()


def test_clips_are_those_of_a_search_in_floats(
    uniform: ModuleType, rng: np.random.Generator
) -> None:
    """Heavy tails are clipped, equal magnitudes are not."""
    x = rng.standard_t(3, 200)
    clips = np.abs(x).max() * np.arange(1, 41) / 40
    scales = clips[:, None] / 7
    errors = ((x - scales * np.clip(np.rint(x / scales), -7, 7)) ** 2).sum(axis=1)
    assert uniform.clip_for_least_error(x, 4, 40) == pytest.approx(clips[errors.argmin()])
    assert clips[errors.argmin()] < 0.9 * np.abs(x).max()
    assert uniform.clip_for_least_error(np.array([1.0, -1, 1]), 4, 40) == 1.0


@pytest.mark.parametrize("dtype", [np.int8, np.uint8])
def test_products_are_those_of_torchs_integers(
    dtype: type[np.integer], integers: ModuleType, rng: np.random.Generator
) -> None:
    """Codes of both signs, and zeros."""
    torch = pytest.importorskip("torch")
    ends = np.iinfo(dtype)
    Q, P = (rng.integers(ends.min, ends.max + 1, (n, 50)).astype(dtype) for n in (3, 5))
    zeros = rng.integers(0, 256, 5)
    want = torch.tensor(Q.astype(np.int64) - 77) @ torch.tensor(P - zeros[:, None]).T
    assert np.array_equal(integers.integer_product(Q, 77, P, zeros), want.numpy())


@pytest.mark.parametrize(
    ("largest_q", "largest_p", "K"), [(127, 127, 1040), (128, 128, 1024), (255, 255, 258)]
)
def test_the_last_exact_sum(largest_q: int, largest_p: int, K: int, integers: ModuleType) -> None:
    """float32 has the sum of K products, and not always that of K + 1."""
    assert integers.exact_terms(largest_q, largest_p) == K
    total = K * largest_q * largest_p
    assert all(int(np.float32(total - i)) == total - i for i in range(1000))
    beyond = range(total + 1, total + largest_q * largest_p + 1)
    assert any(int(np.float32(i)) != i for i in beyond)


def test_requantisation_rounds_as_decimals_do(
    integers: ModuleType, rng: np.random.Generator
) -> None:
    """Halves away from 0, with ties and random sums."""
    ties = np.arange(-9, 10) * 2**3
    acc = np.concatenate([ties, rng.integers(-(2**20), 2**20, 200)]).astype(np.int32)
    for multiplier, shift in ((2**30, 34), (2**30 + 12345, 42)):
        with decimal.localcontext() as context:
            context.prec = 60
            exact = [decimal.Decimal(int(a) * multiplier) / 2**shift for a in acc]
            steps = [int(q.quantize(decimal.Decimal(1), decimal.ROUND_HALF_UP)) for q in exact]
        want = np.clip(np.array(steps) + 9, 0, 15)
        assert np.array_equal(integers.requantize(acc, multiplier, shift, 9, 4), want)


def test_fixed_points_are_the_nearest(integers: ModuleType, rng: np.random.Generator) -> None:
    """Within half a unit of the last of 31 bits, also where the multiplier would be 2^31."""
    for factor in [*(2.0 ** rng.uniform(-31, 0, 100)), 0.5, 2.0**-31, 1 - 2.0**-40]:
        multiplier, shift = integers.fixed_point(factor)
        assert 2**30 <= multiplier < 2**31
        assert abs(factor * 2.0**shift - multiplier) <= 0.5


def test_bfloat16_is_torchs(integers: ModuleType, rng: np.random.Generator) -> None:
    """All exponents, ties, subnormal numbers and infinity; NaN is left out."""
    torch = pytest.importorskip("torch")
    upper = np.arange(0, 2**16, 23, dtype=np.uint32) << 16
    lower = np.array([0, 1, 0x7FFF, 0x8000, 0x8001, 0xFFFF], np.uint32)
    some = rng.integers(0, 2**32, 20000, dtype=np.uint32)
    bits = np.concatenate([(upper[:, None] | lower).ravel(), some, lower | 0x7F7F0000])
    bits = bits[(bits & 0x7FFFFFFF) <= 0x7F800000]
    want = torch.tensor(bits.view(np.float32)).to(torch.bfloat16).view(torch.int16)
    assert np.array_equal(integers.to_bfloat16(bits), want.numpy().view(np.uint16))


def test_the_loss_scale_is_torchs(integers: ModuleType, rng: np.random.Generator) -> None:
    """The operator of its GradScaler, while the scale is above 1; then ours stays at 1."""
    torch = pytest.importorskip("torch")
    found = (rng.random(80) < 0.15).tolist()
    scale, good = torch.full((1,), 2.0**16), torch.zeros(1, dtype=torch.int32)
    for bad, (made, now) in zip(found, integers.scales(2.0**16, 3, found), strict=True):
        torch._amp_update_scale_(scale, good, torch.tensor([float(bad)]), 2.0, 0.5, 3)
        assert (made, now) == (not bad, scale.item())
    assert integers.scales(1.5, 3, [True, True]) == [[False, 1.0], [False, 1.0]]
