"""Is this a results.json that Gradescope takes, and shows as it was meant?"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeGuard

from autograder.gradescope.results.rules import (
    FORMATS,
    VISIBILITIES,
    Rule,
    choice,
    json_object,
    non_negative,
    not_empty,
    number,
    number_or_text,
    tags,
    text,
)
from autograder.gradescope.results.strict_json import Problem, read_json
from autograder.model.toml import nearest

MANY_TESTS = 500
Table = Mapping[str, Any]


def validate_bytes(data: bytes, total_points: float | None = None) -> list[Problem]:
    """Every problem of the content of a results.json file."""
    value, problems = read_json(data)
    return problems or validate(value, total_points)


def validate(results: object, total_points: float | None = None) -> list[Problem]:
    """Every problem of results as they would be written; `total_points` as Gradescope knows it."""
    if not isinstance(results, dict):
        kind = type(results).__name__
        return [Problem("", f"the top level is a {kind}", 'write an object: {"tests": [...]}')]
    return list(_of_results(results, total_points))


def _of_results(results: Table, total_points: float | None) -> Iterator[Problem]:
    yield from _fields(results, "", _RESULTS, _RESULTS_MISTAKES)
    tests = results.get("tests")
    tests = tests if isinstance(tests, list) else []
    for index, test in enumerate(tests):
        yield from _of_test(test, f"tests[{index}]")
    board = results.get("leaderboard")
    for index, entry in enumerate(board if isinstance(board, list) else []):
        yield from _of_entry(entry, f"leaderboard[{index}]")
    yield from _across(results, [test for test in tests if isinstance(test, dict)])
    yield from _of_score(results, total_points)
    yield from _repeated(board, "leaderboard", "name", fatal=True)


def _of_test(test: object, path: str) -> Iterator[Problem]:
    if not isinstance(test, dict):
        yield Problem(path, "not an object (the harness itself would fail)", "write {...}")
        return
    yield from _fields(test, path, _TEST, _TEST_MISTAKES)
    score, most = test.get("score"), test.get("max_score")
    if "score" in test and "max_score" not in test:
        yield Problem(f"{path}.max_score", "missing although there is a score", "add it")
    if _is_number(score) and _is_number(most):
        yield from _within(float(score), float(most), test, path)


def _within(score: float, most: float, test: Table, path: str) -> Iterator[Problem]:
    extra = test.get("extra_data")
    allowed = isinstance(extra, dict) and extra.get("extra_credit") is True
    if score > most and not allowed:
        mend = 'lower it, or say so with "extra_data": {"extra_credit": true}'
        yield Problem(f"{path}.score", f"{score:g} is above max_score {most:g}", mend)
    if score < 0:
        yield Problem(f"{path}.score", f"{score:g} is below 0", "the least score is 0")
    if test.get("status") == "passed" and score < most:
        what = f'"passed" with {score:g} of {most:g}'
        yield Problem(f"{path}.status", what, "students see a green test", fatal=False)


def _of_entry(entry: object, path: str) -> Iterator[Problem]:
    if not isinstance(entry, dict):
        yield Problem(path, "not an object", 'write {"name": ..., "value": ...}')
        return
    yield from _fields(entry, path, _ENTRY, _ENTRY_MISTAKES)
    for key in ("name", "value"):
        if key not in entry:
            yield Problem(f"{path}.{key}", "missing", "every leaderboard entry has one")


def _fields(
    table: Table, path: str, rules: Mapping[str, Rule], mistakes: Mapping[str, str]
) -> Iterator[Problem]:
    for key, value in table.items():
        place = f"{path}.{key}" if path else key
        if key not in rules:
            mend = mistakes.get(key) or nearest(key, list(rules))
            yield Problem(place, "unknown key, which Gradescope ignores", mend, fatal=False)
        elif value is None:
            yield Problem(place, "null", "leave the key out")
        else:
            yield from rules[key](value, place)


def _across(results: Table, tests: list[Table]) -> Iterator[Problem]:
    scored = [test for test in tests if "score" in test]
    if "score" not in results and not scored:
        yield Problem("score", "no score at the top and none on a test", "add one of them")
    if "score" not in results and not results.get("tests"):
        yield Problem("tests", "missing or empty without a top-level score", "list every check")
    if len(tests) > MANY_TESTS:
        yield Problem("tests", f"{len(tests)} tests", "students cannot read them", fatal=False)
    yield from _repeated(tests, "tests", "name", fatal=False)
    yield from _repeated(tests, "tests", "number", fatal=False)
    default = results.get("visibility", "visible")
    if any(test.get("visibility", default) != "visible" for test in scored):
        what = "a scored test is not visible, so students do not see their total"
        yield Problem("tests", what, "hide the content, not the test", fatal=False)


def _of_score(results: Table, total_points: float | None) -> Iterator[Problem]:
    score = results.get("score")
    if not _is_number(score):
        return
    if score < 0:
        yield Problem("score", f"{score:g} is below 0", "the least score is 0", fatal=False)
    tests = results.get("tests")
    scores = [t.get("score", 0) for t in tests or [] if isinstance(t, dict)]
    if scores and all(_is_number(s) for s in scores) and abs(sum(scores) - score) > 1e-6:
        what = f"{score:g}, but the tests sum to {sum(scores):g}"
        yield Problem("score", what, "the top-level score wins: is it meant?", fatal=False)
    if total_points is not None and score > total_points:
        what = f"{score:g} is above the assignment's {total_points:g} points"
        yield Problem("score", what, "right only with extra credit", fatal=False)


def _repeated(rows: object, path: str, key: str, fatal: bool) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, row in enumerate(rows if isinstance(rows, list) else []):
        value = row.get(key) if isinstance(row, dict) else None
        if value is not None and str(value) in seen:
            place = f"{path}[{index}].{key}"
            yield Problem(place, f"{value!r} appears twice", "exports join on it", fatal)
        seen.add(str(value))


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _list_of(what: str) -> Callable[[object, str], Iterator[Problem]]:
    def rule(value: object, path: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(path, f"not a list but {type(value).__name__}", f"write a list of {what}")

    return rule


_TEST: Mapping[str, Rule] = {
    "score": number,
    "max_score": non_negative,
    "status": choice("passed", "failed"),
    "name": not_empty,
    "name_format": choice(*FORMATS),
    "number": number_or_text,
    "output": text,
    "output_format": choice(*FORMATS),
    "tags": tags,
    "visibility": choice(*VISIBILITIES),
    "extra_data": json_object,
}
_TEST_MISTAKES = {
    "passed": 'write "status": "passed" or "failed"',
    "title": "write name",
    "points": "write max_score",
    "weight": "write max_score",
    "message": "write output",
    "execution_time": "it belongs to the top level",
}
_ENTRY: Mapping[str, Rule] = {
    "name": not_empty,
    "value": number_or_text,
    "order": choice("asc", "desc"),
}
_ENTRY_MISTAKES = {"column_name": "write name", "sort_order": "write order"}
_RESULTS: Mapping[str, Rule] = {
    "score": number,
    "execution_time": non_negative,
    "output": text,
    "output_format": choice(*FORMATS),
    "test_output_format": choice(*FORMATS),
    "test_name_format": choice(*FORMATS),
    "visibility": choice(*VISIBILITIES),
    "stdout_visibility": choice(*VISIBILITIES),
    "extra_data": json_object,
    "tests": _list_of("tests"),
    "leaderboard": _list_of("entries"),
}
_RESULTS_MISTAKES = {
    "max_score": "the maximum is the sum of the tests' max_score",
    "messages": "write output",
    "message": "write output",
}
