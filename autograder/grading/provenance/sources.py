"""Whether what was proved is still what stands there: a hash of code, not of its wording."""

import ast
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from autograder.grading.declaring.declare import check_files
from autograder.model.assignment import Assignment
from autograder.model.syntax import parse

# arguments of checks that students read, or that say what a check is worth
_WORDING = ("why", "what", "hint", "points", "requires")


def graded_code(assignment: Assignment, beside: Iterable[Path] = ()) -> str:
    """A hash of the reference, the checks, all they use, and the budgets; and of files `beside`.

    Comments, layout, docstrings and the wording of messages do not change it; nor does the
    version of Python that computes it.
    """
    assert assignment.private is not None
    paths = [assignment.private / name for name in (*assignment.submit, "oracles.py")]
    paths += [assignment.folder / name for name in ("data.py", "programs.py")]
    paths += sorted(assignment.folder.glob("programs_*.py"))
    paths += check_files(assignment, hidden=True)
    parts = [msgspec.json.encode([assignment.budgets, assignment.yardsticks], order="sorted")]
    for path in (*filter(Path.exists, paths), *beside):
        parts += [path.name.encode(), meaning(path)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def meaning(path: Path) -> bytes:
    """What a file does, without its wording; of other files than Python's, its text."""
    if path.suffix != ".py":
        return path.read_bytes().replace(b"\r\n", b"\n")
    return meaning_of(parse(path.read_bytes()))


def meaning_of(tree: ast.AST) -> bytes:
    """The same of a syntax tree."""
    return "".join(_shown(tree)).encode()


def _shown(node: object) -> Iterator[str]:
    """Like `ast.dump`, which differs by version in what it says of fields that are empty."""
    if isinstance(node, list):
        yield from ("[", *(text for item in node for text in _shown(item)), "]")
    elif isinstance(node, ast.AST) and not _is_wording(node):
        yield f"{type(node).__name__}("
        for name, value in ast.iter_fields(node):
            if value is not None and value != []:
                yield from (f"{name}=", *_shown(value))
        yield ")"
    elif not isinstance(node, ast.AST):
        yield f"{node!r},"


def _is_wording(node: ast.AST) -> bool:
    if isinstance(node, ast.keyword):
        return node.arg in _WORDING
    return (  # a docstring
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
