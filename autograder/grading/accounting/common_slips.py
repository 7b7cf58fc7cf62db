"""Well-known slips, by the ratio of predicted to measured costs. Called by `predicted_costs`."""

from collections.abc import Sequence

from autograder.model.outcome import Prediction

# ratio, and how it comes about: the first of equally near ones wins
_OF_FLOPS = (
    (1 / 2, "half: multiplications without their additions, or one product of two"),
    (2.0, "twice: additions counted twice, or a product that is computed once counted twice"),
    (1 / 3, "a third: the forward pass without the backward pass"),
)
_OF_BYTES = (
    (1 / 2, "half: 4 bytes a number where there are 8, or one array of two"),
    (2.0, "twice: 8 bytes a number where there are 4, or an array counted twice"),
    (1 / 4, "a quarter: numbers and not bytes, where a number has 4"),
    (1 / 8, "an eighth: numbers and not bytes, where a number has 8"),
    (8.0, "8 times: bits and not bytes"),
    (1 / 1000, "a thousandth: kB and not bytes"),
    (1 / 1024, "1 in 1024: KiB and not bytes"),
)
_OF_OTHERS = ((1 / 2, "half of what is measured"), (2.0, "twice what is measured"))


def common_slip(predictions: Sequence[Prediction]) -> str:
    """The slip that explains every one of the predictions; empty when none does."""
    if len({p.predicted for p in predictions}) == 1 and len({p.measured for p in predictions}) > 1:
        return "the same number for every configuration"
    fitting = [
        (max(_miss(p, ratio) for p in predictions), words)
        for ratio, words in _slips(predictions[0].unit)
        if all(_fits(p, ratio) for p in predictions)
    ]
    return min(fitting, key=lambda pair: pair[0])[1] if fitting else ""


def _slips(unit: str) -> tuple[tuple[float, str], ...]:
    if unit.endswith("bytes"):
        return _OF_BYTES
    return _OF_FLOPS if unit == "FLOPs" else _OF_OTHERS


def _fits(p: Prediction, ratio: float) -> bool:
    """Whether the prediction would be within, were it not for the slip."""
    return p.measured > 0 and abs(p.predicted / ratio - p.measured) <= p.allowed + 1e-9 * p.measured


def _miss(p: Prediction, ratio: float) -> float:
    return abs(p.predicted / ratio - p.measured) / p.measured
