"""What a student's last check at home said, beside the grading here: a claim, never a verdict."""

from collections.abc import Iterator

import msgspec

from autograder.grading.provenance.agreement import Cause, Disagreement, disagreements
from autograder.model.errors import ConfigError
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.units import counted
from autograder.model.verdict import Verdict
from autograder.render.agreement import Sides, cause_text, difference_line, verdicts_line
from autograder.render.disclosure import presentable
from autograder.render.json_report import dumps, loads
from autograder.render.outcome_text import title_of
from autograder.submission.intake import HOME_REPORT, MAX_REPORT_BYTES

_SIDES = Sides("on your machine", "here")
_SHOWN = 12  # differing checks: whoever has more needs the first ones
UNREADABLE = (
    f"{HOME_REPORT} could not be read, so your last check was not compared with this grading."
    " No points depend on it."
)


def show_home_report(report: Report) -> bytes:
    """The file that `check` keeps for `pack`: what a student may see, without printed output.

    Raises ConfigError when it would be too large to be handed in.
    """
    kept = tuple(msgspec.structs.replace(o, output="") for o in report.outcomes)
    data = dumps(msgspec.structs.replace(report, outcomes=kept), staff=False).encode()
    if len(data) > MAX_REPORT_BYTES:
        raise ConfigError(f"the report has {len(data)} bytes; at most {MAX_REPORT_BYTES} are kept")
    return data


def read_home_report(data: bytes) -> Report:
    """The report in a file of unknown origin, with every text in it made harmless.

    Raises ConfigError saying why it is none.
    """
    if len(data) > MAX_REPORT_BYTES:
        raise ConfigError(f"{len(data)} bytes; at most {MAX_REPORT_BYTES} are read")
    try:
        return presentable(loads(data.decode()), staff=False)
    except UnicodeDecodeError as error:
        raise ConfigError(f"it is not UTF-8: {error.reason}") from None


def beside_home(report: Report, data: bytes) -> Report:
    """The report of a grading here, with notices on how it agrees with what was seen at home.

    Nothing but notices is added, whatever `data` holds.
    """
    try:
        home = read_home_report(data)
        if home.assignment != report.assignment:
            raise ConfigError("it is about another assignment")
    except ConfigError as error:
        return unreadable(report, str(error))
    return msgspec.structs.replace(report, notices=(*report.notices, *_lines(home, report)))


def unreadable(report: Report, reason: str) -> Report:
    """The report, with the reason for staff."""
    return msgspec.structs.replace(
        report,
        notices=(*report.notices, UNREADABLE),
        staff_notices=(*report.staff_notices, f"{HOME_REPORT}: {reason}"),
    )


def _lines(home: Report, report: Report) -> Iterator[str]:
    """About visible checks only: nobody saw the others at home."""
    visible = {o.check.id: o for o in report.outcomes if o.check.visible}
    claimed = [_as_here(o, visible[o.check.id]) for o in home.outcomes if o.check.id in visible]
    there = msgspec.structs.replace(home, outcomes=tuple(claimed))
    ran = {o.check.id for o in claimed}
    here = tuple(o for name, o in visible.items() if name in ran)
    if not here:
        return
    found = disagreements(there, msgspec.structs.replace(report, outcomes=here))
    missing = len(visible) - len(here)
    unseen = f" ({missing} did not run there)" if missing else ""
    if not found:
        yield f"{counted(len(here), 'visible check')}: the same verdicts as on your machine{unseen}"
        return
    titles = {o.check.id: f"{o.check.part} {title_of(o.check)}" for o in here}
    cause = _cause_of_all(found, titles)
    share = f"{len(found)} of {counted(len(here), 'visible check')}"
    yield f"{share}: not the verdict of your machine{unseen}{cause}"
    yield from _told(found, bool(cause), titles)


def _cause_of_all(found: list[Disagreement], titles: dict[str, str]) -> str:
    """Other files, or another version, explain everything at once: said once."""
    whole = found[0].cause in (Cause.FILES, Cause.CONTENT)
    return f"; {cause_text(found[0], _SIDES, titles)}" if whole else ""


def _told(found: list[Disagreement], shared: bool, titles: dict[str, str]) -> Iterator[str]:
    for difference in found[:_SHOWN]:
        line = difference_line(difference, _SIDES, titles)
        yield f"  {verdicts_line(difference, _SIDES) if shared else line}"
    if len(found) > _SHOWN:
        yield f"  and {len(found) - _SHOWN} more"


def _as_here(claimed: Outcome, here: Outcome) -> Outcome:
    """With our own declaration; the verdict is compared, so the score must not be."""
    same = claimed.verdict is here.verdict
    passed = here.check.points if claimed.verdict is Verdict.PASSED else 0.0
    score = here.score if same else passed
    return msgspec.structs.replace(claimed, check=here.check, score=score)
