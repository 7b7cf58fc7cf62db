"""Syntax trees of Python sources, also where several threads parse at the same time."""

import ast
from threading import Lock
from typing import Literal, cast, overload

_ONE_AT_A_TIME = Lock()


@overload
def parse(source: str | bytes, filename: str = ...) -> ast.Module: ...
@overload
def parse(source: str | bytes, filename: str = ..., *, mode: Literal["eval"]) -> ast.Expression: ...
def parse(
    source: str | bytes, filename: str = "<unknown>", *, mode: Literal["exec", "eval"] = "exec"
) -> ast.Module | ast.Expression:
    """The syntax tree, as `ast.parse` makes it. Raises SyntaxError.

    One at a time: until Python 3.13 the depth of all trees under construction is one counter of the
    interpreter, so that two threads fail each other with SystemError (CPython issue 106905).
    """
    with _ONE_AT_A_TIME:
        return cast("ast.Module | ast.Expression", ast.parse(source, filename, mode))
