"""The system calls that a worker's filter refuses or looks at, with their numbers, by purpose.

Source: arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h of Linux.
"""

import platform
from typing import NamedTuple

AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}


def _calls(table: str) -> dict[str, str]:
    """Name -> "number on x86_64/on aarch64", where "-" means that there is no such call."""
    words = " ".join(row for row in table.splitlines() if "#" not in row).split()
    return dict(zip(words[::2], words[1::2], strict=True))


# refused, or allowed with some arguments, as the confinement says; seccomp installs the filter
_LOOKED_AT = _calls(
    """
    socket 41/198   sendto 44/206   sendmsg 46/211   sendmmsg 307/269   clone 56/220
    clone3 435/435   prlimit64 302/261   seccomp 317/277   open 2/-   openat 257/56
    """
)
PROCESS_CALLS = _calls("fork 57/-   vfork 58/-   execve 59/221   execveat 322/281")
SHARED_MEMORY_CALLS = _calls("memfd_create 319/279   shmget 29/194   shmat 30/196   shmctl 31/195")
# of files that the worker may only read: Landlock does not look at these calls, before its third
# version not even at truncate
OWNER_CALLS = _calls(
    """
    chmod 90/-   fchmod 91/52   fchmodat 268/53   fchmodat2 452/452   chown 92/-   fchown 93/55
    lchown 94/-   fchownat 260/54   setxattr 188/5   lsetxattr 189/6   fsetxattr 190/7
    setxattrat 463/463   removexattr 197/14   lremovexattr 198/15   fremovexattr 199/16
    removexattrat 466/466   file_setattr 469/469   utime 132/-   utimes 235/-   futimesat 261/-
    utimensat 280/88   truncate 76/45
    """
)
# what takes disk space that no folder shows: files lose their names, or get more than they hold
UNNAMING_CALLS = _calls(
    """
    unlink 87/-   unlinkat 263/35   rename 82/-   renameat 264/38   renameat2 316/276
    fallocate 285/47   openat2 437/437
    """
)
# always refused; also by a container without rights over its host (ci/as_in_a_container.py)
NAMESPACE_CALLS = _calls(
    """
    unshare 272/97   setns 308/268   mount 165/40   umount2 166/39   pivot_root 155/41
    open_tree 428/428   move_mount 429/429   fsopen 430/430   fsconfig 431/431   fsmount 432/432
    fspick 433/433   mount_setattr 442/442
    """
)
DENIED = NAMESPACE_CALLS | _calls(
    """
    # debug or read other processes, or the kernel itself
    ptrace 101/117   process_vm_readv 310/270   process_vm_writev 311/271
    process_madvise 440/440   pidfd_getfd 438/438   kcmp 312/272   perf_event_open 298/241
    bpf 321/280   userfaultfd 323/282   io_uring_setup 425/425   io_uring_enter 426/426
    io_uring_register 427/427
    # the kernel's keys, and files by handle instead of name
    add_key 248/217   request_key 249/218   keyctl 250/219   open_by_handle_at 304/265
    name_to_handle_at 303/264
    # mounts and watching files, beside the calls above
    chroot 161/51   open_tree_attr 467/467   fanotify_init 300/262   fanotify_mark 301/263
    # administration
    init_module 175/105   finit_module 313/273   delete_module 176/106   kexec_load 246/104
    kexec_file_load 320/294   reboot 169/142   swapon 167/224   swapoff 168/225
    sethostname 170/161   setdomainname 171/162   settimeofday 164/170   clock_settime 227/112
    adjtimex 159/171   clock_adjtime 305/266   syslog 103/116   acct 163/89   quotactl 179/60
    quotactl_fd 443/443   personality 135/92   vhangup 153/58   iopl 172/-   ioperm 173/-
    # obsolete
    lookup_dcookie 212/18   uselib 134/-   ustat 136/-   sysfs 139/-   _sysctl 156/-
    create_module 174/-   get_kernel_syms 177/-   query_module 178/-   nfsservctl 180/42
    # where memory lies, and memory without a name
    mbind 237/235   set_mempolicy 238/237   set_mempolicy_home_node 450/450
    migrate_pages 256/238   move_pages 279/239   memfd_secret 447/447
    # messages, semaphores and queues between processes
    msgget 68/186   msgsnd 69/189   msgrcv 70/188   msgctl 71/187   semget 64/190   semop 65/193
    semtimedop 220/192   semctl 66/191   mq_open 240/180   mq_unlink 241/181
    # the order in which processes run
    sched_setaffinity 203/122   sched_setscheduler 144/119   sched_setparam 142/118
    sched_setattr 314/274   ioprio_set 251/30   setpriority 141/140
    """
)


class Architecture(NamedTuple):
    """What a filter needs to know of this machine."""

    audit: int
    numbers: dict[str, int]


def architecture(machine: str = "") -> Architecture | None:
    """The architecture of this machine; None when there is no table for it."""
    machine = machine or platform.machine()
    if machine not in AUDIT_ARCH:
        return None
    column = list(AUDIT_ARCH).index(machine)
    calls = _LOOKED_AT | PROCESS_CALLS | SHARED_MEMORY_CALLS | OWNER_CALLS | UNNAMING_CALLS | DENIED
    known = {name: numbers.split("/")[column] for name, numbers in calls.items()}
    return Architecture(AUDIT_ARCH[machine], {n: int(k) for n, k in known.items() if k != "-"})
