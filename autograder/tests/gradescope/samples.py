"""A container's root with a tiny assignment in it, and zips made by hand."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from autograder.gradescope.plan import Layout
from autograder.gradescope.results_file import encode_results
from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.release.archive import write_zip
from autograder.render.gradescope_results import render_results

ASSIGNMENT = """
title = "Demo"
order = 1
submit = ["demo.py"]
parts = [
  {id = "1.1", title = "The mean", points = 6, hours = 1},
  {id = "1.2", title = "The lab report", points = 10, hours = 1},
  {id = "2.1", title = "The median", points = 4, hours = 1},
  {id = "3.1", title = "The mode", points = 2, hours = 1, optional = true},
]
[gradescope]
cpus = 0.01
memory = "1 MB"
time_limit_minutes = 10
"""
COURSE = """
name = "Demo course"
term = "Fall"
secret_file = "nowhere"
"""
MEAN = CheckDeclaration(
    id="check_mean", title="The mean is a number.", part="1.1", points=2, hint="section 1"
)
MEAN_OF_MANY = CheckDeclaration(
    id="check_mean_of_many", title="The mean of many numbers.", part="1.1", points=4, visible=False
)
MEDIAN = CheckDeclaration(id="check_median", title="The median.", part="2.1", points=4)
MODE = CheckDeclaration(id="check_mode", title="The mode.", part="3.1", points=2, optional=True)
# a run_autograder that works
GOOD = """echo '{"score": 1, "output": "fine"}' > results/results.json\n"""
DECLARED = (MEAN, MEAN_OF_MANY, MEDIAN, MODE)


def make_root(folder: Path, course: str = COURSE) -> Layout:
    """A root as the harness leaves it, with the demo assignment in source/private."""
    layout = Layout(folder)
    assignment = layout.private / "assignments" / "demo"
    assignment.mkdir(parents=True)
    (assignment / "assignment.toml").write_text(ASSIGNMENT)
    (layout.private / "course.toml").write_text(course)
    (layout.private / "declared.json").write_bytes(msgspec.json.encode(DECLARED))
    layout.secret.write_bytes(b"s" * 32)
    layout.submission.mkdir()
    layout.results.parent.mkdir()
    layout.metadata.write_text("{}")
    return layout


def results_of(report: Report, declared: Sequence[CheckDeclaration] = ()) -> dict[str, Any]:
    """The content of the results.json of a report."""
    results = json.loads(encode_results(render_results(report, declared)))
    assert isinstance(results, dict)
    return results


def passed(check: CheckDeclaration) -> Outcome:
    """Full points."""
    return Outcome(check=check, verdict=Verdict.PASSED, score=check.points)


def read_results(layout: Layout) -> dict[str, Any]:
    """results.json as it is now."""
    results = json.loads(layout.results.read_bytes())
    assert isinstance(results, dict)
    return results


def verdicts(layout: Layout) -> dict[str, str]:
    """Check id -> verdict in results.json; empty where a check did not run."""
    table = read_results(layout)["extra_data"]["verdicts"]
    assert isinstance(table, dict)
    return table


def make_zip(path: Path, run_autograder: str, setup: str = "true\n") -> Path:
    """An autograder zip with these two scripts; bash runs both."""
    files = {
        "setup.sh": f"#!/usr/bin/env bash\n{setup}".encode(),
        "run_autograder": f"#!/usr/bin/env bash\n{run_autograder}".encode(),
    }
    write_zip(path, files, tuple(files))
    return path
