"""A tiny assignment in a temporary folder, and its grading in a fresh interpreter."""

import os
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.grading.context.request import GradingRequest, Modes
from autograder.grading.running.subprocess_grading import grade_in_subprocess
from autograder.model.outcome import Outcome
from autograder.model.report import Report

SECRET = b"a secret of the tests, long enough"
_TOML = """\
title = "Tiny"
order = 1
submit = ["work.py"]
parts = [
  {{id = "1.1", title = "First", points = 10, hours = 1}},
  {{id = "1.2", title = "Second", points = 10, hours = 1}},
  {{id = "2.1", title = "Extra", points = 5, hours = 1, optional = true}},
]
[limits]
import_s = 2
call_s = 2
check_s = 10
run_s = 600
home_s = 60
memory = "300 MB"
output = "1 MB"
{more}
"""
_HEAD = "import numpy as np\nfrom autograder.grading import check, expect, recipe\n"


class Tiny:
    """The folders of one assignment, `tiny`; every method adds to them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.public, self.private = root / "assignments" / "tiny", root / "reference" / "tiny"
        self.submission = root / "handed in"
        for folder in (self.public / "checks", self.private / "checks", self.submission):
            folder.mkdir(parents=True)
        self.toml()
        self.oracles("")
        (root / "secret").write_bytes(SECRET)

    def toml(self, more: str = "", **limits: object) -> None:
        """assignment.toml, with these tables added and these limits changed."""
        text = _TOML.format(more=textwrap.dedent(more))
        for name, value in limits.items():
            old = next(row for row in text.splitlines() if row.startswith(f"{name} ="))
            text = text.replace(old, f"{name} = {value}")
        (self.public / "assignment.toml").write_text(text)

    def oracles(self, source: str) -> None:
        """reference/tiny/oracles.py."""
        (self.private / "oracles.py").write_text("import numpy as np\n" + textwrap.dedent(source))

    def programs(self, source: str) -> None:
        """assignments/tiny/programs.py."""
        (self.public / "programs.py").write_text("import numpy as np\n" + textwrap.dedent(source))

    def checks(self, source: str, *, hidden: bool = False, name: str = "check_tiny.py") -> Path:
        """A check file."""
        path = (self.private if hidden else self.public) / "checks" / name
        path.write_text(_HEAD + textwrap.dedent(source))
        return path

    def hand_in(self, source: str | bytes, name: str = "work.py") -> None:
        """A file of the submission."""
        text = textwrap.dedent(source).encode() if isinstance(source, str) else source
        (self.submission / name).write_bytes(text)

    def grade(self, source: str | bytes | None = None, **options: Any) -> Report:
        """Grade what was handed in."""
        if source is not None:
            self.hand_in(source)
        return grade_in_subprocess(self.request(**options), timeout_s=900)

    def request(self, **options: Any) -> GradingRequest:
        """The request to grade what was handed in."""
        if options.get("hidden"):
            options.setdefault("secret_file", self.root / "secret")
        options.setdefault("submission", self.submission)
        options.setdefault("assignment", "tiny")
        modes = {n: options.pop(n) for n in Modes.__struct_fields__ if n in options}
        return GradingRequest(root=self.root, modes=Modes(**modes), **options)


def graded_once(folder: pytest.TempPathFactory, name: str, grade: Callable[[], Report]) -> Report:
    """The report of `grade`, computed by the first of pytest-xdist's processes that asks."""
    shared = folder.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    result = shared / f"{name}.json"
    try:
        (shared / f"{name}.lock").mkdir()
    except FileExistsError:
        deadline = time.monotonic() + 900
        while not result.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        return msgspec.json.decode(result.read_bytes(), type=Report)
    report = grade()
    written = result.with_suffix(".part")
    written.write_bytes(msgspec.json.encode(report))
    written.rename(result)
    return report


def check_source(name: str, body: str, part: str = "1.1", **options: object) -> str:
    """The text of a check with this body."""
    arguments = "".join(f", {key}={value!r}" for key, value in options.items())
    return (
        f'@check(part="{part}", points=1{arguments})\n'
        f"def check_{name}(student, oracle, rng, budgets, accounting, cluster):\n"
        f'    """The {name.replace("_", " ")} holds."""\n'
        + textwrap.indent(textwrap.dedent(body), "    ").rstrip()
        + "\n\n\n"
    )


def by_name(report: Report) -> dict[str, Outcome]:
    """The outcomes by the check's name without its `check_`."""
    return {outcome.check.id.removeprefix("check_"): outcome for outcome in report.outcomes}


def text_of(outcome: Outcome) -> str:
    """All a student reads of the message."""
    return "\n".join(outcome.message.lines()) if outcome.message else ""
