"""`autograder verify` and the records of proofs: what is due, missing, or of an older framework."""

from pathlib import Path

import pytest

from autograder.authoring.proofs.kind import Setting
from autograder.authoring.proofs.kinds.programs import ProgramLine, Programs
from autograder.authoring.proofs.record import write_record
from autograder.authoring.verify import verify
from autograder.tests.authoring.course import tiny_of
from autograder.tests.authoring.test_verify import fake_gradings


def test_what_takes_long_to_prove_may_be_missing_until_it_is_published(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An assignment under way has no records yet: that is said, and no finding."""
    fake_gradings(monkeypatch)
    found = {}
    for published in (True, False):
        said: list[str] = []
        findings = verify(
            tiny_of(course), course, quick=False, jobs=1, say=said.append, published=published
        )
        found[published] = [line for line in findings if "proofs, programs" in line]
        assert ("--   proofs, programs: not proved" in said) is not published
    assert found == {
        True: [
            "proofs, programs: 3 of 3 due (3 never proved):"
            " run `autograder prove tiny --only programs`"
        ],
        False: [],
    }


def test_an_older_framework_is_named_and_fails_only_a_release(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was proved by other code of ours is said on every run."""
    fake_gradings(monkeypatch)
    programs = Programs(Setting(tiny_of(course), course))
    passed = tuple(programs.setting.code.check(check.id) for check in programs.setting.checks)
    lines = {
        unit.id: ProgramLine(unit=unit.id, code=unit.code, framework="older", passed=passed)
        for unit in programs.units()
    }
    write_record(tiny_of(course), "programs", lines)
    step = "proofs, programs: 0 of 3 due, 3 proved with an older framework"
    for release in (False, True):
        said: list[str] = []
        findings = verify(
            tiny_of(course),
            course,
            quick=True,
            jobs=1,
            say=said.append,
            published=False,
            release=release,
        )
        found = [line for line in findings if line.startswith(step)]
        assert len(found) == release and any(line.endswith(step) for line in said)
    assert found[0].endswith(": run `autograder prove tiny --only programs --fresh`")
