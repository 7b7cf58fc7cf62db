"""Find an export of Gradescope: the zip as it comes, the same unpacked, or zipped again by a Mac.

    submissions.zip
    └── assignment_12345_export/       may be missing, or have another name
        ├── submission_metadata.yml    who handed in what, and when
        └── submission_216975964/      the files of one submission; archives are unpacked already

`places` calls this. Nothing is read here but names.
"""

import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import IO, NamedTuple

from autograder.classroom.taking_in.found import Read, is_litter, take_in_plain
from autograder.model.assignment import Assignment
from autograder.model.errors import SubmissionError
from autograder.submission.intake import Submission, take_in_from
from autograder.submission.zip_entries import ZipFolder, path_of

METADATA = "submission_metadata.yml"
_DESCRIBED = r"(?!__MACOSX/)([^/]*/)?submission_metadata\.yml"
_FOLDER = re.compile(r"submission_\d{1,30}", re.ASCII)


class Export(NamedTuple):
    """An export, of which nothing is read yet."""

    folders: Mapping[str, Read]  # `submission_216975964` -> what reads it
    open_metadata: Callable[[], IO[bytes]]


def export_in_zip(opened: zipfile.ZipFile, name: str) -> Export | None:
    """The export in a zip, which is called `name` and stays open; None: it holds something else."""
    entries = [(path_of(entry), entry) for entry in opened.infolist()]
    described = [(path, e) for path, e in entries if re.fullmatch(_DESCRIBED, path)]
    if not described:
        return None
    path, metadata = min(described, key=lambda found: found[0].count("/"))
    root = path.removesuffix(METADATA)
    parts: dict[str, list[tuple[str, zipfile.ZipInfo]]] = defaultdict(list)
    for path, entry in entries:
        folder, _, inside = path.removeprefix(root).partition("/")
        if path.startswith(root) and _FOLDER.fullmatch(folder):
            is_file = inside and not entry.is_dir() and not any(map(is_litter, inside.split("/")))
            parts[folder] += [(inside, entry)] if is_file else []
    readers = {
        folder: partial(_take_in_part, opened, files, f"{name}, {folder}")
        for folder, files in parts.items()
    }
    return Export(readers, partial(opened.open, metadata))


def export_in_folder(path: Path) -> Export | None:
    """The same of an export that is unpacked; `path` may be the folder around it."""
    inside = [entry for entry in path.iterdir() if entry.is_dir() and not is_litter(entry.name)]
    around = inside[0] if len(inside) == 1 else path
    root = next((folder for folder in (path, around) if (folder / METADATA).is_file()), None)
    if root is None:
        return None
    folders = [entry for entry in root.iterdir() if _FOLDER.fullmatch(entry.name)]
    readers = {folder.name: partial(take_in_plain, folder) for folder in folders}
    metadata = root / METADATA
    return Export(readers, lambda: metadata.open("rb"))


def _take_in_part(
    opened: zipfile.ZipFile,
    files: list[tuple[str, zipfile.ZipInfo]],
    name: str,
    assignment: Assignment,
) -> Submission:
    """Read one submission. What the assignment does not name is not unpacked, whatever it is."""
    paths = [path for path, _ in files]
    twice = next((path for path in assignment.taken if paths.count(path) > 1), None)
    if twice:
        raise SubmissionError(f"{name} holds {twice!r} twice: one of them has to be chosen")
    return take_in_from(ZipFolder(opened, dict(files), name), assignment)
