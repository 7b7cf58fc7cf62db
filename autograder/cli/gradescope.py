"""`autograder zip` and `autograder simulate`: the Gradescope side, built and tried here."""

import argparse
from pathlib import Path
from typing import Any

from autograder.cli.numbers import positive_seconds


def add(commands: Any) -> None:
    """Declare both commands."""
    build = commands.add_parser(
        "zip",
        help="staff: build the Gradescope autograder zip",
        description="Build the zip to upload to Gradescope as the autograder of an assignment.",
    )
    build.add_argument("assignment", help="such as sgd")
    build.add_argument("--out", type=Path, metavar="F", help="default: build/ID-gradescope.zip")
    build.set_defaults(run=run_zip)

    simulate = commands.add_parser(
        "simulate",
        help="staff: run a zip as Gradescope would",
        description="Set up the zip's image on this machine and grade a submission in it.",
    )
    simulate.add_argument("zip", type=Path, help="made by `autograder zip`")
    simulate.add_argument("submission", type=Path, help="the folder or file handed in")
    simulate.add_argument(
        "--out",
        type=Path,
        default=Path("build/simulated"),
        metavar="DIR",
        help="where the image is set up (default: build/simulated)",
    )
    simulate.add_argument(
        "--time-limit",
        type=positive_seconds,
        default=1200.0,
        metavar="S",
        help="the harness's, in seconds (default: 1200)",
    )
    simulate.add_argument("--fresh", action="store_true", help="set the image up again")
    simulate.set_defaults(run=run_simulate)


def run_zip(options: argparse.Namespace) -> int:
    """Build the zip and say what to choose in Gradescope's settings."""
    from autograder.cli.places import course_root, staff_assignment
    from autograder.gradescope.package import build_zip
    from autograder.model.course import load_course

    root = course_root()
    assignment = staff_assignment(root, options.assignment)
    out = options.out or root / "build" / f"{assignment.id}-gradescope.zip"
    build_zip(assignment, root, out, load_course(root).secret())
    asked = assignment.gradescope
    print(
        f"wrote {out} ({out.stat().st_size / 1000:.0f} kB)\n"
        f"in Gradescope choose: Ubuntu 22.04, {asked.cpus:g} CPU, {asked.memory},"
        f" time limit {asked.time_limit_minutes:g} minutes\n"
        f"try it here first: autograder simulate {out} SUBMISSION"
    )
    return 0


def run_simulate(options: argparse.Namespace) -> int:
    """Run the zip on a submission and print what Gradescope would show."""
    from autograder.cli.simulated import show
    from autograder.gradescope.simulate import simulate

    run = simulate(
        options.zip,
        options.submission,
        options.out,
        time_limit_s=options.time_limit,
        reuse=not options.fresh,
    )
    return show(run)
