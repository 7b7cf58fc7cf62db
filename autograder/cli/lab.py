"""`autograder lab`: measure the experiments of an assignment on this machine."""

import argparse
import sys
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "lab",
        help="measure the experiments for the lab report",
        description="Measure the experiments of an assignment with your files on this machine, and"
        " draw them into the folder plots. The results are saved after every case: after Ctrl-C"
        " the same command goes on where it stopped. Exit status 1 when a case could not be"
        " measured.",
    )
    command.add_argument("assignment", help="such as sgd")
    command.add_argument(
        "--submission", type=Path, default=Path(), metavar="DIR", help="your files (default: here)"
    )
    command.add_argument("--quick", action="store_true", help="small sizes, to try it out")
    command.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="EXPERIMENT",
        help="only this experiment; can be repeated",
    )
    command.add_argument("--data", metavar="NAME", help="other data, as the handout says")
    command.add_argument(
        "--out",
        type=Path,
        default=Path("measurements.json"),
        metavar="F",
        help="default: measurements.json",
    )
    command.add_argument(
        "--again", action="store_true", help="measure everything anew, whatever is there"
    )
    command.add_argument(
        "--plots",
        choices=("png", "svg", "pdf", "none"),
        default="png",
        metavar="KIND",
        help="png, svg, pdf or none (default: png)",
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure; status 1 when a case failed."""
    from autograder.cli.check import require_writable
    from autograder.cli.places import course_root
    from autograder.lab.progress import progress_on
    from autograder.lab.run import LabRequest, run_lab
    from autograder.model.course import find_assignment

    require_writable(options.out)
    request = LabRequest(
        assignment=find_assignment(course_root(options.submission), options.assignment),
        submission=options.submission,
        out=options.out.absolute(),
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
    print(f"wrote {options.out}" + ("" if measured.finished else ", which is not complete"))
    return 1 if any(table.failed for table in measured.experiments.values()) else 0
