"""A submission as the harness lays it out: plain files, and metadata beside them."""

import os
import shutil
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograder.model.errors import UsageError
from autograder.submission.zip_entries import MAX_TOTAL_BYTES, Archive

MAX_BYTES = MAX_TOTAL_BYTES
_CREATED_AT = "2026-02-01T14:22:32.365935-08:00"
_DUE = "2026-02-02T23:59:00.000000-08:00"


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


def sample_metadata(names: Sequence[str] = ("Ada", "Grace"), points: float = 100) -> dict[str, Any]:
    """The metadata of an invented group that submits in time."""
    dates = {"release_date": None, "due_date": _DUE, "late_due_date": None}
    users = [
        {
            "id": 1000 + index,
            "name": name,
            "email": f"{name.lower()}@example.edu",
            "assignment": dates,
        }
        for index, name in enumerate(names)
    ]
    return {
        "id": 1,
        "created_at": _CREATED_AT,
        "assignment_id": 1,
        "submission_method": "upload",
        "users": users,
        "assignment": {
            **dates,
            "id": 1,
            "course_id": 1,
            "title": "Simulation",
            "group_size": 4,
            "group_submission": True,
            "total_points": f"{points:.1f}",
        },
        "previous_submissions": [],
    }


def _copy_folder(source: Path, target: Path) -> None:
    total = 0
    for folder, _, names in os.walk(source):
        for name in sorted(names):
            path = Path(folder) / name
            status = path.lstat()
            if not stat.S_ISREG(status.st_mode):
                continue  # an upload cannot carry links or devices
            total += status.st_size
            _require_small(total, source)
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
        path.write_bytes(content.read(name, MAX_BYTES))


def _require_small(size: int, submission: Path) -> None:
    if size > MAX_BYTES:
        raise UsageError(f"{submission} is larger than {MAX_BYTES} bytes, which is no submission")
