"""Lines of text without what changes when they are copied, to find private ones in public files.

Used by `leak.py` for the public files and by `private_lines.py` for the private ones.
"""

import json
import re
from collections.abc import Iterator

from autograder.model.values import leaves

_SHORTEST = 12  # characters: `return loss` stands in many programs
_COMMENT = re.compile(r"\s+#.*$")
_QUOTING = re.compile(r"^[#>*\s]+")
_SPACE = re.compile(r"\s+")
# Lines of many programs: imports, bare returns, ends of signatures, plain loops and conditions,
# errors that are caught, and calls without arguments
_COMMONPLACE = re.compile(
    r"(from\s[\w.]+\s)?import\s.*"
    r"|(return|yield|raise|del)\s[\w.]+"
    r"|\)\s->\s.*:"
    r"|except\s[\w.]+(\sas\s\w+)?:"
    r"|(\w+\s=\s)?[\w.]+\(\)"
    r"|for\s[\w, ]+\sin\s(\w+\()?[\w., =]*\)?:"
    r"|\W+"  # such as the line below a table's heads
    r"|(if|elif|while)\s[\w.]+(\s(is|==)\s[\w.\" ]+)?:"
)


def normalised(line: str) -> str:
    """The line without white space, a comment at its end, or the marks of a commented-out line."""
    return _SPACE.sub("", _COMMENT.sub("", _QUOTING.sub("", line)))


def is_distinctive(line: str) -> bool:
    """Whether the same line in another file is hardly a coincidence."""
    bare = _COMMENT.sub("", _QUOTING.sub("", line)).strip()
    worded = any(map(str.isalnum, bare))  # unlike a rule, or the line below a table's head
    return worded and len(bare) >= _SHORTEST and not _COMMONPLACE.fullmatch(bare)


def lines_of(name: str, data: bytes) -> Iterator[str]:
    """The lines of a file; of JSON and notebooks also those inside strings."""
    text = data.decode("utf-8", "ignore")
    yield from text.splitlines()
    if name.endswith((".json", ".ipynb")):
        try:
            content = json.loads(text, object_pairs_hook=list)  # pairs: a key is a string too
        except ValueError:
            return
        for leaf in leaves(content):
            yield from leaf.splitlines() if isinstance(leaf, str) else ()
