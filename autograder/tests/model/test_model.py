"""The shared vocabulary: verdicts, reports, units, formulas, and TOML that explains its errors."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.model.assignment import Budget, load_assignment
from autograder.model.check import CheckDeclaration
from autograder.model.course import (
    Course,
    all_assignments,
    assignment_ids,
    find_assignment,
    find_root,
    load_course,
)
from autograder.model.errors import ConfigError, UsageError
from autograder.model.formula import evaluate
from autograder.model.outcome import Measurement, Message, Outcome, StudentLine
from autograder.model.report import Part, Report
from autograder.model.units import parse_bytes, show_bytes, show_points, show_quantity, show_seconds
from autograder.model.verdict import Verdict
from autograder.tests.grading.tiny import Tiny


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_a_sentence_and_help(verdict: Verdict) -> None:
    """The one table is complete: each verdict says what happened, and what to do about it."""
    assert verdict.sentence.endswith(".")
    assert verdict.help or verdict is Verdict.PASSED
    assert verdict.word == verdict.value.lower().replace("_", " ")


def outcome(verdict: Verdict, points: float = 1, score: float = 0, **changes: object) -> Outcome:
    """An outcome of a check of part 1.1."""
    check = CheckDeclaration(id="a", title="A.", part="1.1", points=points, **changes)  # type: ignore[arg-type]
    return Outcome(check=check, verdict=verdict, score=score)


def report(*outcomes: Outcome) -> Report:
    """A report with these outcomes."""
    part = Part(id="1.1", title="First", points=1, hours=1)
    return Report(assignment="tiny", title="Tiny", parts=(part,), outcomes=outcomes)


def test_points_are_added_without_binary_dust() -> None:
    """0.1 + 0.2 is 0.3 points; optional parts add to the score and not to the total."""
    parts = [outcome(Verdict.PASSED, p, p) for p in (0.1, 0.2)]
    extra = outcome(Verdict.PASSED, 5, 5, optional=True)
    assert report(*parts).score == 0.3
    assert (report(*parts, extra).score, report(*parts, extra).points) == (5.3, 0.3)


def test_the_exit_status_says_whose_fault_it_is() -> None:
    """0: all passed; 1: a check failed; 2: ours, and a report of nothing is ours as well."""
    passed, wrong, ours = (
        outcome(v) for v in (Verdict.PASSED, Verdict.WRONG, Verdict.GRADER_ERROR)
    )
    assert report(passed).exit_status == 0
    assert report(passed, wrong).exit_status == 1
    assert report(passed, wrong, ours).exit_status == 2
    assert report().exit_status == 2
    assert report(passed, ours).broken == (ours,)
    assert report(passed).of_part(report().parts[0]) == (passed,)


def test_a_budget_is_inclusive() -> None:
    """Just below and exactly at the budget are within, just above is not."""
    values = {0.9: True, 1.0: True, 1.1: False}
    for value, within in values.items():
        m = Measurement(name="b", kind="time", value=value, budget=1.0, unit="x yardstick")
        assert m.within is within


def test_a_message_prints_only_its_lines() -> None:
    """Empty lines are left out, and the marked ones say what they are."""
    assert Message("what").lines() == ["what"]
    assert Message("a", "b", "c", "d").lines() == ["a", "b", "looks like: c", "hint: d"]
    assert str(StudentLine("w.py", 3, "f", "x = 1")) == "w.py, line 3, in f: x = 1"
    assert str(StudentLine("w.py", 3)) == "w.py, line 3"


@pytest.mark.parametrize(
    ("text", "count"),
    [("0 B", 0), ("200 B", 200), ("64 KiB", 65536), ("1.5 GB", 1_500_000_000), (" 2MiB ", 2**21)],
)
def test_sizes_are_read(text: str, count: int) -> None:
    """A number and a unit, decimal or binary."""
    assert parse_bytes(text) == count


@pytest.mark.parametrize("text", ["", "64", "64 kb", "1.2.3 MB", ". B", "-1 MB", "1e3 B", "MB"])
def test_other_sizes_are_refused_with_the_units(text: str) -> None:
    """What is no size is a ConfigError that lists the units."""
    with pytest.raises(ConfigError, match="is not a size: write a number and one of B, kB, MB"):
        parse_bytes(text)


@given(st.integers(0, 999 * 10**9))
def test_shown_sizes_are_right_to_three_digits(count: int) -> None:
    """What is shown for people reads back to within rounding."""
    shown = show_bytes(count)
    assert parse_bytes(shown) == pytest.approx(count, rel=0.006)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0 ms"), (0.01234, "12.3 ms"), (0.9994, "999 ms"), (0.9996, "1 s"), (1.239, "1.24 s"),
        (59.4, "59.4 s"), (59.99, "1 min 0 s"), (125, "2 min 5 s"), (3600, "60 min 0 s"),
    ],
)  # fmt: skip
def test_seconds_are_shown_for_people(seconds: float, shown: str) -> None:
    """Milliseconds, seconds or minutes, without 60 s or 1000 ms."""
    assert show_seconds(seconds) == shown


def test_quantities_and_points_are_shown_for_people() -> None:
    """Whole numbers in groups of three, bytes in units, points without .0."""
    assert show_quantity(1234567, "interpreter steps") == "1 234 567 interpreter steps"
    assert show_quantity(2.5, "x yardstick") == "2.5 x yardstick"
    assert show_quantity(1_250_000, "bytes") == "1.25 MB"
    assert (show_points(4.0), show_points(0.25)) == ("4", "0.25")


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("3*B*c*8 + 64*KiB", 3 * 10 * 4 * 8 + 65536),
        ("2**3 - 1", 7),
        ("(B + c) / 4 // 2", 1),
        ("max(B, c) + min(B, 2) + ceil(0.5) + sqrt(16) + log2(8)", 20),
        ("-1 + B", 9),
        ("1.5*MB", 1_500_000),
    ],
)
def test_formulas_are_arithmetic(formula: str, value: float) -> None:
    """Numbers, sizes, units, the operators and a few functions."""
    assert evaluate(formula, {"B": 10, "c": 4}) == value


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("3*d", "unknown size 'd'; given: B"),
        ("3*", "is not a formula"),
        ("", "is not a formula"),
        ("__import__('os')", "only numbers"),
        ("'a'*3", "only numbers"),
        ("True", "only numbers"),
        ("B.real", "only numbers"),
        ("[1]", "only numbers"),
        ("1 if B else 2", "only numbers"),
        ("1/0", "cannot be computed"),
        ("log2(0)", "cannot be computed"),
        ("sqrt()", "cannot be computed"),
        ("9.0**999", "cannot be computed"),
        ("(-8)**0.5", "cannot be computed"),
    ],
)
def test_anything_else_in_a_formula_is_refused(formula: str, expected: str) -> None:
    """A formula that is no arithmetic or has no value is a ConfigError that says why."""
    with pytest.raises(ConfigError, match=expected):
        evaluate(formula, {"B": 10})


TOML = {
    "key at the top": ("colour = 1", r"unknown key 'colour'; "),
    "near key": ('sumary = "a"', r"unknown key 'sumary'; did you mean 'summary'\?"),
    "limit": ("[limits]\ncal_s = 3", r"unknown key 'cal_s' in \[limits\]; did you mean 'call_s'\?"),
    "budget": (
        '[budgets.a]\nmemry = "1"',
        r"unknown key 'memry' in \[budgets\.a\]; did you mean 'memory'\?",
    ),
    "operation": (
        '[[yardsticks.y.operations]]\nop = "exp"\nshape = [[2]]',
        r"unknown key 'shape' .*did you mean 'shapes'\?",
    ),
    "type": (
        '[limits]\ncall_s = "3"',
        r"assignment\.toml: Expected `float`, got `str`.*limits\.call_s",
    ),
    "not positive": ("[limits]\ncall_s = 0", r"Expected `float` > 0.*limits\.call_s"),
    "no toml": ("a = = 1", r"assignment\.toml is not valid TOML: .*line"),
    "two kinds": ('[budgets.a]\nmemory = "1"\noperations = "2"', r"budgets\.a: .*exactly one of"),
    "no kind": ("[budgets.a]", r"budgets\.a: a budget has exactly one of"),
    "no yardstick": (
        '[yardsticks.product]\n[budgets.a]\ntime = 1.0\nyardstick = "produkt"',
        r"no yardstick 'produkt'; did you mean 'product'\?",
    ),
    "memory": ('[limits]\nmemory = "1 gig"', r"'1 gig' is not a size"),
}


@pytest.mark.parametrize("name", TOML)
def test_a_bad_assignment_file_names_file_key_and_nearest(tmp_path: Path, name: str) -> None:
    """Each slip in assignment.toml is a ConfigError that names the file and what is wrong."""
    more, expected = TOML[name]
    head = 'title = "T"\norder = 1\nsubmit = ["w.py"]\n'
    parts = 'parts = [{id = "1", title = "A", points = 1, hours = 1}]\n'
    at_top = not more.startswith("[")
    text = head + parts + more if not at_top else head + more + "\n" + parts
    (tmp_path / "assignment.toml").write_text(text)
    with pytest.raises(ConfigError, match=expected) as caught:
        load_assignment(tmp_path)
    assert "assignment.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('id = "1.2"', 'id = "1.1"', "part '1.1' is declared twice"),
        (
            "[limits]",
            '[experiments]\na = ["1.9"]\n[limits]',
            r"experiments\.a: no part '1\.9'; did",
        ),
        ('["work.py"]', '["work.txt"]', "submit must start with a .py file"),
        ('["work.py"]', "[]", "submit must start with a .py file"),
        ("points = 10", "points = 0", "worth no points"),
        ('title = "Tiny"\n', "", "missing required field `title`"),
        ('title = "Tiny"\n', 'title = "T"\nshared = ["no.npz"]\n', "but there is no .*no.npz"),
    ],
)
def test_an_assignment_must_make_sense(tiny: Tiny, old: str, new: str, expected: str) -> None:
    """Duplicate parts, nothing to import, nothing to earn: each is refused."""
    path = tiny.public / "assignment.toml"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(ConfigError, match=expected):
        load_assignment(tiny.public)


def test_an_assignment_is_read_with_its_defaults(tiny: Tiny) -> None:
    """Limits, points and budgets are the file's; an unknown budget names the nearest."""
    tiny.toml('[budgets.buffers]\nmemory = "3*B"')
    found = load_assignment(tiny.public)
    assert (found.id, found.module, found.points) == ("tiny", "work.py", 20)
    assert found.limits.output_bytes == 10**6
    assert found.limits.memory_bytes == 300 * 10**6
    assert found.budget("buffers").kind == "memory"
    with pytest.raises(ConfigError, match="tiny has no budget 'bufers'; did you mean 'buffers'"):
        found.budget("bufers")
    assert Budget(time=1.0).kind == "time"


def test_assignments_are_found_by_their_files(tiny: Tiny) -> None:
    """From any folder inside the course; an unknown id names the nearest; there is no list."""
    other = tiny.root / "assignments" / "before"
    other.mkdir()
    text = (tiny.public / "assignment.toml").read_text().replace("order = 1", "order = 0")
    (other / "assignment.toml").write_text(text)
    assert find_root(tiny.public / "checks") == tiny.root.resolve()
    assert assignment_ids(tiny.root) == ["before", "tiny"]
    assert [a.id for a in all_assignments(tiny.root)] == ["before", "tiny"]
    assert find_assignment(tiny.root, "tiny").private == tiny.private
    assert find_assignment(tiny.root, "before").private is None
    with pytest.raises(UsageError, match="there is no assignment 'tinny'; did you mean 'tiny'"):
        find_assignment(tiny.root, "tinny")
    with pytest.raises(UsageError, match="known: before, tiny"):
        find_assignment(tiny.root, "sgd")


def test_a_folder_without_assignments_says_where_to_go(tmp_path: Path) -> None:
    """Outside a course the error says to change into the unpacked zip."""
    with pytest.raises(UsageError, match="no assignments/ folder at or above"):
        find_root(tmp_path)


def test_the_course_secret_must_exist_and_be_long(tmp_path: Path) -> None:
    """A missing or short secret is an error that says how to make one; a good one is read."""
    path = tmp_path / "secret"
    (tmp_path / "course.toml").write_text(f'name = "C"\nterm = "T"\nsecret_file = "{path}"\n')
    course = load_course(tmp_path)
    for content in (None, b"", b"short \n"):
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(ConfigError, match=r"no course secret \(at least 16 bytes\) in"):
            course.secret()
    path.write_bytes(b"sixteen bytes at least\n")
    assert course.secret() == b"sixteen bytes at least"


def test_a_bad_course_file_names_the_nearest_key(tmp_path: Path) -> None:
    """Unknown keys of course.toml are refused like those of assignments; so is a missing file."""
    with pytest.raises(ConfigError, match=r"course\.toml does not exist"):
        load_course(tmp_path)
    head = 'name = "C"\nterm = "T"\nsecret_file = "s"\n'
    (tmp_path / "course.toml").write_text(head + "[late]\ngrace = 3\n")
    with pytest.raises(
        ConfigError, match=r"unknown key 'grace' in \[late\]; did you mean 'grace_h"
    ):
        load_course(tmp_path)
    assert Course(name="C", term="T", secret_file="s").group_size == 4
