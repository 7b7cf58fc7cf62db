"""The filter, evaluated as the kernel would, for both architectures."""

import errno
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sandbox.launcher import Launcher
from autograder.tests.sandbox.launchers import call, worker
from autograder.wire.confinement import Confinement
from autograder.worker.layers import seccomp
from autograder.worker.layers.syscall_numbers import (
    AUDIT_ARCH,
    DENIED,
    NAMESPACE_CALLS,
    OWNER_CALLS,
    Architecture,
    architecture,
)

ROOT = Path(__file__).resolve().parents[3]
ALLOW, ERRNO, KILL = 0x7FFF0000, 0x00050000, 0x80000000
# what Docker's default profile keeps from containers, as far as each architecture has it
# (https://docs.docker.com/engine/security/seccomp/), and what has come since
DOCKER_DENIES = """
acct add_key bpf clock_adjtime clock_settime create_module delete_module fanotify_init
finit_module fsconfig fsmount fsopen fspick get_kernel_syms init_module io_uring_enter
io_uring_register io_uring_setup ioperm iopl kcmp kexec_file_load kexec_load keyctl lookup_dcookie
mbind mount mount_setattr move_mount move_pages name_to_handle_at nfsservctl open_by_handle_at
open_tree perf_event_open personality pidfd_getfd pivot_root process_madvise process_vm_readv
process_vm_writev ptrace query_module quotactl quotactl_fd reboot request_key set_mempolicy
set_mempolicy_home_node setdomainname sethostname setns settimeofday swapoff swapon sysfs syslog
_sysctl umount2 unshare uselib userfaultfd ustat vhangup adjtimex memfd_secret
""".split()
# read, write, mmap, munmap, futex, ioctl, openat, newfstatat, getrandom, exit_group
NEEDED = {
    "x86_64": (0, 1, 9, 11, 202, 16, 257, 262, 318, 231),
    "aarch64": (63, 64, 222, 215, 98, 29, 56, 79, 278, 94),
}
THREAD, NEW_USER, SIGCHLD = 0x003D0F00, 0x10000000, 17


def decide(program: list[seccomp.Instruction], machine: Architecture, *call: int) -> int:
    """What the filter returns for a system call: its number and arguments."""
    number, arguments = call[0], [*call[1:], 0, 0, 0, 0, 0, 0][:6]
    data = struct.pack("<IIQ6Q", number, machine.audit, 0, *arguments)
    value, at = 0, 0
    while True:
        code, yes, no, operand = program[at]
        at += 1
        if code == 0x20:
            value = struct.unpack_from("<I", data, operand)[0]
        elif code == 0x54:
            value &= operand
        elif code == 0x06:
            return operand
        else:
            holds = {0x15: value == operand, 0x35: value >= operand, 0x45: bool(value & operand)}
            at += yes if holds[code] else no


def known(name: str) -> Architecture:
    """An architecture, not necessarily this machine's."""
    found = architecture(name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", sorted(AUDIT_ARCH))
def test_what_containers_may_not_do_workers_may_not_either(name: str) -> None:
    """Every call of Docker's list that the architecture has is refused, whatever is switched on."""
    machine = known(name)
    freest = Confinement(uid=61000, processes=True, shared_memory=True)
    program = seccomp.assemble(machine, freest)
    asked = [machine.numbers[call] for call in DOCKER_DENIES if call in machine.numbers]
    assert len(asked) > 50
    assert {decide(program, machine, number) for number in asked} == {ERRNO | errno.EPERM}
    assert set(DOCKER_DENIES) <= set(DENIED)


@pytest.mark.parametrize("name", sorted(AUDIT_ARCH))
def test_what_python_needs_is_allowed(name: str) -> None:
    """The strictest filter lets through files, memory and threads, and no process."""
    machine = known(name)
    program = seccomp.assemble(machine, Confinement())
    assert {decide(program, machine, number) for number in NEEDED[name]} == {ALLOW}
    clone = machine.numbers["clone"]
    assert decide(program, machine, clone, THREAD) == ALLOW
    assert decide(program, machine, clone, SIGCHLD) == ERRNO | errno.EPERM
    assert decide(program, machine, machine.numbers["clone3"]) == ERRNO | errno.ENOSYS


@pytest.mark.parametrize("name", sorted(AUDIT_ARCH))
def test_files_of_the_same_user_cannot_be_changed_past_landlock(name: str) -> None:
    """Changes of modes, owners, times, attributes and sizes are refused without a private uid."""
    machine = known(name)
    numbers = [machine.numbers[call] for call in OWNER_CALLS if call in machine.numbers]
    same = seccomp.assemble(machine, Confinement())
    own = seccomp.assemble(machine, Confinement(uid=61000))
    assert {decide(same, machine, number) for number in numbers} == {ERRNO | errno.EPERM}
    assert {decide(own, machine, number) for number in numbers} == {ALLOW}


@pytest.mark.parametrize("name", sorted(AUDIT_ARCH))
def test_a_container_has_processes_but_no_namespaces(name: str) -> None:
    """The filter of ci/as_in_a_container.py refuses those and nothing else."""
    machine = known(name)
    program = seccomp.without_namespaces(machine)
    clone = machine.numbers["clone"]
    assert decide(program, machine, clone, SIGCHLD) == ALLOW
    assert decide(program, machine, clone, SIGCHLD | NEW_USER) == ERRNO | errno.EPERM
    assert decide(program, machine, machine.numbers["ptrace"]) == ALLOW
    refused = {decide(program, machine, machine.numbers[call]) for call in NAMESPACE_CALLS}
    assert refused == {ERRNO | errno.EPERM}


def test_another_architecture_is_killed() -> None:
    """A call by the numbers of another architecture ends the process."""
    program = seccomp.assemble(known("x86_64"), Confinement())
    assert decide(program, known("aarch64"), 0) == KILL


@pytest.mark.skipif(sys.platform != "linux", reason="the filter is Linux's")
def test_honest_files_are_saved_and_loaded(fork: Launcher) -> None:
    """np.save, np.savez and plain files work under the filter."""
    source = (
        "import numpy as np\ndef f():\n    np.save('a.npy', np.arange(3.0))\n"
        "    np.savez('b.npz', b=np.ones(2))\n    with open('c', 'w') as c:\n"
        "        c.write('text')\n    with open('c', 'r+') as c:\n        c.truncate(2)\n"
        "    return float(np.load('a.npy').sum() + np.load('b.npz')['b'].sum())\n"
    )
    with worker(fork, source) as remote:
        assert call(remote, "f") == 5.0


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
def test_the_container_of_ci_is_like_dockers() -> None:
    """Its capabilities are Docker's default, and a namespace is refused."""
    show = "grep CapEff /proc/self/status; unshare --user true"
    command = [sys.executable, str(ROOT / "ci" / "as_in_a_container.py"), "sh", "-c", show]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert done.stdout.split() == ["CapEff:", "00000000a80425fb"]
    assert "Operation not permitted" in done.stderr
