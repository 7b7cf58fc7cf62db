"""seccomp: system calls that a submission has no use for fail with EPERM.

A classic BPF program is assembled here and handed to the kernel; no library is needed. It is a list
of what is denied, not of what is allowed: numpy and torch on other kernels must not break.
"""

import ctypes
import errno
import socket
import struct
import sys
from collections.abc import Iterable

from autograder.machine import libc
from autograder.wire.confinement import Confinement
from autograder.worker.layers.syscall_numbers import (
    DENIED,
    NAMESPACE_CALLS,
    OWNER_CALLS,
    PROCESS_CALLS,
    SHARED_MEMORY_CALLS,
    UNNAMING_CALLS,
    Architecture,
    architecture,
)

_SECCOMP_SET_MODE_FILTER = 1
_SECCOMP_GET_ACTION_AVAIL = 2
_SECCOMP_FILTER_FLAG_TSYNC = 1  # all threads of the process

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ERRNO = 0x00050000
_KILL = 0x80000000

_NUMBER, _ARCH = 0, 4  # offsets in struct seccomp_data
_FIRST, _SECOND, _THIRD = 16, 24, 32  # low words of arguments, on little endian
_X32 = 0x40000000
_CLONE_THREAD = 0x00010000
_CLONE_NEW = 0x7E020080  # every CLONE_NEW* flag: namespaces
_UNNAMED = 0x00400000  # __O_TMPFILE

Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, operand
_ALLOW: Instruction = (_RETURN, 0, 0, 0x7FFF0000)


def unavailable() -> str:
    """Why there is no filter here."""
    if sys.platform != "linux":
        return "not on this system"
    machine = architecture()
    if not machine:
        return "no table of system calls for this architecture"
    action = ctypes.byref(ctypes.c_uint32(_ERRNO))
    try:
        libc.syscall(machine.numbers["seccomp"], _SECCOMP_GET_ACTION_AVAIL, 0, action)
    except OSError as error:
        return f"this system takes no filters: {error.strerror}"
    return ""


def apply(confinement: Confinement) -> None:
    """Install the filter for all threads; it cannot be taken off again."""
    machine = architecture()
    assert machine is not None
    install(machine, assemble(machine, confinement))


def install(machine: Architecture, program: list[Instruction]) -> None:
    """Hand a program to the kernel. Raises OSError when it refuses."""
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *i) for i in program))
    header = ctypes.create_string_buffer(
        struct.pack("HxxxxxxP", len(program), ctypes.addressof(code))
    )
    call = machine.numbers["seccomp"]
    flags = _SECCOMP_FILTER_FLAG_TSYNC
    libc.syscall(call, _SECCOMP_SET_MODE_FILTER, flags, ctypes.byref(header))


def assemble(machine: Architecture, confinement: Confinement) -> list[Instruction]:
    """The filter of a worker."""
    denied = list(DENIED)
    denied += [] if confinement.processes else PROCESS_CALLS
    # who may use /dev/shm has to remove what is there
    denied += [] if confinement.shared_memory else [*SHARED_MEMORY_CALLS, *UNNAMING_CALLS]
    denied += [] if confinement.uid else OWNER_CALLS  # a uid of its own owns nothing else
    looked_at = {
        "clone": _clone(confinement.processes),
        "prlimit64": _of_itself(),
        "socket": _unix_only(),
    }
    if not confinement.shared_memory:
        looked_at |= {"open": _named_files(_SECOND), "openat": _named_files(_THIRD)}
    return _program(machine, denied, looked_at)


def without_namespaces(machine: Architecture) -> list[Instruction]:
    """The filter that a container has: no namespaces and no mounts."""
    return _program(machine, NAMESPACE_CALLS, {"clone": _clone(processes=True)})


def _program(
    machine: Architecture, denied: Iterable[str], looked_at: dict[str, list[Instruction]]
) -> list[Instruction]:
    """Wrong architecture dies, then one test a system call, then allow.

    `looked_at` decides by the arguments of a call.
    """
    numbers = machine.numbers
    program: list[Instruction] = [
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 1, 0, machine.audit),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32),
        _refuse(errno.ENOSYS),
    ]
    decisions = {name: [_refuse(errno.EPERM)] for name in denied}
    # glibc falls back to clone, whose flags can be looked at; clone3's are behind a pointer
    decisions["clone3"] = [_refuse(errno.ENOSYS)]
    for name, then in (decisions | looked_at).items():
        if name in numbers:
            program += [(_EQUAL, 0, len(then), numbers[name]), *then]  # `then` always returns
    return [*program, _ALLOW]


def _clone(processes: bool) -> list[Instruction]:
    """Threads, and processes where they are allowed; never a new namespace."""
    wanted = [] if processes else [(_ANY_BIT, 1, 0, _CLONE_THREAD), _refuse(errno.EPERM)]
    return [
        (_LOAD, 0, 0, _FIRST),
        (_ANY_BIT, 0, 1, _CLONE_NEW),
        _refuse(errno.EPERM),
        *wanted,
        _ALLOW,
    ]


def _of_itself() -> list[Instruction]:
    """Only with pid 0, which is the calling process."""
    return [(_LOAD, 0, 0, _FIRST), (_EQUAL, 1, 0, 0), _refuse(errno.EPERM), _ALLOW]


def _unix_only() -> list[Instruction]:
    """Sockets of this machine's own, and no other family."""
    return [
        (_LOAD, 0, 0, _FIRST),
        (_EQUAL, 0, 1, socket.AF_UNIX),
        _ALLOW,
        _refuse(errno.EACCES),
    ]


def _named_files(flags: int) -> list[Instruction]:
    """No file without a name: what a worker has written is seen by its names alone."""
    return [(_LOAD, 0, 0, flags), (_ANY_BIT, 0, 1, _UNNAMED), _refuse(errno.EPERM), _ALLOW]


def _refuse(error: int) -> Instruction:
    return (_RETURN, 0, 0, _ERRNO | error)
