"""What an author sees of a check that breaks, while the others still run."""

import io

from autograder.model.outcome import Outcome
from autograder.model.verdict import Verdict
from autograder.render.terminal.console import TerminalReporter
from autograder.tests.render.reports import declaration


def test_a_check_that_breaks_shows_its_traceback_at_once() -> None:
    """Before the next check runs, and harmless; only where it is asked for."""
    broken = Outcome(
        check=declaration("loss", "1.1"),
        verdict=Verdict.GRADER_ERROR,
        staff="Traceback\n" + "x\n" * 90 + '  File "check_1.py", line 3\x1b[2J\nKeyError: 1\n',
    )
    for causes in (False, True):
        stream = io.StringIO()
        reporter = TerminalReporter(stream, title="SGD", width=80, causes=causes)
        reporter.start([declaration("loss", "1.1")])
        reporter.outcome(broken)
        rows = stream.getvalue().splitlines()
        assert ("    KeyError: 1" in rows) is causes and len(rows) == 2 + 30 * causes
        assert "\x1b" not in stream.getvalue()
