"""`autograder COMMAND`: exit status 0 all passed, 1 a check failed, 2 usage or grader error."""

import argparse
import sys
from collections.abc import Sequence

from autograder import __version__
from autograder.cli import check, doctor, gradescope, listing, new, pack, release, verify

INTERRUPTED = 130  # as shells report a command that Ctrl-C ended

_COMMANDS = (listing, check, pack, doctor, new, release, verify, gradescope)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; every expected error is one message on stderr."""
    options = parser().parse_args(arguments)
    from autograder.model.errors import AutograderError

    try:
        return int(options.run(options))
    except AutograderError as error:
        print(f"autograder: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nautograder: interrupted; nothing was decided", file=sys.stderr)
        return INTERRUPTED


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="autograder",
        description="Check programming assignments for correctness, time and memory.",
        epilog="Exit status: 0 everything passed, 1 a check failed, 2 usage or grader error.",
    )
    top.add_argument("--version", action="version", version=f"autograder {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in _COMMANDS:
        module.add(commands)
    return top
