"""The report of the last check at home, kept beside the submission until `pack` adds it.

Called by `check` and `pack`.
"""

from pathlib import Path

import msgspec

from autograder.machine.files import write_atomically
from autograder.model.errors import ConfigError
from autograder.model.report import Report
from autograder.render.home_report import read_home_report, show_home_report


def kept_path(submission: Path, assignment: str) -> Path:
    """Where the report is kept, for a folder, a file or a zip that was checked."""
    folder = submission if submission.is_dir() else submission.parent
    return folder / ".autograder" / f"{assignment}-report.json"


def keep(report: Report, submission: Path) -> str:
    """Keep the report of a check; returns why it could not be kept, or an empty text.

    The outcomes of a partial check go into the report that is there, if it is of the same files,
    graded by the same; any other report replaces it.
    """
    path = kept_path(submission, report.assignment)
    try:
        before = kept(submission, report.assignment) if report.partial else None
        data = show_home_report(merged(before[1], report) if before else report)
        path.parent.mkdir(exist_ok=True)
        write_atomically(path, data)
    except OSError as error:
        return f"{path}: {error.strerror or error}"
    except ConfigError as error:
        return f"{path}: {error}"
    return ""


def kept(submission: Path, assignment: str) -> tuple[bytes, Report] | None:
    """The file that is kept, and what it says; None: there is none that can be read."""
    path = kept_path(submission, assignment)
    try:
        data = path.read_bytes()
        return data, read_home_report(data)
    except (OSError, ConfigError):
        return None


def merged(before: Report, partial: Report) -> Report:
    """`before`, with the outcomes of a partial check in place of its own."""
    if _circumstances(before) != _circumstances(partial):
        return partial
    ours = {o.check.id: o for report in (before, partial) for o in report.outcomes}
    return msgspec.structs.replace(
        partial, outcomes=tuple(ours.values()), partial=before.partial, ignored=before.ignored
    )


def _circumstances(report: Report) -> tuple[object, ...]:
    """What a report says of all its outcomes at once."""
    return report.assignment, report.files, report.content, report.machine, report.seed
