"""One outcome in words: the texts that every renderer takes its lines from.

`text_of` expects an outcome that its reader may see (`disclosure`). Called by the terminal, the
HTML report and results.json.
"""

import itertools
import math
from enum import Enum
from typing import NamedTuple

from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Measurement, Outcome, Prediction
from autograder.model.units import show_count, show_points, show_quantity, show_ratio
from autograder.model.verdict import Verdict
from autograder.render.disclosure import one_line


class Tone(Enum):
    """What a text is, from which a writer chooses a colour. Never the only carrier of meaning."""

    PLAIN = "plain"
    STRONG = "strong"
    GOOD = "good"
    BAD = "bad"
    WARN = "warn"
    DIM = "dim"


_TONES = {
    Verdict.PASSED: Tone.GOOD,
    Verdict.SKIPPED: Tone.DIM,
    Verdict.GRADER_ERROR: Tone.WARN,
    Verdict.OVER_TIME_BUDGET: Tone.WARN,
    Verdict.OVER_MEMORY_BUDGET: Tone.WARN,
    Verdict.OVER_OPERATION_BUDGET: Tone.WARN,
}


class PredictionText(NamedTuple):
    """A predicted cost beside the measured one."""

    what: str  # predict_bytes, B = 750, d = 30, c = 40
    predicted: str
    measured: str  # with its unit
    verdict: str  # the ratio, and "within" or "off"
    within: bool

    @property
    def line(self) -> str:
        """All of it in one line."""
        amounts = f"predicted {self.predicted}, measured {self.measured}"
        return f"{self.what}: {amounts}, ratio {self.verdict}"


class OutcomeText(NamedTuple):
    """What is said of one outcome; a text is empty where there is nothing to say."""

    verdict: Verdict
    message: list[str]  # what happened, how far off, what it looks like, and the message's hint
    mistakes: list[str]  # the recognised mistake, or those with the same answers, one a row
    hint: str  # of the check, where it did not pass and the message has none
    places: list[str]  # the student's own lines, innermost last
    predictions: list[PredictionText]

    @property
    def explanation(self) -> list[str]:
        """Why a check did not pass: the message or the verdict's sentence, and where to look."""
        if self.verdict is Verdict.PASSED:
            return []
        first, *details = self.message or [self.verdict.sentence]
        advice = self.hint or ("" if self.message else self.verdict.help)
        return [row for row in (first, *self.mistakes, *details, advice) if row]


def text_of(outcome: Outcome) -> OutcomeText:
    """What is said of an outcome that may be shown."""
    message, check = outcome.message, outcome.check
    has_hint = outcome.verdict is Verdict.PASSED or bool(message and message.hint)
    words = itertools.chain(["equals what comes out when"], itertools.repeat("or when"))
    mistakes = map(one_line, outcome.mistake.splitlines())
    return OutcomeText(
        verdict=outcome.verdict,
        message=message.lines() if message else [],
        mistakes=[f"{word} {mistake}" for word, mistake in zip(words, mistakes, strict=False)],
        hint=f"hint: {check.hint}" if check.hint and not has_hint else "",
        places=[str(line) for line in outcome.lines],
        predictions=[_prediction_text(prediction) for prediction in outcome.predictions],
    )


def tone_of(verdict: Verdict) -> Tone:
    """How a verdict is coloured."""
    return _TONES.get(verdict, Tone.BAD)


def title_of(check: CheckDeclaration) -> str:
    """A check's title as a heading: one line, without the full stop."""
    return one_line(check.title).rstrip(".")


def score_text(outcome: Outcome) -> str:
    """`3/4`, or `?/4` where nothing was decided; a check that is debugged is worth nothing."""
    if not outcome.check.points:
        return "debug: no points"
    undecided = outcome.verdict is Verdict.GRADER_ERROR
    score = "?" if undecided else show_points(outcome.score)
    return f"{score}/{show_points(outcome.check.points)}"


def measurement_text(measurement: Measurement) -> str:
    """`1.2 MB of 3.4 MB`, `61 214 of 4 000 interpreter steps`."""
    unit = measurement.unit
    value, budget = show_quantity(measurement.value, unit), show_quantity(measurement.budget, unit)
    return f"{value.removesuffix(' ' + unit)} of {budget}"


def used_share(measurement: Measurement) -> float | None:
    """Measured over budget, or None where that is not a number."""
    finite = math.isfinite(measurement.value) and math.isfinite(measurement.budget)
    if not finite or measurement.budget <= 0:
        return None
    return max(measurement.value / measurement.budget, 0.0)


def share_text(share: float) -> str:
    """`35 %`, or `12 x` far above the budget; never `100 %` for something above it."""
    if share >= 10:
        return f"{share:.0f} x"
    percent = math.ceil(share * 100) if share > 1 else math.floor(share * 100)
    return f"{percent} %"


def _prediction_text(prediction: Prediction) -> PredictionText:
    kept = "within" if prediction.within else "off"
    return PredictionText(
        what=one_line(f"{prediction.name}, {prediction.configuration}"),
        predicted=show_count(prediction.predicted),
        measured=show_count(prediction.measured, prediction.unit),
        verdict=f"{show_ratio(prediction.ratio)}, {kept}",
        within=prediction.within,
    )
