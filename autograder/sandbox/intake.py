"""Take in a submission: only the files the assignment names, as bytes, once."""

import difflib
import hashlib
import os
import re
import stat
from pathlib import Path

import msgspec

from autograder.model.assignment import Assignment
from autograder.model.errors import SubmissionError
from autograder.model.outcome import Message, StudentLine
from autograder.sandbox.frames import Frame

MAX_FILE_BYTES = 10 * 10**6
_MAX_LISTED = 20
# what Python or pytest would take notice of; a README beside the work is nobody's concern
_TELLING = (".py", ".pyc", ".pth", ".so", ".pyd", ".ini", ".cfg", ".toml", ".zip")


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """The submitted files. `problem` is set when a required one is missing."""

    module: str
    files: dict[str, bytes]
    ignored: tuple[str, ...] = ()
    problem: Message | None = None

    def hashes(self) -> dict[str, str]:
        """File name -> SHA-256."""
        return {name: hashlib.sha256(data).hexdigest() for name, data in sorted(self.files.items())}

    def digest(self) -> bytes:
        """One hash over all files, names included: what secret seeds depend on."""
        parts = (f"{name}\0{value}\n" for name, value in self.hashes().items())
        return hashlib.sha256("".join(parts).encode()).digest()

    def write_to(self, folder: Path) -> None:
        """Copy the files into a worker's own folder."""
        for name, data in self.files.items():
            (folder / name).write_bytes(data)

    def line(self, frame: Frame) -> StudentLine:
        """A traceback frame with its source text, read from our copy, not from the worker's."""
        source = self.files.get(frame.file, b"").decode("utf-8-sig", "replace")
        rows = re.split(r"\r\n|\r|\n", source)  # Python's line ends: splitlines() knows more
        text = rows[frame.line - 1].strip() if 0 < frame.line <= len(rows) else ""
        return StudentLine(frame.file, frame.line, frame.function, text[:200])


def take_in(path: Path, assignment: Assignment) -> Submission:
    """Read the submission at `path`, a folder or the module itself.

    Raises SubmissionError when there is nothing to read at `path`.
    """
    if path.is_file():
        return _with_problem(assignment, {assignment.module: _read(path)}, (), [])
    if not path.is_dir():
        raise SubmissionError(
            f"there is no submission at {path}: name the folder that holds {assignment.module}"
        )
    present = sorted(entry.name for entry in os.scandir(path))
    wanted = [*assignment.submit, *assignment.may_submit]
    files = {name: _read(path / name) for name in wanted if name in present}
    ignored = [name for name in present if name not in wanted and name.endswith(_TELLING)]
    return _with_problem(assignment, files, tuple(ignored[:_MAX_LISTED]), present)


def _read(path: Path) -> bytes:
    """The bytes of a regular file, never through a link.

    Raises SubmissionError for anything else, and for a file that is too large.
    """
    flags = (getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_BINARY", "O_NONBLOCK"))
    try:
        fd = os.open(path, sum(flags, os.O_RDONLY))  # without O_NONBLOCK a FIFO would hold us
    except OSError as error:
        raise SubmissionError(
            f"{path.name} cannot be read ({error.strerror}): submit a plain, readable file"
        ) from None
    status = os.fstat(fd)
    if not stat.S_ISREG(status.st_mode):
        os.close(fd)
        raise SubmissionError(f"{path.name} is not a regular file: submit a plain, readable file")
    with os.fdopen(fd, "rb") as file:
        if status.st_size > MAX_FILE_BYTES:
            size, most = status.st_size / 1e6, MAX_FILE_BYTES / 1e6
            raise SubmissionError(f"{path.name} has {size:.1f} MB; at most {most:.0f} MB are read")
        return file.read(MAX_FILE_BYTES)


def _with_problem(
    assignment: Assignment, files: dict[str, bytes], ignored: tuple[str, ...], present: list[str]
) -> Submission:
    missing = [name for name in assignment.submit if name not in files]
    problem = _missing_file(missing[0], present) if missing else None
    return Submission(module=assignment.module, files=files, ignored=ignored, problem=problem)


def _missing_file(name: str, present: list[str]) -> Message:
    lowered = {entry.lower(): entry for entry in present}
    close = difflib.get_close_matches(name.lower(), lowered, n=1)
    candidates = [lowered[c] for c in close] or [p for p in present if p.endswith(".py")]
    found = ", ".join((candidates or present)[:8]) or "nothing"
    return Message(f"{name} is not in the submission", f"found: {found}", hint=f"name it {name}")
