"""What a student's last check at home said, beside the grading here: a claim, never a verdict.

Called by `check` and `pack` at home, by `check --hidden` and by the driver on Gradescope.
"""

from collections.abc import Iterator

import msgspec

from autograder.grading.provenance.agreement import Cause, changed_release, disagreements
from autograder.model.errors import ConfigError
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.units import counted
from autograder.model.verdict import Verdict
from autograder.render.agreement import SideNames, cause_text, disagreement_line, facts_text
from autograder.render.disclosure import presentable
from autograder.render.json_report import dumps, loads
from autograder.render.outcome_text import title_of
from autograder.submission.intake import HOME_REPORT, MAX_REPORT_BYTES

_SIDES = SideNames("on your machine", "here")
_NEWEST = "Unpack the newest zip of the assignment, and copy your files into its folder."
_SHOWN = 12  # differing checks: a student who has more needs the first ones
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

    Raises ConfigError for anything else, saying what is wrong with it.
    """
    if len(data) > MAX_REPORT_BYTES:
        raise ConfigError(f"{len(data)} bytes; at most {MAX_REPORT_BYTES} are read")
    try:
        return presentable(loads(data.decode()), staff=False)
    except UnicodeDecodeError as error:
        raise ConfigError(f"it is not UTF-8: {error.reason}") from None


def beside_home(report: Report, data: bytes) -> Report:
    """The report of a grading here, with notices on how it agrees with the check at home.

    Nothing but notices is added, whatever `data` holds.
    """
    try:
        home = read_home_report(data)
        if home.assignment != report.assignment:
            raise ConfigError("it is about another assignment")
    except ConfigError as error:
        return unreadable(report, str(error))
    return msgspec.structs.replace(report, notices=(*report.notices, *_notices(home, report)))


def unreadable(report: Report, reason: str) -> Report:
    """The report, with the reason for staff."""
    return msgspec.structs.replace(
        report,
        notices=(*report.notices, UNREADABLE),
        staff_notices=(*report.staff_notices, f"{HOME_REPORT}: {reason}"),
    )


def _notices(home: Report, report: Report) -> Iterator[str]:
    """About visible checks only: the others did not run at home."""
    visible = {o.check.id: o for o in report.outcomes if o.check.visible}
    ran = [o for o in home.outcomes if o.check.id in visible and not o.put_off]
    claimed = {o.check.id: _as_here(o, visible[o.check.id]) for o in ran}
    here = tuple(o for name, o in visible.items() if name in claimed)
    if not here:
        return
    found = disagreements(
        msgspec.structs.replace(home, outcomes=tuple(claimed.values())),
        msgspec.structs.replace(report, outcomes=here),
    )
    checks = counted(len(here), "visible check")
    missing = len(visible) - len(here)
    unseen = f" ({missing} did not run there)" if missing else ""
    release = changed_release(home, report)
    if release:
        yield f"another version was used {_SIDES.there}: {facts_text(release, _SIDES)}. {_NEWEST}"
    if not found:
        yield f"{checks}: the same verdicts as on your machine{unseen}"
        return
    titles = {o.check.id: f"{o.check.part} {title_of(o.check)}" for o in here}
    shared = found[0].cause in (Cause.FILES, Cause.CONTENT)  # one cause of all, said once
    other_files = found[0].cause is Cause.FILES
    cause = f"; {cause_text(found[0], _SIDES, titles)}" if other_files else ""
    yield f"{len(found)} of {checks}: not the verdict of your machine{unseen}{cause}"
    for each in found[:_SHOWN]:
        yield f"  {disagreement_line(each, _SIDES, titles, cause=not shared)}"
    if len(found) > _SHOWN:
        yield f"  and {len(found) - _SHOWN} more"


def _as_here(claimed: Outcome, here: Outcome) -> Outcome:
    """With our own declaration; the verdict is compared, so the score must not be."""
    same = claimed.verdict is here.verdict
    passed = here.check.points if claimed.verdict is Verdict.PASSED else 0.0
    score = here.score if same else passed
    return msgspec.structs.replace(claimed, check=here.check, score=score)
