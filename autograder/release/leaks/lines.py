"""Lines of text, reduced to what survives copying: for telling whether one was given away."""

import json
import re
from collections.abc import Iterator
from typing import Any

_SHORTEST = 12  # characters: `return loss` is anybody's line
_COMMENT = re.compile(r"\s+#.*$")
_QUOTING = re.compile(r"^[#>*\s]+")
_SPACE = re.compile(r"\s+")
# What anybody writes: an import, a bare return, the end of a signature, a plain loop or condition
_COMMONPLACE = re.compile(
    r"(from\s[\w.]+\s)?import\s.*"
    r"|(return|yield|raise|del)\s[\w.]+"
    r"|\)\s->\s.*:"
    r"|for\s[\w, ]+\sin\s(\w+\()?[\w., =]*\)?:"
    r"|\W+"  # such as the line below a table's heads
    r"|(if|elif|while)\s[\w.]+(\s(is|==)\s[\w.\" ]+)?:"
)


def normalised(line: str) -> str:
    """The line without white space, a comment at its end, or the marks of a commented-out line."""
    return _SPACE.sub("", _COMMENT.sub("", _QUOTING.sub("", line)))


def is_distinctive(line: str) -> bool:
    """Whether finding this line elsewhere can hardly be chance."""
    bare = _COMMENT.sub("", _QUOTING.sub("", line)).strip()
    worded = any(map(str.isalnum, bare))  # unlike a rule, or the line below a table's head
    return worded and len(bare) >= _SHORTEST and not _COMMONPLACE.fullmatch(bare)


def lines_of(name: str, data: bytes) -> Iterator[str]:
    """The lines of a file; of JSON and notebooks also those inside strings."""
    text = data.decode("utf-8", "ignore")
    yield from text.splitlines()
    if name.endswith((".json", ".ipynb")):
        try:
            content = json.loads(text)
        except ValueError:
            return
        for string in _strings(content):
            yield from string.splitlines()


def _strings(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, list):
        for item in content:
            yield from _strings(item)
    elif isinstance(content, dict):
        yield from _strings(list(content.items()))
    elif isinstance(content, tuple):
        yield from _strings(list(content))
