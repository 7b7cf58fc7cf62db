"""Read a submission once, as bytes: the files that the assignment names, and nothing else.

`session.grade`, `pack`, the lab and `verify` call `take_in`, the intake of a class `take_in_from`;
`check --hidden` and the driver on Gradescope call `home_report`.
"""

import difflib
import hashlib
import os
import re
import stat
from array import array
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

import msgspec

from autograder.model.assignment import Assignment
from autograder.model.errors import SubmissionError
from autograder.model.lab_report import REPORT
from autograder.model.measurements import MEASUREMENTS_FILE
from autograder.model.outcome import Message, StudentLine
from autograder.submission.wrong_kind import NOTEBOOK, export_hint, wrong_kind
from autograder.submission.zip_entries import Archive

MAX_FILE_BYTES = 10 * 10**6
_SHIPPED = ("quickstart.py", "course.toml")  # what a student's folder has beside the work
HOME_REPORT = (
    "autograder-report.json"  # what `pack` adds: the report of a student's last check, not trusted
)
MAX_REPORT_BYTES = 10**6
MAX_NAMES = 10_000  # in a folder that is handed in; a home folder has fewer
_MAX_LISTED = 20
_LONGEST_LINE = 4000  # bytes, of which 200 characters are shown
_ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar")
# what Python or pytest would read; a README beside the work is not worth a line
_TELLING = (".py", ".pyc", ".pyw", ".pth", ".so", ".pyd", ".dll", ".ini", ".cfg", ".toml")
PACKED = b"packed by autograder"  # the comment of the zip that `pack` writes, at its end
_MAX_FOLDERS, _MAX_DEPTH = 1000, 4  # to look for a file that lies too deep


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """The submitted files. `problem` is set when a required one is missing."""

    module: str
    files: dict[str, bytes]
    ignored: tuple[str, ...] = ()
    problem: Message | None = None

    def hashes(self) -> dict[str, str]:
        """File name -> SHA-256."""
        return {name: hashlib.sha256(data).hexdigest() for name, data in sorted(self.files.items())}

    def code_hashes(self) -> dict[str, str]:
        """The same without the lab's data."""
        return {name: value for name, value in self.hashes().items() if name != MEASUREMENTS_FILE}

    def digest(self) -> bytes:
        """One hash over all code, names included: what secret seeds depend on.

        The lab's measurements are left out, so new ones do not change the seeds.
        """
        parts = (f"{name}\0{value}\n" for name, value in self.code_hashes().items())
        return hashlib.sha256("".join(parts).encode()).digest()

    def write_to(self, folder: Path) -> None:
        """Copy the files into a worker's own folder, less the lab's data, which no code needs."""
        for name, data in self.files.items():
            if name != MEASUREMENTS_FILE:
                (folder / name).write_bytes(data)

    def line(self, place: StudentLine) -> StudentLine:
        """A line of a traceback with its source text, from the grader's copy of the files."""
        source = self.files.get(place.file, b"")
        starts = _line_starts(source)
        text = ""
        if 0 < place.line < len(starts):
            row = source[starts[place.line - 1] : starts[place.line]][:_LONGEST_LINE]
            text = row.decode("utf-8-sig", "replace").strip()
        return StudentLine(place.file, place.line, place.function, text[:200])


class Source(Protocol):
    """Where submitted files lie: a folder, or a zip. Paths have slashes between their parts."""

    def names(self) -> list[str]:
        """What is at the top, folders with a slash at their end."""

    def holds(self, path: str) -> bool:
        """Whether there is such a file."""

    def holds_below(self, name: str) -> list[str]:
        """Where there are files of this name in folders, the shallowest first."""

    def is_packed(self, name: str) -> bool:
        """Whether it is a zip of `pack`, which lies beside the work of which it was made."""

    def read(self, name: str, most: int) -> bytes:
        """The bytes of one file. Raises SubmissionError above `most` bytes, and for a link."""


@lru_cache(maxsize=4)  # a failing check may name twenty lines of a file with millions
def _line_starts(source: bytes) -> Sequence[int]:
    """Where each line begins, and where the last one ends. Python's line ends: splitlines() knows
    more."""
    ends = (found.end() for found in re.finditer(rb"\r\n|\r|\n", source))
    return array("I", chain([0], ends, [len(source)]))


def take_in(path: Path, assignment: Assignment) -> Submission:
    """Read the submission at `path`: a folder, a zip of one, or the module itself.

    Raises SubmissionError when nothing is at `path`, or when what is there could do harm.
    """
    if not (path.is_file() or path.is_dir()):
        raise SubmissionError(
            f"there is no submission at {path}: name the folder that holds {assignment.module}"
        )
    source = _source_at(path)
    if source is None:
        data, module = _read(path), assignment.module
        problem = wrong_kind(module, path.name, data)
        return Submission(module=module, files={module: data}, problem=problem)
    if isinstance(source, Archive):
        _require_plain(source)
    return take_in_from(source, assignment)


def take_in_from(source: Source, assignment: Assignment) -> Submission:
    """Read the files that the assignment names from a folder or a zip.

    Raises SubmissionError when one of them could do harm.
    """
    ours = (HOME_REPORT, *_SHIPPED)
    names = [name for name in source.names() if name not in ours and not source.is_packed(name)]
    wanted = assignment.taken
    here = {name.rstrip("/") for name in names}
    files = {name: source.read(name, MAX_FILE_BYTES) for name in wanted if name in here}
    missing = [name for name in assignment.submit if name not in files]
    return Submission(
        module=assignment.module,
        files=files,
        ignored=_ignored([name for name in names if name not in wanted], source),
        problem=_missing_file(missing[0], names, source) if missing else _no_source(files),
    )


def home_report(path: Path) -> bytes | None:
    """The report of a check at home that was handed in at `path`; None: there is none.

    It is no part of the submission: no worker gets it, and no hash or seed depends on it.
    Raises SubmissionError when it cannot be read.
    """
    source = _source_at(path)
    if source is None or not source.holds(HOME_REPORT):
        return None
    return source.read(HOME_REPORT, MAX_REPORT_BYTES)


class _Folder:
    """A folder of files, with the methods of Archive."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> list[str]:
        with os.scandir(self._path) as entries:
            few = list(islice(entries, MAX_NAMES + 1))
        if len(few) > MAX_NAMES:
            raise SubmissionError(
                f"{self._path} holds more than {MAX_NAMES} files: hand in only those that the"
                " assignment asks for"
            )
        return sorted(entry.name + "/" * entry.is_dir(follow_symlinks=False) for entry in few)

    def holds(self, path: str) -> bool:
        return (self._path / path).is_file()

    def holds_below(self, name: str) -> list[str]:
        found = []
        for folder, folders, files in islice(os.walk(self._path), _MAX_FOLDERS):
            inside = Path(folder).relative_to(self._path)
            folders[:] = [each for each in folders if not each.startswith((".", "__"))]
            if len(inside.parts) >= _MAX_DEPTH:
                folders.clear()
            if inside.parts and name in files:
                found.append((inside / name).as_posix())
        return sorted(found, key=lambda path: (path.count("/"), path))

    def is_packed(self, name: str) -> bool:
        path = self._path / name
        if not name.lower().endswith(".zip") or not path.is_file():
            return False
        with suppress(OSError), path.open("rb") as file:
            file.seek(-len(PACKED), os.SEEK_END)
            return file.read() == PACKED
        return False

    def read(self, name: str, most: int) -> bytes:
        return _read(self._path / name, most)


def _source_at(path: Path) -> _Folder | Archive | None:
    """The folder or zip at `path`; None for a file of another kind."""
    if not path.is_file():
        return _Folder(path)
    return Archive(_read(path), path.name) if path.suffix.lower() == ".zip" else None


def _require_plain(archive: Archive) -> None:
    """Raises SubmissionError for an archive that holds archives."""
    nested = [path for path in archive.files if _is_archive(path)]
    if nested:
        raise SubmissionError(
            f"{archive.name} holds {nested[0]!r}, an archive within the archive: unpack it, and"
            " pack the plain files"
        )


def _ignored(others: list[str], source: Source) -> tuple[str, ...]:
    """Those that could be meant as a part of the work, or that Python would load."""
    found = []
    for name in others:
        is_package = name.endswith("/") and source.holds(f"{name}__init__.py")
        if _is_archive(name):
            advice = "an archive, not looked into: hand in the files themselves"
            found.append(f"{_shown(name)} ({advice})")
        elif is_package or name.lower().endswith(_TELLING):
            found.append(_shown(name))
    more = len(found) - _MAX_LISTED
    return (*found[:_MAX_LISTED], *([f"{more} more files"] if more > 0 else []))


def _is_archive(name: str) -> bool:
    return name.lower().endswith(_ARCHIVES)


def _shown(name: str) -> str:
    """A file's name, which may hold any bytes, as one line of text."""
    return " ".join(name.encode("utf-8", "replace").decode().split())[:200]


def _read(path: Path, most: int = MAX_FILE_BYTES) -> bytes:
    """The bytes of a regular file, never through a link.

    Raises SubmissionError for anything else, and for a file that is too large.
    """
    flags = (getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_BINARY", "O_NONBLOCK"))
    try:
        # without O_NONBLOCK a FIFO would block the grader
        fd = os.open(path, sum(flags, os.O_RDONLY))
    except OSError as error:
        raise SubmissionError(
            f"{path.name} cannot be read ({error.strerror}): submit a plain, readable file"
        ) from None
    status = os.fstat(fd)
    if not stat.S_ISREG(status.st_mode):
        os.close(fd)
        raise SubmissionError(f"{path.name} is not a regular file: submit a plain, readable file")
    with os.fdopen(fd, "rb") as file:
        if status.st_size > most:
            size = f"{status.st_size / 1e6:.1f} MB"
            raise SubmissionError(f"{path.name} has {size}; at most {most / 1e6:.0f} MB are read")
        return file.read(most)


def _no_source(files: dict[str, bytes]) -> Message | None:
    """The problem of the first Python file that is something else."""
    problems = (wrong_kind(n, n, data) for n, data in files.items() if n.endswith(".py"))
    return next(filter(None, problems), None)


def _missing_file(name: str, present: list[str], source: Source) -> Message:
    """A missing file: what was found in its place, and what to do about it."""
    around = source.holds_below(name)
    archives = [p for p in present if _is_archive(p)]
    notebooks = [p for p in present if p.lower().endswith(NOTEBOOK) and p != REPORT]
    lowered = {p.lower(): p for p in present if p not in (*archives, *notebooks)}
    close = difflib.get_close_matches(name.lower(), lowered, n=1)
    candidates = [lowered[c] for c in close] or [p for p in lowered.values() if p.endswith(".py")]
    hint = f"name it {name}"
    if around:
        candidates, hint = around[:1], f"hand in {name} without a folder around it"
    elif notebooks and not candidates:
        candidates, hint = notebooks, export_hint(name)
    elif archives and not candidates:
        candidates, hint = archives, f"unpack it, and hand in {name} itself"
    found = ", ".join(map(_shown, (candidates or present)[:8])) or "nothing"
    return Message(f"{name} is not in the submission", f"found: {found}", hint=hint)
