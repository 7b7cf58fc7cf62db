"""Landlock: the files a worker may read and write, no network, no signals to others.

It works without privileges, and also for root. What is not listed is denied.
"""

import ctypes
import os
import stat
import struct
import sys

from autograder.machine import libc
from autograder.wire.confinement import Confinement

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446  # the same numbers on every architecture
_VERSION = 1
_PATH_BENEATH = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_CHANGES = 0x1FF0  # remove, make and so on: bits 4 to 12
_REFER, _TRUNCATE, _IOCTL = 1 << 13, 1 << 14, 1 << 15
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL
_BIND_TCP, _CONNECT_TCP = 1 << 0, 1 << 1
_SCOPES = 0b11  # abstract unix sockets, signals


def version() -> int:
    """The ABI of this kernel; 0 when it has no Landlock."""
    if sys.platform != "linux":
        return 0
    try:
        return libc.syscall(_CREATE, None, ctypes.c_size_t(0), _VERSION)
    except OSError:
        return 0


def unavailable() -> str:
    """Why there is no Landlock here."""
    return "" if version() else "this kernel has no Landlock"


def apply(confinement: Confinement) -> None:
    """Deny everything, then allow what the confinement lists. Needs no_new_privs."""
    abi = version()
    files = _handled_files(abi)
    network = _BIND_TCP | _CONNECT_TCP if abi >= 4 else 0
    scopes = _SCOPES if abi >= 6 else 0
    attributes = ctypes.create_string_buffer(struct.pack("QQQ", files, network, scopes))
    size = 8 if abi < 4 else 16 if abi < 6 else 24
    rules = libc.syscall(_CREATE, ctypes.byref(attributes), ctypes.c_size_t(size), 0)
    try:
        read = _READ_FILE | _READ_DIR | _EXECUTE
        for path in confinement.readable:
            _allow_path(rules, path, read & files)
        for path in confinement.writeable:
            _allow_path(rules, path, files)
        libc.syscall(_RESTRICT, rules, 0)
    finally:
        os.close(rules)


def _handled_files(abi: int) -> int:
    rights = _EXECUTE | _WRITE_FILE | _READ_FILE | _READ_DIR | _CHANGES
    rights |= _REFER if abi >= 2 else 0
    rights |= _TRUNCATE if abi >= 3 else 0
    return rights | (_IOCTL if abi >= 5 else 0)


def _allow_path(rules: int, path: str, rights: int) -> None:
    try:
        fd = os.open(path, getattr(os, "O_PATH", 0) | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(fd).st_mode):
            rights &= _ON_FILES
        rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, fd))
        libc.syscall(_ADD_RULE, rules, _PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(fd)
