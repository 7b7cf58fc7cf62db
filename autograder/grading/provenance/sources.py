"""Fingerprints of code: whether what was proved is still what stands there.

The records of proofs and the recognised mistakes keep such a fingerprint. It is of what code does,
not of its wording; and of the definitions in check files, not of the file in which each stands.
"""

import ast
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from autograder.grading.declaring.declare import check_sources
from autograder.model.assignment import EXPECTATIONS, Assignment
from autograder.model.syntax import parse

# arguments of checks that students read, or that say what a check is worth
_WORDING = ("why", "what", "hint", "points", "requires", "judged_by", "unjudged")
# what is imported from these has no part in a fingerprint: the framework is the same for all
# assignments, and the definitions in expectations.py are counted as those of the checks are
_NOT_COUNTED = ("autograder", Path(EXPECTATIONS).stem)  # and expectations_*.py


def code_fingerprint(values: object, files: Iterable[Path], code: Iterable[ast.stmt]) -> str:
    """16 digits of a hash of values, of files with their names, and of a set of statements."""
    parts = [msgspec.json.encode(values, order="sorted")]
    for path in filter(Path.exists, files):
        parts += [path.name.encode(), file_meaning(path)]
    parts += sorted({meaning_of(statement) for statement in code})
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def programs_and_data(assignment: Assignment) -> list[Path]:
    """The public files, beside the checks, that make data and run in the worker."""
    return [assignment.folder / "data.py", *sorted(assignment.folder.glob("programs*.py"))]


def check_code(assignment: Assignment, hidden: bool) -> Iterator[ast.stmt]:
    """The statements of the check files and of what they share; imports one name each."""
    for path in check_sources(assignment, hidden):
        yield from statements_of(path)


def statements_of(path: Path) -> Iterator[ast.stmt]:
    """The statements at the top of a file that count; imports one name each."""
    for node in parse(path.read_bytes()).body:
        if isinstance(node, ast.Import):
            yield from (ast.Import([name]) for name in node.names if _counts(name.name))
        elif isinstance(node, ast.ImportFrom):
            if _counts(node.module or ""):
                yield from (ast.ImportFrom(node.module, [name], node.level) for name in node.names)
        elif not _is_wording(node):
            yield node


def _counts(module: str) -> bool:
    return module.partition(".")[0].partition("_")[0] not in _NOT_COUNTED


def file_meaning(path: Path) -> bytes:
    """What a file does, without its wording; of other files than Python's, its text."""
    if path.suffix != ".py":
        return path.read_bytes().replace(b"\r\n", b"\n")
    return b"".join(map(meaning_of, statements_of(path)))


def meaning_of(tree: ast.AST) -> bytes:
    """The same of a syntax tree."""
    return "".join(_shown(tree)).encode()


def _shown(node: object) -> Iterator[str]:
    """Like `ast.dump`, whose output for empty fields differs by the version of Python."""
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
