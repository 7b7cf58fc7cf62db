"""`autograder pack`: the zip to upload: the submitted files, the lab report, and the last check."""

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

from autograder.cli.kept import kept
from autograder.cli.places import course_root
from autograder.lab.report import LabReport, lab_report
from autograder.model.course import find_assignment
from autograder.model.errors import SubmissionError, UsageError
from autograder.model.measurements import MEASUREMENTS_FILE
from autograder.model.report import Report
from autograder.release.archive import write_zip
from autograder.render.disclosure import one_line
from autograder.submission.intake import HOME_REPORT, PACKED, take_in


def run(options: argparse.Namespace) -> int:
    """Write the zip; refuse when a required file is missing."""
    assignment = find_assignment(course_root(options.submission), options.assignment)
    submission = take_in(options.submission, assignment)
    if submission.problem:
        raise SubmissionError("; ".join(submission.problem.lines()))
    out = options.out or Path(f"{assignment.id}-submission.zip")
    if out.suffix != ".zip":  # above all: never one of the files handed in
        raise UsageError(f"--out {out}: the name of the zip must end in .zip")
    last = kept(options.submission, assignment.id)
    report = lab_report(options.submission) if assignment.has_lab else LabReport({}, [])
    claimed = {HOME_REPORT: last[0]} if last else {}
    write_zip(out, {**submission.files, **report.files, **claimed}, comment=PACKED)
    for name, digest in submission.hashes().items():
        print(f"{name:<24} {len(submission.files[name]):>9} bytes  sha256 {digest[:16]}")
    for name, data in report.files.items():
        print(f"{one_line(name):<24} {len(data):>9} bytes  for the grading of the report")
    if assignment.has_lab and MEASUREMENTS_FILE not in submission.files:
        others = sorted(path.name for path in options.submission.glob("measurements*.json"))
        found = f" (found: {', '.join(map(one_line, others[:3]))})" if others else ""
        print(f"no {MEASUREMENTS_FILE} is in the zip{found}: run autograder lab {assignment.id}")
    for remark in report.remarks:
        print(one_line(remark))
    for name in submission.ignored:
        print(f"{one_line(name):<24} left out: the assignment does not ask for it")
    for row in _about_check(last[1] if last else None, submission.hashes(), assignment.id):
        print(row)
    print(f"wrote {out}: upload this file to Gradescope, and add your group members there")
    return 0


def _about_check(last: Report | None, files: Mapping[str, str], assignment: str) -> Iterator[str]:
    """Whether the report of the last check is in the zip, and of these files."""
    run = f"run autograder check {assignment}"
    if last is None:
        yield f"no report of a check is in the zip: {run}, then pack again"
        return
    other = [name for name in files if last.files.get(name) != files[name]]
    if other:
        yield f"your last check was of another {', '.join(other)}: {run}, then pack again"
