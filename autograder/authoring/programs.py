"""The programs that prove the checks: must-fail ones by verdict, and accepted variants.

A program holds only what differs from the reference. It is appended to the reference's text, where
its definitions win because they come last.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import msgspec

from autograder.model.assignment import Assignment
from autograder.model.errors import GraderError
from autograder.model.toml import nearest
from autograder.model.verdict import Verdict

ACCEPTED = "accepted"


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """One file under reference/<id>/submissions/."""

    path: Path
    title: str
    verdict: Verdict  # PASSED for an accepted variant
    caught_by: tuple[str, ...] = ()
    message: str = ""  # what the student must be told

    @property
    def name(self) -> str:
        """`wrong/sum_instead_of_mean`."""
        return f"{self.path.parent.name}/{self.path.stem}"


def programs_of(assignment: Assignment) -> Iterator[Program]:
    """All programs, sorted by folder and name.

    Raises GraderError for a folder that is no verdict or a docstring without `caught by:`.
    """
    assert assignment.private is not None
    folder = assignment.private / "submissions"
    for path in sorted(folder.glob("*/*.py")):
        yield _read(path)


def compose(assignment: Assignment, program: Program | None, folder: Path) -> None:
    """Write the submission of a program (None: the reference itself) into `folder`."""
    assert assignment.private is not None
    for name in assignment.submit:
        text = (assignment.private / name).read_text(encoding="utf-8")
        if program is not None and name == assignment.module:
            text += "\n\n" + program.path.read_text(encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8")


def _read(path: Path) -> Program:
    docstring = ast.get_docstring(ast.parse(path.read_bytes(), filename=str(path))) or ""
    rows = docstring.splitlines()
    fields = dict(
        row.split(": ", 1) for row in rows if row.startswith(("caught by: ", "message: "))
    )
    title = " ".join(docstring.split("\n\n")[0].split())
    if path.parent.name == ACCEPTED:
        return Program(path=path, title=title, verdict=Verdict.PASSED)
    caught_by = tuple(name.strip() for name in fields.get("caught by", "").split(",") if name)
    if not caught_by or not fields.get("message"):
        raise GraderError(f"{path}: the docstring needs `caught by: CHECK` and `message: TEXT`")
    return Program(
        path=path,
        title=title,
        verdict=_verdict(path),
        caught_by=caught_by,
        message=fields["message"].strip(),
    )


def _verdict(path: Path) -> Verdict:
    name = path.parent.name.upper()
    known = [verdict.value for verdict in Verdict]
    if name not in known:
        raise GraderError(f"{path.parent}: no verdict {name!r}; {nearest(name, known)}")
    return Verdict(name)
