"""The ledger of a class: every grading at once on disk, under the key of what decided it.

Only the driver writes it, one transaction a grading: a kill at any moment loses at most those that
were running. A local disk is needed: SQLite's locks do not work on every network's.
"""

import sqlite3
from pathlib import Path

from autograder.classroom.submissions import Graded, Status
from autograder.model.errors import ConfigError
from autograder.render.json_report import dumps, loads

_VERSION = 1
_PATIENCE_S = 60.0
_TABLES = """
CREATE TABLE gradings (
    key TEXT PRIMARY KEY, status TEXT NOT NULL, score REAL, problem TEXT NOT NULL,
    wall_s REAL NOT NULL, host TEXT NOT NULL, report TEXT
);
CREATE TABLE written (submission TEXT PRIMARY KEY, key TEXT NOT NULL, beside TEXT NOT NULL);
"""


class Ledger:
    """Gradings by their keys, and which grading each submission's pages show."""

    def __init__(self, path: Path) -> None:
        """Raises ConfigError when the file is no ledger of this version."""
        # each statement is one step; a person who looks into the file may hold it for a while
        self._database = sqlite3.connect(path, timeout=_PATIENCE_S, isolation_level=None)
        try:
            self._prepare()
        except (sqlite3.DatabaseError, ConfigError) as error:
            self._database.close()
            raise ConfigError(f"{path} cannot be used: {error}; grade into a new folder") from None

    def find(self, key: str) -> Graded | None:
        """The grading of this key, whose `id` is the key; None: there is none yet."""
        columns = "status, problem, wall_s, host, report"
        query = f"SELECT {columns} FROM gradings WHERE key = ?"
        row = self._database.execute(query, (key,)).fetchone()
        if row is None:
            return None
        status, problem, wall_s, host, report = row
        return Graded(
            id=key,
            status=Status(status),
            report=loads(report) if report else None,
            problem=problem,
            wall_s=wall_s,
            host=host,
        )

    def is_decided(self, key: str) -> bool:
        """Whether it is graded, and need not be again."""
        query = "SELECT 1 FROM gradings WHERE key = ? AND status = ?"
        found = self._database.execute(query, (key, Status.GRADED.value)).fetchone()
        return found is not None

    def keep(self, graded: Graded) -> None:
        """Store a grading under its `id`, which is its key; one that is there is replaced, and no
        page shows it."""
        report = dumps(graded.report, staff=True) if graded.report else None
        row = (
            *(graded.id, graded.status.value, graded.score, graded.problem),
            *(graded.wall_s, graded.host, report),
        )
        with self._database:  # both or neither
            self._database.execute("BEGIN")
            self._database.execute(
                "INSERT OR REPLACE INTO gradings VALUES (?, ?, ?, ?, ?, ?, ?)", row
            )
            self._database.execute("DELETE FROM written WHERE key = ?", (graded.id,))

    def is_written(self, submission: str, key: str, beside: str) -> bool:
        """Whether the pages of a submission show this grading, and this text beside it."""
        query = "SELECT 1 FROM written WHERE submission = ? AND key = ? AND beside = ?"
        return self._database.execute(query, (submission, key, beside)).fetchone() is not None

    def note_written(self, submission: str, key: str, beside: str) -> None:
        """After its pages were written."""
        row = (submission, key, beside)
        self._database.execute("INSERT OR REPLACE INTO written VALUES (?, ?, ?)", row)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _prepare(self) -> None:
        (version,) = self._database.execute("PRAGMA user_version").fetchone()
        if version == 0:
            self._database.executescript(
                f"BEGIN; {_TABLES} PRAGMA user_version = {_VERSION}; COMMIT;"
            )
        elif version != _VERSION:
            raise ConfigError(f"it is a ledger of version {version}, not {_VERSION}")
