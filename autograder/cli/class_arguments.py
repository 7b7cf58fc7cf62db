"""The arguments of the commands that are about a class. Called by `arguments`."""

import argparse
from pathlib import Path
from typing import Any

from autograder.cli.numbers import positive_count
from autograder.cli.options import add_flag, add_jobs, add_path, add_repeatable

Commands = Any  # argparse does not publish the type of its subparsers


def add_class_commands(commands: Commands) -> None:
    """Add each of them."""
    for add in (_add_grade, _add_regrade_diff, _add_similarity):
        add(commands).set_defaults(folder="class_commands")


def _add_grade(commands: Commands) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        "grade",
        help="staff: grade a class",
        description="Grade all submissions of an export of Gradescope, of a folder, or one file,"
        " each as `check --hidden` does, into a folder with grades and pages. Ctrl-C, or a kill,"
        " loses nothing: the same command goes on, and grades only what is new or has changed."
        " Exit status 2 when a submission has no grade.",
    )
    command.add_argument("path", type=Path, metavar="PATH", help="what was handed in")
    command.add_argument("--assignment", metavar="ID", help="default: as the files are named")
    command.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="new, or of an earlier run"
    )
    add_jobs(command, "gradings at a time (default: as the machine has cores and memory)")
    add_repeatable(command, "--check", "C", "only the check C")
    command.add_argument(
        "--sample", type=positive_count, metavar="N", help="only N submissions, always the same"
    )
    add_repeatable(command, "--only", "NAME", "only the submission of this id or student")
    add_path(command, "--roster", "F", "CSV of the course: who handed in nothing")
    add_path(command, "--canvas", "F", "gradebook CSV of Canvas, filled into DIR/canvas.csv")
    command.add_argument(
        "--canvas-column", default="", metavar="NAME", help="its column, by name or number"
    )
    add_flag(command, "--anonymous", "a class.html for a lecture: it names no student")
    _add_trust(command)
    return command


def _add_regrade_diff(commands: Commands) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        "regrade-diff",
        help="staff: what a fix of the grader changed",
        description="Compare two gradings of a class, check by check and student by student,"
        " before anything is published. Each is a folder that `grade` wrote, an export of"
        " Gradescope with the results in it, a results.json or a report. A time budget that is"
        " kept on one side only, and near its limit on both, is noise and listed apart. Exit"
        " status 1 when any result is another one, 2 when the two had different secrets.",
    )
    command.add_argument("old", type=Path, metavar="OLD", help="the grading before the fix")
    command.add_argument("new", type=Path, metavar="NEW", help="the one after it")
    add_path(command, "--csv", "F", "write a row for each change")
    add_path(command, "--html", "F", "write the same as a web page")
    command.add_argument(
        "--repeat",
        type=positive_count,
        metavar="N",
        help="grade the checks near a time budget N more times; NEW is a folder of `grade`",
    )
    _add_trust(command)
    return command


def _add_trust(command: argparse.ArgumentParser) -> None:
    add_flag(
        command,
        "--i-trust-these",
        "run the submissions even where this machine cannot isolate them",
    )


def _add_similarity(commands: Commands) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        "similarity",
        help="staff: which submissions have how much in common",
        description="Compare all submissions of an export of Gradescope or of a folder with each"
        " other, names, comments and what the template gives left out, and write a page with the"
        " pairs that have most in common, side by side. It is a reason to look, never a verdict.",
    )
    command.add_argument("path", type=Path, metavar="PATH", help="what was handed in")
    command.add_argument("--assignment", metavar="ID", help="default: as the files are named")
    command.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="for similarity.html"
    )
    command.add_argument(
        "--top",
        type=positive_count,
        default=50,
        metavar="N",
        help="pairs on the page (default: 50)",
    )
    return command
