"""An earlier grading, read from its results.json, or from a report as JSON.

Called by the command `replay`.
"""

from typing import Any

import msgspec

from autograder.model.check import CheckDeclaration
from autograder.model.errors import ConfigError
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.render.gradescope_results import KeptGrading
from autograder.render.json_report import loads

MAX_BYTES = 50 * 10**6  # a report with everything printed has a hundredth of it
_KINDS = "a results.json of this grader, or a report that `autograder check --json` wrote"


def read_past_grading(data: bytes) -> Report:
    """The report of an earlier grading; of results.json, without messages.

    Raises ConfigError for a file that is neither, or was written by an older grader.
    """
    if len(data) > MAX_BYTES:
        raise ConfigError(f"it has {len(data)} bytes: it is no report, name {_KINDS}")
    try:
        text = data.decode()
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"it cannot be read: {error}; name {_KINDS}") from None
    kept = value.get("extra_data") if isinstance(value, dict) else None
    return _from_results(kept) if isinstance(kept, dict) else loads(text)


def _from_results(kept: Any) -> Report:
    try:
        found = msgspec.convert(kept, KeptGrading)
        verdicts = {name: Verdict(word) for name, word in found.verdicts.items() if word}
    except (msgspec.ValidationError, ValueError) as error:
        raise ConfigError(
            f"its `extra_data` cannot be used: {error}; it may be of an older grader: name {_KINDS}"
        ) from None
    return Report(
        assignment=found.assignment,
        title=found.assignment,
        parts=(),
        outcomes=tuple(_outcome(name, verdict, found) for name, verdict in verdicts.items()),
        files=found.files,
        content=found.content,
        machine=found.machine,
        isolation=found.isolation,
        graded_at=found.graded_at,
        seed=found.seed,
    )


def _outcome(name: str, verdict: Verdict, kept: KeptGrading) -> Outcome:
    score = kept.scores.get(name, 0.0)
    return Outcome(
        check=CheckDeclaration(id=name, title=name, part="", points=score),
        verdict=verdict,
        score=score,
        seed=kept.seeds.get(name, ""),
        inputs=kept.inputs.get(name, ()),
        measurements=kept.measurements.get(name, ()),
    )
