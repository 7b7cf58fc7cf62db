"""What `autograder simulate` prints."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.gradescope.simulate import SimulatedRun


def show(run: "SimulatedRun") -> int:
    """Print a run as a student would see it; gives the exit status of the command."""
    tests = (run.results or {}).get("tests", [])
    for test in tests:
        score, most = test.get("score", 0), test.get("max_score", 0)
        print(f"{test.get('status', ''):<7} {score:>5g} / {most:<5g} {test.get('name', '')}")
    for problem in run.problems:
        print(f"{'error' if problem.fatal else 'warning'} in results.json: {problem}")
    for name in run.survivors:
        print(f"still running after the grading: {name}")
    score = (run.results or {}).get("score")
    print(f"score {score}, harness: {run.verdict.value}, {run.wall_s:.1f} s")
    print(f"results.json: {run.results_file}")
    if not run.accepted or run.survivors or run.exit_status not in (0, 1):
        print(run.stdout[-4000:])
        return 2
    return 0 if all(test.get("status") == "passed" for test in tests) else 1
