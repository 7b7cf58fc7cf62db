"""Fingerprints of what a proof depends on: a check, a function of the reference, a file.

A fingerprint is of syntax trees: of a definition and of all definitions of the assignment that it
names, directly or not. Comments, docstrings, messages and what is not named do not change it. Names
are looked up in all files at once, so it is of too much rather than of too little. Every kind of
proof takes the fingerprints of its units here.
"""

import ast
import hashlib
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from pathlib import Path

import msgspec

from autograder.grading.declaring.declare import check_sources, checks_taking
from autograder.grading.declaring.proving_programs import Program
from autograder.grading.provenance.sources import (
    file_meaning,
    meaning_of,
    programs_and_data,
    statements_of,
)
from autograder.model.assignment import Assignment
from autograder.worker import observers

_ORACLE = "oracle."  # before the names of what oracles.py defines
_MEASURING = {"budgets", "accounting", "cluster"}  # fixtures whose counts are made by observers


class Definition(msgspec.Struct, frozen=True):
    """A statement at the top of a file."""

    names: frozenset[str]  # that it defines, or changes
    uses: frozenset[str]  # names, attributes and texts in it
    meaning: bytes


class AssignmentCode:
    """The definitions of an assignment and its reference, as they stand now."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        assert assignment.private is not None
        self._private = assignment.private
        self._checks: dict[tuple[str, bool], str] = {}
        self._closures: dict[tuple[str, bool], list[Definition]] = {}
        self._programs: dict[Path, list[Definition]] = {}
        self._submissions: dict[Path, str] = {}

    def check(self, check_id: str, solved: bool = True) -> str:
        """Of a check with all that it names, budgets and yardsticks too.

        `solved`: with the functions of the reference that it names, and what these name.
        """
        key = check_id, solved
        if key not in self._checks:
            self._checks[key] = self._check(check_id, solved)
        return self._checks[key]

    def _check(self, check_id: str, solved: bool) -> str:
        parts = [definition.meaning for definition in self.closure(check_id, solved)]
        for name in self.budgets(check_id):
            budget = self.assignment.budgets[name]
            witness = budget.witness.yardstick if budget.witness else ""
            yardsticks = [self.assignment.yardsticks.get(y) for y in (budget.yardstick, witness)]
            parts.append(msgspec.json.encode([name, budget, yardsticks], order="sorted"))
        fixtures = self._used(check_id) & _MEASURING
        if fixtures:
            parts += self._observers["cluster" in fixtures]
        return fingerprint(parts)

    def budgets(self, check_id: str) -> list[str]:
        """The budgets that a check names, itself or by what it calls."""
        return sorted(self._used(check_id) & set(self.assignment.budgets))

    def measuring(self, budgets: Collection[str]) -> tuple[str, ...]:
        """The ids of the visible checks that measure one of these budgets."""
        return tuple(name for name in self._measuring if set(self.budgets(name)) & set(budgets))

    @cached_property
    def _measuring(self) -> tuple[str, ...]:
        return checks_taking("budgets", self.assignment, hidden=False)

    def solution(self, name: str, *also: str) -> str:
        """Of a definition at the top of a submitted file, with all of the reference it names."""
        return fingerprint((d.meaning for d in _closure({name}, self._solution)), *also)

    def program(self, program: Program | None) -> str:
        """Of a program that is appended to the reference, without the reference itself."""
        paths = [program.path, program.patch] if program else []
        return fingerprint(file_meaning(path) for path in paths if path.exists())

    def submission(self, program: Program, *also: str) -> str:
        """Of a program with all of the reference that it names; `also` are more texts."""
        if program.path not in self._submissions:
            own = {name for definition in self._own(program) for name in definition.uses}
            parts = [definition.meaning for definition in _closure(own, self._solution)]
            self._submissions[program.path] = fingerprint(parts, self.program(program))
        return fingerprint([], self._submissions[program.path], *also)

    def wording(self, check_id: str) -> str:
        """Of the texts in a check and in all that it names, which its messages are made of."""
        found = self.closure(check_id, solved=False)
        return fingerprint(text.encode() for d in found for text in d.uses)

    def touches(self, program: Program, check_id: str) -> bool:
        """Whether a program defines anything that this check names, directly or not.

        Otherwise the check sees the reference alone, and its verdict is known.
        """
        if program.patch.exists():
            return True
        own = {name for definition in self._own(program) for name in definition.names}
        return any(d.names & own for d in self.closure(check_id, solved=True))

    def _own(self, program: Program) -> list[Definition]:
        if program.path not in self._programs:
            self._programs[program.path] = list(_definitions([program.path]))
        return self._programs[program.path]

    def _used(self, check_id: str) -> set[str]:
        return set().union(*(d.uses for d in self.closure(check_id, solved=False)))

    def closure(self, check_id: str, solved: bool) -> list[Definition]:
        """A check and all that it names, in a fixed order."""
        key = check_id, solved
        if key not in self._closures:
            definitions = self._grading + (self._solution if solved else [])
            self._closures[key] = _closure({check_id}, definitions)
        return self._closures[key]

    @cached_property
    def _grading(self) -> list[Definition]:
        """Of the checks, of what they share, of oracles, data and programs in the worker."""
        paths = check_sources(self.assignment, hidden=True)
        oracles = sorted(self._private.glob("oracles*.py"))
        public = _definitions([*paths, *programs_and_data(self.assignment)])
        return [*public, *_definitions(oracles, _ORACLE)]

    @cached_property
    def _solution(self) -> list[Definition]:
        return list(_definitions(self._private / name for name in self.assignment.submit))

    @cached_property
    def _observers(self) -> dict[bool, list[bytes]]:
        """What runs in the worker and decides counts; of a cluster, what makes ranks as well."""
        paths = sorted(Path(str(observers.__file__)).parent.glob("*.py"))
        counting = [file_meaning(path) for path in paths if not path.stem.endswith("rank")]
        return {False: counting, True: list(map(file_meaning, paths))}


def fingerprint(parts: Iterable[bytes], *texts: str) -> str:
    """12 digits of a hash of a set of parts, and of texts in their order."""
    whole = [*sorted(set(parts)), *(text.encode() for text in texts)]
    return hashlib.sha256(b"\0".join(whole)).hexdigest()[:12]


def _closure(names: set[str], definitions: list[Definition]) -> list[Definition]:
    """The definitions of these names, and of all names that these use."""
    found: dict[int, Definition] = {}
    wanted, seen = set(names), set[str]()
    while wanted - seen:
        new = wanted - seen
        seen |= new
        for place, definition in enumerate(definitions):
            if place not in found and definition.names & new:
                found[place] = definition
                wanted |= definition.uses
    return [found[place] for place in sorted(found)]


def _definitions(paths: Iterable[Path], prefix: str = "") -> Iterator[Definition]:
    """The definitions of these files; what they define has `prefix` in its names."""
    for path in paths:
        if path.suffix == ".py" and path.exists():
            for statement in statements_of(path):
                names = frozenset(prefix + name for name in _defined(statement))
                uses = frozenset(_used(statement, prefix))
                yield Definition(names or uses, uses, meaning_of(statement))


def _defined(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement defines; none for one that changes what others define."""
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        yield statement.name
    elif isinstance(statement, (ast.Import, ast.ImportFrom)):
        yield from (alias.asname or alias.name.partition(".")[0] for alias in statement.names)
    elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
        names = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
        yield from (name.id for name in names if isinstance(name.ctx, ast.Store))


def _used(statement: ast.stmt, prefix: str) -> Iterator[str]:
    """All names in it, and texts: budgets and functions are also named by text.

    What is asked of `oracle` is a name of oracles.py alone, where functions are often called as
    those of the submission are.

    A decorator's are left out: a check does not depend on those that it needs. So are docstrings.
    """
    unused = [*getattr(statement, "decorator_list", [])]
    unused += [
        node
        for node in ast.walk(statement)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    ]
    left_out = {id(node) for outer in unused for node in ast.walk(outer)}
    for node in ast.walk(statement):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.Name):
            yield prefix + node.id
        elif isinstance(node, ast.Attribute):
            asked = isinstance(node.value, ast.Name) and node.value.id == "oracle"
            yield _ORACLE + node.attr if asked else node.attr
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (node.value, _ORACLE + node.value)
