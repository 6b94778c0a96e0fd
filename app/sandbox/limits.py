"""What a process that opens files of strangers may have: little memory, no secrets, no network.

For app.worker.child and app.exports.child. No Django here.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
# What programs and libraries need; settings hold passwords and keys.
PASSED_ON = (
    *("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TESSDATA_PREFIX"),
    *("LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV", "HF_HOME", "XDG_CACHE_HOME"),
    *("LOG_FORMAT", "LOG_LEVEL"),
)


def environment(threads: int = 1) -> dict[str, str]:
    """The environment for such a process."""
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {**passed_on, "OMP_NUM_THREADS": str(threads), "OMP_THREAD_LIMIT": str(threads)}


def die_with_parent(parent: int) -> None:
    """The kernel kills this process when the thread that started it is gone (Linux)."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it went before the call
        os.kill(os.getpid(), signal.SIGKILL)


def limit_memory(megabytes: int) -> None:
    """Address space; beyond it allocations fail instead of the machine. 0 = no limit."""
    if megabytes:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    # A crash must not leave a core file with somebody's document in it.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def leave_network() -> bool:
    """Moves this process into a network without interfaces (Linux); False where it may not.

    Call it before the first thread starts. Sockets that are open stay open.
    """
    if not sys.platform.startswith("linux"):
        return False
    # Root needs no user namespace, and would lose the right to read others' files in one.
    spaces = CLONE_NEWNET if os.geteuid() == 0 else CLONE_NEWUSER | CLONE_NEWNET
    return bool(ctypes.CDLL(None, use_errno=True).unshare(spaces) == 0)
