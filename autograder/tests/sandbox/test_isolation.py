"""What isolation reports, what it refuses, and what the grader measures from outside."""

import tempfile
from pathlib import Path

import pytest

from autograder.gradescope.plan import Layout
from autograder.gradescope.runner import surroundings
from autograder.grading.running.staff_notices import missing_layers
from autograder.machine.files import usage
from autograder.model.assignment import Limits
from autograder.model.errors import ConfigError, GraderError
from autograder.model.verdict import Verdict
from autograder.sandbox import isolation, uid_pool
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.launcher import Launcher
from autograder.tests.sandbox.launchers import call, worker

COURSE = 'name = "C"\nterm = "T"\nsecret_file = "s"\n[isolation]\nrequire = ["{}"]\n'


def test_a_required_layer_that_is_missing_is_told_to_staff(tmp_path: Path) -> None:
    """The notice names a missing layer with the reason; an active layer has no notice."""
    (tmp_path / "course.toml").write_text(COURSE.format("seccomp"))
    assert missing_layers(tmp_path, {"seccomp": isolation.ACTIVE}) == ()
    (notice,) = missing_layers(tmp_path, {"seccomp": "not on this system"})
    assert notice == "REQUIRED ISOLATION IS MISSING: seccomp (not on this system)"


def test_a_required_layer_that_does_not_exist_names_the_nearest(tmp_path: Path) -> None:
    """An unknown layer in course.toml is an error: it must not look like protection."""
    (tmp_path / "course.toml").write_text(COURSE.format("secomp"))
    with pytest.raises(ConfigError, match="did you mean 'seccomp'"):
        missing_layers(tmp_path, {"seccomp": isolation.ACTIVE})


def test_without_a_course_nothing_is_required(tmp_path: Path) -> None:
    """Without course.toml no layer is required."""
    assert missing_layers(tmp_path, {}) == ()


def test_no_uid_of_somebody_else_is_ever_killed() -> None:
    """Killing by a uid that is not leased is refused, above all by root's."""
    with pytest.raises(GraderError, match="uid 0 is not one of the autograder's"):
        uid_pool.kill_all_of(0)


def test_spawned_workers_and_switched_off_layers_say_so() -> None:
    """Each layer has a state, and the reason when it is not active."""
    layers = isolation.Isolation("spawn", off=("landlock",)).layers
    assert layers["landlock"] == "switched off"
    assert layers["private uid"] == "workers are not forked here"


def test_a_folder_that_others_cannot_enter_rules_out_the_private_uid(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The reason names the folder, and what to do."""
    monkeypatch.setattr(isolation, "hidden_from_others", lambda: "/closed")
    state = isolation.Isolation("fork").layers["private uid"]
    root = "another user cannot enter /closed: make .venv with a Python outside of it"
    assert root in state or state == "the grader does not run as root"


def test_files_are_counted_up_to_a_bound(tmp_path: Path) -> None:
    """Sizes add up, links are not followed, and counting stops above the limit."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(bytes(1000))
    (tmp_path / "link").symlink_to("/")
    assert usage(tmp_path, 10).entries == 3
    assert 1000 <= usage(tmp_path, 10).bytes < 10_000  # blocks of the disk are counted
    assert usage(tmp_path, 1).entries == 2


def test_a_worker_that_fills_its_folder_is_stopped(fork: Launcher) -> None:
    """Too many files end the call, with the limit in the message."""
    source = (
        "import time\ndef f():\n    for i in range(100):\n        open(str(i), 'w').close()\n"
        "    time.sleep(9)\n"
    )
    with worker(fork, source, Limits(scratch_files=50)) as remote:
        with pytest.raises(StudentFault, match="wrote more than 64 MB or 50 files") as caught:
            call(remote, "f")
        assert caught.value.verdict is Verdict.CRASHED


def test_gradescopes_shared_folders_are_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Workers get a folder below the root that they can pass through but not list."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o777)
    layout = Layout(tmp_path)
    assert surroundings.close_shared_folders(layout, [shared]) == []
    assert shared.stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "scratch").stat().st_mode & 0o777 == 0o711
    (problem,) = surroundings.close_shared_folders(layout, [tmp_path / "missing"])
    assert "stay open to the student's code" in problem


def test_only_gradescopes_own_container_is_changed(tmp_path: Path) -> None:
    """A simulation must not close the machine's /tmp."""
    assert not surroundings.is_gradescope(Layout(tmp_path))
