"""`autograder verify` on an assignment with every fault it must find."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.authoring import trials as trials_module
from autograder.authoring import verify as verify_module
from autograder.authoring.proofs.prove import KINDS
from autograder.authoring.verify import verify
from autograder.model.errors import AutograderError, ConfigError, GraderError
from autograder.model.report import Report
from autograder.tests.authoring.course import (
    CHECKS,
    copy_of,
    replace,
    scaffolded,
    secret_of,
    tiny_of,
    write,
)
from autograder.tests.authoring.once import once, shared_folder

FIRST = "check_mean_square_of_three_numbers"
LOOP = "check_mean_square_agrees_with_a_loop"
PROGRAM = '"""A fault.\n\ncaught by: {check}\nmessage: {message}\n"""\n\n\n'
WRONG = "def mean_square(x):\n    return 2 * float(x @ x) / len(x)\n"
CRASHES = "def mean_square(x):\n    raise KeyError(x)\n"

FAULTS = {
    "wrong/passes.py": PROGRAM.format(check=FIRST, message="off"),
    "wrong/crashes.py": PROGRAM.format(check=FIRST, message="off") + CRASHES,
    "wrong/other_message.py": PROGRAM.format(check=FIRST, message="upside down") + WRONG,
    "wrong/unknown_check.py": PROGRAM.format(check="check_nothing", message="off") + WRONG,
    "wrong/undeclared.py": '"""No more than a title."""\n',
    "accepted/is_wrong.py": '"""Not right at all."""\n\n\n' + WRONG,
}
HIDDEN = (
    CHECKS
    + '''
@check(part="1.1", points=1)
def check_that_passes_without_a_submission():
    """It looks at nothing."""


@check(part="1.1", points=1)
def check_that_the_reference_fails(student):
    """It wants another number."""
    expect.close(student.mean_square(np.ones(1)), 3.0, rtol=0.0, why="w", what="the odd one")


@check(part="1.1", points=1)
def check_that_is_broken(student):
    """It divides by zero."""
    1 / 0
'''
)


class Verified(msgspec.Struct):
    """What one run of verify gave."""

    said: list[str]
    findings: list[str]

    def of(self, step: str) -> list[str]:
        """The findings of one step, without its name."""
        return [f.removeprefix(f"{step}: ") for f in self.findings if f.startswith(f"{step}: ")]


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Verified:
    """An assignment with all faults at once, verified once: gradings take their time."""
    result = shared_folder(tmp_path_factory) / "faulty.json"
    made = scaffolded(tmp_path_factory)
    once(result, lambda: verify_faulty(copy_of(made, result.with_name("faulty")), result))
    return msgspec.json.decode(result.read_bytes(), type=Verified)


def verify_faulty(root: Path, result: Path) -> None:
    """Put in the faults, verify, and write what that gave."""
    private = root / "reference" / "tiny"
    for path in private.glob("submissions/*/*.py"):
        path.unlink()
    for name, text in FAULTS.items():
        write(private / "submissions", name, text)
    write(private, "checks/check_2_faulty.py", HIDDEN)
    write(root, "student_templates/tiny/tiny.py", "# written by hand\n")
    said: list[str] = []
    findings = verify(tiny_of(root), root, quick=False, jobs=2, say=said.append)
    result.write_bytes(msgspec.json.encode(Verified(said, findings)))


def test_points_that_do_not_add_up_are_found(faulty: Verified) -> None:
    """Three more points of checks than the part is worth."""
    assert faulty.of("points of the parts, the checks and the report") == [
        "part 1.1 is worth 10 points, its checks 13"
    ]


def test_a_check_that_is_unknown_is_found(faulty: Verified) -> None:
    """A misspelt name in `caught by` would prove nothing; no grading is spent on it."""
    problems = faulty.of("declarations of the programs")
    assert any(p.startswith("submissions/wrong/unknown_check.py: there is no") for p in problems)
    assert not faulty.of("wrong/unknown_check")


def test_a_docstring_without_caught_by_is_found(faulty: Verified) -> None:
    """And it does not stop the others from being tried."""
    problems = faulty.of("declarations of the programs")
    assert any(p.startswith("submissions/wrong/undeclared.py: its docstr") for p in problems)
    assert len(problems) == 2


def test_an_unexplained_check_is_found(faulty: Verified) -> None:
    """The three odd checks say neither why they are there nor what requirement they are about."""
    problems = faulty.of("requirements of the handout")
    assert "check_that_is_broken: its docstring has no line `Why: ...` below the title" in problems
    assert len(problems) == 9


def test_a_stale_template_is_found(faulty: Verified) -> None:
    """With the command that renews it; other wrong programs leave other traces."""
    assert faulty.of("template and handout") == [
        f"student_templates/tiny/{name} is stale: run `autograder release tiny`"
        for name in ("recognised_mistakes.json", "tiny.py")
    ]


def test_a_must_fail_program_that_passes_is_found(faulty: Verified) -> None:
    """Its check does not catch it."""
    assert faulty.of("wrong/passes") == [f"{FIRST} gives PASSED, not WRONG: Passed."]


def test_another_verdict_is_found(faulty: Verified) -> None:
    """To fail is not enough: the folder says how."""
    (problem,) = faulty.of("wrong/crashes")
    assert problem.startswith(f"{FIRST} gives CRASHED, not WRONG: ")
    assert "KeyError" in problem


def test_another_message_is_found(faulty: Verified) -> None:
    """The student must be told what the author declares; the finding says what was told."""
    (problem,) = faulty.of("wrong/other_message")
    assert problem.startswith(f"{FIRST} does not say 'upside down' but: the mean square is off")


def test_a_rejected_variant_is_found(faulty: Verified) -> None:
    """An accepted variant passes everything, or a right solution would lose points."""
    problems = faulty.of("accepted/is_wrong")
    assert any(p.startswith(f"a right solution fails {FIRST}: ") for p in problems)


def test_a_reference_that_fails_is_found(faulty: Verified) -> None:
    """With the message that a student would read."""
    problems = faulty.of("reference, time 1")
    failing = "a right solution fails check_that_the_reference_fails: the odd one is off"
    assert any(p.startswith(failing) for p in problems)


def test_a_template_that_passes_a_check_is_found(faulty: Verified) -> None:
    """An empty submission must earn nothing."""
    passing = "check_that_passes_without_a_submission is PASSED on the template: Passed."
    assert passing in faulty.of("template")


def test_a_broken_check_is_found(faulty: Verified) -> None:
    """Once for each grading, with its own traceback, and as no fault of the submission."""
    broken = [p for p in faulty.of("reference, time 1") if "check_that_is_broken" in p]
    assert len(broken) == 1
    assert broken[0].startswith("check_that_is_broken is broken: ")
    assert "ZeroDivisionError" in broken[0]


def test_every_finding_is_said_where_it_arises(faulty: Verified) -> None:
    """Each below the line of its step; the last line counts them."""
    told = [line.strip() for line in faulty.said]
    assert all(finding.rpartition(": ")[2] in "\n".join(told) for finding in faulty.findings)
    said = [line[5:] for line in faulty.said if re.match("ok  |NOT ", line)]
    steps = [re.sub(": .* due .*", "", line) for line in said]
    proofs = [f"proofs, {kind.name}" for kind in KINDS]
    assert steps[: 10 + len(proofs)] == [
        "points of the parts, the checks and the report",
        "requirements of the handout",
        "declarations of the programs",
        "template and handout",
        *proofs,
        "the lab's data of the reference",
        "student zip and Gradescope zip",
        *(f"reference, time {number}" for number in (1, 2, 3)),
        "template",
    ]
    count = len(faulty.findings)
    assert told[-1] == f"tiny: 3 must-fail programs, 1 accepted variant, {count} findings"


def fake_gradings(
    monkeypatch: pytest.MonkeyPatch, error: AutograderError | None = None
) -> list[str]:
    """Gradings that take no time; gives the steps whose zips and templates are looked at."""
    looked: list[str] = []

    def look(name: str, problems: list[str]) -> list[str]:
        looked.append(name)
        return problems

    def grade(request: object, timeout_s: float) -> Report:
        if error:
            raise error
        return Report(assignment="tiny", title="t", parts=(), outcomes=())

    def build(assignment: object, root: Path, folder: Path, times: int) -> tuple[Any, list[str]]:
        return {}, look(f"zips, {times} times", ["z"])

    monkeypatch.setattr(trials_module, "grade_in_subprocess", grade)
    monkeypatch.setattr(verify_module, "stale", lambda *_: look("stale", []))
    monkeypatch.setattr(verify_module, "build_zips", build)
    monkeypatch.setattr(trials_module, "judge_program", lambda *_: [])
    return looked


def slow_program(course: Path, name: str) -> None:
    """A too-slow program that is told apart by its name."""
    text = PROGRAM.format(check=FIRST, message="off")
    write(course, f"reference/tiny/submissions/over_time_budget/{name}.py", text)


def test_quick_samples_programs_and_builds_each_zip_once(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One grading of the reference, and of the programs that must fail no more than the limit."""
    looked = fake_gradings(monkeypatch)
    monkeypatch.setattr(trials_module, "_QUICK_WRONG", 1)
    for name in "abc":
        slow_program(course, name)
    said: list[str] = []
    verify(tiny_of(course), course, quick=True, jobs=1, say=said.append)
    assert [line for line in said if "reference, time" in line] == ["ok   reference, time 1"]
    sampled = [line for line in said if "_budget/" in line]
    assert sampled == ["ok   over_operation_budget/loop"]
    assert looked == ["stale", "zips, 1 times"]


def test_the_whole_tries_everything(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reference three times, every program, and both zips, whose problems count."""
    looked = fake_gradings(monkeypatch)
    for name in "abc":
        slow_program(course, name)
    said: list[str] = []
    findings = verify(tiny_of(course), course, quick=False, jobs=1, say=said.append)
    assert sum("reference, time" in line for line in said) == 3
    assert sum("over_time_budget" in line for line in said) == 3
    assert looked == ["stale", "zips, 2 times"]
    unproved = [line for line in findings if line.startswith("proofs, ")]
    assert [line for line in findings if line not in unproved] == [
        "student zip and Gradescope zip: z"
    ]


def test_a_grading_without_a_report_is_a_finding(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One grading that hangs does not hide what the others show."""
    fake_gradings(monkeypatch, GraderError("took over 3 s"))
    findings = verify(tiny_of(course), course, quick=True, jobs=1, say=lambda line: None)
    graded = [line for line in findings if not line.startswith("proofs, ")]
    assert graded[1:3] == ["reference, time 1: took over 3 s", "template: took over 3 s"]


def test_a_missing_secret_is_an_error_at_once(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is graded before."""
    looked = fake_gradings(monkeypatch)
    toml = course / "course.toml"
    replace(toml, secret_of(course).as_posix(), (course.parent / "none").as_posix())
    with pytest.raises(ConfigError, match="autograder new --secret"):
        verify(tiny_of(course), course, quick=True, jobs=1, say=lambda line: None)
    assert looked == []
