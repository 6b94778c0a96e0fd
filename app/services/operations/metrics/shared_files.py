"""Shared counters of all processes of a machine: memory-mapped files in RUN_DIR/metrics.

prometheus_client names the files by process id, so every restart would leave files behind forever.
Here each process takes the lowest number that no running process holds, and continues the file of
the process that had this number before.
"""

from __future__ import annotations

import fcntl
import itertools
import json
import logging
import os
import struct
from functools import cache
from pathlib import Path

from django.conf import settings
from prometheus_client import values
from prometheus_client.mmap_dict import MmapedDict

logger = logging.getLogger(__name__)

# Room for some thousand numbers in each file, reserved in advance: on a full disk, a write to a
# mapped page without storage would kill the process.
FILE_BYTES = 1 << 20
KINDS = ("counter", "histogram")


def folder() -> Path:
    return Path(settings.RUN_DIR) / "metrics"


def patch_prometheus() -> None:
    """Makes prometheus_client count in shared files, or in this process's memory if there is no
    room.

    Sets the library's value class and PROMETHEUS_MULTIPROC_DIR, which it reads. Call it when a web
    server or worker starts, before the first count; not in tests, which count on their own.
    """
    try:
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        own_number()
        _remove_damaged()
    except OSError as error:
        logger.warning("metrics of this process alone: %s", error)
        return
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder())
    values.ValueClass = values.MultiProcessValue(own_number)  # type: ignore[no-untyped-call]


def own_number() -> int:
    """This process's number among the running ones. Raises OSError where no file can be made."""
    return _take_number(os.getpid())


@cache
def _take_number(pid: int) -> int:
    """pid: a forked process needs a number of its own."""
    for number in itertools.count():
        if _lock(number) is not None:
            for kind in KINDS:
                _reserve(_file(kind, number))
            return number  # the kernel releases the lock when the process ends
    raise AssertionError("count() has no end")


def _lock(number: int) -> int | None:
    """A descriptor that holds the number; None while another process holds it."""
    lock = os.open(folder() / f"{number}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


def _file(kind: str, number: int) -> Path:
    return folder() / f"{kind}_{number}.db"


def _reserve(path: Path) -> None:
    if path.exists() and _is_whole(path):
        return
    draft = path.with_suffix(".draft")  # readers must never find it empty
    with open(draft, "wb") as file:
        os.posix_fallocate(file.fileno(), 0, FILE_BYTES)
    draft.rename(path)


def _remove_damaged() -> None:
    """Removes files that a power cut left half-written: one of them would make all unreadable."""
    for lock_file in folder().glob("*.lock"):
        lock = _lock(int(lock_file.stem))
        if lock is None:
            continue
        for kind in KINDS:
            path = _file(kind, int(lock_file.stem))
            if path.exists() and not _is_whole(path):
                path.unlink()
        os.close(lock)


def _is_whole(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            [used] = struct.unpack("i", file.read(4))
        if not 0 <= used <= path.stat().st_size:
            raise ValueError(f"{used} bytes used")
        values_read = MmapedDict.read_all_values_from_file(path)  # type: ignore[no-untyped-call]
        for key, *_ in values_read:
            json.loads(key)
    except (RuntimeError, ValueError, struct.error) as error:
        logger.warning("metrics start from zero: %s: %s", path.name, error)
        return False
    return True
