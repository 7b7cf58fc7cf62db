"""The submitted files of a course that switches parts off: what only these parts ask for is gone.

The template is made of them, and proofs grade the reference so.
"""

import ast
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from autograder.model.syntax import parse

_STUB = re.compile(r" *### BEGIN SOLUTION part (\d[\d.]*\d|\d)\b.*")
_END = re.compile(r" *### END SOLUTION *")
_MARK = re.compile(r" *### BEGIN SOLUTION")
_HEADING = re.compile(r"# Part (\d[\d.]*\d|\d)\b.*")
_Definition = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)

Lines = range  # counted from 1


def given_sources(sources: Mapping[str, str], off: Collection[str]) -> dict[str, str]:
    """Submitted files by name, without what only parts in `off` ask for.

    These are functions, methods and classes all of whose solution marks are of such parts, what is
    given to students and uses them, and their names in imports and `__all__`.
    Raises SyntaxError for what is not Python.
    """
    gone = names_left_out(sources, off)
    kept = {name: _without_parts(text, off, gone) for name, text in sources.items()}
    return {name: _without_names(text, gone) for name, text in kept.items()}


def names_left_out(sources: Mapping[str, str], off: Collection[str]) -> set[str]:
    """The functions and classes at the top of a file that are left out."""
    gone, before = set[str](), {""}
    while off and gone != before:
        before = gone
        pairs = [(text, _without_parts(text, off, gone)) for text in sources.values()]
        gone = {word for whole, kept in pairs for word in _defined(whole) - _defined(kept)}
    return gone


def _defined(source: str) -> set[str]:
    return {node.name for node in parse(source).body if isinstance(node, _Definition)}


def _without_parts(source: str, off: Collection[str], gone: AbstractSet[str]) -> str:
    if not off:
        return source
    rows = source.replace("\r\n", "\n").split("\n")
    file = _File(parse(source), rows, off, gone)
    left_out = [*file.definitions(file.tree.body), *file.headings()]
    for lines in sorted(left_out, key=lambda lines: lines.start, reverse=True):
        stop = lines.stop - 1  # a mark at the end of a body is a comment, and so in no node
        stop += _END.fullmatch(rows[stop]) is not None if stop < len(rows) else 0
        before, after = _blank_from(rows, lines.start - 2, -1), _blank_from(rows, stop, 1)
        rows[lines.start - 1 - before : stop + after] = [""] * max(before, after)
    return "\n".join(rows).rstrip("\n") + "\n"


class _File:
    """One submitted file, and which of its lines are of parts that are off."""

    def __init__(
        self,
        tree: ast.Module,
        rows: Sequence[str],
        off: Collection[str],
        gone: AbstractSet[str],
    ) -> None:
        self.tree, self._rows, self._off, self._gone = tree, rows, set(off), gone
        found = {number: _STUB.fullmatch(row) for number, row in enumerate(rows, start=1)}
        self._parts = {number: match[1] for number, match in found.items() if match}

    def definitions(self, body: Sequence[ast.stmt]) -> Iterator[Lines]:
        """Those to be left out, with their decorators."""
        for node in body:
            if isinstance(node, _Definition) and self._is_off(node):
                yield _lines(node)
            elif isinstance(node, ast.ClassDef):
                yield from self.definitions(node.body)

    def headings(self) -> Iterator[Lines]:
        """Comments `# Part 4: ...` below which nothing is left."""
        for number, row in enumerate(self._rows, start=1):
            heading = _HEADING.fullmatch(row)
            of_it = f"{heading[1]}." if heading else " "
            below = {part for part in self._parts.values() if f"{part}.".startswith(of_it)}
            if below and below <= self._off:
                yield range(number, number + 1)

    def _is_off(self, node: ast.stmt) -> bool:
        marked = self._marked(node)
        if not marked:  # given to students, or a helper, which begins with a mark of its own
            used = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
            return bool(used & self._gone) and not _MARK.match(self._before(node))
        return marked <= self._off and getattr(node, "name", "") not in self._bases()

    def _bases(self) -> set[str]:
        """The names of the classes that a class which stays is derived from."""
        classes = [node for node in self.tree.body if isinstance(node, ast.ClassDef)]
        stay = [node for node in classes if not self._marked(node) <= self._off]
        return {ast.unparse(base) for node in stay for base in node.bases}

    def _marked(self, node: ast.stmt) -> set[str]:
        return {part for number, part in self._parts.items() if number in _lines(node)}

    def _before(self, node: ast.stmt) -> str:
        above = (row for row in reversed(self._rows[: _lines(node).start - 1]) if row.strip())
        return next(above, "")


def _lines(node: ast.stmt) -> Lines:
    decorators = getattr(node, "decorator_list", ())
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    return range(first, (node.end_lineno or node.lineno) + 1)


def _blank_from(rows: Sequence[str], index: int, step: int) -> int:
    """How many blank rows follow one another from here."""
    count = 0
    while 0 <= index < len(rows) and not rows[index].strip():
        count, index = count + 1, index + step
    return count


def _without_names(source: str, gone: AbstractSet[str]) -> str:
    rows = source.split("\n")
    for node in reversed(parse(source).body):
        left = _pruned(node, gone)
        if left is not node:
            text = ast.unparse(left).split("\n") if left else []
            rows[node.lineno - 1 : node.end_lineno] = text
    return "\n".join(rows)


def _pruned(node: ast.stmt, gone: AbstractSet[str]) -> ast.stmt | None:
    """An import, or a list of names, without those in `gone`; None where nothing is left."""
    if isinstance(node, ast.ImportFrom) and gone & {alias.name for alias in node.names}:
        names = [alias for alias in node.names if alias.name not in gone]
        return ast.ImportFrom(node.module, names, node.level) if names else None
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.List):
        texts = [each.value for each in node.value.elts if isinstance(each, ast.Constant)]
        if ast.unparse(node.targets[0]) == "__all__" and gone & set(texts):
            left = ast.List([ast.Constant(text) for text in texts if text not in gone])
            return ast.Assign(node.targets, left, lineno=node.lineno)
    return node
