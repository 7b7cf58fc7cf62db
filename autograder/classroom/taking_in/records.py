"""submission_metadata.yml cut into records by its lines, without parsing YAML.

The history of a class is nine tenths of the file: it is dropped here, line by line, and the whole
file is never in memory. `metadata` reads what remains.
"""

import re
from collections.abc import Iterator
from typing import IO

import msgspec

MOST_LINE_BYTES = 2**20  # read at once; a longer line is continued
# Ruby writes `:key`, a hand or another program `key`; quotes are possible around both.
_RECORD = re.compile(rb"""(?:\xef\xbb\xbf)?["']?:?(submission_\d+)["']?:\s""")
_SECTION = re.compile(rb"""( +)["']?:?([A-Za-z_]\w*)["']?:\s""")
_WITHIN = (
    b" ",
    b"-",
    b"#",
    b"\n",
    b"\r",
    b"",
)  # at a key's depth: the line belongs to what is above it
_CAPS = {"submitters": 2**16, "created_at": 2**10, "results": 4 * 2**20}  # bytes of each section


class Record(msgspec.Struct, frozen=True):
    """The lines of one submission that are of use, by the key that they stand under."""

    name: str  # `submission_216975964`
    sections: dict[str, bytearray]
    cut: set[str]  # sections above their cap, which are not kept


def records(file: IO[bytes]) -> Iterator[Record]:
    """The records of the file, one after the other, as they are read.

    A key at the top begins a record. A key at the depth of the record's first begins a section:
    YAML indents everything else more, or begins it by `- `.
    """
    record: Record | None = None
    depth, section = 0, ""
    for line, is_start in _pieces(file):
        if is_start and not (depth and line[depth : depth + 1] in _WITHIN):  # most lines end here
            if line[:1] not in _WITHIN:
                if record:
                    yield record
                found = _RECORD.match(line)
                record = Record(found[1].decode(), {}, set()) if found else None
                depth, section = 0, ""
                continue
            key = _SECTION.match(line)
            if key and depth in (0, len(key[1])):
                depth, section = len(key[1]), key[2].decode()
        if record and section in _CAPS:
            _add(record, section, line)
    if record:
        yield record


def _add(record: Record, section: str, line: bytes) -> None:
    kept = record.sections.setdefault(section, bytearray())
    if len(kept) + len(line) > _CAPS[section]:
        record.cut.add(section)
    if section in record.cut:
        kept.clear()
    else:
        kept += line


def _pieces(file: IO[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Lines of bounded size, each with whether it is the beginning of one."""
    is_start = True
    while line := file.readline(MOST_LINE_BYTES):
        yield line, is_start
        is_start = line.endswith(b"\n")
