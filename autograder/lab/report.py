"""The files of a lab report beside a submission, which graders read and which are never run.

Called by `autograder pack`.
"""

from collections.abc import Iterator
from pathlib import Path

from autograder.model.errors import SubmissionError
from autograder.model.lab_report import REPORT

PLOTS = "plots"
MAX_BYTES = 20 * 10**6  # of one file: a notebook holds its own plots
_MOST = 50  # plots
_KINDS = (".png", ".svg", ".pdf")


def lab_report(submission: Path) -> Iterator[tuple[str, bytes]]:
    """The notebook and the plots that exist: name in the zip and content.

    Raises SubmissionError for a file too large to be handed in.
    """
    if not submission.is_dir():
        return
    notebook, plots = submission / REPORT, sorted((submission / PLOTS).glob("*"))
    shown = [path for path in plots if path.suffix in _KINDS][:_MOST]
    for path in (notebook, *shown):
        if path.is_file() and not path.is_symlink():
            name = path.relative_to(submission).as_posix()
            if path.stat().st_size > MAX_BYTES:
                size = f"{path.stat().st_size / 1e6:.0f} MB"
                raise SubmissionError(f"{name} has {size}; at most {MAX_BYTES // 10**6} are packed")
            yield name, path.read_bytes()
