"""What a grading reports: every declared check, whatever breaks; the right seeds; no secret."""

import sys
from typing import Any

import msgspec
import pytest

from autograder.grading.context.request import GradingRequest
from autograder.grading.context.seeds import generator, public_seed
from autograder.grading.declaring.declare import declared_checks
from autograder.grading.running.selection import select
from autograder.model.assignment import load_assignment
from autograder.model.errors import GraderError, UsageError
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.tests.grading.tiny import (
    SECRET,
    Tiny,
    by_name,
    check_source,
    text_of,
)

ECHO = "def f(x):\n    return x\n"
GOOD = check_source("good", "expect.equal(student.f(3), 3)")


def verdicts(report: Report) -> dict[str, str]:
    """The verdicts by name."""
    return {name: outcome.verdict.value for name, outcome in by_name(report).items()}


def test_needs_skip_what_depends_and_only_that(tiny: Tiny) -> None:
    """A stub is NOT_IMPLEMENTED once, its dependents are SKIPPED, others keep their points."""
    tiny.checks(
        check_source("c", "student.stub()", needs=("check_b", "check_good"))
        + check_source("b", "student.stub()", needs="check_a")
        + check_source("a", "student.stub()")
        + GOOD
    )
    report = tiny.grade(ECHO + "def stub():\n    raise NotImplementedError\n")
    assert verdicts(report) == {
        "a": "NOT_IMPLEMENTED", "b": "SKIPPED", "good": "PASSED", "c": "SKIPPED"
    }  # fmt: skip
    assert text_of(by_name(report)["b"]) == "needs: The a holds."
    assert (report.score, report.points, report.exit_status) == (1, 4, 1)


def test_selecting_a_part_or_a_check_brings_what_it_needs(tiny: Tiny) -> None:
    """Parts and checks are selected with their needs; unknown ones name the nearest."""
    tiny.checks(
        GOOD
        + check_source("second", "pass", part="1.2", needs="check_good")
        + check_source("other", "pass", part="1.1")
        + check_source("extra", "student.f(1)", part="2.1")
    )
    report = tiny.grade(ECHO, checks=("check_second",), parts=("2",))
    assert list(verdicts(report)) == ["good", "second", "extra"]
    assert (report.score, report.points) == (3, 2)  # the extra part is outside the total
    assert selected(tiny, parts=("1.2",)) == {"check_good", "check_second"}
    assert selected(tiny, parts=("1",)) == {"check_good", "check_second", "check_other"}
    assert len(selected(tiny)) == 4
    with pytest.raises(UsageError, match="no check 'check_god'; did you mean 'check_good'"):
        selected(tiny, checks=("check_god",))
    with pytest.raises(UsageError, match="there is no part '3'"):
        selected(tiny, parts=("3",))


def selected(tiny: Tiny, **options: Any) -> set[str]:
    """The ids of the checks that a request selects."""
    request = GradingRequest(
        root=tiny.root, assignment="tiny", submission=tiny.submission, **options
    )
    return select(request, declared_checks(load_assignment(tiny.public), hidden=False))


SEEDED = check_source(
    "seeded",
    "x = rng.standard_normal(3)\nexpect.close(student.f(x), x, rtol=1e-12, why='same')",
    hint="handout, task 1",
)
HIDDEN = check_source("hidden_one", "x = rng.standard_normal(2)\nexpect.equal(student.f(x), x)")


def test_two_gradings_are_equal_but_for_time(tiny: Tiny) -> None:
    """Verdicts, points, texts, lines and prints are the same each time, with the secret as well."""
    tiny.checks(SEEDED + check_source("wrong", "expect.equal(student.f(rng.random(2)), 0)"))
    tiny.checks(HIDDEN, hidden=True, name="check_hidden.py")
    student = "def f(x):\n    print(x)\n    return x * 2\n"
    first, second = (timeless(tiny.grade(student, hidden=True)) for _ in range(2))
    assert first == second
    assert first.outcomes[0].output


def timeless(report: Report) -> Report:
    """Without what may differ between two runs."""
    outcomes = tuple(msgspec.structs.replace(o, wall_s=0.0, cpu_s=0.0) for o in report.outcomes)
    return msgspec.structs.replace(report, outcomes=outcomes, graded_at="")


def test_a_visible_check_runs_with_the_secret_seed_too(tiny: Tiny) -> None:
    """What passes with public inputs only has the worse verdict, and shows no secret inputs."""
    tiny.checks(SEEDED)
    seen = "def f(x):\n    print('canary', x)\n    return x\n"
    shown = by_name(tiny.grade(seen))["seeded"]
    assert shown.verdict is Verdict.PASSED
    fits = "def f(x):\n    print('canary', x)\n    return x if abs(x[0] - SEEN) < 1e-9 else -x\n"
    value = public_value()
    report = tiny.grade(fits.replace("SEEN", repr(value)), hidden=True)
    outcome = by_name(report)["seeded"]
    assert outcome.verdict is Verdict.WRONG
    assert "passes with the inputs you have, but not with others" in text_of(outcome)
    assert text_of(outcome).endswith("may change? See handout, task 1")
    assert "canary" not in outcome.output
    assert "sign" in outcome.staff
    assert report.seed == "public and secret"


def public_value() -> float:
    """The first number of check_seeded's `rng` with the public seed."""
    return float(generator(public_seed("check_seeded")).standard_normal())


def test_a_check_broken_by_the_secret_seed_blames_nobody(tiny: Tiny) -> None:
    """A GRADER_ERROR with secret inputs does not say that the student's code is wrong."""
    body = "x = rng.standard_normal()\nstudent.f(x)\nassert abs(x - SEEN) < 1e-9"
    tiny.checks(check_source("seeded", body.replace("SEEN", repr(public_value()))))
    outcome = by_name(tiny.grade(ECHO, hidden=True))["seeded"]
    assert outcome.verdict is Verdict.GRADER_ERROR
    assert "not with others" not in text_of(outcome)
    assert "AssertionError" in outcome.staff


def test_hidden_checks_run_only_on_the_staffs_side(tiny: Tiny) -> None:
    """Without `hidden` they are not even listed; with it they are, and the secret is required."""
    tiny.checks(GOOD)
    tiny.checks(HIDDEN, hidden=True, name="check_tiny.py")  # a file of the same name
    assert list(verdicts(tiny.grade(ECHO))) == ["good"]
    report = tiny.grade(ECHO, hidden=True)
    assert verdicts(report) == {"good": "PASSED", "hidden_one": "PASSED"}
    assert [o.check.visible for o in report.outcomes] == [True, False]
    with pytest.raises(GraderError, match="need the course secret"):
        tiny.grade(ECHO, hidden=True, secret_file=None)


_SEARCH = """
    import re
    def f():
        # patterns that do not match their own text
        wanted = re.compile(rb"[a] secret of the tests,|[C]ANARY-of-the-checks|[o]f-the-oracles")
        found = []
        with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb") as memory:
            for row in maps:
                span, mode, *rest = row.split()
                if mode.startswith("rw") and "[v" not in row:
                    start, end = (int(n, 16) for n in span.split("-"))
                    memory.seek(start)
                    found += wanted.findall(memory.read(end - start))
        return found
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/self/mem")
def test_workers_cannot_see_secrets(tiny: Tiny) -> None:
    """The memory of a worker holds neither the secret nor any text of checks and oracles."""
    tiny.checks(check_source("look", "expect.equal(student.f(), [], what='the spoils')"))
    tiny.oracles("CANARY = 'canary-of-the-oracles'\n")
    canary = "CANARY = 'CANARY-of-the-checks'\n"
    tiny.checks(
        canary + HIDDEN + check_source("ask", "oracle.CANARY"), hidden=True, name="check_h.py"
    )
    # under a uid of its own a worker cannot even read its own memory: look at it without
    options = {"hidden": True, "layers_off": ("private uid", "no new privileges")}
    outcome = by_name(tiny.grade(_SEARCH, **options))["look"]
    assert outcome.verdict is Verdict.PASSED, text_of(outcome)
    assert SECRET.startswith(b"a secret of the tests, long")


def test_an_import_that_fails_is_tried_once(tiny: Tiny) -> None:
    """An endless loop at import is waited for once, and every check reports it."""
    tiny.checks("".join(check_source(f"c{n}", "student.f(3)") for n in range(6)))
    report = tiny.grade("while True:\n    pass\n")
    assert set(verdicts(report).values()) == {"TIME_LIMIT"}
    assert len(report.outcomes) == 6
    assert report.outcomes[5].lines[0].line in (1, 2)


def test_programs_and_data_are_given_to_checks(tiny: Tiny) -> None:
    """`student.programs` runs in the worker, `data` is the public module, `hint` is shown."""
    tiny.programs("def in_place(student, x):\n    student.f(x)\n    return x\n")
    (tiny.public / "data.py").write_text("X = [1, 2]\n")
    source = check_source(
        "in_place",
        "expect.equal(student.programs.in_place(data.X), [9, 2], what='the list')",
        hint="handout, section 3",
    )
    tiny.checks(source.replace("cluster)", "cluster, data)"))
    right = "def f(x):\n    x[0] = 9\n"
    assert tiny.grade(right).exit_status == 0
    wrong = by_name(tiny.grade("def f(x):\n    pass\n"))["in_place"]
    assert text_of(wrong).endswith("hint: see handout, section 3")


def test_programs_go_on_in_a_second_file(tiny: Tiny) -> None:
    """It may import from the first, and the names of both are programs."""
    tiny.programs("def twice(x):\n    return 2 * x\n")
    more = (
        "from programs import twice\n\ndef doubled(student, x):\n    return twice(student.f(x))\n"
    )
    (tiny.public / "programs_more.py").write_text(more)
    tiny.checks(check_source("more", "expect.equal(student.programs.doubled(3), 8, what='it')"))
    assert tiny.grade("def f(x):\n    return x + 1\n").exit_status == 0


def test_the_spawn_path_gives_the_same_report(tiny: Tiny) -> None:
    """Spawned workers, as on macOS, lead to the same verdicts as forked ones."""
    tiny.checks(SEEDED + check_source("crash", "student.g()"))
    student = ECHO + "def g():\n    print('here')\n    return 1 / 0\n"
    fork, spawn = (timeless(tiny.grade(student, launcher=kind)) for kind in ("fork", "spawn"))
    assert fork.outcomes == spawn.outcomes
