"""The files of a folder as they go into a zip, and zips: from the same files the same bytes.

Used for the student zip, the wheel, the Gradescope zip and `autograder pack`.
"""

import zipfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can hold
_UNIX = 3
_REGULAR = 0o100000
_TEXT = {".csv", ".ipynb", ".json", ".md", ".py", ".sh", ".toml", ".txt"}


def write_zip(
    path: Path,
    files: Mapping[str, bytes],
    executable: Collection[str] = (),
    comment: bytes = b"",
) -> None:
    """Write `files`, by name, to a zip that ends with `comment`; those in `executable` get mode
    755, the others 644."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.comment = comment
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.create_system = _UNIX  # otherwise the builder's platform decides
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (_REGULAR | (0o755 if name in executable else 0o644)) << 16
            archive.writestr(entry, files[name])


def tree(folder: Path, prefix: str, left_out: Collection[str] = ()) -> Iterator[tuple[str, bytes]]:
    """Name in the zip and content of every file below `folder`, sorted.

    Hidden files, caches, and all files and folders whose name is in `left_out` are left out.
    """
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        unwanted = any(part.startswith(".") or part in left_out for part in name.parts)
        if path.is_file() and not unwanted and "__pycache__" not in name.parts:
            yield f"{prefix}/{name.as_posix()}", public_bytes(path)


def public_bytes(path: Path) -> bytes:
    """The content; text has LF line ends, also where the checkout has others."""
    data = path.read_bytes()
    return data.replace(b"\r\n", b"\n") if path.suffix in _TEXT else data
