"""Exports of Gradescope, made up as Ruby writes them."""

import io
import textwrap
import zipfile
from collections.abc import Mapping
from pathlib import Path

ROOT = "assignment_12345_export/"
METADATA = "submission_metadata.yml"
WORK = b"x = 1\n"


RESULTS = """\
score: 4.5
tests:
- name: 1.1 Loss
  output: |-
    submission_9:
      :history: in the middle of a line
"""


def record(number: int, name: str = "Ada Lovelace", results: str = RESULTS) -> str:
    """What the metadata says of one submission."""
    head = f"""\
        submission_{number}:
          :submitters:
          - :name: {name}
            :sid: '{number:05d}'
            :email: student{number}@example.edu
          :created_at: 2026-09-26 04:59:01.938335000 Z
          :score: 4.5
          :status: processed
          :results:
        """
    return textwrap.dedent(head) + textwrap.indent(results, "    ")


def metadata(*numbers: int, **fields: str) -> str:
    """The whole file; the history of each submission is another of the same student."""
    texts = []
    for number in numbers:
        history = textwrap.indent(record(7, "Grace Hopper"), "  ").splitlines(True)[1:]
        texts.append(record(number, **fields) + "  :history:\n  - " + "".join(history).lstrip())
    return "---\n" + "".join(texts)


def export(path: Path, files: Mapping[str, bytes], about: str, root: str = ROOT) -> Path:
    """Write the zip: metadata, and files by their path in the export, but those of a Mac."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(root + METADATA, about)
        for name, data in files.items():
            archive.writestr(root + name if not name.startswith("__") else name, data)
    return path


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()
