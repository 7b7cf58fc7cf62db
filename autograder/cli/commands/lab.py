"""`autograder lab`: measure the experiments of an assignment on this machine."""

import argparse
import sys
from pathlib import Path

from autograder.cli.places import course_root, require_writable
from autograder.lab.progress import progress_on
from autograder.lab.report import QUICK
from autograder.lab.run import LabRequest, run_lab
from autograder.model.course import find_assignment


def run(options: argparse.Namespace) -> int:
    """Measure; status 1 when a case failed."""
    out = options.out or Path(f"measurements{QUICK * options.quick}.json")
    require_writable(out)
    request = LabRequest(
        assignment=find_assignment(course_root(options.submission), options.assignment),
        submission=options.submission,
        out=out.absolute(),
        only=tuple(options.only),
        data=options.data,
        quick=options.quick,
        again=options.again,
        plots=options.plots,
    )
    progress = progress_on(sys.stdout)
    try:
        measured = run_lab(request, progress)
    finally:
        progress.close()
    print(f"wrote {out}" + ("" if measured.finished else ", which is not complete"))
    return 1 if any(table.failed for table in measured.experiments.values()) else 0
