"""The rehearsal with a real Docker daemon, and the image that ci/container/make_image.sh makes."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.gradescope.rehearsal.container import Container, simulate_in_container
from autograder.gradescope.rehearsal.simulate import SimulatedRun
from autograder.model.errors import GraderError
from autograder.tests.gradescope.samples import GOOD, make_zip

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts for bash")

REAL_IMAGE = "autograder-container"


def rehearse(submission: Path, archive: Path, image: str) -> SimulatedRun:
    """Simulate a zip made by hand in a container of this image."""
    out = submission.parent / "out"
    return simulate_in_container(archive, submission, out, Container(image=image), time_limit_s=20)


@pytest.fixture
def real_image() -> Iterator[str]:
    """The base image; the images that a test sets up from it are removed."""
    try:
        found = docker("image", "inspect", REAL_IMAGE)
    except (OSError, subprocess.TimeoutExpired):
        found = None
    if found is None or found.returncode != 0:
        pytest.skip(f"NOT PROVED here: no daemon with {REAL_IMAGE} (ci/container/make_image.sh)")
    before = set_up_images()
    yield REAL_IMAGE
    for image in set_up_images() - before:
        docker("image", "rm", image)


def set_up_images() -> set[str]:
    """The names of all images that simulations have made."""
    listed = docker("images", "--format", "{{.Repository}}:{{.Tag}}", "autograder-simulation")
    return set(listed.stdout.split())


def docker(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """A docker command."""
    return subprocess.run(["docker", *arguments], capture_output=True, text=True, timeout=20)


def test_a_real_container_is_as_gradescopes(submission: Path, real_image: str) -> None:
    """Root at /autograder, 0.75 GB, no network but the loopback, no namespaces to be had."""
    script = GOOD + (
        "id -u; pwd; cat submission/demo.py; ls /sys/class/net; unshare -U true || echo refused\n"
        "cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2> /dev/null\n"
        "ls -A /tmp; ls /kept\n"
    )
    archive = make_zip(submission.parent / "a.zip", script, "touch /tmp/gone; mkdir -p /kept/a\n")
    run = rehearse(submission, archive, real_image)
    lines = run.stdout.splitlines()
    assert run.accepted and lines[:4] == ["0", "/autograder", "x = 1", "lo"]
    assert "refused" in lines and lines[-1] == "a"
    assert 749_000_000 < int(lines[-2]) <= 750_000_000  # whole pages


def test_a_real_container_tells_of_survivors_and_memory(submission: Path, real_image: str) -> None:
    """A daemon is named; a grader that is too large is an error, its child too large a notice."""
    eat = "python3 -c 'x = bytearray(900 << 20); x[::4096] = x[1::4096]'\n"
    tmp = submission.parent
    run = rehearse(submission, make_zip(tmp / "a.zip", GOOD + "setsid sleep 61 &\n"), real_image)
    assert len(run.survivors) == 1
    run = rehearse(submission, make_zip(tmp / "b.zip", f"{GOOD}{eat}true\n"), real_image)
    assert run.accepted and "processes were killed" in run.notices[0]
    with pytest.raises(GraderError, match="ask for more"):
        rehearse(submission, make_zip(tmp / "c.zip", f"{GOOD}exec {eat}"), real_image)


def test_a_real_setup_that_fails_is_not_kept(submission: Path, real_image: str) -> None:
    """The error shows the end of the log of setup.sh."""
    archive = make_zip(submission.parent / "a.zip", GOOD, "echo no such package; exit 4\n")
    for _ in range(2):
        with pytest.raises(GraderError, match=r"(?s)status 4.*no such package"):
            rehearse(submission, archive, real_image)
