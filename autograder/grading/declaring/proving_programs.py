"""The programs that prove the checks: must-fail ones by verdict, and accepted variants.

A program holds only what differs from the reference. It is appended to the text of the reference,
where its definitions count because they come last: to the first submitted file, or to the one it
names. `verify`, the proofs and the diagnosis of mistakes compose and grade these programs.
"""

import ast
import json
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from autograder.grading.declaring.declare import declared_checks
from autograder.grading.declaring.given_parts import given_sources
from autograder.model.assignment import Assignment, load_assignment
from autograder.model.errors import GraderError
from autograder.model.measurements import MEASUREMENTS_FILE
from autograder.model.syntax import parse
from autograder.model.toml import nearest
from autograder.model.verdict import Verdict

ACCEPTED = "accepted"
WRONG_PROGRAMS = "submissions/wrong"  # in reference/<id>: what students are likely to write
# Verdicts that no folder is named after: with these, a program does not fail by its own fault
_NO_FAILURE = (Verdict.PASSED, Verdict.SKIPPED, Verdict.GRADER_ERROR)


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """One file under reference/<id>/submissions/."""

    path: Path
    title: str
    verdict: Verdict  # PASSED for an accepted variant
    caught_by: tuple[str, ...] = ()
    message: str = ""  # text that the student must see
    passes_at_home: str = ""  # why only secret inputs make it fail
    not_recognised: str = ""  # why its answers cannot name it, see grading.mistakes.recognition
    file: str = ""  # the submitted file that it is appended to; "": the first

    @property
    def name(self) -> str:
        """`wrong/sum_instead_of_mean`."""
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def patch(self) -> Path:
        """A JSON merge patch of the reference's measurements, where there is one."""
        return self.path.with_suffix(".json")

    @property
    def mistake(self) -> str:
        """The title as a clause: `the monitor starts counting again in every epoch`."""
        first, _, rest = self.title.rstrip(".").partition(" ")
        plain = (first.isalpha() and first == first.capitalize() and len(first) > 1) or first == "A"
        return f"{first.lower() if plain else first} {rest}".strip()


class ProvingPrograms(NamedTuple):
    """The programs under reference/<id>/submissions/."""

    usable: list[Program]  # sorted by folder and name, without those of parts switched off
    problems: list[str]  # why the others cannot be tried


def programs_of(assignment: Assignment) -> ProvingPrograms:
    """All programs of the parts that are given."""
    assert assignment.private is not None
    whole = load_assignment(assignment.folder, assignment.private)  # no part is switched off
    known = {check.id for check in declared_checks(whole, hidden=True)}
    given = {check.id for check in declared_checks(assignment, hidden=True)}
    folder = assignment.private / "submissions"
    found = ProvingPrograms([], [])
    for path in sorted(folder.rglob("*.py")):
        try:
            program = _of_given_parts(_read(path, folder, assignment), known, given)
        except GraderError as error:
            found.problems.append(f"submissions/{path.relative_to(folder).as_posix()}: {error}")
        else:
            found.usable.extend([program] if program else [])
    return found


def composed(assignment: Assignment, *programs: Program | None) -> dict[str, bytes]:
    """The submitted files of a program, or of several mistakes at once; None: the reference."""
    files = files_of_reference(assignment)
    for program in filter(None, programs):
        files[program.file or assignment.module] += b"\n\n" + program.path.read_bytes()
        if program.patch.exists():
            data, patch = files.pop(MEASUREMENTS_FILE), program.patch.read_bytes()
            patched = merge_patch(json.loads(data), json.loads(patch))
            files |= {MEASUREMENTS_FILE: json.dumps(patched).encode()} if patched else {}
    return files


def files_of_reference(assignment: Assignment) -> dict[str, bytes]:
    """The submitted files of the reference, with its measurements if there are any.

    They lack what a student does not write because its part is not given.
    """
    assert assignment.private is not None
    paths = [assignment.private / name for name in assignment.taken]
    there = (path for path in paths if path.name in assignment.submit or path.exists())
    files = {path.name: path.read_bytes() for path in there}
    if not assignment.parts_off:
        return files
    sources = {name: files[name].decode() for name in assignment.submit if name.endswith(".py")}
    given = given_sources(sources, assignment.parts_off)
    return files | {name: text.encode() for name, text in given.items()}


def merge_patch(target: Any, patch: Any) -> Any:
    """RFC 7396: objects are merged, null removes, anything else replaces."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge_patch(merged.get(name), value)
    return merged


def compose(assignment: Assignment, program: Program | None, folder: Path) -> None:
    """Write the submission of a program (None: the reference) into `folder`."""
    for name, data in composed(assignment, program).items():
        (folder / name).write_bytes(data)


def _of_given_parts(program: Program, known: set[str], given: set[str]) -> Program | None:
    """The program with the checks that are given; None when none of its checks is."""
    for name in program.caught_by:
        if name not in known:
            raise GraderError(f"there is no check {name!r}; {nearest(name, sorted(known))}")
    checks = tuple(name for name in program.caught_by if name in given)
    if program.caught_by and program.caught_by[0] not in given:
        return None  # the message is that of the first check
    return msgspec.structs.replace(program, caught_by=checks)


def _read(path: Path, submissions: Path, assignment: Assignment) -> Program:
    if path.parent.parent != submissions:
        raise GraderError("file it in a folder named after its verdict, such as wrong/")
    try:
        tree = parse(path.read_bytes(), path.name)
    except (SyntaxError, ValueError) as error:
        raise GraderError(f"it cannot be read: {error}") from None
    docstring = ast.get_docstring(tree) or ""
    title = " ".join(docstring.split("\n\n")[0].split())
    file = _field(docstring, "appended to")
    if file and file not in assignment.submit:
        raise GraderError(f"{file!r} is not submitted; {nearest(file, list(assignment.submit))}")
    program = Program(
        path=path,
        title=title,
        verdict=_verdict(path.parent.name),
        caught_by=tuple(filter(None, map(str.strip, _field(docstring, "caught by").split(",")))),
        message=_field(docstring, "message"),
        passes_at_home=_field(docstring, "passes at home"),
        not_recognised=_field(docstring, "not recognised"),
        file=file,
    )
    if program.verdict is not Verdict.PASSED and not (program.caught_by and program.message):
        raise GraderError("its docstring needs the lines `caught by: CHECK` and `message: TEXT`")
    return program


def _field(docstring: str, name: str) -> str:
    """The text after `name:` on a line of its own."""
    rows = [row for row in docstring.splitlines() if row.startswith(f"{name}:")]
    return rows[-1].partition(":")[2].strip() if rows else ""


def _verdict(folder: str) -> Verdict:
    known = {v.value.lower(): v for v in Verdict if v not in _NO_FAILURE}
    known = {ACCEPTED: Verdict.PASSED, **known}
    if folder not in known:
        raise GraderError(f"no verdict {folder!r}; {nearest(folder, list(known))}")
    return known[folder]
