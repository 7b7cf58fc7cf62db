"""Tests of the terminal's progress lines and summary."""

import io
import re
import subprocess
import sys

import msgspec
import pytest

from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.render.terminal.console import TerminalReporter
from autograder.tests.render.reports import (
    CANARY,
    STAFF_CANARY,
    declaration,
    full_report,
    hidden_outcome,
    passing_report,
    report_with_output,
)

ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")


@pytest.fixture(autouse=True)
def _ordinary_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def shown(report: Report, stream: io.StringIO, *, width: int = 80, staff: bool = False) -> str:
    """Everything a reporter writes about this report."""
    reporter = TerminalReporter(stream, title=report.title, staff=staff, width=width)
    reporter.start([outcome.check for outcome in report.outcomes])
    for outcome in report.outcomes:
        reporter.outcome(outcome)
    reporter.finish(report)
    return stream.getvalue()


def words(text: str) -> list[str]:
    """The words without colours, rules and layout."""
    return re.findall(r"\w[\w.,'()/]*", ESCAPE.sub("", text))


def test_a_pipe_gets_plain_text() -> None:
    """Without a terminal there is not one escape sequence."""
    assert "\x1b" not in shown(full_report(), io.StringIO())


def test_a_dumb_terminal_gets_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that announces no abilities is treated as a pipe."""
    monkeypatch.setenv("TERM", "dumb")

    assert "\x1b" not in shown(full_report(), Terminal())


def test_no_color_takes_the_colours_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal is coloured, and with NO_COLOR no colour code is left (bold and dim may be)."""
    colours = re.compile(r"^(3|4|9|10)\d$|^[34]8$")

    def used(text: str) -> set[str]:
        codes = (code for match in ESCAPE.finditer(text) for code in match[1].split(";"))
        return {code for code in codes if colours.match(code)}

    assert used(shown(full_report(), Terminal()))
    monkeypatch.setenv("NO_COLOR", "1")
    assert not used(shown(full_report(), Terminal()))


def test_plain_and_coloured_say_the_same() -> None:
    """Both renderings hold the same words in the same order."""
    report = full_report()

    assert words(shown(report, Terminal())) == words(shown(report, io.StringIO()))


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
@pytest.mark.parametrize("stream", [io.StringIO, Terminal])
def test_no_line_is_wider_than_the_terminal(width: int, stream: type[io.StringIO]) -> None:
    """Every line of every section fits, from very narrow to wide."""
    text = ESCAPE.sub("", shown(full_report(), stream(), width=width))

    assert [line for line in text.splitlines() if len(line) > width] == []


def test_a_narrow_table_loses_no_number() -> None:
    """Where columns do not fit, rows become paragraphs with the same contents."""
    narrow = " ".join(shown(full_report(), io.StringIO(), width=30).split())

    assert "37.7 MB of 1.25 MB" in narrow


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437", "utf-8"])
@pytest.mark.parametrize("tty", [False, True])
def test_any_encoding_can_show_it(encoding: str, tty: bool) -> None:
    """Symbols and output that a code page lacks are replaced, and nothing is raised."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    stream.isatty = lambda: tty  # type: ignore[method-assign]
    report = full_report(outcomes=(*full_report().outcomes, *report_with_output("π → 数").outcomes))
    reporter = TerminalReporter(stream, title="Añadir", width=80)
    reporter.start([])
    reporter.finish(report)
    stream.flush()

    text = raw.getvalue().decode(encoding)
    assert ("█" in text) == (encoding in ("cp437", "utf-8"))
    assert ("####" in text) == (encoding in ("ascii", "cp1252"))


def test_each_outcome_is_one_line_with_verdict_part_title_and_points() -> None:
    """Each outcome is one line of progress, written as soon as it arrives."""
    stream = io.StringIO()
    reporter = TerminalReporter(stream, title="SGD", width=80)
    reporter.start([declaration("loss", "1.1")] * 2)
    before = stream.getvalue()

    reporter.outcome(Outcome(check=declaration("loss", "1.1"), verdict=Verdict.WRONG, score=1))

    line = stream.getvalue()[len(before) :]
    assert line.endswith("\n") and line.count("\n") == 1
    assert line.split() == ["1/2", "wrong", "1.1", "The", "loss", "1/4"]


def test_a_failed_check_shows_its_message_line_and_output() -> None:
    """The message, the recognised mistake, the hint, the line and the output are shown."""
    text = shown(full_report(), io.StringIO())

    for row in (
        "the loss is off by a factor of 64",
        "worst at [2, 5]: got 12.8, expected 0.2",
        "looks like: a sum over the batch where a mean was asked for",
        "hint: handout, section 2.1",
        "at sgd.py, line 18, in softmax_xent: return -np.sum(Y * logp)",
        "| epoch 1: 2.1100",
    ):
        assert f"  {row}\n" in text


def test_a_check_without_a_message_explains_its_verdict() -> None:
    """The verdict has a sentence and advice of its own."""
    text = shown(full_report(), io.StringIO(), width=120)

    assert Verdict.NOT_FOUND.sentence in text
    assert Verdict.NOT_FOUND.help in text


def test_budgets_are_drawn_with_their_numbers() -> None:
    """Each measurement has its budget, a bar, and the word over where it is over."""
    rows = shown(full_report(), io.StringIO(), width=100).splitlines()

    over = next(row for row in rows if "one epoch" in row)
    within = next(row for row in rows if "steps per example" in row)
    assert "61 214 of 4 000 interpreter steps" in over and over.endswith("█ 15 x over")
    assert "0.02 of 0.2 growth exponent" in within and within.endswith("░ 10 %")


def test_the_next_step_is_the_first_failing_check() -> None:
    """The summary ends with the command for the part to work on."""
    text = shown(full_report(outcomes=full_report().outcomes[4:8]), io.StringIO(), width=100)

    assert text.endswith(
        "Look first at part 1.2: The gradient keeps its shape\n"
        "After your change, run: autograder check sgd --part 1.2\n"
    )


def test_when_all_passed_the_next_step_is_handing_in() -> None:
    """A full pass says how to hand in, and no check is said to have failed."""
    text = shown(passing_report(), io.StringIO())

    assert text.endswith("Everything passed. To hand in, run: autograder pack sgd\n")
    assert "did not pass" not in text


def test_when_a_part_passed_the_next_step_is_the_whole() -> None:
    """Handing in after a check of one part would be too early."""
    report = msgspec.structs.replace(passing_report(), partial=True)

    assert shown(report, io.StringIO()).endswith("run: autograder check sgd\n")


def test_a_grader_error_is_our_fault_and_undecided() -> None:
    """No zero is shown for it, and the student learns whom to write to."""
    text = shown(full_report(), io.StringIO())

    assert "?/2" in text and "1 undecided" in text
    assert "Please send this report to the staff." in text


def test_an_empty_report_is_not_a_success() -> None:
    """A report without any outcome is a failure of the grader, and says so."""
    text = shown(full_report(outcomes=()), io.StringIO())

    assert "The grader itself failed." in text
    assert "Everything passed" not in text


@pytest.mark.parametrize("stream", [io.StringIO, Terminal])
def test_a_student_sees_no_canary(stream: type[io.StringIO]) -> None:
    """Neither progress nor summary holds anything of a hidden check or for staff."""
    text = shown(full_report(), stream())

    assert CANARY not in text and STAFF_CANARY not in text
    assert "8675309" not in text and "8.68 MB" not in text


def test_staff_see_what_is_theirs() -> None:
    """With `staff`, hidden messages and staff notices are there."""
    text = shown(full_report(), io.StringIO(), staff=True)

    assert f"{CANARY} what" in text and f"staff: {STAFF_CANARY}" in text


@pytest.mark.parametrize("stream", [io.StringIO, Terminal])
def test_student_output_cannot_steer_the_terminal(stream: type[io.StringIO]) -> None:
    """Escape sequences and control characters are removed; markup of rich is shown as typed."""
    report = report_with_output("\x1b[2J\x1b]0;owned\x07 [bold red]boo[/] :smile: \x00\x08\ud800")

    text = shown(report, stream())

    assert "[bold red]boo[/] :smile:" in ESCAPE.sub("", text)
    assert "\x1b[2J" not in text and "owned" not in text
    assert not set(text) & {"\x00", "\x08", "\ud800"}


def test_a_huge_output_is_cut_visibly() -> None:
    """A megabyte of output takes at most a screenful."""
    text = shown(report_with_output("line\n" * 200_000), io.StringIO())

    assert len(text) < 10_000
    assert "characters left out" in text


def test_two_renderings_are_equal() -> None:
    """Equal reports produce equal text."""
    assert shown(full_report(), Terminal()) == shown(full_report(), Terminal())


def test_the_width_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """COLUMNS sets the width where none is given."""
    monkeypatch.setenv("COLUMNS", "33")
    stream = io.StringIO()
    TerminalReporter(stream, title="SGD").finish(full_report())

    assert max(map(len, stream.getvalue().splitlines())) <= 33


def test_rich_is_imported_only_for_a_terminal() -> None:
    """Neither a pipe imports rich, nor does any command import jinja2 before it writes a page."""
    code = (
        "import sys, io, autograder.render.html.page\n"
        "from autograder.render.terminal.console import TerminalReporter\n"
        "TerminalReporter(io.StringIO(), title='SGD').start([])\n"
        "print(sorted({'rich', 'jinja2'} & set(sys.modules)))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert result.stdout == "[]\n"


def test_a_visible_failure_says_how_to_read_more() -> None:
    """Only a visible check has more to read at home."""
    visible = Outcome(check=declaration("one", "1.1"), verdict=Verdict.WRONG)
    told = shown(full_report(outcomes=(visible, hidden_outcome(Verdict.WRONG))), io.StringIO())
    assert "more: autograder explain check_one" in told
    assert told.count("more: autograder explain") == 1
