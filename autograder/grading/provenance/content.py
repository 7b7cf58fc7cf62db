"""What graded a submission, as hashes: they tell two versions apart, and give nothing else away.

Every report has them. Students read the hashes in their results: each is of text that cannot be
guessed as a whole, and what is said of the course secret is too short to find it by trying.
"""

import hashlib
import hmac
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import autograder
from autograder.grading.fixtures.oracles import RECORD_FILE
from autograder.model.assignment import SHARED, Assignment

ASSIGNMENT, GRADER = "assignment", "grader"
REFERENCE, SECRET = "reference", "course secret"

_DATA = (".csv", ".npy", ".npz")  # what data.py may read
_PUBLIC = ("assignment.toml", "expectations*.py", "programs.py", "programs_*.py", "data.py")
_PUBLIC_FILES = (*_PUBLIC, "checks/*.py", *(f"*{ending}" for ending in _DATA))
_PRIVATE_FILES = ("oracles*.py", "checks/*.py")
_NOT_IN_WHEEL = {"tests", "scaffold_files"}
_DIGITS = 16
# Out of 2**32: a changed secret shows, and a guess at a weak one still has thousands of rivals.
# No seed comes from this message: those have a zero byte and the hash of a submission in them.
_SECRET_DIGITS = 8
_SECRET_MESSAGE = b"which course secret this is"


def content_hashes(root: Path, assignment: Assignment, secret: bytes | None) -> dict[str, str]:
    """The hash of each thing that decides a grading; line ends do not change a hash.

    `assignment` and `grader` are the same at home and in the Gradescope zip of one release.
    """
    public = _below(assignment.folder, *_PUBLIC_FILES) | _recorded(root, assignment)
    public |= {f"{SHARED}/{path.name}": path for path in assignment.shared_files}
    found = {ASSIGNMENT: _hash(public, *assignment.parts_off), GRADER: framework_hash()}
    if assignment.private is not None:
        found[REFERENCE] = _hash(_below(assignment.private, *_PRIVATE_FILES))
    if secret is not None:
        found[SECRET] = secret_id(secret)
    return found


@cache
def framework_hash() -> str:
    """The hash of the framework without its tests."""
    package = _below(Path(autograder.__file__).parent, "**/*.py")
    return _hash(
        {name: path for name, path in package.items() if not _NOT_IN_WHEEL & {*name.split("/")}}
    )


def secret_id(secret: bytes) -> str:
    """A short name of a course secret, from which neither the secret nor a seed can be computed."""
    return hmac.new(secret, _SECRET_MESSAGE, hashlib.sha256).hexdigest()[:_SECRET_DIGITS]


def _recorded(root: Path, assignment: Assignment) -> dict[str, Path]:
    """The file of answers that visible checks replay at home; on the server it counts as well."""
    folders = assignment.folder, root / "student_templates" / assignment.id
    paths = [folder / RECORD_FILE for folder in folders if (folder / RECORD_FILE).is_file()]
    return {RECORD_FILE: paths[0]} if paths else {}


def _below(folder: Path, *patterns: str) -> dict[str, Path]:
    """The files that match, by their names relative to the folder."""
    paths = (path for pattern in patterns for path in folder.glob(pattern) if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in paths}


def _hash(files: Mapping[str, Path], *texts: str) -> str:
    """The hash of some texts, and of files with their names; line ends of text do not count."""
    digest = hashlib.sha256("\n".join([*texts, ""]).encode())
    for name in sorted(files):
        data = files[name].read_bytes()
        content = data if name.endswith(_DATA) else data.replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return digest.hexdigest()[:_DIGITS]
