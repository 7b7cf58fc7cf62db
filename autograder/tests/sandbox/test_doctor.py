"""`autograder doctor` reports the truth: each fact is forced, then compared with its report."""

import os
import shutil
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import pytest

from autograder.machine import libc
from autograder.sandbox import doctor
from autograder.sandbox.isolation import ACTIVE
from autograder.worker.layers import landlock, private_uid, seccomp
from autograder.worker.layers.syscall_numbers import architecture
from autograder.worker.lockdown import LAYERS

ROOT = Path(__file__).resolve().parents[3]
CLOSED = "submissions cannot read or change what is not theirs, nor reach the network"
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="the layers are Linux's")
is_root = sys.platform == "linux" and os.geteuid() == 0


def promise(monkeypatch: pytest.MonkeyPatch, active: Collection[str], version: int = 7) -> str:
    """The doctor's sentence with these layers, on a kernel with this version of Landlock."""
    monkeypatch.setattr(landlock, "version", lambda: version)
    layers = {name: ACTIVE if name in active else "not here" for name in LAYERS}
    return doctor._promise(layers)


def test_with_all_layers_nothing_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a new kernel Landlock and seccomp protect as much without a uid of the worker's own."""
    assert promise(monkeypatch, LAYERS) == CLOSED
    assert promise(monkeypatch, ["landlock", "seccomp"]) == CLOSED


def test_what_is_open_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each layer that is missing has its own consequence."""
    signals = "end other processes of this user"
    assert signals in promise(monkeypatch, ["landlock", "seccomp"], version=5)
    assert signals not in promise(monkeypatch, LAYERS, version=5)
    only_uid = promise(monkeypatch, ["private uid", "seccomp"])
    assert only_uid.endswith("but read what every user of this machine may read")
    assert "reach the network" in promise(monkeypatch, ["private uid", "landlock"])
    assert "modes of this user's files" in promise(monkeypatch, ["landlock"])
    assert "not from malice" in promise(monkeypatch, ["seccomp"])


def test_shared_memory_stays_open_without_a_private_uid() -> None:
    """Without a uid the owner of files in /dev/shm is unknown, so none are removed."""
    layers = dict.fromkeys(LAYERS, ACTIVE)
    assert "cleared after it" in doctor._shared_memory(layers)
    layers["private uid"] = "the grader does not run as root"
    assert "a worker leaves in /dev/shm stays" in doctor._shared_memory(layers)
    layers["landlock"] = "not here"
    assert "whether a check asks for it or not" in doctor._shared_memory(layers)


@linux_only
def test_a_kernel_that_takes_no_filters_has_no_seccomp(monkeypatch: pytest.MonkeyPatch) -> None:
    """The layer is off with the kernel's reason, where it could not be applied."""

    def refuse(number: int, *arguments: object) -> int:
        raise OSError(38, "Function not implemented")

    assert architecture() is None or seccomp.unavailable() == ""
    monkeypatch.setattr(libc, "syscall", refuse)
    assert architecture() is None or "Function not implemented" in seccomp.unavailable()


def test_capabilities_and_namespaces_decide_on_the_uid(tmp_path: Path) -> None:
    """Root that cannot change its uid, or has no other uid, has no private uids for workers."""
    status, mapping = tmp_path / "status", tmp_path / "uid_map"
    status.write_text("Name:\tx\nCapEff:\t00000000a80425fb\n")
    assert private_uid._lacking(status) == ""
    status.write_text("CapEff:\t00000000a804257b\n")
    assert private_uid._lacking(status) == "setuid"
    mapping.write_text("         0          0 4294967295\n")
    assert private_uid._is_mapped(mapping, private_uid.LAST)
    mapping.write_text("0 1000 1\n1 100000 60000\n")
    assert not private_uid._is_mapped(mapping, private_uid.LAST)


def report(*before: str) -> dict[str, str]:
    """The rows of `autograder doctor`, run by way of another command; all of it works."""
    command = [*before, sys.executable, "-m", "autograder", "doctor"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [row[5:].partition(": ") for row in done.stdout.splitlines()]
    return {name: text for name, _, text in rows}


@pytest.mark.skipif(not is_root, reason="needs root")
@pytest.mark.skipif(not shutil.which("setpriv"), reason="needs setpriv")
def test_the_doctor_is_right_wherever_it_runs(tmp_path: Path) -> None:
    """As root, in a container, without the right to change the uid, and as an ordinary user."""
    state = "isolation, private uid"
    here = report()
    container = report(sys.executable, str(ROOT / "ci" / "as_in_a_container.py"))
    assert container[state] == here[state]
    assert container["isolation, seccomp"] == here["isolation, seccomp"] == ACTIVE
    bare = report("setpriv", "--bounding-set=-setuid", "--inh-caps=-all")
    assert bare[state].startswith("root may not do setuid here")
    if here[state] == ACTIVE:  # else only root can start this Python
        user = ("setpriv", "--reuid=1234", "--regid=1234", "--clear-groups")
        assert report(*user)[state] == "the grader does not run as root"
