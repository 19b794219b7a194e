"""A filter of system calls for Linux (seccomp, in the kernel's classic BPF), set up without a library.

A call that a reader has no business with fails with EPERM. It is a list of what is refused: what a new library needs
for its work stays possible, and nothing that a reader is meant to be kept from is missing from the list.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class _Machine(NamedTuple):
    """A processor: AUDIT_ARCH_…, the number of seccomp(2), and where its column is in the tables."""

    audit: int
    seccomp: int
    column: int


_MACHINES = {"x86_64": _Machine(0xC000003E, 317, 0), "aarch64": _Machine(0xC00000B7, 277, 1)}

# The numbers on x86_64 and on aarch64, of asm/unistd_64.h and asm-generic/unistd.h; None where there is no such call.
Numbers = tuple[int | None, int | None]
_NETWORK: tuple[Numbers, ...] = (
    *((41, 198), (53, 199), (42, 203), (49, 200), (50, 201)),  # socket, socketpair, connect, bind, listen
    *((43, 202), (288, 242), (44, 206), (46, 211), (307, 269)),  # accept, accept4, sendto, sendmsg, sendmmsg
    *((425, 425), (426, 426), (427, 427)),  # io_uring_setup, _enter, _register: calls that no filter sees
)
_PROGRAMS: tuple[Numbers, ...] = (
    *((59, 221), (322, 281), (57, None), (58, None)),  # execve, execveat, fork, vfork
    *((172, None), (173, None), (154, None), (135, 92)),  # iopl, ioperm, modify_ldt, personality
)
_OTHER_PROCESSES: tuple[Numbers, ...] = (
    *((101, 117), (310, 270), (311, 271), (440, 440)),  # ptrace, process_vm_readv, process_vm_writev, process_madvise
    *((312, 272), (434, 434), (438, 438), (424, 424)),  # kcmp, pidfd_open, pidfd_getfd, pidfd_send_signal
    *((200, 130), (129, 138), (297, 240)),  # tkill, rt_sigqueueinfo, rt_tgsigqueueinfo
    *((256, 238), (279, 239), (298, 241)),  # migrate_pages, move_pages, perf_event_open
    *((29, 194), (30, 196), (31, 195)),  # shmget, shmat, shmctl
    *((68, 186), (69, 189), (70, 188), (71, 187)),  # msgget, msgsnd, msgrcv, msgctl
    *((64, 190), (65, 193), (220, 192), (66, 191)),  # semget, semop, semtimedop, semctl
    *((240, 180), (241, 181)),  # mq_open, mq_unlink
)
_SYSTEM: tuple[Numbers, ...] = (
    *((321, 280), (323, 282), (250, 219), (248, 217), (249, 218)),  # bpf, userfaultfd, keyctl, add_key, request_key
    *((165, 40), (166, 39), (155, 41), (161, 51)),  # mount, umount2, pivot_root, chroot
    *((272, 97), (308, 268), (303, 264), (304, 265)),  # unshare, setns, name_to_handle_at, open_by_handle_at
    *((428, 428), (429, 429), (430, 430), (431, 431)),  # open_tree, move_mount, fsopen, fsconfig
    *((432, 432), (433, 433), (442, 442)),  # fsmount, fspick, mount_setattr
    *((175, 105), (313, 273), (176, 106), (246, 104), (320, 294)),  # init_module, finit_, delete_, kexec_load, _file_
    *((169, 142), (167, 224), (168, 225), (163, 89), (103, 116)),  # reboot, swapon, swapoff, acct, syslog
    *((164, 170), (227, 112), (159, 171), (305, 266)),  # settimeofday, clock_settime, adjtimex, clock_adjtime
    *((170, 161), (171, 162), (153, 58), (212, 18)),  # sethostname, setdomainname, vhangup, lookup_dcookie
    *((179, 60), (443, 443), (300, 262)),  # quotactl, quotactl_fd, fanotify_init
)
# Landlock has no say in what is known of a file beside its content.
_ATTRIBUTES: tuple[Numbers, ...] = (
    *((90, None), (91, 52), (268, 53), (452, 452)),  # chmod, fchmod, fchmodat, fchmodat2
    *((92, None), (93, 55), (94, None), (260, 54)),  # chown, fchown, lchown, fchownat
    *((188, 5), (189, 6), (190, 7), (463, 463)),  # setxattr, lsetxattr, fsetxattr, setxattrat
    *((197, 14), (198, 15), (199, 16), (466, 466)),  # removexattr, lremovexattr, fremovexattr, removexattrat
    *(
        (132, None),
        (235, None),
        (280, 88),
        (261, None),
        (469, 469),
    ),  # utime, utimes, utimensat, futimesat, file_setattr
)
_WRITING: tuple[Numbers, ...] = (
    *((85, None), (87, None), (263, 35), (84, None)),  # creat, unlink, unlinkat, rmdir
    *((82, None), (264, 38), (316, 276)),  # rename, renameat, renameat2
    *((86, None), (265, 37), (88, None), (266, 36)),  # link, linkat, symlink, symlinkat
    *((83, None), (258, 34), (133, None), (259, 33)),  # mkdir, mkdirat, mknod, mknodat
    (76, 45),  # truncate
)
_OF_THIS_PROCESS_ONLY: tuple[Numbers, ...] = ((62, 129), (234, 131))  # kill, tgkill
_PRLIMIT: Numbers = (302, 261)
_CLONE: Numbers = (56, 220)
# glibc falls back to calls whose arguments a filter can see: those of these stand in memory.
_UNSEEN: tuple[Numbers, ...] = ((435, 435), (437, 437))  # clone3, openat2
_OPENING: tuple[tuple[Numbers, int], ...] = (((2, None), 1), ((257, 56), 2))  # open, openat, and which argument tells

_CLONE_THREAD = 0x00010000
_WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | getattr(os, "O_CREAT", 0) | os.O_TRUNC | getattr(os, "O_TMPFILE", 0)
_O_DIRECTORY = getattr(os, "O_DIRECTORY", 0)
_SET_MODE_FILTER, _ALL_THREADS = 1, 1
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_LOAD, _IF_EQUAL, _IF_ANY_BIT, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
_FIRST_OF_X32 = 0x40000000
_REFUSE = _ERRNO | errno.EPERM
_UNKNOWN = _ERRNO | errno.ENOSYS

Instruction = tuple[int, int, int, int]
"""Code, how many to skip if true and if false, operand: struct sock_filter."""


def filter_system_calls(*, writing: bool) -> bool:
    """Refuse, for all threads of this process and for good, what a reader does not need. It has no_new_privs already.

    Args:
        writing: whether files may be written; where Landlock holds, it says which.

    Returns:
        Whether the kernel does it: there is seccomp, and the processor is one whose numbers are known here.
    """
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return False
    code = b"".join(struct.pack("=HBBI", *instruction) for instruction in _program(machine, writing))
    instructions = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.addressof(instructions))
    syscall = ctypes.CDLL(None, use_errno=True).syscall
    syscall.restype = ctypes.c_long
    arguments = (machine.seccomp, _SET_MODE_FILTER, _ALL_THREADS)
    return bool(syscall(*map(ctypes.c_long, arguments), ctypes.byref(program)) == 0)


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def _program(machine: _Machine, writing: bool) -> Iterator[Instruction]:
    yield from _foreign(machine)
    refused = (*_NETWORK, *_PROGRAMS, *_OTHER_PROCESSES, *_SYSTEM, *_ATTRIBUTES, *(() if writing else _WRITING))
    yield from _always(_known(refused, machine), _REFUSE)
    yield from _always(_known(_UNSEEN, machine), _UNKNOWN)
    for number in _known(_OF_THIS_PROCESS_ONLY, machine):
        yield from _unless_equal(number, os.getpid())
    for number in _known((_PRLIMIT,), machine):
        yield from _unless_equal(number, 0)
    for number in _known((_CLONE,), machine):
        yield from _by_bits(number, 0, _CLONE_THREAD, refuse_if_set=False)
    if not writing:
        for numbers, argument in _OPENING:
            for number in _known((numbers,), machine):
                yield from _by_bits(number, argument, _WRITE_FLAGS & ~_O_DIRECTORY, refuse_if_set=True)
    yield (_RETURN, 0, 0, _ALLOW)


def _known(calls: Iterable[Numbers], machine: _Machine) -> Iterator[int]:
    return (number for numbers in calls if (number := numbers[machine.column]) is not None)


def _foreign(machine: _Machine) -> Iterator[Instruction]:
    """End the process at a call of another architecture (32 bits): its numbers mean something else."""
    yield (_LOAD, 0, 0, _ARCHITECTURE)
    yield (_IF_EQUAL, 1, 0, machine.audit)
    yield (_RETURN, 0, 0, _KILL)
    yield (_LOAD, 0, 0, _NUMBER)
    yield (_IF_AT_LEAST, 0, 1, _FIRST_OF_X32)
    yield (_RETURN, 0, 0, _KILL)


def _always(numbers: Iterable[int], verdict: int) -> Iterator[Instruction]:
    for number in numbers:
        yield (_IF_EQUAL, 0, 1, number)
        yield (_RETURN, 0, 0, verdict)


def _unless_equal(number: int, value: int) -> Iterator[Instruction]:
    """Refuse a call unless its first argument is `value`."""
    yield (_IF_EQUAL, 0, 4, number)
    yield (_LOAD, 0, 0, _ARGUMENTS)
    yield (_IF_EQUAL, 1, 0, value)
    yield (_RETURN, 0, 0, _REFUSE)
    yield (_LOAD, 0, 0, _NUMBER)


def _by_bits(number: int, argument: int, bits: int, *, refuse_if_set: bool) -> Iterator[Instruction]:
    """Refuse a call where any of `bits` is set in an argument, or where none is."""
    yield (_IF_EQUAL, 0, 4, number)
    yield (_LOAD, 0, 0, _ARGUMENTS + 8 * argument)  # its lower half: both processors are little-endian
    yield (_IF_ANY_BIT, *((0, 1) if refuse_if_set else (1, 0)), bits)
    yield (_RETURN, 0, 0, _REFUSE)
    yield (_LOAD, 0, 0, _NUMBER)
