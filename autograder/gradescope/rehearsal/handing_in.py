"""A submission as the harness lays it out: plain files, and metadata beside them.

Called by `simulate.py`.
"""

import shutil
import stat
from pathlib import Path

from autograder.model.errors import UsageError
from autograder.submission.zip_entries import MAX_TOTAL_BYTES, Archive

_DATES = {
    "release_date": None,
    "due_date": "2026-02-02T23:59:00.000000-08:00",
    "late_due_date": None,
}
# An invented group that submits in time.
SAMPLE_METADATA = {
    "id": 1,
    "created_at": "2026-02-01T14:22:32.365935-08:00",
    "assignment_id": 1,
    "submission_method": "upload",
    "users": [
        {"id": 1000, "name": "Ada", "email": "ada@example.edu", "assignment": _DATES},
        {"id": 1001, "name": "Grace", "email": "grace@example.edu", "assignment": _DATES},
    ],
    "assignment": {
        **_DATES,
        "id": 1,
        "course_id": 1,
        "title": "Simulation",
        "group_size": 4,
        "group_submission": True,
        "total_points": "100.0",
    },
    "previous_submissions": [],
}


def lay_out(submission: Path, target: Path) -> None:
    """Copy regular files only, without exec bits; a zip is unpacked, as Gradescope does.

    Raises UsageError when there is no such submission or it is too large, SubmissionError for a
    zip that would do harm here.
    """
    target.mkdir()
    if submission.is_dir():
        _copy_folder(submission, target)
    elif submission.suffix.lower() == ".zip" and submission.is_file():
        _unpack(submission, target)
    elif submission.is_file():
        _copy(submission, target / submission.name)
    else:
        raise UsageError(f"{submission} does not exist: name a folder, a file or a zip")


def _copy_folder(source: Path, target: Path) -> None:
    """Without links and devices, which an upload cannot carry."""
    files = [path for path in source.rglob("*") if stat.S_ISREG(path.lstat().st_mode)]
    _require_small(sum(path.stat().st_size for path in files), source)
    for path in files:
        _copy(path, target / path.relative_to(source))


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target, follow_symlinks=False)
    target.chmod(0o644)


def _unpack(archive: Path, target: Path) -> None:
    _require_small(archive.stat().st_size, archive)
    content = Archive(archive.read_bytes(), archive.name)
    for name in content.files:
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read(name, MAX_TOTAL_BYTES))


def _require_small(size: int, submission: Path) -> None:
    if size > MAX_TOTAL_BYTES:
        raise UsageError(
            f"{submission} is larger than {MAX_TOTAL_BYTES} bytes, which is no submission"
        )
