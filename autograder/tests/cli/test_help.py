"""`--help`: instant, and there for every command."""

import re
import subprocess
import sys

import pytest

from autograder import __version__
from autograder.tests.cli.commands import Run

COMMANDS = (
    "list",
    "check",
    "explain",
    "show",
    "lab",
    "pack",
    "doctor",
    "new",
    "release",
    "verify",
    "prove",
    "zip",
    "simulate",
    "replay",
    "grade",
    "regrade-diff",
    "similarity",
)
HEAVY = {"numpy", "torch", "matplotlib", "rich", "pytest", "msgspec", "jinja2", "psutil", "asyncio"}
ASK = """\
import contextlib, io, sys
from autograder.cli.main import main

for command in ([], *([name] for name in sys.argv[1:])):
    with contextlib.redirect_stdout(io.StringIO()) as text, contextlib.suppress(SystemExit):
        main([*command, "--help"])
    assert text.getvalue().startswith("usage: autograder"), command
print(*sys.modules)
"""


def test_help_imports_nothing_heavy() -> None:
    """This holds for the program and for each command. `sys.modules` shows what was imported."""
    done = subprocess.run(
        [sys.executable, "-c", ASK, *COMMANDS], capture_output=True, text=True, check=True
    )
    imported = set(done.stdout.split())
    assert "autograder.cli.main" in imported
    assert imported & HEAVY == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(run: Run, command: str) -> None:
    """There is a sentence, and a help text for each argument and option."""
    shown = run(command, "--help")
    assert shown.status == 0
    assert ".\n" in shown.out.partition("options:")[0]
    for row in shown.out.partition("--help")[2].splitlines():
        assert not row.startswith("  -") or len(row.split()) > 2, row


def test_all_commands_are_listed(run: Run) -> None:
    """The help also explains the exit statuses."""
    shown = run("--help")
    assert shown.status == 0
    assert [n for n in COMMANDS if re.search(rf"\n    {n}\s", shown.out)] == list(COMMANDS)
    assert "0 everything passed, 1 a check failed, 2 usage" in shown.out


def test_the_list_of_commands_here_is_whole(run: Run) -> None:
    """Otherwise the help of a new command would not be tested."""
    refused = run("nonsense").err
    assert re.findall("[a-z][a-z-]*", refused.partition("choose from")[2]) == list(COMMANDS)


def test_the_version(run: Run) -> None:
    """Reports of bugs need it."""
    assert run("--version").out == f"autograder {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((), "required: COMMAND"),
        (("chekc", "sgd"), "invalid choice: 'chekc'"),
        (("check",), "required: assignment"),
        (("check", "sgd", "--prat", "1"), "unrecognized arguments: --prat"),
        (("verify", "sgd", "--jobs", "0"), "'0' is not a whole number from 1 on"),
        (("verify", "sgd", "--jobs", "two"), "'two' is not a whole number"),
        (("simulate", "z", "s", "--time-limit", "nan"), "'nan' is not a number of seconds"),
        (("simulate", "z", "s", "--time-limit", "-1"), "'-1' is not a number of seconds"),
        (("simulate", "z", "s", "--time-limit", "soon"), "'soon' is not a number of seconds"),
    ],
)
def test_a_wrong_call_is_a_usage_error(run: Run, arguments: tuple[str, ...], reason: str) -> None:
    """The status is 2, and the message names the wrong words."""
    ended = run(*arguments)
    assert ended.status == 2
    assert reason in ended.err
