"""Restrictions of a process that opens uploads: limited memory, no secrets, no network."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
# Variables that programs and libraries need; all others might hold passwords or keys.
PASSED_ON = (
    *("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TESSDATA_PREFIX"),
    *("LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV", "HF_HOME", "XDG_CACHE_HOME"),
    *("LOG_FORMAT", "LOG_LEVEL"),
)
# By default glibc gets every large block from the system and returns it at once, which costs
# networks a tenth of their time. These values make it keep blocks until the page is read, with
# two arenas instead of one for each thread.
MEMORY = {
    "MALLOC_MMAP_THRESHOLD_": str(64 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(128 << 20),
    "MALLOC_ARENA_MAX": "2",
}


def environment(threads: int = 1) -> dict[str, str]:
    """Environment variables of a sandboxed process. threads: for its numerical libraries."""
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {
        **passed_on,
        **MEMORY,
        "OMP_NUM_THREADS": str(threads),
        "OMP_THREAD_LIMIT": str(threads),
    }


def die_with_parent(parent: int) -> None:
    """Makes the kernel kill this process when the thread that started it ends (Linux)."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # the parent ended before the call
        os.kill(os.getpid(), signal.SIGKILL)


def limit_memory(megabytes: int) -> None:
    """Limits the address space, beyond which allocations fail. 0 = no limit."""
    if megabytes:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    # A core file would contain the document.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def leave_network() -> bool:
    """Moves this process into a network without interfaces (Linux). False if not permitted.

    Must be called before the first thread starts. Open sockets stay open.
    """
    if not sys.platform.startswith("linux"):
        return False
    # Root needs no user namespace, in which it could no longer read other users' files.
    spaces = CLONE_NEWNET if os.geteuid() == 0 else CLONE_NEWUSER | CLONE_NEWNET
    return bool(ctypes.CDLL(None, use_errno=True).unshare(spaces) == 0)
