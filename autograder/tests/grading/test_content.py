"""What a report says about what graded it, and with which inputs."""

from pathlib import Path

import pytest

from autograder.grading.context.fingerprint import same
from autograder.grading.context.seeds import secret_seed
from autograder.grading.provenance.content import (
    ASSIGNMENT,
    GRADER,
    REFERENCE,
    SECRET,
    content_hashes,
    secret_id,
)
from autograder.model.course import find_assignment
from autograder.model.outcome import Outcome
from autograder.tests.grading import tiny as tiny_module
from autograder.tests.grading.tiny import Tiny, by_name, check_source

SEEDED = check_source(
    "seeded",
    """
    for _ in range(2):
        x = rng.standard_normal(3)
        expect.close(student.f(x), x, rtol=0.0, why="a copy", what="the copy")
    """,
)
ECHO = "def f(x):\n    return x\n"
# passes with the public inputs of SEEDED, whatever they are, by failing on what it has not seen
PUBLIC_ONLY = "def f(x):\n    return x if float(x[0]) in KNOWN else -x\n"


def hashes(tiny: Tiny, secret: bytes | None = None) -> dict[str, str]:
    """The hashes of the assignment as it is now."""
    return content_hashes(tiny.root, find_assignment(tiny.root, "tiny"), secret)


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The names of what has another hash now."""
    return [name for name in after if before[name] != after[name]]


@pytest.mark.parametrize(
    ("name", "which"),
    [
        ("assignments/tiny/programs.py", ASSIGNMENT),
        ("assignments/tiny/programs_more.py", ASSIGNMENT),
        ("assignments/tiny/data.py", ASSIGNMENT),
        ("assignments/tiny/expectations.py", ASSIGNMENT),
        ("assignments/tiny/table.csv", ASSIGNMENT),
        ("assignments/tiny/recorded_answers.json", ASSIGNMENT),
        ("assignments/tiny/checks/check_more.py", ASSIGNMENT),
        ("student_templates/tiny/recorded_answers.json", ASSIGNMENT),
        ("reference/tiny/checks/check_more.py", REFERENCE),
        ("reference/tiny/oracles.py", REFERENCE),
        ("assignments/tiny/handout.md", ""),
        ("assignments/tiny/experiments.py", ""),
        ("assignments/tiny/__pycache__/data.pyc", ""),
        ("reference/tiny/work.py", ""),
        ("student_templates/tiny/work.py", ""),
    ],
)
def test_a_file_counts_where_it_decides_a_grading(tiny: Tiny, name: str, which: str) -> None:
    """Adding it changes the one hash, or none; its line ends change nothing."""
    before = hashes(tiny)
    path = tiny.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"a = 1\nb = 2\n")
    after = hashes(tiny)
    assert changed(before, after) == ([which] if which else [])
    if path.suffix != ".csv":
        path.write_bytes(b"a = 1\r\nb = 2\r\n")
        assert hashes(tiny) == after


def test_parts_switched_off_are_another_version(tiny: Tiny) -> None:
    """The hash changes with the parts, although no file of the assignment does."""
    before = hashes(tiny)
    course = 'name = "n"\nterm = "t"\nsecret_file = "s"\n[parts_off]\ntiny = ["1.2"]\n'
    (tiny.root / "course.toml").write_text(course)
    assert changed(before, hashes(tiny)) == [ASSIGNMENT]


def test_at_home_nothing_private_is_named(tiny: Tiny) -> None:
    """A student's folder has neither a reference nor a secret."""
    tiny.private.rename(tiny.root / "away")
    assert set(hashes(tiny)) == {ASSIGNMENT, GRADER}


def test_the_secret_is_told_apart_and_not_told() -> None:
    """Another secret has another id; the id holds nothing of the secret, and starts no seed."""
    secret = b"0123456789abcdef0123456789abcdef"
    told = secret_id(secret)
    assert told == secret_id(secret) != secret_id(secret[:-1])
    assert len(told) == 8
    assert told not in secret.decode() + secret.hex()
    for name in ("check_a", "which course secret this is"):
        assert not f"{secret_seed(secret, name, b''):016x}".startswith(told)


def test_a_report_holds_hashes_and_fingerprints(tiny: Tiny) -> None:
    """Inputs are the same at home and for staff; hidden checks have none in the report."""
    tiny.checks(SEEDED)
    tiny.checks(SEEDED.replace("seeded", "hidden"), hidden=True, name="check_h.py")
    home, staff = tiny.grade(ECHO), tiny.grade(hidden=True)
    assert set(home.content) == {ASSIGNMENT, GRADER, REFERENCE}
    assert staff.content[SECRET] == secret_id(tiny_module.SECRET)
    at_home, here = by_name(home)["seeded"], by_name(staff)["seeded"]
    assert (at_home.seed, here.seed) == ("public", "public")
    assert len(at_home.inputs) == 2
    assert all(map(same, at_home.inputs, here.inputs))
    assert not same(*at_home.inputs)
    hidden = by_name(staff)["hidden"]
    assert (hidden.seed, hidden.inputs) == ("secret", ())


def test_the_inputs_that_decided_are_named(tiny: Tiny, tmp_path: Path) -> None:
    """What passes at home and fails with secret inputs says so, and keeps the public inputs."""
    tiny.checks(SEEDED)
    known = seen_by_a_student(tiny)
    source = f"KNOWN = {known}\n{PUBLIC_ONLY}"
    home = by_name(tiny.grade(source))["seeded"]
    staff = by_name(tiny.grade(source, hidden=True))["seeded"]
    assert (home.verdict.value, home.seed) == ("PASSED", "public")
    assert (staff.verdict.value, staff.seed) == ("WRONG", "secret")
    assert all(map(same, home.inputs, staff.inputs))


def test_what_did_not_run_has_no_seed(tiny: Tiny) -> None:
    """Another check decided it, so it has neither a seed nor inputs."""
    tiny.checks(
        check_source("first", "student.g()") + check_source("next", "", needs="check_first")
    )
    outcome: Outcome = by_name(tiny.grade(ECHO))["next"]
    assert (outcome.verdict.value, outcome.seed, outcome.inputs) == ("SKIPPED", "", ())


def seen_by_a_student(tiny: Tiny) -> list[float]:
    """The first entries of the public inputs, as a submission can print them."""
    report = tiny.grade("def f(x):\n    print(repr(float(x[0])))\n    return x + 1\n")
    first = [float(row) for row in by_name(report)["seeded"].output.split()]
    shown = f"KNOWN = {first}\ndef f(x):\n    print(repr(float(x[0])))\n"
    report = tiny.grade(shown + "    return x if float(x[0]) in KNOWN else x + 1\n")
    return [float(row) for row in by_name(report)["seeded"].output.split()]
