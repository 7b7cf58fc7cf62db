"""`autograder simulate`: run a Gradescope zip on a submission, here or in a container."""

import argparse
from typing import Any

from autograder.cli.places import progress_of
from autograder.gradescope.rehearsal.container import Container, simulate_in_container
from autograder.gradescope.rehearsal.simulate import SimulatedRun, simulate
from autograder.model.errors import UsageError
from autograder.render.disclosure import clean_text, one_line


def run(options: argparse.Namespace) -> int:
    """Run the zip and print what Gradescope would show."""
    say = progress_of("simulate")
    say(f"{options.zip}, rehearsed in {options.out}")
    files = (options.zip, options.submission, options.out)
    limit_s, reuse = options.time_limit, not options.fresh
    of_container = {name: getattr(options, name) for name in ("wheels", "memory", "cpus")}
    if options.container:
        container = Container(image=options.container, **of_container)
        return show_run(simulate_in_container(*files, container, time_limit_s=limit_s, reuse=reuse))
    for name, value in of_container.items():
        if value is not None:
            raise UsageError(f"--{name} needs --container IMAGE: without one nothing is limited")
    return show_run(simulate(*files, time_limit_s=limit_s, reuse=reuse, say=say))


def show_run(simulated: SimulatedRun) -> int:
    """Print a run as a student would see it; returns the exit status of the command."""
    results = simulated.results or {}
    tests = _tables(results.get("tests"))
    for test in tests:
        score, most = _number(test.get("score")), _number(test.get("max_score"))
        print(f"{test.get('status', '')!s:<7} {score:>5} / {most:<5} {test.get('name', '')}")
    for problem in simulated.problems:
        print(f"results.json: {problem}")
    for notice in simulated.notices:
        print(notice)
    for name in simulated.survivors:
        print(f"still running after the grading: {one_line(name)}")
    harness = f"harness: {simulated.verdict.value}, {simulated.wall_s:.1f} s"
    print(f"score {results.get('score')}, {harness}")
    print(f"results.json: {simulated.results_file}")
    status = simulated.status
    if not tests or not simulated.accepted or simulated.survivors or status not in (0, 1):
        print(f"run_autograder ended with status {status}; the end of what it printed:")
        print(clean_text(simulated.stdout[-4000:]))
        return 2
    return 0 if all(test.get("status") == "passed" for test in tests) else 1


def _tables(value: object) -> list[dict[str, Any]]:
    """The tests as far as they can be shown: a broken results.json is what this is for."""
    return [test for test in value if isinstance(test, dict)] if isinstance(value, list) else []


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, (int, float)) else "?"
