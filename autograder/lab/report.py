"""The files of a lab report beside a submission, which graders read and which are never run.

Called by `autograder pack`.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from autograder.model.errors import ConfigError, SubmissionError
from autograder.model.lab_report import REPORT, unanswered
from autograder.model.units import counted

PLOTS = "plots"
QUICK = "-quick"  # what is measured at small sizes has files of its own, which are not packed
MAX_BYTES = 20 * 10**6  # of one file: a notebook holds its own plots
_MOST = 50  # plots
_KINDS = (".png", ".svg", ".pdf")
_NAMED = 8  # plots that are left out, and cells without an answer


class LabReport(msgspec.Struct, frozen=True):
    """What goes into the zip, by its name there, and what the student should know."""

    files: dict[str, bytes]
    remarks: list[str]


def lab_report(submission: Path) -> LabReport:
    """The notebook and the plots that exist, of a folder; another kind of submission has none.

    Raises SubmissionError for a file too large to be handed in.
    """
    if not submission.is_dir():
        return LabReport({}, [])
    paths = [submission / REPORT, *_plots(submission)]
    files = {
        path.relative_to(submission).as_posix(): _read(path) for path in paths if _is_plain(path)
    }
    return LabReport(files, [*_about_notebook(submission, files), *_about_plots(submission, files)])


def _plots(submission: Path) -> list[Path]:
    """Those that could be handed in."""
    found = (submission / PLOTS).glob("*")
    return sorted(p for p in found if p.suffix.lower() in _KINDS and _is_plain(p))[:_MOST]


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _read(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        size = f"{path.stat().st_size / 1e6:.0f} MB"
        raise SubmissionError(f"{path.name} has {size}; at most {MAX_BYTES // 10**6} are packed")
    return path.read_bytes()


def _about_notebook(submission: Path, files: dict[str, bytes]) -> Iterator[str]:
    path, missing = submission / REPORT, f"no {REPORT} is in the zip"
    if REPORT in files:
        try:
            open_cells = unanswered(files[REPORT])
        except ConfigError as error:
            yield str(error)
            return
        if open_cells:
            yield f"{REPORT}: without an answer, or not run: {_listed(open_cells)}"
    elif path.is_symlink():
        yield f"{missing}: it is a link; put the file itself there, then pack again"
    else:
        others = sorted(p.name for p in submission.glob("*") if _could_be(p))
        rename = f": rename {others[0]} to {REPORT}, then pack again" if others else ""
        yield missing + (rename or f": save your lab report in {submission.resolve()} by this name")


def _could_be(path: Path) -> bool:
    """A notebook, also under a name that a browser or a Mac has made."""
    name = path.name.lower()
    return ".ipynb" in name or name.startswith("report.")


def _about_plots(submission: Path, files: dict[str, bytes]) -> Iterator[str]:
    there = sorted((submission / PLOTS).rglob("*"))
    left = [p.relative_to(submission).as_posix() for p in there if not p.is_dir()]
    left = [name for name in left if name not in files and not Path(name).name.startswith(".")]
    if left:
        kinds = ", ".join(_KINDS)
        rule = f"at most {_MOST} plain files directly in {PLOTS}/ are packed, of {kinds}"
        yield f"{counted(len(left), 'file')} left out ({rule}): {_listed(left)}"


def _listed(names: list[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
