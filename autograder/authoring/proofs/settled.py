"""Kinds of proof that had nothing due, and no finding, when all files were exactly as they are now.

To find out what is due takes seconds for each assignment; to find that no file has changed takes a
tenth. `prove` relies on it, `verify` does not.
"""

import hashlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from autograder.authoring.proofs.kind import Kind, Setting
from autograder.authoring.proofs.record import FOLDER, record_path
from autograder.grading.provenance.content import framework_hash
from autograder.machine.files import write_atomically
from autograder.model.assignment import SHARED
from autograder.model.course import COURSE_FILE

_Kept = dict[str, tuple[str, str]]  # kind -> the hash of what it depends on, and its state


class Settled:
    """What is kept of one assignment in `build/`, which is not committed."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._path = setting.root / "build" / "settled" / f"{setting.assignment.id}.json"

    def state(self, kind: type[Kind[Any]]) -> str:
        """Its state, when it was settled with the same files; else empty."""
        files, state = self._kept.get(kind.name, ("", ""))
        return state if files == self._hash(kind) else ""

    def keep(self, kind: Kind[Any], state: str) -> None:
        """Note its state where nothing is due or found."""
        if kind.due() or any(kind.findings()):
            return
        self._kept[kind.name] = (self._hash(type(kind)), state)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(self._path, msgspec.json.encode(self._kept))

    @cached_property
    def _kept(self) -> _Kept:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=_Kept)
        except (OSError, msgspec.DecodeError):
            return {}

    @cached_property
    def _files(self) -> str:
        """The hash of all that the proofs depend on, the records apart."""
        hashed = hashlib.sha256(framework_hash().encode())
        for path in _files_of(self._setting):
            hashed.update(f"{path}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
        return hashed.hexdigest()

    def _hash(self, kind: type[Kind[Any]]) -> str:
        record = record_path(self._setting.assignment, kind.name)
        data = record.read_bytes() if record.exists() else b""
        return hashlib.sha256(self._files.encode() + data).hexdigest()


def _files_of(setting: Setting) -> Iterator[Path]:
    assignment = setting.assignment
    assert assignment.private is not None
    yield from filter(Path.is_file, [setting.root / COURSE_FILE])
    for folder in (assignment.folder, assignment.folder.parent / SHARED, assignment.private):
        for path in sorted(folder.rglob("*")):
            aside = "__pycache__" in path.parts or path.parent == assignment.private / FOLDER
            if path.is_file() and not aside:
                yield path
