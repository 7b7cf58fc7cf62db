"""An assignment whose submissions may open sockets is graded with nothing secret."""

import pytest

from autograder.model.verdict import Verdict
from autograder.tests.gradescope.samples import results_of
from autograder.tests.grading.tiny import Tiny, by_name, check_source

SEEDED = check_source("seeded", "student.f(float(rng.standard_normal()))")
PRINTS = "import os\ndef f(x):\n    print(x, len(os.environ['AUTOGRADER_PORTS'].split(',')))\n"


@pytest.fixture
def networked(tiny: Tiny) -> Tiny:
    """An assignment with three ports a worker, and one visible check."""
    toml = tiny.public / "assignment.toml"
    toml.write_text(toml.read_text().replace("processes = true", "loopback = 3"))
    tiny.checks(SEEDED + check_source("fails", "student.f(0.0)\nexpect.that(False, 'no')"))
    tiny.hand_in(PRINTS)
    return tiny


def test_only_the_public_inputs_are_used(networked: Tiny) -> None:
    """For staff each visible check runs as at home: the public seed, no secret read."""
    networked.checks(SEEDED + "    expect.that(False, 'it ran')\n")
    home = by_name(networked.grade())["seeded"]
    report = networked.grade(hidden=True, secret_file=networked.root / "no such file")
    staff = by_name(report)["seeded"]
    assert home.verdict is staff.verdict is Verdict.WRONG
    assert staff.output == home.output
    assert home.output.endswith(" 3\n")
    assert report.seed == "public"


def test_a_check_that_passes_runs_once(networked: Tiny) -> None:
    """There is no second run, whose inputs could be sent away."""
    log = networked.root / "runs"
    body = f"student.f(0.0)\nopen({str(log)!r}, 'a').write('run ')"
    networked.checks(check_source("counted", body))
    assert by_name(networked.grade(hidden=True))["counted"].verdict is Verdict.PASSED
    assert log.read_text() == "run "


def test_staff_are_told_and_the_report_says_how_far_ports_reach(networked: Tiny) -> None:
    """It is in a notice to staff, and in the isolation of report and results.json."""
    report = networked.grade(hidden=True)
    assert [n for n in report.staff_notices if n.startswith("NO SECRET INPUTS")]
    assert report.isolation["network"].startswith("open")
    extra = results_of(report)["extra_data"]
    assert extra["isolation"]["network"] == report.isolation["network"]
    assert extra["seed"] == "public"


def test_other_assignments_keep_their_secret_runs(tiny: Tiny) -> None:
    """Without ports there are two seeds, no notice, and no network in the isolation."""
    tiny.checks(SEEDED)
    report = tiny.grade("def f(x):\n    pass\n", hidden=True)
    assert report.seed == "public and secret"
    assert not [n for n in report.staff_notices if "SECRET" in n]
    assert "network" not in report.isolation
