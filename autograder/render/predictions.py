"""Predicted costs beside measured ones, in words, for every renderer."""

from typing import NamedTuple

from autograder.model.outcome import Outcome, Prediction
from autograder.model.units import show_count, show_ratio
from autograder.render.disclosure import one_line


class PredictionView(NamedTuple):
    """One prediction as a reader sees it."""

    what: str  # predict_bytes, B = 750, d = 30, c = 40
    predicted: str
    measured: str  # with its unit
    ratio: str
    within: bool

    @property
    def verdict(self) -> str:
        """The ratio, and whether the difference is an allowed one."""
        return f"{self.ratio}, {'within' if self.within else 'off'}"


def prediction_views(outcome: Outcome) -> list[PredictionView]:
    """The predictions of an outcome that may be shown."""
    return [_view(prediction) for prediction in outcome.predictions]


def prediction_lines(outcome: Outcome) -> list[str]:
    """The same as lines of text."""
    return [
        f"{view.what}: predicted {view.predicted}, measured {view.measured}, ratio {view.verdict}"
        for view in prediction_views(outcome)
    ]


def _view(prediction: Prediction) -> PredictionView:
    return PredictionView(
        what=one_line(f"{prediction.name}, {prediction.configuration}"),
        predicted=show_count(prediction.predicted),
        measured=show_count(prediction.measured, prediction.unit),
        ratio=show_ratio(prediction.ratio),
        within=prediction.within,
    )
