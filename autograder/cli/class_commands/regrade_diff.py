"""`autograder regrade-diff`: what a fix of the grader changed, before anything is published."""

import argparse
import sys
from pathlib import Path

from autograder.classroom.regrades.causes import Why
from autograder.classroom.regrades.comparison import Comparison, compare_sides
from autograder.classroom.regrades.page import write_page
from autograder.classroom.regrades.sides import Side, read_side
from autograder.classroom.regrades.table import write_table
from autograder.classroom.regrades.terminal import sections_of
from autograder.cli.places import course_root, progress_of, require_writable, staff_assignment
from autograder.model.errors import UsageError
from autograder.render.terminal.writers import writer_for


def run(options: argparse.Namespace) -> int:
    """Compare two gradings of a class; status 0 when no result is another one."""
    for path in (options.csv, options.html):
        require_writable(path)
    say = progress_of("regrade-diff")
    say(f"reading {options.old} and {options.new}")
    new = read_side(options.new)
    comparison = compare_sides(read_side(options.old), new)
    if options.repeat and comparison.changes(Why.NOISE):
        comparison = _repeated(comparison, new, options)
    writer = writer_for(sys.stdout)
    for section in sections_of(comparison):
        writer.section(section)
    _write(comparison, options.csv, options.html)
    return 1 if comparison.changed else 0


def _repeated(comparison: Comparison, new: Side, options: argparse.Namespace) -> Comparison:
    if sys.platform != "linux":
        raise UsageError("--repeat works on Linux, as `autograder grade` does: leave it out here")
    from autograder.classroom.regrades.repeating import repeat

    root = course_root()
    (name,) = new.assignments
    assignment = staff_assignment(root, name)
    trusted = options.i_trust_these
    say = progress_of("regrade-diff")
    return repeat(comparison, new, assignment, root, options.repeat, trusted, say)


def _write(comparison: Comparison, csv: Path | None, html: Path | None) -> None:
    if csv:
        write_table(csv, comparison)
    if html:
        write_page(html, comparison)
    for path in filter(None, (csv, html)):
        print(f"wrote {path}")
