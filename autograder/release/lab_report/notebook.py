"""The lab report for students: `reference/<id>/report.ipynb` without answers, made by nbgrader.

Called by `release/template.py`.
"""

import hashlib
import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from autograder.model.assignment import Assignment
from autograder.model.errors import ReleaseError
from autograder.model.lab_report import REPORT, report_of

_STEPS = "autograder.release.lab_report.nbgrader_steps"
_CONFIG = Path(__file__).parent.with_name("nbgrader_config.py")
_SHOWN = re.compile(r"\*Show:\* `(\w+)`")  # in the first cell of an experiment's section
_OURS = "autograder"  # our entry in the metadata of a student version: {"release": a hash}


def student_notebook(assignment: Assignment, committed: Path) -> dict[str, bytes]:
    """The student version by its file name; empty where the assignment has no report.

    A committed version is kept if neither it nor the source has changed since it was made.
    Raises ReleaseError where nbgrader is needed and missing, or refuses the source.
    """
    source = report_of(assignment)
    if source is None:
        return {}
    off = assignment.experiments_off
    if committed.is_file() and is_release_of(source, committed, off):
        return {REPORT: committed.read_bytes().replace(b"\r\n", b"\n")}
    return {REPORT: release_notebook(source, off)}


def release_notebook(source: Path, off: Collection[str] = ()) -> bytes:
    """The student version, made again: from the same source the same bytes.

    It lacks the sections of experiments in `off`.
    """
    where = f"reference/{source.parent.name}/{REPORT}"
    if importlib.util.find_spec("nbgrader") is None:
        raise ReleaseError(
            f"{where} has changed, and nbgrader, which makes the students' version of it, is not"
            ' installed: type pip install -e ".[instructor]" in the course\'s repository, or run'
            " `python3 quickstart.py all` there"
        )
    command = [sys.executable, "-m", _STEPS]
    given = _without_sections(source.read_bytes(), off)
    done = subprocess.run(command, input=given, capture_output=True)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise ReleaseError(f"nbgrader cannot make a students' version of {where}:\n{said[-2000:]}")
    notebook = json.loads(done.stdout)
    notebook["metadata"][_OURS] = {"release": _hash(source, notebook, off)}
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)  # as nbformat does
    return text.encode() + b"\n"


def is_release_of(source: Path, committed: Path, off: Collection[str] = ()) -> bool:
    """Whether `committed` was made from exactly this source, and is unchanged."""
    try:
        notebook = json.loads(committed.read_bytes())
        ours = notebook["metadata"].pop(_OURS)
    except (ValueError, KeyError, TypeError):
        return False
    return bool(ours == {"release": _hash(source, notebook, off)})


def _without_sections(source: bytes, off: Collection[str]) -> bytes:
    """A notebook without the cells from a heading that shows such an experiment to the next."""
    if not off:
        return source
    notebook = json.loads(source)
    kept, shown = [], True
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and text.startswith("#"):
            experiment = _SHOWN.search(text)
            shown = not (experiment and experiment[1] in off)
        kept += [cell] if shown else []
    return json.dumps({**notebook, "cells": kept}).encode()


def _hash(source: Path, released: Any, off: Collection[str]) -> str:
    text = json.dumps(released, sort_keys=True) + "".join(sorted(off))
    digest = hashlib.sha256(text.encode())
    for path in (source, _CONFIG):
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()
