"""The files that a page of docs/ shows: code blocks whose first line names a file."""

import re
from pathlib import Path

from autograder.tests.authoring.course import REPOSITORY

_BLOCK = re.compile(r"^```\w+\n# (\S+/\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def add_blocks(page: str, root: Path) -> list[str]:
    """Append each block of docs/`page` to its file below `root`; returns the names."""
    text = (REPOSITORY / "docs" / page).read_text(encoding="utf-8")
    blocks = _BLOCK.findall(text)
    for name, block in blocks:
        path = root / name
        before = path.read_text(encoding="utf-8") + "\n\n" if path.is_file() else ""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(before + block, encoding="utf-8")
    return [name for name, _ in blocks]
