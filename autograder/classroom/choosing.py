"""Which assignment a class has handed in, and which of its submissions are graded.

Called by the commands, before and after the submissions are taken in.
"""

import hashlib
import zipfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path, PurePosixPath

from autograder.classroom.submissions import ClassSubmission
from autograder.model.course import all_assignments
from autograder.model.errors import UsageError
from autograder.model.toml import nearest

_MOST_NAMES = 200_000  # that are looked at


def assignment_in(path: Path, root: Path) -> str:
    """The id of the one assignment whose files are at `path`.

    Raises UsageError where they are those of none, or of several, and where nothing is.
    """
    if not path.exists():
        raise UsageError(
            f"{path} does not exist: name an export of Gradescope, a folder, or a file"
        )
    modules = {assignment.module: assignment.id for assignment in all_assignments(root)}
    found = Counter(modules[name] for name in islice(_names(path), _MOST_NAMES) if name in modules)
    if len(found) == 1:
        return next(iter(found))
    what = f"files of {' and '.join(sorted(found))}" if found else f"none of {', '.join(modules)}"
    raise UsageError(f"{path} holds {what}: say which with --assignment ID")


def chosen(
    submissions: Sequence[ClassSubmission], only: Collection[str], sample: int | None
) -> set[str]:
    """The ids of those to grade: of these ids or students, and of them so many.

    A sample is the same each time: it depends on the ids alone.
    Raises UsageError for a name that nothing has.
    """
    ids = {each.id for each in submissions}
    for name in only:
        if not any(name.lower() in _called(each) for each in submissions):
            known = [word for each in submissions for word in _called(each)]
            raise UsageError(f"no submission is of {name!r}; {nearest(name.lower(), known)}")
    if only:
        wanted = {name.lower() for name in only}
        ids = {each.id for each in submissions if wanted & _called(each)}
    return set(sorted(ids, key=_drawn)[:sample])


def _called(submission: ClassSubmission) -> set[str]:
    """All that it can be named by, in small letters."""
    members = (word for m in submission.members for word in (m.name, m.sid, m.email))
    return {word.lower() for word in (submission.id, *members) if word}


def _drawn(name: str) -> str:
    return hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()


def _names(path: Path) -> Iterator[str]:
    """The names of the files at `path`, without their folders."""
    if path.is_dir():
        return (entry.name for entry in path.rglob("*"))
    if path.suffix.lower() != ".zip":
        return iter([path.name])
    return _last_parts(_names_in_zip(path))


def _names_in_zip(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError) as error:
        raise UsageError(f"{path} cannot be read: {error}; download the export again") from None


def _last_parts(names: Iterable[str]) -> Iterator[str]:
    return (PurePosixPath(name).name for name in names)
