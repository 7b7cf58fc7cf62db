"""Zip archives of unknown origin, checked before any of their bytes is unpacked.

`intake` reads submissions from them.
"""

import io
import stat
import struct
import zipfile
import zlib
from collections import Counter

from autograder.model.errors import SubmissionError

MAX_ENTRIES = 1000
MAX_TOTAL_BYTES = 100 * 2**20  # of all files, unpacked: Gradescope's own cap
_MAX_RATIO = 100  # source text shrinks to a tenth, seldom to a fiftieth
_RATIO_FREE_BYTES = 100_000  # smaller files may have any ratio
_LISTED = b"PK\x01\x02"  # begins each entry of an archive's list
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others unpack in unbounded steps
_ENCRYPTED = 0x1
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(ValueError, RuntimeError, OverflowError),  # what zipfile lets through
)
_FILES_ONLY = "pack the plain files, as `autograder pack` does"


class Archive:
    """The files of a zip, none of which has a harmful name, kind or size."""

    def __init__(self, data: bytes, name: str) -> None:
        """Raises SubmissionError, naming the archive, for entries that could do harm."""
        self.name = name
        if data.count(_LISTED) > MAX_ENTRIES:  # before zipfile makes objects of them
            raise self._refusal(f"holds more than {MAX_ENTRIES} entries", _FILES_ONLY)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise self._refusal(f"is no readable zip ({error})", "pack it again") from None
        entries = self._zip.infolist()
        for entry in entries:
            self._require_harmless(entry)
        self.files = {_path(entry): entry for entry in entries if not entry.is_dir()}
        self._require_consistent(entries)

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
            raise self._refusal(f"holds no file {name!r} but a folder", _FILES_ONLY)
        entry = self.files[name]
        if entry.file_size > most:
            what = f"holds {name!r} with {entry.file_size / 1e6:.1f} MB"
            raise self._refusal(what, f"at most {most / 1e6:.0f} MB are read")
        try:
            with self._zip.open(entry) as file:
                data = file.read(most + 1)
        except _BROKEN as error:
            raise self._refusal(f"is damaged at {name!r} ({error})", "pack it again") from None
        if len(data) != entry.file_size:
            raise self._refusal(f"declares another size of {name!r} than it has", "pack it again")
        return data

    def _require_harmless(self, entry: zipfile.ZipInfo) -> None:
        path, kind = _path(entry), stat.S_IFMT(entry.external_attr >> 16)
        if path.startswith("/") or path[1:2] == ":":
            raise self._refusal(f"holds {path!r}, an absolute path", _FILES_ONLY)
        if ".." in path.split("/"):
            raise self._refusal(f"holds {path!r}, which leads out of its folder", _FILES_ONLY)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise self._refusal(f"holds {path!r}, a link or a device", _FILES_ONLY)
        if entry.flag_bits & _ENCRYPTED:
            raise self._refusal(f"holds {path!r}, which is encrypted", "pack without a password")
        if entry.compress_type not in _METHODS:
            raise self._refusal(f"holds {path!r} by an unusual method", "pack as an ordinary zip")
        most = max(_RATIO_FREE_BYTES, _MAX_RATIO * entry.compress_size)
        if entry.file_size > most:
            raise self._refusal(
                f"holds {path!r}, which unpacks to over {_MAX_RATIO} times its size", _FILES_ONLY
            )

    def _require_consistent(self, entries: list[zipfile.ZipInfo]) -> None:
        total = sum(entry.file_size for entry in entries)
        if total > MAX_TOTAL_BYTES:
            what = f"unpacks to {total / 2**20:.0f} MiB"
            raise self._refusal(what, f"at most {MAX_TOTAL_BYTES // 2**20} MiB are taken")
        (name, count), *_ = Counter(map(_path, entries)).most_common(1) or [("", 0)]
        if count > 1:
            raise self._refusal(f"holds {name!r} {count} times", "pack each file once")

    def _refusal(self, what: str, advice: str) -> SubmissionError:
        return SubmissionError(f"{self.name} {what}: {advice}")


def _path(entry: zipfile.ZipInfo) -> str:
    """The entry's path with slashes: some programs on Windows write backslashes."""
    return entry.filename.replace("\\", "/")
