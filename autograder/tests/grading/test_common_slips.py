"""Which slip a wrong prediction looks like."""

import pytest

from autograder.grading.accounting.common_slips import common_slip
from autograder.model.outcome import Prediction


def predictions(
    ratios: tuple[float, ...], unit: str = "bytes", allowed: float = 0.0
) -> list[Prediction]:
    """One of each ratio, of growing measurements."""
    return [
        Prediction(
            name="f", configuration="", predicted=ratio * size, measured=size, allowed=allowed,
            unit=unit,
        )
        for ratio, size in zip(ratios, (8000.0, 16000.0, 56000.0), strict=False)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ratios", "unit", "words"),
    [
        ((0.5, 0.5), "bytes", "half: 4 bytes"),
        ((2.0, 2.0), "bytes", "twice: 8 bytes"),
        ((0.125, 0.125), "saved bytes", "an eighth: numbers"),
        ((0.25, 0.25), "bytes", "a quarter: numbers"),
        ((8.0, 8.0), "bytes", "bits"),
        ((1 / 1024, 1 / 1024), "bytes", "KiB"),
        ((0.001, 0.001), "bytes", "kB"),
        ((0.5, 0.5, 0.5), "FLOPs", "multiplications without"),
        ((1 / 3, 1 / 3), "FLOPs", "forward pass"),
        ((2.0, 2.0), "messages", "twice"),
        ((0.5, 0.5, 0.6), "bytes", ""),
        ((2.0, 1.0), "bytes", "the same number"),
        ((0.5, 2.0), "bytes", ""),
        ((1 / 3, 1 / 3), "bytes", ""),
    ],
)
def test_a_slip_is_named_only_if_it_explains_every_configuration(
    ratios: tuple[float, ...], unit: str, words: str
) -> None:
    """One ratio for all, and one that people know by name."""
    said = common_slip(predictions(ratios, unit))
    assert words in said
    assert bool(said) == bool(words)


def test_the_nearest_of_several_slips_is_named() -> None:
    """A generous tolerance lets a thousandth pass for 1 in 1024; the nearer one is said."""
    assert "KiB" in common_slip(predictions((1 / 1024, 1 / 1024), allowed=1000.0))
    assert "kB" in common_slip(predictions((1 / 1000, 1 / 1000), allowed=1000.0))
