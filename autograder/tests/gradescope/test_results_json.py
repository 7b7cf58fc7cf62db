"""results.json: every rule, and every mistake that other autograders are known to make."""

import json
import math
from typing import Any

import pytest

from autograder.gradescope.rehearsal.reading import find_problems
from autograder.render.results_json import (
    CUT_AT,
    LONG,
    MAX_BYTES,
    GradescopeResults,
    GradescopeTest,
    LeaderboardEntry,
    Problem,
)


def with_test(**changes: object) -> dict[str, Any]:
    """Valid results of one test, with these keys of the test changed."""
    return {"tests": [{"name": "a", "score": 1, "max_score": 2, **changes}]}


def with_top(**changes: object) -> dict[str, Any]:
    """Valid results, with these top-level keys added."""
    return {**with_test(), **changes}


def with_entry(**entry: object) -> dict[str, Any]:
    """Valid results with one leaderboard entry."""
    return with_top(leaderboard=[entry])


def validate(results: object) -> list[Problem]:
    """The problems of these results as a file."""
    return find_problems(json.dumps(results).encode())


def only(results: object) -> Problem:
    """The single problem of these results."""
    problems = validate(results)
    assert len(problems) == 1, list(map(str, problems))
    return problems[0]


VALID: list[dict[str, Any]] = [
    {"score": 0},
    {"score": 3.5, "tests": []},
    with_test(),
    with_test(status="failed", number="1.1", output="a\nb", tags=["x"], visibility="visible"),
    with_test(number=1.1, output_format="md", name_format="html", extra_data={"deep": [None, {}]}),
    with_test(score=3, extra_data={"extra_credit": True}),
    with_test(output="\x1b[31mred\x1b[0m", output_format="ansi"),
    with_top(score=1, execution_time=0.5, output="", output_format="text", test_output_format="md"),
    with_top(stdout_visibility="hidden", visibility="visible", test_name_format="text"),
    with_entry(name="time", value=3, order="asc"),
    with_entry(name="time", value="3 s"),
]


@pytest.mark.parametrize("results", VALID)
def test_good_results_have_no_problem(results: dict[str, Any]) -> None:
    """What the documentation allows has no problem."""
    assert list(map(str, validate(results))) == []


ERRORS: list[tuple[object, str, str]] = [
    ([], "", "not an object but a list"),
    ("text", "", "not an object but a string"),
    ({}, "score", "no score"),
    ({"tests": [{"name": "a"}]}, "score", "none on a test"),
    (with_top(score="1"), "score", "not a number"),
    (with_top(score=True), "score", "not a number"),
    (with_top(score=None), "score", "null"),
    (with_top(execution_time="0.02"), "execution_time", "not a number"),
    (with_top(execution_time=-1), "execution_time", "below 0"),
    (with_top(output=3), "output", "not a string"),
    (with_top(output=["a"]), "output", "not a string"),
    (with_top(output="a\0b"), "output", "U+0000"),
    (with_top(output="\ud800"), "output", "surrogate"),
    (with_top(output="x" * (CUT_AT + 1)), "output", "cuts the middle"),
    (with_top(output_format="markdown"), "output_format", "not known"),
    (with_top(visibility="shown"), "visibility", "not known"),
    (with_top(stdout_visibility=True), "stdout_visibility", "not a string"),
    (with_top(extra_data=[1]), "extra_data", "not an object"),
    ({"score": 1, "tests": {}}, "tests", "not a list"),
    ({"score": 0, "tests": [None]}, "tests[0]", "not an object"),
    ({"score": 0, "tests": ["output"]}, "tests[0]", "not an object"),
    (with_test(score=3), "tests[0].score", "above max_score"),
    (with_test(score=-1), "tests[0].score", "below 0"),
    (with_test(max_score=-2, score=-3), "tests[0].max_score", "below 0"),
    (with_test(status=None), "tests[0].status", "null"),
    (with_test(status="pass"), "tests[0].status", "not known"),
    (with_test(status=True), "tests[0].status", "not a string"),
    (with_test(name=""), "tests[0].name", "empty"),
    (with_test(name=7), "tests[0].name", "not a string"),
    (with_test(number=[1]), "tests[0].number", "not a number"),
    (with_test(tags="a"), "tests[0].tags", "not a list"),
    (with_test(tags=["a", None]), "tests[0].tags[1]", "not a string"),
    (with_test(visibility="after_due"), "tests[0].visibility", "not known"),
    (with_test(output=None), "tests[0].output", "null"),
    (with_top(leaderboard={"name": "a"}), "leaderboard", "not a list"),
    (with_top(leaderboard=[3]), "leaderboard[0]", "not an object"),
    (with_entry(name="a", value=1, order="up"), "leaderboard[0].order", "not known"),
    (with_entry(value=1), "leaderboard[0]", "missing required field `name`"),
    (with_entry(name="a"), "leaderboard[0]", "missing required field `value`"),
]


@pytest.mark.parametrize(("results", "path", "what"), ERRORS)
def test_each_error_is_named_with_its_path(results: object, path: str, what: str) -> None:
    """What Gradescope would refuse or garble is fatal, and its path leads to it."""
    found = [p for p in validate(results) if p.path == path and what in p.what]
    assert len(found) == 1, list(map(str, validate(results)))
    assert found[0].fatal


NOT_FINITE: list[tuple[GradescopeResults, str]] = [
    (GradescopeResults(score=float("nan")), "score"),
    (GradescopeResults(score=1, extra_data={"a": float("inf")}), "extra_data"),
    (
        GradescopeResults(tests=(GradescopeTest(score=math.inf, max_score=math.inf),)),
        "tests[0].score",
    ),
    (
        GradescopeResults(score=1, leaderboard=(LeaderboardEntry(name="a", value=math.nan),)),
        "leaderboard[0].value",
    ),
]


@pytest.mark.parametrize(("results", "path"), NOT_FINITE)
def test_a_number_that_is_not_finite_is_refused(results: GradescopeResults, path: str) -> None:
    """A renderer can compute one, and JSON has none."""
    assert path in {problem.path for problem in results.problems() if problem.fatal}


WARNINGS: list[tuple[dict[str, Any], str, str]] = [
    (with_top(max_score=2), "max_score", "did you mean 'score'"),
    (with_top(stdout_visbility="visible"), "stdout_visbility", "did you mean"),
    (with_test(passed=True), "tests[0].passed", "known: "),
    (with_entry(name="a", value=1, sort_order="asc"), "leaderboard[0].sort_order", "order"),
    (with_test(outptu="x"), "tests[0].outptu", "did you mean 'output'"),
    (with_test(status="passed"), "tests[0].status", "green"),
    (with_test(output="a\r\nb"), "tests[0].output", "\\n"),
    (with_test(output="<script>x</script>"), "tests[0].output", "removes"),
    (with_test(output="\x1b[31mred"), "tests[0].output", "[0m"),
    (with_test(output="x" * (LONG + 1)), "tests[0].output", "that much"),
    (with_test(visibility="hidden"), "tests", "hide the content"),
    (with_top(visibility="after_published"), "tests", "hide the content"),
    (with_top(extra_data={"a": "x" * 70_000}), "extra_data", "read later"),
    (with_top(score=2), "score", "wins"),
    ({"score": -1}, "score", "0 or more"),
]


@pytest.mark.parametrize(("results", "path", "fix"), WARNINGS)
def test_each_warning_says_how_to_fix_it(results: dict[str, Any], path: str, fix: str) -> None:
    """What Gradescope takes, but not as it was meant, is a warning that says how to fix it."""
    problem = only(results)
    assert (problem.path, problem.fatal) == (path, False)
    assert fix in problem.fix


def test_a_score_without_a_maximum_is_an_error() -> None:
    """A score needs a maximum."""
    problem = only({"tests": [{"name": "a", "score": 1}]})
    assert (problem.path, problem.fatal) == ("tests[0].max_score", True)


def test_names_and_numbers_that_repeat_are_found() -> None:
    """Exports join on names and numbers; in a leaderboard a repeated name is an error."""
    row = {"name": "a", "number": "1", "score": 0, "max_score": 1}
    board = [{"name": "b", "value": 1}] * 2
    problems = validate({"tests": [row, dict(row)], "leaderboard": board})
    found = {problem.path: problem.fatal for problem in problems}
    assert found == {"tests[1].name": False, "tests[1].number": False, "leaderboard[1].name": True}


def test_very_many_tests_are_a_warning() -> None:
    """501 tests are more than students read."""
    tests = [{"name": str(i), "score": 0, "max_score": 1} for i in range(501)]
    assert "501 tests" in only({"tests": tests}).what


def test_a_problem_reads_as_one_line() -> None:
    """The line has kind, path, what is wrong and how to fix it."""
    assert str(only(with_test(score=3))) == (
        "error: tests[0].score: 3 is above max_score 2; lower it, or say so with "
        '"extra_data": {"extra_credit": true}'
    )
    assert str(Problem("", "odd", fatal=False)) == "warning: odd"


BAD_BYTES = [
    (b"", "Expecting value"),
    (b" \n", "Expecting value"),
    (b"\xef\xbb\xbf{}", "BOM"),
    (b'{"score": 1, "output": "a\0"}', "Invalid control character"),
    (b'{"output": "\xff"}', "byte 0xff in position 12"),
    (b'{"score": NaN}', "nan"),
    (b'{"score": Infinity}', "inf"),
    (b'{"score": 1e400}', "inf"),
    (b'{"score": 1', "not strict JSON"),
    (b'{"score": 1, "score": 2}', "'score' appears twice"),
    (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
    (b'{"score": ' + b"9" * 5000 + b"}", "not strict JSON"),
    (b'"' + b"x" * MAX_BYTES + b'"', "bytes, more than"),
]


@pytest.mark.parametrize(("data", "what"), BAD_BYTES, ids=[what for _, what in BAD_BYTES])
def test_a_file_that_is_not_strict_json_is_refused(data: bytes, what: str) -> None:
    """Each way in which a file fails before its content is looked at gets its own words."""
    problems = find_problems(data)
    assert [problem.fatal for problem in problems] == [True]
    assert what in problems[0].what


def test_the_content_of_a_readable_file_is_validated() -> None:
    """Bytes that are strict JSON go through the same rules."""
    assert find_problems(b'{"score": 1}') == []
    assert find_problems(b"[]") == [Problem("", "not an object but a list")]
