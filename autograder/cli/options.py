"""Kinds of arguments that several commands have."""

import argparse
from pathlib import Path

from autograder.cli.numbers import positive_count


def add_submission(
    command: argparse.ArgumentParser, text: str = "your files (default: here)"
) -> None:
    """`--submission DIR`."""
    add_path(command, "--submission", "DIR", text, Path())


def add_path(
    command: argparse.ArgumentParser,
    option: str,
    metavar: str,
    text: str,
    default: Path | None = None,
) -> None:
    """An option with a path."""
    command.add_argument(option, type=Path, default=default, metavar=metavar, help=text)


def add_flag(command: argparse.ArgumentParser, option: str, text: str) -> None:
    """An option without a value."""
    command.add_argument(option, action="store_true", help=text)


def add_repeatable(command: argparse.ArgumentParser, option: str, metavar: str, text: str) -> None:
    """An option whose values become a list."""
    text = f"{text}; can be repeated"
    command.add_argument(option, action="append", default=[], metavar=metavar, help=text)


def add_jobs(
    command: argparse.ArgumentParser, text: str = "gradings at a time (default: usable CPUs)"
) -> None:
    """`--jobs N`."""
    command.add_argument(
        "--jobs",
        type=positive_count,
        metavar="N",
        help=text,
    )
