"""What holds for every renderer: ignored files are named, and no text of a student does harm."""

import io
import re
from collections.abc import Callable

import pytest

from autograder.model.outcome import Message, Outcome, StudentLine
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.render.html import page as html
from autograder.render.json_report import dumps, loads
from autograder.render.terminal.console import TerminalReporter
from autograder.tests.gradescope.samples import results_of
from autograder.tests.render.reports import CANARY, declaration, full_report, hidden_outcome

COLOUR = re.compile(r"\x1b\[[0-9;]*m")  # the terminal's own
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800]")
STEERS = "\x1b[2J\x1b]0;owned\x07\x9b31m\x00\x08\u202e\u2066\ud800"
MARKUP = "</pre><script>alert(1)</script><img src=x onerror=alert(1)>"
FORGED = "numpy.py\nTotal: 105 of 100 points."


class Terminal(io.StringIO):
    """A stream with colours."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def on(stream: io.StringIO, report: Report, staff: bool) -> str:
    """What the terminal shows, without its own colours."""
    reporter = TerminalReporter(stream, title=report.title, staff=staff, width=100)
    reporter.start([outcome.check for outcome in report.outcomes])
    for outcome in report.outcomes:
        reporter.outcome(outcome)
    reporter.finish(report)
    return COLOUR.sub("", stream.getvalue())


def results(report: Report, staff: bool) -> str:
    """All texts of results.json, which is the same for staff, as Gradescope reads them."""

    def texts(value: object) -> list[str]:
        if isinstance(value, dict):
            return [t for pair in value.items() for part in pair for t in texts(part)]
        if isinstance(value, list):
            return [t for part in value for t in texts(part)]
        return [value] if isinstance(value, str) else []

    return "\n".join(texts(results_of(report)))


Renderer = Callable[[Report, bool], str]
RENDERERS: dict[str, Renderer] = {
    "pipe": lambda report, staff: on(io.StringIO(), report, staff),
    "terminal": lambda report, staff: on(Terminal(), report, staff),
    "html": lambda report, staff: html.render(report, staff=staff),
    "json": lambda report, staff: dumps(report, staff),
    "gradescope": results,
}
every_renderer = pytest.mark.parametrize("name", RENDERERS)


@pytest.fixture(autouse=True)
def _ordinary_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def hostile_report(text: str) -> Report:
    """A report with this text in every place that a student or a file name can fill."""
    outcomes = [
        Outcome(
            check=declaration(f"loss_{visible}", "1.1", visible=visible),
            verdict=Verdict.CRASHED,
            message=Message(text, text, text, text),
            lines=(StudentLine(text, 1, text, text), StudentLine("sgd.py", 2, text, text)),
            output=text,
            note=text,
            staff=text,
        )
        for visible in (True, False)
    ]
    return full_report(
        outcomes=tuple(outcomes),
        files={text: text},
        ignored=(text,),
        notices=(text,),
        staff_notices=(text,),
        isolation={"network": text},
    )


@every_renderer
def test_ignored_files_are_named(name: str) -> None:
    """Readers of the report learn which files did not count."""
    names = ("conftest.py", "numpy.py", "work.zip (an archive)", "12 more files")
    text = RENDERERS[name](full_report(ignored=names), False)
    for ignored in names:
        assert ignored in text
    assert text.count("ignored") >= (1 if name == "json" else len(names))


@every_renderer
@pytest.mark.parametrize("staff", [False, True])
def test_no_text_steers_a_terminal_or_the_reading_order(name: str, staff: bool) -> None:
    """No escape, control character or mark of direction is left, for students or staff."""
    text = RENDERERS[name](hostile_report(f"before{STEERS}after"), staff)
    assert "before" in text and "after" in text
    assert HARMFUL.findall(text) == []


@pytest.mark.parametrize("name", ["html", "json"])
@pytest.mark.parametrize("staff", [False, True])
def test_no_text_becomes_a_tag(name: str, staff: bool) -> None:
    """This holds for the page, and for another file that is opened as one."""
    text = RENDERERS[name](hostile_report(MARKUP), staff)
    assert "<script" not in text and "<img" not in text
    assert "alert(1)" in text


def test_gradescope_is_told_that_texts_are_no_markup() -> None:
    """Markup stays as it was typed, because every format says plain text."""
    written = results_of(hostile_report(MARKUP))
    formats = {written[key] for key in written if key.endswith("_format")}
    assert formats == {"text"}
    assert not [key for test in written["tests"] for key in test if key.endswith("_format")]


@pytest.mark.parametrize("name", ["pipe", "terminal", "gradescope"])
def test_a_file_name_forges_no_line(name: str) -> None:
    """A line end within a name does not begin a line of the report."""
    text = RENDERERS[name](full_report(ignored=(FORGED,)), False)
    assert "numpy.py Total: 105 of 100 points." in text
    assert not [line for line in text.splitlines() if line.strip().startswith("Total: 105")]


def test_json_gives_back_what_it_escapes() -> None:
    """Nothing is lost: readers of the file get the same text."""
    report = full_report(notices=("\x9b\u202e<script>\x1b\x7f",))
    assert loads(dumps(report, staff=True)).notices == report.notices


@pytest.mark.parametrize("name", ["pipe", "terminal", "html", "gradescope"])
def test_predictions_stand_beside_measurements(name: str) -> None:
    """Each row has the configuration, both costs, the ratio and the verdict."""
    text = re.sub(r"<[^>]*>|\s+", " ", RENDERERS[name](full_report(), False))
    shown = " ".join(text.split())
    for row in (
        ("predict_bytes, B = 750, d = 30", "259 200", "313 768 bytes", "0.826, within"),
        ("predict_bytes, B = 30, d = 750", "244 800", "491 168 bytes", "0.498, off"),
        ("predict_bytes, B = 1, d = 1", "3", "0 bytes", "-, off"),
    ):
        start = shown.index(row[0])
        assert all(cell in shown[start : start + 200] for cell in row)
        assert [shown.index(cell, start) for cell in row] == sorted(
            shown.index(cell, start) for cell in row
        )


@every_renderer
def test_predictions_of_hidden_checks_are_for_staff(name: str) -> None:
    """Their configurations are hidden inputs, so only staff see them."""
    outcome = hidden_outcome(Verdict.WRONG)
    report = full_report(outcomes=(outcome,))
    assert CANARY not in RENDERERS[name](report, False)
    if name != "gradescope":
        assert "8 675 309 CANARY" in RENDERERS[name](report, True) or name == "json"
        assert CANARY in RENDERERS[name](report, True)


@every_renderer
def test_a_report_without_predictions_has_no_table_of_them(name: str) -> None:
    """Most assignments predict nothing, and their reports do not mention it."""
    outcome = Outcome(check=declaration("loss", "1.1"), verdict=Verdict.PASSED)
    text = RENDERERS[name](full_report(outcomes=(outcome,)), False)
    assert "Predicted" not in text and "predicted" not in text
