"""`autograder COMMAND`: exit status 0 all passed, 1 a check failed, 2 usage or grader error."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder import __version__
from autograder.cli import (
    calibrate,
    check,
    doctor,
    explain,
    gradescope,
    lab,
    listing,
    new,
    pack,
    release,
    replay,
    verify,
)
from autograder.model.errors import AutograderError

FAILED = 2
INTERRUPTED = 130  # as shells report a command that Ctrl-C ended

_COMMANDS = (
    listing,
    check,
    explain,
    lab,
    pack,
    doctor,
    new,
    release,
    verify,
    calibrate,
    gradescope,
    replay,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; every expected error is one message on stderr."""
    try:
        _forget_the_current_folder()
        options = parser().parse_args(arguments)
        status = int(options.run(options))
        sys.stdout.flush()  # here, where a reader that has left can be dealt with
        return status
    except AutograderError as error:
        return _say(str(error), FAILED)
    except BrokenPipeError:  # as from `autograder list | head -1`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:  # a full disk, a folder without permission
        place = f"{error.filename}: " if error.filename else ""
        return _say(f"{place}{error.strerror or error}", FAILED)
    except KeyboardInterrupt:
        return _say("interrupted", INTERRUPTED)


def _forget_the_current_folder() -> None:
    """Import nothing from where one stands, as `python -m` and PYTHONPATH=. would have it.

    A module there would win over the one of the same name in a submission.
    """
    here = Path.cwd()
    if here != Path(__file__).parents[2]:  # where an editable install is imported from
        sys.path[:] = [entry for entry in sys.path if Path(entry).resolve() != here]


def _say(message: str, status: int) -> int:
    from autograder.render.disclosure import clean_text

    print(f"autograder: {clean_text(message)}", file=sys.stderr)  # it may quote names of files
    return status


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="autograder",
        description="Check programming assignments for correctness, time and memory.",
        epilog="Exit status: 0 everything passed, 1 a check failed, 2 usage or grader error.",
    )
    top.add_argument("-V", "--version", action="version", version=f"autograder {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in _COMMANDS:
        module.add(commands)
    return top
