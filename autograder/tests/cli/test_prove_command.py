"""`autograder prove`: its options, with a kind of proof that a test chooses."""

from pathlib import Path

import pytest

from autograder.authoring.proofs import prove as prove_module
from autograder.tests.authoring.counting import Counting
from autograder.tests.cli.commands import Run

Patch = pytest.MonkeyPatch


def test_the_command_says_what_is_due_and_proves_it(
    run: Run, in_course: Path, monkeypatch: Patch
) -> None:
    """A dry run changes nothing; a finding makes the status 1."""
    monkeypatch.setattr(prove_module, "KINDS", (Counting,))
    Counting.codes, Counting.proved = {"b": "1", "a": "1"}, []
    dry = run("prove", "tiny", "--dry-run")
    assert dry == (0, "tiny: counting: 2 of 2 due (2 never proved)\n", "")
    assert Counting.proved == []
    Counting.codes["bad"] = "1"
    proved = run("prove", "--all", "--only", "counting")
    assert (proved.status, proved.err) == (1, "tiny: counting: bad is bad\n")
    assert Counting.proved == ["b", "a", "bad"]
    assert run("prove", "tiny", "--only", "other").status == 2
