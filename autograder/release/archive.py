"""Zip files that depend on nothing but their content: same files, same bytes."""

import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path

_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can hold
_UNIX = 3
_REGULAR = 0o100000


def write_zip(path: Path, files: Mapping[str, bytes], executable: Collection[str] = ()) -> None:
    """Write `files`, by name, to a zip; those in `executable` get mode 755, the others 644."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.create_system = _UNIX  # otherwise the builder's platform decides
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (_REGULAR | (0o755 if name in executable else 0o644)) << 16
            archive.writestr(entry, files[name])
