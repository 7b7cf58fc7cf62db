"""The files of a folder as they go into a zip."""

from collections.abc import Collection, Iterator
from pathlib import Path

_TEXT = {".csv", ".ipynb", ".json", ".md", ".py", ".sh", ".toml", ".txt"}


def tree(folder: Path, prefix: str, left_out: Collection[str] = ()) -> Iterator[tuple[str, bytes]]:
    """Name in the zip and content of every file below `folder`, sorted.

    Hidden files and caches stay behind, and so does everything in a folder or file whose name is
    in `left_out`.
    """
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        unwanted = any(part.startswith(".") or part in left_out for part in name.parts)
        if path.is_file() and not unwanted and "__pycache__" not in name.parts:
            yield f"{prefix}/{name.as_posix()}", public_bytes(path)


def public_bytes(path: Path) -> bytes:
    """The content; text with LF line ends, whatever the checkout has: same commit, same zip."""
    data = path.read_bytes()
    return data.replace(b"\r\n", b"\n") if path.suffix in _TEXT else data
