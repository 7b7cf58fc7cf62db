"""The arguments of every command: what can be typed, and what `--help` says of it.

Called by `main`. Imports nothing heavy, so that help is there at once.
"""

import argparse
from pathlib import Path
from typing import Any

from autograder import __version__
from autograder.cli.class_arguments import add_class_commands
from autograder.cli.numbers import positive_number, positive_seconds
from autograder.cli.options import (
    add_flag,
    add_jobs,
    add_path,
    add_repeatable,
    add_submission,
)

Commands = Any  # argparse does not publish the type of its subparsers


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; `command` in its result is the command's name, and
    `folder` where its module is."""
    top = argparse.ArgumentParser(
        prog="autograder",
        description="Check programming assignments for correctness, time and memory.",
        epilog="Exit status: 0 everything passed, 1 a check failed, 2 usage or grader error.",
    )
    top.add_argument("-V", "--version", action="version", version=f"autograder {__version__}")
    top.set_defaults(folder="commands")
    commands = top.add_subparsers(
        title="commands", metavar="COMMAND", dest="command", required=True
    )
    commands.add_parser(
        "list", help="the assignments in this folder", description="List the assignments."
    )
    _add_check(commands)
    _add_explain(commands)
    _add_show(commands)
    _add_lab(commands)
    _add_pack(commands)
    commands.add_parser(
        "doctor",
        help="look whether this machine is set up",
        description="Try what grading needs on this machine, and say how submissions are isolated.",
    )
    _add_new(commands)
    _add_release(commands)
    _add_verify(commands)
    _add_prove(commands)
    _add_zip(commands)
    _add_simulate(commands)
    _add_replay(commands)
    add_class_commands(commands)
    return top


def _add_check(commands: Commands) -> None:
    command = commands.add_parser(
        "check",
        help="check your files and say what to fix",
        description="Run the checks of an assignment on your files and say what to fix.",
    )
    command.add_argument("assignment", help="such as sgd; see `autograder list`")
    add_submission(command, "your files: a folder, or a zip of them (default: here)")
    add_repeatable(command, "--part", "P", "only part P, such as 1.2 or 1")
    add_repeatable(command, "--check", "C", "only the check C")
    add_flag(command, "--patient", "run to their end also checks that take long")
    add_flag(command, "--watch", "check again at every change, until Ctrl-C")
    add_flag(command, "--debug", "with --check: here, so that breakpoint() works; no points")
    command.add_argument("--i-trust-this", action="store_true", help=argparse.SUPPRESS)
    add_path(command, "--html", "F", "write the report as a web page")
    add_path(command, "--json", "F", "write the report as JSON")
    add_flag(command, "--hidden", "staff: hidden checks and secret inputs as well")
    command.add_argument("--launcher", default="auto", help=argparse.SUPPRESS)


def _add_explain(commands: Commands) -> None:
    command = commands.add_parser(
        "explain",
        help="what a check, a part, a requirement, a budget or a word of a message is about",
        description="Say why a check is there, where its expected value comes from, what it allows"
        " and why; or what a part, a requirement or a budget asks for; or what a word of a message"
        " means, such as too noisy. An assignment at the end says where to look.",
    )
    command.add_argument(
        "what",
        nargs="+",
        metavar="WHAT",
        help="a check or a piece of its id, 1.2, R1.2e, the name of a budget, or a word",
    )


def _add_show(commands: Commands) -> None:
    command = commands.add_parser(
        "show",
        help="write the inputs of a check as a script that runs your code",
        description="Write the calls that a visible check makes of your code as a small script that"
        " you run and change alone. It has no expected values.",
    )
    command.add_argument("check", help="its id, as in the line `more:` of a failed check")
    command.add_argument("assignment", nargs="?", help="where to look (default: everywhere)")
    add_submission(command)
    add_path(command, "--out", "F", "default: show_NAME.py")


def _add_lab(commands: Commands) -> None:
    command = commands.add_parser(
        "lab",
        help="measure the experiments for the lab report",
        description="Measure the experiments of an assignment with your files on this machine, and"
        " draw them into the folder plots. The results are saved after every case: after Ctrl-C"
        " the same command goes on where it stopped. Exit status 1 when a case could not be"
        " measured.",
    )
    command.add_argument("assignment", help="such as sgd")
    add_submission(command)
    add_flag(command, "--quick", "small sizes, to try it out")
    add_repeatable(command, "--only", "EXPERIMENT", "only this experiment")
    command.add_argument("--data", metavar="NAME", help="other data, as the handout says")
    add_path(command, "--out", "F", "default: measurements.json; with --quick a file of its own")
    add_flag(command, "--again", "measure anew; what is there is kept under another name")
    command.add_argument(
        "--plots",
        choices=("png", "svg", "pdf", "none"),
        default="png",
        metavar="KIND",
        help="png, svg, pdf or none (default: png)",
    )


def _add_pack(commands: Commands) -> None:
    command = commands.add_parser(
        "pack",
        help="make the zip you hand in",
        description="Zip exactly the files that the assignment asks for, the lab's data and plots,"
        " and the report of your last check, which says on Gradescope where its verdicts differ.",
    )
    command.add_argument("assignment", help="such as sgd")
    add_submission(command)
    add_path(command, "--out", "F", "default: ID-submission.zip")


def _add_new(commands: Commands) -> None:
    command = commands.add_parser(
        "new",
        help="staff: start an assignment, or make the secret",
        description="Write a small new assignment that passes `autograder verify` at once, or the"
        " course's secret file.",
    )
    command.add_argument("assignment", nargs="?", help="its id, such as pruning")
    add_flag(command, "--secret", "make the secret file that course.toml names")


def _add_release(commands: Commands) -> None:
    command = commands.add_parser(
        "release",
        help="staff: generate template and student zip",
        description="Generate the template, the handout's tables and the student zip.",
    )
    _add_one_or_all(command)
    add_flag(command, "--check", "write nothing, and say why a release would be refused")
    add_path(command, "--out", "DIR", "for the zip (default: build/)")


def _add_verify(commands: Commands) -> None:
    command = commands.add_parser(
        "verify",
        help="staff: prove an assignment's checks",
        description="Build both zips, unpack them, and grade by them, as a student's machine and as"
        " Gradescope would: the reference, the template, every must-fail program and every accepted"
        " variant. Exit status 1 when anything is not as its author declares, or differs.",
    )
    _add_one_or_all(command)
    add_flag(
        command,
        "--quick",
        "reference and zips once, two accepted variants and at most 10 must-fail programs;"
        " what is due is only said",
    )
    add_jobs(command)
    add_flag(command, "--record", "with --all: write the grader's score into README.md")
    add_flag(command, "--release", "proofs by an older version of the framework are findings")


def _add_prove(commands: Commands) -> None:
    command = commands.add_parser(
        "prove",
        help="staff: bring an assignment's proofs up to date",
        description="Prove what has changed since it was last proved, and nothing else: mutants,"
        " budgets, gradings under load and so on. The records stand in reference/ID/proofs. Ctrl-C"
        " loses nothing: the next run goes on. Budgets and load need the machine to themselves."
        " Exit status 1 when anything is not as it should be.",
    )
    _add_one_or_all(command)
    command.add_argument(
        "--only", action="append", default=[], metavar="KIND", help="one kind of proof, or several"
    )
    add_flag(command, "--dry-run", "only say what is due, and why")
    add_flag(command, "--fresh", "prove everything anew, as before a release")
    add_flag(command, "--propose", "only print yardsticks recorded from the reference")
    add_jobs(command)


def _add_zip(commands: Commands) -> None:
    command = commands.add_parser(
        "zip",
        help="staff: build the Gradescope autograder zip",
        description="Build the zip to upload to Gradescope as the autograder of an assignment.",
    )
    command.add_argument("assignment", help="such as sgd")
    add_path(command, "--out", "F", "default: build/ID-gradescope.zip")


def _add_simulate(commands: Commands) -> None:
    command = commands.add_parser(
        "simulate",
        help="staff: run a zip as Gradescope would",
        description="Set up the zip's image on this machine and grade a submission in it.",
    )
    command.add_argument("zip", type=Path, help="made by `autograder zip`")
    command.add_argument("submission", type=Path, help="the folder or file handed in")
    add_path(
        command,
        "--out",
        "DIR",
        "where the image is set up (default: build/simulated)",
        Path("build/simulated"),
    )
    command.add_argument(
        "--time-limit",
        type=positive_seconds,
        default=1200.0,
        metavar="S",
        help="the harness's, in seconds (default: 1200)",
    )
    add_flag(command, "--fresh", "set the image up again")
    command.add_argument(
        "--container",
        metavar="IMAGE",
        help="rehearse in a Docker container of this base image, without a network",
    )
    add_path(command, "--wheels", "DIR", "container: set up from these, offline")
    command.add_argument(
        "--memory", metavar="SIZE", help="container: default as the assignment asks Gradescope for"
    )
    command.add_argument(
        "--cpus", type=positive_number, metavar="N", help="container: default likewise"
    )


def _add_replay(commands: Commands) -> None:
    command = commands.add_parser(
        "replay",
        help="staff: grade again, and compare",
        description="Grade a submission again as it was graded before, and say whether every"
        " verdict and score came out the same, or what differs and why. Exit status 1 when"
        " anything that decides a grading differs.",
    )
    command.add_argument(
        "results", type=Path, help="results.json of Gradescope, or a report of `check --json`"
    )
    command.add_argument("submission", type=Path, help="the files: a folder, or a zip of them")


def _add_one_or_all(command: argparse.ArgumentParser) -> None:
    command.add_argument("assignment", nargs="?", help="such as sgd")
    add_flag(command, "--all", "every assignment")
