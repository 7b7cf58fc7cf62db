"""What a run grades, again or for the first time, and when it stops; nothing is really graded."""

import io
import sys
from collections.abc import Collection
from pathlib import Path

import pytest

from autograder.classroom.engine import grade_class as module
from autograder.classroom.engine.grade_class import GradeOptions, grade_class
from autograder.classroom.engine.out_folder import COPIES, opened
from autograder.classroom.engine.progress import ClassProgress
from autograder.classroom.submissions import Graded, Status
from autograder.classroom.taking_in.handed import take_in_class
from autograder.model.course import find_assignment
from autograder.model.errors import GraderError, UsageError
from autograder.model.verdict import Verdict
from autograder.sandbox.isolation import ACTIVE
from autograder.tests.classroom.fake_engine import Decide, FakeEngine
from autograder.tests.classroom.tiny_class import TinyClass
from autograder.tests.grading.tiny import Tiny

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a class is graded on Linux")

KNOWN = {"tiny": Verdict.PASSED}  # the names of the folders of the reference and the template
PREFLIGHT = 2  # gradings


class Runs:
    """Runs of one class with an engine that does as it is told."""

    def __init__(self, tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
        self.course = TinyClass(tiny)
        self.said = ""
        self._monkeypatch = monkeypatch

    def hand_in(self, *students: str) -> None:
        """A submission for each, no two with the same files."""
        self.course.hand_in(**{name: f"f = {name!r}\n" for name in students})

    def run(
        self, decide: Decide, only: Collection[str] | None = None, trusted: bool = False
    ) -> tuple[FakeEngine, dict[str, Graded]]:
        """The engine, and the gradings by student."""
        engine, lines = FakeEngine(lambda name: self._known(name, decide)), io.StringIO()
        self._engine = engine
        self._monkeypatch.setattr(module, "local_engine", engine.start)
        root, out = self.course.root, self.course.out
        assignment = find_assignment(root, "tiny")
        try:
            with opened(out, print) as folder:
                handed = take_in_class(self.course.handed_in, assignment, out / COPIES)
                found = handed.submissions
                chosen = {each.id for each in found} if only is None else only
                progress, options = ClassProgress(lines), GradeOptions(trusted=trusted)
                graded = grade_class(found, chosen, assignment, root, folder, options, progress)
        finally:
            self.said = lines.getvalue()
        return engine, {each.id: each for each in graded}

    def _known(self, name: str, decide: Decide) -> Status | Verdict:
        """The reference comes before the template, and both folders have the assignment's name."""
        if name != "tiny":
            return decide(name)
        first = self._engine.asked.count(name) == 1
        return Verdict.PASSED if first else Verdict.NOT_IMPLEMENTED


@pytest.fixture
def runs(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> Runs:
    """A class without submissions."""
    return Runs(tiny, monkeypatch)


def all_pass(name: str) -> Verdict:
    """Everything is right."""
    return Verdict.PASSED


@pytest.mark.parametrize("status", [Status.GRADER_ERROR, Status.NOT_GRADED, Status.SET_ASIDE])
def test_what_has_no_grade_is_graded_again(runs: Runs, status: Status) -> None:
    """It has no score until then, no page for students, and a line in the output; what is
    graded, and the preflight, are not repeated."""
    runs.hand_in("kim", "lee")
    _, graded = runs.run(lambda name: status if name == "lee" else Verdict.PASSED)
    assert (graded["lee"].status, graded["lee"].score) == (status, None)
    assert graded["kim"].score == 6
    assert f"lee: {status.value}: {status.value} of lee\n" in runs.said
    assert not (runs.course.out / "students" / "lee").exists()
    engine, graded = runs.run(all_pass)
    assert engine.asked == ["lee"]
    assert graded["lee"].score == 6
    assert runs.course.results("lee")["score"] == 6
    engine, _ = runs.run(all_pass)
    assert engine.asked == []


def test_what_was_set_aside_is_tried_again_alone(runs: Runs) -> None:
    """After all others, so that an innocent neighbour of one that uses up the memory is graded."""
    runs.hand_in("kim", "lee", "mo")
    tried: list[str] = []

    def decide(name: str) -> Status | Verdict:
        tried.append(name)
        innocent = name == "kim" or tried.count(name) > 1
        return Verdict.PASSED if name != "lee" and innocent else Status.SET_ASIDE

    engine, graded = runs.run(decide)
    assert tried == ["kim", "lee", "mo", "lee", "mo"]
    assert engine.at_a_time == [PREFLIGHT, 3, 1, 1]
    assert {name: each.status for name, each in graded.items()} == {
        "kim": Status.GRADED,
        "lee": Status.SET_ASIDE,
        "mo": Status.GRADED,
    }


def test_it_stops_when_the_grader_fails_again_and_again(runs: Runs) -> None:
    """Five of the first gradings are enough; those that were graded stay graded."""
    students = [f"s{number:02}" for number in range(10)]
    runs.hand_in(*students)

    def decide(name: str) -> Status | Verdict:
        return Status.GRADER_ERROR if name > "s02" else Verdict.PASSED

    with pytest.raises(GraderError, match="5 of the first 8 gradings are grader errors"):
        runs.run(decide)
    engine, _ = runs.run(all_pass)
    assert engine.asked == students[3:]


@pytest.mark.parametrize("wrong", ["reference", "template", "reference error", "no template"])
def test_without_a_right_preflight_nothing_is_graded(
    runs: Runs, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    """The error names the check, and what to do."""
    runs.hand_in("kim")
    orders: dict[str, list[Status | Verdict]] = {
        "reference": [Verdict.WRONG, Verdict.NOT_IMPLEMENTED],
        "template": [Verdict.PASSED, Verdict.PASSED],
        "reference error": [Status.GRADER_ERROR, Verdict.NOT_IMPLEMENTED],
        "no template": [],
    }
    order = orders[wrong]
    monkeypatch.setattr(runs, "_known", lambda name, decide: order.pop(0))
    if wrong == "no template":
        (runs.course.root / "student_templates" / "tiny" / "work.py").unlink()
    message = {
        "reference": "the reference does not pass: check_square is WRONG; nothing of the class",
        "template": "the template has 6 points, for check_square; nothing of the class",
        "reference error": "the reference could not be graded: grader error of tiny; nothing",
        "no template": "student_templates/tiny has no work.py: run `autograder release tiny`",
    }[wrong]
    with pytest.raises(GraderError, match=message):
        runs.run(all_pass)
    assert set(runs._engine.asked) <= {"tiny"}


def test_only_some_are_graded_and_no_grade_is_lost(runs: Runs) -> None:
    """The gradings of others that the ledger has are returned as well."""
    runs.hand_in("kim", "lee", "mo")
    engine, graded = runs.run(all_pass, only=["lee"])
    assert engine.asked == ["tiny", "tiny", "lee"]
    assert [*graded] == ["lee"]
    engine, graded = runs.run(all_pass, only=["mo"])
    assert engine.asked == ["mo"]
    assert [*graded] == ["lee", "mo"]


def test_it_refuses_a_machine_that_isolates_nothing(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless it is told that the submissions may do what they like; what is graded needs none."""
    runs.hand_in("kim")

    class Open:
        def __init__(self, kind: str) -> None:
            self.layers = {"seccomp": "this system takes no filters", "landlock": ACTIVE}

    monkeypatch.setattr(module, "Isolation", Open)
    with pytest.raises(UsageError, match="not run here: no seccomp"):
        runs.run(all_pass)
    _, graded = runs.run(all_pass, trusted=True)
    assert graded["kim"].score == 6
    assert runs.run(all_pass)[1] == graded


def test_what_cannot_be_read_is_said_and_has_no_score(runs: Runs) -> None:
    """It ends nothing: the others are graded."""
    runs.hand_in("kim")
    (runs.course.handed_in / "link").symlink_to(runs.course.root / "secret")
    _, graded = runs.run(all_pass)
    assert graded["kim"].score == 6
    assert (graded["link"].status, graded["link"].score) == (Status.NOT_GRADED, None)
    log = runs.course.out / "staff" / "link" / "log.txt"
    assert "link" in runs.said and "not followed" in log.read_text()


def test_a_page_never_shows_an_earlier_grading(runs: Runs, tmp_path: Path) -> None:
    """A grade that is undecided after a change of the files leaves none for students behind."""
    runs.hand_in("kim")
    runs.run(all_pass)
    runs.course.hand_in(kim="f = 1\n")
    runs.run(lambda name: Status.GRADER_ERROR)
    assert not (runs.course.out / "students" / "kim").exists()
    assert not (runs.course.out / "staff" / "kim" / "report.html").exists()
