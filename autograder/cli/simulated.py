"""What `autograder simulate` prints."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.gradescope.rehearsal.simulate import SimulatedRun


def show(run: "SimulatedRun") -> int:
    """Print a run as a student would see it; gives the exit status of the command."""
    from autograder.render.disclosure import clean_text, one_line

    results = run.results or {}
    tests = _tables(results.get("tests"))
    for test in tests:
        score, most = _number(test.get("score")), _number(test.get("max_score"))
        print(f"{test.get('status', '')!s:<7} {score:>5} / {most:<5} {test.get('name', '')}")
    for problem in run.problems:
        print(f"results.json: {problem}")
    for notice in run.notices:
        print(notice)
    for name in run.survivors:
        print(f"still running after the grading: {one_line(name)}")
    print(f"score {results.get('score')}, harness: {run.verdict.value}, {run.wall_s:.1f} s")
    print(f"results.json: {run.results_file}")
    if not tests or not run.accepted or run.survivors or run.status not in (0, 1):
        print(f"run_autograder ended with status {run.status}; the end of what it printed:")
        print(clean_text(run.stdout[-4000:]))
        return 2
    return 0 if all(test.get("status") == "passed" for test in tests) else 1


def _tables(value: object) -> list[dict[str, Any]]:
    """The tests as far as they can be shown: a broken results.json is what this is for."""
    return [test for test in value if isinstance(test, dict)] if isinstance(value, list) else []


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, (int, float)) else "?"
