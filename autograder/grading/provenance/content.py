"""What graded a submission, as hashes: tells two versions of it apart, and gives none of it away.

Students read the hashes in their results. Each is of text that cannot be guessed as a whole, and
what is said of the course secret is too short to find it by trying.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import autograder
from autograder.grading.context.request import GradingRequest
from autograder.grading.fixtures.oracles import RECORD_FILE
from autograder.model.assignment import Assignment

ASSIGNMENT, GRADER = "assignment", "grader"
REFERENCE, SECRET = "reference", "course secret"

_PUBLIC = ("assignment.toml", "expectations.py", "programs.py", "programs_*.py", "data.py")
_DATA = (".csv", ".npy", ".npz")  # what data.py may read
_NOT_IN_WHEEL = ("tests", "scaffold_files")
_DIGITS = 16
# Out of 2**32: a changed secret shows, and a guess at a weak one still has thousands of rivals.
# No seed comes from this message: those have a zero byte and the hash of a submission in them.
_SECRET_DIGITS = 8
_SECRET_MESSAGE = b"which course secret this is"


def content_hashes(
    request: GradingRequest, assignment: Assignment, secret: bytes | None
) -> dict[str, str]:
    """What decides a grading -> its hash; equal hashes, equal content but for line ends.

    `assignment` and `grader` are the same at home and in the Gradescope zip of one release.
    """
    found = {
        ASSIGNMENT: _hash(_public_files(request, assignment)),
        GRADER: _hash(_grader_files()),
    }
    if assignment.private is not None:
        found[REFERENCE] = _hash(_private_files(assignment.private))
    if secret is not None:
        found[SECRET] = secret_id(secret)
    return found


def secret_id(secret: bytes) -> str:
    """Which course secret this is; no seed and no secret can be computed from it."""
    return hmac.new(secret, _SECRET_MESSAGE, hashlib.sha256).hexdigest()[:_SECRET_DIGITS]


def recorded_answers(request: GradingRequest, assignment: Assignment) -> Path | None:
    """The file that visible checks replay at home, also where it is not replayed."""
    places = (
        request.recorded,
        assignment.folder / RECORD_FILE,
        request.root / "student_templates" / assignment.id / RECORD_FILE,
    )
    return next((path for path in places if path is not None and path.is_file()), None)


def _public_files(request: GradingRequest, assignment: Assignment) -> Iterator[tuple[str, bytes]]:
    yield "parts switched off", "\n".join(assignment.parts_off).encode()
    recorded = recorded_answers(request, assignment)
    if recorded is not None:
        yield RECORD_FILE, recorded.read_bytes()
    folder = assignment.folder
    named = (path for name in _PUBLIC for path in folder.glob(name))
    data = (path for path in folder.iterdir() if path.suffix in _DATA)
    yield from _below(folder, (*named, *data, *folder.glob("checks/*.py")))


def _private_files(private: Path) -> Iterator[tuple[str, bytes]]:
    return _below(private, (private / "oracles.py", *private.glob("checks/*.py")))


def _grader_files() -> Iterator[tuple[str, bytes]]:
    package = Path(autograder.__file__).parent
    modules = package.rglob("*.py")
    ours = (p for p in modules if not {*_NOT_IN_WHEEL} & {*p.relative_to(package).parts})
    return _below(package, ours)


def _below(folder: Path, paths: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    named = {path.relative_to(folder).as_posix(): path for path in paths if path.is_file()}
    return ((name, named[name].read_bytes()) for name in sorted(named))


def _hash(files: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for name, data in files:
        text = data if name.endswith(_DATA) else data.replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{hashlib.sha256(text).hexdigest()}\n".encode())
    return digest.hexdigest()[:_DIGITS]


def differing(there: Mapping[str, str], here: Mapping[str, str]) -> list[str]:
    """The names of what both know and do not have in common, in the order of `here`."""
    return [name for name, value in here.items() if there.get(name, value) != value]
