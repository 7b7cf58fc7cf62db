"""The experiments in experiments.py, and a hash of its code. Called by the process that measures
and by `verify`, to find out whether measurements are stale."""

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from autograder.grading.provenance.sources import meaning_of
from autograder.lab.measuring.experiment import Experiment
from autograder.model.assignment import EXPERIMENTS
from autograder.model.errors import GraderError
from autograder.model.syntax import parse


def experiments_of(lab: ModuleType) -> dict[str, Experiment]:
    """By name, in the order of the file. Raises GraderError when there are none."""
    found = {each.name: each for each in vars(lab).values() if isinstance(each, Experiment)}
    if not found:
        raise GraderError(f"{EXPERIMENTS} has no experiment: mark one by @experiment(...)")
    return found


def digest_of_lab(folder: Path) -> str:
    """A hash of the code that measures, without plots, comments and estimates of time."""
    digest = hashlib.sha256()
    for tree in _trees(folder):
        tree.body = [_without_estimate(node) for node in tree.body if not _is_plot(node)]
        digest.update(meaning_of(tree))
    return digest.hexdigest()


def _trees(folder: Path) -> Iterator[ast.Module]:
    """The syntax trees of experiments.py and of the files in its folder that it imports."""
    waiting, seen = [folder / EXPERIMENTS], set[Path]()
    while waiting:
        path = waiting.pop()
        if path in seen or not path.is_file():
            continue
        seen.add(path)
        tree = parse(path.read_bytes(), path.name)
        waiting += [folder / f"{name}.py" for name in _imported(tree)]
        yield tree


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _without_estimate(node: ast.stmt) -> ast.stmt:
    """An experiment without its `seconds`."""
    for decorator in getattr(node, "decorator_list", ()):
        if isinstance(decorator, ast.Call):
            decorator.keywords = [k for k in decorator.keywords if k.arg != "seconds"]
    return node


def _is_plot(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and any(
        isinstance(decorator, ast.Attribute) and decorator.attr == "plot"
        for decorator in node.decorator_list
    )
