"""verify grades as students and as Gradescope do: from both zips, unpacked."""

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from autograder.authoring.paths import Paths, build_zips, unpacked
from autograder.authoring.trials import Trial, problems_of, trials_of
from autograder.gradescope.plan import read_plan
from autograder.gradescope.rehearsal.handing_in import SAMPLE_METADATA, lay_out
from autograder.gradescope.runner import driver
from autograder.grading.context.request import GradingRequest
from autograder.grading.declaring.proving_programs import Program, programs_of
from autograder.grading.fixtures.oracles import show_records
from autograder.grading.provenance.content import ASSIGNMENT, GRADER, content_hashes
from autograder.grading.running import session
from autograder.grading.running.subprocess_grading import grade_in_subprocess
from autograder.model.course import find_assignment
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.release.record import record_answers
from autograder.release.tables import write_tables
from autograder.tests.authoring.course import (
    SECRET,
    copy_of,
    scaffolded,
    tiny_of,
    with_sources,
    write,
)
from autograder.tests.cli.commands import run_apart

FIRST = "check_mean_square_of_three_numbers"
LOOP = "check_mean_square_agrees_with_a_loop"
HEAD = (
    '"""A fault.\n\ncaught by: {check}\nmessage: {message}\nnot recognised: made for a test\n'
    '{more}"""\n\n\n'
)
ASKS_ABOUT_AN_ANSWER = '''

@check(part="1.1", points=1)
def check_that_asks_what_it_was_told(student, oracle):
    """It asks about the answer."""
    got = student.mean_square(np.ones(2))
    expect.equal(got, oracle.mean_square(np.array([got])), what="it")
'''
REMEMBERS = """
_SEEN = {seen}


def mean_square(x):
    right = float(x @ x) / len(x)
    return right if repr(right) in _SEEN else 2 * right
"""


class Course(msgspec.Struct):
    """A course and its zips, unpacked."""

    root: Path
    paths: Paths

    def problems(self, name: str, text: str) -> list[str]:
        """What is wrong with a program of this text."""
        path = write(self.root / "reference/tiny/submissions", f"{name}.py", text)
        (program,) = [p for p in programs_of(tiny_of(self.root)).usable if p.path == path]
        trial = Trial(program.name, program)
        return problems_of(trial, tiny_of(self.root), self.root, self.paths)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    """The scaffolded course, with a check that asks for the public inputs."""
    folder = tmp_path_factory.mktemp("built")
    root = copy_of(scaffolded(tmp_path_factory), folder / "course")
    with_sources(root)
    zips, problems = build_zips(tiny_of(root), root, folder, times=1)
    assert problems == []
    yield Course(root, unpacked("tiny", root, zips, folder / "unpacked"))


def hashes(request: GradingRequest, secret: bytes | None) -> dict[str, str]:
    """The content hashes that a grading of this request would report."""
    return content_hashes(request.root, find_assignment(request.root, "tiny"), secret)


def test_both_zips_are_the_same_version(built: Course) -> None:
    """The hash of the assignment is the same at home and on the server."""
    submission = built.root / "reference" / "tiny"
    home = built.paths.at_home(submission, ())
    assert home is not None
    at_home = hashes(home, None)
    server = hashes(built.paths.on_server(submission, ()), SECRET)
    checkout = hashes(
        GradingRequest(root=built.root, assignment="tiny", submission=submission), None
    )
    assert set(at_home) == {ASSIGNMENT, GRADER}
    assert {name: server[name] for name in at_home} == at_home
    assert {name: checkout[name] for name in at_home} == at_home


def test_both_zips_have_the_same_grader(built: Course) -> None:
    """What a student installs is what the image installs, file by file."""
    assert built.paths.home is not None
    folders = (built.paths.home, built.paths.server.private.parent)
    at_home, on_server = (_grader_in(folder / "wheels") for folder in folders)
    assert "autograder/grading/provenance/content.py" in at_home
    assert at_home == on_server


def _grader_in(wheels: Path) -> dict[str, bytes]:
    (wheel,) = wheels.glob("autograder-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_home_has_nothing_private(built: Course) -> None:
    """As in a student's folder: no reference, and answers that were recorded."""
    assert built.paths.home is not None
    assert find_assignment(built.paths.home, "tiny").private is None
    assert not (built.paths.home / "reference").exists()


def test_the_server_asks_as_the_driver_does(
    built: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every field of the request is the same, except the time that is left."""
    asked: list[GradingRequest] = []

    def grade(request: GradingRequest, on_outcome: object, assignment: object) -> Report:
        asked.append(request)
        return Report(assignment="tiny", title="t", parts=(), outcomes=())

    monkeypatch.setattr(session, "grade", grade)
    plan = read_plan(built.paths.server)
    driver.session_grade(plan, 30.0, lambda outcome: None)
    ours = built.paths.on_server(plan.layout.submission, ())
    assert asked == [msgspec.structs.replace(ours, run_s=30.0)]


def test_quick_samples_what_takes_long() -> None:
    """The reference once, two accepted variants without what measures, and at most 10 programs
    that must fail, from all folders."""

    def program(name: str, verdict: Verdict) -> Program:
        return Program(path=Path(name), title=name, verdict=verdict)

    programs = [program(f"a{number}", Verdict.PASSED) for number in range(5)]
    programs += [program(f"m{number}", Verdict.OVER_MEMORY_BUDGET) for number in range(3)]
    programs += [program(f"w{number}", Verdict.WRONG) for number in range(38)]
    quick = list(trials_of(programs, True))
    tried = ["reference, time 1", "template", "/a0", "/a1", "/m0", "/w2", "/w7"]
    assert [trial.name for trial in quick][:7] == tried
    assert len(quick) == len(tried) - 3 + 9
    assert all(trial.at_home for trial in quick)
    assert [t.name for t in quick if not t.measured] == ["/a0", "/a1"]
    whole = list(trials_of(programs, False))
    assert [t.at_home for t in whole] == [True, False, False, *[True] * 47]
    assert all(trial.measured for trial in whole)


def test_without_zips_the_checkout_serves(course: Path, tmp_path: Path) -> None:
    """A zip that cannot be built is a finding, and the gradings take place all the same."""
    paths = unpacked("tiny", course, {}, tmp_path)
    request = paths.on_server(course, ())
    assert (request.root, paths.at_home(course, ())) == (course, None)
    assert request.secret_file is not None
    assert request.secret_file.read_bytes().strip() == SECRET


def test_a_program_that_passes_at_home_must_say_so(built: Course) -> None:
    """A program may fail with secret inputs only if its docstring gives the reason."""
    text = REMEMBERS.format(seen=public_answers(built))
    message = "your code passes with the inputs you have"
    plain = HEAD.format(check=LOOP, message=message, more="")
    found = built.problems("wrong/remembers", plain + text)
    assert [problem.partition(": ")[2] for problem in found] == [
        "passed at home, WRONG on the server: it passes with the public inputs, not with others"
        " drawn the same way"
    ]
    excused = HEAD.format(check=LOOP, message=message, more="passes at home: it remembers them\n")
    assert built.problems("wrong/remembers", excused + text) == []


def test_a_reason_that_is_not_needed_is_a_finding(built: Course) -> None:
    """The program fails at home as well."""
    more = "passes at home: it does not\n"
    text = HEAD.format(check=FIRST, message="off", more=more)
    wrong = "def mean_square(x):\n    return 2 * float(x @ x) / len(x)\n"
    assert built.problems("wrong/needless", text + wrong) == [
        "remove the line `passes at home`: it fails at home as well"
    ]


def test_a_file_that_one_zip_lacks_is_found(built: Course, tmp_path: Path) -> None:
    """Without the file of recorded answers the check is broken at home."""
    assert built.paths.home is not None
    home = copy_of(built.paths.home, tmp_path / "home")
    recorded = home / "assignments" / "tiny" / "recorded_answers.json"
    recorded.write_text("{}")
    paths = msgspec.structs.replace(built.paths, home=home)
    trial = Trial("reference", None)
    found = problems_of(trial, tiny_of(built.root), built.root, paths)
    assert found[0].startswith(f"at home, {LOOP} is broken: ")
    assert found[-1].startswith("the zips hold two versions of the assignment")
    assert all(problem.startswith("at home, ") for problem in found[:-1])


def test_a_question_that_depends_on_the_submission_is_found(built: Course, tmp_path: Path) -> None:
    """At home there is no recorded answer to a question that only a wrong program causes."""
    root = copy_of(built.root, tmp_path / "course")
    path = root / "assignments/tiny/checks/check_1_mean_square.py"
    path.write_text(path.read_text() + ASKS_ABOUT_AN_ANSWER)
    tiny = tiny_of(root)
    records = show_records(record_answers(tiny, root, prove=False))
    write(root, "student_templates/tiny/recorded_answers.json", records)
    write_tables(tiny)
    zips, problems = build_zips(tiny, root, tmp_path, times=1)
    assert problems == []
    asking = Course(root, unpacked("tiny", root, zips, tmp_path / "unpacked"))
    text = HEAD.format(check="check_that_asks_what_it_was_told", message="it is", more="")
    wrong = "def mean_square(x):\n    return 2 * float(x @ x) / len(x)\n"
    (found,) = asking.problems("wrong/twice", text + wrong)
    assert found.startswith("at home, check_that_asks_what_it_was_told is broken: ")
    assert "a question may not depend on the submission" in found


def test_the_whole_way_from_home_to_a_replay(built: Course, tmp_path: Path) -> None:
    """Checked and packed at home, driven as on Gradescope, replayed in the checkout."""
    assert built.paths.home is not None
    mine, root = tmp_path / "mine", built.paths.server.root
    mine.mkdir()
    shutil.copyfile(built.root / "reference/tiny/tiny.py", mine / "tiny.py")
    packed, results = tmp_path / "packed.zip", root / "results" / "results.json"
    assert run_apart(built.paths.home, "check", "tiny", "--submission", mine).status == 0
    pack = ("pack", "tiny", "--submission", mine, "--out", packed)
    assert run_apart(built.paths.home, *pack).status == 0
    lay_out(packed, root / "submission")
    results.parent.mkdir()
    (root / "submission_metadata.json").write_text(json.dumps(SAMPLE_METADATA))
    command = [sys.executable, "-I", "-B", "-m", "autograder.gradescope.runner.driver", str(root)]
    log = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    told = "3 visible checks: the same verdicts as on your machine"
    assert told in json.loads(results.read_bytes())["output"].splitlines()
    assert f"told to the student: {told}" in log
    assert SECRET.decode() not in results.read_text()
    again = run_apart(built.root, "replay", results, packed)
    assert again.out.splitlines()[1] == "reproduced exactly: 4 verdicts, 10 points"
    assert again.status == 0


def public_answers(built: Course) -> list[str]:
    """The right answers to the public inputs of a check, as a student finds them by printing."""
    seen: list[str] = []
    for _ in range(20):
        folder = write(built.root.parent / "spy", "tiny.py", SPY.format(seen=seen)).parent
        request = built.paths.at_home(folder, (LOOP,))
        assert request is not None
        report = grade_in_subprocess(request, 100)
        printed = [row for o in report.outcomes for row in o.output.split()]
        if not set(printed) - set(seen):
            return seen
        seen = list(dict.fromkeys([*seen, *printed]))
    raise AssertionError("the inputs change from one grading to the next")


SPY = """
SEEN = {seen}


def mean_square(x):
    right = float(x @ x) / len(x)
    print(repr(right))
    return right if repr(right) in SEEN else -1.0
"""
