"""The container: environment, folders, time and size."""

import os
import stat
from pathlib import Path

import pytest

from autograder.gradescope.plan import read_plan
from autograder.gradescope.runner.surroundings import close_private_folders, scrub, time_budget_s
from autograder.gradescope.runner.tier import cpu_count, memory_bytes, tier_notices
from autograder.model.assignment import Gradescope
from autograder.model.errors import GraderError
from autograder.tests.gradescope.samples import COURSE, DECLARED, make_root


def test_the_environment_keeps_only_what_programs_need() -> None:
    """Addresses and keys of the platform are gone."""
    environment = {"PATH": "p", "LC_ALL": "C", "SUBMISSION_URL": "u", "AUTHENTICATION_TOKEN": "t"}
    scrub(environment)
    assert environment == {"PATH": "p", "LC_ALL": "C"}


def test_private_folders_are_closed(tmp_path: Path) -> None:
    """Only the owner can read checks and results; a file that is missing is no error."""
    layout = make_root(tmp_path)
    layout.metadata.unlink()
    assert close_private_folders(layout) == []
    modes = [stat.S_IMODE(os.stat(p).st_mode) for p in (layout.private, layout.results.parent)]
    assert modes == [0o700, 0o700]


def test_a_folder_that_cannot_be_closed_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A notice to staff says that the student's code could look in."""

    def refuse(*_: object) -> None:
        raise PermissionError("not yours")

    monkeypatch.setattr(os, "chmod", refuse)
    assert "open to the student's code" in close_private_folders(make_root(tmp_path))[0]


@pytest.mark.parametrize(
    ("platform", "seconds"),
    [(None, 480), ("", 480), ("x", 480), ("0", 480), ("100", 80), ("1200", 480)],
)
def test_the_time_budget_is_a_share_of_the_shorter_limit(
    tmp_path: Path, platform: str | None, seconds: float
) -> None:
    """The platform's limit counts where it is known and shorter than the assignment's."""
    assignment = read_plan(make_root(tmp_path)).assignment
    assert time_budget_s(assignment, platform) == pytest.approx(seconds)


def write(system: Path, files: dict[str, str]) -> Path:
    """A made-up /proc and /sys."""
    for name, text in files.items():
        path = system / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return system


V2 = {"memory.max": "1500000000\n", "cpu.max": "50000 100000\n"}
V1 = {
    "memory/memory.limit_in_bytes": "1500000000",
    "cpu/cpu.cfs_quota_us": "50000",
    "cpu/cpu.cfs_period_us": "100000",
}


@pytest.mark.parametrize("files", [V2, V1])
def test_both_versions_of_cgroups_are_read(tmp_path: Path, files: dict[str, str]) -> None:
    """Memory limit and CPU quota are found under either layout."""
    write(tmp_path / "sys/fs/cgroup", files)
    assert memory_bytes(tmp_path) == 1_500_000_000
    assert cpu_count(tmp_path) == 0.5
    asked = Gradescope(cpus=0.5, memory="1.5 GB")
    assert tier_notices(asked, tmp_path) == ()
    memory, cpus = tier_notices(Gradescope(cpus=2, memory="3 GB"), tmp_path)
    assert "has memory 1.5 GB, the assignment asks for 3 GB" in memory
    assert "has CPU 0.5, the assignment asks for 2" in cpus


def test_no_limit_falls_back_on_the_machine(tmp_path: Path) -> None:
    """Without a limit the machine's memory counts; without anything nothing is said."""
    assert memory_bytes(tmp_path) is None
    write(tmp_path, {"sys/fs/cgroup/memory.max": "max", "sys/fs/cgroup/cpu.max": "max 100000"})
    assert memory_bytes(tmp_path) is None
    write(tmp_path, {"proc/meminfo": "MemFree: 1 kB\nMemTotal:    2000 kB\n"})
    assert memory_bytes(tmp_path) == 2_048_000
    write(tmp_path, {"sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712"})
    assert memory_bytes(tmp_path) == 2_048_000
    for unusual in ("max 100000", "50000", "50000 0", "a b"):
        write(tmp_path, {"sys/fs/cgroup/cpu.max": unusual})
        assert cpu_count(tmp_path) == len(os.sched_getaffinity(0))


def test_the_plan_leaves_out_parts_that_the_course_switches_off(tmp_path: Path) -> None:
    """A part that is off is not listed, its sub-parts included."""
    layout = make_root(tmp_path, COURSE + '[parts_off]\ndemo = ["2", "3.1"]\n')
    assert [part.id for part in read_plan(layout).assignment.parts] == ["1.1", "1.2"]


def test_the_plan_has_the_checks_of_the_time_the_zip_was_built(tmp_path: Path) -> None:
    """The checks are listed in the zip, and not read from the check files."""
    assert read_plan(make_root(tmp_path)).declared == DECLARED


@pytest.mark.parametrize("broken", ["declared.json", "assignments/demo/assignment.toml"])
def test_a_damaged_zip_is_our_fault(tmp_path: Path, broken: str) -> None:
    """The error says to build the zip again."""
    layout = make_root(tmp_path)
    (layout.private / broken).unlink()
    with pytest.raises(GraderError, match="build the zip again"):
        read_plan(layout)
