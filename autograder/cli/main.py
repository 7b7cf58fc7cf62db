"""`autograder COMMAND`: exit status 0 all passed, 1 a check failed, 2 usage or grader error."""

import os
import shlex
import site
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from autograder.cli.arguments import parser
from autograder.machine.signals import stop_as_ctrl_c_does
from autograder.model.errors import AutograderError, UsageError

FAILED = 2
INTERRUPTED = 130  # as shells report a command that Ctrl-C ended


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; every error is one message on stderr.

    `arguments`: those of this process if there are none, which is then as isolated as it can be.
    """
    try:
        if arguments is None:
            stop_as_ctrl_c_does()
            sys.stdout = sys.stdout or open(os.devnull, "w")  # closed from the start
            _leave_the_environment()
        _forget_the_current_folder()
        options = parser().parse_args(arguments)
        module = options.command.replace("-", "_")
        command = import_module(f"autograder.cli.{options.folder}.{module}")
        status = int(command.run(options))
        sys.stdout.flush()  # here, where the error of a closed pipe can be handled
        return status
    except AutograderError as error:
        return _say(str(error), FAILED)
    except BrokenPipeError:  # as from `autograder list | head -1`
        return _without_stdout()
    except OSError as error:  # a full disk, a folder without permission
        place = f"{error.filename}: " if error.filename else ""
        return _say(f"{place}{error.strerror or error}", _without_stdout())
    except KeyboardInterrupt:
        return _say("interrupted", INTERRUPTED)
    except Exception as error:  # a fault of ours: one sentence, and what its finder needs
        return _say(_unexpected(error), FAILED)


def _leave_the_environment() -> None:
    """Start again without the variables that change how Python works, if there are any.

    PYTHONPATH would put other modules in place of ours, PYTHONOPTIMIZE removes assert statements.
    """
    read = [name for name in os.environ if name.startswith("PYTHON")]
    if read and not sys.flags.ignore_environment and not _found_by_environment():
        command = [sys.executable, "-I", "-m", "autograder", *sys.argv[1:]]
        if os.name == "posix":
            os.execv(sys.executable, command)
        sys.exit(subprocess.call(command))  # Windows: there, execv would not wait


def _found_by_environment() -> bool:
    """Whether this package lies where an isolated Python does not look: in a folder of PYTHONPATH,
    or in the user's own site-packages."""
    folders = [*os.environ.get("PYTHONPATH", "").split(os.pathsep), site.getusersitepackages()]
    return str(Path(__file__).parents[2]) in map(os.path.realpath, filter(None, folders))


def _without_stdout() -> int:
    """What could not be written shall not fail again when this process ends."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED


def _unexpected(error: Exception) -> str:
    kind = f"{type(error).__name__}: {error}".partition("\n")[0]
    if isinstance(error, ImportError):
        again = "run quickstart.py again, in the course's repository with the word `all`"
        return f"the installation is not complete ({kind}): {again}"
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="autograder-", suffix=".txt", delete=False
    ) as file:
        file.write(f"{shlex.join(sys.argv)}\n{traceback.format_exc()}")
    return f"the grader itself failed ({kind}). Please send the staff {file.name}"


def _forget_the_current_folder() -> None:
    """Import nothing from the working directory, which `python -m` and PYTHONPATH=. would allow.

    A module there would be imported in place of the one of the same name in a submission.
    """
    try:
        here = Path.cwd()
    except FileNotFoundError:
        raise UsageError(
            "the folder that you are in has been removed: change into it again"
        ) from None
    if here != Path(__file__).parents[2]:  # where an editable install is imported from
        sys.path[:] = [entry for entry in sys.path if Path(entry).resolve() != here]


def _say(message: str, status: int) -> int:
    from autograder.render.disclosure import clean_text

    with suppress(OSError):  # of a terminal that is gone
        print(f"autograder: {clean_text(message)}", file=sys.stderr)  # it may quote names of files
    return status
