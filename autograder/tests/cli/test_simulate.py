"""What `autograder simulate` prints of a run, and the status it gives."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.cli.commands import simulate as simulate_command
from autograder.cli.commands.simulate import show_run
from autograder.cli.main import main
from autograder.gradescope.rehearsal import container
from autograder.gradescope.rehearsal.reading import HarnessVerdict
from autograder.gradescope.rehearsal.simulate import SimulatedRun
from autograder.render.results_json import Problem

Capture = pytest.CaptureFixture[str]

PASSED = {"status": "passed", "score": 3, "max_score": 3.0, "name": "1.1 The mean"}
FAILED = {"status": "failed", "score": 0.5, "max_score": 2, "name": "1.2 The rest"}


def a_run(tests: object = (), **changes: Any) -> SimulatedRun:
    """A run without problems, apart from the changes."""
    run = SimulatedRun(
        verdict=HarnessVerdict.ACCEPTED,
        status=0,
        wall_s=1.25,
        timed_out=False,
        results={"score": 3.5, "tests": list(tests) if isinstance(tests, tuple) else tests},
        problems=(),
        stdout="the log of staff\n",
        survivors=(),
        results_file=Path("out/results.json"),
    )
    return msgspec.structs.replace(run, **changes)


def test_all_passed_gives_0(capsys: Capture) -> None:
    """There is a row for each test, then the score. The log is not printed."""
    assert show_run(a_run((PASSED,))) == 0
    assert [row.split() for row in capsys.readouterr().out.splitlines()] == [
        "passed 3 / 3 1.1 The mean".split(),
        f"score 3.5, harness: {HarnessVerdict.ACCEPTED.value}, 1.2 s".split(),
        ["results.json:", str(Path("out/results.json"))],
    ]


def test_a_failed_check_gives_1(capsys: Capture) -> None:
    """`autograder check` has the same status."""
    assert show_run(a_run((PASSED, FAILED), status=1)) == 1
    assert "failed    0.5 / 2     1.2 The rest" in capsys.readouterr().out


@pytest.mark.parametrize(
    "changes",
    [
        {"verdict": HarnessVerdict.TIMED_OUT},
        {"survivors": ("python (pid 7)",)},
        {"status": 2},
        {"status": -9},
        {"problems": (Problem("score", "it is a string"),)},
        {"results": None},
        {"results": {"score": 0}},
    ],
)
def test_what_gradescope_would_not_take_gives_2(capsys: Capture, changes: dict[str, Any]) -> None:
    """It does so however many tests passed. The end of the log helps to find the cause."""
    assert show_run(a_run((PASSED,), **changes)) == 2
    shown = capsys.readouterr().out
    assert "the log of staff" in shown
    assert f"status {changes.get('status', 0)}; the end of what it printed" in shown


def test_problems_and_survivors_are_named(capsys: Capture) -> None:
    """Each error or warning is printed once, with its place. A warning alone changes no status."""
    warning = Problem("tests[0].name", "it is long", "shorten it", fatal=False)
    assert show_run(a_run((PASSED,), problems=(warning,))) == 0
    assert "results.json: warning: tests[0].name: it is long; shorten it\n" in (
        capsys.readouterr().out
    )
    show_run(a_run((PASSED,), survivors=("sleep (pid 7)",)))
    assert "still running after the grading: sleep (pid 7)\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    "tests", [None, "none", 3, ["text", PASSED], [{"score": "3", "max_score": None, "status": 1}]]
)
def test_a_broken_results_file_can_be_shown(capsys: Capture, tests: object) -> None:
    """The command is there to find out what is wrong with such a file."""
    assert show_run(a_run(tests, problems=(Problem("tests", "broken"),))) == 2
    assert "results.json: error: tests: broken" in capsys.readouterr().out


def test_what_a_submission_chose_cannot_steer_the_terminal(capsys: Capture) -> None:
    """This holds for the name of a process and for printed output."""
    run = a_run((PASSED,), survivors=("\x1b[2J\nscore 100 (pid 7)",), stdout="\x1b]0;x\x07log")
    assert show_run(run) == 2
    shown = capsys.readouterr().out
    assert "still running after the grading: score 100 (pid 7)\n" in shown
    assert "\x1b" not in shown and "\nlog\n" in shown


@pytest.mark.parametrize("option", [("--wheels", "w"), ("--memory", "1 GB"), ("--cpus", "2")])
def test_what_only_a_container_has_needs_one(
    capsys: Capture, tmp_path: Path, option: tuple[str, str]
) -> None:
    """An option that would have no effect is an error."""
    assert main(["simulate", "a.zip", str(tmp_path), *option]) == 2
    assert f"{option[0]} needs --container IMAGE" in capsys.readouterr().err


def test_options_reach_the_container(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Size, wheels, time limit and --fresh come from the command line. Notices are printed."""
    given: list[object] = []

    def simulate_in_container(*files: object, **options: object) -> SimulatedRun:
        given.extend((*files, options))
        return a_run((PASSED,), notices=("memory ran out",))

    monkeypatch.setattr(simulate_command, "simulate_in_container", simulate_in_container)
    command = "simulate a.zip work --out o --fresh --time-limit 7 --container base --wheels w"
    assert main([*command.split(), "--memory", "1 GB", "--cpus", "2"]) == 0
    wanted = container.Container(image="base", wheels=Path("w"), memory="1 GB", cpus=2.0)
    assert given == [
        *map(Path, ("a.zip", "work", "o")),
        wanted,
        {"time_limit_s": 7, "reuse": False},
    ]
    assert "memory ran out\n" in capsys.readouterr().out
