"""A class of a few students on the tiny assignment of the tests, and `autograder grade` on it."""

import json
import os
import sqlite3
import subprocess
import textwrap
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from autograder.tests.cli.commands import command_line
from autograder.tests.grading.tiny import Tiny, check_source

RIGHT = "def f(x):\n    return x * x\n"
WRONG = "def f(x):\n    return x\n"
TEMPLATE = "def f(x):\n    raise NotImplementedError\n"
BROKEN = "def f(x:\n"
CHECKS = check_source("square", "expect.equal(student.f(3), 9, what='f(3)')")
HIDDEN = check_source("zero", "expect.equal(student.f(0), 0, what='f(0)')", part="1.2")


class TinyClass:
    """A course whose assignment has two checks, and what its students handed in."""

    def __init__(self, tiny: Tiny) -> None:
        tiny.checks(CHECKS)
        tiny.checks(HIDDEN, hidden=True, name="check_hidden.py")
        secret = (tiny.root / "secret").as_posix()
        course = f'name = "n"\nterm = "t"\nsecret_file = "{secret}"\n'
        (tiny.root / "course.toml").write_text(course)
        (tiny.private / "work.py").write_text(RIGHT)
        template = tiny.root / "student_templates" / "tiny"
        template.mkdir(parents=True)
        (template / "work.py").write_text(TEMPLATE)
        self.tiny = tiny
        self._look_at(tiny.root)

    @classmethod
    def at(cls, root: Path) -> "TinyClass":
        """One that is there already, or a copy of one."""
        found = cls.__new__(cls)
        found._look_at(root)
        return found

    def _look_at(self, root: Path) -> None:
        self.root, self.handed_in, self.out = root, root / "class", root.parent / "out"

    def hand_in(self, **sources: str) -> None:
        """A submission for each student."""
        for student, source in sources.items():
            folder = self.handed_in / student
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "work.py").write_text(textwrap.dedent(source))

    def command(self, *options: object) -> list[str]:
        """The command line that grades the class."""
        return command_line("grade", self.handed_in, "--out", self.out, *options)

    def start(self, *options: object, **environment: str) -> "subprocess.Popen[str]":
        """The command, running."""
        return subprocess.Popen(
            self.command(*options),
            cwd=self.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment},
        )

    def decided(self) -> dict[str, tuple[str, float | None]]:
        """What the ledger says, times aside: status and score by the key."""
        query = "SELECT key, status, score FROM gradings"
        path = quote(str(self.out / "ledger.sqlite"))
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            return {key: (status, score) for key, status, score in database.execute(query)}

    def count(self) -> int:
        """How many gradings the ledger holds; none while there is no ledger."""
        try:
            return len(self.decided())
        except sqlite3.OperationalError:
            return 0

    def results(self, student: str) -> dict[str, Any]:
        """What Gradescope would show the student."""
        path = self.out / "students" / student / "results.json"
        return dict(json.loads(path.read_text()))

    def names(self, whose: str, student: str) -> list[str]:
        """The files of a student's folder."""
        return sorted(path.name for path in (self.out / whose / student).iterdir())

    def grades(self) -> bytes:
        """grades.csv."""
        return (self.out / "grades.csv").read_bytes()

    def files(self) -> list[str]:
        """All files and folders of the grades."""
        return sorted(path.relative_to(self.out).as_posix() for path in self.out.rglob("*"))

    def written_at(self, student: str) -> int:
        """When the student's page was written."""
        return (self.out / "students" / student / "report.html").stat().st_mtime_ns
