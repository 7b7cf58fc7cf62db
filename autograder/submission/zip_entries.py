"""Zip archives of unknown origin, checked before any of their bytes is unpacked.

`intake` reads submissions from them, and the intake of a class from folders in them.
"""

import io
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping

from autograder.model.errors import SubmissionError

MAX_ENTRIES = 1000
MAX_TOTAL_BYTES = 100 * 2**20  # of all files, unpacked: Gradescope's own cap
_MAX_RATIO = 100  # source text shrinks to a tenth, seldom to a fiftieth
_RATIO_FREE_BYTES = 100_000  # smaller files may have any ratio
_LISTED = b"PK\x01\x02"  # begins each entry of an archive's list
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others unpack in unbounded steps
_ENCRYPTED = 0x1
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(ValueError, RuntimeError, OverflowError),  # what zipfile lets through
)
_FILES_ONLY = "pack the plain files, as `autograder pack` does"


class ZipFolder:
    """The files of an open zip, or of a folder in it: each is checked when it is read."""

    def __init__(
        self, opened: zipfile.ZipFile, files: Mapping[str, zipfile.ZipInfo], name: str
    ) -> None:
        self.name = name  # in messages
        self.files = files
        self._zip = opened

    def names(self) -> list[str]:
        """What is at the top, folders with a slash at their end."""
        split = (path.partition("/") for path in self.files)
        return sorted({top + slash for top, slash, _ in split})

    def holds(self, path: str) -> bool:
        """Whether there is such a file."""
        return path in self.files

    def holds_below(self, name: str) -> list[str]:
        """Where there are files of this name in folders, the shallowest first."""
        found = [path for path in self.files if path.endswith(f"/{name}")]
        return sorted(found, key=lambda path: (path.count("/"), path))

    def is_packed(self, name: str) -> bool:
        """Whether it is a zip of `pack`: archives within archives are not looked into."""
        return False

    def read(self, name: str, most: int) -> bytes:
        """The bytes of one file, at most `most`.

        Raises SubmissionError when it is larger, no file, or not what the archive declares.
        """
        if name not in self.files:
            raise _refusal(self.name, f"holds no file {name!r} but a folder", _FILES_ONLY)
        entry = self.files[name]
        _require_harmless(entry, self.name)
        if entry.file_size > most:
            what = f"holds {name!r} with {entry.file_size / 1e6:.1f} MB"
            raise _refusal(self.name, what, f"at most {most / 1e6:.0f} MB are read")
        try:
            with self._zip.open(entry) as file:
                data = file.read(most + 1)
        except BROKEN as error:
            what = f"is damaged at {name!r} ({error})"
            raise _refusal(self.name, what, "pack it again") from None
        if len(data) != entry.file_size:
            what = f"declares another size of {name!r} than it has"
            raise _refusal(self.name, what, "pack it again")
        return data


class Archive(ZipFolder):
    """A whole zip, in which no file has a harmful name, kind or size, also of those not read."""

    def __init__(self, data: bytes, name: str) -> None:
        """Raises SubmissionError, naming the archive, for entries that could do harm."""
        if data.count(_LISTED) > MAX_ENTRIES:  # before zipfile makes objects of them
            raise _refusal(name, f"holds more than {MAX_ENTRIES} entries", _FILES_ONLY)
        try:
            opened = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN as error:
            raise _refusal(name, f"is no readable zip ({error})", "pack it again") from None
        entries = opened.infolist()
        for entry in entries:
            _require_harmless(entry, name)
        files = {path_of(entry): entry for entry in entries if not entry.is_dir()}
        _require_consistent(entries, name)
        super().__init__(opened, files, name)


def _require_harmless(entry: zipfile.ZipInfo, archive: str) -> None:
    path, kind = path_of(entry), stat.S_IFMT(entry.external_attr >> 16)
    if path.startswith("/") or path[1:2] == ":":
        raise _refusal(archive, f"holds {path!r}, an absolute path", _FILES_ONLY)
    if ".." in path.split("/"):
        raise _refusal(archive, f"holds {path!r}, which leads out of its folder", _FILES_ONLY)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _refusal(archive, f"holds {path!r}, a link or a device", _FILES_ONLY)
    if entry.flag_bits & _ENCRYPTED:
        raise _refusal(archive, f"holds {path!r}, which is encrypted", "pack without a password")
    if entry.compress_type not in _METHODS:
        raise _refusal(archive, f"holds {path!r} by an unusual method", "pack as an ordinary zip")
    most = max(_RATIO_FREE_BYTES, _MAX_RATIO * entry.compress_size)
    if entry.file_size > most:
        what = f"holds {path!r}, which unpacks to over {_MAX_RATIO} times its size"
        raise _refusal(archive, what, _FILES_ONLY)


def _require_consistent(entries: list[zipfile.ZipInfo], archive: str) -> None:
    total = sum(entry.file_size for entry in entries)
    if total > MAX_TOTAL_BYTES:
        what = f"unpacks to {total / 2**20:.0f} MiB"
        raise _refusal(archive, what, f"at most {MAX_TOTAL_BYTES // 2**20} MiB are taken")
    (name, count), *_ = Counter(map(path_of, entries)).most_common(1) or [("", 0)]
    if count > 1:
        raise _refusal(archive, f"holds {name!r} {count} times", "pack each file once")


def _refusal(archive: str, what: str, advice: str) -> SubmissionError:
    return SubmissionError(f"{archive} {what}: {advice}")


def path_of(entry: zipfile.ZipInfo) -> str:
    """The entry's path with slashes: some programs on Windows write backslashes."""
    return entry.filename.replace("\\", "/")
