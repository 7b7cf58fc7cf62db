"""Mutants of a reference: whole submissions that differ from it by one small change.

The proof of mutants grades them.

Only code between solution marks is changed: what students write. Docstrings, annotations and
strings are left alone, and outside functions everything but numbers.
"""

import ast
import hashlib
import io
import re
import textwrap
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from autograder.authoring.proofs.mutation_operators import Change, changes, number_changes
from autograder.grading.declaring.proving_programs import files_of_reference
from autograder.model.assignment import Assignment
from autograder.model.syntax import parse
from autograder.release.strip import SolutionRegion, solution_regions

_NO_CODE = ("annotation", "returns", "decorator_list", "bases", "type_params")
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_FUNCTIONS = (*_DEFINITIONS[:2], ast.Lambda)
_PART = re.compile(r"part ([\w.]+)")
_SHOWN = 110  # characters of a line


class Mutant(msgspec.Struct, frozen=True, kw_only=True):
    """The reference with one change in one file."""

    id: str  # function/operator/hash: the same while function, line and change are
    operator: str
    file: str
    definition: str  # the name of the statement at the top of the file that it is in
    before: str  # the line, without comment
    after: str
    text: str  # the whole file
    parts: frozenset[str]  # of the assignment; empty: not known

    def write(self, assignment: Assignment, folder: Path) -> None:
        """Write the whole submission."""
        for name, data in files_of_reference(assignment).items():
            (folder / name).write_bytes(self.text.encode() if name == self.file else data)


def mutants_of(assignment: Assignment) -> list[Mutant]:
    """All mutants of the reference's Python files, from top to bottom; no two are the same code.

    Those of parts that the course does not give are left out: no check would look at them.

    Raises ReleaseError for solution marks that do not fit together.
    """
    assert assignment.private is not None
    found: list[Mutant] = []
    for name in assignment.submit:
        if name.endswith(".py"):
            source = (assignment.private / name).read_text(encoding="utf-8")
            found += _Source(name, source).mutants()
    given = {part.id for part in assignment.parts}
    return [mutant for mutant in found if not mutant.parts or mutant.parts & given]


class _Site(NamedTuple):
    """A node and its place: it is the `field` of `ancestors[-1]`, or item `place` of that field."""

    node: ast.AST
    ancestors: tuple[ast.AST, ...]
    field: str
    place: int | None

    def put(self, node: ast.AST) -> None:
        """Put another node in this place."""
        if self.place is None:
            setattr(self.ancestors[-1], self.field, node)
        else:
            getattr(self.ancestors[-1], self.field)[self.place] = node

    def names(self) -> list[str]:
        """The names of the class and the functions around the node."""
        return [node.name for node in self.ancestors if isinstance(node, _DEFINITIONS)]

    def changes(self) -> Iterator[Change]:
        """The changes of the node; outside functions, where names may be types, only of numbers."""
        if any(isinstance(node, _FUNCTIONS) for node in self.ancestors):
            yield from changes(self.node, self.ancestors[-1], self.field)
        elif isinstance(self.node, ast.Constant):
            yield from number_changes(self.node)


class _Source:
    """One file of the reference."""

    def __init__(self, file: str, source: str) -> None:
        self.file, self.source = file, source
        self._tree = parse(source)
        self._regions = solution_regions(source, file)
        self._parts = _parts_by_name(self._tree, self._regions)

    def mutants(self) -> list[Mutant]:
        found: list[Mutant] = []
        same_line: Counter[tuple[str, ...]] = Counter()
        for statement in self._tree.body:
            found += self._of_statement(statement, same_line)
        return found

    def _of_statement(self, statement: Any, same_line: Counter[tuple[str, ...]]) -> list[Mutant]:
        """Those of a statement at the top, apart from the rest of the file: parsing it again for
        each mutant would take most of the time."""
        rows = self.source.split("\n")
        source = "\n" * (_first_line(statement) - 1)  # line numbers stay
        source += "\n".join(rows[_first_line(statement) - 1 : statement.end_lineno])
        tail = "".join(f"\n{row}" for row in rows[statement.end_lineno :])
        tree = parse(source)
        found, seen = [], {ast.dump(tree)}
        for site in _sites(tree, ()):
            if not self._in_a_region(site.node):
                continue
            for change in site.changes():
                site.put(change.node)
                code = ast.dump(tree)
                if code not in seen:
                    seen.add(code)
                    where, text = _rewritten(source, site, change.node, code)
                    whole = (
                        "\n".join([*rows[: _first_line(statement) - 1], text.lstrip("\n")]) + tail
                    )
                    found.append(
                        self._mutant(site, change, where, (source, text), whole, same_line)
                    )
                site.put(site.node)
        return found

    def _mutant(
        self,
        site: _Site,
        change: Change,
        where: Any,
        sources: tuple[str, str],
        text: str,
        same_line: Counter[tuple[str, ...]],
    ) -> Mutant:
        names = site.names()
        old, new = sources
        before = _code(old, where.lineno, where.end_lineno)
        after = _code(new, where.lineno, where.end_lineno + new.count("\n") - old.count("\n"))
        key = (self.file, ".".join(names), change.operator, before, after)
        same_line[key] += 1
        digest = hashlib.sha256("\0".join((*key, str(same_line[key]))).encode()).hexdigest()[:6]
        function = ".".join(names) or self.file
        return Mutant(
            id=f"{function}/{change.operator.replace(' ', '-')}/{digest}",
            operator=change.operator,
            file=self.file,
            definition=names[0] if names else before.partition(" ")[0].rstrip(":"),
            before=textwrap.shorten(before, _SHOWN, placeholder=" ..."),
            after=textwrap.shorten(after, _SHOWN, placeholder=" ..."),
            text=text,
            parts=self._parts.get(names[0], frozenset()) if names else frozenset(),
        )

    def _in_a_region(self, node: Any) -> bool:
        """A region's lines count from 0, marks included."""
        if not hasattr(node, "lineno"):
            return False
        first, last = node.lineno - 1, node.end_lineno - 1
        return any(region.first < first and last < region.last for region in self._regions)


def _sites(node: ast.AST, above: tuple[ast.AST, ...]) -> Iterator[_Site]:
    """Every node that is code, outer nodes first."""
    ancestors = (*above, node)
    for field, value in list(ast.iter_fields(node)):
        if field in _NO_CODE:
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST) and not _is_text(child):
                yield _Site(child, ancestors, field, index)
                yield from _sites(child, ancestors)


def _first_line(statement: ast.stmt) -> int:
    """Where it begins, decorators included."""
    decorators = getattr(statement, "decorator_list", [])
    lines: list[int] = [node.lineno for node in (statement, *decorators)]
    return min(lines)


def _is_text(node: ast.AST) -> bool:
    """A docstring; or a formatted string, inside which older Pythons count columns otherwise."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    return isinstance(node, ast.JoinedStr)


def _rewritten(source: str, site: _Site, changed: ast.AST, code: str) -> tuple[ast.AST, str]:
    """The smallest node to replace, and the text of the file with it replaced.

    That is the changed node itself, unless its text would mean something else in its place.
    """
    outer = [(node, node) for node in reversed(site.ancestors) if hasattr(node, "lineno")]
    for old, new in [(site.node, changed), *outer]:
        shown = ast.unparse(new)
        for text in (shown, f"({shown})"):
            candidate = _spliced(source, old, text)
            if _means(candidate, code):
                return old, candidate
    raise AssertionError(f"cannot write {ast.unparse(changed)}")  # a definition can be written


def _spliced(source: str, old: Any, text: str) -> str:
    """The source with `text` in the place of a node; columns count bytes."""
    rows = source.split("\n")
    head = rows[old.lineno - 1].encode()[: old.col_offset].decode()
    tail = rows[old.end_lineno - 1].encode()[old.end_col_offset :].decode()
    indent = head if not head.strip() else ""
    first, *rest = text.split("\n")
    new = [head + first, *(f"{indent}{row}" for row in rest)]
    new[-1] += tail
    return "\n".join([*rows[: old.lineno - 1], *new, *rows[old.end_lineno :]])


def _means(source: str, code: str) -> bool:
    try:
        return ast.dump(parse(source)) == code
    except SyntaxError:
        return False


def _code(source: str, first: int, last: int) -> str:
    """Lines from `first` to `last`, counted from 1, as one: comments and line ends left out."""
    rows = source.split("\n")
    if any("#" in row for row in rows[first - 1 : last]):  # else there is no comment to look for
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                rows[token.start[0] - 1] = rows[token.start[0] - 1][: token.start[1]]
    return " ".join(" ".join(rows[first - 1 : last]).split())


def _parts_by_name(tree: ast.Module, regions: list[SolutionRegion]) -> dict[str, frozenset[str]]:
    """For each top-level definition: its part, and those of the definitions that use it."""
    own, uses = {}, {}
    for node in tree.body:
        if isinstance(node, _DEFINITIONS):
            lines = range(node.lineno - 1, node.end_lineno or node.lineno)
            texts = [region.text for region in regions if region.first in lines]
            own[node.name] = {part for text in texts for part in _PART.findall(text)}
            uses[node.name] = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    for _ in own:  # as often as the longest chain could be
        for name, used in uses.items():
            for other in used & set(own):
                own[other] |= own[name]
    return {name: frozenset(parts) for name, parts in own.items()}
