"""Proof that files for students hold nothing private.

The student zip is built only if `find_leaks` finds nothing.
"""

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from autograder.model.assignment import Assignment
from autograder.release.leaks.lines import lines_of, normalised
from autograder.release.leaks.private_lines import private_lines

_DEEPEST = 4  # zips in zips: a wheel in the student zip is one


def find_leaks(
    files: Mapping[str, bytes], assignment: Assignment, root: Path, secret: bytes | None
) -> list[str]:
    """One sentence for each private line, private file and secret in `files`; zips are opened.

    `secret` is the secret of the course, or None if the course has none yet.
    """
    private = private_lines(assignment)
    hashes = _private_files(assignment, root)
    secrets = _spellings(secret) if secret else ()
    return list(dict.fromkeys(_leaks(files, private, hashes, secrets)))


def _leaks(
    files: Mapping[str, bytes],
    private: Mapping[str, object],
    hashes: Mapping[str, str],
    secrets: tuple[bytes, ...],
) -> Iterator[str]:
    for name, data in _opened(files):
        copied = hashes.get(_hash(data))
        if copied:
            yield f"{name} is the private file {copied}"
        if any(secret in data for secret in secrets):
            yield f"{name} holds the course secret"
        for row in lines_of(name, data):
            origin = private.get(normalised(row))
            if origin is not None:
                yield f"{name} holds a line of {origin}: {row.strip()[:80]}"


def _opened(files: Mapping[str, bytes], depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """All files, and those inside zips, wheels and npz files among them."""
    for name, data in files.items():
        yield name, data
        if depth < _DEEPEST and zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                inner = {f"{name}/{member}": archive.read(member) for member in archive.namelist()}
            yield from _opened(inner, depth + 1)


def _private_files(assignment: Assignment, root: Path) -> dict[str, str]:
    """SHA-256 of each private file -> its name, without empty files, which are public too."""
    private = assignment.private
    paths = sorted(private.rglob("*")) if private else []
    contents = {path: path.read_bytes() for path in paths if path.is_file()}
    return {
        _hash(data): path.relative_to(root).as_posix()
        for path, data in contents.items()
        if data.strip()
    }


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _spellings(secret: bytes) -> tuple[bytes, ...]:
    secret = secret.strip()
    return secret, secret.hex().encode(), base64.b64encode(secret).rstrip(b"=")
