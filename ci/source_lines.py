"""Count the source lines of the framework, by package: what a reader has to read.

    python ci/source_lines.py             the working tree
    python ci/source_lines.py COMMIT      another commit, with the difference to the working tree

Counted are lines with code on them. Tests, blank lines, comments and docstrings are left out.
"""

import ast
import io
import subprocess
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRAMEWORK = "autograder"
_NO_CODE = (
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
)
_WITH_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def source_lines(text: str) -> int:
    """The lines of a Python source that hold code."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in _NO_CODE:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, _WITH_DOCSTRING) and ast.get_docstring(node) is not None:
            lines -= set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    return len(lines)


def counted(files: Iterator[tuple[str, str]]) -> tuple[Counter[str], Counter[str]]:
    """Source lines and modules of each package, from pairs of a path and its text."""
    lines: Counter[str] = Counter()
    modules: Counter[str] = Counter()
    for path, text in files:
        package = path.rpartition("/")[0]
        lines[package] += source_lines(text)
        modules[package] += 1
    return lines, modules


def in_tree() -> Iterator[tuple[str, str]]:
    """The framework's files as they lie in the working tree."""
    for path in sorted((ROOT / FRAMEWORK).rglob("*.py")):
        if "tests" not in path.parts:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def in_commit(commit: str) -> Iterator[tuple[str, str]]:
    """The same of a commit."""
    for name in _git("ls-tree", "-r", "--name-only", commit, FRAMEWORK).splitlines():
        if name.endswith(".py") and "/tests/" not in name:
            yield name, _git("show", f"{commit}:{name}")


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout


def main(arguments: list[str]) -> None:
    """Print a line for each package, and the sum."""
    lines, modules = counted(in_tree())
    before = counted(in_commit(arguments[0]))[0] if arguments else Counter[str]()
    for package in sorted(lines | before):
        change = f"{lines[package] - before[package]:+7}" if arguments else ""
        print(f"{lines[package]:7} {modules[package]:4} {change} {package}")
    change = f"{lines.total() - before.total():+7}" if arguments else ""
    print(f"{lines.total():7} {modules.total():4} {change} in all (lines, modules)")


if __name__ == "__main__":
    main(sys.argv[1:])
