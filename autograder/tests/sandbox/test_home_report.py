"""The report of a check at home is handed in beside a submission, but is not part of it."""

import os
import zipfile
from pathlib import Path

import pytest

from autograder.grading.context.seeds import secret_seed
from autograder.model.assignment import Assignment, load_assignment
from autograder.model.errors import SubmissionError
from autograder.submission.intake import HOME_REPORT, MAX_REPORT_BYTES, home_report, take_in
from autograder.tests.grading.tiny import SECRET, Tiny, by_name, check_source


@pytest.fixture
def assignment(tiny: Tiny) -> Assignment:
    """An assignment that asks for work.py."""
    tiny.hand_in("x = 1\n")
    return load_assignment(tiny.public)


def zipped(tiny: Tiny) -> Path:
    """What was handed in, as a zip."""
    path = tiny.root / "work.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in tiny.submission.iterdir():
            archive.write(file, file.name)
    return path


def test_the_report_changes_neither_files_nor_seeds(tiny: Tiny, assignment: Assignment) -> None:
    """It changes no hash, so it cannot choose secret inputs, and it is not listed as ignored."""
    without = take_in(tiny.submission, assignment)
    assert home_report(tiny.submission) is None
    assert home_report(zipped(tiny)) is None
    for claim in (b"{}", b"another claim", b""):
        tiny.hand_in(claim, HOME_REPORT)
        for path in (tiny.submission, zipped(tiny)):
            submission = take_in(path, assignment)
            assert (submission, home_report(path)) == (without, claim)
            seeds = {secret_seed(SECRET, "check_a", s.digest()) for s in (submission, without)}
            assert len(seeds) == 1


def test_a_single_file_has_no_report_beside_it(tiny: Tiny, assignment: Assignment) -> None:
    """Beside a single module there is no report."""
    tiny.hand_in(b"{}", HOME_REPORT)
    assert home_report(tiny.submission / "work.py") is None


def test_a_missing_file_is_not_looked_for_in_the_report(tiny: Tiny, assignment: Assignment) -> None:
    """The line `found:` names files that could have been meant, not the report."""
    (tiny.submission / "work.py").unlink()
    tiny.hand_in(b"{}", HOME_REPORT)
    problem = take_in(tiny.submission, assignment).problem
    assert problem is not None
    assert problem.detail == "found: nothing"


def test_a_huge_report_is_not_read(tiny: Tiny, assignment: Assignment) -> None:
    """A report that cannot be read is an error of its own; the submission is read as usual."""
    tiny.hand_in(b" " * (MAX_REPORT_BYTES + 1), HOME_REPORT)
    for path in (tiny.submission, zipped(tiny)):
        with pytest.raises(SubmissionError, match="at most 1 MB are read"):
            home_report(path)
        assert take_in(path, assignment).problem is None


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_is_not_followed(tiny: Tiny, assignment: Assignment) -> None:
    """A link is refused: it could show a file of the grader in a message."""
    (tiny.submission / HOME_REPORT).symlink_to(tiny.root / "secret")
    with pytest.raises(SubmissionError, match="cannot be read"):
        home_report(tiny.submission)


def test_no_worker_gets_the_report(tiny: Tiny) -> None:
    """A submission finds its own files beside it, and nothing that was handed in with them."""
    tiny.checks(check_source("alone", "expect.equal(student.files(), ['work.py'], what='files')"))
    tiny.hand_in(b"{}", HOME_REPORT)
    source = """
    import os
    def files():
        here = os.path.dirname(os.path.abspath(__file__))
        return sorted(n for n in os.listdir(here) if n.endswith((".py", ".json")))
    """
    alone = by_name(tiny.grade(source))["alone"]
    assert alone.verdict.value == "PASSED", alone.message
