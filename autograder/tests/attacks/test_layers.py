"""Each layer of isolation stops an attack by itself that succeeds without it."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.grading.running.subprocess_grading import grade_in_subprocess
from autograder.model.verdict import Verdict
from autograder.sandbox.isolation import ACTIVE, Isolation
from autograder.tests.attacks.vault import HERE, Attack, Vault, read_attack
from autograder.worker.lockdown import LAYERS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the layers are Linux's")
# layer, the attack, and the layers that must be on for there to be anything to attack
EVIDENCE = (
    ("private uid", "steal/folders", ()),
    ("private uid", "disk/change_modes", ()),
    ("private uid", "process/kill_the_parent", ()),
    ("no new privileges", "setuid", ("private uid",)),
    ("resource limits", "disk/large_file", ()),
    ("resource limits", "address space", ()),
    ("landlock", "steal/folders", ()),
    ("landlock", "steal/through_run_folders", ()),
    ("landlock", "network/listen", ()),
    ("landlock", "process/kill_the_parent", ()),
    ("seccomp", "network/datagram", ()),
    ("seccomp", "network/listen", ()),
    ("seccomp", "process/fork", ()),
    ("seccomp", "memory/anonymous_file", ()),
)
_SETUID = """
import subprocess

def probe():
    done = subprocess.run([PROGRAM, "-u"], capture_output=True, text=True, env={})
    return "became root" if done.stdout.strip() == "0" else "contained"
"""
_ADDRESS_SPACE = """
import mmap

def probe():
    try:
        mmap.mmap(-1, 2**36, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000)
    except OSError:
        return "contained"
    return "64 GiB of addresses"
"""


@pytest.fixture
def passable() -> Iterator[Path]:
    """A folder that every user may pass through, on a file system that honours setuid."""
    folder = Path(tempfile.mkdtemp(prefix="layers-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


def attack_of(name: str, folder: Path) -> Attack:
    """The program of that name, or one that is of use here only."""
    if name == "setuid":
        program = folder / "id"
        shutil.copyfile("/usr/bin/id", program)
        program.chmod(0o4755)
        return Attack(name, f"PROGRAM = {str(program)!r}\n{_SETUID}", ())
    if name == "address space":
        return Attack(name, _ADDRESS_SPACE, ())
    return read_attack(HERE / "programs" / f"{name}.py")


def is_administrator() -> bool:
    """Whether this process has CAP_SYS_ADMIN, which root in a container has not."""
    status = Path("/proc/self/status").read_text()
    held = next(row.split()[1] for row in status.splitlines() if row.startswith("CapEff:"))
    return bool(int(held, 16) >> 21 & 1)


def is_contained(vault: Vault, attack: Attack, on: tuple[str, ...]) -> bool:
    """Whether the probe finds nothing when only these layers are on."""
    submission = vault.hand_in(attack, vault.root / "handed in")
    off = tuple(name for name in LAYERS if name not in on)
    request = vault.request(attack, submission, checks=("check_probe",), layers_off=off)
    (outcome,) = grade_in_subprocess(request, 45).outcomes
    assert outcome.verdict in (Verdict.PASSED, Verdict.WRONG), (outcome, attack.name)
    return outcome.verdict is Verdict.PASSED


@pytest.mark.parametrize(("layer", "name", "needed"), EVIDENCE)
def test_a_layer_alone_stops_what_succeeds_without_it(
    layer: str, name: str, needed: tuple[str, ...], tmp_path: Path, passable: Path
) -> None:
    """Without the layer and all that overlap it the attack succeeds; with it alone it does not."""
    if not is_administrator() and layer in ("landlock", "seccomp"):
        needed = (*needed, "no new privileges")  # the kernel demands it of everybody else
    states = Isolation("fork").layers
    for wanted in (layer, *needed):
        if states[wanted] != ACTIVE:
            pytest.skip(f"NOT PROVED here: layer {wanted!r} is unavailable: {states[wanted]}")
    vault = Vault(tmp_path / "root")
    attack = attack_of(name, passable)
    # the watchdog of the folder, which is no layer, could be quicker than the probe
    vault.switch((*attack.switches, 'scratch = "1GB"'))
    assert not is_contained(vault, attack, needed)
    assert is_contained(vault, attack, (*needed, layer))


@pytest.mark.parametrize("name", ["other_memory", "other_channel"])
def test_ranks_are_apart_by_the_layers(name: str, tmp_path: Path) -> None:
    """Without layers a rank does find another: so the attacks by ranks show something."""
    vault = Vault(tmp_path / "root")
    attack = read_attack(HERE / "programs" / "ranks" / f"{name}.py")
    submission = vault.hand_in(attack, tmp_path / "handed in")
    checks = ("check_neighbour",)
    request = vault.request(attack, submission, checks=checks, layers_off=tuple(LAYERS))
    (outcome,) = grade_in_subprocess(request, 45).outcomes
    assert outcome.verdict is Verdict.WRONG


def test_a_process_of_its_own_keeps_expected_values_out_of_reach(tmp_path: Path) -> None:
    """The attack by frames finds what its caller holds; in a worker there is nothing to find."""
    attack = read_attack(HERE / "programs" / "forge" / "frames.py")
    names: dict[str, object] = {}
    exec(attack.text, names)
    want = 42.0
    total = names["total"]
    assert callable(total)
    assert total([1.0]) == want
    vault = Vault(tmp_path / "root")
    submission = vault.hand_in(attack, tmp_path / "handed in")
    request = vault.request(attack, submission, checks=("check_total",), layers_off=tuple(LAYERS))
    (outcome,) = grade_in_subprocess(request, 45).outcomes
    assert outcome.verdict is Verdict.WRONG
