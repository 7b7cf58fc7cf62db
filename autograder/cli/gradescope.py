"""`autograder zip` and `autograder simulate`: the Gradescope side, built and tried here."""

import argparse
from pathlib import Path
from typing import Any

from autograder.cli.numbers import positive_number, positive_seconds
from autograder.model.errors import UsageError


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
    simulate.add_argument(
        "--container",
        metavar="IMAGE",
        help="rehearse in a Docker container of this base image, without a network",
    )
    simulate.add_argument(
        "--wheels", type=Path, metavar="DIR", help="container: set up from these, offline"
    )
    simulate.add_argument(
        "--memory", metavar="SIZE", help="container: default as the assignment asks Gradescope for"
    )
    simulate.add_argument(
        "--cpus", type=positive_number, metavar="N", help="container: default likewise"
    )
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
    from autograder.gradescope.rehearsal.container import Container, simulate_in_container
    from autograder.gradescope.rehearsal.simulate import simulate

    files = (options.zip, options.submission, options.out)
    limit_s, reuse = options.time_limit, not options.fresh
    of_container = {name: getattr(options, name) for name in ("wheels", "memory", "cpus")}
    if options.container:
        container = Container(image=options.container, **of_container)
        return show(simulate_in_container(*files, container, time_limit_s=limit_s, reuse=reuse))
    for name, value in of_container.items():
        if value is not None:
            raise UsageError(f"--{name} needs --container IMAGE: without one nothing is limited")
    return show(simulate(*files, time_limit_s=limit_s, reuse=reuse))
