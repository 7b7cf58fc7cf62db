"""`autograder COMMAND`: exit status 0 all passed, 1 a check failed, 2 usage or grader error."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from autograder.cli.arguments import parser
from autograder.model.errors import AutograderError

FAILED = 2
INTERRUPTED = 130  # as shells report a command that Ctrl-C ended


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; every expected error is one message on stderr."""
    try:
        _forget_the_current_folder()
        options = parser().parse_args(arguments)
        command = import_module(f"autograder.cli.commands.{options.command}")
        status = int(command.run(options))
        sys.stdout.flush()  # here, where the error of a closed pipe can be handled
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
    """Import nothing from the working directory, which `python -m` and PYTHONPATH=. would allow.

    A module there would be imported in place of the one of the same name in a submission.
    """
    here = Path.cwd()
    if here != Path(__file__).parents[2]:  # where an editable install is imported from
        sys.path[:] = [entry for entry in sys.path if Path(entry).resolve() != here]


def _say(message: str, status: int) -> int:
    from autograder.render.disclosure import clean_text

    print(f"autograder: {clean_text(message)}", file=sys.stderr)  # it may quote names of files
    return status
