"""Plain English: words that docstrings, comments and documentation do not use.

Readers are students and engineers, many of them not native speakers. CONTRIBUTING.md has the rule
and the words to use instead.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REFUSED = {
    "mend|mends|mended|mending": "fix",
    "whoever|whomever": "users, authors, the caller, a program that ...",
    "nobody|somebody": "nothing, no check, a person",
    "hears|heard": "receives, is called with",
    "tells": "reports, says, prints",
    "hog|hogs": "a known allocation",
    "held against|holds against": "compared with",
}
FOLDERS = ("assignments", "autograder", "ci", "docs", "reference")
LEFT_OUT = ("budgets-measured.md",)  # written by a command
PAGES = ("README.md", "CONTRIBUTING.md", "course.toml", "quickstart.py")

Text = tuple[str, int, str]  # file, line, text


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    """Every docstring, comment and line of documentation."""
    return [*all_texts()]


def all_texts() -> Iterator[Text]:
    """The same, one after the other."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if "submissions" in path.parts:  # their titles name mistakes in a few words
                continue
            if path.suffix == ".py":
                yield from in_source(path)
            elif path.suffix in (".md", ".toml") and path.name not in LEFT_OUT:
                yield from in_page(path)
    for name in PAGES:
        yield from in_page(ROOT / name)


def in_page(path: Path) -> Iterator[Text]:
    """The lines of a text."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        yield str(path.relative_to(ROOT)), number, line


def in_source(path: Path) -> Iterator[Text]:
    """The comments and docstrings of a Python file."""
    source, name = path.read_text(encoding="utf-8"), str(path.relative_to(ROOT))
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield name, token.start[0], token.string
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            yield name, getattr(node, "lineno", 1), ast.get_docstring(node) or ""


@pytest.mark.parametrize("words", REFUSED)
def test_words_that_many_readers_do_not_know_are_not_used(texts: list[Text], words: str) -> None:
    """Where one of these words would stand, a common one says the same."""
    word = re.compile(rf"\b({words})\b", re.IGNORECASE)
    found = [f"{name}:{line}" for name, line, text in texts if word.search(text)]
    assert found == [], f"write instead: {REFUSED[words]}"
