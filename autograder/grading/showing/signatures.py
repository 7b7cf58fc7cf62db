"""The names of a function's parameters, from its source."""

import ast
from pathlib import Path

from autograder.model.syntax import parse


def parameters_of(path: Path, function: str) -> list[str]:
    """Those that may be given by position; none where the function cannot be found."""
    try:
        tree = parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == function:
            return [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    return []
