"""Every attack, graded: nothing leaks, nothing survives, nothing is won."""

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Set
from pathlib import Path

import psutil
import pytest

from autograder.gradescope.plan import Layout
from autograder.gradescope.rehearsal.reading import find_problems
from autograder.grading.running.subprocess_grading import grade_in_subprocess
from autograder.machine import libc
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.render.disclosure import for_student_report
from autograder.render.html import page as html
from autograder.render.json_report import dumps
from autograder.render.terminal.console import TerminalReporter
from autograder.sandbox.isolation import ACTIVE, Isolation
from autograder.tests.attacks.vault import Attack, Vault, attacks, lay_out_for_gradescope
from autograder.tests.gradescope.samples import results_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the layers are Linux's")
ATTACKS = attacks()
STATES = Isolation("fork").layers
CLASSES = {"forge", "steal", "imports", "time", "memory", "process", "disk", "output", "network"}
CLASSES |= {"integrity", "ranks"}
LONGEST_S = 900.0
# one of each class; the driver's own surroundings are what differs
ON_GRADESCOPE = (
    *("forge/verdict_frame", "steal/metadata", "steal/folders", "steal/stack", "output/flood"),
    *("time/sleep", "process/daemons", "disk/results_file", "integrity/print_hidden_inputs"),
)
HOSTILE_TEXT = {
    "terminal": ("\x1b]0;", "\x1b[2J", "\x9b"),
    "html": ("<script>alert(", "<img src=x"),
}


@pytest.fixture(scope="session", autouse=True)
def _adopt_orphans() -> None:
    """Whatever outlives a grader becomes a child of this process, and is seen."""
    if sys.platform == "linux":
        libc.prctl(libc.PR_SET_CHILD_SUBREAPER, 1)


@pytest.fixture
def scratch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where graders put temporary files: theirs alone, and other users can pass through."""
    folder = Path(tempfile.mkdtemp(prefix="attacks-"))
    folder.chmod(0o711)
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    subprocess.run(["rm", "-rf", str(folder)], check=True)  # shutil gives up on deep folders


def marked(attack: Attack) -> object:
    """The attack as a parameter; one that is still open must succeed, or its mark is stale."""
    why = attack.still_open
    if attack.layer and (state := STATES[attack.layer]) != ACTIVE:
        why = f"only layer {attack.layer!r} stops it, and that is unavailable: {state}"
    marks = [pytest.mark.xfail(reason=why, raises=AssertionError)] if why else []
    return pytest.param(attack, id=attack.name, marks=marks)


def survivors() -> list[psutil.Process]:
    """Processes below this one that a grader left behind; they are ended."""
    deadline = time.monotonic() + 30.0
    while left := psutil.Process().children(recursive=True):
        for process in left:
            if process.status() == psutil.STATUS_ZOMBIE:
                os.waitpid(process.pid, os.WNOHANG)
        if time.monotonic() > deadline:
            break
        time.sleep(0.02)
    for process in left:
        process.kill()
    return left


def seen_by_students(report: Report) -> dict[str, str]:
    """Everything that any renderer shows a student."""
    stream = io.StringIO()
    reporter = TerminalReporter(stream, title=report.title, staff=False, width=100)
    reporter.start([outcome.check for outcome in report.outcomes])
    for outcome in report.outcomes:
        reporter.outcome(outcome)
    reporter.finish(report)
    page = html.render(for_student_report(report)) + html.render(report, staff=False)
    results = results_of(report, [outcome.check for outcome in report.outcomes])
    shown = str({key: value for key, value in results.items() if key != "extra_data"})
    told = dumps(report, staff=False)
    return {"terminal": stream.getvalue(), "html": page, "gradescope": shown, "json": told}


def require_nothing_won(
    attack: Attack, verdicts: dict[str, str], declared: list[str], undecided: Set[str] = frozenset()
) -> None:
    """Exactly the checks that it may pass are passed, and the grader takes no blame.

    But for those `undecided`: a machine too busy to measure a time lets it pass.
    """
    assert sorted(verdicts) == sorted(declared)
    if attack.passes == ("any",):  # what is left undecided depends on the machine's speed
        return
    wanted = attack.earned(declared)
    passed = {name for name, verdict in verdicts.items() if verdict == "PASSED"}
    assert passed - undecided == wanted - undecided, verdicts
    assert Verdict.GRADER_ERROR.value not in verdicts.values(), verdicts


@pytest.mark.parametrize("attack", [marked(attack) for attack in ATTACKS])
def test_an_attack_gains_nothing(
    attack: Attack, tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The grader ends in time with every check decided, and no canary is in what students see."""
    vault = Vault(tmp_path / "root")
    vault.switch(attack.switches)
    submission = vault.hand_in(attack, tmp_path / "handed in")
    monkeypatch.setenv("GRADER_TOKEN", vault.canary("environment"))
    try:
        report = grade_in_subprocess(vault.request(attack, submission), LONGEST_S)
    finally:
        left = survivors()
        # where it is not a worker's own, see the doctor, what an attack keeps there stays
        kept = Path("/dev/shm") / f"attack{str(vault.root).replace('/', '-')}"
        kept.unlink(missing_ok=True)
    assert left == []
    assert [path.name for path in scratch.iterdir()] == []
    seen = seen_by_students(report)
    assert vault.leaks("\n".join(seen.values())) == []
    assert [t for kind, texts in HOSTILE_TEXT.items() for t in texts if t in seen[kind]] == []
    verdicts = {outcome.check.id: outcome.verdict.value for outcome in report.outcomes}
    unsure = {o.check.id for o in report.outcomes if any(m.undecided for m in o.measurements)}
    require_nothing_won(attack, verdicts, vault.declared(attack), unsure)


@pytest.mark.parametrize("name", ON_GRADESCOPE)
def test_an_attack_gains_nothing_on_gradescope(
    name: str, tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same through the driver: results.json is valid, and hides what it must."""
    attack = next(attack for attack in ATTACKS if attack.name == name)
    layout = Layout(tmp_path)
    vault = Vault(layout.private)
    vault.switch(attack.switches)
    for file in ("check_speed.py", "check_vault_budgets.py", "check_program.py", "check_ranks.py"):
        (vault.root / "assignments" / "vault" / "checks" / file).unlink()
    lay_out_for_gradescope(vault, layout)
    vault.hand_in(attack, layout.submission)
    monkeypatch.setenv("SUBMISSION_URL", vault.canary("environment"))
    driver = "autograder.gradescope.runner.driver"
    command = [sys.executable, "-I", "-B", "-m", driver, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, timeout=LONGEST_S)
    assert survivors() == []
    text = layout.results.read_bytes()
    findings = find_problems(text)
    assert list(findings) == [], done.stdout
    shown = text.decode()
    assert vault.leaks(shown) == []
    results = json.loads(text)
    verdicts = results["extra_data"]["verdicts"]
    require_nothing_won(attack, verdicts, vault.declared(attack))
    assert done.returncode == 0


def test_honest_work_passes_every_check(tmp_path: Path, scratch: Path) -> None:
    """The same grading gives honest work all points: attacks are denied what exists."""
    honest = Attack("honest", "", ("all",), quick=False)
    vault = Vault(tmp_path / "root")
    report = grade_in_subprocess(
        vault.request(honest, vault.hand_in(honest, tmp_path / "handed in")), LONGEST_S
    )
    assert [o.check.id for o in report.outcomes if o.verdict is not Verdict.PASSED] == []


def test_canaries_are_found() -> None:
    """The search finds what it looks for: there are at least 60 attacks, in every class."""
    folder = Path(tempfile.mkdtemp())
    vault = Vault(folder / "root")
    for name, canary in vault.canaries.items():
        assert vault.leaks(f"<p>{canary}</p>") == [name]
    assert vault.leaks(f"{float(vault.number)}") == ["a hidden input"]
    shutil.rmtree(folder)
    assert len(ATTACKS) >= 60
    assert {attack.name.partition("/")[0] for attack in ATTACKS} == CLASSES
