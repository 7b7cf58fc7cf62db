"""Python code without what says nothing about how it works: comments, docstrings, annotations.

Used by `reading`, in its process: the source is a stranger's. It is parsed, never run.
"""

import ast
from collections.abc import Iterator
from typing import Any, NamedTuple

_BODIES = ("body", "orelse", "finalbody")


class NormalLine(NamedTuple):
    """A line of the normal form, and the lines of the source that it stands for, from 1 on."""

    text: str
    first: int
    last: int


def normal_form(source: bytes) -> list[NormalLine]:
    """The source as `ast.unparse` writes it, one simple statement a line.

    Raises SyntaxError, ValueError, RecursionError or MemoryError for what cannot be parsed or
    written; a process that parses a stranger's source can also be killed by it.
    """
    tree = ast.parse(source)
    _shorten_to_heads(tree)
    _strip(tree)
    text = ast.unparse(tree)
    places: dict[int, tuple[int, int]] = {}
    for old, new in zip(_statements(tree), _statements(ast.parse(text)), strict=True):
        # those within come later, so each line is that of its innermost statement
        numbers = range(new.lineno, _end(new) + 1)
        places.update(dict.fromkeys(numbers, (old.lineno, _end(old))))
    lines = enumerate(text.split("\n"), start=1)
    return [NormalLine(line, *places.get(number, (0, 0))) for number, line in lines]


def _shorten_to_heads(tree: ast.Module) -> None:
    """Let each compound statement end with its head, for what is within has lines of its own."""
    for node in _statements(tree):
        within = [case.pattern for case in getattr(node, "cases", ())]
        for first in getattr(node, "body", within)[:1]:
            node.end_lineno = max(node.lineno, min(_end(node), first.lineno - 1))


def _strip(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        for name in _BODIES:
            body = getattr(node, name, None)
            if isinstance(body, list):  # of a lambda it is an expression
                empty = [ast.Pass(lineno=0, end_lineno=0)] if name == "body" else []
                setattr(node, name, [*_working(body)] or empty)
        for name in ("returns", "annotation", "type_comment"):
            if hasattr(node, name):
                setattr(node, name, None)
        if hasattr(node, "type_params"):
            node.type_params = []


def _working(body: list[Any]) -> Iterator[Any]:
    """The statements that do something, assignments without their annotations."""
    for statement in body:
        match statement:
            case ast.Expr(value=ast.Constant()) | ast.AnnAssign(value=None) | ast.Pass():
                continue
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                assigned = ast.Assign(targets=[target], value=value, type_comment=None)
                yield ast.copy_location(assigned, statement)
            case _:
                yield statement


def _statements(tree: ast.Module) -> list[ast.stmt]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]


def _end(statement: ast.stmt) -> int:
    return statement.end_lineno or statement.lineno
