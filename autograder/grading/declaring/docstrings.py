"""The docstring of a check: its title, and the lines `Why:` and `Oracle:` below it."""

import re
from typing import NamedTuple

_LABEL = re.compile(r"(Why|Oracle):(?: +|$)")


class CheckText(NamedTuple):
    """What a check says of itself; empty where it does not say it."""

    title: str
    why: str
    oracle: str


def read_docstring(docstring: str) -> CheckText:
    """The title is the first paragraph; a labelled text goes on to the next label or empty line."""
    paragraphs: dict[str, list[str]] = {"title": []}
    current: list[str] | None = paragraphs["title"]
    for row in docstring.strip().splitlines():
        label = _LABEL.match(row.strip())
        if label:
            current = paragraphs.setdefault(label[1], [])
        elif not row.strip():
            current = None
        if current is not None:
            current.append(row.strip()[label.end() if label else 0 :])
    texts = {name: " ".join(" ".join(rows).split()) for name, rows in paragraphs.items()}
    return CheckText(texts["title"], texts.get("Why", ""), texts.get("Oracle", ""))
