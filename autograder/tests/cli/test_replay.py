"""replay: the same grading again, or precisely what is not the same."""

import json
from pathlib import Path
from typing import Any

import pytest

from autograder.gradescope.past_grading import read_past_grading
from autograder.machine.threads import THREAD_VARIABLES
from autograder.tests.authoring.course import replace, secret_of, write
from autograder.tests.cli.commands import Ended, Run, run_apart
from autograder.tests.gradescope.samples import results_of

RIGHT = "def mean_square(x):\n    return float(x @ x) / len(x)\n"


@pytest.fixture
def graded(in_course: Path) -> Path:
    """The course with a secret of its own, and mine/tiny.py graded by staff into before.json."""
    shared = secret_of(in_course)
    own = write(in_course.parent, "own.secret", shared.read_text())
    replace(in_course / "course.toml", shared.as_posix(), own.as_posix())
    write(in_course, "mine/tiny.py", RIGHT)
    arguments = ("check", "tiny", "--submission", "mine", "--hidden", "--json", "before.json")
    assert run_apart(in_course, *arguments).status == 0
    return in_course


def replayed(course: Path, results: str = "before.json") -> Ended:
    """Replay the grading in a process of its own."""
    return run_apart(course, "replay", results, "mine")


def as_results(course: Path) -> dict[str, Any]:
    """The same grading as a results.json of Gradescope."""
    return results_of(read_past_grading((course / "before.json").read_bytes()))


def test_the_same_is_reproduced_exactly(graded: Path) -> None:
    """A report and a results.json both work, and neither contains the secret."""
    told = replayed(graded)
    exact = "reproduced exactly: 4 verdicts, 10 points"
    assert (told.status, told.out.splitlines()[1:]) == (0, [exact])
    write(graded, "results.json", json.dumps(as_results(graded)))
    told = replayed(graded, "results.json")
    assert (told.status, told.out.splitlines()[1:]) == (0, [exact])
    secret = secret_of(graded).read_text().strip()
    for name in ("before.json", "results.json"):
        assert secret not in (graded / name).read_text()


def test_threads_are_pinned_before_numpy_is_there(
    graded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the environment does not pin threads already, no worker could be forked otherwise."""
    for name in THREAD_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    assert replayed(graded).status == 0


def test_everything_that_differs_is_named(graded: Path) -> None:
    """Files by hash, assignment, reference, secret and versions are named, then each check."""
    results = as_results(graded)
    results["extra_data"]["machine"] |= {"numpy": "1.24.0", "threads": "8"}
    write(graded, "results.json", json.dumps(results))
    write(graded, "mine/tiny.py", RIGHT.replace("len(x)", "3"))
    for name in ("assignments/tiny/programs.py", "reference/tiny/oracles.py"):
        path = graded / name
        write(graded, name, (path.read_text() if path.exists() else "") + "\n# changed\n")
    secret_of(graded).write_text("another secret of the tests, as long")
    told = replayed(graded, "results.json")
    rows = told.out.splitlines()[1:]
    assert told.status == 1
    assert rows[0].startswith("NOT reproduced: ")
    named = ["tiny.py, sha256 ", "assignment ", "reference ", "course secret ", "numpy 1.24.0"]
    assert [row[2 : 2 + len(n)] for row, n in zip(rows[1:], named, strict=False)] == named
    assert "  threads 8 before, 1 now" in rows
    checks = [row for row in rows if "points now" in row]
    assert checks
    assert all("other files were checked before: tiny.py" in row for row in checks)


def test_the_same_verdicts_by_another_secret_are_not_the_same_grading(graded: Path) -> None:
    """The verdicts were reached with other inputs."""
    secret_of(graded).write_text("another secret of the tests, as long")
    told = replayed(graded)
    rows = told.out.splitlines()[1:]
    assert told.status == 1
    assert rows[0] == "the same 4 verdicts and 10 points, but not of the same grading:"
    assert [row.split()[:2] for row in rows[1:]] == [["course", "secret"]]


def test_other_points_are_a_difference(graded: Path) -> None:
    """They are one even if the verdict is the same."""
    results = as_results(graded)
    name = next(iter(results["extra_data"]["scores"]))
    results["extra_data"]["scores"][name] = 0.5
    write(graded, "results.json", json.dumps(results))
    told = replayed(graded, "results.json")
    assert told.status == 1
    assert "passed with 0.5 points before, passed with " in told.out


def test_a_check_at_home_is_replayed_with_public_inputs(graded: Path) -> None:
    """Only the checks that ran at home run, and no secret is needed."""
    part = ("check", "tiny", "--submission", "mine", "--check")
    assert run_apart(graded, *part, "check_mean_square_of_three_numbers").status == 0
    secret_of(graded).unlink()
    kept = "mine/.autograder/tiny-report.json"
    told = replayed(graded, kept)
    assert told.status == 0, told.out
    assert "public inputs" in told.out
    assert "reproduced exactly: 1 verdict," in told.out


UNUSABLE = {
    "nothing": None,
    "no JSON": "{",
    "no report": '{"score": 3}',
    "an old results.json": '{"extra_data": {"assignment": "tiny", "verdicts": {}}}',
    "a verdict of its own": (
        '{"extra_data": {"assignment": "tiny", "verdicts": {"a": "GOOD"}, "scores": {},'
        ' "seed": "public", "files": {}, "content": {}, "machine": {}}}'
    ),
    "another course": (
        '{"extra_data": {"assignment": "no_such", "verdicts": {}, "scores": {},'
        ' "seed": "public", "files": {}, "content": {}, "machine": {}}}'
    ),
    "deep": "[" * 100_000,
}


@pytest.mark.parametrize("kind", UNUSABLE)
def test_what_cannot_be_replayed_is_a_message(run: Run, in_course: Path, kind: str) -> None:
    """The status is 2, and nothing is graded."""
    text = UNUSABLE[kind]
    if text is not None:
        write(in_course, "odd.json", text)
    write(in_course, "mine/tiny.py", RIGHT)
    told = run("replay", "odd.json", "mine")
    assert (told.status, told.out) == (2, "")
    assert told.err.startswith("autograder: ")
    assert "no_such" in told.err if kind == "another course" else "odd.json" in told.err


def test_a_check_that_is_gone_is_named(graded: Path) -> None:
    """A check of the earlier grading may not exist any more."""
    results = as_results(graded)
    for table in ("verdicts", "scores"):
        kept = results["extra_data"][table]
        kept["check_of_old"] = kept.pop("check_mean_square_of_three_numbers")
    write(graded, "results.json", json.dumps(results))
    told = replayed(graded, "results.json")
    assert told.status == 1
    assert "check_of_old: passed with 3 points before, not run now: " in told.out
